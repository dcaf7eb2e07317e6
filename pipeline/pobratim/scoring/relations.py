"""Scores of relations."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pobratim.schema import RELATION_LABELS
from pobratim.scoring.assignment import best_assignment
from pobratim.scoring.metrics import MACRO, MICRO, Key, Tallies, Tally, add

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pobratim.schema import Document, Mention, Relation

FAMILY = "relations"
MEASURES = ("strict", "lenient")
RELATION_KEYS = tuple(
    Key(FAMILY, measure, label) for measure in MEASURES for label in (*RELATION_LABELS, MICRO)
)
RELATION_MACROS = tuple(Key(FAMILY, measure, MACRO) for measure in MEASURES)


class Arrow(NamedTuple):
    """A relation with its arguments."""

    relation: Relation
    head: Mention
    tail: Mention

    @property
    def signature(self) -> tuple[object, ...]:
        ends = (self.head, self.tail)
        return (self.relation.label, *((m.start, m.end, m.label) for m in ends))


def arrows(document: Document) -> dict[str, list[Arrow]]:
    """The relations of a document by label, in text order, one of each kind of duplicate."""
    mentions = {mention.id: mention for mention in document.mentions}
    found: dict[tuple[object, ...], Arrow] = {}
    for relation in document.relations:
        arrow = Arrow(relation, mentions[relation.head], mentions[relation.tail])
        found.setdefault(arrow.signature, arrow)
    by_label: dict[str, list[Arrow]] = defaultdict(list)
    for signature in sorted(found, key=repr):
        by_label[found[signature].relation.label].append(found[signature])
    return by_label


def match_arrows(gold: Sequence[Arrow], system: Sequence[Arrow]) -> list[tuple[Arrow, Arrow]]:
    """As many one-to-one pairs as there can be of relations of one label that agree leniently:
    both arguments overlap and have equal labels."""
    if not gold or not system:
        return []
    lenient = np.array([[_overlap(g, s) for s in system] for g in gold], dtype=np.float64)
    return [(gold[g], system[s]) for g, s in best_assignment(lenient)]


def _overlap(gold: Arrow, system: Arrow) -> bool:
    return all(
        one.label == other.label and one.start < other.end and other.start < one.end
        for one, other in ((gold.head, system.head), (gold.tail, system.tail))
    )


def score_relations(gold: Document, system: Document) -> Tallies:
    """Tallies of relations with both arguments matched, strictly and leniently."""
    golds, systems = arrows(gold), arrows(system)
    tallies: Tallies = {}
    for label in sorted(golds.keys() | systems.keys()):
        ours, theirs = golds.get(label, []), systems.get(label, [])
        strict = len({a.signature for a in ours} & {a.signature for a in theirs})
        lenient = len(match_arrows(ours, theirs))
        for measure, credit in zip(MEASURES, (strict, lenient), strict=True):
            tally = Tally.of(credit, len(theirs), len(ours))
            add(tallies, Key(FAMILY, measure, label), tally)
            add(tallies, Key(FAMILY, measure, MICRO), tally)
    return tallies
