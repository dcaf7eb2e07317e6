"""The sides that stand with the instrument itself: «между … и …», "with …", an entry's city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.agreement_lists import is_oblique, listed, subject_end
from pobratim.stages.agreement_scope import (
    PARTIES,
    Scope,
    outermost,
)
from pobratim.stages.instruments import is_attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Candidate, Workspace


__all__ = [
    "behind_between",
    "behind_with",
    "entering",
    "entry",
    "entry_behind",
    "named_before",
    "owner_of_plan",
    "paired",
    "possessors",
]

PLACE_REACH = 14
BEHIND = 3
ENTRY = 16
BEFORE = 10
TITLE = 16
PAIRED = frozenset({"CITY", "ORGANIZATION", "REGION"})
COLONS = frozenset({":", ",", "–", "—", "-"})
TIES = frozenset({"–", "—", "-", "with", "с", "со", "and", "и", "&"})


def behind_between(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение [о …] между X и Y»: the places or bodies listed behind «между»."""
    ws = scope.ws
    limit = min(scope.end, max(subject_end(scope) + BEHIND + 1, scope.mention.end + TITLE))
    for index in range(scope.mention.end, limit):
        if ws.lowers[index] in scope.lexicon.between:
            return list(listed(scope, index + 1))
        other_verb = ws.tags[index] == "VERB" and ws.lemmas[index] not in scope.lexicon.sign
        other_verb = other_verb and not is_attribute(ws, index)
        if ws.words[index] in ".;," or (other_verb and index >= subject_end(scope)):
            break
    return []


