"""OFFICE_OF from farther off: the body whose officers a list names, the city of the sentence before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pobratim.lexicon.offices import OfficeUse, office_lexicon
from pobratim.stages.office_meant import LED, OF_BODIES, OF_PLACES, is_group_of
from pobratim.stages.workspace import Candidate, Link, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["owned_in_context"]

LONGEST_LIST = 60


def owned_in_context(ws: Workspace) -> list[Link]:
    """OFFICE_OF of the titles of named persons whose own words do not tell whose they are."""
    owned = {id(link.head) for link in ws.links if link.label == "OFFICE_OF"}
    held = [link.tail for link in ws.links if link.label == "HOLDS"]
    roles = {role.start: role for role in held if id(role) not in owned}
    if not roles:
        return []
    bodies, cities = ws.of("ORGANIZATION"), ws.of("CITY")
    starts = [body.start for body in bodies], [city.start for city in cities]
    found: list[Link] = []
    for role in roles.values():
        use = role.data
        if not isinstance(use, OfficeUse) or use.plural or use.former:
            continue
        if use.office in OF_BODIES and (body := _listing(ws, role, bodies, starts[0])):
            found.append(Link("OFFICE_OF", role, body, 0.75, "offices:officers"))
        elif city := _led_before(ws, role, cities, starts[1]):
            found.append(Link("OFFICE_OF", role, city, 0.7, "offices:led-before"))
        elif use.office in OF_PLACES and (city := _told_before(ws, role, cities, starts[1])):
            found.append(Link("OFFICE_OF", role, city, 0.7, "offices:sentence-before"))
    return found


def _listing(
    ws: Workspace, role: Candidate, bodies: Sequence[Candidate], starts: Sequence[int]
) -> Candidate | None:
    """The body before the colon of the sentence: "Officers of the Tula Society: A. B., President"."""
    at = bisect_right(starts, role.start) - 1
    body = bodies[at] if at >= 0 else None
    if body is None or ws.sentence_of[body.start] != ws.sentence_of[role.start]:
        return None
    near = role.start - body.end <= LONGEST_LIST
    return body if near and ":" in ws.words[body.end : role.start] else None


def _led_before(
    ws: Workspace, role: Candidate, cities: Sequence[Candidate], starts: Sequence[int]
) -> Candidate | None:
    """The city whose delegation the sentence before names: «… делегация Лиможа. Возглавил её мэр …»."""
    lexicon = office_lexicon().get(ws.languages[role.start])
    number = ws.sentence_of[role.start]
    first = ws.sentences[number][0]
    if lexicon is None or number == 0 or ws.block_of[first - 1] != ws.block_of[first]:
        return None
    near = range(max(first, role.start - LED), role.start)
    if not any(ws.lemmas[at] in lexicon.leading for at in near):
        return None
    low, high = ws.sentences[number - 1]
    told = cities[bisect_left(starts, low) : bisect_left(starts, high)]
    return next((city for city in told if is_group_of(ws, lexicon, city, low, high)), None)


def _told_before(
    ws: Workspace, role: Candidate, cities: Sequence[Candidate], starts: Sequence[int]
) -> Candidate | None:
    """The only city of the sentence before, of one that names none itself, in one paragraph."""
    number = ws.sentence_of[role.start]
    first, end = ws.sentences[number]
    if number == 0 or ws.block_of[first - 1] != ws.block_of[first]:
        return None
    at = bisect_right(starts, end - 1)
    near: list[Candidate] = []
    for city in reversed(cities[:at]):
        if city.start < ws.sentences[number - 1][0]:
            break
        if city.start >= first:
            return None
        near.append(city)
    return near[0] if len({city.entity for city in near}) == 1 else None
