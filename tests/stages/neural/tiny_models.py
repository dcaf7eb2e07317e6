"""Models of the released format, tiny and random or tiny and telling, written as they are released."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC

from pobratim.stages.neural.kinds import KINDS
from pobratim.stages.neural.shapes import SHAPES, shape_id

LABELS = ["CITY", "PERSON", "ORGANIZATION", "EVENT", "ROLE"]
UPOS = ["NOUN", "PROPN", "VERB", "ADP", "PUNCT"]
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяabcdefghijklmnopqrstuvwxyz0123456789.,-«»"
WIDTH = 8
CONTEXT = 4


def vocabulary(folder: Path) -> Path:
    """A tokenizer that knows single letters, the mark of a space, and a few words."""
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "\u2581", "\u2581город", "\u2581в", "\u2581the"]
    letters = dict.fromkeys(LETTERS + LETTERS.upper())
    scored = [(piece, -1.0 - 0.01 * at) for at, piece in enumerate([*pieces, *letters])]
    tokenizer = Tokenizer(Unigram(scored, unk_id=3))
    tokenizer.normalizer = NFKC()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tokenizer.json"
    tokenizer.save(str(path))
    return path


def pieces_in(path: Path) -> int:
    return Tokenizer.from_file(str(path)).get_vocab_size()


def fast(root: Path, seed: int = 0) -> Path:
    """A random convolution of two layers, five words wide each."""
    random = np.random.default_rng(seed)
    folder = root / "fast"
    size = pieces_in(vocabulary(root / "vocabulary"))
    write_vectors(
        folder, random.integers(-99, 99, (size, WIDTH)), random.normal(size=(SHAPES, WIDTH))
    )
    nodes, weights, at = [], {}, "across"
    nodes += _across("x", at)
    for layer in range(2):
        weights[f"w{layer}"] = random.normal(size=(WIDTH, WIDTH, 5)) / 3
        weights[f"b{layer}"] = random.normal(size=WIDTH)
        nodes.append(
            helper.make_node("Conv", [at, f"w{layer}", f"b{layer}"], [f"c{layer}"], pads=[2, 2])
        )
        nodes.append(helper.make_node("Tanh", [f"c{layer}"], [f"a{layer}"]))
        at = f"a{layer}"
    nodes += _back(at, "h")
    weights["ner_w"] = random.normal(size=(WIDTH, 3 * len(LABELS)))
    weights["upos_w"] = random.normal(size=(WIDTH, len(UPOS)))
    nodes += [helper.make_node("MatMul", ["h", f"{end}_w"], [end]) for end in ("ner", "upos")]
    _write_words(folder, nodes, weights)
    configure(folder, kind="words", context=CONTEXT, upos=UPOS)
    return folder


def telling(root: Path, name: str = "fast", **shapes: str) -> Path:
    """A model that sees a name wherever a word looks like the example: ``PERSON="Иван"``."""
    folder = root / name
    size = pieces_in(vocabulary(root / "vocabulary"))
    looks = np.zeros((SHAPES, WIDTH))
    heads = np.zeros((WIDTH, 3 * len(LABELS)))
    for number, (label, word) in enumerate(shapes.items()):
        looks[[shape_id(word, True), shape_id(word, False)], number] = 1
        heads[number, 3 * LABELS.index(label) + 1] = 10
    looks[:, -1] = 1
    heads[-1, ::3] = 5
    write_vectors(folder, np.zeros((size, WIDTH)), looks)
    tags = np.zeros((WIDTH, len(UPOS)))
    tags[-1, UPOS.index("NOUN")] = 1
    nodes = [helper.make_node("MatMul", ["x", f"{end}_w"], [end]) for end in ("ner", "upos")]
    _write_words(folder, nodes, {"ner_w": heads, "upos_w": tags})
    configure(folder, kind="words", context=0, upos=UPOS)
    return folder


def accurate(root: Path, seed: int = 0, *, kinds: bool = False) -> Path:
    """A random network that looks one piece to each side, and perhaps at the words' kinds."""
    random = np.random.default_rng(seed)
    folder = root / "accurate"
    size = pieces_in(vocabulary(root / "vocabulary"))
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        "table": random.normal(size=(size, WIDTH)),
        "w": random.normal(size=(WIDTH, WIDTH, 3)),
        "head": random.normal(size=(WIDTH, 3 * len(LABELS))),
    }
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["e"]),
        helper.make_node("Transpose", ["e"], ["t"], perm=[0, 2, 1]),
        helper.make_node("Conv", ["t", "w"], ["c"], pads=[1, 1]),
        helper.make_node("Transpose", ["c"], ["h"], perm=[0, 2, 1]),
        helper.make_node("Gather", ["h", "firsts"], ["words"], axis=1),
        helper.make_node("MatMul", ["words", "head"], ["plain" if kinds else "logits"]),
    ]
    inputs = [
        _value("input_ids", "bt", TensorProto.INT64),
        _value("firsts", "w", TensorProto.INT64),
    ]
    if kinds:
        weights["kinds_table"] = random.normal(size=(len(KINDS), 3 * len(LABELS)))
        nodes += [
            helper.make_node("MatMul", ["kinds", "kinds_table"], ["of_kinds"]),
            helper.make_node("Add", ["plain", "of_kinds"], ["logits"]),
        ]
        inputs.append(_value("kinds", "bwk"))
    _save(
        folder,
        nodes,
        inputs,
        [_value("logits", "bwl")],
        weights,
        {},
    )
    configure(folder, kind="pieces", max_pieces=48)
    return folder


