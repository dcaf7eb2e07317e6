"""The store: one SQLite file (WAL) in the folder, every change an event that stays.

A *version* of a document is one annotator's reading of it, a fork that a conflict left, or the
adjudicated one. It is the document as it was read plus its events in order; a fork has those of its
parent up to a revision first. Rows of events cannot be changed or deleted: triggers refuse it.
An event is on the disk when :meth:`Store.commit` returns.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pobratim.batch.layout import REVIEW
from pobratim.errors import AnnotationError, InputError
from pobratim.review.changes import (
    Change,
    Content,
    applied,
    content_of,
    in_canonical_form,
    touched,
)
from pobratim.schema import Document

__all__ = ["FILE", "Conflict", "Event", "Store", "Version"]

FILE = REVIEW
MOST_KEPT = 256
"""Documents, and versions, that are kept in memory."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  id TEXT PRIMARY KEY, place INTEGER NOT NULL, summary TEXT NOT NULL, json TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS versions (
  document TEXT NOT NULL REFERENCES documents (id), name TEXT NOT NULL,
  parent TEXT, base INTEGER NOT NULL DEFAULT 0, kind TEXT NOT NULL, created TEXT NOT NULL,
  PRIMARY KEY (document, name)
) STRICT;
CREATE TABLE IF NOT EXISTS events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, version TEXT NOT NULL,
  revision INTEGER NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL,
  undoes INTEGER, changes TEXT NOT NULL, UNIQUE (document, version, revision),
  FOREIGN KEY (document, version) REFERENCES versions (document, name)
) STRICT;
CREATE TRIGGER IF NOT EXISTS events_stay BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER IF NOT EXISTS events_last BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
"""


class Event(NamedTuple):
    """One saved edit. ``undoes`` is the revision that an undo or redo takes back."""

    revision: int
    author: str
    at: str
    kind: str
    undoes: int | None
    changes: list[Change]

    def to_json(self) -> dict[str, Any]:
        """The event as the page gets it."""
        return {
            **self._asdict(),
            "changes": [change.model_dump(mode="json") for change in self.changes],
        }


@dataclass(slots=True)
class Version:
    """A version's content at a revision; ``base`` is the revision at which it left ``parent``."""

    document: str
    name: str
    parent: str | None
    base: int
    kind: str
    created: str
    revision: int
    content: Content = field(default_factory=dict)
    authors: dict[str, int] = field(default_factory=dict)
    updated: str | None = None


class Conflict(Exception):  # noqa: N818  # named for what the page shows
    """An edit of something that somebody else changed meanwhile; it was kept in ``fork``."""

    def __init__(self, fork: str, revision: int, missed: list[Event]) -> None:
        super().__init__(f"the edit was kept as version {fork!r}")
        self.fork = fork
        self.revision = revision
        self.missed = missed


