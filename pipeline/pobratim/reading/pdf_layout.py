"""Runs of characters on PDF pages to paragraphs, headings, list items and tables in reading order.

The order of the file is nearly always that of reading, columns included; where it is not, the
columns are found by the white space between them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.reading import reading_lexicon
from pobratim.reading.blocks import tidy
from pobratim.reading.layout import BULLET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.reading.blocks import Blocks

__all__ = ["Line", "Page", "Run", "add_pages"]

SAME_LINE = 0.5
WIDE_GAP = 1.6
"""Lines further apart than this many usual distances are two paragraphs."""

SOME_GAP = 1.22
"""The same behind the end of a sentence."""

AROUND = 8
INDENT = 0.8
FULL = 0.85
ALIGNED = 3.0
MOSTLY = 0.6
LARGE = 1.12
HEADING_CHARS = 160
HEADING_LINES = 5
MOST_LINES = 1000
MOST_CELL_LINES = 40
MOST_RUNS = 5000
MOST_COLUMNS = 40
DISORDER = 0.2
LEAST_COLUMN_LINES = 4
SIGN_BULLETS = frozenset("•·▪◦‣■●○–—*-\uf0b7\u2043")
MARK = re.compile(r"[•·▪◦‣■●○\uf0b7\u2043] ?|[-–—*] |(?P<number>\d{1,3}[.)]) ?(?=[^\W\d_])")
HYPHENED = re.compile(r"[^\W\d_]{1,40}-[^\W\d_]{1,40}")
WORD_END = re.compile(r"[^\W\d_]{1,40}\Z")
WORD_START = re.compile(r"[^\W\d_]{1,40}")
ENDS = ".!?…:;"


@dataclass(slots=True, eq=False)
class Run:
    """Characters in a row: their text, where on the page they begin and end and stand, in points from
    its lower left, and how large they are."""

    text: str
    x0: float
    x1: float
    bottom: float
    height: float
    bold: bool = False

    def takes(self, x0: float, bottom: float, gap: float) -> bool:
        """Whether a character at ``x0`` goes on with it."""
        level = abs(bottom - self.bottom) < SAME_LINE * self.height
        return level and -0.5 * self.height < x0 - self.x1 < gap * self.height

    def add(self, character: str, x1: float) -> None:
        """Put one more character behind it."""
        self.text += character
        self.x1 = max(self.x1, x1)


@dataclass(slots=True)
class Page:
    """A page: its number from 1, its size in points, its runs in the order of the file."""

    number: int
    width: float
    height: float
    runs: list[Run]
    has_picture: bool = False


@dataclass(slots=True, eq=False)
class Line:
    """Runs side by side; ``column`` counts the columns of a document as they are read."""

    runs: list[Run]
    page: int
    column: int = 0
    cells: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(run.text.strip() for run in self.runs)

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return max(run.x1 for run in self.runs)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return min(run.bottom for run in self.runs)

    @property
    def height(self) -> float:
        """The height of most of its letters."""
        return max(self.runs, key=lambda run: len(run.text)).height

    @property
    def bold(self) -> bool:
        """Whether all of it is in bold letters."""
        return all(run.bold for run in self.runs)


def add_pages(pages: Iterable[Page], blocks: Blocks) -> None:
    """Add the text of ``pages`` to ``blocks``; a paragraph that goes on overleaf is not cut."""
    lines: list[Line] = []
    column = 0
    for page in pages:
        found = _lines(page)
        if _is_disordered(found):
            found = _lines(Page(page.number, page.width, page.height, _by_columns(page.runs)))
        column = _count_columns(found, column + 1)
        lines += found
    if lines:
        _Layout(lines, blocks).add()


def _lines(page: Page) -> list[Line]:
    """The lines of a page in the order of its runs."""
    lines: list[Line] = []
    for run in page.runs:
        last = lines[-1].runs[-1] if lines else None
        if (
            last is not None
            and abs(last.bottom - run.bottom) < SAME_LINE * max(last.height, run.height)
            and run.x0 > last.x1 - 0.3 * last.height
        ):
            lines[-1].runs.append(run)
        else:
            lines.append(Line([run], page.number))
    return lines


def _is_disordered(lines: list[Line]) -> bool:
    """Whether the file's order leaps up the page much oftener than columns and tables do."""
    leaps = sum(
        after.bottom > line.bottom + 2 * line.height and after.x0 < line.x1 - line.height
        for line, after in pairwise(lines)
    )
    return len(lines) > LEAST_COLUMN_LINES and leaps > DISORDER * len(lines)


