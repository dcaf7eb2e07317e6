"""What a rule sees of the place it matched, and the shapes that several rules share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from pobratim.lexicon.calendar import CalendarLexicon
from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.lexer import Tokens
from pobratim.stages.calendar.notation import compiled, symbols_of

__all__ = ["Found", "Parts", "Rule", "day", "joined", "month", "year_tail"]

YEAR_WORD = """(?:(?:YEAR_TYPE STOP?|FISCAL)?(?:YEAR|YEARS|(?:YEARS_SHORT|YEAR_SHORT) STOP?)
    |(?:YEAR_TYPE|FISCAL|(?<=LATE_YEAR)) YEAR_BEFORE(?!TIGHT|YEAR4))"""
"""«г.», «года», «учебном году»: what may follow a year as part of its span."""
YEAR = "(?<!WORD TIGHT)(?<!SIGN)(?<!UNIT_SIGN)"
"""What may not stand before a year: «Экспо-2025», «№ 2019», "$2000"."""
NO_STREET = "(?<!STREET)(?<!STREET STOP)"
NOT_COUNTED = "(?!(?!UNIT_SIGN SMALL_NUMBER)COUNTING)"
NOT_COUNTED_LATE = f"(?:(?<=LATE_YEAR)|{NOT_COUNTED})"
NOT_COUNTED_RANGE = f"""(?:(?<=DASH LATE_YEAR)|(?<=LATE_YEAR TIGHT SHORT_YEAR)|(?<=YEARS_SLASH)
    |{NOT_COUNTED})"""
"""What may follow a year behind its month or season: "in May 2018 students came"."""
PART = """(?:(?:PART_SHORT STOP|PART(?:DASH? (?:TO|AND|SLASH)? PART)?
    |(?:cp=COUNTED|lp=LATTER|tp=TENS TIGHT? COUNTED) TIGHT? pp=HALF STOP?
    |(?:COUNTED|LATTER|DECADE_DAY) MONTH_PART) OF? ARTICLE? TIGHT?)?"""
"""«конец», "early", «вторая половина», in front of what it is a part of."""
GLUE = "(?:TIGHT|SLASH)?"
"""What may join a day, month and year: 10-August-2012, 8/Oct/2012."""
WEEKDAY = "(?:wd=ANY_WEEKDAY STOP? COMMA? ARTICLE?)?"
RELATIVE = "(?:OF?(?:ARTICLE? SHIFT YEARLY|SHIFT_BARE YEARLY|YEAR_SHIFT|ARTICLE? SAME_YEAR))"
"""«этого года», "last year", «с.г.» after a month or a day."""

DATED = "(?:STOP TIGHT?|TIGHT|SLASH)?"
"""What may join a day and its month: 12. May, 12.мая."""
YEARLY_MONTH = compiled("ANNUAL_EVENT")
YEARLY = compiled("ANNUAL|EVERY TURN|EVERY DAY OF? TURN|EVERY WEEKDAY")
NEARBY = 4
"""How many tokens from a date «ежегодно» or a holiday's name makes it recurrent; «ежегодно» that
begins a sentence does so for all of it."""
STOP = symbols_of("stop")
LONG_SENTENCE = 60
"""How many tokens back the beginning of a sentence is looked for."""
FEAST = symbols_of("feast")
SHIFTS = symbols_of("shifted") + symbols_of("year_shift")
SAME = symbols_of("same_year") + symbols_of("same")


class Found(NamedTuple):
    """One date of a match: token range, EDTF value, and how to find the year it lacks.

    ``shift`` counts years from the document's own period ("last year" is -1); ``same`` is «том же
    году»; ``recurrent`` marks what happens every year, which no context gives a year to; ``documentary``
    the date of a law or letter, which tells nothing of when other things happened; ``relative`` a
    day told from the day of writing: ``day`` and how many later, ``weekday`` and which, ``weekend``
    and its shift; ``weekday`` what is said beside the day, 1 to 7.
    """

    start: int
    end: int
    value: str
    shift: int | None = None
    same: bool = False
    recurrent: bool = False
    documentary: bool = False
    relative: tuple[str, int] | None = None
    weekday: int | None = None


def day(n: int) -> str:
    """The pattern of a day of a month, in digits or an ordinal word."""
    return f"(?:d{n}=DAY|(?:t{n}=TENS TIGHT?)?o{n}=ORDINAL)"


def month(n: int) -> str:
    """The pattern of a month's name or abbreviation."""
    return f"(?:m{n}=FULL_MONTH|k{n}=SHORT_MONTH STOP?)"


def year_tail(n: int) -> str:
    """The pattern of the year that may follow a day or month."""
    joint = "(?:COMMA|TIGHT|SLASH|OF ARTICLE?|IN)? YEAR_BEFORE?"
    return f"(?:{joint} y{n}=YEAR4{NOT_COUNTED_LATE} {YEAR_WORD}?)?"


