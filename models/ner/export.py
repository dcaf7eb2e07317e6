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
from calibration import moved, temperature
from graph import CALMED, served
from heads import decode
from scores import Span, Tally
from student import Config as StudentConfig
from student import Example, Student, Types, example
from student import judge as judge_student
from texts import LABELS, UPOS, Text, load
from torch import nn
from train import BUILD, JUDGED, ROOT, Config, Tagger, judge
from windows import Window, batches, windows

from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.vectors import WordVectors

WINDOW = 128
Answer = tuple[np.ndarray, np.ndarray]
"""Logits of a window or text and its layers."""
THRESHOLDS = {
    "CITY": 0.9,
    "REGION": 0.8,
    "ORGANIZATION": 0.8,
    "EVENT": 0.8,
    "ROLE": 0.9,
    "AGREEMENT": 0.7,
}
"""From which probability a span stands without a rule; chosen by ``eval/thresholds.py`` on the public
development sets, before temperatures. Labels without a line: one half."""
CALIBRATED = ("dev", "open", "crossner-politics-train")
"""Training texts that tell how far the numbers between the layers go."""
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
    onnx.save(served(model, peaks(model, config, cut)), path)
    network = session(path)
    answers: list[Answer] = []
    scores = {}
    for judged in JUDGED:
        tally = Tally()
        for window in found[judged]:
            logits = logits_of_pieces(network, window)
            layers = window.text.layers[window.first : window.last]
            tally.add(layers, spans_of(logits))
            answers.append((logits, layers))
        scores[judged] = (before[judged], tally.f1(), tally.table())
    _check(scores)
    return {
        **trust(answers),
        "kind": "pieces",
        "max_pieces": WINDOW,
        "scores": {k: v[2] for k, v in scores.items()},
    }


def peaks(model: Tagger, config: Config, cut: Pieces) -> dict[str, np.ndarray]:
    """How far each input of the matrices to be calmed goes in some of our own training texts."""
    found: dict[str, np.ndarray] = {}

    def seen(name: str, values: torch.Tensor) -> None:
        most = values.detach().float().abs().flatten(0, -2).amax(0).numpy()
        found[name] = np.maximum(most, found.get(name, 0))

    hooks = [
        module.register_forward_hook(lambda _, given, __, name=name: seen(name, given[0]))
        for name, module in model.named_modules()
        if name.endswith(CALMED)
    ]
    texts = load(BUILD / "data", *CALIBRATED)[::8]
    with torch.no_grad():
        for batch in batches(
            [w for t in texts for w in windows(t, cut, config.window)], 4096, None
        ):
            model.words(batch)
    for hook in hooks:
        hook.remove()
    return found


def logits_of_pieces(network: onnxruntime.InferenceSession, window: Window) -> np.ndarray:
    """The large model's logits of a window's words, by what is released alone."""
    fed = {"input_ids": np.array([window.pieces]), "firsts": np.array([0, *window.heads])}
    logits: np.ndarray = network.run(None, fed)[0][0, 1:]
    return logits


def spans_of(logits: np.ndarray) -> list[Span]:
    """The spans in one window or text."""
    shares = torch.from_numpy(logits).view(-1, len(LABELS), 3).softmax(-1)
    return decode(shares, [len(logits)])


def trust(answers: list[Answer]) -> dict[str, dict[str, float]]:
    """Each label's temperature on the judged sets, and its threshold under it."""
    logits = np.concatenate([one for one, _ in answers]).reshape(-1, len(LABELS), 3)
    layers = np.concatenate([one for _, one in answers])
    found = {label: temperature(logits[:, k], layers[:, k]) for k, label in enumerate(LABELS)}
    return {
        "temperature": found,
        "threshold": {label: moved(THRESHOLDS.get(label, 0.5), found[label]) for label in LABELS},
    }


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
    answers: list[Answer] = []
    scores = {}
    for judged in JUDGED:
        texts = load(BUILD / "data", judged)
        types = Types(cut, state["vectors"])
        found = [example(text, types, None) for text in texts]
        before, _ = judge_student(model, found, types.matrices())
        tally = Tally()
        for one, text in zip(found, texts, strict=True):
            logits = logits_of_words(network, vectors, one, text)
            tally.add(one.layers, spans_of(logits))
            answers.append((logits, one.layers))
        scores[judged] = (before.f1(), tally.f1(), tally.table())
    _check(scores)
    return {
        **trust(answers),
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


def logits_of_words(
    network: onnxruntime.InferenceSession, vectors: WordVectors, one: Example, text: Text
) -> np.ndarray:
    """The small model's logits of a text's words, by what is released alone."""
    at = vectors.rows(text.words, text.spaced.tolist())
    rows = np.zeros((one.size, vectors.width), np.float32)
    rows[one.at] = vectors.matrix[at]
    logits: np.ndarray = network.run(["ner"], {"x": rows})[0][one.at]
    return logits


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
            **made,
        }
        text = json.dumps(config, indent=1, ensure_ascii=False)
        (folder / "config.json").write_text(text + "\n", encoding="utf-8")
        print(name, f"{sum(p.stat().st_size for p in folder.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
