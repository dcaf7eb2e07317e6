"""A run: find, read, extract and write many documents, stop for none of them, and go on after any stop.

Entries come from the reader, tasks go to the workers, lines to the ledger. All three are bounded: the
reader waits where nobody takes what it found, and no worker runs further ahead of the first document
that is not done than :class:`~pobratim.batch.options.Options` allow.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from pobratim.batch import layout
from pobratim.batch.backlog import Backlog, Waiting
from pobratim.batch.counter import Counter
from pobratim.batch.failures import failure_of, line_of
from pobratim.batch.ids import give_id
from pobratim.batch.intake import Intake
from pobratim.batch.ledger import Ledger
from pobratim.batch.nursery import Spec
from pobratim.batch.opening import Results
from pobratim.batch.options import Options, Summary, Watcher, available_cores
from pobratim.batch.piped import keep
from pobratim.batch.pool import Outcome, Pool
from pobratim.batch.reader import Entry, Message, Request
from pobratim.batch.stopping import Signals
from pobratim.batch.tasks import (
    DatabaseMaking,
    Extraction,
    Fault,
    Renaming,
    Task,
    Written,
    one_line,
)
from pobratim.errors import InputError, OutputError
from pobratim.reading.files import STDIN
from pobratim.reading.kinds import FOLDER_SUFFIXES

SECONDS_BETWEEN_COMMITS = 1.0
INPUTS_BETWEEN_COMMITS = 2_000
PATIENCE = 30.0
MAKING = -1
"""The key of the task that makes a part; documents have their sequence number."""


def run(
    inputs: Sequence[str], out: Path, watcher: Watcher, options: Options | None = None
) -> Summary:
    """Extract what ``inputs`` name into the folder ``out``, or go on with it where a run stopped.

    An input that fails becomes an error row. Raises :class:`~pobratim.errors.OutputError` if ``out``
    cannot be used or written, :class:`~pobratim.errors.InputError` if there is nothing to read and
    :class:`~pobratim.errors.ModelError` if there is no pipeline; what was done is kept.
    """
    place = Path(os.path.realpath(out))
    try:
        layout.check_usable(place)
        with _Run(tuple(inputs), place, watcher, options or Options()) as found:
            return found.go()
    except OSError as error:
        raise OutputError(_unwritable(out, error.strerror or str(error))) from error
    except sqlite3.Error as error:
        raise OutputError(_unwritable(out, str(error))) from error


def _unwritable(out: Path, reason: str) -> str:
    return (
        f"{out} could not be written: {reason}; what is done is kept, and the same command goes on"
    )


class _Run:
    """One run; a context manager, so that no process outlives it."""

    def __init__(
        self, inputs: tuple[str, ...], place: Path, watcher: Watcher, options: Options
    ) -> None:
        self._inputs = inputs
        self._place = place
        self._watcher = watcher
        self._options = options
        workers = options.workers or available_cores()
        self._pool = Pool(Spec(options.pipeline, options.max_memory), workers, options.timeout)
        self._backlog = Backlog(options, workers)
        self._summary = Summary()
        self._signals = Signals()
        self._results: Results | None = None
        self._messages: deque[Message] = deque()
        self._back: int | None = None
        self._retried = False
        self._committed = time.monotonic()
        self._uncommitted = 0
        self._stdin: Path | None = None

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, *_: object) -> None:
        self._signals.restore()
        self._pool.close()
        if self._results is not None:
            self._results.close(whole=False)

    # The whole

    def go(self) -> Summary:
        """Do everything there is to do."""
        began = time.monotonic()
        if STDIN in self._inputs:
            self._keep_stdin()
        elif (self._place / layout.STATE).exists():
            self._open()
        self._signals.watch()
        self._start_intake()
        self._counter = Counter(self._inputs, self._pool.nursery)
        try:
            self._loop()
            self._finish(self._ledger())
        except BaseException:
            self._summary.seconds = time.monotonic() - began
            if self._results is not None:
                self._results.stopped(self._summary)
            raise
        self._summary.seconds = time.monotonic() - began
        results = self._open()
        results.finished(self._summary)
        # The reader has the state open; the file is left whole only if nobody else has.
        self._pool.close()
        results.close(whole=True)
        self._results = None
        return self._summary

    def _loop(self) -> None:
        while True:
            self._take()
            self._submit()
            if self._append():
                continue
            if self._backlog.is_empty:
                ended = self._intake.ended is not None and not self._messages
                if ended and self._back is None and self._is_all():
                    return
                if self._back is not None and not self._ledger().making:
                    self._start_again(self._back)
                    continue
            self._wait()

    def _is_all(self) -> bool:
        """Whether the results have no more than the inputs; if they have, it is taken back."""
        if not self._backlog.numbered:
            kinds = ", ".join(sorted(FOLDER_SUFFIXES))
            raise InputError(
                f"nothing to read in {', '.join(self._inputs)}: no {kinds} file is there"
            )
        self._back = self._ledger().state.beyond(self._backlog.numbered)
        return self._back is None

    def _finish(self, ledger: Ledger) -> None:
        """Close the last part, make its tables and then the database."""
        ledger.commit()
        while not ledger.finish():
            self._load()
            self._make_parts()
            self._wait()
        if ledger.state.get("database") == "made" and (self._place / layout.DATABASE).exists():
            return
        parts = ledger.state.last_part()
        self._do(DatabaseMaking(self._place, parts.part + 1 if parts else 0))
        ledger.state.put(database="made")

    def _do(self, task: Task) -> None:
        """Have one task done while nothing else is under way."""
        self._pool.load()
        done: list[Outcome] = []
        while not done:
            if not self._pool.busy:
                self._pool.submit(MAKING, task)
            done, _, _ = self._pool.wait([], 0.5)
            self._signals.heed()
            self._watcher.tick()
        if isinstance(done[0].value, Fault):
            raise OutputError(_unwritable(self._place, done[0].value.message))

    # The results

    def _open(self) -> Results:
        if self._results is None:
            names = [os.path.abspath(name) for name in self._inputs]
            self._results = Results(self._place, self._inputs, names, self._options)
        return self._results

    def _ledger(self) -> Ledger:
        return self._open().ledger

    # Entries in

    def _start_intake(self) -> None:
        done = self._results is not None and self._ledger().state.inputs()
        request = Request(
            self._inputs,
            self._options.limits,
            known=self._place / layout.STATE if done else None,
            retry_failed=self._options.retry_failed and not self._retried,
            stdin=self._stdin,
        )
        self._intake = Intake(request, max(PATIENCE, self._options.timeout))
        self._intake.start(self._pool.nursery)

    def _start_again(self, part: int) -> None:
        """Take results back from ``part`` on, and read everything again from the first input on."""
        # Out of order, an input that is gone or new shifts what may stand in any part.
        self._ledger().rewind(part if self._options.ordered else 0)
        self._intake.stop(self._pool.nursery)
        self._messages.clear()
        self._backlog.clear()
        self._back = None
        self._retried = True
        self._summary.kept = 0
        self._watcher.again()
        self._start_intake()

    def _keep_stdin(self) -> None:
        """Put standard input in a file, where every process can read it, also after a stop."""
        self._open()
        self._stdin = self._place / layout.STDIN_COPY
        keep(sys.stdin.buffer, self._stdin, self._options.limits.max_bytes)

    def _take(self) -> None:
        """Give each entry that came its number, and its id if it is new."""
        while self._messages and self._back is None:
            message = self._messages.popleft()
            if not isinstance(message, Entry):
                continue
            if message.kept:
                self._backlog.keep()
                self._summary.kept += 1
                self._watcher.kept(1, message.weight)
            elif message.changed:
                # Here the inputs begin to differ from those of the results.
                self._back = self._ledger().state.part_of(self._backlog.numbered) or 0
                self._intake.stop(self._pool.nursery)
                self._messages.clear()
            else:
                member = message.member
                self._backlog.add(message, give_id(member.name, member.uri, self._has_id))
        if self._intake.ended is not None:
            self._summary.skipped = self._intake.ended.skipped

    def _has_id(self, id: str) -> bool:
        return self._backlog.has_id(id) or self._ledger().has_id(id)

    # Tasks out

    def _submit(self) -> None:
        if self._backlog.waits or self._results is None:
            self._load()
        self._make_parts()
        for _ in range(self._pool.free):
            waiting = self._backlog.begin()
            if waiting is None:
                return
            self._begin(waiting)

    def _load(self) -> None:
        self._pool.load()
        if self._pool.loading:
            self._watcher.loading()

    def _begin(self, waiting: Waiting) -> None:
        """Have one input done: taken from what there is, or extracted."""
        member, sequence = waiting.entry.member, waiting.sequence
        line = self._ledger().line_of(*waiting.content) if waiting.content is not None else None
        if line is not None:
            waiting.reused = True
            self._pool.submit(sequence, Renaming(line, member.uri, waiting.id))
            return
        self._backlog.hold_twins(waiting)
        if member.error is not None:
            fault = Fault("reading", member.error.code, one_line(str(member.error)))
            self._settle(Outcome(sequence, fault, 1))
            return
        self._pool.submit(sequence, Extraction(member, waiting.id, self._options.limits))

    def _make_parts(self) -> None:
        task = self._results.ledger.next_making() if self._results is not None else None
        if task is not None:
            self._pool.submit(MAKING, task)

    # What comes back

    def _wait(self) -> None:
        intake, counter = self._intake, self._counter
        others = []
        has_room = self._back is None and not self._messages and self._backlog.has_room
        if has_room and intake.connection is not None:
            others.append(intake.connection)
        else:
            intake.wanted()
        if counter.connection is not None:
            others.append(counter.connection)
        outcomes, news, ready = self._pool.wait(others, SECONDS_BETWEEN_COMMITS / 2)
        if intake.connection is not None and intake.connection in ready:
            self._messages += intake.receive()
        if counter.connection is not None and counter.connection in ready:
            self._watcher.total(counter.receive())
        if self._back is None:
            self._messages += intake.care(self._pool.nursery, news)
        for outcome in outcomes:
            if outcome.key == MAKING:
                self._made(outcome)
            else:
                self._settle(outcome)
        self._append()
        self._signals.heed()
        self._commit()
        self._watcher.tick()

    def _made(self, outcome: Outcome) -> None:
        if isinstance(outcome.value, Fault):
            raise OutputError(_unwritable(self._place, outcome.value.message))
        self._ledger().made(outcome.value)

    def _settle(self, outcome: Outcome) -> None:
        fault = outcome.value
        if isinstance(fault, Fault) and fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise OutputError(_unwritable(self._place, fault.message))
        self._backlog.settle(outcome)

    def _append(self) -> bool:
        """Write what is next in order, or what there is; whether there was any."""
        before = self._backlog.undone
        for waiting, outcome in self._backlog.ripe():
            self._uncommitted += 1
            if isinstance(outcome.value, Written):
                self._write(waiting, outcome.value)
            else:
                self._fail(waiting, outcome)
        return self._backlog.undone < before

    def _write(self, waiting: Waiting, value: Written) -> None:
        entry, summary, reused = waiting.entry, self._summary, waiting.reused
        sha = bytes.fromhex(value.sha256) if value.sha256 else entry.sha256
        self._ledger().add(waiting.sequence, waiting.id, entry, value.line, sha)
        summary.reused += reused
        summary.extracted += not reused
        summary.characters += 0 if reused else value.characters
        self._watcher.done(waiting.id, value.characters, entry.weight, reused=reused)

    def _fail(self, waiting: Waiting, outcome: Outcome) -> None:
        failure = failure_of(outcome, waiting.entry, waiting.id, waiting.sequence)
        self._ledger().fail(waiting.sequence, waiting.id, waiting.entry, line_of(failure))
        self._summary.failed_now += 1
        self._watcher.failed(failure, waiting.entry.weight)

    def _commit(self) -> None:
        now = time.monotonic()
        due = now - self._committed > SECONDS_BETWEEN_COMMITS
        if self._results is not None and (due or self._uncommitted > INPUTS_BETWEEN_COMMITS):
            self._results.ledger.commit()
            self._committed = now
            self._uncommitted = 0
