"""Units of measure, currencies and rates after (or before) a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.quantities import Unit, quantities

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["rate", "sign_before", "unit_at"]

DIGITS = frozenset("23")


def unit_at(ws: Workspace, start: int, stop: int) -> tuple[Unit, int] | None:
    """The unit whose words begin at ``start`` and the word after it, a full stop included."""
    if start >= stop:
        return None
    attached = quantities().attached.get(ws.lowers[start])
    if attached is not None and start > 0 and ws.ends[start - 1] == ws.starts[start]:
        return attached, start + 1
    units = quantities().units
    for key in _keys(ws, start):
        for form in units.get(key, ()):
            end = _match(ws, form.words, start, stop)
            if end:
                return form.unit, end
    return None


def sign_before(ws: Workspace, start: int, first: int) -> tuple[Unit, int] | None:
    """The currency sign that ends just before ``start`` ("US$ 5") and where it begins."""
    if start <= first:
        return None
    for form in quantities().signs.get(ws.lowers[start - 1], ()):
        begin = start - len(form.words)
        if begin >= first and tuple(ws.lowers[begin:start]) == form.words:
            if ws.words[begin][0].islower():
                continue  # "pays us $800", "a pen 5"
            return form.unit, begin
    return None


def rate(ws: Workspace, start: int, stop: int) -> tuple[str, int] | None:
    """The unit code and end of "/km²" or «на квадратный километр» after a counted noun."""
    lexicon = quantities()
    at = start + 1 if start < stop and ws.words[start] == "." else start
    if at >= stop or ws.lowers[at] not in lexicon.rate_words:
        return None
    at += 1
    if at < stop and ws.words[at] == "1":
        at += 1
    found = unit_at(ws, at, stop)
    if found is None or found[0].code not in lexicon.rate_measures:
        return None
    return f"/{found[0].code}", found[1]


def _match(ws: Workspace, words: tuple[str, ...], start: int, stop: int) -> int:
    """The end of ``words`` at ``start``, full stops of abbreviations passed over; 0 if absent."""
    at = start
    for position, word in enumerate(words):
        if position and at < stop and ws.words[at] == "." != word:
            at += 1
        if at >= stop or word not in _keys(ws, at):
            return 0
        if word in DIGITS and ws.ends[at - 1] != ws.starts[at]:
            return 0
        at += 1
    return at


def _keys(ws: Workspace, at: int) -> tuple[str, str, str]:
    """Forms under which a unit may be known; taggers leave the plural of a name: "Euros"."""
    lower = ws.lowers[at]
    return lower, ws.lemmas[at], lower.removesuffix("s")
