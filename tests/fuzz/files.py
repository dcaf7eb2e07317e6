"""Files to begin with, and their mutations: packages are changed inside, and packed again."""

from __future__ import annotations

import gzip
import io
import random
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator

from words import ROOT, bytes_of, seed_texts, text_of

sys.path.insert(0, str(ROOT / "tests/reading"))

import hostile

FIXTURES = ROOT / "tests/reading/fixtures"
NAME_OF_SUFFIX = {".txt": 0, ".md": 1, ".html": 2, ".rtf": 15, ".pdf": 6, ".zip": 7, ".docx": 14}
PACKAGES = (".docx", ".odt", ".epub")
SNIPPETS = (
    b"</", b"/>", b"<", b">", b"&amp;", b"&#0;", b"&#xD800;", b"&#1114112;", b"<!--", b"<![CDATA[", b"]]>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<?xml version='1.0' encoding='utf-16'?>", b"<p>", b"<table><tr><td>",
    b"<td colspan='99999999' rowspan='99999999'>", b"<w:gridSpan w:val='2147483647'/>", b"<w:p><w:r><w:t>a</w:t></w:r></w:p>",
    b"<w:numId w:val='-1'/>", b"<w:ilvl w:val='99'/>", b"<w:tbl><w:tr><w:tc>", b"<w:hyperlink r:id='x'>",
    b"<text:s text:c='999999999'/>", b"<table:table-cell table:number-columns-repeated='999999999'/>",
    b"<table:table-row table:number-rows-repeated='999999999'>", b"<text:list><text:list-item>", b"<ol start='-9e9'>",
    b"<li value='99999999999999999999'>", b"<base href='//'>", b"<script>", b"<svg>", b"<math>", b"<frameset>",
    b"\\bin999999 ", b"\\bin-1 ", b"\\u-1?", b"\\u55296?", b"\\u56320?", b"\\uc99", b"\\'80", b"\\'", b"{\\*\\x ",
    b"\\cell\\row", b"\\ansicpg65001", b"\\ansicpg99999", b"\\trowd", b"\\ls9\\ilvl9", b"\\par", b"{", b"}", b"\\",
    b"\\fcharset204", b"\\levelstartat2147483647", b"\\levelnfc3", b"{\\listtable{\\list{\\listlevel",
    b"1 0 R", b"obj", b"endobj", b"stream\n", b"endstream", b"/Kids [1 0 R 2 0 R]", b"/Count -1", b"BT", b"ET", b" Tj",
    b"BI /W 9999 /H 9999 /BPC 8 ID ", b"EI", b"1e38 0 0 1e38 0 0 Tm", b"0 0 0 0 0 0 Tm", b"/Filter /FlateDecode", b"xref",
    b"/MediaBox [0 0 1e9 1e9]", b"/Rotate 45", b"/UserUnit 1e9", b"\r\n\r\n", b"\r\n", b"\n", b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n", b"Content-Encoding: deflate\r\n", b"HTTP/1.1 200 OK\r\n", b"fffffff0\r\n", b"0\r\n",
    b'{"text": "', b'"}', b'""', b'"', b",", b";", b"\t", b"\\ud800", b'{"text": NaN}', b"1" * 5000, b"1e999", b"[" * 2000,
    b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\xed\xa0\x80", b"\xc0\x80", b"PK\x03\x04",
    b"PK\x01\x02", b"PK\x05\x06", b"\x1f\x8b\x08", b"PAR1", b"ustar", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff",
)  # fmt: skip
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def seeds(kind: str) -> Iterator[bytes]:
    """The seeds of a target."""
    if kind == "texts":
        yield from (bytes_of(text) for text in seed_texts())
    elif kind == "packages":
        yield from _packages()
    elif kind == "files":
        yield from _files()
    else:
        yield from _encoded()


def mutator(kind: str) -> Callable[[bytes, int, random.Random], bytes]:
    """How a target's seeds are changed without a fuzzer."""
    from words import mutated

    return {"texts": mutated, "packages": repacked}.get(kind, changed)


