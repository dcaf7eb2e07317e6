"""Dates that the grammar cannot read, by the dateparser library.

For spans that a model calls a date; much too slow, and too ready to see a date anywhere, to run
over text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.finder import find_dates
from pobratim.stages.workspace import DateValue

__all__ = ["fallback"]

LONGEST = 60
SETTINGS: dict[str, Any] = {
    "REQUIRE_PARTS": ["year"],
    "PARSERS": ["absolute-time"],
    "PREFER_DAY_OF_MONTH": "first",
    "PREFER_MONTH_OF_YEAR": "first",
    "DATE_ORDER": "DMY",
    "NORMALIZE": True,
}
"""Nothing here lets today's date into a value: the year must be in the text, and only the parser of
absolute dates runs."""
YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")


@cache
def _parser(language: str) -> Any:
    from dateparser.date import DateDataParser

    languages = [language] if language in ("ru", "en") else ["ru", "en"]
    return DateDataParser(languages=languages, settings=SETTINGS)


def fallback(text: str, language: str) -> DateValue | None:
    """The value of a short text that is a date as a whole; None where it cannot be read.

    The grammar is asked first. Texts without a year of four digits, or longer than 60 characters,
    are not tried.
    """
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    found = find_dates(text, language)
    if any(match.relative for match in found):
        return None
    year_unread = bool(YEAR.search(text)) and all(edtf.UNKNOWN in m.value.edtf for m in found)
    if not year_unread:
        return found[0].value if len(found) == 1 else None
    data = _parser(language).get_date_data(text)
    if data.date_obj is None or str(data.date_obj.year) not in text:
        return None
    year, month, day = data.date_obj.year, data.date_obj.month, data.date_obj.day
    whole = {"year": edtf.year(year), "month": edtf.month(year, month)}
    return edtf.date_value(whole.get(data.period) or edtf.day(year, month, day) or edtf.year(year))
