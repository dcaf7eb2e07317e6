"""Who signed what with whom, when, where: the relations of each AGREEMENT mention.

The parties come from the words behind the instrument («между … и …», "with …"), from the subject of
the signing («Мэры X и Y подписали …»), from the sentence before; what only the layout tells (the
section's city, the page's owner) is kept apart as *implied*. Each way is a function that answers or
passes, and their order in :data:`PARTY_RULES` is the policy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.instruments import InstrumentLexicon, instrument_lexicon
from pobratim.lexicon.placing import placing_lexicon
from pobratim.schema import RELATION_ENDS
from pobratim.stages.instruments import InstrumentUse
from pobratim.stages.sections import Sections, sections
from pobratim.stages.workspace import Candidate, Link, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from pobratim.schema import Status

__all__ = ["AgreementUse", "Agreements"]

PARTIES = RELATION_ENDS["PARTY"][1]
GAP = 6
STEM = 5
PLACE_REACH = 14
BEHIND = 3
TITLE = 16
LONGEST_LIST = 40
JOINERS = frozenset({",", ";", "и", "and", "&", "with", "с", "а", "–", "-"})


@dataclass(slots=True)
class AgreementUse:
    """What the agreements stage made of a mention: its status and the parties only layout tells."""

    instrument: InstrumentUse
    status: Status = "mentioned"
    implied: list[str] = field(default_factory=list)
    subject_stems: frozenset[str] = frozenset()


@dataclass(slots=True)
class Scope:
    """One AGREEMENT mention with the part of the text that may speak of it."""

    ws: Workspace
    mention: Candidate
    use: InstrumentUse
    lexicon: InstrumentLexicon
    start: int
    end: int
    verb: int | None
    inside: list[Candidate]
    offices: dict[int, list[Candidate]] = field(default_factory=dict)

    def of(self, *labels: str) -> list[Candidate]:
        return [c for c in self.inside if c.label in labels]


@Language.factory("pobratim_agreements")
class Agreements:
    """Adds PARTY, SIGNED_ON, SIGNED_IN and SIGNED_BY; ``data`` becomes an :class:`AgreementUse`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.lexicons = instrument_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        layout = sections(ws)
        ws.implied_owner = layout.owner
        by_sentence = _by_sentence(ws)
        offices = _office_owners(ws)
        for mention in ws.of("AGREEMENT"):
            if isinstance(mention.data, InstrumentUse):
                self._relate(ws, mention, mention.data, layout, by_sentence, offices)
        return doc

    def _relate(
        self,
        ws: Workspace,
        mention: Candidate,
        use: InstrumentUse,
        layout: Sections,
        by_sentence: dict[int, list[Candidate]],
        offices: dict[int, list[Candidate]],
    ) -> None:
        lexicon = self.lexicons[ws.languages[mention.start]]
        scope = _scope(ws, mention, use, lexicon, by_sentence)
        scope.offices = offices
        result = AgreementUse(use)
        parties = _parties(scope, by_sentence)
        for party, score, rule in parties:
            ws.links.append(Link("PARTY", mention, party, score, f"agreements:{rule}"))
        date = _date(scope, by_sentence)
        result.instrument = _without_party(use, [party for party, _, _ in parties])
        result.subject_stems = _stems(ws, result.instrument.subject)
        result.status = _status(scope, date is not None)
        if date and result.status != "planned":
            ws.links.append(Link("SIGNED_ON", mention, date[0], date[1], f"agreements:{date[2]}"))
        if scope.verb is not None and result.status != "planned":
            _link_place(scope, [party for party, _, _ in parties], by_sentence)
            _link_signatories(scope)
        if use.instrument != "plan":
            result.implied = _implied(ws, mention, [party for party, _, _ in parties], layout)
        mention.data = result


def _stems(ws: Workspace, subject: tuple[int, int] | None) -> frozenset[str]:
    """The content words of a subject, cut to their first letters so that cases do not matter."""
    lemmas = ws.lemmas[slice(*subject)] if subject else []
    return frozenset(lemma[:STEM] for lemma in lemmas if len(lemma) > 3)


def _without_party(use: InstrumentUse, parties: list[Candidate]) -> InstrumentUse:
    """The use with its subject cut before a party: «о сотрудничестве [администрации …] с …»."""
    if use.subject is None:
        return use
    start, end = use.subject
    end = min([end, *(party.start for party in parties if start < party.start < end)])
    return replace(use, subject=(start, end) if end > start + 1 else None)


