"""The large model as a graph for ONNX Runtime: matrices in int8, attention in one node a layer.

Written by hand since what PyTorch exports is not fused as well: half the time went into transposes and
norms. Weights have a scale a column, pieces' vectors a scale a row; activations are quantized as they come.
Where some inputs of a matrix go much farther than others, and would leave these few of the 256 steps, they
are divided and their rows of the matrix multiplied (Xiao et al. 2023, arXiv:2211.10438).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from pobratim.stages.neural.kinds import KINDS

if TYPE_CHECKING:
    from train import Tagger

MICROSOFT = "com.microsoft"
OPSET, IR_VERSION = 17, 8
SMALLEST = 1e-9
"""The least scale: a column of zeros has one too."""
CALMED = "output.dense"
"""The end of the names of the matrices before which inputs are divided; before others it gains nothing."""
CALMING = 0.7
"""How much of the spread of the inputs goes into the matrix."""
FARTHEST = 100.0
"""How much more than the middle one an input may be multiplied."""


def quantized(table: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """The table in int8 and the scales by which it is multiplied, one for each slice along ``axis``."""
    scales = np.maximum(np.abs(table).max(axis, keepdims=True) / 127, SMALLEST)
    return np.rint(table / scales).clip(-127, 127).astype(np.int8), scales.astype(np.float32)


def calming(peaks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """What the rows of a matrix are multiplied by, and its inputs divided, whose greatest are ``peaks``."""
    rows = np.abs(weights).max(1) + SMALLEST
    factors = (peaks + SMALLEST) ** CALMING / rows ** (1 - CALMING)
    found: np.ndarray = np.maximum(factors / np.median(factors), 1 / FARTHEST)
    return found.astype(np.float32)


class Graph:
    """Nodes and constants in the making; a value is known by its name."""

    def __init__(self, weights: dict[str, np.ndarray], peaks: dict[str, np.ndarray]) -> None:
        self.weights = weights
        self.peaks = peaks
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: list[str], name: str, domain: str = "", **fields: object
    ) -> str:
        """A node with one output, which has its name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name, domain=domain, **fields))
        return name

    def embedded(self, ids: str) -> str:
        """The vectors of pieces at their places."""
        prefix = "encoder.embeddings."
        rows, scales = quantized(self.weights[prefix + "word_embeddings.weight"], 1)
        row = self.node("Gather", [self.constant("rows", rows), ids], "row")
        scale = self.node("Gather", [self.constant("row_scales", scales), ids], "row_scale")
        whole = self.node("Cast", [row], "row_whole", to=TensorProto.FLOAT)
        pieces = self.node("Mul", [whole, scale], "pieces_vectors")
        places = self.weights[prefix + "position_embeddings.weight"]
        kinds = self.weights[prefix + "token_type_embeddings.weight"][0]
        size = self.node("Shape", [ids], "size", start=1, end=2)
        begin = self.constant("begin", np.zeros(1, np.int64))
        place = self.node("Slice", [self.constant("places", places + kinds), begin, size], "place")
        added = self.node("Add", [pieces, place], "embedded")
        return self.norm(added, prefix + "LayerNorm")

    def norm(self, x: str, prefix: str) -> str:
        gain = self.constant(prefix + ".gain", self.weights[prefix + ".weight"])
        bias = self.constant(prefix + ".bias", self.weights[prefix + ".bias"])
        return self.node("LayerNormalization", [x, gain, bias], prefix, axis=-1, epsilon=1e-12)

    def linear(self, x: str, prefix: str) -> str:
        weights = self.weights[prefix + ".weight"].T
        if prefix in self.peaks:
            factors = calming(self.peaks[prefix], weights)
            x = self.node("Mul", [x, self.constant(prefix + ".calm", 1 / factors)], prefix + ".in")
            weights = weights * factors[:, None]
        matrix, scales = quantized(weights, 0)
        parts = [
            self.constant(prefix + ".matrix", matrix),
            self.constant(prefix + ".scales", scales[0]),
            self.constant(prefix + ".zeros", np.zeros(matrix.shape[1], np.int8)),
            self.constant(prefix + ".bias", self.weights[prefix + ".bias"]),
        ]
        return self.node("DynamicQuantizeMatMul", [x, *parts], prefix, MICROSOFT)

    def attention(self, x: str, prefix: str, heads: int) -> str:
        names = [prefix + part for part in ("query", "key", "value")]
        joined = np.concatenate([self.weights[name + ".weight"] for name in names])
        bias = np.concatenate([self.weights[name + ".bias"] for name in names])
        matrix, scales = quantized(joined.T, 0)
        whole, scale, zero = (prefix + part for part in ("whole", "scale", "zero"))
        made = helper.make_node("DynamicQuantizeLinear", [x], [whole, scale, zero], whole)
        self.nodes.append(made)
        inputs = [
            whole,
            self.constant(prefix + "matrix", matrix),
            self.constant(prefix + "bias", bias),
            scale,
            self.constant(prefix + "scales", scales[0]),
            "",
            zero,
            self.constant(prefix + "zeros", np.zeros(matrix.shape[1], np.int8)),
        ]
        return self.node("QAttention", inputs, prefix + "mixed", MICROSOFT, num_heads=heads)

    def layer(self, x: str, number: int, heads: int) -> str:
        prefix = f"encoder.encoder.layer.{number}."
        mixed = self.attention(x, prefix + "attention.self.", heads)
        out = self.linear(mixed, prefix + "attention.output.dense")
        x = self.norm(
            self.node("Add", [out, x], prefix + "first"), prefix + "attention.output.LayerNorm"
        )
        wide = self.linear(x, prefix + "intermediate.dense")
        bent = self.node("Gelu", [wide], prefix + "gelu", MICROSOFT)
        out = self.linear(bent, prefix + "output.dense")
        return self.norm(self.node("Add", [out, x], prefix + "second"), prefix + "output.LayerNorm")


