"""HOLDS and OFFICE_OF: who has which office, and whose office it is.

Runs over settled mentions. What may stand between a title and its holder, or the place that it is of,
is told by the shape of the words between: one letter a word, see
:data:`pobratim.stages.office_shapes.SHAPES`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pobratim.lexicon.names import NameLexicon, name_lexicon
from pobratim.lexicon.offices import OfficeLexicon, OfficeUse, office_lexicon
from pobratim.schema import PLACE_LABELS
from pobratim.stages.naming import PersonName
from pobratim.stages.office_lists import entry_of, listed_under
from pobratim.stages.office_shapes import (
    AHEAD,
    AHEAD_APART,
    AHEAD_COMMA,
    AHEAD_FIELD,
    AHEAD_SEVERAL,
    AHEAD_TWICE,
    BEHIND,
    BETWEEN_OWNERS,
    COMPLETED,
    LISTED,
    MARKS,
    NAMED_AFTER,
    NAMED_BEFORE,
    NAMING_TAGS,
    NEXT_HOLDER,
    OWNED,
    OWNED_ENGLISH,
    OWNED_FAR,
    TO_NEXT,
)
from pobratim.stages.sections import sections
from pobratim.stages.workspace import Candidate, Link, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

__all__ = ["Offices"]

OWNERS = PLACE_LABELS | {"ORGANIZATION"}
OF_PLACES = frozenset({"mayor", "vice_mayor", "acting_mayor", "deputy_mayor"})
"""Offices that are of a city even where no city stands beside them."""
LONGEST_GAP = 40


class Sentence(NamedTuple):
    """A sentence's titles, persons and what an office can be of, each in text order."""

    start: int
    end: int
    roles: list[Candidate]
    persons: list[Candidate]
    owners: list[Candidate]


