"""Bodies without a name that complete a title: «городской Думы», "of the City Council".

Their capitals name nobody: whose council it is the text says elsewhere. Where a place or a name
follows, the words are a body's own name and no part of the title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.words_of import has_case, lemmas_of

if TYPE_CHECKING:
    from pobratim.lexicon.offices import OfficeLexicon
    from pobratim.stages.workspace import Workspace

__all__ = ["english_body_end", "russian_body_end"]

MOST_ADJECTIVES = 3
GENT = frozenset({"gent", "gen2"})
NOUNS = ("NOUN", "PROPN")
ENDING_TAGS = frozenset({"VERB", "AUX", "CCONJ", "PUNCT", "ADV", "PRON", "DET", "SCONJ"})
"""What may follow a body that ends there; other words go on with its name."""


def russian_body_end(
    ws: Workspace, lex: OfficeLexicon, start: int, limit: int, persons: frozenset[int]
) -> int:
    """The end of «Народного комитета» that begins at ``start`` and has a capital; ``start`` if none."""
    at = start
    while at < min(limit, start + MOST_ADJECTIVES) and not lemmas_of(ws, at).isdisjoint(
        lex.generic
    ):
        at += 1
    if at == start or at >= limit or lemmas_of(ws, at).isdisjoint(lex.councils):
        return start
    if not has_case(ws, at, GENT, pos=NOUNS) or not any(
        w[0].isupper() for w in ws.words[start : at + 1]
    ):
        return start
    end = at + 1
    while end < limit and not lemmas_of(ws, end).isdisjoint(lex.members):
        end += 1
    if end >= limit or end in persons or ws.words[end][0].islower():
        named = end + 1 < limit and ws.words[end + 1][0].isupper() and end + 1 not in persons
        place = end < limit and end not in persons and not lemmas_of(ws, end).isdisjoint(lex.places)
        return start if place and named and not ws.lowers[end].startswith("г-") else end
    return start if ws.words[end][0].isupper() or ws.words[end][0] in '«"“№' else end


def _name_begins(ws: Workspace, lex: OfficeLexicon, at: int, limit: int) -> bool:
    """Whether two capitalised words follow that no body is called by: the holder's name."""
    words = range(at, min(at + 2, limit))
    known = lex.generic | lex.councils | lex.units | lex.fields
    return len(words) == 2 and all(
        ws.words[i][0].isupper() and ws.tags[i] == "PROPN" and ws.lowers[i] not in known
        for i in words
    )


def english_body_end(
    ws: Workspace, lex: OfficeLexicon, start: int, limit: int, persons: frozenset[int]
) -> int:
    """The end of "City Executive Committee" that begins at ``start``; ``start`` if there is none."""
    at = start
    while at < min(limit, start + MOST_ADJECTIVES) and ws.lowers[at] in lex.generic:
        if ws.lowers[at] in lex.councils and not (
            at + 1 < limit and ws.lowers[at + 1] in lex.councils
        ):
            break
        at += 1
    if at >= limit or ws.lowers[at] not in lex.councils:
        return start
    end = at + 1
    if end >= limit or end in persons:
        return end
    if ws.lowers[end] in ("on", "for") and ws.lowers[start - 1] == "of":
        return end
    if _name_begins(ws, lex, end, limit):
        return end
    closes = ws.tags[end] in ENDING_TAGS and ws.lowers[end] not in ("'s", "’s", "&", "-")
    return end if closes else start
