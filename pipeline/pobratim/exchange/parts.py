"""A document in the parts that other tools know: text, mentions, relations, and the rest.

Most tools hold spans and arrows; what they have no place for goes along as JSON, and comes back.
``earliest`` and ``latest`` of a date are never carried: they follow from its value.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from pobratim.errors import AnnotationError
from pobratim.exchange.gold.edtf import days, edtf_fault
from pobratim.schema import AnyMention, City, Document, Mention, Notice, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Validate = Callable[[dict[str, Any]], Any]

LOST_EVIDENCE = "exchange.lost_evidence"

_SPAN = {"id", "label", "start", "end", "text"}
_DERIVED = {"earliest", "latest"}
_MARKED = {"text", "mentions", "relations"}
_LINE_BREAKS = re.compile("[\x1c-\x1e\x85\u2028\u2029]")
_MENTION: TypeAdapter[Mention] = TypeAdapter(AnyMention)


def details_of(mention: Mention) -> dict[str, Any]:
    """What is known of a mention beside its id, label and span, as JSON values; defaults left out."""
    return mention.model_dump(
        mode="json", exclude=_SPAN | _DERIVED, exclude_none=True, exclude_defaults=True
    )


def relation_details_of(relation: Relation) -> dict[str, Any]:
    """What is known of a relation beside its id, label and ends, as JSON values."""
    return relation.model_dump(mode="json", include={"score", "why"}, exclude_none=True)


def rest_of(document: Document) -> dict[str, Any]:
    """Everything but text, mentions and relations, as JSON values."""
    return document.model_dump(mode="json", exclude=_MARKED, exclude_none=True)


def make_mention(
    where: str, identity: str, label: str, span: tuple[int, int], text: str, details: dict[str, Any]
) -> Mention:
    """A mention of ``text`` (the whole one) at the code-point offsets ``span``.

    Raises :class:`~pobratim.errors.AnnotationError`, beginning with ``where``, if the span is not
    of the text or a value is not as the schema says.
    """
    start, end = span
    if not 0 <= start < end <= len(text):
        raise AnnotationError(
            f"{where}: {label} has offsets {start}-{end} in a text of {len(text)} characters. "
            "Use half-open offsets within the text."
        )
    data = {**details, "id": identity, "label": label, "start": start, "end": end}
    data["text"] = text[start:end]
    if label == "DATE":
        data["earliest"], data["latest"] = _days(where, details.get("value"))
    mention: Mention = _valid(where, _MENTION.validate_python, data)
    return mention


def _days(where: str, value: Any) -> tuple[str | None, str | None]:
    fault = edtf_fault(value) if isinstance(value, str) else None
    if fault:
        raise AnnotationError(f"{where}: DATE has value “{value}”. {fault}")
    return days(value if isinstance(value, str) else None)


def make_relation(
    where: str, identity: str, label: str, ends: tuple[str, str], details: dict[str, Any]
) -> Relation:
    """A relation from head to tail; raises as :func:`make_mention` does."""
    data = {**details, "id": identity, "label": label, "head": ends[0], "tail": ends[1]}
    relation: Relation = _valid(where, Relation.model_validate, data)
    return relation


def make_document(
    where: str,
    text: str,
    mentions: Iterable[Mention],
    relations: Iterable[Relation],
    rest: dict[str, Any],
) -> Document:
    """The document of these parts.

    Evidence that an annotator has deleted is taken out of the records, a record left without any
    is dropped, and a warning says so; a newly linked city gets its record. Raises
    :class:`~pobratim.errors.AnnotationError`.
    """
    document: Document = _valid(
        where,
        Document.model_validate,
        {key: rest[key] for key in rest if key not in _MARKED} | {"text": text},
    )
    document.mentions = list(mentions)
    document.relations = list(relations)
    _drop_lost_evidence(document)
    _add_cities(document)
    return document


def _add_cities(document: Document) -> None:
    """Give each city that is mentioned without a record its record, as the gazetteer has it."""
    known = {city.id for city in document.cities}
    evidence: dict[str, list[str]] = {}
    for mention in document.mentions:
        if mention.label == "CITY" and mention.entity and mention.entity not in known:
            evidence.setdefault(mention.entity, []).append(mention.id)
    document.cities += [_city(identity, ids) for identity, ids in evidence.items()]


def _city(identity: str, mentions: list[str]) -> City:
    from pobratim.lexicon.gazetteer import gazetteer

    place = gazetteer().by_id(identity) if identity.startswith("geonames:") else None
    if place is None:
        return City(id=identity, mentions=mentions)
    return City(
        id=identity,
        mentions=mentions,
        name_en=place.name_en,
        name_ru=place.name_ru,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
    )


def _drop_lost_evidence(document: Document) -> None:
    known = {mention.id for mention in document.mentions}
    changed = []
    for kind in Document.RECORD_TYPES:
        kept = []
        for record in getattr(document, kind):
            found = [identity for identity in record.mentions if identity in known]
            if len(found) < len(record.mentions):
                changed.append(record.id)
                record.mentions = found
                if not found:
                    continue
            kept.append(record)
        setattr(document, kind, kept)
    if changed:
        message = f"evidence was deleted of: {', '.join(changed)}"
        document.warnings.append(Notice(code=LOST_EVIDENCE, message=message))


def _valid(where: str, validate: Validate, data: dict[str, Any]) -> Any:
    try:
        return validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(
            str(part) for part in first["loc"] if part not in ("plain", "DATE", "COUNT")
        )
        got = json.dumps(first.get("input"), ensure_ascii=False, default=str)[:80]
        raise AnnotationError(
            f"{where}: {field or 'it'} is {got}: {first['msg']}. Correct it to fit the schema."
        ) from None


def to_line(value: Any) -> str:
    """``value`` as JSON without any character that some reader takes for the end of a line."""
    told = json.dumps(value, ensure_ascii=False)
    return _LINE_BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", told)


def from_json(where: str, text: str) -> Any:
    """The value that ``text`` is in JSON; :class:`~pobratim.errors.AnnotationError` if it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise AnnotationError(
            f"{where}: is no JSON at character {error.pos}: {error.msg}. Restore what was exported."
        ) from None
    except RecursionError:
        raise AnnotationError(
            f"{where}: is JSON nested too deep. Restore what was exported."
        ) from None


def from_json_object(where: str, text: str) -> dict[str, Any]:
    """As :func:`from_json`, and it must be an object."""
    value = from_json(where, text)
    if not isinstance(value, dict):
        raise AnnotationError(f"{where}: is {text[:80]}, not a JSON object. Restore it.")
    return value


def numbered(ids: Iterable[str], letter: str) -> dict[str, int]:
    """A number for each id: its own for ``m7`` (with letter m), the next free for others."""
    ids = list(ids)
    own = re.compile(rf"{letter}([1-9][0-9]{{0,8}})")
    numbers = {identity: int(found[1]) for identity in ids if (found := own.fullmatch(identity))}
    free = max(numbers.values(), default=0)
    for identity in ids:
        if identity not in numbers:
            free += 1
            numbers[identity] = free
    return numbers
