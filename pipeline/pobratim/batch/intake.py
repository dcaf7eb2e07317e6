"""The reader from outside: the stream of entries, whatever happens to the process that reads."""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection

from pobratim.batch.nursery import READER, News, Nursery
from pobratim.batch.reader import End, Entry, Message, Opened, Request


class Intake:
    """Receives what a reader sends, and replaces a reader that died or is silent for too long.

    What breaks the reader twice at one place becomes an entry with an error.
    """

    def __init__(self, request: Request, timeout: float) -> None:
        self._request = request
        self._timeout = timeout
        self._number = 0
        self._place = request.start
        self._blamed: tuple[int, int] | None = None
        self._late = False
        self._heard = 0.0
        self.connection: Connection | None = None
        self.ended: End | None = None

    def start(self, nursery: Nursery) -> None:
        """Have a reader forked, that goes on where the last one ended."""
        if self.ended is not None:
            return
        self.stop(nursery)
        self._late = False
        self._heard = time.monotonic()
        # If the nursery is gone too, its end is on its way, and this is called again.
        with suppress(OSError):
            self._number, self.connection = nursery.fork(READER)
            self.connection.send(replace(self._request, start=self._place))

    def stop(self, nursery: Nursery) -> None:
        """Have the reader ended."""
        if self.connection is not None:
            nursery.kill(self._number, signal.SIGKILL)
            self.connection.close()
            self.connection = None

    def wanted(self) -> None:
        """Tell that its silence begins to count."""
        self._heard = time.monotonic()

    def receive(self) -> list[Message]:
        """What was sent; nothing if the line is broken, of which :meth:`care` will hear."""
        assert self.connection is not None
        self._heard = time.monotonic()
        try:
            messages: list[Message] = self.connection.recv()
        except (EOFError, OSError):
            self.connection.close()
            self.connection = None
            return []
        known, sequence = self._request.known, self._request.sequence
        for message in messages:
            if isinstance(message, Entry):
                self._place = (message.file, message.number + 1)
                sequence += 1
                known = None if message.changed else known
            elif isinstance(message, Opened):
                self._place = max(self._place, (message.file, 0))
            elif isinstance(message, End):
                self.ended = message
        self._request = replace(self._request, known=known, sequence=sequence)
        return messages

    def care(self, nursery: Nursery, news: News) -> list[Message]:
        """Replace the reader if it, or its nursery, is gone; kill it if it is late.

        Returns what a dead reader had sent and nobody had received.
        """
        left: list[Message] = []
        if self.ended is not None:
            return left
        if news.gone or self._number in news.died:
            while self.connection is not None and self.connection.poll():
                left += self.receive()
            if self.ended is None:
                if not news.gone:
                    self._blame(news.died[self._number])
                self.start(nursery)
        elif not self._late and time.monotonic() - self._heard > self._timeout:
            self._late = True
            nursery.kill(self._number, signal.SIGKILL)
        return left

    def _blame(self, status: int) -> None:
        """After a second death at one place, have that place passed over."""
        request = self._request
        if request.careful and self._blamed == self._place:
            if self._late:
                why = f"reading it took longer than {self._timeout:g} s; raise --timeout"
            else:
                how = signal.Signals(-status).name if status < 0 else f"exit status {status}"
                why = f"the process that read it died of {how}; is the file damaged?"
            self._request = replace(request, broken={**request.broken, self._place: why})
            self._blamed = None
        else:
            self._request = replace(request, careful=True)
            self._blamed = self._place if request.careful else None
