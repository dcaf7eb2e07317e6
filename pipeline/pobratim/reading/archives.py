"""What a zip or tar archive holds, one entry after the other; nothing is ever written to disk."""

from __future__ import annotations

import io
import tarfile
import zipfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from pobratim.errors import InputError
from pobratim.reading.packages import LOCKED, ZIP_DAMAGE, open_zip
from pobratim.reading.streams import Budget, Metered, Readable, buffered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.reading.members import Limits

__all__ = ["Entry", "tar_entries", "zip_entries"]

UTF8_NAME = 0x800
MOST_TAR_HEADER = 1 << 20
LONG_HEADERS = (b"x", b"g", b"X", b"L", b"K")
NOT_FILES = {
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.LNKTYPE: "a hard link",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.FIFOTYPE: "a pipe",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive; ``stream`` is good until the next entry is asked for."""

    name: str
    stream: io.BufferedReader | None = None
    size: int = 0
    error: InputError | None = None


def zip_entries(stream: IO[bytes], budget: Budget, limits: Limits) -> Iterator[Entry]:
    """The files of a zip archive in the order of its table of contents."""
    with open_zip(stream) as archive:
        for info in archive.infolist():
            name = _zip_name(info)
            if name.endswith("/") or name.startswith("__MACOSX/"):
                continue
            if info.flag_bits & LOCKED:
                yield Entry(name, error=InputError("locked with a password; unpack it first"))
                continue
            yield from _zip_entry(archive, info, name, budget)


def _zip_entry(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget
) -> Iterator[Entry]:
    try:
        with archive.open(info) as part:
            guarded = _Guarded(part, "ZIP")
            yield Entry(
                name, buffered(Metered(guarded, budget, info.compress_size)), info.file_size
            )
    except ZIP_DAMAGE as error:
        yield Entry(name, error=InputError(f"damaged in its ZIP archive: {error}"))


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name; without the mark of UTF-8 it may be that all the same, or Windows' Russian CP866."""
    if info.flag_bits & UTF8_NAME or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    text = raw.decode("utf-8", "replace")
    return raw.decode("cp866") if "\ufffd" in text else text


class _Guarded:
    """Reading that tells of damage as an input error."""

    def __init__(self, source: Readable, what: str) -> None:
        self._source, self._what = source, what

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes."""
        try:
            return self._source.read(size)
        except (*ZIP_DAMAGE, tarfile.TarError) as error:
            raise InputError(f"damaged in its {self._what} archive: {error}") from error


class _AsItComes:
    """Reading that gives what there is before it tells of damage behind it."""

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source

    def read(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes, at least one before the end."""
        return self._source.read1(size)


class _TarInfo(tarfile.TarInfo):
    """A header that is refused before a long one is held in memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _TarInfo:
        """The header in ``buf``; ``tarfile`` itself would take a damaged one for the end."""
        if len(buf) == tarfile.BLOCKSIZE and any(buf):
            info = cls._checked(buf, encoding, errors)
        elif len(buf) == tarfile.BLOCKSIZE:
            info = super().frombuf(buf, encoding, errors)
        else:
            raise InputError("a TAR archive that is cut short; fetch it again")
        if info.type in LONG_HEADERS and info.size > MOST_TAR_HEADER:
            raise InputError(f"a TAR header of {info.size:,} bytes; it is damaged or made to harm")
        return info

    @classmethod
    def _checked(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _TarInfo:
        try:
            return super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            raise InputError(f"a damaged TAR archive: {error}") from error

    def _proc_gnusparse_10(self, *_: object) -> None:
        raise InputError("a TAR archive with sparse files, which are not read; pack it anew")


def tar_entries(stream: io.BufferedReader, budget: Budget, limits: Limits) -> Iterator[Entry]:
    """The files of an unpacked tar archive in its order; links and devices are entries with errors.

    The names of a tar archive of old Russian systems may be in another encoding: their bytes are
    shown.
    """
    source = Metered(_AsItComes(stream), Budget(budget.total, budget.ratio))
    try:
        with tarfile.open(
            fileobj=source, mode="r|", tarinfo=_TarInfo, errors="surrogateescape"
        ) as tar:
            while (info := tar.next()) is not None:
                tar.members.clear()  # type: ignore[attr-defined]  # typeshed lacks it; it keeps all
                yield from _tar_entry(tar, info, budget)
    except (tarfile.TarError, EOFError, ValueError, OSError, RecursionError) as error:
        raise InputError(f"a damaged TAR archive: {error}") from error


def _tar_entry(tar: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> Iterator[Entry]:
    if info.type in NOT_FILES:
        error = InputError(f"{NOT_FILES[info.type]}, which is not followed")
        yield Entry(info.name, error=error)
    elif info.issparse():
        yield Entry(info.name, error=InputError("a sparse file, which is not read"))
    elif info.isreg():
        part = tar.extractfile(info)
        if part is not None:
            guarded = _Guarded(part, "TAR")
            yield Entry(info.name, buffered(Metered(guarded, budget)), info.size)
