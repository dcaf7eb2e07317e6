"""Lists of sides, and whether the words before a name let it be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.agreement_scope import (
    GAP,
    PARTIES,
    Scope,
    distance,
    may_be_subject,
    outermost,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Candidate, Workspace


__all__ = ["is_oblique", "listed", "nearest", "subject_end"]

JOINERS = frozenset({",", ";", "и", "and", "&", "with", "с", "а", "–", "-"})


def listed(scope: Scope, start: int) -> Iterator[Candidate]:
    """The parties of a list that begins at word ``start``: «городами X (РФ) и Y провинции Z»."""
    ws = scope.ws
    known = {c.start: c for c in reversed(outermost(scope.of(*PARTIES)))}
    at, depth, strange, count = start, 0, 0, 0
    joined = True
    last_label = ""
    while at < scope.end:
        word, candidate = ws.words[at], known.get(at)
        if word in "([":
            depth += 1
        elif word in ")]":
            depth = max(0, depth - 1)
        elif candidate and not depth:
            of_body = ws.words[candidate.end : candidate.end + 1] in (["'s"], ["’s"])
            if joined and not of_body and not _modifies_last(ws, candidate, last_label, at):
                count += 1
                last_label = candidate.label
                joined = False
                yield candidate
            strange = 0
            at = candidate.end
            continue
        elif word == ":" and not count:
            joined = True
        elif not depth and (ws.tags[at] in ("VERB", "AUX") or word in ".;:!?" or strange >= GAP):
            if word != "." or at + 1 >= scope.end or ws.words[at - 1].lower() not in ("г", "гг"):
                return
        elif not depth and ws.lowers[at] in scope.lexicon.stop:
            return
        elif not depth and ws.lowers[at] in JOINERS:
            joined = True
        elif not depth and word.isalpha() and ws.tags[at] not in ("CCONJ", "DET", "ADP"):
            strange += 1
            if count >= 2 and strange > 2:
                return
        at += 1


def _modifies_last(ws: Workspace, candidate: Candidate, last_label: str, at: int) -> bool:
    """Whether a region or country only says where the city before it lies: «Ухань провинции Хубэй»."""
    if last_label != "CITY" or candidate.label not in ("REGION", "COUNTRY"):
        return False
    before = at - 1
    while before > 0 and ws.words[before].isalpha() and ws.tags[before] == "NOUN":
        before -= 1
    return ws.lowers[before] not in ("и", "and", "&")


def nearest(scope: Scope, party: Candidate) -> Candidate:
    """The mention of the same place that stands nearest to the instrument in its sentence."""
    same = [c for c in scope.of(party.label) if c.entity and c.entity == party.entity]
    return min(same or [party], key=lambda c: distance(c, scope.mention.start))


def subject_end(scope: Scope) -> int:
    return scope.use.subject[1] if scope.use.subject else scope.mention.end


def is_oblique(ws: Workspace, candidate: Candidate, *, cases: bool = True) -> bool:
    """Whether the name cannot be a subject: «в Казани», "in Kazan", a genitive."""
    first = ws.sentences[ws.sentence_of[candidate.start]][0]
    lexicon = placing_lexicon().get(ws.languages[candidate.start])
    before = candidate.start - 1
    while before >= first and (
        ws.words[before] == "."
        or ws.tags[before] == "ADJ"
        or (lexicon and ws.lemmas[before] in lexicon.city)
    ):
        before -= 1
    if before >= first and lexicon and ws.lowers[before] in lexicon.locative:
        return True
    return cases and not may_be_subject(ws, candidate)
