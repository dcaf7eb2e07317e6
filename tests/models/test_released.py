"""Released weights become what training begins with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from graph import served
from released import tagger_state
from test_graph import WIDTH, tagger


@pytest.mark.parametrize("calmed", [False, True])
def test_a_served_model_gives_back_the_weights_it_was_made_from(
    tmp_path: Path, calmed: bool
) -> None:
    model = tagger(2, 1)
    peaks = {"encoder.encoder.layer.1.output.dense": np.linspace(1, 20, 4 * WIDTH)}
    onnx.save(served(model, peaks if calmed else {}), tmp_path / "model.onnx")
    state = tagger_state(tmp_path, [])
    places = "encoder.embeddings.position_embeddings.weight"
    kinds = "encoder.embeddings.token_type_embeddings.weight"
    own = {name: value.numpy() for name, value in model.state_dict().items()}
    own[places] = own[places] + own[kinds][0]
    assert set(own) - set(state) == {"encoder.embeddings.word_embeddings.weight"}
    for name in set(state) - {kinds}:
        assert np.abs(state[name] - own[name]).mean() <= 0.02 * np.abs(own[name]).max(), name


def test_layers_that_are_left_out_leave_no_gap(tmp_path: Path) -> None:
    onnx.save(served(tagger(4, 2)), tmp_path / "model.onnx")
    whole, short = tagger_state(tmp_path, []), tagger_state(tmp_path, [1, 2])
    last = "encoder.encoder.layer.{}.output.dense.weight"
    assert (short[last.format(1)] == whole[last.format(3)]).all()
    assert last.format(2) not in short
