"""The workers from outside: each has one task, a deadline and a replacement.

A task whose worker died, hung or ran out of memory is given once more, to a fresh worker; then it
ends as a :class:`~pobratim.batch.tasks.Fault`. No task takes another with it.
"""

from __future__ import annotations

import signal
import tempfile
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import IO, Any, NamedTuple

from pobratim.batch.nursery import WORKER, News, Nursery, Spec
from pobratim.batch.tasks import LONGEST_TRACEBACK, Fault, Task
from pobratim.batch.worker import STAGE_BYTES
from pobratim.errors import ModelError

ATTEMPTS = 2
ATTEMPTS_UNLIMITED = 6
"""A task of the run itself is given up only where nothing helps."""

RESTARTS = 5
SECONDS_TO_TELL = 0.3
"""How long a worker that is late may take to write down where it is."""

SECONDS_UNLIMITED = 3600.0
"""A task without limits of its own is taken for hung after so long."""


class Outcome(NamedTuple):
    """What became of the task ``key``: its value, or a fault, and how often it was tried."""

    key: int
    value: Any
    attempts: int


@dataclass(slots=True)
class _Job:
    key: int
    task: Task
    attempts: int = 0

    @property
    def goes_on(self) -> bool:
        """Whether it is to be tried again."""
        return self.attempts < (ATTEMPTS if self.task.limited else ATTEMPTS_UNLIMITED)


@dataclass(slots=True)
class _Worker:
    number: int
    connection: Connection
    trace: IO[bytes]
    job: _Job | None = None
    deadline: float = 0.0
    late: bool = False
    closed: bool = False


