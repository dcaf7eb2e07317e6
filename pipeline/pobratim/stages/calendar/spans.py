"""The grammar of longer and named stretches: seasons, quarters, halves, decades, centuries."""

from __future__ import annotations

from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.parts import (
    NOT_COUNTED_LATE,
    PART,
    RELATIVE,
    YEAR_WORD,
    Found,
    Parts,
    Rule,
    joined,
)

__all__ = ["RULES"]

SEASON = "a{n}=ANY_SEASON"
OF_YEAR = f"(?:COMMA? OF? ARTICLE? YEAR_BEFORE? TIGHT? y1=YEAR4{NOT_COUNTED_LATE} {YEAR_WORD}?)"
CENTURY = "(?:c{n}=NUMERAL|(?:t{n}=TENS TIGHT?)?o{n}=ORDINAL)"
CENTURY_WORD = "(?:TIGHT? CENTURY|CENTURY_SHORT STOP?)"
SHORT_CENTURY_WORD = "IN STOP"
YEARS_WORD = "(?:YEARS|YEARS_SHORT STOP?)"
DECADE = "(?:g{n}=DECADE4|h{n}=SHORT_DECADE|w{n}=DECADE_WORD)"
CENTURY_PART = f"(?:(?:COUNTED|LATTER|SHIFT_BARE) (?:QUARTER|FRACTION) OF? ARTICLE?|{PART})"
WHICH = "(?:c1=NUMERAL|o1=ORDINAL)"
TWENTIETH = 19
QUARTER_CODES = {n: 32 + n for n in range(1, 5)}


def _season(p: Parts) -> Found | None:
    if p.is_a(p.at("a1"), "season_uncertain") and not p.is_a(p.at("a1") + 1, "of"):
        return None
    return p.found(edtf.part(p.year(1), p.number("a1") or 0))


def _season_in(p: Parts) -> Found | None:
    """ "In spring"; Russian has an adverb for it."""
    return _season(p) if p.word(p.start).isascii() else None


def _season_ahead(p: Parts) -> Found | None:
    """«перенесён на осень», "postponed to spring": when something is to be."""
    moved = p.is_a(p.start - 2, "plain") and p.word(p.start - 2).endswith(p.lexicon.closing_endings)
    ahead = p.word(p.start - 1) in p.lexicon.deadline_words or p.is_a(p.start - 1, "to")
    return _season(p) if moved and ahead else None


def _winter(p: Parts) -> Found | None:
    first = p.year(1) or p.number("n") or 0
    last = p.year(2) or (first - first % 100 + (p.number("z2") or 0) if p.has("z2") else first + 1)
    if p.number("a1") != 24 or last != first + 1:
        return None
    return p.found(edtf.part(first, 24))


def _seasons(p: Parts) -> Found | None:
    first, last = p.number("a1") or 0, p.number("a2") or 0
    if not p.joins(1, first, last):
        return None
    return p.found_range(joined(edtf.part(p.year(1), first), edtf.part(p.year(1), last)))


def _quarter(p: Parts) -> Found | None:
    code = QUARTER_CODES.get(p.number("q") or 0)
    return p.found(edtf.part(p.year(1), code)) if code else None


def _last_quarter(p: Parts) -> Found | None:
    found = p.found(edtf.part(p.year(1), QUARTER_CODES[4]))
    return found._replace(shift=None) if found and p.has("y1") else found


def _quarters(p: Parts) -> Found | None:
    first, last = QUARTER_CODES.get(p.number("q") or 0), QUARTER_CODES.get(p.number("r") or 0)
    if first is None or last is None or not p.joins(1, first, last):
        return None
    return p.found_range(joined(edtf.part(p.year(1), first), edtf.part(p.year(1), last)))


def _half(p: Parts) -> Found | None:
    return p.found(edtf.half(p.year(1), (p.number("q") or 0) if p.has("q") else 2))


def _months(p: Parts) -> Found | None:
    number = p.number("q") or p.number("x") or 0
    return p.found(edtf.interval(edtf.month(p.year(1), 1), edtf.month(p.year(1), number)))


def _century_number(p: Parts, n: int) -> int:
    if p.has(f"o{n}"):
        return (p.number(f"t{n}") or 0) + (p.number(f"o{n}") or 0)
    return p.number(f"c{n}") or 0


def _before(p: Parts, name: str = "e") -> bool:
    return p.has(name) and p.is_a(p.at(name), "era_before")


def _century_value(number: int, before: bool) -> str | None:
    return f"{'-' if before else ''}{number - 1:02d}XX" if 1 <= number <= 30 else None


def _century(p: Parts) -> Found | None:
    value = _century_value(_century_number(p, 1), _before(p))
    return p.found(p.approximately(value)) if value else None


