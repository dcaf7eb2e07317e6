"""The grammar of years: with their words, with eras, and bare where the context tells a year."""

from __future__ import annotations

from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.parts import (
    NO_STREET,
    NOT_COUNTED,
    NOT_COUNTED_LATE,
    NOT_COUNTED_RANGE,
    PART,
    YEAR,
    YEAR_WORD,
    Found,
    Parts,
    Rule,
    joined,
    month,
)

__all__ = ["BARE", "RULES", "SINGLE_YEARS", "bare", "counts", "ends", "modifier"]

SECOND_PART = PART.replace("p=", "q=")
YEAR_RANGE = f"""
    {YEAR} OPENER? {PART} y1=YEAR4 {YEAR_WORD}? s1=SEPARATOR IN? {SECOND_PART} YEAR_BEFORE?
    y2=YEAR4 {NOT_COUNTED_LATE} {YEAR_WORD}?
"""
BARE = (
    f"{YEAR}(?:y1=YEAR4(?:DASH y2=YEAR4|TIGHT z2=SHORT_YEAR(?!TIGHT))?|n=YEARS_SLASH)"
    f"{NOT_COUNTED_RANGE}"
)
SINGLE_YEARS = range(1600, 2101)
"""Bare years after weak prepositions; earlier ones are mostly counts ("a sum of 1500")."""
FIELD_YEARS = range(1900, 2051)
"""What a field is likelier to have as a year than as a count."""
SINGULAR_ENDINGS = ("ss", "us", "is")
"""Endings of English singulars in -s: congress, census, crisis."""
LONGEST_RANGE = 150
"""How many years a range without any word about it may last."""


def _year(p: Parts) -> Found | None:
    value = edtf.year(p.year(1))
    if p.has("pp"):
        value = edtf.half(p.year(1), p.number("cp") or (2 if p.has("lp") else 0)) or value
    return p.found(p.approximately(value))


def _year_range(p: Parts) -> Found | None:
    first, last = p.year(1), p.year(2)
    if first is None or last is None or not p.joins(1, first, last):
        return None
    worded = (
        p.end - 1 > p.at("y2")
        or p.at("s1") > p.at("y1") + 1
        or p.start < p.at("y1")
        or p.is_a(p.at("s1"), "to")
    )
    if not worded:
        return None
    return p.found_range(joined(edtf.year(first), edtf.year(last)))


def _named_years(p: Parts) -> Found | None:
    return p.found(joined(edtf.year(p.year(1)), edtf.year(p.year(2))))


def _short_range(p: Parts) -> Found | None:
    first, last = p.year(1) or 0, p.number("z2") or 0
    if last <= first % 100:
        return None
    return p.found(edtf.interval(edtf.year(first), edtf.year(first - first % 100 + last)))


def _year_list(p: Parts) -> list[Found] | None:
    whole = p.found("")
    years = [i for i in range(p.start, p.end) if p.is_a(i, "year4")]
    if whole is None:
        return None
    found = [whole._replace(start=i, end=i + 1, value=edtf.year(p.tokens.values[i])) for i in years]
    found[-1] = found[-1]._replace(end=p.end)
    return found


def _slashed(p: Parts) -> Found | None:
    return p.found(p.tokens.dates[p.at("n")])


def _relative_year(p: Parts) -> Found | None:
    return p.found(edtf.UNKNOWN)


def _half_of_the_year(p: Parts) -> Found | None:
    return p.found(edtf.half(None, p.number("cp") or (2 if p.has("lp") else 0)))


def _year_offset(p: Parts) -> Found | None:
    """ "A year later": no date, but the dates behind it are of that year."""
    found = p.found(edtf.UNKNOWN)
    return found._replace(shift=p.number("n")) if found else None


def _year_row(p: Parts) -> list[Found] | None:
    """The heads of a table's columns: "Indicator 2017 2018 2019"."""
    places = [i for i in range(p.start, p.end) if p.is_a(i, "late_year")]
    years = [p.tokens.values[i] for i in places]
    rising, falling = sorted(set(years)), sorted(set(years), reverse=True)
    whole = p.found("")
    if whole is None or years not in (rising, falling) or p.is_a(p.start - 1, "counting_or_number"):
        return None
    return [whole._replace(start=i, end=i + 1, value=edtf.year(p.tokens.values[i])) for i in places]


def _reign(p: Parts) -> Found | None:
    """ "Showa 48": the 48th year of a reign."""
    return p.found(edtf.year((p.number("r1") or 0) + (p.number("q1") or 0)))


def _year_to(p: Parts) -> Found | None:
    """ "The year ending 31 December 1964", "the year to March 2024": twelve months."""
    of_year, of_month = p.year(1) or 0, p.month(1) or 0
    if of_month == 12:
        return p.found(edtf.year(of_year))
    return p.found(joined(edtf.month(of_year - 1, of_month + 1), edtf.month(of_year, of_month)))


