"""The grammar of bare years in lists, tables, headings and brackets, where no preposition tells one."""

from __future__ import annotations

from pobratim.stages.calendar.parts import NOT_COUNTED, YEAR, Found, Parts, Rule
from pobratim.stages.calendar.years import BARE, SINGLE_YEARS, bare, counts, ends, modifier

__all__ = ["RULES"]

LATE_YEARS = range(1900, 2051)
"""Numbers that stand alone in a cell or behind a dash are years within these; others may count."""
NEARBY = 6
"""How many tokens back a street or a quantity shows that a number is a house's or a count."""
STOPS = "(?=SEMICOLON|BAR|STOP|COMMA|COLON|CLOSE|LOOSE|$)"
ENDS = "(?=SEMICOLON|BAR|STOP|$)"
LONGEST_TITLE = 8
"""How many tokens before a year at its end «Отчёт» or "Report" makes a heading that of a period."""


def _near(p: Parts, name: str, reach: int = NEARBY) -> bool:
    return any(p.is_a(i, name) for i in range(max(0, p.start - reach), p.start))


def _late(p: Parts) -> bool:
    return p.has("n") or (p.year(1) or 0) in LATE_YEARS


def _of_entry(p: Parts) -> Found | None:
    """The year at the end of an entry: "Bonn (Germany), 1990;", "Espoo (Finland) 1989."."""
    if not _late(p) or _near(p, "numbering") or _near(p, "street") or _near(p, "quantity"):
        return None
    before = p.start - 1
    named = before if p.is_a(before, "close") else before - 1
    if p.is_a(named, "close"):
        return bare(p) if p.is_a(named - 1, "word") or p.is_a(named - 1, "punct") else None
    if p.is_a(named, "capital"):
        return bare(p)
    closes = not p.is_a(p.end, "comma") and not p.is_a(p.end, "loose")
    return bare(p) if closes and p.is_a(before, "comma") and p.is_a(named, "word") else None


def _dated(p: Parts) -> Found | None:
    """ "Established 1986", «основан 1592»."""
    late = p.has("n") or (p.year(1) or 0) in SINGLE_YEARS or not p.is_a(p.end, "word")
    return bare(p) if late and ends(p, strict=True) else None


def _cell(p: Parts) -> Found | None:
    return bare(p) if _late(p) else None


def _worded(p: Parts) -> Found | None:
    """ "(twinned 1969)", "(both 2017/18)": brackets of a word or two that end in the year."""
    opens = p.is_a(p.start - 2, "open") or (
        p.is_a(p.start - 3, "open") and p.is_a(p.start - 2, "plain")
    )
    return bare(p) if opens and _late(p) else None


def _title(p: Parts) -> Found | None:
    return bare(p) if _late(p) and _near(p, "periodic", LONGEST_TITLE) else None


def _slashed(p: Parts) -> Found | None:
    return None if _near(p, "numbering", 2) else bare(p)


def _told_of_line(p: Parts) -> Found | None:
    """ "Twinned with Kotka 1992"."""
    return _of_line(p) if _near(p, "dating_word", LONGEST_TITLE) else None


def _possessive(p: Parts) -> Found | None:
    """ "The council's 2005 moratorium", "Leeds' 2019 visit"."""
    return modifier(p) if p.word(p.start - 1) in ("s", "'", "’") else None


def _opening(p: Parts) -> Found | None:
    return modifier(p) if p.is_a(p.end, "plain") and _late(p) else None


def _ordinal(p: Parts) -> Found | None:
    late = (p.year(1) or 0) in SINGLE_YEARS
    framed = p.is_a(p.start - 1, "before_year") or p.is_a(p.start - 1, "month")
    return bare(p) if late and (framed or ends(p, strict=True)) else None


ROUND = 1000
"""A round thousand in a clause is as often a count as a year."""
LONGEST_ABBREVIATION = 3


def _counts(p: Parts) -> bool:
    """Whether words before the number tell that it counts or numbers something."""
    return _near(p, "numbering") or _near(p, "street") or _near(p, "quantity")


