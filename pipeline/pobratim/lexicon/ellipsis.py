"""Words around a number whose noun was said before; ``[ellipsis]`` in ``data/quantities/*.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pobratim.lexicon.files import read_all
from pobratim.lexicon.quantities import word_phrases, word_set

__all__ = ["EllipsisWords", "ellipsis_words"]

Phrases = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class EllipsisWords:
    """Lower-case words and phrases of all languages; what each is for the data files tell."""

    part_before: Phrases
    part_after: Phrases
    more: Phrases
    versus: Phrases
    totals: Phrases
    questions: Phrases
    fillers: frozenset[str]
    of: frozenset[str]
    whole: frozenset[str]
    wholes: frozenset[str]
    sources: frozenset[str]
    amounts: frozenset[str]
    answers: frozenset[str]
    sides: frozenset[str]
    bodies: frozenset[str]
    of_bodies: frozenset[str]
    shares: frozenset[str]
    copulas: frozenset[str]


@cache
def ellipsis_words() -> EllipsisWords:
    """The words, read once.

    Raises:
        LexiconError: a language's file lacks a list.
    """
    files = read_all("quantities")
    files.pop("units", None)

    def phrases(key: str) -> Phrases:
        return tuple(sorted(word_phrases(files, "ellipsis", key)))

    def words(key: str) -> frozenset[str]:
        return word_set(files, "ellipsis", key)

    return EllipsisWords(
        part_before=phrases("part_before"),
        part_after=phrases("part_after"),
        more=phrases("more"),
        versus=phrases("versus"),
        totals=phrases("totals"),
        questions=phrases("questions"),
        fillers=words("fillers"),
        of=words("of"),
        whole=words("whole"),
        wholes=words("wholes"),
        sources=words("sources"),
        amounts=words("amounts"),
        answers=words("answers"),
        sides=words("sides"),
        bodies=words("bodies"),
        of_bodies=words("of_bodies"),
        shares=words("shares"),
        copulas=words("copulas"),
    )
