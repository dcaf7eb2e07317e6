"""Texts to and from files, byte for byte, and file names of documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pobratim.errors import AnnotationError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_UNSAFE = re.compile(r"[^\w-]+")
_LONGEST = 100


def write_text(path: Path, text: str) -> None:
    """Write ``text`` in UTF-8, its line breaks as they are."""
    path.write_bytes(text.encode())


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, its line breaks as they are.

    Raises :class:`~pobratim.errors.AnnotationError` if the file is missing or is not UTF-8.
    """
    if not path.is_file():
        raise AnnotationError(f"{path}: no such file. Export writes it; keep it with the others.")
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise AnnotationError(
            f"{path}: is not UTF-8 at byte {error.start}. Save it in UTF-8."
        ) from None


def stems(ids: Iterable[str]) -> list[str]:
    """A file name for each document id, without extension: safe anywhere, each its own."""
    taken: set[str] = set()
    names = []
    for identity in ids:
        name = stem = _UNSAFE.sub("-", identity)[:_LONGEST].strip("-") or "document"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.casefold())
        names.append(name)
    return names
