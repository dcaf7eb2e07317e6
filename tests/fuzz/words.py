"""Texts out of bytes: a byte string is a row of two-byte numbers, each a word of a vocabulary.

So a fuzzer that changes bytes changes words. The vocabulary is that of the project's texts and
lexicon, and of what texts do harm with.
"""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
RAW = 0xF5
"""A first byte of this value or above: what follows is UTF-8 with stray surrogates, as it is."""

_TOKEN = re.compile(r"\w+|\s|[^\w\s]")
_SIGNS = (
    *"«»“”„\"'‘’()[]{}<>|/\\-–—‑−.,:;!?…№%°²$€£¥*•·+=~_@#&",
    "\n", "\r\n", "\n\n", "\t", "\u00a0", "\u2028", "\u2009", "\u200b", "\ufeff", "\u00ad", "\u202e",
    "\u202d", "\u2066", "\u2069", "\u200f", "\x00", "\x01", "\x0b", "\x0c", "\x1c", "\x85", "\ufffd",
    "\ud800", "\udc80", "\udfff", "\U0010ffff", "\u0301", "\u0306" * 9, "и\u0306", "e\u0301" * 5,
    "😀", "👨‍👩‍👧‍👦", "🇷🇺", "ß", "İ", "ı", "ﬁ", "Ǆ", "中国", "新潟市", "부천", "مدينة", "שלום", "Ω", "٣", "१२", "²",
    "½", "Ⅳ", "①", "𝟛", "๓",
)  # fmt: skip
_PHRASES = (
    "А. ", "С.А. ", "J. ", "г. ", "гг. ", "г.", " и ", " and ", " of ", " the ", " с ", " по ", "с 2002 по 2019 годы",
    "15 июля 2002 года", "July 15, 2002", "2002-07-15", "15.07.2002", "31 февраля", "30.02.2001", "0000", "9999",
    "99999", "1993-1995 гг.", "1990-х", "XX век", "XXVII ", "MMMMCM", "III в. до н. э.", "300 BC", "весной", "spring",
    "прошлого года", "в том же году", "1", "2", "10", "12", "70", "100", "1 000", "1,5", "17,3 %", "1e9", "0", "00",
    "007", "12345678901234567890", "тыс. ", "млн ", "million ", "трлн ", "двадцать пять", "сто", "twenty-five",
    "hundred", "около ", "более ", "about ", "- ", "1. ", "1.1. ", "а) ", "Мэр: ", "Party: ", "- Мэр Казани ",
    "ООО «", "ОАО ", "» ", " LLC", " Ltd.", " GmbH", "http://a.b/c", "a@b.ru", "+7 (999) 123-45-67",
    "администрация города ", "министерство ", "Мэр ", "мэр г.", "глава ", "Mayor of ", "Deputy Mayor ", "and-",
    "соглашение ", "Соглашение о ", "меморандум ", "подписали ", "между ", "agreement between ", "signed ",
    "города-побратимы", "sister cities ", "70 детей", "делегаций", "delegations", "was operated", "прооперировано",
)  # fmt: skip


@cache
def vocabulary() -> tuple[str, ...]:
    """The words, in the same order whatever the machine."""
    words = dict.fromkeys((*_SIGNS, *_PHRASES, " "))
    words.update(dict.fromkeys(chr(code) for code in (*range(32, 127), *range(0x410, 0x450))))
    found: dict[str, None] = {}
    for text in seed_texts():
        found.update(dict.fromkeys(_TOKEN.findall(text)))
    for path in sorted((ROOT / "pipeline/pobratim/lexicon/data").rglob("*.toml")):
        found.update(dict.fromkeys(re.findall(r"\w[\w .-]{1,30}", path.read_text("utf-8"))))
    words.update(found)
    return tuple(words)[: RAW << 8]


@cache
def _numbers() -> dict[str, int]:
    return {word: number for number, word in enumerate(vocabulary())}


@cache
def seed_texts() -> tuple[str, ...]:
    """Pieces of the corpus, the fixtures and the tests' own example texts."""
    pieces: list[str] = []
    fixtures = sorted((ROOT / "tests/reading/fixtures").glob("*.txt"))
    for path in (*sorted((ROOT / "corpus").glob("*.txt")), *fixtures):
        text = path.read_text("utf-8")
        pieces += [text[at : at + 700] for at in range(0, min(len(text), 14_000), 700)]
    quoted = re.compile(r'"((?:[^"\\\n]|\\n){15,300})"')
    for path in sorted((ROOT / "tests/stages").rglob("test_*.py")):
        pieces += [piece.replace("\\n", "\n") for piece in quoted.findall(path.read_text("utf-8"))]
    return tuple(pieces)


def text_of(data: bytes) -> str:
    """The text that ``data`` spells."""
    if data[:1] >= bytes([RAW]):
        return data[1:].decode("utf-8", "surrogateescape")
    words = vocabulary()
    pairs = zip(data[::2], data[1::2], strict=False)
    return "".join(words[(high << 8 | low) % len(words)] for high, low in pairs)


def bytes_of(text: str) -> bytes:
    """The bytes that spell ``text``, but for what no word of the vocabulary has."""
    numbers = _numbers()
    pieces: list[int] = []
    for token in _TOKEN.findall(text):
        parts = [token] if token in numbers else [ch for ch in token if ch in numbers]
        pieces += [numbers[part] for part in parts]
    return b"".join(number.to_bytes(2, "big") for number in pieces)


def mutated(data: bytes, most: int, chance: random.Random) -> bytes:
    """``data`` with words left out, put in, doubled, repeated many times or exchanged."""
    if data[:1] >= bytes([RAW]):
        data = bytes_of(text_of(data))
    words = [data[at : at + 2] for at in range(0, len(data) - 1, 2)]
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at = chance.randrange(len(words) + 1)
        end = min(len(words), at + chance.choice((1, 1, 1, 2, 3, 8, 20)))
        match chance.randrange(7):
            case 0:
                del words[at:end]
            case 1:
                words[at:at] = [_word(chance)]
            case 2:
                words[at:end] = [_word(chance)]
            case 3:
                words[at:at] = words[at:end] * chance.choice((1, 1, 2, 30))
            case 4:
                words[at:end] = reversed(words[at:end])
            case 5:
                to = chance.randrange(len(words) + 1)
                words[to:to] = words[at:end]
            case 6:
                piece = bytes_of(chance.choice(seed_texts()))
                start = 2 * chance.randrange(len(piece) // 2 + 1)
                new = piece[start : start + 2 * chance.choice((1, 2, 4, 10, 40))]
                words[at:at] = [new[at : at + 2] for at in range(0, len(new) - 1, 2)]
    return b"".join(words)[: most - most % 2]


def _word(chance: random.Random) -> bytes:
    """A word, every second time one of those that do harm."""
    few = len(_SIGNS) + len(_PHRASES)
    return chance.randrange(chance.choice((few, few, len(vocabulary())))).to_bytes(2, "big")
