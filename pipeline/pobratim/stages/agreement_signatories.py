"""By whom an agreement was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.agreement_follow import is_signing_field
from pobratim.stages.agreement_scope import (
    GAP,
    Scope,
    distance,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Candidate


__all__ = ["signatories"]

PLACE_REACH = 14
JOINTS = 4


def signatories(scope: Scope) -> Iterator[Candidate]:
    """Persons who sign: before an active verb in the nominative, or behind "signed by"; in a field
    or behind «от X –» all that stand there."""
    ws, verb = scope.ws, scope.verb
    persons = scope.of("PERSON")
    if scope.follows and is_signing_field(scope):
        yield from persons
    elif verb is None:
        yield from (person for person in persons if scope.follows)
    elif ws.lemmas[verb] in scope.lexicon.signatory or scope.follows:
        signs = _signs_english if ws.languages[verb] == "en" else _signs_russian
        near = [person for person in persons if distance(person, verb) <= 3 * PLACE_REACH]
        sure = [person for person in near if signs(scope, person, verb)]
        yield from (one for one in near if one in sure or _joins(scope, one, sure))


def _joins(scope: Scope, person: Candidate, signing: list[Candidate]) -> bool:
    """Whether «и» alone, and an office, join a person to one who signs."""
    ws = scope.ws
    for other in signing:
        first, second = sorted((person, other), key=lambda one: one.start)
        between = range(first.end, second.start)
        words = set(ws.lowers[first.end : second.start])
        broken = any(ws.tags[at] == "VERB" or ws.words[at] in ".;" for at in between)
        if len(between) <= 2 * JOINTS and words & {"и", "and"} and not broken:
            return True
    return False


def _signs_english(scope: Scope, person: Candidate, verb: int) -> bool:
    ws = scope.ws
    if person.start > verb and ws.lowers[person.end : person.end + 1] == ["for"]:
        return True
    by = "by" in ws.lowers[min(verb, person.start) : max(verb, person.start)]
    return by if person.start > verb else not by


def _signs_russian(scope: Scope, person: Candidate, verb: int) -> bool:
    """«X и Y подписали», «подписан X и Y», «подписал с X»: the case that the verb's voice asks for."""
    ws = scope.ws
    passive = any(reading.grammemes & {"PRTS", "pssv"} for reading in ws.readings[verb][:1])
    cases = getattr(person.data, "cases", frozenset()) or frozenset({"nomn", "ablt"})
    as_written = getattr(person.data, "nominative", None) == ws.phrase(person.start, person.end)
    if passive:
        return "ablt" in cases and person.start > verb and not (as_written and "nomn" in cases)
    if ws.tags[verb] == "NOUN" and verb < person.start <= verb + GAP and "gent" in cases:
        return True  # «стоит подпись мэра …»
    together = bool({"с", "со"} & set(ws.lowers[max(0, person.start - 5) : person.start]))
    return (as_written and "nomn" in cases) or (together and "ablt" in cases and not as_written)
