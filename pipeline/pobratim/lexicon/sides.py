"""How much each feature of a name tells for its being a side of an agreement.

Words and weights are in ``data/sides``; ``models/sides/train.py`` learns the weights from marked texts.
"""

from __future__ import annotations

from functools import cache
from math import exp, fsum
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.files import read

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["SideWeights", "SideWords", "side_weights", "side_words"]


class SideWords(NamedTuple):
    """The words before and behind a name that are told apart; of others only the part of speech is."""

    leads: frozenset[str]
    behind: frozenset[str]


class SideWeights(NamedTuple):
    """A logistic regression; from the probability ``enough`` a name is a side."""

    bias: float
    enough: float
    of: dict[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """How likely a name with these features is a side; those nobody has weighed count nothing."""
        return 1 / (1 + exp(-self.bias - fsum(self.of.get(one, 0.0) for one in features)))


@cache
def side_weights() -> SideWeights:
    """The weights, read once."""
    data = read("sides", "weights")
    return SideWeights(data["bias"], data["enough"], data["weights"])


@cache
def side_words() -> SideWords:
    """The words, read once."""
    data = read("sides", "words")
    return SideWords(frozenset(data["leads"]), frozenset(data["behind"]))
