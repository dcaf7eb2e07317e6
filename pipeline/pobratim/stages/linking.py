"""Which Victoria: places to gazetteer entries, one choice a name and document.

The country that the text names beside a place decides; else what the rest of the document is
about; population last. The weights are in :data:`WEIGHTS`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pobratim.lexicon.gazetteer import Place
from pobratim.schema import PLACE_LABELS
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Linking"]

KINDS = {"CITY": "city", "REGION": "region", "COUNTRY": "country"}
REACH = 14


class Weights(NamedTuple):
    """How much each kind of evidence adds to the decimal logarithm of the population."""

    beside: float = 12.0
    region_beside: float = 14.0
    named_country: float = 0.8
    share_of_cities: float = 0.8


WEIGHTS = Weights()
OPENERS = frozenset({",", "(", "и", "and", "-", "–", "—", ".", "г", "the", "of"})


@Language.factory("pobratim_linking")
class Linking:
    """Sets ``entity`` of every place candidate."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        places = ws.of(*PLACE_LABELS)
        for place in places:
            if place.label != "CITY":
                _link_plainly(ws, place)
        beside = {id(city): _beside(ws, places, at) for at, city in enumerate(places)}
        _link_cities(ws, [place for place in places if place.label == "CITY"], places, beside)
        return doc


def _options(candidate: Candidate) -> tuple[Place, ...]:
    options: tuple[Place, ...] = candidate.data if isinstance(candidate.data, tuple) else ()
    return tuple(place for place in options if place.kind == KINDS[candidate.label])


def _link_plainly(ws: Workspace, place: Candidate) -> None:
    options = _options(place)
    if options and place.entity is None:
        place.entity = options[0].id
    elif not options and place.entity is None:
        place.entity = f"local:{'-'.join(ws.lemmas[place.start : place.end])}"


def _beside(ws: Workspace, places: list[Candidate], at: int) -> tuple[str | None, str | None]:
    """The country and region that the text names right behind a city: «Пучон (Республика Корея)».

    In a list only joiners and other places may stand between: «Ниигата и Мусасино (Япония)».
    """
    country = region = None
    city = places[at]
    end = city.end
    for index in range(at + 1, len(places)):
        other = places[index]
        if other.start - city.end > REACH or not _joined(ws, end, other.start):
            break
        if other.label == "COUNTRY":
            country = other.entity
            break
        if other.label == "REGION" and region is None:
            region = other.entity
        end = other.end
    return country, region


def _joined(ws: Workspace, start: int, end: int) -> bool:
    """Whether only joiners and type words stand between two places, and no closed bracket."""
    for at in range(start, end):
        word = ws.words[at]
        if word == ")" or ws.block_of[at] != ws.block_of[start - 1]:
            return False
        type_word = word.isalpha() and word[0].islower() and at - start < 2
        if word.lower() not in OPENERS and not type_word:
            return False
    return True


def _link_cities(
    ws: Workspace,
    cities: list[Candidate],
    places: list[Candidate],
    beside: dict[int, tuple[str | None, str | None]],
) -> None:
    countries = Counter(place.entity for place in places if place.label == "COUNTRY")
    shares = _shares(cities)
    groups: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    for city in cities:
        groups[tuple(sorted(place.id for place in _options(city)))].append(city)
    for group in groups.values():
        votes = Counter(c for city in group for c in beside[id(city)] if c)
        for city in group:
            own = Counter(c for c in beside[id(city)] if c) or votes
            options = _options(city)
            if options:
                best = max(options, key=lambda place: _fit(place, own, countries, shares))
                city.entity, city.data = best.id, best
            else:
                city.entity = f"local:{'-'.join(ws.lemmas[city.start : city.end])}"


def _shares(cities: list[Candidate]) -> dict[str | None, float]:
    """How much of the document's unambiguous cities each country has."""
    sure = Counter(options[0].country for options in map(_options, cities) if len(options) == 1)
    total = sum(sure.values())
    return {country: count / total for country, count in sure.items()}


def _fit(
    place: Place,
    beside: Counter[str],
    countries: Counter[str | None],
    shares: dict[str | None, float],
) -> tuple[float, int, str]:
    country = f"country:{place.country}"
    total = math.log10(place.population + 10)
    if country in beside:
        total += WEIGHTS.beside
    if place.admin1 and any(_is_in(place, region) for region in beside):
        total += WEIGHTS.region_beside
    if country in countries:
        total += WEIGHTS.named_country
    total += WEIGHTS.share_of_cities * shares.get(place.country, 0.0)
    return total, place.population, place.id


def _is_in(place: Place, region: str) -> bool:
    return region == f"region:{place.admin1}"
