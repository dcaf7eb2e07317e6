"""Text as a string of symbols, one for each token, that the grammar's patterns run over.

Words take the symbols of :data:`pobratim.lexicon.calendar.WORD_CLASSES`; numbers are told apart by
what they can be in a date. A token is never read twice, so the cost is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from pobratim.lexicon.calendar import WORD_CLASSES, CalendarLexicon, calendar_lexicon
from pobratim.stages.calendar import edtf

__all__ = ["SHAPES", "Tokens", "century_of", "tokenize"]

SHAPES: dict[str, str] = {
    "n12": "1",
    "n31": "2",
    "n99": "3",
    "n999": "4",
    "year4": "5",
    "late_year": "ŷ",
    "year_ordinal": "y",
    "n9999": "6",
    "number": "0",
    "ord12": "a",
    "ord31": "b",
    "ord99": "k",
    "decade4": "8",
    "decade2": "9",
    "decade_day": "7",
    "roman12": "r",
    "roman30": "R",
    "full": "D",
    "month_year": "B",
    "day_month": "A",
    "years_slash": "/",
    "time": "0",
    "plain": ".",
    "capital": "Z",
    "stop": "_",
    "comma": ",",
    "colon": ":",
    "open": "(",
    "close": ")",
    "tight": "-",
    "loose": "—",
    "slash": "|",
    "punct": ";",
    "quote": "”",
    "bar": "¦",
    "semicolon": "⁏",
    "copyright": "©",
    "sign": "#",
    "unit_sign": "%",
}
"""Symbols of tokens that are no calendar words: ``n12`` a number to 12, ``year4`` 1000 to 2100,
``late_year`` one of our time that is no round hundred and so counts less often,
``year_ordinal`` «2017-м», ``ord…`` a number with an ordinal's ending, ``decade_day`` «20-е» (of May,
or the twenties), ``full`` a date in digits, ``tight`` a dash without and
``loose`` one with white space beside it."""

DASHES = "-‐‑‒–—―−"
TILDES = "~∼～"
"""Dashes of ranges in East Asian text."""
SPACES = " \u00a0\u2009\u202f"
NUMERALS = "IVXІХ"
"""The letters of Roman numerals, Cyrillic look-alikes among them."""
MONTH_OF_ROMAN = f"[{NUMERALS}]{{1,4}}"
PUNCTUATION = {".": "stop", ",": "comma", ":": "colon", "(": "open", ")": "close", "/": "slash"}
PUNCTUATION |= {"|": "bar", ";": "semicolon", "©": "copyright"}
PUNCTUATION |= dict.fromkeys('«»"“”„', "quote")
PUNCTUATION |= dict.fromkeys("№#+", "sign") | dict.fromkeys("$€£¥₽%°", "unit_sign")
MARKS = {mark: SHAPES[name] for mark, name in PUNCTUATION.items()} | {"&": WORD_CLASSES["and"]}
ROMAN = str.maketrans("ІХ", "IX")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
MEMORY = 50_000
YEARS = range(1000, 2101)
LATE_YEARS = range(1900, 2050)
LAST_DAY = 31
PIVOT = 50
"""Two-digit years below are of the 2000s, others of the 1900s (POSIX has 69; municipal pages name
the 1950s and 1960s more often than the 2050s and 2060s)."""

NUMBER_FORMS = rf"""
      (?P<clipped>(?:(?<!\w)|(?<=[a-z]))['’‘][0-9]{{2}}(?:(?P<clipped_decade>['’]?s\b)|(?=[^\w'’‘]|\Z)))
    | (?P<iso>[0-9]{{4}}(?:(?P<sep>[-/])[0-9]{{1,2}}(?P=sep)|[.][ ]?[0-9]{{1,2}}[.][ ]?)
        [0-9]{{1,2}}(?![0-9]))
    | (?P<numeric>[0-9]{{1,2}}(?:(?:[.][ ]?[0-9]{{1,2}}[.][ ]?)|(?:/[0-9]{{1,2}}/)|(?:-[0-9]{{1,2}}-))
        (?:[0-9]{{4}}|(?<=[0-9][0-9][.])[0-9]{{2}}(?!-[0-9]{{2}}(?![0-9.]))|(?<=/)[0-9]{{2}}(?!/)
            |(?<=[.])[3-9][0-9])(?![0-9]|[.][0-9]))
    | (?P<roman_month>[0-9]{{1,2}}[./]?[ ]?{MONTH_OF_ROMAN}[./ ][ ]?[0-9]{{4}}(?![0-9]))
    | (?P<slashed>[0-9]{{4}}/(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9/]))
    | (?P<year_month>[0-9]{{4}}-(?:0[1-9]|1[0-2])(?![0-9]|-))
    | (?P<month_year>[01]?[0-9][./][0-9]{{4}}(?![0-9]|[./][0-9]))
    | (?P<day_month>[0-9]{{1,2}}\.[01][0-9](?![0-9]|[.,][0-9]))
    | (?P<other>[0-9]{{1,3}}(?:[{SPACES},.][0-9]{{3}})++(?:[.,][0-9]++)?(?![0-9])
        | [0-9]{{1,9}}+(?:-[0-9]{{1,9}}+){{2,40}}+
        | [0-9]{{1,9}}+:[0-9]{{2}}(?:[:.][0-9]{{2}})?
        | (?![0-9]{{1,2}},[12][0-9]{{3}}(?![0-9]))[0-9]{{1,9}}+(?:[.,][0-9]{{1,9}}+){{1,9}}+)
    | (?P<integer>[0-9]++)
"""


@dataclass(slots=True)
class Tokens:
    """Parallel lists over the tokens of one text; ``symbols`` is one string, a symbol per token.

    ``lower`` is the text in lower case, letter for letter.
    ``values`` is the number of a numeral, a month, a Roman numeral; ``dates`` holds the EDTF values
    of dates in digits by token index.
    """

    lower: str = ""
    symbols: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    dates: dict[int, str] = field(default_factory=dict)


def _suffix(kinds: tuple[str, ...], dash: str) -> str:
    return rf"(?:{dash}(?:{'|'.join(map(re.escape, kinds))}))"


@cache
def _pattern(language: str) -> re.Pattern[str]:
    lexicon = calendar_lexicon(language)
    dash = f"[{DASHES}]?"
    suffixes = (
        rf"(?:(?P<decade>{_suffix(lexicon.decade_suffixes, dash)})"
        rf"|(?P<ordinal>{_suffix(lexicon.ordinal_suffixes, dash)}))(?![^\W\d_])"
    )
    # White space, which no kind begins with, is passed by before any of them is tried.
    return re.compile(
        rf"(?=\S)(?:(?P<link>(?:https?://|www\.)\S++)"
        rf"|(?P<roman>[{NUMERALS}]{{1,7}})(?:{_suffix(lexicon.ordinal_suffixes, dash)})?(?![^\W_])"
        rf"|(?P<word>[^\W\d_]++)|(?:{NUMBER_FORMS.strip()}(?:{suffixes})?)"
        rf"|(?P<dash>[{DASHES}{TILDES}])|(?P<slash>(?<=\s)/(?=\s))|(?P<punct>[^\w\s]|_|[^\W0-9]))",
        re.VERBOSE,
    )


@cache
def _known(_language: str) -> dict[str, tuple[str, int]]:
    """Symbol and value of marks, and of words seen before, as they are written.

    Of words only those that begin no phrase and are no Roman numeral: what stands around cannot make
    them anything else.
    """
    return {mark: (symbol, 0) for mark, symbol in MARKS.items() if mark != "/"}


class _Lexer:
    """One pass over a text; ``month_first`` reads 05/06/2019 as the fifth month."""

    def __init__(self, text: str, language: str, month_first: bool) -> None:
        self.text = text
        lower = text.lower()
        # A few letters change length in lower case; the offsets must hold.
        self.lower = lower if len(lower) == len(text) else "".join(c.lower()[0] for c in text)
        self.known = _known(language) if len(lower) == len(text) else {}
        self.lexicon: CalendarLexicon = calendar_lexicon(language)
        self.pattern = _pattern(language)
        self.month_first = month_first
        self.tokens = Tokens(lower=self.lower)
        self.symbols: list[str] = []

    def run(self) -> Tokens:
        """Read the whole text."""
        covered = 0
        known = self.known
        symbols, starts, ends, values = self._columns()
        for match in self.pattern.finditer(self.text):
            start, end = match.span()
            if start < covered:
                continue
            if seen := known.get(match[0]):
                symbols.append(seen[0])
                starts.append(start)
                ends.append(end)
                values.append(seen[1])
                continue
            kind = match.lastgroup
            if kind == "word":
                covered = self._word(start, end)
            elif kind == "dash":
                self._dash(start, end)
            elif kind == "roman":
                self._roman(match)
            elif kind == "slash":
                self._add(SHAPES["bar"], start, end)
            elif kind == "punct":
                self._add(MARKS.get(match.group(), SHAPES["punct"]), start, end)
            elif kind == "link":
                self._add(SHAPES["punct"], start, end)
            else:
                self._number(match)
        self.tokens.symbols = "".join(self.symbols)
        return self.tokens

    def _columns(self) -> tuple[list[str], list[int], list[int], list[int]]:
        return self.symbols, self.tokens.starts, self.tokens.ends, self.tokens.values

    def _add(self, symbol: str, start: int, end: int, value: int = 0) -> None:
        self.symbols.append(symbol)
        self.tokens.starts.append(start)
        self.tokens.ends.append(end)
        self.tokens.values.append(value)

    def _dash(self, start: int, end: int) -> None:
        beside = self.text[start - 1 : start] + self.text[end : end + 1]
        tight = len(beside) == 2 and not beside[0].isspace() and not beside[1].isspace()
        self._add(SHAPES["tight" if tight else "loose"], start, end)

    def _word(self, start: int, end: int) -> int:
        lower = self.lower[start:end]
        phrases = self.lexicon.phrases.get(lower, ())
        for pattern, word in phrases:
            if match := pattern.match(self.lower, start):
                self._add(word.symbol, start, match.end(), word.value)
                return match.end()
        capital = self.text[start].isupper()
        word_found = self.lexicon.capitalised.get(lower) if capital else None
        word_found = word_found or self.lexicon.words.get(lower)
        if word_found is not None:
            self._add(word_found.symbol, start, end, word_found.value)
        else:
            self._add(SHAPES["capital" if capital else "plain"], start, end)
        form = self.text[start:end]
        if not phrases and form.strip(NUMERALS) and len(self.known) < MEMORY:
            self.known[form] = self.symbols[-1], self.tokens.values[-1]
        return end

    def _roman(self, match: re.Match[str]) -> None:
        start, end = match.span()
        value = roman(match["roman"])
        shape = "capital" if not value else "roman12" if value <= 12 else "roman30"
        self._add(SHAPES[shape], start, end, value)

    def _number(self, match: re.Match[str]) -> None:
        start, end = match.span()
        if clipped := match["clipped"]:
            self._clipped(int(clipped[1:3]), match, start, end)
        elif start and self.text[start - 1].isalpha() and self.symbols[-1] in ".Z":
            self._add(SHAPES["number"], start, end)
        elif integer := match["integer"]:
            self._add(
                _shape(integer, match, self.lexicon.year_suffixes), start, end, int(integer[:6])
            )
        elif year_month := match["year_month"]:
            self._year_month(year_month, start)
        elif (date := self._date(match)) is not None:
            shape = "month_year" if match["month_year"] else "full"
            self.tokens.dates[len(self.symbols)] = date
            self._add(SHAPES["day_month" if match["day_month"] else shape], start, end)
        elif match["slashed"]:
            self._slashed(match["slashed"], start, end)
        else:
            self._add(SHAPES["number"], start, end)

    def _clipped(self, short: int, match: re.Match[str], start: int, end: int) -> None:
        """A year without its century: '98, the '90s."""
        value = century_of(short)
        decade = bool(match["clipped_decade"]) and not short % 10
        self._add(SHAPES["decade4" if decade else "late_year"], start, end, value)

    def _year_month(self, text: str, start: int) -> None:
        """2019-05 is a month unless it can be two years, as 2009-10."""
        year, month = int(text[:4]), int(text[5:])
        end = start + len(text)
        if year in YEARS and month <= year % 100:
            self.tokens.dates[len(self.symbols)] = edtf.month(year, month)
            self._add(SHAPES["month_year"], start, end)
            return
        self._add(SHAPES[_year_shape(year)], start, start + 4, year)
        self._add(SHAPES["tight"], start + 4, start + 5)
        self._add(SHAPES["n12"], start + 5, end, month)

    def _slashed(self, text: str, start: int, end: int) -> None:
        first, last = (int(part) for part in text.split("/"))
        if last < 100:
            last += first - first % 100
        if last != first + 1 or first not in YEARS:
            self._add(SHAPES["number"], start, end)
            return
        self.tokens.dates[len(self.symbols)] = edtf.interval(edtf.year(first), edtf.year(last))
        self._add(SHAPES["years_slash"], start, end, first)

    def _date(self, match: re.Match[str]) -> str | None:
        if match["roman_month"]:
            return _roman_month(match["roman_month"])
        text = match["iso"] or match["numeric"] or match["month_year"] or match["day_month"]
        if not text:
            return None
        parts = [int(part) for part in re.findall("[0-9]+", text)]
        if match["month_year"]:
            valid = 1 <= parts[0] <= 12 and parts[1] in YEARS
            return edtf.month(parts[1], parts[0]) if valid else None
        if match["day_month"]:
            return edtf.day(None, parts[1], parts[0])
        if match["iso"]:
            parts.reverse()
        elif self.month_first and "." not in text:
            parts[:2] = parts[1::-1]
        number, month, year = parts
        if year < 100 and _may_be_short(text, year):
            year = century_of(year)
        if year not in YEARS:
            return None
        # A part past 12 settles the order whatever the rest of the document does.
        if month > 12 and "." not in text:
            number, month = month, number
        return edtf.day(year, month, number)


def century_of(short: int) -> int:
    """The year that two digits stand for."""
    return short + (2000 if short < PIVOT else 1900)


def _may_be_short(text: str, year: int) -> bool:
    """Whether a date has a year of two digits; 2.1.15 rather is a section."""
    full = len(text) == len("01.06.19")
    return full or "/" in text or year > LAST_DAY or ".0" in text


def _year_shape(value: int) -> str:
    if value not in YEARS:
        return "n9999"
    return "late_year" if value in LATE_YEARS and value % 100 else "year4"


def _shape(integer: str, match: re.Match[str], year_suffixes: tuple[str, ...]) -> str:
    value, digits = int(integer[:6]), len(integer)
    if match["decade"] and value % 10 == 0 and value and digits in (2, 4):
        day = value in (10, 20, 30)
        return SHAPES["decade4" if digits == 4 else "decade_day" if day else "decade2"]
    if (match["ordinal"] or match["decade"]) and digits <= 2 and value:
        return SHAPES["ord12" if value <= 12 else "ord31" if value <= 31 else "ord99"]
    if digits <= 2:
        return SHAPES["n99" if not value or value > 31 else "n12" if value <= 12 else "n31"]
    if digits == 3:
        return SHAPES["n999"]
    if digits == 4:
        suffix = (match["ordinal"] or "").lstrip(DASHES)
        ordinal = value in YEARS and suffix in year_suffixes
        return SHAPES["year_ordinal" if ordinal else _year_shape(value)]
    return SHAPES["number"]


def _roman_month(text: str) -> str | None:
    number, year = re.findall("[0-9]+", text)
    letters = re.search(MONTH_OF_ROMAN, text)
    month = roman(letters.group()) if letters else 0
    return edtf.day(int(year), month, int(number)) if int(year) in YEARS else None


def roman(text: str) -> int:
    """The value of a Roman numeral from I to XXX, Cyrillic look-alikes allowed; 0 for other words."""
    text = text.translate(ROMAN)
    if len(text) > 7 or not re.fullmatch("X{0,3}(?:IX|IV|V?I{0,3})", text):
        return 0
    values = [ROMAN_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def tokenize(text: str, language: str, *, month_first: bool = False) -> Tokens:
    """The tokens of ``text`` with the words of ``language`` (all languages if it has no lexicon).

    Args:
        month_first: whether 05/06/2019 is in May; dates with full stops are always day first.
    """
    return _Lexer(text, language, month_first).run()
