"""What each label's logits are divided by so that a probability is how often it is right.

Guo et al. 2017, arXiv:1706.04599: of all temperatures the one at which the true tags of texts that no
model was trained on are likeliest.
"""

from __future__ import annotations

import numpy as np

GRID = np.geomspace(0.5, 3.0, 73)
LEAST = 50
"""Words in mentions of a label, below which its temperature stays one."""


def cost(logits: np.ndarray, tags: np.ndarray, temperature: float) -> float:
    """Mean negative logarithm of the tags' probabilities, of logits [words, 3]."""
    scaled = logits / temperature
    scaled = scaled - scaled.max(1, keepdims=True)
    chosen = np.take_along_axis(scaled, tags[:, None], 1)[:, 0]
    return float((np.log(np.exp(scaled).sum(1)) - chosen).mean())


def temperature(logits: np.ndarray, tags: np.ndarray) -> float:
    """The best of one label: logits [words, 3] and the tags, -1 where they are not told."""
    told = tags >= 0
    if (tags > 0).sum() < LEAST:
        return 1.0
    logits, tags = logits[told].astype(np.float64), tags[told].astype(np.intp)
    return round(min(GRID.tolist(), key=lambda each: cost(logits, tags, each)), 2)


def moved(threshold: float, temperature: float) -> float:
    """The threshold under ``temperature`` that lets through what ``threshold`` did without one."""
    odds = (threshold / (1 - threshold)) ** (1 / temperature)
    return round(float(odds / (1 + odds)), 3)
