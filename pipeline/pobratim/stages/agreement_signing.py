"""When and where an agreement was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.agreement_follow import field_value, is_signing_field
from pobratim.stages.agreement_scope import (
    GAP,
    Scope,
    distance,
    is_participle,
    list_start,
)
from pobratim.stages.agreement_status import is_planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Candidate, Workspace


__all__ = [
    "date_following",
    "date_of",
    "is_attribute_date",
    "is_beside_date",
    "is_where",
    "place_of",
]

PLACE_REACH = 14
FAR = 40
FRAME = 3
NEAR_THERE = 3
OPENING = 8
VISIT = 8
OF = 2
JOINTS = 4


def date_of(
    scope: Scope, by_sentence: dict[int, list[Candidate]]
) -> tuple[Candidate, float, str] | None:
    ws = scope.ws
    behind = _date_behind(scope, by_sentence)
    if behind:
        return behind, 0.9, "behind"
    if scope.ruled or _is_commemorated(scope) or _is_renewed(scope):
        return None
    dates = [c for c in scope.of("DATE") if not _is_aside(scope, c)]
    dates = [c for c in dates if not _is_of_clause_behind(scope, c)] or dates
    if scope.verb is not None and scope.verb >= scope.mention.end and is_participle(ws, scope.verb):
        dates = [c for c in dates if c.start > scope.verb]
    bracketed = _date_in_brackets(scope, by_sentence)
    if bracketed:
        return bracketed, 0.9, "brackets"
    if scope.verb is None:
        return _date_of_entry(scope, dates)
    if dates:
        nearest = min(dates, key=lambda date: distance(date, scope.verb or 0))
        return nearest, 0.9, "signing"
    sentence = ws.sentence_of[scope.mention.start]
    if scope.start > ws.sentences[sentence][0]:
        whole = [c for c in by_sentence.get(sentence, ()) if c.label == "DATE"]
        if whole:
            return whole[0], 0.7, "list"
    if (
        sentence
        and not is_planned(scope)
        and ws.block_of[ws.sentences[sentence - 1][0]] == ws.block_of[scope.mention.start]
    ):
        frame = range(ws.sentences[sentence - 1][0], ws.sentences[sentence - 1][0] + FRAME)
        before = by_sentence.get(sentence - 1, ())
        framing = [c for c in before if c.label == "DATE" and c.start in frame]
        if framing:
            return framing[0], 0.6, "sentence-before"
        opening = _opening_date(scope, by_sentence)
        if opening:
            return opening, 0.6, "opening"
    return None


def _opening_date(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> Candidate | None:
    """The date that an entry of a chronicle opens with: «12 июня. Прибыли … Мэры подписали …»."""
    ws = scope.ws
    start = ws.blocks[ws.block_of[scope.mention.start]].start
    for date in by_sentence.get(ws.sentence_of[start], ()):
        if date.label == "DATE" and date.start == start and ws.words[date.end] in ".–—-:":
            return date
    return None


def _date_behind(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> Candidate | None:
    """«договор от 17.09.2009», "the agreement of 23 March 2001", "the 2003 protocol"."""
    ws = scope.ws
    start = scope.use.subject[1] if scope.use.subject else scope.mention.end
    for date in by_sentence.get(ws.sentence_of[scope.mention.start], ()):
        if date.label != "DATE":
            continue
        if _is_dated(scope, date):
            return date
        between = ws.lowers[start : date.start]
        joined = len(between) <= JOINTS and scope.lexicon.of_date.issuperset(between)
        behind_party = joined or _is_behind_party(scope, date)
        behind = date.start >= start and behind_party and not _is_term(scope, date)
        if behind or is_attribute_date(scope, date):
            return date
    return None


def is_attribute_date(scope: Scope, date: Candidate) -> bool:
    """ "The 2003 protocol", "the 2003 Oulu protocol": nothing but names of sides stands between."""
    ws, start = scope.ws, scope.mention.start
    if ws.languages[date.start] != "en" or not 0 <= start - date.end <= JOINTS:
        return False
    at = date.end
    for name in scope.of("CITY", "REGION", "COUNTRY", "ORGANIZATION"):
        at = name.end if name.start == at else at
    return at == start


def _is_dated(scope: Scope, date: Candidate) -> bool:
    """«Соглашение между X и Y от 24.09.1996», "(No. 17 dated 3 May 2017)": its own date anywhere."""
    ws, end = scope.ws, scope.mention.end
    return (
        end < date.start < min(scope.end, end + FAR)
        and ws.lowers[date.start - 1] in scope.lexicon.dated
        and not any(ws.tags[at] == "VERB" for at in range(end, date.start))
    )


def _is_behind_party(scope: Scope, date: Candidate) -> bool:
    """«Соглашение с Читой 1995 года»: whether only the other side stands between."""
    ws, end = scope.ws, scope.mention.end
    if date.start - end > GAP or any(ws.tags[at] == "VERB" for at in range(end, date.start)):
        return False
    return any(c.end == date.start and c.start > end for c in scope.of("CITY", "ORGANIZATION"))


def _date_of_entry(scope: Scope, dates: list[Candidate]) -> tuple[Candidate, float, str] | None:
    """The date of a list's entry that has no verb: «Лион (Франция) – договор, … 1976 г.»."""
    ws = scope.ws
    block = ws.blocks[ws.block_of[scope.mention.start]]
    changed = scope.lexicon.end | scope.lexicon.renewal
    ended = not changed.isdisjoint(ws.lemmas[scope.start : scope.mention.start])
    ended = ended or not scope.lexicon.end.isdisjoint(ws.lemmas[scope.mention.end : scope.end])
    for date in dates:
        if (
            not ended
            and date.start == block.start
            and ws.words[date.end] in ("-", "–", "—", ":", "|")
        ):
            return date, 0.8, "timeline"
    began = _beginning(scope)
    if began is not None:
        since = [c for c in dates if began < c.start <= began + GAP]
        return (since[0], 0.7, "beginning") if since else None
    after = [c for c in dates if scope.mention.end <= c.start < scope.mention.end + PLACE_REACH]
    limit = after[0].start if after else scope.end
    if any(ws.tags[at] in ("VERB", "AUX") for at in range(scope.start, limit)):
        return None
    found = after[:1] or (dates if len(dates) == 1 else [])
    return (found[0], 0.7, "entry") if found else None


