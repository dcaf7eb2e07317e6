"""The state of a run, in one SQLite file beside the results: what is done, and where it is.

What is not in the last committed transaction did not happen: files are cut back to it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pobratim.batch.layout import STATE
from pobratim.errors import OutputError

FORMAT = 1
SECONDS_TO_WAIT = 30.0
TABLES = """
create table meta (name text primary key, value text not null) without rowid;
create table documents (
    sequence integer primary key, part integer not null,
    id text not null unique, uri text not null, hint text not null,
    size integer, modified integer, changed integer, sha256 blob,
    failed integer not null, start integer not null, length integer not null
);
create index by_content on documents (sha256, hint) where failed = 0;
create index by_part on documents (part);
create table parts (
    part integer primary key, documents integer not null, failed integer not null,
    base integer not null, length integer not null,
    errors_base integer not null, errors_length integer not null,
    frame integer not null, frame_length integer not null,
    status text not null, rows text not null
);
create table previous (
    sha256 blob not null, hint text not null, file text not null,
    frame integer, frame_length integer, start integer not null, length integer not null,
    primary key (sha256, hint)
) without rowid;
create table runs (
    run integer primary key, began text not null, ended text, status text not null,
    version text not null, key text not null, command text not null,
    extracted integer not null default 0, reused integer not null default 0,
    failed integer not null default 0, characters integer not null default 0,
    seconds real not null default 0
);
"""

OPEN, CLOSED, MADE = "open", "closed", "made"


class Address(NamedTuple):
    """Where a line is: ``start`` and ``length`` in a file, or in the frame at ``frame`` of it."""

    file: str
    frame: int | None
    frame_length: int | None
    start: int
    length: int


class Row(NamedTuple):
    """One input that is done; ``start`` is within its part's lines, or errors where it failed."""

    sequence: int
    part: int
    id: str
    uri: str
    hint: str
    size: int | None
    modified: int | None
    changed: int | None
    sha256: bytes | None
    failed: bool
    start: int
    length: int


@dataclass(slots=True)
class Part:
    """A run of lines that one file of each table is made of.

    ``base`` and ``length`` are of its lines in documents.jsonl, or in a file of their own where the
    run compresses; then ``frame`` and ``frame_length`` are of documents.jsonl.zst. ``full`` parts are
    those that the rule closed rather than the end of the run.
    """

    part: int
    documents: int = 0
    failed: int = 0
    base: int = 0
    length: int = 0
    errors_base: int = 0
    errors_length: int = 0
    frame: int = 0
    frame_length: int = 0
    status: str = OPEN
    rows: str = "{}"

    @property
    def inputs(self) -> int:
        """How many inputs it holds, documents and failures."""
        return self.documents + self.failed


