"""The reader: a process that finds the inputs, takes containers apart and knows each by its content.

It has a process of its own because containers are not to be trusted. What it sends is a stream that
is the same every time; the reading stops where nobody takes what was found.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from pobratim.batch.discovery import Discovery, Item
from pobratim.batch.state import open_state
from pobratim.errors import InputError
from pobratim.reading.files import STDIN
from pobratim.reading.kinds import suffix_of
from pobratim.reading.members import Limits, Member, members

BATCH = 32
BATCH_BYTES = 256 << 10
SMALL = 32 << 10
"""Shorter files are sent with what is known of them, so that nobody opens them a second time."""

SECONDS_A_BATCH = 0.02
ROWS_AT_ONCE = 1000
SECONDS_BETWEEN_COUNTS = 0.25


class Stamp(NamedTuple):
    """What tells cheaply that a file is still the one it was."""

    size: int
    modified: int
    changed: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One member and where it is: the how-manieth of which file.

    ``weight`` is the length of the file, for the first of its members, and 0 for the others. ``kept``
    tells that the results hold this very document already.
    """

    file: int
    number: int
    member: Member
    hint: str
    stamp: Stamp | None
    sha256: bytes | None
    weight: int
    kept: bool = False
    changed: bool = False

    def __reduce__(self) -> tuple[type[Entry], tuple[object, ...]]:
        """Be sent with less ado than a data class makes of it."""
        place = (self.file, self.number, self.member, self.hint)
        return Entry, (*place, self.stamp, self.sha256, self.weight, self.kept, self.changed)


@dataclass(frozen=True, slots=True)
class End:
    """There are no more; ``skipped`` counts files of other kinds by suffix."""

    skipped: dict[str, int]


@dataclass(frozen=True, slots=True)
class Beat:
    """Nothing was found, but the search goes on."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to read. ``start`` is the file and the member to begin with.

    ``known`` is the state database whose rows, from sequence number ``sequence`` on, are compared.
    ``careful`` sends each entry at once; ``stdin`` is the file that standard input was put in.
    """

    inputs: tuple[str, ...]
    limits: Limits
    start: tuple[int, int] = (0, 0)
    sequence: int = 0
    known: Path | None = None
    retry_failed: bool = False
    careful: bool = False
    stdin: Path | None = None
    broken: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """The reading of a file begins; told only where care is asked for."""

    file: int


Message = Entry | End | Beat | Opened


def read(connection: Connection) -> None:
    """Answer one :class:`Request` with lists of messages, the last of them an :class:`End`."""
    request: Request = connection.recv()
    sender = _Sender(connection, request.careful)
    discovery = Discovery(request.inputs, lambda: sender.send(Beat(), 0))
    known = _Known(request) if request.known else None
    for entry in _entries(discovery, request, sender):
        if known is not None:
            entry = known.compare(entry)
            if entry.changed:
                known = None
        elif entry.sha256 is None and entry.member.error is None:
            entry = _with_sha(entry)
        sender.send(entry, len(entry.member.data or b""))
    sender.send(End(dict(discovery.skipped)), 0)
    sender.flush()


class _Sender:
    def __init__(self, connection: Connection, careful: bool) -> None:
        self._connection = connection
        self._careful = careful
        self._waiting: list[Message] = []
        self._bytes = 0
        self._last = time.monotonic()

    def send(self, message: Message, size: int) -> None:
        self._waiting.append(message)
        self._bytes += size
        full = len(self._waiting) >= BATCH or self._bytes >= BATCH_BYTES
        if full or self._careful or time.monotonic() - self._last > SECONDS_A_BATCH:
            self.flush()

    def flush(self) -> None:
        self._connection.send(self._waiting)
        self._waiting = []
        self._bytes = 0
        self._last = time.monotonic()


def _entries(discovery: Discovery, request: Request, sender: _Sender) -> Iterator[Entry]:
    for index, item in enumerate(discovery):
        if index < request.start[0]:
            continue
        if request.careful:
            sender.send(Opened(index), 0)
        first = request.start[1] if index == request.start[0] else 0
        stamp = stamp_of(item.path if item.uri != STDIN else request.stdin)
        weight = stamp.size if stamp else 0
        for number, member in enumerate(_members(item, index, request)):
            if number >= first:
                yield _entry(index, number, member, 0 if number else weight, stamp)


