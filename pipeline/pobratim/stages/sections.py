"""Whose section a block stands in, and whose page it is.

A heading that is nothing but a city (and its country) rules what follows, up to the next of its
kind. The page's owner is the city that is at home in every section but heads none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.schema import PLACE_LABELS

if TYPE_CHECKING:
    from pobratim.stages.workspace import Block, Candidate, Workspace

__all__ = ["Sections", "sections"]

LONGEST_HEADING = 16
LEAD = 1.5
ENTRY = 4
TITLE_BLOCKS = 3
TITLE_WORDS = 14


@dataclass(frozen=True, slots=True)
class Sections:
    """For each block the city that heads its section; ``owner`` is a place's entity id."""

    topics: tuple[Candidate | None, ...]
    owner: str | None


def sections(ws: Workspace) -> Sections:
    """The sections of a document whose places are settled and linked."""
    by_block: dict[int, list[Candidate]] = {}
    for candidate in ws.of(*PLACE_LABELS):
        if _only_a_model(candidate):
            continue
        by_block.setdefault(ws.block_of[candidate.start], []).append(candidate)
    headings = [
        _headed(ws, block, by_block.get(index, [])) for index, block in enumerate(ws.blocks)
    ]
    owner = _titled(ws, by_block)
    if sum(heading is not None for heading in headings) < 2:
        title = next((heading for heading in headings if heading is not None), None)
        owner = owner or _most_frequent(ws, {}) or (title.entity if title else None)
        return Sections((None,) * len(headings), owner)
    topics: list[Candidate | None] = []
    topic = None
    for heading in headings:
        topic = heading or topic
        topics.append(topic)
    of_block = {index: one.entity for index, one in enumerate(topics) if one is not None}
    return Sections(tuple(topics), owner or _most_frequent(ws, of_block))


def _only_a_model(candidate: Candidate) -> bool:
    """Whether a model alone holds it for a place: one that no gazetteer has heads no section."""
    return candidate.why.startswith("model:") and (candidate.entity or "local:").startswith(
        "local:"
    )


def _titled(ws: Workspace, by_block: dict[int, list[Candidate]]) -> str | None:
    """The one city of a title that speaks of partners: «Города-побратимы Смоленска»."""
    for index, block in list(enumerate(ws.blocks))[:TITLE_BLOCKS]:
        if block.boilerplate or block.language not in placing_lexicon():
            continue
        lexicon = placing_lexicon()[block.language]
        end = min(block.end, block.start + TITLE_WORDS)
        words = ws.lowers[block.start : end]
        cities = [c for c in by_block.get(index, []) if c.label == "CITY" and c.start < end]
        if len({c.entity for c in cities}) == 1 and any(
            w.startswith(lexicon.partner) for w in words
        ):
            return cities[0].entity
    return None


def _headed(ws: Workspace, block: Block, places: list[Candidate]) -> Candidate | None:
    """The city of a block that holds nothing but a city, its region and country."""
    if block.kind == "field" or block.end - block.start > LONGEST_HEADING:
        return None
    if ws.words[block.end - 1] in (";", ","):  # One of an enumeration, where it heads nothing.
        return None
    cities = [place for place in places if place.label == "CITY"]
    if len(cities) != 1:
        return None
    covered = {at for place in places for at in range(place.start, place.end)}
    lexicon = placing_lexicon().get(block.language)
    for at in range(block.start, block.end):
        word = ws.words[at]
        if at in covered or not word[0].isalpha():
            continue
        if lexicon is None or not ({ws.lemmas[at], ws.lowers[at]} & _type_words(block.language)):
            return None
    return cities[0]


def _type_words(language: str) -> frozenset[str]:
    lexicon = placing_lexicon()[language]
    return lexicon.city | lexicon.cities | lexicon.region | lexicon.country | {"of", "the"}


def _most_frequent(ws: Workspace, topic_of_block: dict[int, str | None]) -> str | None:
    """The city mentioned most outside sections of its own, if it leads clearly."""
    counts: Counter[str] = Counter()
    for city in ws.of("CITY"):
        block = ws.blocks[ws.block_of[city.start]]
        if block.kind == "item" and city.start <= block.start + ENTRY:
            continue
        if city.entity and topic_of_block.get(ws.block_of[city.start]) != city.entity:
            counts[city.entity] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < 2:
        return None
    if len(ranked) > 1 and ranked[0][1] < LEAD * ranked[1][1]:
        return None
    return ranked[0][0]
