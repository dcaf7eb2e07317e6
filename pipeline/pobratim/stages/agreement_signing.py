"""When, where and by whom an agreement was signed, and whether it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.agreement_scope import GAP, Scope, distance, is_participle, list_start
from pobratim.stages.workspace import Candidate, Link, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.schema import Status

__all__ = ["date_of", "link_place", "link_signatories", "status_of"]

PLACE_REACH = 14


def date_of(
    scope: Scope, by_sentence: dict[int, list[Candidate]]
) -> tuple[Candidate, float, str] | None:
    ws = scope.ws
    dates = [c for c in scope.of("DATE") if not _is_of_subject(scope, c)]
    if scope.verb is not None and scope.verb >= scope.mention.end and is_participle(ws, scope.verb):
        dates = [c for c in dates if c.start > scope.verb]
    bracketed = _date_in_brackets(scope, by_sentence)
    if bracketed:
        return bracketed, 0.9, "brackets"
    if scope.verb is None:
        return None
    if dates:
        nearest = min(dates, key=lambda date: distance(date, scope.verb or 0))
        return nearest, 0.9, "signing"
    sentence = ws.sentence_of[scope.mention.start]
    if scope.start > ws.sentences[sentence][0]:
        whole = [c for c in by_sentence.get(sentence, ()) if c.label == "DATE"]
        if whole:
            return whole[0], 0.7, "list"
    if sentence and ws.block_of[ws.sentences[sentence - 1][0]] == ws.block_of[scope.mention.start]:
        before = [c for c in by_sentence.get(sentence - 1, ()) if c.label == "DATE"]
        if before:
            return before[0], 0.6, "sentence-before"
    return None


def _is_of_subject(scope: Scope, date: Candidate) -> bool:
    """Whether a date belongs to what was agreed on: "to organize a Year of Exchanges in 2021"."""
    if scope.use.subject is None:
        return False
    start, end = scope.use.subject
    return start <= date.start < end + 2 * (scope.ws.lowers[start] == "to")


def _date_in_brackets(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> Candidate | None:
    """«Договор о сотрудничестве (2001 г.)»: the first date in brackets of its own."""
    ws = scope.ws
    block_end = ws.blocks[ws.block_of[scope.mention.start]].end
    limit = min(block_end, scope.end + GAP)
    sentences = range(ws.sentence_of[scope.mention.start], ws.sentence_of[limit - 1] + 1)
    near = [c for sentence in sentences for c in by_sentence.get(sentence, ())]
    for date in near:
        if date.label != "DATE" or not scope.mention.end <= date.start < limit:
            continue
        if ws.words[date.start - 1] == "(" and date.end < len(ws) and ws.words[date.end] in ").":
            return date
    return None


def link_place(
    scope: Scope, parties: list[Candidate], by_sentence: dict[int, list[Candidate]]
) -> None:
    """The city in which, or the meeting at which, it was signed."""
    ws = scope.ws
    taken = {id(party) for party in parties}
    for candidate, rule in _places_of_signing(scope, by_sentence):
        if id(candidate) not in taken and _is_where(ws, candidate):
            ws.links.append(Link("SIGNED_IN", scope.mention, candidate, 0.75, f"agreements:{rule}"))
            return


def _places_of_signing(
    scope: Scope, by_sentence: dict[int, list[Candidate]]
) -> Iterator[tuple[Candidate, str]]:
    """Cities and events near the signing; of a list, those of its lead; «Также …» looks back."""
    ws, verb = scope.ws, scope.verb or 0
    for candidate in scope.of("CITY", "EVENT"):
        if not _is_nested(scope, candidate) and distance(candidate, verb) <= PLACE_REACH:
            yield candidate, "place" if candidate.label == "CITY" else "event"
    start = list_start(ws, ws.sentence_of[scope.mention.start])
    sentence = ws.sentence_of[start]
    if scope.start > start:
        yield from ((c, "list") for c in by_sentence.get(sentence, ()) if c.label == "EVENT")
    opening = set(ws.lowers[start : start + 3])
    if sentence and opening & scope.lexicon.also and ws.block_of[start - 1] == ws.block_of[start]:
        before = by_sentence.get(sentence - 1, ())
        yield from ((c, "sentence-before") for c in before if c.label == "EVENT")


def _is_nested(scope: Scope, candidate: Candidate) -> bool:
    return any(
        other is not candidate and other.covers(candidate)
        for other in scope.of("ORGANIZATION", "EVENT", "AGREEMENT")
    )


def _is_where(ws: Workspace, candidate: Candidate) -> bool:
    """Whether a preposition of place leads to it: «в г. Казани», "in Kazan", «на форуме»."""
    lexicon = placing_lexicon()[ws.languages[candidate.start]]
    at = candidate.start - 1
    while at > 0 and (ws.words[at] in (".", "the") or ws.lemmas[at] in lexicon.city):
        at -= 1
    if at < 0:
        return False
    if candidate.label == "EVENT":
        leads = placing_lexicon()[ws.languages[candidate.start]].event_leads
        return not leads.isdisjoint(ws.lowers[max(0, at - 2) : at + 1])
    if ws.lowers[at] not in ("в", "во", "in"):
        return False
    marks = ws.readings[candidate.start]
    return not marks or any(reading.grammemes & {"loct", "loc2", "Fixd"} for reading in marks)


def link_signatories(scope: Scope) -> None:
    """Persons who sign: before an active verb in the nominative, or behind "signed by"."""
    ws, verb = scope.ws, scope.verb
    if verb is None or ws.lemmas[verb] not in scope.lexicon.signatory:
        return
    for person in scope.of("PERSON"):
        after = person.start > verb
        if ws.languages[verb] == "en":
            by = "by" in ws.lowers[min(verb, person.start) : max(verb, person.start)]
            signs = by if after else not by
        else:
            last = ws.readings[person.end - 1]
            as_written = getattr(person.data, "nominative", None) == ws.phrase(
                person.start, person.end
            )
            by = any("ablt" in reading.grammemes for reading in last)
            signs = (by and not as_written) if after else as_written
        if signs and distance(person, verb) <= 3 * PLACE_REACH:
            ws.links.append(Link("SIGNED_BY", scope.mention, person, 0.8, "agreements:signatory"))


def status_of(scope: Scope, dated: bool) -> Status:
    ws, lexicon = scope.ws, scope.lexicon
    ended = (
        at
        for at in range(scope.start, scope.end)
        if ws.lemmas[at] in lexicon.end and abs(at - scope.mention.start) <= PLACE_REACH
    )
    if any(ws.languages[at] != "en" or ws.tags[at] == "VERB" for at in ended):
        return "ended"
    if scope.verb is not None:
        return "planned" if _is_planned(scope) else "signed"
    if dated or ws.blocks[ws.block_of[scope.mention.start]].kind == "field":
        return "signed"
    behind = slice(max(scope.start, scope.mention.start - 4), scope.mention.start)
    before = {*ws.lemmas[behind], *ws.lowers[behind]}
    if lexicon.force.intersection(before):
        return "in_force"
    if scope.use.instrument == "plan" and not lexicon.force.isdisjoint(
        ws.lemmas[scope.start : scope.mention.start]
    ):
        return "in_force"
    return "planned" if lexicon.plan.intersection(before) - {"to", "рамка", "for"} else "mentioned"


def _is_planned(scope: Scope) -> bool:
    """Whether the signing is still to come: an infinitive, a purpose, a future or a plan."""
    ws, verb = scope.ws, scope.verb
    assert verb is not None
    before = range(max(scope.start, verb - 3), verb)
    lowers = {ws.lowers[at] for at in before}
    if ws.languages[verb] == "en":
        purpose = verb > 1 and ws.lowers[verb - 1] == "to"
        if purpose and not {ws.lemmas[verb - 2], ws.lowers[verb - 2]} & {*scope.lexicon.plan, "be"}:
            return False
        to_be = ws.lowers[verb - 2 : verb] == ["to", "be"]
        return purpose or to_be or bool({"will", "shall", "would", "may"} & lowers)
    infinitive = any("INFN" in r.grammemes for r in ws.readings[verb][:1])
    leads_to = {"для", "целью", "планируется", "готовится"} & lowers
    return (
        infinitive
        or (ws.tags[verb] == "NOUN" and bool(leads_to))
        or bool({"будет", "будут", "планируется"} & lowers)
    )
