"""A file, or standard input, to the text of a document with its source."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import NamedTuple

from pobratim.errors import EmptyInputError, InputError
from pobratim.reading.encoding import Decoded, decode
from pobratim.reading.kinds import HEAD, MEDIA_TYPES, document_kind
from pobratim.schema import Notice, Source

STDIN = "-"
DEFAULT_MAX_BYTES = 64 << 20

TEXTS = frozenset(("text", "markdown", "jsonl", "csv"))
"""The kinds whose text is the decoded file itself."""


class Reading(NamedTuple):
    """A document's text as published, where it came from, and what a reader should know of it."""

    text: str
    source: Source
    notices: tuple[Notice, ...] = ()


def read_file(path: Path, uri: str, max_bytes: int = DEFAULT_MAX_BYTES) -> Reading:
    """Read ``path``; ``uri`` is how to name it. ``Path("-")`` is standard input.

    Raises :class:`~pobratim.errors.InputError` where it is missing, not readable, longer than
    ``max_bytes`` or of a kind that is not read, and :class:`~pobratim.errors.EmptyInputError` where
    there is no text in it. Messages do not repeat the name.
    """
    return read_bytes(_bytes(path, max_bytes), uri, path.name, max_bytes=max_bytes)


def read_bytes(
    data: bytes,
    uri: str,
    name: str = "",
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    media_type: str | None = None,
) -> Reading:
    """The text of a document's bytes, of the kind that they are; errors as of :func:`read_file`.

    ``name``, a file name, and ``media_type``, as a server gave it, only say what kind of text a text is.
    """
    if len(data) > max_bytes:
        raise InputError(f"longer than {max_bytes:,} bytes; raise --max-bytes to read it")
    if not data:
        raise EmptyInputError("the file is empty")
    kind = document_kind(data[:HEAD], name, media_type)
    digest = hashlib.sha256(data).hexdigest()
    if kind not in TEXTS:
        from pobratim.reading.documents import read_document

        kind, (text, parts, notices) = read_document(kind, data)
        source = Source(uri=uri, sha256=digest, media_type=MEDIA_TYPES[kind], parts=parts or None)
        return Reading(text, source, tuple(notices))
    decoded = decode(data)
    if not decoded.text.strip("\ufeff\u200b\u2060 \t\r\n") or decoded.text.isspace():
        raise EmptyInputError("there is nothing but white space in it")
    source = Source(uri=uri, sha256=digest, media_type=MEDIA_TYPES.get(kind, "text/plain"))
    return Reading(decoded.text, source, tuple(_notices(decoded)))


def _bytes(path: Path, max_bytes: int) -> bytes:
    """At most one byte more than ``max_bytes``, so that endless files end."""
    if str(path) == STDIN:
        return sys.stdin.buffer.read(max_bytes + 1)
    try:
        with path.open("rb") as stream:
            # Room is made for as much as is asked for, which for all that may be there takes longer
            # than a page does to read. What has no length may have bytes nevertheless.
            length = os.fstat(stream.fileno()).st_size or max_bytes + 1
            return stream.read(min(length, max_bytes + 1))
    except FileNotFoundError:
        raise InputError("no such file or folder; check the path") from None
    except IsADirectoryError:
        raise InputError("a folder, where a file is needed") from None
    except PermissionError:
        raise InputError("permission denied; make the file readable") from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _notices(decoded: Decoded) -> list[Notice]:
    notices = []
    if not decoded.encoding.startswith("utf"):
        message = f"read as {decoded.encoding}, judged by its letters; UTF-8 needs no judging"
        notices.append(Notice(code="encoding", message=message))
    if decoded.damaged:
        message = (
            f"{decoded.damaged} places are no valid {decoded.encoding} and stand as U+FFFD; "
            "save the file again in one encoding"
        )
        notices.append(Notice(code="damaged", message=message))
    return notices
