"""Cells of a line that tabs or wide spaces part, which only the published text still has."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pobratim.stages.workspace import Block, Workspace

__all__ = ["barred", "begins_cell", "has_parted", "parted"]

WIDE = 3
PARTED = re.compile(r"(?<=\S)(?:\t[ \t]{0,80}| {3,80})(?=\S)")


def has_parted(ws: Workspace) -> bool:
    """Whether any line has such cells."""
    return PARTED.search(ws.published) is not None


def begins_cell(ws: Workspace, at: int) -> bool:
    """Whether a tab or wide space stands right before a word."""
    gap = ws.published[ws.raw_ends[at - 1] : ws.raw_starts[at]] if 0 < at < len(ws) else ""
    return "\t" in gap or len(gap) >= WIDE


def parted(ws: Workspace, block: Block) -> list[tuple[int, int]]:
    """The cells of a block as ranges of words; one or none: no row."""
    low, high = ws.raw_starts[block.start], ws.raw_ends[block.end - 1]
    gaps = [low + gap.end() for gap in PARTED.finditer(ws.published[low:high])]
    if not gaps or "\n" in ws.published[low:high]:
        return []
    starts = [block.start, *(bisect_left(ws.raw_starts, gap) for gap in gaps), block.end]
    return list(pairwise(starts))


def barred(ws: Workspace, block: Block) -> str:
    """The text of a block, as long as it was, with a bar before each cell but the first."""
    low = ws.starts[block.start]
    letters = list(ws.text[low : ws.ends[block.end - 1]])
    for start, _ in parted(ws, block)[1:]:
        before = ws.starts[start] - low - 1
        if letters[before].isspace():
            letters[before] = "|"
    return "".join(letters)
