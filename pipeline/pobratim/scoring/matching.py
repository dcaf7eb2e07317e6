"""One-to-one matching of gold and system spans.

The four schemes are those of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013, following MUC-5).
A scheme's matching is the one-to-one pairing of overlapping spans that earns the most credit
under that scheme, not the first that a scan comes upon, so that no order of the mentions changes
a score. Ties go to more pairs, then equal labels, then greater overlap, then text order.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np

from pobratim.scoring.assignment import best_assignment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from pobratim.schema import Mention

    Grade = Callable[["Overlap"], NDArray[np.int64]]

Scheme = Literal["strict", "exact", "partial", "type"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

_FINE = 1000


class Pair(NamedTuple):
    """A gold mention and the system mention that answers it, with the credit earned (0 to 1)."""

    gold: Mention
    system: Mention
    credit: float

    @property
    def exact(self) -> bool:
        return (self.gold.start, self.gold.end) == (self.system.start, self.system.end)


class Overlap(NamedTuple):
    """How each gold span (row) and each system span (column) of a cluster relate.

    ``shared`` counts code points in both, ``jaccard`` is shared over joint length in thousandths.
    """

    gold: Sequence[Mention]
    system: Sequence[Mention]
    shared: NDArray[np.int64]
    jaccard: NDArray[np.int64]
    exact: NDArray[np.bool_]
    same: NDArray[np.bool_]


class Outcomes(NamedTuple):
    """The five counts of SemEval-2013 task 9.1."""

    correct: int
    incorrect: int
    partial: int
    missed: int
    spurious: int


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions by start, longer before shorter, then label and score."""
    return sorted(mentions, key=lambda m: (m.start, -m.end, m.label, -(m.score or 0.0), m.id))


def clusters(
    gold: Sequence[Mention], system: Sequence[Mention]
) -> Iterator[tuple[list[Mention], list[Mention]]]:
    """Groups of mentions such that no mention overlaps one of another group."""
    spans = sorted(
        [(m.start, -m.end, 0, i) for i, m in enumerate(gold)]
        + [(m.start, -m.end, 1, i) for i, m in enumerate(system)]
    )
    group: tuple[list[Mention], list[Mention]] = ([], [])
    reach = -1
    for start, minus_end, side, index in spans:
        if start >= reach and (group[0] or group[1]):
            yield group
            group = ([], [])
        group[side].append((gold, system)[side][index])
        reach = max(reach, -minus_end)
    if group[0] or group[1]:
        yield group


def compare(gold: Iterable[Mention], system: Iterable[Mention]) -> list[Overlap]:
    """The clusters in which gold and system mentions meet, measured once for every matching."""
    return [
        measure(golds, systems)
        for golds, systems in clusters(in_order(gold), in_order(system))
        if golds and systems
    ]


def match(overlaps: Iterable[Overlap], grade: Grade) -> list[Pair]:
    """The pairing of overlapping mentions with the greatest sum of grades.

    ``grade`` gives twice the credit of each pair as 0, 1 or 2, and -1 for a pair that may not be.
    """
    return [pair for overlap in overlaps for pair in _match_cluster(overlap, grade)]


def _match_cluster(overlap: Overlap, grade: Grade) -> list[Pair]:
    grades = grade(overlap)
    if grades.size == 1:
        only = int(grades[0, 0])
        met = only >= 0 and overlap.shared[0, 0] > 0
        return [Pair(overlap.gold[0], overlap.system[0], only / 2)] if met else []
    allowed = (overlap.shared > 0) & (grades >= 0)
    size = min(grades.shape)
    fine = _FINE * size + 1
    weights = ((grades * (size + 1) + 1) * (size + 1) + overlap.same) * fine + overlap.jaccard
    chosen = best_assignment(np.where(allowed, weights, 0).astype(np.float64))
    return [Pair(overlap.gold[g], overlap.system[s], int(grades[g, s]) / 2) for g, s in chosen]


def measure(golds: Sequence[Mention], systems: Sequence[Mention]) -> Overlap:
    """How every gold mention and every system mention relate."""
    starts, ends = _edges(golds)
    other_starts, other_ends = _edges(systems)
    shared = np.minimum.outer(ends, other_ends) - np.maximum.outer(starts, other_starts)
    shared = np.maximum(shared, 0)
    joint = np.add.outer(ends - starts, other_ends - other_starts) - shared
    labels = np.array([m.label for m in golds], dtype=object)
    other_labels = np.array([m.label for m in systems], dtype=object)
    return Overlap(
        golds,
        systems,
        shared,
        shared * _FINE // joint,
        np.equal.outer(starts, other_starts) & np.equal.outer(ends, other_ends),
        np.equal.outer(labels, other_labels).astype(np.bool_),
    )


def _edges(mentions: Sequence[Mention]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    edges = np.array([(m.start, m.end) for m in mentions], dtype=np.int64).reshape(-1, 2)
    return edges[:, 0], edges[:, 1]


def _strict(overlap: Overlap) -> NDArray[np.int64]:
    return 2 * (overlap.exact & overlap.same).astype(np.int64)


def _exact(overlap: Overlap) -> NDArray[np.int64]:
    return 2 * overlap.exact.astype(np.int64)


def _partial(overlap: Overlap) -> NDArray[np.int64]:
    return 1 + overlap.exact.astype(np.int64)


def _type(overlap: Overlap) -> NDArray[np.int64]:
    return 2 * overlap.same.astype(np.int64)


GRADES: dict[Scheme, Grade] = {
    "strict": _strict,
    "exact": _exact,
    "partial": _partial,
    "type": _type,
}


def outcomes(gold: int, system: int, pairs: Sequence[Pair]) -> Outcomes:
    """The five counts for ``gold`` and ``system`` mentions matched in ``pairs``."""
    earned = Counter(pair.credit for pair in pairs)
    return Outcomes(
        correct=earned[1.0],
        incorrect=earned[0.0],
        partial=earned[0.5],
        missed=gold - len(pairs),
        spurious=system - len(pairs),
    )


def labelled_partial(overlap: Overlap) -> NDArray[np.int64]:
    """The grade of the partial scheme within one label: what a label's own row is counted by."""
    return np.where(overlap.same, 1 + overlap.exact.astype(np.int64), -1)


def for_reading(overlap: Overlap) -> NDArray[np.int64]:
    """The grade by which errors are shown: strict matches first, then one label, then overlap.

    Mentions of different labels count as one and the same, mislabelled, only where they share at
    least half of their joint length; a city missed inside a spurious event is two errors.
    """
    grades = (overlap.exact & overlap.same).astype(np.int64) + overlap.same
    grades[~overlap.same & (overlap.jaccard < _FINE // 2)] = -1
    return grades