def _by_columns(runs: list[Run], depth: int = 0) -> list[Run]:
    """The runs in reading order, by the widest white space between columns, if there is one."""
    gutter = _gutter(runs) if depth < 4 and len(runs) <= MOST_RUNS else None
    if gutter is None:
        return sorted(runs, key=lambda run: (-round(run.bottom / 3), run.x0))
    across = [run for run in runs if run.x0 < gutter < run.x1]
    crossing = set(map(id, across))
    ordered: list[Run] = []
    above = float("inf")
    for edge in [*sorted((run.bottom for run in across), reverse=True), float("-inf")]:
        band = [run for run in runs if edge < run.bottom < above and id(run) not in crossing]
        left = [run for run in band if run.x1 <= gutter]
        right = [run for run in band if run.x0 >= gutter]
        ordered += _by_columns(left, depth + 1) + _by_columns(right, depth + 1)
        ordered += sorted((run for run in across if run.bottom == edge), key=lambda run: run.x0)
        above = edge
    return ordered


def _gutter(runs: list[Run]) -> float | None:
    """Where a column ends and the next begins: a height that next to no line crosses."""
    if len(runs) < 2 * LEAST_COLUMN_LINES:
        return None
    starts = Counter(round(run.x0) for run in runs)
    best: tuple[int, float] | None = None
    for start, count in starts.most_common(20):
        left = sum(run.x1 <= start for run in runs)
        across = sum(run.x0 < start - 1 < run.x1 for run in runs)
        fits = count >= LEAST_COLUMN_LINES and left >= LEAST_COLUMN_LINES
        if fits and across <= 0.2 * len(runs) and (best is None or count > best[0]):
            best = (count, start - 1.0)
    return best[1] if best else None


def _count_columns(lines: list[Line], column: int) -> int:
    """Number the columns: a new one begins where the text leaps up."""
    for line, after in zip([None, *lines], lines, strict=False):
        if line is not None and after.bottom > line.bottom + 2 * line.height:
            column += 1
        after.column = column
    return column