class Parts:
    """The captured tokens of one match: their numbers by name, and what stands around."""

    __slots__ = ("last_end", "lexicon", "match", "tokens")

    def __init__(
        self,
        match: re.Match[str],
        tokens: Tokens,
        lexicon: CalendarLexicon,
        last_end: int,
    ) -> None:
        self.match = match
        self.tokens = tokens
        self.lexicon = lexicon
        self.last_end = last_end
        """Token index where the date found before this match ends; -1 where there is none."""

    @property
    def start(self) -> int:
        """The first token."""
        return self.match.start()

    @property
    def end(self) -> int:
        """The token after the last."""
        return self.match.end()

    def has(self, name: str) -> bool:
        """Whether the pattern has the group and it took part."""
        return name in self.match.re.groupindex and self.match[name] is not None

    def at(self, name: str) -> int:
        """The token index of a group."""
        return self.match.start(name)

    def number(self, name: str) -> int | None:
        """The number of a group's token; None if it took no part."""
        return self.tokens.values[self.match.start(name)] if self.has(name) else None

    def symbol(self, index: int) -> str:
        """The symbol of a token; empty outside the text."""
        return self.tokens.symbols[index] if 0 <= index < len(self.tokens.symbols) else ""

    def documentary(self) -> bool:
        """Whether the match is the date of a law or letter («от 26.07.2017 № 179»)."""
        return self.is_a(self.start - 1, "document") or self.is_a(self.end, "sign")

    def is_a(self, index: int, name: str) -> bool:
        """Whether the token at ``index`` is of a class or set."""
        symbol = self.symbol(index)
        return bool(symbol) and symbol in symbols_of(name)

    def word(self, index: int) -> str:
        """A token in lower case; empty outside the text."""
        inside = 0 <= index < len(self.tokens.starts)
        return (
            self.tokens.lower[self.tokens.starts[index] : self.tokens.ends[index]] if inside else ""
        )

    def day(self, n: int) -> int | None:
        """The day that :func:`day` captured."""
        if self.has(f"o{n}"):
            return (self.number(f"t{n}") or 0) + (self.number(f"o{n}") or 0)
        return self.number(f"d{n}")

    def month(self, n: int) -> int | None:
        """The month that :func:`month` captured."""
        return self.number(f"m{n}") or self.number(f"k{n}")

    def year(self, n: int) -> int | None:
        """The year that :func:`year_tail` captured."""
        return self.number(f"y{n}")

    def joins(self, n: int, first: int, last: int) -> bool:
        """Whether separator ``n`` makes an interval: "and" and a slash only between neighbours."""
        separator = self.at(f"s{n}")
        beside = self.is_a(separator, "and") or self.is_a(separator, "slash")
        if not beside or self.is_a(self.start, "between"):
            return first < last
        return last == first + 1

    def found(self, value: str | None) -> Found | None:
        """The whole match as one date, with the relative words in it taken into account."""
        if value is None:
            return None
        span = self.tokens.symbols[self.start : self.end]
        shift = next((i for i, s in enumerate(span) if s in SHIFTS), None)
        return Found(
            self.start,
            self.end,
            value,
            None if shift is None else self.tokens.values[self.start + shift],
            any(symbol in SAME for symbol in span),
            self._recurrent(),
            self.documentary(),
            weekday=self.number("wd"),
        )

    def _recurrent(self) -> bool:
        symbols = self.tokens.symbols
        after = symbols[self.end : self.end + NEARBY].partition(STOP)[0]
        nearby = symbols[max(0, self.start - NEARBY) : self.end] + after
        before = symbols[max(0, self.start - LONG_SENTENCE) : self.start]
        sentence = before[before.rfind(STOP) + 1 :]
        single = self.has("d1") and not self.has("d2")
        feast = single and any(symbol in FEAST for symbol in before[-NEARBY:])
        day = self.has("d1") or self.has("o1")
        if not day and (YEARLY_MONTH.search(nearby) or YEARLY_MONTH.match(sentence)):
            return True
        return feast or bool(YEARLY.search(nearby) or YEARLY.match(sentence))

    def found_range(self, value: str | None) -> Found | None:
        """As :meth:`found`; an opening "from" belongs to the span only if a "to" answers it."""
        found = self.found(value)
        if found is None or not self.is_a(self.start, "opener"):
            return found
        article = self.is_a(self.start + 1, "article")
        return found._replace(start=self.start + 1 + article) if self._dashed() else found

    def _dashed(self) -> bool:
        return self.is_a(self.at("s1"), "dash")

    def approximately(self, value: str) -> str:
        """``value`` with ``~`` where the match begins with "about"."""
        return f"{value}~" if self.is_a(self.start, "approx") else value


class Rule(NamedTuple):
    """A row of the grammar; ``make`` returns None where the tokens are no date after all."""

    name: str
    pattern: str
    make: Callable[[Parts], Found | list[Found] | None]
    score: float


def joined(first: str | None, last: str | None) -> str | None:
    """The interval of two values, None if either is."""
    return edtf.interval(first, last) if first and last else None
