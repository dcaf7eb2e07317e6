"""The years that dates take from their context, and the period that a document reports on.

A yearly report names its year in a heading and in most of its sentences, so "in August" is in that
year even where a law of another year was cited a line before. Elsewhere a date without a year
continues the last date told. Each source of a year is a named rule in :data:`RULES`; every sighting
is visited once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from pobratim.stages.calendar import edtf, writing
from pobratim.stages.calendar.finder import DateMatch
from pobratim.stages.workspace import DateValue

__all__ = ["Sighting", "latest_year", "reference_year", "resolve", "written_on"]

MONTH = re.compile("[0-9X]{4}-(?:0[0-9]|1[0-2])")
DAYS = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:/[0-9]{4}-[0-9]{2}-[0-9]{2})?")
DEPENDENT = frozenset(
    {"season-alone", "season-ahead", "season-of-news", "part-of-the-year", "season-in"}
)
"""Rules of seasons and stretches that are frequencies unless a year is known."""
WIDE = frozenset({"latest", "chronicle"})
"""Sources too far off to tell whether such a season was of one year."""
NARROW = frozenset({"sentence", "block"})
"""The only ones that do of "in summer"."""
OFFSET = "year-offset"
"""The rule of what is no date itself but moves the narration on: "a year later"."""
WINTER = "-24"
HALF = re.compile("([0-9X]{4})-(?:01/\\1-06|07/\\1-12)")
DAY = re.compile("XXXX-[0-9]{2}-[0-9]{2}")
YEAR = re.compile("[0-9]{4}")
SHARE = 0.5
ENOUGH, ENOUGH_WITH_HEADING = 3, 2
HEADING_WEIGHT, OPENING_WEIGHT = 3, 2
OPENING = 3
LONGEST_DIGEST = 400
"""How many days the news of a digest may be apart; agreements of a list are years apart."""
NEAR_BLOCKS = 2
"""How many blocks a "next day" may lie behind the day it follows."""
BESIDE = 3
"""How many characters before a year in brackets a date is of that year: «5 мая (2012 г.)»."""
NEAR = 1
"""How many years an anchor may lie off the period of a report."""


class Sighting(NamedTuple):
    """A date of the document; ``place`` numbers blocks and sentences from the document's start.

    ``heading`` is set in headings and in questions that head an answer; ``dateline`` where the date
    is all that its block says, ``alone`` where that block is at the document's head or
    end, ``written`` where a line tells that the text was written then; ``foreign`` in page
    furniture and in blocks of another language than the document's; ``title`` where it is the year of
    a report that the document's head names; ``aside`` in brackets; ``lede`` in the first sentence of
    the running text, and where "today" is no nowadays; ``future`` where the sentence speaks of what
    is to come, ``present`` where no verb of it is of the past; ``signs`` where the last line is a place
    and a month («Псков, июль 2014»); ``brief`` in a short line at the document's head or end that may
    tell when it was written, ``masthead`` where that is the line of a paper's issue; ``past`` where the
    verbs about it are of the past, ``since`` where a year is but when something began, ``until`` where
    a date with its year is but when it ends.
    """

    match: DateMatch
    block: int
    sentence: int
    heading: bool = False
    dateline: bool = False
    foreign: bool = False
    alone: bool = False
    written: bool = False
    title: bool = False
    aside: bool = False
    lede: bool = False
    future: bool = False
    present: bool = False
    signs: bool = False
    brief: bool = False
    masthead: bool = False
    past: bool = False
    since: bool = False
    until: bool = False

    @property
    def year(self) -> int | None:
        """The one year that the date lies in, if it names it and can lend it to others."""
        value = self.match.value
        if value.earliest is None or value.latest is None or self.match.documentary:
            return None
        first, last = value.earliest[:-6], value.latest[:-6]
        one = first == last or self.match.slashed or value.edtf.endswith(WINTER)
        return int(first) if one and not first.startswith("-") else None

    @property
    def heads(self) -> bool:
        """Whether a year is all that its block says: the heading of a chronicle's year."""
        return self.dateline and YEAR.fullmatch(self.match.value.edtf) is not None

    @property
    def fine(self) -> bool:
        """Whether the date names a month or day."""
        value = self.match.value.edtf
        return len(value) > len("2019~") and not HALF.fullmatch(value)


