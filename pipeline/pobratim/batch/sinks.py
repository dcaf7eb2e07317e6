"""Where results go: documents and errors as JSON lines, tables as Parquet, each as they come.

The same documents give the same bytes: row groups are cut by row count, and nothing of the clock or
the machine is written.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

import pyarrow as pa
import pyarrow.parquet as pq

from pobratim.batch.tables import COLUMNS, Row, rows, schema
from pobratim.schema import Document

DOCUMENTS = "documents.jsonl"
ERRORS = "errors.jsonl"
TABLES = "tables"
ROWS_A_GROUP = 20_000


class Failure(NamedTuple):
    """An input that gave no document, and why; ``code`` is stable, ``message`` for people."""

    uri: str
    code: str
    message: str


class TableSink:
    """One Parquet file, written in row groups of :data:`ROWS_A_GROUP` rows."""

    def __init__(self, path: Path, table: str) -> None:
        self._schema = schema(table)
        self._columns = COLUMNS[table]
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self.count = 0

    def add(self, row: Row) -> None:
        """Take one row; a column that is not there is null."""
        self._rows.append({name: row.get(name) for name in self._columns})
        self.count += 1
        if len(self._rows) >= ROWS_A_GROUP:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()

    def finish(self) -> None:
        """Write what is left; a table without rows still has its columns."""
        if self._rows:
            self._flush()
        self._writer.close()

    def abandon(self) -> None:
        """Let go of the file, of which nothing is wanted any more."""
        with suppress(OSError):
            self._writer.close()


class ResultSink:
    """The files of one run below ``folder``, which must exist and be empty.

    A context manager; only :meth:`finish` makes the files whole.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / TABLES).mkdir()
        self._documents: BinaryIO = (folder / DOCUMENTS).open("wb")
        self._errors: BinaryIO | None = None
        self._tables = {
            name: TableSink(folder / TABLES / f"{name}.parquet", name) for name in COLUMNS
        }

    def add(self, document: Document) -> None:
        """Write one document and its rows."""
        self._documents.write(document.to_json().encode() + b"\n")
        for table, row in rows(document):
            self._tables[table].add(row)

    def fail(self, failure: Failure) -> None:
        """Write one error row."""
        if self._errors is None:
            self._errors = (self._folder / ERRORS).open("wb")
        line = json.dumps(failure._asdict(), ensure_ascii=False)
        self._errors.write(line.encode() + b"\n")
        self._tables["errors"].add(failure._asdict())

    def counts(self) -> dict[str, int]:
        """How many rows each table has so far."""
        return {name: table.count for name, table in self._tables.items()}

    def finish(self) -> None:
        """Write out everything and wait until it is on the disk."""
        for table in self._tables.values():
            table.finish()
        self.close()
        for path in sorted(self._folder.rglob("*")):
            if path.is_file():
                _sync(path)

    def close(self) -> None:
        """Let go of the files."""
        for stream in (self._documents, self._errors):
            if stream is not None:
                stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            for table in self._tables.values():
                table.abandon()
        self.close()


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
