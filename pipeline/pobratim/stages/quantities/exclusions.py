"""Numbers that count nothing: parts of dates and names, numbers of things, codes, years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.quantities import quantities
from pobratim.stages.quantities.numerals import DASHES
from pobratim.stages.quotes import quotes

if TYPE_CHECKING:
    from pobratim.stages.workspace import Block, Workspace

__all__ = ["IN_DATE", "follows_label", "follows_number_sign", "holds_no_counts", "is_attached"]
__all__ += ["is_enumerator", "is_year", "taken"]

NAMES = ("EVENT", "ORGANIZATION", "AGREEMENT", "ROLE")
IN_NAME, IN_DATE = 1, 2
NAME_WORDS = 12
KEY_WORDS = 6
CODE = 3


def taken(ws: Workspace) -> bytearray:
    """For each word :data:`IN_DATE` in a date or a short quotation without a verb, else
    :data:`IN_NAME` in a name, else 0.

    Neither holds a count; a count's noun may be part of a name («22 ректора»), but of no date.
    """
    marks = bytearray(len(ws))
    for candidate in ws.of(*NAMES):
        _mark(marks, candidate.start, candidate.end, IN_NAME)
    for candidate in ws.of("DATE"):
        _mark(marks, candidate.start, candidate.end, IN_DATE)
    for quote in quotes(ws):
        inside = range(quote.start + 1, quote.end - 1)
        if len(inside) <= NAME_WORDS and not any(_is_finite(ws, at) for at in inside):
            _mark(marks, quote.start, quote.end, IN_DATE)
    return marks


def _mark(marks: bytearray, start: int, end: int, kind: int) -> None:
    marks[start:end] = bytes((kind,)) * (end - start)


def holds_no_counts(ws: Workspace, block: Block) -> bool:
    """Whether a field's key («Тел.», "GMT") tells that its numbers count nothing."""
    if block.kind != "field":
        return False
    fields = quantities().fields
    key = range(block.start, min(block.value, block.start + KEY_WORDS))
    return any(ws.lowers[at] in fields or ws.lemmas[at] in fields for at in key)


def is_attached(ws: Workspace, at: int) -> bool:
    """Whether the number continues a word or a chain: "B2B", «Ми-8», "10:30", "40-92-80".

    A slash may also part two counts: "29 groups/156 persons".
    """
    if at == 0 or ws.ends[at - 1] != ws.starts[at]:
        return False
    before = ws.words[at - 1]
    if before[-1].isalnum():
        return ws.lowers[at - 1] not in quantities().signs
    if before == "/" and at > 1 and ws.words[at - 2].isalpha() and len(ws.words[at - 2]) > CODE:
        return False
    if before in DASHES or before in (":", "/", ".", ",", "_", "+"):
        return at > 1 and ws.ends[at - 2] == ws.starts[at - 1] and ws.words[at - 2][-1].isalnum()
    return False


def is_enumerator(ws: Workspace, at: int, after: int, stop: int) -> bool:
    """Whether a figure numbers a paragraph: "5.2 Six officials" at the start of a block."""
    parts = ws.words[at].split(".")
    if len(parts) < 2 or not all(part.isdecimal() and len(part) < 3 for part in parts):
        return False
    return at == ws.blocks[ws.block_of[at]].start and after < stop and ws.words[after][0].isupper()


def follows_number_sign(ws: Workspace, at: int) -> bool:
    """«№ 5», "No. 4", "#4"."""
    before = _word_before(ws, at)
    return before >= 0 and ws.lowers[before] in quantities().numbers


def follows_label(ws: Workspace, at: int) -> bool:
    """«статья 5», "Room 12": a noun that figures after it number."""
    before = _word_before(ws, at)
    if before < 0:
        return False
    key = ws.lemmas[before] if ws.readings[before] else ws.lowers[before]
    return key in quantities().labels


def _word_before(ws: Workspace, at: int) -> int:
    """The word before ``at`` in its block, a full stop passed over; -1 if there is none."""
    before = at - 1
    if before > 0 and ws.words[before] == ".":
        before -= 1
    return before if before >= 0 and ws.block_of[before] == ws.block_of[at] else -1


def is_year(ws: Workspace, at: int) -> bool:
    """Whether four figures after "in" or "since" are a year that no date took."""
    word = ws.words[at]
    return (
        len(word) == 4
        and word.isdecimal()
        and word[:2] in ("19", "20")
        and at > 0
        and (ws.lowers[at - 1] in quantities().years or ws.lowers[at - 1] in quantities().time)
    )


def _is_finite(ws: Workspace, at: int) -> bool:
    readings = ws.readings[at]
    if readings:
        return "VERB" in readings[0].grammemes
    return ws.tags[at] in ("VERB", "AUX") and ws.languages[at] == "en"
