"""Logits of BIO layers to spans: each label by itself, so that spans of different labels may nest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Span", "certainty", "inside", "spans"]

OUTSIDE, BEGIN, INSIDE = 0, 1, 2


class Span(NamedTuple):
    """A label over the words ``start`` to ``end``, half open, and how probable it is."""

    label: str
    start: int
    end: int
    probability: float


def inside(logits: np.ndarray, labels: Sequence[str], temperature: dict[str, float]) -> np.ndarray:
    """How probable it is that a word (row) is in a span of a label (column)."""
    shares = _shares(logits, labels, temperature)
    found: np.ndarray = 1.0 - shares[:, :, OUTSIDE] / shares.sum(axis=2)
    return found


def certainty(
    logits: np.ndarray, labels: Sequence[str], temperature: dict[str, float]
) -> np.ndarray:
    """How probable a word's (row) likeliest column of a label's three is (column)."""
    found: np.ndarray = 1.0 / _shares(logits, labels, temperature).sum(axis=2)
    return found


def _shares(logits: np.ndarray, labels: Sequence[str], temperature: dict[str, float]) -> np.ndarray:
    """Of each word and label how probable the three columns are, the likeliest as one."""
    layers = logits.reshape(len(logits), len(labels), 3)
    layers = layers / np.array([temperature[label] for label in labels], layers.dtype)[:, None]
    shares: np.ndarray = np.exp(layers - layers.max(axis=2, keepdims=True))
    return shares


def spans(
    logits: np.ndarray,
    labels: Sequence[str],
    temperature: dict[str, float],
    breaks: np.ndarray,
) -> list[Span]:
    """The spans in text order, outer before inner.

    A span begins at a B, or at an I behind an O, and goes on over I. Its probability is the mean of
    its words' probability of being in one.

    Args:
        logits: one row a word; for label ``k`` the columns 3k, 3k + 1, 3k + 2 are O, B and I.
        labels: the labels in the order of their columns.
        temperature: what a label's logits are divided by.
        breaks: for each word, whether no span may go on from the word before.
    """
    layers = logits.reshape(len(logits), len(labels), 3)
    outside = layers[:, :, OUTSIDE]
    inside = np.maximum(layers[:, :, BEGIN], layers[:, :, INSIDE]) > outside
    numbers, at = np.nonzero(inside.T)  # label by label
    if not len(at):
        return []
    own = layers[at, numbers]
    own /= np.array([temperature[label] for label in labels], own.dtype)[numbers, None]
    own -= own.max(axis=1, keepdims=True)
    shares = np.exp(own)
    within = 1.0 - shares[:, OUTSIDE] / shares.sum(axis=1)
    begins = own[:, BEGIN] >= own[:, INSIDE]
    begins |= breaks[at]
    begins[0] = True
    begins[1:] |= (np.diff(at) != 1) | (np.diff(numbers) != 0)
    firsts = np.flatnonzero(begins)
    lengths = np.diff(firsts, append=len(at)).tolist()
    sums = np.add.reduceat(within, firsts).tolist()
    found = [
        Span(labels[number], start, start + length, total / length)
        for number, start, length, total in zip(
            numbers[firsts].tolist(), at[firsts].tolist(), lengths, sums, strict=True
        )
    ]
    found.sort(key=lambda span: (span.start, -span.end, span.label))
    return found
