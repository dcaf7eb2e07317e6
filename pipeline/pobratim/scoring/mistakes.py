"""The mistakes one by one, for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from pydantic import BaseModel

from pobratim.schema import CountMention, DateMention, Document
from pobratim.scoring.mentions import same_counted, same_date, same_link
from pobratim.scoring.relations import arrows, match_arrows
from pobratim.scoring.slots import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pobratim.schema import EvidencedRecord, Mention
    from pobratim.scoring.alignment import Section
    from pobratim.scoring.matching import Pair
    from pobratim.scoring.records import RecordPair
    from pobratim.scoring.relations import Arrow

Kind = Literal["missed", "spurious", "label", "boundary", "value", "relation", "record"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_AROUND = 110


class Side(BaseModel):
    """What one side says: a label, its words with the text around them, its value and score."""

    label: str
    before: str = ""
    text: str = ""
    after: str = ""
    value: str = ""
    score: float | None = None
    why: str | None = None


class SlotMistake(BaseModel):
    """A slot of a record, or an argument of a relation, as gold and system fill it."""

    slot: str
    gold: str
    system: str
    wrong: bool


class Mistake(BaseModel):
    """One mistake. ``context`` is the text about the place for the side that has nothing there."""

    section: str
    document: str
    language: str
    kind: Kind
    label: str
    gold: Side | None = None
    system: Side | None = None
    context: str = ""
    slots: list[SlotMistake] = []


def find_mistakes(
    section: Section, pairs: Sequence[Pair], records: Sequence[RecordPair]
) -> list[Mistake]:
    """Every mistake of a section: mentions in text order, then relations, then records."""
    found = sorted(_mention_mistakes(section, pairs), key=lambda item: item[0])
    return [
        *(mistake for _, mistake in found),
        *_relation_mistakes(section),
        *_record_mistakes(section, records),
    ]


def _mention_mistakes(
    section: Section, pairs: Sequence[Pair]
) -> Iterator[tuple[tuple[int, int], Mistake]]:
    golds = {id(pair.gold) for pair in pairs}
    systems = {id(pair.system) for pair in pairs}
    for pair in pairs:
        kind = _kind(pair)
        if kind is not None:
            place = (pair.gold.start, pair.gold.end)
            yield place, _mistake(section, kind, pair.gold, pair.system)
    for mention in section.gold.mentions:
        if id(mention) not in golds:
            yield (mention.start, mention.end), _mistake(section, "missed", mention, None)
    for mention in section.system.mentions:
        if id(mention) not in systems:
            yield (mention.start, mention.end), _mistake(section, "spurious", None, mention)


def _kind(pair: Pair) -> Kind | None:
    gold, system = pair.gold, pair.system
    if gold.label != system.label:
        return "label"
    if not pair.exact:
        return "boundary"
    if isinstance(gold, DateMention) and not same_date(gold, system):
        return "value"
    if isinstance(gold, CountMention) and not same_counted(gold, system):
        return "value"
    if gold.label == "CITY" and gold.entity and not same_link(gold, system):
        return "value"
    return None


def _mistake(section: Section, kind: Kind, gold: Mention | None, system: Mention | None) -> Mistake:
    one = gold or system
    assert one is not None
    return Mistake(
        section=section.id,
        document=section.document,
        language=section.gold.language,
        kind=kind,
        label=one.label,
        gold=_side(section.gold.text, gold),
        system=_side(section.gold.text, system),
        context=_context(section.gold.text, one),
    )


def _side(text: str, mention: Mention | None) -> Side | None:
    if mention is None:
        return None
    return Side(
        label=mention.label,
        before=_before(text, mention.start),
        text=mention.text,
        after=_after(text, mention.end),
        value=value_of(mention),
        score=mention.score,
        why=mention.why,
    )


def _context(text: str, mention: Mention) -> str:
    return _before(text, mention.start) + mention.text + _after(text, mention.end)


def _before(text: str, start: int) -> str:
    """The text that leads up to ``start``, from the beginning of a word."""
    if start <= _AROUND:
        return text[:start]
    cut = text[start - _AROUND : start]
    return "… " + cut[cut.find(" ") + 1 :]


def _after(text: str, end: int) -> str:
    """The text that follows ``end``, to the end of a word."""
    if len(text) - end <= _AROUND:
        return text[end:]
    cut = text[end : end + _AROUND]
    return cut[: cut.rfind(" ")] + " …" if " " in cut else cut + "…"


def value_of(mention: Mention) -> str:
    """A mention's value for people: EDTF, a number with unit and what is counted, or an id."""
    if isinstance(mention, DateMention):
        return mention.value or "no value"
    if isinstance(mention, CountMention):
        number = shown_number(mention)
        return " ".join(part for part in (number, mention.unit, mention.counted) if part)
    return mention.entity or ""


