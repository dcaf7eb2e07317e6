"""How a name stands in its sentence, and how likely a name that stands so is to be a side.

The word that governs a name says what it does there: «с X» and "by X" act, a bare «X» is subject or
object, «делегация X» and "the mayor of X" act through others, «в X» only says where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.agreement_scope import PARTIES, Scope, outermost

if TYPE_CHECKING:
    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["Stance", "Standing", "cases_of", "governor", "stances"]

Stance = Literal[
    "with", "bare", "agent", "actor", "office", "guest", "host", "owner", "where", "aside", "other"
]


class Standing(NamedTuple):
    """A name with its stance; names joined by «и» and commas are of one ``group``."""

    name: Candidate
    stance: Stance
    group: int


JOINTS = frozenset({",", "и", "and", "&", "–", "-", "—"})
COLONS = frozenset({"–", "-", "—", ":"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
OWN = 80
"""Words before the instrument that are looked at for a visit, when it stands in the next sentence."""
LIST_GAP = 8
UNBENT = frozenset("уоиеэюё")
BACK = 3
BRACKETS = 12
DATELINE = 12


def stances(scope: Scope, names: list[Candidate]) -> list[Standing]:
    """The outermost places and bodies of ``names``, which are of one sentence, with their stances."""
    ws = scope.ws
    of_office: dict[int, Stance] = {
        id(owner): "other" if _speaks(scope, role) else "office"
        for role in names
        if role.label == "ROLE"
        for owner in scope.offices.get(id(role), ())
    }
    dateline = _dateline(ws, names)
    inner = {at for c in names if c.label in ("DATE", "PERSON") for at in range(c.start, c.end)}
    found: list[Standing] = []
    for name in outermost([c for c in names if c.label in (*PARTIES, "EVENT")]):
        if name.label == "EVENT":
            continue
        last = _list_before(ws, name, found)
        stance: Stance
        if name.end <= dateline:
            stance = "aside"
        elif id(name) in of_office:
            stance = of_office[id(name)]
        else:
            stance = _among(ws, name, last) if last else _stance(scope, name, inner)
        found.append(Standing(name, stance, last.group if last else len(found)))
    return found


def _dateline(ws: Workspace, names: list[Candidate]) -> int:
    """Where the line of a news agency ends: "EUGENE, March 14 – …", «Псков, 5 мая. ТАСС – …»."""
    if not names:
        return 0
    start, end = ws.sentences[ws.sentence_of[names[0].start]]
    dash = next((at for at in range(start, min(end, start + DATELINE)) if ws.words[at] in "–—-"), 0)
    dated = any(c.label == "DATE" and start < c.start and c.end <= dash for c in names)
    return dash if dated and any(c.start == start for c in names) else 0


def _speaks(scope: Scope, role: Candidate) -> bool:
    """Whether the holder only tells of it: «сообщил мэр X», «по словам мэра X»."""
    before = range(max(0, role.start - BACK + 1), role.start)
    return any(scope.ws.lemmas[at] in scope.lexicon.speech for at in before)


def _list_before(ws: Workspace, name: Candidate, before: list[Standing]) -> Standing | None:
    """The member of the same list that stands before a name."""
    if not before:
        return None
    first = ws.sentences[ws.sentence_of[name.start]][0]
    at = governor(ws, name, first)
    joined = at >= first and ws.words[at] in JOINTS and _joined(ws, before[-1].name.end, at)
    return before[-1] if joined else None


def _among(ws: Workspace, name: Candidate, last: Standing) -> Stance:
    """The stance of the list, but «Лион, Франция» only says where Lyon is."""
    where = name.label in ("REGION", "COUNTRY") and last.name.label == "CITY"
    return "aside" if where and "," in ws.words[last.name.end : name.start] else last.stance


def _stance(scope: Scope, name: Candidate, inner: set[int]) -> Stance:
    ws = scope.ws
    first = ws.sentences[ws.sentence_of[name.start]][0]
    at = governor(ws, name, first)
    if at < name.start - 1 and (typed := _typed(scope, name)):
        return typed
    if at < first:
        return _alone(scope, name)
    if _is_antecedent(scope, name):
        return "with"
    if _is_bracketed(scope, name, first):
        return "aside"
    if ws.words[at] in COLONS and at > first and ws.lemmas[at - 1] in scope.lexicon.actors:
        return "actor"  # «мэры двух городов – X и Y»
    if at in inner or ws.words[at] in JOINTS or not ws.words[at][0].isalpha():
        return _alone(scope, name)
    if ws.languages[at] == "en":
        return _english(scope, name, at)
    return _russian(scope, name, at)


def _typed(scope: Scope, name: Candidate) -> Stance | None:
    """«побратимом X», «городов X и Y», "the cities of X and Y": what the type word tells."""
    ws = scope.ws
    at = name.start - 1
    if ws.languages[at] == "en":
        at -= ws.lowers[at] == "of"
        plural = (
            at >= 0 and ws.lowers[at] != ws.lemmas[at] and ws.lemmas[at] in scope.lexicon.actors
        )
        return "actor" if plural and ws.tags[at - 1] != "ADP" else None
    if name.label == "REGION" and ws.lemmas[at] in placing_lexicon()["ru"].named:
        return "aside"
    of_type = {mark for one in ws.readings[at] for mark in one.grammemes}
    cases = cases_of(ws, name)
    if ws.lemmas[at] not in scope.lexicon.actors:
        return None
    if any({"plur", "gent"} <= one.grammemes for one in ws.readings[at][:1]):
        return "actor"
    agrees = "gent" in of_type or "nomn" in cases
    return "actor" if "gent" in cases and not agrees else None


def _is_antecedent(scope: Scope, name: Candidate) -> bool:
    """«Оулу, с которым подписан договор», "Oulu, with which an agreement was signed"."""
    ws, lexicon = scope.ws, scope.lexicon
    at = name.end
    return (
        ws.words[at : at + 1] == [","]
        and at + 2 < len(ws)
        and ws.lowers[at + 1] in lexicon.with_
        and ws.lowers[at + 2] in lexicon.pronouns
    )


def _is_bracketed(scope: Scope, name: Candidate, first: int) -> bool:
    """Whether a name stands in brackets that the instrument is not in."""
    for at in range(name.start - 1, max(first, name.start - BRACKETS) - 1, -1):
        if scope.ws.words[at] in ")]" or at == scope.mention.start:
            return False
        if scope.ws.words[at] in "([":
            return scope.ws.lowers[at + 1] not in scope.lexicon.with_
    return False


def governor(ws: Workspace, name: Candidate, first: int) -> int:
    """The word before a name, its type word and adjectives: «с [немецким] [г.] Целле»."""
    types = placing_lexicon()[ws.languages[name.start]]
    at = name.start - 1
    while at >= first and (
        ws.words[at] in ".«“\"'"
        or ws.lowers[at] in ("the", "a")
        or (ws.lowers[at] == "of" and ws.lemmas[at - 1] in types.named | types.region_of)
        or (ws.tags[at] == "ADJ" and ws.words[at].isalpha())
        or ws.lemmas[at] in types.named | types.region_of
    ):
        at -= 1
    return at


def _joined(ws: Workspace, start: int, end: int) -> bool:
    """Whether nothing but brackets and type words stand between two names of a list."""
    if end - start > LIST_GAP:
        return False
    depth = 0
    for at in range(start, end):
        depth += (ws.words[at] == "(") - (ws.words[at] == ")")
        if not depth and ws.words[at] not in ")," and ws.words[at] not in JOINTS:
            return False
    return not depth


def _alone(scope: Scope, name: Candidate) -> Stance:
    """What a name is that no word governs: English tells by what follows, Russian by its case."""
    ws = scope.ws
    if ws.languages[name.start] == "en":
        return _by_what_follows(scope, name)
    cases = cases_of(ws, name)
    if not cases or cases & {"nomn", "accs", "Fixd"}:
        return "bare"
    return "agent" if "ablt" in cases else "other"


def cases_of(ws: Workspace, name: Candidate) -> set[str]:
    """What a name's form may be; nothing for one that is no word and ends as no name bends."""
    at = name.head if name.head is not None else name.start
    if ws.lowers[at][-1] in UNBENT and not is_known(ws.lowers[at]):
        return set()
    return {mark for one in ws.readings[at] for mark in one.grammemes}


