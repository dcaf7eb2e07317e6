"""Evaluating a system against gold: from sections to a :class:`Summary` and its mistakes."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pobratim.schema import LABELS
from pobratim.scoring import calibration as cal
from pobratim.scoring.assignment import require_extra
from pobratim.scoring.comparison import against_summary, compare_tables
from pobratim.scoring.intervals import RESAMPLES, score_intervals
from pobratim.scoring.matching import SCHEMES, Outcomes, Pair, Scheme, compare, for_reading, match
from pobratim.scoring.mentions import (
    CITY_LINK,
    MENTION_KEYS,
    MENTION_MACROS,
    VALUE_KEYS,
    scheme_outcomes,
    scheme_pairs,
    score_links,
    score_mentions,
    score_values,
)
from pobratim.scoring.metrics import MICRO, Key, Table, Tallies
from pobratim.scoring.mistakes import KINDS, Mistake, find_mistakes
from pobratim.scoring.records import RECORD_KEYS, RECORD_MACROS, pair_records, score_records
from pobratim.scoring.relations import RELATION_KEYS, RELATION_MACROS, score_relations
from pobratim.scoring.summary import (
    Bin,
    Calibration,
    Confusion,
    CurvePoint,
    Estimate,
    Group,
    SchemeOutcomes,
    Score,
    SectionCounts,
    Summary,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pobratim.scoring.alignment import Section
    from pobratim.scoring.calibration import Judged

KEYS = (*MENTION_KEYS, *VALUE_KEYS, CITY_LINK, *RELATION_KEYS, *RECORD_KEYS)
MACROS = (*MENTION_MACROS, *RELATION_MACROS, *RECORD_MACROS)
NONE = "none"

HEADLINES: dict[Key, str] = {
    Key("mentions", "strict", MICRO): "Strict mentions",
    Key("mentions", "type", MICRO): "Overlapping mentions",
    Key("values", "end to end", "DATE"): "Dates with value",
    Key("values", "end to end", "COUNT"): "Counts with number",
    CITY_LINK: "City identifiers",
    Key("relations", "lenient", MICRO): "Relations",
    Key("records", "slots", MICRO): "Record slots",
    Key("records", "complete", MICRO): "Complete records",
}
"""The scores a report opens with, and what they are called there."""


@dataclass(frozen=True, slots=True)
class SectionResult:
    """What one section adds to the scores."""

    tallies: Tallies
    outcomes: Mapping[Scheme, Outcomes]
    confusion: Counter[tuple[str, str]]
    judged: Judged
    scored: bool
    mistakes: list[Mistake]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A summary with the mistakes behind it."""

    summary: Summary
    mistakes: list[Mistake]


def score_section(section: Section) -> SectionResult:
    """All counts of one section."""
    gold, system = section.gold.mentions, section.system.mentions
    overlaps = compare(gold, system)
    pairs = scheme_pairs(overlaps)
    reading = match(overlaps, for_reading)
    records = pair_records(section)
    tallies = (
        score_mentions(gold, system, overlaps, pairs)
        | score_values(gold, system)
        | score_links(pairs["type"])
        | score_relations(section.gold, section.system)
        | score_records(records)
    )
    right = {id(pair.system) for pair in pairs["strict"] if pair.credit == 1}
    scores = [1.0 if m.score is None else m.score for m in system]
    return SectionResult(
        tallies=tallies,
        outcomes=scheme_outcomes(gold, system, pairs),
        confusion=_confusion(section, reading),
        judged=cal.Judged(
            np.array(scores), np.array([id(m) in right for m in system], dtype=np.bool_), len(gold)
        ),
        scored=any(m.score is not None for m in system),
        mistakes=find_mistakes(section, reading, records),
    )


def _confusion(section: Section, pairs: Sequence[Pair]) -> Counter[tuple[str, str]]:
    cells: Counter[tuple[str, str]] = Counter(
        (pair.gold.label, pair.system.label) for pair in pairs
    )
    golds = {id(pair.gold) for pair in pairs}
    systems = {id(pair.system) for pair in pairs}
    cells.update((m.label, NONE) for m in section.gold.mentions if id(m) not in golds)
    cells.update((NONE, m.label) for m in section.system.mentions if id(m) not in systems)
    return cells


def table_of(results: Sequence[SectionResult]) -> Table:
    """The counts of every score in every section."""
    return Table.build([result.tallies for result in results], KEYS, MACROS)


