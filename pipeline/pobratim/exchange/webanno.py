"""WebAnno TSV 3.3, which INCEpTION reads too: one file for each document.

The layer is the built-in NamedEntity (``value`` our label, ``identifier`` our entity); relations
are of the custom layer ``webanno.custom.PobratimRelation`` with the feature ``label``, which a
project must have to import them. Offsets are counted in UTF-16 code units, as Java does; here they
become code points. Format: INCEpTION user guide, appendix "WebAnno TSV 3.3 File format".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from pobratim.errors import AnnotationError
from pobratim.exchange.files import read_text, write_text
from pobratim.exchange.parts import make_document, make_mention, make_relation
from pobratim.exchange.tokens import joined, outermost, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pobratim.schema import Document, Mention, Relation

_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_HEADER = (
    "#FORMAT=WebAnno TSV 3.3",
    f"#T_SP={_ENTITY}|identifier|value",
    f"#T_RL=webanno.custom.PobratimRelation|label|BT_{_ENTITY}",
)
_COLUMNS = 7
_NOTHING, _UNSET = "_", "*"
_RESERVED = re.compile(r"[\\\[\]|_*]|->|;")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PARTS = re.compile(r"(?:[^\\|]|\\.)+", re.DOTALL)
_VALUE = re.compile(r"(.*?)(?:\[(\d{1,9})\])?", re.DOTALL)
_SOURCE = re.compile(r"(\d{1,9}-\d{1,9})(?:\[(\d{1,9})_(\d{1,9})\])?")
_LINE_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\f": "\\f", "\b": "\\b"}


class _Units:
    """Code-point offsets to UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, character in enumerate(text) if ord(character) > 0xFFFF]

    def __call__(self, offset: int) -> int:
        return offset + bisect_left(self._wide, offset)


def write(documents: Sequence[Document], path: Path) -> None:
    """Write ``ID.tsv`` (the id percent-encoded) for each document to the folder ``path``."""
    for document in documents:
        lines = "".join(f"{line}\n" for line in _lines(document))
        write_text(path / f"{quote(document.id, safe='')}.tsv", lines)


def _lines(document: Document) -> Iterator[str]:
    text, units = document.text, _Units(document.text)
    numbers = {mention.id: n for n, mention in enumerate(document.mentions, 1)}
    sentences = _sentences(document)
    names = {
        start: f"{n}-{t}"
        for n, sentence in enumerate(sentences, 1)
        for t, (start, _) in enumerate(sentence, 1)
    }
    cells = _mention_cells(document, [token for one in sentences for token in one], numbers)
    arrows = _relation_cells(document, names, numbers)
    yield from _HEADER
    yield ""
    for sentence in sentences:
        yield ""
        shown = text[sentence[0][0] : sentence[-1][1]]
        yield f"#Text={''.join(_LINE_ESCAPES.get(c, c) for c in shown)}"
        for start, end in sentence:
            entity, label = cells.get(start, (_NOTHING, _NOTHING))
            name, source = arrows.get(start, (_NOTHING, _NOTHING))
            span = f"{units(start)}-{units(end)}"
            row = (names[start], span, text[start:end], entity, label, name, source)
            yield "\t".join(row) + "\t"


def _sentences(document: Document) -> list[list[tuple[int, int]]]:
    """Tokens by line of the text; a line goes on where a mention runs over its end."""
    text, mentions = document.text, document.mentions
    spans = [(m.start, m.end) for m in outermost(mentions)]
    sentences: list[list[tuple[int, int]]] = []
    before = span = 0
    for start, end in words(text, document.language, mentions):
        while span < len(spans) and spans[span][1] <= before:
            span += 1
        within = span < len(spans) and spans[span][0] < before and start < spans[span][1]
        if not sentences or ("\n" in text[before:start] and not within):
            sentences.append([])
        sentences[-1].append((start, end))
        before = end
    return sentences


