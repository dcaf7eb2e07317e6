"""The gazetteer's file: how it is laid out, written and read.

All integers are little-endian. ``MAGIC``, the length of a JSON header (u32), the header, then the
sections that the header lists as ``[offset, length]`` from the start of the file, 8-byte aligned:

=========== ==============================================================================
id          u32 for each city, ascending: GeoNames ids. Regions and countries follow the
            cities in row order and have their ids in the header (``ids``)
population  u32 for each place
position    two i32 for each place: latitude and longitude in 1e-5 degrees; ABSENT for none
country     u16 for each place: index into the header's ``countries``
admin1      u16 for each place: index into the header's ``admin1``
name        u32 for each place, and one more: where its names start in ``names``
names       English name in UTF-8, a tab, Russian name in Windows-1251 (or nothing)
block       u32 for each block of keys: where it starts in ``keys``
keys        blocks of BLOCK keys in byte order, Windows-1251. A key: how many bytes it shares with
            the one before it in the block (u8), how many follow (u8), those bytes, a byte with the
            COMMON bit and the number of places, and three bytes for each place's row
bloom       bits of a Bloom filter over every key and every run of words that starts one
=========== ==============================================================================

Keys of which only the COMMON bit is wanted (declined forms that are ordinary words) have no places.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pobratim.errors import LexiconError

__all__ = ["GazetteerFile", "Row", "encode"]

MAGIC = b"PBGAZ001"
BLOCK = 16
COMMON = 0x80
ABSENT = -(2**31)
CODING = "cp1251"
LONGEST_KEY = 80
_MOST_PLACES = 0x7F
_PROBE = 0x9E3779B1
_SCANNED_BLOCKS = 400
_MEMORY = 1 << 14

Row = tuple[
    Literal["city", "region", "country"],
    str,
    str,
    str | None,
    str | None,
    str | None,
    float | None,
    float | None,
    int,
]
"""kind, id, English name, Russian name, country, admin1, latitude, longitude, population."""


def _probes(key: bytes, mask: int) -> tuple[int, int]:
    first = zlib.crc32(key)
    return first & mask, ((first * _PROBE & 0xFFFFFFFF) >> 7) & mask


class GazetteerFile:
    """Reads a gazetteer file through a memory map."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            message = f"the gazetteer {path} cannot be opened: {error}; reinstall or rebuild it"
            raise LexiconError(message) from error
        if data[: len(MAGIC)] != MAGIC:
            message = (
                f"{path} is not a gazetteer of this version: it starts with "
                f"{data[:8]!r}, not {MAGIC!r}; rebuild it with tools/build_gazetteer.py"
            )
            raise LexiconError(message)
        (length,) = struct.unpack_from("<I", data, len(MAGIC))
        start = len(MAGIC) + 4
        header = json.loads(data[start : start + length])
        view = memoryview(data)

        def section(name: str) -> memoryview:
            offset, size = header["sections"][name]
            return view[offset : offset + size]

        self.version: str = header["version"]
        self.size: int = header["places"]
        self._countries: list[str | None] = header["countries"]
        self._admin1: list[str | None] = header["admin1"]
        self._ids: list[str] = header["ids"]
        self._rows_by_id = {name: at for at, name in enumerate(self._ids)}
        self._city_ids = section("id").cast("I")
        self._population = section("population").cast("I")
        self._position = section("position").cast("i")
        self._country = section("country").cast("H")
        self._admin = section("admin1").cast("H")
        self._name = section("name").cast("I")
        self._names = section("names")
        self._block = section("block").cast("I")
        self._keys_at: int = header["sections"]["keys"][0]
        self._data = data
        self._bloom = section("bloom")
        self._mask = len(self._bloom) * 8 - 1
        self._entry = lru_cache(maxsize=_MEMORY)(self._read_entry)

    def may_be_prefix(self, text: str) -> bool:
        """Whether the words of ``text`` are or start a key; wrongly true for about one in fifty."""
        first, second = _probes(text.encode(CODING, "replace"), self._mask)
        bloom = self._bloom
        return bool(
            bloom[first >> 3] & (1 << (first & 7)) and bloom[second >> 3] & (1 << (second & 7))
        )

    def find(self, key: str) -> tuple[int, ...]:
        """The rows of the places with exactly this key."""
        return self._entry(key)[0]

    def is_common(self, key: str) -> bool:
        """Whether this key is marked as an ordinary word or a person's name."""
        return self._entry(key)[1]

    def _read_entry(self, key: str) -> tuple[tuple[int, ...], bool]:
        if not self.may_be_prefix(key):
            return (), False
        wanted = key.encode(CODING, "replace")
        for found, at, places, common in self._entries(self._block_of(wanted)):
            if found >= wanted:
                return (self._read_rows(at, places), common) if found == wanted else ((), False)
        return (), False

    def with_prefix(self, key: str) -> tuple[int, ...]:
        """The rows of places with a key that starts with ``key``, in no order."""
        wanted = key.encode(CODING, "replace")
        rows: set[int] = set()
        first = self._block_of(wanted)
        for block in range(first, min(len(self._block), first + _SCANNED_BLOCKS)):
            for found, at, places, _ in self._entries(block):
                if found.startswith(wanted):
                    rows.update(self._read_rows(at, places))
                elif found > wanted:
                    return tuple(rows)
        return tuple(rows)

    def _block_of(self, wanted: bytes) -> int:
        data, base, starts = self._data, self._keys_at, self._block
        low, high = 0, len(starts)
        while high - low > 1:
            middle = (low + high) >> 1
            at = base + starts[middle]
            if data[at + 2 : at + 2 + data[at + 1]] <= wanted:
                low = middle
            else:
                high = middle
        return low

    def _entries(self, block: int) -> Iterator[tuple[bytes, int, int, bool]]:
        """Each key of a block, where its rows are and how many, and whether it is common."""
        data = self._data
        at = self._keys_at + self._block[block]
        key = b""
        for _ in range(BLOCK):
            shared, more = data[at], data[at + 1]
            at += 2
            key = key[:shared] + data[at : at + more]
            at += more
            count = data[at]
            at += 1
            places = count & ~COMMON
            if key == b"":
                return
            yield key, at, places, bool(count & COMMON)
            at += 3 * places

    def _read_rows(self, at: int, count: int) -> tuple[int, ...]:
        data = self._data
        return tuple(
            data[i] | data[i + 1] << 8 | data[i + 2] << 16 for i in range(at, at + 3 * count, 3)
        )

    def index_of(self, place_id: str) -> int | None:
        """The row of the place with this id."""
        source, _, number = place_id.partition(":")
        if source != "geonames":
            row = self._rows_by_id.get(place_id)
            return None if row is None else len(self._city_ids) + row
        if not number.isdecimal():
            return None
        at = bisect_left(self._city_ids, int(number))
        known = at < len(self._city_ids) and self._city_ids[at] == int(number)
        return at if known else None

    def row(self, index: int) -> Row:
        """All that is known about the place in this row."""
        cities = len(self._city_ids)
        record = bytes(self._names[self._name[index] : self._name[index + 1]])
        english, _, russian = record.partition(b"\t")
        kind: Literal["city", "region", "country"] = "city"
        if index < cities:
            name = f"geonames:{self._city_ids[index]}"
        else:
            name = self._ids[index - cities]
            kind = "region" if name.startswith("region:") else "country"
        latitude, longitude = self._position[2 * index], self._position[2 * index + 1]
        return (
            kind,
            name,
            english.decode(),
            russian.decode(CODING) or None,
            self._countries[self._country[index]],
            self._admin1[self._admin[index]],
            None if latitude == ABSENT else latitude / 1e5,
            None if longitude == ABSENT else longitude / 1e5,
            self._population[index],
        )


