"""The values after a mark's bar: dates, numbers, offices and instruments, read and checked."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pobratim.exchange.gold.edtf import edtf_fault
from pobratim.schema import Category, Instrument, Office, Purpose, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.exchange.check import Problem
    from pobratim.exchange.gold.marks import Mark

_NUMBER = re.compile(r"([~><]?)(-?\d{1,18}(?:\.\d{1,9})?)(?:\.\.(-?\d{1,18}(?:\.\d{1,9})?))?")


class Position(NamedTuple):
    """One value that stands by position: its name and choices (none: free)."""

    name: str
    choices: tuple[str, ...] = ()
    required: bool = True


POSITIONS: dict[str, tuple[Position, ...]] = {
    "ROLE": (Position("office", get_args(Office)),),
    "DATE": (Position("EDTF value"),),
    "COUNT": (
        Position("number"),
        Position("counted"),
        Position("category", get_args(Category)),
    ),
    "AGREEMENT": (
        Position("instrument", get_args(Instrument), required=False),
        Position("purpose", get_args(Purpose), required=False),
        Position("status", get_args(Status), required=False),
    ),
}
"""What each label's values are, in order; labels that are not here take only an id."""

_EDTF_OPTIONS = ("signed", "period")


def check_values(mark: Mark) -> Iterator[Problem]:
    """The problems of one mark's values: missing, too many, or not among the choices."""
    positions = POSITIONS.get(mark.label, ())
    if len(mark.values) > len(positions):
        names = ", ".join(p.name for p in positions) or "only an id"
        extra = mark.values[len(positions)]
        yield mark.problem(
            f"has “{extra}” too many", f"{mark.label} takes {names}; quote values with spaces."
        )
    for index, position in enumerate(positions):
        value = mark.values[index] if index < len(mark.values) else None
        if value is None:
            if position.required:
                yield mark.problem(f"has no {position.name}", _choices(position))
        elif position.choices and value not in position.choices:
            yield mark.problem(f"has {position.name} “{value}”", _choices(position))
    yield from _check_forms(mark)


def _choices(position: Position) -> str:
    if position.choices:
        return f"Use one of: {', '.join(position.choices)}."
    return f"Write its {position.name} after the bar, or - where there is none."


def _check_forms(mark: Mark) -> Iterator[Problem]:
    if mark.label == "COUNT" and mark.values and mark.values[0] != "-":
        match = _NUMBER.fullmatch(mark.values[0])
        if match is None or (match[1] and match[3]):
            yield mark.problem(
                f"has number “{mark.values[0]}”", "Write 57, ~2000, >60, <500, 20..30 or -."
            )
    dates = [v for v in mark.values[:1] if v != "-"] if mark.label == "DATE" else []
    dates += [value for key in _EDTF_OPTIONS if (value := mark.option(key)) is not None]
    for value in dates:
        if fault := edtf_fault(value):
            yield mark.problem(f"has date “{value}”", fault)


def count_fields(mark: Mark) -> dict[str, Any]:
    """The fields of :class:`~pobratim.schema.CountMention` that a COUNT mark states."""
    number, counted, category = mark.values[:3]
    fields: dict[str, Any] = {"category": category}
    if counted != "-":
        fields["counted"] = counted
    if unit := mark.option("unit"):
        fields["unit"] = unit
    match = _NUMBER.fullmatch(number)
    if match is None:
        return fields
    value = Decimal(match[2])
    if match[3]:
        return fields | {"minimum": value, "maximum": Decimal(match[3])}
    bound = {">": "minimum", "<": "maximum"}.get(match[1])
    if bound:
        fields[bound] = value
    return fields | {"value": value, "approximate": match[1] == "~"}


def date_value(mark: Mark) -> str | None:
    """The EDTF value of a DATE mark."""
    return mark.values[0] if mark.values and mark.values[0] != "-" else None
