"""Who made a mention or a record: its stage, its rule or model, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from pobratim.errors import InputError
from pobratim.schema import Document, EvidencedRecord, Mention, Relation
from pobratim.showing.visible import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["explained", "show_why"]


def explained(document: Document, what: str) -> tuple[list[Mention], list[Relation]]:
    """The mentions and relations that ``what`` rests on.

    Args:
        document: a document that the program made.
        what: the id of a mention or record, or words of a mention's text.

    Raises:
        InputError: nothing in the document has this id or these words.
    """
    records = {r.id: r for kind in Document.RECORD_TYPES for r in _records(document, kind)}
    if what in records:
        wanted = set(records[what].mentions)
    else:
        wanted = {m.id for m in document.mentions if what == m.id or what in on_one_line(m.text)}
    if not wanted:
        raise InputError(
            f"{document.id} has no mention or record {what!r}; name an id (m1, agreement:1) "
            "or words of a mention"
        )
    relations = [r for r in document.relations if r.head in wanted or r.tail in wanted]
    if what in records:
        relations = [r for r in relations if r.head in wanted and r.tail in wanted]
    return [m for m in document.mentions if m.id in wanted], relations


def show_why(console: Console, document: Document, what: str) -> None:
    """Print a table of what ``explained`` finds."""
    mentions, relations = explained(document, what)
    texts = {mention.id: on_one_line(mention.text) for mention in document.mentions}
    rows = [(m.id, m.label, texts[m.id], m.score, m.why) for m in mentions]
    arrows = [
        (r.id, r.label, f"{texts[r.head]} → {texts[r.tail]}", r.score, r.why) for r in relations
    ]
    places = [_place(document, mention) for mention in mentions]
    if rows:
        console.print(_table("mentions", rows, places))
    if arrows:
        console.print(_table("relations", arrows))


def _place(document: Document, mention: Mention) -> str:
    """Where in the document's file the mention stands, as far as that is known."""
    part = document.source.part_at(mention.start)
    return on_one_line(part.place) if part else ""


def _table(
    title: str,
    rows: Iterable[tuple[str, str, str, float | None, str | None]],
    places: Sequence[str] = (),
) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for heading in ("id", "label", "words", "score", "stage", "rule or model"):
        table.add_column(heading, overflow="fold")
    if any(places):
        table.add_column("place", overflow="fold")
    for number, (identity, label, words, score, why) in enumerate(rows):
        stage, _, rule = (why or "").partition(":")
        place = [places[number]] if any(places) else []
        told = "" if score is None else f"{score:.2f}"
        table.add_row(identity, label, words, told, stage, rule, *place)
    return table


def _records(document: Document, kind: str) -> list[EvidencedRecord]:
    found: list[EvidencedRecord] = getattr(document, kind)
    return found
