"""Characters a second against a document's length, up to 2 MB: time must grow in proportion.

    make bench-lengths

The texts are a corpus document of each language, repeated; one process, one thread.
"""

from __future__ import annotations

import resource
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

import pobratim

CORPUS = Path(__file__).parents[2] / "corpus"
TEXTS = {"ru": "khabarovsk-report-2019-ru.txt", "en": "khabarovsk-sister-cities-en.txt"}
LENGTHS = (20_000, 100_000, 500_000, 2_000_000)


def main() -> None:
    table = Table("language", "characters", "seconds", "characters a second", "peak memory, MB")
    for language, name in TEXTS.items():
        text = (CORPUS / name).read_text(encoding="utf-8")
        pobratim.extract(text)
        for length in LENGTHS:
            long = (text * (length // len(text) + 1))[:length]
            start = time.perf_counter()
            pobratim.extract(long)
            seconds = time.perf_counter() - start
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            row = (f"{length:,}", f"{seconds:.1f}", f"{length / seconds:,.0f}", f"{memory:,.0f}")
            table.add_row(language, *row)
    Console().print(table)


if __name__ == "__main__":
    main()
