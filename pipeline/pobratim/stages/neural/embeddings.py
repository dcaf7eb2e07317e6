"""Natasha's vectors of Russian words (Navec, Kukushkin 2020; 250,000 words of news), read as stored.

The file keeps a word as a hundred codes of three numbers each (product quantization); only the words
that are asked for are unpacked.
"""

from __future__ import annotations

from functools import cache
from gzip import decompress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pobratim.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DIMENSIONS", "embeddings"]

DIMENSIONS = 300
FILE = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"


def embeddings(words: Sequence[str]) -> np.ndarray:
    """One row of :data:`DIMENSIONS` float32 numbers a word, zeros where the word is not known."""
    ids, indexes, codes = _table()
    found = np.zeros((len(words), DIMENSIONS), np.float32)
    known = [(row, ids[low]) for row, word in enumerate(words) if (low := word.lower()) in ids]
    if known:
        rows, numbers = zip(*known, strict=True)
        first_codes = np.arange(len(codes)) * codes.shape[1]
        parts = codes.reshape(-1, codes.shape[2]).take(indexes[list(numbers)] + first_codes, axis=0)
        found[list(rows)] = parts.reshape(len(rows), -1)
    return found


@cache
def _table() -> tuple[dict[str, int], np.ndarray, np.ndarray]:
    from navec.tar import Tar

    with Tar(_file()) as archive:
        words = _words(decompress(archive.load("vocab.bin").read()))
        stored = archive.load("pq.bin").read()
    count, width, parts, centroids = (int(n) for n in np.frombuffer(stored, "<u4", 4))
    indexes = np.frombuffer(stored, "u1", count * parts, 16).reshape(count, parts)
    codes = np.frombuffer(stored, "<f4", -1, 16 + count * parts).reshape(parts, centroids, -1)
    assert width == DIMENSIONS
    return dict(zip(words, range(count), strict=True)), indexes, codes


def _words(stored: bytes) -> list[str]:
    """The words of the vocabulary; before them stand how many there are, and how often each."""
    (count,) = np.frombuffer(stored, "<u4", 1)
    return stored[4 * (1 + int(count)) :].decode("utf-8").splitlines()


def _file() -> Path:
    """Where Natasha's package keeps the vectors; the package is not imported."""
    spec = find_spec("natasha")
    for place in spec.submodule_search_locations or () if spec else ():
        if (found := Path(place) / FILE).is_file():
            return found
    raise ModelError(f"no {FILE} in natasha; reinstall natasha")
