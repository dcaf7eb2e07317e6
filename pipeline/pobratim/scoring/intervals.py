"""Bootstrap intervals over sections.

The unit that is drawn is the section, since mentions of one text are not independent
(percentile bootstrap, Efron and Tibshirani 1993, chapter 13; for scores of systems
Berg-Kirkpatrick, Burkett and Klein 2012). A comparison draws the same sections for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from pobratim.scoring.metrics import Counts, Table

RESAMPLES = 2000
LEVEL = 0.95
FEWEST_SECTIONS = 5
"""With fewer sections than this no interval is given: there is too little to draw from."""

Verdict = Literal["better", "worse", "no difference shown"]

_CHUNK_CELLS = 4_000_000


class Interval(NamedTuple):
    """Values with the lower and upper ends of their intervals; NaN where there is none."""

    value: Counts
    low: Counts
    high: Counts


def draws(sections: int, seed: int, resamples: int = RESAMPLES) -> Iterator[NDArray[np.float64]]:
    """How often each section is drawn, a row per resample, in blocks of bounded size."""
    random = np.random.default_rng(seed)
    block = max(1, _CHUNK_CELLS // max(sections, 1))
    even = np.full(sections, 1 / sections)
    for start in range(0, resamples, block):
        rows = min(block, resamples - start)
        yield random.multinomial(sections, even, size=rows).astype(np.float64)


def resampled(table: Table, seed: int, resamples: int = RESAMPLES) -> Counts:
    """The scores of every resample: (resample, key, precision/recall/F1)."""
    sections = table.counts.shape[0]
    flat = table.counts.reshape(sections, -1)
    shape = (-1, *table.counts.shape[1:])
    return np.concatenate(
        [table.scores((drawn @ flat).reshape(shape)) for drawn in draws(sections, seed, resamples)]
    )


def score_intervals(table: Table, seed: int, resamples: int = RESAMPLES) -> Interval:
    """Every score of ``table`` with its interval: arrays (key, precision/recall/F1)."""
    value = table.scores(table.counts.sum(axis=0))
    if table.counts.shape[0] < FEWEST_SECTIONS:
        return Interval(value, np.full_like(value, np.nan), np.full_like(value, np.nan))
    return Interval(value, *percentiles(resampled(table, seed, resamples)))


def differences(table: Table, other: Table, seed: int, resamples: int = RESAMPLES) -> Interval:
    """The scores of ``table`` minus those of ``other``, drawn in pairs."""
    value = table.scores(table.counts.sum(axis=0)) - other.scores(other.counts.sum(axis=0))
    if table.counts.shape[0] < FEWEST_SECTIONS:
        return Interval(value, np.full_like(value, np.nan), np.full_like(value, np.nan))
    drawn = resampled(table, seed, resamples) - resampled(other, seed, resamples)
    return Interval(value, *percentiles(drawn))


def percentiles(drawn: Counts) -> tuple[Counts, Counts]:
    """The ends of the interval over the first axis; resamples where a score is undefined have no
    say."""
    ends = (1 - LEVEL) / 2
    defined = ~np.isnan(drawn).all(axis=0)
    filled = np.where(defined, drawn, 0.0)
    low, high = np.nanquantile(filled, [ends, 1 - ends], axis=0)
    return np.where(defined, low, np.nan), np.where(defined, high, np.nan)


def verdict(low: float, high: float) -> Verdict:
    """What an interval of a difference shows; an interval that touches 0 shows none."""
    if low > 0:
        return "better"
    if high < 0:
        return "worse"
    return "no difference shown"
