"""The arbiter: of all candidates, those that can stand together.

Spans never cross; places and persons may nest in organizations, events and agreements, places in
counts, a country in a region; nothing else nests. A conflict goes to the longer span, unless its
maker was unsure of it, and between equal spans to the surer one.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.schema import PLACE_LABELS
from pobratim.stages.quotes import quotes
from pobratim.stages.workspace import Candidate, DateValue, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

__all__ = ["NESTS", "Entities", "compatible", "settled", "without_conflict"]

NESTS: dict[str, frozenset[str]] = {
    "ORGANIZATION": PLACE_LABELS | {"PERSON"},
    "EVENT": PLACE_LABELS | {"PERSON"},
    "AGREEMENT": PLACE_LABELS,
    "COUNT": PLACE_LABELS,
    "REGION": frozenset({"COUNTRY"}),
}
"""For each label, those that may stand inside its span."""

UNSURE = 0.5
SURE_TITLE = 0.8
LEAST_BODY = 2
"""How many words a body has at least that a title is cut off from."""


@Language.factory("pobratim_entities")
class Entities:
    """Reduces ``candidates`` to those that can stand together, in text order."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        titles = _titles_of_holders(ws.candidates)
        candidates = (
            [_before_title(one, titles) for one in ws.candidates] if titles else ws.candidates
        )
        ws.candidates = _outside_quoted_names(ws, settled(candidates))
        kept = {id(candidate) for candidate in ws.candidates}
        ws.links = [x for x in ws.links if id(x.head) in kept and id(x.tail) in kept]
        return doc


def _titles_of_holders(candidates: Iterable[Candidate]) -> dict[int, int]:
    """The first word of every title that a person's name follows directly, by where the name begins."""
    persons = {one.start for one in candidates if one.label == "PERSON" and one.score >= UNSURE}
    return {
        one.end: one.start
        for one in candidates
        if one.label == "ROLE" and one.end in persons and one.score >= SURE_TITLE
    }


def _before_title(one: Candidate, titles: dict[int, int]) -> Candidate:
    """A body without the title of its officer that its capitals run into: "Lund Chamber of Commerce
    Chairman of the Board Oktay Demir"."""
    start = titles.get(one.end)
    if one.label != "ORGANIZATION" or start is None or start - one.start < LEAST_BODY:
        return one
    return replace(one, end=start)


def settled(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The winners among ``candidates``, in text order, outer before inner."""
    at_word: dict[int, list[Candidate]] = {}
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=_strength):
        words = range(candidate.start, candidate.end)
        rivals = {id(other): other for word in words for other in at_word.get(word, ())}
        if all(compatible(candidate, other) for other in rivals.values()):
            kept.append(candidate)
            for word in words:
                at_word.setdefault(word, []).append(candidate)
    kept.sort(key=lambda candidate: (candidate.start, -candidate.end, candidate.label))
    return kept


def _outside_quoted_names(ws: Workspace, candidates: list[Candidate]) -> list[Candidate]:
    """Without the places and persons that a body's or event's quoted name only contains."""
    names = sorted(
        (c for c in candidates if c.label in ("ORGANIZATION", "EVENT")), key=lambda c: c.start
    )
    starts = [c.start for c in names]
    furthest = list(accumulate((c.end for c in names), max))
    quoted: set[int] = set()
    for quote in quotes(ws):
        upto = bisect_right(starts, quote.start)
        if upto and furthest[upto - 1] >= quote.end:
            quoted.update(range(quote.start, quote.end))
    return [
        c
        for c in candidates
        if c.start not in quoted or c.label in ("ORGANIZATION", "EVENT", "AGREEMENT")
    ]


def without_conflict(new: list[Candidate], settled: list[Candidate]) -> list[Candidate]:
    """Those of ``new`` that can stand beside every settled span."""
    edges: dict[int, list[Candidate]] = {}
    for candidate in settled:
        for at in range(candidate.start, candidate.end):
            edges.setdefault(at, []).append(candidate)
    return [
        one
        for one in new
        if all(
            compatible(one, other)
            for at in range(one.start, one.end)
            for other in edges.get(at, ())
        )
    ]


def compatible(one: Candidate, other: Candidate) -> bool:
    """Whether two overlapping spans may both stand."""
    if not one.overlaps(other):
        return True
    if one.start == other.start and one.end == other.end:
        return False
    if one.covers(other):
        return other.label in NESTS.get(one.label, ())
    if other.covers(one):
        return one.label in NESTS.get(other.label, ())
    return False


def _is_day(candidate: Candidate) -> bool:
    """Whether a candidate is a day of a known year, which no name has in it."""
    value = candidate.value
    return (
        isinstance(value, DateValue)
        and value.earliest is not None
        and value.earliest == value.latest
    )


def _strength(candidate: Candidate) -> tuple[bool, bool, int, float, int, str]:
    """Strongest first: days, sure ones, then long ones, then by score; ties by place and label."""
    return (
        not _is_day(candidate),
        candidate.score < UNSURE,
        candidate.start - candidate.end,
        -candidate.score,
        candidate.start,
        candidate.label,
    )
