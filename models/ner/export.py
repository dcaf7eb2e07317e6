"""Trained models to what the program reads: ONNX in int8, a table of pieces, a config.

    python models/ner/export.py accurate fast [--out models/weights]

Both share one vocabulary. The exported model is run once beside the trained one, and the command
fails where they disagree on more words than int8 explains.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from heads import decode
from onnxruntime.quantization import QuantType, quantize_dynamic
from scores import Tally
from student import Config as StudentConfig
from student import Example, Student, Types, example
from student import judge as judge_student
from texts import LABELS, UPOS, Text, load
from torch import nn
from train import BUILD, JUDGED, ROOT, Config, Tagger, judge
from windows import Batch, batches, windows

from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.vectors import WordVectors

WINDOW = 192
THRESHOLDS = {
    "CITY": 0.9,
    "REGION": 0.7,
    "ORGANIZATION": 0.7,
    "EVENT": 0.75,
    "ROLE": 0.9,
    "AGREEMENT": 0.7,
}
"""From which probability a span stands without a rule; chosen by ``eval/thresholds.py`` on the public
development sets. Labels without a line: one half."""
MOST_LOST = 1.0
"""Points of F1 that int8 may cost on a judged set."""


class Rows(nn.Module):
    """An embedding table in int8, each row with a scale of its own."""

    def __init__(self, table: torch.Tensor) -> None:
        super().__init__()
        scales = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (table / scales).round().to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.rows[ids].float() * self.scales[ids]


class Served(nn.Module):
    """The tagger as it is served: pieces in, layers out."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.encoder, self.score = model.encoder, model.head.score
        words = self.encoder.embeddings.word_embeddings
        self.encoder.embeddings.word_embeddings = Rows(words.weight.detach())

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.score(self.encoder(input_ids, attention_mask=attention_mask).last_hidden_state)


def to_int8(
    model: nn.Module,
    inputs: tuple[torch.Tensor, ...],
    names: dict[str, dict[int, str]],
    outputs: list[str],
    path: Path,
    *,
    quantize: bool = True,
) -> None:
    """Export ``model`` to ``path``, its matrices and tables as int8 with scales."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            inputs,
            str(whole),
            input_names=list(names)[: len(inputs)],
            output_names=outputs,
            dynamic_axes=names,
            opset_version=17,
            dynamo=False,
        )
        if quantize:
            quantize_dynamic(
                whole,
                path,
                weight_type=QuantType.QInt8,
                per_channel=True,
                op_types_to_quantize=["MatMul"],
                nodes_to_exclude=["/score/MatMul"],
            )
        else:
            shutil.copy(whole, path)


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
    model.encoder.config._attn_implementation = "eager"
    cut = Pieces(BUILD / "encoder/tokenizer.json")
    found = {
        judged: [
            w for text in load(BUILD / "data", judged) for w in windows(text, cut, config.window)
        ]
        for judged in JUDGED
    }
    before = {judged: judge(model, found[judged]).f1() for judged in JUDGED}
    ids = torch.randint(4, 1000, (2, 16))
    axes = {0: "windows", 1: "pieces"}
    names = {"input_ids": axes, "attention_mask": axes, "logits": axes}
    path = folder / "model.onnx"
    to_int8(Served(model), (ids, torch.ones_like(ids)), names, ["logits"], path)
    served = session(path)
    scores = {}
    for judged in JUDGED:
        tally = Tally()
        for batch in batches(found[judged], 4096, None):
            tally.add(batch.layers.numpy(), _said(served, batch))
        scores[judged] = (before[judged], tally.f1(), tally.table())
    _check(scores)
    return {"kind": "pieces", "max_pieces": WINDOW, "scores": {k: v[2] for k, v in scores.items()}}


def _said(served: onnxruntime.InferenceSession, batch: Batch) -> list[tuple[int, int, int, float]]:
    fed = {"input_ids": batch.ids.numpy(), "attention_mask": batch.mask.numpy()}
    logits = torch.from_numpy(served.run(None, fed)[0])[batch.rows, batch.columns]
    shares = logits.view(-1, len(LABELS), 3).softmax(-1)
    return decode(shares, [len(window.heads) for window in batch.windows])


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
    axes = {0: "rows"}
    names = {"x": axes, "ner": axes, "upos": axes}
    x = torch.randn(50, config.width)
    path = folder / "model.onnx"
    to_int8(model.network, (x,), names, ["ner", "upos"], path, quantize=False)
    served = session(path)
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
            tally.add(one.layers, said_by_words(served, vectors, one, text))
        scores[judged] = (before.f1(), tally.f1(), tally.table())
    _check(scores)
    return {
        "kind": "words",
        "context": config.depth,
        "upos": list(UPOS),
        "scores": {k: v[2] for k, v in scores.items()},
    }


def said_by_words(
    served: onnxruntime.InferenceSession, vectors: WordVectors, one: Example, text: Text
) -> list[tuple[int, int, int, float]]:
    """The small model's spans in a text, by what is released alone."""
    at = vectors.rows(text.words, text.spaced.tolist())
    rows = np.zeros((one.size, vectors.width), np.float32)
    rows[one.at] = vectors.matrix[at]
    ner = torch.from_numpy(served.run(["ner"], {"x": rows})[0])[one.at]
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
    parser.add_argument("--version", default="1.0.0")
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
