"""The one way in which place names become keys."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["normalise"]

_MEMORY = 1 << 14
_APART = dict.fromkeys('-‐‑‒–—―−_/,()[]«»"“”„;:', " ")
_DROPPED = dict.fromkeys("'’ʼ‘`´ʹʻ′ʺ\u00ad\u0301\u0300\u200b", "")
_LETTERS = {
    "ё": "е", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th",
    "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n", "ə": "a",
}  # fmt: skip


class _Fold(dict[int, str]):
    """Code point to what stands for it in a key, worked out once for each character."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0]
        folded = base if "a" <= base <= "z" else "" if unicodedata.combining(char) else char
        self[code] = folded
        return folded


_FOLD = _Fold({ord(char): text for char, text in (_APART | _DROPPED | _LETTERS).items()})


@lru_cache(maxsize=_MEMORY)
def normalise(name: str) -> str:
    """The key of a name: lower case, no diacritics on Latin letters, ``е`` for ``ё``.

    Hyphens, dashes, slashes, quotes and brackets become one space, apostrophes disappear, and so
    does a full stop that ends a word: ``Xi'an`` gives ``xian``, ``Нью-Йорк`` gives ``нью йорк``,
    ``U.S.`` gives ``u.s``.
    """
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
    text = name.casefold().translate(_FOLD)
    if "." in text:
        return " ".join(filter(None, (word.strip(".") for word in text.split())))
    return " ".join(text.split())
