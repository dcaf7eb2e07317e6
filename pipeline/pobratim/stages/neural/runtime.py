"""ONNX Runtime as the models use it: one thread, in order, the same numbers every time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from pobratim.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np

__all__ = ["THREADS", "Network"]

THREADS = "POBRATIM_MODEL_THREADS"
"""The environment variable that gives a model more than one thread."""


class Network:
    """A network in the file ``path``.

    Raises:
        ModelError: the file is missing or is none.
    """

    def __init__(self, path: Path) -> None:
        import onnxruntime as ort

        if not path.is_file():
            raise ModelError(f"{path}: missing; the model's folder is incomplete")
        options = ort.SessionOptions()
        options.intra_op_num_threads = _threads()
        options.inter_op_num_threads = 1
        options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
        options.use_deterministic_compute = True
        options.log_severity_level = 3
        # Without it, sums of int8 products overflow on processors that have AVX2 but no VNNI.
        options.add_session_config_entry("session.x64quantprecision", "1")
        # Its joint node of sum and norm is four times slower than the two by themselves.
        slower = ["SkipLayerNormFusion"]
        try:
            self._session: Any = ort.InferenceSession(
                str(path),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=slower,
            )
        except Exception as error:
            raise ModelError(f"{path}: ONNX Runtime cannot load it: {error}") from error
        self.inputs = [one.name for one in self._session.get_inputs()]
        self.outputs = [one.name for one in self._session.get_outputs()]

    def check(self, path: Path, inputs: set[str], outputs: set[str]) -> None:
        """Raise :class:`~pobratim.errors.ModelError` unless the network has these ends."""
        if set(self.inputs) != inputs or not outputs <= set(self.outputs):
            raise ModelError(
                f"{path}: takes {self.inputs} and gives {self.outputs}; "
                f"expected {sorted(inputs)} and {sorted(outputs)}"
            )

    def __call__(self, outputs: list[str], inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        found: list[np.ndarray] = self._session.run(outputs, inputs)
        return found


def _threads() -> int:
    given = os.environ.get(THREADS, "1")
    if not given.isdigit() or not 1 <= int(given) <= 256:
        raise ModelError(f"{THREADS}={given!r}: a number of threads from 1 to 256 is wanted")
    return int(given)
