"""The dates of other corpora as EDTF; None where they say what our guidelines leave out."""

from __future__ import annotations

import re
from collections.abc import Callable

_TIMEX2 = re.compile(r"(?P<bc>BC)?(?P<year>\d{2,4})(?:-(?P<rest>\d{2}(?:-\d{2})?|SP|SU|FA|WI))?")
_WHEN = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


def timex2(value: str) -> str | None:
    """EDTF of a TIMEX2 ``VAL`` (Ferro et al. 2005): days, months, seasons, years, decades, centuries.

    ``187`` is the 1870s, ``17`` the years 1700 to 1799; ``BC0499`` is the year −498 of ISO 8601, which
    has a year 0. References to "now" or "the past" and anything with an X are None, and so are decades
    and centuries BC, which no prefix of the astronomical year can say.
    """
    found = _TIMEX2.fullmatch(value)
    if found is None:
        return None
    year, rest = found["year"], found["rest"]
    if len(year) < 4:
        return None if found["bc"] or rest else year.ljust(4, "X")
    if found["bc"]:
        before = int(year) - 1
        year = f"-{before:04}" if before else "0000"
    return year if rest is None else f"{year}-{_SEASONS.get(rest, rest)}"


def tei(value: str) -> str | None:
    """EDTF of a TEI ``when``: a day, month or year; None for other forms (``--09``)."""
    return value if _WHEN.fullmatch(value) else None


READERS: dict[str, Callable[[str], str | None]] = {"timex2": timex2, "tei": tei}
