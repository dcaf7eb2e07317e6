"""The shape of a word: what its letters, case, digits and marks tell without knowing the word.

Training and serving both call :func:`shape_id`, so the classes and their order are part of every
released model: a change here needs new models.
"""

from __future__ import annotations

import re

__all__ = ["SHAPES", "shape_id"]

CASES = ("lower", "title", "upper", "mixed", "initial")
SCRIPTS = ("cyrillic", "latin", "both", "other")
DIGITS = 5
"""Numbers of one, two, three, four and more figures."""
MARKS = (
    (".",),
    (",",),
    (":",),
    (";",),
    ("!",),
    ("?",),
    ("-", "\u2010", "\u2011"),
    ("–", "—", "―", "−"),
    ("«", "“", "„", "‘", "‹"),
    ("»", "”", "’", "›"),
    ('"', "'", "`"),
    ("(", "[", "{", "<"),
    (")", "]", "}", ">"),
    ("№", "#"),
    ("%", "‰"),
    ("/", "|", "\\"),
    ("•", "*", "·", "●", "▪"),
    ("$", "€", "£", "¥", "₽"),
    ("&", "+", "@", "_", "="),
)

_LETTERS = 0
_FIGURES = _LETTERS + len(CASES) * len(SCRIPTS) * 4
_DECIMAL = _FIGURES + DIGITS
_MIXED = _DECIMAL + 1
_ROMAN = _MIXED + len(SCRIPTS)
_ADDRESS = _ROMAN + 1
_MARKS = _ADDRESS + 1
_OTHER = _MARKS + len(MARKS)
_FORMS = _OTHER + 1
_LOWER = _LETTERS + CASES.index("lower") * 4
_TITLE = _LETTERS + CASES.index("title") * 4
"""Of Cyrillic letters only, with neither hyphen nor stop."""

SHAPES = 2 * _FORMS
"""How many shapes there are: every form, with and without white space before it."""

_MARK = {mark: _MARKS + at for at, marks in enumerate(MARKS) for mark in marks}
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_NUMERAL = re.compile(r"[IVXLC]{1,8}")
_COMMON = re.compile(r"(?:(?P<title>[А-Я])|[а-я])[а-я]+")
"""Nine in ten Russian words."""


def shape_id(word: str, space_before: bool) -> int:
    """The shape of ``word``, from 0 to ``SHAPES`` - 1.

    Args:
        word: one token, as :attr:`pobratim.stages.workspace.Workspace.words` has it; not empty.
        space_before: whether white space, or nothing, stands before it.
    """
    return 2 * _form(word) + space_before


def _form(word: str) -> int:
    mark = _MARK.get(word)
    if mark is not None:
        return mark
    if common := _COMMON.fullmatch(word):
        return _TITLE if common["title"] else _LOWER
    if word.isalpha():
        return _of_letters(word, len(word))
    if word.isdigit():
        return _FIGURES + min(len(word), DIGITS) - 1
    if "://" in word or "@" in word or word.startswith("www."):
        return _ADDRESS
    letters = sum(map(str.isalpha, word))
    if any(map(str.isdigit, word)):
        return _MIXED + _script(word) if letters else _DECIMAL
    return _of_letters(word, letters) if letters else _OTHER


def _of_letters(word: str, letters: int) -> int:
    """The form of a word of letters, and perhaps marks."""
    if word[0] in "IVXLC" and _NUMERAL.fullmatch(word):
        return _ROMAN
    extras = 2 * ("-" in word[1:-1]) + (word[-1] == ".")
    return _LETTERS + (_script(word) * len(CASES) + _case(word, letters)) * 4 + extras


def _script(word: str) -> int:
    """The script of a word that has letters."""
    if word.isascii():
        return 1
    cyrillic = _CYRILLIC.search(word) is not None
    latin = _LATIN.search(word) is not None
    if cyrillic:
        return 2 if latin else 0
    return 1 if latin else 3


def _case(word: str, letters: int) -> int:
    if word.islower():
        return 0
    if word.isupper():
        return 4 if letters == 1 else 2
    if word[0].isupper() and (word[1:].islower() or word.istitle()):
        return 1
    return 3
