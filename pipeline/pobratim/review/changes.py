"""What one edit does to a document: objects before and after, checked against the whole.

A version of a document is its :data:`Content`: for every collection the objects by id, as JSON. An
edit is a list of :class:`Change`, each of which adds, replaces or removes one object; the inverse
undoes it. Objects are kept in canonical form (as :meth:`~pobratim.schema.Document.to_json` writes
them), so that "before" can be compared.
"""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from pobratim.errors import AnnotationError
from pobratim.schema import (
    RELATION_ENDS,
    Agreement,
    AnyMention,
    City,
    Count,
    Document,
    Official,
    Organization,
    Relation,
)

__all__ = [
    "COLLECTIONS",
    "Change",
    "Content",
    "applied",
    "content_of",
    "document_of",
    "in_canonical_form",
    "touched",
]

Json = dict[str, Any]
Content = dict[str, dict[str, Json]]


class Setting(BaseModel):
    """A value that is no record: the version's state, a field of the document, a decision."""

    model_config = ConfigDict(extra="forbid")
    id: str
    value: str | None = None


COLLECTIONS: dict[str, TypeAdapter[Any]] = {
    "mentions": TypeAdapter(AnyMention),
    "relations": TypeAdapter(Relation),
    "cities": TypeAdapter(City),
    "officials": TypeAdapter(Official),
    "organizations": TypeAdapter(Organization),
    "agreements": TypeAdapter(Agreement),
    "counts": TypeAdapter(Count),
    "settings": TypeAdapter(Setting),
}
"""The collections of a version, and what their objects must be."""

FIELDS = ("language", "reference_period")
STATES = ("new", "work", "done", "disputed")
LONGEST_ID = 200


class Change(BaseModel):
    """One object added (no ``before``), replaced, or removed (no ``after``)."""

    model_config = ConfigDict(extra="forbid")
    on: Literal[
        "mentions",
        "relations",
        "cities",
        "officials",
        "organizations",
        "agreements",
        "counts",
        "settings",
    ]
    id: str = Field(min_length=1, max_length=LONGEST_ID)
    before: Json | None = None
    after: Json | None = None


def canonical(collection: str, value: Json) -> Json:
    """``value`` as its type writes it.

    Raises :class:`~pobratim.errors.AnnotationError` if it is not of that type.
    """
    kind = COLLECTIONS[collection]
    try:
        found = kind.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "value"
        raise AnnotationError(
            f"{collection} {value.get('id')!r}: {where}: {first['msg']} "
            f"(got {str(first.get('input'))[:80]!r})"
        ) from error
    dumped: Json = kind.dump_python(found, mode="json", exclude_none=True)
    return dumped


def in_canonical_form(changes: list[Change]) -> list[Change]:
    """``changes`` with every object as its type writes it, so that events can be compared.

    Raises :class:`~pobratim.errors.AnnotationError` if an object is not of its type.
    """
    return [
        Change(
            on=change.on,
            id=change.id,
            before=change.before and canonical(change.on, change.before),
            after=change.after and canonical(change.on, change.after),
        )
        for change in changes
    ]


def content_of(document: Document) -> Content:
    """The content of a document as it was read; its state is ``new``."""
    dumped = json.loads(document.to_json())
    content: Content = {
        name: {one["id"]: one for one in dumped.get(name, [])}
        for name in COLLECTIONS
        if name != "settings"
    }
    settings = {name: dumped[name] for name in FIELDS if name in dumped}
    settings["state"] = "new"
    content["settings"] = {name: {"id": name, "value": v} for name, v in settings.items()}
    return content


def document_of(original: Document, content: Content) -> Document:
    """``original`` with the records of ``content``, mentions in text order.

    In a version that is done nothing is a guess any more: scores and reasons are left out.
    """
    lists: dict[str, list[Json]] = {
        name: list(content[name].values()) for name in COLLECTIONS if name != "settings"
    }
    lists["mentions"].sort(key=lambda m: (m["start"], -m["end"], m["label"], m["id"]))
    if state_of(content) == "done":
        lists = {
            name: [{k: v for k, v in one.items() if k not in ("score", "why")} for one in objects]
            for name, objects in lists.items()
        }
    whole = original.model_dump(mode="json", exclude_none=True, exclude=set(lists))
    for name in FIELDS:
        value = content["settings"].get(name, {}).get("value")
        whole.pop(name, None)
        if value is not None:
            whole[name] = value
    return Document.model_validate({**whole, **lists})


def state_of(content: Content) -> str:
    """``new``, ``work``, ``done`` or ``disputed``."""
    return content["settings"].get("state", {}).get("value") or "new"


