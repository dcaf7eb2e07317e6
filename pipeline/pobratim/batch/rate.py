"""How far a run is, how fast it goes and how long it will take."""

from __future__ import annotations

import time

from pobratim.batch.counter import Total

SECONDS_TO_FORETELL = 3.0
"""How much work must be done before time left is told: the first documents may be tiny, or huge."""


class Rate:
    """Counts what is done; time left is told by bytes, which foretell better than documents."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.total: Total | None = None
        self.again()

    def again(self) -> None:
        """Begin to count anew."""
        self.done = self.kept = self.failures = self.characters = 0
        self.size_done = self._size_new = 0
        self._first: float | None = None

    def add(self, characters: int, size: int) -> None:
        """One more input is done."""
        self.done += 1
        self.characters += characters
        self.size_done += size
        if self._first is None:
            # Before the first one, models were loaded.
            self._first = time.monotonic()
        else:
            self._size_new += size

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._began

    @property
    def documents_a_second(self) -> float:
        """Inputs done in a second, those that were done before not counted."""
        return self.done / self.seconds if self.seconds else 0.0

    @property
    def characters_a_second(self) -> float:
        """Characters extracted in a second."""
        return self.characters / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long it will take; ``None`` while that is not known."""
        if self.total is None or not self.total.final or self._first is None:
            return None
        seconds, left = time.monotonic() - self._first, max(0, self.total.size - self.size_done)
        if not self._size_new or seconds < SECONDS_TO_FORETELL:
            return None
        return seconds * left / self._size_new

    def is_small(self, files: int) -> bool:
        """Whether there are at most ``files``, as far as is known."""
        return self.total is None or self.total.files <= files

    def told(self) -> str:
        """All of it in a line."""
        done = self.done + self.kept
        of = (
            f" of {self.total.files:,}"
            if self.total is not None and self.total.files >= done
            else ""
        )
        told = f"{done:,}{of} documents, {self.documents_a_second:,.1f} a second, "
        told += f"{self.characters_a_second:,.0f} chars/s"
        left = self.seconds_left
        if left is not None:
            told += f", {int(left) // 3600}:{int(left) // 60 % 60:02}:{int(left) % 60:02} left"
        if self.failures:
            told += f", {self.failures:,} failed"
        return told
