"""The sides that no rule has named: what else the clause, or the sentence before, speaks of.

A name near an agreement is one of its sides unless it stands as something else (see
:mod:`pobratim.stages.agreement_stances`); so the likeliest fill up the two that an agreement has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pobratim.stages.agreement_scope import distance
from pobratim.stages.agreement_signing import is_beside_date
from pobratim.stages.agreement_stances import LIKELIHOOD, Standing, stances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.agreement_scope import Scope
    from pobratim.stages.workspace import Candidate

__all__ = ["rest"]

ENOUGH = 0.5
SIDES = 2
REACH = 4
OUTSIDE = 0.15
"""What a side of the sentence before is less sure than one of the clause."""
REGION_STANCES = frozenset({"with", "agent", "office"})
BODY_STANCES = frozenset({"with", "agent", "office"})


class _Zone(NamedTuple):
    """A part of the text that may tell the sides, and the names in it."""

    rule: str
    names: list[Candidate]


def rest(
    scope: Scope, found: list[Candidate], by_sentence: dict[int, list[Candidate]], most: int
) -> list[tuple[Candidate, float, str]]:
    """The likeliest other names, until there are ``most`` sides."""
    sides: set[str | int] = {one.entity or id(one) for one in found}
    chosen: list[tuple[Candidate, float, str]] = []
    for zone in _zones(scope, by_sentence):
        groups = _likely(scope, zone.names, beside=bool(found))
        likely = [one for group in groups for one in group]
        outside = zone.rule == "last"
        if outside and (
            most > SIDES or not _fits({one.name.entity or id(one.name) for one in likely}, sides)
        ):
            break
        for group in groups:
            if len(sides) >= most:
                break
            for one in group:
                key = one.name.entity or id(one.name)
                if key not in sides:
                    sides.add(key)
                    score = LIKELIHOOD[one.stance] - OUTSIDE * outside
                    chosen.append((_nearest(scope, one.name, likely), score, zone.rule))
    return chosen


def _fits(before: set[str | int], sides: set[str | int]) -> bool:
    """Whether the sentence before speaks of these two alone, and of the one that is known."""
    return len(before | sides) <= SIDES and (not sides or len(before & sides) == 1)


def _nearest(scope: Scope, name: Candidate, likely: list[Standing]) -> Candidate:
    """The mention of the same thing that stands nearest to the instrument."""
    same = [one.name for one in likely if one.name.entity and one.name.entity == name.entity]
    return min([name, *same], key=lambda c: distance(c, scope.mention.start))


def _zones(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> Iterator[_Zone]:
    """The clause; then the sentence before in the same paragraph, unless it tells of another one."""
    ws, mention = scope.ws, scope.mention
    number = ws.sentence_of[mention.start]
    whole = by_sentence.get(number, [])
    others = [c.end for c in whole if c.label == "AGREEMENT" and c.end <= mention.start]
    last = max(others, default=-1)
    if "|" not in ws.words[scope.start : scope.end]:
        inside = [c for c in whole if scope.start <= c.start < scope.end]
        yield _Zone("clause", [c for c in inside if not _is_of_other(scope, c, last)])
    if others or not number:
        return
    start, end = ws.sentences[number - 1]
    before = by_sentence.get(number - 1, [])
    lemmas = set(ws.lemmas[start:end])
    told = any(ws.tags[at] in ("VERB", "AUX") for at in range(start, end))
    if (
        ws.block_of[start] == ws.block_of[mention.start]
        and not any(c.label == "AGREEMENT" for c in before)
        and not lemmas & (scope.lexicon.sign - scope.lexicon.sign_weak)
        and (told or len({c.entity for c in before if c.label == "CITY"}) == SIDES)
    ):
        yield _Zone("last", [c for c in before if c.label not in ("COUNTRY", "ORGANIZATION")])


def _is_of_other(scope: Scope, name: Candidate, last: int) -> bool:
    """Whether it belongs to the instrument before, or to a clause behind this one."""
    ws, mention = scope.ws, scope.mention
    if name.start > mention.start:
        return ";" in ws.words[mention.end : name.start]
    between = range(name.end, mention.start)
    return name.start >= last >= 0 and not any(ws.tags[at] in ("VERB", "AUX") for at in between)


def _likely(scope: Scope, names: list[Candidate], *, beside: bool) -> list[list[Standing]]:
    """The names that may be sides as they stand, a list at a time, the likeliest first.

    ``beside`` one that is known only those who act are.
    """
    groups: dict[int, list[Standing]] = {}
    standing = stances(scope, names)
    if scope.use.instrument == "plan" and scope.verb is None:
        standing = [one for one in standing if one.stance == "with"]
    for one in standing:
        if beside and one.stance == "with":
            continue
        if LIKELIHOOD[one.stance] >= ENOUGH and _may_be_side(scope, one):
            groups.setdefault(one.group, []).append(one)
    labels = {one.name.label for group in groups.values() for one in group}
    ranked = sorted(
        groups.values(),
        key=lambda group: (
            -LIKELIHOOD[group[0].stance],
            min(distance(one.name, scope.mention.start) for one in group),
        ),
    )
    kept = [[one for one in group if _is_of_rank(scope, one, labels)] for group in ranked]
    return [group for group in kept if group]


def _may_be_side(scope: Scope, one: Standing) -> bool:
    name, subject = one.name, scope.use.subject
    if subject and subject[0] <= name.start < subject[1] and one.stance != "actor":
        return False
    if name.overlaps(scope.mention) or is_beside_date(scope, name):
        return False
    return name.label != "ORGANIZATION" or _signs(scope, one)


def _is_of_rank(scope: Scope, one: Standing, labels: set[str]) -> bool:
    """Whether a name is of the kind that signs here: a country not beside cities and bodies."""
    if one.name.label == "COUNTRY":
        return scope.verb is not None and labels == {"COUNTRY"}
    return one.name.label != "REGION" or one.stance in REGION_STANCES or "CITY" not in labels


def _signs(scope: Scope, one: Standing) -> bool:
    """Whether a body is a side: it signs, or somebody signs with it."""
    ws, name, mention = scope.ws, one.name, scope.mention
    if one.stance == "bare" and name.end <= mention.start:
        verbs = (at for at in range(name.end, mention.start) if ws.tags[at] in ("VERB", "AUX"))
        makes = scope.lexicon.sign | scope.lexicon.kept | scope.lexicon.negotiation
        return any(ws.lemmas[at] in makes for at in verbs)
    if scope.verb is None:
        return False
    if one.stance == "bare":
        return 0 < name.start - scope.verb <= REACH
    if one.stance == "agent" and ws.languages[name.start] == "en":
        return not scope.lexicon.sign.isdisjoint(ws.lemmas[max(0, name.start - REACH) : name.start])
    return one.stance in BODY_STANCES
