"""One file to the documents in it: itself, or what an archive or a table of pages holds.

:func:`members` only takes containers apart, as a stream and within limits, and parses no document;
:func:`read_member` makes a text of one. A run does the first in one process and the second in many.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pobratim.errors import InputError
from pobratim.reading.files import DEFAULT_MAX_BYTES, STDIN, Reading, read_bytes, read_file
from pobratim.reading.kinds import HEAD, container_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Limits", "Member", "members", "read_member"]

_LONE = re.compile("[\ud800-\udfff]")


class Limits(NamedTuple):
    """What one input may cost; sizes in bytes. More than that is an error, never a crash.

    ``max_bytes`` is of each document, ``max_total`` of all that one container unpacks to,
    ``max_ratio`` how many times its packed size, ``max_nested`` of a container within another.
    ``text_column``, ``id_column`` and ``url_column`` name the columns of tables of pages; by
    default they are guessed.
    """

    max_bytes: int = DEFAULT_MAX_BYTES
    max_members: int = 10_000_000
    max_total: int = 1 << 40
    max_ratio: int = 200
    max_nested: int = 1 << 30
    max_depth: int = 4
    max_name: int = 1024
    text_column: str | None = None
    id_column: str | None = None
    url_column: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """The bytes of one document: in a file of their own (``path``), or here (``data``), or both.

    ``uri`` leads back to it: ``reports.zip!/2019/report.docx``, ``pages.jsonl#12``. ``name`` is the
    file name that ids are made of, ``size`` its length as far as it is known; ``error`` says why it
    cannot be read, where that is known already. A member can be sent to another process.
    """

    uri: str
    name: str
    path: str | None = None
    data: bytes | None = None
    media_type: str | None = None
    size: int = 0
    error: InputError | None = None

    def __post_init__(self) -> None:
        """Show the bytes of a name that are no UTF-8, as ids become JSON: ``\\xe4``."""
        object.__setattr__(self, "name", _LONE.sub(_shown, self.name))

    def __reduce__(self) -> tuple[type[Member], tuple[object, ...]]:
        """Be sent to a process with less ado than a data class makes of it."""
        return Member, (
            self.uri,
            self.name,
            self.path,
            self.data,
            self.media_type,
            self.size,
            self.error,
        )


def _shown(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else "\ufffd"


def members(path: Path, uri: str, limits: Limits | None = None) -> Iterator[Member]:
    """The documents in the file ``path``, in its own order; a plain file is its own only member.

    A member that cannot be had is one with an ``error``; nothing is raised for it.
    """
    name = "stdin" if uri == STDIN else path.name
    if str(path) == STDIN or not path.is_file():
        yield Member(uri, name, path=str(path))
        return
    size = path.stat().st_size
    if not _is_container(path):
        yield Member(uri, name, path=str(path), size=size)
        return
    from pobratim.reading.containers import unpacked

    yield from unpacked(path, uri, limits or Limits())


def _is_container(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            kind = container_kind(stream.read(HEAD), path.name)
            if kind != "zip":
                return kind is not None
            from pobratim.reading.packages import is_archive

            return is_archive(stream)
    except (OSError, InputError):
        return False  # reading it will say why


def read_member(member: Member, limits: Limits | None = None) -> Reading:
    """The text of one document.

    Raises :class:`~pobratim.errors.InputError` where it cannot be read.
    """
    if member.error is not None:
        raise member.error
    max_bytes = (limits or Limits()).max_bytes
    if member.data is not None:
        hint = member.media_type
        return read_bytes(
            member.data, member.uri, member.name, max_bytes=max_bytes, media_type=hint
        )
    if member.path is None:
        raise InputError("neither a file nor bytes")
    return read_file(Path(member.path), member.uri, max_bytes)
