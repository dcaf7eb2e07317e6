"""Generated collections: many short documents, each of its own, out of the corpus's paragraphs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
A_FOLDER = 1_000


def texts(number: int, characters: int = 2_000, seed: int = 0) -> Iterator[str]:
    """``number`` texts of about so many characters, Russian and English as in the corpus."""
    sources = [path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))]
    paragraphs = [[part for part in text.split("\n") if part.strip()] for text in sources]
    chance = random.Random(seed)
    for index in range(number):
        chosen = chance.choice(paragraphs)
        parts: list[str] = [f"№ {index}"]
        while sum(map(len, parts)) < characters:
            start = chance.randrange(len(chosen))
            parts += chosen[start : start + 3]
        yield "\n".join(parts)


def write(folder: Path, number: int, characters: int = 2_000, seed: int = 0) -> int:
    """Write them below ``folder``, a thousand to a folder; how many characters they have."""
    total = 0
    for index, text in enumerate(texts(number, characters, seed)):
        place = folder / f"{index // A_FOLDER:04}"
        if not index % A_FOLDER:
            place.mkdir(parents=True, exist_ok=True)
        (place / f"{index:07}.txt").write_text(text, "utf-8")
        total += len(text)
    return total
