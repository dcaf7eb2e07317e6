"""Trained models to what the program reads: ONNX in int8, a table of pieces, a config.

    python models/ner/export.py fast accurate [--out models/weights]
    python models/ner/export.py accurate=accurate-longer --first models/weights/fast --out build/teacher

Both share one vocabulary. ``accurate`` stands behind ``fast``, so that this comes first; temperatures and
scores are of the two together. The second command makes a teacher, a new large network behind the small
one that is released. Either fails where int8 costs a model by itself more than a point.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from os.path import relpath
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from calibration import moved, temperature
from graph import CALMED, served
from scores import Tally
from student import Config as StudentConfig
from student import Student, Types, example
from student import judge as judge_student
from texts import LABELS, UPOS, Text, load
from torch import nn
from train import BUILD, JUDGED, ROOT, Config, Tagger, judge
from windows import batches, windows

from pobratim.stages.neural.loading import alone, model_in
from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.seeing import EntityModel

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
FIRST = {"sure": 0.7, "share": 0.7}
"""How sure the model before ``accurate`` must be of what goes no further, and the weight of the large
network elsewhere: chosen on texts that neither had seen (``models/README.md``)."""
CALIBRATED = ("dev", "open", "crossner-politics-train")
"""Training texts that tell how far the numbers between the layers go."""
MOST_LOST = 1.0
"""Points of F1 that int8 may cost on a judged set."""


def pieces_model(run: dict[str, Any], folder: Path) -> tuple[dict[str, Any], list[float]]:
    """The large model: what its config says, and how it scores on the judged sets as trained."""
    config = Config(**run["config"])
    model = Tagger(config)
    model.load_state_dict(torch.load(BUILD / "runs" / config.name / "model.pt", weights_only=True))
    model.eval()
    cut = Pieces(BUILD / "encoder/tokenizer.json")
    onnx.save(served(model, peaks(model, config, cut)), folder / "model.onnx")
    before = [
        judge(model, [w for text in load(BUILD / "data", name) for w in windows(text, cut, WINDOW)])
        for name in JUDGED
    ]
    return {"kind": "pieces", "max_pieces": WINDOW}, [tally.f1() for tally in before]


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


def trust(answers: list[Answer]) -> dict[str, dict[str, float]]:
    """Each label's temperature on the judged sets, and its threshold under it."""
    logits = np.concatenate([one for one, _ in answers]).reshape(-1, len(LABELS), 3)
    layers = np.concatenate([one for _, one in answers])
    found = {label: temperature(logits[:, k], layers[:, k]) for k, label in enumerate(LABELS)}
    return {
        "temperature": found,
        "threshold": {label: moved(THRESHOLDS.get(label, 0.5), found[label]) for label in LABELS},
    }


def words_model(run: dict[str, Any], folder: Path) -> tuple[dict[str, Any], list[float]]:
    """The small model, a table of pieces in int8, the shapes, and the network; as :func:`pieces_model`."""
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
    if config.kinds:
        table = model.kinds.weight.detach().numpy().T
        np.save(folder / "kinds.npy", np.ascontiguousarray(table))
    _export(model.network, torch.randn(50, config.width), folder / "model.onnx")
    cut = Pieces(BUILD / "encoder/tokenizer.json")
    before = []
    for name in JUDGED:
        types = Types(cut, state["vectors"])
        found = [example(text, types, None) for text in load(BUILD / "data", name)]
        before.append(judge_student(model, found, types.matrices())[0].f1())
    return {"kind": "words", "context": config.depth, "upos": list(UPOS)}, before


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


def answers(model: EntityModel, texts: list[Text]) -> list[Answer]:
    """What the model, as the program serves it, says of every text."""
    return [(model.logits(text.page)[0], text.layers) for text in texts]


def tallied(model: EntityModel, texts: list[Text]) -> Tally:
    """The scores of the model as the program serves it."""
    tally = Tally()
    for text in texts:
        found = model.see(text.page).spans
        tally.add(text.layers, [(LABELS.index(label), *rest) for label, *rest in found])
    return tally


def check(before: list[float], model: EntityModel) -> None:
    """Fail where the exported model is worse than as trained."""
    for name, trained in zip(JUDGED, before, strict=True):
        exported = tallied(model, load(BUILD / "data", name)).f1()
        print(f"{name}: F1 {trained:.1f} as trained, {exported:.1f} as exported")
        if trained - exported > MOST_LOST:
            raise SystemExit(f"exporting costs more than {MOST_LOST} points on {name}")


def release(run: str, folder: Path, version: str, first: Path) -> None:
    """Write the model of a run to ``folder``; ``first`` reads before a large one."""
    folder.mkdir(parents=True, exist_ok=True)
    result = json.loads((BUILD / "runs" / run / "result.json").read_text())
    small = "width" in result["config"]
    made, before = (words_model if small else pieces_model)(result, folder)
    config = {
        "name": folder.name,
        "version": version,
        "vocabulary": "../vocabulary/tokenizer.json",
        "labels": list(LABELS),
        **made,
        **({} if small else {"first": {"model": relpath(first, folder), **FIRST}}),
    }
    _write(folder, config)
    model = model_in(folder)
    check(before, alone(model))
    texts = {name: load(BUILD / "data", name) for name in JUDGED}
    trusted = trust([one for found in texts.values() for one in answers(model, found)])
    scores = {name: tallied(model, found).table() for name, found in texts.items()}
    _write(folder, {**config, **trusted, "scores": scores})
    print(folder.name, f"{sum(p.stat().st_size for p in folder.iterdir()) / 1e6:.1f} MB")


def _write(folder: Path, config: dict[str, Any]) -> None:
    text = json.dumps(config, indent=1, ensure_ascii=False)
    (folder / "config.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+", metavar="NAME[=RUN]", help="a model, and its run")
    parser.add_argument("--out", type=Path, default=ROOT / "models/weights")
    parser.add_argument("--first", type=Path, help="the folder of the model before a large one")
    parser.add_argument("--version", default="3.0.0")
    options = parser.parse_args()
    (options.out / "vocabulary").mkdir(parents=True, exist_ok=True)
    shutil.copy(BUILD / "encoder/tokenizer.json", options.out / "vocabulary")
    for given in options.names:
        name, _, run = given.partition("=")
        release(
            run or name, options.out / name, options.version, options.first or options.out / "fast"
        )


if __name__ == "__main__":
    main()
