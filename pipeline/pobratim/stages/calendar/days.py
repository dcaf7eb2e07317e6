"""The grammar of days and months: single, ranges and lists."""

from __future__ import annotations

from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.lexer import century_of
from pobratim.stages.calendar.parts import (
    DATED,
    GLUE,
    NO_STREET,
    NOT_COUNTED,
    NOT_COUNTED_LATE,
    PART,
    RELATIVE,
    WEEKDAY,
    YEAR,
    YEAR_WORD,
    Found,
    Parts,
    Rule,
    day,
    joined,
    month,
    year_tail,
)

__all__ = ["RULES"]

TAIL = f"(?:{RELATIVE}|{year_tail(1)})"
SECOND_TAIL = f"(?:{RELATIVE}|{year_tail(2)})"
LAST_WEEKDAY = WEEKDAY.replace("wd=", "")
DAY_MONTH = f"{NO_STREET} {day(1)} {DATED} of=OF? {month(1)} {TAIL}"
DAY_RANGE = f"""
    (?<!TIGHT)(?<!DAY LOOSE) (?:OPENER ARTICLE?)? {WEEKDAY} {day(1)} (?:STOP(?=DASH))?
    (?:OF? {month(1)} {year_tail(1)})?
    (?:COMMA(?=UNTO))? s1=SIDE_BY_SIDE {LAST_WEEKDAY} ARTICLE? {day(2)} STOP? OF? {month(2)} {SECOND_TAIL}
"""
LEADING_RANGE = f"""
    OPENER? {WEEKDAY} (?=LEADING) {month(1)} (?:ARTICLE|COMMA(?=DAY DASH DAY))? d1=DAY {year_tail(1)}
    (?:COMMA(?=UNTO))? s1=SEPARATOR {LAST_WEEKDAY} (?:(?=LEADING) {month(2)})? ARTICLE? d2=DAY {SECOND_TAIL}
"""
LEADING_LIST = """
    (?=LEADING) (?:m1=FULL_MONTH|k1=SHORT_MONTH STOP?) DAY (?:(?:COMMA|AND|COMMA AND) DAY){1,12}
    (?:COMMA? y1=YEAR4|(?!UNIT|WORD|DASH))
"""
DAY_LIST = f"""
    (?<!SIGN)(?:DAY(?:DASH DAY)?(?:COMMA|AND|COMMA AND)){{1,12}} DAY(?:DASH DAY)? OF? {month(1)} {TAIL}
"""
BULLET = "(?:^|(?<=^PUNCT)|(?<=^LOOSE))"
SECOND_PART = PART.replace("p=", "q=")
MONTH_RANGE = f"""
    OPENER? {PART} {month(1)} {year_tail(1)} s1=SIDE_BY_SIDE IN? {SECOND_PART}
    {month(2)} {SECOND_TAIL}
"""
MONTH_LIST = f"""
    (?:FULL_MONTH (?:COMMA|AND|COMMA AND) IN?){{1,8}} {month(1)} {TAIL}
"""


def _numeric(p: Parts) -> Found | None:
    return p.found(p.tokens.dates[p.at("n")])


def _numeric_range(p: Parts) -> Found | None:
    last, start = p.tokens.dates[p.at("n")], p.at("a")
    first = p.tokens.dates.get(start)
    if first is None:
        first = f"{last[:8]}{p.tokens.values[start]:02d}"
    value = first.replace(edtf.UNKNOWN, last[:4])
    apart = p.is_a(start, "full") and p.is_a(p.at("s1"), "and") and not p.is_a(p.start, "between")
    if apart or value >= last:
        return None
    return p.found_range(joined(value, last))


def _slashed_range(p: Parts) -> Found | None:
    """ "12/05 – 14/05/2010"."""
    last = p.tokens.dates[p.at("n")]
    first = edtf.day(int(last[:4]), p.number("q1") or 0, p.number("d1") or 0)
    return p.found_range(joined(first, last)) if first and first < last else None


def _day_months(p: Parts) -> Found | None:
    """«с 12.05 по 14.05»."""
    first, last = p.tokens.dates[p.at("a")], p.tokens.dates[p.at("n")]
    return p.found(joined(first, last)) if first < last else None


def _heading_day(p: Parts) -> Found | None:
    """«12.05 – визит», «1.04 – визит»; 1.10 rather is a section."""
    word = p.word(p.start)
    return _numeric(p) if len(word) == len("12.05") or word[-2] == "0" else None


