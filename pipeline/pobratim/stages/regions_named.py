"""Regions told by their type word, whether a gazetteer has them or not: "Elko County", «медье Пешт».

A type word is surer than a gazetteer: "Tartu County" is no city though Tartu is. «Ленинградской и
Тверской областей» are two regions that share theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.places_agreed import SURE, Sighting
from pobratim.stages.regions_adjectival import adjectival, is_adjective

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pobratim.lexicon.gazetteer import Place
    from pobratim.lexicon.placing import PlacingLexicon
    from pobratim.stages.workspace import Workspace

    Lookup = Callable[[str], tuple[Place, ...]]

__all__ = ["named_regions"]

MOST_WORDS = 3
MOST_LISTED = 8
LARGE = 150_000
COUNTY_ENDING, SHORTEST = "shire", 8
ADJECTIVE_ENGLISH = ("sky", "skiy", "skii", "skyi", "tsky", "tskiy")
"""How the names of Russian districts end in English."""
HYPHENS = frozenset("-–")
LISTED = frozenset({",", "and", "и"})


def named_regions(
    ws: Workspace,
    lexicons: dict[str, PlacingLexicon],
    lookup: Lookup,
    brand: frozenset[int],
) -> Iterator[Sighting]:
    """The regions of a text that a type word names, in order."""
    types = frozenset().union(*map(_type_words, lexicons.values()))
    told = ws.whose("lowers", lambda lower: lower in types or lower.endswith(COUNTY_ENDING))
    for at in sorted({*told, *ws.where("lemmas", types)}):
        lower = ws.lowers[at]
        lexicon = lexicons.get(ws.languages[at])
        if lexicon is None or at in brand:
            continue
        if ws.languages[at] == "en":
            yield from _english(ws, lexicon, at, lower, lookup)
        else:
            yield from _russian(ws, lexicon, at, lookup)


def _type_words(lexicon: PlacingLexicon) -> frozenset[str]:
    """The words that may name what a place is; no other word begins a search."""
    return frozenset().union(
        lexicon.region_suffix,
        lexicon.region_loose,
        lexicon.region_plurals,
        lexicon.district,
        lexicon.region_of,
        lexicon.regions_of,
        {"округ"},
    )


def _english(
    ws: Workspace, lexicon: PlacingLexicon, at: int, lower: str, lookup: Lookup
) -> Iterator[Sighting]:
    if lower in lexicon.region_suffix:
        start = _names_before(ws, lexicon, at)
        if start < at:
            yield _sighting(ws, start, at + 1, ws.phrase(start, at), lookup)
    elif lower in lexicon.region_loose:
        start = _names_before(ws, lexicon, at)
        if start < at and _is_loose(ws, at, lookup(ws.phrase(start, at))):
            yield _sighting(ws, start, at + 1, ws.phrase(start, at), lookup)
    elif lower in lexicon.region_plurals:
        yield from _english_plural(ws, lexicon, at, lookup)
    elif lower in lexicon.district and ws.words[at][0].isupper() | (ws.words[at - 1][0].isupper()):
        yield from _english_district(ws, lexicon, at, lookup)
    elif lower.endswith(COUNTY_ENDING) and len(lower) >= SHORTEST and ws.words[at][0].isupper():
        part = at > 0 and ws.lowers[at - 1] in lexicon.directions and ws.words[at - 1][0].isupper()
        start = at - 1 if part and ws.sentence_of[at - 1] == ws.sentence_of[at] else at
        yield _sighting(ws, start, at + 1, ws.words[at], lookup)
    if ws.lowers[at + 1 : at + 2] == ["of"]:
        if lower in lexicon.region_of:
            yield from _listed_behind(ws, lexicon, at + 2, lookup, known=False)
        elif lower in lexicon.regions_of:
            yield from _listed_behind(ws, lexicon, at + 2, lookup, known=True)
    elif lower in lexicon.region_before and ws.words[at][0].isupper():
        yield from _type_first(ws, lexicon, at, lookup, inside=True)
    elif lower in lexicon.region_of:
        yield from _type_first(ws, lexicon, at, lookup, inside=False)


def _is_loose(ws: Workspace, at: int, known: tuple[Place, ...]) -> bool:
    """Whether "Region" or "State" ends a name: "Lagos State", not "Omsk State University"."""
    goes_on = at + 1 < len(ws) and ws.words[at + 1][0].isupper()
    if ws.lowers[at] == "state":
        same = at + 1 < len(ws) and ws.sentence_of[at + 1] == ws.sentence_of[at]
        return bool(known) and ws.words[at][0].isupper() and not (goes_on and same)
    return ws.words[at][0].isupper() or bool(known)


def _english_plural(
    ws: Workspace, lexicon: PlacingLexicon, at: int, lookup: Lookup
) -> Iterator[Sighting]:
    """ "The Leningrad and Pskov regions": the last with the type word, the others without."""
    end, joint = at + 1, at
    for _ in range(MOST_LISTED):
        start = _names_before(ws, lexicon, joint)
        if start == joint or not lookup(ws.phrase(start, joint)):
            return
        yield _sighting(ws, start, end, f"{ws.phrase(start, joint)} {ws.lemmas[at]}", lookup)
        end = joint = _before_joiners(ws, start)
        if end == start:
            return


def _before_joiners(ws: Workspace, at: int) -> int:
    """Where the name before "and" or a comma ends; ``at`` where none joins."""
    first = ws.sentences[ws.sentence_of[at]][0]
    while at - 1 > first and ws.lowers[at - 1] in LISTED:
        at -= 1
    return at


def _english_district(
    ws: Workspace, lexicon: PlacingLexicon, at: int, lookup: Lookup
) -> Iterator[Sighting]:
    """ "Pryazhinsky District", "Tuapse District": one that a Russian town gives its name."""
    name = at - 2 if ws.lowers[at - 1] in lexicon.region_middle else at - 1
    if name < ws.sentences[ws.sentence_of[at]][0] or not _is_name(ws, lexicon, name):
        return
    if ws.lowers[name] in lexicon.city_districts or _of_city(ws, at + 1, lookup):
        return
    adjective = ws.lowers[name].endswith(ADJECTIVE_ENGLISH)
    towns = [p for p in lookup(ws.words[name]) if p.country in lexicon.district_countries]
    small = any(place.population < LARGE for place in towns)
    if adjective or (towns and (ws.words[at][0].isupper() or small)):
        yield _sighting(ws, name, at + 1, ws.phrase(name, at + 1), lookup)


def _of_city(ws: Workspace, at: int, lookup: Lookup) -> bool:
    """Whether "of Kazan" or "of the city" follows, whose district it is."""
    if ws.lowers[at : at + 1] != ["of"] or at + 1 >= len(ws):
        return False
    if ws.lowers[at + 1 : at + 3] == ["the", "city"]:
        return True
    found = lookup(ws.words[at + 1]) if ws.words[at + 1][0].isupper() else ()
    return any(place.kind == "city" for place in found)


def _type_first(
    ws: Workspace, lexicon: PlacingLexicon, at: int, lookup: Lookup, *, inside: bool
) -> Iterator[Sighting]:
    """ "County Cork", whose type word belongs to it; "Co. Kerry" and "state Georgia", whose does not."""
    start = at + 2 if ws.words[at + 1 : at + 2] == ["."] else at + 1
    end = start
    if start < len(ws) and ws.block_of[start] == ws.block_of[at] and _is_name(ws, lexicon, start):
        end = start + 1
    if end == start or all(p.kind == "country" for p in lookup(ws.phrase(start, end))):
        return
    if not inside and all(p.kind != "region" for p in lookup(ws.phrase(start, end))):
        return
    first = at if inside and start == at + 1 else start
    yield _sighting(ws, first, end, ws.phrase(start, end), lookup)


def _listed_behind(
    ws: Workspace, lexicon: PlacingLexicon, at: int, lookup: Lookup, *, known: bool
) -> Iterator[Sighting]:
    """The name behind a type word; of known ones ("the counties of Durham and Kent") all in a list."""
    for _ in range(MOST_LISTED):
        if at >= len(ws):
            return
        end = _names_after(ws, lexicon, at)
        if end == at:
            return
        found = _sighting(ws, at, end, ws.phrase(at, end), lookup)
        if known and not found.options:
            return
        yield found
        joint = end
        while joint < len(ws) and ws.lowers[joint] in LISTED:
            joint += 1
        if not known or joint == end:
            return
        at = joint


def _names_before(ws: Workspace, lexicon: PlacingLexicon, at: int) -> int:
    """Where the capitalised words right before a type word begin; ``at`` if there are none."""
    first = max(ws.sentences[ws.sentence_of[at]][0], at - MOST_WORDS - 1)
    start = at
    while start > first:
        if _is_name(ws, lexicon, start - 1):
            start -= 1
        elif start < at and _hyphened(ws, start) and _is_name(ws, lexicon, start - 2):
            start -= 2
        else:
            break
    alone = start == at - 1 and ws.lowers[start] in lexicon.region_middle
    return at if alone else start


def _hyphened(ws: Workspace, at: int) -> bool:
    """Whether a hyphen joins the word to the one before it: "Osijek-Baranja"."""
    if at < 2 or ws.words[at - 1] not in HYPHENS:
        return False
    return ws.ends[at - 2] == ws.starts[at - 1] and ws.ends[at - 1] == ws.starts[at]


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
        and known.isdisjoint(lexicon.no_region_names)
        and (ws.tags[at] in tags or is_adjective(ws, at))
    )


def _russian(ws: Workspace, lexicon: PlacingLexicon, at: int, lookup: Lookup) -> Iterator[Sighting]:
    known = {ws.lemmas[at], ws.lowers[at]}
    if ws.words[at].islower():
        for start, end, key in adjectival(ws, lexicon, at):
            yield _sighting(ws, start, end, key, lookup, genitive=True)
    if known & lexicon.region_of and at + 1 < len(ws):
        yield from _behind_russian(ws, lexicon, at, lookup)


def _behind_russian(
    ws: Workspace, lexicon: PlacingLexicon, at: int, lookup: Lookup
) -> Iterator[Sighting]:
    """«медье Пешт»; of a plural («провинций Хубэй и Хунань»), all of the list."""
    plural = any("plur" in r.grammemes for r in ws.readings[at] if r.lemma == ws.lemmas[at])
    start = at + 1
    for _ in range(MOST_LISTED):
        if start >= len(ws) or ws.sentence_of[start] != ws.sentence_of[at]:
            return
        end = _names_after(ws, lexicon, start)
        name = [i for i in range(start, end) if not is_adjective(ws, i)]
        if not name or ws.lemmas[name[0] + 1 : name[0] + 2] in ([k] for k in lexicon.region_suffix):
            return
        end = name[0] + 1
        yield _sighting(ws, start, end, ws.phrase(start, end), lookup)
        if not plural or end + 1 >= len(ws) or ws.lowers[end] not in LISTED:
            return
        start = end + 1


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