def _members(item: Item, index: int, request: Request) -> Iterator[Member]:
    """The members of one file, up to where reading it broke down before."""
    if item.error is not None:
        yield Member(item.uri, item.path.name, error=item.error)
        return
    path = request.stdin if item.uri == STDIN and request.stdin else item.path
    number = 0
    if (index, 0) not in request.broken:
        for member in members(path, item.uri, request.limits):
            yield member
            number += 1
            if (index, number) in request.broken:
                break
    if (index, number) in request.broken:
        error = InputError(request.broken[index, number])
        yield Member(item.uri, item.path.name, error=error)


def _entry(file: int, number: int, member: Member, weight: int, stamp: Stamp | None) -> Entry:
    hint = member.media_type or suffix_of(member.name)
    if member.data is not None:
        digest = hashlib.sha256(member.data).digest()
        return Entry(file, number, member, hint, None, digest, weight)
    return Entry(file, number, member, hint, stamp, None, weight)


def stamp_of(path: Path | None) -> Stamp | None:
    """The stamp of a file; ``None`` where there is none."""
    try:
        found = os.stat(path) if path is not None else None
    except (OSError, ValueError):
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns) if found else None


def _with_sha(entry: Entry) -> Entry:
    """``entry`` with the digest of its file and, if that is small, its bytes: it is read once then.

    Where it cannot be read, who extracts it will say why.
    """
    path = entry.member.path
    if path is None or not os.path.isfile(path):
        return entry
    digest = hashlib.sha256()
    try:
        with open(path, "rb", buffering=0) as stream:
            data = stream.read(SMALL)
            digest.update(data)
            if len(data) < SMALL:
                member = replace(entry.member, data=data)
                return replace(entry, sha256=digest.digest(), member=member)
            while data := stream.read(SMALL):
                digest.update(data)
    except OSError:
        return entry
    return replace(entry, sha256=digest.digest())


class _Known:
    """What an earlier run has already, compared with what is found now."""

    def __init__(self, request: Request) -> None:
        assert request.known is not None
        self._folder = request.known.parent
        self._retry = request.retry_failed
        self._sequence = request.sequence
        self._rows: dict[int, tuple[object, ...]] = {}
        self._upto = request.sequence

    def compare(self, entry: Entry) -> Entry:
        """``entry`` as kept, changed, or with the digest of its content if it is new."""
        row = self._row()
        if row is None:
            return entry if entry.sha256 or entry.member.error else _with_sha(entry)
        uri, hint, size, modified, changed, sha, failed = row
        same = (uri, hint) == (entry.member.uri, entry.hint)
        if same and not (failed and self._retry):
            if entry.stamp is not None and entry.stamp == (size, modified, changed):
                return replace(entry, kept=True)
            if entry.stamp is None and entry.member.data is None and size is None and failed:
                return replace(entry, kept=True)
            entry = entry if entry.sha256 else _with_sha(entry)
            if entry.sha256 is not None and entry.sha256 == sha:
                return replace(entry, kept=True)
        entry = entry if entry.sha256 or entry.member.error else _with_sha(entry)
        return replace(entry, changed=True)

    def _row(self) -> tuple[object, ...] | None:
        if self._sequence >= self._upto:
            self._upto = self._sequence + ROWS_AT_ONCE
            # Not kept open: the run that writes it must not wait for who reads it.
            with closing(open_state(self._folder)) as database:
                found = database.execute(
                    "select sequence, uri, hint, size, modified, changed, sha256, failed"
                    " from documents where sequence >= ? and sequence < ?",
                    (self._sequence, self._upto),
                )
                self._rows = {row[0]: row[1:] for row in found}
        self._sequence += 1
        return self._rows.pop(self._sequence - 1, None)


def count(connection: Connection) -> None:
    """Send how many files and bytes there are, again and again until all are counted."""
    inputs: tuple[str, ...] = connection.recv()
    files = size = 0
    last = time.monotonic()
    for item in Discovery(inputs):
        files += 1
        stamp = stamp_of(item.path) if item.error is None and item.uri != STDIN else None
        size += stamp.size if stamp else 0
        if time.monotonic() - last > SECONDS_BETWEEN_COUNTS:
            connection.send((files, size, False))
            last = time.monotonic()
    connection.send((files, size, True))
