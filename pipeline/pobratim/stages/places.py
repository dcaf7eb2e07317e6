"""CITY, REGION and COUNTRY mentions: gazetteer names, weighed by what stands around them.

A name by itself proves little: Victoria is a person, Nice a word, Georgia a state twice over. Each
occurrence is weighed by the words beside it, by the language's model, and by what the same name is
elsewhere in the document: a name that is a city forty times is a city the forty-first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.bodies import body_lexicons
from pobratim.lexicon.gazetteer import Place, gazetteer, normalise
from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.names import stem
from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.families import PERSONS, PLACES
from pobratim.stages.parted import begins_cell
from pobratim.stages.places_agreed import LIKELY, SURE, WEAK, Sighting, agreed
from pobratim.stages.places_areas import area_round, state_behind
from pobratim.stages.places_cues import cue_of, is_locative, is_of_nation, is_told, qualifies
from pobratim.stages.places_joined import joined, region_behind
from pobratim.stages.places_page import PROPER, SURE_NAME, Context, bearers, brand_words, lookup
from pobratim.stages.places_spelled import (
    is_list,
    is_part_of_name,
    is_saint,
    is_shouted,
    may_be,
)
from pobratim.stages.places_unlisted import in_lists, unknown
from pobratim.stages.regions_named import named_regions
from pobratim.stages.workspace import Candidate, Workspace, has_capital, workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

__all__ = ["Places"]

LONGEST = 7
LARGE = 100_000
TOWN = 15_000
CAPITAL = 300_000
METROPOLIS = 1_000_000
MIDDLING = 50_000
LONGEST_OFFICE = 3
LONGEST_BODY = 4
STEM = 4
KNOWN_REGION = 1_000_000
OFFICES = frozenset({"government", "department"})
TOWNS = frozenset({"city", "town"})
REGION_RATIO, TOWN_RATIO = 25, 6
LABEL = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}


@Language.factory("pobratim_places")
class Places:
    """Adds CITY, REGION and COUNTRY candidates; ``data`` holds the gazetteer's options."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.lexicons = placing_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        guess_at = {at: guess for guess in ws.guesses for at in range(guess.start, guess.end)}
        brand = brand_words(ws, self.lexicons)
        context = Context(ws, gazetteer(), self.lexicons, guess_at, brand, bearers(ws))
        sightings = list(_sightings(context))
        listed = in_lists(context, sightings)
        sightings = _typed(context, joined(ws, context.lexicons, sightings))
        sightings += listed
        new = unknown(context, list(agreed(ws, sightings)))
        covered = {at for one in new for at in range(one.start, one.end)}
        sightings = [one for one in sightings if covered.isdisjoint(range(one.start, one.end))]
        for sighting in agreed(ws, sightings + new):
            ws.candidates.append(
                Candidate(
                    LABEL[sighting.kind],
                    sighting.start,
                    sighting.end,
                    sighting.score,
                    f"places:{sighting.why}",
                    data=sighting.options,
                )
            )
        return doc


def _typed(context: Context, sightings: list[Sighting]) -> list[Sighting]:
    """The sightings, with the regions that a type word names in the place of what they overlap."""
    ws = context.ws
    at_word = {at: one for one in sightings for at in range(one.start, one.end)}
    typed: list[Sighting] = []
    for region in named_regions(
        ws, context.lexicons, lambda key: lookup(context, key), context.brand
    ):
        others = {id(o): o for at in range(region.start, region.end) if (o := at_word.get(at))}
        better = [one for one in others.values() if _stays(context, one, region)]
        if better:
            alike = [one for one in better if (one.start, one.end) == (region.start, region.end)]
            if not alike or alike[0].kind != "region":
                continue
        options = region.options or tuple(
            place for other in others.values() for place in other.options if place.kind == "region"
        )
        typed.append(region._replace(options=options))
    covered = {at for one in typed for at in range(one.start, one.end)}
    kept = [one for one in sightings if covered.isdisjoint(range(one.start, one.end))]
    return kept + typed


