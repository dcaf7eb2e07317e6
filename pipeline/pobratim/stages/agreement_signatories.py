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

    from pobratim.stages.workspace import Candidate, Workspace


__all__ = ["signatories"]

PLACE_REACH = 14
JOINTS = 4
TOGETHER = 6
BRACKETS = 12
PAIR = 2
LONGEST_SHORT = 4


def signatories(scope: Scope) -> Iterator[Candidate]:
    """Persons who sign: before an active verb in the nominative, or behind "signed by"; in a field,
    a row or behind «от X –» all that stand there."""
    ws, lexicon = scope.ws, scope.lexicon
    persons = [one for one in scope.of("PERSON") if not _is_namesake(scope, one)]
    if not persons:
        return
    if scope.follows and is_signing_field(scope):
        yield from persons
        return
    verbs = _verbs(scope)
    if not verbs:
        yield from persons if scope.follows else _of_row(scope, persons)
    elif (
        scope.follows
        or scope.verb is None
        or any(ws.lemmas[verb] in lexicon.signatory for verb in verbs)
    ):
        near = [one for one in persons if not _is_remark(scope, one, verbs)]
        sure = [one for one in near if any(_signs(scope, one, verb) for verb in verbs)]
        yield from (one for one in near if one in sure or _joins(scope, one, sure))


def _is_namesake(scope: Scope, person: Candidate) -> bool:
    """Whether only a body or meeting is called after them: «университет имени М.И. Петрова»."""
    return any(one.covers(person) for one in scope.of("ORGANIZATION", "EVENT"))


def _verbs(scope: Scope) -> list[int]:
    """The words of signing, the mention's own first; else that of a renewal: «продлили договор»."""
    ws, lexicon = scope.ws, scope.lexicon
    words = range(scope.start, scope.end)
    if scope.verb is not None:
        others = [at for at in words if ws.lemmas[at] in lexicon.signatory and at != scope.verb]
        return [scope.verb, *others]
    before = range(max(scope.start, scope.mention.start - GAP), scope.mention.start)
    return [at for at in before if ws.lemmas[at] in lexicon.renewal]


def _of_row(scope: Scope, persons: list[Candidate]) -> list[Candidate]:
    """The two persons of one cell of a table's row: "Agreement | 1982 | Mayor X, Mayor Y"."""
    ws = scope.ws
    behind = [one for one in persons if one.start > scope.mention.end]
    if not behind:
        return []
    cell = [one for one in behind if not _is_bordered(ws, behind[0].end, one.start)]
    row = _is_bordered(ws, scope.mention.end, behind[0].start)
    return cell if row and len(cell) == PAIR else []


def _is_bordered(ws: Workspace, start: int, end: int) -> bool:
    """Whether the border of a table's cell stands between two words."""
    text = ws.text[ws.ends[start - 1] : ws.starts[end]] if start < end else ""
    return "|" in text or "\t" in text


def _is_remark(scope: Scope, person: Candidate, verbs: list[int]) -> bool:
    """Whether a person only witnesses, or stands in brackets: "the city (Mayor X) signed"."""
    if _is_witness(scope, person):
        return True
    for at in range(person.start - 1, max(scope.start, person.start - BRACKETS) - 1, -1):
        if scope.ws.words[at] in ")]" or at in verbs or at == scope.mention.start:
            return False
        if scope.ws.words[at] in "([":
            return not scope.follows
    return False


def _is_witness(scope: Scope, person: Candidate) -> bool:
    """«в присутствии посла X»: nobody else stands between the word and the person."""
    first = max([scope.start, *(c.end for c in scope.of("PERSON") if c.end <= person.start)])
    words = scope.ws.lemmas[max(first, person.start - TOGETHER) : person.start]
    return not scope.lexicon.witness.isdisjoint(words)


def _signs(scope: Scope, person: Candidate, verb: int) -> bool:
    if distance(person, verb) > 3 * PLACE_REACH:
        return False
    signs = _signs_english if scope.ws.languages[verb] == "en" else _signs_russian
    return signs(scope, person, verb) or _is_between(scope, person)


def _is_between(scope: Scope, person: Candidate) -> bool:
    """ "Signed between Mayor X of A and Governor Y of B": one of those behind "between"."""
    ws = scope.ws
    for at in range(person.start - 1, max(scope.start, person.start - TOGETHER) - 1, -1):
        if ws.lowers[at] in scope.lexicon.between:
            return True
        if ws.tags[at] in ("VERB", "AUX"):
            return False
    return False


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
    ws, mention = scope.ws, scope.mention
    if person.start > verb and ws.lowers[person.end : person.end + 1] == ["for"]:
        return True
    between = ws.lowers[min(verb, person.start) : max(verb, person.start)]
    if person.start > verb:
        by = "by" in between and not _is_sentence_between(ws, verb, person.start)
        return by or "with" in between[-TOGETHER:]
    told_behind = person.end <= mention.start and verb >= mention.end and not scope.follows
    return "by" not in between and not told_behind


def _is_sentence_between(ws: Workspace, start: int, end: int) -> bool:
    """Whether a period that is no abbreviation's stands between: "… by X. – Y / Photo"."""
    return any(
        ws.words[at] == "." and len(ws.words[at - 1]) > LONGEST_SHORT
        for at in range(start + 1, end)
    )


def _signs_russian(scope: Scope, person: Candidate, verb: int) -> bool:
    """«X и Y подписали», «подписан X и Y», «подписал с X»: the case that the verb's voice asks for."""
    ws = scope.ws
    passive = any(reading.grammemes & {"PRTS", "pssv"} for reading in ws.readings[verb][:1])
    cases = getattr(person.data, "cases", frozenset()) or frozenset({"nomn", "ablt"})
    as_written = getattr(person.data, "nominative", None) == ws.phrase(person.start, person.end)
    together = bool({"с", "со"} & set(ws.lowers[max(0, person.start - 5) : person.start]))
    instrumental = "ablt" in cases and not (as_written and "nomn" in cases)
    if passive:
        return instrumental and (person.start > verb or not together)
    if ws.tags[verb] == "NOUN" and verb < person.start <= verb + GAP:
        return "gent" in cases or instrumental  # «стоит подпись мэра …», «подписание мэром …»
    return (as_written and "nomn" in cases) or (together and instrumental)
