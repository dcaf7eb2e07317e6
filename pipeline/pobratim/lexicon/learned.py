"""Weights that are learnt from marked texts: how much each feature tells for a choice.

They are in ``data/learned``, a file a choice; ``models/learned`` says how they are made.
"""

from __future__ import annotations

from functools import cache
from math import exp, fsum
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.files import read

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Weights", "weights"]


class Weights(NamedTuple):
    """A logistic regression over named features; a choice is made from the probability ``enough``."""

    bias: float
    enough: float
    of: dict[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """How likely what has these features is chosen; those that nobody has weighed count nothing."""
        of = self.of
        return 1 / (1 + exp(-self.bias - fsum([of[one] for one in features if one in of])))


@cache
def weights(name: str) -> Weights:
    """The weights of one choice, read once.

    Raises:
        LexiconError: there is no such file.
    """
    data = read("learned", name)
    return Weights(data["bias"], data["enough"], data["weights"])
