"""Whether the spelling of a name allows a place: no numeral, no brand's first word, no saint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pobratim.lexicon.bodies import body_lexicons
from pobratim.lexicon.gazetteer import normalise
from pobratim.stages.cases import is_latin
from pobratim.stages.families import PERSONS
from pobratim.stages.places_page import Context, lookup

if TYPE_CHECKING:
    from pobratim.lexicon.gazetteer import Place
    from pobratim.lexicon.placing import PlacingLexicon
    from pobratim.stages.workspace import Workspace

__all__ = ["is_list", "is_part_of_name", "is_river", "is_saint", "is_shouted", "may_be"]

ACRONYM = 4
ROMAN = re.compile(r"[IVXLCDM]+")
OF = frozenset({"de", "da", "do", "di", "del", "dos", "das", "des", "du"})


def may_be(context: Context, start: int, end: int, key: str, options: tuple[Place, ...]) -> bool:
    """Whether the spelling allows a place: no numeral, no brand's first word, no word in lower case."""
    ws = context.ws
    if (
        ROMAN.fullmatch(key)
        or _runs_out(ws, start, end)
        or _is_city_s(context, start, end, options)
    ):
        return False
    lexicon = context.lexicons[ws.languages[start]]
    if normalise(key) in lexicon.never or is_river(ws, start, end, lexicon):
        return False
    if ws.languages[start] == "en" and _goes_on_with(ws, end):
        return False
    latin_in_russian = ws.languages[start] == "ru" and key[0].isascii()
    return not (latin_in_russian and _goes_on(ws, end))


def is_river(ws: Workspace, start: int, end: int, lexicon: PlacingLexicon) -> bool:
    """Whether the name is a river's, by itself: «город на Волге», "the bridge over Amur"."""
    return end - start == 1 and not lexicon.rivers.isdisjoint({ws.lowers[start], ws.lemmas[start]})


def is_shouted(key: str) -> bool:
    """Whether a short word in capitals may as well be initials: "HUE"."""
    return key.isupper() and len(key) <= ACRONYM


def _runs_out(ws: Workspace, start: int, end: int) -> bool:
    """Whether an ordinary word ends the run: "The entrance", "Twin-city"."""
    last = ws.words[end - 1]
    if end - start < 2 or not last.islower() or not is_latin(last):
        return False
    return ws.words[end - 2] == "-" or ws.lowers[start] == "the"


def _is_city_s(context: Context, start: int, end: int, options: tuple[Place, ...]) -> bool:
    """Whether "City" is of the office behind a larger town's name: "Lincoln City Council"."""
    ws = context.ws
    if end - start < 2 or ws.lowers[end - 1] != "city" or end >= len(ws):
        return False
    if body_lexicons()["en"].kinds.get(ws.lowers[end]) not in ("government", "department"):
        return False
    shorter = lookup(context, ws.text[ws.starts[start] : ws.ends[end - 2]])
    known = {place.id for place in options}
    size = max(place.population for place in options)
    return any(
        place.kind == "city" and place.population > size and place.id not in known
        for place in shorter
    )


def _goes_on_with(ws: Workspace, at: int) -> bool:
    """Whether a Romance "of" and a further name follow, of which the word is a noun: "Porto de Luanda"."""
    return (
        at + 1 < len(ws)
        and ws.words[at] in OF
        and ws.words[at + 1][0].isupper()
        and ws.sentence_of[at] == ws.sentence_of[at - 1]
    )


def _goes_on(ws: Workspace, at: int) -> bool:
    """Whether another capitalised Latin word follows: "Kazan Digital Week" is no city."""
    return at < len(ws) and ws.words[at][0].isupper() and ws.words[at].isascii()


def is_saint(ws: Workspace, start: int, end: int) -> bool:
    """Whether a church or day is named after a saint: "St. Peter's"."""
    possessive = ws.lowers[end : end + 1] in (["'s"], ["’s"])
    return possessive and ws.lowers[start] in ("st", "saint") and end - start > 1


def is_list(context: Context, start: int, end: int) -> bool:
    """Whether a comma or bracket parts a name from the region that it lies in: "Split, Dalmatia"."""
    words = context.ws.words
    for at in range(start + 1, end - 1):
        if words[at] in (",", "("):
            return any(place.kind != "city" for place in lookup(context, words[at + 1]))
    return False


def is_part_of_name(context: Context, start: int, end: int) -> bool:
    """Whether the word is glued to another: «Казань-2023», "Park" in "Park Yon", «Буров-Сити»."""
    ws = context.ws
    tight = end + 1 < len(ws) and ws.ends[end - 1] == ws.starts[end] == ws.ends[end] - 1
    if tight and ws.words[end] == "-" and ws.starts[end + 1] == ws.ends[end]:
        after = ws.words[end + 1]
        compound = ws.lowers[end + 1] in context.lexicons[ws.languages[start]].compounds
        return after[0].isdigit() or (after[0].islower() and not compound)
    return _ends_surname(context, start)


def _ends_surname(context: Context, start: int) -> bool:
    """Whether a hyphen joins the name to a person's: "Jan Skisland-Moe"."""
    ws = context.ws
    hyphen = start - 1
    if hyphen < 1 or ws.words[hyphen] != "-" or ws.ends[hyphen] != ws.starts[start]:
        return False
    guess = context.guess_at.get(hyphen - 1)
    return ws.ends[hyphen - 1] == ws.starts[hyphen] and guess is not None and guess.label in PERSONS
