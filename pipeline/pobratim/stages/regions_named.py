"""Regions told by their type word, whether a gazetteer has them or not: "Elko County", «медье Пешт».

A type word is surer than a gazetteer: "Tartu County" is no city though Tartu is. «Ленинградской и
Тверской областей» are two regions that share theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.places_agreed import SURE, Sighting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pobratim.lexicon.gazetteer import Place
    from pobratim.lexicon.placing import PlacingLexicon
    from pobratim.stages.workspace import Workspace

    Lookup = Callable[[str], tuple[Place, ...]]

__all__ = ["named_regions"]

MOST_WORDS = 3
COUNTY_ENDING, SHORTEST = "shire", 8
ADJECTIVE = ("ой", "ая", "ую", "ий", "ого", "ому", "им", "ом", "ое")
"""How a Russian adjective ends in the singular."""


def named_regions(
    ws: Workspace,
    lexicons: dict[str, PlacingLexicon],
    lookup: Lookup,
    brand: frozenset[int],
) -> Iterator[Sighting]:
    """The regions of a text that a type word names, in order."""
    for at, lower in enumerate(ws.lowers):
        lexicon = lexicons.get(ws.languages[at])
        if lexicon is None or at in brand:
            continue
        if ws.languages[at] == "en":
            yield from _english(ws, lexicon, at, lower, lookup)
        else:
            yield from _russian(ws, lexicon, at, lookup)


def _english(
    ws: Workspace, lexicon: PlacingLexicon, at: int, lower: str, lookup: Lookup
) -> Iterator[Sighting]:
    if lower in lexicon.region_suffix:
        start = _names_before(ws, lexicon, at)
        if start < at:
            yield _sighting(ws, start, at + 1, ws.phrase(start, at), lookup)
    elif lower.endswith(COUNTY_ENDING) and len(lower) >= SHORTEST and ws.words[at][0].isupper():
        yield _sighting(ws, at, at + 1, ws.words[at], lookup)
    if lower in lexicon.region_of and ws.lowers[at + 1 : at + 2] == ["of"]:
        end = _names_after(ws, lexicon, at + 2)
        if end > at + 2:
            yield _sighting(ws, at + 2, end, ws.phrase(at + 2, end), lookup)


def _names_before(ws: Workspace, lexicon: PlacingLexicon, at: int) -> int:
    """Where the capitalised words right before a type word begin; ``at`` if there are none."""
    first = max(ws.sentences[ws.sentence_of[at]][0], at - MOST_WORDS)
    start = at
    while start > first and _is_name(ws, lexicon, start - 1):
        start -= 1
    return start


def _names_after(ws: Workspace, lexicon: PlacingLexicon, at: int) -> int:
    last = min(ws.sentences[ws.sentence_of[at - 1]][1], at + MOST_WORDS)
    end = at
    while end < last and _is_name(ws, lexicon, end):
        end += 1
    return end


def _is_name(ws: Workspace, lexicon: PlacingLexicon, at: int) -> bool:
    word = ws.words[at]
    known = {ws.lowers[at], ws.lemmas[at]}
    kinds = (lexicon.region, lexicon.city, lexicon.country, lexicon.other, lexicon.never)
    proper = word[0].isupper() and not word.isupper() and word.replace("-", "").isalpha()
    tags = ("PROPN", "X", "NOUN") if ws.languages[at] == "ru" else ("PROPN", "X")
    return (
        proper
        and all(map(known.isdisjoint, kinds))
        and (ws.tags[at] in tags or _is_adjective(ws, at))
    )


def _russian(ws: Workspace, lexicon: PlacingLexicon, at: int, lookup: Lookup) -> Iterator[Sighting]:
    lemma = ws.lemmas[at]
    if lemma in lexicon.region_suffix and ws.words[at].islower():
        yield from _adjectival(ws, at, lookup)
    if {lemma, ws.lowers[at]} & lexicon.region_of and at + 1 < len(ws):
        end = _names_after(ws, lexicon, at + 1)
        if end > at + 1 and ws.sentence_of[at + 1] == ws.sentence_of[at]:
            name = [i for i in range(at + 1, end) if not _is_adjective(ws, i)]
            end = name[0] + 1 if name else end
            if name and not any(ws.lemmas[end : end + 1] == [one] for one in lexicon.region_suffix):
                yield _sighting(ws, at + 1, end, ws.phrase(at + 1, end), lookup)


def _adjectival(ws: Workspace, at: int, lookup: Lookup) -> Iterator[Sighting]:
    """«Тверской области», and before it «Ленинградской» of «Ленинградской и Тверской областей»."""
    if at == 0 or not _is_adjective(ws, at - 1) or not ws.words[at - 1][0].isupper():
        return
    kind = ws.lemmas[at]
    yield _sighting(ws, at - 1, at + 1, f"{ws.words[at - 1]} {kind}", lookup, genitive=True)
    plural = any("plur" in r.grammemes for r in ws.readings[at] if r.lemma == kind)
    before = at - 2
    first = ws.sentences[ws.sentence_of[at]][0]
    while plural and before > first and ws.lowers[before] in ("и", ","):
        if not _is_adjective(ws, before - 1) or not ws.words[before - 1][0].isupper():
            return
        key = f"{ws.words[before - 1]} {kind}"
        yield _sighting(ws, before - 1, before, key, lookup, genitive=True)
        before -= 2


def _is_adjective(ws: Workspace, at: int) -> bool:
    lower = ws.lowers[at]
    return lower.endswith(ADJECTIVE) and ("ск" in lower[-6:] or "цк" in lower[-6:])


def _sighting(
    ws: Workspace, start: int, end: int, name: str, lookup: Lookup, *, genitive: bool = False
) -> Sighting:
    keys: Sequence[str] = (ws.phrase(start, end), name)
    if genitive:
        adjective, _, kind = name.partition(" ")
        keys = (*keys, f"{adjective} {kind[:-1]}и" if kind.endswith("ь") else name)
    options: tuple[Place, ...] = ()
    for key in keys:
        options = options or tuple(place for place in lookup(key) if place.kind == "region")
    return Sighting(start, end, ws.phrase(start, end), options, "region", SURE, "typed")
