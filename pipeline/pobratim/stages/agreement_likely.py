"""The sides that no rule is sure of: of the names near an agreement those that are likely enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.learned import weights
from pobratim.stages.agreement_features import features

if TYPE_CHECKING:
    from pobratim.stages.agreement_features import Case
    from pobratim.stages.workspace import Candidate

__all__ = ["WEIGHTS", "likely"]

WEIGHTS = "sides_of_agreements"


def likely(case: Case) -> list[tuple[Candidate, float, str]]:
    """The likely sides in text order, each once and with its probability as score.

    A name within another that is taken, or round one, is none: the body signs or its city does.
    """
    known = weights(WEIGHTS)
    weighed = [(known.probability(features(case, one)), one.name) for one in case.undecided()]
    chosen: dict[str | int, tuple[Candidate, float, str]] = {}
    for probability, name in sorted(weighed, key=lambda one: (-one[0], one[1].start)):
        if probability < known.enough:
            break
        key = name.entity or id(name)
        if key not in chosen and not any(name.overlaps(one) for one, _, _ in chosen.values()):
            chosen[key] = name, probability, "likely"
    return sorted(chosen.values(), key=lambda one: one[0].start)