def _mention_cells(
    document: Document, tokens: list[tuple[int, int]], numbers: dict[str, int]
) -> dict[int, tuple[str, str]]:
    """The two columns of the entity layer, by the start of the token."""
    starts = [start for start, _ in tokens]
    stacks: dict[int, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        first, last = (bisect_left(starts, edge) for edge in (mention.start, mention.end))
        for start in starts[first:last]:
            stacks[start].append(mention)
    return {
        start: (
            "|".join(
                f"{_escape(m.entity) if m.entity else _UNSET}[{numbers[m.id]}]" for m in stack
            ),
            "|".join(f"{_escape(m.label)}[{numbers[m.id]}]" for m in stack),
        )
        for start, stack in stacks.items()
    }


def _relation_cells(
    document: Document, names: dict[int, str], numbers: dict[str, int]
) -> dict[int, tuple[str, str]]:
    """The two columns of the relation layer, by the start of the tail's first token."""
    mentions = {mention.id: mention for mention in document.mentions}
    stacks: dict[int, list[Relation]] = defaultdict(list)
    for relation in document.relations:
        stacks[mentions[relation.tail].start].append(relation)
    return {
        start: (
            "|".join(_escape(r.label) for r in stack),
            "|".join(
                f"{names[mentions[r.head].start]}[{numbers[r.head]}_{numbers[r.tail]}]"
                for r in stack
            ),
        )
        for start, stack in stacks.items()
    }


def _escape(value: str) -> str:
    return _RESERVED.sub(lambda found: "\\" + found[0], value)


def _unescape(value: str) -> str:
    return _ESCAPED.sub(r"\1", value)


class _Row(NamedTuple):
    where: str
    name: str
    start: int
    token: str
    cells: list[str]


class _Span(NamedTuple):
    where: str
    label: str
    entity: str | None
    start: int
    end: int


def read(path: Path) -> list[Document]:
    """The documents of the ``.tsv`` files in a folder, in the order of their names.

    Raises :class:`~pobratim.errors.AnnotationError` with file and line.
    """
    return [_read(file) for file in sorted(path.glob("*.tsv"))]


def _read(file: Path) -> Document:
    lines = read_text(file).split("\n")
    header = [line.rstrip("\r") for line in lines if line.startswith(("#FORMAT=", "#T_"))]
    if header != list(_HEADER):
        raise AnnotationError(
            f"{file}:1: has other layers than this program writes. Its header must be: "
            f"{' '.join(_HEADER)}"
        )
    rows = list(_rows(file, lines))
    text = _text(file, rows)
    spans = _spans(rows)
    ids = {number: f"m{n}" for n, number in enumerate(sorted(spans), 1)}
    mentions = [
        make_mention(
            span.where,
            ids[number],
            span.label,
            (span.start, span.end),
            text,
            {} if span.entity is None else {"entity": span.entity},
        )
        for number, span in sorted(spans.items())
    ]
    relations = list(_relations(rows, ids))
    rest = {"id": unquote(file.stem), "source": {"uri": file.name}}
    return make_document(str(file), text, mentions, relations, rest)


def _rows(file: Path, lines: list[str]) -> Iterator[_Row]:
    wide = 0
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{file}:{number}"
        cells = line.rstrip("\r").split("\t")[:_COLUMNS]
        ends = cells[1].split("-") if len(cells) == _COLUMNS else []
        if len(ends) != 2 or not all(end.isdecimal() for end in ends):
            raise AnnotationError(f"{where}: “{line[:60]}” is no token with {_COLUMNS} columns.")
        astral = sum(ord(character) > 0xFFFF for character in cells[2])
        if int(ends[1]) - int(ends[0]) != len(cells[2]) + astral:
            raise AnnotationError(
                f"{where}: “{cells[2]}” has offsets {cells[1]}, not its length in UTF-16 code units."
            )
        yield _Row(where, cells[0], int(ends[0]) - wide, cells[2], cells[3:])
        wide += astral


def _text(file: Path, rows: list[_Row]) -> str:
    sentences = [row.name.partition("-")[0] for row in rows]
    breaks = [True, *(a != b for a, b in pairwise(sentences))]
    tokens = [
        (row.start, row.token, new and at > 0)
        for at, (row, new) in enumerate(zip(rows, breaks, strict=False))
    ]
    length = rows[-1].start + len(rows[-1].token) if rows else 0
    try:
        return joined(tokens, length)
    except ValueError as error:
        raise AnnotationError(
            f"{file}: tokens overlap at character {error}. Export anew."
        ) from None


def _spans(rows: list[_Row]) -> dict[int, _Span]:
    """The spans by their disambiguation numbers; those without one get numbers after all others."""
    found: dict[int, _Span] = {}
    single: list[_Span] = []
    for row in rows:
        end = row.start + len(row.token)
        if row.cells[1] == _NOTHING:
            continue
        for told, linked in zip(
            _PARTS.findall(row.cells[1]), _PARTS.findall(row.cells[0]), strict=False
        ):
            label, number = _numbered(told)
            entity, _ = _numbered(linked)
            known = None if entity in (_UNSET, _NOTHING) else _unescape(entity)
            span = _Span(row.where, _unescape(label), known, row.start, end)
            if number is None:
                single.append(span)
            else:
                found[number] = found.get(number, span)._replace(end=end)
    first = max(found, default=0) + 1
    return found | dict(enumerate(single, first))


def _numbered(cell: str) -> tuple[str, int | None]:
    found = _VALUE.fullmatch(cell)
    value, number = found.groups() if found else (cell, None)
    return value, int(number) if number else None


def _relations(rows: list[_Row], ids: dict[int, str]) -> Iterator[Relation]:
    count = 0
    for row in rows:
        if row.cells[3] == _NOTHING:
            continue
        for label, source in zip(
            _PARTS.findall(row.cells[2]), _PARTS.findall(row.cells[3]), strict=False
        ):
            found = _SOURCE.fullmatch(source)
            ends = [ids.get(int(end or 0)) for end in found.groups()[1:]] if found else [None]
            if None in ends:
                raise AnnotationError(
                    f"{row.where}: relation {label} has source {source}, which is no numbered span."
                )
            count += 1
            head, tail = (str(end) for end in ends)
            yield make_relation(row.where, f"r{count}", _unescape(label), (head, tail), {})
