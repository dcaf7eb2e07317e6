"""Vectors of words from vectors of their pieces, shapes and kinds, each word's kept for the next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pobratim.errors import ModelError
from pobratim.stages.neural.embeddings import DIMENSIONS, embeddings
from pobratim.stages.neural.kinds import KINDS, rows_of
from pobratim.stages.neural.pieces import SPACE, Pieces
from pobratim.stages.neural.shapes import SHAPES, shape_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["WordVectors"]

FIRST_ROWS = 4096


class WordVectors:
    """The vectors of words; up to ``limit`` are remembered, and row 0 is of no word.

    Raises:
        ModelError: the tables in ``folder`` are missing or do not fit each other.
    """

    def __init__(self, folder: Path, pieces: Pieces, *, limit: int = 65_536) -> None:
        self.pieces = pieces
        self.limit = limit
        self._pieces = _table(folder / "pieces.npy", np.int8, 2)
        self._scales = _table(folder / "scales.npy", np.float16, 1).astype(np.float32)
        self._shapes = _table(folder / "shapes.npy", np.float32, 2)
        self.width = int(self._pieces.shape[1])
        if self._shapes.shape != (SHAPES, self.width):
            raise ModelError(f"{folder / 'shapes.npy'}: not {SHAPES} rows of {self.width} numbers")
        if len(self._scales) != len(self._pieces) or len(self._pieces) != pieces.size:
            raise ModelError(
                f"{folder}: {len(self._pieces)} rows in pieces.npy, {len(self._scales)} in "
                f"scales.npy, {pieces.size} pieces in {pieces.path}; they must be equally many"
            )
        self._known = self._further(folder / "embeddings.npy", DIMENSIONS)
        self._kinds = self._further(folder / "kinds.npy", len(KINDS))
        self._row_of: dict[str, int] = {}
        self._matrix = np.zeros((FIRST_ROWS, self.width), np.float32)

    def rows(self, words: Sequence[str], spaces: Sequence[bool]) -> np.ndarray:
        """The numbers of the words' rows in :attr:`matrix`, good until the next call."""
        keys = [SPACE + word if space else word for word, space in zip(words, spaces, strict=True)]
        found = list(map(self._row_of.get, keys))
        if None in found:
            self._learn(keys)
            found = list(map(self._row_of.get, keys))
        return np.array(found, dtype=np.intp)

    @property
    def matrix(self) -> np.ndarray:
        """One row a word; row 0 is zero."""
        return self._matrix

    def _learn(self, keys: list[str]) -> None:
        new = [key for key in dict.fromkeys(keys) if key not in self._row_of]
        if len(self._row_of) + len(new) > self.limit:
            self._forget()
            new = list(dict.fromkeys(keys))
        first = len(self._row_of) + 1
        needed = first + len(new)
        if needed > len(self._matrix):
            grown = np.zeros((max(needed, 2 * len(self._matrix)), self.width), np.float32)
            grown[:first] = self._matrix[:first]
            self._matrix = grown
        self._matrix[first:needed] = self._made(new)
        self._row_of.update(zip(new, range(first, needed), strict=True))

    def _made(self, keys: list[str]) -> np.ndarray:
        ids = self.pieces.encode(keys)
        lengths = np.fromiter(map(len, ids), np.intp, len(ids))
        flat = np.fromiter((piece for word in ids for piece in word), np.intp, lengths.sum())
        vectors = self._pieces[flat] * self._scales[flat][:, None]
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        summed: np.ndarray = np.add.reduceat(vectors, starts, axis=0)
        shapes = [
            shape_id(key[1:], True) if key[0] == SPACE and len(key) > 1 else shape_id(key, False)
            for key in keys
        ]
        summed += self._shapes[shapes]
        words = [key[1:] if key[0] == SPACE and len(key) > 1 else key for key in keys]
        if self._known is not None:
            summed += embeddings(words) @ self._known
        if self._kinds is not None:
            summed += rows_of(words) @ self._kinds
        return summed

    def _further(self, path: Path, rows: int) -> np.ndarray | None:
        """A table that a model may be without."""
        if not path.is_file():
            return None
        table = _table(path, np.float32, 2)
        if table.shape != (rows, self.width):
            raise ModelError(f"{path}: not {rows} rows of {self.width} numbers")
        return table

    def _forget(self) -> None:
        self._row_of = {}
        self._matrix = np.zeros((FIRST_ROWS, self.width), np.float32)


def _table(path: Path, kind: type, dimensions: int) -> np.ndarray:
    if not path.is_file():
        raise ModelError(f"{path}: missing; the model's folder is incomplete")
    try:
        found: np.ndarray = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError as error:
        raise ModelError(f"{path}: {error}") from error
    if found.dtype != kind or found.ndim != dimensions:
        raise ModelError(f"{path}: {found.dtype} of {found.ndim} dimensions is not its format")
    return np.asarray(found)
