"""Generated collections: many short documents, each of its own, out of the corpus's paragraphs."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
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


def pack(folder: Path, number: int, characters: int = 2_000, seed: int = 0) -> None:
    """Write them into ten JSONL files in ``folder``: a million files take longer to make than to read."""
    folder.mkdir(parents=True)
    made = texts(number, characters, seed)
    for index in range(10):
        with (folder / f"pages-{index}.jsonl").open("w", encoding="utf-8") as file:
            for text in islice(made, -(-number // 10)):
                file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")


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
