"""Standard input, put in a file: so that every process can read it, and an archive in it be sought in."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from pobratim.errors import InputError
from pobratim.reading.kinds import HEAD, container_kind

__all__ = ["MOST_PIPED", "keep"]

MOST_PIPED = 16 << 30
"""Bytes of a container on standard input; they are on disk for as long as the run."""

CHUNK = 1 << 20


def keep(source: BinaryIO, target: Path, max_bytes: int, most: int = MOST_PIPED) -> None:
    """Write ``source`` to ``target``: of a document one byte more than ``max_bytes`` at most, so that
    reading it tells that it is too long, and of a container ``most``.

    Raises:
        InputError: the container is longer.
    """
    head = _head(source)
    packed = container_kind(head, "") is not None
    left = (most if packed else max_bytes) + 1
    with target.open("wb") as copy:
        data = head[:left]
        while data:
            copy.write(data)
            left -= len(data)
            data = source.read(min(left, CHUNK))
    if packed and not left:
        target.unlink()
        raise InputError(
            f"-: a container of more than {most:,} bytes on standard input; "
            "save it in a file and name that"
        )


def _head(source: BinaryIO) -> bytes:
    """The first bytes, also of a pipe that gives them a few at a time."""
    head = b""
    while len(head) < HEAD and (more := source.read(HEAD - len(head))):
        head += more
    return head
