"""Places told by a neighbour: areas by a direction, states by their abbreviation behind a city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.places_agreed import SURE, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.places_page import Context

__all__ = ["area_round", "state_behind"]

LONGEST_CODE = 4


def area_round(context: Context, country: Sighting) -> Iterator[Sighting]:
    """The part of a country that its direction names: «Южная Индия», "Western coast of Japan"."""
    ws = context.ws
    lexicon = context.lexicons[ws.languages[country.start]]
    first = ws.sentences[ws.sentence_of[country.start]][0]
    at = country.start - 1
    if country.kind == "region" and _has_direction(context, country):
        yield country._replace(start=at, key=ws.phrase(at, country.end), options=())
    if country.kind != "country":
        return
    english = ws.languages[country.start] == "en"
    noun = at - 1 if english else at
    if noun >= first and _is_direction_noun(context, noun, country.start):
        yield Sighting(
            noun, country.end, ws.phrase(noun, country.end), (), "region", SURE, "direction"
        )
        return
    if english and at > first and ws.lowers[at] == "of" and ws.lowers[at - 1] in lexicon.area:
        at -= 2
    elif not english and at > first and ws.lemmas[at] in lexicon.area:
        at -= 1
    if at < first or not ws.words[at][0].isupper() or ws.words[at].isupper():
        return
    if {ws.lowers[at], ws.lemmas[at]} & lexicon.directions and at > first:
        key = ws.phrase(at, country.end)
        yield Sighting(at, country.end, key, (), "region", SURE, "direction")


def state_behind(context: Context, city: Sighting) -> Iterator[Sighting]:
    """The abbreviated state behind a city's comma: "Tempe, AZ", "Oakland, Calif."."""
    ws = context.ws
    at = city.end + 1
    if city.kind != "city" or at >= len(ws) or ws.words[city.end] not in (",", "(", "|"):
        return
    if ws.block_of[at] != ws.block_of[city.start]:
        return
    short = ws.words[at]
    lexicon = context.lexicons[ws.languages[city.start]]
    dotted = ws.words[at + 1 : at + 2] == ["."]
    code = (
        short
        if short.isupper() and len(short) < LONGEST_CODE
        else lexicon.states.get(short)
        if dotted
        else None
    )
    if code is None:
        return
    places = {place.admin1 for place in city.options if place.admin1}
    region = next((one for one in sorted(places) if one.partition("-")[2] == code), None)
    found = context.gazetteer.by_id(f"region:{region}") if region else None
    if found is not None and code.isalpha():
        end = at + 2 if dotted and not short.isupper() else at + 1
        yield Sighting(at, end, ws.phrase(at, end), (found,), "region", SURE, "postal")


def _is_direction_noun(context: Context, at: int, country: int) -> bool:
    """Whether a capitalised direction leads to a country's name: «Юг России», "South of Russia"."""
    ws = context.ws
    lexicon = context.lexicons[ws.languages[at]]
    word = ws.words[at]
    if not word[0].isupper() or word.isupper() or at == ws.sentences[ws.sentence_of[at]][0]:
        return False
    if country > at + 1 and ws.lowers[at + 1 : country] != ["of"]:
        return False
    if ws.lowers[at - 1] in lexicon.directions:
        return False
    return not lexicon.direction_nouns.isdisjoint({ws.lowers[at], ws.lemmas[at]})


def _has_direction(context: Context, region: Sighting) -> bool:
    """Whether a capitalised direction before a region belongs to its name: "Northern Bavaria"."""
    ws = context.ws
    at = region.start - 1
    if at <= ws.sentences[ws.sentence_of[region.start]][0] or not ws.words[at][0].isupper():
        return False
    lexicon = context.lexicons[ws.languages[region.start]]
    known = {ws.lowers[at], ws.lemmas[at]}
    first_words = region.key.casefold().split()[:1]
    return bool(known & lexicon.directions) and not ws.words[at].isupper() and bool(first_words)
