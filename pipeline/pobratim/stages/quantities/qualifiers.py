"""What stands around a number and changes it: «около», «более», "up to", «от … до», «100+»."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.quantities import quantities
from pobratim.stages.quantities.numerals import DASHES, HALF, Numeral, paired, read_numeral, scaled

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["Qualified", "Span", "least_after", "numbers_at", "qualified"]

NEAR = 8
MOST_PHRASES = 3


class Span(NamedTuple):
    """One number, or the two ends of a range, in the words ``start`` to ``end``."""

    start: int
    end: int
    first: Numeral
    last: Numeral | None


class Qualified(NamedTuple):
    """Where the words before a number begin, and what they say of it."""

    start: int
    about: bool = False
    least: bool = False
    most: bool = False


def numbers_at(ws: Workspace, at: int, first: int, stop: int) -> Span | None:
    """The number at word ``at``, taken together with a second one where they make a range."""
    pair = paired(ws, at)
    if pair is not None:
        return Span(at, at + 1, *pair)
    low = read_numeral(ws, at, stop)
    if low is None:
        return None
    start = at - 1 if at > first and _is_article(ws, at, low) else at
    if start < at and start > first and ws.lowers[start - 1] in quantities().half_of:
        return Span(start - 1, low.end, scaled(low, HALF), None)
    joint = low.end
    if joint + 1 >= stop:
        return Span(start, low.end, low, None)
    between = at > first and ws.lowers[at - 1] in quantities().range_between
    if not _joins(ws, joint, between):
        return Span(start, low.end, low, None)
    high = read_numeral(ws, joint + 1, stop)
    if high is None:
        return Span(start, low.end, low, None)
    if low.scale == 1 != high.scale and low.value * high.scale <= high.value:
        low = scaled(low, high.scale)
    if low.value >= high.value:
        return Span(start, low.end, low, None)
    if at > first and ws.lowers[at - 1] in _openers(ws, joint):
        start = at - 1
    return Span(start, high.end, low, high)


def _is_article(ws: Workspace, at: int, number: Numeral) -> bool:
    lexicon = quantities()
    return (
        ws.lowers[at - 1] in lexicon.articles
        and number.spelled
        and ws.lowers[at] in lexicon.multipliers
    )


def _joins(ws: Workspace, at: int, between: bool) -> bool:
    lexicon = quantities()
    word = ws.lowers[at]
    return word in DASHES or word in lexicon.range_to or (between and word in lexicon.range_and)


def _openers(ws: Workspace, joint: int) -> frozenset[str]:
    lexicon = quantities()
    word = ws.lowers[joint]
    if word in lexicon.range_to:
        return lexicon.range_from
    return lexicon.range_between if word in lexicon.range_and else frozenset()


def qualified(ws: Workspace, start: int, first: int, ranged: bool) -> Qualified:
    """The words before ``start``, not before ``first``, that qualify the number there."""
    lexicon = quantities()
    begin, about, least, most = start, False, False, False
    for _ in range(MOST_PHRASES):
        end = _before_point(ws, begin, first)
        phrase = next(
            (
                phrase
                for phrase in lexicon.bounds.get(ws.lowers[end - 1] if end > first else "", ())
                if end - len(phrase.words) >= first
                and tuple(ws.lowers[end - len(phrase.words) : end]) == phrase.words
            ),
            None,
        )
        if phrase is None or (phrase.weak and (ranged or _is_level(ws, begin, first))):
            break
        if phrase.words == ("over",) and _is_phrasal(ws, end - 2, first):
            break
        begin = end - len(phrase.words)
        about = about or phrase.bound == "about"
        least = least or phrase.bound == "least"
        most = most or phrase.bound == "most"
    return Qualified(begin, about, least, most)


def _is_phrasal(ws: Workspace, at: int, first: int) -> bool:
    """Whether "over" belongs to the verb before it: "handed over 200 books"."""
    return at >= first and ws.lemmas[at] in quantities().phrasal


def _before_point(ws: Workspace, begin: int, first: int) -> int:
    """``begin``, or the word before it that is the full stop of "approx."."""
    dotted = begin - 1 > first and ws.words[begin - 1] == "."
    return begin - 1 if dotted and ws.lowers[begin - 2] in quantities().bounds else begin


def _is_level(ws: Workspace, begin: int, first: int) -> bool:
    """«выросло до 100 человек»: the level reached, no upper bound."""
    changes = quantities().changes
    low = max(min(first, ws.sentences[ws.sentence_of[begin]][0]), begin - 1 - NEAR)
    return any(lemma in changes for lemma in ws.lemmas[low:begin])


def least_after(ws: Workspace, end: int, stop: int) -> int:
    """The word after «с лишним», "or more" or an adjacent "+"; ``end`` where there is none."""
    if end < stop and ws.words[end] == "+" and ws.ends[end - 1] == ws.starts[end]:
        return end + 1
    for words in quantities().least_after:
        if tuple(ws.lowers[end : end + len(words)]) == words and end + len(words) <= stop:
            return end + len(words)
    return end
