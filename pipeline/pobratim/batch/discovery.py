"""What the command line names, to a list of files: folders walked, globs expanded, ids given."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pobratim.errors import InputError
from pobratim.reading.files import STDIN
from pobratim.reading.kinds import FOLDER_SUFFIXES, NAMED_SUFFIXES


@dataclass(slots=True)
class Item:
    """One file to read; ``error`` where it is known already that it cannot be."""

    path: Path
    uri: str
    id: str = ""
    size: int = 0
    error: InputError | None = None


@dataclass(slots=True)
class Found:
    """The files in input order, and how many of each other suffix the folders held."""

    items: list[Item] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)


def discover(inputs: Iterable[str]) -> Found:
    """The files that ``inputs`` name: paths, folders (walked, sorted), globs and ``-``.

    A file named twice is read once. Ids are file stems, longer where stems collide.
    Raises :class:`~pobratim.errors.InputError` if there is nothing to read at all.
    """
    found = Found()
    seen: set[str] = set()
    named = list(inputs)
    for name in named:
        for item in _expand(name, found.skipped):
            key = item.uri if item.uri == STDIN else os.path.abspath(item.path)
            if key not in seen:
                seen.add(key)
                found.items.append(item)
    if not found.items:
        kinds = ", ".join(sorted(FOLDER_SUFFIXES))
        raise InputError(f"nothing to read in {', '.join(named)}: no {kinds} file is there")
    give_ids(found.items)
    return found


def _expand(name: str, skipped: Counter[str]) -> Iterator[Item]:
    path = Path(name)
    if name == STDIN:
        yield Item(path, STDIN)
    elif not name:
        yield Item(path, name, error=InputError("an empty name; give a path, a pattern or -"))
    elif path.is_dir():
        yield from _walk(path, skipped)
    elif os.path.lexists(name) or not glob.has_magic(name):
        yield _item(path)
    else:
        yield from _glob(name, skipped)


def _item(path: Path) -> Item:
    size = path.stat().st_size if path.is_file() else 0
    return Item(path, spelled(path), size=size)


def spelled(path: Path) -> str:
    """``path`` as given, with forward slashes; bytes that are no UTF-8 are shown as ``\\xNN``."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _glob(pattern: str, skipped: Counter[str]) -> Iterator[Item]:
    matches = sorted(Path(match) for match in glob.glob(pattern, recursive=True))
    if not matches:
        error = InputError("no file matches this pattern; check it, and quote it for the shell")
        yield Item(Path(pattern), pattern, error=error)
    for match in matches:
        if match.is_file():
            yield from _take(match, skipped, NAMED_SUFFIXES)
        elif match.is_dir() and not pattern.endswith("**"):
            yield from _walk(match, skipped)


def _take(
    path: Path, skipped: Counter[str], suffixes: frozenset[str] = FOLDER_SUFFIXES
) -> Iterator[Item]:
    if path.exists() and not path.is_file():
        skipped["pipe or device"] += 1
    elif path.suffix.lower() in suffixes:
        yield _item(path)
    else:
        skipped[path.suffix.lower() or "no suffix"] += 1


def _walk(folder: Path, skipped: Counter[str]) -> Iterator[Item]:
    """The files below ``folder`` by sorted path; hidden ones and links to folders are left out."""
    failed: list[OSError] = []
    files: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files.extend(Path(parent, name) for name in names if not name.startswith("."))
    for path in sorted(files, key=lambda path: path.relative_to(folder).parts):
        yield from _take(path, skipped)
    for error in failed:
        path = Path(os.fsdecode(error.filename))
        reason = f"this folder cannot be listed: {error.strerror}"
        yield Item(path, spelled(path), error=InputError(reason))


def give_ids(items: list[Item]) -> None:
    """Give each item the shortest of stem, path without suffix and whole path that is unique."""
    choices = [_choices(item) for item in items]
    level = [0] * len(items)
    while True:
        ids = [choice[step] for choice, step in zip(choices, level, strict=True)]
        clashes = Counter(ids)
        longer = [i for i, name in enumerate(ids) if clashes[name] > 1 and level[i] < 2]
        if not longer:
            break
        for i in longer:
            level[i] += 1
    for item, name in zip(items, ids, strict=True):
        item.id = name


def _choices(item: Item) -> tuple[str, str, str]:
    if item.uri == STDIN:
        return ("stdin", "stdin", STDIN)
    stem = spelled(Path(item.path.stem)) if item.path.stem else item.uri
    return (stem, item.uri.removesuffix(item.path.suffix), item.uri)