def evaluate(
    sections: Sequence[Section],
    *,
    gold_name: str,
    system_name: str,
    seed: int = 0,
    threshold: float | None = None,
    other: tuple[str, Sequence[Section]] | None = None,
    baseline: tuple[str, Summary] | None = None,
) -> Evaluation:
    """Score aligned sections.

    Args:
        sections: gold and system over the same texts, from :func:`.alignment.align`.
        gold_name: what the gold is called in the summary; likewise ``system_name``.
        seed: of the bootstrap; the same seed gives the same intervals.
        threshold: the score below which mentions were left out, for the record.
        other: a name and sections of another system over the same gold, to compare with.
        baseline: a name and a saved summary, to compare with.

    Raises:
        EvaluationError: SciPy is not installed, or ``other`` covers other sections.
    """
    require_extra("scipy")
    results = [score_section(section) for section in sections]
    table = table_of(results)
    mistakes = [mistake for result in results for mistake in result.mistakes]
    kinds = Counter(mistake.kind for mistake in mistakes)
    counts = _section_counts(sections, results)
    summary = Summary(
        gold=gold_name,
        system=system_name,
        pipeline=_pipeline(sections),
        threshold=threshold,
        seed=seed,
        resamples=RESAMPLES,
        sections=len(sections),
        documents=len({section.document for section in sections}),
        mistakes={kind: kinds[kind] for kind in KINDS},
        scores=_scores(table, seed),
        outcomes=_outcomes(results),
        languages=_groups(table, [s.gold.language for s in sections], seed),
        by_document=_groups(table, [s.document for s in sections], seed),
        confusion=_confusion_table(results),
        curve=_curve(results),
        calibration=_calibration(results, seed),
        section_counts=counts,
    )
    if other is not None:
        name, theirs = other
        other_table = table_of([score_section(section) for section in theirs])
        summary.comparison = compare_tables(name, table, other_table, seed)
    if baseline is not None:
        name, saved = baseline
        summary.baseline = against_summary(name, counts, saved, seed)
    return Evaluation(summary, mistakes)


def _scores(table: Table, seed: int) -> list[Score]:
    value, low, high = score_intervals(table, seed)
    totals = table.counts.sum(axis=0)
    scores = []
    for row, key in enumerate(table.all_keys):
        plain = row < len(table.keys)
        if np.isnan(value[row, 2]):
            continue
        ends = [Estimate.of(value[row, part], low[row, part], high[row, part]) for part in range(3)]
        scores.append(
            Score(
                family=key.family,
                measure=key.measure,
                label=key.label,
                precision=ends[0],
                recall=ends[1],
                f1=ends[2],
                gold=int(totals[row, 3]) if plain else None,
                system=int(totals[row, 1]) if plain else None,
            )
        )
    return scores


def _groups(table: Table, names: Sequence[str], seed: int) -> list[Group]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        rows[name].append(row)
    return [
        Group(name=name, sections=len(rows[name]), scores=_scores(table.rows(rows[name]), seed))
        for name in sorted(rows)
    ]


def _outcomes(results: Sequence[SectionResult]) -> list[SchemeOutcomes]:
    found = []
    for scheme in SCHEMES:
        totals = np.array([result.outcomes[scheme] for result in results]).sum(axis=0)
        names = Outcomes._fields
        counts = {name: int(total) for name, total in zip(names, totals, strict=True)}
        found.append(SchemeOutcomes(scheme=scheme, **counts))
    return found


def _confusion_table(results: Sequence[SectionResult]) -> Confusion:
    total: Counter[tuple[str, str]] = Counter()
    for result in results:
        total.update(result.confusion)
    seen = {label for cell in total for label in cell}
    labels = [*(label for label in LABELS if label in seen), NONE]
    return Confusion(labels=labels, counts=[[total[g, s] for s in labels] for g in labels])


def _curve(results: Sequence[SectionResult]) -> list[CurvePoint]:
    if not any(result.scored for result in results):
        return []
    curve = cal.threshold_curve([result.judged for result in results])
    points = []
    for threshold, scores in zip(cal.THRESHOLDS, curve, strict=True):
        ends = [None if np.isnan(score) else round(float(score), 6) for score in scores]
        points.append(
            CurvePoint(threshold=threshold, precision=ends[0], recall=ends[1], f1=ends[2])
        )
    return points


def _calibration(results: Sequence[SectionResult], seed: int) -> Calibration | None:
    if not any(result.scored for result in results):
        return None
    sums = cal.bin_sums([result.judged for result in results])
    bins = [
        Bin(
            low=number / cal.BINS,
            high=(number + 1) / cal.BINS,
            count=int(count),
            score=round(float(score / count), 6) if count else None,
            right=round(float(right / count), 6) if count else None,
        )
        for number, (count, score, right) in enumerate(sums.sum(axis=0))
    ]
    return Calibration(error=Estimate.of(*cal.estimate_error(sums, seed)), bins=bins)


def _section_counts(
    sections: Sequence[Section], results: Sequence[SectionResult]
) -> list[SectionCounts]:
    return [
        SectionCounts(
            id=section.id,
            gold=hashlib.sha256(section.gold.to_json().encode()).hexdigest(),
            counts={
                str(key): tuple(result.tallies[key]) for key in HEADLINES if key in result.tallies
            },
        )
        for section, result in zip(sections, results, strict=True)
    ]


def _pipeline(sections: Sequence[Section]) -> str | None:
    found = sorted(
        {
            f"{section.system.pipeline.name} {section.system.pipeline.version}"
            for section in sections
            if section.system.pipeline
        }
    )
    return ", ".join(found) or None
