"""Words that tell what kind of place a name is; the words are in ``data/placing/*.toml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from pobratim.lexicon.files import read_all
from pobratim.lexicon.place_names import normalise

__all__ = ["PlacingLexicon", "placing_lexicon"]


@dataclass(frozen=True, slots=True)
class PlacingLexicon:
    """One language's words; see the comments in its file. ``never`` holds normalised names,
    ``partner`` beginnings of words, ``behalf`` words that lead to whom one speaks for."""

    city: frozenset[str]
    cities: frozenset[str]
    region: frozenset[str]
    region_after: frozenset[str]
    region_suffix: frozenset[str]
    region_of: frozenset[str]
    regions_of: frozenset[str]
    region_loose: frozenset[str]
    region_plurals: frozenset[str]
    direction_nouns: frozenset[str]
    region_before: frozenset[str]
    region_middle: frozenset[str]
    district: frozenset[str]
    district_countries: frozenset[str]
    city_districts: frozenset[str]
    no_region_names: frozenset[str]
    named: frozenset[str]
    never: frozenset[str]
    rivers: frozenset[str]
    country: frozenset[str]
    holders: frozenset[str]
    led: frozenset[str]
    told: frozenset[str]
    compounds: frozenset[str]
    pair_bodies: frozenset[str]
    bodies_of_pairs: frozenset[str]
    other: frozenset[str]
    other_behind: frozenset[str]
    locative: frozenset[str]
    event_leads: frozenset[str]
    halls: frozenset[str]
    directions: frozenset[str]
    area: frozenset[str]
    partner: tuple[str, ...]
    states: dict[str, str]
    behalf: frozenset[tuple[str, ...]]


@cache
def placing_lexicon() -> dict[str, PlacingLexicon]:
    """The words of each language."""
    return {language: _lexicon(data) for language, data in read_all("placing").items()}


def _lexicon(data: dict[str, Any]) -> PlacingLexicon:
    plain = {
        field.name: frozenset(data[field.name])
        for field in fields(PlacingLexicon)
        if field.name not in ("never", "partner", "states", "behalf")
    }
    never = frozenset(map(normalise, data["never"]))
    return PlacingLexicon(
        never=never,
        partner=tuple(data["partner"]),
        states=dict(data["states"]),
        behalf=frozenset(tuple(one.split()) for one in data["behalf"]),
        **plain,
    )
