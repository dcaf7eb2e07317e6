"""Russian noun phrases: the words before the head that agree with it, and the whole phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.cases import cases_of, is_number
from pobratim.stages.genitives import AND, Behind
from pobratim.stages.phrases import DASHES, Context, Options, Phrase, is_capital, is_initial

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["phrase"]

LONGEST = 40


def phrase(context: Context, head: int, options: Options) -> Phrase:
    """The phrase of the noun at ``head``: where it begins and ends and what it holds."""
    ws = context.ws
    low, high = context.bounds(head)
    found = Phrase(head, head + 1, head, initial=is_initial(ws, head))
    found.capital = is_capital(ws, head) and not found.initial
    _before(context, found, low, options)
    Behind(context, found, min(high, head + 1 + LONGEST), options).walk()
    return found


def _before(context: Context, found: Phrase, low: int, options: Options) -> None:
    """Take in what agrees with the head, from the leftmost capital, ordinal or word of kind on."""
    ws = context.ws
    cases = cases_of(ws.lowers[found.head], False)
    at, kinds = found.head, True
    while at > low:
        before = at - 1
        if ws.lowers[before] in AND or ws.words[before] in DASHES or ws.words[before] == ",":
            first = _compound_start(ws, before, low, at == found.head)
            if first is None:
                break
            before = first
        elif not _agrees(context, before, cases) and not _is_kind(ws, before, cases, options):
            break
        lemma = _adjective(ws, before)
        if ws.lowers[before] in options.kind_adjectives:
            lemma = ws.lowers[before]
        capital, initial = is_capital(ws, before), is_initial(ws, before)
        if lemma in options.ordinals:
            found.start, found.ordinal, found.modified = before, True, True
            found.capital = found.capital or (capital and not initial)
        elif capital and not (lemma in options.descriptive and initial):
            found.start, found.modified = before, True
            found.capital = found.capital or not initial
            found.initial = initial
            common = lemma in options.common_adjectives or lemma in options.kind_adjectives
            found.specific = found.specific or not common
        elif kinds and lemma in options.kind_adjectives:
            found.start, found.modified = before, True
        else:
            kinds = False
        at = before
    _numeral(ws, found, at, low, options)


def _adjective(ws: Workspace, at: int) -> str:
    """The lemma of a word as an adjective, where it can be one: «духовой» is no noun here."""
    lemmas = [one.lemma for one in ws.readings[at] if one.pos == "ADJ"]
    return lemmas[0] if lemmas and ws.tags[at] != "ADJ" else ws.lemmas[at]


def _agrees(context: Context, at: int, cases: frozenset[str]) -> bool:
    """Whether a word is an adjective in one of the head's cases, and no part of a person or date."""
    if context.people.get(at, 0) > at + 1 or at in context.dated:
        return False
    if context.ws.lowers[at].endswith("щиеся") and is_initial(context.ws, at):
        return False
    return bool(cases_of(context.ws.lowers[at], True) & cases)


def _is_kind(ws: Workspace, at: int, cases: frozenset[str], options: Options) -> bool:
    """Whether an adjective of a kind stands in its first form, of which readings there are many."""
    return ws.lowers[at] in options.kind_adjectives and "nomn" in cases


def _compound_start(ws: Workspace, joint: int, low: int, next_to_head: bool) -> int | None:
    """Where «Российско –» or «научная и» begins; ``joint`` is the dash or «и» before an adjective."""
    before = joint - 1
    if before < low or next_to_head or not ws.words[before][0].isalpha():
        return None
    if ws.words[joint] in DASHES:
        return before if ws.lowers[before].endswith("о") else None
    if not cases_of(ws.lowers[before], True):
        return None
    first = before - 1
    led = first >= low and ws.words[first][0].isupper() and cases_of(ws.lowers[first], True)
    return before if is_capital(ws, before) or led else None


def _numeral(ws: Workspace, found: Phrase, at: int, low: int, options: Options) -> None:
    """An ordinal in digits or Roman numerals before everything: «XIX-й», «33-м», «III»."""
    before = at - 1
    if not options.ordinal_endings or before < low:
        return
    if ws.lowers[before] in options.ordinal_endings and before - 2 >= low:
        if ws.words[before - 1] in DASHES and is_number(ws.words[before - 2]):
            found.start, found.ordinal = before - 2, True
    elif is_number(ws.words[before]) and not ws.words[before].isdigit():
        found.start, found.ordinal = before, True
    if found.ordinal and found.start < at:
        found.modified = True
