"""Scores by group of labels, with the scorer of ``pobratim evaluate`` underneath."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pobratim.schema import PLACE_LABELS
from pobratim.scoring.intervals import differences, score_intervals, verdict
from pobratim.scoring.matching import compare
from pobratim.scoring.mentions import (
    COUNT_VALUE,
    DATE_VALUE,
    scheme_pairs,
    score_mentions,
    score_values,
)
from pobratim.scoring.metrics import Key, Table, Tallies, Tally
from pobratim.scoring.summary import Estimate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pobratim.schema import Mention

SEED = 0

LABELS: Mapping[str, tuple[str, ...]] = {
    "Places": ("CITY", "REGION", "COUNTRY"),
    "People": ("PERSON",),
    "Organizations": ("ORGANIZATION",),
    "Roles": ("ROLE",),
    "Events": ("EVENT",),
    "Agreements": ("AGREEMENT",),
    "Dates": ("DATE",),
    "Counts": ("COUNT",),
}
ANY_PLACE = "Places of any kind"
NAMES = "Names together"
"""Rows that ask all systems the same: a place whose kind does not matter, which is all that the peers
tell; and people, such places and organizations as one."""
VALUES: Mapping[str, Key] = {"Dates with value": DATE_VALUE, "Counts with number": COUNT_VALUE}
GROUPS = (*LABELS, ANY_PLACE, NAMES, *VALUES)
"""The rows of a comparison: mentions of some labels, then values end to end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One group's F1 with what it rests on: numbers of gold and system items."""

    f1: Estimate
    precision: float | None
    recall: float | None
    gold: int
    system: int


@dataclass(frozen=True, slots=True)
class Lead:
    """Our F1 minus a peer's on the same sections, drawn in pairs."""

    over: str
    difference: Estimate
    verdict: str


def tallies(gold: Sequence[Mention], system: Sequence[Mention], scheme: str) -> Tallies:
    """The counts of every group in one section; ``scheme`` is ``strict`` or ``type`` (overlap)."""
    overlaps = compare(gold, system)
    mentions = score_mentions(gold, system, overlaps, scheme_pairs(overlaps))
    values = score_values(gold, system)
    found = {key: values[value] for name, value in VALUES.items() for key in [_key(name)]}
    for name, labels in LABELS.items():
        found[_key(name)] = _sum(mentions, scheme, labels)
    alike = [_of_any_kind(side) for side in (gold, system)]
    overlaps = compare(*alike)
    mentions = score_mentions(*alike, overlaps, scheme_pairs(overlaps))
    found[_key(ANY_PLACE)] = _sum(mentions, scheme, ("CITY",))
    found[_key(NAMES)] = _sum(mentions, scheme, ("CITY", "PERSON", "ORGANIZATION"))
    return found


def _sum(mentions: Mapping[Key, Tally], scheme: str, labels: tuple[str, ...]) -> Tally:
    total = Tally()
    for label in labels:
        total = total.plus(mentions.get(Key("mentions", scheme, label), Tally()))
    return total


def _of_any_kind(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with one label for all kinds of places, each span once."""
    places = {(one.start, one.end): one for one in mentions if one.label in PLACE_LABELS}
    return [
        *(one.model_copy(update={"label": "CITY"}) for one in places.values()),
        *(one for one in mentions if one.label not in PLACE_LABELS),
    ]


def table(sections: Sequence[tuple[Sequence[Mention], Sequence[Mention]]], scheme: str) -> Table:
    """The counts of all sections, each a pair of gold and system mentions."""
    rows = [tallies(gold, system, scheme) for gold, system in sections]
    return Table.build(rows, [_key(name) for name in GROUPS], ())


def lines(scored: Table, groups: frozenset[str]) -> dict[str, Line]:
    """The scores of ``groups`` that gold or system has anything of."""
    value, low, high = score_intervals(scored, SEED)
    totals = scored.counts.sum(axis=0)
    found = {}
    for row, name in enumerate(GROUPS):
        if name in groups and not np.isnan(value[row, 2]):
            precision, recall, f1 = (
                Estimate.of(value[row, part], low[row, part], high[row, part]) for part in range(3)
            )
            gold, system = int(totals[row, 3]), int(totals[row, 1])
            found[name] = Line(f1, precision.value, recall.value, gold, system)
    return found


def leads(ours: Table, theirs: Mapping[str, Table], best: Mapping[str, str]) -> dict[str, Lead]:
    """For each group our lead over the peer that ``best`` names for it."""
    found = {}
    for peer in sorted(set(best.values())):
        value, low, high = differences(ours, theirs[peer], SEED)
        for row, name in enumerate(GROUPS):
            if best.get(name) == peer and not np.isnan(value[row, 2]):
                estimate = Estimate.of(value[row, 2], low[row, 2], high[row, 2])
                found[name] = Lead(peer, estimate, verdict(low[row, 2], high[row, 2]))
    return found


def best_peers(peers: Mapping[str, Mapping[str, Line]]) -> dict[str, str]:
    """For each group the peer with the highest F1, the first of equals."""
    best: dict[str, str] = {}
    for group in GROUPS:
        scored = [
            (name, each[group].f1.value or 0.0) for name, each in peers.items() if group in each
        ]
        if scored:
            best[group] = max(scored, key=lambda one: one[1])[0]
    return best


def _key(name: str) -> Key:
    return Key("comparison", "f1", name)
