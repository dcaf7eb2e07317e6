"""Whose section a block stands in, and whose page it is.

A heading that is nothing but a city (and its country) rules what follows, up to the next of its
kind. The page's owner is the city that is at home in every section but heads none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.lexicon.quantities import circumstance_words
from pobratim.schema import PLACE_LABELS
from pobratim.stages.owners import TITLE_BLOCKS, abroad, is_city_key, page_owner, titled

if TYPE_CHECKING:
    from pobratim.stages.workspace import Block, Candidate, Workspace

__all__ = ["Sections", "sections"]

LONGEST_HEADING = 16
ENTRY = 4
MOST_CITIES = 3


@dataclass(frozen=True, slots=True)
class Sections:
    """For each block the city that heads its section; ``owner`` is a place's entity id."""

    topics: tuple[Candidate | None, ...]
    owner: str | None


def sections(ws: Workspace) -> Sections:
    """The sections of a document whose places are settled and linked, found once."""
    if ws.sections is None:
        ws.sections = _found(ws)
    return ws.sections


def _found(ws: Workspace) -> Sections:
    by_block: dict[int, list[Candidate]] = {}
    for candidate in ws.of(*PLACE_LABELS):
        if _only_a_model(candidate):
            continue
        by_block.setdefault(ws.block_of[candidate.start], []).append(candidate)
    since = _since(ws)
    headings = [
        _headed(ws, block, by_block.get(index, []), since) for index, block in enumerate(ws.blocks)
    ]
    for index in _listed(ws, by_block, headings):
        headings[index] = None
    owner = titled(ws, by_block)
    if owner is not None:
        for index, heading in enumerate(headings[:TITLE_BLOCKS]):
            if heading is not None and heading.entity == owner:
                headings[index] = None
    topics: list[Candidate | None] = []
    topic = None
    for index, heading in enumerate(headings):
        topic = heading or topic
        topics.append(_run_in(ws, ws.blocks[index], by_block.get(index, []), since) or topic)
    of_block = {index: one.entity for index, one in enumerate(topics) if one is not None}
    owner = page_owner(ws, by_block, of_block)
    if sum(heading is not None for heading in headings) == 1:
        title = next(heading for heading in headings if heading is not None)
        owner = owner or page_owner(ws, by_block, {})
        if owner is None and title.entity not in abroad(ws, by_block):
            owner = title.entity
    return Sections(tuple(topics), owner)


def _listed(
    ws: Workspace, by_block: dict[int, list[Candidate]], headings: list[Candidate | None]
) -> set[int]:
    """The lines that only look like headings: «Лион, Франция (1998)» with the next entry right below."""
    found: set[int] = set()
    for index in range(1, len(ws.blocks)):
        above, below = headings[index - 1], _first_city(ws, by_block, index)
        block = ws.blocks[index]
        if above is None or below is None or below.entity == above.entity:
            continue
        if ws.text.count("\n", ws.ends[block.start - 1], ws.starts[block.start]) < 2:
            found |= {index - 1, index}
    return found


def _first_city(
    ws: Workspace, by_block: dict[int, list[Candidate]], index: int
) -> Candidate | None:
    """The city that a block opens with."""
    start = ws.blocks[index].start
    cities = (c for c in by_block.get(index, ()) if c.label == "CITY" and c.start < start + ENTRY)
    return next(cities, None)


def _run_in(
    ws: Workspace, block: Block, places: list[Candidate], since: frozenset[int]
) -> Candidate | None:
    """The city that is a paragraph's first sentence: «Оулу (Финляндия). Договор подписан …»."""
    end = ws.sentences[ws.sentence_of[block.start]][1]
    if end >= block.end or block.kind == "field":
        return None
    if len({place.entity for place in places if place.label == "CITY"}) > MOST_CITIES:
        return None
    return _only_city(ws, block.start, end, block.language, places, since)


def _only_a_model(candidate: Candidate) -> bool:
    """Whether a model alone holds it for a place: one that no gazetteer has heads no section."""
    return candidate.why.startswith("model:") and (candidate.entity or "local:").startswith(
        "local:"
    )


def _headed(
    ws: Workspace, block: Block, places: list[Candidate], since: frozenset[int]
) -> Candidate | None:
    """The city of a block that holds nothing but a city, its region and country."""
    if block.end - block.start > LONGEST_HEADING:
        return None
    if ws.words[block.end - 1] in (";", ","):  # One of an enumeration, where it heads nothing.
        return None
    start = block.start
    if block.kind == "field":
        if not is_city_key(ws, block):
            return None
        start = block.value
    return _only_city(ws, start, block.end, block.language, places, since)


def _only_city(
    ws: Workspace,
    start: int,
    end: int,
    language: str,
    places: list[Candidate],
    since: frozenset[int],
) -> Candidate | None:
    """The city of words that tell nothing but a city, its region and country, and since when."""
    inside = [place for place in places if start <= place.start and place.end <= end]
    cities = [place for place in inside if place.label == "CITY"]
    if len(cities) != 1:
        return None
    covered = {at for place in inside for at in range(place.start, place.end)}
    lexicon = placing_lexicon().get(language)
    for at in range(start, end):
        word = ws.words[at]
        if at in covered or at in since or not word[0].isalpha():
            continue
        if lexicon is None or not ({ws.lemmas[at], ws.lowers[at]} & _type_words(language)):
            return None
    return cities[0]


def _since(ws: Workspace) -> frozenset[int]:
    """The words that tell since when something is: "Lund (Sweden), since 1998"."""
    since = circumstance_words().since
    return frozenset(
        at
        for date in ws.of("DATE")
        if date.start and ws.lowers[date.start - 1] in since
        for at in range(date.start - 1, date.end)
    )


def _type_words(language: str) -> frozenset[str]:
    lexicon = placing_lexicon()[language]
    return lexicon.city | lexicon.cities | lexicon.region | lexicon.country | {"of", "the"}
