"""EPUB books: the chapters of the spine, in its order."""

from __future__ import annotations

import io
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pobratim.errors import InputError
from pobratim.reading.blocks import Blocks, Extracted
from pobratim.reading.flow import flow
from pobratim.reading.html import MOST_HTML, decode_html, parse_html
from pobratim.reading.packages import Package, open_zip
from pobratim.reading.xml import local, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["read_epub"]

MOST_CHAPTERS = 10_000
MOST_BYTES = 128 << 20
MOST_INDEX = 4 << 20
PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml"))


def read_epub(data: bytes) -> Extracted:
    """The text of a book; its cover, table of contents and style sheets are left out."""
    blocks = Blocks()
    with open_zip(io.BytesIO(data)) as archive:
        package = Package(archive, MOST_BYTES)
        if "META-INF/encryption.xml" in package.names and "META-INF/rights.xml" in package.names:
            raise InputError("locked by its publisher (DRM); it cannot be read")
        index = _index(package)
        root = parse_xml(package.read(index, MOST_INDEX), "the book's index")
        missing = 0
        for path in _chapters(root, posixpath.dirname(index)):
            if path not in package.names:
                missing += 1
                continue
            page = parse_html(decode_html(package.read(path, MOST_HTML)))
            flow(page, blocks)
            blocks.gap()
        if missing:
            blocks.notice(
                "damaged", f"{missing} chapters that the book's index names are not in it"
            )
    return blocks.extracted()


def _index(package: Package) -> str:
    root = parse_xml(package.read("META-INF/container.xml", MOST_INDEX), "META-INF/container.xml")
    for each in root.iter():
        if local(each) == "rootfile" and each.get("full-path"):
            return unquote(str(each.get("full-path")))
    raise InputError("a damaged EPUB: it does not say where its index is")


def _chapters(root: _Element, folder: str) -> list[str]:
    pages: dict[str, str] = {}
    for each in root.iter():
        if local(each) == "item" and each.get("media-type") in PAGES:
            told = (each.get("properties") or "").split()
            if "nav" not in told:
                path = posixpath.normpath(posixpath.join(folder, unquote(each.get("href") or "")))
                pages[str(each.get("id"))] = path
    refs = [str(each.get("idref")) for each in root.iter() if local(each) == "itemref"]
    if len(refs) > MOST_CHAPTERS:
        raise InputError(f"a book of more than {MOST_CHAPTERS:,} chapters")
    return [pages[ref] for ref in dict.fromkeys(refs) if ref in pages]
