"""The language of a piece of text: ``ru``, ``en``, or ``und`` for anything else.

The script decides between the two; letters and function words of other languages
(``lexicon/data/reading``) keep Ukrainian from passing for Russian and German for English.
"""

from __future__ import annotations

import re
from collections import Counter

from pobratim.lexicon.reading import reading_lexicon

__all__ = ["language_of", "language_of_document"]

CYRILLIC = re.compile(r"[\u0400-\u052f]+")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
SAMPLE = 20_000
ENOUGH_WORDS = 8
FOREIGN_LETTERS_SHARE = 0.006
MUL_SHARE = 0.2


def language_of(text: str) -> str:
    """The language of one block, judged by its first 20,000 characters; ``""`` if it has no letters."""
    sample = text[:SAMPLE]
    cyrillic = CYRILLIC.findall(sample)
    latin = LATIN.findall(sample)
    cyrillic_size, latin_size = sum(map(len, cyrillic)), sum(map(len, latin))
    other = sum(map(str.isalpha, sample)) - cyrillic_size - latin_size
    if not cyrillic_size + latin_size + other:
        return ""
    if other > cyrillic_size + latin_size:
        return "und"
    if cyrillic_size >= latin_size:
        return _decided("ru", cyrillic)
    return _decided("en", latin)


def _decided(candidate: str, words: list[str]) -> str:
    """``candidate``, unless letters or function words say that it is another of its script."""
    lexicon = reading_lexicon()
    if len(words) < ENOUGH_WORDS:
        return candidate
    lowered = Counter(word.casefold() for word in words)
    if candidate == "ru":
        letters = Counter("".join(words).casefold())
        total = sum(letters.values())
        for foreign in lexicon.foreign_letters.values():
            if sum(letters[letter] for letter in foreign) > FOREIGN_LETTERS_SHARE * total:
                return "und"
    own = sum(lowered[word] for word in lexicon.function_words[candidate])
    best = max(
        sum(lowered[word] for word in known)
        for name, known in lexicon.function_words.items()
        if name not in ("ru", "en")
    )
    return "und" if best > own and best >= len(words) / 20 else candidate


def language_of_document(sizes: dict[str, int]) -> str:
    """``ru``, ``en``, ``mul`` (two languages, the lesser with a fifth or more) or ``und``.

    ``sizes`` holds the characters in each language, furniture of the page left out.
    """
    total = sum(sizes.values())
    if not total:
        return "und"
    ranked = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    if len(ranked) > 1 and ranked[1][1] >= MUL_SHARE * total:
        return "mul"
    return ranked[0][0]