def behind_with(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение [о … A] с B», "agreement with B": B, and A where it stands right before."""
    ws = scope.ws
    at = subject_end(scope)
    found: list[Candidate] = []
    if scope.use.subject:
        tail = [c for c in scope.of(*PARTIES) if scope.use.subject[0] < c.start < at]
        found += [c for c in outermost(tail) if c.end == at][:1]
    for index in range(at, min(scope.end, at + BEHIND)):
        if ws.lowers[index] in scope.lexicon.with_:
            return found + list(listed(scope, index + 1))
    return []


def entry_behind(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение: Чита», "1998 | Agreement | Chita", «Договор (г. Чита)»: the city behind, no verb."""
    ws = scope.ws
    if any(ws.tags[at] in ("VERB", "AUX") for at in range(scope.start, scope.end)):
        return []
    at = subject_end(scope)
    behind = [c for c in scope.of("CITY") if at < c.start <= at + BEHIND]
    if not behind:
        return []
    city = behind[0]
    bracketed = _opens_brackets(scope, city)
    return [city] if bracketed or ws.words[city.start - 1] in "-–—:|" else []


def _opens_brackets(scope: Scope, city: Candidate) -> bool:
    """Whether it stands first in brackets that hold no date, which would make it a place."""
    ws = scope.ws
    types = placing_lexicon()[ws.languages[city.start]]
    at = city.start - 1
    while at > scope.start and (ws.words[at] == "." or ws.lemmas[at] in types.city):
        at -= 1
    return ws.words[at] == "(" and not any(
        city.end <= date.start < city.end + BEHIND for date in scope.of("DATE")
    )


def owner_of_plan(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«План мероприятий администрации города …»: the body right behind a plan."""
    if scope.use.instrument != "plan":
        return []
    return [c for c in scope.of("ORGANIZATION") if c.start == scope.mention.end][:1]


def possessors(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Протокол администрации X и музея Y», «соглашение X с Y»: whose it is, if there are two."""
    ws, end = scope.ws, scope.mention.end
    if ws.languages[scope.mention.start] != "ru" or scope.use.instrument == "plan":
        return []
    found = list(listed(scope, end))
    if not found or found[0].label not in PAIRED or _begins(ws, found[0]) != end:
        return []
    last = found[-1].end
    if last < scope.end and ws.lowers[last] in scope.lexicon.with_:
        found += listed(scope, last + 1)
    return found if len(found) > 1 else []


def entering(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """ "Leeds City Council agreed to renew the pact with Lyon": who enters, renews or approves it."""
    ws, lexicon, mention = scope.ws, scope.lexicon, scope.mention
    at = subject_end(scope)
    if at >= scope.end or ws.lowers[at] not in lexicon.with_:
        return []
    words = range(mention.start - 1, max(scope.start, mention.start - BEFORE), -1)
    verb = next((at for at in words if ws.tags[at] == "VERB"), -1)
    names = [c for c in outermost(scope.of(*PAIRED)) if c.end <= verb]
    if verb < 0 or ws.lemmas[verb] not in lexicon.entering or not names:
        return []
    subject = names[-1]
    between = range(subject.end, verb)
    leads = len(between) <= BEFORE and all(
        ws.tags[at] == "AUX" or ws.lemmas[at] in lexicon.entering_through for at in between
    )
    governed = subject.start > scope.start and ws.tags[subject.start - 1] == "ADP"
    return [subject] if leads and not governed else []


def _begins(ws: Workspace, name: Candidate) -> int:
    """Where a name begins with its type word: «города Читы», «г. Читы»."""
    types = placing_lexicon()[ws.languages[name.start]]
    at = name.start
    while at > 0 and (ws.words[at - 1] == "." or ws.lemmas[at - 1] in types.city):
        at -= 1
    return at


def named_before(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """ "The Tacoma–Kitakyushu agreement": the places that an English instrument is named by."""
    ws, mention = scope.ws, scope.mention
    if ws.languages[mention.start] != "en":
        return []
    found: list[Candidate] = []
    at = mention.start
    for city in reversed([c for c in scope.of("CITY") if c.end <= mention.start]):
        if city.end != at:
            break
        found.append(city)
        at = city.start - 1 if ws.words[city.start - 1] in "-–—" else -1
    return found


def paired(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Школа № 1 – гимназия Гёте (Киль): договор», "X with Y, contract": a pair and what binds it."""
    ws, mention = scope.ws, scope.mention
    number = ws.sentence_of[mention.start]
    first = max(scope.start, ws.sentences[number][0])
    names = [c for c in outermost(by_sentence.get(number, ())) if c.label in PARTIES]
    sides = [
        c
        for c in names
        if first <= c.start and c.end <= mention.start and c.label in PAIRED
        if ws.words[first : c.start].count("(") <= ws.words[first : c.start].count(")")
    ]
    found = sides[-1:]
    if not found or not _leads(ws, found[0].end, mention.start):
        return []
    for one in reversed(sides[:-1]):
        if not _binds(ws, one.end, found[-1].start):
            break
        found.append(one)
    return found[::-1] if len(found) > 1 else []


def _leads(ws: Workspace, start: int, end: int) -> bool:
    """Whether nothing but brackets, a colon and articles lead from the pair to the instrument."""
    depth = 0
    for at in range(start, end):
        depth += (ws.words[at] in "([") - (ws.words[at] in ")]")
        plain = ws.words[at] in COLONS or ws.tags[at] in ("DET", "ADJ") or ws.words[at] in ")]"
        if not depth and not plain:
            return False
    return not depth and any(ws.words[at] in COLONS for at in range(start, end))


def _binds(ws: Workspace, start: int, end: int) -> bool:
    """Whether two names are a pair: «X – Y», «X (Россия) – Y», "X with Y"."""
    depth = 0
    ties = 0
    for at in range(start, end):
        depth += (ws.words[at] in "([") - (ws.words[at] in ")]")
        if not depth and ws.words[at] not in ")]":
            ties += 1
            if ws.lowers[at] not in TIES:
                return False
    return ties == 1


def entry(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Штутгарт (Германия) – Договор о …»: the city of the list's entry, with no verb between."""
    ws, mention = scope.ws, scope.mention
    first = ws.blocks[ws.block_of[mention.start]].start
    item = ws.blocks[ws.block_of[mention.start]].kind != "paragraph"
    near = by_sentence.get(ws.sentence_of[first], ()) if item and first < scope.start else ()
    cities = [c for c in (*near, *scope.inside) if c.label == "CITY" and c.end <= mention.start]
    if not cities or mention.start - cities[-1].end > ENTRY:
        return []
    if not scope.row and any(
        ws.tags[at] in ("VERB", "AUX") or ws.words[at] == ";"
        for at in range(min(scope.start, cities[-1].end), mention.start)
    ):
        return []
    if is_oblique(ws, cities[-1], cases=False):
        return []
    return list(_pair(ws, cities))


def _pair(ws: Workspace, cities: list[Candidate]) -> Iterator[Candidate]:
    """The last city with those that «и» or a dash joins to it: «Курск – Шпейер: договор»."""
    for number in range(len(cities) - 1, -1, -1):
        yield cities[number]
        between = ws.lowers[cities[number - 1].end : cities[number].start] if number else []
        if len(between) != 1 or between[0] not in ("и", "and", "&", "–", "—", "-"):
            return
