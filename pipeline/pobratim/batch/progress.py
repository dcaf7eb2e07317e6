"""What a run shows while it goes on, and the table that closes it.

On a terminal a bar on standard error with documents, characters a second, time left and failures;
elsewhere plain lines, few enough for a log.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.table import Table
from rich.text import Text

from pobratim.batch.counter import Total
from pobratim.batch.options import Failure, Summary
from pobratim.batch.rate import Rate
from pobratim.showing.console import show_error
from pobratim.showing.visible import on_one_line

SECONDS_BETWEEN_LINES = 5.0
FEW = 20


class _Told(ProgressColumn):
    def __init__(self, rate: Rate) -> None:
        super().__init__()
        self._rate = rate

    def render(self, task: Task) -> Text:
        return Text(self._rate.told())


class RunProgress:
    """A :class:`~pobratim.batch.options.Watcher` that writes to ``console``; a context manager."""

    def __init__(self, console: Console, *, quiet: bool = False, debug: bool = False) -> None:
        self._console = console
        self._quiet = quiet
        self._debug = debug
        self._rate = Rate()
        self._last_line = time.monotonic()
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            _Told(self._rate),
            console=console,
            disable=quiet or not console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("Loading models", total=None)

    def total(self, total: Total) -> None:
        """So many files there are."""
        self._rate.total = total

    def loading(self) -> None:
        """The models are being loaded."""
        self._bar.update(self._task, description="Loading models")

    def again(self) -> None:
        """Counting begins anew."""
        self._rate.again()

    def kept(self, number: int, size: int) -> None:
        """Inputs are done already."""
        self._rate.kept += number
        self._rate.size_done += size

    def done(self, id: str, characters: int, size: int, *, reused: bool) -> None:
        """Count one document."""
        self._rate.add(0 if reused else characters, size)
        self._line()

    def failed(self, failure: Failure, size: int) -> None:
        """Say at once what failed and why."""
        message = f"{failure.uri}: {failure.message}"
        if failure.traceback and not self._debug:
            message += " (errors.jsonl has where)"
        show_error(self._console, message)
        if self._debug and failure.traceback:
            self._console.print(Text(failure.traceback))
        self._rate.failures += 1
        self._rate.add(0, size)
        self._line()

    def tick(self) -> None:
        """Show how far it is."""
        rate = self._rate
        total = rate.total.size if rate.total is not None and rate.total.final else None
        what = "Extracting" if rate.done or rate.kept else "Loading models"
        self._bar.update(self._task, total=total, completed=rate.size_done, description=what)

    def _line(self) -> None:
        now = time.monotonic()
        few = self._rate.done <= FEW and self._rate.is_small(FEW)
        due = few or now - self._last_line >= SECONDS_BETWEEN_LINES
        if due and not self._quiet and not self._console.is_terminal:
            self._last_line = now
            self._console.print(self._rate.told(), markup=False, highlight=False)

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
    """The closing table: documents, records by type, failures, seconds and speed."""
    table = Table(title="Extracted", show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    table.add_row("documents", f"{summary.documents:,}")
    if summary.kept or summary.reused:
        table.add_row("of them new", f"{summary.extracted:,}")
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
