"""The nursery from outside: how a run has processes forked, killed and told of when they end."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from pobratim.batch.pipeline import PipelineSpec
from pobratim.errors import ModelError
from pobratim.stages.neural.runtime import THREADS

ORDER = struct.Struct("!cqq")
READER, COUNTER, WORKER, KILL, LOAD = b"R", b"C", b"W", b"K", b"L"
FORKED, DIED, LOADED, REFUSED = b"F", b"D", b"O", b"E"

ONE_THREAD = {
    **dict.fromkeys(
        ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"
    ),
    THREADS: "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""Threads do not survive a fork: a model that had some would wait for them in every worker."""
START = """
import json, sys
sys.path[:] = json.loads(sys.argv.pop())
from pobratim.batch.nursery_process import main
main()
"""


@dataclass(frozen=True, slots=True)
class Spec:
    """What the nursery is told first."""

    pipeline: PipelineSpec
    max_memory: int


@dataclass(slots=True)
class News:
    """What the nursery told: who was forked, who died and how, and whether the models are there."""

    died: dict[int, int] = field(default_factory=dict)
    loaded: bool = False
    gone: bool = False


class Nursery:
    """Starts the process at once; children are known by a number of their own."""

    def __init__(self, spec: Spec) -> None:
        ours, theirs = socket.socketpair()
        environment = {**os.environ, **ONE_THREAD}
        command = [sys.executable, "-P", "-c", START, str(theirs.fileno()), str(os.getpid())]
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # this very Python
                [*command, json.dumps(sys.path)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env=environment,
            )
        self.control = ours
        self._buffer = b""
        self._last = 0
        self.pids: dict[int, int] = {}
        first = Connection(os.dup(ours.fileno()))
        first.send(spec)
        first.close()

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def fork(self, kind: bytes, *files: int) -> tuple[int, Connection]:
        """A new child: its number and the line to it; ``files`` are open there too.

        Raises :class:`OSError` if the nursery is gone.
        """
        ours, theirs = socket.socketpair()
        self._last += 1
        with theirs:
            fds = [theirs.fileno(), *files]
            socket.send_fds(self.control, [ORDER.pack(kind, self._last, 0)], fds)
        return self._last, Connection(ours.detach())

    def load(self) -> None:
        """Have the models loaded; :meth:`news` tells when they are."""
        self.control.sendall(ORDER.pack(LOAD, 0, 0))

    def kill(self, number: int, sign: int) -> None:
        """Send a signal to a child; nothing happens if it, or the nursery, is gone."""
        with suppress(OSError):
            self.control.sendall(ORDER.pack(KILL, number, sign))

    def news(self) -> News:
        """What was told since the last time; to be called when ``control`` can be read.

        Raises :class:`~pobratim.errors.ModelError` if the models cannot be loaded.
        """
        news = News()
        try:
            data = self.control.recv(65536)
        except OSError:
            data = b""
        news.gone = not data
        self._buffer += data
        for what, number, value in self._orders():
            if what == FORKED:
                self.pids[number] = value
            elif what == DIED:
                self.pids.pop(number, None)
                news.died[number] = value
            elif what == LOADED:
                news.loaded = True
            elif what == REFUSED:
                raise ModelError(f"the models cannot be loaded: {self._message(value)}")
        return news

    def _orders(self) -> Iterator[tuple[bytes, int, int]]:
        while len(self._buffer) >= ORDER.size:
            head, self._buffer = self._buffer[: ORDER.size], self._buffer[ORDER.size :]
            yield ORDER.unpack(head)

    def _message(self, length: int) -> str:
        while len(self._buffer) < length and (data := self.control.recv(length)):
            self._buffer += data
        return self._buffer.decode("utf-8", "replace")

    def close(self) -> None:
        """End it and all its children."""
        self.control.close()
        self._process.kill()
        self._process.wait()
