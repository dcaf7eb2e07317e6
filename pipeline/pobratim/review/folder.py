"""The documents of a folder of results or gold, and the files that corrections are written to."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from pobratim.batch.layout import DOCUMENTS
from pobratim.batch.results import document_lines, is_documents, results_file
from pobratim.errors import InputError, OutputError
from pobratim.schema import Document

if TYPE_CHECKING:
    from pobratim.review.store import Store

__all__ = ["documents_in", "export", "file_name", "write_document"]

_PLAIN = re.compile(r"[^\w.~#-]")
LONGEST_NAME = 120


def documents_in(folder: Path) -> list[Document]:
    """The documents of ``documents.jsonl``, or else of all ``.json`` and ``.jsonl`` files below.

    Files that a link leads out of the folder are not read. Raises
    :class:`~pobratim.errors.InputError` where there are none, or one is no document.
    """
    if not folder.is_dir():
        raise InputError(
            f"{folder}: no such folder; name one that `pobratim extract` or "
            "`pobratim annotations build` wrote"
        )
    found: dict[str, Document] = {}
    for file in _files(folder):
        for where, line in _lines(file):
            document = _parse(where, line)
            if document.id in found:
                raise InputError(f"{where}: there is a document {document.id!r} already; keep one")
            found[document.id] = document
    if not found:
        raise InputError(f"{folder}: no documents in it (looked for {DOCUMENTS}, .json and .jsonl)")
    return list(found.values())


def _files(folder: Path) -> list[Path]:
    root = folder.resolve()
    run = results_file(folder)
    named = [run] if run else sorted(folder.rglob("*.json*"))
    files = [file for file in named if file == run or file.suffix in (".json", ".jsonl")]
    files = [file for file in files if file.is_file()]
    outside = [file for file in files if not file.resolve().is_relative_to(root)]
    if outside:
        raise InputError(f"{outside[0]} is a link that leads out of {folder}; copy the file there")
    return files


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    try:
        lines = list(document_lines(file)) if is_documents(file) else [file.read_text("utf-8")]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {error}") from error
    if not is_documents(file):
        yield str(file), lines[0]
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"{file}:{number}", line


def _parse(where: str, line: str) -> Document:
    try:
        document = Document.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "document"
        raise InputError(f"{where}: not a Pobratim document: {place}: {first['msg']}") from error
    for mention in document.mentions:
        if document.text[mention.start : mention.end] != mention.text:
            raise InputError(
                f"{where}: mention {mention.id!r} says {mention.text[:60]!r} at {mention.start}:"
                f"{mention.end}, where the text has something else; offsets are code points"
            )
    return document


def file_name(identity: str) -> str:
    """A file name for a document id: nothing in it leads to another folder."""
    plain = _PLAIN.sub(lambda m: "".join(f"%{b:02x}" for b in m[0].encode()), identity)
    return f"{plain.lstrip('.')[:LONGEST_NAME] or 'document'}.json"


def write_document(document: Document, folder: Path) -> Path:
    """Write ``document`` into ``folder``, whole or not at all.

    Raises :class:`~pobratim.errors.OutputError` where that is not possible.
    """
    path = folder / file_name(document.id)
    draft = folder / f".{uuid.uuid4().hex}.writing"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="utf-8", newline="") as stream:
            stream.write(document.to_json() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def export(store: Store, folder: Path, version: str | None = None) -> tuple[list[Path], list[str]]:
    """Write every corrected document into ``folder``; the files, and what was left out and why.

    Without ``version`` it is the preferred version of each (see
    :func:`~pobratim.review.overview.preferred`). A document that
    :func:`~pobratim.exchange.check.check_document` finds fault with is left out.
    """
    from pobratim.exchange.check import check_document
    from pobratim.review.changes import document_of
    from pobratim.review.overview import preferred

    written: list[Path] = []
    left_out: list[str] = []
    for identity in store.ids():
        name = version or preferred(store, identity)
        if name is None or name not in store.names(identity):
            continue
        found = document_of(store.original(identity), store.version(identity, name).content)
        problems = check_document(found)
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            left_out.append(f"{problems[0]}{more}")
        else:
            written.append(write_document(found, folder))
    return written, left_out
