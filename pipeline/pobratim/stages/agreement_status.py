"""Whether an agreement was signed, is to be signed, is in force or has ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pobratim.stages.agreement_follow import field_value, touches
from pobratim.stages.agreement_scope import (
    GAP,
    Scope,
    list_start,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.schema import Status

__all__ = ["is_future", "is_planned", "status_of"]

PLACE_REACH = 14
JOINTS = 4
SHORT = 8
DENIAL = 3
HEADINGS = 12
HOUR = re.compile(r"\W{0,3}\d{1,2}:\d\d\b")


def status_of(scope: Scope, dated: bool, fields: Iterable[Scope] = ()) -> Status:
    ws, lexicon = scope.ws, scope.lexicon
    if any(_says_ended(field) for field in fields):
        return "ended"
    if _is_draft(scope):
        return "planned"
    if _ends_after(scope) or _has_ended(scope) or _is_idle(scope):
        return "ended"
    if scope.ruled:
        return "in_force"
    if _is_only_named(scope) and (_is_of_plans(scope) or _is_on_programme(scope)):
        return "planned"
    if scope.verb is not None:
        if _is_denied(scope, scope.verb):
            return "mentioned"
        return "planned" if is_planned(scope) else "signed"
    if not lexicon.pending.isdisjoint(ws.lemmas[scope.mention.end : scope.end]):
        return "planned"
    behind = slice(scope.mention.end, min(scope.end, scope.mention.end + PLACE_REACH))
    before = slice(max(scope.start, scope.mention.start - GAP), scope.mention.start)
    if not lexicon.negotiation.isdisjoint(ws.lemmas[before]) or _is_to_come(scope, behind):
        return "planned"
    listed = dated and "|" in ws.words[scope.start : scope.end]
    if not listed and not lexicon.valid.isdisjoint([*ws.lemmas[behind], *ws.lowers[behind]]):
        return "in_force"
    if dated or ws.blocks[ws.block_of[scope.mention.start]].kind == "field":
        return "signed"
    near = slice(max(scope.start, scope.mention.start - 4), scope.mention.start)
    words = {*ws.lemmas[near], *ws.lowers[near]}
    if lexicon.force.intersection(words) or not lexicon.kept.isdisjoint(ws.lemmas[before]):
        return "in_force"
    if scope.use.instrument == "plan" and not lexicon.force.isdisjoint(
        ws.lemmas[scope.start : scope.mention.start]
    ):
        return "in_force"
    return "planned" if lexicon.plan.intersection(words) - {"to", "рамка", "for"} else "mentioned"


def _is_draft(scope: Scope) -> bool:
    """«Проект соглашения», "the draft agreement"."""
    ws, at = scope.ws, scope.mention.start - 1
    while at > scope.start and ws.tags[at] in ("ADJ", "DET"):
        at -= 1
    return at >= scope.start and ws.lemmas[at] in scope.lexicon.draft


def _is_only_named(scope: Scope) -> bool:
    """Whether no verb says that it was signed: there is none, or a noun or an infinitive."""
    ws, verb = scope.ws, scope.verb
    if verb is None or ws.tags[verb] == "NOUN":
        return True
    return any("INFN" in reading.grammemes for reading in ws.readings[verb][:1])


def _is_of_plans(scope: Scope) -> bool:
    """Whether it stands in a list of what is to come: «Планируется: …», "Being prepared"."""
    ws = scope.ws
    first = list_start(ws, ws.sentence_of[scope.mention.start])
    lead = range(first, min(scope.mention.start, ws.sentences[ws.sentence_of[first]][1]))
    if any(ws.lowers[at] in scope.lexicon.plans for at in lead):
        return True
    here = ws.block_of[scope.mention.start]
    for block in reversed(ws.blocks[max(0, here - HEADINGS) : here]):
        if block.kind == "heading":
            words = ws.lowers[block.start : block.end]
            named = not scope.lexicon.naming.isdisjoint(ws.lemmas[block.start : block.end])
            return len(words) <= SHORT and not named and not scope.lexicon.plans.isdisjoint(words)
    return False


def _is_on_programme(scope: Scope) -> bool:
    """Whether its line begins with an hour: «11:30 Подписание …»."""
    ws = scope.ws
    start = ws.starts[ws.blocks[ws.block_of[scope.mention.start]].start]
    return bool(HOUR.match(ws.text, start))


def _says_ended(field: Scope) -> bool:
    """«Статус: утратил силу», "Status: expired"."""
    ws, lexicon, value = field.ws, field.lexicon, field_value(field)
    if lexicon.status_field.isdisjoint(ws.lemmas[field.start : value]):
        return False
    told = {*ws.lemmas[value : field.end], *ws.lowers[value : field.end]}
    idle = not lexicon.denial.isdisjoint(told) and not lexicon.valid.isdisjoint(told)
    return idle or not told.isdisjoint(lexicon.end | lexicon.ended)


def _has_ended(scope: Scope) -> bool:
    """«Действие соглашения прекращено», "expired 30 June 2018", but not "expires in 2030"."""
    ws, lexicon, mention = scope.ws, scope.lexicon, scope.mention
    for at in range(scope.start, scope.end):
        if ws.lemmas[at] not in lexicon.end or _is_denied(scope, at):
            continue
        between = range(mention.end, at) if at > mention.start else range(at + 1, mention.start)
        far = abs(at - mention.start) > PLACE_REACH
        if far and any(ws.tags[word] in ("VERB", "AUX") for word in between):
            continue
        if ws.languages[at] == "en":
            if ws.tags[at] == "VERB" and not ws.lowers[at].endswith("s"):
                return True
        elif not any(reading.grammemes & {"pres", "futr"} for reading in ws.readings[at][:1]):
            return True
    return False


def _is_idle(scope: Scope) -> bool:
    """«Договор … фактически не действует», "is no longer in force"."""
    ws, lexicon = scope.ws, scope.lexicon
    return any(
        ws.lemmas[at] in lexicon.valid
        and not lexicon.idle.isdisjoint(ws.lowers[max(scope.start, at - DENIAL) : at])
        for at in range(scope.mention.end, scope.end)
    )


def _is_denied(scope: Scope, verb: int) -> bool:
    """Whether it says that nothing was signed: «подписано не было», "was never signed"."""
    ws, lexicon = scope.ws, scope.lexicon
    before = ws.lowers[max(scope.start, verb - DENIAL) : verb]
    behind = ws.lowers[verb + 1 : min(scope.end, verb + DENIAL)]
    return not lexicon.denial.isdisjoint(before) or not lexicon.idle.isdisjoint(behind)


def _ends_after(scope: Scope) -> bool:
    """«Соглашение подписано в 1994 году. Действие его прекращено.»: a short sentence right behind."""
    ws = scope.ws
    number = ws.sentence_of[scope.mention.start] + 1
    if number >= len(ws.sentences) or not touches(ws, number, number - 1):
        return False
    start, end = ws.sentences[number]
    if ws.lemmas[start] in scope.lexicon.status_field:
        return False  # A field is of the document that its entry opens with.
    words = set(ws.lemmas[start:end])
    return (
        end - start <= SHORT
        and not words & {"|", *scope.lexicon.denial}
        and not words.isdisjoint(scope.lexicon.end)
        and words.isdisjoint(scope.lexicon.instruments)
    )


def _is_to_come(scope: Scope, words: slice) -> bool:
    """Whether what stands behind is of the future: «План … утвердят», "the pact will be …"."""
    ws = scope.ws
    if ws.languages[scope.mention.start] == "en":
        return bool({"will", "shall"} & set(ws.lowers[words]))
    marks = (ws.readings[at][:1] for at in range(words.start, words.stop))
    return any("futr" in reading.grammemes for readings in marks for reading in readings)


def is_planned(scope: Scope) -> bool:
    """Whether the signing is still to come: an infinitive, a purpose, a future or a plan."""
    ws, verb = scope.ws, scope.verb
    assert verb is not None
    if is_future(scope):
        return True
    before = range(max(scope.start, verb - 3), verb)
    lowers = {ws.lowers[at] for at in before}
    if ws.languages[verb] == "en":
        purpose = verb > 1 and ws.lowers[verb - 1] == "to"
        if purpose and {ws.lemmas[verb - 2], ws.lowers[verb - 2]} & scope.lexicon.achieved:
            return False
        if ws.lowers[verb] in scope.lexicon.signing_nouns:
            words = {*ws.lemmas[scope.start : scope.end], *ws.lowers[scope.start : scope.end]}
            to_be = ws.lowers[verb : scope.end].count("to") and "be" in ws.lowers[verb : scope.end]
            lexicon = scope.lexicon
            return to_be or bool(words & (lexicon.pending | lexicon.negotiation | lexicon.to_come))
        to_be = verb > 0 and ws.lowers[verb - 1] == "be"
        return purpose or to_be or bool({"would", "may"} & lowers)
    infinitive = any("INFN" in r.grammemes for r in ws.readings[verb][:1])
    leads_to = {"для", "целью", "планируется", "готовится"} & lowers
    if ws.tags[verb] == "NOUN" and _is_of_listed_plans(scope, verb):
        return True
    talks = ws.tags[verb] == "NOUN" and not scope.lexicon.negotiation.isdisjoint(
        ws.lemmas[max(scope.start, verb - 3) : verb]
    )
    after = ws.lemmas[scope.mention.end : scope.end]
    to_come = scope.lexicon.pending | scope.lexicon.to_come
    put_off = ws.tags[verb] == "NOUN" and not to_come.isdisjoint(after)
    return (
        talks
        or put_off
        or infinitive
        or (ws.tags[verb] == "NOUN" and bool(leads_to))
        or "планируется" in lowers
    )


def _is_of_listed_plans(scope: Scope, verb: int) -> bool:
    """«В планах на 2018 год: …, заключение соглашения»."""
    ws = scope.ws
    colon = next((at for at in range(scope.start, verb) if ws.words[at] == ":"), scope.start)
    return not scope.lexicon.plans.isdisjoint(ws.lowers[scope.start : colon])


def is_future(scope: Scope) -> bool:
    """Whether the text says when it will be signed: «подпишут 5 мая», "will sign"."""
    ws, verb = scope.ws, scope.verb
    if verb is None:
        return False
    lowers = set(ws.lowers[max(scope.start, verb - 3) : verb])
    if ws.languages[verb] == "en":
        return bool({"will", "shall"} & lowers)
    future = any("futr" in r.grammemes for r in ws.readings[verb][:1])
    return future or bool({"будет", "будут"} & lowers)