def _stays(context: Context, known: Sighting, region: Sighting) -> bool:
    """Whether the gazetteer's name is the better one: as long, or longer and not "State of …"."""
    if known.kind == "country" or (known.start, known.end) == (region.start, region.end):
        state = known.kind == "country" and bool(region.options)
        return known.kind != "city" and not state
    longer = known.start <= region.start and region.end <= known.end
    lexicon = context.lexicons[context.ws.languages[known.start]]
    type_word = (
        context.ws.languages[known.start] == "en"
        and context.ws.lowers[known.start] in lexicon.region_of
    )
    return longer and known.kind == "region" and not type_word


def _sightings(context: Context) -> Iterator[Sighting]:
    ws = context.ws
    before: Sighting | None = None
    past = 0
    for at in ws.whose("words", has_capital):
        if at < past or at in context.brand or ws.languages[at] not in context.lexicons:
            continue
        found = _longest(context, at)
        if found:
            found = before = _with_republic(ws, region_behind(ws, before, found))
            yield from state_behind(context, found)
            yield from area_round(context, found)
            yield found
            yield from _country_inside(context, found)
            past = found.end


def _with_republic(ws: Workspace, country: Sighting) -> Sighting:
    """The country with the form of state that English puts behind it: "Belarus Republic"."""
    end = country.end
    named = ws.words[end : end + 1] == ["Republic"] and ws.languages[country.start] == "en"
    if country.kind != "country" or not named or ws.block_of[end] != ws.block_of[country.start]:
        return country
    goes_on = ws.words[end + 1 : end + 2] and ws.words[end + 1].istitle()
    return country if goes_on else country._replace(end=end + 1)


def _country_inside(context: Context, region: Sighting) -> Iterator[Sighting]:
    """The country that a larger area is named after: «Западное побережье Японии»."""
    hyphened = context.ws.words[region.end - 2] == "-"
    if region.kind == "region" and region.end - region.start > 2 and not hyphened:
        inner = _longest(context, region.end - 1)
        if inner and inner.kind == "country" and inner.end == region.end:
            yield inner


def _longest(context: Context, start: int) -> Sighting | None:
    """The longest name of the gazetteer that begins at ``start``."""
    ws = context.ws
    first = normalise(ws.words[start])
    russian = "\u0400" <= ws.words[start][0] <= "\u052f"
    starts = context.gazetteer.may_start_russian if russian else context.gazetteer.may_start
    if not starts(first) and not starts(normalise(_first_word(ws, start))):
        return None
    for end in range(_reach(ws, start, starts), start, -1):
        last = ws.words[end - 1]
        if not last[0].isalnum() or ws.ends[end - 1] - ws.starts[start] > 80:
            continue
        key = ws.text[ws.starts[start] : ws.ends[end - 1]]
        options = () if is_list(context, start, end) else lookup(context, key)
        if options and may_be(context, start, end, key, options):
            return _weighed(context, start, _dotted(ws, start, end), key, options)
    return None


def _dotted(ws: Workspace, start: int, end: int) -> int:
    """The end of a name with the period that closes its abbreviation: "U.S.A."."""
    letters = end - start > 2 and all(len(ws.words[at]) == 1 for at in range(start, end))
    closed = ws.words[end : end + 1] == ["."] and "." in ws.words[start:end]
    return end + 1 if letters and closed else end


def _reach(ws: Workspace, start: int, starts: Callable[[str], bool]) -> int:
    """The furthest end of a name that begins at ``start``: none goes on as the text does after it."""
    limit = min(ws.sentences[ws.sentence_of[start]][1], start + LONGEST)
    for end in range(start + 1, limit):
        whole = ws.starts[end] > ws.ends[end - 1]
        if whole and not starts(normalise(ws.text[ws.starts[start] : ws.ends[end - 1]])):
            return end - 1
    return limit


def _first_word(ws: Workspace, start: int) -> str:
    """The word with its possessive, which names may have: "People's Republic of China"."""
    after = ws.words[start + 1] if start + 1 < len(ws) else ""
    return ws.words[start] + after if after in ("'s", "’s") else ws.words[start]