def _era_year(number: int, before: bool) -> str | None:
    if number < 1:
        return None
    return edtf.year(1 - number if before else number)


def _era(p: Parts) -> Found | None:
    value = _era_year(p.number("y1") or 0, p.has("e") and p.is_a(p.at("e"), "era_before"))
    return p.found(p.approximately(value)) if value else None


def _era_range(p: Parts) -> Found | None:
    before_last = p.is_a(p.at("f"), "era_before")
    before_first = p.is_a(p.at("e"), "era_before") if p.has("e") else before_last
    first, last = p.number("y1") or 0, p.number("y2") or 0
    if not p.has("e") and before_last != (first > last):
        return None
    return p.found_range(joined(_era_year(first, before_first), _era_year(last, before_last)))


def _bare_value(p: Parts) -> str | None:
    if p.has("n"):
        return p.tokens.dates[p.at("n")]
    first, last, short = p.year(1) or 0, p.year(2), p.number("z2")
    if short is not None:
        last = first - first % 100 + short
    if last is None:
        return edtf.year(first)
    return edtf.interval(edtf.year(first), edtf.year(last)) if first < last else None


def bare(p: Parts) -> Found | None:
    """The year, or years, that :data:`BARE` captured."""
    value = _bare_value(p)
    return p.found(p.approximately(value)) if value else None


def counts(p: Parts) -> bool:
    """Whether the next word looks like what a number counts: a plural."""
    if not p.is_a(p.end, "word") or p.is_a(p.end, "capital"):
        return False
    word = p.word(p.end)
    return word.endswith(p.lexicon.counted_endings) and not word.endswith(SINGULAR_ENDINGS)


def _told_late(p: Parts) -> bool:
    """Whether the year is one of our time and nothing behind it can be counted by it."""
    if not p.is_a(p.end - 1, "late_year") or p.is_a(p.end, "tight"):
        return False
    return p.is_a(p.end, "short_number") or not (p.is_a(p.end, "counting_or_number") or counts(p))


def ends(p: Parts, *, strict: bool) -> bool:
    """Whether what follows shows that the number counts nothing."""
    index = p.end
    if p.is_a(index, "tight"):
        return False
    if p.is_a(index, "unit_sign") and p.is_a(index + 1, "small_number"):
        return True  # The sign of another amount: "in 2014 $9,068".
    if not p.is_a(index, "word"):
        return not p.is_a(index, "counting_or_number")
    if p.is_a(index, "capital"):
        return True
    word = p.word(index)
    return word.endswith(p.lexicon.closing_endings) or (not strict and word.isascii())


def _bare_after_preposition(p: Parts) -> Found | None:
    several = p.has("y2") or p.has("z2") or p.has("n")
    return bare(p) if several or ends(p, strict=False) or _told_late(p) else None


def _before_counted(p: Parts) -> Found | None:
    """The year before a noun that it could count too: "In 2015 students came", "since 1989 pupils go"."""
    begins = p.start == 1 or p.is_a(p.start - 2, "stop") or p.is_a(p.start - 1, "since")
    year = p.year(1) or 0
    told = year in FIELD_YEARS and year % 100 != 0 and p.word(p.end).isascii()
    return bare(p) if begins and told else None


def _bare_after_weak(p: Parts) -> Found | None:
    counted = p.is_a(p.start - 1, "of") and p.is_a(p.start - 2, "quantity")
    late = p.has("n") or (p.year(1) or 0) in SINGLE_YEARS
    told = ends(p, strict=True) or _told_late(p)
    return bare(p) if late and not counted and told else None


def _bare_range(p: Parts) -> Found | None:
    first, last = p.year(1) or 0, p.year(2) or 0
    numbered = p.is_a(p.start - 1, "numbering") or p.is_a(p.start - 2, "numbering")
    told = first in SINGLE_YEARS and last - first <= LONGEST_RANGE
    return bare(p) if told and not numbered else None


def _singular(noun: str) -> bool:
    return not noun.endswith("s") or noun.endswith(SINGULAR_ENDINGS)


def modifier(p: Parts) -> Found | None:
    """The year before a noun that it cannot count ("the 2005 accord")."""
    noun = p.word(p.end)
    one = p.is_a(p.end, "capital") or (noun.isascii() and _singular(noun))
    return bare(p) if one and (p.year(1) or 0) in SINGLE_YEARS else None


def _determined(p: Parts) -> Found | None:
    """ "Its 1998 agreement", "Leeds's 1969 charter"; not "a 2000 strong crowd"."""
    return modifier(p) if (p.year(1) or 0) % 100 else None


def _about(p: Parts) -> Found | None:
    year = p.year(1) or 0
    return _year(p) if year in FIELD_YEARS and year % 100 else None


