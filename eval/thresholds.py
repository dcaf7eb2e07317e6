"""From which probability a model's span should stand where no rule has something to say.

    python eval/thresholds.py fast [--gold DIR ...] [--suite NAME ...] [--data DIR]

For each label and threshold the strict F1 of the whole pipeline, on gold and on public corpora (by
default our development gold, the open passages, and no corpus). The best of each line goes into
``threshold`` of the model's ``config.json``. Never name a held-out set here.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))

from external.corpora import suites, texts
from external.judging import judged
from rich.console import Console
from rich.table import Table

import pobratim
from pobratim.scoring.documents import read_documents
from pobratim.stages.neural.loading import model_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pobratim.schema import Mention

    Case = tuple[str, Iterable[Mention], Callable[[list[Mention]], Iterable[Mention]]]

ROOT = Path(__file__).resolve().parents[1]
GOLD = (ROOT / "annotations" / "gold" / "dev", ROOT / "eval" / "passages" / "open" / "gold")
GRID = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 2.0)
"""The last is never reached: the rules and their guesses alone."""
LABELS = ("CITY", "REGION", "PERSON", "ORGANIZATION", "EVENT", "ROLE", "AGREEMENT")


def cases(golds: list[Path], names: list[str], data: Path) -> list[Case]:
    """Texts with what is right and what of an answer is judged."""
    found: list[Case] = [
        (one.text, one.mentions, list) for folder in golds for one in read_documents(folder, "gold")
    ]
    for suite in suites():
        if suite.name in names:
            found += [
                (one.text, one.gold, lambda answer, s=suite, t=one: judged(answer, s, t))
                for one in texts(suite, data)
            ]
    return found


def scores(entities: str, found: list[Case]) -> dict[str, float]:
    """Strict F1 of each label, per cent."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for text, gold, judge in found:
        wanted = {(one.label, one.start, one.end) for one in gold}
        answer = pobratim.extract(text, entities=entities).mentions
        given = {(one.label, one.start, one.end) for one in judge(answer)}
        right.update(label for label, _, _ in wanted & given)
        total.update(label for label, _, _ in (*wanted, *given))
    return {label: 200 * right[label] / total[label] for label in total}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("entities", help="fast, accurate, or a model's folder")
    parser.add_argument("--gold", type=Path, action="append")
    parser.add_argument("--suite", action="append", default=[])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "datasets" / "jsonl")
    options = parser.parse_args()
    found = cases(options.gold or list(GOLD), options.suite, options.data)
    threshold = model_of(options.entities).threshold
    rows = []
    for number in GRID:
        threshold.update(dict.fromkeys(threshold, number))
        rows.append(scores(options.entities, found))
    table = Table(title=f"{options.entities}: strict F1 by threshold, {len(found)} texts")
    for heading in ("label", *map(str, GRID[:-1]), "never"):
        table.add_column(heading, justify="left" if heading == "label" else "right")
    for label in LABELS:
        values = [row.get(label, 0.0) for row in rows]
        best = max(values)
        table.add_row(label, *(f"[b]{v:.1f}[/b]" if v == best else f"{v:.1f}" for v in values))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
