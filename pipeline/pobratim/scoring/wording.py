"""Scores in words: what a table, a page and a terminal all print."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pobratim.scoring.evaluation import HEADLINES
from pobratim.scoring.intervals import FEWEST_SECTIONS
from pobratim.scoring.metrics import Key

if TYPE_CHECKING:
    from pobratim.scoring.summary import Comparison, Difference, Estimate, Score, Summary

ABSENT = "–"


class Headline(NamedTuple):
    """A headline score, the baseline's, and the difference where it could be drawn in pairs."""

    key: Key
    name: str
    score: Score
    baseline: Score | None
    difference: Difference | None


def headlines(summary: Summary, baseline: Summary | None = None) -> list[Headline]:
    """The headline scores that the evaluation has."""
    differences = {one.key: one for one in summary.baseline.differences} if summary.baseline else {}
    found = []
    for key, name in HEADLINES.items():
        score = summary.find(key)
        if score is not None:
            old = baseline.find(key) if baseline else None
            found.append(Headline(key, name, score, old, differences.get(key)))
    return found


def percent(value: float | None, *, signed: bool = False) -> str:
    """A share as per cent with one decimal: ``83.4``."""
    if value is None:
        return ABSENT
    text = f"{value * 100:+.1f}" if signed else f"{value * 100:.1f}"
    return text.replace("-", "−")


def interval(estimate: Estimate, *, signed: bool = False) -> str:
    """A value with its interval: ``83.4 (79.9 to 86.5)``."""
    value = percent(estimate.value, signed=signed)
    if estimate.low is None or estimate.high is None:
        return value
    low, high = percent(estimate.low, signed=signed), percent(estimate.high, signed=signed)
    return f"{value} ({low} to {high})"


def verdict_lines(summary: Summary) -> list[str]:
    """What the evaluation shows, in sentences."""
    lines = [
        _comparison_line(comparison, kind)
        for comparison, kind in (
            (summary.baseline, "the baseline of record"),
            (summary.comparison, "the other system"),
        )
        if comparison is not None
    ]
    if not lines:
        lines.append("There is nothing to compare with: no baseline and no other system was given.")
    if summary.sections < FEWEST_SECTIONS:
        lines.append(
            f"No intervals: {summary.sections} sections are too few to draw from "
            f"(at least {FEWEST_SECTIONS} are needed), so no difference can be shown either."
        )
    return lines


def _comparison_line(comparison: Comparison, kind: str) -> str:
    name = f"{kind} ({comparison.against})"
    if not comparison.paired:
        return (
            f"Cannot be compared with {name}: its gold is not this gold. "
            "The scores stand side by side, but no difference is claimed."
        )
    verdicts = {one.key: one.verdict for one in comparison.differences}
    found = [(title, verdicts[key]) for key, title in HEADLINES.items() if key in verdicts]
    parts = []
    for verdict in ("better", "worse"):
        names = [title for title, one in found if one == verdict]
        listed = f" ({'; '.join(names)})" if names else ""
        parts.append(f"{verdict} in {len(names) or 'none'}{listed}")
    same = sum(one == "no difference shown" for _, one in found)
    return (
        f"Of {len(found)} headline scores, against {name}: {parts[0]}, {parts[1]}, "
        f"no difference shown in {same or 'none'}."
    )