def _by_what_follows(scope: Scope, name: Candidate) -> Stance:
    """ "Turku's agreement", "the Turku delegation", but "Turku students"."""
    ws = scope.ws
    at = name.end
    limit = ws.sentences[ws.sentence_of[name.start]][1]
    possessive = at < limit and ws.lowers[at] in POSSESSIVE
    at += possessive
    for index in range(at, min(limit, at + BACK)):
        if ws.lemmas[index] in scope.lexicon.actors:
            return "actor"
        if ws.tags[index] not in ("NOUN", "PROPN", "ADJ"):
            break
        if scope.mention.start <= index < scope.mention.end:
            return "owner"
    noun = at < limit and ws.tags[at] == "NOUN" and ws.lemmas[at] not in scope.lexicon.plan
    return "owner" if possessive else "other" if noun else "bare"


def _english(scope: Scope, name: Candidate, at: int) -> Stance:
    ws, lexicon = scope.ws, scope.lexicon
    lower = ws.lowers[at]
    if lower in lexicon.with_ or lower in lexicon.between:
        return "with"
    if lower == "by":
        return "agent"
    if lower == "of":
        return "actor" if _acts(scope, at - 1) else "other"
    if lower == "from":
        return "guest" if _acts(scope, at - 1) else "other"
    if lower == "to" and not lexicon.linking.isdisjoint(ws.lemmas[max(0, at - BACK) : at]):
        return "with"
    if lower in ("to", "in", "at"):
        return "host" if _visits(scope, at) else "where"
    if ws.tags[at] == "ADP":
        return "other"
    return _by_what_follows(scope, name)


