"""A worker: a process that takes one task after the other and answers each."""

from __future__ import annotations

import faulthandler
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any

from pobratim.batch.pipeline import Extract
from pobratim.batch.sizes import mapped_and_resident, resident
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
    at = ["reading"]

    def stage(name: str) -> None:
        at[0] = name
        os.pwrite(trace, name.encode().ljust(STAGE_BYTES), 0)

    base = resident()
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        reply: Any
        try:
            if task.limited:
                limit_memory(max_memory)
            reply = task.perform(extract, options, stage)
        except Exception as error:
            reply = fault(error, at[0])
            # The frames hold what the document made; a worker short of memory must let go of it.
            error.__traceback__ = None
        finally:
            limit_memory(0)
        spent = isinstance(reply, Fault) and reply.code == "memory"
        leaving = spent or resident() - base > GROWTH
        try:
            connection.send((reply, leaving))
        except OSError:
            return
        if leaving:
            return


def limit_memory(most: int) -> None:
    """Let this process grow to ``most`` resident bytes, as far as the system can be told so; 0 ends it.

    What counts is address space; so the limit is what is mapped now and what may be added to it.
    """
    if not sys.platform.startswith("linux"):
        return
    mapped, held = mapped_and_resident()
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = mapped + max(0, most - held) if most else hard
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
