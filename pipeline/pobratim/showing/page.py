"""A document as one self-contained page: its text highlighted, its records beside it.

The page loads nothing: its content security policy allows only its own script and style, by hash.
All text is escaped, and shown by :func:`~pobratim.showing.visible.visible`.
"""

from __future__ import annotations

import base64
import hashlib
import os
import uuid
from collections import Counter
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from string import Template
from typing import NamedTuple

from pobratim.errors import OutputError
from pobratim.schema import LABELS, CountMention, DateMention, Document, Mention
from pobratim.showing.summary import HEADINGS, RecordView, quantity, views
from pobratim.showing.visible import on_one_line, visible

_DATA = files("pobratim.showing").joinpath("data")
DEPTHS = 4


class Piece(NamedTuple):
    """A stretch of text and the mentions that cover it, outermost first."""

    start: int
    end: int
    mentions: tuple[Mention, ...]


def page(document: Document) -> str:
    """The HTML of ``document``."""
    style = _DATA.joinpath("page.css").read_text("utf-8")
    script = _DATA.joinpath("page.js").read_text("utf-8")
    template = Template(_DATA.joinpath("page.html").read_text("utf-8"))
    language = document.language if document.language in ("ru", "en") else ""
    return template.substitute(
        title=_text(document.id),
        language=language,
        head=_text(_head(document)),
        warnings="".join(
            f'<p class="warning">{_text(f"{notice.code}: {notice.message}")}</p>'
            for notice in document.warnings
        ),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        legend=_legend(document),
        text=highlighted(document.text, document.mentions),
        records="".join(_section(kind, found) for kind, found in views(document).items()),
    )


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _text(text: str) -> str:
    return escape(on_one_line(text))


def _head(document: Document) -> str:
    period = f" · reports on {document.reference_period}" if document.reference_period else ""
    return (
        f"{document.source.uri} · {len(document.text):,} characters · {document.language}{period}"
    )


def _legend(document: Document) -> str:
    counts: Counter[str] = Counter(mention.label for mention in document.mentions)
    return "".join(
        f'<label><input type="checkbox" checked value="{label}">'
        f'<span class="m {label} d0">{label}</span> {counts[label]}</label>'
        for label in LABELS
        if counts[label]
    )


def pieces(length: int, mentions: list[Mention]) -> Iterator[Piece]:
    """Cut a text of ``length`` characters where mentions begin or end.

    Spans may nest and even cross; those outside the text are left out.
    """
    inside = sorted(
        (m for m in mentions if 0 <= m.start < m.end <= length), key=lambda m: (m.start, -m.end)
    )
    cuts = sorted({0, length, *(m.start for m in inside), *(m.end for m in inside)})
    open_now: list[Mention] = []
    following = 0
    for start, end in pairwise(cuts):
        open_now = [m for m in open_now if m.end > start]
        while following < len(inside) and inside[following].start == start:
            open_now.append(inside[following])
            following += 1
        yield Piece(start, end, tuple(open_now))


def highlighted(text: str, mentions: list[Mention]) -> str:
    """``text`` as HTML with a ``span`` for each mention; one that crosses another is in pieces."""
    shown = visible(text)
    depths = _heights(mentions)
    parts: list[str] = []
    stack: list[Mention] = []
    for piece in pieces(len(text), mentions):
        kept = 0
        while kept < min(len(stack), len(piece.mentions)) and stack[kept] is piece.mentions[kept]:
            kept += 1
        parts.append("</span>" * (len(stack) - kept))
        parts.extend(_open(mention, depths[mention.id]) for mention in piece.mentions[kept:])
        stack = list(piece.mentions)
        parts.append(escape(shown[piece.start : piece.end]))
    parts.append("</span>" * len(stack))
    return "".join(parts)


def _heights(mentions: list[Mention]) -> dict[str, int]:
    """How many mentions nest within each, so that an outer underline stands below an inner one."""
    heights: dict[str, int] = {}
    stack: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        while stack and stack[-1].end <= mention.start:
            stack.pop()
        heights[mention.id] = 0
        stack.append(mention)
        for height, outer in enumerate(reversed(stack)):
            heights[outer.id] = min(DEPTHS - 1, max(heights[outer.id], height))
    return heights


def _open(mention: Mention, height: int) -> str:
    said = escape(on_one_line(" · ".join(_told(mention))), quote=True)
    return (
        f'<span class="m {mention.label} d{height}" data-m="{escape(mention.id, quote=True)}" '
        f'title="{said}">'
    )


def _told(mention: Mention) -> Iterator[str]:
    yield mention.label
    if isinstance(mention, DateMention) and mention.value:
        yield mention.value
    if isinstance(mention, CountMention):
        yield quantity(mention)
    if mention.entity:
        yield mention.entity
    if mention.score is not None:
        yield f"{mention.score:.2f}"


def _section(kind: str, records: list[RecordView]) -> str:
    if not records:
        return ""
    cards = "".join(_card(kind, record) for record in records)
    return (
        f"<details open><summary>{kind} <small>{len(records)}</small></summary>"
        f"<ul>{cards}</ul></details>"
    )


def _card(kind: str, record: RecordView) -> str:
    rows = "".join(
        f"<div><dt>{heading}</dt><dd>{_text(cell)}</dd></div>"
        for heading, cell in zip(HEADINGS[kind], record.cells, strict=True)
        if cell
    )
    evidence = f'<p class="evidence">{_text(record.evidence)}</p>' if record.evidence else ""
    mentions = escape(" ".join(record.mentions), quote=True)
    return f'<li tabindex="0" data-r="{mentions}"><dl>{rows}</dl>{evidence}</li>'


def write_page(path: Path, content: str) -> None:
    """Write ``content`` to ``path``, whole or not at all.

    Raises :class:`~pobratim.errors.OutputError` where that is not possible.
    """
    place = Path(os.path.realpath(path))
    draft = place.with_name(f".{place.name}.{uuid.uuid4().hex[:8]}")
    try:
        draft.write_text(content, "utf-8", newline="")
        draft.replace(place)
    except OSError as error:
        raise OutputError(f"{path} could not be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