def _beginning(scope: Scope) -> int | None:
    """The word that says since when there is one: "the MoU followed in May", «протокол появился в …»."""
    ws, end = scope.ws, scope.mention.end
    words = range(end, min(scope.end, end + PLACE_REACH))
    return next((at for at in words if ws.lemmas[at] in scope.lexicon.beginning), None)


def _is_aside(scope: Scope, date: Candidate) -> bool:
    """Whether a date tells of something else: the subject, a plan's term, a remark in brackets."""
    ws = scope.ws
    if _is_of_subject(scope, date) or _is_term(scope, date):
        return True
    others = any(c.end <= date.start for c in scope.of("AGREEMENT"))
    if others and date.end <= scope.mention.start:
        strong = scope.lexicon.sign - scope.lexicon.sign_weak
        if strong.isdisjoint(ws.lemmas[date.end : scope.mention.start]):
            return True  # The date of the one before.
    first = scope.mention.end if scope.mention.end <= date.start else scope.start
    before = ws.words[max(first, date.start - 2 * JOINTS) : date.start]
    return before.count("(") > before.count(")") and before[-1] != "("


def _is_of_clause_behind(scope: Scope, date: Candidate) -> bool:
    """Whether a semicolon parts it from the instrument and from its signing."""
    last = max(scope.mention.end, scope.verb or 0)
    return ";" in scope.ws.words[last : date.start]


def _is_term(scope: Scope, date: Candidate) -> bool:
    """«на 2018-2019 гг.», "for 2012-2014": how long a plan runs."""
    return date.start > 0 and scope.ws.lowers[date.start - 1] in scope.lexicon.term


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


