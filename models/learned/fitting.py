"""Fitting the weights of one choice, and judging them by documents they have not seen."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import lil_array

from pobratim.lexicon.learned import Weights

__all__ = ["DATA", "Row", "as_toml", "fitted", "judged", "options"]

ROOT = Path(__file__).parents[2]
DATA = ROOT / "pipeline/pobratim/lexicon/data/learned"
GOLD = [ROOT / "annotations/gold/dev", ROOT / "eval/passages/open/gold"]
LEAST = 0.01
"""Weights below this are not kept."""


class Row(NamedTuple):
    """One that may be chosen: its document, what it may be chosen for, whether gold chooses it."""

    document: str
    case: int
    right: bool
    features: list[str]


def options(about: str, *, strength: float, enough: float) -> argparse.Namespace:
    """The command line of a choice: gold, folds, and its own ``strength`` and ``enough``."""
    parser = argparse.ArgumentParser(description=about.split("\n")[0])
    parser.add_argument("gold", nargs="*", type=Path, default=GOLD)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--strength", type=float, default=strength)
    parser.add_argument("--enough", type=float, default=enough)
    return parser.parse_args()


def fitted(rows: list[Row], *, strength: float, enough: float) -> Weights:
    """A logistic regression with a quadratic penalty of 1/``strength`` on all but the bias."""
    names = sorted({feature for row in rows for feature in row.features})
    at = {name: number for number, name in enumerate(names)}
    matrix = lil_array((len(rows), len(names) + 1))
    for number, row in enumerate(rows):
        matrix[number, [*(at[feature] for feature in row.features), len(names)]] = 1
    seen = matrix.tocsr()
    truth = np.array([row.right for row in rows], dtype=float)
    penalty = np.full(len(names) + 1, 1 / strength)
    penalty[-1] = 0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        told = seen @ weights
        likely = 1 / (1 + np.exp(-told))
        value = np.sum(np.logaddexp(0, told) - truth * told) + 0.5 * penalty @ weights**2
        return float(value), seen.T @ (likely - truth) + penalty * weights

    weights = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", tol=1e-9).x
    rounded = {name: round(float(weights[at[name]]), 2) for name in names}
    kept = {name: weight for name, weight in rounded.items() if abs(weight) >= LEAST}
    return Weights(round(float(weights[-1]), 2), enough, kept)


def judged(rows: list[Row], folds: int, *, strength: float, enough: float) -> tuple[int, int]:
    """How many choices, one a case, are right, and how many there are, by weights of other folds."""
    documents = sorted({row.document for row in rows})
    fold = {document: number % folds for number, document in enumerate(documents)}
    best: dict[tuple[str, int], tuple[float, bool]] = {}
    for part in range(folds):
        taught = [row for row in rows if fold[row.document] != part]
        weights = fitted(taught, strength=strength, enough=enough)
        for row in rows:
            if fold[row.document] == part:
                told = weights.probability(row.features), row.right
                if told[0] >= enough and told > best.get((row.document, row.case), (0.0, False)):
                    best[row.document, row.case] = told
    return sum(right for _, right in best.values()), len(best)


def as_toml(weights: Weights, source: str) -> str:
    """The file that :func:`pobratim.lexicon.learned.weights` reads."""
    lines = [f"# Learnt by {source}; not for editing by hand.", f"bias = {weights.bias}"]
    lines += [f"enough = {weights.enough}", "", "[weights]"]
    lines += [f'"{name}" = {weight}' for name, weight in sorted(weights.of.items())]
    return "\n".join(lines) + "\n"
