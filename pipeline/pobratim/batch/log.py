"""Progress for machines: one JSON object a line on standard error."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TextIO

from pobratim.batch.counter import Total
from pobratim.batch.options import Failure, Summary
from pobratim.batch.rate import Rate

SECONDS_BETWEEN_LINES = 5.0


class JsonLog:
    """A :class:`~pobratim.batch.options.Watcher` whose every line has ``time`` and ``event``.

    Events are ``loading``, ``progress`` (every few seconds), ``failed``, ``again``, ``finished`` and
    ``stopped``; with ``every`` also ``done`` for each document.
    """

    def __init__(self, stream: TextIO, *, every: bool = False) -> None:
        self._stream = stream
        self._every = every
        self._rate = Rate()
        self._told_loading = False
        self._last = time.monotonic()

    def _tell(self, event: str, **values: Any) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        told = {"time": now, "event": event, **values}
        self._stream.write(json.dumps(told, ensure_ascii=False) + "\n")
        self._stream.flush()

    def total(self, total: Total) -> None:
        """So many files there are."""
        self._rate.total = total

    def loading(self) -> None:
        """The models are being loaded."""
        if not self._told_loading:
            self._told_loading = True
            self._tell("loading")

    def again(self) -> None:
        """Counting begins anew."""
        self._rate.again()
        self._tell("again")

    def kept(self, number: int, size: int) -> None:
        """Inputs are done already."""
        self._rate.kept += number
        self._rate.size_done += size

    def done(self, id: str, characters: int, size: int, *, reused: bool) -> None:
        """Count one document."""
        self._rate.add(0 if reused else characters, size)
        if self._every:
            self._tell("done", document=id, characters=characters, reused=reused)

    def failed(self, failure: Failure, size: int) -> None:
        """Say at once what failed and why."""
        self._rate.failures += 1
        self._rate.add(0, size)
        self._tell("failed", **failure._asdict())

    def tick(self) -> None:
        """Say every few seconds how far it is."""
        now = time.monotonic()
        if now - self._last >= SECONDS_BETWEEN_LINES:
            self._last = now
            self._tell("progress", **self._figures())

    def _figures(self) -> dict[str, Any]:
        rate = self._rate
        left = rate.seconds_left
        return {
            "documents": rate.done + rate.kept,
            "files": rate.total.files if rate.total is not None else None,
            "failed": rate.failures,
            "documents_a_second": round(rate.documents_a_second, 2),
            "characters_a_second": round(rate.characters_a_second),
            "seconds": round(rate.seconds, 1),
            "seconds_left": None if left is None else round(left),
        }

    def finished(self, summary: Summary) -> None:
        """Say what the results hold."""
        self._tell("finished", **asdict(summary))

    def stopped(self, reason: str) -> None:
        """Say why the run ended before it was done."""
        self._tell("stopped", reason=reason, **self._figures())
