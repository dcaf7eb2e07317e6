"""The grammar of ranges whose ends are told unlike: «1981 – март 1990»."""

from __future__ import annotations

from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.parts import YEAR, YEAR_WORD, Found, Parts, Rule, joined

__all__ = ["RULES"]


def _point(a: str, b: str, c: str) -> str:
    """The pattern of a date with its year; the letters name the groups of its three shapes."""
    return f"""(?:{a}1=FULL {YEAR_WORD}?
        |(?:{b}1=DAY OF?)? (?:{b}2=FULL_MONTH|{b}3=SHORT_MONTH STOP?) COMMA? OF? {b}4=YEAR4 {YEAR_WORD}?
        |(?=LEADING) (?:{c}2=FULL_MONTH|{c}3=SHORT_MONTH STOP?) {c}1=DAY COMMA? {c}4=YEAR4
        |{a}2=YEAR4 {YEAR_WORD}?)"""


FIRST, LAST = ("a", "b", "c"), ("x", "y", "z")


def _value(p: Parts, letters: tuple[str, str, str]) -> str | None:
    numeric, *worded = letters
    if p.has(f"{numeric}1"):
        return p.tokens.dates[p.at(f"{numeric}1")]
    for letter in worded:
        of_month = p.number(f"{letter}2") or p.number(f"{letter}3")
        if of_month is not None:
            day = p.number(f"{letter}1")
            of_year = p.number(f"{letter}4")
            return (
                edtf.month(of_year, of_month) if day is None else edtf.day(of_year, of_month, day)
            )
    return edtf.year(p.number(f"{numeric}2")) if p.has(f"{numeric}2") else None


def _mixed(p: Parts) -> Found | None:
    first, last = _value(p, FIRST), _value(p, LAST)
    if first is None or last is None or len(first) == len(last) or first[:4] > last[:4]:
        return None
    days = edtf.bounds(first), edtf.bounds(last)
    ordered = days[0] and days[1] and days[0][0] <= days[1][0] and days[0][1] <= days[1][1]
    return p.found_range(joined(first, last)) if ordered else None


RULES: tuple[Rule, ...] = (
    Rule(
        "mixed-range",
        f"{YEAR} OPENER? {_point(*FIRST)} s1=RANGING {_point(*LAST)}",
        _mixed,
        0.95,
    ),
)