def _bare_in_field(p: Parts) -> Found | None:
    key = p.tokens.symbols[max(0, p.start - 10) : p.start - 1]
    named = any(p.is_a(p.start - 2 - i, "dating_word") for i in range(len(key)))
    counted = any(p.is_a(p.start - 2 - i, "quantity") for i in range(len(key)))
    late = not counted and (p.year(1) or 0) in FIELD_YEARS and not p.is_a(p.end, "word")
    return bare(p) if (named or late) and ends(p, strict=True) else None


def _titled(p: Parts) -> Found | None:
    """The year right behind what has one of its own: "Protocol of Intent 1999"."""
    return bare(p) if p.word(p.start - 1) in p.lexicon.dated_words else None


def _bare_continued(p: Parts) -> Found | None:
    follows = p.last_end in (p.start - 1, p.start - 2)
    return bare(p) if follows and ends(p, strict=True) else None


RULES: tuple[Rule, ...] = (
    Rule(
        "year",
        f"{YEAR}{NO_STREET} APPROX? STOP? {PART} YEAR_BEFORE? y1=YEAR4 {YEAR_WORD}",
        _year,
        0.98,
    ),
    Rule("old-year", f"(?<=BEFORE_YEAR) APPROX? STOP? {PART} y1=OLD_YEAR {YEAR_WORD}", _year, 0.85),
    Rule(
        "part-of-year", f"{YEAR} PART OF? ARTICLE? TIGHT? y1=YEAR4 {NOT_COUNTED_LATE}", _year, 0.9
    ),
    Rule(
        "half-of-year",
        f"{YEAR} (?:cp=COUNTED|lp=LATTER) TIGHT? pp=HALF OF? ARTICLE? y1=YEAR4 {NOT_COUNTED_LATE} "
        f"{YEAR_WORD}?",
        _year,
        0.95,
    ),
    Rule("named-year", f"{PART} YEAR_TYPE? YEAR_BEFORE OF? y1=YEAR4", _year, 0.95),
    Rule("named-year", f"YEARS_BEFORE {BARE}", bare, 0.9),
    Rule("named-years", "YEARS_BEFORE y1=YEAR4 s1=RANGING y2=YEAR4", _named_years, 0.95),
    Rule("year-after", "(?<=IN) y1=YEAR4 YEAR_BEFORE", _year, 0.9),
    Rule(
        "year-after", f"{YEAR} y1=YEAR4 YEAR_BEFORE (?=STOP|COMMA|SEMICOLON|CLOSE|$)", _year, 0.85
    ),
    Rule("years-after", f"{YEAR} y1=YEAR4 DASH y2=YEAR4 YEARS_BEFORE(?!YEAR4)", _named_years, 0.9),
    Rule("fiscal-year", f"FISCAL YEAR_BEFORE? {BARE}", bare, 0.95),
    Rule("year-range", YEAR_RANGE, _year_range, 0.97),
    Rule("short-year-range", f"{YEAR} y1=YEAR4 DASH z2=SHORT_YEAR {YEAR_WORD}", _short_range, 0.95),
    Rule(
        "year-list",
        f"{YEAR} y1=YEAR4 (?:(?:COMMA|AND) YEAR4){{1,12}} {YEAR_WORD}",
        _year_list,
        0.95,
    ),
    Rule(
        "year-list",
        "(?<=ARTICLE) LATE_YEAR (?:COMMA LATE_YEAR){0,8} COMMA? AND LATE_YEAR (?=WORD)",
        _year_list,
        0.85,
    ),
    Rule("season-year", f"{YEAR} n=YEARS_SLASH {YEAR_WORD}", _slashed, 0.97),
    Rule("season-year", f"{YEAR} n=YEARS_SLASH YEAR_TYPE YEAR_BEFORE", _slashed, 0.97),
    Rule("season-year", "YEAR_TYPE YEAR_BEFORE n=YEARS_SLASH", _slashed, 0.97),
    Rule("season-year", f"YEAR_TYPE YEAR_BEFORE OF? {BARE}", bare, 0.95),
    Rule(
        "season-year",
        f"{YEAR} y1=YEAR4 DASH z2=SHORT_YEAR YEAR_TYPE YEAR_BEFORE",
        _short_range,
        0.95,
    ),
    Rule("relative-year", "(?<!EVERY) PART? OF? ARTICLE? SHIFT YEARLY", _relative_year, 0.9),
    Rule(
        "relative-year",
        "PART OF? SHIFT_BARE YEARLY|(?<!ARTICLE)SHIFT_BARE YEARLY",
        _relative_year,
        0.9,
    ),
    Rule("relative-year", "YEAR_SHIFT|SAME_YEAR", _relative_year, 0.85),
    Rule("part-of-the-year", "PART OF? ARTICLE? YEARLY", _relative_year, 0.7),
    Rule(
        "part-of-the-year",
        "(?:cp=COUNTED|lp=LATTER) TIGHT? HALF OF? ARTICLE? YEARLY",
        _half_of_the_year,
        0.7,
    ),
    Rule("year-offset", "n=YEAR_OFFSET", _year_offset, 0.5),
    Rule(
        "year-list", "^ YEAR4 (?:(?:COMMA|AND) YEAR4){1,12} (?=LOOSE|COLON|STOP|$)", _year_list, 0.9
    ),
    Rule("era", f"{YEAR} APPROX? STOP? ARTICLE? y1=ANY_YEAR {YEAR_WORD}? COMMA? e=ERA", _era, 0.97),
    Rule("era-first", "APPROX? e=ERA_AFTER y1=ANY_YEAR", _era, 0.95),
    Rule(
        "era-range",
        f"{YEAR} OPENER? y1=ANY_YEAR {YEAR_WORD}? e=ERA? s1=SEPARATOR y2=ANY_YEAR {YEAR_WORD}? f=ERA",
        _era_range,
        0.95,
    ),
    Rule("circa-year", "CIRCA STOP? y1=YEAR4(?!COUNTING|WORD)", _year, 0.85),
    Rule("bracketed-year", f"(?<=OPEN) APPROX? STOP? {BARE} (?=CLOSE|COMMA|PUNCT|AND)", bare, 0.9),
    Rule("bracketed-year", f"(?<=COMMA) {BARE} (?=CLOSE)", bare, 0.8),
    Rule(
        "year-after-preposition", f"(?<=STRONG) APPROX? STOP? {BARE}", _bare_after_preposition, 0.93
    ),
    Rule("year-after-preposition", f"(?<=WEAK) {BARE}", _bare_after_weak, 0.85),
    Rule("year-before-counted", f"(?<=STRONG) {YEAR} y1=YEAR4(?=COUNTING)", _before_counted, 0.8),
    Rule("year-before-counted", f"(?<=WEAK) {YEAR} y1=YEAR4(?=COUNTING)", _before_counted, 0.75),
    Rule(
        "bare-year-range",
        f"{YEAR} y1=YEAR4 DASH y2=YEAR4(?=$|CLOSE|COMMA|STOP|COLON)",
        _bare_range,
        0.8,
    ),
    Rule("late-years", f"{YEAR} y1=LATE_YEAR DASH y2=LATE_YEAR {NOT_COUNTED}", _bare_range, 0.7),
    Rule("year-row", "LATE_YEAR LATE_YEAR{1,15} (?=$)", _year_row, 0.8),
    Rule(
        "year-row", "LATE_YEAR PLAIN LATE_YEAR (?:PLAIN LATE_YEAR){0,8} (?=PLAIN?$)", _year_row, 0.8
    ),
    Rule("reign-year", "r1=REIGN q1=REIGN_YEAR", _reign, 0.9),
    Rule("year-to", f"YEAR_BEFORE ENDING {month(1)} (?:q1=DAY COMMA?)? y1=YEAR4", _year_to, 0.9),
    Rule("year-to", f"YEAR_BEFORE ENDING q1=DAY OF? {month(1)} y1=YEAR4", _year_to, 0.9),
    Rule("year-before-noun", f"(?<=ARTICLE) {YEAR} y1=YEAR4(?=WORD)", modifier, 0.75),
    Rule(
        "year-before-noun",
        f"(?<=ARTICLE) {YEAR} y1=YEAR4 TIGHT z2=SHORT_YEAR(?=WORD)",
        modifier,
        0.75,
    ),
    Rule("year-before-noun", f"(?<=DETERMINER) {YEAR} y1=YEAR4(?=WORD)", _determined, 0.75),
    Rule("about-year", "ABOUT y1=YEAR4(?=STOP|COMMA|SEMICOLON|CLOSE|$)", _about, 0.75),
    Rule("opening-year", "^ y1=LATE_YEAR (?=OPEN)", bare, 0.8),
    Rule("opening-year", f"^ {BARE} (?=DASH|COLON|$|STOP$)", bare, 0.85),
    Rule(
        "titled-year", "(?<=WORD) y1=LATE_YEAR (?=STOP? $|COMMA|SEMICOLON|CLOSE|BAR)", _titled, 0.8
    ),
    Rule("field-year", f"(?<=COLON) {BARE}", _bare_in_field, 0.9),
    Rule("next-year-in-list", f"(?<=COMMA) {BARE}", _bare_continued, 0.85),
    Rule("next-year-in-list", f"(?<=AND) {BARE}", _bare_continued, 0.85),
    Rule("next-year-in-list", f"(?<=COMMA AND) {BARE}", _bare_continued, 0.85),
)
