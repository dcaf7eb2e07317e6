"""dateparser's ``search_dates``, and its reading of a date that another tool found."""

from __future__ import annotations

import re
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from peers.mapping import Found, document, is_duration, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pobratim.schema import Document

NO_REFERENCE = 2000
"""The base year where the text's is not known; it never shows, since such years are cut off."""

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|\d{1,2}\.\d{1,2}\.\d{2}(?!\d)")
_REFERENCE_YEAR = re.compile(r"\d{4}")


def settings(reference: str | None) -> dict[str, Any]:
    """Absolute dates only, relative to the year that the text reports on, never to the clock."""
    year = _REFERENCE_YEAR.match(reference or "")
    base = datetime(int(year[0]) if year else NO_REFERENCE, 1, 1)
    return {"RELATIVE_BASE": base, "PARSERS": ["custom-formats", "absolute-time"]}


def edtf(moment: datetime, period: str | None, words: str, reference: str | None) -> str | None:
    """A moment in the precision that dateparser gives the words: ``year``, ``month`` or ``day``.

    A year that neither the words nor the reference period tell is unknown, whatever the moment says.
    """
    year = f"{moment.year:04}" if _YEAR.search(words) or reference else "XXXX"
    if period == "year":
        return None if year == "XXXX" else year
    month = f"{year}-{moment.month:02}"
    return month if period == "month" else f"{month}-{moment.day:02}"


def load() -> Callable[[str, str, str | None], Document]:
    """``search_dates`` with its default strategy, told the language of the text."""
    from dateparser.search import search_dates

    def run(text: str, language: str, reference: str | None) -> Document:
        languages = [language] if language in ("ru", "en") else ["ru", "en"]
        results = search_dates(
            text,
            languages=languages,
            settings=settings(reference),
            add_period=True,
        )
        found = []
        position = 0
        for words, moment, period in results or ():
            start = text.find(words, position)
            if start < 0 or is_duration(words):
                continue
            position = start + len(words)
            value = edtf(moment, period, words, reference)
            found.append(Found("DATE", *trimmed(text, start, position), date=value))
        return document("dateparser", version("dateparser"), text, found)

    return run


def reader(language: str) -> Callable[[str, str | None], str | None]:
    """The EDTF value that ``dateparser`` gives a date's words; None where it reads none."""
    from dateparser.date import DateDataParser

    def read(words: str, reference: str | None) -> str | None:
        parser = DateDataParser(languages=[language], settings=settings(reference))
        data = parser.get_date_data(words)
        moment = data.date_obj
        return None if moment is None else edtf(moment, data.period, words, reference)

    return read
