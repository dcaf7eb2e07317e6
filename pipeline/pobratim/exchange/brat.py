"""brat's standoff format: STEM.txt beside STEM.ann (https://brat.nlplab.org/standoff.html).

Mentions are ``T``, relations ``R``, category and approximation of counts ``A``; other values are
JSON in an ``AnnotatorNotes`` comment, and the records in one comment of the document. brat counts
code points, as we do. A span over a line break is written as brat does, a fragment for each line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pobratim.errors import AnnotationError
from pobratim.exchange.files import read_text, stems, write_text
from pobratim.exchange.parts import (
    details_of,
    from_json_object,
    make_document,
    make_mention,
    make_relation,
    numbered,
    relation_details_of,
    rest_of,
    to_line,
)
from pobratim.schema import LABELS, RELATION_ENDS, Category, Document, Mention, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

CONFIGURATION = "annotation.conf"

_NOTE = "AnnotatorNotes"
_RECORDS = "PobratimRecords"
_DOCUMENT = "document"
_LINE = re.compile(r"[^\n]+")
_SPACE = re.compile(r"\s")
_SPAN = re.compile(r"(\w+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12}){0,999})\t(.*)", re.DOTALL)
_RELATION = re.compile(r"(\w+) Arg1:(T\d{1,9}) Arg2:(T\d{1,9})\s*")
_ATTRIBUTE = re.compile(r"(Category|Approximate) (T\d{1,9})(?: (\w+))?\s*")
_COMMENT = re.compile(rf"({_NOTE}|{_RECORDS}) (\w+)\t(.*)", re.DOTALL)


def configuration() -> str:
    """brat's ``annotation.conf``: labels, relations with their ends, attributes of counts."""
    relations = [
        f"{label}\tArg1:{'|'.join(sorted(heads))}, Arg2:{'|'.join(sorted(tails))}"
        for label, (heads, tails) in RELATION_ENDS.items()
    ]
    nesting = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:contain"
    attributes = ["Approximate\tArg:COUNT", f"Category\tArg:COUNT, Value:{_choices()}"]
    parts = {
        "entities": LABELS,
        "relations": [*relations, nesting],
        "events": [],
        "attributes": attributes,
    }
    return "\n\n".join("\n".join([f"[{name}]", *rows]) for name, rows in parts.items()) + "\n"


def _choices() -> str:
    return "|".join(get_args(Category))


def write(documents: Sequence[Document], path: Path) -> None:
    """Write a pair of files for each document to the folder ``path``, and the configuration."""
    names = stems(document.id for document in documents)
    for name, document in zip(names, documents, strict=True):
        write_text(path / f"{name}.txt", document.text)
        write_text(path / f"{name}.ann", "".join(f"{line}\n" for line in _lines(document)))
    write_text(path / CONFIGURATION, configuration())


def _lines(document: Document) -> Iterator[str]:
    numbers = numbered((m.id for m in document.mentions), "m")
    arrows = numbered((r.id for r in document.relations), "r")
    notes: list[tuple[str, str, Any]] = [(_RECORDS, _DOCUMENT, rest_of(document))]
    attributes: list[str] = []
    for mention in document.mentions:
        target = f"T{numbers[mention.id]}"
        yield f"{target}\t{mention.label} {_fragments(mention)}\t{_SPACE.sub(' ', mention.text)}"
        details = _named(mention.id, f"m{numbers[mention.id]}") | details_of(mention)
        if details.pop("approximate", False):
            attributes.append(f"Approximate {target}")
        if "category" in details:
            attributes.append(f"Category {target} {details.pop('category')}")
        if details:
            notes.append((_NOTE, target, details))
    for relation in document.relations:
        target = f"R{arrows[relation.id]}"
        head, tail = numbers[relation.head], numbers[relation.tail]
        yield f"{target}\t{relation.label} Arg1:T{head} Arg2:T{tail}\t"
        details = _named(relation.id, f"r{arrows[relation.id]}") | relation_details_of(relation)
        if details:
            notes.append((_NOTE, target, details))
    yield from (f"A{n}\t{attribute}" for n, attribute in enumerate(attributes, 1))
    for number, (kind, target, value) in enumerate(notes, 1):
        yield f"#{number}\t{kind} {target}\t{to_line(value)}"


def _named(identity: str, usual: str) -> dict[str, Any]:
    return {} if identity == usual else {"id": identity}


