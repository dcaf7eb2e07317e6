"""Which kinds of file are read, and what the first bytes of one are.

The content decides; a name is asked only where the content is text, and among archives' members
to leave out what never is a document.
"""

from __future__ import annotations

import re
from typing import Literal

__all__ = [
    "FOLDER_SUFFIXES",
    "HEAD",
    "MEDIA_TYPES",
    "NAMED_SUFFIXES",
    "NO_DOCUMENTS",
    "Kind",
    "container_kind",
    "document_kind",
    "read_kinds",
    "suffix_of",
]

Kind = Literal[
    "text", "markdown", "html", "pdf", "docx", "odt", "rtf", "epub",
    "zip", "gzip", "bzip2", "xz", "tar", "warc", "parquet", "jsonl", "csv",
]  # fmt: skip

HEAD = 4096
"""How many first bytes tell the kind."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain",
    "markdown": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": WORD,
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "epub": "application/epub+zip",
}
"""The media type of each kind of document."""

DOCUMENT_SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".epub": "epub",
}
CONTAINER_SUFFIXES = frozenset(
    [".zip", ".tar", ".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz", ".warc"]
)
ROW_SUFFIXES: dict[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}

_TEXT_SUFFIXES: dict[str, Kind] = {**DOCUMENT_SUFFIXES, **ROW_SUFFIXES}
FOLDER_SUFFIXES = frozenset(DOCUMENT_SUFFIXES) | CONTAINER_SUFFIXES
"""The suffixes taken from a folder; tables are not, as a folder's tables are seldom pages."""

NAMED_SUFFIXES = FOLDER_SUFFIXES | frozenset(ROW_SUFFIXES)
"""The suffixes taken where a pattern names the files, as in ``'pages/*.jsonl'``."""

_PICTURES = ("png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff")
_FONTS_AND_FILMS = (
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "mp3",
    "mp4",
    "m4a",
    "ogg",
    "wav",
    "avi",
    "mov",
)
_PROGRAMS = ("css", "js", "mjs", "map", "json", "xml", "rss", "db", "lnk", "ini", "bak", "tmp")
NO_DOCUMENTS = frozenset(f".{suffix}" for suffix in _PICTURES + _FONTS_AND_FILMS + _PROGRAMS)
"""Suffixes of members of an archive that are passed over, as a folder's are."""

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", "rtf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_TAR_AT = 257
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
_PDF = re.compile(rb"(?:\xef\xbb\xbf)?[\s\x00]{0,64}%PDF-\d")
_XML_HEAD = rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*){0,4}"
_HTML = re.compile(_XML_HEAD + rb"(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
_TAG = re.compile(rb"<(?:p|div|table|ul|ol|h[1-6]|body|article|section|main)[\s>]", re.IGNORECASE)
_CONTAINERS: frozenset[Kind] = frozenset(
    ("zip", "gzip", "bzip2", "xz", "tar", "warc", "parquet", "jsonl", "csv")
)
_TEXT_NAMES: frozenset[Kind] = frozenset(("markdown", "jsonl", "csv"))


def suffix_of(name: str) -> str:
    """The suffix of a file name, in lower case with its dot; none of a name that begins with one."""
    last = name.rsplit("/", 1)[-1]
    at = last.rfind(".")
    return last[at:].lower() if at > 0 else ""


def document_kind(head: bytes, name: str, media_type: str | None = None) -> Kind:
    """The kind of what begins with ``head``; ``text`` where nothing tells another.

    ``name`` and ``media_type`` say only which kind of text it is. A zip file's own kind is told by
    its members, and so is not told here.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (kind != "bzip2" or _BZIP2.match(head)):
            return kind
    if head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "tar"
    if _PDF.match(head):
        return "pdf"
    text = _as_ascii(head)
    if _HTML.match(text):
        return "html"
    named = _TEXT_SUFFIXES.get(suffix_of(name), "text")
    if named == "html" or media_type in ("text/html", "application/xhtml+xml"):
        return "html" if _TAG.search(text) else "text"
    return named if named in _TEXT_NAMES else "text"


def container_kind(head: bytes, name: str) -> Kind | None:
    """The kind of container that begins with ``head``, or ``None`` for a document of its own."""
    kind = document_kind(head, name)
    return kind if kind in _CONTAINERS else None


def read_kinds() -> str:
    """What is read, for people."""
    return ", ".join(sorted(NAMED_SUFFIXES))


def _as_ascii(head: bytes) -> bytes:
    """``head`` with the zero bytes of a UTF-16 text taken out, so that its tags are seen."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head[2:].replace(b"\x00", b"")
    return head
