"""What the page asks while somebody types: dates, places, values for newly marked words."""

from __future__ import annotations

import re
from typing import Any

from pobratim.errors import AnnotationError

__all__ = ["dated", "places", "suggested"]

Json = dict[str, Any]
_NUMBER = re.compile(r"[0-9][0-9., \u00a0\u202f]{0,30}")
LONGEST = 400
MOST_PLACES = 20


def dated(value: str) -> Json:
    """What an EDTF value means: ``earliest`` and ``latest``, or a ``fault`` that says why not."""
    from pobratim.stages.calendar.edtf import date_value

    try:
        found = date_value(value[:LONGEST])
    except AnnotationError as error:
        return {"value": value, "fault": str(error)}
    return {"value": value, "earliest": found.earliest, "latest": found.latest}


def places(name: str, limit: int = 10, label: str | None = None) -> list[Json]:
    """Places whose name starts with ``name`` in either script, or that it is a declined form of."""
    from pobratim.lexicon.gazetteer import gazetteer

    known = gazetteer()
    text = name[:LONGEST].strip()
    if not text:
        return []
    found = (*known.lookup_russian(text), *known.search(text, MOST_PLACES))
    kinds = {"CITY": "city", "REGION": "region", "COUNTRY": "country"}
    wanted = kinds.get(label or "")
    rows = [place._asdict() for place in dict.fromkeys(found) if wanted in (None, place.kind)]
    return rows[: min(limit, MOST_PLACES)]


def suggested(label: str, text: str, language: str, reference: str | None) -> Json:
    """Fields for a mention that was just marked: what its words alone tell."""
    words = " ".join(text[:LONGEST].split())
    if label == "DATE":
        return _date(words, language, reference)
    if label == "COUNT":
        return _count(words)
    if label in ("CITY", "REGION", "COUNTRY"):
        found = places(words, 1, label)
        return {"entity": found[0]["id"], "place": found[0]} if found else {}
    return {}


def _date(words: str, language: str, reference: str | None) -> Json:
    from pobratim.stages.calendar.edtf import date_value, resolved
    from pobratim.stages.calendar.finder import find_dates

    matches = find_dates(words, language)
    if not matches:
        return {}
    value = max(matches, key=lambda match: match.end - match.start).value
    if "XXXX" in value.edtf and reference and reference.isdecimal():
        in_year = resolved(value.edtf, int(reference))
        value = date_value(in_year) if in_year else value
    return {"value": value.edtf, "earliest": value.earliest, "latest": value.latest}


def _count(words: str) -> Json:
    from pobratim.stages.quantities.figures import figure

    number_part = _NUMBER.match(words)
    digits = "".join(number_part[0].split()).rstrip(".,") if number_part else ""
    found = figure(digits)
    number = found and (found.decimal if found.grouped is None else found.grouped)
    if number is None:
        return {}
    whole = number == number.to_integral_value()
    return {"value": int(number) if whole else float(number)}