class Pool:
    """At most ``size`` workers, forked when there is something to do.

    ``timeout`` is in seconds for each task that has limits, ``spec.max_memory`` in bytes.
    """

    def __init__(self, spec: Spec, size: int, timeout: float) -> None:
        self._spec = spec
        self._size = size
        self._timeout = timeout
        self.nursery = Nursery(spec)
        self._loading = False
        self._loaded = False
        self._restarts = 0
        self._workers: dict[int, _Worker] = {}
        self._again: deque[_Job] = deque()

    def load(self) -> None:
        """Begin to load the models; to be called when there is, or may be, work."""
        if not self._loading:
            self._loading = True
            self.nursery.load()

    @property
    def loading(self) -> bool:
        """Whether the models are still on their way."""
        return self._loading and not self._loaded

    @property
    def free(self) -> int:
        """How many tasks can be taken now."""
        if not self._loaded:
            return 0
        busy = sum(worker.job is not None for worker in self._workers.values())
        return max(0, self._size - busy - len(self._again))

    @property
    def busy(self) -> bool:
        """Whether any task is under way."""
        return bool(self._again) or any(worker.job for worker in self._workers.values())

    def submit(self, key: int, task: Task) -> None:
        """Give ``task`` to a worker; only while one is free."""
        self._again.append(_Job(key, task))
        self._assign()

    def _assign(self) -> None:
        while self._again and self._loaded:
            worker = self._idle()
            if worker is None:
                return
            job = self._again.popleft()
            job.attempts += 1
            worker.job = job
            seconds = self._timeout if job.task.limited else SECONDS_UNLIMITED
            worker.deadline = time.monotonic() + seconds
            try:
                worker.connection.send(job.task)
            except OSError:
                # Its death is on its way, and the task with it goes to another.
                worker.closed = True

    def _idle(self) -> _Worker | None:
        for worker in self._workers.values():
            if worker.job is None and not worker.closed:
                return worker
        if len(self._workers) >= self._size:
            return None
        trace = tempfile.TemporaryFile()  # noqa: SIM115  # closed with its worker
        try:
            number, connection = self.nursery.fork(WORKER, trace.fileno())
        except OSError:
            trace.close()
            return None
        worker = self._workers[number] = _Worker(number, connection, trace)
        return worker

    def wait(
        self, others: Iterable[Connection], most: float
    ) -> tuple[list[Outcome], News, set[Any]]:
        """Wait until something happens, at most ``most`` seconds.

        Returns what became of tasks, what the nursery told, and which of ``others`` can be read.
        Raises :class:`~pobratim.errors.ModelError` if workers cannot be had any more.
        """
        self._assign()
        lines = {w.connection: w for w in self._workers.values() if w.job and not w.closed}
        deadlines = [worker.deadline for worker in self._workers.values() if worker.job]
        seconds = max(0.0, min([most, *(each - time.monotonic() for each in deadlines)]))
        ready = set(wait([*lines, self.nursery.control, *others], seconds))
        outcomes = [
            outcome
            for connection, worker in lines.items()
            if connection in ready and (outcome := self._receive(worker)) is not None
        ]
        news = News()
        if self.nursery.control in ready:
            news = self.nursery.news()
            self._loaded = self._loaded or news.loaded
            for number, status in news.died.items():
                worker = self._workers.get(number)
                if worker is not None:
                    outcomes += self._bury(worker, status)
            if news.gone:
                self._restart()
        self._watch()
        self._assign()
        return outcomes, news, ready

    def _receive(self, worker: _Worker) -> Outcome | None:
        try:
            value, leaving = worker.connection.recv()
        except (EOFError, OSError):
            worker.closed = True
            return None
        worker.closed = worker.closed or leaving
        job, worker.job = worker.job, None
        assert job is not None
        self._restarts = 0
        if isinstance(value, Fault) and value.code == "memory":
            if job.goes_on:
                self._again.appendleft(job)
                return None
            value = Fault(value.stage, "memory", self._too_much(), value.traceback)
        return Outcome(job.key, value, job.attempts)

    def _too_much(self) -> str:
        most = self._spec.max_memory >> 20
        return f"needed more than {most:,} MB of memory; raise --max-memory to do it"

    def _bury(self, worker: _Worker, status: int) -> list[Outcome]:
        """Let go of a dead worker; its task is tried again or ends as a fault."""
        outcomes = []
        if worker.job is not None and not worker.closed and worker.connection.poll():
            outcome = self._receive(worker)
            outcomes += [outcome] if outcome is not None else []
        del self._workers[worker.number]
        if worker.job is not None:
            if worker.job.goes_on:
                self._again.appendleft(worker.job)
            else:
                value = self._fault(worker, status)
                outcomes.append(Outcome(worker.job.key, value, worker.job.attempts))
        worker.connection.close()
        worker.trace.close()
        return outcomes

    def _fault(self, worker: _Worker, status: int) -> Fault:
        worker.trace.seek(0)
        stage = worker.trace.read(STAGE_BYTES).strip(b" \0").decode() or "reading"
        traceback = worker.trace.read(LONGEST_TRACEBACK).decode("utf-8", "replace")
        if worker.late:
            message = f"took longer than {self._timeout:g} s; raise --timeout to wait for it"
            return Fault(stage, "timeout", message, traceback)
        how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        why = "; for want of memory?" if status == -signal.SIGKILL else ""
        return Fault(stage, "crash", f"the process that worked on it died of {how}{why}", traceback)

    def _watch(self) -> None:
        """Kill who is late, after a moment to write down where it is."""
        now = time.monotonic()
        for worker in self._workers.values():
            if worker.job is None or now < worker.deadline:
                continue
            sign = signal.SIGKILL if worker.late else signal.SIGUSR1
            worker.late = True
            worker.deadline = now + SECONDS_TO_TELL
            self.nursery.kill(worker.number, sign)

    def _restart(self) -> None:
        """Begin anew with another nursery, after the death of one."""
        self._restarts += 1
        if self._restarts > RESTARTS:
            raise ModelError(
                "the process that forks the workers dies again and again; is memory short?"
            )
        for worker in self._workers.values():
            if worker.job is not None:
                worker.job.attempts -= 1
                self._again.appendleft(worker.job)
            worker.connection.close()
            worker.trace.close()
        self._workers.clear()
        self.nursery.close()
        self.nursery = Nursery(self._spec)
        self._loaded = False
        if self._loading:
            self.nursery.load()

    def close(self) -> None:
        """End every process."""
        self.nursery.close()
        for worker in self._workers.values():
            worker.connection.close()
            worker.trace.close()
        self._workers.clear()
