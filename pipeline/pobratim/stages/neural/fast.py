"""The fast kind: a convolution over vectors of words, whole documents in a few runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pobratim.errors import ModelError
from pobratim.stages.neural.decoding import spans
from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.runtime import Network
from pobratim.stages.neural.seeing import Page, Sight
from pobratim.stages.neural.vectors import WordVectors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.neural.released import Released

__all__ = ["WordModel", "chunks", "laid_out"]

CHUNK = 512
"""Rows a run: what lies in a processor's cache is read faster."""


class WordModel:
    """A released model of the kind ``words``.

    Raises:
        ModelError: its files are missing or do not fit its configuration.
    """

    def __init__(self, released: Released, *, chunk: int = CHUNK) -> None:
        self.name, self.version = released.name, released.version
        self.labels = released.labels
        self.threshold = released.threshold
        self.temperature = released.temperature
        self.tagset = released.upos
        self._released = released
        self._chunk = chunk
        self._vectors = WordVectors(released.folder, Pieces(released.vocabulary))
        path = released.folder / "model.onnx"
        self._network = Network(path)
        self._network.check(path, {"x"}, {"ner", "upos"} if released.upos else {"ner"})
        self._tags = np.array(released.upos, dtype=object)

    def see(self, page: Page, *, tags: bool = False) -> Sight:
        """The names, and the tags if they are wanted and the model tags."""
        ner, said = self.read(page, tags=tags)
        return Sight(spans(ner, self.labels, self.temperature, page.breaks), said)

    def read(self, page: Page, *, tags: bool) -> tuple[np.ndarray, list[str] | None]:
        """The logits, and the tags if they are wanted and the model tags."""
        ner, upos = self._run(page, tags=tags and bool(self.tagset))
        return ner, None if upos is None else self._tags[upos.argmax(axis=1)].tolist()

    def logits(self, page: Page) -> tuple[np.ndarray, tuple[str, ...]]:
        """BIO logits, one row a word, and the labels of their layers."""
        return self._run(page, tags=False)[0], self.labels

    def cuts(self, page: Page) -> list[int]:
        """Into how many pieces the vocabulary cuts each word."""
        return list(map(len, self._vectors.pieces.ids(page.words, page.spaces)))

    def _run(self, page: Page, *, tags: bool) -> tuple[np.ndarray, np.ndarray | None]:
        rows = self._vectors.rows(page.words, page.spaces)
        places, length = laid_out(page.block_of)
        sequence = np.zeros(length, np.intp)
        sequence[places] = rows
        outputs = ["ner", "upos"] if tags else ["ner"]
        parts: list[list[np.ndarray]] = [[] for _ in outputs]
        for start, end, first, last in chunks(length, self._chunk, self._released.context):
            vectors = self._vectors.matrix.take(sequence[start:end], axis=0)
            for part, made in zip(parts, self._network(outputs, {"x": vectors}), strict=True):
                part.append(made[first - start : last - start])
        joined = [np.concatenate(part)[places] for part in parts]
        self._check(joined)
        return joined[0], joined[1] if len(joined) > 1 else None

    def _check(self, outputs: list[np.ndarray]) -> None:
        wanted = (3 * len(self._released.labels), len(self._released.upos))
        for output, width in zip(outputs, wanted, strict=False):
            if output.shape[1] != width:
                raise ModelError(
                    f"{self._released.folder / 'model.onnx'}: gives {output.shape[1]} numbers a word, "
                    f"its config.json tells of {width}"
                )


def laid_out(block_of: np.ndarray) -> tuple[np.ndarray, int]:
    """Where each word stands in the sequence that has an empty row between blocks; its length."""
    places = np.arange(len(block_of))
    places[1:] += np.cumsum(block_of[1:] != block_of[:-1])
    return places, int(places[-1]) + 1


def chunks(length: int, size: int, context: int) -> Iterator[tuple[int, int, int, int]]:
    """What each run reads and which of it is kept: (start, end, first, last).

    The rows around what is kept are all that its answers depend on, so that runs of any ``size``
    give the same numbers.
    """
    for first in range(0, length, size):
        last = min(first + size, length)
        yield max(0, first - context), min(length, last + context), first, last
