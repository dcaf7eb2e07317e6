"""Words that tell when somebody is in office; the words are in ``data/observing``."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pobratim.lexicon.files import read_all

__all__ = ["ObservingWords", "observing_words"]


class ObservingWords(NamedTuple):
    """``openers`` lead from a person to the years of an office, ``speech`` to what is told."""

    openers: frozenset[str]
    speech: frozenset[str]


@cache
def observing_words() -> ObservingWords:
    """The words of all languages, read once."""
    files = read_all("observing").values()
    return ObservingWords(
        frozenset(word for data in files for word in data["tenure"]["openers"]),
        frozenset(word for data in files for word in data["speech"]["verbs"]),
    )
