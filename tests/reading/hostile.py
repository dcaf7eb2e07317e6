"""Files made to do harm, each made here and small: what each does is in its name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "lollollollol">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 12}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
SECRET = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
MB = 1 << 20


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of ``parts``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def docx(document: str | bytes, **others: str | bytes) -> bytes:
    """A Word document of this main part."""
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **others})


def odt(content: str | bytes) -> bytes:
    """An OpenDocument text of this content."""
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "META-INF/manifest.xml": "<m/>", "content.xml": content})


def epub(page: str | bytes, index: str | None = None) -> bytes:
    """A book of one page."""
    container = '<container><rootfiles><rootfile full-path="o.opf"/></rootfiles></container>'
    index = index or (
        '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "o.opf": index,
            "a.xhtml": page,
        }
    )


def pdf(objects: list[bytes]) -> bytes:
    """A PDF file of ``objects``, the first of them the catalogue."""
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + table
        + b"trailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            len(data),
        )
    )


def pdf_page(content: bytes, extra: bytes = b"") -> bytes:
    """A PDF file of one page whose content stream is ``content``."""
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
    page += b"/Resources <</Font <</F 5 0 R>>>>>>"
    stream = b"<</Length %d %s>>\nstream\n" % (len(content), extra) + content + b"\nendstream"
    pages = b"<</Type /Pages /Kids [3 0 R] /Count 1>>"
    return pdf([b"<</Type /Catalog /Pages 2 0 R>>", pages, page, stream, font])


def pdf_loop() -> bytes:
    """A page tree that is its own child."""
    pages = b"<</Type /Pages /Kids [2 0 R 2 0 R 2 0 R] /Count 2000000000 /Parent 2 0 R>>"
    return pdf([b"<</Type /Catalog /Pages 2 0 R>>", pages])


def pdf_many_pages() -> bytes:
    """One page, named as the page of a tree a hundred thousand times."""
    kids = b"3 0 R " * 100_000
    pages = b"<</Type /Pages /Kids [" + kids + b"] /Count 100000>>"
    page = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800]>>"
    return pdf([b"<</Type /Catalog /Pages 2 0 R>>", pages, page])


def pdf_bomb() -> bytes:
    """A content stream packed six times over, of a gigabyte of spaces in all."""
    data = b" " * (256 * MB)
    for _ in range(3):
        data = zlib.compress(data, 9)
    return pdf_page(data, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")


def pdf_much_text() -> bytes:
    """A million letters on one page."""
    line = b"(" + b"a" * 1000 + b") Tj "
    return pdf_page(b"BT /F 1 Tf 1 0 0 1 10 10 Tm " + line * 1000 + b"ET")


def pdf_many_cells() -> bytes:
    """A page of 20,000 lines of three cells, all but the first two of which stand."""
    cells = b"".join(
        b"1 0 0 1 %d %d Tm (a) Tj " % (x, y) for y in range(20_000, 0, -1) for x in (90, 200)
    )
    first = b"1 0 0 1 10 20001 Tm (a) Tj 1 0 0 1 90 20001 Tm (a) Tj 1 0 0 1 200 20001 Tm (a) Tj "
    return pdf_page(b"BT /F 1 Tf " + first + cells + b"ET")


def pdf_shuffled() -> bytes:
    """A page of 40,000 letters in an order without sense."""
    places = [(number * 7919) % 40_000 for number in range(40_000)]
    letters = b"".join(b"1 0 0 1 %d %d Tm (a) Tj " % (at % 200 * 3, at // 200 * 4) for at in places)
    return pdf_page(b"BT /F 1 Tf " + letters + b"ET")


def quoted_zip_bomb() -> bytes:
    """One packed body of 64 MB that a thousand names lead to."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(64 * MB))
        info = archive.infolist()[0]
        for number in range(1000):
            copy = zipfile.ZipInfo(f"b{number}.txt")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(copy, name, getattr(info, name))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
    return stream.getvalue()


def nested_zips(depth: int = 40) -> bytes:
    """Zip files in each other."""
    data = zipped({"a.txt": "deep"})
    for _ in range(depth):
        data = zipped({"a.zip": data})
    return data


