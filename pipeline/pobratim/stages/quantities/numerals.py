"""Numerals: figures and number words, their multipliers and ranges, to decimals.

A numeral is read from its first word to its last; what it counts is the affair of the phrase.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pobratim.lexicon.quantities import quantities
from pobratim.stages.quantities.figures import Figure, figure

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = [
    "DASHES",
    "HALF",
    "Agreement",
    "Numeral",
    "is_compound",
    "paired",
    "read_numeral",
    "scaled",
]

Agreement = Literal["one", "few", "many", "part"]
"""Which form of the noun a Russian numeral takes: as after 21, 2 to 4, 5, or 1,5."""

ONE = Decimal(1)
HALF = Decimal("0.5")
FEMININE = frozenset({"ю"})
"""An ending of ordinals, and of cardinals in the instrumental but those in one."""
DASHES = frozenset("-–—‒−")
MOST_WORDS = 24


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the words ``start`` to ``end``.

    ``value`` reads a lone mark in a figure as decimal, ``grouped`` as parting thousands where it
    may. ``scale`` is the last multiplier (1 without one); ``spelled`` means no figures.
    """

    start: int
    end: int
    value: Decimal
    grouped: Decimal | None
    agreement: Agreement
    scale: Decimal
    spelled: bool


@dataclass(slots=True)
class _Sum:
    """A number in the making: ``current`` is the part that the next multiplier takes."""

    total: Decimal = Decimal(0)
    current: Decimal | None = None
    grouped: Decimal | None = None
    room: Decimal = Decimal("Infinity")
    limit: Decimal = Decimal("Infinity")
    scale: Decimal = ONE
    figures: bool = False
    half: bool = False


def read_numeral(ws: Workspace, start: int, stop: int) -> Numeral | None:
    """The numeral that begins at word ``start`` and ends before ``stop``; None if there is none."""
    lexicon = quantities()
    number = _Sum()
    at, end, stop = start, start, min(stop, start + MOST_WORDS)
    while at < stop:
        word = ws.lowers[at]
        if word in lexicon.cardinals:
            if number.figures and number.current is not None:
                break
            after = _add(number, lexicon.cardinals[word], at)
        elif word in lexicon.multipliers:
            after = _multiply(ws, number, lexicon.multipliers[word], at, stop)
        elif word[0].isdecimal():
            after = _add_figure(ws, number, at, stop)
        else:
            at = _joined(ws, number, at, stop)
            if at < 0:
                break
            continue
        if after < 0:
            break
        at = end = after
    if end == start:
        return None
    end = _after_half(ws, number, end, stop)
    return _numeral(number, start, _after_suffix(ws, number, end, stop))


def _numeral(number: _Sum, start: int, end: int) -> Numeral:
    current = number.current or Decimal(0)
    value = number.total + current
    grouped = number.total + number.grouped if number.grouped is not None else None
    return Numeral(
        start, end, _plain(value), grouped and _plain(grouped), _agreement(number, value),
        number.scale if number.current is None else ONE, not number.figures,
    )  # fmt: skip


def _agreement(number: _Sum, value: Decimal) -> Agreement:
    if number.current is None:
        return "many"
    if number.half or (value != value.to_integral_value() and number.grouped is None):
        return "part"
    ones, tens = int(value) % 10, int(value) % 100
    if number.grouped is not None or tens in range(11, 15) or ones in (0, *range(5, 10)):
        return "many"
    return "one" if ones == 1 else "few"


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def _add(number: _Sum, value: Decimal, at: int) -> int:
    """Take a cardinal: «двадцать» leaves room for 1 to 9, «сто» for 1 to 99."""
    if value > number.room or value >= number.limit:
        return -1
    number.current = (number.current or Decimal(0)) + value
    number.room = Decimal(99 if value >= 100 else 9 if 20 <= value < 100 else 0)
    number.half = number.half or value != value.to_integral_value()
    return at + 1


def _multiply(ws: Workspace, number: _Sum, factor: Decimal, at: int, stop: int) -> int:
    lexicon = quantities()
    hundred = factor == 100 and number.current is not None and not number.figures
    if factor >= number.limit:
        return -1
    if number.current is None and (number.scale != ONE or not _may_stand_alone(ws, at)):
        return -1
    amount = ONE if number.current is None else number.current
    if hundred:
        number.current, number.room, number.scale = amount * factor, Decimal(99), factor
    else:
        number.total += amount * factor
        number.current = None
        number.limit, number.scale, number.room = factor, factor, Decimal("Infinity")
    number.grouped, number.half = None, False
    dotted = at + 1 < stop and ws.words[at + 1] == "." and ws.ends[at] == ws.starts[at + 1]
    word = ws.lowers[at]
    spelled_out = len(word) > 4 or word in lexicon.alone or (len(word) == 4 and "a" in word)
    return at + 2 if dotted and not spelled_out else at + 1