def _packages() -> Iterator[bytes]:
    for path in sorted(FIXTURES.iterdir()):
        if path.suffix in PACKAGES:
            yield bytes([NAME_OF_SUFFIX[".docx"]]) + path.read_bytes()
    texts = {path.name: path.read_bytes() for path in sorted(FIXTURES.glob("page-en.*"))}
    yield bytes([NAME_OF_SUFFIX[".zip"]]) + hostile.zipped(texts)
    yield bytes([10]) + gzip.compress(_warc())
    yield bytes([11]) + gzip.compress(_warc()[:700]) + gzip.compress(_warc()[700:])
    yield bytes([12]) + gzip.compress(_tar())
    yield bytes([14]) + hostile.docx(
        f'<w:document xmlns:w="{hostile.WORD}"><w:body><w:p><w:r><w:t>Казань</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    yield bytes([14]) + hostile.epub("<html><body><p>Kazan</p></body></html>")


def _files() -> Iterator[bytes]:
    for path in sorted(FIXTURES.iterdir()):
        if path.suffix in (".html", ".rtf", ".txt"):
            yield bytes([NAME_OF_SUFFIX[path.suffix]]) + path.read_bytes()
        elif path.suffix == ".pdf" and path.stat().st_size < 60_000:
            yield bytes([NAME_OF_SUFFIX[".pdf"]]) + _plain_pdf(path.read_bytes())
    lines = seed_texts()[:4]
    yield bytes([3]) + "\n".join(f'{{"text": "{line[:50]!a}", "id": 1}}' for line in lines).encode()
    yield bytes([4]) + ("id,text\n" + "\n".join(f'1,"{line}"' for line in lines)).encode()
    yield bytes([5]) + "id\ttext\turl\n1\tКазань\thttp://a/b\n".encode("utf-16")
    yield bytes([10]) + _warc()
    yield bytes([8]) + _tar()
    yield bytes([13]) + _parquet()
    yield bytes([6]) + hostile.pdf_page(b"BT /F 12 Tf 1 0 0 1 10 700 Tm (Mayor of Kazan) Tj ET")
    for name in ("PDF whose pages are their own", "PDF cut short", "DOCX that laughs"):
        yield bytes([6]) + hostile.DOCUMENTS[name]()


def _encoded() -> Iterator[bytes]:
    for text in seed_texts()[:60:3]:
        for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp1251", "koi8-r", "cp866"):
            yield text[:300].encode(encoding, "replace")


def _warc() -> bytes:
    page = (FIXTURES / "page-en.html").read_bytes()[:3000]
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    chunked += b"Content-Encoding: gzip\r\n\r\n"
    body = gzip.compress(page, mtime=0)
    chunked += b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    return b"".join(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/b\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (len(block), block)
        for block in (http, chunked)
    )


def _tar() -> bytes:
    import tarfile

    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name in ("page-en.txt", "page-en.html", "page-en.rtf"):
            info = tarfile.TarInfo("дела/" + name)
            data = (FIXTURES / name).read_bytes()[:900]
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def _parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    stream = io.BytesIO()
    table = pa.table({"text": list(seed_texts()[:6]), "id": list("abcdef")})
    parquet.write_table(table, stream, row_group_size=2)
    return stream.getvalue()


def _plain_pdf(data: bytes) -> bytes:
    """A PDF with its packed streams unpacked where they are short; its own table is then wrong,
    and found again by the reader."""

    def unpacked(found: re.Match[bytes]) -> bytes:
        stream = zlib.decompressobj()
        try:
            plain = stream.decompress(found.group(1), 8000)
        except zlib.error:
            return found.group()
        return found.group() if len(plain) == 8000 else b"stream\n" + plain + b"\nendstream"

    return _STREAM.sub(unpacked, data).replace(b"/Filter/FlateDecode", b"")


def changed(data: bytes, most: int, chance: random.Random) -> bytes:
    """``data`` with bytes changed, left out, repeated, and snippets that do harm put in."""
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 1, 4, 16, 100, 1000)))
        match chance.randrange(7):
            case 0:
                del data[at:end]
            case 1:
                data[at:at] = chance.choice(SNIPPETS)
            case 2:
                data[at:end] = chance.choice(SNIPPETS)
            case 3:
                data[at:at] = data[at:end] * chance.choice((1, 2, 100))
            case 4:
                to = chance.randrange(len(data) + 1)
                data[to:to] = data[at:end]
            case 5 if at < end:
                data[at] = chance.randrange(256)
            case 6 if at < end:
                data[at] ^= 1 << chance.randrange(8)
    return bytes(data[:most])


def repacked(
    data: bytes, most: int, chance: random.Random, change: Callable[..., bytes] = changed
) -> bytes:
    """A package with one of its members changed, or its own bytes, where it is none."""
    data = bytes(data)
    if chance.random() < 0.1 or len(data) < 4:
        return change(data, most, chance)
    head, body = data[:1], data[1:]
    if body.startswith(b"\x1f\x8b"):
        parts = _gunzipped(body)
        if parts:
            at = chance.randrange(len(parts))
            parts[at] = change(parts[at], most, chance)
            packed = b"".join(gzip.compress(part, 1, mtime=0) for part in parts)
            return (head + packed)[:most]
        return change(data, most, chance)
    members = _members(body)
    if not members:
        return change(data, most, chance)
    name = chance.choice(sorted(members))
    if name.endswith((".png", ".jpg", ".ttf")):
        del members[name]
    members[name] = change(members.get(name, b""), most, chance)
    if chance.random() < 0.05:
        members[chance.choice(("../a.txt", "/a.txt", "a\\..\\b.txt", "%00!#", "mimetype"))] = (
            b"Kazan"
        )
    packed = head + hostile.zipped(dict(members))
    return packed if len(packed) <= most else data


def _members(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [
                each for each in archive.infolist() if each.file_size < 1 << 20 and each.filename
            ]
            return {each.filename: archive.read(each) for each in infos[:40]}
    except Exception:  # a seed that an earlier mutation has damaged
        return {}


def _gunzipped(data: bytes) -> list[bytes]:
    parts: list[bytes] = []
    while data.startswith(b"\x1f\x8b"):
        stream = zlib.decompressobj(31)
        try:
            parts.append(stream.decompress(data, 1 << 20))
        except zlib.error:
            break
        data = stream.unused_data
    return parts


__all__ = ["changed", "mutator", "repacked", "seeds", "text_of"]
