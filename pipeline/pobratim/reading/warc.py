"""Web archives (WARC, ISO 28500) to the pages in them."""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, NamedTuple

from pobratim.errors import InputError
from pobratim.reading.members import Limits, Member
from pobratim.reading.streams import FREE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.reading.streams import Inflated

__all__ = ["warc_members"]

MOST_LINE = 1 << 16
MOST_LINES = 1000
CHUNK = 1 << 16
WANTED_RECORDS = frozenset({"response", "resource", "conversion"})
WANTED_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf"}
)
GOOD_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? 2\d\d")
NAME_IN_URL = re.compile(r"([^/?#]{1,200})/{0,3}(?:[?#].*)?\Z", re.DOTALL)
HEX = re.compile(rb"[0-9A-Fa-f]{1,8}")


class _Headers(NamedTuple):
    first: bytes
    fields: dict[str, str]


def warc_members(
    stream: io.BufferedReader, name: str, uri: str, limits: Limits, packed: Inflated | None = None
) -> Iterator[Member]:
    """The pages of a web archive: HTML, PDF and plain text of records that hold a page.

    The address is ``crawl.warc.gz#OFFSET!URL``, the offset that of the record in the file, packed
    as it is, so that it can be found again.
    """
    place = 0
    while True:
        record = _headers(stream)
        if record is None:
            return
        headers, length = record
        if not headers.first.startswith(b"WARC/"):
            raise InputError(
                f"a damaged WARC: no record at {place:,}; what stands before it is read"
            )
        size = _length(headers, place)
        offset = _packed_offset(packed, place)
        body = _Body(stream, size)
        if headers.fields.get("warc-type", "") in WANTED_RECORDS:
            member = _member(body, headers, f"{uri}#{offset}", name, limits)
            if member is not None:
                yield member
        body.skip()
        tail = stream.read(4)
        if tail not in (b"\r\n\r\n", b""):
            raise InputError(f"a damaged WARC: the record at {place:,} is not as long as it says")
        place += length + size + len(tail)


def _headers(stream: io.BufferedReader | _Body) -> tuple[_Headers, int] | None:
    """A block of header lines and its length; ``None`` at the end."""
    first = stream.readline(MOST_LINE)
    length = len(first)
    if not first:
        return None
    fields: dict[str, str] = {}
    for _ in range(MOST_LINES):
        line = stream.readline(MOST_LINE)
        length += len(line)
        if not line and isinstance(stream, io.BufferedReader):
            raise InputError("a damaged WARC: its last record is cut short")
        if line in (b"\r\n", b"\n", b""):
            return _Headers(first.strip(), fields), length
        key, _, value = line.decode("utf-8", "replace").partition(":")
        fields.setdefault(key.strip().lower(), value.strip())
    raise InputError(f"a record with more than {MOST_LINES} header lines")


def _length(headers: _Headers, place: int) -> int:
    told = headers.fields.get("content-length", "")
    if not (told.isascii() and told.isdigit() and len(told) < 16):
        raise InputError(f"a damaged WARC: the record at {place:,} does not say how long it is")
    return int(told)


def _packed_offset(packed: Inflated | None, place: int) -> int:
    if packed is None:
        return place
    starts = packed.starts
    while len(starts) > 1 and starts[1][0] <= place:
        starts.popleft()
    return starts[0][1] if starts else place


class _Body:
    """The block of one record, of which no more than it can be read."""

    def __init__(self, stream: io.BufferedReader, size: int) -> None:
        self._stream, self.left = stream, size

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes."""
        return self._took(self._stream.read(min(size, self.left)), size)

    def readline(self, size: int) -> bytes:
        """A line, or as much of it as ``size``."""
        return self._took(self._stream.readline(min(size, self.left)), size)

    def _took(self, data: bytes, size: int) -> bytes:
        if not data and self.left and size:
            raise InputError("a damaged WARC: its last record is cut short")
        self.left -= len(data)
        return data

    def skip(self) -> None:
        """Read on to the end of the record."""
        while self.left:
            self.read(CHUNK)


def _member(body: _Body, headers: _Headers, uri: str, name: str, limits: Limits) -> Member | None:
    """The page in a record, or ``None`` where there is none that is read."""
    kind = _plain_type(headers.fields.get("content-type", ""))
    coding = chunked = ""
    if kind == "application/http":
        answer = _headers(body)
        if answer is None or not GOOD_STATUS.match(answer[0].first):
            return None
        fields = answer[0].fields
        kind = _plain_type(fields.get("content-type", ""))
        coding = fields.get("content-encoding", "").lower()
        chunked = fields.get("transfer-encoding", "").lower()
    if kind not in WANTED_TYPES:
        return None
    target = headers.fields.get("warc-target-uri", "").strip("<>")[: limits.max_name]
    target = "".join(ch for ch in target if ch.isprintable())
    address = f"{uri}!{target}" if target else uri
    found = NAME_IN_URL.search(target)
    page_name = found.group(1) if found else name
    data = body.read(limits.max_bytes + 1)
    try:
        data = _decoded(data, coding, chunked, limits.max_bytes)
        if len(data) > limits.max_bytes:
            raise InputError(
                f"longer than {limits.max_bytes:,} bytes; raise --max-bytes to read it"
            )
    except InputError as error:
        return Member(address, page_name, size=len(data), error=error)
    return Member(address, page_name, data=data, media_type=kind, size=len(data))


def _plain_type(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def _decoded(data: bytes, coding: str, chunked: str, most: int) -> bytes:
    """The page as the browser would have it; what says it is packed and is not stays as it is."""
    if "chunked" in chunked and HEX.match(data):
        data = _dechunked(data)
    if coding in ("gzip", "x-gzip") and data.startswith(b"\x1f\x8b"):
        return _inflated(data, 31, most)
    if coding == "deflate" and data[:1] == b"\x78":
        return _inflated(data, 15, most)
    if coding in ("br", "zstd"):
        raise InputError(
            f"a page packed with {coding}, which is not read; unpack the archive's pages"
        )
    return data


def _dechunked(data: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while found := HEX.match(data, at):
        size = int(found.group(), 16)
        start = data.find(b"\n", at) + 1
        if not size or not start:
            return b"".join(parts)
        parts.append(data[start : start + size])
        at = start + size + 2
    return b"".join(parts) if at >= len(data) else data


def _inflated(data: bytes, window: int, most: int) -> bytes:
    inner = zlib.decompressobj(window)
    try:
        out = inner.decompress(data, most + 1)
    except zlib.error as error:
        raise InputError(f"a damaged page: {error}") from error
    if len(out) > max(FREE, 1000 * len(data)):
        raise InputError("a page that unpacks to more than 1,000 times its size")
    return out