def _may_stand_alone(ws: Workspace, at: int) -> bool:
    """«миллион жителей», «около тысячи гостей», "a dozen firms"; not «тысячи людей»."""
    lexicon = quantities()
    word, before = ws.lowers[at], ws.lowers[at - 1] if at else ""
    if word in lexicon.alone or before in lexicon.articles:
        return True
    return word in lexicon.alone_bounded and before in lexicon.bounds


def _add_figure(ws: Workspace, number: _Sum, at: int, stop: int) -> int:
    if number.current is not None:
        return -1
    after = _spaced(ws, at, stop)
    found = figure("".join(ws.words[at:after]) if after > at + 1 else ws.words[at])
    if found is None:
        return -1
    value = _sure(found)
    if value >= number.limit:
        return -1
    number.current, number.room, number.figures = value, Decimal(0), True
    number.grouped = found.grouped if found.decimal is not None else None
    return after


def _sure(found: Figure) -> Decimal:
    value = found.decimal if found.decimal is not None else found.grouped
    return value if value is not None else Decimal(0)


def _spaced(ws: Workspace, at: int, stop: int) -> int:
    """The end of «9 465 881»: groups of three digits, one space apart, after one to three."""
    if not (1 <= len(ws.words[at]) <= 3 and ws.words[at].isdecimal() and ws.words[at][0] != "0"):
        return at + 1
    after = at + 1
    while after < stop and ws.starts[after] - ws.ends[after - 1] == 1:
        word = ws.words[after]
        if not (word[:3].isdecimal() and len(word[:3]) == 3 and word[3:4] in ("", ",", ".")):
            break
        after += 1
        if len(word) > 3:
            break
    return after


def _joined(ws: Workspace, number: _Sum, at: int, stop: int) -> int:
    """Past the hyphen of "twenty-five" or the "and" of "two hundred and five"; -1 otherwise."""
    lexicon = quantities()
    if at + 1 >= stop or number.figures or (number.current is None and number.scale == ONE):
        return -1
    if number.room == 0:
        return -1
    value = lexicon.cardinals.get(ws.lowers[at + 1])
    if value is None or value > number.room:
        return -1
    hyphen = ws.words[at] == "-" and ws.ends[at] == ws.starts[at + 1]
    if hyphen and number.room == 9:
        return at + 1
    if ws.lowers[at] in lexicon.joiners and number.scale >= 100 and value < 100:
        return at + 1
    return -1


def _after_half(ws: Workspace, number: _Sum, end: int, stop: int) -> int:
    """Past «с половиной» ("and a half") and the multiplier after it; ``end`` if there is none."""
    lexicon = quantities()
    for words in lexicon.halves:
        after = end + len(words)
        if number.current is not None and tuple(ws.lowers[end:after]) == words and after <= stop:
            number.current, number.half = number.current + HALF, True
            factor = lexicon.multipliers.get(ws.lowers[after]) if after < stop else None
            if factor is not None:
                return max(_multiply(ws, number, factor, after, stop), after)
            return after
    return end


def _after_suffix(ws: Workspace, number: _Sum, end: int, stop: int) -> int:
    """Past the «-х» of «4-х»; ``end`` where none follows or an ordinal's does."""
    if not (number.figures and number.current is not None and is_compound(ws, end, stop)):
        return end
    lexicon = quantities()
    suffix = ws.lowers[end + 1]
    small = suffix in lexicon.small_suffixes and number.current <= 4
    if suffix in FEMININE and number.current % 10 == 1 and number.current % 100 != 11:
        return end  # «51-ю годовщину»
    return end + 2 if small or suffix in lexicon.suffixes else end


def is_compound(ws: Workspace, end: int, stop: int) -> bool:
    """Whether a hyphen and a word are attached at ``end``: "20-member", «33-м», "two-year"."""
    return (
        end + 1 < stop
        and ws.words[end] in DASHES
        and ws.ends[end - 1] == ws.starts[end]
        and ws.ends[end] == ws.starts[end + 1]
        and ws.words[end + 1][0].isalpha()
    )


def paired(ws: Workspace, at: int) -> tuple[Numeral, Numeral] | None:
    """The two numbers of «два-три», which is one word."""
    low, hyphen, high = ws.lowers[at].partition("-")
    cardinals = quantities().cardinals
    if not hyphen or low not in cardinals or high not in cardinals:
        return None
    pair = []
    for word in (low, high):
        number = _Sum(current=cardinals[word])
        pair.append(_numeral(number, at, at + 1))
    return pair[0], pair[1]


def scaled(numeral: Numeral, scale: Decimal) -> Numeral:
    """The numeral times ``scale``: the first of «15–20 тыс.», "half a million"."""
    return replace(numeral, value=_plain(numeral.value * scale), grouped=None, scale=scale)
