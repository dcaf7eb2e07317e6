"""What tells whether a name near an agreement is one of its sides, as names of features.

Each function looks at one thing: how the name stands, what leads to it, what lies between it and
the instrument, what else is there. Nothing here says yes or no; the weights of
``data/learned`` do, which are learnt from marked texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pobratim.lexicon.sides import side_words
from pobratim.stages.agreement_near import REACH, within_reach
from pobratim.stages.agreement_scope import Scope, distance
from pobratim.stages.agreement_signing import is_beside_date
from pobratim.stages.agreement_stances import cases_of, governor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pobratim.stages.agreement_near import Near
    from pobratim.stages.sections import Sections
    from pobratim.stages.workspace import Candidate

__all__ = ["Case", "features"]

STEPS = (0, 1, 2, 4, 7, 11, 16, 25)
MANY = 4
PAIR = 2
OPENING = 2
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


@dataclass(slots=True)
class Case:
    """An agreement with all names near it; ``found`` are the sides that a rule is sure of."""

    scope: Scope
    by_sentence: dict[int, list[Candidate]]
    layout: Sections
    near: list[Near]
    found: list[tuple[Candidate, float, str]]

    def undecided(self) -> Iterator[Near]:
        """The names that are not a sure side, nor within one, nor round one."""
        taken = [party for party, _, _ in self.found]
        seen = {party.entity or id(party) for party in taken}
        for one in self.near:
            if (one.name.entity or id(one.name)) in seen:
                continue
            if not any(one.name.overlaps(party) for party in taken):
                yield one

    def names(self, one: Near) -> list[Candidate]:
        """What stands in the sentence of a name, near enough to the instrument."""
        number = self.scope.ws.sentence_of[one.name.start]
        return within_reach(self.scope, self.by_sentence.get(number, []))

    def between(self, one: Near) -> range:
        """The words between a name and the instrument, the last of them where there are many."""
        mention, name = self.scope.mention, one.name
        first, last = sorted((mention, name), key=lambda c: c.start)
        return range(max(first.end, last.start - 2 * REACH), max(first.end, last.start))


def features(case: Case, one: Near) -> list[str]:
    """The names of what holds for one name of a case."""
    return [feature for tell in TELLING for feature in tell(case, one)]


def _standing(case: Case, one: Near) -> Iterator[str]:
    label, stance = one.name.label, one.stance
    yield from (f"zone={one.zone}", f"label={label}", f"stance={stance}")
    yield f"stance={stance} zone={one.zone}"
    yield f"stance={stance} label={label}"
    yield f"language={case.scope.ws.languages[case.scope.mention.start]}"
    if one.outer is not None:
        yield f"in={one.outer.label}"


def _distance(case: Case, one: Near) -> Iterator[str]:
    mention, name = case.scope.mention, one.name
    order = "after" if name.start >= mention.end else "before"
    far = distance(name, mention.start if order == "before" else mention.end - 1)
    step = next((step for step in STEPS if far <= step), 99)
    yield f"{order} {one.zone}"
    yield f"{order} far={step}"


def _between(case: Case, one: Near) -> Iterator[str]:
    ws, lexicon = case.scope.ws, case.scope.lexicon
    between = case.between(one)
    lowers = {ws.lowers[at] for at in between}
    if any(ws.tags[at] in ("VERB", "AUX") for at in between):
        yield "verb between"
    if any(ws.lemmas[at] in lexicon.sign for at in between):
        yield "signing between"
    if ";" in lowers:
        yield "semicolon between"
    if lowers & lexicon.with_:
        yield "with between"
    if lowers & lexicon.between:
        yield "between between"
    for other in case.names(one):
        if other is case.scope.mention or other is one.name or other.start not in between:
            continue
        if other.label == "AGREEMENT":
            yield "instrument between"
            break
    if any(
        other.name is not one.name
        and other.name.entity
        and other.name.entity == one.name.entity
        and other.name.start in between
        for other in case.near
    ):
        yield "named again between"


def _scope(case: Case, one: Near) -> Iterator[str]:
    scope = case.scope
    if scope.start <= one.name.start < scope.end:
        yield "in scope"
    if scope.verb is not None:
        yield "scope has verb"
    if scope.ruled:
        yield "ruled"
    yield f"instrument={scope.use.instrument}"
    if scope.use.plural:
        yield "plural"
    bare = scope.mention.end - scope.mention.start == 1 and scope.use.subject is None
    if bare:
        yield f"bare instrument {one.zone}"
    before = slice(max(0, scope.mention.start - 1), scope.mention.start)
    if not scope.lexicon.pointing.isdisjoint(scope.ws.lemmas[before]):
        yield f"pointing {one.zone}"
    subject = scope.use.subject
    if subject and subject[0] <= one.name.start < subject[1]:
        yield "in subject"
        yield f"in subject stance={one.stance}"


def _crowd(case: Case, one: Near) -> Iterator[str]:
    """How many sides there may be, and whether this one is of a pair or a list."""
    name = one.name
    same = [
        c
        for c in case.near
        if c.zone == one.zone and c.name.label == name.label and c.outer is None
    ]
    yield f"of label={min(MANY, len({c.name.entity or id(c.name) for c in same}))}"
    yield f"labels={min(MANY, len({c.name.label for c in case.near if c.zone == one.zone}))}"
    group = [c for c in case.near if c.zone == one.zone and c.group == one.group]
    yield f"group={min(MANY, len(group))}"
    mention = case.scope.mention
    nearer = [
        c
        for c in same
        if (c.name.start < mention.start) == (name.start < mention.start)
        and abs(c.name.start - mention.start) < abs(name.start - mention.start)
    ]
    yield f"nearer={min(MANY, len({c.name.entity or id(c.name) for c in nearer}))} {one.zone}"


def _lead(case: Case, one: Near) -> Iterator[str]:
    """The word that leads to the name, and the one behind it."""
    ws, lexicon, name = case.scope.ws, case.scope.lexicon, one.name
    first, last = ws.sentences[ws.sentence_of[name.start]]
    at = governor(ws, name, first)
    lead = (
        "^" if at < first else ws.lowers[at] if ws.lowers[at] in side_words().leads else ws.tags[at]
    )
    yield f"lead={lead}"
    yield f"lead={lead} {one.zone}"
    if at >= first and ws.lemmas[at] in lexicon.actors:
        yield "lead acts"
    if at >= first and case.scope.mention.start <= at < case.scope.mention.end:
        yield "lead is instrument"
    behind = "$" if name.end >= last else ws.lowers[name.end]
    behind = behind if behind in side_words().behind or behind == "$" else ws.tags[name.end]
    yield f"behind={behind}"
    if name.start - first <= OPENING:
        yield f"opens {one.zone}"
    if name.start and ws.words[name.start - 1] == "(":
        yield "bracketed"
    if ws.languages[name.start] == "ru":
        cases = cases_of(ws, name)
        yield from (f"case={mark}" for mark in CASES if mark in cases)


def _signing(case: Case, one: Near) -> Iterator[str]:
    """What the sentence of the name tells of signing, and on which side of it the name stands."""
    ws, lexicon, name = case.scope.ws, case.scope.lexicon, one.name
    start, end = ws.sentences[ws.sentence_of[name.start]]
    start, end = max(start, name.start - REACH), min(end, name.end + REACH)
    strong = lexicon.sign - lexicon.sign_weak
    signs = [at for at in range(start, end) if ws.lemmas[at] in strong]
    sign = min(signs, key=lambda at: distance(name, at), default=None)
    place = (
        "no signing"
        if sign is None
        else "signing before"
        if sign < name.start
        else "signing behind"
    )
    yield f"{place} {one.zone}"
    yield f"{place} stance={one.stance}"
    if sign is not None:
        yield from _to_signing(case, one, sign)
    if any(ws.lemmas[at] in lexicon.visit for at in range(start, name.start)):
        yield f"visit before {one.zone}"
    if one.zone == "here" and is_beside_date(case.scope, name):
        yield "beside date"
    if one.zone != "here" and any(c.label == "AGREEMENT" for c in case.names(one)):
        yield f"other instrument {one.zone}"


def _to_signing(case: Case, one: Near, sign: int) -> Iterator[str]:
    """How far the name stands from the word of signing, and what is between."""
    ws, lexicon, name = case.scope.ws, case.scope.lexicon, one.name
    between = range(sign + 1, name.start) if sign < name.start else range(name.end, sign)
    side = "behind" if sign < name.start else "before"
    if len(between) <= OPENING:
        yield f"{side} signing, near stance={one.stance}"
    if any(ws.tags[at] == "VERB" for at in between):
        yield f"{side} signing, verb between"
    if any(ws.lowers[at] in lexicon.contrast for at in between):
        yield f"{side} signing, contrast between"
    if side == "behind" and "by" in ws.lowers[sign : name.start]:
        yield "signed by"


def _page(case: Case, one: Near) -> Iterator[str]:
    """Whether the page or the section is of this city, and what kind of line it is."""
    ws, layout, name = case.scope.ws, case.layout, one.name
    block = ws.block_of[case.scope.mention.start]
    topic = layout.topics[block] if layout.topics else None
    if name.entity and name.entity == layout.owner:
        yield "owner"
    if name.entity and topic is not None and name.entity == topic.entity:
        yield "topic"
    yield f"block={ws.blocks[block].kind}"


def _holder(case: Case, one: Near) -> Iterator[str]:
    """Whether it is what an office or a body that acts is of."""
    scope = case.scope
    roles = [role for role in case.names(one) if role.label == "ROLE"]
    offices = [id(owner) for role in roles for owner in scope.offices.get(id(role), ())]
    if id(one.name) in offices:
        yield "office of"
    acts = scope.lexicon.actors
    if one.outer is not None and not acts.isdisjoint(
        scope.ws.lemmas[one.outer.start : one.outer.end]
    ):
        yield "in seat"
        if id(one.outer) in offices:
            yield "in seat of office"
    if one.name.label == "ORGANIZATION" and not acts.isdisjoint(
        scope.ws.lemmas[one.name.start : one.name.end]
    ):
        yield "seat"
        if id(one.name) in offices:
            yield "seat of office"


def _found(case: Case, one: Near) -> Iterator[str]:
    """What the rules are sure of beside this name."""
    found = [party for party, _, _ in case.found]
    many = min(PAIR, len({party.entity or id(party) for party in found}))
    yield f"found={many} {one.zone}"
    yield f"found={many} stance={one.stance}"
    yield from (f"found by={rule}" for rule in dict.fromkeys(rule for _, _, rule in case.found))
    if found:
        like = "like" if any(party.label == one.name.label for party in found) else "unlike"
        yield f"found {like} label={one.name.label}"


TELLING: tuple[Callable[[Case, Near], Iterator[str]], ...] = (
    _standing,
    _distance,
    _between,
    _scope,
    _crowd,
    _lead,
    _signing,
    _page,
    _holder,
    _found,
)
