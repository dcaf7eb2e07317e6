"""The summary as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.scoring.wording import ABSENT, headlines, interval, percent, verdict_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pobratim.scoring.summary import Score, Summary

_SPECIAL = str.maketrans({"|": r"\|", "<": "&lt;", "&": "&amp;", "\n": " ", "`": r"\`"})


def to_markdown(summary: Summary, baseline: Summary | None = None) -> str:
    """A page for a pull request or a changelog: verdict, headline scores, every table."""
    parts = [
        "# Evaluation",
        f"System: {_cell(summary.system)}  \nGold: {_cell(summary.gold)}, "
        f"{summary.sections} sections of {summary.documents} documents  \n"
        f"Scores are per cent, with 95 % bootstrap intervals over sections "
        f"({summary.resamples} resamples, seed {summary.seed}).",
        *(_cell(line) for line in verdict_lines(summary)),
        _headline_table(summary, baseline),
        "## Scores",
        _table(
            ("Family", "Measure", "Label", "Precision", "Recall", "F1", "Gold", "System"),
            [_row(score) for score in summary.scores],
        ),
        "## Languages",
        *(_group_table(group.name, group.sections, group.scores) for group in summary.languages),
    ]
    if summary.comparison is not None and summary.comparison.paired:
        parts += [f"## Compared with {_cell(summary.comparison.against)}", _differences(summary)]
    return "\n\n".join(parts) + "\n"


def _headline_table(summary: Summary, baseline: Summary | None) -> str:
    rows = []
    for line in headlines(summary, baseline):
        change = line.difference
        rows.append(
            (
                line.name,
                interval(line.score.f1),
                interval(line.baseline.f1) if line.baseline else ABSENT,
                interval(change.difference, signed=True) if change else ABSENT,
                change.verdict if change else ABSENT,
            )
        )
    return _table(("Score (F1)", "System", "Baseline", "Difference", "Verdict"), rows)


def _group_table(name: str, sections: int, scores: Sequence[Score]) -> str:
    rows = [_row(score) for score in scores if score.label in ("micro", "macro", "CITY")]
    header = ("Family", "Measure", "Label", "Precision", "Recall", "F1", "Gold", "System")
    return f"### {_cell(name)} ({sections} sections)\n\n{_table(header, rows)}"


def _differences(summary: Summary) -> str:
    assert summary.comparison is not None
    rows = [
        (*one.key, interval(one.difference, signed=True), one.verdict)
        for one in summary.comparison.differences
    ]
    return _table(("Family", "Measure", "Label", "Difference of F1", "Verdict"), rows)


def _row(score: Score) -> tuple[str, ...]:
    return (
        *score.key,
        percent(score.precision.value),
        percent(score.recall.value),
        interval(score.f1),
        ABSENT if score.gold is None else str(score.gold),
        ABSENT if score.system is None else str(score.system),
    )


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.translate(_SPECIAL)