def _fragments(mention: Mention) -> str:
    at = mention.start
    parts = (match.span() for match in _LINE.finditer(mention.text))
    return ";".join(f"{at + start} {at + end}" for start, end in parts)


class _Marks(NamedTuple):
    """The lines of an ``.ann`` file by kind, each with where it stands."""

    spans: dict[str, tuple[str, re.Match[str]]]
    arrows: dict[str, tuple[str, re.Match[str]]]
    details: defaultdict[str, dict[str, Any]]
    rest: dict[str, Any]


def read(path: Path) -> list[Document]:
    """The documents of the ``.ann`` files in a folder, in the order of their names.

    Raises :class:`~pobratim.errors.AnnotationError` with file and line.
    """
    return [_read(file) for file in sorted(path.glob("*.ann"))]


def _read(file: Path) -> Document:
    text = read_text(file.with_suffix(".txt"))
    marks = _Marks({}, {}, defaultdict(dict), {})
    for number, line in enumerate(read_text(file).split("\n"), 1):
        if line.strip():
            _take(f"{file}:{number}", line.rstrip("\r"), marks)
    mentions = {target: _mention(target, text, marks) for target in marks.spans}
    relations = [_relation(target, mentions, marks) for target in marks.arrows]
    rest = marks.rest or {"id": file.stem, "source": {"uri": file.with_suffix(".txt").name}}
    return make_document(str(file), text, mentions.values(), relations, rest)


def _take(where: str, line: str, marks: _Marks) -> None:
    name, _, body = line.partition("\t")
    take = _KINDS.get(name[:1])
    if take is None:
        raise AnnotationError(
            f"{where}: “{line[:60]}” is no T, R, A or # line. "
            "Events, normalizations and equivalences have no place here; remove it."
        )
    take(where, name, body, marks)


def _match(where: str, form: re.Pattern[str], body: str, usage: str) -> re.Match[str]:
    found = form.fullmatch(body)
    if found is None:
        raise AnnotationError(f"{where}: “{body[:60]}” is not of the form {usage}. Correct it.")
    return found


def _take_span(where: str, name: str, body: str, marks: _Marks) -> None:
    marks.spans[name] = where, _match(where, _SPAN, body, "LABEL START END<tab>TEXT")


def _take_arrow(where: str, name: str, body: str, marks: _Marks) -> None:
    marks.arrows[name] = where, _match(where, _RELATION, body, "LABEL Arg1:T1 Arg2:T2")


def _take_attribute(where: str, name: str, body: str, marks: _Marks) -> None:
    usage = "Category T1 VALUE or Approximate T1"
    kind, target, value = _match(where, _ATTRIBUTE, body, usage).groups()
    marks.details[target][kind.lower()] = value if kind == "Category" else True


def _take_comment(where: str, name: str, body: str, marks: _Marks) -> None:
    found = _COMMENT.fullmatch(body)
    if found is None:
        return
    kind, target, value = found.groups()
    if kind == _RECORDS:
        marks.rest.update(from_json_object(where, value))
    else:
        marks.details[target].update(from_json_object(where, value))


_KINDS: dict[str, Callable[[str, str, str, _Marks], None]] = {
    "T": _take_span,
    "R": _take_arrow,
    "A": _take_attribute,
    "#": _take_comment,
}


def _mention(target: str, text: str, marks: _Marks) -> Mention:
    where, found = marks.spans[target]
    label, offsets, shown = found.groups()
    ends = [int(number) for number in re.findall(r"\d+", offsets)]
    start, end = ends[0], ends[-1]
    details = {"id": f"m{target[1:]}"} | marks.details[target]
    mention = make_mention(where, details.pop("id"), label, (start, end), text, details)
    if "".join(mention.text.split()) != "".join(shown.split()):
        raise AnnotationError(
            f"{where}: {label} {start}-{end} has the text “{shown[:60]}”, its offsets "
            f"“{mention.text[:60]}”. Correct the offsets, or restore the .txt as it was annotated."
        )
    return mention


def _relation(target: str, mentions: dict[str, Mention], marks: _Marks) -> Relation:
    where, found = marks.arrows[target]
    label, *ends = found.groups()
    for end in ends:
        if end not in mentions:
            raise AnnotationError(f"{where}: {label} has an end {end}, which is no T line.")
    details = {"id": f"r{target[1:]}"} | marks.details[target]
    head, tail = (mentions[end].id for end in ends)
    return make_relation(where, details.pop("id"), label, (head, tail), details)
