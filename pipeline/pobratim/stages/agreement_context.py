"""The sides that the text round a sentence tells: the one before, the section, the page's owner."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from typing import TYPE_CHECKING

from pobratim.stages.agreement_scope import Scope
from pobratim.stages.agreement_signers import offices_of_signatories

if TYPE_CHECKING:
    from pobratim.stages.sections import Sections
    from pobratim.stages.workspace import Candidate


__all__ = ["implied_parties"]

LONGEST_TITLE = 20
SIDES = 2
BOTH = 4
"""How many sentences back the two are looked for that "the sides" stands for."""
CITIES_BACK = 100
"""How many names of cities back a paragraph is read."""


def implied_parties(
    scope: Scope,
    parties: list[Candidate],
    layout: Sections,
    follows: list[Scope],
    by_sentence: dict[int, list[Candidate]],
) -> list[str]:
    """What the sentence leaves to the text round it, until there are two sides.

    The two that "the sides" stands for; the section's city; else what those who sign in the next
    sentence are of, and the city that the paragraph or the title speaks of; then the page's owner,
    which comes first where the sentence names the other side.
    """
    if not parties and (both := _both(scope, by_sentence)):
        return both
    sides = {party.entity for party in parties}
    if len(sides) > 1 or (parties and parties[0].label == "COUNTRY"):
        return []
    topic = layout.topics[scope.ws.block_of[scope.mention.start]] if layout.topics else None
    places = [topic.entity] if topic else []
    if topic is None:
        offices = [one.entity for clause in follows for one in offices_of_signatories(clause, {})]
        places += dict.fromkeys(offices)
        if parties:
            places.append(layout.owner)
        places += _spoken_of(scope, layout) if len(places) < 2 else []
    elif parties and topic.entity not in sides:
        places.insert(0, layout.owner)
    implied: list[str] = []
    for place in (*places, layout.owner):
        if place and place not in sides and len(sides) < 2:
            sides.add(place)
            implied.append(place)
    return implied if len(sides) > 1 else []


def _both(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[str]:
    """Whom "the sides" or «наши города» stand for: the two cities that the text spoke of last."""
    ws, mention = scope.ws, scope.mention
    words = {*ws.lemmas[scope.start : scope.end], *ws.lowers[scope.start : scope.end]}
    if words.isdisjoint(scope.lexicon.both):
        return []
    number = ws.sentence_of[mention.start]
    found: dict[str, None] = {}
    for before in range(number - 1, max(-1, number - 1 - BOTH), -1):
        if ws.blocks[ws.block_of[ws.sentences[before][0]]].kind == "heading":
            break
        near = by_sentence.get(before, ())
        for city in reversed([c.entity for c in near if c.label == "CITY" and c.entity]):
            found.setdefault(city)
        if len(found) >= SIDES or any(c.label == "AGREEMENT" for c in near):
            break
    return list(reversed(found)) if len(found) == SIDES else []


def _spoken_of(scope: Scope, layout: Sections) -> list[str]:
    """The one other city that the paragraph has named, else the pair that the title names."""
    pair = _titled_pair(scope, layout)
    if scope.verb is not None or scope.use.subject is not None:
        others = _others_before(scope, layout.owner)
        if len(others) == 1 and not others & set(pair):
            return list(others)
    return pair


def _titled_pair(scope: Scope, layout: Sections) -> list[str]:
    title = scope.ws.blocks[0]
    if title.end - title.start > LONGEST_TITLE:
        return []
    named = takewhile(lambda city: city.end <= title.end, scope.cities)
    pair = dict.fromkeys(city.entity for city in named if city.entity)
    return list(pair) if len(pair) == 2 and layout.owner in {*pair, None} else []


def _others_before(scope: Scope, owner: str | None) -> set[str]:
    """The cities but the page's own that the paragraph has named; two are enough to know of many."""
    ws, mention = scope.ws, scope.mention
    block = ws.blocks[ws.block_of[mention.start]]
    found: set[str] = set()
    at = bisect_left(scope.cities, mention.start, key=lambda city: city.start)
    for city in reversed(scope.cities[max(0, at - CITIES_BACK) : at]):
        if city.start < block.start or len(found) > 1:
            break
        if city.entity and city.entity != owner and city.end <= mention.start:
            found.add(city.entity)
    return found
