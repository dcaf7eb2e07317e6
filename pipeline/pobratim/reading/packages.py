"""Zip files: opened with a bounded table of contents, and told apart by what is in them.

DOCX, ODT and EPUB are zip files too; :class:`Package` reads their parts within a budget.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from pobratim.errors import InputError
from pobratim.reading.streams import Budget, Metered

if TYPE_CHECKING:
    from pobratim.reading.kinds import Kind

__all__ = ["ZIP_DAMAGE", "Package", "is_archive", "open_zip", "other_package", "package_kind"]

MOST_CONTENTS = 16 << 20
END = struct.Struct("<4s4H2LH")
END_64 = struct.Struct("<4sQ2H2L4Q")
COMMENT = 1 << 16
LOCKED = 0x1
RATIO = 200

ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
              RuntimeError, ValueError, struct.error, MemoryError)  # fmt: skip
"""What :mod:`zipfile` raises for a file that is not as it should be."""

MIMETYPES: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/epub+zip": "epub",
}
OTHERS = {
    "xl/": "an Excel workbook; save the sheet as CSV",
    "ppt/": "a PowerPoint presentation; save it as PDF",
    "visio/": "a Visio drawing",
    "AndroidManifest.xml": "an Android program",
    "META-INF/MANIFEST.MF": "a Java program",
}
"""How a member's name begins that shows a zip file to be something else, and what it is."""


def open_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """``stream`` as a zip file, unless its table of contents is too long to be held.

    Raises :class:`~pobratim.errors.InputError` if it is too long or damaged.
    """
    length = _contents_length(stream)
    if length > MOST_CONTENTS:
        raise InputError(f"a ZIP archive with {length:,} bytes of names alone; split it")
    try:
        return zipfile.ZipFile(stream)
    except ZIP_DAMAGE as error:
        raise InputError(f"a damaged ZIP archive: {error}") from error


def _contents_length(stream: IO[bytes]) -> int:
    """How long the table of contents says it is: ``zipfile`` would load it all."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - COMMENT - END.size - 20))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < END.size:
        return 0
    length = int(END.unpack_from(tail, at)[5])
    locator = at - 20
    if locator >= 0 and tail.startswith(b"PK\x06\x07", locator):
        where = int(struct.unpack_from("<Q", tail, locator + 8)[0])
        longest = size - where
        stream.seek(min(where, size))
        record = stream.read(END_64.size)
        if len(record) == END_64.size and longest > 0:
            length = max(length if length < 0xFFFFFFFF else 0, int(END_64.unpack(record)[8]))
    return length


def package_kind(stream: IO[bytes]) -> Kind | None:
    """``docx``, ``odt`` or ``epub`` where ``stream``, a zip file, is one; else ``None``."""
    with open_zip(stream) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" in names:
            return "docx" if any(name.startswith("word/") for name in names[:1000]) else None
        if "mimetype" in names[:100]:
            told = Package(archive).read("mimetype", most=200).strip()
            return MIMETYPES.get(told)
        return "epub" if "META-INF/container.xml" in names[:1000] else None


def is_archive(stream: IO[bytes]) -> bool:
    """Whether ``stream``, a zip file, is an archive of files, and no document of any program's."""
    with open_zip(stream) as archive:
        names = archive.namelist()[:1000]
        marks = ("[Content_Types].xml", "mimetype", "META-INF/container.xml")
        known = any(name in marks or name.startswith(tuple(OTHERS)) for name in names)
        return not known


def other_package(stream: IO[bytes]) -> str:
    """What kind of zip file ``stream`` is, for people, where it is no document that is read."""
    with open_zip(stream) as archive:
        names = archive.namelist()
        for start, what in OTHERS.items():
            if any(name.startswith(start) for name in names[:1000]):
                return what
        if "mimetype" in names[:100]:
            told = Package(archive).read("mimetype", most=200).decode("latin-1").strip()
            return f"a file of type {told[:80]!r}; save it as text or PDF"
        return f"a ZIP archive of {len(names)} files, where one document is wanted"


class Package:
    """The parts of a document that is a zip file; ``total`` bytes may be read of them."""

    def __init__(self, archive: zipfile.ZipFile, total: int = 1 << 20) -> None:
        self._archive = archive
        self._budget = Budget(total, RATIO)
        self.names = frozenset(archive.namelist())

    def read(self, name: str, most: int) -> bytes:
        """The part ``name``, at most ``most`` bytes long.

        Raises :class:`~pobratim.errors.InputError` if it is missing, longer, locked or damaged.
        """
        if name not in self.names:
            raise InputError(f"damaged: its part {name[:80]!r} is missing")
        info = self._archive.getinfo(name)
        if info.flag_bits & LOCKED:
            raise InputError("locked with a password; save it without one")
        try:
            with self._archive.open(info) as part:
                data = Metered(part, self._budget, info.compress_size).read(most + 1)
        except ZIP_DAMAGE as error:
            raise InputError(f"damaged: its part {name[:80]!r}: {error}") from error
        data = data or b""
        if len(data) > most:
            raise InputError(f"its part {name[:80]!r} is longer than {most:,} bytes")
        return data
