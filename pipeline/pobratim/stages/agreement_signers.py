"""The sides that sign: subjects and agents of the verb, and what the signatories hold office in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.agreement_follow import sides
from pobratim.stages.agreement_lists import is_bare, is_oblique, listed, nearest
from pobratim.stages.agreement_scope import (
    GAP,
    PARTIES,
    Scope,
    has_case,
    may_be_subject,
    outermost,
)
from pobratim.stages.agreement_signatories import signatories

if TYPE_CHECKING:
    from pobratim.stages.workspace import Candidate


__all__ = [
    "agent",
    "lead_of_list",
    "offices_of_signatories",
    "signed_for",
    "signing_subject",
    "subject_behind",
]

PLACE_REACH = 14
BEHIND = 3


def signed_for(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«от имени X подписал …», "signed on behalf of X by …"."""
    return list(sides(scope))


def offices_of_signatories(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«подписан мэром X И. Ивановым», «подписанное мэрами X и Y»: what those who sign are of."""
    ws, verb = scope.ws, scope.verb
    if verb is None:
        return []
    roles = [role for one in signatories(scope) for role in scope.held.get(id(one), ())]
    english = ws.languages[verb] == "en"
    for role in scope.of("ROLE"):
        behind = verb < role.start <= verb + PLACE_REACH
        by = "by" in ws.lowers[verb : role.start] if english else has_case(ws, role, "ablt")
        if behind and by and role not in roles:
            roles.append(role)
    owners = [owner for role in roles for owner in scope.offices.get(id(role), ())]
    return [nearest(scope, owner) for owner in owners]


def agent(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«заключённый администрацией города», "signed by the mayors of": who signs, behind the verb."""
    ws, verb = scope.ws, scope.verb
    if verb is None or verb < scope.mention.end:
        return []
    english = ws.languages[verb] == "en"
    near = [c for c in outermost(scope.of(*PARTIES)) if verb < c.start <= verb + PLACE_REACH]
    for party in near:
        between = range(verb + 1, party.start)
        if any(ws.tags[at] in ("VERB", "AUX") or ws.words[at] in ".;" for at in between):
            break
        if english and "by" in ws.lowers[max(verb, party.start - BEHIND - 1) : party.start]:
            return [nearest(scope, one) for one in listed(scope, party.start)]
        oblique = is_oblique(ws, party, cases=False)
        if not english and not oblique and has_case(ws, party, "ablt") and is_bare(ws, party):
            return list(listed(scope, party.start))
    return []


def subject_behind(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Договор подписали города X и Y», «… заключили мэры X и Y»: the subject behind its verb."""
    ws, verb = scope.ws, scope.verb
    if verb is None or ws.languages[verb] == "en" or verb < scope.mention.start:
        return []
    if not any(
        "VERB" in reading.pos and "past" in reading.grammemes for reading in ws.readings[verb][:1]
    ):
        return []
    for role in scope.of("ROLE"):
        owners = scope.offices.get(id(role), [])
        if verb < role.start <= verb + BEHIND and owners and may_be_subject(ws, role):
            return list(owners)
    near = [c for c in outermost(scope.of(*PARTIES)) if verb < c.start <= verb + BEHIND]
    near = [c for c in near if may_be_subject(ws, c) and is_bare(ws, c)]
    return list(listed(scope, near[0].start)) if near else []


def signing_subject(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Мэры X и Y подписали …», "X and Y signed …": who stands before the signing verb."""
    ws = scope.ws
    verb = _verb_before(scope) if scope.verb is None else scope.verb
    if verb is None or verb > scope.mention.start or ws.tags[verb] == "NOUN":
        return []
    of_roles = [
        owner
        for role in scope.of("ROLE")
        if verb - PLACE_REACH < role.start < verb and may_be_subject(ws, role)
        for owner in scope.offices.get(id(role), ())
    ]
    if of_roles:
        return of_roles
    subject = [c for c in scope.of(*PARTIES) if c.end <= verb]
    subject = [c for c in outermost(subject) if not is_oblique(ws, c)]
    subject = [c for c in subject if ws.words[c.start - 1] not in "(["]
    if any(c.label == "CITY" for c in subject):
        subject = [c for c in subject if c.label in ("CITY", "ORGANIZATION")]
    if subject and verb - subject[-1].end <= BEHIND:
        return subject
    if len(subject) == 1 and verb - subject[0].end <= PLACE_REACH:
        return subject
    return []


def _verb_before(scope: Scope) -> int | None:
    """The verb that has the instrument as its object: «X и Y готовят меморандум», "X has a pact with"."""
    ws = scope.ws
    for at in range(scope.mention.start - 1, max(scope.start, scope.mention.start - GAP) - 1, -1):
        if ws.words[at] in ".;:,":
            return None
        if ws.tags[at] in ("VERB", "AUX"):
            return at
    return None


def lead_of_list(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Администрацией города X подписаны: Соглашение с Y; …»: who signs, in the list's lead."""
    ws, verb = scope.ws, scope.verb
    if verb is None or ws.sentence_of[verb] == ws.sentence_of[scope.mention.start]:
        return []
    near = outermost([c for c in by_sentence.get(ws.sentence_of[verb], ()) if c.label in PARTIES])
    near = [c for c in near if not is_oblique(ws, c, cases=False)]
    if ws.languages[verb] != "en":
        near = [c for c in near if has_case(ws, c, "ablt") or may_be_subject(ws, c)]
    return near if len(near) == 1 else []