def _office_owners(ws: Workspace) -> dict[int, list[Candidate]]:
    """What each ROLE is of, by ``id``."""
    found: dict[int, list[Candidate]] = {}
    for link in ws.links:
        if link.label == "OFFICE_OF":
            found.setdefault(id(link.head), []).append(link.tail)
    return found


def _by_sentence(ws: Workspace) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = {}
    for candidate in ws.of(*PARTIES, "DATE", "PERSON", "ROLE", "EVENT", "AGREEMENT"):
        found.setdefault(ws.sentence_of[candidate.start], []).append(candidate)
    return found


def _scope(
    ws: Workspace,
    mention: Candidate,
    use: InstrumentUse,
    lexicon: InstrumentLexicon,
    by_sentence: dict[int, list[Candidate]],
) -> Scope:
    """The mention's sentence; of a list («подписаны: Соглашение …; Соглашение …») its own item."""
    sentence = ws.sentence_of[mention.start]
    first, last = ws.sentences[sentence]
    start, end = first, last
    others = [
        c for c in by_sentence.get(sentence, ()) if c.label == "AGREEMENT" and c is not mention
    ]
    for other in others:
        if other.end <= mention.start and ";" in ws.words[other.end : mention.start]:
            start = max(start, _last(ws, ";", other.end, mention.start) + 1)
        if other.start >= mention.end:
            end = min(end, other.start)
            break
    verb = _signing_verb(ws, mention, lexicon, start, end)
    if verb is None:
        verb = _signing_verb(ws, mention, lexicon, _list_start(ws, sentence), last)
    inside = [
        c for c in by_sentence.get(sentence, ()) if start <= c.start < end and c is not mention
    ]
    return Scope(ws, mention, use, lexicon, start, end, verb, inside)


def _list_start(ws: Workspace, sentence: int) -> int:
    """The first word of the list that a sentence is part of: «Подписаны: Соглашение …; Договор …»."""
    for _ in range(LONGEST_LIST):
        start, _end = ws.sentences[sentence]
        block = ws.blocks[ws.block_of[start]]
        if not sentence or ws.words[start - 1] not in ";:":
            return start
        if ws.block_of[start - 1] != ws.block_of[start] and block.kind not in ("item", "heading"):
            return start
        sentence -= 1
    return ws.sentences[sentence][0]


def _last(ws: Workspace, word: str, start: int, end: int) -> int:
    return max(at for at in range(start, end) if ws.words[at] == word)


def _signing_verb(
    ws: Workspace, mention: Candidate, lexicon: InstrumentLexicon, start: int, end: int
) -> int | None:
    """The nearest word that says that something is signed."""
    found = [
        at
        for at in range(start, end)
        if ws.lemmas[at] in lexicon.sign
        and not mention.start <= at < mention.end
        and (ws.lemmas[at] not in lexicon.sign_weak or abs(at - mention.start) <= GAP)
    ]
    return min(found, key=lambda at: abs(at - mention.start), default=None)


# Parties


def _parties(
    scope: Scope, by_sentence: dict[int, list[Candidate]]
) -> list[tuple[Candidate, float, str]]:
    """The sides of an agreement, each with a score and the rule that found it."""
    found: list[tuple[Candidate, float, str]] = []
    seen: set[str | int] = set()
    for rule, score, finder in PARTY_RULES:
        if len(found) >= 2 or (found and rule in ("before", "sentence-before")):
            break
        for party in finder(scope, by_sentence):
            key = party.entity or id(party)
            if key not in seen:
                seen.add(key)
                found.append((party, score, rule))
    return found


