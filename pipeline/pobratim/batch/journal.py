"""The list of runs in the state: who made the results, when, and how far each came."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pobratim
from pobratim.batch.options import Options, Summary
from pobratim.batch.state import State


class Journal:
    """One run's line in the list; a run that left without a word is marked as killed."""

    def __init__(self, state: State, inputs: tuple[str, ...], options: Options) -> None:
        self._state = state
        state.begin()
        found = state.database.execute("select coalesce(max(run), 0) + 1 from runs").fetchone()
        self._run: int = found[0]
        now = _now()
        state.database.execute(
            "update runs set status = 'killed', ended = ? where status = 'running'", (now,)
        )
        told = json.dumps(_command(inputs, options), ensure_ascii=False)
        state.database.execute(
            "insert into runs (run, began, status, version, key, command) values (?, ?, ?, ?, ?, ?)",
            (self._run, now, "running", pobratim.__version__, state.get("key") or "", told),
        )
        state.commit()

    def ended(self, status: str, told: Summary) -> None:
        """Note how the run ended, and what it did."""
        figures = (told.extracted, told.reused, told.failed_now, told.characters, told.seconds)
        self._state.begin()
        self._state.database.execute(
            "update runs set ended = ?, status = ?, extracted = ?, reused = ?, failed = ?,"
            " characters = ?, seconds = ? where run = ?",
            (_now(), status, *figures, self._run),
        )
        self._state.commit()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _command(inputs: tuple[str, ...], options: Options) -> dict[str, Any]:
    return {
        "inputs": inputs,
        "pipeline": options.pipeline.extract,
        "options": dict(options.pipeline.options),
        "ordered": options.ordered,
        "compress": options.compress,
    }
