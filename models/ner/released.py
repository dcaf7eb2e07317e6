"""Training that goes on from released weights, so that new texts cost minutes and not an hour."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import numpy_helper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ATTENTION = ".attention.self."
LAYER = re.compile(r"(?<=\.layer\.)\d+")
State = dict[str, np.ndarray]


def tagger_state(folder: Path, dropped: list[int]) -> State:
    """The weights of the large model in ``folder``, as floats again, without the layers ``dropped``.

    The vectors of pieces are not among them: they are the encoder's own, and frozen.
    """
    found = constants(folder)
    state = {
        "head.score.weight": found["score"].T,
        "head.score.bias": found["score.bias"],
        "encoder.embeddings.position_embeddings.weight": found["places"],
        "encoder.embeddings.token_type_embeddings.weight": np.zeros((2, found["places"].shape[1])),
    }
    if "kinds.table" in found:
        state["kinds.weight"] = found["kinds.table"].T
    for name, value in found.items():
        prefix, _, part = name.rpartition(".")
        if part == "gain":
            state |= {f"{prefix}.weight": value, f"{prefix}.bias": found[f"{prefix}.bias"]}
        elif part == "matrix" and name.endswith(ATTENTION + part):
            weights = np.split(value * found[f"{prefix}.scales"], 3, 1)
            biases = np.split(found[f"{prefix}.bias"], 3)
            for kind, weight, bias in zip(("query", "key", "value"), weights, biases, strict=True):
                state |= {f"{prefix}.{kind}.weight": weight.T, f"{prefix}.{kind}.bias": bias}
        elif part == "matrix":
            calm = found.get(f"{prefix}.calm", np.ones(len(value)))
            state[f"{prefix}.weight"] = (value * found[f"{prefix}.scales"] * calm[:, None]).T
            state[f"{prefix}.bias"] = found[f"{prefix}.bias"]
    return {
        name: np.ascontiguousarray(value, np.float32) for name, value in _renumbered(state, dropped)
    }


def student_state(folder: Path, vectors: np.ndarray, vocabulary: Path) -> State:
    """The weights of the small model in ``folder`` for pieces that have ``vectors``.

    ``vocabulary`` is the tokenizer of those pieces; they are found by their letters, since another
    vocabulary has other numbers. Their projection is the nearest to the table in ``folder``.
    """
    config = json.loads((folder / "config.json").read_text("utf-8"))
    place = {piece: row for row, piece in enumerate(pieces(folder / config["vocabulary"]))}
    shared = [(place[piece], row) for row, piece in enumerate(pieces(vocabulary)) if piece in place]
    theirs, ours = (list(rows) for rows in zip(*shared, strict=True))
    scales = np.load(folder / "scales.npy")[theirs, None].astype(np.float32)
    table = np.load(folder / "pieces.npy")[theirs] * scales
    state = {f"network.{name}": value for name, value in constants(folder).items()}
    state["project.weight"] = np.linalg.lstsq(vectors[ours], table, rcond=None)[0].T
    state["shapes.weight"] = np.load(folder / "shapes.npy")
    if (folder / "embeddings.npy").is_file():
        state["know.weight"] = np.load(folder / "embeddings.npy").T
    if (folder / "kinds.npy").is_file():
        state["kinds.weight"] = np.load(folder / "kinds.npy").T
    return state


def constants(folder: Path) -> State:
    """The constants of the model's graph, by their names."""
    graph = onnx.load(folder / "model.onnx").graph
    return {one.name: numpy_helper.to_array(one) for one in graph.initializer}


def pieces(vocabulary: Path) -> list[str]:
    """The pieces of a tokenizer file, in the order of their numbers."""
    rows = json.loads(vocabulary.read_text("utf-8"))["model"]["vocab"]
    return [piece for piece, _ in rows]


def _renumbered(state: State, dropped: list[int]) -> Iterator[tuple[str, np.ndarray]]:
    """The names as they are when the layers ``dropped`` are gone."""
    for name, value in state.items():
        layer = LAYER.search(name)
        if layer is None:
            yield name, value
        elif int(layer[0]) not in dropped:
            number = int(layer[0]) - sum(each < int(layer[0]) for each in dropped)
            yield LAYER.sub(str(number), name), value