def _item_day(p: Parts) -> Found | None:
    """«– 21.04 мэр принял …», «• 7.05 – концерт»; not «– 1.10 …»."""
    return _heading_day(p) if p.is_a(p.end, "loose") or p.word(p.start)[2] == "." else None


def _slashed_day(p: Parts) -> Found | None:
    """ "Thursday, 26/4"."""
    return p.found(edtf.day(None, p.number("n") or 0, p.number("d1") or 0))


def _iso_range(p: Parts) -> Found | None:
    """ "2023.04.11–14": the year first, the last day alone."""
    first, last = p.tokens.dates[p.at("a")], p.number("d2") or 0
    whole = edtf.day(int(first[:4]), int(first[5:7]), last)
    year_first = p.word(p.start)[:4].isdecimal()
    return p.found_range(joined(first, whole)) if year_first and whole and first < whole else None


def _numeric_months(p: Parts) -> Found | None:
    first, last = p.tokens.dates[p.at("a")], p.tokens.dates[p.at("n")]
    return p.found_range(joined(first, last)) if first < last else None


def _slashed_days(p: Parts) -> Found | None:
    """ "18–27/10"."""
    first, last = p.number("d1") or 0, p.number("d2") or 0
    ends = (edtf.day(None, p.number("n") or 0, number) for number in (first, last))
    return p.found(joined(*ends)) if first < last else None


def _quoted_day(p: Parts) -> Found | None:
    """««5» марта 2014 г.»: the first quote belongs to the span."""
    found = _day(p)
    return found._replace(start=found.start - 1) if found else None


def _short_year(p: Parts) -> Found | None:
    """ "12-May-16"."""
    return p.found(edtf.day(century_of(p.number("z1") or 0), p.month(1) or 0, p.day(1) or 0))


def _day(p: Parts) -> Found | None:
    number, of_month = p.day(1), p.month(1)
    word_without_of = p.has("o1") and p.is_a(p.at("o1") + 1, "leading")
    if number is None or of_month is None or word_without_of:
        return None
    return p.found(edtf.day(p.year(1), of_month, number))


def _reign_day(p: Parts) -> Found | None:
    """ "April 1, Reiwa 2"."""
    of_year = (p.number("r1") or 0) + (p.number("q1") or 0)
    return p.found(edtf.day(of_year, p.month(1) or 0, p.number("d1") or 0))


def _uncertain_day(p: Parts) -> Found | None:
    number, of_month = p.number("d1"), p.number("u")
    return p.found(edtf.day(p.year(1), of_month or 0, number or 0))


def _day_range(p: Parts) -> Found | None:
    first, last = p.day(1), p.day(2)
    last_month = p.month(2) or p.month(1)
    first_month = p.month(1) or last_month
    if first is None or last is None or first_month is None or last_month is None:
        return None
    over = first_month > last_month
    last_year = p.year(2)
    first_year = p.year(1) or (None if last_year is None else last_year - over)
    if last_year is None and first_year is not None:
        last_year = first_year + over
    if not _ordered(p, (first_year, first_month, first), (last_year, last_month, last)):
        return None
    ends = edtf.day(first_year, first_month, first), edtf.day(last_year, last_month, last)
    return p.found_range(joined(*ends))


def _ordered(
    p: Parts, first: tuple[int | None, int, int], last: tuple[int | None, int, int]
) -> bool:
    if first[:2] == last[:2]:
        return p.joins(1, first[2], last[2])
    # Two days that "and" joins are an interval only if they share the month.
    if p.is_a(p.at("s1"), "and") and not p.is_a(p.start, "between"):
        return False
    return (first[0] or 0, *first[1:]) < (last[0] or 0, *last[1:]) or first[0] is None


def _day_list(p: Parts) -> list[Found] | None:
    month_at = p.at("m1") if p.has("m1") else p.at("k1")
    of_month, of_year = p.month(1) or 0, p.year(1)
    whole = p.found("")
    found: list[Found] = []
    index = p.start
    while whole and index < month_at:
        if p.is_a(index, "day"):
            end = index + 3 if p.is_a(index + 1, "dash") else index + 1
            numbers = p.tokens.values[index], p.tokens.values[end - 1]
            value = joined(*(edtf.day(of_year, of_month, number) for number in numbers))
            if value is None:
                return None
            found.append(whole._replace(start=index, end=end, value=value))
            index = end
        else:
            index += 1
    found[-1] = found[-1]._replace(end=p.end)
    return found


