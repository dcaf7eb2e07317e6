"""Whose page it is: the city that titles, signatures, bodies and sheer frequency speak for.

Each sign gives its city some weight; the heaviest owns the page if it leads.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pobratim.lexicon.instruments import instrument_lexicon
from pobratim.lexicon.placing import placing_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Block, Candidate, Workspace

__all__ = ["TITLE_BLOCKS", "abroad", "is_city_key", "page_owner", "titled"]

TITLE_BLOCKS = 3
TITLE_WORDS = 14
CLOSING_BLOCKS = 2
LEAD = 1.5
ENTRY = 4
SELDOM = 4
FAR = 8
"""How many words may stand between a city and its country, its region among them."""
STEM = 4
LOST = 2
"""How many letters of a city's name its adjective may lose: «Рига», «рижский»."""
TITLE = 3.0
ADJECTIVE = 2.0
FREQUENT = 1.5
SIGNATURE = 1.5
OPENS = 1.25
BODY = 1.0
ABROAD = -1.5
AHEAD = 0.5
"""By how much the owner must lead."""


def page_owner(
    ws: Workspace, by_block: dict[int, list[Candidate]], topic_of_block: dict[int, str | None]
) -> str | None:
    """The owner's entity, where one place leads."""
    weights: dict[str, float] = dict.fromkeys(abroad(ws, by_block), ABROAD)
    for owner, weight in (
        (titled(ws, by_block), TITLE),
        (_by_adjective(ws), ADJECTIVE),
        (_opens(by_block), OPENS),
        (_signed(ws, by_block), SIGNATURE),
        (_of_bodies(ws), BODY),
        (_most_frequent(ws, topic_of_block), FREQUENT),
    ):
        if owner is not None:
            weights[owner] = weights.get(owner, 0.0) + weight
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if not ranked or ranked[0][1] <= 0 or ranked[0][1] - second < AHEAD:
        return None
    return ranked[0][0]


def titled(ws: Workspace, by_block: dict[int, list[Candidate]]) -> str | None:
    """The one place of a title that speaks of partners or of a city's bodies."""
    for index, block in enumerate(ws.blocks[:TITLE_BLOCKS]):
        if block.boilerplate or block.language not in placing_lexicon():
            continue
        last = end = min(block.end, block.start + TITLE_WORDS)
        if block.kind == "field" and not is_city_key(ws, block):
            end = min(end, block.value)
        owner = _only_place(by_block.get(index, []), end)
        stems = placing_lexicon()[block.language].partner + _seats(block)
        if owner and _speaks_of(ws, block.start, last, stems):
            return owner
    return None


def abroad(ws: Workspace, by_block: dict[int, list[Candidate]]) -> set[str]:
    """The cities that the text introduces with their country, and names seldom without.

    A page does not do so with its own; titles of documents may, once or twice.
    """
    named: Counter[str] = Counter()
    introduced: set[str] = set()
    with_country: Counter[str] = Counter()
    for _, places in sorted(by_block.items()):
        city: Candidate | None = None
        for place in sorted(places, key=lambda place: (place.start, -place.end)):
            if place.label == "CITY" and place.entity:
                city = place
                named[place.entity] += 1
            elif place.label == "COUNTRY" and city is not None and city.entity:
                between = ws.words[city.end : place.start]
                if between and between[0] in "(," and len(between) <= FAR:
                    with_country[city.entity] += 1
                    if named[city.entity] == 1:
                        introduced.add(city.entity)
    return {city for city in introduced if with_country[city] * SELDOM >= named[city]}


def _opens(by_block: dict[int, list[Candidate]]) -> str | None:
    """The city with which the text or its title begins: "EUGENE, March 14", «Рязань – Брессюир»."""
    places = by_block.get(0, ())
    cities = [c for c in places if c.label == "CITY" and c.start < ENTRY]
    if not cities or any(c.label == "COUNTRY" and c.start < cities[0].end + FAR for c in places):
        return None
    return cities[0].entity


