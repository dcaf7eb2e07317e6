"""Files that lines are appended to, cut back, set aside and read again."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from pobratim.batch import layout
from pobratim.batch.frames import read_frame
from pobratim.errors import OutputError

BUFFER = 1 << 20


class Appending:
    """The files that are open to be appended to, each opened when it is first asked for."""

    def __init__(self) -> None:
        self._streams: dict[Path, BinaryIO] = {}

    def __getitem__(self, path: Path) -> BinaryIO:
        """The stream of ``path``."""
        if path not in self._streams:
            if path.parent.name == layout.OPEN_PARTS:
                path.parent.mkdir(exist_ok=True)
            self._streams[path] = path.open("ab", buffering=BUFFER)
            layout.sync_folder(path.parent)
        return self._streams[path]

    def sync(self) -> None:
        """Wait until all that was written is on the disk."""
        for stream in self._streams.values():
            sync(stream)

    def flush(self, path: Path) -> None:
        """Let what was written to ``path`` be read."""
        if path in self._streams:
            self._streams[path].flush()

    def drop(self, path: Path) -> None:
        """Close ``path``."""
        if path in self._streams:
            self._streams.pop(path).close()

    def close(self) -> None:
        """Close all of them."""
        for path in list(self._streams):
            self.drop(path)

    def abandon(self) -> None:
        """Close all of them, whatever comes of it."""
        for stream in self._streams.values():
            # Unwritten bytes are no loss, and a full disk must not hide why it came to this.
            with suppress(OSError):
                stream.close()
        self._streams.clear()


class Frames:
    """Compressed frames read again; the last one is kept, as the next line is likely in it too."""

    def __init__(self) -> None:
        self._last: tuple[tuple[str, int], bytes] | None = None

    def clear(self) -> None:
        """Forget the last one."""
        self._last = None

    def read(self, path: Path, frame: int, size: int, start: int, length: int) -> bytes:
        """``length`` bytes from ``start`` on of what the frame at ``frame`` of ``path`` holds."""
        key = (str(path), frame)
        if self._last is None or self._last[0] != key:
            self._last = (key, read_frame(path, frame, size))
        return self._last[1][start : start + length]


def cut(path: Path, size: int) -> None:
    """Shorten ``path`` to ``size`` bytes; at 0 it goes, as another name may hold what it was."""
    if not size:
        path.unlink(missing_ok=True)
        return
    found = path.stat().st_size if path.exists() else 0
    if found < size:
        raise OutputError(
            f"{path} is shorter than it was left ({found:,} of {size:,} bytes); use --force to start anew"
        )
    if found > size:
        os.truncate(path, size)


def set_aside(source: Path, folder: Path, number: int, start: int, end: int) -> str:
    """Give the bytes of ``source`` from ``start`` to ``end`` a place in ``folder``; its file name."""
    while (folder / f"{number:05}{source.suffix}").exists():
        number += 1
    target = folder / f"{number:05}{source.suffix}"
    if not source.exists():
        target.touch()
    elif start == 0:
        os.link(source, target)
    else:
        with source.open("rb") as whole, target.open("wb") as rest:
            whole.seek(start)
            left = end - start
            while left and (data := whole.read(min(left, 1 << 20))):
                rest.write(data)
                left -= len(data)
            sync(rest)
    return target.name


def read_range(path: Path, start: int, length: int) -> bytes:
    """``length`` bytes of ``path`` from ``start`` on."""
    with path.open("rb") as stream:
        stream.seek(start)
        return stream.read(length)


def sync(stream: BinaryIO) -> None:
    """Wait until what was written is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())
