"""The report's charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pobratim.scoring.report import svg
from pobratim.scoring.report.svg import ACCENT, BAD, GOOD, INK, LINE, MUTED, PAPER, SECOND, THIRD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from pobratim.scoring.summary import Calibration, CurvePoint, Difference, Estimate

_WIDTH = 4.4
_ROW = 0.33
_LONGEST = 26


class Series(NamedTuple):
    """Estimates with one mark: one for each row of a chart, or none."""

    name: str
    estimates: Sequence[Estimate | None]


_MARKS = (
    {"color": ACCENT, "marker": "o", "markersize": 6.5, "linewidth": 2.2},
    {"color": MUTED, "marker": "D", "markersize": 4.5, "linewidth": 1.2, "markerfacecolor": PAPER},
    {"color": SECOND, "marker": "s", "markersize": 4.5, "linewidth": 1.4},
)


def score_chart(name: str, rows: Sequence[str], series: Sequence[Series], description: str) -> str:
    """Scores in per cent with intervals as whiskers, a row for each name."""
    with svg.drawing(name):
        axes = _axes(len(rows) * (0.75 + 0.25 * len(series)) * _ROW + 0.55)
        spread = 0.16 * (len(series) - 1)
        for number, one in enumerate(series):
            offset = -spread + 2 * spread * number / max(1, len(series) - 1)
            _whiskers(axes, one, _MARKS[number % len(_MARKS)], offset)
        _name_rows(axes, rows)
        axes.set_xlim(0, 100)
        axes.set_xticks(range(0, 101, 25))
        axes.grid(axis="x")
        if len(series) > 1:
            _legend(axes)
        return svg.to_svg(axes.figure, name, description)  # type: ignore[arg-type]


def _whiskers(axes: Axes, series: Series, mark: dict[str, object], offset: float) -> None:
    style = {key: value for key, value in mark.items() if key in ("color", "linewidth")}
    xs, ys = [], []
    for row, estimate in enumerate(series.estimates):
        if estimate is None or estimate.value is None:
            continue
        xs.append(estimate.value * 100)
        ys.append(row + offset)
        if estimate.low is not None and estimate.high is not None:
            ends = [estimate.low * 100, estimate.high * 100]
            axes.plot(ends, [row + offset] * 2, solid_capstyle="round", **style)  # type: ignore[arg-type]
    axes.plot(xs, ys, **{**mark, "linewidth": 0}, label=series.name, clip_on=False)  # type: ignore[arg-type]


def difference_chart(name: str, rows: Sequence[str], differences: Sequence[Difference]) -> str:
    """Differences of F1 in points with their intervals about zero, coloured by verdict."""
    colours = {"better": GOOD, "worse": BAD, "no difference shown": MUTED}
    with svg.drawing(name):
        axes = _axes(len(rows) * _ROW + 0.6)
        widest = 1.0
        for row, one in enumerate(differences):
            estimate, colour = one.difference, colours[one.verdict]
            value = (estimate.value or 0) * 100
            widest = max(widest, abs(value))
            if estimate.low is not None and estimate.high is not None:
                ends = [estimate.low * 100, estimate.high * 100]
                widest = max(widest, *map(abs, ends))
                axes.plot(ends, [row, row], color=colour, linewidth=2.2, solid_capstyle="round")
            axes.plot([value], [row], color=colour, marker="o", markersize=6.5)
        _name_rows(axes, rows)
        axes.axvline(0, color=INK, linewidth=0.9)
        axes.set_xlim(-widest * 1.1, widest * 1.1)
        axes.grid(axis="x")
        axes.set_xlabel("points of F1")
        return svg.to_svg(axes.figure, name, "Differences of F1 with 95 % intervals")  # type: ignore[arg-type]


def curve_chart(name: str, curve: Sequence[CurvePoint]) -> str:
    """Precision, recall and F1 by threshold."""
    with svg.drawing(name):
        axes = _axes(3.0)
        xs = [point.threshold for point in curve]
        for label, colour, width in (("precision", SECOND, 1.6), ("recall", THIRD, 1.6)):
            ys = [_percent(getattr(point, label)) for point in curve]
            axes.plot(xs, ys, color=colour, linewidth=width, label=label)
        f1 = [_percent(point.f1) for point in curve]
        axes.plot(xs, f1, color=ACCENT, linewidth=2.4, label="F1")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 102)
        axes.grid()
        axes.set_xlabel("mentions with at least this score are kept")
        _legend(axes)
        return svg.to_svg(
            axes.figure,  # type: ignore[arg-type]
            name,
            "Precision, recall and F1 of mentions by score threshold",
        )


def calibration_chart(name: str, calibration: Calibration) -> str:
    """Share right by mean score, above the number of mentions in each bin."""
    with svg.drawing(name):
        from matplotlib.figure import Figure

        figure = Figure(figsize=(_WIDTH, 3.6), layout="constrained")
        axes, below = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
        filled = [
            one for one in calibration.bins if one.score is not None and one.right is not None
        ]
        axes.plot([0, 1], [0, 100], color=LINE, linewidth=1.2)
        axes.plot(
            [one.score or 0 for one in filled],
            [_percent(one.right) for one in filled],
            color=ACCENT,
            marker="o",
            markersize=5.5,
            linewidth=1.6,
            clip_on=False,
        )
        axes.set_ylim(0, 102)
        axes.set_ylabel("right, %")
        axes.grid()
        centres = [(one.low + one.high) / 2 for one in calibration.bins]
        below.bar(centres, [one.count for one in calibration.bins], width=0.09, color=MUTED)
        below.set_xlim(0, 1)
        below.set_xlabel("score")
        below.set_ylabel("mentions")
        below.locator_params(axis="y", nbins=3)
        return svg.to_svg(figure, name, "Share of mentions that are right by their score")


def _axes(height: float) -> Axes:
    from matplotlib.figure import Figure

    return Figure(figsize=(_WIDTH, height), layout="constrained").subplots()


def _legend(axes: Axes) -> None:
    figure: Any = axes.figure
    figure.legend(loc="outside upper left", ncols=3, borderaxespad=0, columnspacing=1.2)


def _name_rows(axes: Axes, rows: Sequence[str]) -> None:
    axes.set_yticks(range(len(rows)), [_short(row) for row in rows])
    axes.set_ylim(len(rows) - 0.45, -0.55)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", pad=8)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 :]}"


def _percent(value: float | None) -> float:
    return float("nan") if value is None else value * 100
