"""The sides of an agreement: each way to tell them is a rule, and their order is the policy.

The parties come from the words behind the instrument («между … и …», "with …"), from who signs it
(«Мэры X и Y подписали …», "signed by …"), from the list item that it stands in, from the sentence
before. What only the layout tells (the section's city, the page's owner) is kept apart as *implied*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.agreement_context import near, sentence_before, visit
from pobratim.stages.agreement_follow import sides
from pobratim.stages.agreement_named import (
    behind_between,
    behind_with,
    between_before,
    entry,
    entry_behind,
    genitive,
    named_before,
    owner_of_plan,
    signed_with,
)
from pobratim.stages.agreement_signers import (
    agent,
    lead_of_list,
    offices_of_signatories,
    signed_for,
    signing_subject,
    subject_behind,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pobratim.stages.agreement_scope import Scope
    from pobratim.stages.workspace import Candidate

__all__ = ["PARTY_RULES", "parties_of"]

FOR_WANT_OF_OTHERS = frozenset(
    {"before", "sentence-before", "entry", "entry-behind", "near", "visit"}
)
"""Rules that are asked only where no other has found a side."""

PARTY_RULES: tuple[
    tuple[str, float, Callable[[Scope, dict[int, list[Candidate]]], list[Candidate]]], ...
] = (
    ("between", 0.95, behind_between),
    ("plan", 0.85, owner_of_plan),
    ("with", 0.9, behind_with),
    ("name", 0.85, named_before),
    ("signed-with", 0.85, signed_with),
    ("agent", 0.85, agent),
    ("side", 0.85, signed_for),
    ("subject", 0.9, signing_subject),
    ("subject-behind", 0.85, subject_behind),
    ("genitive", 0.8, genitive),
    ("office", 0.8, offices_of_signatories),
    ("lead", 0.8, lead_of_list),
    ("before", 0.75, between_before),
    ("sentence-before", 0.6, sentence_before),
    ("entry", 0.8, entry),
    ("entry-behind", 0.7, entry_behind),
    ("visit", 0.7, visit),
    ("near", 0.6, near),
)


def parties_of(
    scope: Scope, by_sentence: dict[int, list[Candidate]], follows: list[Scope]
) -> list[tuple[Candidate, float, str]]:
    """The sides of an agreement, each with a score and the rule that found it."""
    found: list[tuple[Candidate, float, str]] = []
    seen: set[str | int] = set()
    for rule, score, finder in PARTY_RULES:
        if len(found) >= 2 or (found and rule in FOR_WANT_OF_OTHERS):
            break
        for party in finder(scope, by_sentence):
            key = party.entity or id(party)
            if key not in seen:
                seen.add(key)
                found.append((party, score, rule))
    for clause in follows:
        found += [
            (side, 0.8, "side") for side in sides(clause) if (side.entity or id(side)) not in seen
        ]
    return found
