"""Files on any file system that fsspec knows: inputs listed and fetched, results brought there.

A name with ``://`` is a URL; any other is a path, found as a run on one machine finds it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, NamedTuple

from pobratim.batch import layout
from pobratim.batch.discovery import Discovery
from pobratim.batch.reader import Stamp, stamp_of
from pobratim.errors import EngineError, InputError
from pobratim.reading.files import STDIN
from pobratim.reading.kinds import FOLDER_SUFFIXES, NAMED_SUFFIXES

MARK = "://"
CHUNK = 1 << 20
CHANGING = (
    "mtime",
    "LastModified",
    "last_modified",
    "updated",
    "ETag",
    "etag",
    "md5Hash",
    "created",
)
"""What file systems tell of a file that is another when its content is another."""


class File(NamedTuple):
    """An input file: its name in the results, where any machine opens it, and what tells it is the same."""

    uri: str
    where: str
    stamp: Stamp | None = None
    error: InputError | None = None


def is_url(name: str) -> bool:
    """Whether ``name`` is for fsspec."""
    return MARK in name


class Listing:
    """The files that ``inputs`` name, in the order of a run; ``skipped`` counts others by suffix."""

    def __init__(self, inputs: Iterable[str]) -> None:
        self.inputs = tuple(inputs)
        self.skipped: Counter[str] = Counter()
        if STDIN in self.inputs:
            raise EngineError("standard input cannot be read on other machines; name files instead")

    def __iter__(self) -> Iterator[File]:
        paths = [name for name in self.inputs if not is_url(name)]
        if len(paths) == len(self.inputs):
            yield from self._local(paths)
            return
        seen: set[str] = set()
        for name in self.inputs:
            for file in _remote(name, self.skipped) if is_url(name) else self._local([name]):
                if file.where not in seen:
                    seen.add(file.where)
                    yield file

    def _local(self, paths: list[str]) -> Iterator[File]:
        discovery = Discovery(paths)
        for item in discovery:
            stamp = stamp_of(item.path) if item.error is None else None
            yield File(item.uri, os.path.abspath(item.path), stamp, item.error)
        self.skipped += discovery.skipped


def _remote(url: str, skipped: Counter[str]) -> Iterator[File]:
    """The files at a URL: itself, what is below it by sorted path, or what it is a pattern of."""
    system, path = _open_system(url)
    with _telling(url):
        if any(sign in path for sign in "*?[") and not system.exists(path):
            found = _matching(system, path, skipped)
            absent = "no file matches this pattern; check it"
        elif system.isdir(path):
            found = _below(system, path, skipped)
            absent = ""
        else:
            found = {path: system.info(path)} if system.exists(path) else {}
            absent = "no such file or folder; check the path"
    if not found and absent:
        yield File(url, url, error=InputError(absent))
    for name in sorted(found, key=lambda name: name.split("/")):
        uri = system.unstrip_protocol(name)
        yield File(uri, _opened(system, name, uri), _told(found[name]))


def _matching(system: Any, pattern: str, skipped: Counter[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, info in system.glob(pattern, detail=True).items():
        if info["type"] == "directory":
            found |= _below(system, name, skipped)
        elif (suffix := PurePosixPath(name).suffix.lower()) in NAMED_SUFFIXES:
            found[name] = info
        else:
            skipped[suffix or "no suffix"] += 1
    return found


def _below(system: Any, path: str, skipped: Counter[str]) -> dict[str, Any]:
    found = {}
    for name, info in system.find(path, detail=True).items():
        inner = PurePosixPath(name[len(path) :])
        if any(part.startswith(".") for part in inner.parts):
            continue
        if inner.suffix.lower() in FOLDER_SUFFIXES:
            found[name] = info
        else:
            skipped[inner.suffix.lower() or "no suffix"] += 1
    return found


def _opened(system: Any, name: str, uri: str) -> str:
    from fsspec.implementations.local import LocalFileSystem

    return name if isinstance(system, LocalFileSystem) else uri


def _told(info: Mapping[str, Any]) -> Stamp:
    told = repr([str(info[name]) for name in CHANGING if info.get(name) is not None])
    digest = hashlib.sha256(told.encode()).digest()
    return Stamp(int(info.get("size") or 0), int.from_bytes(digest[:7]), 0)


def _open_system(url: str) -> tuple[Any, str]:
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise EngineError(f"{url}: {error}; install that package on every machine") from None
    except ValueError as error:
        raise EngineError(f"{url}: {error}; name a path or another URL") from None
    return system, path


@contextmanager
def _telling(url: str) -> Iterator[None]:
    # Each file system raises errors of its own kind.
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise EngineError(f"{url} cannot be reached: {reason}; what is done is kept") from error


# On the machine that reads


def open_file(where: str) -> BinaryIO:
    """A file to read, which can be sought in."""
    if not is_url(where):
        return Path(where).open("rb")
    system, path = _open_system(where)
    stream: BinaryIO = system.open(path, "rb")
    return stream


def fetch(where: str, folder: Path, most: int | None = None) -> Path:
    """A file as a local one: itself, or at most ``most`` bytes of it, copied into ``folder``.

    Raises :class:`~pobratim.errors.InputError` if it cannot be had.
    """
    if not is_url(where):
        return Path(where)
    target = folder / (PurePosixPath(where).name or "file")
    try:
        with open_file(where) as source, target.open("wb") as copy:
            left = most
            while data := source.read(CHUNK if left is None else min(CHUNK, left)):
                copy.write(data)
                left = None if left is None else left - len(data)
                if left == 0:
                    break
    except FileNotFoundError:
        raise InputError("no such file or folder; check the path") from None
    except PermissionError:
        raise InputError("permission denied; make the file readable") from None
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise InputError(f"cannot be fetched: {reason}") from error
    return target


# Where results go


class Mirror:
    """Results made in the folder ``place``, brought to ``url`` file by file."""

    def __init__(self, url: str, place: Path) -> None:
        self._url = url
        self._place = place
        self._system, self._path = _open_system(url)
        self._path = self._path.rstrip("/")
        self._done: set[str] = set()

    def restore(self) -> None:
        """Have what the URL holds in the folder, unless a run left something there."""
        if (self._place / layout.STATE).exists():
            return
        shutil.rmtree(self._place, ignore_errors=True)
        self._place.mkdir(parents=True)
        with _telling(self._url):
            names = sorted(self._names())
            for name in names:
                if not layout.is_ours(name):
                    raise EngineError(
                        f"{self._url} holds {name!r}, which is no result of an earlier run; "
                        "name a new or empty folder with --out"
                    )
            for name in names:
                target = self._place / name
                target.parent.mkdir(parents=True, exist_ok=True)
                self._system.get_file(f"{self._path}/{name}", str(target))

    def _names(self) -> list[str]:
        if not self._system.exists(self._path):
            return []
        return [name[len(self._path) + 1 :] for name in self._system.find(self._path)]

    def send(self, path: Path) -> None:
        """Bring one file there."""
        name = path.relative_to(self._place).as_posix()
        with _telling(self._url):
            target = f"{self._path}/{name}"
            self._system.makedirs(target.rpartition("/")[0], exist_ok=True)
            self._system.put_file(str(path), target)
        self._done.add(name)

    def finish(self) -> None:
        """Bring what is left, the state last, remove what is no result any more, and the folder."""
        files = [path for path in sorted(self._place.rglob("*")) if path.is_file()]
        files.sort(key=lambda path: path.name == layout.STATE)
        for path in files:
            if path.relative_to(self._place).as_posix() not in self._done:
                self.send(path)
        here = {path.relative_to(self._place).as_posix() for path in files}
        with _telling(self._url):
            for name in self._names():
                if name not in here:
                    self._system.rm_file(f"{self._path}/{name}")
        shutil.rmtree(self._place)