def _leading_list(p: Parts) -> list[Found] | None:
    month_at = p.at("m1") if p.has("m1") else p.at("k1")
    of_month, of_year = p.month(1) or 0, p.year(1)
    whole = p.found("")
    days = [i for i in range(month_at + 1, p.end) if p.is_a(i, "day")]
    values = [edtf.day(of_year, of_month, p.tokens.values[i]) for i in days]
    if whole is None or None in values or not any(p.is_a(i, "and") for i in range(days[0], p.end)):
        return None
    if len(days) == 2 and p.tokens.values[days[1]] == p.tokens.values[days[0]] + 1:
        return None  # Neighbours are an interval.
    found = [
        whole._replace(start=i, end=i + 1, value=value or "")
        for i, value in zip(days, values, strict=True)
    ]
    found[0] = found[0]._replace(start=p.start)
    found[-1] = found[-1]._replace(end=p.end)
    return found


def _month_of_year(p: Parts) -> Found | None:
    """ "1989, October": a chronicle's entry, the year first."""
    number = p.day(1)
    of_year, of_month = p.year(1), p.month(1) or 0
    return p.found(
        edtf.month(of_year, of_month) if number is None else edtf.day(of_year, of_month, number)
    )


def _month(p: Parts) -> Found | None:
    of_month = p.month(1)
    return p.found(edtf.month(p.year(1), of_month)) if of_month else None


def _month_range(p: Parts) -> Found | None:
    first, last = p.month(1), p.month(2)
    if first is None or last is None:
        return None
    last_year, over = p.year(2), first > last
    first_year = p.year(1) or (None if last_year is None else last_year - over)
    if last_year is None and first_year is not None:
        last_year = first_year + over
    years_apart = 0 if last_year is None else last_year - (first_year or 0)
    if p.is_a(p.at("s1"), "slash") and last != first + 1:
        return None
    together = not p.is_a(p.at("s1"), "and") or p.is_a(p.start, "between")
    neighbours = not p.has("y1") and not p.is_a(p.at("s1") + 1, "in") and last == first + 1
    if not together and not (neighbours and (last_year or p.is_a(p.start - 1, "before_month"))):
        return None
    if years_apart < 0 or (first == last and not years_apart):
        return None
    return p.found_range(joined(edtf.month(first_year, first), edtf.month(last_year, last)))


def _month_list(p: Parts) -> list[Found] | None:
    whole = p.found("")
    dated = p.has("y1") or (whole and whole.shift is not None)
    if not dated and not p.is_a(p.start - 1, "before_month"):
        return None
    last = p.at("m1") if p.has("m1") else p.at("k1")
    months = [i for i in range(p.start, last + 1) if p.is_a(i, "full_month") or i == last]
    if whole is None:
        return None
    found = [
        whole._replace(start=i, end=i + 1, value=edtf.month(p.year(1), p.tokens.values[i]))
        for i in months
    ]
    found[-1] = found[-1]._replace(end=p.end)
    return found


def _dotted_month(p: Parts) -> Found | None:
    """ "(2020. 11)", "('20. 11)"."""
    return p.found(edtf.month(p.year(1), p.number("q1") or 0))


def _shifted_month(p: Parts) -> Found | None:
    return p.found(edtf.month(None, p.month(1) or 0))


def _coming_month(p: Parts) -> Found | None:
    """ "In May next": the nearest one, of this year or another."""
    found = _month(p)
    return found._replace(shift=None) if found else None


def _next_month(p: Parts) -> Found | None:
    return _month(p) if p.last_end == p.start - 1 else None


