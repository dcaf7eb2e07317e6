"""What the scores that a system gives its mentions are worth.

The curve shows precision, recall and F1 (strict) when mentions below a threshold are left out.
Calibration compares scores with how often the mentions are right: reliability bins and the
expected calibration error (Naeini, Cooper and Hauskrecht 2015), the mean over bins, weighted by
their size, of the distance between mean score and share right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pobratim.scoring.intervals import FEWEST_SECTIONS, draws, percentiles
from pobratim.scoring.metrics import rates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pobratim.scoring.metrics import Counts

BINS = 10
STEPS = 50
THRESHOLDS = tuple(step / STEPS for step in range(STEPS + 1))


class Judged(NamedTuple):
    """The scores of a section's system mentions, whether each is right, and the gold's number."""

    scores: NDArray[np.float64]
    right: NDArray[np.bool_]
    gold: int


class ErrorEstimate(NamedTuple):
    """An expected calibration error with its interval; NaN where it cannot be told."""

    value: float
    low: float
    high: float


def threshold_curve(judged: Sequence[Judged]) -> Counts:
    """Precision, recall and F1 at each of :data:`THRESHOLDS`: (threshold, 3)."""
    scores, right, gold = _pooled(judged)
    kept = scores[None, :] >= np.array(THRESHOLDS)[:, None]
    hits = (kept & right[None, :]).sum(axis=1).astype(np.float64)
    total = np.full_like(hits, gold)
    return rates(np.stack([hits, kept.sum(axis=1).astype(np.float64), hits, total], axis=-1))


def bin_sums(judged: Sequence[Judged]) -> Counts:
    """Per section and bin: how many mentions, the sum of their scores, how many are right.

    The bins are :data:`BINS` equal parts of 0 to 1, each without its upper end, but the last.
    """
    sums = np.zeros((len(judged), BINS, 3))
    for row, one in enumerate(judged):
        place = np.minimum((one.scores * BINS).astype(np.int64), BINS - 1)
        np.add.at(sums[row, :, 0], place, 1.0)
        np.add.at(sums[row, :, 1], place, one.scores)
        np.add.at(sums[row, :, 2], place, one.right.astype(np.float64))
    return sums


def calibration_error(sums: Counts) -> Counts:
    """The expected calibration error of sums (…, bin, 3), 0 to 1; NaN without mentions."""
    number, score, right = np.moveaxis(sums, -1, 0)
    total = number.sum(axis=-1)
    gap = np.abs(score - right).sum(axis=-1)
    error: Counts = np.divide(gap, total, out=np.full_like(gap, np.nan), where=total > 0)
    return error


def estimate_error(sums: Counts, seed: int) -> ErrorEstimate:
    """The calibration error of all sections with its bootstrap interval over them."""
    value = float(calibration_error(sums.sum(axis=0)))
    sections = sums.shape[0]
    if sections < FEWEST_SECTIONS:
        return ErrorEstimate(value, float("nan"), float("nan"))
    flat = sums.reshape(sections, -1)
    drawn = [
        calibration_error((block @ flat).reshape(-1, *sums.shape[1:]))
        for block in draws(sections, seed)
    ]
    low, high = percentiles(np.concatenate(drawn))
    return ErrorEstimate(value, float(low), float(high))


def _pooled(judged: Sequence[Judged]) -> tuple[NDArray[np.float64], NDArray[np.bool_], int]:
    if not judged:
        return np.zeros(0), np.zeros(0, dtype=np.bool_), 0
    return (
        np.concatenate([one.scores for one in judged]),
        np.concatenate([one.right for one in judged]),
        sum(one.gold for one in judged),
    )
