"""What a worker can be asked to do, and what it answers; all of it can be sent to a process."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pobratim.batch.pipeline import Extract
from pobratim.errors import PobratimError
from pobratim.reading.members import Limits, Member, read_member

if TYPE_CHECKING:
    from pobratim.schema import Document

LONGEST_TRACEBACK = 20_000
NO_MEMORY = ("bad_alloc", "Failed to allocate memory")
"""What compiled libraries say that raise errors of their own for want of memory."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a task gave nothing. ``stage`` is where: reading, extracting, writing."""

    stage: str
    code: str
    message: str
    traceback: str = ""
    errno: int | None = None


class Written(NamedTuple):
    """One document as it is to stand in the results, and what a summary counts of it."""

    line: bytes
    characters: int
    sha256: str | None


class Task(Protocol):
    """Something to do; ``limited`` where a document's limits of time and memory hold."""

    @property
    def limited(self) -> bool:
        """Whether they hold."""

    @property
    def weight(self) -> int:
        """How many bytes there are to read."""

    def perform(
        self, extract: Extract, options: dict[str, Any], stage: Callable[[str], None]
    ) -> Any:
        """Do it; ``stage`` is told what comes next."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Read a member and extract it."""

    member: Member
    id: str
    limits: Limits
    limited: bool = True

    @property
    def weight(self) -> int:
        """Of the file, or of the bytes that are sent."""
        return max(self.member.size, len(self.member.data or b""))

    def __reduce__(self) -> tuple[type[Extraction], tuple[object, ...]]:
        """Be sent with less ado than a data class makes of it."""
        return Extraction, (self.member, self.id, self.limits)

    def perform(
        self, extract: Extract, options: dict[str, Any], stage: Callable[[str], None]
    ) -> Written:
        """The document of the member."""
        stage("reading")
        reading = read_member(self.member, self.limits)
        stage("extracting")
        document = extract(reading.text, id=self.id, source=reading.source, **options)
        document.warnings[:0] = reading.notices
        stage("writing")
        return written(document)


@dataclass(frozen=True, slots=True)
class Renaming:
    """Give an earlier result of the same content another name."""

    line: bytes
    uri: str
    id: str
    limited: bool = True

    @property
    def weight(self) -> int:
        """Of the line."""
        return len(self.line)

    def perform(
        self, extract: Extract, options: dict[str, Any], stage: Callable[[str], None]
    ) -> Written:
        """The document under its new name."""
        stage("writing")
        return renamed(self.line, self.uri, self.id)


@dataclass(frozen=True, slots=True)
class PartMaking:
    """Make the tables of one part out of its lines; see :mod:`pobratim.batch.parts`."""

    folder: Path
    part: int
    documents: tuple[Path, int, int]
    errors: tuple[Path, int, int]
    compress: bool
    limited: bool = False
    weight: int = 0

    def perform(
        self, extract: Extract, options: dict[str, Any], stage: Callable[[str], None]
    ) -> dict[str, int]:
        """The number of rows of each table."""
        from pobratim.batch.parts import make_part

        stage("writing")
        return make_part(self.folder, self.part, self.documents, self.errors, self.compress)


@dataclass(frozen=True, slots=True)
class DatabaseMaking:
    """Make the DuckDB file; see :mod:`pobratim.batch.database`."""

    folder: Path
    parts: int
    limited: bool = False
    weight: int = 0

    def perform(
        self, extract: Extract, options: dict[str, Any], stage: Callable[[str], None]
    ) -> None:
        """Write it under a temporary name and move it to its place."""
        from pobratim.batch.database import make_database

        stage("writing")
        make_database(self.folder, self.parts)


def renamed(line: bytes, uri: str, id: str) -> Written:
    """A document's line under another name."""
    from pobratim.schema import Document

    document = Document.model_validate_json(line)
    document.id = id
    document.source.uri = uri
    return written(document)


def written(document: Document) -> Written:
    """``document`` as the worker answers it."""
    line = document.to_bytes() + b"\n"
    return Written(line, len(document.text), document.source.sha256)


def fault(error: Exception, stage: str) -> Fault:
    """What to record of ``error``; the traceback only where it is none of ours."""
    if isinstance(error, PobratimError):
        return Fault(stage, error.code, one_line(str(error)))
    cause = error.__cause__ or error
    if isinstance(cause, MemoryError) or any(words in str(cause) for words in NO_MEMORY):
        return Fault(stage, "memory", "ran out of memory", _traceback(error))
    reason = f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__
    number = error.errno if isinstance(error, OSError) else None
    return Fault(stage, "internal", one_line(reason), _traceback(error), number)


def _traceback(error: Exception) -> str:
    return "".join(traceback.format_exception(error))[-LONGEST_TRACEBACK:]


def one_line(message: str) -> str:
    """``message`` with white space runs as one space."""
    return " ".join(message.split())
