"""Finding where in a document the marks are: surfaces to code-point offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pobratim.exchange.gold.marks import Mark, MarkFile, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.exchange.check import Problem

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class Lines:
    """A text's lines (from 1, as ``cat -n`` counts) and paragraphs by code-point offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self._paragraphs = [m.end() for m in _BLANK_LINE.finditer(text)]

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, number: int) -> tuple[int, int]:
        """The half-open range of line ``number``, its line feed included."""
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.starts[number - 1], end

    def line(self, offset: int) -> int:
        """The number of the line that ``offset`` is on."""
        return bisect_right(self.starts, offset)

    def paragraph(self, offset: int) -> int:
        """The index of the paragraph that ``offset`` is in."""
        return bisect_right(self._paragraphs, offset)


def locate(found: MarkFile, lines: Lines) -> list[Problem]:
    """Set ``start`` and ``end`` of the file's marks; the problems of those that are not there."""
    problems = [p for guard in found.guards for p in _guard(found, guard, lines)]
    outer: list[Mark] = []
    for mark in found.marks:
        if not 1 <= mark.at <= len(lines):
            problems.append(mark.problem(f"is on line {mark.at}", f"The text has {len(lines)}."))
            continue
        if found.lines and not found.lines[0] <= mark.at <= found.lines[1]:
            covered = f"{found.lines[0]}-{found.lines[1]}"
            problems.append(
                mark.problem(f"is on line {mark.at}, outside {covered}", "Correct one of the two.")
            )
            continue
        if mark.depth > len(outer):
            problems.append(
                mark.problem("is nested in nothing that was found", "Put its outer mention first.")
            )
            continue
        previous = outer[mark.depth] if len(outer) > mark.depth else None
        del outer[mark.depth :]
        problems += _place(mark, outer[-1] if outer else None, previous, lines)
        if mark.start >= 0:
            outer.append(mark)
        elif previous is not None:
            outer.append(previous)
    return problems


def _guard(found: MarkFile, guard: tuple[int, int, str], lines: Lines) -> Iterator[Problem]:
    number, at, words = guard
    start, end = lines.span(at) if 1 <= at <= len(lines) else (0, 0)
    written = squeeze(lines.text[start:end])
    if not written.startswith(words):
        found_at = [
            n
            for n in range(1, len(lines) + 1)
            if squeeze(lines.text[slice(*lines.span(n))]).startswith(words)
        ]
        where = f"; line {found_at[0]} does" if found_at else ""
        yield _problem(found, number, f"@{at}", f"does not open with “{words}”{where}", written)


def _problem(found: MarkFile, number: int, subject: str, what: str, written: str) -> Problem:
    from pobratim.exchange.check import Problem

    remedy = f"Line reads “{written[:80]}”; correct the number or the words."
    return Problem(f"{found.name}:{number}", subject, what, remedy)


def _place(mark: Mark, outer: Mark | None, previous: Mark | None, lines: Lines) -> list[Problem]:
    start, stop = lines.span(mark.at)
    end = len(lines.text)
    if outer is not None:
        start, stop, end = outer.start, outer.end, outer.end
    cursor = start if previous is None else max(start, previous.end)
    for begin, finish in _occurrences(mark, lines.text, start, end):
        if begin >= stop:
            break
        if begin >= cursor:
            mark.start, mark.end = begin, finish
            return []
    return [_missing(mark, outer, previous, lines, cursor, stop)]


def _occurrences(mark: Mark, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    before, inner, after = (_pattern(part) for part in (mark.before, mark.surface, mark.after))
    for match in re.compile(f"{before}({inner}){after}").finditer(text, start, end):
        if whole(text, match.start(1), match.end(1)):
            yield match.span(1)


def _pattern(surface: str) -> str:
    words = (re.escape(word) for word in surface.split())
    left = r"\s+" if surface[:1].isspace() else ""
    right = r"\s+" if surface[-1:].isspace() and surface.strip() else ""
    return left + r"\s+".join(words) + right


def whole(text: str, start: int, end: int) -> bool:
    """Whether no word or number of ``text`` is cut at either edge of the range."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, edge: int) -> bool:
    if not 0 < edge < len(text):
        return False
    left, right = text[edge - 1], text[edge]
    return (left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit())


def _missing(
    mark: Mark, outer: Mark | None, previous: Mark | None, lines: Lines, cursor: int, stop: int
) -> Problem:
    place = f"within “{outer.surface}”" if outer else f"on line {mark.at}"
    after = f" after “{previous.surface}”" if previous else ""
    rest = squeeze(lines.text[cursor:stop])
    words = rest.split()
    size = len(mark.surface.split())
    phrases = [" ".join(words[i : i + size]) for i in range(len(words) - size + 1)]
    near = get_close_matches(mark.surface, phrases, 1, 0.6)
    hint = f"Nearest there: “{near[0]}”. " if near else _elsewhere(mark, lines)
    what = f"is not {place}{after} (“{rest[:100]}”)"
    return mark.problem(what, f"{hint}Copy the surface from the text, in reading order.")


def _elsewhere(mark: Mark, lines: Lines) -> str:
    spans = _occurrences(mark, lines.text, 0, len(lines.text))
    found = sorted({lines.line(start) for start, _ in spans})[:8]
    return f"It stands on line {', '.join(map(str, found))}. " if found else "It is nowhere. "
