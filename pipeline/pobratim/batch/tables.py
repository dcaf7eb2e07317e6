"""The flat tables: columns and rows of each record type, ready for pandas, polars or DuckDB.

Every table has ``document`` (the document's id) and ``evidence``: the text of the mentions that
support the row, white space runs as one space, joined by " … ". Columns are the fields of
:mod:`pobratim.schema` under their names; a party list becomes three parallel list columns. Numbers
are doubles, missing values null, lists never null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pobratim.schema import SCHEMA_VERSION, CountMention, DateMention, Document, Record

TEXT = pa.string()
LIST = pa.list_(pa.string())
NUMBER = pa.float64()
OFFSET = pa.int64()
FLAG = pa.bool_()

_QUANTITY = {
    "value": NUMBER,
    "minimum": NUMBER,
    "maximum": NUMBER,
    "approximate": FLAG,
    "unit": TEXT,
    "counted": TEXT,
    "category": TEXT,
}
_RECORD_END = {"score": NUMBER, "mentions": LIST, "evidence": TEXT}

COLUMNS: dict[str, dict[str, pa.DataType]] = {
    "documents": {
        "document": TEXT,
        "uri": TEXT,
        "sha256": TEXT,
        "media_type": TEXT,
        "language": TEXT,
        "reference_period": TEXT,
        "characters": OFFSET,
        "warnings": LIST,
    },
    "cities": {
        "document": TEXT,
        "id": TEXT,
        "name_en": TEXT,
        "name_ru": TEXT,
        "country": TEXT,
        "latitude": NUMBER,
        "longitude": NUMBER,
        **_RECORD_END,
    },
    "officials": {
        "document": TEXT,
        "id": TEXT,
        "name": TEXT,
        "office": TEXT,
        "title": TEXT,
        "of": TEXT,
        "observed": TEXT,
        **_RECORD_END,
    },
    "organizations": {
        "document": TEXT,
        "id": TEXT,
        "name": TEXT,
        "aliases": LIST,
        "city": TEXT,
        **_RECORD_END,
    },
    "agreements": {
        "document": TEXT,
        "id": TEXT,
        "instrument": TEXT,
        "purpose": TEXT,
        "parties": LIST,
        "party_names": LIST,
        "implied_parties": LIST,
        "subject": TEXT,
        "signed": TEXT,
        "place": TEXT,
        "signatories": LIST,
        "status": TEXT,
        **_RECORD_END,
    },
    "counts": {
        "document": TEXT,
        "id": TEXT,
        **_QUANTITY,
        "action": TEXT,
        "place": TEXT,
        "period": TEXT,
        "cumulative": FLAG,
        **_RECORD_END,
    },
    "mentions": {
        "document": TEXT,
        "id": TEXT,
        "label": TEXT,
        "start": OFFSET,
        "end": OFFSET,
        "text": TEXT,
        "page": OFFSET,
        "entity": TEXT,
        "date": TEXT,
        "earliest": TEXT,
        "latest": TEXT,
        **_QUANTITY,
        "score": NUMBER,
        "why": TEXT,
        "evidence": TEXT,
    },
    "relations": {
        "document": TEXT,
        "id": TEXT,
        "label": TEXT,
        "head": TEXT,
        "head_text": TEXT,
        "tail": TEXT,
        "tail_text": TEXT,
        "score": NUMBER,
        "why": TEXT,
        "evidence": TEXT,
    },
    "errors": {
        "uri": TEXT,
        "document": TEXT,
        "sequence": OFFSET,
        "stage": TEXT,
        "code": TEXT,
        "message": TEXT,
        "traceback": TEXT,
        "attempts": OFFSET,
    },
}
"""The columns of every table, in order. ``mentions.page`` counts from 1, where a page is known;
``mentions.date`` is a DATE's EDTF value, the quantity columns a COUNT's; ``implied_parties`` are the
ids among ``parties`` that only the layout tells. ``errors.sequence`` counts inputs from 0; its
``document`` is the id that the document would have."""

Row = dict[str, Any]
SEPARATOR = " … "


def schema(table: str) -> pa.Schema:
    """The Arrow schema of ``table``; its metadata names the version of the records."""
    fields = [pa.field(name, kind) for name, kind in COLUMNS[table].items()]
    return pa.schema(fields, metadata={"pobratim_schema_version": SCHEMA_VERSION})


def rows(document: Document) -> Iterator[tuple[str, Row]]:
    """Every row of every table that ``document`` gives, as (table, row)."""
    surfaces = {mention.id: " ".join(mention.text.split()) for mention in document.mentions}

    def evidence(ids: Iterable[str]) -> str:
        return SEPARATOR.join(surfaces[key] for key in ids if key in surfaces)

    yield "documents", _document_row(document)
    for table in Document.RECORD_TYPES:
        shape = _SHAPES.get(table, _plain)
        for record in getattr(document, table):
            row = shape(record)
            yield table, {**row, "document": document.id, "evidence": evidence(record.mentions)}
    for mention in document.mentions:
        part = document.source.part_at(mention.start)
        row = {**_mention_row(mention), "page": part.page if part is not None else None}
        yield "mentions", {**row, "document": document.id, "evidence": surfaces[mention.id]}
    for relation in document.relations:
        ends = {
            "head_text": surfaces.get(relation.head),
            "tail_text": surfaces.get(relation.tail),
            "evidence": evidence((relation.head, relation.tail)),
        }
        yield "relations", {**_plain(relation), "document": document.id, **ends}


def _plain(record: Record) -> Row:
    return {name: float(value) if isinstance(value, Decimal) else value for name, value in record}


def _agreement_row(record: Record) -> Row:
    row = _plain(record)
    parties = row["parties"]
    row["parties"] = [party.id for party in parties]
    row["party_names"] = [party.name for party in parties]
    row["implied_parties"] = [party.id for party in parties if party.implied]
    return row


def _mention_row(mention: Record) -> Row:
    row = _plain(mention)
    if isinstance(mention, DateMention):
        row["date"] = row.pop("value")
    elif not isinstance(mention, CountMention):
        row.pop("value", None)
    return row


def _document_row(document: Document) -> Row:
    return {
        "document": document.id,
        "uri": document.source.uri,
        "sha256": document.source.sha256,
        "media_type": document.source.media_type,
        "language": document.language,
        "reference_period": document.reference_period,
        "characters": len(document.text),
        "warnings": [f"{notice.code}: {notice.message}" for notice in document.warnings],
    }


_SHAPES: dict[str, Callable[[Any], Row]] = {"agreements": _agreement_row}
