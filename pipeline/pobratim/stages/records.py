"""From what the stages found to a :class:`pobratim.schema.Document`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Span

from pobratim.lexicon.gazetteer import Place, gazetteer
from pobratim.lexicon.offices import OfficeUse
from pobratim.lexicon.place_adjectives import place_of_adjective
from pobratim.reading.language import language_of_document
from pobratim.schema import (
    PLACE_LABELS,
    Agreement,
    City,
    Count,
    CountMention,
    DateMention,
    Document,
    Mention,
    Notice,
    Official,
    Organization,
    Party,
    Relation,
    Source,
)
from pobratim.stages.bodies import BodyName
from pobratim.stages.body_keys import body_key, tells_where
from pobratim.stages.calendar.spanning import spanning
from pobratim.stages.circumstances import Circumstance
from pobratim.stages.merging import Told, identities, told_agreements
from pobratim.stages.naming import PersonName
from pobratim.stages.observing import Observer
from pobratim.stages.quotes import OPENING
from pobratim.stages.workspace import Candidate, CountValue, DateValue, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

__all__ = ["DOCUMENT", "SPANS", "Records"]

DOCUMENT = "pobratim_document"
SPANS = "pobratim"
BEHIND = 5


@Language.factory("pobratim_records")
class Records:
    """Writes the :class:`Document` to ``doc.user_data`` and the mentions to ``doc.spans``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        ws.candidates.sort(key=lambda c: (c.start, -c.end, c.label))
        doc.user_data[DOCUMENT] = _Assembly(ws).document()
        shown = ws.candidates if ws.tokens else []
        doc.spans[SPANS] = [
            Span(doc, ws.tokens[c.start], ws.tokens[c.end - 1] + 1, c.label) for c in shown
        ]
        return doc


