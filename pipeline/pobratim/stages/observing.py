"""When a text has an official in office: the date that goes with a person's office.

A tenure told beside the person («с 2003 г.», "(2003–2011)") is the surest, then the day on which they
signed something; else it is the date of what the sentence tells, rather one before the person than one
after, and never one still to come when the text was written, nor one of what somebody is said to have
told, nor of an agreement that others signed. Next comes the date that heads the paragraph or part, and
then the day of the news or minutes. A field («Мэр – Анна Виртанен») takes no date from its neighbours.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from typing import TYPE_CHECKING

from pobratim.lexicon.observing import observing_words
from pobratim.lexicon.quantities import circumstance_words
from pobratim.stages.calendar.edtf import bounds
from pobratim.stages.observing_days import NEWS_DAYS, days_of, edtf_of, opens_block
from pobratim.stages.workspace import Candidate, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Observer"]

ASIDE = 8
TENURE = 6
"""How many words behind a person their tenure may begin."""
BEHIND, BEHIND_AT_LEAST = 2, 4
"""How much farther a date behind the person counts than one before."""
FIELD_MARKS = frozenset({":", "–", "—", "-"})
MARKS = frozenset({"(", ",", "–", "—", "-", ":"})
JOINING = frozenset({",", "and", "и", "&"})
SINCE = 3
COURTESY = 3
"""How many words (a mark, courtesies) stand between an office and its holder in a field at most."""
SOON = datetime.timedelta(days=10)
"""How far ahead a day may lie that a text announces its officials for."""
FAR = 60
"""How far behind a person a date of the same sentence is surely another's."""
CLAUSE = 5
"""How far behind the word that opens a clause its date may be."""
FRAME = 4
"""Within how many words of its sentence a date frames all that follows."""
DATELINE = 8
LONGEST_CONTACT = 30
CLOSING = 2
"""How many paragraphs at the end only sign."""