def _russian(scope: Scope, name: Candidate, at: int) -> Stance:
    ws, lexicon = scope.ws, scope.lexicon
    lower = ws.lowers[at]
    cases = cases_of(ws, name)
    if lower in lexicon.with_ or lower in lexicon.between:
        return "other" if "gent" in cases and not cases & {"ablt", "Fixd"} else "with"
    if lower in ("в", "во"):
        return "host" if _visits(scope, at) else "where"
    if lower == "у":
        return "owner"
    if lower == "из":
        return "guest" if _acts(scope, at - 1) else "other"
    if ws.tags[at] == "ADP":
        return "other"
    if ws.tags[at] in ("NOUN", "PROPN"):
        if not cases or cases & {"gent", "Fixd"}:
            return "actor" if _acts(scope, at) else "other" if "nomn" not in cases else "bare"
        if ws.lemmas[at] in lexicon.instruments:
            return "with"
    return _alone(scope, name)


def _acts(scope: Scope, at: int) -> bool:
    """Whether the noun stands for a side: a delegation, a mayor, the instrument itself."""
    ws, lexicon = scope.ws, scope.lexicon
    lemma = ws.lemmas[at]
    if lemma in lexicon.actors or lemma in lexicon.instruments:
        return True
    subject = scope.use.subject
    bond = lexicon.purpose_of([ws.lowers[at]]) != "other"  # «о партнёрстве X и Y»
    return bool(bond and subject and subject[0] < at < subject[1])


def _visits(scope: Scope, at: int) -> bool:
    """Whether somebody goes there: «визит мэра X в Y», "arrived in Y"."""
    ws, visit = scope.ws, scope.lexicon.visit
    first = ws.sentences[ws.sentence_of[at]][0]
    if any(ws.lemmas[back] in visit for back in range(max(first, at - LIST_GAP), at)):
        return True
    if any(ws.lemmas[ahead] in visit for ahead in range(at + 1, min(at + 1 + BACK, len(ws)))):
        return True
    own = range(ws.sentences[ws.sentence_of[scope.mention.start]][0], scope.mention.start)
    return at < own.start and len(own) <= OWN and any(ws.lemmas[back] in visit for back in own)
