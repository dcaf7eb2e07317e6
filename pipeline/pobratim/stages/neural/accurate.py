"""The accurate kind: a transformer over pieces, in windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pobratim.errors import ModelError
from pobratim.stages.neural.decoding import spans
from pobratim.stages.neural.pieces import END, PAD, START, Pieces
from pobratim.stages.neural.runtime import Network
from pobratim.stages.neural.seeing import Page, Sight
from pobratim.stages.neural.windows import Window, batches, windows

if TYPE_CHECKING:
    from pobratim.stages.neural.released import Released

__all__ = ["PieceModel"]

BATCH = 256
"""Pieces a run, padding counted: more of them fall out of a processor's cache."""


class PieceModel:
    """A released model of the kind ``pieces``.

    Raises:
        ModelError: its files are missing or do not fit its configuration.
    """

    def __init__(self, released: Released) -> None:
        self.name, self.version = released.name, released.version
        self.threshold = released.threshold
        self.temperature = released.temperature
        self.tagset: tuple[str, ...] = ()
        self._released = released
        self._pieces = Pieces(released.vocabulary)
        path = released.folder / "model.onnx"
        self._network = Network(path)
        self._network.check(path, {"input_ids", "attention_mask"}, {"logits"})

    def see(self, page: Page, *, tags: bool = False) -> Sight:
        """The names; such a model does not tag."""
        logits, labels = self.logits(page)
        return Sight(spans(logits, labels, self._released.temperature, page.breaks))

    def logits(self, page: Page) -> tuple[np.ndarray, tuple[str, ...]]:
        """BIO logits, one row a word, and the labels of their layers."""
        labels = self._released.labels
        words = self._pieces.ids(page.words, page.spaces)
        found = np.zeros((len(words), 3 * len(labels)), np.float32)
        most = self._released.max_pieces - 2
        made = windows([len(word) for word in words], page.sentences, most)
        for batch in batches(made, BATCH):
            self._fill(found, words, batch)
        return found, labels

    def cuts(self, page: Page) -> list[int]:
        """Into how many pieces the vocabulary cuts each word."""
        return list(map(len, self._pieces.ids(page.words, page.spaces)))

    def _fill(self, found: np.ndarray, words: list[tuple[int, ...]], batch: list[Window]) -> None:
        width = max(window.pieces for window in batch) + 2
        ids = np.full((len(batch), width), PAD, np.int64)
        mask = np.zeros((len(batch), width), np.int64)
        for row, window in enumerate(batch):
            pieces = [piece for word in words[window.start : window.end] for piece in word]
            ids[row, : window.pieces + 2] = [START, *pieces, END]
            mask[row, : window.pieces + 2] = 1
        (logits,) = self._network(["logits"], {"input_ids": ids, "attention_mask": mask})
        if logits.shape[2] != found.shape[1]:
            raise ModelError(
                f"{self._released.folder / 'model.onnx'}: gives {logits.shape[2]} numbers a piece, "
                f"its config.json tells of {found.shape[1]}"
            )
        for row, window in enumerate(batch):
            lengths = [len(word) for word in words[window.start : window.last]]
            firsts = np.cumsum([1, *lengths[:-1]])[window.first - window.start :]
            found[window.first : window.last] = logits[row, firsts]
