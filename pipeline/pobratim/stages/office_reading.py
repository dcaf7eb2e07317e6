"""A sentence's titles, persons and owners, and the shapes of the words between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.offices import OfficeUse
from pobratim.stages.office_shapes import AHEAD, MARKS, NAMING_TAGS, NEXT_HOLDER
from pobratim.stages.workspace import Candidate

if TYPE_CHECKING:
    from pobratim.lexicon.names import NameLexicon
    from pobratim.lexicon.offices import OfficeLexicon
    from pobratim.stages.workspace import Workspace

__all__ = ["Sentence", "SentenceReader", "is_former", "is_plural", "matches"]

LONGEST_GAP = 40


class Sentence(NamedTuple):
    """A sentence's titles, persons and what an office can be of, each in text order."""

    start: int
    end: int
    roles: list[Candidate]
    persons: list[Candidate]
    owners: list[Candidate]


class SentenceReader:
    """What the readers of a sentence's relations share."""

    def __init__(
        self,
        ws: Workspace,
        sentence: Sentence,
        lexicon: OfficeLexicon,
        names: NameLexicon,
    ) -> None:
        self.ws = ws
        self.sentence = sentence
        self.lexicon = lexicon
        self.names = names
        self.person_starts = [person.start for person in sentence.persons]
        self.owner_starts = [owner.start for owner in sentence.owners]
        self.owner_ends = {owner.end: owner for owner in reversed(sentence.owners)}
        self.bracketed = self._in_brackets()
        self.owner_at: dict[int, Candidate] = {}
        for owner in reversed(sentence.owners):
            self.owner_at[owner.start] = owner
        self.others = {
            at
            for candidate in (*sentence.roles, *sentence.persons)
            for at in range(candidate.start, candidate.end)
        }

    def joined(self, first: Candidate) -> list[Candidate]:
        """The persons listed behind ``first``."""
        joined: list[Candidate] = []
        end = first.end
        for person in self.sentence.persons[bisect_left(self.person_starts, end) :]:
            if not matches(NEXT_HOLDER, self.shape(end, person.start)):
                break
            joined.append(person)
            end = person.end
        return joined

    def joined_before(self, last: Candidate) -> list[Candidate]:
        """The persons listed before ``last``, nearest first."""
        joined: list[Candidate] = []
        start = last.start
        for person in reversed(self.sentence.persons[: bisect_left(self.person_starts, start)]):
            if not matches(NEXT_HOLDER, self.shape(person.end, start)):
                break
            joined.append(person)
            start = person.start
        return joined

    def is_held_ahead(self, role: Candidate) -> bool:
        """Whether the holder's name follows a title directly."""
        at = bisect_left(self.person_starts, role.end)
        return at < len(self.person_starts) and matches(
            AHEAD, self.shape(role.end, self.person_starts[at])
        )

    def _in_brackets(self) -> set[int]:
        """The words of the sentence that stand in brackets."""
        found: set[int] = set()
        depth = 0
        for at in range(self.sentence.start, self.sentence.end):
            depth = max(0, depth + (self.ws.words[at] == "(") - (self.ws.words[at] == ")"))
            if depth:
                found.add(at)
        return found

    def shape(self, start: int, end: int) -> str | None:
        """The words between, a letter each as in ``SHAPES``; None where they are too many."""
        if end - start > LONGEST_GAP:
            return None
        letters: list[str] = []
        at = start
        while at < end:
            owner = self.owner_at.get(at)
            if owner is not None and owner.end <= end:
                letters.append("C")
                at = owner.end
            else:
                letters.append("X" if at in self.others else self._letter(at))
                at += 1
        return "".join(letters)

    def _letter(self, at: int) -> str:
        word, lower, lemma = self.ws.words[at], self.ws.lowers[at], self.ws.lemmas[at]
        if lower in MARKS:
            return MARKS[lower]
        courtesy = lower in self.names.courtesies and word[0].isupper()
        if lower in self.names.honorifics or courtesy:
            return "H"
        if lower in self.lexicon.places or lemma in self.lexicon.places:
            return "G"
        if lemma in self.lexicon.verbs:
            return "V"
        if lemma in self.lexicon.auxiliaries or lower in self.lexicon.auxiliaries:
            return "A"
        if lower in self.lexicon.inner_prepositions:
            return "P"
        return "N" if self.ws.tags[at] in NAMING_TAGS else "X"


def is_former(role: Candidate) -> bool:
    return isinstance(role.data, OfficeUse) and role.data.former


def matches(pattern: re.Pattern[str], shape: str | None) -> bool:
    return shape is not None and pattern.fullmatch(shape) is not None


def is_plural(role: Candidate) -> bool:
    return isinstance(role.data, OfficeUse) and role.data.plural
