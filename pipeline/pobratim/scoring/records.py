"""Scores of records: which gold record each system record answers, and slot by slot.

Gold and system records are paired one to one so that the slots agree in as many values as any
pairing allows (linear assignment). Only records that can be about one thing are paired: their
evidence overlaps, or, for cities, people and bodies, an identifying slot agrees. Without that
condition a spurious agreement could earn credit for having the commonest status.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pobratim.schema import Document
from pobratim.scoring.assignment import best_assignment
from pobratim.scoring.metrics import MACRO, MICRO, Key, Tallies, Tally, add
from pobratim.scoring.slots import NAMED, SLOTS, Slot, agreeing, slot_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pobratim.schema import EvidencedRecord
    from pobratim.scoring.alignment import Section
    from pobratim.scoring.names import EntityNames

FAMILY = "records"
ALL_SLOTS = "slots"
COMPLETE = "complete"
RECORD_KEYS = (
    *(Key(FAMILY, kind, slot.name) for kind in Document.RECORD_TYPES for slot in SLOTS[kind]),
    *(
        Key(FAMILY, measure, label)
        for measure in (ALL_SLOTS, COMPLETE)
        for label in (*Document.RECORD_TYPES, MICRO)
    ),
)
RECORD_MACROS = (Key(FAMILY, ALL_SLOTS, MACRO), Key(FAMILY, COMPLETE, MACRO))


@dataclass(frozen=True, slots=True)
class Filled:
    """A record with its slots' values ready for comparison and the spans of its evidence."""

    record: EvidencedRecord
    values: dict[str, list[Any]]
    evidence: tuple[tuple[int, int], ...]


class SlotResult(NamedTuple):
    """A slot of a pair of records: how many values agree, and how many each side has."""

    slot: Slot
    right: int
    system: int
    gold: int

    @property
    def wrong(self) -> bool:
        return self.right < max(self.system, self.gold)


class RecordPair(NamedTuple):
    """A gold record, the system record that answers it, and their slots; one side may be none."""

    kind: str
    gold: EvidencedRecord | None
    system: EvidencedRecord | None
    slots: tuple[SlotResult, ...]

    @property
    def complete(self) -> bool:
        """Right in every slot."""
        return (
            self.gold is not None
            and self.system is not None
            and not any(result.wrong for result in self.slots)
        )


def pair_records(section: Section) -> list[RecordPair]:
    """Every gold and system record of a section, paired where they answer each other."""
    pairs: list[RecordPair] = []
    for kind in Document.RECORD_TYPES:
        golds = fill(section.gold, kind, section.gold_names)
        systems = fill(section.system, kind, section.system_names)
        chosen = assign(kind, golds, systems)
        answered = {s for _, s in chosen}
        found = dict(chosen)
        for number, gold in enumerate(golds):
            pairs.append(_pair(kind, gold, systems[found[number]] if number in found else None))
        pairs.extend(
            _pair(kind, None, system) for s, system in enumerate(systems) if s not in answered
        )
    return pairs


def fill(document: Document, kind: str, names: EntityNames) -> list[Filled]:
    """The records of one type, in the order of their evidence and values."""
    spans = {mention.id: (mention.start, mention.end) for mention in document.mentions}
    filled = [
        Filled(
            record,
            {slot.name: slot_values(record, slot, names) for slot in SLOTS[kind]},
            tuple(sorted({spans[m] for m in record.mentions if m in spans})),
        )
        for record in getattr(document, kind)
    ]
    return sorted(filled, key=lambda one: (one.evidence, repr(_plain(one))))


def _plain(filled: Filled) -> list[list[Any]]:
    return [
        [sorted(v.names) if hasattr(v, "names") else v for v in values]
        for values in filled.values.values()
    ]


def assign(kind: str, golds: Sequence[Filled], systems: Sequence[Filled]) -> list[tuple[int, int]]:
    """The pairs (gold index, system index) with the greatest total slot agreement.

    Ties go to more pairs, then to more overlapping evidence.
    """
    if not golds or not systems:
        return []
    agreement = np.zeros((len(golds), len(systems)))
    shared = np.zeros_like(agreement)
    allowed = np.zeros(agreement.shape, dtype=np.bool_)
    for g, gold in enumerate(golds):
        for s, system in enumerate(systems):
            shared[g, s] = _shared(gold.evidence, system.evidence)
            allowed[g, s] = shared[g, s] > 0 or _same_thing(kind, gold, system)
            if allowed[g, s]:
                agreement[g, s] = sum(
                    agreeing(slot, gold.values[slot.name], system.values[slot.name])
                    for slot in SLOTS[kind]
                )
    size = min(agreement.shape) + 1
    fine = shared.max() * size + 1
    weights = (agreement * size + 1) * fine + shared
    return best_assignment(np.where(allowed, weights, 0.0))


def _shared(gold: Sequence[tuple[int, int]], system: Sequence[tuple[int, int]]) -> int:
    """How many spans of ``gold`` overlap a span of ``system``."""
    return sum(any(a < d and c < b for c, d in system) for a, b in gold)


def _same_thing(kind: str, gold: Filled, system: Filled) -> bool:
    """Whether records with separate evidence may still be about one thing."""
    if kind not in NAMED and gold.evidence and system.evidence:
        return False
    return any(
        agreeing(slot, gold.values[slot.name], system.values[slot.name]) > 0
        for slot in SLOTS[kind]
        if slot.identifying and gold.values[slot.name] != ["not in the gazetteer"]
    )


def _pair(kind: str, gold: Filled | None, system: Filled | None) -> RecordPair:
    results = []
    for slot in SLOTS[kind]:
        ours = gold.values[slot.name] if gold else []
        theirs = system.values[slot.name] if system else []
        results.append(SlotResult(slot, agreeing(slot, ours, theirs), len(theirs), len(ours)))
    return RecordPair(
        kind,
        gold.record if gold else None,
        system.record if system else None,
        tuple(results),
    )


def score_records(pairs: Sequence[RecordPair]) -> Tallies:
    """Tallies per slot, per type over its slots, and of records right in every slot."""
    tallies: Tallies = {}
    for pair in pairs:
        for result in pair.slots:
            tally = Tally.of(result.right, result.system, result.gold)
            add(tallies, Key(FAMILY, pair.kind, result.slot.name), tally)
            add(tallies, Key(FAMILY, ALL_SLOTS, pair.kind), tally)
            add(tallies, Key(FAMILY, ALL_SLOTS, MICRO), tally)
        whole = Tally.of(pair.complete, pair.system is not None, pair.gold is not None)
        add(tallies, Key(FAMILY, COMPLETE, pair.kind), whole)
        add(tallies, Key(FAMILY, COMPLETE, MICRO), whole)
    return tallies