@Language.factory("pobratim_offices")
class Offices:
    """Adds HOLDS and OFFICE_OF links."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        lexicons, names = office_lexicon(), name_lexicon()
        told = list(_sentences(ws))
        topics = sections(ws).topics if told else ()
        firsts = {city.start: city for city in ws.of("CITY")} if told else {}
        for sentence in told:
            language = ws.languages[sentence.start]
            if language in lexicons:
                entry = entry_of(ws, sentence.start, firsts)
                topic = entry or topics[ws.block_of[sentence.start]]
                reader = _Reader(ws, sentence, lexicons[language], names[language], topic)
                reader.in_entry = entry is not None
                ws.links += reader.held()
                ws.links += reader.owned()
        ws.links += listed_under(ws)
        return doc


def _sentences(ws: Workspace) -> Iterator[Sentence]:
    """The sentences that have a title."""
    grouped: dict[int, Sentence] = {}
    for role in ws.of("ROLE"):
        number = ws.sentence_of[role.start]
        if number not in grouped:
            grouped[number] = Sentence(*ws.sentences[number], [], [], [])
        grouped[number].roles.append(role)
    if not grouped:
        return
    past = 0
    for candidate in ws.of("PERSON", *OWNERS):
        if candidate.label == "ORGANIZATION":
            past = max(past, candidate.end)
        elif candidate.label == "PERSON" and candidate.end <= past:
            continue
        sentence = grouped.get(ws.sentence_of[candidate.start])
        if sentence is not None:
            person = candidate.label == "PERSON"
            (sentence.persons if person else sentence.owners).append(candidate)
    yield from grouped.values()


class _Reader:
    """Reads one sentence."""

    def __init__(
        self,
        ws: Workspace,
        sentence: Sentence,
        lexicon: OfficeLexicon,
        names: NameLexicon,
        topic: Candidate | None = None,
    ) -> None:
        self.ws = ws
        self.topic = topic
        self.in_entry = False
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

    def held(self) -> list[Link]:
        """HOLDS: the nearest fitting person of every title; titles in a row share their holder."""
        roles = [role for role in self.sentence.roles if not _former(role)]
        links: list[Link] = []
        holder: dict[int, Candidate] = {}

        def hold(person: Candidate, role: Candidate, score: float, why: str) -> None:
            holder.setdefault(id(role), person)
            links.append(Link("HOLDS", person, role, score, f"offices:{why}"))

        for role in roles:
            found = self._holder(role)
            if found:
                hold(found[0], role, found[1], found[2])
                for person in self._joined(found[0]) if _plural(role) else ():
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
        if _plural(role) or _plural(following) or not _share_case(role, following):
            return False
        shape = self._shape(role.end, following.start)
        if pattern is LISTED and self.ws.lowers[following.start - 2 : following.start] == [
            ",",
            "the",
        ]:
            return False
        return shape is not None and pattern.fullmatch(shape) is not None

    def _holder(self, role: Candidate) -> tuple[Candidate, float, str] | None:
        """The person of a title, how sure, and by what rule."""
        persons = self.sentence.persons
        next_one = bisect_left(self.person_starts, role.end)
        after = persons[next_one] if next_one < len(persons) else None
        last_one = bisect_left(self.person_starts, role.start) - 1
        before = persons[last_one] if last_one >= 0 else None
        ahead = self._shape(role.end, after.start) if after else None
        behind = self._shape(before.end, role.start) if before else None
        if _matches(AHEAD, ahead) and self._agree(after, role):
            return _found(after, 0.95, "ahead")
        if _matches(BEHIND, behind) and self._agree(before, role):
            return _found(before, 0.92, "behind")
        if behind == "" and self.ws.lowers[role.start] in self.lexicon.post_names:
            return _found(before, 0.92, "post-name")
        if _matches(AHEAD_TWICE, ahead) and self._agree(after, role):
            return _found(after, 0.8, "twice")
        if self._is_apart(role, after, ahead):
            return _found(after, 0.8, "apart")
        if _plural(role) and _matches(AHEAD_SEVERAL, ahead) and self._agree(after, role):
            return _found(after, 0.85, "ahead")
        if _matches(AHEAD_FIELD, ahead) and _nominative(role) and self._agree(after, role):
            return _found(after, 0.85, "field")
        if _matches(NAMED_AFTER, behind):
            return _found(before, 0.9, "named")
        if _matches(NAMED_BEFORE, ahead):
            return _found(after, 0.88, "named")
        english = bool(self.lexicon.owner)
        if english and _matches(AHEAD_COMMA, ahead) and self._agree(after, role):
            return _found(after, 0.75, "comma")
        return None

    def _is_apart(self, role: Candidate, person: Candidate | None, ahead: str | None) -> bool:
        """Whether commas on both sides set a title's holder apart: «Глава города, Иван Петров, избран»."""
        if person is None or _plural(role) or not _matches(AHEAD_APART, ahead):
            return False
        heads = role.start - self.sentence.start <= 1
        apart = (
            self.ws.words[person.end : person.end + 1] == [","] and person.end - person.start > 1
        )
        return heads and apart and _nominative(role) and self._agree(person, role)

    def _agree(self, person: Candidate | None, role: Candidate) -> bool:
        """Whether the cases told for the two can be the same, and the numbers too."""
        if person is None:
            return False
        use, name = role.data, person.data
        if not isinstance(use, OfficeUse) or not isinstance(name, PersonName):
            return True
        if use.plural and not self._joined(person):
            return False
        return not use.cases or not name.cases or not use.cases.isdisjoint(name.cases)

    def _joined(self, first: Candidate) -> list[Candidate]:
        """The persons listed behind ``first``."""
        joined: list[Candidate] = []
        end = first.end
        for person in self.sentence.persons[bisect_left(self.person_starts, end) :]:
            if not _matches(NEXT_HOLDER, self._shape(end, person.start)):
                break
            joined.append(person)
            end = person.end
        return joined

    def owned(self) -> list[Link]:
        """OFFICE_OF: what follows the title or, in English, precedes it; else the city meant."""
        roles = self.sentence.roles
        links: list[Link] = []
        owners: dict[int, list[Candidate]] = {}

        def own(role: Candidate, found: list[Candidate], score: float, why: str) -> None:
            owners[id(role)] = found
            links.extend(Link("OFFICE_OF", role, owner, score, f"offices:{why}") for owner in found)

        for role in roles:
            if self._is_sent(role) and (found := self._preceding(role)):
                own(role, found, 0.9, "precedes")
            elif found := self._following(role):
                own(role, found, 0.93, "follows")
            elif found := self._preceding(role) or self._introducing(role):
                own(role, found, 0.9, "precedes")
            elif found := self._possessed(role):
                own(role, found, 0.8, "its")
            elif found := self._beside_holders(role):
                own(role, found, 0.85, "beside-holder")
        for role, following in reversed(list(pairwise(roles))):
            lacks = id(role) not in owners and id(following) in owners
            if lacks and self._shape(role.end, following.start) in ("&", ","):
                own(role, owners[id(following)], 0.8, "shared")
        for role in roles:
            city = self._city_meant(role) if id(role) not in owners else None
            if city:
                own(role, [city], 0.75, "city")
            elif id(role) in owners:
                continue
            elif found := self._represented(role):
                own(role, found, 0.75, "for")
            elif self.topic is not None and (
                self._is_field(role) or self._is_other_side(role, owners.values())
            ):
                own(role, [self.topic], 0.75, "heading")
        for role, following in pairwise(roles):
            if id(role) in owners and id(following) not in owners:
                bracket = self._shape(role.end, following.start) == "("
                if bracket or self._is_ones_own(following):
                    own(following, owners[id(role)], 0.8, "shared")
        return links

    def _following(self, role: Candidate) -> list[Candidate]:
        at = bisect_left(self.owner_starts, role.end)
        if at == len(self.owner_starts):
            return []
        first = self.sentence.owners[at]
        if not self._of(role, role.end, first) and not self._of_holder(role, first):
            return []
        found = [self.sentence.owners[at]]
        if not _plural(role) or found[0].label not in PLACE_LABELS:
            return found
        for owner in islice(self.sentence.owners, at + 1, None):
            if owner.start >= found[-1].end and owner.label in PLACE_LABELS:
                if not _matches(BETWEEN_OWNERS, self._shape(found[-1].end, owner.start)):
                    break
                found.append(owner)
        return found

    def _of_holder(self, role: Candidate, owner: Candidate) -> bool:
        """ "Mayor Zhang Wei of Chengdu"."""
        at = bisect_left(self.person_starts, role.end)
        if not self.lexicon.owner or self.person_starts[at : at + 1] != [role.end]:
            return False
        end = self.sentence.persons[at].end
        return end < owner.start and self._of(role, end, owner)

    def _of(self, role: Candidate, end: int, owner: Candidate) -> bool:
        """Whether only type words and the like stand between ``end`` and what a title may be of."""
        shape = self._shape(end, owner.start)
        if self.lexicon.owner:
            first = self.ws.lowers[end]
            return first in self.lexicon.owner and _matches(OWNED_ENGLISH, shape)
        if _matches(OWNED, shape):
            return True
        body = owner.label == "ORGANIZATION"
        office = role.data.office if isinstance(role.data, OfficeUse) else "other"
        return (body or office in COMPLETED) and _matches(OWNED_FAR, shape)

    def _preceding(self, role: Candidate) -> list[Candidate]:
        """What an English title is of where it stands before it: "Harbin Mayor", "Harbin's mayor"."""
        if not self.lexicon.owner or role.start == self.sentence.start:
            return []
        at = role.start
        if self.ws.lowers[at - 1] in ("'s", "’s", "'", "’", *self.lexicon.city):
            at -= 1
        owner = self.owner_ends.get(at)
        return [owner] if owner else []

    def _is_ones_own(self, role: Candidate) -> bool:
        """Whether a deputy is the one of the office just named: «его заместитель», "his deputy"."""
        use = role.data
        deputy = isinstance(use, OfficeUse) and use.office in (
            "deputy_mayor",
            "deputy_head",
            "other",
        )
        before = self.ws.lowers[role.start - 1] if role.start > self.sentence.start else ""
        return deputy and before in self.lexicon.possessives

    def _is_sent(self, role: Candidate) -> bool:
        """Whether "to Zimbabwe" tells where an ambassador is sent, not who sent them."""
        use = role.data
        diplomat = isinstance(use, OfficeUse) and use.office in ("ambassador", "consul")
        return diplomat and self.ws.lowers[role.end : role.end + 1] in (["to"], ["in"])

    def _introducing(self, role: Candidate) -> list[Candidate]:
        """What stands right before a bracket or dash that its office-holder follows.

        «Генеральное консульство Ирана (генеральный консул – …)», «От Барнаула – вице-мэр …».
        """
        at = role.start - 1
        if at <= self.sentence.start or self.ws.words[at] not in ("(", "–", "—", "-"):
            return []
        if self.ws.words[at] != "(" and not self._is_held_ahead(role):
            return []
        while at > self.sentence.start and self.ws.lowers[at - 1] in self.lexicon.city:
            at -= 1
        owner = self.owner_ends.get(at)
        use = role.data
        if isinstance(use, OfficeUse) and use.office in ("ambassador", "consul"):
            states = (
                one for one in self.sentence.owners if one.end == at and one.label == "COUNTRY"
            )
            owner = next(states, owner)
        return [owner] if owner is not None else []

    def _possessed(self, role: Candidate) -> list[Candidate]:
        """The body just named: "Saint Louis University, through its president"."""
        if role.start == self.sentence.start or self.ws.lowers[role.start - 1] not in (
            "its",
            "it's",
        ):
            return []
        before = self.sentence.owners[: bisect_left(self.owner_starts, role.start)]
        return [owner for owner in before if owner.label == "ORGANIZATION"][-1:]

    def _is_held_ahead(self, role: Candidate) -> bool:
        """Whether the holder's name follows a title directly."""
        at = bisect_left(self.person_starts, role.end)
        return at < len(self.person_starts) and _matches(
            AHEAD, self._shape(role.end, self.person_starts[at])
        )

    def _beside_holders(self, role: Candidate) -> list[Candidate]:
        """The cities in brackets behind the holders of a plural: "Mayors: Yuri Grishan (Magadan), …"."""
        if not _plural(role):
            return []
        at = bisect_left(self.person_starts, role.end)
        if at == len(self.person_starts):
            return []
        holders = [self.sentence.persons[at], *self._joined(self.sentence.persons[at])]
        found = [
            self.owner_at.get(person.end + 1)
            for person in holders
            if self.ws.words[person.end : person.end + 1] == ["("]
        ]
        return [owner for owner in found if owner is not None and owner.label in PLACE_LABELS]

    def _represented(self, role: Candidate) -> list[Candidate]:
        """The city that a mayor signs for: "On behalf of Tomsk", «от имени Витебска», "signed for"."""
        use = role.data
        if not isinstance(use, OfficeUse) or use.plural or use.office not in OF_PLACES:
            return []
        found = [owner for owner in self.sentence.owners if self._is_represented(owner)]
        return [owner for owner in found if self._is_near(role, owner)][:1]

    def _is_near(self, role: Candidate, owner: Candidate) -> bool:
        """Whether no other title stands between a title and a place, nor before a place before it."""
        first, last = sorted((role.start, owner.start))
        floor = first if role.start < owner.start else self.sentence.start
        return not any(
            floor <= other.start < last for other in self.sentence.roles if other is not role
        )

    def _is_represented(self, owner: Candidate) -> bool:
        if owner.label != "CITY":
            return False
        lowers = self.ws.lowers
        at = owner.start
        while at > self.sentence.start and lowers[at - 1] in self.lexicon.city | {".", "the"}:
            at -= 1
        return any(tuple(lowers[at - len(words) : at]) == words for words in self.lexicon.behalf)

    def _is_other_side(self, role: Candidate, owned: Iterable[list[Candidate]]) -> bool:
        """Whether a mayor without a city signs beside one of another city than the section's.

        In an entry of a partner, the mayor of the page's own city tells whose the other one is.
        """
        use = role.data
        if not isinstance(use, OfficeUse) or use.plural or use.office not in OF_PLACES:
            return False
        others = {one.entity for found in owned for one in found if one.label == "CITY"}
        if self.topic is None:
            return False
        return bool(others) and self.topic.entity not in others and self._is_held_ahead(role)

    def _city_meant(self, role: Candidate) -> Candidate | None:
        """The nearest city before «Мэром города», or before the mayor who heads a delegation."""
        use = role.data
        if not isinstance(use, OfficeUse) or use.plural or not use.office.endswith("mayor"):
            return None
        lowers = self.ws.lowers
        follower = role.end
        while follower < self.sentence.end and lowers[follower] in ("of", "the", "this"):
            follower += 1
        bare = follower < self.sentence.end and lowers[follower] in self.lexicon.city
        bare = bare or lowers[role.end - 1] in self.lexicon.of_city
        led = any(
            tuple(lowers[role.start - len(words) : role.start]) == words
            for words in self.lexicon.led
        )
        if not bare and not led:
            return None
        before = self.sentence.owners[: bisect_left(self.owner_starts, role.start)]
        cities = [owner for owner in before if owner.label == "CITY"]
        return next((city for city in reversed(cities) if city.start not in self.bracketed), None)

    def _is_field(self, role: Candidate) -> bool:
        """Whether a mayor begins a sentence that tells its holder: "Mayor: Anna Virtanen"."""
        use, end = role.data, role.end
        mayor = isinstance(use, OfficeUse) and use.office == "mayor" and not use.plural
        mayor = mayor and not _former(role)
        opens = role.start <= self.sentence.start + 1 or self.ws.words[role.start - 1] == ";"
        if not mayor or not opens or end >= self.sentence.end:
            return False
        if MARKS.get(self.ws.words[end]) in (":", "-"):
            return True
        named = any(person.start == end for person in self.sentence.persons)
        named = named or (self.ws.words[end] == "(" and self._is_doubled(role))
        words = range(self.sentence.start, self.sentence.end)
        return named and (
            self.in_entry or not any(self.ws.tags[at] in ("VERB", "AUX") for at in words)
        )

    def _is_doubled(self, role: Candidate) -> bool:
        """Whether the title in its own language stands in brackets behind: "Mayor (Oberbürgermeister)"."""
        return any(other.start == role.end + 1 for other in self.sentence.roles)

    def _in_brackets(self) -> set[int]:
        """The words of the sentence that stand in brackets."""
        found: set[int] = set()
        depth = 0
        for at in range(self.sentence.start, self.sentence.end):
            depth = max(0, depth + (self.ws.words[at] == "(") - (self.ws.words[at] == ")"))
            if depth:
                found.add(at)
        return found

    def _shape(self, start: int, end: int) -> str | None:
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


def _former(role: Candidate) -> bool:
    return isinstance(role.data, OfficeUse) and role.data.former


def _matches(pattern: re.Pattern[str], shape: str | None) -> bool:
    return shape is not None and pattern.fullmatch(shape) is not None


def _found(person: Candidate | None, score: float, why: str) -> tuple[Candidate, float, str] | None:
    return None if person is None else (person, score, why)


def _plural(role: Candidate) -> bool:
    return isinstance(role.data, OfficeUse) and role.data.plural


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
