"""The accurate kind: a transformer over pieces, in windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pobratim.errors import ModelError
from pobratim.stages.neural.decoding import spans
from pobratim.stages.neural.kinds import KINDS, rows_of
from pobratim.stages.neural.pieces import END, START, Pieces
from pobratim.stages.neural.runtime import Network
from pobratim.stages.neural.seeing import Page, Sight
from pobratim.stages.neural.windows import windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pobratim.stages.neural.released import Released

__all__ = ["PieceModel"]


class PieceModel:
    """A released model of the kind ``pieces``.

    Raises:
        ModelError: its files are missing or do not fit its configuration.
    """

    def __init__(self, released: Released) -> None:
        self.name, self.version = released.name, released.version
        self.labels = released.labels
        self.threshold = released.threshold
        self.temperature = released.temperature
        self.tagset: tuple[str, ...] = ()
        self._released = released
        self._pieces = Pieces(released.vocabulary)
        path = released.folder / "model.onnx"
        self._network = Network(path)
        self._kinds = "kinds" in self._network.inputs
        asked = {"input_ids", "firsts", *(("kinds",) if self._kinds else ())}
        self._network.check(path, asked, {"logits"})

    def see(self, page: Page, *, tags: bool = False) -> Sight:
        """The names; such a model does not tag."""
        logits, labels = self.logits(page)
        return Sight(spans(logits, labels, self.temperature, page.breaks))

    def logits(self, page: Page) -> tuple[np.ndarray, tuple[str, ...]]:
        """BIO logits, one row a word, and the labels of their layers."""
        labels = self.labels
        words = self._pieces.ids(page.words, page.spaces)
        found = np.zeros((len(words), 3 * len(labels)), np.float32)
        most = self._released.max_pieces - 2
        for window in windows([len(word) for word in words], page.sentences, most):
            seen = self._read(
                words[window.start : window.end], page.words[window.start : window.end]
            )
            found[window.first : window.last] = seen[window.first - window.start :][
                : window.last - window.first
            ]
        return found, labels

    def cuts(self, page: Page) -> list[int]:
        """Into how many pieces the vocabulary cuts each word."""
        return list(map(len, self._pieces.ids(page.words, page.spaces)))

    def _read(self, cut: list[tuple[int, ...]], words: Sequence[str]) -> np.ndarray:
        """The logits of one window's words; a window is a run by itself, so nothing is padded."""
        pieces = [piece for word in cut for piece in word]
        firsts = np.cumsum([0, 1, *map(len, cut[:-1])])
        fed = {"input_ids": np.array([[START, *pieces, END]]), "firsts": firsts}
        if self._kinds:
            fed["kinds"] = np.zeros((1, len(firsts), len(KINDS)), np.float32)
            fed["kinds"][0, 1:] = rows_of(words)
        (logits,) = self._network(["logits"], fed)
        if logits.shape[2] != 3 * len(self._released.labels):
            raise ModelError(
                f"{self._released.folder / 'model.onnx'}: gives {logits.shape[2]} numbers a word, "
                f"its config.json tells of {3 * len(self._released.labels)}"
            )
        return np.asarray(logits[0, 1:])
