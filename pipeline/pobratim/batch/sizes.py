"""How much memory this process has, as far as the system tells."""

from __future__ import annotations

import os

__all__ = ["Size", "resident"]

_PAGE = os.sysconf("SC_PAGE_SIZE")


class Size:
    """Asks the system again and again how large this process is."""

    def __init__(self) -> None:
        path = "/proc/self/statm"
        self._file = os.open(path, os.O_RDONLY) if os.path.exists(path) else None

    def now(self) -> tuple[int, int]:
        """Bytes of address space and of memory; zero where the system does not tell."""
        if self._file is None:
            return 0, 0
        mapped, held, *_ = os.pread(self._file, 256, 0).split()
        return int(mapped) * _PAGE, int(held) * _PAGE

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)


def resident() -> int:
    """Bytes of memory; zero where the system does not tell."""
    size = Size()
    held = size.now()[1]
    size.close()
    return held
