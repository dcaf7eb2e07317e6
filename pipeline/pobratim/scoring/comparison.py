"""Is it better? Differences between two systems on the same gold, with paired intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pobratim.errors import EvaluationError
from pobratim.scoring.intervals import differences, verdict
from pobratim.scoring.metrics import Key, Table, Tally
from pobratim.scoring.summary import Comparison, Difference, Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pobratim.scoring.summary import SectionCounts, Summary


def compare_tables(name: str, table: Table, other: Table, seed: int) -> Comparison:
    """F1 of ``table`` minus F1 of ``other``, whose sections are the same in the same order.

    Raises:
        EvaluationError: the tables have different numbers of sections.
    """
    if table.counts.shape != other.counts.shape:
        raise EvaluationError(
            f"{name}: covers {other.counts.shape[0]} sections where the system covers "
            f"{table.counts.shape[0]}; compare systems on the same gold"
        )
    value, low, high = differences(table, other, seed)
    found = []
    for row, key in enumerate(table.all_keys):
        if np.isnan(value[row, 2]):
            continue
        found.append(
            Difference(
                family=key.family,
                measure=key.measure,
                label=key.label,
                difference=Estimate.of(value[row, 2], low[row, 2], high[row, 2]),
                verdict=verdict(low[row, 2], high[row, 2]),
            )
        )
    return Comparison(against=name, paired=True, differences=found)


def against_summary(
    name: str, counts: Sequence[SectionCounts], saved: Summary, seed: int
) -> Comparison:
    """The headline scores compared with those of a saved summary.

    In pairs where it is of the same gold, section by section and unchanged; otherwise without
    differences, since two sets of texts do not tell which system is better.
    """
    ours = {section.id: section for section in counts}
    theirs = {section.id: section for section in saved.section_counts}
    if {key: one.gold for key, one in ours.items()} != {
        key: one.gold for key, one in theirs.items()
    }:
        return Comparison(against=name, paired=False)
    names = sorted({key for one in (*ours.values(), *theirs.values()) for key in one.counts})
    order = sorted(ours)
    return compare_tables(
        name,
        _table([ours[key] for key in order], names),
        _table([theirs[k] for k in order], names),
        seed,
    )


def _table(sections: Sequence[SectionCounts], names: Sequence[str]) -> Table:
    keys = [Key(*name.split(".", 2)) for name in names]
    tallies = [
        {Key(*name.split(".", 2)): Tally(*counts) for name, counts in section.counts.items()}
        for section in sections
    ]
    return Table.build(tallies, keys, ())
