"""Bare years that only the layout tells: the same place in line after line, or a list of names and years.

One "Lyon 1976" proves nothing; three lines that end so are a column of years.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.finder import DateMatch

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["column_years"]

ENOUGH = 3
"""How many times a place must hold a year to be a column of them."""
LONGEST_LINE = 100
BARE = r"(?:19[0-9]{2}|20[0-4][0-9])"
LAST = re.compile(rf"(?:[^\W\d_]|[)])[,;]?(?:\s{{0,4}}[–—-])?\s{{0,4}}(?<![^\s;])({BARE})[.;,]?$")
FIRST = re.compile(rf"^[•*·▪–—-]? ?({BARE})(?=[ ,;:.)]|$)(?![ ,.][0-9])")
PAIR = re.compile(
    rf"(?<![^\W\d_])[^\W\d_a-zа-яё][^\W\d_]{{2,30}}(?: \([^()]{{1,40}}\))?,? ?(?:[–—-] )?"
    rf"(?<![0-9])({BARE})(?=[,;]|\.?$| and | и | [|/•] )"
)


def column_years(lines: Sequence[str]) -> list[list[DateMatch]]:
    """For each line of a document, the years that repetition alone makes sure."""
    found: list[list[DateMatch]] = [[] for _ in lines]
    columns: dict[str, list[tuple[int, tuple[int, int]]]] = defaultdict(list)
    for number, line in enumerate(lines):
        if len(line) <= LONGEST_LINE and any(letter.isupper() for letter in line):
            for name, pattern in (("last", LAST), ("first", FIRST)):
                if match := pattern.search(line):
                    columns[name].append((number, match.span(1)))
        if line.count("19") + line.count("20") < ENOUGH:
            continue
        pairs = [match.span(1) for match in PAIR.finditer(line)]
        if len(pairs) >= ENOUGH:
            columns[f"pairs {number}"] = [(number, span) for span in pairs]
    for places in columns.values():
        if len(places) >= ENOUGH:
            for number, (start, end) in places:
                value = edtf.date_value(lines[number][start:end])
                found[number].append(DateMatch(start, end, value, "year-of-column", 0.75))
    return found
