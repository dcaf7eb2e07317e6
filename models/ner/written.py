"""Our own training passages, marked in the text: ``[ROLE:Мэр] [CITY:Пскова]``, nested at will."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[1] / "passages"
MARK = re.compile(r"\[([A-Z]+):|\]")
BETWEEN = re.compile(r"^===[ \t]*$", re.MULTILINE)


class Marked(NamedTuple):
    """A passage's text and its mentions: label, half-open code-point offsets."""

    text: str
    mentions: list[tuple[str, int, int]]


def parsed(passage: str) -> Marked:
    """A passage without its marks. Raises ``ValueError`` where brackets do not pair."""
    text, opened, mentions, at = "", [], [], 0
    for mark in MARK.finditer(passage):
        text += passage[at : mark.start()]
        at = mark.end()
        if mark[1]:
            opened.append((mark[1], len(text)))
        elif opened:
            label, start = opened.pop()
            mentions.append((label, start, len(text)))
        else:
            raise ValueError(f"a bracket closes nothing: {passage[max(0, at - 40) : at]!r}")
    if opened:
        raise ValueError(f"[{opened[-1][0]}: is never closed: {passage[:60]!r}")
    mentions.sort(key=lambda mention: (mention[1], -mention[2]))
    return Marked(text + passage[at:], mentions)


def passages(path: Path) -> Iterator[tuple[str, Marked]]:
    """The passages of a file with their ids."""
    for number, passage in enumerate(BETWEEN.split(path.read_text("utf-8"))):
        if passage.strip():
            yield f"{path.stem}-{number}", parsed(passage.strip("\n"))
