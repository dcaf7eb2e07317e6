"""One-to-one assignment of the largest total weight."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from pobratim.errors import EvaluationError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXTRA = "pobratim[evaluate]"


def require_extra(*modules: str) -> None:
    """Check that the libraries of the ``evaluate`` extra are installed.

    Raises:
        EvaluationError: one of ``modules`` is missing; the message names the extra to install.
    """
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise EvaluationError(
            f"scoring needs {', '.join(missing)}, which is not installed; "
            f"install the extra that brings it: pip install '{EXTRA}'"
        )


def best_assignment(weights: NDArray[np.float64]) -> list[tuple[int, int]]:
    """The (row, column) pairs of an assignment whose weights add up to the most.

    Weights are zero or positive; a pair of weight zero is no pair. Solved exactly, by SciPy's
    ``linear_sum_assignment`` (a modified Jonker-Volgenant algorithm).
    """
    if weights.shape == (1, 1):
        return [(0, 0)] if weights[0, 0] > 0 else []
    require_extra("scipy")
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [
        (int(row), int(column))
        for row, column in zip(rows, columns, strict=True)
        if weights[row, column] > 0
    ]
