"""Reading the documents to be scored, and checking that they say where things are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from pobratim.batch.results import document_lines, is_documents, results_file
from pobratim.errors import EvaluationError
from pobratim.schema import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NAMED = 5


def read_documents(path: Path, role: str) -> list[Document]:
    """The documents of a ``.json`` or ``.jsonl`` file, or of all such files below a folder.

    A folder that holds ``documents.jsonl``, as ``pobratim extract`` writes it, is read from that
    file alone. ``role`` ("gold", "system") is for messages.

    Raises:
        EvaluationError: nothing to read, a line that is no document, an id given twice, or a
            mention whose offsets do not cut its text out of the document's.
    """
    return list(stream_documents(path, role))


def stream_documents(path: Path, role: str) -> Iterator[Document]:
    """The documents of :func:`read_documents`, one after the other; errors come when it is their turn."""
    ids: set[str] = set()
    for file in _files(path, role):
        for where, line in _lines(file):
            document = _parse(line, where)
            if document.id in ids:
                raise EvaluationError(
                    f"{where}: the {role} has the document id {document.id!r} twice; "
                    "keep one of them"
                )
            check_offsets(document, where)
            ids.add(document.id)
            yield document
    if not ids:
        raise EvaluationError(f"{path}: no {role} documents in it (looked for .json and .jsonl)")


def check_offsets(document: Document, where: str) -> None:
    """Check that each mention's offsets cut its text out, and that relations join known mentions.

    Raises:
        EvaluationError: they do not, as with offsets in bytes or UTF-16 units.
    """
    for mention in document.mentions:
        found = document.text[mention.start : mention.end]
        if mention.start >= mention.end or found != mention.text:
            raise EvaluationError(
                f"{where}: in document {document.id!r}, mention {mention.id!r} says "
                f"{mention.text!r} at {mention.start}:{mention.end}, where the text has {found!r}; "
                "offsets are code points, half open"
            )
    known = {mention.id for mention in document.mentions}
    if len(known) != len(document.mentions):
        raise EvaluationError(f"{where}: document {document.id!r} has a mention id twice")
    for relation in document.relations:
        for end in (relation.head, relation.tail):
            if end not in known:
                raise EvaluationError(
                    f"{where}: in document {document.id!r}, relation {relation.id!r} joins "
                    f"{end!r}, which is no mention of it"
                )


def naming(ids: Iterable[str]) -> str:
    """The first few of ``ids`` for a message, and how many more there are."""
    found = list(ids)
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more


def _files(path: Path, role: str) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise EvaluationError(f"{path}: no such file or folder of {role} documents")
    run = results_file(path)
    if run is not None:
        return [run]
    return sorted(file for ending in ("json", "jsonl") for file in path.rglob(f"*.{ending}"))


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    if is_documents(file):
        for number, line in enumerate(document_lines(file), start=1):
            if line.strip():
                yield f"{file}:{number}", line
    else:
        yield str(file), file.read_text(encoding="utf-8")


def _parse(line: str, where: str) -> Document:
    try:
        return Document.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the document"
        raise EvaluationError(
            f"{where}: not a Pobratim document ({error.error_count()} problems; the first at "
            f"{place}: {first['msg']}); convert other formats first"
        ) from error