@dataclass(slots=True)
class Context:
    """What is known when a date is reached: the last anchors, by how far they reach."""

    reference: int | None
    report: bool
    written: date | None = None
    latest: int | None = None
    furthest: int | None = None
    """The latest year told, of plans too."""
    block: int = -1
    sentence: int = -1
    in_sentence: int | None = None
    in_block: int | None = None
    in_block_fine: int | None = None
    in_section: int | None = None
    heading: int | None = None
    chronicle: int | None = None
    """The last year that is all a line says."""
    month: str | None = None
    """The year and month that the last day or month of the section was in."""
    told: str | None = None
    """The last day, or days, of the section."""
    told_in: int = -1
    """The block of :attr:`told`."""
    last: int | None = None
    """The year of the last date of the text, whatever its section."""
    last_in: int = -1
    ahead: dict[int, list[tuple[int, int, bool]]] = field(default_factory=dict)
    """The anchors of each sentence, last first: position, year, and whether in brackets."""

    def lends(self, sighting: Sighting) -> int | None:
        """The year of an anchor, unless it is too far from the period of a report."""
        year = None if sighting.since or sighting.until else sighting.year
        if year is None or not self.report or self.reference is None:
            return year
        return year if abs(year - self.reference) <= NEAR else None

    def pass_by(self, sighting: Sighting) -> None:
        """Remember an anchor."""
        if sighting.year is not None and not sighting.written:
            self.last, self.last_in = sighting.year, sighting.block
        if sighting.heads:
            self.chronicle = sighting.year
        year = self.lends(sighting)
        if year is None or sighting.dateline or sighting.written:
            return
        if sighting.aside and self.in_sentence is not None:
            return
        self.in_sentence = year
        if sighting.heading:
            self.heading = year
        if sighting.aside and self.in_section is not None:
            return
        if sighting.fine:
            self.in_block_fine = year
        if sighting.fine or not self.report:
            self.in_block = year
            self.in_section = self.in_section if sighting.future else year

    def enter(self, sighting: Sighting, headings: Sequence[int]) -> None:
        """Forget what the step from the last sighting's place to this one's leaves behind."""
        if sighting.sentence != self.sentence:
            self.in_sentence = None
        if sighting.block != self.block:
            self.in_block = self.in_block_fine = None
            following = bisect_right(headings, self.block)
            if following < len(headings) and headings[following] <= sighting.block:
                self.heading = self.in_section = self.month = self.told = None
        self.block, self.sentence = sighting.block, sighting.sentence


def _sentence_before(context: Context, _: Sighting) -> int | None:
    return context.in_sentence


def _sentence_after(context: Context, sighting: Sighting) -> int | None:
    anchors = context.ahead.get(sighting.sentence, [])
    while anchors and anchors[-1][0] <= sighting.match.start:
        anchors.pop()
    if not anchors:
        return None
    place, year, aside = anchors[-1]
    return None if aside and place - sighting.match.end > BESIDE else year


def _fine_in_block(context: Context, sighting: Sighting) -> int | None:
    year, written = context.in_block_fine, context.written
    background = year is not None and written is not None and written.year - year > NEAR
    goes_on = _goes_on(context.month, sighting.match.value.edtf)
    return None if background and not context.report and not goes_on else year


def _goes_on(told: str | None, value: str) -> bool:
    """Whether a date is of the month last told or the next: what is told of the past goes on."""
    month = value[len("XXXX-") : len("XXXX-05")]
    return told is not None and month.isdecimal() and int(month) - int(told[-2:]) in (0, 1)


def _writing(context: Context, sighting: Sighting) -> int | None:
    if context.written is None or context.report:
        return None
    year = writing.nearest_year(sighting.match.value.edtf, context.written, future=sighting.future)
    return year - 1 if _is_too_late(context, sighting, year) else year


def _is_too_late(context: Context, sighting: Sighting, year: int) -> bool:
    """Whether a year would make what is told as past later than the text."""
    if not sighting.past or context.written is None:
        return False
    value = edtf.resolved(sighting.match.value.edtf, year)
    first = edtf.date_value(value).earliest if value else None
    return first is not None and first > context.written.isoformat()


def _block(context: Context, _: Sighting) -> int | None:
    return context.in_block


def _heading(context: Context, _: Sighting) -> int | None:
    return context.heading


def _chronicle(context: Context, _: Sighting) -> int | None:
    return None if context.report else context.chronicle


def _section(context: Context, sighting: Sighting) -> int | None:
    """The section's last year; what is to come lies in no year before the latest told."""
    year = None if context.report else context.in_section
    if year is None or not sighting.future or context.latest is None:
        return year
    return max(year, context.latest)


def _reference(context: Context, _: Sighting) -> int | None:
    return context.reference


def _latest(context: Context, _: Sighting) -> int | None:
    return context.latest


RULES: tuple[tuple[str, Callable[[Context, Sighting], int | None]], ...] = (
    ("sentence", _sentence_before),
    ("sentence", _sentence_after),
    ("block", _fine_in_block),
    ("writing", _writing),
    ("heading", _heading),
    ("block", _block),
    ("chronicle", _chronicle),
    ("section", _section),
    ("period", _reference),
    ("latest", _latest),
)
"""Where a date may take its year from, nearest first."""


