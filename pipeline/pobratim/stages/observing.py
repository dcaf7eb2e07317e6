"""When a text has an official in office: the date that goes with a person's office.

A tenure told beside the person («с 2003 г.», "(2003–2011)") is the surest; else it is the date of
what the sentence tells, rather one before the person than one after, and never one still to come
when the text was written, nor one of what somebody is said to have told. A news item tells of its
day. A field («Мэр – Анна Виртанен») takes no date from its neighbours.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pobratim.lexicon.observing import observing_words
from pobratim.lexicon.quantities import circumstance_words
from pobratim.stages.calendar.edtf import bounds
from pobratim.stages.workspace import Candidate, DateValue, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

__all__ = ["day_of_news", "observed_on", "written_in"]

ASIDE = 8
TENURE = 6
"""How many words behind a person their tenure may begin."""
BEHIND, BEHIND_AT_LEAST = 2, 4
"""How much farther a date behind the person counts than one before."""
FIELD_MARKS = frozenset({":", "–", "—", "-"})
MARKS = frozenset({"(", ",", "–", "—", "-", ":"})
NEWS_DAYS = timedelta(days=31)
"""How long before a news item was written the day may be that it tells of."""
DATELINE, LEAD = 8, 12
SINCE = 3
DAY = len("2019-05-17")


def day_of_news(ws: Workspace, dates: dict[int, list[Candidate]]) -> Candidate | None:
    """The first day of which a dated news item tells: «23 сентября Глава города провёл встречу»."""
    if ws.written_on is None:
        return None
    earliest, latest = (ws.written_on - NEWS_DAYS).isoformat(), ws.written_on.isoformat()
    for number in range(min(LEAD, len(ws.sentences))):
        for date in dates.get(number, ()):
            first = _first_day(date)
            if first is None or not earliest <= first <= latest:
                continue
            block = ws.blocks[ws.block_of[date.start]]
            if first == latest and date.start - block.start < DATELINE:
                continue
            if "VERB" in ws.tags[block.start : block.end]:
                return date
    return None


def _first_day(date: Candidate) -> str | None:
    """The first day of a date that is known to the day."""
    value = date.value.edtf.partition("/")[0] if isinstance(date.value, DateValue) else ""
    return value if len(value) == DAY and "X" not in value else None


def observed_on(
    ws: Workspace,
    person: Candidate,
    role: Candidate,
    dates: dict[int, list[Candidate]],
    people: Sequence[Candidate],
    news: Candidate | None,
) -> list[Candidate]:
    """The date, or none, at which ``person`` holds ``role``; ``dates`` are by sentence.

    ``news`` is what :func:`day_of_news` found.
    """
    sentence = ws.sentence_of[person.start]
    here = dates.get(sentence, [])
    tenure = _tenure(ws, person, role, here, people)
    if tenure is not None:
        return [tenure]
    if _is_field(ws, person, role):
        behind = next((date for date in here if date.start >= person.end), None)
        alone = behind and not any(person.end <= one.start < behind.start for one in people)
        return [behind] if behind and alone else []
    told = [date for date in here if not _is_of_something_else(ws, date, person, role)]
    if told:
        return sorted(told, key=lambda date: (_is_aside(ws, date), _distance(date, person)))[:1]
    first = ws.sentence_of[ws.blocks[ws.block_of[person.start]].start]
    for number in range(sentence - 1, first - 1 if not here else sentence, -1):
        told = [date for date in dates.get(number, []) if not _is_to_come(ws, date)]
        if ws.written_on is not None:
            told = [date for date in told if _is_news(ws.written_on, date)]
        if told:
            return told[-1:]
    return [news] if news is not None else []


def _is_news(written: date, told: Candidate) -> bool:
    """Whether a date lies in the days before a news item was written."""
    value = told.value.edtf if isinstance(told.value, DateValue) else ""
    days = bounds(value.partition("/")[0]) if value and "X" not in value else None
    if days is None:
        return False
    return (written - NEWS_DAYS).isoformat() <= days[1] and days[0] <= written.isoformat()


def _is_of_something_else(
    ws: Workspace, date: Candidate, person: Candidate, role: Candidate
) -> bool:
    """Whether a date is still to come, told by the person, or where something began."""
    if _is_to_come(ws, date):
        return True
    beside = min(abs(date.start - one.end) for one in (person, role)) <= SINCE
    if not beside and ws.lowers[date.start - 1] in circumstance_words().since:
        return True
    between = range(person.end, date.start)
    return any(
        ws.tags[at] == "VERB" and _verb(ws, at) in observing_words().speech for at in between
    )


def _verb(ws: Workspace, at: int) -> str:
    readings = ws.readings[at]
    return readings[0].lemma if readings else ws.lemmas[at]


def written_in(ws: Workspace, person: Candidate, role: Candidate) -> str | None:
    """The month in which a text was written that tells of an office without a date, else its period."""
    if _is_field(ws, person, role):
        return None
    if ws.written_on is not None:
        return ws.written_on.isoformat()[: len("2019-05")]
    return ws.reference_period if ws.period_told else None


def _tenure(
    ws: Workspace,
    person: Candidate,
    role: Candidate,
    here: list[Candidate],
    people: Sequence[Candidate],
) -> Candidate | None:
    """The first date right behind the person, or the office that follows them, in the same clause."""
    for end in (person.end, role.end if role.start >= person.end else person.end):
        for date in here:
            gap = range(end, date.start)
            near = 0 <= date.start - end <= TENURE
            if not near or any(other.start in gap for other in people):
                continue
            if all(
                ws.words[at] in MARKS
                or ws.lowers[at] in observing_words().openers
                or ws.lowers[at] in circumstance_words().since
                for at in gap
            ):
                spans = isinstance(date.value, DateValue) and "/" in date.value.edtf
                since = any(ws.lowers[at] in circumstance_words().since for at in gap)
                if spans or since or "(" in ws.words[end : date.start]:
                    return date
    return None


def _is_field(ws: Workspace, person: Candidate, role: Candidate) -> bool:
    """Whether a colon or dash alone leads from the office to the person at a line's or sentence's head."""
    if role.end > person.start or ws.sentence_of[role.start] != ws.sentence_of[person.start]:
        return False
    first = ws.sentences[ws.sentence_of[role.start]][0]
    between = ws.words[role.end : person.start]
    heads = role.start - first <= 1
    return heads and any(word in FIELD_MARKS for word in between)


def _is_to_come(ws: Workspace, date: Candidate) -> bool:
    """Whether a date lies after the day of writing."""
    if ws.written_on is None or not isinstance(date.value, DateValue):
        return False
    value = date.value.edtf.partition("/")[0]
    days = bounds(value) if value and "X" not in value else None
    return days is not None and days[0] > ws.written_on.isoformat()


def _distance(date: Candidate, person: Candidate) -> int:
    if date.end <= person.start:
        return person.start - date.end
    return BEHIND_AT_LEAST + BEHIND * (date.start - person.end)


def _is_aside(ws: Workspace, date: Candidate) -> bool:
    """Whether a date is only part of a remark in brackets."""
    before = ws.words[max(0, date.start - ASIDE) : date.start]
    return before.count("(") > before.count(")")
