"""What the form of a single word tells: its cases, whether it is a number, its script."""

from __future__ import annotations

from functools import lru_cache

from pobratim.lexicon.morphology import readings

__all__ = ["cases_of", "is_latin", "is_number"]

CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})


@lru_cache(maxsize=100_000)
def cases_of(form: str, adjective: bool) -> frozenset[str]:
    """The cases that a form may stand in as an adjective (participles too) or as a noun."""
    found: set[str] = set()
    for reading in readings(form):
        participle = "PRTF" in reading.grammemes
        if (reading.pos == "ADJ" or participle) if adjective else reading.pos == "NOUN":
            found |= reading.grammemes & CASES
    return frozenset(found)


def is_number(word: str) -> bool:
    """Whether a word is a short number in digits or Roman numerals."""
    return (word.isdigit() and len(word) < 4) or (
        len(word) < 8 and all(letter in "IVXLCХ" for letter in word)
    )


def is_latin(word: str) -> bool:
    """Whether a word begins with a Latin letter."""
    return word[0].isalpha() and word[0] < "\u0250"
