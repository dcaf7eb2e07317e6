"""When a text has an official in office: the date that goes with a person's office.

A tenure told beside the person («с 2003 г.», "(2003–2011)") is the surest; else it is the date of
what the sentence tells, rather one before the person than one after, and never one still to come
when the text was written. A field («Мэр – Анна Виртанен») takes no date from its neighbours.
"""

from __future__ import annotations

from datetime import date as day
from typing import TYPE_CHECKING

from pobratim.lexicon.quantities import circumstance_words
from pobratim.stages.calendar.edtf import bounds
from pobratim.stages.workspace import Candidate, DateValue, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["lead_of", "observed_on", "written_in"]

ASIDE = 8
WEEKS = 31
"""How many days before a text was written what it tells of may lie."""
TENURE = 6
"""How many words behind a person their tenure may begin."""
BEHIND, BEHIND_AT_LEAST = 2, 4
"""How much farther a date behind the person counts than one before."""
FIELD_MARKS = frozenset({":", "–", "—", "-"})
OPENERS = frozenset(
    {"(", ",", "–", "—", "-", ":", "since", "from", "с", "в", "in", "elected", "избран"}
)


def observed_on(
    ws: Workspace,
    person: Candidate,
    role: Candidate,
    dates: dict[int, list[Candidate]],
    people: Sequence[Candidate],
) -> list[Candidate]:
    """The date, or none, at which ``person`` holds ``role``; ``dates`` are by sentence."""
    sentence = ws.sentence_of[person.start]
    here = dates.get(sentence, [])
    tenure = _tenure(ws, person, role, here, people)
    if tenure is not None:
        return [tenure]
    if _is_field(ws, person, role):
        behind = next((date for date in here if date.start >= person.end), None)
        alone = behind and not any(person.end <= one.start < behind.start for one in people)
        return [behind] if behind and alone else []
    told = [date for date in here if not _is_to_come(ws, date)]
    if here:
        return sorted(told, key=lambda date: (_is_aside(ws, date), _distance(date, person)))[:1]
    first = ws.sentence_of[ws.blocks[ws.block_of[person.start]].start]
    for number in range(sentence - 1, first - 1, -1):
        told = [date for date in dates.get(number, []) if not _is_to_come(ws, date)]
        if told:
            return told[-1:] if _is_recent(ws, told[-1]) else []
    return []


def written_in(ws: Workspace, person: Candidate, role: Candidate, lead: str | None) -> str | None:
    """The day that the text leads with, for an office told without one, else its month or period."""
    if _is_field(ws, person, role):
        return None
    if ws.written_on is not None:
        return lead or ws.written_on.isoformat()[: len("2019-05")]
    return ws.reference_period


def lead_of(ws: Workspace) -> str | None:
    """The day that a piece of news tells of: the first of the weeks before it was written."""
    if ws.written_on is None:
        return None
    for date in ws.of("DATE"):
        if not isinstance(date.value, DateValue) or "X" in date.value.edtf:
            continue
        first = date.value.earliest
        if first is None or len(date.value.edtf.partition("/")[0]) < len("2019-05-01"):
            continue
        gap = (ws.written_on - day.fromisoformat(first)).days
        if 0 < gap <= WEEKS:
            return date.value.edtf
    return None


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
                ws.lowers[at] in OPENERS or ws.lowers[at] in circumstance_words().since
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


def _is_recent(ws: Workspace, date: Candidate) -> bool:
    """Whether a date of another sentence can be of what a text of a known day tells."""
    if ws.written_on is None or not isinstance(date.value, DateValue):
        return True
    value = date.value.edtf.partition("/")[2] or date.value.edtf
    days = bounds(value) if value and "X" not in value else None
    return days is None or int(days[1][:4]) >= ws.written_on.year - 1


def _distance(date: Candidate, person: Candidate) -> int:
    if date.end <= person.start:
        return person.start - date.end
    return BEHIND_AT_LEAST + BEHIND * (date.start - person.end)


def _is_aside(ws: Workspace, date: Candidate) -> bool:
    """Whether a date is only part of a remark in brackets."""
    before = ws.words[max(0, date.start - ASIDE) : date.start]
    return before.count("(") > before.count(")")
