"""Regions beside those of the gazetteer's file, from ``data/places/more_regions.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from pobratim.errors import LexiconError
from pobratim.lexicon.place_names import normalise

__all__ = ["NamedRegion", "more_regions"]

_PATH = Path(__file__).with_name("data") / "places" / "more_regions.toml"
MANY = "many"


class NamedRegion(NamedTuple):
    """A region's id (``region:FR-57``, ``region:latgale``), its names, and the country it lies in."""

    id: str
    names: tuple[str, ...]
    country: str | None

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(map(normalise, self.names))

    @property
    def name_en(self) -> str:
        """The first Latin name; a region that has none is shown by its first one."""
        return next((name for name in self.names if not _is_cyrillic(name)), self.names[0])

    @property
    def name_ru(self) -> str | None:
        return next((name for name in self.names if _is_cyrillic(name)), None)


def _is_cyrillic(name: str) -> bool:
    return "\u0400" <= name[0] <= "\u052f"


def more_regions(path: Path = _PATH) -> tuple[NamedRegion, ...]:
    """The regions of the file at ``path``, in its order."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        message = f"regions {path} cannot be read: {error}; restore or correct the file"
        raise LexiconError(message) from error
    return tuple(
        NamedRegion(f"region:{key}", tuple(names), None if country == MANY else country)
        for country, rows in tables.items()
        for key, names in rows.items()
    )