def tar_with_long_header() -> bytes:
    """A tar file whose header of names is said to be 4 GB long."""
    info = tarfile.TarInfo("a")
    info.type, info.size = tarfile.XHDTYPE, 4096 * MB
    return gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + b"1" * (64 * MB))


def many_relations() -> bytes:
    """A Word document of 200,000 relations of one name."""
    relation = '<Relationship Id="a" Type="x/styles" Target="styles.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return docx(
        f'<w:document xmlns:w="{WORD}"><w:body/></w:document>',
        **{
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">'
            + relation * 200_000
            + "</Relationships>"
        },
    )


def wide_word() -> str:
    """A table whose cells say that they are two thousand million columns wide."""
    cell = (
        '<w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p>'
    )
    cell += "</w:tc>"
    row = f"<w:tr>{cell * 50}</w:tr>"
    return f'<w:document xmlns:w="{WORD}"><w:body><w:tbl>{row * 50}</w:tbl></w:body></w:document>'


def repeated_odt() -> str:
    """A thousand million spaces and cells, each told once."""
    text, table = (
        f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("text", "table")
    )
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    cell = '<t:table-cell t:number-columns-repeated="999999999"><x:p>a</x:p></t:table-cell>'
    row = f'<t:table-row t:number-rows-repeated="999999999">{cell}</t:table-row>'
    return (
        f'<o:document-content xmlns:o="{office}" xmlns:x="{text}" xmlns:t="{table}"><o:body><o:text>'
        f'<x:p>a<x:s x:c="999999999"/>b</x:p><t:table>{row}</t:table>'
        "</o:text></o:body></o:document-content>"
    )


def lying_parquet() -> bytes:
    """A Parquet file whose footer says that it is longer than the file."""
    return b"PAR1" + b"\x15\x04" * 1000 + (2**31 - 1).to_bytes(4, "little") + b"PAR1"


def lying_chunk() -> bytes:
    """A page in a web archive whose chunk says that it is 4 GB long."""
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    page += b"fffffff0\r\n<p>Kazan</p>"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % len(page) + page + b"\r\n\r\n"


