"""The days that a text tells of as a whole, or part by part.

A news item tells of its day; minutes, resolutions and signed letters are of the day in their title or
below; what stands under «9 июня» or behind "• 1988." is of that day or year.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.observing import observing_words
from pobratim.stages.calendar.edtf import bounds
from pobratim.stages.workspace import Candidate, DateValue, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["DAY", "NEWS_DAYS", "Days", "days_of", "edtf_of", "opens_block"]

DAY = len("2019-05-17")
NEWS_DAYS = timedelta(days=31)
"""How long before a news item was written the day may be that it tells of."""
DATELINE, LEAD = 8, 12
LEAD_BLOCKS = 4
TITLE_WORDS = 16
HEADING_WORDS = 10
LATE = 3
"""How many years beyond the day of its title a text may tell of."""

Blocks = dict[int, list[Candidate]]


class Days(NamedTuple):
    """``news`` is the day that a news item tells of, ``written`` when the text was written (EDTF),
    ``today`` the same where the text gives the day; ``headings`` has for each block the date that
    heads its part."""

    news: Candidate | None
    written: str | None
    today: str | None
    headings: list[Candidate | None]


def days_of(ws: Workspace) -> Days:
    """The days of a document, found once for all its officials."""
    dates = ws.of("DATE")
    by_block: Blocks = {}
    for date in dates:
        by_block.setdefault(ws.block_of[date.start], []).append(date)
    titled = _titled(ws, by_block)
    written = _written(ws, dates) or (edtf_of(titled) if titled is not None else None)
    news = _day_of_news(ws, dates)
    if news is None and written is None:
        news = _day_told_first(ws, dates)
    given = written is not None and any(edtf_of(date) == written for date in dates)
    today = written if given and len(written or "") == DAY else None
    return Days(news, written, today, _headings(ws, by_block))


def edtf_of(date: Candidate) -> str:
    return date.value.edtf if isinstance(date.value, DateValue) else ""


def opens_block(ws: Workspace, date: Candidate) -> bool:
    """Whether a paragraph or item begins with a date: «• 1 октября. Глава города …»."""
    start = ws.blocks[ws.block_of[date.start]].start
    return not any(word[0].isalpha() for word in ws.words[start : date.start])


def _first_day(date: Candidate) -> str | None:
    """The first day of a date that is known to the day."""
    value = edtf_of(date).partition("/")[0]
    return value if len(value) == DAY and "X" not in value else None


def _day_of_news(ws: Workspace, dates: Sequence[Candidate]) -> Candidate | None:
    """The first day of which a dated news item tells: «23 сентября Глава города провёл встречу»."""
    if ws.written_on is None:
        return None
    earliest, latest = (ws.written_on - NEWS_DAYS).isoformat(), ws.written_on.isoformat()
    for date in _told_early(ws, dates):
        first = _first_day(date)
        if first is None or not earliest <= first <= latest:
            continue
        block = ws.blocks[ws.block_of[date.start]]
        if first < latest or date.start - block.start >= DATELINE:
            return date
    return None


def _told_early(ws: Workspace, dates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The dates of the first sentences that have a verb in their paragraph."""
    for date in dates:
        if ws.sentence_of[date.start] >= LEAD:
            return
        block = ws.blocks[ws.block_of[date.start]]
        if "VERB" in ws.tags[block.start : block.end] and not _is_as_of(ws, date):
            yield date


def _is_as_of(ws: Workspace, date: Candidate) -> bool:
    """Whether a date is only that of a figure or a beginning: «на 1 января 2020 г.»."""
    first = ws.sentences[ws.sentence_of[date.start]][0]
    before = ws.lowers[max(first, date.start - 2) : date.start]
    return bool(before) and (before[-1] in observing_words().as_of or before == ["as", "of"])


def _day_told_first(ws: Workspace, dates: Sequence[Candidate]) -> Candidate | None:
    """The day with which an undated news item begins, unless it tells of later years."""
    found = next((date for date in _told_early(ws, dates) if _first_day(date)), None)
    if found is None or ws.block_of[found.start] >= LEAD_BLOCKS:
        return None
    if ws.blocks[ws.block_of[found.start]].kind != "paragraph":
        return None
    year = edtf_of(found)[:4]
    years = [edtf_of(date)[:4] for date in dates if not date.why.startswith("dates:relative")]
    return found if all(one <= year for one in years if one.isdecimal()) else None


def _titled(ws: Workspace, by_block: Blocks) -> Candidate | None:
    """The day in the title of minutes and the like: "Council briefing, Tuesday 3 September 2019"."""
    for index, block in enumerate(ws.blocks[:LEAD_BLOCKS]):
        dates = by_block.get(index, [])
        short = block.end - block.start <= TITLE_WORDS and block.kind != "field"
        if len(dates) != 1 or not short or "VERB" in ws.tags[block.start : block.end]:
            continue
        value, period = edtf_of(dates[0]), ws.reference_period or ""
        if len(value) != DAY or "X" in value:
            continue
        late = not period.isdecimal() or int(period) - int(value[:4]) <= LATE
        act = not observing_words().acts.isdisjoint(ws.lemmas[block.start : dates[0].start])
        if late and (act or not _is_as_of(ws, dates[0])):
            return dates[0]
    return None


def _written(ws: Workspace, dates: Sequence[Candidate]) -> str | None:
    """The day of a dateline, or the month or season of a newsletter as its head gives it."""
    if ws.written_on is None:
        return None
    day = ws.written_on.isoformat()
    for date in dates:
        value = edtf_of(date)
        if value == day:
            return day
        if ws.block_of[date.start] >= LEAD_BLOCKS or "/" in value or "X" in value:
            continue
        days = bounds(value) if len(value) > len("2019") else None
        if days is not None and days[0] <= day <= days[1]:
            return value
    return day


def _headings(ws: Workspace, by_block: Blocks) -> list[Candidate | None]:
    """For each block the date of the line that heads it: «9 июня», "Monday, September 12".

    Where such lines stand close to what they head, a blank line ends it.
    """
    bares = {index: bare for index in by_block if (bare := _bare(ws, index, by_block)) is not None}
    if len(bares) < 2:
        return [None] * len(ws.blocks)
    found: list[Candidate | None] = []
    current: Candidate | None = None
    close = False
    for index, block in enumerate(ws.blocks):
        bare = bares.get(index)
        gap = index > 0 and _is_gap(ws, index)
        if bare is not None:
            current = bare
            close = index + 1 < len(ws.blocks) and not _is_gap(ws, index + 1)
        elif gap and close:
            current = None
        found.append(None if block.boilerplate else current)
    return found


def _is_gap(ws: Workspace, index: int) -> bool:
    """Whether a blank line stands before a block."""
    start = ws.blocks[index].start
    return ws.text.count("\n", ws.ends[start - 1], ws.starts[start]) > 1


def _bare(ws: Workspace, index: int, by_block: Blocks) -> Candidate | None:
    """The date of a line that has nothing else but the name of its day."""
    block, dates = ws.blocks[index], by_block.get(index, [])
    if len(dates) != 1 or block.end - block.start > HEADING_WORDS:
        return None
    covered = range(dates[0].start, dates[0].end)
    rest = (ws.lowers[at] for at in range(block.start, block.end) if at not in covered)
    plain = all(not word[0].isalpha() or word in observing_words().weekdays for word in rest)
    return dates[0] if plain and "X" not in edtf_of(dates[0])[:4] else None
