"""CITY, REGION and COUNTRY mentions: gazetteer names, weighed by what stands around them.

A name by itself proves little: Victoria is a person, Nice a word, Georgia a state twice over. Each
occurrence is weighed by the words beside it, by the language's model, and by what the same name is
elsewhere in the document: a name that is a city forty times is a city the forty-first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pobratim.lexicon.gazetteer import Gazetteer, Place, gazetteer, normalise
from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.names import name_lexicon
from pobratim.lexicon.placing import PlacingLexicon, placing_lexicon
from pobratim.stages.families import PERSONS, PLACES
from pobratim.stages.places_agreed import JOINERS, LIKELY, SURE, WEAK, Sighting, agreed
from pobratim.stages.places_joined import joined, region_behind
from pobratim.stages.quotes import quotes
from pobratim.stages.regions_named import named_regions
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

__all__ = ["Places"]

LONGEST = 7
BRAND_WORDS = 7
LARGE = 100_000
CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
TOWN = 15_000
CAPITAL = 300_000
MIDDLING = 50_000
SURE_NAME = 0.9
"""The probability from which a person's name that ends in a place's is believed to be one."""
REGION_RATIO, TOWN_RATIO = 25, 6
ACRONYM = 4
ROMAN = re.compile(r"[IVXLCDM]+")
PROPER = frozenset({"Geox"})
LABEL = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}
KIND = {label: kind for kind, label in LABEL.items()}


class Context(NamedTuple):
    """What the places stage knows of the document before it looks at a name."""

    ws: Workspace
    gazetteer: Gazetteer
    lexicons: dict[str, PlacingLexicon]
    guess_at: dict[int, Candidate]
    brand: frozenset[int]


@Language.factory("pobratim_places")
class Places:
    """Adds CITY, REGION and COUNTRY candidates; ``data`` holds the gazetteer's options."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.lexicons = placing_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        guess_at = {at: guess for guess in ws.guesses for at in range(guess.start, guess.end)}
        context = Context(ws, gazetteer(), self.lexicons, guess_at, _brand_words(ws, self.lexicons))
        sightings = list(_sightings(context))
        listed = _in_lists(context, sightings)
        sightings = _typed(context, joined(ws, sightings))
        unknown = _unknown(context, sightings + listed)
        for sighting in agreed(ws, sightings + listed + unknown):
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
        ws, context.lexicons, lambda key: _lookup(context, key), context.brand
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


def _brand_words(ws: Workspace, lexicons: dict[str, PlacingLexicon]) -> frozenset[int]:
    """Words in short quotations: names of other things, where a place is no mention."""
    inside: set[int] = set()
    for quote in quotes(ws):
        words = range(quote.start + 1, quote.end - 1)
        if sum(ws.words[at].isalpha() for at in words) <= BRAND_WORDS:
            lexicon = lexicons.get(ws.languages[quote.start])
            if not lexicon or not any(ws.lemmas[at] in lexicon.city for at in words):
                inside.update(words)
    return frozenset(inside)


def _sightings(context: Context) -> Iterator[Sighting]:
    ws = context.ws
    at = 0
    before: Sighting | None = None
    while at < len(ws):
        word = ws.words[at]
        if word[0].isupper() and at not in context.brand and ws.languages[at] in context.lexicons:
            found = _longest(context, at)
            if found:
                found = before = region_behind(ws, before, found)
                yield from _postal(context, found)
                yield from _area_round(context, found)
                yield found
                yield from _country_inside(context, found)
                at = found.end
                continue
        at += 1


def _area_round(context: Context, country: Sighting) -> Iterator[Sighting]:
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


