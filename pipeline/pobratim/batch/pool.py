"""The workers from outside: each has a few tasks ahead, a deadline and a replacement.

A task whose worker died, hung or ran out of memory is given once more, to a fresh worker; then it
ends as a :class:`~pobratim.batch.tasks.Fault`. No task takes another with it: those that a dead
worker had not begun with go to another as if nothing had been. How many tasks a worker has ahead
follows from how long they take, so that short ones do not wait for this process, and long ones not
for each other.
"""

from __future__ import annotations

import select
import signal
import tempfile
import time
from collections import deque
from collections.abc import Iterable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from pobratim.batch.lane import Job, Lane, fewest
from pobratim.batch.nursery import WORKER, News, Nursery, Spec
from pobratim.batch.tasks import Fault, Task
from pobratim.errors import ModelError

ATTEMPTS = 2
ATTEMPTS_UNLIMITED = 6
"""A task of the run itself is given up only where nothing helps."""

RESTARTS = 5
SECONDS_TO_TELL = 0.3
"""How long a worker that is late may take to write down where it is."""

AHEAD = 64
AHEAD_BYTES = 128 << 10
AHEAD_SECONDS = 0.4
"""What a worker may have before it: so many tasks, bytes to read, and seconds of work."""

NAP = 0.15
"""The longest this process sleeps while every worker has something to do."""


