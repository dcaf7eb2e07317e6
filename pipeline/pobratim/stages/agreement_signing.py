"""When, where and by whom an agreement was signed, and whether it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.agreement_follow import is_signing_field, touches
from pobratim.stages.agreement_scope import GAP, Scope, distance, is_participle, list_start
from pobratim.stages.workspace import Candidate, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.schema import Status

__all__ = [
    "date_of",
    "date_following",
    "is_future",
    "is_where",
    "place_of",
    "signatories",
    "status_of",
]

PLACE_REACH = 14
JOINTS = 4
SHORT = 8


def date_of(
    scope: Scope, by_sentence: dict[int, list[Candidate]]
) -> tuple[Candidate, float, str] | None:
    ws = scope.ws
    behind = _date_behind(scope, by_sentence)
    if behind:
        return behind, 0.9, "behind"
    dates = [c for c in scope.of("DATE") if not _is_aside(scope, c)]
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
        and not _is_planned(scope)
        and ws.block_of[ws.sentences[sentence - 1][0]] == ws.block_of[scope.mention.start]
    ):
        before = [c for c in by_sentence.get(sentence - 1, ()) if c.label == "DATE"]
        if before:
            return before[0], 0.6, "sentence-before"
    return None


def _date_behind(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> Candidate | None:
    """«договор от 17.09.2009», "the agreement of 23 March 2001", "the 2003 protocol"."""
    ws = scope.ws
    start = scope.use.subject[1] if scope.use.subject else scope.mention.end
    for date in by_sentence.get(ws.sentence_of[scope.mention.start], ()):
        if date.label != "DATE":
            continue
        between = ws.lowers[start : date.start]
        joined = len(between) <= JOINTS and scope.lexicon.of_date.issuperset(between)
        behind_party = joined or _is_behind_party(scope, date)
        before = date.end == scope.mention.start and ws.languages[date.start] == "en"
        if (date.start >= start and behind_party and not _is_term(scope, date)) or before:
            return date
    return None


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
    ended = not scope.lexicon.end.isdisjoint(ws.lemmas[scope.start : scope.end])
    for date in dates:
        if (
            not ended
            and date.start == block.start
            and ws.words[date.end] in ("-", "–", "—", ":", "|")
        ):
            return date, 0.8, "timeline"
    if any(ws.tags[at] in ("VERB", "AUX") for at in range(scope.start, scope.end)):
        return None
    after = [c for c in dates if scope.mention.end <= c.start < scope.mention.end + PLACE_REACH]
    found = after[:1] or (dates if len(dates) == 1 else [])
    return (found[0], 0.7, "entry") if found else None


def _is_aside(scope: Scope, date: Candidate) -> bool:
    """Whether a date tells of something else: the subject, a plan's term, a remark in brackets."""
    ws = scope.ws
    if _is_of_subject(scope, date) or _is_term(scope, date):
        return True
    if ws.words[date.start - 1] == "(" and date.end <= scope.mention.start:
        if any(c.end <= date.start for c in scope.of("AGREEMENT")):
            return True  # The date of the one before.
    before = ws.words[max(scope.start, date.start - 2 * JOINTS) : date.start]
    return before.count("(") > before.count(")") and before[-1] != "("


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
    if scope.verb is not None:
        for candidate, rule in _places_of_signing(scope, by_sentence):
            if id(candidate) not in taken and is_where(scope.ws, candidate):
                return candidate, rule
    for city in scope.of("CITY"):
        if id(city) not in taken and _is_beside_date(scope, city):
            return city, "beside-date"
    return None


def _is_beside_date(scope: Scope, city: Candidate) -> bool:
    """«(11 июля 2006 г., Чита)», "Signed: 1986, Chita", "Place of signing: Chita"."""
    ws = scope.ws
    block = ws.blocks[ws.block_of[city.start]]
    if city.start == block.value and scope.follows and is_signing_field(scope):
        return True
    if ws.words[city.start - 1] != ",":
        return False
    closed = city.end >= len(ws) or city.end >= block.end or ws.words[city.end] in ").;"
    return closed and any(date.end == city.start - 1 for date in scope.of("DATE"))


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


def is_where(ws: Workspace, candidate: Candidate) -> bool:
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


def signatories(scope: Scope) -> Iterator[Candidate]:
    """Persons who sign: before an active verb in the nominative, or behind "signed by"; in a field
    or behind «от X –» all that stand there."""
    ws, verb = scope.ws, scope.verb
    persons = scope.of("PERSON")
    if scope.follows and is_signing_field(scope):
        yield from persons
    elif verb is None:
        yield from (person for person in persons if scope.follows)
    elif ws.lemmas[verb] in scope.lexicon.signatory or scope.follows:
        signs = _signs_english if ws.languages[verb] == "en" else _signs_russian
        near = [person for person in persons if distance(person, verb) <= 3 * PLACE_REACH]
        sure = [person for person in near if signs(scope, person, verb)]
        yield from (one for one in near if one in sure or _joins(scope, one, sure))


