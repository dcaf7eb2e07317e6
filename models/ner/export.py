"""Trained models to what the program reads: ONNX in int8, a table of pieces, a config.

    python models/ner/export.py accurate fast [--out models/weights]

Both share one vocabulary. The exported model is run once beside the trained one, and the command
fails where they disagree on more words than int8 explains.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from graph import served
from heads import decode
from scores import Tally
from student import Config as StudentConfig
from student import Example, Student, Types, example
from student import judge as judge_student
from texts import LABELS, UPOS, Text, load
from torch import nn
from train import BUILD, JUDGED, ROOT, Config, Tagger, judge
from windows import Window, windows

from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.vectors import WordVectors

WINDOW = 128
THRESHOLDS = {
    "CITY": 0.9,
    "REGION": 0.8,
    "ORGANIZATION": 0.8,
    "EVENT": 0.8,
    "ROLE": 0.9,
    "AGREEMENT": 0.7,
}
"""From which probability a span stands without a rule; chosen by ``eval/thresholds.py`` on the public
development sets. Labels without a line: one half."""
MOST_LOST = 1.0
"""Points of F1 that int8 may cost on a judged set."""


def session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def pieces_model(name: str, run: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The large model."""
    config = Config(**run["config"])
    model = Tagger(config)
    model.load_state_dict(torch.load(BUILD / "runs" / config.name / "model.pt", weights_only=True))
    model.eval()
    cut = Pieces(BUILD / "encoder/tokenizer.json")
    found = {
        judged: [
            w for text in load(BUILD / "data", judged) for w in windows(text, cut, config.window)
        ]
        for judged in JUDGED
    }
    before = {judged: judge(model, found[judged]).f1() for judged in JUDGED}
    path = folder / "model.onnx"
    onnx.save(served(model), path)
    network = session(path)
    scores = {}
    for judged in JUDGED:
        tally = Tally()
        for window in found[judged]:
            tally.add(
                window.text.layers[window.first : window.last], said_by_pieces(network, window)
            )
        scores[judged] = (before[judged], tally.f1(), tally.table())
    _check(scores)
    return {"kind": "pieces", "max_pieces": WINDOW, "scores": {k: v[2] for k, v in scores.items()}}


def said_by_pieces(
    network: onnxruntime.InferenceSession, window: Window
) -> list[tuple[int, int, int, float]]:
    """The large model's spans in a window, by what is released alone."""
    fed = {"input_ids": np.array([window.pieces]), "firsts": np.array([0, *window.heads])}
    logits = torch.from_numpy(network.run(None, fed)[0][0, 1:])
    return decode(logits.view(-1, len(LABELS), 3).softmax(-1), [len(window.heads)])


def words_model(name: str, run: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The small model: a table of pieces in int8, the shapes, and the network."""
    config = StudentConfig(**run["config"])
    state = torch.load(BUILD / "runs" / config.name / "model.pt", weights_only=True)
    model = Student(config, state["vectors"])
    model.load_state_dict(state)
    model.eval()
    table = model.table().detach().numpy()
    table[1] = 0
    scales = np.maximum(np.abs(table).max(1) / 127, 1e-6).astype(np.float16)
    whole = scales[:, None].astype(np.float32)
    np.save(folder / "pieces.npy", np.rint(table / whole).clip(-127, 127).astype(np.int8))
    np.save(folder / "scales.npy", scales)
    np.save(folder / "shapes.npy", model.shapes.weight.detach().numpy())
    if config.embeddings:
        np.save(
            folder / "embeddings.npy", np.ascontiguousarray(model.know.weight.detach().numpy().T)
        )
    path = folder / "model.onnx"
    _export(model.network, torch.randn(50, config.width), path)
    network = session(path)
    cut = Pieces(BUILD / "encoder/tokenizer.json")
    vectors = WordVectors(folder, Pieces(folder / "../vocabulary/tokenizer.json"))
    scores = {}
    for judged in JUDGED:
        texts = load(BUILD / "data", judged)
        types = Types(cut, state["vectors"])
        found = [example(text, types, None) for text in texts]
        before, _ = judge_student(model, found, types.matrices())
        tally = Tally()
        for one, text in zip(found, texts, strict=True):
            tally.add(one.layers, said_by_words(network, vectors, one, text))
        scores[judged] = (before.f1(), tally.f1(), tally.table())
    _check(scores)
    return {
        "kind": "words",
        "context": config.depth,
        "upos": list(UPOS),
        "scores": {k: v[2] for k, v in scores.items()},
    }


def _export(model: nn.Module, x: torch.Tensor, path: Path) -> None:
    axes = {0: "rows"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (x,),
            str(path),
            input_names=["x"],
            output_names=["ner", "upos"],
            dynamic_axes={"x": axes, "ner": axes, "upos": axes},
            opset_version=17,
            dynamo=False,
        )


def said_by_words(
    network: onnxruntime.InferenceSession, vectors: WordVectors, one: Example, text: Text
) -> list[tuple[int, int, int, float]]:
    """The small model's spans in a text, by what is released alone."""
    at = vectors.rows(text.words, text.spaced.tolist())
    rows = np.zeros((one.size, vectors.width), np.float32)
    rows[one.at] = vectors.matrix[at]
    ner = torch.from_numpy(network.run(["ner"], {"x": rows})[0])[one.at]
    return decode(ner.view(-1, len(LABELS), 3).softmax(-1), [len(one.types)])


def _check(scores: dict[str, tuple[float, float, Any]]) -> None:
    for judged, (before, after, _) in scores.items():
        print(f"{judged}: F1 {before:.1f} as trained, {after:.1f} as exported")
        if before - after > MOST_LOST:
            raise SystemExit(f"exporting costs more than {MOST_LOST} points on {judged}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT / "models/weights")
    parser.add_argument("--version", default="2.0.0")
    options = parser.parse_args()
    (options.out / "vocabulary").mkdir(parents=True, exist_ok=True)
    shutil.copy(BUILD / "encoder/tokenizer.json", options.out / "vocabulary")
    for name in options.names:
        run = json.loads((BUILD / "runs" / name / "result.json").read_text())
        folder = options.out / name
        folder.mkdir(exist_ok=True)
        make = words_model if "width" in run["config"] else pieces_model
        made = make(name, run, folder)
        config = {
            "name": name,
            "version": options.version,
            "vocabulary": "../vocabulary/tokenizer.json",
            "labels": list(LABELS),
            "temperature": dict.fromkeys(LABELS, 1.0),
            "threshold": {label: THRESHOLDS.get(label, 0.5) for label in LABELS},
            **made,
        }
        text = json.dumps(config, indent=1, ensure_ascii=False)
        (folder / "config.json").write_text(text + "\n", encoding="utf-8")
        print(name, f"{sum(p.stat().st_size for p in folder.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
