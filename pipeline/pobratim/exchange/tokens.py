"""Tokens for the formats that have them: spaCy's, cut at every edge of a mention."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

    from pobratim.schema import Mention

_SPACE = re.compile(r"\S+")
_SPACY = {"ru": "ru", "en": "en"}


@lru_cache(maxsize=4)
def blank(language: str) -> Language:
    """spaCy's pipeline of a tokenizer alone, for ``ru`` and ``en``; for others the general one."""
    import spacy

    return spacy.blank(_SPACY.get(language, "xx"))


def pieces(text: str, language: str, mentions: Iterable[Mention]) -> list[tuple[int, int, bool]]:
    """Start, end and whether a blank follows, for each token; together they are the whole text."""
    edges = sorted({edge for m in mentions for edge in (m.start, m.end)}, reverse=True)
    cut: list[tuple[int, int, bool]] = []
    for token in blank(language).make_doc(text):
        start, end = token.idx, token.idx + len(token)
        while edges and edges[-1] < end:
            edge = edges.pop()
            if edge > start:
                cut.append((start, edge, False))
                start = edge
        cut.append((start, end, bool(token.whitespace_)))
    return cut


def words(text: str, language: str, mentions: Iterable[Mention]) -> list[tuple[int, int]]:
    """Start and end of each token, white space left out."""
    return [
        (start + word.start(), start + word.end())
        for start, end, _ in pieces(text, language, mentions)
        for word in _SPACE.finditer(text[start:end])
    ]


def outermost(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that are in no other, in the order of the text."""
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not found or mention.start >= found[-1].end:
            found.append(mention)
    return found


def joined(found: Iterable[tuple[int, str, bool]], length: int) -> str:
    """A text from tokens: start, surface, and whether a line begins there.

    What is between them is taken to be blanks, and a line break where a line begins; raises
    ``ValueError`` naming the offset where tokens overlap or end after ``length``.
    """
    parts: list[str] = []
    at = 0
    for start, surface, breaks in found:
        if start < at:
            raise ValueError(start)
        gap = " " * (start - at)
        parts += ["\n" + gap[1:] if breaks and gap else gap, surface]
        at = start + len(surface)
    if at > length:
        raise ValueError(at)
    return "".join([*parts, " " * (length - at)])