def shown_number(count: CountMention) -> str:
    """``70``, ``10 to 12``, ``about 70``; "no value" where there is none."""
    if count.value is not None:
        number = str(count.value)
    elif count.minimum is not None or count.maximum is not None:
        number = f"{count.minimum or '…'} to {count.maximum or '…'}"
    else:
        return "no value"
    return f"about {number}" if count.approximate else number


def _relation_mistakes(section: Section) -> Iterator[Mistake]:
    """Relations that the lenient measure finds on one side only."""
    golds, systems = arrows(section.gold), arrows(section.system)
    for label in sorted(golds.keys() | systems.keys()):
        ours, theirs = golds.get(label, []), systems.get(label, [])
        pairs = match_arrows(ours, theirs)
        answered, given = {id(gold) for gold, _ in pairs}, {id(one) for _, one in pairs}
        for arrow in ours:
            if id(arrow) not in answered:
                yield _relation_mistake(section, arrow, None)
        for arrow in theirs:
            if id(arrow) not in given:
                yield _relation_mistake(section, None, arrow)


def _relation_mistake(section: Section, gold: Arrow | None, system: Arrow | None) -> Mistake:
    one = gold or system
    assert one is not None

    def side(arrow: Arrow | None) -> Side | None:
        found = _side(section.gold.text, arrow.head) if arrow else None
        if arrow is None or found is None:
            return None
        relation = arrow.relation
        update = {"label": relation.label, "value": "", "score": relation.score}
        return found.model_copy(update=update | {"why": relation.why})

    return Mistake(
        section=section.id,
        document=section.document,
        language=section.gold.language,
        kind="relation",
        label=one.relation.label,
        gold=side(gold),
        system=side(system),
        context=_context(section.gold.text, one.head),
        slots=[
            SlotMistake(
                slot=f"{end}, {getattr(one, end).label}",
                gold=getattr(gold, end).text if gold else "",
                system=getattr(system, end).text if system else "",
                wrong=True,
            )
            for end in ("head", "tail")
        ],
    )


def _record_mistakes(section: Section, records: Sequence[RecordPair]) -> Iterator[Mistake]:
    gold_names, system_names = _display_names(section.gold), _display_names(section.system)
    for pair in records:
        if pair.complete:
            continue
        one = pair.gold or pair.system
        assert one is not None
        gold_slots, system_slots = pair.gold, pair.system
        yield Mistake(
            section=section.id,
            document=section.document,
            language=section.gold.language,
            kind="record",
            label=pair.kind,
            gold=_evidence(section.gold, pair.gold, pair.kind),
            system=_evidence(section.system, pair.system, pair.kind),
            slots=[
                SlotMistake(
                    slot=result.slot.name,
                    gold=shown(gold_slots, result.slot, gold_names) if gold_slots else "",
                    system=shown(system_slots, result.slot, system_names) if system_slots else "",
                    wrong=result.wrong,
                )
                for result in pair.slots
                if result.gold or result.system
            ],
        )


def _evidence(document: Document, record: EvidencedRecord | None, kind: str) -> Side | None:
    if record is None:
        return None
    ids = set(record.mentions)
    first = min((m for m in document.mentions if m.id in ids), key=lambda m: m.start, default=None)
    side = _side(document.text, first) or Side(label=kind)
    return side.model_copy(update={"label": kind, "value": "", "score": record.score})


def _display_names(document: Document) -> dict[str, str]:
    names = {mention.entity: mention.text for mention in document.mentions if mention.entity}
    names |= {mention.id: mention.text for mention in document.mentions}
    names |= {city.id: city.name_en or city.name_ru or city.id for city in document.cities}
    names |= {body.id: body.name for body in document.organizations}
    return names | {official.id: official.name for official in document.officials}