def _centuries(p: Parts) -> Found | None:
    first, last = _century_number(p, 1), _century_number(p, 2)
    before_last = _before(p)
    before_first = _before(p, "f") if p.has("f") else before_last
    order = (-first if before_first else first), (-last if before_last else last)
    if not p.joins(1, *order):
        return None
    return p.found_range(
        joined(_century_value(first, before_first), _century_value(last, before_last))
    )


def _millennium(p: Parts) -> Found | None:
    number = _century_number(p, 1)
    if not 1 <= number <= 10 or (number > 3 and not _before(p)):
        return None
    return p.found(f"{'-' if _before(p) else ''}{number - 1}XXX")


def _decade_value(p: Parts, n: int, century: int) -> str | None:
    if p.has(f"g{n}"):
        return f"{(p.number(f'g{n}') or 0) // 10:03d}X"
    decade = p.number(f"h{n}") or p.number(f"w{n}") or 0
    return f"{century * 10 + decade // 10:03d}X" if decade <= 100 else None


def _decade(p: Parts) -> Found | None:
    named = _century_number(p, 1) if p.has("c1") or p.has("o1") else 0
    value = _decade_value(p, 1, named - 1 if named else TWENTIETH)
    return p.found(p.approximately(value)) if value else None


def _decades(p: Parts) -> Found | None:
    last = _decade_value(p, 2, TWENTIETH)
    if p.has("y1"):
        first = f"{(p.year(1) or 0) // 10:03d}X"
    else:
        first = _decade_value(p, 1, int(last[:2]) if last and p.has("g2") else TWENTIETH) or ""
    if last is None or not first or not p.joins(1, int(first[:3]), int(last[:3])):
        return None
    return p.found_range(edtf.interval(first, last))


def _short_decade_word(p: Parts) -> Found | None:
    """ "In the nineties", «в конце восьмидесятых», «в девяностых»; not «в десятых классах»."""
    worded = p.is_a(p.start - 1, "article") or p.is_a(p.start, "part")
    late = p.is_a(p.start - 1, "before_decade") and (p.number("w1") or 0) >= LATE_DECADE
    return _decade(p) if worded or late else None


LATE_DECADE = 60
"""From which decade on a bare ordinal of it after a preposition is one."""
FIRST_SEASON, SECOND_SEASON = SEASON.format(n=1), SEASON.format(n=2)
FIRST_CENTURY, SECOND_CENTURY = CENTURY.format(n=1), CENTURY.format(n=2)
FIRST_DECADE, SECOND_DECADE = DECADE.format(n=1), DECADE.format(n=2)
SECOND_PART = PART.replace("p=", "q=")
FOLLOWED_BY_CENTURY = f"""
    (?=(?:DASH|COMMA|AND|SLASH)? PART OF? ARTICLE? NUMERAL (?:{CENTURY_WORD}|{SHORT_CENTURY_WORD}))
"""

