"""The years that dates take from their context, and the period that a document reports on.

A yearly report names its year in a heading and in most of its sentences, so "in August" is in that
year even where a law of another year was cited a line before. Elsewhere a date without a year
continues the last date told. Each source of a year is a named rule in :data:`RULES`; every sighting
is visited once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.finder import DateMatch
from pobratim.stages.workspace import DateValue

__all__ = ["Sighting", "reference_year", "resolve"]

SHARE = 0.5
ENOUGH, ENOUGH_WITH_HEADING = 3, 2
HEADING_WEIGHT, OPENING_WEIGHT = 3, 2
OPENING = 3
NEAR = 1
"""How many years an anchor may lie off the period of a report."""


class Sighting(NamedTuple):
    """A date of the document; ``place`` numbers blocks and sentences from the document's start.

    ``heading`` is set in headings and in questions that head an answer; ``dateline`` where the date
    is all that its block says; ``foreign`` in page furniture and in blocks of another language than
    the document's.
    """

    match: DateMatch
    block: int
    sentence: int
    heading: bool = False
    dateline: bool = False
    foreign: bool = False

    @property
    def year(self) -> int | None:
        """The one year that the date lies in, if it names it and can lend it to others."""
        value = self.match.value
        if value.earliest is None or value.latest is None or self.match.documentary:
            return None
        first, last = value.earliest[:-6], value.latest[:-6]
        return int(first) if first == last and not first.startswith("-") else None

    @property
    def fine(self) -> bool:
        """Whether the date names a month or day."""
        return len(self.match.value.edtf) > len("2019~")


@dataclass(slots=True)
class Context:
    """What is known when a date is reached: the last anchors, by how far they reach."""

    reference: int | None
    report: bool
    block: int = -1
    sentence: int = -1
    in_sentence: int | None = None
    in_block: int | None = None
    in_section: int | None = None
    heading: int | None = None
    ahead: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """The anchors of each sentence, as position and year, last first."""

    def lends(self, sighting: Sighting) -> int | None:
        """The year of an anchor, unless it is too far from the period of a report."""
        year = sighting.year
        if year is None or not self.report or self.reference is None:
            return year
        return year if abs(year - self.reference) <= NEAR else None

    def pass_by(self, sighting: Sighting) -> None:
        """Remember an anchor."""
        year = self.lends(sighting)
        if year is None:
            return
        self.in_sentence = year
        if sighting.heading:
            self.heading = year
        if sighting.fine or not self.report:
            self.in_block = self.in_section = year

    def enter(self, sighting: Sighting, headings: Sequence[int]) -> None:
        """Forget what the step from the last sighting's place to this one's leaves behind."""
        if sighting.sentence != self.sentence:
            self.in_sentence = None
        if sighting.block != self.block:
            self.in_block = None
            if any(self.block < block <= sighting.block for block in headings):
                self.heading = self.in_section = None
        self.block, self.sentence = sighting.block, sighting.sentence


def _sentence_before(context: Context, _: Sighting) -> int | None:
    return context.in_sentence


def _sentence_after(context: Context, sighting: Sighting) -> int | None:
    anchors = context.ahead.get(sighting.sentence, [])
    while anchors and anchors[-1][0] <= sighting.match.start:
        anchors.pop()
    return anchors[-1][1] if anchors else None


def _block(context: Context, _: Sighting) -> int | None:
    return context.in_block


def _heading(context: Context, _: Sighting) -> int | None:
    return context.heading


def _section(context: Context, _: Sighting) -> int | None:
    return None if context.report else context.in_section


def _reference(context: Context, _: Sighting) -> int | None:
    return context.reference


RULES: tuple[tuple[str, Callable[[Context, Sighting], int | None]], ...] = (
    ("sentence", _sentence_before),
    ("sentence", _sentence_after),
    ("block", _block),
    ("heading", _heading),
    ("section", _section),
    ("period", _reference),
)
"""Where a date may take its year from, nearest first."""


def reference_year(sightings: Sequence[Sighting]) -> int | None:
    """The year that a document reports on, if its dates agree on one.

    The year of half of them or more counts, when it is named three times, twice with a heading, or
    in a dateline; headings weigh more, then the opening.
    """
    weights: Counter[int] = Counter()
    times: Counter[int] = Counter()
    headed: set[int] = set()
    for sighting in sightings:
        year = sighting.year
        if year is None or sighting.foreign:
            continue
        opening = OPENING_WEIGHT if sighting.block < OPENING else 1
        weights[year] += HEADING_WEIGHT if sighting.heading or sighting.dateline else opening
        times[year] += 1
        if sighting.heading:
            headed.add(year)
        if sighting.dateline:
            times[year] += ENOUGH
    if not weights:
        return None
    year, weight = min(weights.items(), key=lambda item: (-item[1], item[0]))
    enough = ENOUGH_WITH_HEADING if year in headed else ENOUGH
    return year if weight >= SHARE * weights.total() and times[year] >= enough else None


def resolve(
    sightings: Sequence[Sighting], reference: int | None, headings: Sequence[int]
) -> list[tuple[DateValue, str] | None]:
    """For each sighting, its value with the year that its context gives, and the rule that gave it.

    None for a sighting that means nothing without a year ("last year", a bare «летом»). The rule is
    empty where the date has its own year or keeps its ``XXXX``.

    Args:
        sightings: in text order.
        reference: the year that the document reports on.
        headings: the indices of the blocks that begin a section.
    """
    context = Context(reference, _is_report(sightings, reference))
    for sighting in reversed(sightings):
        if (year := context.lends(sighting)) is not None:
            anchors = context.ahead.setdefault(sighting.sentence, [])
            anchors.append((sighting.match.start, year))
    resolved = []
    for sighting in sightings:
        context.enter(sighting, headings)
        resolved.append(_resolved(context, sighting))
        context.pass_by(sighting)
    return resolved


def _is_report(sightings: Sequence[Sighting], reference: int | None) -> bool:
    return (
        reference is not None and sum(s.year == reference for s in sightings) >= ENOUGH_WITH_HEADING
    )


def _resolved(context: Context, sighting: Sighting) -> tuple[DateValue, str] | None:
    match = sighting.match
    if edtf.UNKNOWN not in match.value.edtf or match.recurrent:
        return match.value, ""
    year, rule = _year(context, sighting)
    value = edtf.resolved(match.value.edtf, year) if year is not None else None
    if value is not None:
        return edtf.date_value(value), rule
    dependent = match.value.edtf == edtf.UNKNOWN or match.rule == "season-alone"
    return None if dependent else (match.value, "")


def _year(context: Context, sighting: Sighting) -> tuple[int | None, str]:
    if sighting.match.shift is not None:
        reference = context.reference
        return (None if reference is None else reference + sighting.match.shift), "period"
    for name, rule in RULES:
        if (year := rule(context, sighting)) is not None:
            return year, name
    return None, ""
