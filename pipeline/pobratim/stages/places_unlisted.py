"""Places that no gazetteer has: behind a type word, in a list of cities, or seen by our own model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.events import holidays
from pobratim.lexicon.gazetteer import normalise
from pobratim.lexicon.morphology import is_known
from pobratim.stages.places_agreed import JOINERS, Sighting
from pobratim.stages.places_page import PROPER, Context, lookup
from pobratim.stages.places_spelled import is_river

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["in_lists", "unknown"]

KIND = {"CITY": "city", "REGION": "region", "COUNTRY": "country"}


def in_lists(context: Context, sightings: list[Sighting]) -> list[Sighting]:
    """Names that no gazetteer has, after «г.» or in a list behind «города»: cities all the same."""
    ws = context.ws
    taken = {at for sighting in sightings for at in range(sighting.start, sighting.end)}
    found = []
    named = frozenset().union(*(lexicon.named for lexicon in context.lexicons.values()))
    for at in ws.where("lemmas", named):
        lexicon = context.lexicons.get(ws.languages[at])
        if lexicon is None or ws.lemmas[at] not in lexicon.named or at + 1 == len(ws):
            continue
        if ws.languages[at] != "ru" or ws.words[at][0].isupper():
            continue
        for start, end in _listed(ws, at + 1, plural=_is_plural(ws, at)):
            known = any(i in taken or i in context.brand for i in range(start, end))
            if not known and normalise(ws.words[start]) not in lexicon.never:
                taken.update(range(start, end))
                key = ws.phrase(start, end)
                found.append(Sighting(start, end, key, (), "city", 0.8, "list"))
    return found


def unknown(context: Context, sightings: list[Sighting]) -> list[Sighting]:
    """Cities and regions that our own model saw where the gazetteer had nothing to say."""
    ws = context.ws
    taken = {at for sighting in sightings for at in range(sighting.start, sighting.end)}
    return [
        _seen(context, one)
        for one in ws.trusted("CITY", "REGION")
        if taken.isdisjoint(range(one.start, one.end))
        and one.start not in context.brand
        and _is_new_name(context, one)
    ]


def _is_new_name(context: Context, guess: Candidate) -> bool:
    """Whether the words can be a name that no gazetteer has: capitals, none of them ordinary."""
    ws = context.ws
    lexicon = context.lexicons.get(ws.languages[guess.start])
    words = range(guess.start, guess.end)
    if lexicon is None or not ws.words[guess.start][0].isupper():
        return False
    if is_river(ws, guess.start, guess.end, lexicon):
        return False
    kinds = lexicon.city | lexicon.cities | lexicon.region | lexicon.country | lexicon.other
    if any({ws.lemmas[at], ws.lowers[at]} & kinds for at in words):
        return False
    if ws.phrase(guess.start, guess.end).lower() in holidays():
        return False
    if ws.languages[guess.start] == "ru":
        return not all(_is_pair(context, at) or _is_ordinary(ws, at) for at in words)
    return any(ws.tags[at] in ("PROPN", "X") for at in words)


def _seen(context: Context, guess: Candidate) -> Sighting:
    """The place of a guess, with what the gazetteer has of its name and kind."""
    key, kind = context.ws.phrase(guess.start, guess.end), KIND[guess.label]
    found = lookup(context, key) or lookup(context, key.partition("-")[0])
    options = tuple(place for place in found if place.kind == kind)
    return Sighting(guess.start, guess.end, key, options, kind, guess.score, "model")


def _is_plural(ws: Workspace, at: int) -> bool:
    return ws.lowers[at] == "гг" or any(
        "plur" in reading.grammemes for reading in ws.readings[at] if reading.lemma == ws.lemmas[at]
    )


def _listed(ws: Workspace, at: int, *, plural: bool) -> Iterator[tuple[int, int]]:
    """The capitalised names right behind a type word; of a plural, all of the list."""
    limit = ws.sentences[ws.sentence_of[at]][1]
    while at < limit and ws.words[at] == ".":
        at += 1
    while at < limit and ws.words[at][0].isupper() and ws.words[at].replace("-", "").isalpha():
        plain = "-" not in ws.words[at] and not _is_ordinary(ws, at)
        if len(ws.words[at]) < 3 or ws.words[at].isupper() or not plain:
            return
        yield at, at + 1
        joint = at + 1
        at = joint
        while at < limit and ws.lowers[at] in JOINERS:
            at += 1
        if not plural or at == joint:
            return


def _is_pair(context: Context, at: int) -> bool:
    """Whether a hyphen joins two places that have names of their own: «Портленд-Тверь».

    One that a preposition or type word leads to is a town of two: «из Биттерфельда-Вольфена».
    """
    ws = context.ws
    lexicon = context.lexicons[ws.languages[at]]
    if at and ws.lemmas[at - 1] in lexicon.city | lexicon.locative:
        return False
    first, _, second = ws.words[at].rpartition("-")
    return bool(first) and bool(lookup(context, first)) and bool(lookup(context, second))


def _is_ordinary(ws: Workspace, at: int) -> bool:
    """Whether the word is an adjective, or in the dictionary as no place."""
    if any(reading.grammemes & PROPER for reading in ws.readings[at]):
        return False
    return any(reading.pos == "ADJ" for reading in ws.readings[at]) or is_known(ws.lowers[at])
