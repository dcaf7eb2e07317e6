"""Word documents (DOCX, ISO/IEC 29500): paragraphs, headings, lists, tables, text boxes and notes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, NamedTuple

from pobratim.reading.blocks import Blocks, Extracted
from pobratim.reading.numbering import Counters, numeral
from pobratim.reading.packages import Package, open_zip
from pobratim.reading.xml import MOST_XML, child, children, local, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["read_docx"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MOST_BYTES = 96 << 20
MOST_LEVELS = 9
MOST_BASES = 20
TITLE = -1
NOT_SHOWN = frozenset(
    ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "Fallback", "rt", "commentReference")
)
HEADING_NAME = re.compile(r"(?i)(?:heading|заголовок) ?([1-9])\Z")
CONTENTS_NAME = re.compile(r"(?i)(?:toc|оглавление) ?[1-9]\Z")
LEVEL_MARK = re.compile(r"%([1-9])")
SIGNS = {"tab": " ", "cr": "\n", "br": "\n", "noBreakHyphen": "-", "ptab": " "}


class _Style(NamedTuple):
    """What a paragraph style adds: heading level (0 for none, TITLE), list and level, whether contents."""

    heading: int
    list_id: str | None
    level: int
    contents: bool


class _Level(NamedTuple):
    kind: str
    pattern: str
    start: int


NO_STYLE = _Style(0, None, 0, False)


def read_docx(data: bytes) -> Extracted:
    """The text of a Word document; heads and feet of pages, comments, deleted and hidden text are
    left out."""
    with open_zip(io.BytesIO(data)) as archive:
        package = Package(archive, MOST_BYTES)
        root = parse_xml(package.read("word/document.xml", MOST_XML), "word/document.xml")
        reader = _Docx(_styles(package), _levels(package))
        body = child(root, "body")
        if body is not None:
            reader.story(body)
        for notes in ("word/footnotes.xml", "word/endnotes.xml"):
            if notes in package.names:
                reader.notes(parse_xml(package.read(notes, MOST_XML), notes))
    return reader.blocks.extracted()


def _value(element: _Element | None, name: str = "val") -> str | None:
    if element is None:
        return None
    told = element.get(W + name)
    return told if told is not None else element.get(STRICT + name)


def _small(told: str | None, default: int) -> int:
    return int(told) if told and told.isascii() and told.isdigit() and len(told) < 7 else default


def _styles(package: Package) -> dict[str, _Style]:
    if "word/styles.xml" not in package.names:
        return {}
    root = parse_xml(package.read("word/styles.xml", MOST_XML), "word/styles.xml")
    own = {
        str(_value(style, "styleId")): style
        for style in children(root, "style")
        if _value(style, "type") == "paragraph"
    }
    return {name: _style(name, own) for name in own}


def _style(name: str, own: dict[str, _Element]) -> _Style:
    """The style with what it takes from those that it is based on."""
    found = NO_STYLE
    for _ in range(MOST_BASES):
        style = own.get(name)
        if style is None:
            break
        told = (_value(child(style, "name")) or "").strip()
        matched = HEADING_NAME.match(told)
        properties = child(style, "pPr")
        heading = int(matched.group(1)) if matched else _outline(properties)
        if told.casefold() in ("title", "название"):
            heading = TITLE
        numbers = child(properties, "numPr")
        found = _Style(
            found.heading or heading,
            found.list_id or _value(child(numbers, "numId")),
            found.level or _small(_value(child(numbers, "ilvl")), 0),
            found.contents or bool(CONTENTS_NAME.match(told)),
        )
        name = _value(child(style, "basedOn")) or ""
    return found


def _outline(properties: _Element | None) -> int:
    """The heading level, 1 to 9, that paragraph properties tell; 0 for body text."""
    level = _small(_value(child(properties, "outlineLvl")), MOST_LEVELS)
    return level + 1 if level < MOST_LEVELS else 0


def _levels(package: Package) -> dict[str, dict[int, _Level]]:
    """For each list id, how its levels are numbered."""
    if "word/numbering.xml" not in package.names:
        return {}
    root = parse_xml(package.read("word/numbering.xml", MOST_XML), "word/numbering.xml")
    abstract = {
        _value(each, "abstractNumId"): {
            _small(_value(level, "ilvl"), 0): _Level(
                _value(child(level, "numFmt")) or "decimal",
                _value(child(level, "lvlText")) or "",
                _small(_value(child(level, "start")), 1),
            )
            for level in children(each, "lvl")
        }
        for each in children(root, "abstractNum")
    }
    return {
        str(_value(each, "numId")): abstract.get(_value(child(each, "abstractNumId")), {})
        for each in children(root, "num")
    }


class _Docx:
    """The walk through a document's stories."""

    def __init__(self, styles: dict[str, _Style], levels: dict[str, dict[int, _Level]]) -> None:
        self.blocks = Blocks()
        self._styles, self._levels = styles, levels
        self._counters = Counters()

    def story(self, container: _Element) -> None:
        """The paragraphs and tables in ``container``, in order."""
        for each in container:
            name = local(each)
            if name == "p":
                self._paragraph(each)
            elif name == "tbl":
                self.blocks.table(self._rows(each))
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
                self.story(each)

    def notes(self, root: _Element) -> None:
        """Footnotes or endnotes, behind the text."""
        for note in root:
            if _value(note, "type") in (None, "normal"):
                self.story(note)

    def _paragraph(self, paragraph: _Element) -> None:
        properties = child(paragraph, "pPr")
        style = self._styles.get(_value(child(properties, "pStyle")) or "", NO_STYLE)
        text = "".join(_text(paragraph))
        heading = _outline(properties) or style.heading
        if style.contents:
            return
        if text.strip():
            mark, level = self._mark(properties, style)
            if heading:
                line = f"{mark} {text}" if mark and mark != "-" else text
                self.blocks.heading(line, max(0, heading))
            elif mark:
                self.blocks.item(text, mark, level)
            else:
                self.blocks.paragraph(text)
        for box in _boxes(paragraph):
            self.story(box)

    def _mark(self, properties: _Element | None, style: _Style) -> tuple[str, int]:
        """The item's number or bullet, empty for no item, and its level."""
        own = child(properties, "numPr")
        list_id = _value(child(own, "numId")) or style.list_id
        level = min(_small(_value(child(own, "ilvl")), style.level), MOST_LEVELS)
        shape = self._levels.get(list_id or "", {}).get(level)
        if list_id in (None, "0") or shape is None or shape.kind == "none":
            return "", level
        counts = self._counters.step(str(list_id), level, shape.start)
        if shape.kind == "bullet":
            return "-", level
        kinds = {each: told.kind for each, told in self._levels[str(list_id)].items()}

        def numbered(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            return numeral(counts.get(at, 1), kinds.get(at, "decimal"))

        return LEVEL_MARK.sub(numbered, shape.pattern[:40]).strip() or "-", level

    def _rows(self, table: _Element) -> Iterator[list[str]]:
        for row in _through(table, "tr"):
            yield [self._cell(cell) for cell in _through(row, "tc")]

    def _cell(self, cell: _Element) -> str:
        merged = child(child(cell, "tcPr"), "vMerge")
        if merged is not None and _value(merged) != "restart":
            return ""
        return " ".join("".join(_text(each)) for each in cell.iter() if local(each) == "p")


def _through(element: _Element, name: str) -> Iterator[_Element]:
    """Children of this name, also those within content controls."""
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _through(each, name)


def _text(element: _Element) -> Iterator[str]:
    """The words that are shown of a paragraph; those of its text boxes are not."""
    for each in element:
        name = local(each)
        if name == "t":
            yield each.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        elif name == "r" and _is_hidden(each):
            continue
        elif name not in NOT_SHOWN and name not in ("txbxContent", "p"):
            yield from _text(each)


def _is_hidden(run: _Element) -> bool:
    vanish = child(child(run, "rPr"), "vanish")
    return vanish is not None and _value(vanish) not in ("0", "false", "off")


def _boxes(paragraph: _Element) -> Iterator[_Element]:
    """The contents of text boxes anchored in ``paragraph``; each is written twice for old programs."""
    for each in paragraph.iter():
        if local(each) == "txbxContent":
            names = [local(above) for above in each.iterancestors()]
            within = names[: names.index("p")] if "p" in names else names
            if "Fallback" not in names and "txbxContent" not in within:
                owner = next(above for above in each.iterancestors() if local(above) == "p")
                if owner is paragraph:
                    yield each
