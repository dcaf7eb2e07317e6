"""A tree of HTML, or of an article that was found in one, to blocks of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.reading.xml import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from pobratim.reading.blocks import Blocks

__all__ = ["flow", "inline_text"]

HEADINGS = {"head": 2} | {f"h{level}": level for level in range(1, 7)}
PARAGRAPHS = frozenset((
    "p", "div", "section", "article", "main", "body", "html", "header", "footer", "aside", "nav",
    "blockquote", "quote", "pre", "address", "figure", "figcaption", "center", "fieldset", "details",
    "summary", "dl", "dt", "dd", "form", "hr", "hgroup",
))  # fmt: skip
LISTS = frozenset(("ul", "ol", "list", "menu"))
ITEMS = frozenset(("li", "item"))
BREAKS = frozenset(("br", "lb"))
ROWS = frozenset(("tr", "row"))
CELLS = frozenset(("td", "th", "cell"))
DROPPED = frozenset((
    "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "embed",
    "audio", "video", "canvas", "select", "button", "input", "textarea", "datalist", "map", "graphic",
    "del", "rp", "rt",
))  # fmt: skip
BLOCKS = PARAGRAPHS | LISTS | ITEMS | frozenset(HEADINGS) | frozenset(("table", *ROWS))
MOST_COUNT = 1_000_000
LONG_ROW = 400


def flow(root: _Element, blocks: Blocks, dropped: frozenset[str] = DROPPED) -> None:
    """Add the blocks in ``root`` to ``blocks``; the elements ``dropped`` and all in them are left out."""
    _Flow(blocks, dropped - {local(root)}).walk(root, None)


def inline_text(element: _Element, dropped: frozenset[str] = DROPPED) -> str:
    """All words in ``element`` on one line; blocks in it are parted by a space."""
    return " ".join("".join(_words(element, dropped)).split())


def _words(element: _Element, dropped: frozenset[str]) -> Iterator[str]:
    name = local(element)
    apart = name in BLOCKS or name in BREAKS or name in CELLS
    if apart:
        yield " "
    yield element.text or ""
    for each in element:
        if local(each) and local(each) not in dropped:
            yield from _words(each, dropped)
        yield each.tail or ""
    if apart:
        yield " "


class _Flow:
    """The walk: inline text is held until a block begins or ends. Trees are at most 256 deep."""

    def __init__(self, blocks: Blocks, dropped: frozenset[str]) -> None:
        self.blocks, self.dropped = blocks, dropped
        self._held: list[str] = []
        self._mark: tuple[str, int] | None = None

    def walk(self, element: _Element, mark: tuple[str, int] | None, depth: int = 0) -> None:
        """The content of ``element``; ``mark`` is the bullet for its first line."""
        name = local(element)
        self._mark = mark or self._mark
        self._hold(element.text, verbatim=name == "pre")
        number = _number(element.get("start"), 1)
        ordered = name == "ol" or element.get("rend") == "ol"
        for each in element:
            inner = local(each)
            if inner and inner not in self.dropped:
                if inner in ITEMS:
                    number = _number(each.get("value"), number)
                    self._flush()
                    plain = element.get("rend") == "dl"
                    bullet = f"{number}." if ordered else "-"
                    self.walk(each, None if plain else (bullet, max(0, depth - 1)), depth)
                    self._flush()
                    self._mark = None
                    number += 1
                else:
                    self._element(each, inner, depth)
            self._hold(each.tail, verbatim=name == "pre")

    def _element(self, each: _Element, name: str, depth: int) -> None:
        if name in BREAKS:
            self._held.append("\n")
        elif name in HEADINGS:
            self._flush()
            told = each.get("rend") or ""
            level = HEADINGS.get(told, HEADINGS[name])
            self.blocks.heading(inline_text(each, self.dropped), level)
        elif name == "table":
            self._flush()
            self._table(each, depth)
        elif name in LISTS or name in PARAGRAPHS:
            self._flush()
            self.walk(each, None, depth + (name in LISTS))
            self._flush()
        elif name in CELLS:
            self._hold(" ")
            self.walk(each, None, depth)
            self._hold(" ")
        elif name == "q":
            self._hold("“" if each.text else "")
            self.walk(each, None, depth)
            self._hold("”")
        else:
            self.walk(each, None, depth)

    def _table(self, table: _Element, depth: int) -> None:
        """A table of data as rows; one that only lays a page out as what is in its cells."""
        rows = [row for row in table.iter() if local(row) in ROWS and _owner(row) is table]
        cells = [[cell for cell in row if local(cell) in CELLS] for row in rows]
        nested = any(local(each) == "table" and each is not table for each in table.iter())
        widest = max(map(len, cells), default=0)
        caption = next((each for each in table if local(each) == "caption"), None)
        if caption is not None:
            self.blocks.paragraph(inline_text(caption, self.dropped))
        if nested or widest <= 1 or (len(rows) == 1 and _is_layout(rows[0])):
            for row in cells:
                for cell in row:
                    self.walk(cell, None, depth)
                    self._flush()
        else:
            self.blocks.table([[inline_text(cell, self.dropped) for cell in row] for row in cells])

    def _hold(self, text: str | None, *, verbatim: bool = False) -> None:
        if text:
            self._held.append(text if verbatim else " ".join(text.split("\n")))

    def _flush(self) -> None:
        text = "".join(self._held)
        self._held.clear()
        if not text.strip():
            return
        if self._mark is None:
            self.blocks.paragraph(text)
        else:
            self.blocks.item(text, *self._mark)
            self._mark = None


def _is_layout(row: _Element) -> bool:
    """Whether the only row of a table holds parts of a page rather than cells."""
    inner = sum(local(each) in PARAGRAPHS | LISTS or local(each) in HEADINGS for each in row.iter())
    return inner > 1 or len(inline_text(row)) > LONG_ROW


def _owner(row: _Element) -> _Element | None:
    """The table that ``row`` is directly of."""
    return next((each for each in row.iterancestors() if local(each) == "table"), None)


def _number(told: str | None, default: int) -> int:
    if told and told.strip().isascii() and told.strip().isdigit() and len(told) < 8:
        return min(int(told), MOST_COUNT)
    return default
