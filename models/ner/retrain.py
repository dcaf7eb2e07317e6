"""New weights from corrected documents, released only if they are no worse.

    python models/ner/retrain.py CORRECTED [--weights DIR] [--accurate KEY=VALUE] [--fast KEY=VALUE]

CORRECTED is a folder of documents as ``pobratim review`` exports them. They join our own texts in the
second stage, the student learns anew, and both models are scored on the frozen split beside the
released ones. A model that scores worse is refused: the weights stay as they were, and the exit status
is 1. Needs the first stage's run (``make models``). The last two options change the configs, as ``--set``
of ``train.py`` and ``student.py`` does.
"""

from __future__ import annotations

import argparse
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

from data import Reader
from frozen import frozen_texts, scored
from train import BUILD, ROOT

HERE = Path(__file__).parent
MODELS = ("accurate", "fast")
TIMES = 8
"""How often an epoch goes over the corrected documents, as over our own."""


def step(*words: str | Path) -> None:
    """Run one of the other commands."""
    subprocess.run([sys.executable, *map(str, words)], check=True, cwd=ROOT)


def changed(changes: list[str]) -> list[str]:
    """The changes as options."""
    return [word for change in changes for word in ("--set", change)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corrected", type=Path)
    parser.add_argument("--weights", type=Path, default=ROOT / "models/weights")
    for name in MODELS:
        parser.add_argument(f"--{name}", action="append", default=[], metavar="KEY=VALUE")
    options = parser.parse_args()
    if not (BUILD / "runs/accurate-base/model.pt").is_file():
        sys.exit("the first stage has not been run here; run `make models` once")
    texts = list(Reader().gold(options.corrected, "corrected"))
    if not texts:
        sys.exit(f"no corrected documents in {options.corrected}")
    (BUILD / "data/corrected.pickle").write_bytes(pickle.dumps(texts))
    for name in MODELS:
        shutil.rmtree(BUILD / "runs" / name, ignore_errors=True)
    joined = [f"sources.corrected={TIMES}", *options.accurate]
    step(HERE / "train.py", HERE / "configs/accurate.toml", *changed(joined))
    step(HERE / "teach.py", "--teacher", "accurate", "--also", "corrected")
    step(HERE / "student.py", HERE / "configs/fast.toml", *changed(options.fast))
    new = BUILD / "weights"
    shutil.rmtree(new, ignore_errors=True)
    step(HERE / "export.py", *reversed(MODELS), "--out", new)
    frozen = frozen_texts()
    worse = []
    for name in MODELS:
        before, after = (scored(folder / name, frozen).f1() for folder in (options.weights, new))
        print(f"{name}: {before:.1f} released, {after:.1f} retrained, on the frozen split")
        if after < before:
            worse.append(name)
    if worse:
        sys.exit(f"refused: {' and '.join(worse)} would be worse; the weights are as they were")
    for name in (*MODELS, "vocabulary"):
        shutil.rmtree(options.weights / name, ignore_errors=True)
        shutil.copytree(new / name, options.weights / name)
    print(f"released to {options.weights}")


if __name__ == "__main__":
    main()
