"""The grammar of days told from the day of writing or from another: «вчера», "on Saturday", «25-го»."""

from __future__ import annotations

from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.parts import Found, Parts, Rule, day, month, year_tail

__all__ = ["RULES"]

SAME_MONTH = f"{edtf.UNKNOWN}-XX"
FIRST_DAY_ALONE = 13
"""«5-го» may be a grade or a school; from this day on an ordinal alone at a sentence's head is a day."""
NEAR_DAYS = 40
"""How many tokens behind another date an ordinal alone is a day, whichever it is."""


NO_DAY = "(?!STOP? COMMA? ARTICLE? (?:DAY|LEADING|FULL|ORDINAL))"
"""A weekday before a date belongs to it: "this Tuesday, 12 November"."""


def _relative(p: Parts, kind: str, number: int) -> Found | None:
    found = p.found(edtf.UNKNOWN)
    return found._replace(relative=(kind, number), shift=None) if found else None


def _day_word(p: Parts) -> Found | None:
    return _relative(p, "day", p.number("n") or 0)


def _weekday(p: Parts) -> Found | None:
    ranged = p.is_a(p.end, "ranging") and p.is_a(p.end + 1, "weekday")
    hours = p.is_a(p.end, "number") or p.is_a(p.end, "colon") or p.is_a(p.start - 1, "every")
    listed = p.is_a(p.end, "comma") and p.is_a(p.end + 1, "weekday")
    return None if ranged or hours or listed else _relative(p, "weekday", p.number("w") or 0)


def _next_weekday(p: Parts) -> Found | None:
    """ "On Friday and Saturday"."""
    return _weekday(p) if p.last_end == p.start - 1 and p.is_a(p.last_end - 1, "weekday") else None


def _week(p: Parts) -> Found | None:
    return _relative(p, "week", p.number("h") or 0)


def _shifted_weekday(p: Parts) -> Found | None:
    shift = p.number("h") or 0
    return _relative(p, "next_weekday" if shift > 0 else "weekday", p.number("w") or 0)


def _weekend(p: Parts) -> Found | None:
    shift = p.number("h") if p.has("h") else -1
    return _relative(p, "weekend", 1 if shift == 1 else -1)


def _month_word(p: Parts) -> Found | None:
    return _relative(p, "month", p.number("h") or 0)


def _day_after(p: Parts) -> Found | None:
    return _relative(p, "after", p.number("n") or 0)


def _bracketed(p: Parts) -> Found | None:
    if p.has("n"):
        return p.found(p.tokens.dates[p.at("n")])
    number, of_month = p.day(1), p.month(1)
    if number is None or of_month is None:
        return None
    return p.found(edtf.day(p.year(1), of_month, number))


def _day_alone(p: Parts) -> Found | None:
    number = p.number("d1") or 0
    suffixed = p.word(p.start).endswith(p.lexicon.year_suffixes)
    near = p.last_end > 0 and p.start - p.last_end <= NEAR_DAYS
    listed = near and p.is_a(p.start - 1, "semicolon")
    if not (number >= FIRST_DAY_ALONE or listed) or number > 31 or not suffixed:
        return None
    return p.found(f"{SAME_MONTH}-{number:02d}")


def _day_of_month(p: Parts) -> Found | None:
    """ "The 20th of that month"."""
    return p.found(f"{SAME_MONTH}-{p.number('d1') or 0:02d}")


def _day_of_this_month(p: Parts) -> Found | None:
    found = _day_of_month(p)
    return found._replace(shift=None) if found and found.shift == 0 else None


def _day_on(p: Parts) -> Found | None:
    """ "On the 14th, …"; not "on the 14th floor"."""
    number = p.number("d1") or 0
    return None if p.is_a(p.end, "word") else p.found(f"{SAME_MONTH}-{number:02d}")


RULES: tuple[Rule, ...] = (
    Rule("day-word", "n=DAY_WORD", _day_word, 0.85),
    Rule("day-after", "n=DAY_AFTER", _day_after, 0.8),
    Rule("month-word", "h=SHIFTED MONTH_WORD", _month_word, 0.8),
    Rule("weekday", "(?<=IN) w=WEEKDAY", _weekday, 0.93),
    Rule("weekday", "(?<=PREPOSITION) w=WEEKDAY", _weekday, 0.93),
    Rule("weekday", "(?:(?<=UNTIL)|(?<=SINCE)) w=WEEKDAY", _weekday, 0.85),
    Rule("weekday", "(?<=PREPOSITION ARTICLE) w=WEEKDAY", _weekday, 0.85),
    Rule("weekday", f"h=SHIFTED w=WEEKDAY {NO_DAY}", _shifted_weekday, 0.9),
    Rule("weekday", "(?<=AND) w=WEEKDAY", _next_weekday, 0.93),
    Rule(
        "weekday", "(?<=PLAIN) w=WEEKDAY (?=STOP|COMMA|CLOSER|AND|IN|PREPOSITION|$)", _weekday, 0.75
    ),
    Rule("week", "h=SHIFT WEEK", _week, 0.8),
    Rule("week", "(?<!ARTICLE) h=SHIFT_BARE WEEK", _week, 0.8),
    Rule("weekend", "h=SHIFTED WEEKEND", _weekend, 0.85),
    Rule(
        "weekday-date",
        f"WEEKDAY OPEN (?=LEADING) {month(1)} d1=DAY (?:COMMA? y1=YEAR4)? CLOSE",
        _bracketed,
        0.97,
    ),
    Rule(
        "weekday-date",
        f"WEEKDAY OPEN {day(1)} OF? {month(1)} {year_tail(1)} CLOSE",
        _bracketed,
        0.97,
    ),
    Rule("weekday-date", "WEEKDAY OPEN n=FULL CLOSE", _bracketed, 0.97),
    Rule("day-alone", "d1=DAY OF? ARTICLE? SAME MONTH_WORD", _day_of_month, 0.8),
    Rule("day-alone", "d1=DAY OF? ARTICLE? SHIFTED MONTH_WORD", _day_of_this_month, 0.8),
    Rule("day-alone", "(?:^|(?<=STOP)|(?<=SEMICOLON)) d1=DAY", _day_alone, 0.7),
    Rule("day-alone", "(?<=PREPOSITION ARTICLE) d1=ORDINAL_DAY", _day_on, 0.7),
)