def _apart(p: Parts) -> Found | None:
    """The year that is a sentence or a clause by itself: "Tampere, Pirkanmaa. 1992."."""
    before = p.start - 2
    if (
        not _late(p)
        or _counts(p)
        or (not p.is_a(before, "any_word") and not p.is_a(before, "close"))
    ):
        return None
    abbreviated = len(p.word(before)) <= LONGEST_ABBREVIATION and p.is_a(p.start - 1, "stop")
    return bare(p) if p.is_a(before, "capital") or not abbreviated else None


def _closing(p: Parts) -> Found | None:
    """The year that ends a clause: "the treaty signed 1990;", «подписание 1990,»."""
    word = p.word(p.start - 1)
    counting = p.is_a(p.start - 2, "to") or len(word) <= LONGEST_ABBREVIATION
    several = p.has("y2") or p.has("z2") or p.has("n")
    single = not counting and _late(p) and (p.year(1) or 0) % ROUND
    return bare(p) if (several or single) and not _counts(p) else None


def _dashed(p: Parts) -> Found | None:
    """«год подписания – 1990»; "Bergen – 2000" may be a distance or a sum."""
    return bare(p) if _near(p, "dating_word") and not _counts(p) else None


def _of_line(p: Parts) -> Found | None:
    """The year behind a dash that ends a line: "Kotka, Finland – 1986", «Международные связи – 2019»."""
    told = p.is_a(p.end - 1, "late_year") or p.has("n")
    return bare(p) if told and not _counts(p) else None


def _opens_line(p: Parts) -> Found | None:
    """ "1995 first approach from Nanning"; not «1998 участников»."""
    return None if counts(p) else bare(p)


def _heads_line(p: Parts) -> Found | None:
    return bare(p) if _late(p) else None


