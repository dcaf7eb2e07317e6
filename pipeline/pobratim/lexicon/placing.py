"""Words that tell what kind of place a name is; the words are in ``data/placing/*.toml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from pobratim.lexicon.files import read_all
from pobratim.lexicon.place_names import normalise

__all__ = ["PlacingLexicon", "placing_lexicon"]


@dataclass(frozen=True, slots=True)
class PlacingLexicon:
    """One language's words; see the comments in its file. ``never`` holds normalised names."""

    city: frozenset[str]
    cities: frozenset[str]
    region: frozenset[str]
    region_after: frozenset[str]
    named: frozenset[str]
    never: frozenset[str]
    country: frozenset[str]
    other: frozenset[str]
    locative: frozenset[str]
    event_leads: frozenset[str]
    directions: frozenset[str]
    area: frozenset[str]


@cache
def placing_lexicon() -> dict[str, PlacingLexicon]:
    """The words of each language."""
    names = [field.name for field in fields(PlacingLexicon)]
    return {
        language: PlacingLexicon(
            **{name: frozenset(data[name]) for name in names}
            | {"never": frozenset(map(normalise, data["never"]))}
        )
        for language, data in read_all("placing").items()
    }
