"""Texts to windows of pieces, and windows to batches of like length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import torch

from pobratim.stages.neural.kinds import KINDS, rows_of
from pobratim.stages.neural.pieces import END, PAD, START, Pieces

if TYPE_CHECKING:
    from texts import Text

__all__ = ["Batch", "Window", "batches", "windows"]


@dataclass(slots=True)
class Window:
    """Some consecutive words of a text: all their pieces, and where each word's first piece is."""

    text: Text
    first: int
    last: int
    pieces: list[int]
    heads: list[int]


@dataclass(slots=True)
class Batch:
    """Windows side by side; ``kept`` has each window's mark of beginning and the first pieces of its
    words, [windows, words], filled with -1; ``kinds`` what the lists know of the words there."""

    windows: list[Window]
    ids: torch.Tensor
    mask: torch.Tensor
    kept: torch.Tensor
    kinds: torch.Tensor
    layers: torch.Tensor


def windows(text: Text, cut: Pieces, most: int) -> Iterator[Window]:
    """Consecutive sentences packed to ``most`` pieces; a longer sentence is cut."""
    ids = cut.ids(text.words, text.spaced.tolist())
    room = most - 2
    runs = [list(run) for _, run in groupby(range(len(ids)), key=text.sentences.__getitem__)]
    open_words: list[int] = []
    length = 0
    for run in runs:
        need = sum(len(ids[word]) for word in run)
        if open_words and length + need > room:
            yield _window(text, open_words, ids)
            open_words, length = [], 0
        for word in run:
            if open_words and length + len(ids[word]) > room:
                yield _window(text, open_words, ids)
                open_words, length = [], 0
            open_words.append(word)
            length += len(ids[word])
    if open_words:
        yield _window(text, open_words, ids)


def _window(text: Text, words: Sequence[int], ids: Sequence[Sequence[int]]) -> Window:
    pieces, heads = [START], []
    for word in words:
        heads.append(len(pieces))
        pieces.extend(ids[word])
    return Window(text, words[0], words[-1] + 1, [*pieces, END], heads)


def batches(found: Sequence[Window], tokens: int, rng: random.Random | None) -> Iterator[Batch]:
    """Batches of at most ``tokens`` pieces, padding included; shuffled where ``rng`` is given."""
    order = sorted(found, key=lambda w: len(w.pieces) + (rng.random() * 16 if rng else 0))
    groups: list[list[Window]] = [[]]
    for window in order:
        group = groups[-1]
        longest = max(len(window.pieces), max((len(w.pieces) for w in group), default=0))
        if group and longest * (len(group) + 1) > tokens:
            groups.append(group := [])
        group.append(window)
    if rng:
        rng.shuffle(groups)
    for group in groups:
        yield _batch(group)


def _batch(group: list[Window]) -> Batch:
    longest = max(len(window.pieces) for window in group)
    ids = torch.full((len(group), longest), PAD)
    for row, window in enumerate(group):
        ids[row, : len(window.pieces)] = torch.tensor(window.pieces)
    kept = torch.full((len(group), 1 + max(len(window.heads) for window in group)), -1)
    for row, window in enumerate(group):
        kept[row, : len(window.heads) + 1] = torch.tensor([0, *window.heads])
    kinds = torch.zeros(*kept.shape, len(KINDS))
    for row, window in enumerate(group):
        words = window.text.words[window.first : window.last]
        kinds[row, 1 : len(words) + 1] = torch.from_numpy(rows_of(words))
    layers = [torch.from_numpy(w.text.layers[w.first : w.last]) for w in group]
    return Batch(
        group,
        ids,
        (ids != PAD).long(),
        kept,
        kinds,
        torch.cat(layers).long(),
    )
