"""Learns from marked texts which of the names near an agreement are its sides.

    PYTHONPATH=pipeline:models/learned python models/learned/sides_of_agreements.py [GOLD ...]

Reads folders of gold documents (by default the development gold and the open passages), lets the
pipeline read their texts, and weighs the features of the names that no rule is sure of, and of those
of ``sides_of_agreements.txt``, which has sentences for what is rare in gold. With ``--folds N``
nothing is written; each of N parts is judged by weights of the others.
"""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fitting import DATA, Row, as_toml, fitted, options

from pobratim.schema import Document
from pobratim.stages.agreement_features import features
from pobratim.stages.agreement_likely import WEIGHTS
from pobratim.stages.agreements import cases
from pobratim.stages.pipeline import build
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc

LESSONS = Path(__file__).with_suffix(".txt")
STRENGTH, ENOUGH = 0.2, 0.45

Span = tuple[int, int]


class Read(NamedTuple):
    """The names to learn from and the place that each is a mention of; whether each side that a
    rule is sure of is right; how many sides gold has."""

    rows: list[Row]
    places: list[str]
    sure: list[bool]
    gold: int


def main() -> None:
    chosen = options(__doc__ or "", strength=STRENGTH, enough=ENOUGH)
    nlp = build(without=["pobratim_agreements", "pobratim_records"])
    read, lessons = read_gold(nlp, chosen.gold), rows_of_lessons(nlp, LESSONS)
    how = {"strength": chosen.strength, "enough": chosen.enough}
    if chosen.folds:
        right, found = judged(read, lessons, chosen.folds, **how)
        right, found = right + sum(read.sure), found + len(read.sure)
        print(
            f"P {right / found:.3f} R {right / read.gold:.3f} F {2 * right / (found + read.gold):.3f}"
        )
        return
    rows = read.rows + lessons
    path = DATA / f"{WEIGHTS}.toml"
    path.write_text(as_toml(fitted(rows, **how), "models/learned/sides_of_agreements.py"), "utf-8")
    print(f"{len(rows)} names, {sum(row.right for row in rows)} of them sides: {path}")


def read_gold(nlp: Language, folders: list[Path]) -> Read:
    """The names near the agreements of all documents of some folders."""
    rows: list[Row] = []
    places: list[str] = []
    sure: list[bool] = []
    gold = 0
    for path in sorted(path for folder in folders for path in folder.glob("*.json")):
        document = Document.model_validate_json(path.read_text(encoding="utf-8"))
        at = {mention.id: (mention.start, mention.end) for mention in document.mentions}
        truth = {(at[one.head], at[one.tail]) for one in document.relations if one.label == "PARTY"}
        gold += len(truth)
        _add(Read(rows, places, sure, gold), path.stem, nlp(document.text), truth.__contains__)
    return Read(rows, places, sure, gold)


def rows_of_lessons(nlp: Language, path: Path) -> list[Row]:
    """The names of the sentences that are written for learning; each agreement has all their sides."""
    read = Read([], [], [], 0)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    for number, lesson in enumerate("\n".join(lines).strip().split("\n\n")):
        text, sides = unbraced(lesson)
        _add(read, f"lesson {number}", nlp(text), lambda pair, sides=sides: pair[1] in sides)
    return read.rows


def unbraced(lesson: str) -> tuple[str, set[Span]]:
    """The text without its braces, and the spans that stood in them."""
    parts = re.split(r"[{}]", lesson)
    ends = list(accumulate(map(len, parts)))
    return "".join(parts), {(ends[at - 1], ends[at]) for at in range(1, len(parts), 2)}


def _add(read: Read, document: str, doc: Doc, is_side: Callable[[tuple[Span, Span]], bool]) -> None:
    ws = workspace(doc)
    for number, (case, _) in enumerate(cases(ws)):
        mention = _span(ws, case.scope.mention)
        read.sure.extend(is_side((mention, _span(ws, party))) for party, _, _ in case.found)
        for one in case.undecided():
            right = is_side((mention, _span(ws, one.name)))
            read.rows.append(Row(document, number, right, features(case, one)))
            read.places.append(one.name.entity or str(one.name.start))


def _span(ws: Workspace, one: Candidate) -> Span:
    return ws.raw_starts[one.start], ws.raw_ends[one.end - 1]


def judged(
    read: Read, lessons: list[Row], folds: int, *, strength: float, enough: float
) -> tuple[int, int]:
    """How many sides, one a place, are right, and how many there are, by weights of other folds."""
    documents = sorted({row.document for row in read.rows})
    fold = {document: number % folds for number, document in enumerate(documents)}
    best: dict[tuple[str, int, str], tuple[float, bool]] = {}
    for part in range(folds):
        taught = [row for row in read.rows if fold[row.document] != part]
        weights = fitted(taught + lessons, strength=strength, enough=enough)
        for row, place in zip(read.rows, read.places, strict=True):
            if fold[row.document] == part:
                told = weights.probability(row.features), row.right
                key = row.document, row.case, place
                if told[0] >= enough and told > best.get(key, (0.0, False)):
                    best[key] = told
    return sum(right for _, right in best.values()), len(best)


if __name__ == "__main__":
    main()