def words(graph: Graph, x: str) -> str:
    """Of the pieces the first of each word, with what the lists know of the word."""
    x = graph.node("Gather", [x, "firsts"], "words", axis=1)
    table = graph.constant("kinds.table", graph.weights["kinds.weight"].T)
    return graph.node("Add", [x, graph.node("MatMul", ["kinds", table], "of_kinds")], "known_words")


def served(model: Tagger, peaks: dict[str, np.ndarray] | None = None) -> ModelProto:
    """The tagger as a graph: one window's ``input_ids`` [1, pieces] and the places of its words' first
    pieces, ``firsts`` [words], the mark of beginning before them, and what the lists know of each word,
    ``kinds``, to ``logits`` [1, words, columns].

    ``peaks`` has how far each input of a matrix goes in real text, for the matrices to be calmed."""
    weights = {name: value.float().numpy() for name, value in model.state_dict().items()}
    heads = model.encoder.config.num_attention_heads
    layers = len(model.encoder.encoder.layer)
    graph = Graph(weights, peaks or {})
    x = graph.embedded("input_ids")
    for number in range(layers):
        if number == model.words_from:
            x = words(graph, x)
        x = graph.layer(x, number, heads)
    if model.words_from == layers:
        x = words(graph, x)
    score = graph.constant("score", weights["head.score.weight"].T)
    bias = graph.constant("score.bias", weights["head.score.bias"])
    graph.node("Add", [graph.node("MatMul", [x, score], "scored"), bias], "logits")
    value = helper.make_tensor_value_info
    columns = len(weights["head.score.bias"])
    whole = helper.make_graph(
        graph.nodes,
        "tagger",
        [
            value("input_ids", TensorProto.INT64, [1, "pieces"]),
            value("firsts", TensorProto.INT64, ["words"]),
            value("kinds", TensorProto.FLOAT, [1, "words", len(KINDS)]),
        ],
        [value("logits", TensorProto.FLOAT, [1, "words", columns])],
        graph.constants,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(whole, opset_imports=opsets, ir_version=IR_VERSION)
