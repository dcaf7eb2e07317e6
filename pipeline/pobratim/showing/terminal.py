"""A document's records as tables in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from pobratim.schema import LABELS, Document
from pobratim.showing.summary import HEADINGS, RecordView, views
from pobratim.showing.visible import on_one_line

EVIDENCE_LENGTH = 90
MOST_PAGES = 5


def show_document(console: Console, document: Document) -> None:
    """Print what was found in ``document``: a head, one table for each kind of record, warnings."""
    console.print(Group(*_parts(document)))


def _parts(document: Document) -> Iterator[Text | Table]:
    yield Text(on_one_line(document.id), style="bold")
    yield Text(_head(document))
    for kind, records in views(document).items():
        if records:
            yield _table(kind, records, _pages(document))
    for notice in document.warnings:
        yield Text(on_one_line(f"warning: {notice.code}: {notice.message}"), style="yellow")


def _head(document: Document) -> str:
    labels: Counter[str] = Counter(mention.label for mention in document.mentions)
    counts = ", ".join(f"{labels[label]} {label}" for label in LABELS if labels[label])
    period = f", reports on {document.reference_period}" if document.reference_period else ""
    head = f"{document.source.uri}: {len(document.text):,} characters, {document.language}{period}"
    return on_one_line(f"{head}; mentions: {counts or 'none'}")


def _pages(document: Document) -> dict[str, int]:
    """The page of each mention, where the document's file has pages."""
    parts = {mention.id: document.source.part_at(mention.start) for mention in document.mentions}
    return {each: part.page for each, part in parts.items() if part is not None and part.page}


def _table(kind: str, records: list[RecordView], pages: dict[str, int]) -> Table:
    used = [i for i in range(len(HEADINGS[kind])) if any(record.cells[i] for record in records)]
    table = Table(title=f"{kind} ({len(records)})", title_justify="left", title_style="bold")
    for i in used:
        table.add_column(HEADINGS[kind][i], overflow="fold")
    table.add_column("evidence", overflow="fold", style="dim", ratio=1)
    if pages:
        table.add_column("page")
    for record in records:
        cells = [Text(on_one_line(record.cells[i])) for i in used]
        found = sorted({pages[each] for each in record.mentions if each in pages})
        page = [Text(", ".join(map(str, found[:MOST_PAGES])))] if pages else []
        table.add_row(*cells, Text(_shortened(on_one_line(record.evidence))), *page)
    return table


def _shortened(text: str) -> str:
    return text if len(text) <= EVIDENCE_LENGTH else text[: EVIDENCE_LENGTH - 1] + "…"
