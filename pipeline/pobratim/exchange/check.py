"""Whether gold or corrected output keeps to the format: spans, values, evidence, source."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from pobratim.batch.results import document_lines, is_documents, results_file
from pobratim.errors import AnnotationError
from pobratim.exchange.gold.edtf import days, edtf_fault
from pobratim.lexicon.gazetteer import gazetteer
from pobratim.schema import (
    PLACE_LABELS,
    RELATION_ENDS,
    Agreement,
    DateMention,
    Document,
    EvidencedRecord,
    Mention,
    Official,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RANGE = re.compile(r"(.*)#char=(\d{1,12}),(\d{1,12})")


class Problem(NamedTuple):
    """One thing that is wrong: the file (and line, if it has one), the subject, what, remedy."""

    file: str
    subject: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.subject} {self.what}. {self.remedy}"


def check_document(document: Document, file: str = "") -> list[Problem]:
    """Everything in ``document`` that breaks the format; ``file`` is what the problems call it.

    The source file is not read; :func:`check_source` does that.
    """
    found = chain(
        _ids(document),
        _spans(document),
        _crossings(document),
        _dates(document),
        _relations(document),
        _evidence(document),
        _slots(document),
    )
    name = file or document.id
    return [Problem(name, *problem) for problem in found]


def check_source(document: Document, corpus: Path, file: str = "") -> list[Problem]:
    """Whether the document's text is that of its corpus file, or the range of it."""
    name = file or document.id
    match = _RANGE.fullmatch(document.source.uri)
    path = corpus / Path(match[1] if match else document.source.uri).name
    if not path.is_file():
        remedy = f"Point --corpus at the folder that has {path.name}."
        return [Problem(name, f"source {path}", "is missing", remedy)]
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if document.source.sha256 != digest:
        remedy = "Rebuild it from the corpus file as it is now."
        what = f"has sha256 {document.source.sha256 or 'none'}, the file {digest}"
        return [Problem(name, f"source {path.name}", what, remedy)]
    text = data.decode("utf-8")
    if match:
        text = text[int(match[2]) : int(match[3])]
    if text != document.text:
        remedy = "Rebuild it; text is the decoded file (or its #char= range), unchanged."
        return [Problem(name, "text", f"differs from {document.source.uri}", remedy)]
    return []