def touched(changes: list[Change]) -> set[tuple[str, str]]:
    """The objects that changes are about, as collection and id."""
    return {(change.on, change.id) for change in changes}


def applied(content: Content, changes: list[Change], text: str | None = None) -> Content:
    """``content`` after ``changes``; the given content stays as it is.

    With ``text`` the changes, in canonical form, are checked: objects must be as ``before`` says,
    and the result must hold together. Raises :class:`~pobratim.errors.AnnotationError`.
    """
    result = {name: dict(objects) for name, objects in content.items()}
    for change in changes:
        if text is not None:
            _check(result, change, text)
        if change.after is None:
            result[change.on].pop(change.id, None)
        else:
            result[change.on][change.id] = change.after
    if text is not None:
        _check_whole(result, changes)
    return result


def _check(content: Content, change: Change, text: str) -> None:
    after = change.after
    if change.before != content[change.on].get(change.id):
        raise AnnotationError(
            f"{change.on} {change.id!r} is not as the edit takes it to be; load the document anew"
        )
    if after is None:
        return
    if after["id"] != change.id:
        raise AnnotationError(f"{change.on} {change.id!r}: its own id is {after['id']!r}")
    if change.on == "mentions":
        _check_span(after, text)
    if change.on == "settings":
        _check_setting(after)


def _check_span(mention: Json, text: str) -> None:
    start, end, said = mention["start"], mention["end"], mention["text"]
    if not 0 <= start < end <= len(text) or text[start:end] != said:
        raise AnnotationError(
            f"mention {mention['id']!r} says {said[:60]!r} at {start}:{end}, where the text has "
            f"{text[start:end][:60]!r}; offsets are code points, half open"
        )
    if said != said.strip():
        raise AnnotationError(
            f"mention {mention['id']!r} begins or ends with white space; shorten the span"
        )


def _check_setting(setting: Json) -> None:
    name, value = setting["id"], setting.get("value")
    if name == "state" and value not in STATES:
        raise AnnotationError(f"state {value!r} is none of: {', '.join(STATES)}")
    if name not in ("state", *FIELDS) and not name.startswith("decision:"):
        known = ", ".join(("state", *FIELDS))
        raise AnnotationError(f"there is no setting {name!r}; there are {known} and decision:…")


def _check_whole(content: Content, changes: list[Change]) -> None:
    mentions = content["mentions"]
    kinds = {change.on for change in changes}
    if "mentions" in kinds:
        changed = {c.id for c in changes if c.on == "mentions" and c.after is not None}
        _check_apart(mentions, changed)
    if kinds & {"mentions", "relations"}:
        for relation in content["relations"].values():
            _check_ends(relation, mentions)
    for name in Document.RECORD_TYPES:
        if "mentions" in kinds or name in kinds:
            for record in content[name].values():
                _check_evidence(name, record, mentions)


def _check_apart(mentions: dict[str, Json], changed: set[str]) -> None:
    for identity in changed & mentions.keys():
        one = mentions[identity]
        for other in mentions.values():
            if other is one or other["end"] <= one["start"] or one["end"] <= other["start"]:
                continue
            same = (one["start"], one["end"]) == (other["start"], other["end"])
            if same and one["label"] == other["label"]:
                raise AnnotationError(f"there is already a {one['label']} {one['text'][:60]!r}")
            if _crosses(one, other):
                raise AnnotationError(
                    f"{one['label']} {one['text'][:60]!r} crosses {other['label']} "
                    f"{other['text'][:60]!r}; mentions nest or stand apart"
                )


def _crosses(one: Json, other: Json) -> bool:
    first, second = sorted((one, other), key=lambda m: (m["start"], -m["end"]))
    return bool(first["start"] < second["start"] < first["end"] < second["end"])


def _check_ends(relation: Json, mentions: dict[str, Json]) -> None:
    for end, labels in zip(("head", "tail"), RELATION_ENDS[relation["label"]], strict=True):
        mention = mentions.get(relation[end])
        name = f"relation {relation['id']!r} ({relation['label']})"
        if mention is None:
            raise AnnotationError(f"{name} joins {relation[end]!r}, which is no mention")
        if mention["label"] not in labels:
            raise AnnotationError(
                f"{name} has a {mention['label']} as its {end}; "
                f"it may be {', '.join(sorted(labels))}"
            )


def _check_evidence(name: str, record: Json, mentions: dict[str, Json]) -> None:
    unknown = [m for m in record["mentions"] if m not in mentions]
    if unknown:
        raise AnnotationError(f"{name} {record['id']!r} cites {unknown[0]!r}, which is no mention")
    if not record["mentions"]:
        raise AnnotationError(
            f"{name} {record['id']!r} has no evidence; cite a mention or remove it"
        )
