"""Romanised Chinese, Japanese and Korean names to Russian, by the systems Russian maps use.

Chinese: the Palladius system (from pinyin). Japanese: the Polivanov system (from Hepburn romaji).
Korean: the Kontsevich system (from Revised Romanization or McCune-Reischauer). The tables are in
``data/transcription/*.toml``; this module only splits a name and looks its parts up. Names come
back with a capital on every part; what the tables cannot split gives ``""`` or ``()``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pobratim.errors import LexiconError

__all__ = ["kontsevich", "loose_spellings", "palladius", "polivanov"]

_FOLDER = Path(__file__).with_name("data") / "transcription"
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "′": "'", "ʻ": "'"})
_VOWELS = frozenset("aeiou")
_LONGEST_SYLLABLE = 6
_PARTS = re.compile(r"[\s\-]+")


@cache
def _table(system: str) -> dict[str, Any]:
    path = _FOLDER / f"{system}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        message = f"transcription table {path} cannot be read: {error}; restore or correct it"
        raise LexiconError(message) from error


def palladius(pinyin: str) -> str:
    """Pinyin (tones ignored, spaced or not) to Russian: ``Suifenhe`` gives ``Суйфэньхэ``.

    A syllable that starts with a, o or e inside a word is only read where nothing else splits the
    word, as pinyin writes an apostrophe there (``Xi'an``, ``Chang'an``).
    """
    return _by_parts(pinyin, _palladius_part, _table("palladius")["type_words"])


def polivanov(romaji: str) -> str:
    """Hepburn romaji (long vowels marked or not) to Russian: ``Musashino`` gives ``Мусасино``."""
    return _by_parts(romaji, _polivanov_part, ())


def kontsevich(romanised: str) -> tuple[str, ...]:
    """Korean to Russian, the likeliest reading first: ``Bucheon`` gives ``Пучхон``.

    Several readings come back where the romanisation is not known (``Chongjin`` is Чхонджин as
    Revised Romanization and Чонджин as McCune-Reischauer without its apostrophe) or ``ng``
    between vowels may be n + g.
    """
    return _korean(romanised, {})


def loose_spellings(system: str, romanised: str) -> tuple[str, ...]:
    """Spellings of a name that Russian texts use beside the strict one, the strict ones excluded.

    ``system`` is ``palladius``, ``polivanov`` or ``kontsevich``: ``Changwon`` gives Чангвон,
    ``Hitachi`` gives Хитачи, ``Guangzhou`` gives Гуаньчжоу.
    """
    variants = _LOOSE.get(system)
    if variants is None:
        message = f"no transcription system {system!r}; choose one of {', '.join(sorted(_LOOSE))}"
        raise LexiconError(message)
    return variants(romanised)


def _clean(name: str) -> str:
    return unicodedata.normalize("NFC", name).translate(_APOSTROPHES).lower()


def _without_marks(text: str) -> str:
    """Drop tone and length marks, keeping ü."""
    kept = text.replace("ü", "\0")
    bare = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return bare.replace("\0", "ü")


def _by_parts(name: str, convert: Callable[[str], str], type_words: Iterable[str]) -> str:
    parts = _PARTS.split(_clean(name).strip())
    kept = [part for part in parts[1:] if _without_marks(part) not in type_words]
    converted = [convert(part) for part in (parts[0], *kept)]
    if not all(converted):
        return ""
    return "-".join(part.capitalize() for part in converted)


def _split(word: str, syllables: Mapping[str, str], late: frozenset[str]) -> list[str]:
    """The split of ``word`` with fewest syllables that start in ``late``, then fewest in all.

    Dynamic programming from the end: linear in the word. No split gives ``[]``.
    """
    size = len(word)
    costs: list[int | None] = [None] * size + [0]
    ends = [0] * size
    for start in range(size - 1, -1, -1):
        for end in range(min(size, start + _LONGEST_SYLLABLE), start, -1):
            rest, piece = costs[end], word[start:end]
            if rest is None or piece not in syllables:
                continue
            cost = rest + 1 + (size if start and piece[0] in late else 0)
            current = costs[start]
            if current is None or cost < current:
                costs[start], ends[start] = cost, end
    if costs[0] is None:
        return []
    pieces, at = [], 0
    while at < size:
        pieces.append(word[at : ends[at]])
        at = ends[at]
    return pieces


def _palladius_part(word: str) -> str:
    table = _table("palladius")
    syllables: dict[str, str] = table["syllables"]
    pieces: list[str] = []
    for chunk in _without_marks(word).split("'"):
        split = _split(chunk, syllables, frozenset("aoe"))
        if not split:
            return ""
        pieces += split
    text = ""
    for before, piece in zip(["", *pieces], pieces, strict=False):
        russian = syllables[piece]
        if before.endswith("ng") and russian[0] in table["hard_sign_before"]:
            text += "ъ"
        text += russian
    return text


def _polivanov_part(word: str) -> str:
    table = _table("polivanov")
    syllables: dict[str, str] = table["syllables"]
    long_vowels = [
        at for at, c in enumerate(word.replace("'", "")) if unicodedata.normalize("NFD", c) != c
    ]
    text, at, plain = "", 0, _without_marks(word)
    moras: list[str] = []
    offset = plain.count("'")
    while at < len(plain):
        piece = next((plain[at : at + n] for n in (3, 2, 1) if plain[at : at + n] in syllables), "")
        after = plain[at + 1 : at + 2]
        if piece:
            glide = piece == "i" and moras and moras[-1][-1] in "aeou"
            if glide and not (long_vowels and not offset and at - 1 in long_vowels):
                text += table["glide"]
            else:
                text += syllables[piece]
            moras.append(piece)
            at += len(piece)
        elif plain[at] in "nm" and after not in _VOWELS and after != "y":
            if after == "'":
                text += table["n_before_vowel"]
                at += 1
            else:
                text += table["n_before_labial" if after and after in table["labials"] else "n"]
            moras.append("n")
            at += 1
        elif (
            plain[at] in table["doubled"]
            and after
            and (after == plain[at] or plain[at] + after == "tc")
        ):
            text += table["doubled"]["c" if after == "c" else plain[at]]
            at += 1
        else:
            return ""
    return text


def _korean(romanised: str, finals: Mapping[str, str]) -> tuple[str, ...]:
    table = _table("kontsevich")
    parts = _PARTS.split(_clean(romanised).strip())
    parts = [parts[0], *(p for p in parts[1:] if p not in table["names"]["type_words"])]
    marked = any("'" in part or "ŏ" in part or "ŭ" in part for part in parts)
    revised = any("eo" in part or "eu" in part for part in parts)
    systems = ["mccune"] if marked else ["revised"] if revised else ["revised", "mccune"]
    readings: list[str] = []
    for system in systems:
        words = [_korean_part(part, table["vowels"], table[system], finals) for part in parts]
        if all(words):
            readings.append("-".join(word.capitalize() for word in words))
    for old, new in table["ambiguous"].items():
        readings += [reading.replace(old, new) for reading in readings if old in reading]
        bare = old.rstrip("ъ")
        readings += [reading.replace(old, bare) for reading in readings if old in reading]
    return tuple(dict.fromkeys(readings))


def _korean_tokens(
    word: str, vowels: Mapping[str, Any], consonants: Mapping[str, Any]
) -> list[str]:
    tokens: list[str] = []
    at = 0
    while at < len(word):
        piece = next(
            (
                word[at : at + n]
                for n in (3, 2, 1)
                if word[at : at + n] in vowels or word[at : at + n] in consonants
            ),
            "",
        )
        if not piece:
            return []
        tokens.append(piece)
        at += len(piece)
    return tokens


def _korean_part(
    word: str,
    vowels: Mapping[str, Mapping[str, str]],
    consonants: Mapping[str, Mapping[str, str]],
    finals: Mapping[str, str],
) -> str:
    tokens = _korean_tokens(word, vowels, consonants)
    sonorants = {"n", "m", "ng", "l", "ll", "r"}
    text = ""
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else ""
        follows = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in vowels:
            row, place = vowels[token], "medial" if before in consonants else "initial"
            if text.endswith("ъ"):
                text = text[:-1] if row["initial"].startswith("в") else text
                place = "initial"
            elif f"after_{before}" in row:
                place = f"after_{before}"
        else:
            row = consonants[token]
            if not before:
                place = "start"
            elif follows not in vowels:
                place = "final"
            elif before in vowels or before in sonorants:
                place = "voiced"
            else:
                place = "other"
        text += finals.get(token, row[place]) if place in ("final", "voiced") else row[place]
    return text


def _loose_palladius(name: str) -> tuple[str, ...]:
    strict = palladius(name)
    swapped = {strict.replace(old, new) for old, new in _table("palladius")["loose"]}
    swapped |= {
        strict[:at] + new + strict[at + len(old) :]
        for old, new in _table("palladius")["loose"]
        for at in range(len(strict))
        if strict.startswith(old, at)
    }
    return tuple(sorted(swapped - {strict, ""}))


def _loose_polivanov(name: str) -> tuple[str, ...]:
    strict = polivanov(name).lower()
    found = {strict}
    for row in _table("polivanov")["loose"]:
        for text in sorted(found):
            changed = text
            for old, new in zip(row["from"], row["to"], strict=True):
                changed = changed.replace(old, new)
            found.add(changed)
    found -= {strict, ""}
    return tuple(sorted("-".join(p.capitalize() for p in text.split("-")) for text in found))


def _loose_kontsevich(name: str) -> tuple[str, ...]:
    rules = _table("kontsevich")["loose"]
    strict = kontsevich(name)
    found = {text.lower() for text in (*strict, *_korean(name, {"ng": rules["ng"]}))}
    for text in sorted(found):
        plain = text
        for old, new in rules["aspiration"]:
            plain = plain.replace(old, new)
        found.add(plain)
    for text in sorted(found):
        initial = text[:1]
        if initial in rules["initial"] and text[1:2] not in ("х", initial):
            found.add(rules["initial"][initial] + text[1:])
    names = {"-".join(part.capitalize() for part in text.split("-")) for text in found}
    return tuple(sorted(names - set(strict)))


_LOOSE: dict[str, Callable[[str], tuple[str, ...]]] = {
    "palladius": _loose_palladius,
    "polivanov": _loose_polivanov,
    "kontsevich": _loose_kontsevich,
}