def read_documents(path: Path) -> Iterator[tuple[str, Document | Problem]]:
    """The documents of a ``.json`` or ``.jsonl`` file, or of a folder of such files by name.

    A document that does not fit the schema comes as a problem. Raises
    :class:`~pobratim.errors.AnnotationError` if ``path`` is missing or holds no such file.
    """
    run = results_file(path) if path.is_dir() else None
    files = [run] if run else sorted(path.glob("*.json*")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise AnnotationError(
            f"{path}: no .json or .jsonl file; name a file or folder of documents"
        )
    for file in files:
        if not is_documents(file):
            yield file.name, _read(file.name, file.read_text(encoding="utf-8"))
            continue
        for number, line in enumerate(document_lines(file), 1):
            if line.strip():
                yield f"{file.name}:{number}", _read(f"{file.name}:{number}", line)


def _read(name: str, text: str) -> Document | Problem:
    try:
        return Document.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "document"
        got = json.dumps(first.get("input"), ensure_ascii=False, default=str)[:80]
        return Problem(name, where, f"is {got}: {first['msg']}", "Correct it to fit the schema.")


def load_documents(path: Path) -> list[Document]:
    """The documents at ``path``.

    Raises :class:`~pobratim.errors.AnnotationError` if one does not fit the schema.
    """
    found = [document for _, document in read_documents(path)]
    problems = [str(p) for p in found if isinstance(p, Problem)]
    if problems:
        raise AnnotationError("\n".join(problems))
    return [d for d in found if isinstance(d, Document)]


Finding = tuple[str, str, str]


def records_of(document: Document) -> Iterator[EvidencedRecord]:
    """All records of a document, type by type."""
    return chain.from_iterable(getattr(document, kind) for kind in Document.RECORD_TYPES)


def _ids(document: Document) -> Iterator[Finding]:
    for kind, ids in (
        ("mention", [m.id for m in document.mentions]),
        ("relation", [r.id for r in document.relations]),
        ("record", [r.id for r in records_of(document)]),
    ):
        for identity, times in Counter(ids).items():
            if times > 1:
                yield f"{kind} {identity}", f"is there {times} times", "Give each an id of its own."


def _spans(document: Document) -> Iterator[Finding]:
    seen: dict[tuple[str, int, int], str] = {}
    for mention in document.mentions:
        subject = _called(mention)
        actual = document.text[mention.start : mention.end]
        if not mention.start < mention.end <= len(document.text):
            what = f"has offsets {mention.start}-{mention.end} in a text of {len(document.text)}"
            yield subject, what, "Use half-open code-point offsets within the text."
        elif actual != mention.text:
            what = f"has the text “{mention.text}”, its offsets “{actual}”"
            yield subject, what, "Correct the offsets or the text."
        elif actual != actual.strip():
            yield subject, "begins or ends with white space", "Shorten the span."
        key = mention.label, mention.start, mention.end
        if key in seen:
            yield subject, f"repeats {seen[key]}", "Remove one of the two."
        seen[key] = mention.id


def _called(mention: Mention) -> str:
    return f"mention {mention.id} ({mention.label} “{mention.text[:60]}”)"


def _crossings(document: Document) -> Iterator[Finding]:
    open_spans: list[Mention] = []
    for mention in sorted(document.mentions, key=lambda m: (m.start, -m.end)):
        while open_spans and open_spans[-1].end <= mention.start:
            open_spans.pop()
        if open_spans and open_spans[-1].end < mention.end:
            other = open_spans[-1]
            yield (
                _called(mention),
                f"crosses {other.id} ({other.label} “{other.text[:60]}”)",
                "Mentions nest or stand apart; correct one of the spans.",
            )
        open_spans.append(mention)


def _dates(document: Document) -> Iterator[Finding]:
    for mention in document.mentions:
        if not isinstance(mention, DateMention):
            continue
        subject = _called(mention)
        faults = list(_edtf(subject, "value", mention.value))
        yield from faults
        if faults:
            continue
        first, last = days(mention.value)
        if (mention.earliest, mention.latest) != (first, last):
            has = f"has days {mention.earliest}…{mention.latest}"
            what = f"{has}, its value {mention.value} means {first}…{last}"
            yield subject, what, "Take earliest and latest from the value."


def _edtf(subject: str, field: str, value: str | None) -> Iterator[Finding]:
    fault = edtf_fault(value) if value is not None else None
    if fault:
        yield subject, f"has {field} “{value}”", fault


def _relations(document: Document) -> Iterator[Finding]:
    mentions = {m.id: m for m in document.mentions}
    seen: dict[tuple[str, str, str], str] = {}
    for relation in document.relations:
        subject = f"relation {relation.id} ({relation.label})"
        ends = zip(("head", "tail"), (relation.head, relation.tail), strict=True)
        for (end, identity), labels in zip(ends, RELATION_ENDS[relation.label], strict=True):
            mention = mentions.get(identity)
            if mention is None:
                yield subject, f"has {end} {identity}, which is no mention", "Use a mention's id."
            elif mention.label not in labels:
                yield (
                    subject,
                    f"has a {mention.label} as its {end}",
                    f"It must be one of: {', '.join(sorted(labels))}.",
                )
        key = relation.label, relation.head, relation.tail
        if key in seen:
            yield subject, f"repeats {seen[key]}", "Remove one of the two."
        seen[key] = relation.id


def _evidence(document: Document) -> Iterator[Finding]:
    mentions = {m.id for m in document.mentions}
    for kind in Document.RECORD_TYPES:
        for record in getattr(document, kind):
            subject = f"{kind} record {record.id}"
            if not record.mentions:
                yield subject, "has no evidence", "List the mentions that support it, or remove it."
            for identity in record.mentions:
                if identity not in mentions:
                    yield subject, f"cites {identity}, which is no mention", "Use a mention's id."


def _slots(document: Document) -> Iterator[Finding]:
    places = {m.entity for m in document.mentions if m.label in PLACE_LABELS} - {None}
    events = {m.entity for m in document.mentions if m.label == "EVENT"} - {None}
    bodies = {o.id for o in document.organizations}
    cities = {c.id for c in document.cities}
    known = places | bodies | cities
    linked = {m.entity for m in document.mentions if m.label == "CITY" and m.entity}
    for identity in sorted(linked - cities):
        yield f"city {identity}", "is mentioned but has no record", "Add its City record."
    for organization in document.organizations:
        # An adjective may tell a city that the text does not name: «псковский клуб «Парус»».
        if organization.city is None or gazetteer().by_id(organization.city) is None:
            yield from _known(
                f"organization {organization.id}", "city", [organization.city], cities
            )
    for official in document.officials:
        yield from _official(official, document, known)
    for agreement in document.agreements:
        yield from _agreement(agreement, known, events)
    for count in document.counts:
        yield from _known(f"count {count.id}", "place", [count.place], known | events)
        yield from _edtf(f"count {count.id}", "period", count.period)


def _known(
    subject: str, field: str, values: Iterable[str | None], known: set[str | None] | set[str]
) -> Iterator[Finding]:
    for value in values:
        if value is not None and value not in known:
            what = f"has {field} {value}, which nothing in the document is"
            yield subject, what, "Use the entity id of a mention, or leave it out."


def _official(official: Official, document: Document, known: set[str | None]) -> Iterator[Finding]:
    subject = f"official {official.id}"
    yield from _known(subject, "of", [official.of], known)
    yield from _edtf(subject, "observed", official.observed)
    labels = {m.label for m in document.mentions if m.id in set(official.mentions)}
    for label in ("PERSON", "ROLE"):
        if label not in labels:
            yield subject, f"has no {label} among its evidence", "Cite the mention."


def _agreement(
    agreement: Agreement, known: set[str | None], events: set[str | None]
) -> Iterator[Finding]:
    subject = f"agreement {agreement.id}"
    told = [p.id for p in agreement.parties if not p.implied]
    yield from _known(subject, "party", told, known)
    yield from _known(subject, "place", [agreement.place], known | events)
    yield from _edtf(subject, "signed", agreement.signed)
    for identity, times in Counter(p.id for p in agreement.parties).items():
        if times > 1:
            yield subject, f"has party {identity} {times} times", "Keep one."
