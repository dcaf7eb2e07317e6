"""Which words stand between quotation marks, nested and unbalanced ones included."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.stages.workspace import Workspace

__all__ = ["OPENING", "Quote", "quotes", "with_whole_quotes"]

OPENING = frozenset("«“„")
CLOSING = frozenset("»”")
STRAIGHT = '"'
MARKS = OPENING | CLOSING | {STRAIGHT}
DEEPEST = 4
LONGEST_UNCLOSED = 40
NEAR = 16
"""How many quotations before a span's end are looked at."""


class Quote(NamedTuple):
    """Word indices of an opening mark and just behind the closing one; ``depth`` is 1 outermost."""

    start: int
    end: int
    depth: int


def quotes(ws: Workspace) -> list[Quote]:
    """The quotations of each block, outermost first where they begin together.

    A closing mark closes the innermost open quotation; what a block leaves open closes with the
    first quotation inside it («Парк «Север» is one within one), or is no quotation.
    """
    if ws.quotes is None:
        ws.quotes = _found(ws)
    return ws.quotes


def _found(ws: Workspace) -> list[Quote]:
    found: list[Quote] = []
    for _, marks in groupby(ws.where("words", MARKS), key=ws.block_of.__getitem__):
        found += _in_block(ws.words, marks)
    found.sort(key=lambda quote: (quote.start, -quote.end))
    return found


def _in_block(words: list[str], marks: Iterable[int]) -> list[Quote]:
    found: list[Quote] = []
    opened: list[int] = []
    for at in marks:
        word = words[at]
        if _opens(words, at, opened):
            if len(opened) < DEEPEST:
                opened.append(at)
        elif (word in CLOSING or word in (STRAIGHT, "“")) and opened:
            found.append(Quote(opened.pop(), at + 1, len(opened) + 1))
    closed = sorted((quote.start, quote.end) for quote in found)
    for depth, begin in enumerate(opened):
        inner = bisect_right(closed, (begin, len(words)))
        if inner < len(closed) and closed[inner][1] <= begin + LONGEST_UNCLOSED:
            found.append(Quote(begin, closed[inner][1], depth + 1))
    return found


def _opens(words: list[str], at: int, opened: list[int]) -> bool:
    """Whether a mark opens a quotation; “ closes one that „ began, a straight one its like."""
    word = words[at]
    if word == "“":
        return not any(words[begin] == "„" for begin in opened)
    if word == STRAIGHT:
        return not any(words[begin] == STRAIGHT for begin in opened)
    return word in OPENING


def with_whole_quotes(ws: Workspace, start: int, end: int) -> tuple[int, int] | None:
    """The span with its quotation marks closed; none where it is a mere part of a quotation."""
    found = quotes(ws)
    last = bisect_right(found, (end,))
    for quote in found[max(0, last - NEAR) : last]:
        inner = (quote.start + 1, quote.end - 1)
        if quote.start < start and end < quote.end and inner != (start, end):
            return None
        if start <= quote.start < end < quote.end:
            end = end + 1 if end == quote.end - 1 else quote.start
        elif quote.start < start < quote.end <= end and start == quote.start + 1:
            start = quote.start
        elif inner == (start, end):
            start, end = quote.start, quote.end
    return (start, end) if start < end else None
