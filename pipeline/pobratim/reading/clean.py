"""The text as a careful typist would have set it, with a way back to the text as published.

Web filters break words ("fr om", "wh ere"), typesetters hyphenate at line ends («между-\\nнародный»),
pages are full of non-breaking spaces, soft hyphens, stress marks and decomposed letters. Rules and
models read the clean text; every offset is translated back before a record is written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np

from pobratim.lexicon.reading import reading_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Clean", "clean"]

SPACES = re.compile(
    "[\t\r\f\v\x85\x1c\x1d\x1e\x1f\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x00]"
)

REPAIRS = re.compile(
    r"(?P<hyphen>[-\u2010\u2011\u00ad][ ]{0,20}\n[ ]{0,80}(?=[^\W\d_]))"
    r"|(?P<marks>[\u0300-\u036f]{1,8})"
    r"|(?P<invisible>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+)"
)
"""Every alternative begins with a set of rare characters, so that clean text costs one fast scan."""

EDGE = 40
STEM = 5
WORD_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]+\Z")
WORD_AFTER = re.compile(r"[^\W\d_]+")
HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


class Clean:
    """Clean ``text`` and the map from its code-point offsets to those of the published text.

    The text is a row of pieces, each either copied letter by letter or one letter that stands for
    several (a letter with its combining marks).
    """

    def __init__(self, text: str, pieces: list[tuple[int, int, int]]) -> None:
        self.text = text
        table = np.asarray(pieces or [(0, 0, 0)], dtype=np.int64)
        self._starts, self._raw, self._raw_lengths = table[:, 0], table[:, 1], table[:, 2]
        self._ends = np.append(self._starts[1:], len(text))

    def raw_starts(self, offsets: list[int]) -> list[int]:
        """Published offsets of the characters that begin at clean ``offsets``."""
        at = np.asarray(offsets, dtype=np.int64)
        piece = np.searchsorted(self._starts, at, side="right") - 1
        result: list[int] = (at - self._starts[piece] + self._raw[piece]).tolist()
        return result

    def raw_ends(self, offsets: list[int]) -> list[int]:
        """Published offsets just behind the characters that end at clean ``offsets``."""
        last = np.asarray(offsets, dtype=np.int64) - 1
        piece = np.searchsorted(self._starts, last, side="right") - 1
        whole = self._raw[piece] + self._raw_lengths[piece]
        within = last - self._starts[piece] + self._raw[piece] + 1
        result: list[int] = np.where(last + 1 == self._ends[piece], whole, within).tolist()
        return result


def clean(text: str, is_word: Callable[[str], bool]) -> Clean:
    """Repair ``text``; ``is_word`` tells whether a spelling is in the dictionary."""
    spaced = SPACES.sub(" ", text)
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    at = length = 0
    for start, end, replacement in _repairs(spaced, is_word):
        if start > at:
            pieces.append((length, at, start - at))
            parts.append(spaced[at:start])
            length += start - at
        if replacement:
            pieces.append((length, start, end - start))
            parts.append(replacement)
            length += len(replacement)
        at = end
    if at < len(spaced) or not pieces:
        pieces.append((length, at, len(spaced) - at))
        parts.append(spaced[at:])
    return Clean("".join(parts), pieces)


def _repairs(text: str, is_word: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
    """Ranges of ``text`` to replace, in order, each by nothing or by one character."""
    found = [(m.start(), m.end(), m.lastgroup) for m in REPAIRS.finditer(text)]
    found += [(at, at + 1, "gap") for at in _gaps(text)]
    found.sort()
    is_compound = _Compounds(text)
    for start, end, kind in found:
        after_letter = start > 0 and text[start - 1].isalpha()
        if kind == "marks":
            if after_letter:
                yield start - 1, end, unicodedata.normalize("NFC", text[start - 1 : end])[0]
        elif kind != "hyphen" or (
            after_letter and _is_soft(text, start, end, is_word, is_compound)
        ):
            yield start, end, ""
        elif after_letter:
            yield start, start + 1, "-"
            yield start + 1, end, ""


def _gaps(text: str) -> Iterator[int]:
    """The spaces that a site's filter put into words; few texts have any."""
    for broken, pattern in reading_lexicon().broken_words.items():
        if broken in text:
            for match in pattern.finditer(text):
                yield match.start() + broken.index(" ")


class _Compounds:
    """The words spelt with a hyphen within a line, by their first part and how the second begins.

    Gathered once, when the first hyphen at a line's end asks.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: set[tuple[str, str]] | None = None

    def __call__(self, left: str, right: str) -> bool:
        """Whether the text has ``left-right…`` somewhere."""
        if self._found is None:
            self._found = set(self._all())
        return (left.casefold(), right[:STEM].casefold()) in self._found

    def _all(self) -> Iterator[tuple[str, str]]:
        for hyphen in HYPHEN.finditer(self._text):
            at = hyphen.start()
            left = WORD_BEFORE.search(self._text, max(0, at - EDGE), at)
            right = WORD_AFTER.match(self._text, at + 1, at + 1 + STEM)
            if left and right:
                word = right.group().casefold()
                for length in range(1, len(word) + 1):
                    yield left.group().casefold(), word[:length]


def _is_soft(
    text: str,
    start: int,
    end: int,
    is_word: Callable[[str], bool],
    is_compound: Callable[[str, str], bool],
) -> bool:
    """Whether the hyphen at ``start`` only marks the end of a line."""
    before = WORD_BEFORE.search(text, max(0, start - EDGE), start)
    after = WORD_AFTER.match(text, end, end + EDGE)
    if before is None or after is None or not after.group()[0].islower():
        return False
    if text[start] == "\u00ad":
        return True
    left, right = before.group(), after.group()
    if left.isascii():
        return left.casefold() not in reading_lexicon().hyphen_prefixes
    return is_word((left + right).casefold()) and not is_compound(left, right)
