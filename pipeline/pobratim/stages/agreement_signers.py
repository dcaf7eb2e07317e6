"""The sides that sign: subjects and agents of the verb, and what the signatories hold office in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.agreement_follow import sides
from pobratim.stages.agreement_lists import is_oblique, nearest
from pobratim.stages.agreement_scope import (
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
    "lead_of_list",
    "offices_of_signatories",
    "signed_for",
]

PLACE_REACH = 14


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
