"""The places that the program knows: cities, first-level divisions, larger areas, countries.

The data come from one read-only file, built beforehand and mapped into memory, so that opening it
costs next to nothing and workers share its pages (see ``gazetteer_file.py`` for the format and
``data/SOURCES.md`` for where the data come from), and a few hundred regions from
``data/places/more_regions.toml``. Names are looked up by normalised key
(:func:`normalise`) in Latin and Cyrillic script; :meth:`Gazetteer.lookup_russian` also takes
declined Russian names. Which of several homonyms a text means is for the caller to decide.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from pobratim.errors import LexiconError
from pobratim.lexicon.gazetteer_file import GazetteerFile
from pobratim.lexicon.more_regions import NamedRegion, more_regions
from pobratim.lexicon.place_cases import ANY_CASE, nominatives
from pobratim.lexicon.place_names import normalise

__all__ = ["Gazetteer", "Match", "Place", "gazetteer", "normalise"]

_PATH = Path(__file__).with_name("data") / "gazetteer.bin"
_EARTH_RADIUS_KM = 6371.0088
_CACHE = 1 << 16
_TOWN = 15_000
_REGION_SHARE = 50
_LARGER_AREA = 1_000_000
_CANDIDATES = 64
_LONGEST_NAME = 16


class Place(NamedTuple):
    """A city, region or country.

    ``id`` is ``geonames:2022890``, ``region:RU-KHA`` (ISO 3166-2; a larger area has a name
    instead, ``region:siberia``) or ``country:JP`` (ISO 3166-1 alpha-2). ``country`` is the alpha-2
    code, ``admin1`` the ISO 3166-2 code of the first-level division. Degrees are WGS 84; those of a
    region or country are the middle of its cities, weighted by population. ``population`` is 0
    where unknown; a region's is the sum of its cities'.
    """

    kind: Literal["city", "region", "country"]
    id: str
    name_en: str
    name_ru: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int


class Match(NamedTuple):
    """A name found in a run of words: ``words[start:end]`` and what it can mean."""

    end: int
    places: tuple[Place, ...]


class Gazetteer:
    """Lookup of places by name. Safe to share between threads: nothing in it changes."""

    def __init__(self, path: Path = _PATH) -> None:
        """Map the file at ``path``; a missing or foreign file raises ``LexiconError``."""
        self._file = GazetteerFile(path)
        self._more: dict[str, Place] = {}
        self._by_key: dict[str, list[Place]] = {}
        self._starts: set[str] = set()
        for region in more_regions():
            self._add(region)
        self.version: str = self._file.version
        self.lookup = lru_cache(maxsize=_CACHE)(self._lookup)
        self.lookup_russian = lru_cache(maxsize=_CACHE)(self._lookup_russian)
        self.may_start_russian = lru_cache(maxsize=_CACHE)(self._may_start_russian)
        self._states = lru_cache(maxsize=_CACHE)(self._read_states)
        self.by_id = lru_cache(maxsize=_CACHE)(self._by_id)
        self._place = lru_cache(maxsize=_CACHE)(self._read_place)

    def __len__(self) -> int:
        return self._file.size + len(self._more)

    def __iter__(self) -> Iterator[Place]:
        """Every place: those of the file in its order, then those of the supplement."""
        yield from map(self._read_place, range(self._file.size))
        yield from self._more.values()

    def _add(self, region: NamedRegion) -> None:
        """Take up a region of the supplement, or further names of one that the file has."""
        index = self._file.index_of(region.id)
        if index is None:
            place = Place(
                "region",
                region.id,
                region.name_en,
                region.name_ru,
                region.country,
                None,
                None,
                None,
                0,
            )
            self._more[region.id] = place
        else:
            place = self._read_place(index)
        for key in sorted(region.keys):
            self._by_key.setdefault(key, []).append(place)
            words = key.split()
            self._starts.update(" ".join(words[:count]) for count in range(1, len(words) + 1))

    def _may_be_prefix(self, text: str) -> bool:
        return text in self._starts or self._file.may_be_prefix(text)

    def _found(self, keys: Sequence[str]) -> tuple[Place, ...]:
        """The places under any of these keys, the likeliest first."""
        rows = {row for key in keys for row in self._file.find(key)}
        places = dict.fromkeys(map(self._place, sorted(rows)))
        for key in keys:
            places.update(dict.fromkeys(self._by_key.get(key, ())))
        return tuple(sorted(places, key=_rank))

    def _lookup(self, key: str) -> tuple[Place, ...]:
        """All places of this name, likeliest first; ``()`` if none. Any script or case of letters.

        Likeliest is by population, a region counting a fiftieth of its own, since a bare name
        that a city and its region share mostly means the city; a larger area ranks as a million.
        """
        return self._found((normalise(key),))

    def _lookup_russian(self, form: str) -> tuple[Place, ...]:
        """As ``lookup``, for a Russian name in any case: ``Нижнего Новгорода``, ``Харбине``.

        The words of a name may decline together (``Хабаровского края``) or only some of them
        (``Ростове-на-Дону``, ``Республики Татарстан``); those that do must agree in case. Where the
        form is also an ordinary word, villages are left out.
        """
        words = normalise(form).split()
        places = self._found(self._prefixes(words))
        if places and self.is_common_word(form):
            return tuple(p for p in places if p.kind != "city" or p.population >= _TOWN)
        return places

    def _prefixes(self, words: Sequence[str]) -> list[str]:
        """Nominatives of ``words`` that are, or start, a key (rarely one that does neither)."""
        return list(self._states(tuple(words))) if 0 < len(words) <= _LONGEST_NAME else []

    def _read_states(self, words: tuple[str, ...]) -> dict[str, int]:
        """The same with their cases; remembered, since longer names are tried before shorter ones."""
        if not words:
            return {"": ANY_CASE}
        before = self._states(words[:-1])
        return self._extend(before, words[-1]) if before else before

    def _extend(self, states: dict[str, int], word: str) -> dict[str, int]:
        extended: dict[str, int] = {}
        for prefix, cases in states.items():
            for reading in nominatives(word):
                agreed = cases & reading.cases
                text = f"{prefix} {reading.word}" if prefix else reading.word
                if agreed and self._may_be_prefix(text):
                    extended[text] = extended.get(text, 0) | agreed
            if len(extended) > _CANDIDATES:
                break
        return extended

    def may_start(self, word: str) -> bool:
        """Whether a key may start with this normalised word; rarely true without cause."""
        return self._may_be_prefix(word)

    def _may_start_russian(self, word: str) -> bool:
        """Whether a declined Russian name may start with this normalised word."""
        return bool(self._prefixes(word.split()))

    def longest(self, words: Sequence[str], start: int, limit: int = 6) -> Match | None:
        """The longest name at ``words[start]``, of at most ``limit`` normalised words."""
        best: Match | None = None
        text = ""
        for at in range(start, min(len(words), start + limit)):
            text = f"{text} {words[at]}" if text else words[at]
            if not self._may_be_prefix(text):
                break
            if places := self.lookup(text):
                best = Match(at + 1, places)
        return best

    def longest_russian(self, words: Sequence[str], start: int, limit: int = 6) -> Match | None:
        """As ``longest``, for Russian names in any case."""
        best: Match | None = None
        states: dict[str, int] = {"": ANY_CASE}
        for at in range(start, min(len(words), start + limit)):
            for part in words[at].split():
                states = self._extend(states, part)
            if not states:
                break
            if places := self.lookup_russian(" ".join(words[start : at + 1])):
                best = Match(at + 1, places)
        return best

    def is_common_word(self, key: str) -> bool:
        """Whether a name, or a declined form of it, is also an ordinary word, given name or surname.

        The caller should then ask for more than the name. Capitals and cities of half a million and
        more are not marked, unless the word is among the very frequent ones (``того``).
        """
        return self._file.is_common(normalise(key))

    def _by_id(self, place_id: str) -> Place | None:
        """The place with this id, or ``None``."""
        index = self._file.index_of(place_id)
        return self._more.get(place_id) if index is None else self._place(index)

    def search(self, name: str, limit: int = 10) -> tuple[Place, ...]:
        """Places with a name that starts with ``name``, in either script, the likeliest first.

        Exact names come before longer ones.
        """
        key = normalise(name)
        if not key or limit < 1:
            return ()
        exact = self._found((key,))
        longer = tuple(sorted(map(self._place, self._file.with_prefix(key)), key=_rank))
        return tuple(dict.fromkeys((*exact, *longer)))[:limit]

    @staticmethod
    def distance_km(a: Place, b: Place) -> float:
        """Great-circle distance in kilometres (haversine, mean Earth radius).

        Infinite where either place has no coordinates.
        """
        if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
            return math.inf
        lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
        half = math.sin((lat_b - lat_a) / 2) ** 2
        east = math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
        chord = half + math.cos(lat_a) * math.cos(lat_b) * east
        return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))

    def _read_place(self, index: int) -> Place:
        row = self._file.row(index)
        return Place(*row)


def _rank(place: Place) -> tuple[float, str]:
    weight: float = place.population
    if place.kind == "region":
        weight = place.population / _REGION_SHARE if place.admin1 else _LARGER_AREA
    return -weight, place.id


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with the program, opened at the first call."""
    if not _PATH.exists():
        message = (
            f"the gazetteer {_PATH} is missing: reinstall the package, "
            "or build it with tools/build_gazetteer.py"
        )
        raise LexiconError(message)
    return Gazetteer(_PATH)
