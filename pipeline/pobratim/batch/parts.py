"""The tables of one part, made from its lines: Parquet, row groups of bounded size.

The same lines give the same bytes: row groups are cut by row count, and nothing of the clock or the
machine is written. A first part has every table, a later one those that have rows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic_core import from_json

from pobratim.batch.frames import write_frame
from pobratim.batch.layout import open_part, table_part
from pobratim.batch.rows import Row, rows
from pobratim.batch.tables import COLUMNS, schema

ROWS_A_GROUP = 20_000
ROWS_A_BATCH = 1_000

Range = tuple[Path, int, int]
"""A file, where the lines begin in it, and how many bytes they have."""


class TableSink:
    """One Parquet file, written in row groups of :data:`ROWS_A_GROUP` rows."""

    def __init__(self, path: Path, table: str, always: bool = True) -> None:
        self._path = path
        self._schema = schema(table)
        self._struct = pa.struct(list(self._schema))
        self._writer: pq.ParquetWriter | None = None
        self._rows: list[Row] = []
        self._batches: list[pa.RecordBatch] = []
        self._packed = 0
        self._always = always
        self.count = 0

    def add(self, rows: list[Row]) -> None:
        """Take rows; a column that is not there is null."""
        self._rows += rows
        self.count += len(rows)
        if len(self._rows) >= ROWS_A_BATCH:
            self._pack()

    def _pack(self) -> None:
        """Rows as dictionaries take many times the memory that columns do."""
        if self._rows:
            columns = pa.array(self._rows, self._struct).flatten()
            self._batches.append(pa.RecordBatch.from_arrays(columns, schema=self._schema))
            self._packed += len(self._rows)
            self._rows = []
        while self._packed >= ROWS_A_GROUP:
            self._flush(ROWS_A_GROUP)

    def _flush(self, rows: int) -> None:
        """Write a row group of the first ``rows`` rows that wait."""
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self._path, self._schema, compression="zstd")
        whole = pa.Table.from_batches(self._batches, schema=self._schema)
        self._writer.write_table(whole.slice(0, rows).combine_chunks())
        self._batches = whole.slice(rows).to_batches()
        self._packed -= rows

    def finish(self) -> None:
        """Write what is left and wait until it is on the disk."""
        self._pack()
        if self._packed or (self._always and self._writer is None):
            self._flush(self._packed)
        if self._writer is not None:
            self._writer.close()
            with self._path.open("rb") as stream:
                os.fsync(stream.fileno())


def make_part(
    folder: Path, part: int, documents: Range, errors: Range, compress: bool
) -> dict[str, int]:
    """Write the tables of ``part`` under temporary names; the number of rows of each.

    With ``compress`` the lines are compressed too, into a file beside them.
    """
    pa.set_cpu_count(1)
    _leave_pandas_out()
    sinks = {
        name: TableSink(Path(f"{table_part(folder, name, part)}.tmp"), name, always=part == 0)
        for name in COLUMNS
    }
    for line in _lines(*documents):
        for table, found in rows(from_json(line)):
            sinks[table].add(found)
    for line in _lines(*errors):
        sinks["errors"].add([from_json(line)])
    for sink in sinks.values():
        sink.finish()
    if compress:
        raw = open_part(folder, part)
        raw.parent.mkdir(exist_ok=True)
        raw.touch()
        write_frame(raw, *documents[1:], Path(f"{raw}.zst"))
    return {name: sink.count for name, sink in sinks.items()}


class _NoPandas:
    """A finder for which there is no pandas."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def _leave_pandas_out() -> None:
    """Spare the half second in which Arrow, where pandas is installed, imports it for its first array.

    It only asks whether a list is one of pandas' arrays; what needs pandas later still imports it.
    """
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(finder)


def _lines(path: Path, start: int, length: int) -> Iterator[bytes]:
    if not length:
        return
    with path.open("rb") as stream:
        stream.seek(start)
        while length > 0 and (line := stream.readline()):
            yield line
            length -= len(line)
