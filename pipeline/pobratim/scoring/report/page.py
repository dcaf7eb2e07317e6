"""The report's page: what is on it. How it looks is in ``templates``."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from pobratim.scoring.assignment import require_extra
from pobratim.scoring.metrics import MICRO, Key
from pobratim.scoring.mistakes import KINDS
from pobratim.scoring.report import charts
from pobratim.scoring.report.charts import Series
from pobratim.scoring.wording import headlines, interval, percent, verdict_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.scoring.evaluation import Evaluation
    from pobratim.scoring.summary import Comparison, Confusion, Estimate, Group, Score, Summary

MOST_MISTAKES = 2000
"""More mistakes than this are in ``mistakes.jsonl`` only: a page has to open on a phone."""

MOST_DOCUMENTS = 60

KIND_NAMES = {
    "missed": "missed",
    "spurious": "spurious",
    "label": "wrong label",
    "boundary": "wrong boundary",
    "value": "wrong value",
    "relation": "wrong relation",
    "record": "wrong record",
}
_SUBJECTS = (
    ("Values, span and value", "values", "end to end"),
    ("Values, accuracy on spans found", "values", "accuracy"),
    ("Relations, both arguments exact", "relations", "strict"),
    ("Relations, both arguments overlap", "relations", "lenient"),
    ("Records, slot by slot", "records", "slots"),
    ("Records right in every slot", "records", "complete"),
    ("City identifiers, accuracy on cities found", "linking", "accuracy"),
)


class Figure(NamedTuple):
    """A chart with its heading and, below it, how to read it. ``svg`` is our own markup."""

    title: str
    svg: str
    note: str = ""


def render(evaluation: Evaluation, baseline: Summary | None = None) -> str:
    """The page as HTML.

    Raises:
        EvaluationError: Matplotlib or Jinja2 is not installed.
    """
    require_extra("jinja2", "matplotlib")
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("pobratim.scoring.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "interval": interval}
    summary = evaluation.summary
    script = _asset("report.js")
    shown = evaluation.mistakes[:MOST_MISTAKES]
    return environment.get_template("report.html.j2").render(
        summary=summary,
        baseline=baseline,
        verdict=verdict_lines(summary),
        headlines=headlines(summary, baseline),
        verdict_figures=_verdict_figures(summary, baseline),
        label_figure=_label_figure(summary, baseline),
        schemes=[
            (one, summary.find(Key("mentions", one.scheme, MICRO))) for one in summary.outcomes
        ],
        label_scores=_of(summary, "mentions", "strict"),
        subjects=[(title, _of(summary, family, m)) for title, family, m in _SUBJECTS],
        slots=_slot_scores(summary),
        confusion=_heat(summary.confusion),
        group_figures=_group_figures(summary),
        score_figures=_score_figures(summary),
        comparison=summary.comparison,
        mistakes=shown,
        hidden=len(evaluation.mistakes) - len(shown),
        kinds=[(kind, KIND_NAMES[kind]) for kind in KINDS if summary.mistakes.get(kind)],
        kind_names=KIND_NAMES,
        mistake_labels=sorted({one.label for one in shown}),
        mistake_languages=sorted({one.language for one in shown}),
        mistake_documents=sorted({one.document for one in shown}),
        style=_asset("report.css"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _asset(name: str) -> str:
    folder = resources.files("pobratim.scoring.report") / "templates"
    return (folder / name).read_text(encoding="utf-8")


def _of(summary: Summary, family: str, measure: str | None) -> list[Score]:
    return [
        score
        for score in summary.scores
        if score.family == family and (measure is None or score.measure == measure)
    ]


def _slot_scores(summary: Summary) -> dict[str, list[Score]]:
    slots: dict[str, list[Score]] = {}
    for score in summary.scores:
        if score.family == "records" and score.measure not in ("slots", "complete"):
            slots.setdefault(score.measure, []).append(score)
    return slots


def _verdict_figures(summary: Summary, baseline: Summary | None) -> list[Figure]:
    lines = headlines(summary, baseline)
    names = [line.name for line in lines]
    series = [Series("this system", [line.score.f1 for line in lines])]
    if baseline is not None:
        old = [line.baseline.f1 if line.baseline else None for line in lines]
        series.append(Series("baseline of record", old))
    figures = [
        Figure(
            "Headline scores",
            charts.score_chart("headline", names, series, "Headline scores with intervals"),
            "F1 in per cent (accuracy for identifiers). Whiskers are 95 % intervals.",
        )
    ]
    labels = {line.key: line.name for line in lines}
    for name, title, comparison in (
        ("baseline", "Difference from the baseline of record", summary.baseline),
        ("other", "Difference from the other system", summary.comparison),
    ):
        figures.extend(_difference_figure(name, title, comparison, labels))
    return figures


def _difference_figure(
    name: str, title: str, comparison: Comparison | None, names: dict[Key, str]
) -> Iterable[Figure]:
    if comparison is None or not comparison.paired:
        return
    by_key = {one.key: one for one in comparison.differences}
    chosen = [key for key in names if key in by_key]
    yield Figure(
        title,
        charts.difference_chart(
            f"difference-{name}", [names[key] for key in chosen], [by_key[key] for key in chosen]
        ),
        "Right of the line is better; a whisker that touches it shows no difference. "
        "Drawn in pairs on the same sections.",
    )


def _label_figure(summary: Summary, baseline: Summary | None) -> Figure:
    scores = _of(summary, "mentions", "strict")
    series = [Series("this system", [score.f1 for score in scores])]
    if baseline is not None:
        old = [baseline.find(score.key) for score in scores]
        series.append(Series("baseline of record", [one.f1 if one else None for one in old]))
    return Figure(
        "Mentions by label, strict",
        charts.score_chart("labels", [s.label for s in scores], series, "Strict F1 by label"),
        "Span and label both exact. Micro counts every mention alike, macro every label.",
    )


def _group_figures(summary: Summary) -> list[Figure]:
    figures = []
    if len(summary.languages) > 1:
        lines = headlines(summary)
        series = [
            Series(group.name, [_group_score(group, line.key) for line in lines])
            for group in summary.languages[:3]
        ]
        names = [line.name for line in lines]
        figures.append(
            Figure(
                "By language",
                charts.score_chart("languages", names, series, "Headline scores by language"),
                " · ".join(f"{one.name}: {one.sections} sections" for one in summary.languages),
            )
        )
    key = Key("mentions", "strict", MICRO)
    documents = summary.by_document[:MOST_DOCUMENTS]
    names = [f"{group.name} ({group.sections})" for group in documents]
    series = [Series("this system", [_group_score(group, key) for group in documents])]
    rest = len(summary.by_document) - len(documents)
    note = "Strict F1 of mentions; in brackets the number of sections. " + (
        f"{rest} more documents are in the summary. " if rest else ""
    )
    note += "Documents of fewer than five sections have no interval."
    drawn = charts.score_chart("documents", names, series, "Strict F1 by document")
    return [*figures, Figure("By document", drawn, note)]


def _group_score(group: Group, key: Key) -> Estimate | None:
    return next((score.f1 for score in group.scores if score.key == key), None)


def _score_figures(summary: Summary) -> list[Figure]:
    figures = []
    if summary.curve:
        best = max(summary.curve, key=lambda point: point.f1 or 0)
        figures.append(
            Figure(
                "Score threshold",
                charts.curve_chart("curve", summary.curve),
                f"Mentions, strict. F1 is highest, {percent(best.f1)} %, at {best.threshold:.2f}; "
                "a threshold chosen on this gold flatters itself.",
            )
        )
    if summary.calibration is not None:
        figures.append(
            Figure(
                "Calibration of the score",
                charts.calibration_chart("calibration", summary.calibration),
                "Expected calibration error, per cent: "
                f"{interval(summary.calibration.error)}. On the diagonal a score is the share "
                "of such mentions that are right.",
            )
        )
    return figures


class Cell(NamedTuple):
    """A cell of the confusion matrix; ``share`` is of its row (0 to 1), ``right`` its diagonal."""

    number: int
    share: float
    right: bool


def _heat(confusion: Confusion) -> list[tuple[str, list[Cell]]]:
    rows: list[tuple[str, list[Cell]]] = []
    for number, (label, counts) in enumerate(zip(confusion.labels, confusion.counts, strict=True)):
        total = sum(counts) or 1
        last = number == len(confusion.labels) - 1
        cells = [
            Cell(count, round(count / total, 3), column == number and not last)
            for column, count in enumerate(counts)
        ]
        rows.append((label, cells))
    return rows