def is_city_key(ws: Workspace, block: Block) -> bool:
    """Whether a field tells whose entry begins: «Город: …», "Partner city: …"."""
    lexicon = placing_lexicon().get(block.language)
    key = [at for at in range(block.start, block.value) if ws.words[at][0].isalpha()]
    return bool(lexicon and key) and all(
        lexicon is not None
        and (
            {ws.lemmas[at], ws.lowers[at]} & (lexicon.city | lexicon.cities)
            or ws.lowers[at].startswith(lexicon.partner)
        )
        for at in key
    )


def _seats(block: Block) -> tuple[str, ...]:
    lexicon = instrument_lexicon().get(block.language)
    return lexicon.seats if lexicon else ()


def _only_place(places: list[Candidate], end: int) -> str | None:
    """The one city of these words, else their one region; none that stands with its country."""
    inside = [place for place in places if place.start < end]
    if any(place.label == "COUNTRY" for place in inside):
        return None
    for label in ("CITY", "REGION"):
        found = {place.entity for place in inside if place.label == label}
        if found:
            return next(iter(found)) if len(found) == 1 else None
    return None


def _speaks_of(ws: Workspace, start: int, end: int, stems: tuple[str, ...]) -> bool:
    return any(
        part.startswith(stems)
        for word in ws.lowers[start:end]
        for part in (word, *word.split("-")[1:])
    )


def _by_adjective(ws: Workspace) -> str | None:
    """«Могилёвский городской исполнительный комитет», where the text names the city."""
    adjectives = [
        ws.lowers[at].replace("ё", "е")
        for block in ws.blocks[:TITLE_BLOCKS]
        if block.language == "ru" and _speaks_of(ws, block.start, block.end, _seats(block))
        for at in range(block.start, min(block.end, block.start + TITLE_WORDS))
        if any(reading.pos == "ADJ" for reading in ws.readings[at])
    ]
    if not adjectives:
        return None
    for city in ws.of("CITY"):
        name = ws.lowers[city.start].replace("ё", "е")
        stem = name[: max(STEM, len(name) - LOST)]
        if len(name) > STEM and any(one.startswith(stem) for one in adjectives):
            return city.entity
    return None


def _signed(ws: Workspace, by_block: dict[int, list[Candidate]]) -> str | None:
    """The city of a closing line: «Пресс-служба Администрации Иркутска»."""
    for index in range(max(TITLE_BLOCKS, len(ws.blocks) - CLOSING_BLOCKS), len(ws.blocks)):
        block = ws.blocks[index]
        if block.end - block.start > TITLE_WORDS:
            continue
        owner = _only_place(by_block.get(index, []), block.end)
        if owner and _speaks_of(ws, block.start, block.end, _seats(block)):
            return owner
    return None


def _of_bodies(ws: Workspace) -> str | None:
    """The city of most of the municipal bodies that the text names."""
    lexicons = instrument_lexicon()
    cities = {city.start: city.entity for city in ws.of("CITY") if city.entity}
    counts: Counter[str] = Counter()
    for body in ws.of("ORGANIZATION"):
        lexicon = lexicons.get(ws.languages[body.start])
        if lexicon and _speaks_of(ws, body.start, body.end, lexicon.seats):
            counts.update(entity for entity in _within(body, cities))
    return _leader(counts)


def _within(body: Candidate, cities: dict[int, str]) -> Iterator[str]:
    return (cities[at] for at in range(body.start, body.end) if at in cities)


def _most_frequent(ws: Workspace, topic_of_block: dict[int, str | None]) -> str | None:
    """The city mentioned most outside sections of its own, if it leads clearly."""
    counts: Counter[str] = Counter()
    for city in ws.of("CITY"):
        index = ws.block_of[city.start]
        block = ws.blocks[index]
        if block.kind == "item" and city.start <= block.start + ENTRY:
            continue
        if city.entity and topic_of_block.get(index) != city.entity:
            counts[city.entity] += 1
    return _leader(counts)


def _leader(counts: Counter[str]) -> str | None:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 2:
        return None
    if len(ranked) > 1 and ranked[0][1] < LEAD * ranked[1][1]:
        return None
    return ranked[0][0]
