"""A run: find, read, extract and write many documents, stop for none of them, and go on after any stop.

Entries come from the reader, tasks go to the workers, lines to the ledger. All three are bounded: the
reader waits where nobody takes what it found, and no worker runs further ahead of the first document
that is not done than :class:`~pobratim.batch.options.Options` allow.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import signal
import sqlite3
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pobratim.batch import layout
from pobratim.batch.counter import Counter
from pobratim.batch.ids import give_id
from pobratim.batch.intake import Intake
from pobratim.batch.journal import Journal
from pobratim.batch.ledger import Ledger
from pobratim.batch.nursery import Spec
from pobratim.batch.options import Failure, Options, Summary, Watcher, available_cores
from pobratim.batch.pool import Outcome, Pool
from pobratim.batch.reader import Entry, Message, Request
from pobratim.batch.tasks import (
    DatabaseMaking,
    Extraction,
    Fault,
    Renaming,
    Task,
    Written,
)
from pobratim.errors import InputError, OutputError
from pobratim.reading.files import STDIN
from pobratim.reading.kinds import FOLDER_SUFFIXES

SECONDS_BETWEEN_COMMITS = 1.0
INPUTS_BETWEEN_COMMITS = 2_000
QUEUE_A_WORKER = 64
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


@dataclass(slots=True)
class _Waiting:
    """An entry with its place in the order and its id."""

    sequence: int
    entry: Entry
    id: str


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
        self._queue_most = QUEUE_A_WORKER * workers
        spec = Spec(options.pipeline, options.max_memory)
        self._pool = Pool(spec, workers, options.timeout)
        self._summary = Summary()
        self._ledger: Ledger | None = None
        self._lock: int | None = None
        self._journal: Journal | None = None
        self._messages: deque[Message] = deque()
        self._queue: deque[_Waiting] = deque()
        self._held_bytes = 0
        self._at_work: dict[int, _Waiting] = {}
        self._renamed: set[int] = set()
        self._twins: dict[tuple[bytes, str], list[_Waiting]] = {}
        self._ids: set[str] = set()
        self._ready: dict[int, Outcome] = {}
        self._ready_bytes = 0
        self._sequence = 0
        self._next = 0
        self._undone = 0
        self._rewind = False
        self._part_back = 0
        self._retried = False
        self._signal = 0
        self._handlers: dict[int, Any] = {}
        self._committed = time.monotonic()
        self._uncommitted = 0
        self._stdin: Path | None = None

    def __enter__(self) -> _Run:
        return self

    def _heed_signals(self) -> None:
        """Stop between two steps rather than within one."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._handlers[number] = signal.signal(number, self._note_signal)

    def _note_signal(self, number: int, _: object) -> None:
        self._signal = number

    def _heed(self) -> None:
        if self._signal == signal.SIGINT:
            raise KeyboardInterrupt
        if self._signal:
            raise SystemExit(128 + self._signal)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._pool.close()
        if self._ledger is not None:
            self._ledger.abandon()
        if self._lock is not None:
            os.close(self._lock)

    # The whole

    def go(self) -> Summary:
        """Do everything there is to do."""
        began = time.monotonic()
        if STDIN in self._inputs:
            self._open()
            self._keep_stdin()
        elif (self._place / layout.STATE).exists():
            self._open()
        self._heed_signals()
        self._start_intake()
        self._counter = Counter(self._inputs, self._pool.nursery)
        try:
            self._loop()
            ledger = self._opened()
            self._finish(ledger)
        except BaseException:
            self._stopped(began)
            raise
        self._summary.seconds = time.monotonic() - began
        documents, failures, rows = ledger.state.totals()
        self._summary.documents, self._summary.failures, self._summary.rows = (
            documents,
            failures,
            rows,
        )
        self._ended("finished")
        # The reader has the state open; the file is left whole only if nobody else has.
        self._pool.close()
        ledger.close()
        self._ledger = None
        return self._summary

    def _loop(self) -> None:
        while True:
            self._take()
            self._submit()
            if self._append():
                continue
            if self._is_idle():
                ended = self._intake.ended is not None and not self._messages
                if ended and not self._rewind and self._is_all():
                    return
                if self._rewind and not self._opened().making:
                    self._start_again()
                    continue
            self._wait()

    def _is_idle(self) -> bool:
        """Whether nothing that has a place in the order is under way."""
        return not (self._queue or self._at_work or self._ready or self._twins)

    def _is_all(self) -> bool:
        """Whether the results have no more than the inputs; if they have, it is taken back."""
        if not self._sequence:
            kinds = ", ".join(sorted(FOLDER_SUFFIXES))
            raise InputError(
                f"nothing to read in {', '.join(self._inputs)}: no {kinds} file is there"
            )
        part = self._opened().state.beyond(self._sequence)
        if part is None:
            return True
        self._rewind = True
        self._part_back = part
        return False

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
        task = DatabaseMaking(self._place, parts.part + 1 if parts else 0)
        self._do(task)
        ledger.state.put(database="made")

    def _do(self, task: Task) -> None:
        """Have one task done while nothing else is under way."""
        self._pool.load()
        done: list[Outcome] = []
        while not done:
            if not self._pool.busy:
                self._pool.submit(MAKING, task)
            done, _, _ = self._pool.wait([], 0.5)
            self._heed()
            self._watcher.tick()
        if isinstance(done[0].value, Fault):
            raise OutputError(_unwritable(self._place, done[0].value.message))

    # The results

    def _opened(self) -> Ledger:
        return self._ledger if self._ledger is not None else self._open()

    def _open(self) -> Ledger:
        """Open the results, alone, and make them fit what is asked for."""
        options = self._options
        self._place.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self._place, os.O_RDONLY)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(f"{self._place} is in use by another run; wait for it") from None
        if not (self._place / layout.STATE).exists():
            # An earlier layout has results but no state, and is replaced.
            layout.clear_results(self._place)
        self._ledger = ledger = Ledger(
            self._place,
            compress=options.compress,
            inputs=options.part_inputs,
            size=options.part_bytes,
        )
        if options.force:
            ledger.clear()
        ledger.configure(
            options.key(),
            compress=options.compress,
            ordered=options.ordered,
            inputs=json.dumps([os.path.abspath(name) for name in self._inputs]),
        )
        self._journal = Journal(ledger.state, self._inputs, options)
        return ledger

    def _ended(self, status: str) -> None:
        if self._journal is not None:
            self._journal.ended(status, self._summary)

    def _stopped(self, began: float) -> None:
        """Keep what is done, if the disk lets us."""
        if self._ledger is None:
            return
        self._summary.seconds = time.monotonic() - began
        kind = sys.exc_info()[0]
        try:
            self._ledger.state.rollback()
            self._ledger.commit()
            self._ended("failed" if kind is not None and issubclass(kind, Exception) else "stopped")
        except (OSError, sqlite3.Error):
            return

    # Entries in

    def _start_intake(self) -> None:
        known = self._place / layout.STATE if self._ledger is not None else None
        if self._ledger is not None and not self._ledger.state.inputs():
            known = None
        request = Request(
            self._inputs,
            self._options.limits,
            known=known,
            retry_failed=self._options.retry_failed and not self._retried,
            stdin=self._stdin,
        )
        self._intake = Intake(request, max(PATIENCE, self._options.timeout))
        self._intake.start(self._pool.nursery)

    def _start_again(self) -> None:
        """Take results back, and read everything again from the first input on."""
        # Out of order, an input that is gone or new shifts what may stand in any part.
        self._opened().rewind(self._part_back if self._options.ordered else 0)
        self._intake.stop(self._pool.nursery)
        self._messages.clear()
        self._sequence = self._next = self._undone = 0
        self._rewind = False
        self._retried = True
        self._summary.kept = 0
        self._watcher.again()
        self._start_intake()

    def _keep_stdin(self) -> None:
        """Put standard input in a file, where every process can read it, also after a stop."""
        self._stdin = self._place / layout.STDIN_COPY
        most = self._options.limits.max_bytes + 1
        with self._stdin.open("wb") as copy:
            while most and (data := sys.stdin.buffer.read(min(most, 1 << 20))):
                copy.write(data)
                most -= len(data)

    @property
    def _has_room(self) -> bool:
        options = self._options
        return (
            not self._rewind
            and not self._messages
            and len(self._queue) < self._queue_most
            and self._undone < options.ahead
            and self._held_bytes + self._ready_bytes < options.ahead_bytes
        )

    def _take(self) -> None:
        """Give each entry that came its number, and its id if it is new."""
        while self._messages and not self._rewind:
            message = self._messages.popleft()
            if not isinstance(message, Entry):
                continue
            ledger = self._opened()
            sequence, self._sequence = self._sequence, self._sequence + 1
            if message.kept:
                self._next = max(self._next, sequence + 1)
                self._summary.kept += 1
                self._watcher.kept(1, message.weight)
            elif message.changed:
                # Here the inputs begin to differ from those of the results.
                self._rewind = True
                self._part_back = ledger.state.part_of(sequence) or 0
                self._intake.stop(self._pool.nursery)
                self._messages.clear()
            else:
                id = give_id(message.member.name, message.member.uri, self._has_id)
                self._ids.add(id)
                self._queue.append(_Waiting(sequence, message, id))
                self._held_bytes += len(message.member.data or b"")
                self._undone += 1
        if self._intake.ended is not None:
            self._summary.skipped = self._intake.ended.skipped

    def _has_id(self, id: str) -> bool:
        return id in self._ids or self._opened().has_id(id)

    # Tasks out

    def _submit(self) -> None:
        if self._queue or self._ledger is None:
            self._load()
        self._make_parts()
        while self._queue and self._pool.free:
            self._begin(self._queue.popleft())

    def _load(self) -> None:
        self._pool.load()
        if self._pool.loading:
            self._watcher.loading()

    def _begin(self, waiting: _Waiting) -> None:
        """Have one input done: taken from what there is, or extracted; or let it wait for its twin."""
        entry, sequence = waiting.entry, waiting.sequence
        content = (entry.sha256, entry.hint) if entry.sha256 is not None else None
        if content is not None and content in self._twins:
            self._twins[content].append(waiting)
            return
        self._at_work[sequence] = waiting
        line = self._opened().line_of(*content) if content is not None else None
        if line is not None:
            self._renamed.add(sequence)
            self._pool.submit(sequence, Renaming(line, entry.member.uri, waiting.id))
            return
        if content is not None:
            self._twins[content] = []
        if entry.member.error is not None:
            fault = Fault(
                "reading", entry.member.error.code, " ".join(str(entry.member.error).split())
            )
            self._settle(Outcome(sequence, fault, 1))
            return
        self._pool.submit(sequence, Extraction(entry.member, waiting.id, self._options.limits))

    def _make_parts(self) -> None:
        if self._ledger is None:
            return
        task = self._ledger.next_making()
        if task is not None:
            self._pool.submit(MAKING, task)

    # What comes back

    def _wait(self) -> None:
        intake, counter = self._intake, self._counter
        others = []
        if self._has_room and intake.connection is not None:
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
        if not self._rewind:
            self._messages += intake.care(self._pool.nursery, news)
        for outcome in outcomes:
            if outcome.key == MAKING:
                self._made(outcome)
            else:
                self._settle(outcome)
        self._append()
        self._heed()
        self._commit()
        self._watcher.tick()

    def _made(self, outcome: Outcome) -> None:
        ledger = self._opened()
        if isinstance(outcome.value, Fault):
            raise OutputError(_unwritable(self._place, outcome.value.message))
        ledger.made(outcome.value)

    def _settle(self, outcome: Outcome) -> None:
        fault = outcome.value
        if isinstance(fault, Fault) and fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise OutputError(_unwritable(self._place, fault.message))
        self._ready[outcome.key] = outcome
        self._ready_bytes += _size(outcome)

    def _append(self) -> bool:
        """Write what is next in order, or what there is; whether there was any."""
        before = self._undone
        if self._options.ordered:
            while self._next in self._ready:
                self._write(self._ready.pop(self._next))
                self._next += 1
        else:
            while self._ready:
                self._write(self._ready.pop(next(iter(self._ready))))
        return self._undone < before

    def _write(self, outcome: Outcome) -> None:
        self._ready_bytes -= _size(outcome)
        waiting = self._at_work.pop(outcome.key)
        entry, ledger, summary = waiting.entry, self._opened(), self._summary
        self._uncommitted += 1
        self._undone -= 1
        self._held_bytes -= len(entry.member.data or b"")
        if isinstance(outcome.value, Written):
            value = outcome.value
            sha = bytes.fromhex(value.sha256) if value.sha256 else entry.sha256
            ledger.add(waiting.sequence, waiting.id, entry, value.line, sha)
            reused = waiting.sequence in self._renamed
            summary.reused += reused
            summary.extracted += not reused
            summary.characters += 0 if reused else value.characters
            self._watcher.done(waiting.id, value.characters, entry.weight, reused=reused)
        else:
            failure = _failure(waiting, outcome)
            told = json.dumps(failure._asdict(), ensure_ascii=False)
            line = told.encode("utf-8", "backslashreplace") + b"\n"
            ledger.fail(waiting.sequence, waiting.id, entry, line)
            summary.failed_now += 1
            self._watcher.failed(failure, entry.weight)
        self._renamed.discard(waiting.sequence)
        self._ids.discard(waiting.id)
        if entry.sha256 is not None:
            self._queue.extendleft(reversed(self._twins.pop((entry.sha256, entry.hint), [])))

    def _commit(self) -> None:
        now = time.monotonic()
        due = now - self._committed > SECONDS_BETWEEN_COMMITS
        if self._ledger is not None and (due or self._uncommitted > INPUTS_BETWEEN_COMMITS):
            self._ledger.commit()
            self._committed = now
            self._uncommitted = 0


def _size(outcome: Outcome) -> int:
    return len(outcome.value.line) if isinstance(outcome.value, Written) else 0


def _failure(waiting: _Waiting, outcome: Outcome) -> Failure:
    fault: Fault = outcome.value
    return Failure(
        waiting.entry.member.uri,
        waiting.id,
        waiting.sequence,
        fault.stage,
        fault.code,
        fault.message,
        fault.traceback,
        outcome.attempts,
    )
