"""One worker from outside: the tasks it was given, the deadline of the first, and what it answers.

A worker answers each task before it begins with the next, so that the first one without an answer
is the one it is at, and the one to blame if it dies.
"""

from __future__ import annotations

import select
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import IO, Any

from pobratim.batch.tasks import LONGEST_TRACEBACK, Fault, Task
from pobratim.batch.worker import STAGE_BYTES

SECONDS_UNLIMITED = 3600.0
"""A task without limits of its own is taken for hung after so long."""


@dataclass(slots=True)
class Job:
    """A task with its key, and how often it has failed its worker."""

    key: int
    task: Task
    failures: int = 0


@dataclass(slots=True)
class Lane:
    """``timeout`` is in seconds for each task that has limits; ``since`` is when its first task began.

    One that is ``closed`` is given no more, and from one that has ``ended`` no answer will come.
    """

    number: int
    connection: Connection
    trace: IO[bytes]
    timeout: float
    jobs: deque[Job] = field(default_factory=deque)
    weight: int = 0
    since: float = 0.0
    deadline: float = 0.0
    late: bool = False
    closed: bool = False
    ended: bool = False
    leaving: bool = False
    _poll: select.poll = field(default_factory=select.poll)

    def __post_init__(self) -> None:
        """Have the line asked directly: a selector for each answer would cost more than the answer."""
        self._poll.register(self.connection, select.POLLIN)

    @property
    def is_limited(self) -> bool:
        """Whether what it is at has limits; tasks of the run itself have none, and come alone."""
        return bool(self.jobs) and self.jobs[0].task.limited

    def give(self, jobs: list[Job]) -> None:
        """Send tasks, to be done after those it has."""
        if not self.jobs:
            self._begin(jobs[0])
        self.jobs += jobs
        self.weight += sum(job.task.weight for job in jobs)
        try:
            self.connection.send([job.task for job in jobs])
        except OSError:
            # Its death is on its way, and the tasks with it go to another.
            self.closed = True

    def _begin(self, job: Job) -> None:
        self.late = False
        self.since = time.monotonic()
        self.deadline = self.since + (self.timeout if job.task.limited else SECONDS_UNLIMITED)

    def answers(self) -> Iterator[tuple[Job, Any]]:
        """The answers that have come, each with what was asked."""
        while not self.ended and self._poll.poll(0):
            try:
                value, self.leaving = self.connection.recv()
            except (EOFError, OSError):
                self.closed = self.ended = True
                return
            if self.leaving:
                self.closed = self.ended = True
            job = self.jobs.popleft()
            self.weight -= job.task.weight
            if self.jobs:
                self._begin(self.jobs[0])
            yield job, value

    def fault(self, status: int) -> Fault:
        """Why its first task gave nothing, after it died with ``status``."""
        self.trace.seek(0)
        stage = self.trace.read(STAGE_BYTES).strip(b" \0").decode() or "reading"
        traceback = self.trace.read(LONGEST_TRACEBACK).decode("utf-8", "replace")
        if self.late:
            message = f"took longer than {self.timeout:g} s; raise --timeout to wait for it"
            return Fault(stage, "timeout", message, traceback)
        how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        why = "; for want of memory?" if status == -signal.SIGKILL else ""
        return Fault(stage, "crash", f"the process that worked on it died of {how}{why}", traceback)

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()
        self.trace.close()


def fewest(lanes: Iterable[Lane]) -> Lane | None:
    """The lane with the fewest tasks."""
    return min(lanes, key=lambda lane: len(lane.jobs), default=None)
