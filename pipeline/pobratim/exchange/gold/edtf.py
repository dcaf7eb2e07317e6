"""EDTF values as gold has them: what is wrong with one, and the days it covers."""

from __future__ import annotations

from pobratim.errors import AnnotationError
from pobratim.stages.calendar.edtf import bounds


def edtf_fault(value: str) -> str | None:
    """Why ``value`` is no EDTF date or interval, as a sentence with examples; None if it is one."""
    try:
        bounds(value)
    except AnnotationError as error:
        return str(error)
    return None


def days(value: str | None) -> tuple[str | None, str | None]:
    """The first and last day of a valid EDTF ``value``, None where it leaves them open."""
    return (bounds(value) or (None, None)) if value is not None else (None, None)
