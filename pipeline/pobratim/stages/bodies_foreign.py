"""Bodies with a noun of another language, which English leaves as they are: "Teatro Massimo".

The noun stands first and its name behind it, joined by "de" and the like ("Ayuntamiento de Cádiz"),
or last ("Uludağ Üniversitesi"). Models take such names for persons'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.bodies import body_lexicons
from pobratim.stages.cases import is_latin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pobratim.lexicon.bodies import Kind
    from pobratim.stages.workspace import Workspace

__all__ = ["foreign_kind", "foreign_names", "is_foreign_noun"]

LONGEST = 7
MOST_LINKS = 2
DASHES = frozenset({"-", "–", "—"})
ARTICLES = frozenset({"the", "a", "an"})


def foreign_kind(ws: Workspace, start: int, end: int) -> Kind | None:
    """What sort of body a name of several words is by a noun in it; None if none tells."""
    if end - start < 2:
        return None
    nouns = (at for at in range(start, end) if is_foreign_noun(ws, at))
    first = next(nouns, None)
    return None if first is None else body_lexicons()["en"].foreign[ws.lowers[first]]


def is_foreign_noun(ws: Workspace, at: int) -> bool:
    """Whether a word with a capital is such a noun, and no English one."""
    lexicon = body_lexicons()["en"]
    lower = ws.lowers[at]
    return ws.words[at][0].isupper() and lower in lexicon.foreign and lower not in lexicon.kinds


def foreign_names(
    ws: Workspace, stops: frozenset[int], places: Mapping[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Begin, head and end of each such name of several words; none goes on over ``stops``.

    ``places`` has the end of each place by its first word.
    """
    known = body_lexicons()["en"].foreign
    past = 0
    for at in ws.where("lowers", known.keys()):
        if at < past or at in stops or not is_foreign_noun(ws, at):
            continue
        start = _first(ws, at, past, stops)
        while start < at and ws.lowers[start] in ARTICLES:
            start += 1
        end = _last(ws, at, stops, places)
        if end - start > 1:
            past = end
            yield start, at, end


def _first(ws: Workspace, head: int, past: int, stops: frozenset[int]) -> int:
    """Where the name begins: capitals before a noun that stands last."""
    if ws.lowers[head] not in body_lexicons()["en"].foreign_last:
        return head
    low = max(ws.sentences[ws.sentence_of[head]][0], head - LONGEST, past)
    start = head
    while start > low and start - 1 not in stops:
        before = start - 1
        hyphen = ws.words[before] == "-" and ws.ends[before] == ws.starts[start]
        if not hyphen and not (ws.words[before][0].isupper() and is_latin(ws.words[before])):
            break
        start = before
    return start


def _last(ws: Workspace, head: int, stops: frozenset[int], places: Mapping[int, int]) -> int:
    """Where the name ends: capitals behind the noun, links between them."""
    limit = min(ws.sentences[ws.sentence_of[head]][1], head + LONGEST)
    links = body_lexicons()["en"].foreign_links
    end, at, linked = head + 1, head + 1, 0
    while at < limit and at not in stops:
        word = ws.words[at]
        tight = word in "-'’" and ws.ends[at - 1] == ws.starts[at]
        initial = word == "." and len(ws.words[at - 1]) == 1
        if word[0].isupper() and is_latin(word):
            at = end = at + 1
            linked = 0
        elif _joins_towns(ws, at, limit, places):
            at += 1
        elif initial or tight or (ws.lowers[at] in links and linked < MOST_LINKS):
            linked += not (initial or tight)
            at += 1
        else:
            break
    return end


def _joins_towns(ws: Workspace, at: int, limit: int, places: Mapping[int, int]) -> bool:
    """Whether a dash stands between the towns of a partnership: "Freundeskreis Speyer – Kursk"."""
    return ws.words[at] in DASHES and at + 1 < limit and at + 1 in places and at in places.values()