class _Layout:
    """Lines to blocks, by the usual size and distance of the document's own lines."""

    def __init__(self, lines: list[Line], blocks: Blocks) -> None:
        self.lines, self.blocks = lines, blocks
        weight: Counter[float] = Counter()
        for line in lines:
            weight[round(line.height, 1)] += len(line.text)
        self.size = weight.most_common(1)[0][0]
        distances = [
            line.bottom - after.bottom
            for line, after in pairwise(lines)
            if line.column == after.column and 0 < line.bottom - after.bottom < 3 * self.size
        ]
        self.distance = median(distances) if distances else 1.2 * self.size
        large = {round(line.height) for line in lines if line.height > LARGE * self.size}
        self.sizes = sorted(large, reverse=True)
        self.hyphened = {each for line in lines for each in HYPHENED.findall(line.text.casefold())}
        bold = sum(len(line.text) for line in lines if line.bold)
        self.mostly_bold = bold > 0.5 * sum(len(line.text) for line in lines)

    def add(self) -> None:
        """Go through the lines once."""
        at = 0
        while at < len(self.lines):
            self.blocks.page = self.lines[at].page
            rows = self._table(at)
            if rows is not None:
                table, at = rows
                self.blocks.table(table)
                continue
            end = at + 1
            last = min(len(self.lines), at + MOST_LINES)
            while end < last and self._goes_on(at, end):
                end += 1
            self._paragraph(self.lines[at:end])
            at = end

    def _table(self, at: int) -> tuple[list[list[str]], int] | None:
        """A table that begins with the line ``at``: its rows, and where it ends."""
        first = self.lines[at]
        if (
            not 2 <= len(first.runs) <= MOST_COLUMNS
            or at + 1 >= len(self.lines)
            or _is_bullet(first.runs[0].text)
        ):
            return None
        edges = [run.x0 for run in first.runs]
        rows = [[[run.text.strip()] for run in first.runs]]
        full = 1
        begun = at
        end = at + 1
        while end < len(self.lines):
            line = self.lines[end]
            if end - begun > MOST_CELL_LINES or len(line.runs) > MOST_COLUMNS:
                break
            places = [_column(edges, run) for run in line.runs]
            begins = abs(edges[places[0]] - line.x0) <= ALIGNED
            if not begins or self._is_far(self.lines[end - 1], line):
                break
            if places[0] == 0 and len(set(places)) > 1:
                if not _is_row(edges, line):
                    break
                rows.append([[] for _ in edges])
                begun = end
                full += 1
            elif places[0] == 0 and not self._is_tight(self.lines[end - 1], line):
                break
            for place, run in zip(places, line.runs, strict=True):
                rows[-1][place].append(run.text.strip())
            end += 1
        if full < 2:
            return None
        return [[self._words(cell) for cell in row] for row in rows], end

    def _is_far(self, line: Line, after: Line) -> bool:
        below = line.bottom - after.bottom
        return line.page != after.page or below > 4 * self.distance or below < -6 * self.distance

    def _is_tight(self, line: Line, after: Line) -> bool:
        return abs(line.bottom - after.bottom) <= 1.15 * self.distance

    def _goes_on(self, start: int, at: int) -> bool:
        """Whether line ``at`` goes on with the paragraph that began at line ``start``."""
        before, line = self.lines[at - 1], self.lines[at]
        if _is_bullet(line.runs[0].text) or BULLET.match(line.text) or self._begins_table(at):
            return False
        if abs(before.height - line.height) > 0.08 * before.height or before.bold != line.bold:
            return False
        text = before.text
        if line.column != before.column:
            open_end = text[-1] not in ENDS
            return open_end and (
                line.text[0].islower() or self._is_full(before, self._right(start, at))
            )
        usual = self.distance * before.height / self.size
        if before.bottom - line.bottom > (WIDE_GAP if text[-1] not in ENDS else SOME_GAP) * usual:
            return False
        if self._is_heading(self.lines[start:at]):
            return True
        first = self.lines[start]
        hanging = at == start + 1 and line.x0 > first.x0 + INDENT * line.height
        indented = line.x0 > before.x0 + INDENT * line.height
        if indented and not (hanging and BULLET.match(first.text)):
            return False
        open_end = text[-1] not in ENDS and line.text[0].islower()
        return open_end or self._is_full(before, self._right(start, at))

    def _begins_table(self, at: int) -> bool:
        return len(self.lines[at].runs) > 1 and self._table(at) is not None

    def _right(self, start: int, at: int) -> float:
        """The right end of the column in which the lines from ``start`` to ``at`` stand, which the
        lines around them below the same left end tell."""
        first = self.lines[start]
        near = self.lines[max(0, start - AROUND) : at + AROUND]
        indent = 3 * self.size
        below = [each for each in near if abs(each.x0 - first.x0) < indent]
        same = [
            each
            for each in below
            if each.column == first.column and each.height < LARGE * self.size
        ]
        behind = [each for each in same if each.bottom <= first.bottom]
        return max((each.x1 for each in behind or same or below), default=first.x1)

    def _is_full(self, line: Line, right: float) -> bool:
        """Whether ``line`` reaches near the right end of its column."""
        return line.x1 - line.x0 >= FULL * (right - line.x0)

    def _is_heading(self, lines: list[Line]) -> bool:
        if len(lines) > HEADING_LINES:
            return False
        text = " ".join(line.text for line in lines)
        if len(text) > HEADING_CHARS or not any(map(str.isalpha, text)) or text[-1] in ",;":
            return False
        large = all(line.height > LARGE * self.size for line in lines)
        bold = all(line.bold for line in lines) and text[-1] not in ".:"
        return large or (bold and not self.mostly_bold)

    def _paragraph(self, lines: list[Line]) -> None:
        text, turns = self._joined(lines)
        if self._is_heading(lines):
            size = round(lines[0].height)
            self.blocks.heading(
                text, self.sizes.index(size) if size in self.sizes else len(self.sizes)
            )
            return
        mark = MARK.match(text)
        if mark:
            at = mark.end()
            shifted = [(offset - at, page) for offset, page in turns]
            self.blocks.item(text[at:], mark["number"] or "-", turns=shifted)
        else:
            self.blocks.paragraph(text, turns)

    def _joined(self, lines: list[Line]) -> tuple[str, list[tuple[int, int]]]:
        """The words of a paragraph, those put together that the line ends cut, and where in them a
        page turns."""
        text = tidy(lines[0].text)
        turns: list[tuple[int, int]] = []
        for before, line in pairwise(lines):
            after = tidy(line.text)
            text = self._put_together(text, after)
            if line.page != before.page:
                turns.append((len(text) - len(after), line.page))
        return text, turns

    def _words(self, pieces: list[str]) -> str:
        text = ""
        for piece in pieces:
            text = self._put_together(text, piece) if text else piece
        return text

    def _put_together(self, text: str, after: str) -> str:
        if text.endswith(("-", "\u2010", "\u00ad")) and WORD_START.match(after):
            return self._whole_word(text, after)
        return f"{text} {after}"

    def _whole_word(self, text: str, after: str) -> str:
        before = WORD_END.search(text[:-1])
        start = WORD_START.match(after)
        if before is None or start is None or not after[0].islower():
            return text + after
        left, right = before.group().casefold(), start.group().casefold()
        if f"{left}-{right}" in self.hyphened:
            return text + after
        if left.isascii():
            keeps = left in reading_lexicon().hyphen_prefixes
        else:
            keeps = not is_known(left + right) and is_known(left) and is_known(right)
        return (text if keeps else text[:-1]) + after


def _column(edges: list[float], run: Run) -> int:
    """In which column of a table ``run`` stands."""
    return max((at for at, edge in enumerate(edges) if edge - ALIGNED <= run.x0), default=0)


def _is_row(edges: list[float], line: Line) -> bool:
    """Whether most runs of ``line`` begin where the columns of a table do, and most columns have one.

    The wide spaces of justified text stand here and there.
    """
    matched = sum(any(abs(edge - run.x0) <= ALIGNED for edge in edges) for run in line.runs)
    return matched >= 2 and matched >= MOSTLY * max(len(edges), len(line.runs))


def _is_bullet(text: str) -> bool:
    return text.strip() in SIGN_BULLETS