RULES: tuple[Rule, ...] = (
    Rule("season", f"{PART} {FIRST_SEASON} {OF_YEAR}", _season, 0.96),
    Rule("season-relative", f"{PART} {FIRST_SEASON} {RELATIVE}", _season, 0.9),
    Rule("season-shifted", "SHIFTED a1=SEASONS", _season, 0.85),
    Rule(
        "winter",
        f"a1=SEASONS OF? ARTICLE? y1=YEAR4 DASH (?:y2=YEAR4|z2=SHORT_YEAR) {YEAR_WORD}?",
        _winter,
        0.95,
    ),
    Rule("winter", f"a1=SEASONS OF? ARTICLE? n=YEARS_SLASH {YEAR_WORD}?", _winter, 0.95),
    Rule(
        "seasons",
        f"(?:OPENER ARTICLE?)? {FIRST_SEASON} s1=SIDE_BY_SIDE ARTICLE? {SECOND_SEASON} {OF_YEAR}",
        _seasons,
        0.95,
    ),
    Rule("season-same", "SAME a1=SEASONS", _season, 0.85),
    Rule("season-alone", "(?<!EVERY) a1=SEASON_ADVERB", _season, 0.5),
    Rule("season-in", "(?<=IN) a1=SEASON(?!COMMA|OF|YEAR4)", _season_in, 0.7),
    Rule(
        "season-ahead",
        "(?:(?<=PREPOSITION)|(?<=UNTIL)|(?<=TO)) a1=SEASON(?!COMMA? OF|COMMA? YEAR4)",
        _season_ahead,
        0.6,
    ),
    Rule("season-of-news", "(?<=IN ARTICLE) a1=SEASON(?!COMMA|OF|YEAR4)", _season, 0.7),
    Rule("quarter", f"q=COUNTED QUARTER (?:{OF_YEAR}|{RELATIVE})?", _quarter, 0.95),
    Rule("quarter", f"q=COUNTED QUARTER_SHORT STOP? {OF_YEAR}", _quarter, 0.95),
    Rule("quarter", f"QUARTER_LETTER q=N12 SLASH? {OF_YEAR}", _quarter, 0.9),
    Rule("quarter", f"q=N12 QUARTER_LETTER {OF_YEAR}", _quarter, 0.9),
    Rule(
        "last-quarter",
        f"(?:LATTER|SHIFT_BARE) QUARTER (?:{OF_YEAR}|{RELATIVE})",
        _last_quarter,
        0.95,
    ),
    Rule(
        "quarters",
        f"OPENER? q=COUNTED s1=SEPARATOR ARTICLE? r=COUNTED (?:QUARTER|QUARTER_SHORT STOP?) "
        f"(?:{OF_YEAR}|{RELATIVE})",
        _quarters,
        0.95,
    ),
    Rule(
        "quarters",
        f"QUARTER_LETTER q=N12 s1=SEPARATOR QUARTER_LETTER? r=N12 {OF_YEAR}",
        _quarters,
        0.9,
    ),
    Rule("half-year", f"q=COUNTED HALF_YEAR (?:{OF_YEAR}|{RELATIVE})?", _half, 0.95),
    Rule("half-year", f"HALF_LETTER q=N12 {OF_YEAR}", _half, 0.9),
    Rule("half-year", f"(?:q=COUNTED|LATTER) TIGHT? HALF OF? {RELATIVE}", _half, 0.9),
    Rule(
        "months-of-year",
        f"ORDINAL? (?:q=N12|x=CARDINAL) MONTHS (?:{OF_YEAR}|{RELATIVE})",
        _months,
        0.9,
    ),
    Rule(
        "century", f"APPROX? {CENTURY_PART} {FIRST_CENTURY} {CENTURY_WORD} e=ERA?", _century, 0.97
    ),
    Rule("century", f"APPROX? {CENTURY_PART} c1=ROMAN {SHORT_CENTURY_WORD} e=ERA?", _century, 0.9),
    Rule("century", f"c1=NUMERAL {SHORT_CENTURY_WORD} e=ERA", _century, 0.95),
    Rule(
        "century-without-word", f"PART OF? ARTICLE? c1=ROMAN {FOLLOWED_BY_CENTURY}", _century, 0.85
    ),
    Rule(
        "centuries",
        f"(?:OPENER ARTICLE?)? {PART} {FIRST_CENTURY} {CENTURY_WORD}? f=ERA? s1=SEPARATOR ARTICLE? "
        f"{SECOND_PART} {SECOND_CENTURY} (?:{CENTURY_WORD}|{SHORT_CENTURY_WORD}) e=ERA?",
        _centuries,
        0.95,
    ),
    Rule("millennium", f"{PART} {WHICH} MILLENNIUM e=ERA?", _millennium, 0.9),
    Rule("millennium", f"{WHICH} MILLENNIUM_SHORT STOP? e=ERA", _millennium, 0.9),
    Rule("decade", f"APPROX? {PART} g1=DECADE4 {YEARS_WORD}?", _decade, 0.95),
    Rule("decade", f"{PART} (?:h1=SHORT_DECADE|w1=DECADE_WORD) {YEARS_WORD}", _decade, 0.9),
    Rule(
        "decade-of-century",
        f"{PART} (?:h1=SHORT_DECADE|w1=DECADE_WORD) {YEARS_WORD}? OF? ARTICLE? {FIRST_CENTURY} "
        f"(?:{CENTURY_WORD}|{SHORT_CENTURY_WORD})",
        _decade,
        0.95,
    ),
    Rule(
        "decade-of-century",
        f"{PART} (?:h1=SHORT_DECADE|w1=DECADE_WORD) {YEARS_WORD}? OF? ARTICLE? LAST_CENTURY",
        _decade,
        0.95,
    ),
    Rule("short-decade", f"{PART} (?<=BEFORE_DECADE) h1=DECADE2", _decade, 0.8),
    Rule("decade-in-words", f"{PART} w1=DECADE_WORD", _short_decade_word, 0.8),
    Rule(
        "decades",
        f"(?:OPENER ARTICLE?)? {PART} {FIRST_DECADE} {YEARS_WORD}? s1=SEPARATOR ARTICLE? "
        f"{SECOND_PART} {SECOND_DECADE} {YEARS_WORD}? (?:OF? ARTICLE? LAST_CENTURY)?",
        _decades,
        0.95,
    ),
    Rule(
        "decades",
        f"{PART} h1=N99 s1=DASH {SECOND_DECADE} {YEARS_WORD}? (?:OF? ARTICLE? LAST_CENTURY)?",
        _decades,
        0.95,
    ),
    Rule("decades", f"OPENER? y1=YEAR4 s1=SEPARATOR {SECOND_DECADE} {YEARS_WORD}?", _decades, 0.95),
)
