"""Records from marks and arrows, so that annotators write no record by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pobratim.exchange.gold.edtf import days
from pobratim.exchange.gold.marks import Entity, Mark, cyrillic
from pobratim.exchange.gold.values import count_fields, date_value
from pobratim.schema import Agreement, City, Count, Document, Official, Organization, Party

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.exchange.gold.relations import Arrow


@dataclass(slots=True)
class Marked:
    """All marks of one document, located and numbered, in text order, with what they refer to.

    ``entities`` is keyed by id; ``seen`` by ``id(mark)`` of a PERSON.
    """

    language: str
    marks: list[Mark]
    arrows: list[Arrow]
    entities: dict[str, Entity]
    seen: dict[int, list[tuple[str, Mark | None]]] = field(default_factory=dict)

    def tails(self, mark: Mark, label: str) -> list[Mark]:
        """The marks that relations of ``label`` lead to from ``mark``."""
        return [a.tail for a in self.arrows if a.head is mark and a.label == label]

    def name(self, identity: str | None, fallback: str) -> str:
        """The nominative name of an entity, in the document's language where it is known."""
        entity = self.entities.get(identity or "")
        return entity.name(self.language) if entity else fallback

    def groups(self, label: str) -> dict[str, list[Mark]]:
        """The marks of ``label`` by entity, in order of first mention."""
        found: dict[str, list[Mark]] = {}
        for mark in self.marks:
            if mark.label == label and mark.entity:
                found.setdefault(mark.entity, []).append(mark)
        return found


def derive(marked: Marked, document: Document) -> None:
    """Fill the record lists of ``document`` from its marks."""
    document.cities = [_city(marked, i, m) for i, m in marked.groups("CITY").items()]
    document.organizations = [
        _organization(marked, i, m) for i, m in marked.groups("ORGANIZATION").items()
    ]
    document.officials = _officials(marked)
    document.agreements = [_agreement(marked, i, m) for i, m in marked.groups("AGREEMENT").items()]
    counts = [mark for mark in marked.marks if mark.label == "COUNT"]
    document.counts = [_count(marked, n, mark) for n, mark in enumerate(counts, 1)]


def _ids(marks: Iterable[Mark | None]) -> list[str]:
    unique = {id(m): m for m in marks if m is not None}
    return [m.id for m in sorted(unique.values(), key=lambda m: (m.start, -m.end))]


def _city(marked: Marked, identity: str, marks: list[Mark]) -> City:
    from pobratim.lexicon.gazetteer import gazetteer

    place = gazetteer().by_id(identity) if identity.startswith("geonames:") else None
    entity = marked.entities.get(identity)
    forms = entity.forms if entity else [marks[0].surface]
    facts = entity.facts if entity else {}
    names = {cyrillic(form): form for form in reversed(forms)}
    return City(
        id=identity,
        mentions=_ids(marks),
        name_en=place.name_en if place else names.get(False),
        name_ru=place.name_ru if place else names.get(True),
        country=place.country if place else facts.get("country"),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
    )


def _organization(marked: Marked, identity: str, marks: list[Mark]) -> Organization:
    stated = [name for m in marks if (name := m.option("name"))]
    name = stated[0] if stated else marked.name(identity, marks[0].surface)
    entity = marked.entities.get(identity)
    cities = [city for m in marks if (city := m.option("city"))]
    if entity and "city" in entity.facts:
        cities.append(entity.facts["city"])
    aliases = dict.fromkeys(m.surface for m in marks if m.surface != name)
    return Organization(
        id=identity,
        mentions=_ids(marks),
        name=name,
        aliases=list(aliases),
        city=cities[0] if cities else None,
    )


def _officials(marked: Marked) -> list[Official]:
    evidence: dict[tuple[str, str, str | None], list[Mark | None]] = {}
    observed: dict[tuple[str, str, str | None], list[str]] = {}
    for person in (m for m in marked.marks if m.label == "PERSON" and m.entity):
        dates = marked.seen.get(id(person), [])
        for role in marked.tails(person, "HOLDS"):
            owners: list[Mark | None] = [*marked.tails(role, "OFFICE_OF")]
            for owner in owners or [None]:
                key = person.entity or "", role.values[0], owner.entity if owner else None
                marks = [person, role, owner, *(mark for _, mark in dates)]
                evidence.setdefault(key, []).extend(marks)
                observed.setdefault(key, []).extend(value for value, _ in dates)
    return [
        _official(marked, number, key, marks, observed[key])
        for number, (key, marks) in enumerate(evidence.items(), 1)
    ]


