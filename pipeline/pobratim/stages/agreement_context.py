"""The sides that the text round a sentence tells: the one before, the section, the page's owner."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from typing import TYPE_CHECKING

from pobratim.stages.agreement_lists import listed
from pobratim.stages.agreement_scope import PARTIES, Scope, outermost
from pobratim.stages.agreement_signers import offices_of_signatories
from pobratim.stages.agreement_signing import is_where

if TYPE_CHECKING:
    from pobratim.stages.sections import Sections
    from pobratim.stages.workspace import Candidate


__all__ = ["implied_parties", "near", "sentence_before", "visit"]

CITIES_BACK = 100
"""How many names of cities back a paragraph is read."""


def visit(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«В ходе визита мэра X в Y подписано …»: host and guest, of this sentence and the one before."""
    ws, mention = scope.ws, scope.mention
    number = ws.sentence_of[mention.start]
    here = range(ws.sentences[number][0], mention.start)
    if not any(ws.lemmas[at] in scope.lexicon.visit for at in here):
        return []
    block = ws.blocks[ws.block_of[mention.start]]
    near = [c for one in (number - 1, number) for c in by_sentence.get(one, ())]
    near = [c for c in near if block.start <= c.start and c.end <= mention.start]
    if any(c.label == "AGREEMENT" for c in near):
        return []
    cities = {c.entity: c for c in outermost(near) if c.label == "CITY"}
    return list(cities.values()) if len(cities) == 2 else []


def near(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """Who the sentence before speaks of: «X и Y дружат. Соглашение подписано …», a visit to X."""
    ws, mention = scope.ws, scope.mention
    sentence = ws.sentence_of[mention.start]
    if not sentence or ws.block_of[ws.sentences[sentence - 1][0]] != ws.block_of[mention.start]:
        return []
    before = by_sentence.get(sentence - 1, [])
    words = range(*ws.sentences[sentence - 1])
    if any(c.label == "AGREEMENT" for c in before) or any(
        ws.lemmas[at] in scope.lexicon.sign - scope.lexicon.sign_weak for at in words
    ):
        return []  # It tells of another one.
    top = outermost([c for c in before if c.label in (*PARTIES, "EVENT")])
    cities: dict[str | None, Candidate] = {}
    for city in top:
        if city.label == "CITY" and not is_where(ws, city):
            cities[city.entity] = city
    known = len(cities) == 2 or (ws.implied_owner is not None and ws.implied_owner not in cities)
    told = any(ws.tags[at] in ("VERB", "AUX") for at in words)
    return list(cities.values()) if known and told and len(cities) <= 2 else []


def sentence_before(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """The same list in the sentence before, where this one only says that it was signed."""
    ws = scope.ws
    sentence = ws.sentence_of[scope.mention.start]
    if scope.verb is None or sentence == 0:
        return []
    start, end = ws.sentences[sentence - 1]
    if ws.block_of[start] != ws.block_of[scope.mention.start]:
        return []
    before = Scope(
        ws, scope.mention, scope.use, scope.lexicon, start, end, None, by_sentence.get(sentence - 1, [])
    )  # fmt: skip
    if before.of("AGREEMENT"):
        return []
    for index in range(end - 1, start - 1, -1):
        if ws.lowers[index] in scope.lexicon.between:
            return list(listed(before, index + 1))
    return []


def implied_parties(
    scope: Scope, parties: list[Candidate], layout: Sections, follows: list[Scope]
) -> list[str]:
    """What the sentence leaves to the text round it, until there are two sides.

    The section's city; else what those who sign in the next sentence are of, and the city that the
    paragraph or the title speaks of; then the page's owner.
    """
    sides = {party.entity for party in parties}
    if len(sides) > 1 or (parties and parties[0].label == "COUNTRY"):
        return []
    topic = layout.topics[scope.ws.block_of[scope.mention.start]] if layout.topics else None
    places = [topic.entity] if topic else []
    if topic is None:
        offices = [one.entity for clause in follows for one in offices_of_signatories(clause, {})]
        places += [*dict.fromkeys(offices)] or _spoken_of(scope, layout)
    implied: list[str] = []
    for place in (*places, layout.owner):
        if place and place not in sides and len(sides) < 2:
            sides.add(place)
            implied.append(place)
    return implied if len(sides) > 1 else []


def _spoken_of(scope: Scope, layout: Sections) -> list[str]:
    """The one other city that the paragraph has named, else the pair that the title names."""
    ws = scope.ws
    if scope.verb is None and scope.use.subject is None:
        return []
    others = _others_before(scope, layout.owner)
    if len(others) == 1:
        return list(others)
    title = ws.blocks[0]
    if title.kind != "heading":
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
