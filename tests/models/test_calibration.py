"""Temperatures make a model as sure as it is right."""

from __future__ import annotations

import numpy as np
import pytest
from calibration import moved, temperature


def drawn(sharpness: float, words: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Logits that are ``sharpness`` times as far apart as the tags drawn by them tell."""
    random = np.random.default_rng(3)
    logits = random.normal(0, 2, (words, 3))
    shares = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    tags = (shares.cumsum(1) < random.random((words, 1))).sum(1)
    return logits * sharpness, tags


@pytest.mark.parametrize("sharpness", [0.8, 1.0, 1.5, 2.0])
def test_logits_that_are_too_sure_are_cooled_by_as_much(sharpness: float) -> None:
    assert temperature(*drawn(sharpness)) == pytest.approx(sharpness, rel=0.1)


def test_masked_words_tell_nothing() -> None:
    logits, tags = drawn(1.0)
    wrong = np.full(len(tags), -1)
    assert temperature(np.tile(logits, (2, 1)), np.r_[tags, wrong]) == temperature(logits, tags)


def test_a_label_that_hardly_occurs_keeps_one() -> None:
    logits, tags = drawn(2.0, 20)
    assert temperature(logits, tags) == 1.0


@pytest.mark.parametrize(
    ("threshold", "by", "wanted"), [(0.5, 2.0, 0.5), (0.9, 1.0, 0.9), (0.9, 2.0, 0.75)]
)
def test_a_threshold_moves_with_the_temperature(threshold: float, by: float, wanted: float) -> None:
    assert moved(threshold, by) == pytest.approx(wanted, abs=1e-3)
