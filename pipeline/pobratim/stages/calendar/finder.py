"""The engine: the grammar's rules over a text's tokens, the longest match first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pobratim.lexicon.calendar import calendar_lexicon
from pobratim.stages.calendar import days, edtf, listed, mixed, relative, spans, years
from pobratim.stages.calendar.lexer import Tokens, tokenize
from pobratim.stages.calendar.notation import NAME, compiled, symbols_of
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
NEVER_FIRST: tuple[str, ...] = (
    *(
        "plain",
        "capital",
        "stop",
        "comma",
        "colon",
        "open",
        "close",
        "punct",
        "quote",
        "sign",
        "unit_sign",
    ),
    *("tight", "loose", "slash", "number", "time", "unit", "closer", "quantity", "date_word", "in"),
    *("to", "and", "of", "article", "every", "street", "feast", "document", "preposition", "since"),
    *("until", "year_short", "years", "century", "century_short", "half"),
    *("years_short", "months", "periodic", "bar", "semicolon", "copyright", "weekend"),
    *("present", "fraction", "month_part", "month_word"),
)
"""Token classes that no rule begins with; most of a text is of these."""
OPENINGS = re.compile(f"[^{re.escape(''.join(map(symbols_of, NEVER_FIRST)))}]")
TOGETHER = 16
NAMELESS = r"\g<name>"
SLASHED_YEARS = symbols_of("years_slash")
SLASHED = re.compile(
    r"([0-9](?<![0-9/-][0-9])[0-9]?)([/-])([0-9]{1,2})\2(?:[0-9]{4}|[0-9]{2})(?![0-9/-])"
)
"""Begins with what it looks for, a digit, so that a text without any costs one fast scan."""


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


Group = tuple[re.Pattern[str], tuple[Rule, ...]]


@cache
def _groups() -> tuple[Group, ...]:
    """The rules by tens, each ten behind one pattern that tells whether any of them matches."""
    groups = (RULES[at : at + TOGETHER] for at in range(0, len(RULES), TOGETHER))
    return tuple(
        (
            compiled("|".join(f"(?:{NAME.sub(NAMELESS, rule.pattern)})" for rule in group)),
            group,
        )
        for group in groups
    )


def prepare() -> None:
    """Compile every rule, a tenth of a second, so that no text waits for those it is first to need."""
    for _, rules in _groups():
        for rule in rules:
            compiled(rule.pattern)


def prefers_day_first(text: str) -> bool | None:
    """Which way round a text writes 05/06/2019, by its dates that can be read one way only.

    None where it has none, or as many of either.
    """
    balance = 0
    for match in SLASHED.finditer(text):
        balance += (int(match[1]) > 12) - (int(match[3]) > 12)
    return None if balance == 0 else balance > 0


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
    for opening in OPENINGS.finditer(tokens.symbols):
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
        for any_of, rules in _groups()
        if any_of.match(tokens.symbols, position)
        for rule in rules
        if (match := compiled(rule.pattern).match(tokens.symbols, position))
        and match.end() > position
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
