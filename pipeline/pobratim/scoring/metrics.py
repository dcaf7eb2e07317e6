"""Counts, and the precision, recall and F1 that they give.

Every score comes from four numbers per section: credit earned by the system's items and how many
there are, credit earned by the gold's items and how many there are. They add up over sections,
so that any resample of the sections is one matrix product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Counts = NDArray[np.float64]

MICRO = "micro"
MACRO = "macro"


class Key(NamedTuple):
    """What a score is of: ``mentions strict CITY``, ``records agreements signed``."""

    family: str
    measure: str
    label: str

    def __str__(self) -> str:
        return ".".join(self)


class Tally(NamedTuple):
    """Credit and number of the system's items, credit and number of the gold's."""

    system_credit: float = 0.0
    system: float = 0.0
    gold_credit: float = 0.0
    gold: float = 0.0

    @classmethod
    def of(cls, credit: float, system: float, gold: float) -> Tally:
        """A tally in which a pair's credit goes to both of its sides."""
        return cls(credit, system, credit, gold)

    @classmethod
    def share(cls, right: float, total: float) -> Tally:
        """A tally whose precision, recall and F1 all are ``right / total``: an accuracy."""
        return cls(right, total, right, total)

    def plus(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))


Tallies = dict[Key, Tally]


def add(tallies: Tallies, key: Key, tally: Tally) -> None:
    """Add ``tally`` to what ``tallies`` holds for ``key``."""
    held = tallies.get(key)
    tallies[key] = tally if held is None else held.plus(tally)


def rates(counts: Counts) -> Counts:
    """Precision, recall and F1, on the last axis, of counts in :class:`Tally` order.

    Precision without system items and recall without gold items are undefined (NaN); F1 is
    undefined only where there are neither, and 0 where one side is empty.
    """
    system_credit, system, gold_credit, gold = np.moveaxis(counts, -1, 0)
    precision = _divide(system_credit, system)
    recall = _divide(gold_credit, gold)
    total = np.nan_to_num(precision) + np.nan_to_num(recall)
    product = np.nan_to_num(precision) * np.nan_to_num(recall)
    f1 = np.where(total > 0, _divide(2 * product, total), 0.0)
    f1 = np.where((system > 0) | (gold > 0), f1, np.nan)
    return np.stack([precision, recall, f1], axis=-1)


def _divide(over: Counts, under: Counts) -> Counts:
    return np.divide(over, under, out=np.full_like(over, np.nan), where=under > 0)


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of every score in every section.

    ``counts`` has the axes section, key, :class:`Tally` field. ``macros`` names the scores that
    are unweighted means of others, with the indices of those. :meth:`scores` has the keys in the
    order ``keys`` followed by ``macros``.
    """

    keys: tuple[Key, ...]
    macros: tuple[tuple[Key, tuple[int, ...]], ...]
    counts: Counts

    @classmethod
    def build(
        cls, sections: Sequence[Mapping[Key, Tally]], keys: Sequence[Key], macro: Sequence[Key]
    ) -> Table:
        """The table of ``sections``; ``macro`` lists keys (label ``macro``) to average.

        A macro average is over all keys of its family and measure but ``micro``.
        """
        counts = np.zeros((len(sections), len(keys), 4))
        index = {key: number for number, key in enumerate(keys)}
        for row, tallies in enumerate(sections):
            for key, tally in tallies.items():
                counts[row, index[key]] = tally
        members = tuple(
            (
                key,
                tuple(
                    number
                    for number, other in enumerate(keys)
                    if other[:2] == key[:2] and other.label != MICRO
                ),
            )
            for key in macro
        )
        return cls(tuple(keys), members, counts)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        return (*self.keys, *(key for key, _ in self.macros))

    def rows(self, chosen: Sequence[int]) -> Table:
        """The table of some of the sections."""
        return Table(self.keys, self.macros, self.counts[list(chosen)])

    def scores(self, summed: Counts) -> Counts:
        """Rates of summed counts (…, key, 4), macro averages after them: (…, all_keys, 3)."""
        plain = rates(summed)
        means = [_mean(plain[..., list(members), :]) for _, members in self.macros]
        return np.concatenate([plain, *(mean[..., None, :] for mean in means)], axis=-2)


def _mean(scores: Counts) -> Counts:
    """The mean over labels of those that are defined: a label seen on neither side has no say."""
    present = ~np.isnan(scores[..., 2:3])
    total = np.where(present, np.nan_to_num(scores), 0.0).sum(axis=-2)
    return _divide(total, present.sum(axis=-2) + np.zeros_like(total))
