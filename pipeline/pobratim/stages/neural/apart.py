"""Two persons side by side that a model took for one: «сын В. Шеймана А. Кулешов»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.names import name_lexicon, stem
from pobratim.lexicon.offices import CASES

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["second_begins"]

GIVEN, PATRONYMIC, SURNAME = "Name", "Patr", "Surn"
GENDERS = frozenset({"masc", "femn"})
FEWEST = 3
"""Words of two persons, the marks of initials among them."""


def second_begins(ws: Workspace, start: int, end: int) -> int:
    """The word at which a person's span goes over to another person; ``end`` where it does not."""
    if end - start < 2:
        return end
    related = _behind_relative(ws, start, end)
    if related < end or end - start < FEWEST:
        return related
    return min(_by_form(ws, start, end), _said_again(ws, start, end))


def _by_form(ws: Workspace, start: int, end: int) -> int:
    """One person has initials once, one case and one gender: a given name behind a whole name in
    another is somebody else's."""
    initials = _is_initial(ws, start)
    named = surnamed = False
    cases, genders = CASES, GENDERS
    for at in range(start, end):
        if ws.languages[at] != "ru" or not ws.words[at][0].isalpha():
            continue
        if _is_initial(ws, at):
            if initials and surnamed:
                return at
            continue
        kinds, own = _kinds(ws, at), _cases(ws, at)
        if GIVEN in kinds and surnamed:
            if initials or cases.isdisjoint(own) or genders.isdisjoint(_genders(ws, at)):
                return at
        elif GIVEN in kinds:
            genders &= _genders(ws, at)
        surnamed = surnamed or initials or (named and not kinds)
        named = named or GIVEN in kinds
        cases &= own or CASES
    return end


def _said_again(ws: Workspace, start: int, end: int) -> int:
    """A surname that comes again begins another name: «Кима Чен Ира Ким Ир Сен»."""
    met = {stem(ws.lowers[start])}
    for at in range(start + 1, end):
        if ws.languages[at] != "ru" or len(ws.words[at]) < FEWEST:
            continue
        own = stem(ws.lowers[at])
        if own in met and at > start + 1 and ws.words[at - 1] != "-":
            return at
        met.add(own)
    return end


def _behind_relative(ws: Workspace, start: int, end: int) -> int:
    """Behind «сын» a name in the genitive is the father's, the given name behind it in the case of
    «сын» his own: «вдова Ельцина Наина Иосифовна»."""
    before = start - 1
    if before < 0 or ws.languages[start] != "ru" or ws.block_of[before] != ws.block_of[start]:
        return end
    if ws.lemmas[before] not in name_lexicon()["ru"].relatives:
        return end
    meant, kin = _cases(ws, before), _genders(ws, before)
    surnamed, cases, genders = False, CASES, GENDERS
    for at in range(start, end):
        if not ws.words[at][0].isalpha() or len(ws.words[at]) == 1:
            continue
        kinds, own = _kinds(ws, at), _cases(ws, at) or CASES
        if at > start and GIVEN in kinds and own & meant:
            apart = surnamed or cases.isdisjoint(meant) or genders.isdisjoint(kin)
            return at if apart else end
        if "gent" not in own:
            return end
        if GIVEN in kinds:
            genders &= _genders(ws, at)
        surnamed = any(SURNAME in reading.grammemes for reading in ws.readings[at])
        cases &= own
    return end


def _is_initial(ws: Workspace, at: int) -> bool:
    return len(ws.words[at]) == 1 and ws.words[at].isupper() and ws.words[at + 1 : at + 2] == ["."]


def _kinds(ws: Workspace, at: int) -> frozenset[str]:
    """Whether the likeliest reading is a given name or a patronymic."""
    found = ws.readings[at][0].grammemes if ws.readings[at] else frozenset()
    return found & {GIVEN, PATRONYMIC}


def _cases(ws: Workspace, at: int) -> frozenset[str]:
    one = [r.grammemes & CASES for r in ws.readings[at] if "plur" not in r.grammemes]
    return frozenset().union(*one)


def _genders(ws: Workspace, at: int) -> frozenset[str]:
    """The genders that a given name or a relative can have; both where nothing tells."""
    found = [r.grammemes & GENDERS for r in ws.readings[at] if GIVEN in r.grammemes]
    found = found or [r.grammemes & GENDERS for r in ws.readings[at][:1]]
    return frozenset().union(*found) or GENDERS
