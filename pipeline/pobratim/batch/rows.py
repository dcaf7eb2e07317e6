"""The rows of the flat tables that one document gives, made of its line as it is parsed.

Validating the document again would cost several times what its rows do; its line was written by
:meth:`pobratim.schema.Document.to_json` in this very folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from pobratim.schema import Agreement, City, Count, EvidencedRecord, Official, Organization, Source

Row = dict[str, Any]
SEPARATOR = " … "
_RECORDS: dict[str, type[EvidencedRecord]] = {
    "cities": City,
    "officials": Official,
    "organizations": Organization,
    "agreements": Agreement,
    "counts": Count,
}
_DEFAULTS: dict[str, Row] = {
    table: {
        name: field.get_default(call_default_factory=True)
        for name, field in record.model_fields.items()
        if not field.is_required()
    }
    for table, record in _RECORDS.items()
}
_QUANTITIES = ("value", "minimum", "maximum")


def rows(document: dict[str, Any]) -> Iterator[tuple[str, list[Row]]]:
    """Every row of every table that ``document`` gives, by table; a column that is not there is null.

    The rows are made of the parts of ``document``, which is used up by it.
    """
    id = document["id"]
    mentions = document.get("mentions", [])
    surfaces = {mention["id"]: " ".join(mention["text"].split()) for mention in mentions}

    def evidence(ids: Iterable[str]) -> str:
        return SEPARATOR.join([surfaces[key] for key in ids if key in surfaces])

    yield "documents", [_document_row(document)]
    for table, defaults in _DEFAULTS.items():
        found = []
        for record in document.get(table, ()):
            row = {**defaults, **record, "document": id, "evidence": evidence(record["mentions"])}
            if table == "counts":
                _as_doubles(row)
            elif table == "agreements":
                _as_lists(row)
            found.append(row)
        yield table, found
    for mention in mentions:
        mention["document"] = id
        mention["evidence"] = surfaces[mention["id"]]
        if mention["label"] == "DATE":
            mention["date"] = mention.pop("value", None)
        elif mention["label"] == "COUNT":
            mention.setdefault("approximate", False)
            _as_doubles(mention)
    if document["source"].get("parts"):
        source = Source.model_validate(document["source"])
        for mention in mentions:
            part = source.part_at(mention["start"])
            mention["page"] = part.page if part is not None else None
    yield "mentions", mentions
    relations = document.get("relations", [])
    for relation in relations:
        head, tail = relation["head"], relation["tail"]
        relation["document"] = id
        relation["head_text"] = surfaces.get(head)
        relation["tail_text"] = surfaces.get(tail)
        relation["evidence"] = evidence((head, tail))
    yield "relations", relations


def _as_doubles(row: Row) -> None:
    """Numbers as doubles; a whole one may be longer than Arrow or ``float`` takes."""
    for name in _QUANTITIES:
        if isinstance(row.get(name), int | str):
            row[name] = float(Decimal(row[name]))


def _as_lists(row: Row) -> None:
    parties = row["parties"]
    row["parties"] = [party["id"] for party in parties]
    row["party_names"] = [party["name"] for party in parties]
    row["implied_parties"] = [party["id"] for party in parties if party.get("implied")]


def _document_row(document: dict[str, Any]) -> Row:
    source = document["source"]
    return {
        "document": document["id"],
        "uri": source["uri"],
        "sha256": source.get("sha256", ""),
        "media_type": source.get("media_type", "text/plain"),
        "language": document.get("language", "und"),
        "reference_period": document.get("reference_period"),
        "characters": len(document["text"]),
        "warnings": [f"{each['code']}: {each['message']}" for each in document.get("warnings", ())],
    }
