"""The place that a Russian adjective is made of: «псковский» of Псков, «японский» of Япония."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from pobratim.lexicon.files import read
from pobratim.lexicon.gazetteer import gazetteer

if TYPE_CHECKING:
    from pobratim.lexicon.gazetteer import Place

__all__ = ["place_of_adjective"]

LEAST_STEM = 3
TOWN = 50_000
_CACHE = 1 << 13


@cache
def _forms() -> dict[str, Any]:
    found: dict[str, Any] = read("identity", "adjectives")["ru"]
    return found


@lru_cache(maxsize=_CACHE)
def place_of_adjective(lemma: str) -> Place | None:
    """The country, or the largest city of at least :data:`TOWN` people, that ``lemma`` is made of.

    ``lemma`` is in lower case, nominative masculine. Adjectives whose stem changes
    («вологодский») are listed.
    """
    forms = _forms()
    stems = [lemma.removesuffix(end) for end in forms["endings"] if lemma.endswith(end)]
    if lemma in forms["other"]:
        return None
    names = [forms["irregular"][lemma]] if lemma in forms["irregular"] else []
    if stems and len(stems[0]) >= LEAST_STEM and not names:
        plain = stems[0].removesuffix("ь")
        names = [stems[0] + completion for completion in forms["completions"]] + [plain]
        for end in forms["long_endings"]:
            longer = lemma.removesuffix(end)
            if len(longer) >= LEAST_STEM and longer != lemma:
                names += [longer + completion for completion in forms["long_completions"]]
    found = [
        place
        for name in names
        for place in gazetteer().lookup(name)
        if place.kind == "country" or (place.kind == "city" and place.population >= TOWN)
    ]
    return max(found, key=lambda place: (place.kind == "country", place.population), default=None)
