"""The text of a structured file: its blocks as lines, and where in the file each stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pobratim.schema import Notice, SourcePart

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Blocks", "Extracted", "tidy"]

MOST_HEADING = 80
MOST_LEVELS = 6
MOST_CELLS = 1000

Turns = Sequence[tuple[int, int]]
"""Where within a line a page turns: the offset in the line, and the page from there."""

_SPACE = re.compile(r"[ \t\r\f\v\u2028\u2029]+")
_JUNK = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ue000-\uf8ff\ufffc\ufffe\uffff]")


class Extracted(NamedTuple):
    """The text of a structured file, its parts in order, and what a reader should know of it."""

    text: str
    parts: list[SourcePart]
    notices: list[Notice]


def tidy(text: str) -> str:
    """``text`` on one line: single spaces, no control, private or zero-width characters.

    Soft hyphens and non-breaking spaces stay: the stages see through them.
    """
    plain = _JUNK.sub("", text.replace("\n", " "))
    return unicodedata.normalize("NFC", _SPACE.sub(" ", plain)).strip()


@dataclass(slots=True)
class Blocks:
    """Blocks of a text as they are met, put together by :meth:`extracted`.

    Paragraphs become lines, headings lines with a blank one on either side, list items lines with
    their mark, rows of a table lines with cells joined by " | ". ``page`` is that of the blocks to
    come.
    """

    page: int | None = None
    notices: list[Notice] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _length: int = 0
    _headings: list[tuple[int, str]] = field(default_factory=list)
    _parts: list[SourcePart] = field(default_factory=list)
    _tables: int = 0
    _gap: bool = True

    def __len__(self) -> int:
        """How many characters there are so far."""
        return self._length

    @property
    def lines(self) -> int:
        """How many lines that are not blank there are so far."""
        return sum(map(bool, self._lines))

    def paragraph(self, text: str, turns: Turns = ()) -> None:
        """A paragraph, which may be of several lines; one of tidy text may have ``turns``."""
        lines = [line for line in map(tidy, text.split("\n")) if line]
        for line in lines:
            self._add(line, turns=turns)

    def heading(self, text: str, level: int = 1) -> None:
        """A heading; ``level`` 1 is the highest, 0 the document's title."""
        line = tidy(text)
        if not line or (self._headings and self._lines[-2:] == [line, ""]):
            return  # a title said twice, as pandoc and web pages do
        self._headings = [each for each in self._headings if each[0] < level][:MOST_LEVELS]
        self._headings.append((level, line[:MOST_HEADING]))
        self.gap()
        self._add(line)
        self.gap()

    def item(self, text: str, mark: str = "-", depth: int = 0, turns: Turns = ()) -> None:
        """An item of a list with its number or bullet; ``depth`` 0 is the outermost list."""
        lines = [line for line in map(tidy, text.split("\n")) if line]
        for at, line in enumerate(lines):
            start = f"{'  ' * min(depth, 8)}{mark} " if not at else ""
            shifted = [(offset + len(start), page) for offset, page in turns]
            self._add(start + line, turns=shifted)

    def table(self, rows: Iterable[Iterable[str]]) -> None:
        """A table, row by row; a table of one column is paragraphs."""
        found = [[" ".join(tidy(cell).split("\n")) for cell in row] for row in rows]
        found = [row[:MOST_CELLS] for row in found if any(row)]
        if not found:
            return
        if max(map(len, found)) == 1:
            for (cell,) in found:
                self._add(cell)
            return
        self._tables += 1
        self.gap()
        for row in found:
            self._add(" | ".join(row).strip(" |"), table=True)
        self.gap()

    def gap(self) -> None:
        """A blank line, unless one is there."""
        if not self._gap:
            self._lines.append("")
            self._length += 1
            self._gap = True

    def notice(self, code: str, message: str) -> None:
        """Something to tell of the whole file."""
        self.notices.append(Notice(code=code, message=message))

    def extracted(self) -> Extracted:
        """What there is."""
        text = "\n".join(self._lines)
        return Extracted(text if text.endswith("\n") or not text else text + "\n",
                         self._parts, self.notices)  # fmt: skip

    def _add(self, line: str, *, table: bool = False, turns: Turns = ()) -> None:
        start, end = self._length, self._length + len(line)
        self._lines.append(line)
        self._length = end + 1
        self._gap = False
        element = self._element(table=table)
        for offset, page in turns:
            self._place(start, self._length + offset - len(line) - 1, element)
            start, self.page = self._length + offset - len(line) - 1, page
        self._place(start, end, element)

    def _element(self, *, table: bool) -> str | None:
        path = [heading for _, heading in self._headings]
        if table:
            path.append(f"table {self._tables}")
        return " > ".join(path) or None

    def _place(self, start: int, end: int, element: str | None) -> None:
        """Lengthen the last part, or begin one where the place has changed."""
        if element is None and self.page is None:
            return
        last = self._parts[-1] if self._parts else None
        if last is not None and (last.page, last.element) == (self.page, element):
            last.end = end
        else:
            self._parts.append(SourcePart(start=start, end=end, page=self.page, element=element))
