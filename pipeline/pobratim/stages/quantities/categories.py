"""The category of a count: people, a population, money …"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pobratim.lexicon.morphology import readings
from pobratim.lexicon.quantities import Unit, quantities

if TYPE_CHECKING:
    from pobratim.schema import Category
    from pobratim.stages.quantities.heads import Head
    from pobratim.stages.workspace import Block, CountValue, Workspace

__all__ = [
    "category_of",
    "is_population_field",
    "is_size_of_city",
    "noun_category",
    "tells_population",
    "unit_category",
]

BEFORE, AFTER = 10, 4
POPULOUS = Decimal(1000)


def unit_category(ws: Workspace, unit: Unit, start: int) -> Category:
    """The category of a measure; "total area is 726,10 km" is an area, whatever its unit."""
    if unit.kind != "measure":
        return unit.kind
    first, _ = ws.sentences[ws.sentence_of[start]]
    near = ws.lemmas[max(first, start - AFTER) : start]
    return "other" if quantities().area_words.isdisjoint(near) else "area"


def noun_category(ws: Workspace, head: Head, start: int, value: Decimal) -> Category:
    """The category of what ``head`` names; people in a statement of population are one.

    Of a compound the first part decides in Russian («город-герой»), the last in English.
    """
    lexicon = quantities()
    category = lexicon.categories.get(head.lemma)
    if category is None and "-" in head.lemma:
        first, _, last = head.lemma.partition("-")
        category = lexicon.categories.get(first if ws.readings[head.at] else last)
    if category is None:
        category = "people" if _is_people(ws, head) else "other"
    if head.lemma in lexicon.population_people and _is_population(ws, head, start, value):
        return "population"
    return category


def _is_people(ws: Workspace, head: Head) -> bool:
    """Whether a noun outside the lists names people: animate, or a nation's ("Koreans")."""
    lexicon = quantities()
    if head.animate:
        return head.lemma not in lexicon.animals
    capital = ws.languages[head.at] == "en" and ws.words[head.at][0].isupper()
    return capital and not head.singular and head.lemma.endswith(lexicon.people_endings)


def _is_population(ws: Workspace, head: Head, start: int, value: Decimal) -> bool:
    lexicon = quantities()
    if head.lemma in lexicon.population_nouns and value >= POPULOUS:
        return True
    if is_population_field(ws, ws.blocks[ws.block_of[start]]):
        return True
    first, stop = ws.sentences[ws.sentence_of[start]]
    near = ws.lemmas[max(first, start - BEFORE) : start]
    if not lexicon.density_words.isdisjoint(near[-AFTER:]):
        return False
    size = _size_before(ws, start, first)
    if value >= POPULOUS and size >= 0 and ws.tags[size] == "NOUN":
        return True
    near += ws.lemmas[head.end : min(stop, head.end + AFTER)]
    return not lexicon.population_words.isdisjoint(near)


def _size_before(ws: Workspace, start: int, first: int) -> int:
    """The word «численность» or "has" shortly before ``start``; -1 if there is none."""
    sizes = quantities().population_sizes
    lowest = max(first, start - AFTER) - 1
    return next((at for at in range(start - 1, lowest, -1) if ws.lemmas[at] in sizes), -1)


def is_size_of_city(ws: Workspace, start: int, value: CountValue, city_ends: set[int]) -> bool:
    """ "Ohrid has about 42,000 people": a city's people are its population."""
    if value.counted not in quantities().population_people or (value.value or 0) < POPULOUS:
        return False
    return _size_before(ws, start, ws.sentences[ws.sentence_of[start]][0]) in city_ends


def is_population_field(ws: Workspace, block: Block) -> bool:
    """«Население: …»."""
    if block.kind != "field":
        return False
    lexicon = quantities()
    key = ws.lemmas[block.start : block.value]
    return not lexicon.population_fields.isdisjoint(key) and lexicon.density_words.isdisjoint(key)


def tells_population(ws: Workspace, start: int) -> bool:
    """Whether a bare number at ``start`` is a population: "The population is about 80 000"."""
    lexicon = quantities()
    first, _ = ws.sentences[ws.sentence_of[start]]
    low = ws.blocks[ws.block_of[start]].start
    last = start - 1
    if last > low and ws.words[last] == ".":
        last, first = last - 1, min(first, last - 1)
    if last < max(first, low) or ws.lemmas[last] not in lexicon.population_links:
        return False
    near = ws.lemmas[max(first, start - BEFORE) : start]
    return not lexicon.population_fields.isdisjoint(near) and lexicon.density_words.isdisjoint(near)


def category_of(noun: str) -> Category:
    """The category of what a noun names where nothing else is known of it."""
    lexicon = quantities()
    found = lexicon.categories.get(noun) or lexicon.categories.get(noun.partition("-")[0])
    if found is not None:
        return found
    first = next(iter(readings(noun)), None) if not noun.isascii() else None
    living = first is not None and first.pos == "NOUN" and "anim" in first.grammemes
    return "people" if living and noun not in lexicon.animals else "other"