RULES: tuple[Rule, ...] = (
    Rule("ordinal-year", f"{YEAR} y1=YEAR_ORDINAL", _ordinal, 0.9),
    Rule("year-of-entry", f"(?<=COMMA) {YEAR} {BARE} {STOPS}", _of_entry, 0.8),
    Rule("year-of-entry", f"(?<=CLOSE) {YEAR} {BARE} {STOPS}", _of_entry, 0.8),
    Rule("year-of-entry", f"(?<=CLOSE LOOSE) {YEAR} {BARE} {ENDS}", _of_entry, 0.75),
    Rule("year-after-verb", f"(?<=DATE_WORD) {YEAR} {BARE}", _dated, 0.85),
    Rule("year-after-verb", f"(?<=DATE_WORD CLOSER) {YEAR} y1=LATE_YEAR{NOT_COUNTED}", _dated, 0.7),
    Rule("year-in-cell", f"(?<=BAR) {BARE} (?=BAR|OPEN|$)", _cell, 0.8),
    Rule("year-in-cell", f"^ {BARE} (?=BAR)", _cell, 0.8),
    Rule("copyright-year", f"(?<=COPYRIGHT) {BARE}", bare, 0.9),
    Rule("bracketed-modifier", "(?<=OPEN) y1=YEAR4 (?=WORD CLOSE)", modifier, 0.85),
    Rule("bracketed-worded", f"(?<=PLAIN) {BARE} (?=CLOSE)", _worded, 0.8),
    Rule("bracketed-worded", f"(?<=DATE_WORD) {BARE} (?=CLOSE)", _worded, 0.85),
    Rule("compared-year", "(?<=OPEN) y1=YEAR4 (?=LOOSE SMALL_NUMBER)", _cell, 0.85),
    Rule("opening-year", f"(?<=^PUNCT) {BARE} (?=LOOSE|COLON|$)", _cell, 0.85),
    Rule("opening-year", f"(?<=^LOOSE) {BARE} (?=LOOSE|COLON|$)", _cell, 0.85),
    Rule("opening-modifier", "^ y1=YEAR4 (?=PLAIN)", _opening, 0.7),
    Rule("opening-modifier", "(?<=^PUNCT) y1=YEAR4 (?=PLAIN)", _opening, 0.7),
    Rule("possessive-year", f"(?<=PUNCT PLAIN) {YEAR} y1=YEAR4 (?=WORD)", _possessive, 0.75),
    Rule("possessive-year", f"(?<=CAPITAL PUNCT) {YEAR} y1=YEAR4 (?=WORD)", _possessive, 0.75),
    Rule("heading-year", "^ y1=LATE_YEAR (?=ANNUAL_EVENT|IN|PERIODIC)", _cell, 0.75),
    Rule(
        "year-after-verb", "(?<=CLOSER) y1=LATE_YEAR (?=STOP|COMMA|CLOSE|CLOSER|$)", _of_line, 0.65
    ),
    Rule("year-of-line", f"(?<=CAPITAL) {BARE} (?=$)", _told_of_line, 0.7),
    Rule("year-of-line", f"(?<=CLOSE) {BARE} (?=$)", _told_of_line, 0.7),
    Rule("year-of-line", f"(?<=PLAIN LOOSE) {BARE} (?=$)", _of_line, 0.7),
    Rule("year-of-line", f"(?<=^CAPITAL LOOSE) {BARE} (?=$)", _of_line, 0.6),
    Rule("year-of-line", f"(?<=COMMA CAPITAL LOOSE) {BARE} {ENDS}", _of_line, 0.75),
    Rule("year-of-line", f"(?<=LOOSE CAPITAL LOOSE) {BARE} {ENDS}", _of_line, 0.75),
    Rule("year-apposed", "(?<=YEARLY COMMA) y1=LATE_YEAR (?=COMMA)", _cell, 0.75),
    Rule("year-that-lasts", f"{YEAR} {BARE}(?=DASH CLOSE)", _cell, 0.75),
    Rule("year-that-lasts", f"{YEAR} {BARE}(?=RANGING ARTICLE? PRESENT)", _cell, 0.8),
    Rule(
        "year-that-lasts",
        f"{YEAR} {BARE}(?=RANGING ARTICLE? SHIFT (?:CLOSE|COMMA|STOP|COLON|SEMICOLON|$))",
        _cell,
        0.8,
    ),
    Rule("bracketed-year", f"(?<=SEMICOLON) {BARE} (?=CLOSE)", _cell, 0.8),
    Rule("year-apart", f"(?<=STOP) {YEAR} {BARE} (?=STOP|COMMA|SEMICOLON|LOOSE|$)", _apart, 0.75),
    Rule(
        "year-apart", f"(?<=SEMICOLON) {YEAR} {BARE} (?=STOP|COMMA|SEMICOLON|LOOSE|$)", _apart, 0.75
    ),
    Rule("year-closing", f"(?<=PLAIN) {YEAR} {BARE} (?=ENTRY_END|$)", _closing, 0.7),
    Rule("year-after-dash", f"(?<=LOOSE) {YEAR} {BARE} {ENDS}", _dashed, 0.75),
    Rule("opening-year", f"^ {BARE} (?=STOP|COMMA|CAPITAL)", _heads_line, 0.8),
    Rule("opening-year", f"(?<=^PUNCT) {BARE} (?=STOP|COMMA|CAPITAL)", _heads_line, 0.8),
    Rule(
        "compared-year",
        "(?<=SEMICOLON) y1=YEAR4 (?=LOOSE SMALL_NUMBER|COLON SMALL_NUMBER)",
        _cell,
        0.8,
    ),
    Rule(
        "compared-year", "(?<=COMMA) y1=YEAR4 (?=LOOSE SMALL_NUMBER|COLON SMALL_NUMBER)", _cell, 0.8
    ),
    Rule("compared-year", "(?<=OPEN) y1=YEAR4 (?=COLON SMALL_NUMBER)", _cell, 0.85),
    Rule("bracketed-modifier", "(?<=OPEN) y1=YEAR4 (?=ANY_WORD STOP? CLOSE)", modifier, 0.8),
    Rule("bracketed-worded", f"(?<=OPEN ANY_WORD STOP) {BARE} (?=CLOSE)", _cell, 0.85),
    Rule("title-year", f"{YEAR} {BARE} (?=STOP?$|OPEN|COLON)", _title, 0.8),
    Rule("opening-year", "^ y1=LATE_YEAR (?!TIGHT|COUNTING_OR_NUMBER)", _opens_line, 0.75),
    Rule(
        "opening-year", "(?<=^PUNCT) y1=LATE_YEAR (?!TIGHT|COUNTING_OR_NUMBER)", _opens_line, 0.75
    ),
    Rule("slashed-year", f"{YEAR} n=YEARS_SLASH", _slashed, 0.7),
)