class Observer:
    """Tells when a document has its officials in office."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.days = days_of(ws)
        self.today = datetime.date.fromisoformat(self.days.today) if self.days.today else None
        self.people = [person.start for person in ws.of("PERSON")]
        self.dates: dict[int, list[Candidate]] = {}
        for date in ws.of("DATE"):
            self.dates.setdefault(ws.sentence_of[date.start], []).append(date)
        self.signing: dict[int, set[int]] = {}
        """The persons who signed on a date, by the date's identity."""
        self.signed: dict[int, list[Candidate]] = {}
        """The dates on which a person signed, by the person's identity."""
        self._read_signings()

    def _read_signings(self) -> None:
        signers: dict[int, list[Candidate]] = {}
        for link in self.ws.links:
            if link.label == "SIGNED_BY":
                signers.setdefault(id(link.head), []).append(link.tail)
        for link in self.ws.links:
            if link.label == "SIGNED_ON":
                persons = signers.get(id(link.head), [])
                self.signing.setdefault(id(link.tail), set()).update(map(id, persons))
                for person in persons:
                    self.signed.setdefault(id(person), []).append(link.tail)

    def observed(self, person: Candidate, role: Candidate) -> tuple[list[Candidate], list[str]]:
        """The dates at which ``person`` holds ``role``, and the values to record."""
        dates = self._observed_on(person, role)
        values = [edtf_of(date) for date in dates if edtf_of(date)]
        if not values and (written := self._written(person, role)):
            values = [written]
        return dates, values

    def _observed_on(self, person: Candidate, role: Candidate) -> list[Candidate]:
        ws = self.ws
        sentence = ws.sentence_of[person.start]
        here = self.dates.get(sentence, [])
        tenure = self._tenure(person, role, here)
        if tenure is not None:
            still = self._still(tenure, person, role) if self._begins(tenure) else []
            return [tenure, *still] if still else self._joined(tenure, here)
        if self._is_field(person, role):
            behind = next((date for date in here if date.start >= person.end), None)
            alone = behind is not None and not self._is_other_between(person.end, behind.start)
            return [behind] if behind is not None and alone else []
        signed = self.signed.get(id(person), ())
        if signed := [date for date in signed if self.today is None or not self._is_to_come(date)]:
            return [min(signed, key=lambda date: abs(date.start - person.start))]
        told = [date for date in here if not self._is_of_something_else(date, person, role)]
        asides = [date for date in told if self._is_aside(date)]
        if told := [date for date in told if date not in asides]:
            return self._joined(min(told, key=lambda date: self._order(date, person)), told)
        if framing := self._framing(person):
            return [framing]
        if asides:
            return [min(asides, key=lambda date: _distance(date, person))]
        if self._is_contact(person):
            return []
        heading = self.days.headings[ws.block_of[person.start]] or self.days.news
        return [heading] if heading is not None else []

    def _still(self, since: Candidate, person: Candidate, role: Candidate) -> list[Candidate]:
        """The date at which somebody in office since a year does what the sentence tells."""
        here = self.dates.get(self.ws.sentence_of[person.start], [])
        told = [
            date
            for date in here
            if date is not since
            and not self._is_aside(date)
            and not self._is_of_something_else(date, person, role)
        ]
        return [min(told, key=lambda date: self._order(date, person))] if told else []

    def _framing(self, person: Candidate) -> Candidate | None:
        """The last date of the sentences before in the paragraph that can be of what is told."""
        ws = self.ws
        sentence = ws.sentence_of[person.start]
        first = ws.sentence_of[ws.blocks[ws.block_of[person.start]].start]
        for number in range(sentence - 1, first - 1, -1):
            told = [date for date in self.dates.get(number, []) if self._is_framing(date)]
            if told:
                return told[-1]
        return None

    def _order(self, date: Candidate, person: Candidate) -> tuple[bool, int]:
        """How far a date is from a person: clauses about something else are farthest."""
        ws, clauses = self.ws, observing_words().relatives
        if date.start >= person.end:
            between = ws.lemmas[person.end + 2 : date.start]
        else:
            closed = "," in ws.words[date.end : person.start]
            between = ws.lemmas[max(0, date.start - CLAUSE) : date.start] if closed else []
        return not clauses.isdisjoint(between), _distance(date, person)

    def _joined(self, date: Candidate, dates: Iterable[Candidate]) -> list[Candidate]:
        """A date with those listed beside it: «в 1996, 2001 и 2008»."""
        ws, found = self.ws, [date]
        for other in sorted(dates, key=lambda one: one.start):
            if other.start >= found[-1].end and self._is_joint(found[-1].end, other.start):
                found.append(other)
        for other in sorted(dates, key=lambda one: -one.start):
            if other.end <= found[0].start and self._is_joint(other.end, found[0].start):
                found.insert(0, other)
        return found if len(found) > 1 and ws.lowers[found[-1].start - 1] != "," else [date]

    def _is_joint(self, start: int, end: int) -> bool:
        between = self.ws.lowers[start:end]
        return 0 < len(between) <= 2 and all(word in JOINING for word in between)

    def _is_framing(self, date: Candidate) -> bool:
        """Whether a date of a sentence before can be that of what goes on to be told."""
        ws, written = self.ws, self.ws.written_on
        if self._is_to_come(date) or self._begins(date) or self._is_aside(date):
            return False
        if "X" in edtf_of(date)[:4]:
            return False
        first = ws.sentences[ws.sentence_of[date.start]][0]
        if any(self._begins_clause(at) for at in range(first + 1, date.start)):
            return False
        if written is None:
            return True
        value = edtf_of(date)
        days = bounds(value.partition("/")[0]) if value and "X" not in value else None
        if days is None:
            return False
        if (written - NEWS_DAYS).isoformat() <= days[1]:
            return True
        precise = len(value) > len("2019") or opens_block(ws, date)
        return precise and id(date) not in self.signing

    def _begins_clause(self, at: int) -> bool:
        """Whether a word begins a clause that tells of something earlier or of another."""
        words = observing_words()
        return not {self.ws.lowers[at], self.ws.lemmas[at]}.isdisjoint(words.clauses)

    def _is_of_something_else(self, date: Candidate, person: Candidate, role: Candidate) -> bool:
        """Whether a date is still to come, told by the person, or where something began."""
        ws = self.ws
        if self._is_to_come(date) or self._is_dateline(date) or self._is_apart(date, person):
            return True
        if "X" in edtf_of(date)[:4] and not edtf_of(date).startswith("XXXX"):
            return True
        beside = min(abs(date.start - one.end) for one in (person, role)) <= SINCE
        if self._begins(date) and (not beside or ")" in ws.words[person.end : date.start]):
            return True
        if self._is_until(date):
            return True
        if id(date) in self.signing and date.start > person.end:
            return True
        return self._is_subordinate(date, person)

    def _begins(self, date: Candidate) -> bool:
        before = self.ws.lowers[date.start - 1] if date.start else ""
        return before in circumstance_words().since

    def _is_until(self, date: Candidate) -> bool:
        """Whether a date is the end of something, or what a plan is for: "by the end of September"."""
        before = date.start - 1
        if before > 0 and self.ws.lowers[before] == "the":
            before -= 1
        return before >= 0 and self.ws.lowers[before] in observing_words().until

    def _is_dateline(self, date: Candidate) -> bool:
        """Whether a date stands at the head of a report, which tells of another: "EUGENE, March 14 –"."""
        ws = self.ws
        number = ws.sentence_of[date.start]
        if date.start - ws.sentences[number][0] >= DATELINE or date.end >= len(ws):
            return False
        others = any(one.start > date.end for one in self.dates.get(number, ()))
        return others and ws.words[date.end] in FIELD_MARKS and edtf_of(date) == self.days.written

    def _is_apart(self, date: Candidate, person: Candidate) -> bool:
        """Whether a semicolon parts a date from the person, which does not frame the sentence."""
        ws = self.ws
        low, high = sorted((date, person), key=lambda one: one.start)
        if ";" not in ws.words[low.end : high.start]:
            return False
        first = ws.sentences[ws.sentence_of[date.start]][0]
        framing = date is low and date.start - first <= FRAME
        return not framing

    def _is_subordinate(self, date: Candidate, person: Candidate) -> bool:
        """Whether a date behind a person is of what they tell, or of what a clause tells of another."""
        ws, words = self.ws, observing_words()
        between = range(person.end, date.start)
        if len(between) > FAR:
            return True
        if any(ws.tags[at] == "VERB" and self._verb(at) in words.speech for at in between):
            return True
        return any(self._begins_clause(at) for at in between if at != person.end + 1)

    def _verb(self, at: int) -> str:
        readings = self.ws.readings[at]
        return readings[0].lemma if readings else self.ws.lemmas[at]

    def _written(self, person: Candidate, role: Candidate) -> str | None:
        """When a text was written that tells of an office without a date, else its period."""
        if self._is_field(person, role) or self._is_contact(person):
            return None
        if self.days.written is not None:
            return self.days.written
        if not self.ws.period_told or self._signs(person) or self._is_dated(person):
            return None
        return self.ws.reference_period

    def _is_dated(self, person: Candidate) -> bool:
        """Whether the paragraph tells of another year, so that the text's own says little of it."""
        ws, period = self.ws, str(self.ws.reference_period)[:4]
        block = ws.blocks[ws.block_of[person.start]]
        sentences = range(ws.sentence_of[block.start], ws.sentence_of[block.end - 1] + 1)
        return any(
            edtf_of(date)[:4] != period
            for number in sentences
            for date in self.dates.get(number, ())
        )

    def _signs(self, person: Candidate) -> bool:
        """Whether a name is only the signature under a report."""
        ws, index = self.ws, self.ws.block_of[person.start]
        block = ws.blocks[index]
        return index >= len(ws.blocks) - CLOSING and "VERB" not in ws.tags[block.start : block.end]

    def _is_contact(self, person: Candidate) -> bool:
        """Whether a line tells whom to ask: "Queries: Toni Grace, International Relations Manager"."""
        ws = self.ws
        block = ws.blocks[ws.block_of[person.start]]
        if block.end - block.start > LONGEST_CONTACT or "VERB" in ws.tags[block.start : block.end]:
            return False
        return not observing_words().contacts.isdisjoint(ws.lowers[block.start : block.end])

    def _tenure(
        self, person: Candidate, role: Candidate, here: list[Candidate]
    ) -> Candidate | None:
        """The first date right behind the person, or the office that follows them, in the same clause."""
        ws = self.ws
        for end in (person.end, role.end if role.start >= person.end else person.end):
            for date in here:
                near = 0 <= date.start - end <= TENURE
                if not near or self._is_other_between(end, date.start):
                    continue
                if all(self._leads_to_tenure(at) for at in range(end, date.start)):
                    since = any(
                        ws.lowers[at] in circumstance_words().since for at in range(end, date.start)
                    )
                    if "/" in edtf_of(date) or since or "(" in ws.words[end : date.start]:
                        return date
        return None

    def _leads_to_tenure(self, at: int) -> bool:
        lower = self.ws.lowers[at]
        return (
            self.ws.words[at] in MARKS
            or lower in observing_words().openers
            or lower in circumstance_words().since
        )

    def _is_other_between(self, start: int, end: int) -> bool:
        """Whether a person is named from word ``start`` on, before ``end``."""
        at = bisect_left(self.people, start)
        return at < len(self.people) and self.people[at] < end

    def _is_field(self, person: Candidate, role: Candidate) -> bool:
        """Whether a mark alone leads from the office to the person at a line's or sentence's head."""
        ws = self.ws
        if role.end > person.start or ws.sentence_of[role.start] != ws.sentence_of[person.start]:
            return False
        first = ws.sentences[ws.sentence_of[role.start]][0]
        if role.start - first > 1:
            return False
        near = range(max(role.end, person.start - COURTESY), person.start)
        return ":" in ws.words[role.end : person.start] or any(
            ws.words[at] in FIELD_MARKS and self._is_spaced(at) for at in near
        )

    def _is_spaced(self, at: int) -> bool:
        """Whether a space follows a mark, which a hyphen has not."""
        return at + 1 < len(self.ws) and self.ws.ends[at] < self.ws.starts[at + 1]

    def _is_to_come(self, date: Candidate) -> bool:
        """Whether a date lies well after the day of writing, or the years that the text tells of."""
        value, period = edtf_of(date).partition("/")[0], self.ws.reference_period
        days = bounds(value) if value and "X" not in value else None
        if days is None:
            return False
        if self.today is None:
            return bool(period) and days[0][:4] > str(period)[:4]
        return days[0] > (self.today + SOON).isoformat()

    def _is_aside(self, date: Candidate) -> bool:
        """Whether a date is only part of a remark in brackets."""
        before = self.ws.words[max(0, date.start - ASIDE) : date.start]
        return before.count("(") > before.count(")")


def _distance(date: Candidate, person: Candidate) -> int:
    if date.end <= person.start:
        return person.start - date.end
    return BEHIND_AT_LEAST + BEHIND * (date.start - person.end)
