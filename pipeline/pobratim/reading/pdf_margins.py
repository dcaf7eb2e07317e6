"""The running heads, feet and numbers of a PDF's pages: found by being said again, and left out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pobratim.reading.pdf_layout import Page, Run

__all__ = ["without_margins"]

ZONE = 0.12
"""The share of a page's height, above and below, in which they stand."""

SHARE = 0.4
LINE = 3.0
MOST_MARGIN_LINES = 40
NUMBER = re.compile(
    r"(?i)[-–—|\s]{0,6}(?:(?:page|p\.|стр\.?|страница|с\.)\s{0,3})?\d{1,3}"
    r"(?:\s{0,3}(?:/|of|из|-)\s{0,3}\d{1,4})?[-–—|\s]{0,6}\Z"
)
DIGITS = re.compile(r"\d{1,20}")


def without_margins(pages: list[Page]) -> list[Page]:
    """The pages without what is said at the same height of many of them, and without their numbers."""
    lines = [_margin_lines(page) for page in pages]
    seen = Counter(key for found in lines for key in {_key(page_line) for page_line in found})
    least = max(2, SHARE * len([page for page in pages if page.runs]))
    for page, found in zip(pages, lines, strict=True):
        dropped: set[int] = set()
        for height, runs in found:
            text = " ".join(run.text.strip() for run in runs)
            if seen[_key((height, runs))] >= least or _is_number(page, height, text):
                dropped.update(id(run) for run in runs)
        page.runs = [run for run in page.runs if id(run) not in dropped]
    return pages


def _margin_lines(page: Page) -> list[tuple[float, list[Run]]]:
    """The lines near the upper and the lower edge, each with its height on the page."""
    found: dict[float, list[Run]] = {}
    low, high = ZONE * page.height, (1 - ZONE) * page.height
    for run in page.runs:
        if run.bottom < low or run.bottom > high:
            near = next(
                (height for height in found if abs(height - run.bottom) <= LINE), run.bottom
            )
            if len(found) < MOST_MARGIN_LINES:
                found.setdefault(near, []).append(run)
    return [(height, sorted(runs, key=lambda run: run.x0)) for height, runs in found.items()]


def _key(line: tuple[float, list[Run]]) -> tuple[int, str]:
    height, runs = line
    text = " ".join(run.text.strip() for run in runs)
    return round(height / (2 * LINE)), DIGITS.sub("#", text)[:200].casefold()


def _is_number(page: Page, height: float, text: str) -> bool:
    """A page number stands alone, with nothing between it and the edge."""
    if not NUMBER.match(text):
        return False
    heights = [run.bottom for run in page.runs]
    return height <= min(heights) + LINE or height >= max(heights) - LINE
