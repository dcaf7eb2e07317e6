"""How a run is done, what it tells as it goes on, and what it comes to."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from pobratim.batch.counter import Total
from pobratim.batch.ledger import PART_BYTES, PART_INPUTS
from pobratim.batch.pipeline import PipelineSpec
from pobratim.reading.members import Limits


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done. Sizes are in bytes, times in seconds.

    ``workers`` 0 is one for each core there is. ``ahead`` and ``ahead_bytes`` bound what waits for an
    earlier document. What changes the results is ``pipeline``, ``limits``, ``ordered`` and ``compress``.
    """

    pipeline: PipelineSpec = field(default_factory=PipelineSpec)
    limits: Limits = field(default_factory=Limits)
    workers: int = 0
    ordered: bool = True
    compress: bool = False
    timeout: float = 600.0
    max_memory: int = 2 << 30
    retry_failed: bool = False
    force: bool = False
    ahead: int = 4_000
    ahead_bytes: int = 64 << 20
    part_inputs: int = PART_INPUTS
    part_bytes: int = PART_BYTES

    def key(self) -> str:
        """What tells whether earlier results are still good."""
        return json.dumps([self.pipeline.key(), self.limits._asdict()], default=str)


class Failure(NamedTuple):
    """An input that gave no document: what, where and why; ``code`` is stable, ``message`` for people."""

    uri: str
    document: str
    sequence: int
    stage: str
    code: str
    message: str
    traceback: str
    attempts: int


class Watcher(Protocol):
    """What is told of the run as it goes on; ``size`` is a share of the bytes that are counted."""

    def total(self, total: Total) -> None:
        """So many files there are, as far as they are counted."""

    def loading(self) -> None:
        """The models are being loaded."""

    def kept(self, number: int, size: int) -> None:
        """Inputs are done already."""

    def done(self, id: str, characters: int, size: int, *, reused: bool) -> None:
        """A document was written."""

    def failed(self, failure: Failure, size: int) -> None:
        """An input gave an error row."""

    def again(self) -> None:
        """Counting begins anew: results were taken back, because the inputs changed."""

    def tick(self) -> None:
        """Time goes by."""


@dataclass(slots=True)
class Summary:
    """What the results hold and what this run did for it; ``seconds`` is wall-clock time.

    ``documents``, ``failures`` and ``rows`` are of the whole results; ``extracted``, ``reused`` (from
    results of the same content) and ``characters`` of this run.
    """

    documents: int = 0
    failures: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    extracted: int = 0
    reused: int = 0
    kept: int = 0
    failed_now: int = 0
    characters: int = 0
    seconds: float = 0.0
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def speed(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds if self.seconds else 0.0


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
