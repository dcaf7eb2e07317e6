"""The sides of an agreement: what rules are sure of, each way to tell them one, in their order.

The parties come from the words behind the instrument («между … и …», "with …"), from who signs it
(«Мэры X и Y подписали …», "signed by …"), from the list item that it stands in, from the sentence
before; of the other names near it, those that are likely (see
:mod:`pobratim.stages.agreement_likely`). What only the layout tells (the section's city, the page's
owner) is kept apart as *implied*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.agreement_features import Case
from pobratim.stages.agreement_follow import sides
from pobratim.stages.agreement_likely import likely
from pobratim.stages.agreement_lists import nearest
from pobratim.stages.agreement_named import (
    behind_between,
    behind_with,
    entering,
    entry,
    entry_behind,
    named_before,
    owner_of_plan,
    paired,
    possessors,
)
from pobratim.stages.agreement_near import near
from pobratim.stages.agreement_signers import (
    lead_of_list,
    signed_for,
)
from pobratim.stages.agreement_signing import is_beside_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from pobratim.stages.agreement_scope import Scope
    from pobratim.stages.sections import Sections
    from pobratim.stages.workspace import Candidate

__all__ = ["PARTY_RULES", "case_of", "parties_of"]


PARTY_RULES: tuple[
    tuple[str, float, Callable[[Scope, dict[int, list[Candidate]]], list[Candidate]]], ...
] = (
    ("between", 0.95, behind_between),
    ("plan", 0.85, owner_of_plan),
    ("possessor", 0.9, possessors),
    ("with", 0.9, behind_with),
    ("entering", 0.85, entering),
    ("name", 0.85, named_before),
    ("pair", 0.85, paired),
    ("side", 0.85, signed_for),
    ("lead", 0.8, lead_of_list),
)

ENTRY_RULES = (("entry", 0.8, entry), ("entry-behind", 0.7, entry_behind))


def parties_of(case: Case) -> list[tuple[Candidate, float, str]]:
    """The sides of an agreement, each with a score and the rule that found it."""
    found = case.found + likely(case)
    return found or _entry(case.scope, case.by_sentence)


def case_of(
    scope: Scope,
    by_sentence: dict[int, list[Candidate]],
    follows: list[Scope],
    layout: Sections,
) -> Case:
    """An agreement with the sides that rules are sure of and all other names near it."""
    found = sure(scope, by_sentence, follows)
    return Case(scope, by_sentence, layout, list(near(scope, by_sentence, follows)), found)


def sure(
    scope: Scope, by_sentence: dict[int, list[Candidate]], follows: list[Scope]
) -> list[tuple[Candidate, float, str]]:
    """The sides that the rules name, in the order of the rules."""
    found: list[tuple[Candidate, float, str]] = []
    seen: set[str | int] = set()
    for rule, score, finder in PARTY_RULES:
        if len(found) >= 2:
            break
        for party in finder(scope, by_sentence):
            key = party.entity or id(party)
            if key not in seen:
                seen.add(key)
                found.append((party, score, rule))
    if not found and scope.verb is None:
        found = _entry(scope, by_sentence)
        seen.update(party.entity or id(party) for party, _, _ in found)
    seen.update(_seats(scope, [party for party, _, _ in found]))
    for clause in follows:
        for side in sides(clause):
            if (side.entity or id(side)) not in seen:
                seen.add(side.entity or id(side))
                near_it = nearest(scope, side)
                side = side if is_beside_date(scope, near_it) else near_it
                found.append((side, 0.8, "side"))
    return found


def _seats(scope: Scope, parties: list[Candidate]) -> set[str]:
    """The cities that the names of bodies hold: who signs for one signs for its body."""
    bodies = [party for party in parties if party.label == "ORGANIZATION"]
    cities = [c for c in scope.inside if c.label == "CITY" and c.entity]
    return {c.entity for c in cities if c.entity and any(body.covers(c) for body in bodies)}


def _entry(
    scope: Scope, by_sentence: dict[int, list[Candidate]]
) -> list[tuple[Candidate, float, str]]:
    """What a list's entry tells, which leaves the other side to the list."""
    for rule, score, finder in ENTRY_RULES:
        found = [(party, score, rule) for party in finder(scope, by_sentence)]
        if found:
            return found
    return []
