"""CoNLL 2003's columns: token, start, end, BIO label; a blank line between lines of the text.

Readers that take the first and the last column get what they know; start and end (code points)
stand where the shared task had tags and chunks. ``-DOCSTART-`` has the document's id and length.
Flat by nature: docs/exchange.md lists what is lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from pobratim.errors import AnnotationError
from pobratim.exchange.files import read_text, write_text
from pobratim.exchange.parts import make_document, make_mention
from pobratim.exchange.tokens import joined, outermost, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pobratim.schema import Document, Mention

_START = "-DOCSTART-"
_ID = "id="
_COLUMNS = 4
_TAG = re.compile(r"O|([BI])-(\w+)")


def write(documents: Sequence[Document], path: Path) -> None:
    """Write all documents to one file."""
    write_text(path, "".join(f"{line}\n" for document in documents for line in _lines(document)))


def _lines(document: Document) -> Iterator[str]:
    text = document.text
    mentions = outermost(document.mentions)
    yield f"{_START} {_ID}{quote(document.id, safe='')} {len(text)} O"
    yield ""
    tags = {m.start: m for m in mentions}
    inside: Mention | None = None
    before = 0
    for start, end in words(text, document.language, mentions):
        inside = tags.get(start) or (inside if inside and start < inside.end else None)
        if "\n" in text[before:start]:
            yield ""
        before = end
        tag = f"{'B' if inside.start == start else 'I'}-{inside.label}" if inside else "O"
        yield f"{text[start:end]} {start} {end} {tag}"
    yield ""


class _Row(NamedTuple):
    where: str
    token: str
    start: int
    begins: bool
    label: str | None
    breaks: bool


def read(path: Path) -> list[Document]:
    """The documents of a file that :func:`write` made, edited or not.

    Raises :class:`~pobratim.errors.AnnotationError` with file and line.
    """
    documents: list[Document] = []
    header: tuple[str, str, int] | None = None
    rows: list[_Row] = []
    breaks = False
    for number, line in enumerate(read_text(path).split("\n"), 1):
        where = f"{path}:{number}"
        columns = line.split()
        if not columns:
            breaks = bool(rows)
            continue
        if len(columns) != _COLUMNS or not columns[2].isdecimal():
            raise AnnotationError(
                f"{where}: “{line[:60]}” is not TOKEN START END LABEL. Correct it, or export anew."
            )
        if columns[0] == _START and columns[1].startswith(_ID):
            documents += _document(path, header, rows)
            identity = unquote(columns[1].removeprefix(_ID))
            header, rows, breaks = (where, identity, int(columns[2])), [], False
            continue
        rows.append(_row(where, columns, breaks))
        breaks = False
    return documents + _document(path, header, rows)


def _row(where: str, columns: list[str], breaks: bool) -> _Row:
    token, start, end, tag = columns
    found = _TAG.fullmatch(tag)
    if found is None:
        raise AnnotationError(f"{where}: has label {tag}. Write O, B-LABEL or I-LABEL.")
    if not start.isdecimal() or int(end) - int(start) != len(token):
        raise AnnotationError(
            f"{where}: “{token}” has offsets {start}-{end}. Restore them as exported."
        )
    return _Row(where, token, int(start), found[1] == "B", found[2], breaks)


def _document(path: Path, header: tuple[str, str, int] | None, rows: list[_Row]) -> list[Document]:
    if header is None:
        if rows:
            raise AnnotationError(f"{rows[0].where}: comes before any {_START} line. Restore it.")
        return []
    where, identity, length = header
    try:
        text = joined(((row.start, row.token, row.breaks) for row in rows), length)
    except ValueError as error:
        raise AnnotationError(
            f"{where}: tokens overlap or end after {length} characters, at offset {error}. "
            "Restore the offsets as exported."
        ) from None
    mentions = [
        make_mention(where, f"m{n}", label, (start, end), text, {})
        for n, (where, label, start, end) in enumerate(_spans(rows), 1)
    ]
    rest = {"id": identity, "source": {"uri": path.name}}
    return [make_document(where, text, mentions, [], rest)]


def _spans(rows: list[_Row]) -> Iterator[tuple[str, str, int, int]]:
    """Where, label, start and end of each span; an I after another label begins one, as in IOB1."""
    spans: list[tuple[str, str, int, int]] = []
    before: str | None = None
    for row in rows:
        end = row.start + len(row.token)
        if row.label is not None:
            if row.begins or row.label != before:
                spans.append((row.where, row.label, row.start, end))
            else:
                spans[-1] = (*spans[-1][:3], end)
        before = row.label
    return iter(spans)
