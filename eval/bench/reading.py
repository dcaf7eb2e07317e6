"""How long each format takes to read, beside how long its text takes to extract.

    python eval/bench/reading.py

The documents are those of tests/reading/fixtures; the best of some runs counts, one process. Reading is
timed once warm: the libraries are loaded by a first reading, whose extra seconds are the last column.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

import pobratim
from pobratim.reading.files import read_file

FIXTURES = Path(__file__).parents[2] / "tests" / "reading" / "fixtures"
SUFFIXES = (".txt", ".rtf", ".docx", ".odt", ".epub", ".html", ".pdf", "-browser.pdf")
RUNS = 5


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The least that ``work`` takes."""
    best = float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    """Print a line for each file."""
    table = Table("file", "characters", "read, ms", "extract, ms", "share", "first time, ms")
    for name in ("report-ru", "page-en"):
        pobratim.extract((FIXTURES / f"{name}.txt").read_text("utf-8"))
        for suffix in SUFFIXES:
            path = FIXTURES / f"{name}{suffix}"
            first = seconds(lambda path=path: read_file(path, path.name), 1)
            reading = read_file(path, path.name)
            read = seconds(lambda path=path: read_file(path, path.name))
            extract = seconds(lambda text=reading.text: pobratim.extract(text))
            share = f"{read / (read + extract):.1%}"
            row = [f"{1000 * each:.1f}" for each in (read, extract)]
            table.add_row(
                path.name, f"{len(reading.text):,}", *row, share, f"{1000 * (first - read):.0f}"
            )
    Console().print(table)


if __name__ == "__main__":
    main()
