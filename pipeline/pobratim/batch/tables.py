"""The flat tables: the columns of each record type, ready for pandas, polars or DuckDB.

Every table has ``document`` (the document's id) and ``evidence``: the text of the mentions that
support the row, white space runs as one space, joined by " … ". Columns are the fields of
:mod:`pobratim.schema` under their names; a party list becomes three parallel list columns. Numbers
are doubles, missing values null, lists never null.
"""

from __future__ import annotations

import pyarrow as pa

from pobratim.schema import SCHEMA_VERSION

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
        "key": TEXT,
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


def schema(table: str) -> pa.Schema:
    """The Arrow schema of ``table``; its metadata names the version of the records."""
    fields = [pa.field(name, kind) for name, kind in COLUMNS[table].items()]
    return pa.schema(fields, metadata={"pobratim_schema_version": SCHEMA_VERSION})
