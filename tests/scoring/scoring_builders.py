"""Small documents for the scorer's tests."""

from __future__ import annotations

from typing import Any

from pobratim.schema import CountMention, DateMention, Document, Mention, Relation, Source
from pobratim.scoring.alignment import Section, align

KINDS: dict[str, type[Mention]] = {"DATE": DateMention, "COUNT": CountMention}
TEXT = "".join(chr(ord("a") + number % 26) for number in range(400))


def mention(label: str, start: int, end: int, text: str = TEXT, **values: Any) -> Mention:
    values.setdefault("id", f"{label}-{start}-{end}")
    kind = KINDS.get(label, Mention)
    return kind(label=label, start=start, end=end, text=text[start:end], **values)


def mentions(*spans: str) -> list[Mention]:
    """Mentions written ``LABEL start-end``."""
    found = []
    for number, span in enumerate(spans):
        label, _, edges = span.partition(" ")
        start, end = map(int, edges.split("-"))
        found.append(mention(label, start, end, id=f"m{number}"))
    return found


def relation(label: str, head: Mention, tail: Mention) -> Relation:
    return Relation(id=f"{label}-{head.id}-{tail.id}", label=label, head=head.id, tail=tail.id)


def document(name: str = "a#1", text: str = TEXT, **parts: Any) -> Document:
    parts.setdefault("source", Source(uri=f"corpus/{name.partition('#')[0]}.txt"))
    return Document(id=name, text=text, **parts)


def section(gold: dict[str, Any], system: dict[str, Any]) -> Section:
    """A section whose two sides have these mentions, relations and records."""
    return align([document(**gold)], [document(**system)])[0]