def _weighed(
    context: Context, start: int, end: int, key: str, options: tuple[Place, ...]
) -> Sighting | None:
    """What the name is, and how sure that is, from the words beside it and the model's guess."""
    ws = context.ws
    lexicon = context.lexicons[ws.languages[start]]
    cue = cue_of(ws, start, end, options, lexicon)
    if is_saint(ws, start, end):
        return None
    division = end - start > 1 and all(place.kind != "city" for place in options)
    if (
        (cue == "other" and not division)
        or is_part_of_name(context, start, end)
        or qualifies(ws, start, end)
    ):
        return None
    guess = context.guess_at.get(start)
    person = guess is not None and _ends_person(context, guess, start, end)
    own_guess = guess is not None and guess.start >= start - 1 and guess.end <= end + 1
    kind = _kind(options, cue, key)
    word = _is_word(context, start, end, key)
    if word and kind == "region" and is_locative(ws, start, lexicon):
        word = max(place.population for place in options) < KNOWN_REGION
    if kind == "city" and end - start == 1 and is_shouted(key):
        score, why = WEAK, "shouted"
    elif cue and cue == kind and (not word or is_told(ws, start, lexicon)):
        score, why = SURE, "cue"
    elif kind == "city" and is_of_nation(ws, start, end, options):
        score, why = SURE, "nation"
    elif person and not cue and ws.languages[start] == "ru":
        return None
    elif not word and is_locative(ws, start, lexicon):
        score, why = (SURE if guess is not None and own_guess else LIKELY), "locative"
    elif _is_bearer(context, start, end, kind, options):
        score, why = WEAK, "surname"
    elif guess is not None and guess.label in PLACES and not (word and not own_guess):
        score, why = SURE if own_guess else LIKELY, "model"
    elif word or (end - start == 1 and _is_surname(context, start)):
        score, why = WEAK, "word"
    elif person:
        return None
    elif guess is not None and guess.label in PERSONS:
        large = max(place.population for place in options) >= TOWN or kind != "city"
        letters = kind == "country" and ws.words[start].isupper()
        alike = letters or guess.end - guess.start <= end - start
        score, why = (0.6 if alike and large else WEAK), "against-model"
    else:
        size = max(place.population for place in options)
        large = size >= LARGE or kind != "city" or end - start > 1
        foreign = ws.languages[start] == "ru" and key[0].isascii()
        alone = size >= TOWN and not foreign and _stands_alone(ws, start, end)
        ruled = not large and _is_ruled(ws, start, end, size)
        alone = alone or (size >= TOWN and _bears_body(ws, start, end))
        score, why = (LIKELY if large or ruled else 0.7 if alone else WEAK), "gazetteer"
    return Sighting(start, end, key, options, kind, score, why)


def _kind(options: tuple[Place, ...], cue: str, key: str) -> str:
    """The cue's kind where the gazetteer has one; else country, then city or region by their size.

    Larger areas, which have no one size, go before any but large cities, unless the name is an
    oblique form of the area's only («Тромсё»).
    """
    kinds = {place.kind for place in options}
    if key.casefold().endswith(" city"):
        return "city"
    if "country" in kinds and not (cue == "region" and "region" in kinds):
        cities = [place.population for place in options if place.kind == "city"]
        return "city" if cue == "city" and max(cities, default=0) >= CAPITAL else "country"
    if cue in kinds:
        return cue
    if "city" in kinds and "region" in kinds:
        return "region" if _is_region_first(options, key) else "city"
    return "city" if "city" in kinds else "region"


def _is_region_first(options: tuple[Place, ...], key: str) -> bool:
    """Whether a name of both a region and towns is the region's: the towns have it only beside their
    own, or are too small beside it."""
    towns = [place for place in options if place.kind == "city"]
    regions = [place for place in options if place.kind == "region"]
    own = [place for place in towns if _is_called(place, key)]
    city = max(place.population for place in towns)
    region = max(place.population for place in regions)
    called = not own and any(_is_called(place, key) for place in regions) and len(key) > STEM
    if called and (region > 2 * city or not region):
        return True
    area = any(place.admin1 is None or not place.population for place in regions)
    plain = normalise(key)
    listed = any(place.name_ru and normalise(place.name_ru) == plain for place in towns)
    if area and (city < TOWN or (city < MIDDLING and not listed)):
        return True
    codes = {place.admin1 for place in towns}
    elsewhere = all(place.admin1 not in codes for place in regions)
    ratio = REGION_RATIO if city >= LARGE else 1 if elsewhere and city < MIDDLING else TOWN_RATIO
    return region > ratio * city