def encode(
    rows: Sequence[Row], keys: Mapping[str, Iterable[int]], common: Iterable[str], source: str
) -> bytes:
    """The bytes of a gazetteer file; the same arguments give the same bytes.

    ``rows``: cities by ascending GeoNames id, then regions and countries. ``keys``: rows' indexes by
    normalised name. ``common``: keys, and forms that are no keys, to mark as ordinary words.
    ``source`` names the versions of the data; a hash of the content is added to it.
    """
    cities = sum(row[0] == "city" for row in rows)
    countries: list[str | None] = [None, *sorted({row[4] for row in rows if row[4]})]
    admin1: list[str | None] = [None, *sorted({row[5] for row in rows if row[5]})]
    country_at = {name: at for at, name in enumerate(countries)}
    admin_at = {name: at for at, name in enumerate(admin1)}
    names = [f"{row[2]}\t".encode() + (row[3] or "").encode(CODING) for row in rows]
    block, key_bytes, bloom = _encode_keys(keys, set(common), rows)
    positions = [
        ABSENT if degrees is None else round(degrees * 1e5) for row in rows for degrees in row[6:8]
    ]
    starts = [0]
    for name in names:
        starts.append(starts[-1] + len(name))
    sections = {
        "id": struct.pack(f"<{cities}I", *(int(row[1][9:]) for row in rows[:cities])),
        "population": struct.pack(f"<{len(rows)}I", *(row[8] for row in rows)),
        "position": struct.pack(f"<{2 * len(rows)}i", *positions),
        "country": struct.pack(f"<{len(rows)}H", *(country_at[row[4]] for row in rows)),
        "admin1": struct.pack(f"<{len(rows)}H", *(admin_at[row[5]] for row in rows)),
        "name": struct.pack(f"<{len(starts)}I", *starts),
        "names": b"".join(names),
        "block": struct.pack(f"<{len(block)}I", *block),
        "keys": key_bytes,
        "bloom": bloom,
    }
    digest = hashlib.sha256(b"".join(sections.values())).hexdigest()[:12]
    header: dict[str, Any] = {
        "version": f"{source}+{digest}",
        "places": len(rows),
        "countries": countries,
        "admin1": admin1,
        "ids": [row[1] for row in rows[cities:]],
    }
    return _assemble(header, sections)


