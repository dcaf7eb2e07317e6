"""Figures as written: ``17,3``, ``11,434.25``, ``2,900``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

__all__ = ["Figure", "figure"]

LONGEST = 24
COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
INDIAN = re.compile(r"[1-9]\d?(?:,\d{2}){1,4},\d{3}(?:\.\d+)?")
PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:[.,]\d+)?")


class Figure(NamedTuple):
    """What a figure may mean: its mark read as the decimal one, or as parting thousands.

    Exactly one of the two is set where the notation leaves no doubt; both for "2,900".
    """

    decimal: Decimal | None
    grouped: Decimal | None


def figure(text: str) -> Figure | None:
    """The readings of ``text``; nothing for a date, a version, an address or a leading zero."""
    if len(text) > LONGEST:
        return None
    decimal = grouped = None
    if COMMAS.fullmatch(text) or INDIAN.fullmatch(text):
        grouped = Decimal(text.replace(",", ""))
    elif POINTS.fullmatch(text):
        grouped = Decimal(text.replace(".", "").replace(",", "."))
    if PLAIN.fullmatch(text):
        decimal = Decimal(text.replace(",", "."))
    if decimal is None and grouped is None:
        return None
    return Figure(decimal, grouped)