def _is_called(place: Place, key: str) -> bool:
    """Whether the name is the place's first one in its script, endings of cases aside."""
    first = place.name_ru if "\u0400" <= key[0] <= "\u052f" else place.name_en
    own, said = normalise(first or "").split(), normalise(key).split()
    return len(own) == len(said) and own[0][:STEM] == said[0][:STEM]


def _is_word(context: Context, start: int, end: int, key: str) -> bool:
    """Whether the name is also an ordinary word, a given name or an adjective."""
    ws = context.ws
    if end - start > 1:
        return False
    if any(reading.pos == "ADJ" for reading in ws.readings[start][:2]):
        return True
    if ws.languages[start] == "en" and ws.tags[start] == "ADJ":
        return True
    lower = ws.lowers[start]
    named = any(reading.grammemes & PROPER for reading in ws.readings[start])
    return context.gazetteer.is_common_word(key) or (
        bool(ws.readings[start]) and not named and is_known(lower)
    )


def _is_ruled(ws: Workspace, start: int, end: int, size: int) -> bool:
    """Whether an office in capitals follows that a town has: "Narva City Government".

    Of small towns only a council or the like right behind the name tells.
    """
    last = min(ws.sentences[ws.sentence_of[start]][1], end + LONGEST_OFFICE)
    if ws.languages[start] != "en" or (start and ws.words[start - 1] == "-"):
        return False
    kinds = body_lexicons()["en"].kinds
    for at in range(end, last):
        if not ws.words[at].istitle():
            return False
        if kinds.get(ws.lowers[at]) in OFFICES:
            town = at == end or (at == end + 1 and ws.lowers[end] in TOWNS)
            return size >= TOWN or town
    return False


def _bears_body(ws: Workspace, start: int, end: int) -> bool:
    """Whether a body's name in capitals begins with the name: "Poti Sea Port Corporation"."""
    first, last = ws.sentences[ws.sentence_of[start]]
    if ws.languages[start] != "en" or (start > first and ws.words[start - 1][0].isupper()):
        return False
    kinds = body_lexicons()["en"].kinds
    for at in range(end, min(last, end + LONGEST_BODY)):
        if not ws.words[at].istitle():
            return False
        if ws.lowers[at] in kinds:
            return True
    return False


def _stands_alone(ws: Workspace, start: int, end: int) -> bool:
    """Whether no other capitalised word of the same cell touches the name."""
    first, last = ws.sentences[ws.sentence_of[start]]
    before = start > first and ws.words[start - 1][0].isupper() and not begins_cell(ws, start)
    after = end < last and ws.words[end][0].isupper() and not begins_cell(ws, end)
    return not before and not after


def _ends_person(context: Context, guess: Candidate, start: int, end: int) -> bool:
    """Whether the name ends what a model surely saw as a person's: «Александр Брод».

    Behind a lone surname that somebody bears it does not: «вместо Нетаньяху Иерусалим».
    """
    person = guess.label in PERSONS and guess.score >= SURE_NAME
    ws = context.ws
    if not person or guess.start >= start or guess.end != end or ws.words[start].isupper():
        return False
    borne = guess.start == start - 1 and stem(ws.lowers[guess.start]) in context.surnames
    return not borne or any("Name" in reading.grammemes for reading in ws.readings[start])


def _is_bearer(
    context: Context, start: int, end: int, kind: str, options: tuple[Place, ...]
) -> bool:
    """Whether the name of no metropolis is the surname of one named in full: «Брод напомнил»."""
    if kind != "city" or end - start > 1 or stem(context.ws.lowers[start]) not in context.surnames:
        return False
    return max(place.population for place in options) < METROPOLIS


def _is_surname(context: Context, start: int) -> bool:
    """Whether an English name follows another capitalised word that is no place: "Ann Lincoln"."""
    ws = context.ws
    before = start - 1
    if ws.languages[start] != "en" or before < ws.sentences[ws.sentence_of[start]][0]:
        return False
    if ws.tags[before] != "PROPN" or not ws.words[before][0].isupper():
        return False
    lexicon = context.lexicons["en"]
    return ws.lemmas[before] not in lexicon.city | lexicon.region | lexicon.country and not lookup(
        context, ws.words[before]
    )
