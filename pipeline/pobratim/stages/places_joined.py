"""What neighbours and other occurrences tell of a place that is a town and a region at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pobratim.stages.places_agreed import SURE, Sighting
from pobratim.stages.workspace import begins_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.lexicon.gazetteer import Place
    from pobratim.lexicon.placing import PlacingLexicon
    from pobratim.stages.workspace import Workspace

__all__ = ["joined", "region_behind"]

TOWN = 15_000
REGION_RATIO = 6
"""How many times more people than the town a region has that other occurrences may decide for."""
LISTING = ([","], ["and"], ["и"], [",", "and"])
SECOND_NAME = (["("], ["-"], ["–"], ["—"])
TOLD = frozenset({"cue", "typed", "behind-city"})
"""Reasons that leave no doubt of the kind."""


def joined(
    ws: Workspace, lexicons: dict[str, PlacingLexicon], sightings: list[Sighting]
) -> list[Sighting]:
    """The sightings of a document with their kinds mended, and second names joined to the first."""
    found = _towns(ws, _without_pairs(ws, lexicons, sightings))
    found = _among_regions(ws, found)
    return list(_with_second_names(ws, _told_elsewhere(found)))


def region_behind(ws: Workspace, city: Sighting | None, found: Sighting) -> Sighting:
    """The region that a city before it lies in, not a city or country of the same name: "Windsor,
    Ontario", "Macon (Georgia, USA)"."""
    if city is None or city.kind != "city" or found.kind == "region":
        return found
    gap = ws.lowers[city.end : found.start]
    if gap not in ([","], ["("], ["|"], ["/"], ["city", ","]) or _goes_on(ws, found.end):
        return found
    bracket = ws.words[found.end : found.end + 1] == ["("]
    codes = {place.admin1 for place in city.options}
    countries = {place.country for place in city.options}
    states = {place.country for place in found.options if place.kind == "country"}
    if states & countries or (states and not codes):
        return found
    for place in found.options:
        area = place.admin1 is None and place.country in countries and not bracket and not states
        if place.kind == "region" and (area or place.id.removeprefix("region:") in codes):
            return found._replace(kind="region", score=SURE, why="behind-city")
    return found


def _goes_on(ws: Workspace, at: int) -> bool:
    """Whether a list of cities goes on behind a name: "Albany, New York and Boston"."""
    return ws.lowers[at : at + 1] in (["and"], ["и"], ["&"])


def _without_pairs(
    ws: Workspace, lexicons: dict[str, PlacingLexicon], sightings: list[Sighting]
) -> list[Sighting]:
    """The sightings but those of pairs that a body is called after: "Tacoma-Kitakyushu Committee"."""
    named: set[int] = set()
    for one, other in pairwise(sightings):
        if ws.words[one.end : other.start] not in (["-"], ["–"], ["—"]):
            continue
        lexicon = lexicons[ws.languages[one.start]]
        before, after = one.start - 1, other.end
        behind = after < len(ws) and ws.block_of[after] == ws.block_of[one.start]
        bears = behind and ws.words[after][0].isupper() and ws.lowers[after] in lexicon.pair_bodies
        if bears or (before >= 0 and ws.lemmas[before] in lexicon.bodies_of_pairs):
            named.update((one.start, other.start))
    return [one for one in sightings if one.start not in named]


def _towns(ws: Workspace, sightings: list[Sighting]) -> list[Sighting]:
    """Towns for regions of the same name that a country in brackets, or in the next cell of a table,
    follows: «Виктория (Канада)».

    Regions are told without one, or with their type word.
    """
    found = list(sightings)
    for at, (one, after) in enumerate(pairwise(sightings)):
        if one.kind != "region" or after.kind != "country" or one.why in TOLD:
            continue
        state = after.options[0].country if after.options else None
        towns = [p for p in one.options if p.kind == "city" and p.country == state]
        large = any(place.population >= TOWN for place in towns)
        cell = one.end == after.start and begins_cell(ws, after.start)
        if large and (cell or ws.words[one.end : after.start] in (["("], ["|"])):
            found[at] = one._replace(kind="city")
    return found


def _among_regions(ws: Workspace, sightings: list[Sighting]) -> list[Sighting]:
    """Regions for cities of the same name between two regions: "Heilongjiang, Jilin and Liaoning"."""
    found = list(sightings)
    for at in range(1, len(found) - 1):
        before, one, after = found[at - 1 : at + 2]
        divisions = any(place.kind == "region" for place in one.options)
        if one.kind != "city" or not divisions or one.why in TOLD:
            continue
        lists = ws.lowers[before.end : one.start] in LISTING
        goes_on = ws.lowers[one.end : after.start] in LISTING
        if lists and goes_on and before.kind == after.kind == "region":
            found[at] = one._replace(kind="region", score=SURE, why="among-regions")
    return found


def _told_elsewhere(sightings: list[Sighting]) -> list[Sighting]:
    """Regions for small cities of a name that the document calls a region: "the state of Penang"."""
    told: dict[str, set[str]] = {}
    for one in sightings:
        if one.why == "cue":
            told.setdefault(one.key.casefold(), set()).add(one.kind)
    return [
        one._replace(kind="region", why="region-elsewhere")
        if one.kind == "city" and told.get(one.key.casefold()) == {"region"} and _outweighs(one)
        else one
        for one in sightings
    ]


def _outweighs(one: Sighting) -> bool:
    cities = [place.population for place in one.options if place.kind == "city"]
    regions = [place.population for place in one.options if place.kind == "region"]
    return max(regions, default=0) > REGION_RATIO * max(cities, default=0)


def _with_second_names(ws: Workspace, sightings: list[Sighting]) -> Iterator[Sighting]:
    """Each sighting; a region's second name joined to it: «Республика Саха (Якутия)»."""
    last: Sighting | None = None
    for one in sightings:
        if last is not None and _is_second_name(ws, last, one):
            closed = ws.words[one.end : one.end + 1] == [")"]
            last = last._replace(end=one.end + closed, score=SURE)
            last = last._replace(key=ws.phrase(last.start, last.end))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _is_second_name(ws: Workspace, first: Sighting, second: Sighting) -> bool:
    if first.kind != "region" or second.kind != "region" or first.end >= second.start:
        return False
    if ws.words[first.end : second.start] not in SECOND_NAME or first.end - first.start < 2:
        return False
    return not _ids(first.options).isdisjoint(_ids(second.options))


def _ids(places: tuple[Place, ...]) -> set[str]:
    return {place.id for place in places if place.kind == "region"}
