"""The numbers of list items, as word processors count them."""

from __future__ import annotations

from collections import defaultdict

__all__ = ["Counters", "numeral"]

RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
ALPHABETS = {
    "lowerLetter": LATIN,
    "upperLetter": LATIN.upper(),
    "a": LATIN,
    "A": LATIN.upper(),
    "russianLower": RUSSIAN,
    "russianUpper": RUSSIAN.upper(),
    "а, б, .., аа, аб, ... (ru)": RUSSIAN,
}


def numeral(number: int, kind: str) -> str:
    """``number`` as ``kind`` writes it, a name of WordprocessingML's or OpenDocument's."""
    if kind in ALPHABETS:
        letters = ALPHABETS[kind]
        return letters[(number - 1) % len(letters)] * min(9, (number - 1) // len(letters) + 1)
    if kind in ("lowerRoman", "i", "upperRoman", "I") and 0 < number < 4000:
        return _roman(number) if kind in ("lowerRoman", "i") else _roman(number).upper()
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in ROMAN:
        written += letters * (number // value)
        number %= value
    return written


class Counters:
    """The counters of lists by list and level; a higher level's step starts the lower ones anew."""

    def __init__(self) -> None:
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def step(self, list_id: str, level: int, start: int = 1) -> dict[int, int]:
        """Count one more item at ``level`` and give the numbers of all levels."""
        counts = self._counts[list_id]
        counts[level] = counts.get(level, start - 1) + 1
        for lower in [each for each in counts if each > level]:
            del counts[lower]
        return counts
