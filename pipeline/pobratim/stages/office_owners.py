"""OFFICE_OF: whose office it is, by what stands beside a title or the place that its text is of."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from pobratim.lexicon.offices import OfficeUse
from pobratim.schema import PLACE_LABELS
from pobratim.stages.office_meant import OF_PLACES, Meant, cities_in, is_municipal
from pobratim.stages.office_reading import SentenceReader, is_former, is_plural, matches
from pobratim.stages.office_shapes import (
    AHEAD_FIELD,
    AHEAD_SEVERAL,
    BETWEEN_OWNERS,
    COMPLETED,
    MARKS,
    OWNED,
    OWNED_ENGLISH,
    OWNED_FAR,
)
from pobratim.stages.workspace import Candidate, Link

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["Owners"]

LONGEST_ENTRY = 30
NEAREST = 4
"""Of how many offices before a deputy the chief may be one."""


class Owners:
    """Reads whose the offices of one sentence are; ``topic`` heads the section or begins the entry."""

    def __init__(
        self, reader: SentenceReader, topic: Candidate | None = None, *, in_entry: bool = False
    ) -> None:
        self.reader = reader
        self.sentence = reader.sentence
        self.topic = topic
        self.in_entry = in_entry
        self.role_starts = [role.start for role in reader.sentence.roles]
        self.states = {
            owner.end: owner for owner in reader.sentence.owners if owner.label == "COUNTRY"
        }
        self.cities = [owner for owner in reader.sentence.owners if owner.label == "CITY"]
        self.meant = Meant(reader)
        self.owning: dict[int, set[str | None]] = {}
        """The cities that titles are of or of whose bodies, by the titles' first words."""

    def owned(self) -> list[Link]:
        """OFFICE_OF: what follows the title or, in English, precedes it; else the city meant."""
        roles = self.sentence.roles
        links: list[Link] = []
        owners: dict[int, list[Candidate]] = {}

        def own(role: Candidate, found: list[Candidate], score: float, why: str) -> None:
            owners[id(role)] = found
            self.owning[role.start] = cities_in(found, self.cities)
            links.extend(Link("OFFICE_OF", role, owner, score, f"offices:{why}") for owner in found)

        for role in roles:
            if self._is_sent(role) and (found := self._preceding(role)):
                own(role, found, 0.9, "precedes")
            elif found := self._following(role):
                own(role, found, 0.93, "follows")
            elif found := self._preceding(role) or self._introducing(role):
                own(role, found, 0.9, "precedes")
            elif found := self._beside_holders(role) or self._beside_holder(role):
                own(role, found, 0.85, "beside-holder")
        for role, following in reversed(list(pairwise(roles))):
            lacks = id(role) not in owners and id(following) in owners
            if lacks and self.reader.shape(role.end, following.start) in ("&", ","):
                own(role, owners[id(following)], 0.8, "shared")
        for role in roles:
            if id(role) in owners:
                continue
            if found := self.meant.possessed(role) or self.meant.of_the_body(role):
                own(role, found, 0.8, "its")
            elif found := self.meant.bare(role, self._owned_behind(role)):
                own(role, found, 0.75, "city")
            elif found := self.meant.peer(role):
                own(role, found, 0.75, "peer")
            elif found := self.meant.led(role):
                own(role, found, 0.75, "led")
            elif found := self.meant.represented(role):
                own(role, found, 0.75, "for")
            elif found := self.meant.elected(role):
                own(role, found, 0.7, "elected")
            elif self.topic is not None and (
                self._is_field(role) or (self.in_entry and self._is_other_side(role))
            ):
                own(role, [self.topic], 0.75, "heading")
            elif found := self.meant.other_side(role, self._owned_by_any()):
                own(role, found, 0.7, "other-side")
            elif found := self.meant.here(role):
                own(role, found, 0.65, "here")
            elif self.topic is not None and self._is_other_side(role):
                own(role, [self.topic], 0.75, "heading")
        for role, following in pairwise(roles):
            if id(following) in owners:
                continue
            bracket = self.reader.shape(role.end, following.start) == "("
            alike = bracket or self._is_in_turn(following) or self._is_ones_own(following)
            if id(role) in owners and alike:
                own(following, owners[id(role)], 0.8, "shared")
        for role in roles:
            chief = self._chief(role, owners) if id(role) not in owners else None
            if chief is not None:
                own(role, owners[id(chief)], 0.75, "chief")
        return links

    def _owned_behind(self, role: Candidate) -> set[str | None]:
        """The cities that the titles behind one are of."""
        return {
            city for start, cities in self.owning.items() if start > role.start for city in cities
        }

    def _owned_by_any(self) -> set[str | None]:
        return {city for cities in self.owning.values() for city in cities}

    def _following(self, role: Candidate) -> list[Candidate]:
        at = bisect_left(self.reader.owner_starts, role.end)
        if at == len(self.reader.owner_starts):
            return []
        first = self.sentence.owners[at]
        beside = self._of(role, role.end, first) or self._of_holder(role, first)
        if not beside and not self._is_of_listed(role, first):
            return []
        found = [self.sentence.owners[at]]
        if not is_plural(role) or found[0].label not in PLACE_LABELS:
            return found
        for owner in islice(self.sentence.owners, at + 1, None):
            if owner.start >= found[-1].end and owner.label in PLACE_LABELS:
                if not matches(BETWEEN_OWNERS, self.reader.shape(found[-1].end, owner.start)):
                    break
                found.append(owner)
        return found

    def _is_of_listed(self, role: Candidate, owner: Candidate) -> bool:
        """Whether commas alone part a name, a title and what it is of: "Toni Grace, Manager, Lund Ltd"."""
        words, end = self.reader.ws.words, owner.end
        if (
            words[role.end : role.end + 1] != [","]
            or owner.start != role.end + 1
            or is_plural(role)
        ):
            return False
        closes = end >= self.sentence.end or words[end] in (";", ".", ")", ",")
        return closes and any(
            person.end == role.start - 1 and words[person.end] in (",", "(")
            for person in self.sentence.persons
        )

    def _of_holder(self, role: Candidate, owner: Candidate) -> bool:
        """ "Mayor Zhang Wei of Chengdu"."""
        at = bisect_left(self.reader.person_starts, role.end)
        if not self.reader.lexicon.owner or self.reader.person_starts[at : at + 1] != [role.end]:
            return False
        end = self.sentence.persons[at].end
        return end < owner.start and self._of(role, end, owner)

    def _of(self, role: Candidate, end: int, owner: Candidate) -> bool:
        """Whether only type words and the like stand between ``end`` and what a title may be of."""
        shape = self.reader.shape(end, owner.start)
        if self.reader.lexicon.owner:
            first = self.reader.ws.lowers[end]
            return first in self.reader.lexicon.owner and matches(OWNED_ENGLISH, shape)
        if matches(OWNED, shape):
            return True
        body = owner.label == "ORGANIZATION"
        office = role.data.office if isinstance(role.data, OfficeUse) else "other"
        return (body or office in COMPLETED) and matches(OWNED_FAR, shape)

    def _preceding(self, role: Candidate) -> list[Candidate]:
        """What an English title is of where it stands before it: "Harbin Mayor", "Harbin's mayor"."""
        if not self.reader.lexicon.owner or role.start == self.sentence.start:
            return []
        at = role.start
        if self.reader.ws.lowers[at - 1] in ("'s", "’s", "'", "’", *self.reader.lexicon.city):
            at -= 1
        owner = self.reader.owner_ends.get(at)
        return [owner] if owner else []

    def _is_ones_own(self, role: Candidate) -> bool:
        """Whether a deputy is the one of the office just named: «его заместитель», "his deputy"."""
        use = role.data
        deputy = isinstance(use, OfficeUse) and use.office in (
            "deputy_mayor",
            "deputy_head",
            "other",
        )
        before = self.reader.ws.lowers[role.start - 1] if role.start > self.sentence.start else ""
        return deputy and before in self.reader.lexicon.possessives

    def _chief(self, role: Candidate, owned: Collection[int]) -> Candidate | None:
        """The office told before, and whose, that a deputy or aide is of: "the Rector of …; the
        Vice-Rector", «глава Пскова …, помощник главы»."""
        ws, lexicon = self.reader.ws, self.reader.lexicon
        rank, _, rest = ws.lowers[role.start].partition("-")
        words = {rank, *ws.lowers[role.start : role.end], *ws.lemmas[role.start : role.end]}
        if words.isdisjoint(lexicon.deputies):
            return None
        title = {rest, *ws.lowers[role.start + 1 : role.end], *ws.lemmas[role.start : role.end]}
        at = bisect_left(self.role_starts, role.start)
        before = self.sentence.roles[max(0, at - NEAREST) : at]
        for chief in (*reversed(before), *self.sentence.roles[at + 1 : at + 2]):
            head = ws.lemmas[chief.head].lower() if chief.head is not None else ""
            named = head in title or head + "s" in title
            if lexicon.deputies.intersection(ws.lemmas[chief.start : chief.end]):
                continue
            if id(chief) in owned and (named or _office(chief) in ("president", "chair", "head")):
                return chief
        return None

    def _is_in_turn(self, role: Candidate) -> bool:
        """Whether an officer is told as others of a body: "…, with Derek Hill as vice-chairman"."""
        before = self.reader.ws.lowers[role.start - 1] if role.start > self.sentence.start else ""
        return before in self.reader.lexicon.capacity and _office(role) not in OF_PLACES

    def _is_sent(self, role: Candidate) -> bool:
        """Whether "to Zimbabwe" tells where an ambassador is sent, not who sent them."""
        use = role.data
        diplomat = isinstance(use, OfficeUse) and use.office in ("ambassador", "consul")
        return diplomat and self.reader.ws.lowers[role.end : role.end + 1] in (["to"], ["in"])

    def _introducing(self, role: Candidate) -> list[Candidate]:
        """What stands right before a bracket or dash that its office-holder follows.

        «Генеральное консульство Ирана (генеральный консул – …)», «От Барнаула – вице-мэр …».
        """
        at = role.start - 1
        if self._is_signing(role):
            return [self.reader.owner_ends[role.start]]
        if at <= self.sentence.start or self.reader.ws.words[at] not in ("(", "–", "—", "-"):
            return []
        if self.reader.ws.words[at] != "(" and not self.reader.is_held_ahead(role):
            return []
        while (
            at > self.sentence.start and self.reader.ws.lowers[at - 1] in self.reader.lexicon.city
        ):
            at -= 1
        owner = self.reader.owner_ends.get(at)
        use = role.data
        if isinstance(use, OfficeUse) and use.office in ("ambassador", "consul"):
            owner = self.states.get(at, owner)
        if owner is not None and owner.label == "ORGANIZATION" and _office(role) in OF_PLACES:
            return []
        return [owner] if owner is not None else []

    def _beside_holder(self, role: Candidate) -> list[Candidate]:
        """What stands in brackets right behind the holder: "Governor Li Ming (Shandong)"."""
        at = bisect_left(self.reader.person_starts, role.end)
        if is_plural(role) or not self.reader.is_held_ahead(role):
            return []
        end = self.sentence.persons[at].end
        owner = self.reader.owner_at.get(end + 1)
        words = self.reader.ws.words
        alone = owner is not None and words[owner.end : owner.end + 1] == [")"]
        return [owner] if owner is not None and alone and words[end] == "(" else []

    def _is_signing(self, role: Candidate) -> bool:
        """Whether the city of an act stands right before who did it: «подписан в Безансоне мэром»."""
        use, city = role.data, self.reader.owner_ends.get(role.start)
        if city is None or city.label != "CITY" or not isinstance(use, OfficeUse):
            return False
        place = city.start > 0 and self.reader.ws.lowers[city.start - 1] in ("в", "во")
        return place and use.office in OF_PLACES and use.cases == {"ablt"} and not use.plural

    def _beside_holders(self, role: Candidate) -> list[Candidate]:
        """The cities in brackets behind the holders of a plural: "Mayors: Yuri Grishan (Magadan), …"."""
        if not is_plural(role):
            return []
        at = bisect_left(self.reader.person_starts, role.end)
        if at == len(self.reader.person_starts):
            return []
        ahead = self.reader.shape(role.end, self.reader.person_starts[at])
        if not matches(AHEAD_FIELD, ahead) and not matches(AHEAD_SEVERAL, ahead):
            return []
        holders = [self.sentence.persons[at], *self.reader.joined(self.sentence.persons[at])]
        found = [
            self.reader.owner_at.get(person.end + 1)
            for person in holders
            if self.reader.ws.words[person.end : person.end + 1] == ["("]
        ]
        return [owner for owner in found if owner is not None and owner.label in PLACE_LABELS]

    def _is_other_side(self, role: Candidate) -> bool:
        """Whether a mayor without a city signs beside one of another city than the section's.

        In an entry of a partner, the mayor of the page's own city tells whose the other one is.
        """
        use = role.data
        if not isinstance(use, OfficeUse) or use.plural or use.office not in OF_PLACES:
            return False
        owning = self._owned_by_any()
        if self.topic is None or not owning:
            return False
        return self.topic.entity not in owning and self.reader.is_held_ahead(role)

    def _is_field(self, role: Candidate) -> bool:
        """Whether a mayor begins a sentence that tells its holder: "Mayor: Anna Virtanen".

        Deputies and chairs of councils do so in a field only.
        """
        end = role.end
        mayor = not is_plural(role) and not is_former(role)
        mark = end < self.sentence.end and MARKS.get(self.reader.ws.words[end]) in (":", "-")
        mayor = mayor and (
            _office(role) == "mayor" or (mark and is_municipal(self.reader.ws, role))
        )
        opens = (
            role.start <= self.sentence.start + 1
            or self.reader.ws.words[role.start - 1] == ";"
            or (self.in_entry and (self._is_datelined(role) or self._is_short_entry(role)))
        )
        if not mayor or not opens or end >= self.sentence.end:
            return False
        if mark:
            return True
        named = any(person.start == end for person in self.sentence.persons)
        named = named or (self.reader.ws.words[end] == "(" and self._is_doubled(role))
        named = named or self.reader.is_held_ahead(role)
        words = range(self.sentence.start, self.sentence.end)
        return named and (
            self.in_entry or not any(self.reader.ws.tags[at] in ("VERB", "AUX") for at in words)
        )

    def _is_datelined(self, role: Candidate) -> bool:
        """Whether a mayor is the first thing behind a dateline: "EUGENE, March 14 – Mayor Lucy Vinson"."""
        at = role.start - 1
        while at > self.sentence.start and self.reader.ws.tags[at] in ("DET", "ADJ", "PRON"):
            at -= 1
        return MARKS.get(self.reader.ws.words[at]) in (":", "-")

    def _is_short_entry(self, role: Candidate) -> bool:
        """Whether a line of a list has one city, which begins it, and one mayor, who is named."""
        block = self.reader.ws.blocks[self.reader.ws.block_of[role.start]]
        mayors = [one for one in self.sentence.roles if _office(one) in OF_PLACES]
        if block.end - block.start > LONGEST_ENTRY or len(mayors) > 1:
            return False
        cities = {owner.entity for owner in self.sentence.owners if owner.label == "CITY"}
        return len(cities) == 1 and self.reader.is_held_ahead(role)

    def _is_doubled(self, role: Candidate) -> bool:
        """Whether the title in its own language stands in brackets behind: "Mayor (Oberbürgermeister)"."""
        at = bisect_left(self.role_starts, role.end)
        return self.role_starts[at : at + 1] == [role.end + 1]


def _office(role: Candidate) -> str:
    return role.data.office if isinstance(role.data, OfficeUse) else ""
