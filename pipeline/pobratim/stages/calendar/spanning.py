"""Several EDTF values as the one that spans them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.calendar.edtf import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["spanning", "within"]


def spanning(values: Iterable[str]) -> str | None:
    """The EDTF interval from the first to the last of ``values``; the value itself if there is one.

    Values without a known year count only if there is no other.
    """
    distinct = list(dict.fromkeys(values))
    sides = [
        side for value in distinct for side in value.split("/") if side != ".." and bounds(side)
    ]
    if len(distinct) < 2 or not sides:
        return distinct[0] if distinct else None
    first = min(sides, key=lambda side: _order(side, 0))
    last = max(sides, key=lambda side: _order(side, 1))
    return first if first == last else f"{first}/{last}"


def within(inner: str, outer: str) -> bool:
    """Whether every day of ``inner`` is one of ``outer``; unresolved values are within nothing."""
    small, large = bounds(inner), bounds(outer)
    if small is None or large is None:
        return inner == outer
    return _day(large[0]) <= _day(small[0]) and _day(small[1]) <= _day(large[1])


def _order(value: str, side: int) -> tuple[int, int, int]:
    days = bounds(value)
    return _day(days[side]) if days else (0, 0, 0)


def _day(day: str) -> tuple[int, int, int]:
    year, month, number = day.rsplit("-", 2)
    return int(year), int(month), int(number)
