"""The language of a piece of text: ``ru``, ``en``, or ``und`` for anything else.

The script decides between the two; letters and function words of other languages
(``lexicon/data/reading``) keep Ukrainian from passing for Russian and German for English.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

from pobratim.lexicon.reading import reading_lexicon

__all__ = ["language_of", "language_of_document"]

CYRILLIC = re.compile(r"[\u0400-\u052f]+")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
OTHER = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u0400-\u052f]+")
SAMPLE = 20_000
ENOUGH_WORDS = 8
FOREIGN_LETTERS, FOREIGN_LETTERS_SHARE = 2, 0.006
MUL_SHARE = 0.2


def language_of(text: str) -> str:
    """The language of one block, judged by its first 20,000 characters; ``""`` if it has no letters."""
    sample = text[:SAMPLE]
    cyrillic = CYRILLIC.findall(sample)
    latin = LATIN.findall(sample)
    cyrillic_size, latin_size = sum(map(len, cyrillic)), sum(map(len, latin))
    known = cyrillic_size + latin_size
    if known < len(sample) - known:  # or else other letters cannot be more
        other = sum(map(len, OTHER.findall(sample)))
        if not known + other:
            return ""
        if other > known:
            return "und"
    if cyrillic_size >= latin_size:
        return "und" if _has_foreign_letters(sample, cyrillic_size) else _decided("ru", cyrillic)
    return _decided("en", latin)


def _has_foreign_letters(sample: str, size: int) -> bool:
    """Whether letters that Russian has not are more than a name or two would bring."""
    count = len(reading_lexicon().foreign_letter.findall(sample.casefold()))
    return count > max(FOREIGN_LETTERS, FOREIGN_LETTERS_SHARE * size)


def _decided(candidate: str, words: list[str]) -> str:
    """``candidate``, unless function words say that it is another language of its script.

    One such word may be of a name: "Updated 11.03.2020 · Magistrat der Stadt Kiel · Imprint".
    """
    if len(words) < ENOUGH_WORDS:
        return candidate
    known = reading_lexicon().languages_of_word
    told = [word for word in map(str.casefold, words) if word in known]
    votes = Counter(chain.from_iterable(map(known.__getitem__, told)))
    own = votes.pop(candidate, 0)
    several = Counter(chain.from_iterable(map(known.__getitem__, set(told))))
    best = max((size for language, size in votes.items() if several[language] > 1), default=0)
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