def reference_year(sightings: Sequence[Sighting]) -> int | None:
    """The year that a document reports on, if its dates agree on one.

    The year of a report's title or of a dateline does; else the year of half of its dates or more,
    when it is named three times, or twice with a heading; headings weigh more, then the opening.
    """
    titled = next((s.year for s in sightings if s.title and s.year is not None), None)
    if titled is not None:
        return titled
    written = written_on(sightings)
    if written is not None:
        return written.year
    signed = next((s.year for s in sightings if s.signs), None)
    if signed is not None:
        return signed
    latest = latest_year(sightings)
    chronicle = len({s.year for s in sightings if s.heads}) > 1
    weights: Counter[int] = Counter()
    times: Counter[int] = Counter()
    headed: set[int] = set()
    for sighting in sightings:
        year = sighting.year
        if year is None or sighting.foreign:
            continue
        opening = OPENING_WEIGHT if sighting.block < OPENING else 1
        dateline = sighting.dateline and (latest is None or latest <= year + NEAR) and not chronicle
        weights[year] += HEADING_WEIGHT if sighting.heading or dateline else opening
        times[year] += 1
        if sighting.heading:
            headed.add(year)
        if dateline:
            times[year] += ENOUGH
    if not weights:
        return None
    year, weight = min(weights.items(), key=lambda item: (-item[1], item[0]))
    enough = ENOUGH_WITH_HEADING if year in headed else ENOUGH
    return year if weight >= SHARE * weights.total() and times[year] >= enough else None


def written_on(sightings: Sequence[Sighting]) -> date | None:
    """The day that a dateline gives, or a news item's "Monday (Oct. 15, 2012)".

    A line with nothing but a day is a dateline only where there is one such line, lists of partners
    have more, and where the text tells of no later years as past.
    """
    told = next((s for s in sightings if s.written), None)
    if told is not None and (day := writing.day_of(told.match, own=True)) is not None:
        return day
    for today, beside in pairwise(sightings):
        day = writing.day_of(beside.match)
        if day and _names_today(today, beside):
            return day - timedelta((today.match.relative or ("day", 0))[1])
    bare = [s for s in sightings if s.dateline and writing.day_of(s.match)]
    lines = [s for s in bare if s.alone and len(bare) == 1]
    lines += [s for s in sightings if s.match.rule == "weekday-date"]
    days = [day for s in lines if (day := writing.day_of(s.match)) is not None]
    days += [
        day
        for s in sightings
        if (s.title or s.masthead) and s.fine and (day := _middle(s)) is not None
    ]
    latest = latest_year(sightings)
    return next((day for day in days if latest is None or latest <= day.year + NEAR), None)


def _perhaps_written_on(sightings: Sequence[Sighting]) -> date | None:
    """The day of the one short line at the head or end that has one, if nothing later is told."""
    days = [day for s in sightings if s.brief and (day := writing.last_day_of(s.match)) is not None]
    latest = latest_year(sightings)
    alone = len(days) == 1 and latest is not None and latest <= days[0].year
    return days[0] if alone else None


def _names_today(today: Sighting, beside: Sighting) -> bool:
    """ "Today, 26 November 2020": the day of writing beside its date."""
    kind = today.match.relative[0] if today.match.relative else None
    return kind == "day" and 0 <= beside.match.start - today.match.end <= len(", ")


def _middle(sighting: Sighting) -> date | None:
    """The middle of the month or season that a newsletter names at its head."""
    first, last = sighting.match.value.earliest, sighting.match.value.latest
    if first is None or last is None or sighting.year is None:
        return None
    ends = date.fromisoformat(first), date.fromisoformat(last)
    return ends[0] + (ends[1] - ends[0]) / 2


def latest_year(sightings: Sequence[Sighting]) -> int | None:
    """The latest year that a document without a date of its own speaks of as past or present.

    The first one to come where there is no other.
    """
    told = [s.year for s in sightings if s.year is not None and not s.future]
    return (
        max(told) if told else min((s.year for s in sightings if s.year is not None), default=None)
    )


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
    written = written_on(sightings)
    context = Context(
        reference,
        _is_report(sightings, reference, written),
        written or _perhaps_written_on(sightings),
        latest_year(sightings),
        max((s.year for s in sightings if s.year is not None), default=None),
    )
    for sighting in reversed(sightings):
        planned = _is_planned(context, sighting)
        if (year := context.lends(sighting)) is not None and not planned:
            anchors = context.ahead.setdefault(sighting.sentence, [])
            anchors.append((sighting.match.start, year, sighting.aside))
    resolved = []
    digest = written is None and _is_digest(sightings)
    for number, sighting in enumerate(sightings, 1):
        context.enter(sighting, headings)
        if digest and sighting.dateline and (day := writing.day_of(sighting.match)):
            context.written = day
        if number < len(sightings) and _names_today(sighting, sightings[number]):
            sighting = sighting._replace(lede=True)
        found = _resolved(context, sighting)
        if found and MONTH.match(found[0].edtf):
            context.month = found[0].edtf[: len("2019-05")]
        if found and DAYS.fullmatch(found[0].edtf):
            context.told, context.told_in = found[0].edtf, sighting.block
        resolved.append(None if _moves_on(sighting) else found)
        pointing = sighting.match.same or (sighting.match.shift or 0) > 0
        dated = sighting.match.weekday is not None
        if found and (pointing or dated) and edtf.UNKNOWN not in found[0].edtf:
            sighting = sighting._replace(match=sighting.match._replace(value=found[0]))
        context.pass_by(sighting)
    return resolved


