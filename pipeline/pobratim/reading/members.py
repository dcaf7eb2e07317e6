"""One file to the documents in it: itself, or what an archive or a table of pages holds.

:func:`members` only takes containers apart, as a stream and within limits, and parses no document;
:func:`read_member` makes a text of one. A run does the first in one process and the second in many.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pobratim.reading.files import DEFAULT_MAX_BYTES, STDIN, Reading, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.errors import InputError

__all__ = ["Limits", "Member", "members", "read_member"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may cost; sizes in bytes. More than that is an error, never a crash."""

    max_bytes: int = DEFAULT_MAX_BYTES


@dataclass(frozen=True, slots=True)
class Member:
    """The bytes of one document, in a file of their own (``path``) or out of a container (``data``).

    ``uri`` leads back to it: ``reports.zip!/2019/report.docx``, ``pages.jsonl#12``. ``name`` is the
    file name that ids are made of, ``size`` its length as far as it is known; ``error`` says why it
    cannot be read, where that is known already. A member can be sent to another process.
    """

    uri: str
    name: str
    path: Path | None = None
    data: bytes | None = None
    media_type: str | None = None
    size: int = 0
    error: InputError | None = None


def members(path: Path, uri: str, limits: Limits | None = None) -> Iterator[Member]:
    """The documents in the file ``path``, in its own order; a plain file is its own only member.

    A member that cannot be had is one with an ``error``; nothing is raised for it.
    """
    size = path.stat().st_size if path.is_file() else 0
    yield Member(uri, "stdin" if uri == STDIN else path.name, path=path, size=size)


def read_member(member: Member, limits: Limits | None = None) -> Reading:
    """The text of one document.

    Raises :class:`~pobratim.errors.InputError` where it cannot be read.
    """
    if member.error is not None:
        raise member.error
    if member.path is None:
        raise NotImplementedError
    return read_file(member.path, member.uri, (limits or Limits()).max_bytes)
