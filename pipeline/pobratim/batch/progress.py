"""What a run shows while it goes on, and the table that closes it.

On a terminal a bar on standard error with documents, characters a second and time left; elsewhere
plain lines, few enough for a log.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from pobratim.batch.run import Summary
from pobratim.batch.sinks import Failure
from pobratim.schema import Document
from pobratim.showing.console import show_error
from pobratim.showing.visible import on_one_line

SECONDS_BETWEEN_LINES = 5.0
FEW = 20


class _SpeedColumn(ProgressColumn):
    """Characters a second since the start."""

    def render(self, task: Task) -> Text:
        speed = task.fields["characters"] / task.elapsed if task.elapsed else 0
        return Text(f"{speed:,.0f} chars/s")


class _TimeLeft(TimeRemainingColumn):
    """Time left by the bytes done, which foretell better than the number of documents."""

    def render(self, task: Task) -> Text:
        done, total = task.fields["bytes_done"], task.fields["bytes_total"]
        if not done or not task.elapsed:
            return Text("-:--:--")
        left = int(task.elapsed * max(0, total - done) / done)
        return Text(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left")


class RunProgress:
    """A :class:`~pobratim.batch.run.Watcher` that writes to ``console``; a context manager."""

    def __init__(self, console: Console, documents: int, size: int, *, quiet: bool = False) -> None:
        self._console = console
        self._total = documents
        self._done = 0
        self._bytes = 0
        self._characters = 0
        self._quiet = quiet
        self._began = self._last_line = time.monotonic()
        self._bar = Progress(
            TextColumn("Extracting"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("documents"),
            _SpeedColumn(),
            _TimeLeft(),
            console=console,
            disable=quiet or not console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task(
            "extract", total=documents, characters=0, bytes_done=0, bytes_total=size
        )

    def done(self, document: Document, size: int) -> None:
        """Count one document."""
        self._characters += len(document.text)
        self._step(size)

    def failed(self, failure: Failure, size: int) -> None:
        """Say at once what failed and why."""
        show_error(self._console, f"{failure.uri}: {failure.message}")
        self._step(size)

    def _step(self, size: int) -> None:
        self._done += 1
        self._bytes += size
        self._bar.update(self._task, advance=1, characters=self._characters, bytes_done=self._bytes)
        now = time.monotonic()
        due = self._total <= FEW or now - self._last_line >= SECONDS_BETWEEN_LINES
        if due and not self._quiet and not self._console.is_terminal:
            self._last_line = now
            self._line(now - self._began)

    def _line(self, elapsed: float) -> None:
        speed = self._characters / elapsed if elapsed else 0
        self._console.print(
            f"{self._done} of {self._total} documents, {speed:,.0f} chars/s",
            markup=False,
            highlight=False,
        )

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()


def summary_table(summary: Summary) -> Table:
    """The closing table: documents, characters, records by type, failures, seconds and speed."""
    table = Table(title="Extracted", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    table.add_row("documents", f"{summary.documents:,}")
    table.add_row("characters", f"{summary.characters:,}", end_section=True)
    for name, count in summary.rows.items():
        if name not in {"documents", "errors"}:
            table.add_row(name, f"{count:,}")
    table.add_section()
    failures = Text(f"{summary.failures:,}", style="red" if summary.failures else "")
    table.add_row("failures", failures)
    if summary.skipped:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(summary.skipped.items()))
        table.add_row("skipped files", Text(on_one_line(kinds)))
    table.add_row("seconds", f"{summary.seconds:.1f}")
    table.add_row("characters a second", f"{summary.speed:,.0f}")
    return table
