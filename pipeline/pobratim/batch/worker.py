"""A worker: a process that takes one task after the other and answers each."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import sys
from mmap import mmap
from multiprocessing.connection import Connection
from typing import Any

from pobratim.batch.pipeline import Extract
from pobratim.batch.sizes import Size
from pobratim.batch.tasks import Fault, Task, fault

STAGE_BYTES = 16
"""The first bytes of the trace file name the stage; after them is what a dying process says."""

GROWTH = 256 << 20
"""A worker that has grown by so many bytes ends after its task; a fresh one takes its place."""


def work(
    connection: Connection, trace: int, extract: Extract, options: dict[str, Any], max_memory: int
) -> None:
    """Answer tasks until the other end is gone."""
    os.lseek(trace, STAGE_BYTES, os.SEEK_SET)
    faulthandler.enable(trace, all_threads=False)
    faulthandler.register(signal.SIGUSR1, trace, all_threads=False)
    size = Size()
    at = ["reading"]
    os.ftruncate(trace, STAGE_BYTES)
    # Written without a call of the system, and there when this process is not any more.
    told = mmap(trace, STAGE_BYTES)

    def stage(name: str) -> None:
        at[0] = name
        told[:] = name.encode().ljust(STAGE_BYTES)

    def answer(task: Task) -> Any:
        try:
            if task.limited:
                limit_memory(max_memory, size.now())
            return task.perform(extract, options, stage)
        except Exception as error:
            reply = fault(error, at[0])
            # The frames hold what the document made; a worker short of memory must let go of it.
            error.__traceback__ = None
            return reply
        finally:
            limit_memory(0)

    _, base = size.now()
    while True:
        try:
            tasks: list[Task] = connection.recv()
        except EOFError:
            return
        for task in tasks:
            reply = answer(task)
            spent = isinstance(reply, Fault) and reply.code == "memory"
            leaving = spent or size.now()[1] - base > GROWTH
            try:
                connection.send((reply, leaving))
            except OSError:
                return
            if leaving:
                return


def limit_memory(most: int, size: tuple[int, int] = (0, 0)) -> None:
    """Let this process, now of ``size``, grow to ``most`` resident bytes; 0 ends the limit.

    What counts is address space; so the limit is what is mapped now and what may be added to it. Where
    the system cannot be told so, there is none.
    """
    if not sys.platform.startswith("linux"):
        return
    mapped, resident = size
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = mapped + max(0, most - resident) if most else hard
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
