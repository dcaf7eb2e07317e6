"""The notation of the date grammar, and its translation to patterns over token symbols.

A pattern is a regular expression whose letters are names of token classes in capitals:
``d1=DAY OF? m1=MONTH`` is a day, perhaps "of", and a month; ``name=`` before a class captures that
token; white space means nothing. Names may stand for several classes (:data:`SETS`).
"""

from __future__ import annotations

import re
from functools import cache

from pobratim.lexicon.calendar import WORD_CLASSES
from pobratim.stages.calendar.lexer import SHAPES

__all__ = ["compiled", "symbols_of"]

SETS: dict[str, tuple[str, ...]] = {
    "DAY": ("n12", "n31", "ord12", "ord31", "decade_day"),
    "ORDINAL_DAY": ("ord12", "ord31"),
    "FULL_MONTH": ("month", "month_leading"),
    "YEAR4": ("year4", "late_year", "year_ordinal"),
    "PUNCT": ("punct", "quote", "bar", "semicolon"),
    "SHORT_MONTH": ("month_short", "month_leading_short"),
    "LEADING": ("month_leading", "month_leading_short"),
    "DASH": ("tight", "loose"),
    "SEPARATOR": ("tight", "loose", "to", "until", "and"),
    "OPENER": ("from", "between"),
    "SIDE_BY_SIDE": ("tight", "loose", "to", "until", "and", "slash"),
    "RANGING": ("tight", "loose", "to", "until"),
    "RANGE_START": ("n12", "n31", "ord12", "ord31", "day_month", "full"),
    "NUMERAL": ("ord12", "ord31", "n12", "n31", "decade_day", "roman12", "roman30"),
    "ROMAN": ("roman12", "roman30"),
    "ENDING": ("year_end", "to"),
    "REIGN_YEAR": ("n12", "n31", "n99"),
    "UNTO": ("to", "until"),
    "COUNTED": ("ord12", "n12", "roman12", "ordinal"),
    "ANY_YEAR": ("n12", "n31", "n99", "n999", "year4", "late_year", "n9999"),
    "OLD_YEAR": ("n999",),
    "SHORT_NUMBER": ("n12", "n31", "n99", "n999"),
    "SHORT_YEAR": ("n12", "n31", "n99"),
    "SHORT_DECADE": ("decade2", "decade_day"),
    "ERA": ("era_before", "era_after"),
    "APPROX": ("about", "circa"),
    "YEARLY": ("year", "year_before"),
    "BEFORE_YEAR": ("in", "since", "until", "from", "preposition", "document"),
    "STRONG": ("in", "since", "until"),
    "WEAK": ("from", "preposition", "document", "of", "between"),
    "BEFORE_MONTH": (
        "every",
        "in",
        "since",
        "until",
        "from",
        "to",
        "between",
        "preposition",
        "document",
    ),
    "BEFORE_DECADE": (
        "article",
        "part",
        "in",
        "since",
        "until",
        "from",
        "to",
        "preposition",
        "document",
        "of",
    ),
    "BEFORE_YEAR_FIRST": ("in", "open", "loose", "colon", "bar"),
    "BRACKET_OR_COLON": ("open", "colon"),
    "ENTRY_END": ("semicolon", "stop", "comma", "colon", "close", "loose", "punct", "quote"),
    "ANY_WORD": ("plain", "capital", "periodic", "date_word"),
    "SHIFTED": ("shift", "shift_bare"),
    "ANY_WEEKDAY": ("weekday", "weekday_short"),
    "TURN": ("year", "year_before", "month", "month_leading", "season", "season_adverb"),
    "WORD": ("plain", "capital", "periodic"),
    "SMALL_NUMBER": ("n12", "n31", "n99", "n999", "n9999", "number"),
    "ANY_SEASON": ("season", "season_adverb", "season_uncertain"),
    "SEASONS": ("season", "season_adverb"),
    "DATING_WORD": ("year", "year_before", "years_before", "date_word"),
    "COUNTING_OR_NUMBER": (
        *(
            "unit",
            "unit_sign",
            "months",
            "millennium_short",
            "number",
            "n12",
            "n31",
            "n99",
            "n999",
            "n9999",
            "year4",
            "late_year",
            "year_ordinal",
        ),
        *("ord12", "ord31", "full", "time"),
    ),
    "COUNTING": (
        "unit",
        "months",
        "years_before",
        "unit_sign",
        "millennium_short",
        "quarter_short",
    ),
}
NAME = re.compile(r"(?:(?P<group>[a-z]{1,20}[0-9]?)=)?(?P<name>[A-Z][A-Z_0-9]+)")
SYMBOLS = WORD_CLASSES | SHAPES


@cache
def symbols_of(name: str) -> str:
    """The symbols that a class or set name, in any case, stands for."""
    members = SETS.get(name.upper()) or (name.lower(),)
    return "".join(SYMBOLS[member] for member in members)


def _translated(match: re.Match[str]) -> str:
    pattern = f"[{re.escape(symbols_of(match['name']))}]"
    return f"(?P<{match['group']}>{pattern})" if match["group"] else pattern


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in the notation, as a regular expression over :attr:`Tokens.symbols`."""
    return re.compile(re.sub(r"\s+", "", NAME.sub(_translated, pattern)))
