"""Tables whose cells were flattened to a line each: the heads of the columns, then row after row.

«Город / Страна / Вид документа / Дата / Тула / Россия / Договор о дружбе / 14.02.1998 / Лодзь / …»
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.instruments import instrument_lexicon

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["Table", "flattened_tables", "row_of"]

FEWEST = 3
MOST = 8
NEWLINE = re.compile("\n")
Row = tuple[int, int]


class Table(NamedTuple):
    """The words that head the columns of a table, and its rows."""

    heads: Row
    rows: list[Row]


def flattened_tables(ws: Workspace) -> list[Table]:
    """Such tables as ranges of words, in text order."""
    lines = _lines(ws)
    found: list[Table] = []
    at = 0
    while at < len(lines):
        heads = at
        while heads < len(lines) and _is_head(ws, lines[heads]):
            heads += 1
            if heads < len(lines) and _is_apart(ws, lines[heads]):
                break
        columns = heads - at
        if FEWEST <= columns <= MOST:
            rows: list[Row] = []
            while heads + columns <= len(lines) and not _is_broken(ws, lines, heads, columns):
                rows.append((lines[heads][0], lines[heads + columns - 1][1]))
                heads += columns
            if rows:
                found.append(Table((lines[at][0], rows[0][0]), rows))
        at = max(heads, at + 1)
    return found


def row_of(rows: list[Row], word: int) -> Row | None:
    at = bisect_right(rows, word, key=lambda row: row[0]) - 1
    return rows[at] if at >= 0 and word < rows[at][1] else None


def _lines(ws: Workspace) -> list[Row]:
    """The lines as published, as ranges of words."""
    starts = {0} if len(ws) else set()
    for newline in NEWLINE.finditer(ws.published):
        at = bisect_right(ws.raw_starts, newline.start())
        if 0 < at < len(ws) and ws.raw_ends[at - 1] <= newline.start():
            starts.add(at)
    return list(pairwise([*sorted(starts), len(ws)]))


def _is_head(ws: Workspace, line: Row) -> bool:
    lexicon = instrument_lexicon().get(ws.languages[line[0]])
    if lexicon is None:
        return False
    words = 0
    for at in range(*line):
        if ws.words[at][0].isalpha():
            words += 1
            named = ws.lemmas[at] in lexicon.columns or ws.lowers[at] in lexicon.columns
            if not named or words > FEWEST:
                return False
    return words > 0


def _is_broken(ws: Workspace, lines: list[Row], first: int, columns: int) -> bool:
    """Whether an empty line stands before one of the row's cells."""
    return any(_is_apart(ws, lines[at]) for at in range(first, first + columns))


def _is_apart(ws: Workspace, line: Row) -> bool:
    """Whether an empty line stands before this one."""
    start = line[0]
    return ws.published.count("\n", ws.raw_ends[start - 1], ws.raw_starts[start]) > 1
