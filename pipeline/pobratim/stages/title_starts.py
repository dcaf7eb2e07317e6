"""Where the words of a title begin: its modifiers, and what stands in for its holder («и.о.»)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pobratim.lexicon.offices import Form, Head, OfficeLexicon
    from pobratim.stages.workspace import Workspace

__all__ = ["Start", "title_start"]


ORDINAL = re.compile(r"\d{1,2}-?(?:й|го|му|м|я|ю|st|nd|rd|th)")
ABBREVIATED = frozenset({"lt", "dep"})


class Start(NamedTuple):
    """Where a title begins, the ranks of its modifiers from the head outwards, and whether it is over."""

    at: int
    ranks: tuple[str, ...]
    modifiers: frozenset[str]
    former: bool


def title_start(
    ws: Workspace, lex: OfficeLexicon, at: int, forms: tuple[Form, ...], *, russian: bool
) -> tuple[Start, Form]:
    """How far the title reaches to the left, with the form that agrees best with what stands there."""
    best, best_form = _left(ws, lex, at, forms[0], russian=russian), forms[0]
    for form in forms[1:]:
        found = _left(ws, lex, at, form, russian=russian)
        if found.at < best.at:
            best, best_form = found, form
    if russian and best.at == at and len(forms) > 1:
        best_form = _by_preposition(ws, at, forms)
    return best, best_form


def _ordinal_at(ws: Workspace, at: int, floor: int) -> int | None:
    """Where the ordinal that ends with word ``at`` begins: «2-й», one word or three."""
    for first in (at, at - 2):
        if first >= floor and ORDINAL.fullmatch("".join(ws.lowers[first : at + 1])):
            return first
    return None


def _is_places(ws: Workspace, lex: OfficeLexicon, at: int, floor: int) -> bool:
    """Whether a capitalised name stands before the word, which is its type word: "Elko County mayor"."""
    if at <= floor or not ws.words[at - 1][0].isupper() or ws.tags[at - 1] != "PROPN":
        return False
    before = ws.lowers[at - 1]
    return before not in lex.rank_words and before not in lex.modifiers | lex.former | lex.places


def _by_preposition(ws: Workspace, at: int, forms: tuple[Form, ...]) -> Form:
    """Before a numeral the plural, at a sentence's start the nominative, elsewhere the first form."""
    several = at + 1 < len(ws) and ws.tags[at + 1] == "NUM"
    if several and any(form.plural for form in forms):
        forms = tuple(form for form in forms if form.plural)
        return next((form for form in forms if "nomn" in form.cases), forms[0])
    first = ws.sentences[ws.sentence_of[at]][0] == at
    nominative = [form for form in forms if "nomn" in form.cases]
    return nominative[0] if first and nominative else forms[0]


def _left(ws: Workspace, lex: OfficeLexicon, at: int, form: Form, *, russian: bool) -> Start:
    floor = ws.sentences[ws.sentence_of[at]][0]
    start, index = at, at - 1
    ranks: list[str] = []
    modifiers: set[str] = set()
    former = False
    while index >= floor:
        lower = ws.lowers[index]
        if lower in ("-", "и") and index > floor and (start == index + 1):
            before = _modifier(ws, lex, index - 1, form, russian=russian)
            joined = lower == "-" or bool(modifiers)
            if before is None or not joined or before in lex.former:
                break
            index -= 1
            continue
        if lower == "." and index > floor and ws.lowers[index - 1] in ABBREVIATED:
            index -= 1
            lower = ws.lowers[index]
        if form.head.rank == "deputy" and (number := _ordinal_at(ws, index, floor)) is not None:
            start, index = number, number - 1
            continue
        lemma = _modifier(ws, lex, index, form, russian=russian)
        if lemma in lex.behind_places and _is_places(ws, lex, index, floor):
            break
        if lemma in lex.behind_places and not russian and ws.words[index][0].isupper():
            modifiers.add(lemma)
            start = index
            index -= 1
            continue
        if lemma is None or not _fits(lex, lemma, form.head, ranks, modifiers):
            former = former or (lemma in lex.former)
            break
        rank = lex.rank_words.get(lemma)
        if rank:
            ranks.append(rank)
        elif lemma in lex.first and ranks[-1:] == ["deputy"]:
            ranks[-1:] = ["first_deputy"]
        modifiers.add(lemma)
        start = index
        index -= 1
    acting = _acting(ws, lex, start, floor) if not russian or "gent" in form.cases else start
    if acting < start:
        start = acting
        ranks.append("acting")
    return Start(start, tuple(ranks), frozenset(modifiers), former)


def _modifier(
    ws: Workspace, lex: OfficeLexicon, at: int, form: Form, *, russian: bool
) -> str | None:
    """The dictionary form of a modifier that agrees with ``form``, or None."""
    lower = ws.lowers[at]
    if not russian:
        known = lower in lex.modifiers or lower in lex.rank_words or lower in lex.former
        portfolio = form.head.fields and lower in lex.fields and not form.head.completed
        return lower if known or portfolio else None
    number = "plur" if form.plural else "sing"
    for reading in ws.readings[at]:
        if reading.lemma in lex.modifiers or reading.lemma in lex.former:
            agrees = number in reading.grammemes and not form.cases.isdisjoint(reading.grammemes)
            if agrees or reading.pos not in ("ADJ", "NOUN"):
                return reading.lemma
    return None


def _fits(
    lex: OfficeLexicon, lemma: str, head: Head, ranks: list[str], modifiers: set[str]
) -> bool:
    """Whether the modifier belongs to the title: not "former", not "first" as a mere ordinal."""
    if lemma in lex.former:
        return False
    if lemma in lex.first:
        return bool(ranks) or head.rank is not None or head.word in lex.first_heads
    return lemma not in lex.loose or head.word in lex.loose_heads or lemma in head.needs


def _acting(ws: Workspace, lex: OfficeLexicon, start: int, floor: int) -> int:
    """The start with «и.о.» or «временно исполняющий обязанности» before it."""
    for words in lex.acting:
        first = start - len(words)
        if first >= floor and tuple(ws.lowers[first:start]) == words:
            before = first > floor and ws.lowers[first - 1] in lex.acting_before
            return first - 1 if before else first
    return start