def _is_renewed(scope: Scope) -> bool:
    """Whether its clause tells of nothing but a renewal: "in 2017 the memorandum was prolonged"."""
    ws, end = scope.ws, scope.mention.end
    near = range(end, min(scope.end, end + FRAME))
    renewed = any(ws.lemmas[at] in scope.lexicon.renewal and ws.tags[at] == "VERB" for at in near)
    return renewed and scope.lexicon.sign.isdisjoint(ws.lemmas[scope.start : scope.end])


def _is_commemorated(scope: Scope) -> bool:
    """Whether only its anniversary is told of: «к годовщине Договора»."""
    if scope.verb is not None and scope.verb >= scope.mention.end:
        return False
    before = slice(max(scope.start, scope.mention.start - FRAME), scope.mention.start)
    return not scope.lexicon.anniversary.isdisjoint(scope.ws.lemmas[before])


def date_following(follows: list[Scope]) -> tuple[Candidate, float, str] | None:
    """The date that a sentence behind tells, or a field: «Дата подписания: …»."""
    for scope in follows:
        dates = [c for c in scope.of("DATE") if not _is_term(scope, c)]
        if dates:
            verb = scope.start if scope.verb is None else scope.verb
            return min(dates, key=lambda date: distance(date, verb)), 0.8, "follow-up"
    return None


def place_of(
    scope: Scope, parties: list[Candidate], by_sentence: dict[int, list[Candidate]]
) -> tuple[Candidate, str] | None:
    """The city in which, or the meeting at which, it was signed."""
    taken = {id(party) for party in parties}
    if scope.follows and is_signing_field(scope):
        for opening in scope.of("CITY"):
            if id(opening) not in taken and _opens_value(scope, opening):
                return opening, "field"
    if scope.verb is not None:
        for candidate, rule in _places_of_signing(scope, by_sentence):
            if is_where(scope.ws, candidate):
                return candidate, rule
    if scope.verb is not None and (city := _there(scope, scope.verb)):
        return city, "there"
    for city in scope.of("CITY"):
        if id(city) not in taken and is_beside_date(scope, city):
            return city, "beside-date"
        if scope.verb is not None and _is_visited(scope, city, scope.verb):
            return city, "visit"
    for event in scope.of("EVENT"):
        if 0 <= event.start - scope.mention.end <= OF and not scope.follows:
            return event, "of-event"  # «соглашение Пятого заседания»
    return None


def _there(scope: Scope, verb: int) -> Candidate | None:
    """«делегация X посетила Y, где подписан …», "X visited Y and signed there …"."""
    ws = scope.ws
    first = ws.sentences[ws.sentence_of[verb]][0]
    for at in range(max(first, verb - NEAR_THERE), min(scope.end, verb + NEAR_THERE)):
        if ws.lowers[at] in scope.lexicon.there:
            before = [c for c in scope.cities_before(at) if c.start >= first]
            visited = [c for c in before if ws.lemmas[c.start - 1] in scope.lexicon.visit]
            return next(reversed(visited or before), None)
    return None


def _is_visited(scope: Scope, city: Candidate, verb: int) -> bool:
    """«В рамках визита мэра X в Y подписано …», "during a visit to Y an agreement was signed"."""
    ws = scope.ws
    types = placing_lexicon()[ws.languages[city.start]]
    at = city.start - 1
    while at > scope.start and (ws.words[at] == "." or ws.lemmas[at] in types.city):
        at -= 1
    return (
        city.end <= verb
        and ws.lowers[at] in ("в", "во", "to")
        and any(
            ws.lemmas[back] in scope.lexicon.visit and ws.tags[back] == "NOUN"
            for back in range(max(scope.start, at - VISIT), at)
        )
    )


