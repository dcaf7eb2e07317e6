"""Two persons side by side that a model took for one: «сын В. Шеймана А. Кулешов»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.offices import CASES

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["second_begins"]

GIVEN, PATRONYMIC = "Name", "Patr"
FEWEST = 3
"""Words of two persons, the marks of initials among them."""


def second_begins(ws: Workspace, start: int, end: int) -> int:
    """The word at which a person's span goes over to another person; ``end`` where it does not.

    One person has initials once, and one case: a given name behind a whole name in another case is
    somebody else's.
    """
    if end - start < FEWEST:
        return end
    initials = _is_initial(ws, start)
    named = surnamed = False
    cases = CASES
    for at in range(start, end):
        if ws.languages[at] != "ru" or not ws.words[at][0].isalpha():
            continue
        if _is_initial(ws, at):
            if initials and surnamed:
                return at
            continue
        kinds, own = _kinds(ws, at), _cases(ws, at)
        if GIVEN in kinds and surnamed and (initials or cases.isdisjoint(own)):
            return at
        surnamed = surnamed or initials or (named and not kinds)
        named = named or GIVEN in kinds
        cases &= own or CASES
    return end


def _is_initial(ws: Workspace, at: int) -> bool:
    return len(ws.words[at]) == 1 and ws.words[at].isupper() and ws.words[at + 1 : at + 2] == ["."]


def _kinds(ws: Workspace, at: int) -> frozenset[str]:
    """Whether the likeliest reading is a given name or a patronymic."""
    found = ws.readings[at][0].grammemes if ws.readings[at] else frozenset()
    return found & {GIVEN, PATRONYMIC}


def _cases(ws: Workspace, at: int) -> frozenset[str]:
    return frozenset().union(*(reading.grammemes & CASES for reading in ws.readings[at]))
