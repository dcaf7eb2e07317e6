"""Bringing gold and system over the same text.

Gold is annotated in sections, slices of a document; a system usually reads the whole document.
A system document that holds the section's text is cut to it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from pobratim.errors import EvaluationError
from pobratim.exchange.gold.sections import KEPT_IN_PART, aliases_within
from pobratim.schema import Document
from pobratim.scoring.documents import naming
from pobratim.scoring.names import EntityNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RANGE = re.compile(r"char=(\d{1,12}),\d{1,12}")


@dataclass(frozen=True, slots=True)
class Section:
    """Gold and system over one text.

    ``gold_names`` and ``system_names`` resolve entity ids within the whole documents, of which
    ``system`` may be a slice. ``document`` names the document that the section is of.
    """

    gold: Document
    system: Document
    gold_names: EntityNames
    system_names: EntityNames

    @property
    def id(self) -> str:
        return self.gold.id

    @property
    def document(self) -> str:
        return document_of(self.gold)


def document_of(document: Document) -> str:
    """The name of the document that a section is of: its id without ``#…``."""
    return document.id.partition("#")[0]


def align(gold: Sequence[Document], system: Sequence[Document]) -> list[Section]:
    """Pair each gold document with what the system says about its text, ordered by id.

    A system document with the same id and text is taken as it is. Otherwise the text is looked
    for in the whole system documents of the same source; the range in the gold's ``source.uri``
    (``file.txt#char=120,480``, RFC 5147) decides where it stands there more than once.

    Raises:
        EvaluationError: gold documents that no system document covers, named by id.
    """
    by_id = {document.id: document for document in system}
    by_name: dict[str, list[Document]] = defaultdict(list)
    for document in system:
        for name in _names(document) if _is_whole(document) else ():
            by_name[name].append(document)
    missing: list[str] = []
    misaligned: list[str] = []
    sections: list[Section] = []
    for document in sorted(gold, key=lambda one: one.id):
        candidates = _candidates(document, by_id, by_name)
        if not candidates:
            missing.append(document.id)
            continue
        found = _cut(document, candidates)
        if found is None:
            misaligned.append(document.id)
            continue
        whole, start = found
        part = whole if whole.text == document.text else _slice_for(document, whole, start)
        sections.append(
            Section(document, part, EntityNames(document), EntityNames(whole, origin=start))
        )
    _complain(missing, misaligned, len(gold))
    return sections


def slice_document(document: Document, start: int, end: int, new_id: str) -> Document:
    """The part of ``document`` between two code-point offsets, with offsets from its beginning.

    As gold is cut: mentions that cross an edge are left out, and so are relations that lose an
    end. Cities and organizations stay with the evidence that is inside; other records stay where
    all of theirs is.
    """
    mentions = [
        mention.model_copy(update={"start": mention.start - start, "end": mention.end - start})
        for mention in document.mentions
        if start <= mention.start and mention.end <= end
    ]
    kept = {mention.id for mention in mentions}
    update: dict[str, Any] = {
        "id": new_id,
        "text": document.text[start:end],
        "mentions": mentions,
        "relations": [r for r in document.relations if r.head in kept and r.tail in kept],
    }
    for kind in Document.RECORD_TYPES:
        update[kind] = [
            record.model_copy(
                update={"mentions": [m for m in record.mentions if m in kept]}
                | aliases_within(record, mentions)
            )
            for record in getattr(document, kind)
            if (not kept.isdisjoint(record.mentions))
            and (kind in KEPT_IN_PART or kept.issuperset(record.mentions))
        ]
    return document.model_copy(update=update)


def above(document: Document, threshold: float) -> Document:
    """``document`` without what it gives a score below ``threshold``; no score counts as 1."""

    def keep(items: Iterable[Any]) -> list[Any]:
        return [item for item in items if item.score is None or item.score >= threshold]

    mentions = keep(document.mentions)
    kept = {mention.id for mention in mentions}
    update: dict[str, Any] = {kind: keep(getattr(document, kind)) for kind in Document.RECORD_TYPES}
    update["mentions"] = mentions
    update["relations"] = [
        relation
        for relation in keep(document.relations)
        if relation.head in kept and relation.tail in kept
    ]
    return document.model_copy(update=update)


def _is_whole(document: Document) -> bool:
    """Whether it may hold sections; a section answers for itself only, even where texts repeat."""
    return "#" not in document.id


def _names(document: Document) -> set[str]:
    file = PurePosixPath(unquote(document.source.uri.partition("#")[0]))
    return {name for name in (file.name, file.stem, document_of(document)) if name}


def _candidates(
    gold: Document, by_id: dict[str, Document], by_name: dict[str, list[Document]]
) -> list[Document]:
    found: dict[str, Document] = {}
    if gold.id in by_id:
        found[gold.id] = by_id[gold.id]
    for name in sorted(_names(gold)):
        found.update((document.id, document) for document in by_name.get(name, ()))
    return list(found.values())


def _cut(gold: Document, candidates: list[Document]) -> tuple[Document, int] | None:
    for document in candidates:
        if document.text == gold.text:
            return document, 0
    for document in candidates:
        start = _position(gold, document.text)
        if start is not None:
            return document, start
    return None


def _slice_for(gold: Document, whole: Document, start: int) -> Document:
    return slice_document(whole, start, start + len(gold.text), gold.id)


def _position(gold: Document, text: str) -> int | None:
    declared = _RANGE.fullmatch(gold.source.uri.partition("#")[2])
    if declared and text.startswith(gold.text, int(declared[1])):
        return int(declared[1])
    first = text.find(gold.text) if gold.text else -1
    return first if first >= 0 and text.find(gold.text, first + 1) < 0 else None


def _complain(missing: list[str], misaligned: list[str], total: int) -> None:
    problems = []
    if missing:
        problems.append(
            f"no system document for {len(missing)} of {total} gold documents "
            f"({naming(missing)}): give one with the same id, or the whole document "
            "under the same source file name"
        )
    if misaligned:
        problems.append(
            f"the system's text is not the gold's in {len(misaligned)} of {total} documents "
            f"({naming(misaligned)}): the gold's text must stand in the system's, "
            "character for character and once"
        )
    if problems:
        raise EvaluationError("; ".join(problems))