def _behind_between(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение [о …] между X и Y»: the places or bodies listed behind «между»."""
    ws = scope.ws
    limit = min(scope.end, max(_subject_end(scope) + BEHIND + 1, scope.mention.end + TITLE))
    for index in range(scope.mention.end, limit):
        if ws.lowers[index] in scope.lexicon.between:
            return list(_listed(scope, index + 1))
        other_verb = ws.tags[index] == "VERB" and ws.lemmas[index] not in scope.lexicon.sign
        if ws.words[index] in ".;," or (other_verb and index >= _subject_end(scope)):
            break
    return []


def _subject_end(scope: Scope) -> int:
    return scope.use.subject[1] if scope.use.subject else scope.mention.end


def _behind_with(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение [о … A] с B», "agreement with B": B, and A where it stands right before."""
    ws = scope.ws
    at = _subject_end(scope)
    found: list[Candidate] = []
    if scope.use.subject:
        tail = [c for c in scope.of(*PARTIES) if scope.use.subject[0] < c.start < at]
        found += [c for c in _outermost(tail) if c.end == at][:1]
    for index in range(at, min(scope.end, at + BEHIND)):
        if ws.lowers[index] in scope.lexicon.with_:
            return found + list(_listed(scope, index + 1))
    return []


def _agent(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«заключённый администрацией города», "signed by the mayors of": who signs, behind the verb."""
    ws, verb = scope.ws, scope.verb
    if verb is None or verb < scope.mention.end:
        return []
    english = ws.languages[verb] == "en"
    at = verb + 1
    if english and ws.lowers[at : at + 1] != ["by"]:
        return []
    near = [c for c in _outermost(scope.of(*PARTIES)) if at <= c.start <= verb + BEHIND]
    near = near if english else [c for c in near if _has_case(ws, c, "ablt")]
    return list(_listed(scope, near[0].start)) if near else []


def _has_case(ws: Workspace, candidate: Candidate, case: str) -> bool:
    marks = ws.readings[candidate.head if candidate.head is not None else candidate.start]
    return any(case in reading.grammemes for reading in marks)


def _owner_of_plan(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«План мероприятий администрации города …»: the body right behind a plan."""
    if scope.use.instrument != "plan":
        return []
    return [c for c in scope.of("ORGANIZATION") if c.start == scope.mention.end][:1]


def _signing_subject(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Мэры X и Y подписали …», "X and Y signed …": who stands before the signing verb."""
    ws = scope.ws
    if scope.verb is None or scope.verb > scope.mention.start or ws.tags[scope.verb] == "NOUN":
        return []
    of_roles = [
        owner
        for role in scope.of("ROLE")
        if scope.verb - PLACE_REACH < role.start < scope.verb and _may_be_subject(ws, role)
        for owner in scope.offices.get(id(role), ())
    ]
    if of_roles:
        return of_roles
    subject = [c for c in scope.of(*PARTIES) if c.end <= scope.verb]
    subject = [c for c in _outermost(subject) if not _is_oblique(ws, c)]
    if subject and scope.verb - subject[-1].end <= BEHIND:
        return subject
    if len(subject) == 1 and scope.verb - subject[0].end <= PLACE_REACH:
        return subject
    return []


def _may_be_subject(ws: Workspace, candidate: Candidate) -> bool:
    marks = ws.readings[candidate.head if candidate.head is not None else candidate.start]
    return not marks or any("nomn" in reading.grammemes for reading in marks)


def _is_oblique(ws: Workspace, candidate: Candidate) -> bool:
    """Whether the name cannot be a subject: «в Казани», "in Kazan", a genitive."""
    first = ws.sentences[ws.sentence_of[candidate.start]][0]
    lexicon = placing_lexicon().get(ws.languages[candidate.start])
    before = candidate.start - 1
    while before >= first and (
        ws.words[before] == "." or (lexicon and ws.lemmas[before] in lexicon.city)
    ):
        before -= 1
    if before >= first and lexicon and ws.lowers[before] in lexicon.locative:
        return True
    return not _may_be_subject(ws, candidate)


def _between_before(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«между городами X и Y подписано соглашение»: a list behind «между» before the mention."""
    ws = scope.ws
    if any(c.end <= scope.mention.start for c in scope.of("AGREEMENT")):
        return []
    for index in range(scope.mention.start - 1, scope.start - 1, -1):
        if ws.lowers[index] in scope.lexicon.between:
            return list(_listed(scope, index + 1))
    return []


def _sentence_before(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """The same list in the sentence before, where this one only says that it was signed."""
    ws = scope.ws
    sentence = ws.sentence_of[scope.mention.start]
    if scope.verb is None or sentence == 0:
        return []
    start, end = ws.sentences[sentence - 1]
    if ws.block_of[start] != ws.block_of[scope.mention.start]:
        return []
    before = Scope(
        ws, scope.mention, scope.use, scope.lexicon, start, end, None, by_sentence.get(sentence - 1, [])
    )  # fmt: skip
    for index in range(end - 1, start - 1, -1):
        if ws.lowers[index] in scope.lexicon.between:
            return list(_listed(before, index + 1))
    return []


PARTY_RULES: tuple[
    tuple[str, float, Callable[[Scope, dict[int, list[Candidate]]], list[Candidate]]], ...
] = (
    ("between", 0.95, _behind_between),
    ("plan", 0.85, _owner_of_plan),
    ("with", 0.9, _behind_with),
    ("agent", 0.85, _agent),
    ("subject", 0.9, _signing_subject),
    ("before", 0.75, _between_before),
    ("sentence-before", 0.6, _sentence_before),
)


def _listed(scope: Scope, start: int) -> Iterator[Candidate]:
    """The parties of a list that begins at word ``start``: «городами X (РФ) и Y провинции Z»."""
    ws = scope.ws
    known = {c.start: c for c in reversed(_outermost(scope.of(*PARTIES)))}
    at, depth, strange, count = start, 0, 0, 0
    joined = True
    last_label = ""
    while at < scope.end:
        word, candidate = ws.words[at], known.get(at)
        if word in "([":
            depth += 1
        elif word in ")]":
            depth = max(0, depth - 1)
        elif candidate and not depth:
            if joined and not _modifies_last(ws, candidate, last_label, at):
                count += 1
                last_label = candidate.label
                joined = False
                yield candidate
            strange = 0
            at = candidate.end
            continue
        elif not depth and (ws.tags[at] in ("VERB", "AUX") or word in ".;:!?" or strange >= GAP):
            if word != "." or at + 1 >= scope.end or ws.words[at - 1].lower() not in ("г", "гг"):
                return
        elif not depth and ws.lowers[at] in scope.lexicon.stop:
            return
        elif not depth and ws.lowers[at] in JOINERS:
            joined = True
        elif not depth and word.isalpha() and ws.tags[at] not in ("CCONJ", "DET", "ADP"):
            strange += 1
            if count >= 2 and strange > 2:
                return
        at += 1


def _modifies_last(ws: Workspace, candidate: Candidate, last_label: str, at: int) -> bool:
    """Whether a region or country only says where the city before it lies: «Ухань провинции Хубэй»."""
    if last_label != "CITY" or candidate.label not in ("REGION", "COUNTRY"):
        return False
    before = at - 1
    while before > 0 and ws.words[before].isalpha() and ws.tags[before] == "NOUN":
        before -= 1
    return ws.lowers[before] not in ("и", "and", "&")


def _outermost(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [c for c in candidates if not any(o is not c and o.covers(c) for o in candidates)]


def _implied(
    ws: Workspace, mention: Candidate, parties: list[Candidate], layout: Sections
) -> list[str]:
    """The section's city, then the page's owner, until there are two sides."""
    sides = {party.entity for party in parties}
    topic = layout.topics[ws.block_of[mention.start]] if layout.topics else None
    implied: list[str] = []
    if any(party.label == "ORGANIZATION" for party in parties):
        return implied
    for place in (topic.entity if topic else None, layout.owner if topic or sides else None):
        if place and place not in sides and len(sides) < 2:
            sides.add(place)
            implied.append(place)
    return implied if len(sides) > 1 else []


# Circumstances


def _date(
    scope: Scope, by_sentence: dict[int, list[Candidate]]
) -> tuple[Candidate, float, str] | None:
    ws = scope.ws
    dates = [c for c in scope.of("DATE") if not _is_of_subject(scope, c)]
    if (
        scope.verb is not None
        and scope.verb >= scope.mention.end
        and _is_participle(ws, scope.verb)
    ):
        dates = [c for c in dates if c.start > scope.verb]
    bracketed = _date_in_brackets(scope, by_sentence)
    if bracketed:
        return bracketed, 0.9, "brackets"
    if scope.verb is None:
        return None
    if dates:
        nearest = min(dates, key=lambda date: _distance(date, scope.verb or 0))
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


def _is_participle(ws: Workspace, at: int) -> bool:
    return any("PRTF" in reading.grammemes for reading in ws.readings[at][:1])


def _distance(candidate: Candidate, word: int) -> int:
    return candidate.start - word if candidate.start >= word else word - candidate.end + 1


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


def _link_place(
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
        if not _is_nested(scope, candidate) and _distance(candidate, verb) <= PLACE_REACH:
            yield candidate, "place" if candidate.label == "CITY" else "event"
    start = _list_start(ws, ws.sentence_of[scope.mention.start])
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


def _link_signatories(scope: Scope) -> None:
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
        if signs and _distance(person, verb) <= 3 * PLACE_REACH:
            ws.links.append(Link("SIGNED_BY", scope.mention, person, 0.8, "agreements:signatory"))


def _status(scope: Scope, dated: bool) -> Status:
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
