"""What a word can be: its lemmas and cases, a surname behind an initial."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["behind_initial", "has_case", "lemmas_of"]

ABBREVIATION = frozenset({"Abbr"})
COMMON_BARRED = frozenset({"Abbr", "Surn", "Name", "Patr", "Geox"})


def has_case(ws: Workspace, at: int, cases: frozenset[str], *, pos: tuple[str, ...]) -> bool:
    """Whether the word can be one of the parts of speech in one of the cases.

    Abbreviations («г», «ПО») and, for words without a capital, proper names do not count.
    """
    barred = ABBREVIATION if ws.words[at][0].isupper() else COMMON_BARRED
    return ws.tags[at] != "ADP" and any(
        r.pos in pos and not cases.isdisjoint(r.grammemes) and barred.isdisjoint(r.grammemes)
        for r in ws.readings[at]
    )


def lemmas_of(ws: Workspace, at: int) -> set[str]:
    """Every lemma that the word's form allows, and the form itself."""
    return {ws.lowers[at], ws.lemmas[at], *(reading.lemma for reading in ws.readings[at])}


def behind_initial(ws: Workspace, at: int) -> bool:
    """Whether an initial stands before the word, which is a surname then: «М. А. Акимов»."""
    if at < 2 or ws.words[at - 1] != "." or len(ws.words[at - 2]) != 1:
        return False
    return ws.words[at - 2].isupper() and ws.words[at][0].isupper()
