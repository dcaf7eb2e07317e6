"""The engine: the grammar's rules over a text's tokens, the longest match first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pobratim.lexicon.calendar import calendar_lexicon
from pobratim.stages.calendar import days, edtf, listed, mixed, relative, spans, years
from pobratim.stages.calendar.lexer import Tokens, tokenize
from pobratim.stages.calendar.notation import compiled, symbols_of
from pobratim.stages.calendar.openings import openings
from pobratim.stages.calendar.parts import Found, Parts, Rule
from pobratim.stages.workspace import DateValue

__all__ = ["DateMatch", "find_dates", "prefers_day_first", "prepare"]

RULES: tuple[Rule, ...] = (
    *days.RULES,
    *years.RULES,
    *listed.RULES,
    *spans.RULES,
    *relative.RULES,
    *mixed.RULES,
)
NEVER_FIRST = symbols_of("of") + symbols_of("article") + symbols_of("stop")
"""What some rules allow in front of a date, and none is tried at."""
SLASHED_YEARS = symbols_of("years_slash")
SLASHED = re.compile(
    r"([0-9](?<![0-9/-][0-9])[0-9]?)([/-])([0-9]{1,2})\2(?:[0-9]{4}|[0-9]{2})(?![0-9/-])"
)
"""Begins with what it looks for, a digit, so that a text without any costs one fast scan."""

MONTHS = symbols_of("full_month") + symbols_of("short_month")
DAY_BEFORE = re.compile(
    r"[0-9]\.[0-9]{2}\.(?:19|20)[0-9]{2}|[0-9](?:st|nd|rd|th)?(?: of)? [^\W\d_]{3,9},? (?:19|20)[0-9]{2}\b"
)
"""The day before its month, in words or figures with points."""


class DateMatch(NamedTuple):
    """A date in a text.

    ``start`` and ``end`` are half-open code-point offsets; a value without a year has ``XXXX`` for it.
    ``shift`` counts years from the period that the document speaks of ("last year": -1); ``same`` is
    set for «том же году»; ``recurrent`` for what happens every year and keeps its ``XXXX``,
    ``documentary`` for the date of a law or letter, which tells nothing of when other things happened,
    ``relative`` for days told from the day of writing (see :class:`.parts.Found`),
    ``weekday`` the one told beside a day, ``slashed`` for 2009/10, a school or business year that
    begins in its first.
    """

    start: int
    end: int
    value: DateValue
    rule: str
    score: float
    shift: int | None = None
    same: bool = False
    recurrent: bool = False
    documentary: bool = False
    relative: tuple[str, int] | None = None
    slashed: bool = False
    weekday: int | None = None


Trial = tuple[re.Pattern[str], Rule]


@cache
def _rules_at() -> dict[str, tuple[Trial, ...]]:
    """For each symbol, the rules that can begin with it: at most places few of them, or none."""
    found = defaultdict[str, list[Trial]](list)
    for rule in RULES:
        pattern = compiled(rule.pattern)
        for symbol in openings(pattern.pattern).difference(NEVER_FIRST):
            found[symbol].append((pattern, rule))
    return {symbol: tuple(trials) for symbol, trials in found.items()}


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(_rules_at())))}]")


def prepare() -> None:
    """Compile every rule, a tenth of a second, so that no text waits for those it is first to need."""
    _openings()


def prefers_day_first(text: str) -> bool | None:
    """Which way round a text writes 05/06/2019, by its dates that can be read one way only.

    Where it has none, or as many of either, a month that its words name before a day is meant:
    "March 4" beside 03/01/2004. None where nothing tells.
    """
    dates = [(int(match[1]), int(match[3]), match[2]) for match in SLASHED.finditer(text)]
    balance = sum((first > 12) - (second > 12) for first, second, _ in dates)
    if balance:
        return balance > 0
    if not any(mark == "/" for _, _, mark in dates) or DAY_BEFORE.search(text):
        return None
    months = _months()
    named = {months[match[1].lower()] for match in _month_first().finditer(text)}
    american = any(first in named and second not in named for first, second, _ in dates)
    return False if american else None


@cache
def _months() -> dict[str, int]:
    """The numbers of the months by their English names in lower case."""
    lexicon = calendar_lexicon("en")
    forms = [*lexicon.words.items(), *lexicon.capitalised.items()]
    return {form: word.value for form, word in forms if word.symbol in MONTHS}


@cache
def _month_first() -> re.Pattern[str]:
    """A day in words as Americans write it: "June 13"."""
    return re.compile(rf"\b({'|'.join(sorted(_months()))})\.? [0-9]{{1,2}}\b", re.IGNORECASE)


def find_dates(text: str, language: str, *, day_first: bool | None = None) -> list[DateMatch]:
    """The dates of one paragraph, in order, none overlapping another.

    Args:
        text: clean text.
        language: whose words to use, ``ru`` or ``en``; others use the words of all languages.
        day_first: whether 05/06/2019 is in June. If None, the text's other dates decide, and
            failing these the day comes first, as most of the world and Russian writers of
            English have it.
    """
    if day_first is None:
        day_first = prefers_day_first(text) is not False
    tokens = tokenize(text, language, month_first=not day_first)
    lexicon = calendar_lexicon(language)
    matches, end = list[DateMatch](), -1
    for opening in _openings().finditer(tokens.symbols):
        position = opening.start()
        if position < end:
            continue
        for match, rule in _longest_first(tokens, position):
            made = rule.make(Parts(match, tokens, lexicon, end))
            if made:
                found = made if isinstance(made, list) else [made]
                matches.extend(_date_match(one, tokens, rule) for one in found)
                end = found[-1].end
                break
    return matches


def _longest_first(tokens: Tokens, position: int) -> Iterator[tuple[re.Match[str], Rule]]:
    matched = [
        (match, rule)
        for pattern, rule in _rules_at()[tokens.symbols[position]]
        if (match := pattern.match(tokens.symbols, position)) and match.end() > position
    ]
    matched.sort(key=lambda item: -item[0].end())
    return iter(matched)


def _date_match(found: Found, tokens: Tokens, rule: Rule) -> DateMatch:
    return DateMatch(
        tokens.starts[found.start],
        tokens.ends[found.end - 1],
        edtf.date_value(found.value),
        rule.name,
        rule.score,
        found.shift,
        found.same,
        found.recurrent,
        found.documentary,
        found.relative,
        SLASHED_YEARS in tokens.symbols[found.start : found.end],
        found.weekday,
    )
