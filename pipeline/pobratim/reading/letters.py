"""Which single-byte encoding makes Russian words, or Western European ones, of some bytes.

KOI8-R, windows-1251, CP866, ISO 8859-5 and Mac Cyrillic put the same letters at different bytes, so
that the wrong one turns words into other letters, odd capitals and signs. Each reading is charged
bits: for a pair of letters what the table of pairs says, for a capital after a small letter and for
a sign within a word a fixed fine. The cheapest reading wins; on a tie, the commoner encoding.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

PRIORS = {
    "cp1251": 0.0,
    "koi8-r": 4.0,
    "cp866": 4.0,
    "iso8859-5": 8.0,
    "mac-cyrillic": 10.0,
    "cp1252": 2.0,
}
"""Bits charged once to a text for its rare encoding; they decide only what letters cannot."""

WESTERN = "cp1252"

CREDIBLE = 7.0
"""Bits a character that a real text stays under: Russian prose costs about 4, a wrong reading
6 to 9."""

MAX_WORDS = 4000

ODD_CAPITAL = 14.0
ODD_SIGN = 11.0
NO_CHARACTER = 40.0
NEIGHBOUR_LETTER = 7.5
ACCENTED = 4.0
ACCENTED_RUN = 10.0
PUNCTUATION = 3.0

_EDGE_SIGNS = frozenset("\xa0«»„“”‘’–—…№§")
_LONE_SIGNS = frozenset("°©®•·±€£²³½")
_NEIGHBOURS = frozenset("іїєґў")
_WORD = re.compile(rb"[A-Za-z]{0,40}[\x80-\xff][A-Za-z\x80-\xff]{0,80}")


class Guess(NamedTuple):
    """An encoding and what its reading costs in bits a character."""

    encoding: str
    cost: float


@cache
def pair_costs() -> dict[str, float]:
    """Bits of each pair of lower-case Russian letters; a space is the edge of a word."""
    raw = files("pobratim.reading").joinpath("data/russian_letters.toml").read_text("utf-8")
    table = tomllib.loads(raw)
    letters = table["letters"]
    return {
        first + second: float(int(digit, 16))
        for first, row in zip(letters, table["costs"], strict=True)
        for second, digit in zip(letters, row, strict=True)
    }


def best_single_byte(data: bytes) -> Guess:
    """The encoding whose reading of the words with bytes above 0x7f costs least."""
    words = list(islice((m.group() for m in _WORD.finditer(data)), MAX_WORDS))
    guesses = [Guess(name, _cost(words, name)) for name in PRIORS]
    return min(guesses, key=lambda guess: guess.cost)


def _cost(words: list[bytes], encoding: str) -> float:
    texts = [word.decode(encoding, "replace") for word in words]
    charge = _western if encoding == WESTERN else _russian
    total = PRIORS[encoding] + sum(map(charge, texts))
    return total / max(1, sum(len(text) + 1 for text in texts))


def _sign(char: str, before: str) -> float:
    """Quotes and dashes stand beside letters, other signs do not follow one."""
    if char == "\ufffd":
        return NO_CHARACTER
    cheap = char in _EDGE_SIGNS or (char in _LONE_SIGNS and not before.isalpha())
    return PUNCTUATION if cheap else ODD_SIGN


def _russian(word: str) -> float:
    costs = pair_costs()
    cost = 0.0
    before = " "
    for char in word:
        letter = char.lower()
        pair = costs.get((before if before.isalpha() else " ").lower() + letter)
        if pair is not None:
            cost += pair
        elif char.isalpha():
            cost += NEIGHBOUR_LETTER if letter in _NEIGHBOURS else ODD_SIGN
        else:
            cost += _sign(char, before)
        cost += ODD_CAPITAL * (before.islower() and char.isupper())
        before = char
    return cost + (costs.get(before.lower() + " ", 0.0) if before.isalpha() else 0.0)


def _western(word: str) -> float:
    cost = 0.0
    before = " "
    for char in word:
        if char.isascii():
            cost += PUNCTUATION
        elif char.isalpha():
            cost += ACCENTED_RUN if before.isalpha() and not before.isascii() else ACCENTED
        else:
            cost += _sign(char, before)
        cost += ODD_CAPITAL * (before.islower() and char.isupper())
        before = char
    return cost + PUNCTUATION
