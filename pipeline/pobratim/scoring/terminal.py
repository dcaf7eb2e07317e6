"""The summary as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group as Lines
from rich.table import Table
from rich.text import Text

from pobratim.scoring.evaluation import HEADLINES
from pobratim.scoring.wording import ABSENT, headlines, interval, percent, verdict_lines

if TYPE_CHECKING:
    from rich.console import RenderableType

    from pobratim.scoring.summary import Comparison, Summary

_STYLES = {"better": "green", "worse": "red", "no difference shown": "dim"}


def to_terminal(summary: Summary, baseline: Summary | None = None) -> RenderableType:
    """The headline scores, the labels, and the verdict."""
    parts: list[RenderableType] = [_headlines(summary, baseline), _labels(summary)]
    if summary.comparison is not None and summary.comparison.paired:
        parts.append(_comparison(summary.comparison))
    parts.extend(Text(line) for line in verdict_lines(summary))
    return Lines(*parts)


def _headlines(summary: Summary, baseline: Summary | None) -> Table:
    table = Table(title=f"{summary.sections} sections of {summary.documents} documents, per cent")
    table.add_column("score")
    for name in ("precision", "recall", "F1 (95 %)"):
        table.add_column(name, justify="right")
    if baseline is not None:
        table.add_column("baseline F1", justify="right")
        table.add_column("difference", justify="right")
    for line in headlines(summary, baseline):
        cells: list[RenderableType] = [
            Text(line.name),
            percent(line.score.precision.value),
            percent(line.score.recall.value),
            interval(line.score.f1),
        ]
        if baseline is not None:
            cells.append(interval(line.baseline.f1) if line.baseline else ABSENT)
            change = line.difference
            style = _STYLES[change.verdict] if change else "dim"
            text = interval(change.difference, signed=True) if change else ABSENT
            cells.append(Text(text, style=style))
        table.add_row(*cells)
    return table


def _labels(summary: Summary) -> Table:
    table = Table(title="mentions, strict, by label")
    table.add_column("label")
    for name in ("gold", "system", "precision", "recall", "F1 (95 %)"):
        table.add_column(name, justify="right")
    for score in summary.scores:
        if score.family == "mentions" and score.measure == "strict":
            table.add_row(
                score.label,
                ABSENT if score.gold is None else str(score.gold),
                ABSENT if score.system is None else str(score.system),
                percent(score.precision.value),
                percent(score.recall.value),
                interval(score.f1),
            )
    return table


def _comparison(comparison: Comparison) -> Table:
    table = Table(title=Text(f"difference of F1 from {comparison.against}"))
    table.add_column("score", overflow="fold")
    table.add_column("points (95 %)", justify="right")
    table.add_column("verdict")
    for one in comparison.differences:
        if one.key in HEADLINES:
            text = interval(one.difference, signed=True)
            table.add_row(HEADLINES[one.key], text, Text(one.verdict, style=_STYLES[one.verdict]))
    return table
