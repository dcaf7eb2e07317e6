"""OpenDocument texts (ODT, ISO/IEC 26300): paragraphs, headings, lists, tables, text boxes, notes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from pobratim.errors import InputError
from pobratim.reading.blocks import Blocks, Extracted
from pobratim.reading.numbering import numeral
from pobratim.reading.packages import Package, open_zip
from pobratim.reading.xml import MOST_XML, child, local, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["read_odt"]

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
MOST_BYTES = 96 << 20
NOT_SHOWN = frozenset(
    ("annotation", "annotation-end", "tracked-changes", "note", "hidden-text", "hidden-paragraph",
     "ruby-text", "frame", "custom-shape", "bookmark", "page-number", "page-count")
)  # fmt: skip
SIGNS = {"s": " ", "tab": " ", "line-break": "\n"}
MOST_BASES = 20


class _Level(NamedTuple):
    kind: str
    before: str
    after: str
    start: int


def read_odt(data: bytes) -> Extracted:
    """The text of an OpenDocument text; heads and feet of pages, indexes, comments, deleted and
    hidden text are left out."""
    with open_zip(io.BytesIO(data)) as archive:
        package = Package(archive, MOST_BYTES)
        if b"encryption-data" in package.read("META-INF/manifest.xml", MOST_XML):
            raise InputError("locked with a password; save it without one")
        root = parse_xml(package.read("content.xml", MOST_XML), "content.xml")
        reader = _Odt(root)
        if "styles.xml" in package.names:
            reader.learn(parse_xml(package.read("styles.xml", MOST_XML), "styles.xml"))
    body = child(child(root, "body"), "text")
    if body is not None:
        reader.story(body)
        for note in body.iter(TEXT + "note-body"):
            reader.story(note)
    return reader.blocks.extracted()


class _Odt:
    """The walk through a document."""

    def __init__(self, root: _Element) -> None:
        self.blocks = Blocks()
        self._lists: dict[str, dict[int, _Level]] = {}
        self._parents: dict[str, str] = {}
        self._last: dict[str, int] = {}
        self.learn(root)

    def learn(self, root: _Element) -> None:
        """Take the list styles and the paragraph styles' parents from ``root``."""
        for each in root.iter(TEXT + "list-style"):
            levels = {int(_digits(level.get(TEXT + "level"), 1)): _level(level) for level in each}
            self._lists.setdefault(str(each.get(STYLE + "name")), levels)
        for each in root.iter(STYLE + "style"):
            parent = each.get(STYLE + "parent-style-name")
            if parent:
                self._parents.setdefault(str(each.get(STYLE + "name")), parent)

    def story(self, container: _Element) -> None:
        """The blocks in ``container``, in order."""
        for each in container:
            name = local(each)
            if name == "h":
                level = _digits(each.get(TEXT + "outline-level"), 1)
                self.blocks.heading("".join(_text(each)), level)
            elif name == "p":
                self._paragraph(each)
            elif name == "list":
                self._list(each, 1, None)
            elif name == "table":
                self.blocks.table(_rows(each))
            elif name == "section" or name in ("text-box", "frame"):
                self.story(each)
            if name in ("h", "p"):
                self._boxes(each)

    def _paragraph(self, paragraph: _Element) -> None:
        text = "".join(_text(paragraph))
        style = paragraph.get(TEXT + "style-name") or ""
        for _ in range(MOST_BASES):
            if style == "Title":
                self.blocks.heading(text, 0)
                return
            style = self._parents.get(style, "")
        self.blocks.paragraph(text)

    def _boxes(self, paragraph: _Element) -> None:
        for each in paragraph.iter():
            if local(each) == "text-box" and _paragraph_of(each) is paragraph:
                self.story(each)

    def _list(self, element: _Element, depth: int, style: str | None) -> None:
        style = element.get(TEXT + "style-name") or style
        level = self._lists.get(style or "", {}).get(depth)
        going_on = element.get(TEXT + "continue-numbering") == "true" or element.get(
            TEXT + "continue-list"
        )
        number = (
            self._last.get(f"{style} {depth}", 0) if going_on else (level.start - 1 if level else 0)
        )
        for item in element:
            if local(item) not in ("list-item", "list-header"):
                continue
            number = _digits(item.get(TEXT + "start-value"), number + 1)
            self._item(item, depth, style, level, number)
        self._last[f"{style} {depth}"] = number

    def _item(
        self, item: _Element, depth: int, style: str | None, level: _Level | None, number: int
    ) -> None:
        first = local(item) == "list-item"
        for each in item:
            name = local(each)
            if name in ("p", "h"):
                text = "".join(_text(each))
                if name == "h":
                    self.blocks.heading(text, _digits(each.get(TEXT + "outline-level"), 1))
                elif first and text.strip():
                    self.blocks.item(text, _mark(level, number), depth - 1)
                else:
                    self.blocks.paragraph(text)
                self._boxes(each)
                first = False
            elif name == "list":
                self._list(each, depth + 1, style)


def _digits(told: str | None, default: int) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 7 else default


def _level(element: _Element) -> _Level:
    if local(element) != "list-level-style-number":
        return _Level("", "", "", 1)
    return _Level(
        element.get(STYLE + "num-format") or "",
        (element.get(STYLE + "num-prefix") or "")[:10],
        (element.get(STYLE + "num-suffix") or "")[:10],
        _digits(element.get(TEXT + "start-value"), 1),
    )


def _mark(level: _Level | None, number: int) -> str:
    if level is None or not level.kind:
        return "-"
    return f"{level.before}{numeral(number, level.kind)}{level.after}".strip()


def _rows(table: _Element) -> Iterator[list[str]]:
    for each in table:
        name = local(each)
        if name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(each)
        elif name == "table-row":
            yield [
                _cell(cell) for cell in each if local(cell) in ("table-cell", "covered-table-cell")
            ]


def _cell(cell: _Element) -> str:
    if local(cell) == "covered-table-cell":
        return ""
    return " ".join("".join(_text(each)) for each in cell.iter() if local(each) in ("p", "h"))


def _text(element: _Element) -> Iterator[str]:
    """The words that are shown of a paragraph; those of its text boxes and notes are not."""
    yield element.text or ""
    for each in element:
        name = local(each)
        if name in SIGNS:
            yield SIGNS[name]
        elif name and name not in NOT_SHOWN:
            yield from _text(each)
        yield each.tail or ""


def _paragraph_of(box: _Element) -> _Element | None:
    return next((each for each in box.iterancestors() if local(each) in ("p", "h")), None)
