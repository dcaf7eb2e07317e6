"""Cutting adjudicated gold into development and test sections at natural boundaries."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pobratim.errors import AnnotationError
from pobratim.exchange.gold.locate import Lines
from pobratim.schema import Document, EvidencedRecord, Mention, Notice, Organization, Source

KEPT_IN_PART = ("cities", "organizations", "officials")
"""Records that stay in a section with the mentions that are in it; the others stay whole or not."""


class Section(BaseModel):
    """A range of a document's lines (from 1, both ends included) and the set it belongs to."""

    model_config = ConfigDict(extra="forbid")

    document: str
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    lines: tuple[int, int]
    set: Literal["dev", "test"]


class Manifest(BaseModel):
    """``split.toml``."""

    model_config = ConfigDict(extra="forbid")

    section: list[Section]


class Cut(NamedTuple):
    """A section's document, its set, and what did not fit in it."""

    set: str
    document: Document
    dropped: list[str]


def read_manifest(path: Path) -> list[Section]:
    """The sections of a ``split.toml``.

    Raises :class:`~pobratim.errors.AnnotationError` if it is not as described, if two sections of a
    document have one name or share a line.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        sections = Manifest.model_validate(data).section
    except (tomllib.TOMLDecodeError, ValidationError, OSError) as error:
        raise AnnotationError(
            f"{path}: {error}. See annotations/split.toml for the form"
        ) from error
    ordered = sorted(sections, key=lambda s: (s.document, s.lines))
    for section in ordered:
        if not 1 <= section.lines[0] <= section.lines[1]:
            raise AnnotationError(
                f"{path}: {section.document}#{section.name}: lines {section.lines}"
            )
    for one, two in pairwise(ordered):
        if one.document == two.document and one.lines[1] >= two.lines[0]:
            raise AnnotationError(
                f"{path}: sections {one.name} and {two.name} of {one.document} share lines; "
                "let each begin after the other's last line"
            )
    names = [(s.document, s.name) for s in sections]
    for document, name in names:
        if names.count((document, name)) > 1:
            raise AnnotationError(f"{path}: {document} has two sections {name}; rename one")
    return sections


def cut(document: Document, sections: list[Section]) -> list[Cut]:
    """The sections of one document, offsets counted from each section's start.

    A mention, relation, official, agreement or count that is not wholly in one section is left out
    of all, and named in ``dropped`` of the section it begins in. Raises
    :class:`~pobratim.errors.AnnotationError` for a section beyond the document's last line.
    """
    lines = Lines(document.text)
    return [_cut(document, s, lines) for s in sections if s.document == document.id]


def _cut(document: Document, section: Section, lines: Lines) -> Cut:
    if section.lines[1] > len(lines):
        raise AnnotationError(
            f"Section {section.name} of {document.id} ends at line {section.lines[1]}; "
            f"the document has {len(lines)}. Correct split.toml"
        )
    start, end = lines.span(section.lines[0])[0], lines.span(section.lines[1])[1]
    inside = [m for m in document.mentions if start <= m.start and m.end <= end]
    ids = {m.id for m in inside}
    begun = {m.id for m in document.mentions if start <= m.start < end}
    dropped = [f"mention {i}" for i in sorted(begun - ids)]
    found = Document(
        id=f"{document.id}#{section.name}",
        source=Source(
            uri=f"{document.source.uri}#char={start},{end}",
            sha256=document.source.sha256,
            media_type=document.source.media_type,
        ),
        text=document.text[start:end],
        language=document.language,
        reference_period=document.reference_period,
        mentions=[
            m.model_copy(update={"start": m.start - start, "end": m.end - start}) for m in inside
        ],
        relations=[r for r in document.relations if r.head in ids and r.tail in ids],
    )
    dropped += [
        f"relation {r.id} ({r.label})"
        for r in document.relations
        if r.head in begun and not {r.head, r.tail} <= ids
    ]
    for kind in Document.RECORD_TYPES:
        dropped += _records(document, found, kind, ids)
    found.warnings = [Notice(code="split", message=f"left out: {what}") for what in dropped]
    return Cut(section.set, found, dropped)


def _records(document: Document, found: Document, kind: str, ids: set[str]) -> list[str]:
    kept, dropped = [], []
    for record in getattr(document, kind):
        inside = [i for i in record.mentions if i in ids]
        if len(inside) == len(record.mentions) or (inside and kind in KEPT_IN_PART):
            kept.append(
                record.model_copy(
                    update={"mentions": inside} | aliases_within(record, found.mentions)
                )
            )
        elif inside and inside[0] == record.mentions[0]:
            dropped.append(f"{kind} record {record.id}")
    setattr(found, kind, kept)
    return dropped


def aliases_within(record: EvidencedRecord, mentions: Sequence[Mention]) -> dict[str, list[str]]:
    """An organization's aliases, as far as the section has them."""
    if not isinstance(record, Organization):
        return {}
    told = {" ".join(m.text.split()) for m in mentions if m.label == "ORGANIZATION"}
    return {"aliases": [a for a in record.aliases if " ".join(a.split()) in told]}


def write(cuts: list[Cut], folder: Path) -> dict[str, int]:
    """Write each section to ``folder/<set>/<id>.json`` and return how many each set has.

    Sections of an earlier split that are no more are removed from ``dev`` and ``test``.
    """
    written: dict[str, int] = {}
    for name in ("dev", "test"):
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob("*#*.json"):
            old.unlink()
        for one in (c for c in cuts if c.set == name):
            write_document(one.document, target)
            written[name] = written.get(name, 0) + 1
    return written


def write_document(document: Document, folder: Path) -> Path:
    """Write ``document`` as readable JSON, one file named after its id."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{document.id}.json"
    path.write_text(document.model_dump_json(indent=1, exclude_none=True) + "\n", encoding="utf-8")
    return path