def _is_planned(context: Context, sighting: Sighting) -> bool:
    """Whether a date is of a plan, whose year is not that of what the sentence told before it."""
    if sighting.fine and (sighting.year == context.reference or not context.report):
        return False
    later = context.written is not None and (sighting.year or 0) > context.written.year
    return later or (context.report and sighting.future)


def _is_digest(sightings: Sequence[Sighting]) -> bool:
    """Whether lines with nothing but a day, a few months apart, head the news of a digest."""
    days = {day for s in sightings if s.dateline and (day := writing.day_of(s.match))}
    return len(days) > 1 and (max(days) - min(days)).days <= LONGEST_DIGEST


def _is_report(sightings: Sequence[Sighting], reference: int | None, written: date | None) -> bool:
    if reference is None:
        return False
    titled = any(s.title and not s.fine and s.year == reference for s in sightings)
    named = written is None and sum(s.year == reference for s in sightings)
    return titled or named >= ENOUGH_WITH_HEADING


def _resolved(context: Context, sighting: Sighting) -> tuple[DateValue, str] | None:
    match = sighting.match
    if edtf.UNKNOWN not in match.value.edtf or match.recurrent:
        return match.value, ""
    if match.relative is not None:
        return _from_writing(context, sighting)
    if match.rule == "day-alone":
        return _in_month(context, match.value.edtf[-2:])
    year, rule = _year(context, sighting)
    if match.weekday is not None and DAY.fullmatch(match.value.edtf):
        near = year or context.latest or context.furthest
        told = near and writing.on_weekday(match.value.edtf, match.weekday, near)
        year, rule = (told, "weekday") if told and told != year else (year, rule)
    value = edtf.resolved(match.value.edtf, year) if year is not None else None
    if value is not None:
        return edtf.date_value(value), rule
    dependent = match.value.edtf == edtf.UNKNOWN or match.rule in DEPENDENT
    return None if dependent else (match.value, "")


def _from_writing(context: Context, sighting: Sighting) -> tuple[DateValue, str] | None:
    kind, number = sighting.match.relative or ("", 0)
    nowadays = (kind, number) == ("day", 0) and not sighting.lede
    if nowadays:
        return None
    told = context.told if sighting.block - context.told_in <= NEAR_BLOCKS else None
    if kind == "after":
        return (edtf.date_value(writing.later(told, number)), "days") if told else None
    here = context.told_in == sighting.block
    if kind == "weekday" and here and told and (day := writing.weekday_within(number, told)):
        return edtf.date_value(day), "days"
    if context.written is None:
        return None
    ahead = sighting.future or sighting.present
    value = writing.counted(kind, number, context.written, future=ahead)
    return edtf.date_value(value), "writing"


def _in_month(context: Context, number: str) -> tuple[DateValue, str] | None:
    if context.month is None and context.written is not None:
        value = writing.in_month(int(number), context.written)
        return (edtf.date_value(value), "writing") if value else None
    if context.month is None or not edtf.exists(f"{context.month}-{number}"):
        return None
    return edtf.date_value(f"{context.month}-{number}"), "month"


def _moves_on(sighting: Sighting) -> bool:
    """Whether a sighting only moves the narration on."""
    return sighting.match.rule == OFFSET


def _year(context: Context, sighting: Sighting) -> tuple[int | None, str]:
    shift = sighting.match.shift
    if sighting.match.same:
        near = (context.in_sentence, context.in_block, context.last)
        return next((year for year in near if year is not None), context.reference), "last"
    if shift is not None:
        narrated = context.last if context.last_in == sighting.block else None
        if shift > 0 and narrated is not None and not sighting.future:
            return narrated + shift, "last"
        if _moves_on(sighting):
            return None, ""
        reference = context.latest if context.reference is None else context.reference
        return (None if reference is None else reference + shift), "period"
    dependent = sighting.match.rule in DEPENDENT
    narrow = sighting.match.rule == "season-in"
    for name, rule in RULES:
        if (dependent and name in WIDE) or (narrow and name not in NARROW):
            continue
        year = rule(context, sighting)
        if year is not None and not _is_too_late(context, sighting, year):
            return year, name
    return None, ""
