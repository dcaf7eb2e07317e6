"""What the program's own lists know of a word by itself: which kinds of names it can belong to.

Training and serving both call :func:`kinds_of`, so the kinds and their order are part of every released
model that has them: a change here, as far as it changes many words' kinds, needs new models. A word written
small is of no kind.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from pobratim.lexicon.gazetteer import gazetteer
from pobratim.lexicon.morphology import is_known, readings
from pobratim.lexicon.names import name_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pobratim.lexicon.gazetteer import Place

__all__ = ["KINDS", "kinds_of", "rows_of"]

KINDS = (
    "country", "region", "large city", "town", "village", "begins a longer name", "an ordinary word, too",
    "given name", "Name", "Surn", "Patr", "Geox", "Orgn", "known word", "no name",
)  # fmt: skip
"""Of the gazetteer; of the lexicon of names; of the Russian dictionary, in OpenCorpora's grammemes."""
LARGE = 100_000
TOWN = 15_000
"""Inhabitants of a large city and of a town."""

_BIT = {kind: 1 << at for at, kind in enumerate(KINDS)}
_OF_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})
_REMEMBERED = 1 << 16


@lru_cache(maxsize=_REMEMBERED)
def kinds_of(word: str) -> int:
    """The kinds of a word, bit ``n`` for ``KINDS[n]``."""
    if not word[0].isupper() or len(word) < 2:
        return 0
    if "\u0400" <= word[0] <= "\u052f":
        return _russian(word)
    known = gazetteer()
    found = _of_places(known.lookup(word), starts=known.may_start(word.casefold()))
    return found | _common(word) | _given(word, "en")


def rows_of(words: Iterable[str]) -> np.ndarray:
    """One row of zeros and ones for each word, as floats."""
    masks = np.fromiter(map(kinds_of, words), np.int64)
    return (masks[:, None] >> np.arange(len(KINDS)) & 1).astype(np.float32)


def _russian(word: str) -> int:
    known = gazetteer()
    form = word.lower()
    found = _of_places(known.lookup_russian(word), starts=known.may_start_russian(form))
    found |= _common(word) | _given(word, "ru") | (_BIT["known word"] if is_known(form) else 0)
    for reading in readings(form):
        names = reading.grammemes & _OF_NAMES
        for name in names:
            found |= _BIT[name]
        if not names:
            found |= _BIT["no name"]
    return found


def _of_places(places: Sequence[Place], *, starts: bool) -> int:
    found = 0
    for place in places:
        found |= _BIT[_size(place.population) if place.kind == "city" else place.kind]
    if starts and not places:
        found |= _BIT["begins a longer name"]
    return found


def _size(population: int) -> str:
    if population >= LARGE:
        return "large city"
    return "town" if population >= TOWN else "village"


def _common(word: str) -> int:
    return _BIT["an ordinary word, too"] if gazetteer().is_common_word(word) else 0


def _given(word: str, language: str) -> int:
    return _BIT["given name"] if word.lower() in name_lexicon()[language].given else 0