class Store:
    """All access to the file; safe to share between threads and with other processes."""

    def __init__(self, path: Path) -> None:
        """Open or make the store at ``path``."""
        self._lock = threading.RLock()
        self._documents: dict[str, Document] = {}
        self._versions: dict[tuple[str, str], Version] = {}
        try:
            self._db = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=10
            )
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.executescript(SCHEMA)
        except sqlite3.Error as error:
            raise InputError(
                f"{path} cannot be opened as a store of corrections: {error}; "
                "is the folder writable, and the file one that `pobratim review` made?"
            ) from error

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                self._versions.clear()
                raise
            self._db.execute("COMMIT")

    def add_documents(self, documents: Iterable[Document]) -> list[str]:
        """Take in the documents of a folder; the ids of those that differ from corrected ones.

        A document that nobody has begun is replaced; one with versions stays as it was taken in.
        """
        kept = []
        with self._writing():
            begun = {row[0] for row in self._db.execute("SELECT DISTINCT document FROM versions")}
            known = dict(self._db.execute("SELECT id, json FROM documents"))
            for place, document in enumerate(documents):
                told = document.to_json()
                if document.id in begun:
                    if known[document.id] != told:
                        kept.append(document.id)
                    continue
                self._db.execute(
                    "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)",
                    (document.id, place, json.dumps(summary(document)), told),
                )
                self._documents.pop(document.id, None)
        return kept

    def ids(self) -> list[str]:
        """All documents' ids in the folder's order."""
        with self._lock:
            return [r[0] for r in self._db.execute("SELECT id FROM documents ORDER BY place, id")]

    def summary(self, identity: str) -> dict[str, Any]:
        """What the queue tells of a document as it was read, without reading it all."""
        with self._lock:
            row = self._db.execute(
                "SELECT summary FROM documents WHERE id = ?", (identity,)
            ).fetchone()
        found: dict[str, Any] = json.loads(row[0]) if row else {}
        return found

    def original(self, identity: str) -> Document:
        """A document as it was read. Raises :class:`~pobratim.errors.InputError` if unknown."""
        with self._lock:
            if identity not in self._documents:
                row = self._db.execute(
                    "SELECT json FROM documents WHERE id = ?", (identity,)
                ).fetchone()
                if row is None:
                    raise InputError(f"there is no document {identity!r}")
                _make_room(self._documents)
                self._documents[identity] = Document.model_validate_json(row[0])
            return self._documents[identity]

    def names(self, identity: str) -> list[str]:
        """The names of a document's versions, oldest first."""
        with self._lock:
            rows = self._db.execute(
                "SELECT name FROM versions WHERE document = ? ORDER BY created, rowid", (identity,)
            )
            return [row[0] for row in rows]

    def version(self, identity: str, name: str) -> Version:
        """A version as it is now; one that nobody has begun is the document as it was read."""
        with self._lock:
            found = self._current(identity, name)
            return replace(found, authors=dict(found.authors))

    def _current(self, identity: str, name: str) -> Version:
        with self._lock:
            row = self._db.execute(
                "SELECT parent, base, kind, created FROM versions WHERE document = ? AND name = ?",
                (identity, name),
            ).fetchone()
            if row is None:
                content = content_of(self.original(identity))
                return Version(identity, name, None, 0, "annotator", "", 0, content)
            found = self._versions.get((identity, name))
            if found is None:
                parent, base, kind, created = row
                content = (
                    self._folded(identity, parent, base)
                    if parent
                    else content_of(self.original(identity))
                )
                found = Version(identity, name, parent, base, kind, created, base, content)
                _make_room(self._versions)
                self._versions[identity, name] = found
            for event in self._events(identity, name, found.revision):
                _advance(found, event)
            return found

    def _folded(self, identity: str, name: str, until: int) -> Content:
        content = content_of(self.original(identity))
        for event in self.history(identity, name):
            if event.revision <= until:
                content = applied(content, event.changes)
        return content

    def history(self, identity: str, name: str) -> list[Event]:
        """A version's events in order, its parent's up to the fork first."""
        with self._lock:
            row = self._db.execute(
                "SELECT parent, base FROM versions WHERE document = ? AND name = ?",
                (identity, name),
            ).fetchone()
            if row is None:
                return []
            inherited = self.history(identity, row[0]) if row[0] else []
            own = self._events(identity, name, 0)
            return [*(e for e in inherited if e.revision <= row[1]), *own]

    def _events(self, identity: str, name: str, after: int) -> list[Event]:
        rows = self._db.execute(
            "SELECT revision, author, at, kind, undoes, changes FROM events "
            "WHERE document = ? AND version = ? AND revision > ? ORDER BY revision",
            (identity, name, after),
        )
        return [
            Event(
                revision,
                author,
                at,
                kind,
                undoes,
                [Change.model_validate(c) for c in json.loads(told)],
            )
            for revision, author, at, kind, undoes, told in rows
        ]

    def commit(
        self,
        identity: str,
        name: str,
        base: int,
        author: str,
        changes: list[Change],
        *,
        kind: str = "edit",
        undoes: int | None = None,
    ) -> tuple[Event, list[Event]]:
        """Append an edit made on revision ``base``; the event, and those the author had not seen.

        Raises :class:`Conflict` if one of these touched the same objects; the edit is then kept in
        a fork. Raises :class:`~pobratim.errors.AnnotationError` if the edit is not sound.
        """
        text = self.original(identity).text
        changes = in_canonical_form(changes)
        with self._writing():
            version = self._current(identity, name)
            if base > version.revision:
                raise AnnotationError(
                    f"revision {base} of {name!r} is not there yet; it is at {version.revision}"
                )
            missed = self._since(identity, version, base)
            seen = touched(changes)
            conflicting = any(touched(event.changes) & seen for event in missed)
            if not conflicting:
                content = applied(version.content, changes, text)
                self._begin(identity, name, None, 0, "annotator")
                event = self._append(
                    identity, name, version.revision + 1, author, kind, undoes, changes
                )
                if (identity, name) in self._versions:
                    _advance(version, event, content)
                return event, missed
            applied(self._folded(identity, name, base), changes, text)
            fork, revision = self._kept(identity, version, base, author, changes, kind)
        raise Conflict(fork, revision, missed)

    def _since(self, identity: str, version: Version, base: int) -> list[Event]:
        if base >= version.base:
            return self._events(identity, version.name, base)
        return [e for e in self.history(identity, version.name) if e.revision > base]

    def _kept(
        self,
        identity: str,
        version: Version,
        base: int,
        author: str,
        changes: list[Change],
        kind: str,
    ) -> tuple[str, int]:
        names = set(self.names(identity))
        stem = version.name
        fork = next(f"{stem}~{n}" for n in range(2, len(names) + 3) if f"{stem}~{n}" not in names)
        self._begin(identity, fork, stem, base, "conflict")
        self._append(identity, fork, base + 1, author, kind, None, changes)
        revision = self._set_state(identity, fork, author, "disputed")
        return fork, revision

    def fork(self, identity: str, parent: str, name: str, kind: str, author: str) -> Version:
        """Make version ``name``, in work, from ``parent`` as it is now, unless it is there."""
        with self._writing():
            if name not in self.names(identity):
                source = self.version(identity, parent)
                self._begin(identity, parent, None, 0, "annotator")
                self._begin(identity, name, parent, source.revision, kind)
                self._set_state(identity, name, author, "work")
        return self.version(identity, name)

    def _set_state(self, identity: str, name: str, author: str, state: str) -> int:
        version = self.version(identity, name)
        before = version.content["settings"]["state"]
        after = {"id": "state", "value": state}
        if before == after:
            return version.revision
        change = Change(on="settings", id="state", before=before, after=after)
        self._append(identity, name, version.revision + 1, author, "state", None, [change])
        return version.revision + 1

    def _begin(self, identity: str, name: str, parent: str | None, base: int, kind: str) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?, ?, ?)",
            (identity, name, parent, base, kind, _now()),
        )

    def _append(
        self,
        identity: str,
        name: str,
        revision: int,
        author: str,
        kind: str,
        undoes: int | None,
        changes: list[Change],
    ) -> Event:
        event = Event(revision, author, _now(), kind, undoes, changes)
        told = json.dumps(event.to_json()["changes"], ensure_ascii=False)
        self._db.execute(
            "INSERT INTO events (document, version, revision, author, at, kind, undoes, changes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (identity, name, revision, author, event.at, kind, undoes, told),
        )
        return event


def summary(document: Document) -> dict[str, Any]:
    """``language``, ``characters``, ``mentions``, those ``unsure`` (with a score), ``uncertainty``."""
    scores = [m.score for m in document.mentions if m.score is not None]
    return {
        "language": document.language,
        "characters": len(document.text),
        "mentions": len(document.mentions),
        "unsure": len(scores),
        "uncertainty": round(1 - sum(scores) / len(scores), 4) if scores else None,
    }


def _make_room(cache: dict[Any, Any]) -> None:
    while len(cache) >= MOST_KEPT:
        cache.pop(next(iter(cache)))


def _advance(version: Version, event: Event, content: Content | None = None) -> None:
    version.content = applied(version.content, event.changes) if content is None else content
    version.revision = event.revision
    version.authors[event.author] = version.authors.get(event.author, 0) + 1
    version.updated = event.at


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
