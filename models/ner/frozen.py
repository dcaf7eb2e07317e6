"""What released weights reach alone on the frozen split: the gate of every new model.

    python models/ner/frozen.py models/weights [--json FILE]

The frozen split is ``annotations/gold/test``; it is scored here and read nowhere else.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from data import ROOT, Reader
from export import tallied
from scores import Tally
from texts import Text

from pobratim.stages.neural.loading import model_in

FROZEN = ROOT / "annotations/gold/test"


def frozen_texts() -> list[Text]:
    """The split as words and layers; NAME is masked, since our gold does not have it."""
    return list(Reader().gold(FROZEN, "test"))


def scored(folder: Path, texts: list[Text]) -> Tally:
    """The scores of the model in ``folder``, behind the one that reads before it."""
    return tallied(model_in(folder), texts)


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