def _official(
    marked: Marked,
    number: int,
    key: tuple[str, str, str | None],
    marks: list[Mark | None],
    dates: list[str],
) -> Official:
    person, office, owner = key
    persons = marked.groups("PERSON")[person]
    stated = [name for m in persons if (name := m.option("name"))]
    titles = [m.surface for m in marks if m is not None and m.label == "ROLE"]
    return Official.model_validate(
        {
            "id": f"official:{number}",
            "mentions": _ids(marks),
            "name": stated[0] if stated else marked.name(person, persons[0].surface),
            "office": office,
            "title": titles[0],
            "of": owner,
            "observed": spanning(dates),
        }
    )


def spanning(values: Iterable[str]) -> str | None:
    """The EDTF interval from the first to the last of ``values``; the value itself if there is one.

    Values without a known year count only if there is no other.
    """
    distinct = list(dict.fromkeys(values))
    sides = [
        side for value in distinct for side in value.split("/") if side != ".." and any(days(side))
    ]
    if len(distinct) < 2 or not sides:
        return distinct[0] if distinct else None
    first = min(sides, key=lambda side: _order(days(side)[0]))
    last = max(sides, key=lambda side: _order(days(side)[1]))
    return first if first == last else f"{first}/{last}"


def _order(day: str | None) -> tuple[int, int, int]:
    year, month, number = (day or "0001-01-01").rsplit("-", 2)
    return int(year), int(month), int(number)


def _agreement(marked: Marked, identity: str, marks: list[Mark]) -> Agreement:
    tails = {
        label: list({id(t): t for m in marks for t in marked.tails(m, label)}.values())
        for label in ("PARTY", "SIGNED_ON", "SIGNED_IN", "SIGNED_BY")
    }
    instrument, purpose, status = next((m.values for m in marks if m.values), ["other"] * 3)
    dates = [value for t in tails["SIGNED_ON"] if (value := date_value(t))]
    return Agreement.model_validate(
        {
            "id": identity,
            "mentions": _ids([*marks, *(t for group in tails.values() for t in group)]),
            "instrument": instrument,
            "purpose": purpose,
            "status": status,
            "parties": _parties(marked, marks, tails["PARTY"]),
            "subject": _first(marks, "subject"),
            "signed": _first(marks, "signed") or max(dates, key=len, default=None),
            "place": _first(marks, "place") or _entity(tails["SIGNED_IN"]),
            "signatories": list(
                dict.fromkeys(
                    t.option("name") or marked.name(t.entity, t.surface) for t in tails["SIGNED_BY"]
                )
            ),
        }
    )


def _parties(marked: Marked, marks: list[Mark], tails: list[Mark]) -> list[Party]:
    parties = {
        t.entity: Party(id=t.entity, name=t.option("name") or marked.name(t.entity, t.surface))
        for t in tails
        if t.entity
    }
    for identity in (i for mark in marks for i in mark.options.get("implied", ())):
        if identity not in parties:
            name = marked.name(identity, identity)
            parties[identity] = Party(id=identity, name=name, implied=True)
    return list(parties.values())


def _first(marks: list[Mark], key: str) -> str | None:
    return next((value for m in marks if (value := m.option(key))), None)


def _entity(marks: list[Mark]) -> str | None:
    return next((m.entity for m in marks if m.entity), None)


def _count(marked: Marked, number: int, mark: Mark) -> Count:
    places = marked.tails(mark, "COUNTED_IN")
    dates = marked.tails(mark, "COUNTED_ON")
    return Count.model_validate(
        {
            "id": f"count:{number}",
            "mentions": _ids([mark, *places, *dates]),
            **count_fields(mark),
            "action": mark.option("action"),
            "place": mark.option("place") or _entity(places),
            "period": mark.option("period")
            or spanning(value for d in dates if (value := date_value(d))),
            "cumulative": "cumulative" in mark.flags,
        }
    )
