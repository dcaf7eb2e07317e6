"""Tables of pages, a page a row: JSON lines, CSV and Parquet. A row that is wrong is told of and passed."""

from __future__ import annotations

import codecs
import csv
import io
import json
from typing import IO, TYPE_CHECKING, Any

from pobratim.errors import InputError
from pobratim.reading.encoding import BOMS, decode
from pobratim.reading.members import Limits, Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["csv_members", "jsonl_members", "parquet_members"]

TEXT_COLUMNS = ("text", "content", "body", "html", "raw_content", "article", "page", "текст")
ID_COLUMNS = ("id", "doc_id", "document_id", "name", "filename")
URL_COLUMNS = ("url", "uri", "link", "source_url")
MOST_COLUMNS = 1000
MOST_HEADER = 1 << 20
SAMPLE = 1 << 16
DELIMITERS = ",;\t|"
BATCH = 64
FEW_NAMES = 10


class _Rows:
    """Rows to members: which column is the text, and how a row is addressed."""

    def __init__(self, name: str, uri: str, limits: Limits) -> None:
        self.name, self.uri, self.limits = name, uri, limits

    def text_column(self, columns: Iterable[str]) -> str:
        """The column of the text; :class:`~pobratim.errors.InputError` where there is none."""
        names = list(columns)
        column = self._column(self.limits.text_column, TEXT_COLUMNS, names)
        if column is None:
            wanted = self.limits.text_column or " or ".join(TEXT_COLUMNS[:4])
            has = ", ".join(name[:40] for name in names[:FEW_NAMES]) or "none"
            raise InputError(f"no column {wanted} of text; it has {has}; name one (text column)")
        return column

    def id_column(self, columns: Iterable[str]) -> str | None:
        """The column of the ids, if there is one."""
        return self._column(self.limits.id_column, ID_COLUMNS, list(columns))

    def url_column(self, columns: Iterable[str]) -> str | None:
        """The column of the addresses, if there is one."""
        return self._column(self.limits.url_column, URL_COLUMNS, list(columns))

    @staticmethod
    def _column(wanted: str | None, usual: tuple[str, ...], columns: list[str]) -> str | None:
        if wanted is not None:
            return wanted if wanted in columns else None
        folded = {name.strip().casefold(): name for name in reversed(columns)}
        return next((folded[name] for name in usual if name in folded), None)

    def member(self, number: int, row: Mapping[str, Any]) -> Member:
        """The member of row ``number``, counted from 1."""
        column = self.text_column(row)
        text = row[column]
        if not isinstance(text, (str, bytes)):
            kind = "nothing" if text is None else f"a {type(text).__name__}"
            return self.failed(number, f"column {column} has {kind} where a text is wanted")
        data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
        if len(data) > self.limits.max_bytes:
            return self.failed(number, f"longer than {self.limits.max_bytes:,} bytes")
        url, given = self.url_column(row), self.id_column(row)
        address = f"{self.uri}#{number}" + (
            f"!{_short(row[url], self.limits)}" if url and row[url] else ""
        )
        name = (
            _short(row[given], self.limits)
            if given and row[given]
            else f"{_stem(self.name)}-{number}"
        )
        kind_of_text = "text/html" if column.casefold() == "html" else None
        return Member(address, name, data=data, media_type=kind_of_text, size=len(data))

    def failed(self, number: int, reason: str) -> Member:
        """The member of a row that cannot be read."""
        return Member(
            f"{self.uri}#{number}",
            f"{_stem(self.name)}-{number}",
            error=InputError(f"row {number}: {reason}"),
        )


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0] or name


def _short(value: object, limits: Limits) -> str:
    text = " ".join(str(value)[: limits.max_name].split())
    return "".join(ch for ch in text if ch.isprintable())


def jsonl_members(stream: IO[bytes], name: str, uri: str, limits: Limits) -> Iterator[Member]:
    """A document a line: an object with a column of text, or a string."""
    rows = _Rows(name, uri, limits)
    longest = 2 * limits.max_bytes  # what JSON writes as \\u0434 is two bytes of text
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) > longest:
            yield rows.failed(number, f"a line longer than {longest:,} bytes")
            while line and not line.endswith(b"\n"):
                line = stream.readline(SAMPLE)
        elif line := line.removeprefix(codecs.BOM_UTF8).strip():
            yield _jsonl_row(rows, number, line)


def _jsonl_row(rows: _Rows, number: int, line: bytes) -> Member:
    try:
        row = json.loads(line)
        if isinstance(row, str):
            row = {"text": row}
        if not isinstance(row, dict):
            return rows.failed(number, f"a JSON {type(row).__name__}, where an object is wanted")
        return rows.member(number, row)
    except RecursionError:
        return rows.failed(number, "JSON nested too deep")
    except ValueError as error:
        return rows.failed(number, f"not JSON: {error}")
    except InputError as error:
        return rows.failed(number, str(error))


def csv_members(stream: io.BufferedReader, name: str, uri: str, limits: Limits) -> Iterator[Member]:
    """A document a record below the heads; the delimiter is the commonest sign of the heads."""
    rows = _Rows(name, uri, limits)
    sample = stream.peek(SAMPLE)[:SAMPLE]
    mark = next((bom for bom, _ in BOMS if sample.startswith(bom)), b"")
    encoding = decode(sample[: sample.rfind(b"\n") + 1] or sample).encoding
    stream.read(len(mark))
    lines = io.TextIOWrapper(stream, encoding, "replace", newline="")
    csv.field_size_limit(limits.max_bytes)
    head = lines.readline(MOST_HEADER)
    delimiter = max(DELIMITERS, key=head.count)
    (columns,) = csv.reader([head], delimiter=delimiter) if head.strip() else [[]]
    if len(columns) > MOST_COLUMNS:
        raise InputError(f"a table of {len(columns):,} columns is not read")
    rows.text_column(columns)
    reader = csv.reader(_bounded(lines, limits.max_bytes), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield rows.failed(number, f"not CSV: {error}")
            continue
        if cells and len(cells) != len(columns):
            yield rows.failed(number, f"{len(cells)} cells, where the heads are {len(columns)}")
        elif cells:
            yield rows.member(number, dict(zip(columns, cells, strict=True)))
    lines.detach()


def _bounded(lines: io.TextIOWrapper, most: int) -> Iterator[str]:
    while line := lines.readline(most):
        yield line


def parquet_members(stream: IO[bytes], name: str, uri: str, limits: Limits) -> Iterator[Member]:
    """A document a row, some rows at a time; only the columns that are wanted are read."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = _Rows(name, uri, limits)
    number = 0
    try:
        columns = parquet.read_schema(stream).names
        stream.seek(0)
        text = rows.text_column(columns)
        wanted = [text, *filter(None, (rows.id_column(columns), rows.url_column(columns)))]
        # Texts stored once stay stored once, however many rows have them.
        table = parquet.ParquetFile(
            stream,
            read_dictionary=[text],
            thrift_string_size_limit=64 << 20,
            thrift_container_size_limit=1 << 20,
        )
        for batch in table.iter_batches(BATCH, columns=wanted, use_threads=False):
            cells = [batch.column(each) for each in wanted]
            for at in range(batch.num_rows):
                number += 1
                values = [column[at].as_py() for column in cells]
                yield rows.member(number, dict(zip(wanted, values, strict=True)))
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"damaged Parquet after row {number}: {reason}") from error
