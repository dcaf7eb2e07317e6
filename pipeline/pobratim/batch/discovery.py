"""What the command line names, to a stream of files: folders walked, globs expanded, each file once.

The stream is the same every time, and its memory does not grow with the number of files: large
folders are sorted on disk.
"""

from __future__ import annotations

import glob
import heapq
import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pobratim.errors import InputError
from pobratim.reading.files import STDIN
from pobratim.reading.kinds import FOLDER_SUFFIXES, NAMED_SUFFIXES

NAMES_IN_MEMORY = 20_000
"""How many names of one folder are held at once; more are sorted in temporary files."""

LINK = "\0"
"""Behind the name of a link; no name of a file has it."""

Beat = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Item:
    """One file to read; ``error`` where it is known already that it cannot be."""

    path: Path
    uri: str
    error: InputError | None = None


class Discovery:
    """Walks ``inputs``: paths, folders (sorted), globs and ``-``.

    A file named twice comes once. ``skipped`` counts what folders held of other kinds, by suffix.
    ``beat`` is called now and then while nothing is found, to show that the walk goes on.
    """

    def __init__(self, inputs: Iterable[str], beat: Beat = lambda: None) -> None:
        self._inputs = tuple(inputs)
        self._beat = beat
        self.skipped: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Item]:
        found = (item for name in self._inputs for item in self._expand(name))
        # One file or folder holds no file twice; else what was seen is kept on disk.
        single = len(self._inputs) == 1 and not glob.has_magic(self._inputs[0])
        return found if single else _once(found)

    def _expand(self, name: str) -> Iterator[Item]:
        path = Path(name)
        if name == STDIN:
            yield Item(path, STDIN)
        elif not name:
            yield Item(path, name, InputError("an empty name; give a path, a pattern or -"))
        elif path.is_dir():
            yield from self._walk(path, path.resolve())
        elif os.path.lexists(name) or not glob.has_magic(name):
            yield Item(path, spelled(path))
        else:
            yield from self._glob(name)

    def _glob(self, pattern: str) -> Iterator[Item]:
        found = False
        for match in _sorted(glob.iglob(pattern, recursive=True), self._beat):
            found = True
            path = Path(match)
            if path.is_file():
                yield from self._take(path, NAMED_SUFFIXES)
            elif path.is_dir():
                if not pattern.endswith("**"):
                    yield from self._walk(path, path.resolve())
            else:
                self.skipped["pipe or device"] += 1
        if not found:
            error = InputError("no file matches this pattern; check it, and quote it for the shell")
            yield Item(Path(pattern), pattern, error)

    def _take(self, path: Path, suffixes: frozenset[str] = FOLDER_SUFFIXES) -> Iterator[Item]:
        if path.suffix.lower() in suffixes:
            yield Item(path, spelled(path))
        else:
            self.skipped[path.suffix.lower() or "no suffix"] += 1

    def _walk(self, folder: Path, root: Path) -> Iterator[Item]:
        """The files below ``folder`` by sorted path; hidden ones and links to folders are left out.

        A link that leads out of ``root``, the folder that was named, is an error.
        """
        try:
            entries = os.scandir(folder)
        except OSError as error:
            reason = f"this folder cannot be listed: {error.strerror}"
            yield Item(folder, spelled(folder), InputError(reason))
            return
        with entries:
            for name in _sorted(self._visible(entries), self._beat):
                if name.endswith("/"):
                    yield from self._walk(folder / name[:-1], root)
                elif name.endswith(LINK) and not _is_within(folder / name[:-1], root):
                    path = folder / name[:-1]
                    reason = "this link leads out of the folder; name the file itself"
                    yield Item(path, spelled(path), InputError(reason))
                else:
                    yield from self._take(folder / name.removesuffix(LINK))

    def _visible(self, entries: Iterable[os.DirEntry[str]]) -> Iterator[str]:
        """The names to go on with, a slash after a folder's, :data:`LINK` after a link's."""
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield f"{entry.name}/"
            elif entry.is_symlink() and not entry.is_dir():
                yield f"{entry.name}{LINK}"
            elif entry.is_file():
                yield entry.name
            elif not entry.is_dir():
                self.skipped["pipe or device"] += 1


def _is_within(path: Path, root: Path) -> bool:
    """Whether a link leads to something in ``root``, or to nothing."""
    return path.resolve().is_relative_to(root)


def spelled(path: Path) -> str:
    """``path`` as given, with forward slashes; bytes that are no UTF-8 are shown as ``\\xNN``."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _once(items: Iterable[Item]) -> Iterator[Item]:
    with closing(sqlite3.connect("")) as seen:
        seen.execute("create table seen (key blob primary key) without rowid")
        for item in items:
            name = item.uri if item.uri == STDIN else os.path.abspath(item.path)
            key = blake2b(os.fsencode(name), digest_size=16).digest()
            if seen.execute("insert or ignore into seen values (?)", (key,)).rowcount:
                yield item


def _sorted(names: Iterable[str], beat: Beat) -> Iterator[str]:
    """``names`` in order, of which at most :data:`NAMES_IN_MEMORY` are in memory at once."""
    stream = iter(names)
    first = sorted(islice(stream, NAMES_IN_MEMORY), key=_key)
    with ExitStack() as stack:
        runs: list[Iterator[str]] = [iter(first)]
        while chunk := sorted(islice(stream, NAMES_IN_MEMORY), key=_key):
            beat()
            file = stack.enter_context(tempfile.TemporaryFile())
            file.writelines(os.fsencode(name) + b"\0\n" for name in chunk)
            file.seek(0)
            runs.append(_read_run(file))
        yield from heapq.merge(*runs, key=_key)


def _key(name: str) -> tuple[str, ...]:
    return tuple(name.rstrip("/").split("/"))


def _read_run(file: BinaryIO) -> Iterator[str]:
    rest = b""
    for line in file:
        rest += line
        if rest.endswith(b"\0\n"):
            yield os.fsdecode(rest[:-2])
            rest = b""
