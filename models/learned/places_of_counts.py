"""Learns from marked texts where a figure holds, of the places near it.

    PYTHONPATH=pipeline:models/learned python models/learned/places_of_counts.py [GOLD ...]

Reads folders of gold documents (by default the development gold and the open passages), lets the
pipeline read their texts, and weighs the features of the places near the counts of which no rule is
sure. With ``--folds N`` nothing is written; each of N parts is judged by weights of the others.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fitting import DATA, Row, as_toml, fitted, judged, options

from pobratim.schema import Document
from pobratim.stages.circumstances import Around, case_of, sure_place
from pobratim.stages.pipeline import build
from pobratim.stages.quantities.cells import Cell
from pobratim.stages.quantities.clauses import action, clause, is_modifier
from pobratim.stages.quantities.whereabouts import WEIGHTS, features
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.quantities.nearby import Choice
    from pobratim.stages.quantities.whereabouts import Case

STRENGTH, ENOUGH = 0.2, 0.3

Span = tuple[int, int]


def main() -> None:
    chosen = options(__doc__ or "", strength=STRENGTH, enough=ENOUGH)
    rows, sure, gold = rows_of(chosen.gold)
    how = {"strength": chosen.strength, "enough": chosen.enough}
    if chosen.folds:
        right, found = judged(rows, chosen.folds, **how)
        right, found = right + sum(sure), found + len(sure)
        print(f"P {right / found:.3f} R {right / gold:.3f} F {2 * right / (found + gold):.3f}")
        return
    path = DATA / f"{WEIGHTS}.toml"
    path.write_text(as_toml(fitted(rows, **how), "models/learned/places_of_counts.py"), "utf-8")
    print(f"{len(rows)} places, {sum(row.right for row in rows)} of them right: {path}")


def rows_of(folders: list[Path]) -> tuple[list[Row], list[bool], int]:
    """The places near counts; whether each that a rule is sure of is right; how many gold has."""
    nlp = build(without=["pobratim_circumstances", "pobratim_records"])
    rows: list[Row] = []
    sure: list[bool] = []
    gold = 0
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        document = Document.model_validate_json(path.read_text(encoding="utf-8"))
        at = {mention.id: (mention.start, mention.end) for mention in document.mentions}
        truth = {
            (at[one.head], at[one.tail]) for one in document.relations if one.label == "COUNTED_IN"
        }
        gold += len(truth)
        ws = workspace(nlp(document.text))
        for number, (count, choice, case) in enumerate(cases(ws)):
            span = _span(ws, count)
            if choice is not None:
                sure.append((span, _span(ws, choice.candidate)) in truth)
            for name in case.names if case else ():
                right = (span, _span(ws, name)) in truth
                rows.append(Row(path.stem, number, right, features(case, name)))
    return rows, sure, gold


def cases(ws: Workspace) -> Iterator[tuple[Candidate, Choice | None, Case | None]]:
    """Each count with what a rule is sure of, or else the places near it."""
    counts = ws.of("COUNT")
    around = Around.of(ws, counts)
    for count in counts:
        if isinstance(count.data, Cell) or is_modifier(ws, count):
            continue
        bounds = clause(ws, count)
        choice = sure_place(ws, count, around, bounds)
        verb = action(ws, count, bounds)
        yield count, choice, None if choice else case_of(ws, count, around, verb)


def _span(ws: Workspace, one: Candidate) -> Span:
    return ws.raw_starts[one.start], ws.raw_ends[one.end - 1]


if __name__ == "__main__":
    main()
