"""The sides that stand with the instrument itself: «между … и …», "with …", an entry's city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.agreement_lists import is_oblique, listed, subject_end
from pobratim.stages.agreement_scope import (
    PARTIES,
    Scope,
    has_case,
    outermost,
)
from pobratim.stages.instruments import is_attribute

if TYPE_CHECKING:
    from pobratim.stages.workspace import Candidate


__all__ = [
    "behind_between",
    "behind_with",
    "between_before",
    "entry",
    "entry_behind",
    "genitive",
    "named_before",
    "owner_of_plan",
    "signed_with",
]

PLACE_REACH = 14
BEHIND = 3
ENTRY = 16
TITLE = 16


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


def signed_with(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Договор подписан в 1990 г. с X», "with X an agreement was signed", «с которым подписан …»."""
    ws = scope.ws
    at = scope.mention.start if scope.verb is None else scope.verb
    reach = range(max(scope.start, at - PLACE_REACH), min(scope.end, at + PLACE_REACH))
    for index in sorted(reach, key=lambda index: abs(index - at)):
        if ws.lowers[index] not in scope.lexicon.with_:
            continue
        if ws.lowers[index + 1 : index + 2] and ws.lowers[index + 1] in scope.lexicon.pronouns:
            return _spoken_before(scope, index, by_sentence)
        several = list(listed(scope, index + 1)) if _is_free(scope, index) else []
        if several and several[0].start - index <= BEHIND + 1:
            return several
    return []


def _is_free(scope: Scope, index: int) -> bool:
    """Whether "with" belongs to the signing, not to a noun or an instrument before the mention."""
    ws, mention = scope.ws, scope.mention
    if scope.verb is None:
        return False
    if index > mention.start:
        return True
    opens = index == scope.start or ws.tags[index - 1] in ("PUNCT", "CCONJ", "VERB", "X")
    return opens and not any(
        c.start > index for c in scope.of("AGREEMENT") if c.end <= mention.start
    )


def _spoken_before(
    scope: Scope, word: int, by_sentence: dict[int, list[Candidate]]
) -> list[Candidate]:
    """What a pronoun stands for: the nearest city or body before it, in this sentence or the last."""
    sentence = scope.ws.sentence_of[word]
    near = [c for number in (sentence - 1, sentence) for c in by_sentence.get(number, ())]
    near = [c for c in near if c.label in ("CITY", "ORGANIZATION") and c.end <= word]
    return outermost(near)[-1:]


def genitive(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение городов X и Y», «договор администрации города X с Y»: right behind the noun."""
    ws = scope.ws
    if ws.languages[scope.mention.start] == "en" or scope.use.instrument == "plan":
        return []
    at = subject_end(scope)
    types = placing_lexicon()["ru"]
    while at < scope.end and (ws.lemmas[at] in types.city or ws.words[at] == "."):
        at += 1
    first = [c for c in outermost(scope.of(*PARTIES)) if c.start == at and has_case(ws, c, "gent")]
    several = list(listed(scope, at)) if first else []
    return several if len(several) > 1 else []


def entry_behind(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение: Чита (1998 г.)», "1998 | Agreement | Chita": the city behind, with no verb."""
    ws = scope.ws
    if any(ws.tags[at] in ("VERB", "AUX") for at in range(scope.start, scope.end)):
        return []
    at = subject_end(scope)
    behind = [c for c in scope.of("CITY") if at < c.start <= at + BEHIND]
    if not behind or ws.words[behind[0].start - 1] not in "-–—:|":
        return []
    return behind[:1]


def owner_of_plan(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«План мероприятий администрации города …»: the body right behind a plan."""
    if scope.use.instrument != "plan":
        return []
    return [c for c in scope.of("ORGANIZATION") if c.start == scope.mention.end][:1]


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


def between_before(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«между городами X и Y подписано соглашение»: a list behind «между» before the mention."""
    ws = scope.ws
    if any(c.end <= scope.mention.start for c in scope.of("AGREEMENT")):
        return []
    for index in range(scope.mention.start - 1, scope.start - 1, -1):
        if ws.lowers[index] in scope.lexicon.between:
            return list(listed(scope, index + 1))
    return []


def entry(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Штутгарт (Германия) – Договор о …»: the city of the list's entry, with no verb between."""
    ws, mention = scope.ws, scope.mention
    first = ws.blocks[ws.block_of[mention.start]].start
    item = ws.blocks[ws.block_of[mention.start]].kind != "paragraph"
    near = by_sentence.get(ws.sentence_of[first], ()) if item and first < scope.start else ()
    cities = [c for c in (*near, *scope.inside) if c.label == "CITY" and c.end <= mention.start]
    if not cities or mention.start - cities[-1].end > ENTRY:
        return []
    between = range(cities[-1].end, mention.start)
    if is_oblique(ws, cities[-1], cases=False):
        return []
    broken = any(ws.tags[at] in ("VERB", "AUX") or ws.words[at] == ";" for at in between)
    if broken:
        return []
    return cities[-1:]
