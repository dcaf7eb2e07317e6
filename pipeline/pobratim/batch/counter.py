"""How many files there are: counted by a process of its own, so that time left can be told."""

from __future__ import annotations

from multiprocessing.connection import Connection
from typing import NamedTuple

from pobratim.batch.nursery import COUNTER, Nursery


class Total(NamedTuple):
    """Files and bytes counted; ``final`` once all are."""

    files: int
    size: int
    final: bool


class Counter:
    """The process that counts; if it dies there is no count, which costs nothing but the figure."""

    def __init__(self, inputs: tuple[str, ...], nursery: Nursery) -> None:
        _, connection = nursery.fork(COUNTER)
        connection.send(inputs)
        self.connection: Connection | None = connection
        self._last = Total(0, 0, False)

    def receive(self) -> Total:
        """The last count."""
        assert self.connection is not None
        try:
            self._last = Total(*self.connection.recv())
        except (EOFError, OSError):
            self._close()
        if self._last.final:
            self._close()
        return self._last

    def _close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