class Outcome(NamedTuple):
    """What became of the task ``key``: its value, or a fault, and how often it was tried."""

    key: int
    value: Any
    attempts: int


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
        self._lanes: dict[int, Lane] = {}
        self._chores: deque[Job] = deque()
        self._again: deque[Job] = deque()
        self._pace = AHEAD_SECONDS

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
    def _quota(self) -> int:
        """How many tasks a worker may have."""
        return max(1, min(AHEAD, int(AHEAD_SECONDS / self._pace)))

    @property
    def free(self) -> int:
        """How many tasks can be taken now."""
        if not self._loaded:
            return 0
        under_way = sum(len(lane.jobs) for lane in self._lanes.values())
        return max(0, self._size * self._quota - under_way - len(self._again))

    @property
    def busy(self) -> bool:
        """Whether any task is under way."""
        return bool(self._chores or self._again) or any(lane.jobs for lane in self._lanes.values())

    def submit(self, key: int, task: Task) -> None:
        """Have ``task`` done; what has limits only while there is one free.

        Workers are given it by :meth:`wait`, which also tells what became of it.
        """
        (self._again if task.limited else self._chores).append(Job(key, task))

    # Tasks to workers

    def _deal(self) -> None:
        """Give what waits to the workers that can take it."""
        if not self._loaded:
            return
        reserved = self._deal_chore() if self._chores else None
        bundles: dict[int, list[Job]] = {}
        weights: dict[int, int] = {}
        while self._again:
            weight = self._again[0].task.weight
            lane = self._taker(weight, bundles, weights, reserved)
            if lane is None:
                break
            bundles.setdefault(lane.number, []).append(self._again.popleft())
            weights[lane.number] = weights.get(lane.number, lane.weight) + weight
        for number, jobs in bundles.items():
            self._lanes[number].give(jobs)

    def _deal_chore(self) -> int | None:
        """Give a task of the run itself to an idle worker, or tell which one must become idle."""
        lane = fewest(self._open())
        if (lane is None or lane.jobs) and len(self._lanes) < self._size:
            lane = self._fork() or lane
        if lane is None:
            return None
        if not lane.jobs:
            lane.give([self._chores.popleft()])
        return lane.number

    def _taker(
        self,
        weight: int,
        bundles: dict[int, list[Job]],
        weights: dict[int, int],
        reserved: int | None,
    ) -> Lane | None:
        """The worker to have one more task."""
        now, quota = time.monotonic(), self._quota
        found, least = None, quota
        for lane in self._open():
            has = len(lane.jobs) + len(bundles.get(lane.number, ()))
            if lane.number == reserved or has >= least:
                continue
            if has:
                full = weights.get(lane.number, lane.weight) + weight > AHEAD_BYTES
                # Nothing more is put behind a document that takes its time.
                slow = lane.jobs and (now - lane.since > AHEAD_SECONDS or not lane.is_limited)
                if full or slow:
                    continue
            found, least = lane, has
        if least and len(self._lanes) < self._size:
            return self._fork() or found
        return found

    def _open(self) -> list[Lane]:
        return [lane for lane in self._lanes.values() if not lane.closed]

    def _fork(self) -> Lane | None:
        trace = tempfile.TemporaryFile()  # noqa: SIM115  # closed with its worker
        try:
            number, connection = self.nursery.fork(WORKER, trace.fileno())
        except OSError:
            trace.close()
            return None
        lane = self._lanes[number] = Lane(number, connection, trace, self._timeout)
        return lane

    # What comes back

    def wait(
        self, others: Iterable[Connection], most: float
    ) -> tuple[list[Outcome], News, set[Any]]:
        """Wait until something happens, at most ``most`` seconds.

        Returns what became of tasks, what the nursery told, and which of ``others`` can be read.
        Raises :class:`~pobratim.errors.ModelError` if workers cannot be had any more.
        """
        self._deal()
        self._nap()
        lines = {
            lane.connection: lane for lane in self._lanes.values() if lane.jobs and not lane.ended
        }
        deadlines = [lane.deadline for lane in self._lanes.values() if lane.jobs]
        seconds = max(0.0, min([most, *(each - time.monotonic() for each in deadlines)]))
        ready = _readable([*lines, self.nursery.control, *others], seconds)
        outcomes = [
            outcome
            for connection, lane in lines.items()
            if connection in ready
            for outcome in self._receive(lane)
        ]
        news = News()
        if self.nursery.control in ready:
            news = self.nursery.news()
            self._loaded = self._loaded or news.loaded
            for number, status in news.died.items():
                lane = self._lanes.get(number)
                if lane is not None:
                    outcomes += self._bury(lane, status)
            if news.gone:
                self._restart()
        self._watch()
        self._deal()
        return outcomes, news, ready

    def _nap(self) -> None:
        """Let answers gather while no worker waits for this process."""
        if len(self._lanes) == self._size:
            ahead = min(len(lane.jobs) for lane in self._lanes.values())
            if ahead > 1:
                time.sleep(min(NAP, ahead * self._pace / 2))

    def _receive(self, lane: Lane) -> list[Outcome]:
        """The outcomes that a worker has answered."""
        outcomes = []
        before, limited = lane.since, 0
        for job, value in lane.answers():
            self._restarts = 0
            limited += job.task.limited
            if isinstance(value, Fault) and value.code == "memory":
                job.failures += 1
                if self._goes_on(job):
                    self._put_back([job])
                    continue
                value = Fault(value.stage, "memory", self._too_much(), value.traceback)
                outcomes.append(Outcome(job.key, value, job.failures))
            else:
                outcomes.append(Outcome(job.key, value, job.failures + 1))
        if limited:
            took = (time.monotonic() - before) / limited
            self._pace += (took - self._pace) * min(1.0, limited / 10)
        return outcomes

    @staticmethod
    def _goes_on(job: Job) -> bool:
        """Whether it is to be tried again."""
        return job.failures < (ATTEMPTS if job.task.limited else ATTEMPTS_UNLIMITED)

    def _put_back(self, jobs: Iterable[Job]) -> None:
        """Have tasks done before all others."""
        for job in reversed(list(jobs)):
            (self._again if job.task.limited else self._chores).appendleft(job)

    def _too_much(self) -> str:
        most = self._spec.max_memory >> 20
        return f"needed more than {most:,} MB of memory; raise --max-memory to do it"

    def _bury(self, lane: Lane, status: int) -> list[Outcome]:
        """Let go of a dead worker; what it was at is tried again or ends as a fault."""
        outcomes = self._receive(lane)
        del self._lanes[lane.number]
        if lane.jobs and not lane.leaving:
            job = lane.jobs[0]
            job.failures += 1
            if not self._goes_on(job):
                outcomes.append(Outcome(job.key, lane.fault(status), job.failures))
                lane.jobs.popleft()
        self._put_back(lane.jobs)
        lane.close()
        return outcomes

    def _watch(self) -> None:
        """Kill who is late, after a moment to write down where it is."""
        now = time.monotonic()
        for lane in self._lanes.values():
            if not lane.jobs or now < lane.deadline:
                continue
            sign = signal.SIGKILL if lane.late else signal.SIGUSR1
            if lane.late:
                lane.closed = lane.ended = True
            lane.late = True
            lane.deadline = now + SECONDS_TO_TELL
            self.nursery.kill(lane.number, sign)

    def _restart(self) -> None:
        """Begin anew with another nursery, after the death of one."""
        self._restarts += 1
        if self._restarts > RESTARTS:
            raise ModelError(
                "the process that forks the workers dies again and again; is memory short?"
            )
        for lane in self._lanes.values():
            self._put_back(lane.jobs)
            lane.close()
        self._lanes.clear()
        self.nursery.close()
        self.nursery = Nursery(self._spec)
        self._loaded = False
        if self._loading:
            self.nursery.load()

    def close(self) -> None:
        """End every process."""
        self.nursery.close()
        for lane in self._lanes.values():
            lane.close()
        self._lanes.clear()


def _readable(lines: Iterable[Any], seconds: float) -> set[Any]:
    """Those of ``lines`` that can be read, once there is one; a selector takes ten times as long."""
    poll = select.poll()
    by_number = {}
    for line in lines:
        by_number[line.fileno()] = line
        poll.register(line, select.POLLIN)
    return {by_number[number] for number, _ in poll.poll(seconds * 1000)}
