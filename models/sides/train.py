"""Learns from marked texts how much each feature of a name tells for its being a side of an agreement.

    PYTHONPATH=pipeline python models/sides/train.py [GOLD ...]

Reads folders of gold documents (by default the development gold and the open passages), lets the
pipeline read their texts, and fits a logistic regression to the names that no rule is sure of, and to
those of ``lessons.txt``, which has sentences for what is rare in gold. The weights go to
``pipeline/pobratim/lexicon/data/sides/weights.toml``. With ``--folds N`` nothing is written; each of
N parts of the documents is judged by weights learnt from the others.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pobratim.lexicon.sides import SideWeights
from pobratim.schema import Document
from pobratim.stages.agreement_features import features
from pobratim.stages.agreements import cases
from pobratim.stages.pipeline import build
from pobratim.stages.workspace import workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc

    from pobratim.stages.workspace import Candidate, Workspace

Span = tuple[int, int]
ROOT = Path(__file__).parents[2]
GOLD = (ROOT / "annotations/gold/dev", ROOT / "eval/passages/open/gold")
LESSONS = Path(__file__).with_name("lessons.txt")
WEIGHTS = ROOT / "pipeline/pobratim/lexicon/data/sides/weights.toml"
ENOUGH = 0.45
STRENGTH = 0.2
STEPS = 25
LEAST = 0.01


class Row(NamedTuple):
    """A name near an agreement of a document; ``side`` if the gold has it as one."""

    document: str
    agreement: int
    side: bool
    key: str
    features: list[str]


class Read(NamedTuple):
    """What is read: the names to learn from, the sides that rules found, and those of the gold."""

    rows: list[Row]
    sure: dict[str, tuple[int, int]]
    gold: dict[str, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="*", type=Path, default=GOLD)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    nlp = build(without=["pobratim_agreements", "pobratim_records"])
    read, lessons = rows_of(nlp, options.gold), rows_of_lessons(nlp, LESSONS)
    if options.folds:
        print(judged(read, lessons, options.folds))
        return
    rows = read.rows + lessons
    WEIGHTS.write_text(as_toml(fitted(rows)), encoding="utf-8")
    print(f"{len(rows)} names, {sum(row.side for row in rows)} sides: {WEIGHTS}")


def rows_of(nlp: Language, folders: list[Path]) -> Read:
    """The names near the agreements of all documents of some folders."""
    read = Read([], {}, {})
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        document = Document.model_validate_json(path.read_text(encoding="utf-8"))
        at = {mention.id: (mention.start, mention.end) for mention in document.mentions}
        sides = {(at[r.head], at[r.tail]) for r in document.relations if r.label == "PARTY"}
        read.gold[document.id] = len(sides)
        doc = nlp(document.text)
        read.sure[document.id] = _add(read.rows, document.id, doc, sides.__contains__)
    return read


def rows_of_lessons(nlp: Language, path: Path) -> list[Row]:
    """The names of the sentences that are written for learning; each agreement has all their sides."""
    rows: list[Row] = []
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    for number, lesson in enumerate("\n".join(lines).strip().split("\n\n")):
        text, sides = unbraced(lesson)
        _add(rows, f"lesson {number}", nlp(text), lambda pair, sides=sides: pair[1] in sides)
    return rows


def unbraced(lesson: str) -> tuple[str, set[Span]]:
    """The text without its braces, and the spans that stood in them."""
    parts = re.split(r"[{}]", lesson)
    ends = list(accumulate(map(len, parts)))
    return "".join(parts), {(ends[at - 1], ends[at]) for at in range(1, len(parts), 2)}


def _add(
    rows: list[Row], document: str, doc: Doc, is_side: Callable[[tuple[Span, Span]], bool]
) -> tuple[int, int]:
    """Adds the names of a document; how many sides that rules name are right, and how many there are."""
    ws = workspace(doc)
    right = found = 0
    for number, (case, _) in enumerate(cases(ws)):
        mention = _span(ws, case.scope.mention)
        sure = {(mention, _span(ws, party)) for party, _, _ in case.found}
        found += len(sure)
        right += sum(map(is_side, sure))
        for one in case.undecided():
            side = is_side((mention, _span(ws, one.name)))
            key = one.name.entity or str(one.name.start)
            rows.append(Row(document, number, side, key, features(case, one)))
    return right, found


def _span(ws: Workspace, candidate: Candidate) -> Span:
    return ws.raw_starts[candidate.start], ws.raw_ends[candidate.end - 1]


def fitted(rows: list[Row]) -> SideWeights:
    """The weights of a logistic regression with a quadratic penalty, by Newton's method."""
    names = sorted({feature for row in rows for feature in row.features})
    at = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names) + 1))
    matrix[:, -1] = 1
    for number, row in enumerate(rows):
        matrix[number, [at[feature] for feature in row.features]] = 1
    truth = np.array([row.side for row in rows], dtype=float)
    penalty = np.full(len(names) + 1, 1 / STRENGTH)
    penalty[-1] = 0
    weights = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (likely - truth) + penalty * weights
        curve = (matrix.T * (likely * (1 - likely))) @ matrix + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    rounded = {name: round(float(weights[at[name]]), 2) for name in names}
    kept = {name: weight for name, weight in rounded.items() if abs(weight) >= LEAST}
    return SideWeights(round(float(weights[-1]), 2), ENOUGH, kept)


def judged(read: Read, lessons: list[Row], folds: int) -> str:
    """Precision, recall and F1 of all sides, those of rules included, in per cent."""
    documents = sorted(read.gold)
    fold = {document: number % folds for number, document in enumerate(documents)}
    chosen: dict[tuple[str, int, str], tuple[float, bool]] = {}
    for part in range(folds):
        taught = [row for row in read.rows if fold[row.document] != part]
        weights = fitted(taught + lessons)
        for row in read.rows:
            if fold[row.document] == part:
                key = row.document, row.agreement, row.key
                told = weights.probability(row.features), row.side
                if told[0] >= ENOUGH:
                    chosen[key] = max(chosen.get(key, told), told)
    by_document: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for (document, _, _), (_, side) in chosen.items():
        by_document[document][0] += side
        by_document[document][1] += 1
    right = sum(one for one, _ in read.sure.values()) + sum(a for a, _ in by_document.values())
    found = sum(one for _, one in read.sure.values()) + sum(b for _, b in by_document.values())
    precision, recall = right / found, right / sum(read.gold.values())
    figures = precision, recall, 2 * precision * recall / (precision + recall)
    return " ".join(f"{100 * figure:.1f}" for figure in figures)


def as_toml(weights: SideWeights) -> str:
    lines = [
        "# Made by models/sides/train.py: how much a feature of a name near an agreement tells for its",
        "# being a side. From the probability `enough` it is one.",
        f"bias = {weights.bias}",
        f"enough = {weights.enough}",
        "",
        "[weights]",
        *(
            f"{json.dumps(name, ensure_ascii=False)} = {weight}"
            for name, weight in sorted(weights.of.items())
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
