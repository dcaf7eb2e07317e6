"""The served graph says what the encoder's definition says, but for int8."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import onnx
import pytest
from graph import calming, quantized, served

from pobratim.stages.neural.kinds import KINDS
from pobratim.stages.neural.runtime import Network

WIDTH, HEADS, LABELS, PIECES = 32, 2, 4, 50
IDS, FIRSTS = [0, 7, 12, 13, 40, 49, 2], [0, 1, 3, 4]
OF_WORDS = np.random.default_rng(8).integers(0, 2, (len(FIRSTS), len(KINDS))).astype(np.float32)


class Weight(np.ndarray):
    """An array with the two calls that the graph makes of a tensor."""

    def float(self) -> Weight:
        return self

    def numpy(self) -> np.ndarray:
        return np.asarray(self)


def tagger(layers: int, words_from: int) -> Any:
    random = np.random.default_rng(5)
    shapes = {
        "encoder.embeddings.word_embeddings.weight": (PIECES, WIDTH),
        "encoder.embeddings.position_embeddings.weight": (20, WIDTH),
        "encoder.embeddings.token_type_embeddings.weight": (2, WIDTH),
        "kinds.weight": (WIDTH, len(KINDS)),
        "head.score.weight": (3 * LABELS, WIDTH),
        "head.score.bias": (3 * LABELS,),
    }
    norms = ["encoder.embeddings.LayerNorm"]
    for number in range(layers):
        layer = f"encoder.encoder.layer.{number}."
        norms += [layer + "attention.output.LayerNorm", layer + "output.LayerNorm"]
        for name in ("attention.self.query", "attention.self.key", "attention.self.value"):
            shapes |= {layer + name + ".weight": (WIDTH, WIDTH), layer + name + ".bias": (WIDTH,)}
        for name, out, inner in (
            ("attention.output.dense", WIDTH, WIDTH),
            ("intermediate.dense", 4 * WIDTH, WIDTH),
            ("output.dense", WIDTH, 4 * WIDTH),
        ):
            shapes |= {layer + name + ".weight": (out, inner), layer + name + ".bias": (out,)}
    for name in norms:
        shapes |= {name + ".weight": (WIDTH,), name + ".bias": (WIDTH,)}
    weights = {
        name: random.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes.items()
    }
    for name in norms:
        weights[name + ".weight"] += 1
    encoder = SimpleNamespace(
        config=SimpleNamespace(num_attention_heads=HEADS),
        encoder=SimpleNamespace(layer=[None] * layers),
    )
    return SimpleNamespace(
        encoder=encoder,
        words_from=words_from,
        weights=weights,
        state_dict=lambda: {name: value.view(Weight) for name, value in weights.items()},
    )


def said(graph: onnx.ModelProto, folder: Path) -> np.ndarray:
    """The logits of the words, as the program serves the graph."""
    onnx.save(graph, folder / "model.onnx")
    given = {"input_ids": np.array([IDS]), "firsts": np.array(FIRSTS), "kinds": OF_WORDS[None]}
    return Network(folder / "model.onnx")(["logits"], given)[0][0]


def defined(model: Any) -> np.ndarray:
    """BERT by its definition (Devlin et al. 2019), in numpy, with what the lists know of the words."""
    w = model.weights

    def linear(x: np.ndarray, name: str) -> np.ndarray:
        return x @ w[name + ".weight"].T + w[name + ".bias"]

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        scaled = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return scaled * w[name + ".weight"] + w[name + ".bias"]

    start = "encoder.embeddings."
    x = w[start + "word_embeddings.weight"][IDS]
    x = x + w[start + "position_embeddings.weight"][: len(IDS)]
    x = norm(x + w[start + "token_type_embeddings.weight"][0], start + "LayerNorm")
    for number in range(len(model.encoder.encoder.layer)):
        if number == model.words_from:
            x = x[FIRSTS] + OF_WORDS @ w["kinds.weight"].T
        layer = f"encoder.encoder.layer.{number}."
        q, k, v = (
            linear(x, layer + "attention.self." + name).reshape(len(x), HEADS, -1).swapaxes(0, 1)
            for name in ("query", "key", "value")
        )
        scores = q @ k.swapaxes(1, 2) / np.sqrt(WIDTH / HEADS)
        shares = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (shares / shares.sum(-1, keepdims=True)) @ v
        mixed = mixed.swapaxes(0, 1).reshape(len(x), WIDTH)
        x = norm(
            x + linear(mixed, layer + "attention.output.dense"),
            layer + "attention.output.LayerNorm",
        )
        wide = linear(x, layer + "intermediate.dense")
        bent = wide * (1 + np.vectorize(math.erf)(wide / math.sqrt(2))) / 2
        x = norm(x + linear(bent, layer + "output.dense"), layer + "output.LayerNorm")
    if model.words_from == len(model.encoder.encoder.layer):
        x = x[FIRSTS] + OF_WORDS @ w["kinds.weight"].T
    return linear(x, "head.score")


@pytest.mark.parametrize("words_from", [1, 2, 3], ids=["after one", "after two", "after all"])
def test_the_graph_says_what_the_definition_says(tmp_path: Path, words_from: int) -> None:
    model = tagger(3, words_from)
    logits, wanted = said(served(model), tmp_path), defined(model)
    assert logits.shape == wanted.shape
    assert np.abs(logits - wanted).max() < 0.05 * np.abs(wanted).max()


def test_calmed_matrices_say_the_same_of_inputs_that_go_far() -> None:
    random = np.random.default_rng(2)
    weights = random.normal(size=(40, 6)).astype(np.float32)
    inputs = random.normal(size=(200, 40)).astype(np.float32)
    inputs[:, 7] *= 50
    factors = calming(np.abs(inputs).max(0), weights)

    def lost(x: np.ndarray, matrix: np.ndarray) -> float:
        rows, scales = quantized(matrix, 0)
        step = np.abs(x).max() / 127
        return float(np.abs(np.rint(x / step) * step @ (rows * scales) - inputs @ weights).mean())

    assert lost(inputs / factors, weights * factors[:, None]) < lost(inputs, weights) / 2


def test_a_graph_with_calmed_matrices_says_what_the_definition_says(tmp_path: Path) -> None:
    model = tagger(3, 2)
    peaks = {
        f"encoder.encoder.layer.{n}.output.dense": np.linspace(0.1, 20, 4 * WIDTH)
        for n in (0, 1, 2)
    }
    logits, wanted = said(served(model, peaks), tmp_path), defined(model)
    assert np.abs(logits - wanted).max() < 0.1 * np.abs(wanted).max()


def test_a_quantized_table_is_within_half_a_step_of_the_whole_one() -> None:
    table = np.random.default_rng(1).normal(size=(9, 5))
    table[3] = 0
    rows, scales = quantized(table, 1)
    assert rows.dtype == np.int8
    assert (np.abs(rows * scales - table) <= scales / 2 + 1e-6).all()