def configure(folder: Path, **settings: object) -> None:
    """Write ``config.json``, or change the one there."""
    path = folder / "config.json"
    before = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    default = {
        "name": folder.name,
        "version": "0.0.1",
        "labels": LABELS,
        "vocabulary": "../vocabulary/tokenizer.json",
        "temperature": {"CITY": 2.0},
        "threshold": {},
    }
    path.write_text(json.dumps(default | before | settings), "utf-8")


def write_vectors(folder: Path, pieces: np.ndarray, shapes: np.ndarray) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "pieces.npy", pieces.astype(np.int8))
    np.save(folder / "scales.npy", np.full(len(pieces), 0.01, np.float16))
    np.save(folder / "shapes.npy", shapes.astype(np.float32))


def _across(source: str, target: str) -> list[onnx.NodeProto]:
    return [
        helper.make_node("Transpose", [source], [source + "_t"], perm=[1, 0]),
        helper.make_node("Unsqueeze", [source + "_t", "zero"], [target]),
    ]


def _back(source: str, target: str) -> list[onnx.NodeProto]:
    return [
        helper.make_node("Squeeze", [source, "zero"], [source + "_s"]),
        helper.make_node("Transpose", [source + "_s"], [target], perm=[1, 0]),
    ]


def _write_words(folder: Path, nodes: list[onnx.NodeProto], weights: dict[str, np.ndarray]) -> None:
    ends = [_value("ner", "nl"), _value("upos", "nu")]
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", WIDTH])]
    _save(folder, nodes, inputs, ends, weights, {"zero": [0]})


def _value(name: str, axes: str, kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, [f"{name}_{axis}" for axis in axes])


def _save(
    folder: Path,
    nodes: list[onnx.NodeProto],
    inputs: list[onnx.ValueInfoProto],
    outputs: list[onnx.ValueInfoProto],
    weights: dict[str, np.ndarray],
    axes: dict[str, list[int]],
) -> None:
    used = {name for node in nodes for name in node.input}
    tensors = [
        numpy_helper.from_array(value.astype(np.float32), name) for name, value in weights.items()
    ]
    tensors += [
        numpy_helper.from_array(np.array(value, np.int64), name)
        for name, value in axes.items()
        if name in used
    ]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / "model.onnx"))
