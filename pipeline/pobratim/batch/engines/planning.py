"""What is to be done: the files that are listed, compared with what the results hold already.

A file is known by its name and stamp. Where files begin to differ, the results are taken back from
that part on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from pobratim.batch.engines.storage import File
from pobratim.batch.ledger import Ledger
from pobratim.batch.reader import Stamp


@dataclass(frozen=True, slots=True)
class Work:
    """A file to do, from its member ``first`` on; ``index`` counts files."""

    index: int
    first: int
    file: File


class _Row(NamedTuple):
    sequence: int
    part: int
    uri: str
    size: int | None
    modified: int | None
    changed: int | None
    failed: int

    def is_of(self, file: File) -> bool:
        """Whether this is ``file`` or a member of it, unchanged."""
        inner = self.uri[len(file.uri) : len(file.uri) + 1]
        named = self.uri.startswith(file.uri) and inner in {"", "!", "#"}
        return named and Stamp(self.size or 0, self.modified or 0, self.changed or 0) == file.stamp


class Plan:
    """Walks ``files`` along the rows of the ledger; ``kept`` counts inputs that are done."""

    def __init__(self, ledger: Ledger, *, retry_failed: bool) -> None:
        self._ledger = ledger
        self._retry = retry_failed
        self.kept = 0

    def works(self, files: Iterable[File]) -> Iterator[Work]:
        """What is to be done, in order; results that do not fit are taken back before the first."""
        numbered = enumerate(files)
        started, part = self._compare(numbered)
        if part is not None:
            self._ledger.rewind(part)
        self.kept = self._ledger.state.inputs()
        yield from started
        yield from (Work(index, 0, file) for index, file in numbered)

    def _compare(self, numbered: Iterator[tuple[int, File]]) -> tuple[list[Work], int | None]:
        """The files to begin with, and the part to take results back from, if any."""
        rows = _rows(self._ledger.state.database)
        row = next(rows, None)
        of_part: list[Work] = []
        part = -1
        for index, file in numbered:
            first = 0
            while row is not None and row.is_of(file) and not (row.failed and self._retry):
                if row.part != part:
                    part, of_part = row.part, []
                if not of_part or of_part[-1].index != index:
                    of_part.append(Work(index, first, file))
                first += 1
                row = next(rows, None)
            if row is None:
                # The last file may be a container of which only so much is done.
                finished = first and self._ledger.state.get("database") == "made"
                return ([] if finished else [Work(index, first, file)]), None
            if not row.is_of(file) and first:
                continue
            if row.part != part:
                # A part begins here: what came before it stays.
                return [Work(index, first, file)], row.part
            if not of_part or of_part[-1].index != index:
                of_part.append(Work(index, first, file))
            return of_part, row.part
        if row is None:
            return [], None
        return (of_part if row.part == part else []), row.part


def _rows(database: sqlite3.Connection) -> Iterator[_Row]:
    """The rows as they are now, a thousand at once."""
    query = (
        "select sequence, part, uri, size, modified, changed, failed from documents"
        " where sequence > ? order by sequence limit 1000"
    )
    last = -1
    while chunk := [_Row(*row) for row in database.execute(query, (last,))]:
        last = chunk[-1].sequence
        yield from chain(chunk)
