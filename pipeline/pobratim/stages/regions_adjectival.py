"""Russian regions told by an adjective and a type word: «Тверской области», «Пряжинский район»."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.lexicon.placing import PlacingLexicon
    from pobratim.stages.workspace import Workspace

__all__ = ["adjectival", "is_adjective"]

ENDINGS = ("ой", "ая", "ую", "ий", "ого", "ому", "им", "ом", "ое")
"""How a Russian adjective ends in the singular."""
JOINERS = frozenset({"и", ","})


def adjectival(ws: Workspace, lexicon: PlacingLexicon, at: int) -> Iterator[tuple[int, int, str]]:
    """The regions whose type word is word ``at``: their words, and the name with the type word.

    Before a plural all of a list: «Ленинградской и Тверской областей».
    """
    kind = ws.lemmas[at]
    district = kind in lexicon.district
    name = at - 1
    first = ws.sentences[ws.sentence_of[at]][0]
    middle = name > first and ws.lemmas[name] in lexicon.region_middle
    if middle:
        name -= 1
    if kind not in lexicon.region_suffix and not district and not (middle and kind == "округ"):
        return
    if name < first or not _names(ws, name):
        return
    if district and not middle and _of_a_city(ws, lexicon, name, at):
        return
    yield name, _end(ws, at), f"{ws.words[name]} {kind}"
    plural = any("plur" in r.grammemes for r in ws.readings[at] if r.lemma == kind)
    before = name - 1
    while plural and before > first and ws.lowers[before] in JOINERS and _names(ws, before - 1):
        yield before - 1, before, f"{ws.words[before - 1]} {kind}"
        before -= 2


def is_adjective(ws: Workspace, at: int) -> bool:
    lower = ws.lowers[at]
    return lower.endswith(ENDINGS) and ("ск" in lower[-6:] or "цк" in lower[-6:])


def _names(ws: Workspace, at: int) -> bool:
    return ws.words[at][0].isupper() and is_adjective(ws, at)


def _end(ws: Workspace, at: int) -> int:
    """The end of the type word, with the period of its abbreviation: «Тульская обл.»."""
    dotted = ws.words[at + 1 : at + 2] == ["."] and len(ws.words[at]) < 4
    return at + 2 if dotted else at + 1


def _of_a_city(ws: Workspace, lexicon: PlacingLexicon, name: int, at: int) -> bool:
    """Whether a district is one of a city: «Ленинский район», «Хорошёвский район Москвы»."""
    behind = at + 1
    within = behind < len(ws) and ws.sentence_of[behind] == ws.sentence_of[at]
    if within and is_adjective(ws, behind) and ws.words[behind][0].isupper():
        return False
    if within and ws.lemmas[behind] in lexicon.region:
        return False
    if within and (ws.words[behind][0].isupper() or ws.lemmas[behind] in lexicon.named):
        return True
    return ws.lemmas[name] in lexicon.city_districts or ws.lowers[name] in lexicon.city_districts
