"""Numbers in the cells of a table: «Делегаций» over a column, a place and a year in its row.

Rows are lines whose cells a bar parts, as the readers of documents write them, or tabs or wide
spaces; the rows of one table have as many cells and follow one another. The noun is in the head of
the column, or, where the heads are years, in the first cell of the row.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.ellipsis import ellipsis_words
from pobratim.lexicon.quantities import quantities
from pobratim.stages.parted import has_parted, parted
from pobratim.stages.quantities.categories import category_of
from pobratim.stages.quantities.heads import plural_noun
from pobratim.stages.quantities.units import sign_before, unit_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.lexicon.quantities import Unit
    from pobratim.schema import Category
    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["BAR", "TABLE", "Cell", "number_cells"]

BAR, TABLE = "|", "table"
FEWEST = 2
LONGEST_SIGN = 4
AMOUNT = re.compile(r"[0-9]{1,3}(?:[,.\u2019]?[0-9]{3}){0,5}[.,][0-9]{2}")
YEAR = re.compile("(?:19|20)[0-9]{2}")
Span = tuple[int, int]


class Head(NamedTuple):
    """What stands over a column: a counted noun, a unit, a date, or that it is of population.

    ``factor`` is what one in the column is: «тыс. чел.».
    """

    noun: str | None = None
    factor: Decimal = Decimal(1)
    unit: Unit | None = None
    date: Candidate | None = None
    dated: bool = False
    population: bool = False
    verb: int | None = None


class Cell(NamedTuple):
    """A cell that begins with a number: the word after it, and what its table says of it.

    ``labelled`` where the heads are dates and the row's first cell says what is counted; ``verb`` is the
    word that says what was done with it.
    """

    end: int
    noun: str | None
    category: Category | None
    unit: Unit | None
    date: Candidate | None
    labelled: bool
    factor: Decimal = Decimal(1)
    verb: int | None = None


def number_cells(ws: Workspace, dates: list[Candidate]) -> dict[int, Cell]:
    """Cells of tables that hold numbers of something, by their first words."""
    if BAR not in ws.words and not has_parted(ws):
        return {}
    starting = {date.start: date for date in dates}
    found: dict[int, Cell] = {}
    for rows in _tables(ws):
        heads = [_head(ws, cell, starting) for cell in rows[0]]
        label = Head()
        if len(heads) == FEWEST:
            _add_fields(ws, rows, starting, found)
        for row in rows[1:]:
            label = label if _goes_on(ws, row[0]) else _head(ws, row[0], {})
            for cell, head in zip(row[1:], heads[1:], strict=True):
                if _is_number(ws, cell) and cell[0] not in starting and cell[0] not in found:
                    found[cell[0]] = _cell(cell[1], label if head.dated else head, head)
        _add_amounts(ws, rows, found)
    return found


def _add_fields(
    ws: Workspace, rows: list[list[Span]], starting: dict[int, Candidate], found: dict[int, Cell]
) -> None:
    """The second cells of rows of two whose first says what they are: «Население | 312 тыс.»."""
    for label, value in rows:
        if _is_number(ws, value) and not _is_number(ws, label) and value[0] not in starting:
            told = _head(ws, label, starting)
            if told.population or told.noun or told.unit:
                found[value[0]] = _cell(value[1], told, told)


def _goes_on(ws: Workspace, cell: Span) -> bool:
    """Whether a row is of a part of what the row before counts: «в том числе из КНР»."""
    words = tuple(ws.lowers[cell[0] : cell[1]])
    return any(words[: len(phrase)] == phrase for phrase in ellipsis_words().part_before)


def _add_amounts(ws: Workspace, rows: list[list[Span]], found: dict[int, Cell]) -> None:
    """Amounts with cents in a column of which some cells tell the currency: an account."""
    for column in zip(*rows, strict=True):
        signs = {unit for cell in column if (unit := _currency(ws, cell)) is not None}
        if len(signs) == 1:
            unit = signs.pop()
            for start, end in column:
                first = start + (start < end and ws.words[start] == "(")
                if first < end and AMOUNT.fullmatch(ws.words[first]):
                    found[first] = Cell(first + 1, None, "money", unit, None, False)


def _currency(ws: Workspace, cell: Span) -> Unit | None:
    """The currency whose sign stands before the number of a cell."""
    start, end = cell
    for at in range(start + 1, min(end, start + LONGEST_SIGN)):
        if ws.words[at][0].isdecimal() and (sign := sign_before(ws, at, start)) is not None:
            return sign[0]
    return None


def _cell(end: int, told: Head, head: Head) -> Cell:
    category: Category | None = category_of(told.noun) if told.noun else None
    if told.population:
        category = "population"
    return Cell(end, told.noun, category, told.unit, head.date, head.dated, told.factor, told.verb)


def _head(ws: Workspace, cell: Span, starting: dict[int, Candidate]) -> Head:
    lexicon = quantities()
    start, end = cell
    date = starting.get(start)
    if date is not None and date.end == end:
        return Head(date=date, dated=True)
    if end == start + 1 and YEAR.fullmatch(ws.words[start]):
        return Head(dated=True)
    date = next((starting[at] for at in range(start, end) if at in starting), None)
    many = next((at for at in range(start + 1, end) if ws.lowers[at] in lexicon.multipliers), end)
    factor = lexicon.multipliers[ws.lowers[many]] if many < end else Decimal(1)
    noun = plural_noun(ws, start, many, heading=True)
    if noun is None and many < end:
        told = (ws.lowers[at] for at in range(many + 1, end))
        noun = next((full for word in told if (full := lexicon.abbreviations.get(word))), None)
    fields = lexicon.population_fields
    peopled = noun in fields or not fields.isdisjoint(ws.lemmas[start:end])
    units = (unit_at(ws, at, end) for at in range(start + 1, end))
    unit = next((found[0] for found in units if found is not None), None)
    if unit is not None:
        unit = unit._replace(factor=unit.factor * factor)
    verb = start if noun is not None and _is_done(ws, start) else None
    return Head(noun, factor, unit, date, population=peopled, verb=verb)


def _is_done(ws: Workspace, at: int) -> bool:
    """«Принято» of «Принято делегаций»."""
    readings = ws.readings[at]
    return bool(readings) and not readings[0].grammemes.isdisjoint({"PRTS", "VERB"})


def _tables(ws: Workspace) -> Iterator[list[list[Span]]]:
    """Rows of cells of each table of two rows and more whose first row has no numbers to count."""
    rows: list[list[Span]] = []
    before = -2
    for number, row in _rows(ws):
        if len(rows) == 1 and len(row) == len(rows[0]) + 1 and _are_years(ws, rows[0]):
            corner = rows[0][0][0]
            rows = [[(corner, corner), *rows[0]]]  # nothing stands over the labels
        if rows and (number != before + 1 or len(row) != len(rows[0]) or _gap_before(ws, number)):
            yield from _whole(ws, rows)
            rows = []
        rows.append(row)
        before = number
    yield from _whole(ws, rows)


def _are_years(ws: Workspace, row: list[Span]) -> bool:
    return all(end == start + 1 and YEAR.fullmatch(ws.words[start]) for start, end in row)


def _gap_before(ws: Workspace, number: int) -> bool:
    """Whether an empty line stands before a block."""
    start = ws.blocks[number].start
    between = ws.published[ws.raw_ends[start - 1] : ws.raw_starts[start]]
    return between.count("\n") > 1


def _whole(ws: Workspace, rows: list[list[Span]]) -> Iterator[list[list[Span]]]:
    if len(rows) >= FEWEST and not _is_number(ws, rows[0][0]):
        yield rows


def _is_number(ws: Workspace, cell: Span) -> bool:
    start, end = cell
    return start < end and ws.words[start][0].isdecimal()


def _rows(ws: Workspace) -> Iterator[tuple[int, list[Span]]]:
    """The number of each block that is a row, and its cells; an empty cell is an empty span."""
    for number, block in enumerate(ws.blocks):
        bars = [at for at in range(block.start, block.end) if ws.words[at] == BAR]
        if bars:
            edges = pairwise([block.start - 1, *bars, block.end])
            yield number, [(low + 1, high) for low, high in edges]
        elif len(cells := parted(ws, block)) > 1:
            yield number, cells
