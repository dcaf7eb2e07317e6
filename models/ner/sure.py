"""How sure the first of two models must be, and how much the second one's word weighs.

    python models/ner/sure.py models/weights/accurate nerel-dev crossner-politics-dev dev open

For each number the share of words that go on to the second model, and the strict F1 of both together on
each set of ``build/models/data``, over the labels for whose sake sentences go on. What is best goes into
``FIRST`` of ``export.py``.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import product
from pathlib import Path

from export import tallied
from texts import LABELS, Text, load
from train import BUILD

from pobratim.stages.neural.cascade import FOR_RULES, Cascade
from pobratim.stages.neural.loading import model_in

SURE = (0.0, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 1.0)
SHARE = (0.5, 0.6, 0.7, 0.8)
JUDGED = [label for label in LABELS if label not in FOR_RULES]


def going_on(model: Cascade, texts: list[Text]) -> float:
    """The share of words in sentences that the first model doubts, per cent."""
    doubted = 0
    for text in texts:
        logits, _ = model.first.logits(text.page)
        doubted += sum(end - start for start, end in model.doubted(text.page, logits))
    return 100 * doubted / sum(len(text.words) for text in texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--sure", type=float, action="append")
    parser.add_argument("--share", type=float, action="append")
    options = parser.parse_args()
    model = model_in(options.weights)
    if not isinstance(model, Cascade):
        parser.error(f"no model reads before {options.weights}")
    sets = {name: load(BUILD / "data", name) for name in options.sets}
    print("| sure | share |", *(f"{name}, words that go on | F1 |" for name in sets))
    print("|---:|---:|" + "---:|---:|" * len(sets))
    for sure, share in product(options.sure or SURE, options.share or SHARE):
        model.given = replace(model.given, sure=sure, share=share)
        figures = [
            f" {going_on(model, texts):.0f} % | {tallied(model, texts).f1(*JUDGED):.1f} |"
            for texts in sets.values()
        ]
        print(f"| {sure} | {share} |", *figures, flush=True)


if __name__ == "__main__":
    main()