class _Assembly:
    """One document's records in the making."""

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws
        self.text = ws.published
        self.agreements = told_agreements(ws)
        self.names = identities(self.agreements)
        self.ids = {id(c): f"m{number}" for number, c in enumerate(ws.candidates, 1)}
        self.tails: dict[tuple[int, str], list[Candidate]] = {}
        for link in ws.links:
            self.tails.setdefault((id(link.head), link.label), []).append(link.tail)
        self.place_at = {place.start: place for place in ws.of(*PLACE_LABELS)}

    def document(self) -> Document:
        ws = self.ws
        return Document(
            id="text",
            source=Source(uri="text"),
            text=self.text,
            language=_language(ws),
            reference_period=ws.reference_period,
            mentions=[self.mention(c) for c in ws.candidates],
            relations=self.relations(),
            cities=self.cities(),
            officials=self.officials(),
            organizations=self.organizations(),
            agreements=[self.agreement(n, told) for n, told in enumerate(self.agreements, 1)],
            counts=[self.count(n, c) for n, c in enumerate(ws.of("COUNT"), 1)],
            warnings=[Notice(code=code, message=message) for code, message in ws.notices],
        )

    def mention(self, candidate: Candidate) -> Mention:
        start = self.ws.raw_starts[candidate.start]
        end = self.ws.raw_ends[candidate.end - 1]
        common: dict[str, Any] = {
            "id": self.ids[id(candidate)],
            "label": candidate.label,
            "start": start,
            "end": end,
            "text": self.text[start:end],
            "score": round(candidate.score, 3),
            "entity": self.names.get(id(candidate), candidate.entity),
            "why": candidate.why,
        }
        value = candidate.value
        if isinstance(value, DateValue):
            dates = {"value": value.edtf, "earliest": value.earliest, "latest": value.latest}
            return DateMention(**common, **dates)
        if isinstance(value, CountValue):
            return CountMention(**common, **_figures(value))
        return Mention(**common)

    def relations(self) -> list[Relation]:
        links = [x for x in self.ws.links if id(x.head) in self.ids and id(x.tail) in self.ids]
        links.sort(key=lambda x: (x.head.start, x.head.end, x.label, x.tail.start, x.tail.end))
        return [
            Relation(
                id=f"r{number}",
                label=link.label,
                head=self.ids[id(link.head)],
                tail=self.ids[id(link.tail)],
                score=round(link.score, 3),
                why=link.why,
            )
            for number, link in enumerate(links, 1)
        ]

    def evidence(self, candidates: Iterable[Candidate]) -> list[str]:
        unique = {id(c): c for c in candidates if id(c) in self.ids}
        ordered = sorted(unique.values(), key=lambda c: (c.start, -c.end))
        return [self.ids[id(c)] for c in ordered]

    def groups(self, label: str) -> dict[str, list[Candidate]]:
        found: dict[str, list[Candidate]] = {}
        for candidate in self.ws.of(label):
            if candidate.entity:
                found.setdefault(candidate.entity, []).append(candidate)
        return found

    def cities(self) -> list[City]:
        found = []
        for identity, mentions in self.groups("CITY").items():
            data = mentions[0].data
            place = data if isinstance(data, Place) else None
            surface = self.text_of(mentions[0])
            latin = surface.isascii()
            found.append(
                City(
                    id=identity,
                    mentions=self.evidence(mentions),
                    score=_best(mentions),
                    name_en=place.name_en if place else surface if latin else None,
                    name_ru=place.name_ru if place else None if latin else surface,
                    country=place.country if place else None,
                    latitude=place.latitude if place else None,
                    longitude=place.longitude if place else None,
                )
            )
        return found

    def text_of(self, candidate: Candidate) -> str:
        return self.ws.phrase(candidate.start, candidate.end)

    def name_of(self, candidate: Candidate) -> str:
        """The nominative name of what a mention refers to."""
        data = candidate.data
        if isinstance(data, (PersonName, BodyName)):
            return data.nominative
        if isinstance(data, Place):
            return self.place_name(data.id) or self.text_of(candidate)
        return self.place_name(candidate.entity) or self.text_of(candidate)

    def place_name(self, identity: str | None) -> str | None:
        """A place's name in the document's language."""
        place = gazetteer().by_id(identity) if identity else None
        if place is None:
            return None
        return (place.name_ru if _language(self.ws) == "ru" else None) or place.name_en

    def organizations(self) -> list[Organization]:
        found = []
        for identity, mentions in self.groups("ORGANIZATION").items():
            name = _fullest(self.name_of(mention) for mention in mentions)
            aliases = dict.fromkeys(self.text_of(mention) for mention in mentions)
            aliases.pop(name, None)
            found.append(
                Organization(
                    id=identity,
                    mentions=self.evidence(mentions),
                    score=_best(mentions),
                    name=name,
                    aliases=list(aliases),
                    city=self.city_within(mentions),
                    key=self.key_of(mentions),
                )
            )
        return found

    def key_of(self, mentions: list[Candidate]) -> str | None:
        """The key of the fullest of a body's names that has one, the first of equals."""
        keys = [body_key(self.ws, mention, self.place_at) for mention in mentions]
        return max(filter(None, keys), key=len, default=None)

    def city_within(self, mentions: list[Candidate]) -> str | None:
        """The city in a body's name, or right behind it: «ООО «Лён» (г. Псков)»; or its adjective's."""
        for mention in mentions:
            for at in range(mention.start, min(mention.end + BEHIND, len(self.ws))):
                place = self.place_at.get(at)
                if place and place.label == "CITY" and tells_where(self.ws, mention, place):
                    return place.entity
                type_word = self.ws.lemmas[at] in ("г", "город", "city", "of")
                if at >= mention.end and not type_word and self.ws.words[at] not in "(.":
                    break
        return next(filter(None, map(self.city_of_adjective, mentions)), None)

    def city_of_adjective(self, body: Candidate) -> str | None:
        """«псковский» right before a body's name or first in it: «псковский клуб «Парус»»."""
        ws = self.ws
        quoted = [at for at in range(body.start + 1, body.end - 2) if ws.words[at - 1] in OPENING]
        for at in (*range(max(body.start - 1, 0), body.start + 1), *quoted[:1]):
            lemmas = [one.lemma for one in ws.readings[at] if one.pos == "ADJ"]
            if lemmas and (place := place_of_adjective(lemmas[0])):
                return place.id if place.kind == "city" else None
        return None

    def officials(self) -> list[Official]:
        evidence: dict[tuple[str, str, str | None], list[Candidate]] = {}
        observed: dict[tuple[str, str, str | None], list[str]] = {}
        people = self.ws.of("PERSON")
        observer = Observer(self.ws)
        for person in people:
            for role in self.tails.get((id(person), "HOLDS"), ()):
                if not isinstance(role.data, OfficeUse):
                    continue
                dates, values = observer.observed(person, role)
                owners: list[Candidate | None] = [*self.tails.get((id(role), "OFFICE_OF"), ())]
                for owner in owners or [None]:
                    key = (
                        person.entity or self.name_of(person),
                        role.data.office,
                        owner.entity if owner else None,
                    )
                    marks = [person, role, *dates, *([owner] if owner else [])]
                    evidence.setdefault(key, []).extend(marks)
                    observed.setdefault(key, []).extend(values)
        return [
            self.official(number, key, evidence[key], observed[key])
            for number, key in enumerate(_without_ownerless(evidence), 1)
        ]

    def official(
        self,
        number: int,
        key: tuple[str, str, str | None],
        marks: list[Candidate],
        dates: list[str],
    ) -> Official:
        persons = [mark for mark in marks if mark.label == "PERSON"]
        role = next(mark for mark in marks if mark.label == "ROLE")
        return Official(
            id=f"official:{number}",
            mentions=self.evidence(marks),
            score=round(min(persons[0].score, role.score), 3),
            name=max((self.name_of(person) for person in persons), key=len),
            office=key[1],
            title=self.text_of(role),
            of=key[2],
            observed=spanning(dates),
        )

    def agreement(self, number: int, told: Told) -> Agreement:
        use = told.use.instrument
        parties = [
            Party(id=identity, name=self.name_of(party)) for identity, party in told.parties.items()
        ]
        parties += [
            Party(id=identity, name=self.place_name(identity) or identity, implied=True)
            for identity in told.implied
        ]
        marks = [
            *told.mentions, *told.parties.values(), *told.dates, *told.places, *told.signatories,
        ]  # fmt: skip
        return Agreement(
            id=f"agreement:{number}",
            mentions=self.evidence(marks),
            score=_best(told.mentions),
            instrument=use.instrument,
            purpose=use.purpose,
            parties=parties,
            subject=self.ws.phrase(*use.subject) if use.subject else None,
            signed=told.signed,
            place=next((place.entity for place in told.places if place.entity), None),
            signatories=list(dict.fromkeys(map(self.name_of, told.signatories))),
            status=told.use.status,
        )

    def count(self, number: int, mention: Candidate) -> Count:
        places = self.tails.get((id(mention), "COUNTED_IN"), [])
        dates = self.tails.get((id(mention), "COUNTED_ON"), [])
        value = mention.value if isinstance(mention.value, CountValue) else CountValue(None)
        circumstance = mention.data if isinstance(mention.data, Circumstance) else None
        return Count(
            id=f"count:{number}",
            mentions=self.evidence([mention, *places, *dates]),
            score=round(mention.score, 3),
            **_figures(value),
            action=circumstance.action if circumstance else None,
            place=next((place.entity for place in places if place.entity), None),
            period=spanning(d.value.edtf for d in dates if isinstance(d.value, DateValue))
            or (circumstance.period if circumstance else None),
            cumulative=circumstance.cumulative if circumstance else False,
        )


