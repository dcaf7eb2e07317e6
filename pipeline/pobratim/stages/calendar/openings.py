"""Which symbols a match of a rule can begin with: most rules need not be tried at most places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["openings"]

PIECE = re.compile(
    r"(?P<around>\(\?<?[=!])|(?P<group>\((?:\?(?::|P<\w{1,20}>))?)|(?P<end>\))|(?P<bar>\|)|(?P<edge>[$^])"
    r"|(?P<set>\[(?:\\.|[^\\\]^])(?:\\.|[^\\\]])*\])|(?P<times>(?:[?*+]|\{[0-9,]{1,9}\})[+?]?)"
)
"""What the regular expressions of the date grammar are made of."""

Opening = tuple[frozenset[str], bool]
"""The symbols that a part can begin with, and whether it can also be empty."""
NOTHING: Opening = frozenset(), True


def openings(pattern: str) -> frozenset[str]:
    """The symbols that a match of a regular expression over symbols can begin with.

    What stands around a match (``(?<!…)``, ``(?=…)``) is not looked at.

    Raises:
        ValueError: the expression has something else than sets, groups and repetitions, or matches
            nothing at all.
    """
    symbols, empty = _alternatives(_pieces(pattern))
    if empty:
        raise ValueError(f"a rule matches where nothing stands: {pattern}")
    return symbols


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(pattern):
        piece = PIECE.match(pattern, at)
        if piece is None:
            raise ValueError(f"no opening can be told at {at} of the rule {pattern}")
        yield piece.lastgroup or "", piece[0]
        at = piece.end()


def _alternatives(pieces: Iterator[tuple[str, str]]) -> Opening:
    """The opening of a group, whose end is read too."""
    found = [list[Opening]()]
    for kind, text in pieces:
        if kind == "end":
            break
        if kind == "bar":
            found.append([])
        elif kind == "times":
            if text[0] in "?*" or text.startswith("{0"):
                found[-1][-1] = found[-1][-1][0], True
        elif kind == "set":
            found[-1].append((frozenset(re.sub(r"\\(.)", r"\1", text[1:-1])), False))
        elif kind != "edge":
            inside = _alternatives(pieces)
            found[-1].append(NOTHING if kind == "around" else inside)
    joined = [_sequence(parts) for parts in found]
    return frozenset().union(*(symbols for symbols, _ in joined)), any(end for _, end in joined)


def _sequence(parts: list[Opening]) -> Opening:
    symbols: frozenset[str] = frozenset()
    for more, empty in parts:
        symbols |= more
        if not empty:
            return symbols, False
    return symbols, True
