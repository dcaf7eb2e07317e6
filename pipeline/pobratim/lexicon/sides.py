"""Words round a name that tell whether it is a side of an agreement; they are in ``data/sides``."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pobratim.lexicon.files import read

__all__ = ["SideWords", "side_words"]


class SideWords(NamedTuple):
    """The words before and behind a name that are told apart; of others only the part of speech is."""

    leads: frozenset[str]
    behind: frozenset[str]


@cache
def side_words() -> SideWords:
    """The words, read once."""
    data = read("sides", "words")
    return SideWords(frozenset(data["leads"]), frozenset(data["behind"]))
