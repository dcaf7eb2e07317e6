"""A folder of mark-up files and the corpus to gold documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from pobratim.errors import AnnotationError
from pobratim.exchange.check import Problem, check_document
from pobratim.exchange.gold.derive import Marked, derive
from pobratim.exchange.gold.edtf import days, edtf_fault
from pobratim.exchange.gold.locate import Lines, locate
from pobratim.exchange.gold.marks import Entity, Mark, MarkFile, is_entity_id, read_marks
from pobratim.exchange.gold.relations import draw
from pobratim.exchange.gold.values import check_values, count_fields, date_value
from pobratim.schema import (
    CountMention,
    DateMention,
    Document,
    Language,
    Mention,
    Notice,
    Relation,
    Source,
)

if TYPE_CHECKING:
    from pathlib import Path

ENTITY_OPTIONS = ("implied", "place", "city")
NAMED = {"PERSON": "person", "ORGANIZATION": "org", "AGREEMENT": "agreement"}
LINKED = ("CITY", "REGION", "COUNTRY")


@dataclass(slots=True)
class Built:
    """What a folder of marks became: the documents without problems, and all problems."""

    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def build_folder(marks: Path, corpus: Path) -> Built:
    """Build every document that the ``*.ann`` files of ``marks`` describe.

    An ``entities.ann`` beside the folder declares entities for every pass.
    Raises :class:`~pobratim.errors.AnnotationError` if there is no such file.
    """
    files = [read_marks(path) for path in sorted(marks.glob("*.ann"))]
    shared = marks.parent / "entities.ann"
    if not files:
        raise AnnotationError(f"{marks}: no *.ann file; name the folder that has the mark-up files")
    files += [read_marks(shared)] if shared.is_file() else []
    common = [f for f in files if "document" not in f.headers]
    built = Built(problems=[p for f in common for p in f.problems])
    for stray in (f for f in common if f.marks):
        built.problems.append(
            stray.marks[0].problem("belongs to no document", "Add a document: line at the top.")
        )
    for stem in sorted({f.headers["document"] for f in files if "document" in f.headers}):
        parts = [f for f in files if f.headers.get("document") == stem]
        path = corpus / f"{stem}.txt"
        if not path.is_file():
            remedy = f"Write document: with a file's name in {corpus}, without .txt."
            built.problems.append(Problem(parts[0].name, f"document {stem}", "is unknown", remedy))
            continue
        document, problems = build_document(parts, common, stem, path.read_bytes())
        built.problems += problems
        if not problems:
            built.documents.append(document)
    return built


def build_document(
    parts: list[MarkFile], common: list[MarkFile], stem: str, data: bytes
) -> tuple[Document, list[Problem]]:
    """One document of the marks in ``parts``; it is not to be used if there are problems.

    ``common`` are files that only declare entities, ``data`` the corpus file's bytes.
    """
    text = data.decode("utf-8")
    lines = Lines(text)
    problems = [p for part in parts for p in part.problems]
    entities = _entities([*common, *parts], problems)
    marked = Marked("und", [], [], {e.id: e for e in entities.values()})
    headers: dict[str, str] = {}
    for part in parts:
        problems += locate(part, lines)
        problems += [p for mark in part.marks for p in check_values(mark)]
        arrows = draw([m for m in part.marks if m.start >= 0], lines)
        problems += arrows.problems
        marked.marks += [m for m in part.marks if m.start >= 0]
        marked.arrows += arrows.found
        marked.seen |= arrows.seen
        headers |= part.headers
    marked.language = _language(parts, headers, problems)
    marked.marks.sort(key=lambda m: (m.start, -m.end, m.label))
    problems += _link(marked, entities)
    for number, mark in enumerate(marked.marks, 1):
        mark.id = f"m{number}"
    source = Source(uri=f"corpus/{stem}.txt", sha256=hashlib.sha256(data).hexdigest())
    document = Document(id=stem, source=source, text=text, warnings=_coverage(parts))
    if not problems:
        _fill(document, marked, headers)
        problems += _checked(document, marked)
    return document, problems


def _entities(files: list[MarkFile], problems: list[Problem]) -> dict[tuple[str, str], Entity]:
    """Entities by (label, form); those that several files declare are joined."""
    by_id: dict[str, Entity] = {}
    by_form: dict[tuple[str, str], Entity] = {}
    for file in files:
        for number, declared in file.entities:
            entity = by_id.setdefault(declared.id, Entity(declared.label, declared.id, [], {}))
            entity.forms += [f for f in declared.forms if f not in entity.forms]
            entity.facts |= declared.facts
            for form in declared.forms:
                other = by_form.setdefault((declared.label, form), entity)
                if other is not entity:
                    what = f"is {other.id} and {entity.id}"
                    remedy = "Keep it on one entity line; give the other mentions their id by hand."
                    problems.append(Problem(f"{file.name}:{number}", f"“{form}”", what, remedy))
    return by_form


def _language(parts: list[MarkFile], headers: dict[str, str], problems: list[Problem]) -> str:
    language = headers.get("language", "")
    if language not in get_args(Language):
        choices = ", ".join(get_args(Language))
        what = f"is “{language}”" if language else "is missing"
        problems.append(Problem(parts[0].name, "language", what, f"Write language: {choices}."))
    reference = headers.get("reference")
    if reference is not None and (fault := edtf_fault(reference)):
        problems.append(Problem(parts[0].name, "reference", f"is “{reference}”", fault))
    return language


def _link(marked: Marked, entities: dict[tuple[str, str], Entity]) -> list[Problem]:
    problems: list[Problem] = []
    numbered: dict[tuple[str, str], str] = {}
    for mark in marked.marks:
        declared = entities.get((mark.label, mark.surface))
        if mark.entity is None and declared is not None:
            mark.entity = declared.id
        if mark.entity is None and mark.label in LINKED:
            remedy = f"Add entity {mark.label} ID {mark.surface}, or its id after the bar."
            problems.append(mark.problem("has no id", remedy))
        if mark.label in LINKED and not _exists(mark.entity):
            remedy = "Correct the id, or use local: and a slug for a place it lacks."
            problems.append(mark.problem(f"is {mark.entity}, not in the gazetteer", remedy))
        if mark.entity is None and mark.label in NAMED:
            distinct = mark.surface if mark.label != "AGREEMENT" else str(mark.start)
            key = mark.label, mark.option("name") or distinct
            number = sum(label == mark.label for label, _ in numbered) + 1
            mark.entity = numbered.setdefault(key, f"{NAMED[mark.label]}:{number}")
        for option in ENTITY_OPTIONS:
            for value in mark.options.get(option, ()):
                if not is_entity_id(value):
                    remedy = "Write an id: geonames:504341, org:aurora."
                    problems.append(mark.problem(f"has {option}={value}", remedy))
    return problems + _undescribed(marked)


def _exists(identity: str | None) -> bool:
    """Whether the gazetteer has a ``geonames:`` id; other ids are not looked up."""
    from pobratim.lexicon.gazetteer import gazetteer

    if identity is None or not identity.startswith("geonames:"):
        return True
    return gazetteer().by_id(identity) is not None


def _undescribed(marked: Marked) -> list[Problem]:
    remedy = "Write instrument, purpose and status with at least one of its mentions."
    return [
        marks[0].problem("is described by no mention", remedy)
        for marks in marked.groups("AGREEMENT").values()
        if not any(m.values for m in marks)
    ] + [
        mark.problem("has not all of instrument, purpose and status", remedy)
        for mark in marked.marks
        if mark.label == "AGREEMENT" and 0 < len(mark.values) < 3
    ]


def _coverage(parts: list[MarkFile]) -> list[Notice]:
    ranges = sorted(part.lines for part in parts if part.lines)
    if len(ranges) < len(parts):
        return []
    message = ", ".join(f"{first}-{last}" for first, last in ranges)
    return [Notice(code="annotated-lines", message=message)]


def _fill(document: Document, marked: Marked, headers: dict[str, str]) -> None:
    document.language = headers["language"]  # type: ignore[assignment]
    document.reference_period = headers.get("reference")
    document.mentions = [_mention(mark, document.text) for mark in marked.marks]
    distinct = dict.fromkeys((a.label, a.head.id, a.tail.id) for a in _in_order(marked))
    document.relations = [
        Relation(id=f"r{n}", label=label, head=head, tail=tail)
        for n, (label, head, tail) in enumerate(distinct, 1)
    ]
    derive(marked, document)


def _in_order(marked: Marked) -> list[Any]:
    return sorted(marked.arrows, key=lambda a: (a.head.start, a.label, a.tail.start))


def _mention(mark: Mark, text: str) -> Mention:
    fields: dict[str, Any] = {
        "id": mark.id,
        "label": mark.label,
        "start": mark.start,
        "end": mark.end,
        "text": text[mark.start : mark.end],
        "entity": mark.entity,
    }
    if mark.label == "DATE":
        value = date_value(mark)
        earliest, latest = days(value)
        return DateMention(**fields, value=value, earliest=earliest, latest=latest)
    if mark.label == "COUNT":
        return CountMention(**fields, **count_fields(mark))
    return Mention(**fields)


def _checked(document: Document, marked: Marked) -> list[Problem]:
    """The format's own check; a problem with a mention is told by its place in the marks."""
    written = {mark.id: f"{mark.file}:{mark.line}" for mark in marked.marks}
    found = []
    for problem in check_document(document):
        words = problem.subject.split()
        place = written.get(words[1]) if words[0] == "mention" else None
        found.append(problem._replace(file=place or document.id))
    return found
