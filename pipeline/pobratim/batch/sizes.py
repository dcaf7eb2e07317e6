"""How much memory this process has, as far as the system tells."""

from __future__ import annotations

import os

__all__ = ["mapped_and_resident", "resident"]

_PAGE = os.sysconf("SC_PAGE_SIZE")


def mapped_and_resident() -> tuple[int, int]:
    """Bytes of address space and of memory; zero where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as stream:
            mapped, held, *_ = stream.read().split()
    except OSError:
        return 0, 0
    return int(mapped) * _PAGE, int(held) * _PAGE


def resident() -> int:
    """Bytes of memory; zero where the system does not tell."""
    return mapped_and_resident()[1]
