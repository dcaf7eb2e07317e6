"""Strict F1 of a model's spans against the layers of a text; masked words are not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from texts import FIRST, FURTHER, LABELS

Span = tuple[int, int, int, float]


def gold_spans(layers: np.ndarray) -> set[tuple[int, int, int]]:
    """(label, first word, word after the last)."""
    found = set()
    for label in range(layers.shape[1]):
        column = layers[:, label]
        for first in np.flatnonzero(column == FIRST):
            last = first + 1
            while last < len(column) and column[last] == FURTHER:
                last += 1
            found.add((label, int(first), int(last)))
    return found


class Tally:
    """Counts over texts, by label."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.said: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()

    def add(self, layers: np.ndarray, spans: Iterable[Span]) -> None:
        """One window or text."""
        wanted = gold_spans(layers)
        judged = {
            span[:3]
            for span in spans
            if span[:3] in wanted or not (layers[span[1] : span[2], span[0]] < 0).any()
        }
        for name, spans_of in (("right", wanted & judged), ("said", judged), ("gold", wanted)):
            getattr(self, name).update(LABELS[span[0]] for span in spans_of)

    def f1(self, *labels: str) -> float:
        """Micro F1 in per cent over ``labels``, or over all."""
        chosen = labels or LABELS
        right, said, gold = (
            sum(counts[label] for label in chosen) for counts in (self.right, self.said, self.gold)
        )
        return 200 * right / (said + gold) if said + gold else float("nan")

    def table(self) -> dict[str, float]:
        """F1 of every label that occurs, and of all."""
        named = {
            name: round(self.f1(name), 1) for name in LABELS if self.gold[name] + self.said[name]
        }
        return {**named, "all": round(self.f1(), 1)}
