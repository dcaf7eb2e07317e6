"""Lines to blocks: headings, list items, ``key: value`` lines and paragraphs.

A typeset report wraps its lines and breaks its pages in mid-sentence; a page of the web has a
paragraph a line. Which of the two a document is, its own line lengths tell.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from pobratim.lexicon.reading import reading_lexicon
from pobratim.reading.language import language_of

__all__ = ["BlockKind", "Segment", "segments"]

BlockKind = Literal["heading", "item", "field", "paragraph"]

BULLET = re.compile(r"(?:[-–—•·▪◦‣■●○*\uf0b7]|\d{1,3}[.)]|[a-zа-я]\))(?:[ ]{1,20}|(?=[^\W\d_]))")
FIELD = re.compile(r"([^\W\d_][^:.!?;\n]{0,48}):[ ]{1,20}(?=[^ ])")
MOST_WRAP = 120
LEAST_WRAP = 40
FULL_LINE = 0.7
HEADING_CHARS = 120
HEADING_WORDS = 14
ENDS = ".!?…;:"


class Segment(NamedTuple):
    """A block of the clean text: half-open code-point range, kind, where a field's value starts."""

    start: int
    end: int
    kind: BlockKind
    value: int
    level: int
    language: str
    boilerplate: bool
    breaks: tuple[int, ...]


class Line(NamedTuple):
    """A line without its surrounding spaces; ``gap`` says that a blank line stands before it."""

    start: int
    end: int
    indent: int
    gap: bool


def segments(text: str, published: str | None = None) -> list[Segment]:
    """The blocks of clean ``text``, in order; ``breaks`` are the line ends inside a block.

    ``published`` is the text before cleaning, which still has every line end.
    """
    lines = _lines(text)
    width = _wrap_width(_lines(published) if published else lines)
    rows = _tabbed(published or text)
    found: list[Segment] = []
    at = 0
    while at < len(lines):
        last = at
        while last + 1 < len(lines) and _continues(text, lines[last], lines[last + 1], width, rows):
            last += 1
        found.append(_segment(text, lines[at : last + 1]))
        at = last + 1
    return _with_languages(text, found)


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    start, gap = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            begin = start + indent
            found.append(Line(begin, begin + len(stripped), indent, gap))
        gap = not stripped
        start += len(raw) + 1
    return found


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the document's lines were wrapped, 0 where they were not."""
    lengths = sorted(line.end - line.start for line in lines)
    if len(lengths) < 8:
        return 0
    width = lengths[int(len(lengths) * 0.95)]
    full = sum(FULL_LINE * width <= length for length in lengths)
    wrapped = LEAST_WRAP <= width <= MOST_WRAP and lengths[-1] <= 1.6 * width
    return width if wrapped and full >= 0.4 * len(lengths) else 0


def _tabbed(published: str) -> frozenset[str]:
    """The lines whose cells tabs part, as the clean text has them."""
    if "\t" not in published:
        return frozenset()
    lines = (line.strip() for line in published.split("\n"))
    return frozenset(line.replace("\t", " ") for line in lines if "\t" in line)


def _continues(
    text: str, line: Line, after: Line, width: int, rows: frozenset[str] = frozenset()
) -> bool:
    """Whether ``after`` goes on with the paragraph of ``line``; rows of a table do not."""
    if _opens_block(text, after) or _is_row(text, line, rows) or _is_row(text, after, rows):
        return False
    first = text[after.start]
    open_end = text[line.end - 1] not in ENDS
    if not width:
        return open_end and first.islower() and not after.gap
    full = line.end - line.start >= FULL_LINE * width
    if after.gap:
        return open_end and (first.islower() or full)
    return full or (open_end and first.islower())


def _opens_block(text: str, line: Line) -> bool:
    return bool(BULLET.match(text, line.start, line.end)) or (
        bool(FIELD.match(text, line.start, line.end)) and text[line.start].isupper()
    )


def _is_row(text: str, line: Line, rows: frozenset[str]) -> bool:
    """A row of a table, its cells parted by bars or tabs."""
    if text.find(" | ", line.start, line.end) >= 0:
        return True
    return bool(rows) and text[line.start : line.end] in rows


def _segment(text: str, lines: list[Line]) -> Segment:
    start, end = lines[0].start, lines[-1].end
    bullet = BULLET.match(text, start, end)
    content = bullet.end() if bullet else start
    field = FIELD.match(text, content, end)
    kind: BlockKind = "paragraph"
    value = content
    if field and "//" not in text[field.end() - 1 : field.end() + 2]:
        kind, value = "field", field.end()
    elif _is_heading(text, content, end, len(lines)) and not (bullet and text[end - 1] == "."):
        kind = "heading"
    elif bullet:
        kind = "item"
    breaks = tuple(line.end for line in lines[:-1])
    level = (lines[0].indent // 2) + (1 if bullet else 0)
    boilerplate = bool(reading_lexicon().boilerplate.match(text[content : content + 80]))
    return Segment(start, end, kind, value, level, "", boilerplate, breaks)


def _is_heading(text: str, start: int, end: int, lines: int) -> bool:
    """Short, on lines of its own, and no sentence; ``City, Country.`` counts as one."""
    if end - start > HEADING_CHARS or lines > 3 or start == end:
        return False
    words = text[start:end].split()
    if len(words) > HEADING_WORDS or not any(word[0].isalpha() for word in words):
        return False
    if text[end - 1] in ";:,":
        return False
    return text[end - 1] not in ".!…" or len(words) <= 4


def _with_languages(text: str, found: list[Segment]) -> list[Segment]:
    """Each block's language; one without letters takes that of the block before."""
    result = []
    before = "und"
    for segment in found:
        before = language_of(text[segment.start : segment.end]) or before
        result.append(segment._replace(language=before))
    return result
