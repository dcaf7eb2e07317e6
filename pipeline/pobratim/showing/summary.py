"""A record in the words both views use: what a row of each kind says, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pobratim.schema import (
    Agreement,
    City,
    Count,
    Document,
    EvidencedRecord,
    Official,
    Organization,
)

HEADINGS: dict[str, tuple[str, ...]] = {
    "agreements": ("instrument", "parties", "signed", "place", "signatories", "status"),
    "officials": ("name", "office", "title", "of", "observed"),
    "counts": ("value", "counted", "action", "place", "period", "category"),
    "cities": ("name", "name (ru)", "country", "id"),
    "organizations": ("name", "aliases", "city"),
}
"""The kinds of record in the order they are shown, and the columns of each."""


class RecordView(NamedTuple):
    """One record to show: its cells, the ids of its mentions and what these say."""

    id: str
    cells: tuple[str, ...]
    mentions: tuple[str, ...]
    evidence: str


def views(document: Document) -> dict[str, list[RecordView]]:
    """The records of ``document`` by kind, cells as text, ids of places by the name they go by."""
    surfaces = {mention.id: " ".join(mention.text.split()) for mention in document.mentions}
    names = _names(document)
    shown: dict[str, list[RecordView]] = {}
    for kind, shape in _SHAPES.items():
        records: list[EvidencedRecord] = getattr(document, kind)
        shown[kind] = [
            RecordView(
                record.id,
                shape(record, names),
                tuple(record.mentions),
                " … ".join(surfaces[key] for key in record.mentions if key in surfaces),
            )
            for record in records
        ]
    return shown


def _names(document: Document) -> dict[str, str]:
    """What each id is called: by its record, else as first mentioned."""
    names: dict[str, str] = {}
    for mention in document.mentions:
        if mention.entity is not None:
            names.setdefault(mention.entity, " ".join(mention.text.split()))
    for party in (party for agreement in document.agreements for party in agreement.parties):
        names[party.id] = party.name
    names |= {organization.id: organization.name for organization in document.organizations}
    russian = document.language == "ru"
    for city in document.cities:
        choices = (city.name_ru, city.name_en) if russian else (city.name_en, city.name_ru)
        names[city.id] = choices[0] or choices[1] or city.id
    return names


def _agreement(record: Agreement, names: dict[str, str]) -> tuple[str, ...]:
    kind = (
        record.instrument if record.purpose == "other" else f"{record.purpose} {record.instrument}"
    )
    parties = " – ".join(
        f"{names.get(party.id, party.name)}{' (implied)' if party.implied else ''}"
        for party in record.parties
    )
    people = ", ".join(names.get(person, person) for person in record.signatories)
    return (kind, parties, record.signed or "", _name(record.place, names), people, record.status)


def _official(record: Official, names: dict[str, str]) -> tuple[str, ...]:
    place = _name(record.of, names)
    return (record.name, record.office, record.title, place, record.observed or "")


def _count(record: Count, names: dict[str, str]) -> tuple[str, ...]:
    return (
        quantity(record),
        record.counted or "",
        record.action or "",
        _name(record.place, names),
        f"{record.period or ''}{' (cumulative)' if record.cumulative else ''}",
        record.category or "",
    )


def quantity(record: Any) -> str:
    """A count's number with its unit: ``about 17.3 %``, ``10–12``."""
    if record.value is not None:
        number = f"{record.value:,f}"
    elif record.minimum is not None and record.maximum is not None:
        number = f"{record.minimum:,f}–{record.maximum:,f}"
    elif record.minimum is not None:
        number = f"≥ {record.minimum:,f}"
    elif record.maximum is not None:
        number = f"≤ {record.maximum:,f}"
    else:
        number = "?"
    about = "about " if record.approximate else ""
    return f"{about}{number} {record.unit or ''}".strip()


def _city(record: City, names: dict[str, str]) -> tuple[str, ...]:
    return (record.name_en or "", record.name_ru or "", record.country or "", record.id)


def _organization(record: Organization, names: dict[str, str]) -> tuple[str, ...]:
    return (record.name, ", ".join(record.aliases), _name(record.city, names))


def _name(key: str | None, names: dict[str, str]) -> str:
    return "" if key is None else names.get(key, key)


_SHAPES: dict[str, Callable[[Any, dict[str, str]], tuple[str, ...]]] = {
    "agreements": _agreement,
    "officials": _official,
    "counts": _count,
    "cities": _city,
    "organizations": _organization,
}