def is_beside_date(scope: Scope, city: Candidate) -> bool:
    """«(11 июля 2006 г., Чита)», "Signed: 1986, Chita", "Place of signing: Chita"."""
    ws = scope.ws
    block = ws.blocks[ws.block_of[city.start]]
    if scope.follows and is_signing_field(scope) and _opens_value(scope, city):
        return True
    types = placing_lexicon()[ws.languages[city.start]]
    at = city.start - 1
    while at > scope.start and (ws.words[at] == "." or ws.lemmas[at] in types.city):
        at -= 1
    if ws.words[at] not in ",(":
        return False
    closed = city.end >= len(ws) or city.end >= block.end or ws.words[city.end] in ").;|"
    return closed and any(date.end == at for date in scope.of("DATE"))


def _opens_value(scope: Scope, city: Candidate) -> bool:
    """«Место подписания: г. Оулу»."""
    ws, value = scope.ws, field_value(scope)
    types = placing_lexicon()[ws.languages[city.start]]
    return value <= city.start <= value + OF and all(
        ws.words[at] == "." or ws.lowers[at] in types.city or ws.lemmas[at] in types.city
        for at in range(value, city.start)
    )


def _places_of_signing(
    scope: Scope, by_sentence: dict[int, list[Candidate]]
) -> Iterator[tuple[Candidate, str]]:
    """Cities and events near the signing; of a list, those of its lead; «Также …» looks back."""
    ws, verb = scope.ws, scope.verb or 0
    for candidate in scope.of("CITY", "EVENT", "ORGANIZATION"):
        if candidate.label == "ORGANIZATION" and not _is_hall(ws, candidate):
            continue
        opens = candidate.start - scope.start <= OPENING and candidate.start < verb
        near = opens or distance(candidate, verb) <= PLACE_REACH
        if near and not _is_nested(scope, candidate):
            yield candidate, "event" if candidate.label == "EVENT" else "place"
    start = list_start(ws, ws.sentence_of[scope.mention.start])
    sentence = ws.sentence_of[start]
    if scope.start > start:
        yield from ((c, "list") for c in by_sentence.get(sentence, ()) if c.label == "EVENT")
    opening = set(ws.lowers[start : start + 3])
    if sentence and opening & scope.lexicon.also and ws.block_of[start - 1] == ws.block_of[start]:
        before = by_sentence.get(sentence - 1, ())
        yield from ((c, "sentence-before") for c in before if c.label == "EVENT")


def _is_hall(ws: Workspace, body: Candidate) -> bool:
    """Whether a body is a house too, in which one signs: «мэрия Буржа», "Leeds City Hall"."""
    halls = placing_lexicon()[ws.languages[body.start]].halls
    return ws.lemmas[body.start] in halls or ws.lowers[body.end - 1] in halls


def _is_nested(scope: Scope, candidate: Candidate) -> bool:
    return any(
        other is not candidate and other.covers(candidate)
        for other in scope.of("ORGANIZATION", "EVENT", "AGREEMENT")
    )


def _before_hall(ws: Workspace, hall: int) -> int:
    """The word before a hall and its article and kind: "at [the town hall] of Leeds"."""
    at = hall
    while at > 0 and at > hall - FRAME and ws.lowers[at] not in ("in", "at"):
        at -= 1
    return at


def is_where(ws: Workspace, candidate: Candidate) -> bool:
    """Whether a preposition of place leads to it: «в г. Казани», "in Kazan", «на форуме»."""
    lexicon = placing_lexicon()[ws.languages[candidate.start]]
    at = candidate.start - 1
    while at > 0 and (
        ws.words[at] in (".", "the") or ws.lemmas[at] in lexicon.city | lexicon.halls
    ):
        at -= 1
    if at > 1 and ws.lowers[at] == "of" and ws.lemmas[at - 1] in lexicon.halls:
        at = _before_hall(ws, at - 1)
    if at < 0:
        return False
    if candidate.label == "EVENT":
        leads = placing_lexicon()[ws.languages[candidate.start]].event_leads
        return not leads.isdisjoint(ws.lowers[max(0, at - 2) : at + 1])
    if ws.lowers[at] not in ("в", "во", "in", "at"):
        return False
    marks = ws.readings[candidate.start]
    typed = at < candidate.start - 1
    return (
        not marks or typed or any(reading.grammemes & {"loct", "loc2", "Fixd"} for reading in marks)
    )
