"""From ``of=``, ``party=``, ``on=`` … to relations between marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pobratim.exchange.gold.edtf import edtf_fault
from pobratim.exchange.gold.marks import Mark, squeeze
from pobratim.exchange.gold.values import date_value
from pobratim.schema import RELATION_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.exchange.check import Problem
    from pobratim.exchange.gold.locate import Lines

LINKS: dict[tuple[str, str], str] = {
    ("AGREEMENT", "party"): "PARTY",
    ("AGREEMENT", "on"): "SIGNED_ON",
    ("AGREEMENT", "in"): "SIGNED_IN",
    ("AGREEMENT", "by"): "SIGNED_BY",
    ("PERSON", "holds"): "HOLDS",
    ("ROLE", "of"): "OFFICE_OF",
    ("COUNT", "on"): "COUNTED_ON",
    ("COUNT", "in"): "COUNTED_IN",
}
"""Which relation a mark's key draws."""


class Arrow(NamedTuple):
    """A relation between two located marks."""

    label: str
    head: Mark
    tail: Mark


@dataclass(slots=True)
class Arrows:
    """One file's relations, the ``seen=`` of its persons as ``(EDTF, DATE mark)``, problems."""

    found: list[Arrow] = field(default_factory=list)
    seen: dict[int, list[tuple[str, Mark | None]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Resolver:
    """Finds the marks that references mean among one file's located marks."""

    def __init__(self, marks: Iterable[Mark], lines: Lines) -> None:
        self._lines = lines
        self._tags: dict[str, Mark] = {}
        self._surfaces: dict[str, list[Mark]] = {}
        self.problems: list[Problem] = []
        for mark in marks:
            self._surfaces.setdefault(mark.surface, []).append(mark)
            if mark.tag is None:
                continue
            if mark.tag in self._tags:
                other = self._tags[mark.tag]
                self.problems.append(
                    mark.problem(f"has tag #{mark.tag} of line {other.line}", "Choose another.")
                )
            self._tags[mark.tag] = mark

    def find(self, mark: Mark, key: str, reference: str, labels: frozenset[str]) -> Mark | None:
        """The mark of one of ``labels`` that is meant; a problem is noted if there is none."""
        if reference.startswith("#"):
            found = self._tags.get(reference[1:])
            return found if self._fits(mark, key, reference, found, labels) else None
        paragraph = self._lines.paragraph(mark.start)
        near = [
            other
            for other in self._surfaces.get(squeeze(reference), ())
            if other.label in labels and self._lines.paragraph(other.start) == paragraph
        ]
        if near:
            return min(near, key=lambda other: (_distance(mark, other), other.start))
        wanted = " or ".join(sorted(labels))
        self.problems.append(
            mark.problem(
                f"has {key}=“{reference}”, no {wanted} of its paragraph",
                "Mark it there, or give it a #tag where it stands and refer to the tag.",
            )
        )
        return None

    def _fits(
        self, mark: Mark, key: str, reference: str, found: Mark | None, labels: frozenset[str]
    ) -> bool:
        if found is not None and found.label in labels:
            return True
        state = "no mention has this tag" if found is None else f"it is a {found.label}"
        remedy = f"It must be one of: {', '.join(sorted(labels))}."
        self.problems.append(mark.problem(f"has {key}={reference}, but {state}", remedy))
        return False


def _distance(mark: Mark, other: Mark) -> int:
    return max(0, other.start - mark.end, mark.start - other.end)


def draw(marks: list[Mark], lines: Lines) -> Arrows:
    """The arrows between one file's located ``marks``."""
    resolver = Resolver(marks, lines)
    arrows = Arrows(problems=resolver.problems)
    for mark in marks:
        for key, references in mark.options.items():
            label = LINKS.get((mark.label, key))
            if label is None:
                continue
            for reference in references:
                tail = resolver.find(mark, key, reference, RELATION_ENDS[label][1])
                if tail is not None:
                    arrows.found.append(Arrow(label, mark, tail))
        for reference in mark.options.get("seen", ()):
            if date := _seen(resolver, mark, reference):
                arrows.seen.setdefault(id(mark), []).append(date)
    return arrows


def _seen(resolver: Resolver, mark: Mark, reference: str) -> tuple[str, Mark | None] | None:
    if edtf_fault(reference) is None:
        return reference, None
    date = resolver.find(mark, "seen", reference, frozenset({"DATE"}))
    value = date_value(date) if date else None
    return (value, date) if value else None