def _assemble(header: dict[str, Any], sections: Mapping[str, bytes]) -> bytes:
    room = len(json.dumps(header)) + 64 * len(sections)
    at = (len(MAGIC) + 4 + room + 7) // 8 * 8
    start = at
    listed, body = {}, b""
    for name, content in sections.items():
        listed[name] = [start + len(body), len(content)]
        body += content + b"\0" * (-len(content) % 8)
    text = json.dumps(header | {"sections": listed}, separators=(",", ":")).encode()
    padded = text.ljust(at - len(MAGIC) - 4)
    return MAGIC + struct.pack("<I", len(padded)) + padded + body


def _encode_keys(
    keys: Mapping[str, Iterable[int]], common: set[str], rows: Sequence[Row]
) -> tuple[list[int], bytes, bytes]:
    texts = {text.encode(CODING): text for text in {*keys, *common}}
    block, out, before = [], bytearray(), b""
    for at, (key, text) in enumerate(sorted(texts.items())):
        if at % BLOCK == 0:
            block.append(len(out))
            before = b""
        shared = 0
        while shared < min(len(before), len(key)) and before[shared] == key[shared]:
            shared += 1
        found = sorted(set(keys.get(text, ())), key=lambda row: (-rows[row][8], row))
        kept = found[:_MOST_PLACES]
        out += bytes((shared, len(key) - shared)) + key[shared:]
        out.append(len(kept) | (COMMON if text in common else 0))
        for row in kept:
            out += row.to_bytes(3, "little")
        before = key
    out += bytes(3)
    return block, bytes(out), _bloom(texts.values())


def _bloom(texts: Iterable[str]) -> bytes:
    starts: set[str] = set()
    for text in texts:
        words = text.split()
        starts.update(" ".join(words[:n]) for n in range(1, len(words) + 1))
    bits = 1 << max(16, (len(starts) * 14 - 1).bit_length())
    if bits > len(starts) * 20:
        bits >>= 1
    filled = bytearray(bits >> 3)
    for text in starts:
        for bit in _probes(text.encode(CODING), bits - 1):
            filled[bit >> 3] |= 1 << (bit & 7)
    return bytes(filled)