class State:
    """The database, opened to write; a context manager of nothing, to be closed."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / STATE
        try:
            self.database = sqlite3.connect(
                self._path, timeout=SECONDS_TO_WAIT, isolation_level=None
            )
            self.database.execute("pragma journal_mode = wal")
            self.database.execute("pragma synchronous = full")
            self.database.execute("pragma cache_size = -32768")
            self._create()
            self._has_previous = bool(self.previous_files())
            self._reading = sqlite3.connect(self._path, isolation_level=None)
        except sqlite3.DatabaseError as error:
            raise OutputError(
                f"{self._path} cannot be used: {error}; name another --out, or remove it to start anew"
            ) from error

    def _create(self) -> None:
        (found,) = self.database.execute("pragma user_version").fetchone()
        if found == 0:
            self.database.executescript(
                f"begin immediate; {TABLES} pragma user_version = {FORMAT}; commit;"
            )
        elif found != FORMAT:
            raise OutputError(f"{self._path} is of another version of pobratim; name another --out")

    def close(self) -> None:
        """Leave one file, without companions, unless somebody is reading it."""
        self._reading.close()
        with suppress(sqlite3.OperationalError):
            self.database.execute("pragma journal_mode = delete")
        self.database.close()

    def abandon(self) -> None:
        """Let go of the file as it is."""
        self._reading.close()
        self.database.close()

    def _look(self, query: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
        """A row as of the last commit: one snapshot for many questions costs a tenth of one for each."""
        if not self._reading.in_transaction:
            self._reading.execute("begin")
        row: tuple[Any, ...] | None = self._reading.execute(query, values).fetchone()
        return row

    def get(self, name: str) -> str | None:
        """A value that :meth:`put` stored."""
        row = self.database.execute("select value from meta where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def put(self, **values: str) -> None:
        """Store values by name."""
        rows = list(values.items())
        self.database.executemany("insert or replace into meta values (?, ?)", rows)

    def begin(self) -> None:
        """Begin a transaction."""
        if self._reading.in_transaction:
            # A snapshot that outlived the commit would keep the log from being emptied.
            self._reading.execute("rollback")
        self.database.execute("begin immediate")

    def commit(self) -> None:
        """Make what was done since :meth:`begin` last."""
        self.database.execute("commit")

    def rollback(self) -> None:
        """Forget what was done since :meth:`begin`."""
        if self.database.in_transaction:
            self.database.execute("rollback")

    def parts(self) -> Iterator[Part]:
        """Every part, in order."""
        for row in self.database.execute("select * from parts order by part"):
            yield Part(*row)

    def last_part(self) -> Part | None:
        """The last part there is."""
        row = self.database.execute("select * from parts order by part desc limit 1").fetchone()
        return Part(*row) if row else None

    def next_closed(self) -> Part | None:
        """The first part whose tables are to be made."""
        row = self.database.execute(
            "select * from parts where status = ? order by part limit 1", (CLOSED,)
        ).fetchone()
        return Part(*row) if row else None

    def closed(self, most: int) -> list[Part]:
        """The first ``most`` parts whose tables are to be made."""
        found = self.database.execute(
            "select * from parts where status = ? order by part limit ?", (CLOSED, most)
        )
        return [Part(*row) for row in found]

    def save_part(self, part: Part) -> None:
        """Store ``part`` as it is."""
        values = [getattr(part, name) for name in Part.__slots__]
        marks = ", ".join("?" * len(values))
        self.database.execute(f"insert or replace into parts values ({marks})", values)

    def add(self, rows: Iterable[Row]) -> None:
        """Store inputs as done."""
        marks = ", ".join("?" * len(Row._fields))
        self.database.executemany(f"insert into documents values ({marks})", rows)

    def has_id(self, id: str) -> bool:
        """Whether a done input has this id."""
        return self._look("select 1 from documents where id = ?", (id,)) is not None

    def inputs(self) -> int:
        """How many inputs are done."""
        return self._number("select count(*) from documents")

    def beyond(self, sequence: int) -> int | None:
        """The first part that holds an input with ``sequence`` or a later one."""
        row = self.database.execute(
            "select min(part) from documents where sequence >= ?", (sequence,)
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def part_of(self, sequence: int) -> int | None:
        """The part that holds the input with ``sequence``."""
        row = self.database.execute(
            "select part from documents where sequence = ?", (sequence,)
        ).fetchone()
        return int(row[0]) if row else None

    def find(self, sha256: bytes, hint: str) -> tuple[Part, int, int] | None:
        """Where the results hold a document of this content: part, start and length in it."""
        row = self._look(
            "select part, start, length from documents"
            " where sha256 = ? and hint = ? and failed = 0 limit 1",
            (sha256, hint),
        )
        if row is None:
            return None
        part = self.database.execute("select * from parts where part = ?", row[:1]).fetchone()
        return Part(*part), row[1], row[2]

    def find_previous(self, sha256: bytes, hint: str) -> Address | None:
        """Where an earlier run's lines hold a document of this content."""
        if not self._has_previous:
            return None
        row = self.database.execute(
            "select file, frame, frame_length, start, length from previous"
            " where sha256 = ? and hint = ?",
            (sha256, hint),
        ).fetchone()
        return Address(*row) if row else None

    def previous_files(self) -> set[str]:
        """The files that :meth:`find_previous` can name."""
        return {row[0] for row in self.database.execute("select distinct file from previous")}

    def set_aside(self, part: Part, file: str, base: int, framed: bool) -> None:
        """Remember the documents of ``part`` as lines of ``file``, where they begin at ``base``."""
        self._has_previous = True
        frame = (base, part.frame_length, 0) if framed else (None, None, base)
        self.database.execute(
            "insert or replace into previous select sha256, hint, ?, ?, ?, start + ?, length"
            " from documents where part = ? and failed = 0 and sha256 is not null",
            (file, *frame, part.part),
        )

    def cut(self, part: int) -> None:
        """Forget ``part`` and all later ones."""
        self.database.execute("delete from documents where part >= ?", (part,))
        self.database.execute("delete from parts where part >= ?", (part,))

    def forget_previous(self) -> None:
        """Forget what earlier runs have."""
        self.database.execute("delete from previous")

    def totals(self) -> tuple[int, int, dict[str, int]]:
        """Documents, failures, and the rows of every table that is made."""
        row = self.database.execute("select total(documents), total(failed) from parts").fetchone()
        rows: dict[str, int] = {}
        for (told,) in self.database.execute("select rows from parts"):
            for name, number in json.loads(told).items():
                rows[name] = rows.get(name, 0) + number
        return int(row[0]), int(row[1]), rows

    def _number(self, query: str, values: Sequence[Any] = ()) -> int:
        return int(self.database.execute(query, values).fetchone()[0])


def open_state(folder: Path) -> sqlite3.Connection:
    """The state of the run in ``folder``, to be read only."""
    uri = (folder / STATE).absolute().as_uri()
    return sqlite3.connect(f"{uri}?mode=ro", uri=True, timeout=SECONDS_TO_WAIT)
