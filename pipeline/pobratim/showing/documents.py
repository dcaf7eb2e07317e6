"""The document to show: in a result folder, a .jsonl or .json file, or a file to extract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pydantic import ValidationError

from pobratim.batch.discovery import spelled
from pobratim.batch.ids import give_id
from pobratim.batch.layout import DOCUMENTS
from pobratim.batch.pipeline import Extract
from pobratim.batch.results import document_lines, is_documents, results_file
from pobratim.errors import InputError
from pobratim.reading.files import Reading
from pobratim.reading.members import Member, members, read_member
from pobratim.schema import Document

NAMED_IDS = 20


def find_document(path: Path, wanted: str | None, extract: Extract) -> Document:
    """The document ``wanted`` (an id) of ``path``, or its only one; a text is extracted.

    Raises :class:`~pobratim.errors.InputError` if it is not there or is no such file.
    """
    if path.is_dir():
        path = results_file(path) or path / DOCUMENTS
    if is_documents(path) or path.suffix.lower() == ".json":
        return _choose(path, wanted)
    uri = spelled(path)
    member = _member(path, uri, wanted)
    reading = _read(member)
    name = give_id(path.name, uri) if member.path else member.name
    document = extract(reading.text, id=name, source=reading.source)
    document.warnings[:0] = reading.notices
    return document


def _member(path: Path, uri: str, wanted: str | None) -> Member:
    """The document in the file ``path``: its only one, or that whose name or address is ``wanted``."""
    found: list[Member] = []
    names: list[str] = []
    for member in members(path, uri):
        if (
            member.path
            or wanted is None
            or wanted in (member.name, member.uri, member.uri.removeprefix(uri))
        ):
            found.append(member)
        names.append(member.name)
        if found and (wanted is not None or len(names) > NAMED_IDS):
            break
    if len(found) == 1 or (found and wanted is not None):
        return found[0]
    known = ", ".join(names[:NAMED_IDS]) + (", …" if len(names) > NAMED_IDS else "")
    if wanted is not None:
        raise InputError(f"{uri} holds no document {wanted!r}; it holds {known or 'none at all'}")
    raise InputError(f"{uri} holds several documents; choose one with --id: {known}")


def _read(member: Member) -> Reading:
    try:
        return read_member(member)
    except InputError as error:
        raise type(error)(f"{member.uri}: {error}") from error


def _choose(path: Path, wanted: str | None) -> Document:
    ids: list[str] = []
    only: str | None = None
    for name, line in _lines(path):
        if name == wanted:
            return _document(path, line)
        ids.append(name)
        only = line
    if wanted is None and len(ids) == 1 and only is not None:
        return _document(path, only)
    known = ", ".join(islice(ids, NAMED_IDS)) + (", …" if len(ids) > NAMED_IDS else "")
    if wanted is not None:
        raise InputError(f"{path} has no document {wanted!r}; it has {known or 'none at all'}")
    raise InputError(f"{path} has {len(ids)} documents; choose one with --id: {known or 'none'}")


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """The id and the JSON of each document; a .json file is one document on any number of lines."""
    if not path.is_file():
        raise InputError(f"{path}: no such file; `pobratim extract` writes {DOCUMENTS}")
    if is_documents(path):
        lines = document_lines(path, "replace")
    else:
        lines = iter([path.read_text(encoding="utf-8", errors="replace")])
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _id(path, number, line), line


def _id(path: Path, number: int, line: str) -> str:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(f"{path}, line {number}: not JSON: {error}") from error
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        raise InputError(f"{path}, line {number}: not a document: it has no id")
    return str(record["id"])


def _document(path: Path, line: str) -> Document:
    try:
        return Document.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{path}: not a document: {where}: {first['msg']}") from error
