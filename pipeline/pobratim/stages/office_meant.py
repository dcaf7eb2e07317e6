"""OFFICE_OF where the owner stands elsewhere in the sentence: "its chair", «во главе с мэром», «города».

Guidelines: an office without a name beside it is of the nearest place or body that the words refer to.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from pobratim.lexicon.offices import OfficeUse, office_lexicon
from pobratim.schema import PLACE_LABELS
from pobratim.stages.office_reading import SentenceReader, is_plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pobratim.lexicon.offices import OfficeLexicon
    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["LED", "OF_BODIES", "OF_PLACES", "Meant", "cities_in", "is_group_of", "is_municipal"]

OF_PLACES = frozenset({"mayor", "vice_mayor", "acting_mayor", "deputy_mayor"})
"""Offices that are of a city even where no city stands beside them."""
OF_BODIES = frozenset({"president", "chair", "head", "deputy_head", "director", "other"})
KINDS = {
    "governor": ("REGION", "CITY"),
    "ambassador": ("COUNTRY",),
    "consul": ("COUNTRY",),
    **dict.fromkeys(OF_PLACES, ("CITY",)),
}
"""What an office can be of, most likely first; those of bodies can be of anything."""
NEAR = 20
"""How many places and bodies before "its" the one that it means may be looked for."""
CROWD = 40
"""With more places and bodies than that a sentence is a list, of which no one is meant."""
LED = 3
"""How many words may stand between «возглавил» and the office of who did."""


class Meant:
    """Reads the owners that a sentence means without naming them beside the office."""

    def __init__(self, reader: SentenceReader) -> None:
        self.reader = reader
        self.ws = reader.ws
        self.sentence = reader.sentence
        self.lexicon = reader.lexicon
        self.role_starts = [role.start for role in reader.sentence.roles]
        self.crowded = len(reader.sentence.owners) > CROWD
        self.represented_owners = [
            owner for owner in reader.sentence.owners if self._is_represented(owner)
        ]
        self.represented_starts = [owner.start for owner in self.represented_owners]

    def possessed(self, role: Candidate) -> list[Candidate]:
        """What "its", "whose" or «её» means: "Saint Louis University, through its president"."""
        if role.start == self.sentence.start:
            return []
        word = self.ws.lowers[role.start - 1]
        if word not in self.lexicon.owning or is_plural(role):
            return []
        if word in self.lexicon.possessives and self._is_deputy(role) and self._follows_role(role):
            return []
        return self._nearest(role, self._before(role))

    def of_the_body(self, role: Candidate) -> list[Candidate]:
        """The body that "the Council's" or "the school's" points back to."""
        lowers, mark = self.ws.lowers, role.start - 1
        if mark <= self.sentence.start + 1 or lowers[mark] not in ("'s", "’s"):
            return []
        noun = lowers[mark - 1]
        bodies = [
            owner
            for owner in self._before(role)
            if owner.label == "ORGANIZATION" and noun in lowers[owner.start : owner.end]
        ]
        return bodies[-1:]

    def led(self, role: Candidate) -> list[Candidate]:
        """Whose delegation the holder heads: «делегация Харбина во главе с мэром»."""
        if is_plural(role) or not self._is_led(role):
            return []
        before = self._before(role)
        groups = [owner for owner in before if self._is_group(owner)]
        return self._nearest(role, groups) or self._nearest(role, before)

    def bare(self, role: Candidate, others: set[str | None]) -> list[Candidate]:
        """The nearest city before «Мэром города» or "the city's mayor", but none of ``others``."""
        if is_plural(role) or not self._is_bare(role):
            return []
        cities = [
            owner
            for owner in self._before(role)
            if owner.label == "CITY" and owner.entity not in others
        ]
        return cities[-1:]

    def other_side(self, role: Candidate, owning: set[str | None]) -> list[Candidate]:
        """The one city that no other office of the sentence is of: «В Лунде мэр А и глава Пскова Б»."""
        if is_plural(role) or _office(role) not in OF_PLACES or not owning or self.crowded:
            return []
        if not self.reader.is_held_ahead(role) or self._is_ones(role):
            return []
        rest = [
            owner
            for owner in self.sentence.owners
            if owner.label == "CITY"
            and owner.entity not in owning
            and owner.start not in self.reader.bracketed
        ]
        return rest[:1] if len({owner.entity for owner in rest}) == 1 else []

    def represented(self, role: Candidate) -> list[Candidate]:
        """The city that a mayor signs for: "On behalf of Tomsk", «от имени Витебска», "signed for"."""
        if is_plural(role) or _office(role) not in OF_PLACES:
            return []
        at = bisect_left(self.represented_starts, role.start)
        near = self.represented_owners[max(0, at - 1) : at + 1]
        return [owner for owner in near if self._is_near(role, owner)][:1]

    def here(self, role: Candidate) -> list[Candidate]:
        """The only city of the sentence so far, where its mayor acts: «В Пскове мэр открыл …»."""
        held = not is_plural(role) and self.reader.is_held_ahead(role)
        if not held or _office(role) not in OF_PLACES or self.crowded:
            return []
        if sum(_office(one) in OF_PLACES for one in self.sentence.roles) > 1:
            return []
        around = self.ws.lowers[max(self.sentence.start, role.start - LED) : role.start]
        if "by" in around or self._is_ones(role):
            return []
        cities = [owner for owner in self._before(role) if owner.label == "CITY"]
        if len({city.entity for city in cities}) != 1:
            return []
        return [city for city in cities if self._is_where(city)][-1:]

    def _is_where(self, city: Candidate) -> bool:
        """Whether something happens in a city, rather than goes there."""
        at = city.start - 1
        while at > self.sentence.start and self.ws.lowers[at] in (*self.lexicon.city, ".", "г"):
            at -= 1
        if at < self.sentence.start or self.ws.lowers[at] not in self.lexicon.locative:
            return False
        readings = self.ws.readings[city.start]
        return not readings or any("loct" in reading.grammemes for reading in readings)

    def peer(self, role: Candidate) -> list[Candidate]:
        """Whence a colleague is who is named with a title: "her counterpart from Kathmandu, Mayor …"."""
        comma = role.start - 1
        if comma <= self.sentence.start or self.ws.words[comma] != "," or is_plural(role):
            return []
        owner = self.reader.owner_ends.get(comma)
        if owner is None or not self.reader.is_held_ahead(role):
            return []
        if owner.label == "ORGANIZATION":
            told = bisect_left(self.role_starts, role.start)
            return [owner] if told == 0 and _office(role) in OF_BODIES else []
        low = max(self.sentence.start, owner.start - LED)
        peers = any(self.ws.lemmas[at] in self.lexicon.peers for at in range(low, owner.start))
        return [owner] if peers and owner.label in PLACE_LABELS else []

    def elected(self, role: Candidate) -> list[Candidate]:
        """The body at whose meeting somebody is elected: «На собрании Общества председателем избран»."""
        if is_plural(role) or _office(role) not in OF_BODIES:
            return []
        around = (role.start - 1, role.end)
        if not any(
            self.sentence.start <= at < self.sentence.end
            and self.ws.lemmas[at] in self.lexicon.electing
            for at in around
        ):
            return []
        bodies = [owner for owner in self._before(role) if owner.label == "ORGANIZATION"]
        return bodies[-1:]

    def _before(self, role: Candidate) -> list[Candidate]:
        """The owners before a title that stand in no bracket, those inside bodies left out."""
        last = bisect_left(self.reader.owner_starts, role.start)
        near = self.sentence.owners[max(0, last - NEAR) : last]
        found: list[Candidate] = []
        for owner in near:
            inside = bool(found) and owner.start < found[-1].end
            if owner.start not in self.reader.bracketed and not inside:
                found.append(owner)
        return found

    def _nearest(self, role: Candidate, owners: Sequence[Candidate]) -> list[Candidate]:
        """The nearest of ``owners`` that the office can be of."""
        office = _office(role)
        if office in OF_BODIES:
            bodies = [owner for owner in owners if owner.label == "ORGANIZATION"]
            return bodies[-1:] or [owner for owner in owners if owner.label in PLACE_LABELS][-1:]
        for label in KINDS.get(office, ()):
            found = [owner for owner in owners if owner.label == label]
            if found:
                return found[-1:]
        return []

    def _is_ones(self, role: Candidate) -> bool:
        """Whether a pronoun stands before a title: «его заместитель»."""
        return self.ws.lowers[role.start - 1] in self.lexicon.possessives

    def _is_deputy(self, role: Candidate) -> bool:
        return _office(role) in ("vice_mayor", "deputy_mayor", "deputy_head", "other")

    def _follows_role(self, role: Candidate) -> bool:
        """Whether a title stands before this one in the sentence, whose deputy it may be."""
        return bisect_left(self.role_starts, role.start) > 0

    def _is_led(self, role: Candidate) -> bool:
        lowers, first = self.ws.lowers, self.sentence.start
        at = role.start
        while at > first and lowers[at - 1] in ("the", "its", "a", *self.lexicon.owning):
            at -= 1
        if any(tuple(lowers[max(first, at - len(w)) : at]) == w for w in self.lexicon.led):
            return True
        near = range(max(first, at - LED), at)
        return any(self.ws.lemmas[index] in self.lexicon.leading for index in near)

    def _is_group(self, owner: Candidate) -> bool:
        return is_group_of(self.ws, self.lexicon, owner, self.sentence.start, self.sentence.end)

    def _is_bare(self, role: Candidate) -> bool:
        """Whether a title is of "the city", which is named elsewhere."""
        lowers = self.ws.lowers
        follower = role.end
        while follower < self.sentence.end and lowers[follower] in ("of", "the", "this"):
            follower += 1
        if follower < self.sentence.end and lowers[follower] in self.lexicon.city:
            return True
        if lowers[role.end - 1] in self.lexicon.of_city:
            return True
        at = role.start - 1
        while at > self.sentence.start and lowers[at] in self.lexicon.former:
            at -= 1
        possessive = at > self.sentence.start and lowers[at] in ("'s", "’s")
        return possessive and lowers[at - 1] in self.lexicon.city

    def _is_near(self, role: Candidate, owner: Candidate) -> bool:
        """Whether no other title stands between a title and a place, nor before a place before it."""
        own = bisect_left(self.role_starts, role.start)
        if role.start < owner.start:
            return bisect_left(self.role_starts, owner.start) == own + 1
        return own == 0

    def _is_represented(self, owner: Candidate) -> bool:
        if owner.label != "CITY":
            return False
        lowers = self.ws.lowers
        at = owner.start
        while at > self.sentence.start and lowers[at - 1] in self.lexicon.city | {".", "the"}:
            at -= 1
        return any(tuple(lowers[at - len(words) : at]) == words for words in self.lexicon.behalf)


def is_group_of(
    ws: Workspace, lexicon: OfficeLexicon, owner: Candidate, start: int, end: int
) -> bool:
    """Whether a delegation in the sentence has this name or origin: «делегация из Пинска»."""
    at = owner.start - 1
    while at > start and (ws.lowers[at] in lexicon.origins or ws.lowers[at] in lexicon.city):
        at -= 1
    if at >= start and ws.lemmas[at] in lexicon.groups:
        return True
    return owner.end < end and ws.lemmas[owner.end] in lexicon.groups


def cities_in(owners: Iterable[Candidate], cities: Sequence[Candidate]) -> set[str | None]:
    """The cities among owners and in the names of those that are bodies."""
    found: set[str | None] = set()
    for owner in owners:
        if owner.label == "CITY":
            found.add(owner.entity)
        elif owner.label == "ORGANIZATION":
            found.update(city.entity for city in cities if owner.covers(city))
    return found


def is_municipal(ws: Workspace, role: Candidate) -> bool:
    """Whether an office is a city's: a mayor's, or of a council or administration without a name."""
    if _office(role) in OF_PLACES:
        return True
    lexicon = office_lexicon()[ws.languages[role.start]]
    kinds = lexicon.councils | lexicon.parents | lexicon.municipal
    return any(
        not {ws.lowers[at], ws.lemmas[at]}.isdisjoint(kinds) for at in range(role.start, role.end)
    )


def _office(role: Candidate) -> str:
    return role.data.office if isinstance(role.data, OfficeUse) else ""
