"""HOLDS: the nearest fitting person of every title."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from pobratim.lexicon.offices import OfficeUse
from pobratim.stages.naming import PersonName
from pobratim.stages.office_reading import SentenceReader, is_former, is_plural, matches
from pobratim.stages.office_shapes import (
    AHEAD,
    AHEAD_APART,
    AHEAD_COMMA,
    AHEAD_FIELD,
    AHEAD_SEVERAL,
    AHEAD_TWICE,
    BEHIND,
    LISTED,
    NAMED_AFTER,
    NAMED_BEFORE,
    TO_NEXT,
)
from pobratim.stages.workspace import Candidate, Link

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Holders"]

CAPACITY = 3
"""How many words ("attends as the") stand between a name and the office that somebody acts in."""


class Holders:
    """Reads who holds the offices of one sentence."""

    def __init__(self, reader: SentenceReader) -> None:
        self.reader = reader
        self.sentence = reader.sentence

    def held(self) -> list[Link]:
        """HOLDS: the nearest fitting person of every title; titles in a row share their holder."""
        roles = [role for role in self.sentence.roles if not is_former(role)]
        links: list[Link] = []
        holder: dict[int, Candidate] = {}

        def hold(person: Candidate, role: Candidate, score: float, why: str) -> None:
            holder.setdefault(id(role), person)
            links.append(Link("HOLDS", person, role, score, f"offices:{why}"))

        taken: set[int] = set()
        for role in roles:
            found = self._holder(role, taken)
            if found:
                taken.add(id(found[0]))
                hold(found[0], role, found[1], found[2])
                for person in self._several(found[0], role):
                    taken.add(id(person))
                    hold(person, role, 0.85, "several")
        for role, following in reversed(list(pairwise(roles))):
            shared = holder.get(id(following))
            free = shared and id(role) not in holder and shared.start > following.start
            if shared and free and self._in_row(role, following, TO_NEXT):
                hold(shared, role, 0.85, "shared")
        for role, following in pairwise(roles):
            shared = holder.get(id(role))
            free = shared and id(following) not in holder and shared.end <= role.start
            if shared and free and self._in_row(role, following, LISTED):
                hold(shared, following, 0.8, "listed")
        return links

    def _in_row(self, role: Candidate, following: Candidate, pattern: re.Pattern[str]) -> bool:
        """Whether two titles can be one person's: singular, in one case, only owners between."""
        if is_plural(role) or is_plural(following) or not _share_case(role, following):
            return False
        shape = self.reader.shape(role.end, following.start)
        if pattern is LISTED and self.reader.ws.lowers[following.start - 2 : following.start] == [
            ",",
            "the",
        ]:
            return False
        return shape is not None and pattern.fullmatch(shape) is not None

    def _several(self, holder: Candidate, role: Candidate) -> list[Candidate]:
        """The other holders of a plural, which are listed behind the first or before the last."""
        if not is_plural(role):
            return []
        if holder.start > role.start:
            return self.reader.joined(holder)
        return self.reader.joined_before(holder)

    def _holder(
        self, role: Candidate, taken: Collection[int]
    ) -> tuple[Candidate, float, str] | None:
        """The person of a title, how sure, and by what rule; ``taken`` are the holders told so far."""
        persons = self.sentence.persons
        next_one = bisect_left(self.reader.person_starts, role.end)
        after = persons[next_one] if next_one < len(persons) else None
        last_one = bisect_left(self.reader.person_starts, role.start) - 1
        before = persons[last_one] if last_one >= 0 else None
        ahead = self.reader.shape(role.end, after.start) if after else None
        behind = self.reader.shape(before.end, role.start) if before else None
        if matches(AHEAD, ahead) and self._agree(after, role):
            return _found(after, 0.95, "ahead")
        if before is not None and self._is_capacity(before, role):
            return _found(before, 0.85, "as")
        if before is not None and id(before) in taken and self._has_own(role, after, ahead):
            return _found(after, 0.8, "next")
        if matches(BEHIND, behind) and self._agree(before, role):
            return _found(before, 0.92, "behind")
        if behind == "" and self.reader.ws.lowers[role.start] in self.reader.lexicon.post_names:
            return _found(before, 0.92, "post-name")
        if matches(AHEAD_TWICE, ahead) and self._agree(after, role):
            return _found(after, 0.8, "twice")
        if self._is_apart(role, after, ahead):
            return _found(after, 0.8, "apart")
        if is_plural(role) and matches(AHEAD_SEVERAL, ahead) and self._agree(after, role):
            return _found(after, 0.85, "ahead")
        if matches(AHEAD_FIELD, ahead) and _nominative(role) and self._agree(after, role):
            return _found(after, 0.85, "field")
        if matches(NAMED_AFTER, behind):
            return _found(before, 0.9, "named")
        if matches(NAMED_BEFORE, ahead):
            return _found(after, 0.88, "named")
        english = bool(self.reader.lexicon.owner)
        if english and matches(AHEAD_COMMA, ahead) and self._agree(after, role):
            return _found(after, 0.75, "comma")
        return None

    def _is_capacity(self, person: Candidate, role: Candidate) -> bool:
        """Whether somebody is named "as" something: "Jack Dempsey attends as Mayor"."""
        ws = self.reader.ws
        between = range(person.end, role.start)
        last = role.start - 1
        if ws.lowers[last : last + 1] == ["the"]:
            last -= 1
        if not 0 < len(between) <= CAPACITY or ws.lowers[last] not in self.reader.lexicon.capacity:
            return False
        return all(ws.tags[at] in ("VERB", "AUX", "ADP") for at in range(person.end, last))

    def _has_own(self, role: Candidate, after: Candidate | None, ahead: str | None) -> bool:
        """Whether a title in a list has a holder of its own behind a comma or dash: "the Minister, Mr
        John Reed, the Director of the Museum, Mrs Ann Hill"."""
        if after is None or is_plural(role) or not self._agree(after, role):
            return False
        if matches(AHEAD_FIELD, ahead):
            return True
        article = self.reader.ws.lowers[role.start - 1] == "the"
        courtesy = ahead is not None and ahead.endswith("H")
        english = bool(self.reader.lexicon.owner)
        return english and (article or courtesy) and matches(AHEAD_COMMA, ahead)

    def _is_apart(self, role: Candidate, person: Candidate | None, ahead: str | None) -> bool:
        """Whether commas on both sides set a title's holder apart: «Глава города, Иван Петров, избран»."""
        if person is None or is_plural(role) or not matches(AHEAD_APART, ahead):
            return False
        heads = role.start - self.sentence.start <= 1
        apart = (
            self.reader.ws.words[person.end : person.end + 1] == [","]
            and person.end - person.start > 1
        )
        return heads and apart and _nominative(role) and self._agree(person, role)

    def _agree(self, person: Candidate | None, role: Candidate) -> bool:
        """Whether the cases told for the two can be the same, and the numbers too."""
        if person is None:
            return False
        use, name = role.data, person.data
        if not isinstance(use, OfficeUse) or not isinstance(name, PersonName):
            return True
        several = self.reader.joined if person.start > role.start else self.reader.joined_before
        if use.plural and not several(person):
            return False
        return not use.cases or not name.cases or not use.cases.isdisjoint(name.cases)


def _found(person: Candidate | None, score: float, why: str) -> tuple[Candidate, float, str] | None:
    return None if person is None else (person, score, why)


def _nominative(role: Candidate) -> bool:
    """Whether a title can be the subject of «Мэр – Иван Петров»."""
    use = role.data
    return isinstance(use, OfficeUse) and (not use.cases or "nomn" in use.cases)


def _share_case(one: Candidate, other: Candidate) -> bool:
    """Whether two titles can stand in the same case."""
    first, second = one.data, other.data
    if not isinstance(first, OfficeUse) or not isinstance(second, OfficeUse):
        return True
    return not first.cases or not second.cases or not first.cases.isdisjoint(second.cases)