RULES: tuple[Rule, ...] = (
    Rule(
        "numeric-range",
        f"(?<!SLASH) OPENER? a=RANGE_START STOP? {YEAR_WORD}? s1=SEPARATOR n=FULL {YEAR_WORD}?",
        _numeric_range,
        0.97,
    ),
    Rule(
        "numeric-range",
        f"OPENER? d1=DAY SLASH q1=N12 s1=SEPARATOR n=FULL {YEAR_WORD}?",
        _slashed_range,
        0.95,
    ),
    Rule("day-month-range", "OPENER a=DAY_MONTH STOP? s1=TO n=DAY_MONTH STOP?", _day_months, 0.8),
    Rule("day-month", "(?<=OPEN) a=DAY s1=DASH n=DAY_MONTH (?=CLOSE)", _numeric_range, 0.75),
    Rule("day-month", "^ n=DAY_MONTH (?=STOP? LOOSE|BAR|$)", _heading_day, 0.7),
    Rule(
        "day-month",
        "(?:(?<=^PUNCT)|(?<=^LOOSE)) n=DAY_MONTH (?=STOP? LOOSE|WORD|QUOTE)",
        _item_day,
        0.7,
    ),
    Rule(
        "day-month", f"{BULLET} a=DAY s1=DASH n=DAY_MONTH (?=STOP? LOOSE|BAR)", _numeric_range, 0.7
    ),
    Rule(
        "day-month-range",
        f"{BULLET} a=DAY_MONTH STOP? s1=DASH n=DAY_MONTH (?=STOP? LOOSE|BAR|COLON|$)",
        _day_months,
        0.75,
    ),
    Rule("weekday-day", "ANY_WEEKDAY STOP? COMMA? n=DAY_MONTH", _numeric, 0.85),
    Rule("weekday-day", "ANY_WEEKDAY STOP? COMMA? d1=DAY SLASH n=N12", _slashed_day, 0.85),
    Rule("day-range-iso", "a=FULL s1=DASH d2=DAY (?!STOP? DAY|SLASH)", _iso_range, 0.9),
    Rule("numeric", f"(?<!SLASH) {WEEKDAY} n=FULL {YEAR_WORD}?", _numeric, 0.98),
    Rule("numeric-month", "(?<=BRACKET_OR_COLON) n=MONTH_YEAR (?=CLOSE|$)", _numeric, 0.8),
    Rule("numeric-month", "(?<=BEFORE_MONTH) n=MONTH_YEAR", _numeric, 0.8),
    Rule("numeric-month", "(?<=COMMA) n=MONTH_YEAR (?=$)", _numeric, 0.75),
    Rule("numeric-month", "^ n=MONTH_YEAR (?=LOOSE|COLON|BAR|CAPITAL|$)", _numeric, 0.75),
    Rule("numeric-month", "(?<=BAR) n=MONTH_YEAR (?=BAR|$)", _numeric, 0.75),
    Rule(
        "numeric-month-range",
        f"OPENER? a=MONTH_YEAR {YEAR_WORD}? s1=RANGING n=MONTH_YEAR {YEAR_WORD}?",
        _numeric_months,
        0.9,
    ),
    Rule("day-range", DAY_RANGE, _day_range, 0.98),
    Rule("day-list", DAY_LIST, _day_list, 0.95),
    Rule("day", f"{WEEKDAY} {DAY_MONTH}", _day, 0.98),
    Rule("quoted-day", f"(?<=QUOTE) d1=DAY QUOTE {month(1)} {TAIL}", _quoted_day, 0.95),
    Rule("day-short-year", f"{day(1)} TIGHT {month(1)} TIGHT z1=SHORT_YEAR", _short_year, 0.9),
    Rule("year-month-day", f"{YEAR} y1=YEAR4 (?=LEADING) {month(1)} d1=DAY", _day, 0.9),
    Rule(
        "month-the-day",
        f"{WEEKDAY} (?=LEADING) {month(1)} ARTICLE (?:t1=TENS TIGHT?)? o1=ORDINAL (?:COMMA? y1=YEAR4)?",
        _day,
        0.95,
    ),
    Rule(
        "day-lower-case",
        f"d1=DAY {GLUE} OF? u=MONTH_UNCERTAIN {GLUE} COMMA? y1=YEAR4 {YEAR_WORD}?",
        _uncertain_day,
        0.95,
    ),
    Rule("leading-range", LEADING_RANGE, _day_range, 0.97),
    Rule("leading-list", LEADING_LIST, _leading_list, 0.93),
    Rule(
        "year-first",
        f"^ y1=YEAR4 {YEAR_WORD}? COMMA (?:{day(1)} OF?)? {month(1)} (?=LOOSE|COLON|STOP|COMMA|$)",
        _month_of_year,
        0.9,
    ),
    Rule(
        "year-first",
        f"(?<=BEFORE_YEAR_FIRST) y1=YEAR4 COMMA {month(1)} (?=STOP|COMMA|CLOSE|SEMICOLON|BAR|$)",
        _month_of_year,
        0.85,
    ),
    Rule("month-end", f"(?<=BEFORE_MONTH) {month(1)} TIGHT PART {TAIL}", _month, 0.85),
    Rule(
        "month-comma-day",
        f"(?=LEADING) {month(1)} COMMA d1=ORDINAL_DAY (?:COMMA? y1=YEAR4)?",
        _day,
        0.9,
    ),
    Rule(
        "day-range-in-digits",
        "d1=DAY DASH d2=DAY SLASH n=N12 (?=CLOSE|COMMA|STOP|SEMICOLON|$)",
        _slashed_days,
        0.8,
    ),
    Rule(
        "month-comma-day",
        f"(?=LEADING) {month(1)} COMMA d1=DAY (?:COMMA? y1=YEAR4|(?=STOP|LOOSE|COLON|CLOSE|$))",
        _day,
        0.9,
    ),
    Rule(
        "month-day-year",
        f"{WEEKDAY} (?=LEADING) {month(1)} TIGHT? ARTICLE? d1=DAY {RELATIVE}",
        _day,
        0.97,
    ),
    Rule(
        "month-day-year",
        f"{WEEKDAY} (?=LEADING) {month(1)} TIGHT? ARTICLE? d1=DAY COMMA? OF? TIGHT? y1=YEAR4",
        _day,
        0.98,
    ),
    Rule(
        "reign-day",
        f"(?=LEADING) {month(1)} d1=DAY COMMA? r1=REIGN q1=REIGN_YEAR",
        _reign_day,
        0.9,
    ),
    Rule("month-day-year", f"{month(1)} d1=DAY COMMA y1=YEAR4{NOT_COUNTED}", _day, 0.9),
    Rule(
        "month-day",
        f"{WEEKDAY} (?<!IN)(?<!PART) (?=LEADING) {month(1)} TIGHT? ARTICLE? d1=DAY {NOT_COUNTED}",
        _day,
        0.93,
    ),
    Rule(
        "month-day",
        f"(?<=IN) (?=LEADING) {month(1)} d1=DAY (?=COMMA|STOP|CLOSER|IN|$)",
        _day,
        0.8,
    ),
    Rule("month-range", MONTH_RANGE, _month_range, 0.95),
    Rule("month-list", MONTH_LIST, _month_list, 0.95),
    Rule("month-relative", f"{PART} {month(1)} {RELATIVE}", _month, 0.93),
    Rule("month-shifted", f"SHIFTED {month(1)}(?!STOP? DAY|YEAR4)", _shifted_month, 0.9),
    Rule(
        "month-year",
        f"{PART} {month(1)} COMMA? (?:OF ARTICLE?)? YEAR_BEFORE? {GLUE} "
        f"y1=YEAR4{NOT_COUNTED_LATE} {YEAR_WORD}?",
        _month,
        0.97,
    ),
    Rule("bracketed-month", "(?<=OPEN) y1=YEAR4 STOP q1=N12 STOP? (?=CLOSE)", _dotted_month, 0.8),
    Rule("month", f"(?<=BEFORE_MONTH) {PART} m1=FULL_MONTH", _month, 0.9),
    Rule(
        "coming-month",
        "(?<=BEFORE_MONTH) m1=FULL_MONTH SHIFTED (?=STOP|COMMA|SEMICOLON|CLOSE|$)",
        _coming_month,
        0.85,
    ),
    Rule("part-of-month", "(?:PART|COUNTED HALF) OF? ARTICLE? m1=FULL_MONTH", _month, 0.9),
    Rule("bracketed-month", "(?<=OPEN) m1=FULL_MONTH (?=CLOSE|COMMA|AND)", _month, 0.85),
    Rule("next-month", "(?<=COMMA) m1=FULL_MONTH (?=CLOSE|COMMA)", _next_month, 0.85),
    Rule("next-month", "(?<=AND) m1=FULL_MONTH (?=CLOSE)", _next_month, 0.85),
    Rule(
        "month-of-entry", f"(?<=LOOSE) {PART} m1=FULL_MONTH (?=STOP?$|SEMICOLON|COMMA)", _month, 0.8
    ),
    Rule(
        "month-of-entry",
        f"(?<=COLON) {PART} m1=FULL_MONTH (?=STOP?$|SEMICOLON|COMMA|BAR)",
        _month,
        0.8,
    ),
    Rule("month-in-cell", f"(?<=BAR) {PART} m1=FULL_MONTH (?=BAR|$)", _month, 0.8),
    Rule("month-in-cell", "^ m1=FULL_MONTH (?=BAR)", _month, 0.8),
    Rule("month-before-noun", "(?<=ARTICLE) m1=MONTH_LEADING (?=PLAIN)", _month, 0.8),
    Rule("month-heading", f"{BULLET} m1=FULL_MONTH(?=COLON|CLOSE|LOOSE|STOP|$)", _month, 0.85),
    Rule(
        "same-month",
        "SAME m1=FULL_MONTH (?!STOP? DAY|COMMA DAY|COMMA? YEAR4)",
        _shifted_month,
        0.85,
    ),
)
"""A rule's row order settles only ties: of the rules that match at a place, the longest wins."""
