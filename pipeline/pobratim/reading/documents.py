"""A structured document to its text: which reader takes which kind, and what all of them refuse."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pobratim.errors import EmptyInputError, InputError

if TYPE_CHECKING:
    from pobratim.reading.blocks import Extracted
    from pobratim.reading.kinds import Kind

__all__ = ["read_document"]

CONTAINERS: dict[str, str] = {
    "gzip": "a gzip archive",
    "bzip2": "a bzip2 archive",
    "xz": "an xz archive",
    "tar": "a TAR archive",
    "warc": "a web archive (WARC)",
    "parquet": "a Parquet table",
}


def read_document(kind: Kind, data: bytes) -> tuple[Kind, Extracted]:
    """The text of ``data``, a file of ``kind``, and the kind that it turned out to be.

    Raises :class:`~pobratim.errors.InputError` where it cannot be read, and
    :class:`~pobratim.errors.EmptyInputError` where it has no text.
    """
    if kind in CONTAINERS:
        raise InputError(
            f"{CONTAINERS[kind]}, where one document is wanted; `pobratim extract FILE` reads all in it"
        )
    if kind == "zip":
        kind = _package(data)
    extracted = _read(kind, data)
    if not extracted.text.strip():
        raise EmptyInputError(f"there is no text in this {kind.upper()} file")
    return kind, extracted


def _package(data: bytes) -> Kind:
    from pobratim.reading.packages import other_package, package_kind

    found = package_kind(io.BytesIO(data))
    if found is None:
        raise InputError(f"not read: it is {other_package(io.BytesIO(data))}")
    return found


def _read(kind: Kind, data: bytes) -> Extracted:
    """Each reader is loaded when its kind is met."""
    if kind == "html":
        from pobratim.reading.html import read_html as read
    elif kind == "pdf":
        from pobratim.reading.pdf import read_pdf as read
    elif kind == "docx":
        from pobratim.reading.docx import read_docx as read
    elif kind == "odt":
        from pobratim.reading.odt import read_odt as read
    elif kind == "epub":
        from pobratim.reading.epub import read_epub as read
    elif kind == "rtf":
        from pobratim.reading.rtf import read_rtf as read
    else:
        raise InputError(f"a {kind} file is not read")
    return read(data)