def _postal(context: Context, city: Sighting) -> Iterator[Sighting]:
    """The abbreviated state behind a city's comma: "Tempe, AZ", "Oakland, Calif."."""
    ws = context.ws
    at = city.end + 1
    if city.kind != "city" or at >= len(ws) or ws.words[city.end] not in (",", "("):
        return
    if ws.block_of[at] != ws.block_of[city.start]:
        return
    short = ws.words[at]
    lexicon = context.lexicons[ws.languages[city.start]]
    dotted = ws.words[at + 1 : at + 2] == ["."]
    code = (
        short
        if short.isupper() and len(short) < ACRONYM
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
        options = () if _is_list(context, start, end) else _lookup(context, key)
        if options and _may_be(context, start, end, key, options):
            return _weighed(context, start, _dotted(ws, start, end), key, options)
    return None


def _dotted(ws: Workspace, start: int, end: int) -> int:
    """The end of a name with the period that closes its abbreviation: "U.S.A."."""
    letters = end - start > 2 and all(len(ws.words[at]) == 1 for at in range(start, end))
    closed = ws.words[end : end + 1] == ["."] and "." in ws.words[start:end]
    return end + 1 if letters and closed else end


def _is_saint(ws: Workspace, start: int, end: int) -> bool:
    """Whether a church or day is named after a saint: "St. Peter's"."""
    possessive = ws.lowers[end : end + 1] in (["'s"], ["’s"])
    return possessive and ws.lowers[start] in ("st", "saint") and end - start > 1


def _is_list(context: Context, start: int, end: int) -> bool:
    """Whether a comma or bracket parts a name from the region that it lies in: "Split, Dalmatia"."""
    words = context.ws.words
    for at in range(start + 1, end - 1):
        if words[at] in (",", "("):
            return any(place.kind != "city" for place in _lookup(context, words[at + 1]))
    return False


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


def _may_be(context: Context, start: int, end: int, key: str, options: tuple[Place, ...]) -> bool:
    """Whether the spelling allows a place: no numeral, no unknown acronym, no brand's first word."""
    ws = context.ws
    if normalise(key) in context.lexicons[ws.languages[start]].never or ROMAN.fullmatch(key):
        return False
    if end - start == 1 and key.isupper() and len(key) <= ACRONYM:
        return any(place.kind != "city" for place in options)
    latin_in_russian = ws.languages[start] == "ru" and key[0].isascii()
    return not (latin_in_russian and _goes_on(ws, end))


def _goes_on(ws: Workspace, at: int) -> bool:
    """Whether another capitalised Latin word follows: "Kazan Digital Week" is no city."""
    return at < len(ws) and ws.words[at][0].isupper() and ws.words[at].isascii()


def _lookup(context: Context, key: str) -> tuple[Place, ...]:
    if "\u0400" <= key[0] <= "\u052f":
        return context.gazetteer.lookup_russian(key)
    return context.gazetteer.lookup(key)


def _weighed(
    context: Context, start: int, end: int, key: str, options: tuple[Place, ...]
) -> Sighting | None:
    """What the name is, and how sure that is, from the words beside it and the model's guess."""
    ws = context.ws
    lexicon = context.lexicons[ws.languages[start]]
    cue = _cue(ws, start, end, lexicon)
    if _is_saint(ws, start, end):
        return None
    division = end - start > 1 and all(place.kind != "city" for place in options)
    if (
        (cue == "other" and not division)
        or _is_part_of_name(context, start, end)
        or _qualifies(ws, start, end)
    ):
        return None
    guess = context.guess_at.get(start)
    own_guess = guess is not None and guess.start >= start - 1 and guess.end <= end + 1
    kind = _kind(options, cue, key)
    word = _is_word(context, start, end, key)
    if cue and cue == kind and not word:
        score, why = SURE, "cue"
    elif not word and _is_locative(ws, start, lexicon):
        score, why = (SURE if guess is not None and own_guess else LIKELY), "locative"
    elif guess is not None and guess.label in PLACES and not (word and not own_guess):
        score, why = SURE if own_guess else LIKELY, "model"
    elif word or (end - start == 1 and _is_surname(context, start)):
        score, why = WEAK, "word"
    elif guess is not None and guess.label in PERSONS:
        if guess.start < start and guess.end == end and guess.score >= SURE_NAME:
            return None
        large = max(place.population for place in options) >= TOWN or kind != "city"
        alike = guess.end - guess.start <= end - start
        score, why = (0.6 if alike and large else WEAK), "against-model"
    else:
        size = max(place.population for place in options)
        large = size >= LARGE or kind != "city" or end - start > 1
        foreign = ws.languages[start] == "ru" and key[0].isascii()
        alone = size >= TOWN and not foreign and _stands_alone(ws, start, end)
        score, why = (LIKELY if large else 0.7 if alone else WEAK), "gazetteer"
    return Sighting(start, end, key, options, kind, score, why)


def _cue(ws: Workspace, start: int, end: int, lexicon: PlacingLexicon) -> str:
    """``city``, ``region``, ``country`` or ``other`` where a word beside the name says so."""
    first, last = ws.sentences[ws.sentence_of[start]]
    before = start - 1
    block = ws.blocks[ws.block_of[start]]
    while before >= first and (
        ws.words[before] in (".", "the", "of", "The")
        or (ws.words[before] == ":" and start == block.value)
    ):
        before -= 1
    if before > first and tuple(ws.lowers[before - 1 : before + 1]) in lexicon.behalf:
        return ""
    holder = before == start - 1 and ws.lemmas[before] in lexicon.holders
    if before >= first and not holder:
        found = _cue_of(ws, before, lexicon, behind=False)
        if found:
            return found
    if end < last and ws.languages[start] == "en":
        lemma = ws.lemmas[end]
        if lemma in lexicon.region and ws.words[end][0].islower():
            return "region"
        if lemma in lexicon.led and start > first:
            return "city"
        if lemma in lexicon.other and ws.lowers[end] not in name_lexicon()["en"].honorifics:
            return "other"
    if end < last and ws.lemmas[end] in lexicon.region_after and ws.words[end].islower():
        return "region"
    return ""


def _is_locative(ws: Workspace, start: int, lexicon: PlacingLexicon) -> bool:
    """Whether a preposition of place leads to the name: «из Лахти», "in Luleå"."""
    first = ws.sentences[ws.sentence_of[start]][0]
    return start > first and ws.lowers[start - 1] in lexicon.locative


def _cue_of(ws: Workspace, at: int, lexicon: PlacingLexicon, *, behind: bool) -> str:
    for lemma in (ws.lemmas[at], ws.lowers[at]):
        if lemma in lexicon.other:
            return "other"
        if lemma in lexicon.city or lemma in lexicon.cities:
            return "city"
        if lemma in lexicon.region:
            return "region"
        if lemma in lexicon.country:
            return "country"
    return ""


def _qualifies(ws: Workspace, start: int, end: int) -> bool:
    """Whether the name is an adjective of the noun behind it: «Советского района», «Белом доме»."""
    if end - start > 1 or end >= len(ws) or ws.sentence_of[end] != ws.sentence_of[start]:
        return False
    cases = {c for r in ws.readings[start] if r.pos == "ADJ" for c in r.grammemes & CASES}
    after = {c for r in ws.readings[end][:2] if r.pos == "NOUN" for c in r.grammemes & CASES}
    return bool(cases & after)


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
        city = max(place.population for place in options if place.kind == "city")
        region = max(place.population for place in options if place.kind == "region")
        plain = normalise(key)
        area = any(
            place.kind == "region" and place.admin1 is None for place in options
        ) and not any(
            place.kind == "city" and place.name_ru and normalise(place.name_ru) == plain
            for place in options
        )
        ratio = REGION_RATIO if city >= LARGE else TOWN_RATIO
        return "region" if region > ratio * city or (area and city < MIDDLING) else "city"
    return "city" if "city" in kinds else "region"


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


def _stands_alone(ws: Workspace, start: int, end: int) -> bool:
    """Whether no other capitalised word touches the name."""
    first, last = ws.sentences[ws.sentence_of[start]]
    before = start > first and ws.words[start - 1][0].isupper()
    return not before and not (end < last and ws.words[end][0].isupper())


def _is_surname(context: Context, start: int) -> bool:
    """Whether an English name follows another capitalised word that is no place: "Ann Lincoln"."""
    ws = context.ws
    before = start - 1
    if ws.languages[start] != "en" or before < ws.sentences[ws.sentence_of[start]][0]:
        return False
    if ws.tags[before] != "PROPN" or not ws.words[before][0].isupper():
        return False
    lexicon = context.lexicons["en"]
    return ws.lemmas[before] not in lexicon.city | lexicon.region | lexicon.country and not _lookup(
        context, ws.words[before]
    )


def _is_part_of_name(context: Context, start: int, end: int) -> bool:
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


def _in_lists(context: Context, sightings: list[Sighting]) -> list[Sighting]:
    """Names that no gazetteer has, after «г.» or in a list behind «города»: cities all the same."""
    ws = context.ws
    taken = {at for sighting in sightings for at in range(sighting.start, sighting.end)}
    found = []
    for at, lemma in enumerate(ws.lemmas[:-1]):
        lexicon = context.lexicons.get(ws.languages[at])
        if lexicon is None or lemma not in lexicon.named:
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


def _unknown(context: Context, sightings: list[Sighting]) -> list[Sighting]:
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
    kinds = lexicon.city | lexicon.cities | lexicon.region | lexicon.country | lexicon.other
    if any({ws.lemmas[at], ws.lowers[at]} & kinds for at in words):
        return False
    if ws.languages[guess.start] == "ru":
        return not all(_is_ordinary(ws, at) for at in words)
    return any(ws.tags[at] in ("PROPN", "X") for at in words)


def _seen(context: Context, guess: Candidate) -> Sighting:
    """The place of a guess, with what the gazetteer has of its name and kind."""
    key, kind = context.ws.phrase(guess.start, guess.end), KIND[guess.label]
    options = tuple(place for place in _lookup(context, key) if place.kind == kind)
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
        if len(ws.words[at]) < 3 or ws.words[at].isupper() or _is_ordinary(ws, at):
            return
        yield at, at + 1
        joint = at + 1
        at = joint
        while at < limit and ws.lowers[at] in JOINERS:
            at += 1
        if not plural or at == joint:
            return


def _is_ordinary(ws: Workspace, at: int) -> bool:
    """Whether the word is an adjective, a pair of names, or in the dictionary as no place."""
    if "-" in ws.words[at] and ws.words[at].rpartition("-")[2][:1].isupper():
        return True
    if any(reading.grammemes & PROPER for reading in ws.readings[at]):
        return False
    return any(reading.pos == "ADJ" for reading in ws.readings[at]) or is_known(ws.lowers[at])