def _joins(scope: Scope, person: Candidate, signing: list[Candidate]) -> bool:
    """Whether «и» alone, and an office, join a person to one who signs."""
    ws = scope.ws
    for other in signing:
        first, second = sorted((person, other), key=lambda one: one.start)
        between = range(first.end, second.start)
        if len(between) <= 2 * JOINTS and {"и", "and"} & set(ws.lowers[first.end : second.start]):
            if not any(ws.tags[at] == "VERB" or ws.words[at] in ".;" for at in between):
                return True
    return False


def _signs_english(scope: Scope, person: Candidate, verb: int) -> bool:
    ws = scope.ws
    if person.start > verb and ws.lowers[person.end : person.end + 1] == ["for"]:
        return True
    by = "by" in ws.lowers[min(verb, person.start) : max(verb, person.start)]
    return by if person.start > verb else not by


def _signs_russian(scope: Scope, person: Candidate, verb: int) -> bool:
    """«X и Y подписали», «подписан X и Y», «подписал с X»: the case that the verb's voice asks for."""
    ws = scope.ws
    passive = any(reading.grammemes & {"PRTS", "pssv"} for reading in ws.readings[verb][:1])
    cases = getattr(person.data, "cases", frozenset()) or frozenset({"nomn", "ablt"})
    as_written = getattr(person.data, "nominative", None) == ws.phrase(person.start, person.end)
    if passive:
        return "ablt" in cases and person.start > verb and not (as_written and "nomn" in cases)
    if ws.tags[verb] == "NOUN" and verb < person.start <= verb + GAP and "gent" in cases:
        return True  # «стоит подпись мэра …»
    together = bool({"с", "со"} & set(ws.lowers[max(0, person.start - 5) : person.start]))
    return (as_written and "nomn" in cases) or (together and "ablt" in cases and not as_written)


def status_of(scope: Scope, dated: bool) -> Status:
    ws, lexicon = scope.ws, scope.lexicon
    if _ends_after(scope):
        return "ended"
    ended = (
        at
        for at in range(scope.start, scope.end)
        if ws.lemmas[at] in lexicon.end and abs(at - scope.mention.start) <= PLACE_REACH
    )
    if any(
        ws.languages[at] != "en" or (ws.tags[at] == "VERB" and not ws.lowers[at].endswith("s"))
        for at in ended
    ):
        return "ended"
    if scope.verb is not None:
        return "planned" if _is_planned(scope) else "signed"
    if not lexicon.pending.isdisjoint(ws.lemmas[scope.mention.end : scope.end]):
        return "planned"
    behind = slice(scope.mention.end, min(scope.end, scope.mention.end + PLACE_REACH))
    before = slice(max(scope.start, scope.mention.start - GAP), scope.mention.start)
    if not lexicon.negotiation.isdisjoint(ws.lemmas[before]) or _is_to_come(scope, behind):
        return "planned"
    if not lexicon.valid.isdisjoint(ws.lemmas[behind.start : behind.start + 2 * JOINTS]):
        return "in_force"
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


def _ends_after(scope: Scope) -> bool:
    """«Соглашение подписано в 1994 году. Действие его прекращено.»: a short sentence right behind."""
    ws = scope.ws
    number = ws.sentence_of[scope.mention.start] + 1
    if number >= len(ws.sentences) or not touches(ws, number, number - 1):
        return False
    start, end = ws.sentences[number]
    words = set(ws.lemmas[start:end])
    return (
        end - start <= SHORT
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


def _is_planned(scope: Scope) -> bool:
    """Whether the signing is still to come: an infinitive, a purpose, a future or a plan."""
    ws, verb = scope.ws, scope.verb
    assert verb is not None
    if is_future(scope):
        return True
    before = range(max(scope.start, verb - 3), verb)
    lowers = {ws.lowers[at] for at in before}
    if ws.languages[verb] == "en":
        purpose = verb > 1 and ws.lowers[verb - 1] == "to"
        if purpose and not {ws.lemmas[verb - 2], ws.lowers[verb - 2]} & {*scope.lexicon.plan, "be"}:
            return False
        to_be = ws.lowers[verb - 2 : verb] == ["to", "be"]
        return purpose or to_be or bool({"would", "may"} & lowers)
    infinitive = any("INFN" in r.grammemes for r in ws.readings[verb][:1])
    leads_to = {"для", "целью", "планируется", "готовится"} & lowers
    talks = ws.tags[verb] == "NOUN" and not scope.lexicon.negotiation.isdisjoint(
        ws.lemmas[max(scope.start, verb - 3) : verb]
    )
    after = ws.lemmas[scope.mention.end : scope.end]
    put_off = ws.tags[verb] == "NOUN" and not scope.lexicon.pending.isdisjoint(after)
    return (
        talks
        or put_off
        or infinitive
        or (ws.tags[verb] == "NOUN" and bool(leads_to))
        or "планируется" in lowers
    )


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