def deep_word() -> str:
    """Content controls in each other."""
    head = f'<w:document xmlns:w="{WORD}"><w:body>'
    return head + "<w:sdt>" * 100_000 + "</w:sdt>" * 100_000 + "</w:body></w:document>"


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "HTML nested 100,000 deep": lambda: b"<html><body>" + b"<div>" * 100_000 + b"x",
    "HTML lists nested 5,000 deep": lambda: b"<html><body>" + b"<ul><li>a" * 5000,
    "HTML tables nested 200 deep": lambda: b"<html><body>" + b"<table><tr><td>a" * 200,
    "HTML formatting nested 100,000 deep": lambda: b"<html><body><p>" + b"<b>" * 100_000 + b"x",
    "HTML of a million elements": lambda: b"<html><body>" + b"<p>a" * 1_000_000,
    "HTML of 100,000 attributes": lambda: (
        b"<html><body><p "
        + b" ".join(b"a%d=1" % number for number in range(100_000))
        + b">text</p>"
    ),
    "HTML that opens tags and never ends them": lambda: b"<html><body>" + b"<a " * 500_000,
    "HTML of entities": lambda: b"<html><body><p>" + b"&amp;" * 1_000_000,
    "DOCX that laughs": lambda: docx(LAUGHS + "<x>&i;</x>"),
    "DOCX that reads a file": lambda: docx(SECRET + "<x>&i;</x>"),
    "DOCX nested 100,000 deep": lambda: docx(deep_word()),
    "DOCX of 300 MB of spaces": lambda: docx(b"<x>" + b" " * (300 * MB) + b"</x>"),
    "DOCX whose styles are their own base": lambda: docx(
        f'<w:document xmlns:w="{WORD}"><w:body/></w:document>',
        **{
            "word/styles.xml": f'<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:styleId="A">'
            '<w:basedOn w:val="A"/></w:style></w:styles>'
        },
    ),
    "DOCX of 200,000 relations": many_relations,
    "DOCX of endless columns": lambda: docx(wide_word()),
    "ODT of endless spaces and cells": lambda: odt(repeated_odt()),
    "HTML of 20,000 menus": lambda: b"<html><body>" + b"<p>x<nav>a</nav>b</p>" * 20_000,
    "RTF whose lengths lie": lambda: (
        b"{\\rtf1 " + b"\\bin-1 a\\uc99999 \\u1080?\\bin2147483647 b" * 50_000
    ),
    "PDF of an image in its text that lies": lambda: pdf_page(
        b"BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID " + b"a" * 10_000 + b" EI BT /F 9 Tf (a) Tj ET"
    ),
    "ODT that laughs": lambda: odt(LAUGHS + "<x>&i;</x>"),
    "ODT that reads a file": lambda: odt(SECRET + "<x>&i;</x>"),
    "EPUB that laughs in its index": lambda: epub("<p>", LAUGHS + "<package>&i;</package>"),
    "EPUB that laughs": lambda: epub(LAUGHS + "<html><body><p>&i;</p></body></html>"),
    "EPUB of one chapter 100,000 times": lambda: epub(
        "<html><body><p>x</p></body></html>",
        '<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        "<spine>" + '<itemref idref="a"/>' * 100_000 + "</spine></package>",
    ),
    "RTF nested 1,000,000 deep": lambda: b"{\\rtf1 " + b"{" * 1_000_000,
    "RTF of a million cells": lambda: b"{\\rtf1 " + b"\\intbl a\\cell" * 1_000_000 + b"\\row}",
    "RTF of backslashes": lambda: b"{\\rtf1 " + b"\\" * 3_000_000,
    "RTF that skips far": lambda: b"{\\rtf1 \\bin999999999 a}",
    "PDF whose pages are their own": pdf_loop,
    "PDF of 100,000 pages": pdf_many_pages,
    "PDF that unpacks to 256 MB": pdf_bomb,
    "PDF of a million letters": pdf_much_text,
    "PDF of 20,000 rows of cells": pdf_many_cells,
    "PDF of letters out of order": pdf_shuffled,
    "PDF cut short": lambda: pdf_page(b"BT (a) Tj ET")[:200],
    "PDF of noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4000,
    "XLSX": lambda: zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": " " * (64 * MB)}),
}
"""Documents to read."""

CONTAINERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "gzip of 300 MB of zeros": ("a.txt.gz", lambda: gzip.compress(bytes(300 * MB))),
    "bzip2 of 300 MB of zeros": ("a.txt.bz2", lambda: bz2.compress(bytes(300 * MB))),
    "xz of 300 MB of zeros": ("a.txt.xz", lambda: lzma.compress(bytes(300 * MB))),
    "zip of 300 MB of zeros": ("a.zip", lambda: zipped({"a.txt": bytes(300 * MB)})),
    "zip whose names share a body": ("a.zip", quoted_zip_bomb),
    "zips nested 40 deep": ("a.zip", nested_zips),
    "gzip nested 100 deep": ("a.gz", lambda: _again(b"a" * 1000, 100)),
    "tar with a header of 4 GB": ("a.tar.gz", tar_with_long_header),
    "JSON nested a million deep": ("a.jsonl", lambda: b'{"text": ' + b"[" * 1_000_000),
    "JSON line of 100 MB": ("a.jsonl.gz", lambda: gzip.compress(b'{"text": "' + b"ab" * (50 * MB))),
    "CSV whose quote never ends": ("a.csv", lambda: b'text\n"' + b"a,b\n" * 1_000_000),
    "CSV of a million columns": ("a.csv", lambda: b"text" + b",a" * 1_000_000 + b"\n"),
    "zip of 60,000 empty files": (
        "a.zip",
        lambda: zipped({f"{number}.txt": "" for number in range(60_000)}),
    ),
    "Parquet whose footer lies": ("a.parquet", lying_parquet),
    "WARC whose chunk lies": ("a.warc", lying_chunk),
    "WARC with endless headers": ("a.warc", lambda: b"WARC/1.0\r\n" + b"A: b\r\n" * 1_000_000),
    "WARC longer than it is": (
        "a.warc",
        lambda: (
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n"
        ),
    ),
}
"""Containers to take apart: the name of the file, and its bytes."""


def _again(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = gzip.compress(data)
    return data
