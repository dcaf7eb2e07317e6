"""The nursery: a process that loads the models once and forks every other process of a run.

It has one thread, so that forking is safe, and its children share the models' memory. It forks the
reader and the counter before it loads anything, and workers afterwards; it kills on demand, and tells
how each child ended. It ends with the process that started it, and its children with it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import select
import signal
import socket
import sys
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any, NoReturn

from pobratim.batch.nursery import (
    COUNTER,
    DIED,
    FORKED,
    KILL,
    LOAD,
    LOADED,
    ORDER,
    READER,
    REFUSED,
    WORKER,
    Spec,
)
from pobratim.batch.pipeline import WARM_UP, Extract
from pobratim.batch.sizes import resident

PR_SET_PDEATHSIG = 1
LEAST_ROOM = 64 << 20
"""What --max-memory must leave beside the models: less, and hardly a document could be done."""


class Nursery:
    """Answers orders on ``control`` until its other end is gone."""

    def __init__(self, control: socket.socket, spec: Spec) -> None:
        self._control = control
        self._spec = spec
        self._extract: Extract | None = None
        self._children: dict[int, int] = {}
        self._wake, wake = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Until the end of the process that started this one."""
        try:
            while self._step():
                pass
        except OSError:
            pass
        finally:
            for pid in self._children:
                os.kill(pid, signal.SIGKILL)

    def _step(self) -> bool:
        watched: list[Any] = [self._control, self._wake]
        ready, _, _ = select.select(watched, [], [])
        if self._wake in ready:
            os.read(self._wake, 4096)
            self._reap()
        if self._control in ready:
            data, fds, _, _ = socket.recv_fds(self._control, ORDER.size, 2)
            if not data:
                return False
            order, number, argument = ORDER.unpack(data)
            self._obey(order, number, argument, fds)
        return True

    def _obey(self, order: bytes, number: int, argument: int, fds: list[int]) -> None:
        if order == LOAD:
            self._load()
        elif order == KILL:
            for pid, child in self._children.items():
                if child == number:
                    os.kill(pid, argument)
        else:
            pid = os.fork()
            if not pid:
                self._become(order, fds)
            for fd in fds:
                os.close(fd)
            self._children[pid] = number
            self._tell(FORKED, number, pid)

    def _load(self) -> None:
        """Load the models, and put what they are beyond the reach of the garbage collector."""
        try:
            import_module("pobratim.reading.members")
            from pobratim.schema import Source

            source = Source(uri="warm-up")
            self._extract = self._spec.pipeline.load()
            self._extract(WARM_UP, id="warm-up", source=source, **self._spec.pipeline.options)
        except Exception as error:
            self._refuse(" ".join(f"{type(error).__name__}: {error}".split()))
            return
        gc.collect()
        gc.freeze()
        held, most = resident(), self._spec.max_memory
        if most < held + LEAST_ROOM:
            self._refuse(
                f"they hold {held >> 20:,} MB, and a document needs {LEAST_ROOM >> 20} MB beside "
                f"them, but --max-memory is {most >> 20:,}; give it {-(-held >> 20) + (LEAST_ROOM >> 20)}"
                " or more"
            )
            return
        self._tell(LOADED, 0, 0)

    def _refuse(self, reason: str) -> None:
        message = reason.encode()[:60_000]
        self._tell(REFUSED, 0, len(message))
        self._control.sendall(message)

    def _become(self, order: bytes, fds: list[int]) -> NoReturn:
        """What the child is from here on."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            parent = os.getppid()
            self._control.close()
            die_with_parent(parent)
            self._run(order, Connection(fds[0]), fds[1:])
            status = 0
        except (EOFError, BrokenPipeError, ConnectionResetError):
            status = 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(status)

    def _run(self, order: bytes, connection: Connection, rest: list[int]) -> None:
        if order == READER:
            from pobratim.batch.reader import read

            read(connection)
        elif order == COUNTER:
            from pobratim.batch.reader import count

            count(connection)
        elif order == WORKER and self._extract is not None:
            from pobratim.batch.worker import work

            options = dict(self._spec.pipeline.options)
            work(connection, rest[0], self._extract, options, self._spec.max_memory)

    def _reap(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            number = self._children.pop(pid)
            self._tell(DIED, number, os.waitstatus_to_exitcode(status))

    def _tell(self, what: bytes, number: int, value: int) -> None:
        self._control.sendall(ORDER.pack(what, number, value))


def die_with_parent(parent: int) -> None:
    """Ask the system to end this process with ``parent``; elsewhere the end of its pipe does so."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def main() -> None:
    """Started by :class:`pobratim.batch.nursery.Nursery`; the arguments are descriptor and parent."""
    number, parent = int(sys.argv[1]), int(sys.argv[2])
    # Ctrl-C reaches the whole group; what is to end and when is for the run to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(parent)
    control = socket.socket(fileno=number)
    first = Connection(os.dup(number))
    spec: Spec = first.recv()
    first.close()
    Nursery(control, spec).serve()
