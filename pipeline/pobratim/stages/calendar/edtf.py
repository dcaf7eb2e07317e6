"""Writing and reading EDTF, the Extended Date/Time Format (ISO 8601-2:2019, levels 0 to 2).

The product writes days, months, years, seasons and other parts of a year (codes 21 to 41),
unspecified digits (``08XX``, ``197X``, ``XXXX-05``), years before 1 in astronomical numbering (300 BC
is ``-0299``), ``~``, and intervals of these. Source of the forms and codes: the specification at
https://www.loc.gov/standards/datetime/.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

from pobratim.errors import AnnotationError
from pobratim.stages.workspace import DateValue

__all__ = [
    "bounds",
    "date_value",
    "day",
    "exists",
    "half",
    "interval",
    "month",
    "part",
    "resolved",
    "year",
]

SIDE = re.compile(
    r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?[~?%]?"
)
PARTS: dict[int, tuple[int, int]] = {
    **{base + n: (3 * n + 3, 3 * n + 5) for base in (21, 25) for n in range(4)},
    **{29 + n: ((3 * n + 8) % 12 + 1, (3 * n + 10) % 12 + 1) for n in range(4)},
    **{33 + n: (3 * n + 1, 3 * n + 3) for n in range(4)},
    **{37 + n: (4 * n + 1, 4 * n + 4) for n in range(3)},
    40: (1, 6),
    41: (7, 12),
}
"""First and last month of each part of a year. A season that runs over the year's end has a last
month past 12, or before its first: northern winter (24, 28) of 1964 is December 1964 to February
1965. Codes 29 to 32 are the southern seasons."""

UNKNOWN = "XXXX"
MEMORY = 4096


def year(number: int | None) -> str:
    """A year, astronomical (0 is 1 BC); ``XXXX`` where unknown."""
    if number is None:
        return UNKNOWN
    return f"-{-number:04d}" if number < 0 else f"{number:04d}"


def month(of_year: int | None, number: int) -> str:
    """A month, 1 to 12."""
    return f"{year(of_year)}-{number:02d}"


def part(of_year: int | None, code: int) -> str:
    """A season (21 to 24 from spring) or quarter (33 to 36) of a year."""
    return month(of_year, code)


def half(of_year: int | None, number: int) -> str | None:
    """The first or second half of a year as an interval of months; None for other numbers."""
    months = {1: (1, 6), 2: (7, 12)}.get(number)
    return interval(*(month(of_year, n) for n in months)) if months else None


def day(of_year: int | None, of_month: int, number: int) -> str | None:
    """A day, or None where the month has no such day; 29 February passes if the year is unknown."""
    if not 1 <= of_month <= 12 or not 1 <= number <= _days(of_year, of_month):
        return None
    return f"{month(of_year, of_month)}-{number:02d}"


def interval(first: str, last: str) -> str:
    """The interval of two values; one value if they are the same."""
    return first if first == last else f"{first}/{last}"


def date_value(value: str) -> DateValue:
    """``value`` with its first and last day; None for an end that is open or unknown.

    Raises:
        AnnotationError: as :func:`bounds`.
    """
    first, last = _ends(value)
    return DateValue(value, _text(first), _text(last))


def bounds(value: str) -> tuple[str, str] | None:
    """The first and last day that an EDTF value allows, as ``YYYY-MM-DD`` (``-0299-01-01``).

    None where the year is unknown or the interval open.

    Raises:
        AnnotationError: the value is not EDTF, names a month or day that does not exist, or is an
            interval that ends before it begins.
    """
    first, last = _ends(value)
    return (_text(first) or "", _text(last) or "") if first and last else None


def resolved(value: str, of_year: int) -> str | None:
    """``value`` with ``XXXX`` read as a year; an interval over New Year ends in the next one.

    None where the year has no such day (29 February).
    """
    sides = value.split("/")
    years = [of_year] * len(sides)
    if len(sides) == 2 and sides[0].startswith(UNKNOWN) and sides[0] > sides[1]:
        years[1] += 1
    found = [side.replace(UNKNOWN, year(y), 1) for side, y in zip(sides, years, strict=True)]
    return "/".join(found) if all(exists(side) for side in found) else None


Day = tuple[int, int, int]


@lru_cache(maxsize=MEMORY)
def _ends(value: str) -> tuple[Day | None, Day | None]:
    """The first and last day of a value, remembered: a text names the same years again and again."""
    sides = value.split("/")
    if len(sides) > 2 or all(side in ("", "..") for side in sides):
        raise _invalid(value, "an interval is two values with one '/' between them")
    spans = [(None, None) if side in ("", "..") else _bounds(side, value) for side in sides]
    first, last = spans[0][0], spans[-1][1]
    if first and last and first > last:
        raise _invalid(value, "the interval ends before it begins")
    return first, last


def exists(side: str) -> bool:
    """Whether a single value names a day that its month has."""
    match = SIDE.fullmatch(side)
    if match is None or "X" in side or match["day"] is None:
        return match is not None
    return int(match["day"]) <= _days(int(match["year"]), int(match["month"]))


def _bounds(side: str, value: str) -> tuple[Day, Day] | tuple[None, None]:
    match = SIDE.fullmatch(side)
    if match is None or match["year"] == "-0000":
        raise _invalid(value, f"{side!r} is no date")
    _check(match, value)
    if match["year"].lstrip("-") == UNKNOWN:
        return None, None
    years = sorted(int(match["year"].replace("X", digit)) for digit in "09")
    return _first(years[0], match), _last(years[1], match)


def _check(match: re.Match[str], value: str) -> None:
    if re.search(r"X[0-9]", match["year"]):
        raise _invalid(value, "unknown digits of a year stand at its end, as in 197X")
    number = 1 if match["month"] in (None, "XX") else int(match["month"])
    if number not in PARTS and not 1 <= number <= 12:
        raise _invalid(value, f"there is no month or part of a year {match['month']}")
    if match["day"] in (None, "XX"):
        return
    of_year = None if "X" in match["year"] else int(match["year"])
    longest = 31 if match["month"] == "XX" else _days(of_year, number) if number <= 12 else 0
    if not 1 <= int(match["day"]) <= longest:
        raise _invalid(value, f"month {match['month']} has no day {match['day']}")


def _first(of_year: int, match: re.Match[str]) -> Day:
    number = 1 if match["month"] in (None, "XX") else int(match["month"])
    start = PARTS[number][0] if number in PARTS else number
    return of_year, start, 1 if match["day"] in (None, "XX") else int(match["day"])


def _last(of_year: int, match: re.Match[str]) -> Day:
    number = 12 if match["month"] in (None, "XX") else int(match["month"])
    if number in PARTS:
        start, end = PARTS[number]
        over = end > 12 or end < start
        of_year, number = (of_year + 1, (end - 1) % 12 + 1) if over else (of_year, end)
    if match["day"] in (None, "XX"):
        return of_year, number, _days(of_year, number)
    return of_year, number, int(match["day"])


def _days(of_year: int | None, number: int) -> int:
    if of_year is None:
        return 29 if number == 2 else monthrange(2000, number)[1]
    # The Gregorian calendar repeats every 400 years; the library's begins with year 1.
    return monthrange(of_year % 400 + 400, number)[1]


def _text(found: Day | None) -> str | None:
    return None if found is None else f"{year(found[0])}-{found[1]:02d}-{found[2]:02d}"


def _invalid(value: str, why: str) -> AnnotationError:
    return AnnotationError(
        f"Date value {value!r} is not EDTF: {why}. Write 1993-07-15, 2016-07, 2002, 1964-21 "
        f"(spring), 197X, 08XX (century), -0299 (300 BC), XXXX-05, 2002/2019 or 2005/..; "
        f"'~' at the end for about."
    )
