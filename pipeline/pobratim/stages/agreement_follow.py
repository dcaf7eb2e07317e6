"""What goes on telling of an agreement behind its own sentence, and the sides that sign there.

«Подписан Договор. Подписи поставили …», "The document was signed by …", and the fields of an entry:
«Документ: … / Дата подписания: … / Подписали: …». A sentence goes on as long as it speaks of signing
and names no other instrument.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.agreement_scope import PARTIES, Scope, outermost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["field_value", "fields_behind", "follow_ups", "is_signing_field", "sides", "touches"]

MOST = 6
KEY = 5
DASHES = frozenset("-–—:")
LINES = frozenset({"field", "heading", "item"})


def follow_ups(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Scope]:
    """The sentences and fields round a mention that speak of its signing, in text order."""
    ws, mention = scope.ws, scope.mention
    here = ws.sentence_of[mention.start]
    if _is_in_note(scope, by_sentence):
        return []
    others = [c for c in by_sentence.get(here, ()) if c.label == "AGREEMENT" and c is not mention]
    found: list[Scope] = []
    if not any(c.start < mention.start for c in others):
        found += _walk(scope, by_sentence, -1)
    if not any(c.start > mention.start for c in others):
        found += _walk(scope, by_sentence, 1)
    return sorted(found, key=lambda one: one.start)


def _is_in_note(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> bool:
    """Whether a field of another document's entry only speaks of it: «Примечание: на основании …»."""
    ws, start = scope.ws, scope.mention.start
    block = ws.blocks[ws.block_of[start]]
    if block.kind != "field" or start <= block.value + 1:
        return False
    number = ws.sentence_of[start]
    for before in range(number - 1, max(-1, number - 1 - MOST), -1):
        if not touches(ws, before, before + 1):
            return False
        if any(c.label == "AGREEMENT" for c in by_sentence.get(before, ())):
            return True
    return False


def fields_behind(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> Iterator[Scope]:
    """The other fields of the entry that a mention opens, up to the next document."""
    ws = scope.ws
    first = ws.sentence_of[scope.mention.start]
    kind = ws.blocks[ws.block_of[scope.mention.start]].kind
    if kind not in LINES or _is_in_note(scope, by_sentence):
        return
    for number in range(first + 1, min(len(ws.sentences), first + 1 + MOST)):
        start, end = ws.sentences[number]
        block = ws.blocks[ws.block_of[start]]
        inside = by_sentence.get(number, [])
        opens = any(c.label == "AGREEMENT" and c.start <= block.value + 1 for c in inside)
        if block.kind != "field" or opens or not touches(ws, number, number - 1):
            return
        yield replace(scope, start=start, end=end, inside=inside, verb=None, follows=True)


def _walk(scope: Scope, by_sentence: dict[int, list[Candidate]], step: int) -> Iterator[Scope]:
    """The telling sentences in one direction; backwards only the fields of the same entry."""
    ws = scope.ws
    first = ws.sentence_of[scope.mention.start]
    for count in range(1, MOST + 1):
        number = first + step * count
        if not 0 <= number < len(ws.sentences) or not touches(ws, number, number - step):
            return
        inside = by_sentence.get(number, [])
        start, end = ws.sentences[number]
        is_field = ws.blocks[ws.block_of[start]].kind == "field"
        if any(c.label == "AGREEMENT" for c in inside) or (step < 0 and not is_field):
            return
        clause = replace(scope, start=start, end=end, inside=inside, verb=None, follows=True)
        clause.verb = _verb(clause)
        if _tells(clause):
            yield clause
        elif not is_field:
            return


def _tells(clause: Scope) -> bool:
    """Whether a sentence speaks of the signing: a verb, an occasion, a field, one for each side."""
    ws, lexicon = clause.ws, clause.lexicon
    words = range(clause.start, clause.end)
    if clause.verb is not None or is_signing_field(clause) or any(sides(clause)):
        return True
    if any(ws.lemmas[at] in lexicon.occasion for at in words):
        return True
    return bool(clause.of("PERSON")) and any(
        ws.lowers[at] in lexicon.side and not DASHES.isdisjoint(ws.words[at + 1 : at + 2])
        for at in words
    )


def touches(ws: Workspace, one: int, other: int) -> bool:
    """Whether two neighbouring sentences are of one paragraph, or of one entry's lines."""
    first, last = sorted((ws.sentences[one][0], ws.sentences[other][0]))
    if ws.block_of[first] == ws.block_of[last]:
        return True
    lines = {ws.blocks[ws.block_of[at]].kind for at in (first, last)}
    return lines <= LINES and ws.text.count("\n", ws.ends[last - 1], ws.starts[last]) < 2


def _verb(scope: Scope) -> int | None:
    ws, lexicon = scope.ws, scope.lexicon
    strong = lexicon.sign - lexicon.sign_weak
    words = (at for at in range(scope.start, scope.end) if ws.lemmas[at] in strong)
    return next(words, None)


def is_signing_field(scope: Scope) -> bool:
    """Whether the sentence is a field that tells when, where or by whom: «Подписали: …»."""
    return _is_field(scope, scope.lexicon.sign | scope.lexicon.signing_field)


def _is_field(scope: Scope, keys: frozenset[str]) -> bool:
    ws = scope.ws
    key = slice(scope.start, field_value(scope))
    return not keys.isdisjoint([*ws.lemmas[key], *ws.lowers[key]])


def field_value(scope: Scope) -> int:
    """Where the value of a field begins, be it a line or a sentence: «Место подписания: …»."""
    ws = scope.ws
    block = ws.blocks[ws.block_of[scope.start]]
    if block.kind == "field":
        return block.value
    first = range(scope.start, min(scope.end, scope.start + KEY))
    return next((at + 1 for at in first if ws.words[at] == ":"), scope.start)


def sides(scope: Scope) -> Iterator[Candidate]:
    """Whom somebody signs for: «от имени X», «со стороны X», «от X – …», "on behalf of X"."""
    names = outermost(scope.of(*PARTIES))
    field = scope.follows and _is_field(scope, scope.lexicon.party_field)
    told = [one for one in names if one.label in ("CITY", "ORGANIZATION")] or names
    for party in names:
        is_told = field and party in told and party.label != "COUNTRY"
        if is_told or _is_signed_for(scope, party):
            yield party


def _is_signed_for(scope: Scope, party: Candidate) -> bool:
    ws, lexicon = scope.ws, scope.lexicon
    types = placing_lexicon()[ws.languages[party.start]]
    at = party.start - 1
    while at > scope.start and (
        ws.words[at] in (".", "the") or ws.lemmas[at] in types.city or ws.lowers[at] in types.city
    ):
        at -= 1
    if at < scope.start:
        return False
    if " ".join(ws.lowers[max(scope.start, at - 1) : at + 1]) in lexicon.on_behalf:
        return True
    if ws.lowers[at] not in lexicon.signs_for:
        return False
    signs = ws.lemmas[at - 1] in lexicon.signatory if at > scope.start else False
    dashed = party.end < len(ws) and ws.words[party.end] in DASHES
    person = any(c.end == at for c in scope.of("PERSON")) and scope.verb is not None
    return signs or person or (dashed and any(c.start > party.end for c in scope.of("PERSON")))
