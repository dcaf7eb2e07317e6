"""Zstandard frames, one for each part: whole files of them are read by any zstd."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 1 << 20


def write_frame(source: Path, start: int, length: int, target: Path) -> None:
    """Compress a range of ``source`` into a file of one frame."""
    import pyarrow as pa

    with source.open("rb") as stream, pa.CompressedOutputStream(str(target), "zstd") as out:
        stream.seek(start)
        while length and (data := stream.read(min(length, CHUNK))):
            out.write(data)
            length -= len(data)


def read_frame(path: Path, start: int, length: int) -> bytes:
    """What the frame in ``path`` from ``start`` on holds."""
    import pyarrow as pa

    with path.open("rb") as stream:
        stream.seek(start)
        frame = stream.read(length)
    with pa.CompressedInputStream(pa.BufferReader(frame), "zstd") as whole:
        data: bytes = whole.read()
    return data


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of a compressed file, with their ends, in bounded memory."""
    import pyarrow as pa

    with path.open("rb") as raw, pa.CompressedInputStream(raw, "zstd") as stream:
        yield from io.BufferedReader(_Readable(stream), CHUNK)


class _Readable(io.RawIOBase):
    """Arrow's stream as Python's buffered reader wants it."""

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # BufferedReader gives no other
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
