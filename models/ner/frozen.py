"""What released weights reach alone on the frozen split: the gate of every new model.

    python models/ner/frozen.py models/weights [--json FILE]

The frozen split is ``annotations/gold/test``; it is scored here and read nowhere else.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from data import ROOT, Reader
from export import logits_of_pieces, logits_of_words, session, spans_of
from scores import Tally
from student import Types, example
from texts import Text
from windows import windows

from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.vectors import WordVectors

FROZEN = ROOT / "annotations/gold/test"


def frozen_texts() -> list[Text]:
    """The split as words and layers; NAME is masked, since our gold does not have it."""
    return list(Reader().gold(FROZEN, "test"))


def scored(folder: Path, texts: list[Text]) -> Tally:
    """The scores of the model in ``folder``."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    cut = Pieces(folder / config["vocabulary"])
    served = session(folder / "model.onnx")
    tally = Tally()
    if config["kind"] == "pieces":
        found = [w for text in texts for w in windows(text, cut, config["max_pieces"])]
        for window in found:
            logits = logits_of_pieces(served, window)
            tally.add(window.text.layers[window.first : window.last], spans_of(logits))
        return tally
    vectors = WordVectors(folder, cut)
    types = Types(cut, torch.zeros(cut.size, 1))
    for text in texts:
        one = example(text, types, None)
        tally.add(one.layers, spans_of(logits_of_words(served, vectors, one, text)))
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    texts = frozen_texts()
    found = {
        folder.name: scored(folder, texts).table()
        for folder in sorted(options.weights.iterdir())
        if (folder / "config.json").is_file()
    }
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n")
    for name, table in found.items():
        print(name, table)


if __name__ == "__main__":
    main()
