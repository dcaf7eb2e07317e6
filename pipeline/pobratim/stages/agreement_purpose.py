"""What an agreement is for, where its own words do not say.

Its subject tells of a field to work together in; else the words round it, the fields and headings
above tell of twins and friends; a "similar" one is for what the one before is for.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.lexicon.instruments import InstrumentLexicon
    from pobratim.schema import Purpose
    from pobratim.stages.agreement_scope import Scope
    from pobratim.stages.instruments import Known
    from pobratim.stages.workspace import Block, Candidate, Workspace

__all__ = ["Surroundings", "purpose_of_agreement"]

NEAR = 10
BEFORE = 3
NEAR_HEADINGS = 6
NEAR_FIELDS = 6
HEADING_WORDS = 20
CITY_PURPOSES = frozenset({"twinning", "friendship", "partnership"})
OF_CITIES = frozenset({"agreement", "treaty", "declaration", "protocol"})


class Surroundings(NamedTuple):
    """What the document has round an agreement; ``headings`` are the numbers of
    their blocks, ``rows`` those of tables with a cell a line."""

    by_sentence: dict[int, list[Candidate]]
    headings: list[int]
    known: Known
    rows: list[tuple[int, int]]


def purpose_of_agreement(
    scope: Scope, parties: list[Candidate], sides: int, last: Purpose, round_it: Surroundings
) -> Purpose:
    """The purpose; ``sides`` counts the implied ones too, ``last`` is that of the one before."""
    ws, use, lexicon = scope.ws, scope.use, scope.lexicon
    if use.purpose != "other":
        return use.purpose
    modifiers = range(max(0, scope.mention.start - BEFORE), scope.mention.end)
    if any(ws.lemmas[at] in lexicon.similar for at in modifiers):
        return last
    if use.instrument == "plan":
        return "cooperation" if sides > 1 else "other"
    if use.subject and _is_of_field(ws, use.subject, lexicon):
        return "cooperation"
    if any(party.label != "CITY" for party in parties) or _is_of_intent(scope):
        return "other"
    return _purpose_near(scope, round_it)


def _is_of_field(ws: Workspace, subject: tuple[int, int], lexicon: InstrumentLexicon) -> bool:
    """Whether a complement names a field: "on port training", not "of intent" or "for 2019"."""
    start, end = subject
    words = [at for at in range(start + 1, end) if ws.words[at][0].isalpha()]
    return (
        ws.lowers[start] in lexicon.on_field
        and bool(words)
        and not any(ws.lemmas[at] in lexicon.naming for at in words)
    )


def _is_of_intent(scope: Scope) -> bool:
    """Whether it is a mere protocol or letter of intent."""
    subject = scope.use.subject or (0, 0)
    words = [*range(scope.mention.start, scope.mention.end), *range(*subject)]
    return any(scope.ws.lemmas[at] in scope.lexicon.intent for at in words)


def _purpose_near(scope: Scope, round_it: Surroundings) -> Purpose:
    """Of a sentence only twinning, friendship and partnership count; other stems are everywhere."""
    ws, lexicon, mention = scope.ws, scope.lexicon, scope.mention
    first, last = max(scope.start, mention.start - NEAR), min(scope.end, mention.end + NEAR)
    found = lexicon.purpose_of(ws.lowers[first:last])
    if found in CITY_PURPOSES:
        return found
    if scope.use.instrument not in OF_CITIES:
        return "other"
    above = _words_above(scope, round_it)
    return (
        "twinning" if any(lexicon.purpose_of(words) == "twinning" for words in above) else "other"
    )


def _words_above(scope: Scope, round_it: Surroundings) -> Iterator[list[str]]:
    """The sentence before, the fields of the same entry, the headings and the title."""
    ws, mention = scope.ws, scope.mention
    here = ws.block_of[mention.start]
    number = ws.sentence_of[mention.start] - 1
    other = any(c.label == "AGREEMENT" for c in round_it.by_sentence.get(number, ()))
    if number >= 0 and ws.block_of[ws.sentences[number][0]] == here and not other:
        yield ws.lowers[slice(*ws.sentences[number])]
    for block in reversed(ws.blocks[max(0, here - NEAR_FIELDS) : here]):
        if block.kind != "field":
            break
        yield ws.lowers[block.start : block.value]
    at = bisect_left(round_it.headings, here)
    for heading in {0, *round_it.headings[max(0, at - NEAR_HEADINGS) : at]}:
        yield _opening(ws, ws.blocks[heading], scope)


def _opening(ws: Workspace, block: Block, scope: Scope) -> list[str]:
    if block.language != ws.languages[scope.mention.start]:
        return []
    return ws.lowers[block.start : min(block.end, block.start + HEADING_WORDS)]
