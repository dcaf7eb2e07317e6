"""Streams out of a container: unpacked piece by piece, and measured as they are."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections import deque
from typing import TYPE_CHECKING, Protocol

from pobratim.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

__all__ = ["Budget", "Inflated", "Metered", "Readable", "buffered", "unpacker"]

CHUNK = 1 << 16
FREE = 16 << 20
"""So many bytes may come out of however few: small repetitive files are no bombs."""

MOST_MEMORY = 128 << 20
MOST_IDLE_READS = 1000


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


class Budget:
    """How many bytes one input may still unpack to, whatever it holds; ``ratio`` is the most
    that a byte may grow to."""

    def __init__(self, total: int, ratio: int) -> None:
        self.total = self.left = total
        self.ratio = ratio

    def spend(self, size: int) -> None:
        """Raise :class:`~pobratim.errors.InputError` where no more is left."""
        self.left -= size
        if self.left < 0:
            raise InputError(f"unpacks to more than {self.total:,} bytes in all; split it")

    def check(self, packed: int, unpacked: int) -> None:
        """Raise :class:`~pobratim.errors.InputError` where ``unpacked`` has grown suspiciously."""
        if unpacked > max(FREE, self.ratio * packed):
            raise InputError(
                f"unpacks to more than {self.ratio} times its size, as archives made to do harm do"
            )


class Metered(io.RawIOBase):
    """Bytes as they are, charged to a budget; ``packed`` is what they take up in the container."""

    def __init__(self, source: Readable, budget: Budget, packed: int | None = None) -> None:
        self._source, self._budget, self._packed = source, budget, packed
        self._out = self._idle = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Some more bytes; none at the end."""
        view = memoryview(buffer).cast("B")
        data = self._source.read(len(view))
        view[: len(data)] = data
        self._charge(len(data))
        return len(data)

    def _charge(self, size: int) -> None:
        self._idle += not size
        if self._idle > MOST_IDLE_READS:
            raise InputError("damaged: what it announces goes on beyond its end")
        self._out += size
        self._budget.spend(size)
        if self._packed is not None:
            self._budget.check(self._packed, self._out)


class Unpacker(Protocol):
    """One compressed stream, as ``bz2`` and ``lzma`` have it."""

    @property
    def eof(self) -> bool:
        """Whether its end has come."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind its end."""

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """What ``data`` adds, at most ``max_length`` bytes of it."""


class _Gunzip:
    """``zlib`` in the manner of :class:`Unpacker`."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _unxz() -> Unpacker:
    return lzma.LZMADecompressor(memlimit=MOST_MEMORY)


_UNPACKERS: dict[str, tuple[bytes, Callable[[], Unpacker]]] = {
    "gzip": (b"\x1f\x8b", _Gunzip),
    "bzip2": (b"BZh", bz2.BZ2Decompressor),
    "xz": (b"\xfd7zXZ", _unxz),
}


def unpacker(kind: str) -> bool:
    """Whether ``kind`` is a compression of one stream."""
    return kind in _UNPACKERS


class Inflated(io.RawIOBase):
    """What a gzip, bzip2 or xz stream unpacks to, its parts in a row, within a budget.

    ``starts`` has, for the parts last begun, where they begin in the unpacked and in the packed
    stream: the records of a .warc.gz are such parts.
    """

    def __init__(self, source: Readable, kind: str, budget: Budget) -> None:
        self._source, self._kind, self._budget = source, kind, budget
        self._magic, self._make = _UNPACKERS[kind]
        self._part: Unpacker | None = None
        self._pending = b""
        self._in = self._out = 0
        self.starts: deque[tuple[int, int]] = deque(maxlen=1 << 14)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Some more bytes; none at the end."""
        view = memoryview(buffer).cast("B")
        while True:
            if (self._part is None or self._part.eof) and not self._begin():
                return 0
            data = self._unpack(len(view))
            if data:
                self._out += len(data)
                self._budget.spend(len(data))
                self._budget.check(self._in, self._out)
                view[: len(data)] = data
                return len(data)

    def _begin(self) -> bool:
        """Start on the next part; what is no such part behind the last one is padding."""
        rest = self._part.unused_data if self._part else b""
        while len(rest) < len(self._magic) and (more := self._source.read(CHUNK)):
            self._in += len(more)
            rest += more
        if not rest.startswith(self._magic):
            return False
        self.starts.append((self._out, self._in - len(rest)))
        self._part, self._pending = self._make(), rest
        return True

    def _unpack(self, size: int) -> bytes:
        assert self._part is not None
        pending, self._pending = self._pending, b""
        try:
            data = self._part.decompress(pending, size)
            if data or self._part.eof:
                return data
            more = self._source.read(CHUNK)
            if more:
                self._in += len(more)
                return self._part.decompress(more, size)
        except (zlib.error, lzma.LZMAError, OSError, EOFError) as error:
            raise InputError(f"damaged {self._kind} data: {error}") from error
        raise InputError(f"the {self._kind} data is cut short; fetch it again")


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """``raw`` with a buffer long enough to look ahead at what it begins with."""
    return io.BufferedReader(raw, CHUNK)
