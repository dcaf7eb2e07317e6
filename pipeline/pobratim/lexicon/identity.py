"""What tells that two names mean one body, across languages: concepts, and the sound of the rest."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from pobratim.errors import LexiconError
from pobratim.lexicon.files import read

__all__ = ["BodyWords", "body_words", "sound_of"]

FOLDER = "identity"
ENOUGH_CONSONANTS = 4
_CACHE = 1 << 14
_VOWELS = re.compile("(?<=.)[aeiou]")
_TWICE = re.compile(r"(.)\1+")
# Before a consonant, v behind a is what transcription makes of u: «Аврора», Aurora.
_AV = re.compile("av(?=[^aeiou])")


class BodyWords(NamedTuple):
    """``concepts`` leads from a lemma to what it means; ``empty`` words tell no body from another."""

    concepts: dict[str, str]
    empty: frozenset[str]


@cache
def body_words() -> BodyWords:
    """The words of ``data/identity/concepts.toml``.

    Raises:
        LexiconError: a word stands under two concepts.
    """
    data = read(FOLDER, "concepts")
    concepts: dict[str, str] = {}
    for concept, words in data["concepts"].items():
        for word in words:
            if concepts.setdefault(word, concept) != concept:
                raise LexiconError(
                    f"lexicon file {FOLDER}/concepts.toml: {word!r} is under {concepts[word]} "
                    f"and under {concept}; leave it under one"
                )
    return BodyWords(concepts, frozenset(data["words"]["empty"]))


@lru_cache(maxsize=_CACHE)
def sound_of(word: str) -> str:
    """A rough code of how ``word`` sounds, the same for a name and its usual transcription.

    Doubled sounds count once; from four consonants on, vowels but a first one are left out, since
    transcriptions differ in them most («Портленд», Portland). Letters of other scripts than
    Latin and Cyrillic stay as they are.
    """
    table, letters, marked = _sounds()
    spelt = unicodedata.normalize("NFC", word.lower()).translate(marked)
    plain = unicodedata.normalize("NFD", spelt)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    code = _TWICE.sub(r"\1", letters.sub(lambda found: table[found[0]], plain))
    code = _AV.sub("au", code)
    skeleton = _VOWELS.sub("", code)
    return skeleton if len(skeleton) >= ENOUGH_CONSONANTS else code


@cache
def _sounds() -> tuple[dict[str, str], re.Pattern[str], dict[int, str]]:
    data = read(FOLDER, "sounds")
    table: dict[str, str] = {**data["cyrillic"], **data["latin"]}
    longest_first = sorted(table, key=lambda letters: (-len(letters), letters))
    letters = re.compile("|".join(map(re.escape, longest_first)))
    return table, letters, str.maketrans(data["marked"])
