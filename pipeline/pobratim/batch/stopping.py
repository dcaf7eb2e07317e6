"""Ctrl-C and SIGTERM: heeded between two steps rather than within one."""

from __future__ import annotations

import signal
import threading
from typing import Any


class Signals:
    """Notes the signals from :meth:`watch` until :meth:`restore`; only the main thread gets any."""

    def __init__(self) -> None:
        self._noted = 0
        self._handlers: dict[int, Any] = {}

    def watch(self) -> None:
        """Begin to note them."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._handlers[number] = signal.signal(number, self._note)

    def _note(self, number: int, _: object) -> None:
        self._noted = number

    def heed(self) -> None:
        """Raise :class:`KeyboardInterrupt` or :class:`SystemExit` for what was noted."""
        if self._noted == signal.SIGINT:
            raise KeyboardInterrupt
        if self._noted:
            raise SystemExit(128 + self._noted)

    def restore(self) -> None:
        """Have them handled as before."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