def _without_ownerless(
    found: Iterable[tuple[str, str, str | None]],
) -> list[tuple[str, str, str | None]]:
    """Officials, but not «of nobody» where the same person has the same office of somebody."""
    keys = list(found)
    owned = {key[:2] for key in keys if key[2] is not None}
    return [key for key in keys if key[2] is not None or key[:2] not in owned]


def _figures(value: CountValue) -> dict[str, Any]:
    return {
        "value": value.value,
        "minimum": value.minimum,
        "maximum": value.maximum,
        "approximate": value.approximate,
        "unit": value.unit,
        "counted": value.counted,
        "category": value.category,
    }


def _best(mentions: list[Candidate]) -> float:
    return round(max(mention.score for mention in mentions), 3)


def _fullest(names: Iterable[str]) -> str:
    """The most frequent name that is not mere initials, if there is one."""
    counted = Counter(names)
    full = [name for name, _ in counted.most_common() if " " in name or not name.isupper()]
    return full[0] if full else counted.most_common(1)[0][0]


def _language(ws: Workspace) -> str:
    sizes: Counter[str] = Counter()
    for block in ws.blocks:
        if not block.boilerplate:
            sizes[block.language] += ws.ends[block.end - 1] - ws.starts[block.start]
    return language_of_document(dict(sizes))
