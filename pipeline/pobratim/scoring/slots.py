"""The slots of each type of record, and when two records agree in one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from pobratim.schema import Party
from pobratim.scoring.assignment import best_assignment
from pobratim.scoring.names import EntityNames, normal_edtf, normal_name, scheme_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pobratim.schema import EvidencedRecord

Kind = Literal[
    "identifier", "name", "names", "date", "plain", "flag", "number", "entity", "entities"
]


class Slot(NamedTuple):
    """A slot and how its values are compared.

    ``identifying``: two records that agree here may be one and the same even where their
    evidence does not overlap.
    """

    name: str
    kind: Kind
    identifying: bool = False


SLOTS: dict[str, tuple[Slot, ...]] = {
    "cities": (
        Slot("id", "identifier", identifying=True),
        Slot("name_en", "name", identifying=True),
        Slot("name_ru", "name", identifying=True),
        Slot("country", "plain"),
    ),
    "officials": (
        Slot("name", "name", identifying=True),
        Slot("office", "plain"),
        Slot("title", "name"),
        Slot("of", "entity"),
        Slot("observed", "date"),
    ),
    "organizations": (
        Slot("name", "name", identifying=True),
        Slot("aliases", "names"),
        Slot("city", "entity"),
    ),
    "agreements": (
        Slot("instrument", "plain"),
        Slot("purpose", "plain"),
        Slot("parties", "entities", identifying=True),
        Slot("subject", "name"),
        Slot("signed", "date", identifying=True),
        Slot("place", "entity"),
        Slot("signatories", "entities"),
        Slot("status", "plain"),
    ),
    "counts": (
        Slot("value", "number", identifying=True),
        Slot("approximate", "flag"),
        Slot("unit", "plain"),
        Slot("counted", "name", identifying=True),
        Slot("category", "plain"),
        Slot("action", "name"),
        Slot("place", "entity"),
        Slot("period", "date"),
        Slot("cumulative", "flag"),
    ),
}
"""What is compared in each type of record. Coordinates follow from the id and are not."""

NAMED = frozenset({"cities", "officials", "organizations"})
"""Types whose records stand for one thing throughout a text, wherever it is mentioned."""


def slot_values(record: EvidencedRecord, slot: Slot, names: EntityNames) -> list[Any]:
    """The values of a slot, ready for comparison; none where it is empty or a flag is not set."""
    if slot.kind == "number":
        triple = tuple(getattr(record, part) for part in ("value", "minimum", "maximum"))
        return [] if triple == (None, None, None) else [triple]
    held = getattr(record, slot.name)
    if held is None or held is False or held == [] or held == "":
        return []
    match slot.kind:
        case "identifier":
            return [held if scheme_of(held) else "not in the gazetteer"]
        case "name":
            return [normal_name(held)]
        case "names":
            return sorted({normal_name(name) for name in held})
        case "date":
            return [normal_edtf(held)]
        case "entity":
            return [names.resolve(held)]
        case "entities":
            references = dict.fromkeys(getattr(item, "id", item) for item in held)
            return [names.resolve(reference) for reference in references]
        case _:
            return [held]


def agreeing(slot: Slot, gold: Sequence[Any], system: Sequence[Any]) -> int:
    """How many values of a slot are the same on both sides, each counted once."""
    if not gold or not system:
        return 0
    if slot.kind not in ("entity", "entities"):
        return (Counter(gold) & Counter(system)).total()
    same = np.array([[one.same(other) for other in system] for one in gold], dtype=np.float64)
    return len(best_assignment(same))


def shown(record: EvidencedRecord, slot: Slot, names: dict[str, str]) -> str:
    """The value of a slot for people; ``names`` gives a name for an id."""
    if slot.kind == "number":
        parts = {key: getattr(record, key) for key in ("value", "minimum", "maximum")}
        return ", ".join(
            f"{held}" if key == "value" else f"{key} {held}"
            for key, held in parts.items()
            if held is not None
        )
    held = getattr(record, slot.name)
    if held is None or held is False or held == []:
        return ""
    if slot.kind in ("entity", "entities", "names"):
        items = held if isinstance(held, list) else [held]
        return "; ".join(_shown_item(item, names) for item in items)
    return "yes" if held is True else str(held)


def _shown_item(item: str | Party, names: dict[str, str]) -> str:
    return names.get(item, item) if isinstance(item, str) else item.name or item.id
