"""The sides of an agreement: each way to tell them is a rule, and their order is the policy.

The parties come from the words behind the instrument («между … и …», "with …"), from who signs it
(«Мэры X и Y подписали …», "signed by …"), from the list item that it stands in, from the sentence
before. What only the layout tells (the section's city, the page's owner) is kept apart as *implied*.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pobratim.lexicon.placing import placing_lexicon
from pobratim.stages.agreement_follow import sides
from pobratim.stages.agreement_scope import (
    GAP,
    PARTIES,
    Scope,
    distance,
    has_case,
    may_be_subject,
    outermost,
)
from pobratim.stages.agreement_signing import is_where, signatories
from pobratim.stages.instruments import is_attribute
from pobratim.stages.sections import Sections
from pobratim.stages.workspace import Candidate, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PARTY_RULES", "implied_parties", "parties_of"]

PLACE_REACH = 14
BEHIND = 3
ENTRY = 16
TITLE = 16
PAIRED = (["и"], ["and"], ["&"], ["-"], ["–"], ["—"])
JOINERS = frozenset({",", ";", "и", "and", "&", "with", "с", "а", "–", "-"})


def parties_of(
    scope: Scope, by_sentence: dict[int, list[Candidate]], follows: list[Scope]
) -> list[tuple[Candidate, float, str]]:
    """The sides of an agreement, each with a score and the rule that found it."""
    found: list[tuple[Candidate, float, str]] = []
    seen: set[str | int] = set()
    for rule, score, finder in PARTY_RULES:
        one_sided = {how for _, _, how in found} <= ONE_SIDE
        if (len(found) >= 2 and not one_sided) or (found and rule in FOR_WANT_OF_OTHERS):
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


def _signed_for(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«от имени X подписал …», "signed on behalf of X by …"."""
    return list(sides(scope))


def _offices_of_signatories(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«подписан мэром X И. Ивановым», «подписанное мэрами X и Y»: what those who sign are of."""
    ws, verb = scope.ws, scope.verb
    if verb is None:
        return []
    roles = [role for one in signatories(scope) for role in scope.held.get(id(one), ())]
    english = ws.languages[verb] == "en"
    for role in scope.of("ROLE"):
        behind = verb < role.start <= verb + PLACE_REACH
        by = "by" in ws.lowers[verb : role.start] if english else has_case(ws, role, "ablt")
        if behind and by and role not in roles:
            roles.append(role)
    owners = [owner for role in roles for owner in scope.offices.get(id(role), ())]
    return [_nearest(scope, owner) for owner in owners]


def _nearest(scope: Scope, party: Candidate) -> Candidate:
    """The mention of the same place that stands nearest to the instrument in its sentence."""
    same = [c for c in scope.of(party.label) if c.entity and c.entity == party.entity]
    return min([party, *same], key=lambda c: distance(c, scope.mention.start))


def _behind_between(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение [о …] между X и Y»: the places or bodies listed behind «между»."""
    ws = scope.ws
    limit = min(scope.end, max(_subject_end(scope) + BEHIND + 1, scope.mention.end + TITLE))
    for index in range(scope.mention.end, limit):
        if ws.lowers[index] in scope.lexicon.between:
            return list(_listed(scope, index + 1))
        other_verb = ws.tags[index] == "VERB" and ws.lemmas[index] not in scope.lexicon.sign
        other_verb = other_verb and not is_attribute(ws, index)
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
        found += [c for c in outermost(tail) if c.end == at][:1]
    for index in range(at, min(scope.end, at + BEHIND)):
        if ws.lowers[index] in scope.lexicon.with_:
            return found + list(_listed(scope, index + 1))
    return []


def _signed_with(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Договор подписан в 1990 г. с X», "with X an agreement was signed", «с которым подписан …»."""
    ws = scope.ws
    at = scope.mention.start if scope.verb is None else scope.verb
    reach = range(max(scope.start, at - PLACE_REACH), min(scope.end, at + PLACE_REACH))
    for index in sorted(reach, key=lambda index: abs(index - at)):
        if ws.lowers[index] not in scope.lexicon.with_:
            continue
        if ws.lowers[index + 1 : index + 2] and ws.lowers[index + 1] in scope.lexicon.pronouns:
            return _spoken_before(scope, index, by_sentence)
        listed = list(_listed(scope, index + 1)) if _is_free(scope, index) else []
        if listed and listed[0].start - index <= BEHIND + 1:
            return listed
    return []


def _is_free(scope: Scope, index: int) -> bool:
    """Whether "with" belongs to the signing, not to a noun or an instrument before the mention."""
    ws, mention = scope.ws, scope.mention
    if scope.verb is None:
        return False
    if index > mention.start:
        return True
    opens = index == scope.start or ws.tags[index - 1] in ("PUNCT", "CCONJ", "VERB", "X")
    return opens and not any(
        c.start > index for c in scope.of("AGREEMENT") if c.end <= mention.start
    )


def _spoken_before(
    scope: Scope, word: int, by_sentence: dict[int, list[Candidate]]
) -> list[Candidate]:
    """What a pronoun stands for: the nearest city or body before it, in this sentence or the last."""
    sentence = scope.ws.sentence_of[word]
    near = [c for number in (sentence - 1, sentence) for c in by_sentence.get(number, ())]
    near = [c for c in near if c.label in ("CITY", "ORGANIZATION") and c.end <= word]
    return outermost(near)[-1:]


def _agent(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«заключённый администрацией города», "signed by the mayors of": who signs, behind the verb."""
    ws, verb = scope.ws, scope.verb
    if verb is None or verb < scope.mention.end:
        return []
    english = ws.languages[verb] == "en"
    near = [c for c in outermost(scope.of(*PARTIES)) if verb < c.start <= verb + PLACE_REACH]
    for party in near:
        between = range(verb + 1, party.start)
        if any(ws.tags[at] in ("VERB", "AUX") or ws.words[at] in ".;" for at in between):
            break
        if english and "by" in ws.lowers[max(verb, party.start - BEHIND - 1) : party.start]:
            return [_nearest(scope, one) for one in _listed(scope, party.start)]
        oblique = _is_oblique(ws, party, cases=False)
        if not english and not oblique and has_case(ws, party, "ablt") and _is_bare(ws, party):
            return list(_listed(scope, party.start))
    return []


def _is_bare(ws: Workspace, party: Candidate) -> bool:
    """Whether no preposition and no head noun governs the name: «подписан … администрацией»."""
    before = party.start - 1
    types = placing_lexicon()["ru"]
    while ws.lemmas[before] in types.city or ws.words[before] == ".":
        before -= 1
    return ws.tags[before] != "ADP" and ws.words[before] not in "(["


def _subject_behind(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Договор подписали города X и Y», «… заключили мэры X и Y»: the subject behind its verb."""
    ws, verb = scope.ws, scope.verb
    if verb is None or ws.languages[verb] == "en" or verb < scope.mention.start:
        return []
    if not any(
        "VERB" in reading.pos and "past" in reading.grammemes for reading in ws.readings[verb][:1]
    ):
        return []
    for role in scope.of("ROLE"):
        owners = scope.offices.get(id(role), [])
        if verb < role.start <= verb + BEHIND and owners and may_be_subject(ws, role):
            return list(owners)
    near = [c for c in outermost(scope.of(*PARTIES)) if verb < c.start <= verb + BEHIND]
    near = [c for c in near if may_be_subject(ws, c) and _is_bare(ws, c)]
    return list(_listed(scope, near[0].start)) if near else []


def _genitive(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение городов X и Y», «договор администрации города X с Y»: right behind the noun."""
    ws = scope.ws
    if ws.languages[scope.mention.start] == "en" or scope.use.instrument == "plan":
        return []
    at = _subject_end(scope)
    types = placing_lexicon()["ru"]
    while at < scope.end and (ws.lemmas[at] in types.city or ws.words[at] == "."):
        at += 1
    first = [c for c in outermost(scope.of(*PARTIES)) if c.start == at and has_case(ws, c, "gent")]
    listed = list(_listed(scope, at)) if first else []
    return listed if len(listed) > 1 else []


def _entry_behind(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Соглашение: Чита (1998 г.)», "1998 | Agreement | Chita": the city behind, in an entry without verb."""
    ws = scope.ws
    if any(ws.tags[at] in ("VERB", "AUX") for at in range(scope.start, scope.end)):
        return []
    at = _subject_end(scope)
    behind = [c for c in scope.of("CITY") if at < c.start <= at + BEHIND]
    if not behind or ws.words[behind[0].start - 1] not in "-–—:|":
        return []
    return behind[:1]


def _owner_of_plan(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«План мероприятий администрации города …»: the body right behind a plan."""
    if scope.use.instrument != "plan":
        return []
    return [c for c in scope.of("ORGANIZATION") if c.start == scope.mention.end][:1]


def _signing_subject(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Мэры X и Y подписали …», "X and Y signed …": who stands before the signing verb."""
    ws = scope.ws
    verb = _verb_before(scope) if scope.verb is None else scope.verb
    if verb is None or verb > scope.mention.start or ws.tags[verb] == "NOUN":
        return []
    of_roles = [
        owner
        for role in scope.of("ROLE")
        if verb - PLACE_REACH < role.start < verb and may_be_subject(ws, role)
        for owner in scope.offices.get(id(role), ())
    ]
    if of_roles:
        return of_roles
    subject = [c for c in scope.of(*PARTIES) if c.end <= verb]
    subject = [c for c in outermost(subject) if not _is_oblique(ws, c)]
    subject = [c for c in subject if ws.words[c.start - 1] not in "(["]
    if any(c.label == "CITY" for c in subject):
        subject = [c for c in subject if c.label in ("CITY", "ORGANIZATION")]
    if subject and verb - subject[-1].end <= BEHIND:
        return subject
    if len(subject) == 1 and verb - subject[0].end <= PLACE_REACH:
        return subject
    return []


def _verb_before(scope: Scope) -> int | None:
    """The verb that has the instrument as its object: «X и Y готовят меморандум», "X has a pact with"."""
    ws = scope.ws
    for at in range(scope.mention.start - 1, max(scope.start, scope.mention.start - GAP) - 1, -1):
        if ws.words[at] in ".;:,":
            return None
        if ws.tags[at] in ("VERB", "AUX"):
            return at
    return None


def _lead_of_list(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Администрацией города X подписаны: Соглашение с Y; …»: who signs, in the list's lead."""
    ws, verb = scope.ws, scope.verb
    if verb is None or ws.sentence_of[verb] == ws.sentence_of[scope.mention.start]:
        return []
    near = outermost([c for c in by_sentence.get(ws.sentence_of[verb], ()) if c.label in PARTIES])
    near = [c for c in near if not _is_oblique(ws, c, cases=False)]
    if ws.languages[verb] != "en":
        near = [c for c in near if has_case(ws, c, "ablt") or may_be_subject(ws, c)]
    return near if len(near) == 1 else []


def _named_before(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """ "The Tacoma–Kitakyushu agreement": the places that an English instrument is named by."""
    ws, mention = scope.ws, scope.mention
    if ws.languages[mention.start] != "en":
        return []
    found: list[Candidate] = []
    at = mention.start
    for city in reversed([c for c in scope.of("CITY") if c.end <= mention.start]):
        if city.end != at:
            break
        found.append(city)
        at = city.start - 1 if ws.words[city.start - 1] in "-–—" else -1
    return found


def _visit(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«В ходе визита мэра X в Y подписано …»: host and guest, of this sentence and the one before."""
    ws, mention = scope.ws, scope.mention
    number = ws.sentence_of[mention.start]
    here = range(ws.sentences[number][0], mention.start)
    if not any(ws.lemmas[at] in scope.lexicon.visit for at in here):
        return []
    block = ws.blocks[ws.block_of[mention.start]]
    near = [c for one in (number - 1, number) for c in by_sentence.get(one, ())]
    near = [c for c in near if block.start <= c.start and c.end <= mention.start]
    if any(c.label == "AGREEMENT" for c in near):
        return []
    cities = {c.entity: c for c in outermost(near) if c.label == "CITY"}
    return list(cities.values()) if len(cities) == 2 else []


def _near(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """Who the sentence before speaks of: «X и Y дружат. Соглашение подписано …», a visit to X."""
    ws, mention = scope.ws, scope.mention
    sentence = ws.sentence_of[mention.start]
    if not sentence or ws.block_of[ws.sentences[sentence - 1][0]] != ws.block_of[mention.start]:
        return []
    before = by_sentence.get(sentence - 1, [])
    words = range(*ws.sentences[sentence - 1])
    if any(c.label == "AGREEMENT" for c in before) or any(
        ws.lemmas[at] in scope.lexicon.sign - scope.lexicon.sign_weak for at in words
    ):
        return []  # It tells of another one.
    top = outermost([c for c in before if c.label in (*PARTIES, "EVENT")])
    cities: dict[str | None, Candidate] = {}
    for city in top:
        if city.label == "CITY" and not is_where(ws, city):
            cities[city.entity] = city
    known = len(cities) == 2 or (ws.implied_owner is not None and ws.implied_owner not in cities)
    told = any(ws.tags[at] in ("VERB", "AUX") for at in words)
    return list(cities.values()) if known and told and len(cities) <= 2 else []


def _is_oblique(ws: Workspace, candidate: Candidate, *, cases: bool = True) -> bool:
    """Whether the name cannot be a subject: «в Казани», "in Kazan", a genitive."""
    first = ws.sentences[ws.sentence_of[candidate.start]][0]
    lexicon = placing_lexicon().get(ws.languages[candidate.start])
    before = candidate.start - 1
    while before >= first and (
        ws.words[before] == "."
        or ws.tags[before] == "ADJ"
        or (lexicon and ws.lemmas[before] in lexicon.city)
    ):
        before -= 1
    if before >= first and lexicon and ws.lowers[before] in lexicon.locative:
        return True
    return cases and not may_be_subject(ws, candidate)


def _between_before(scope: Scope, _: dict[int, list[Candidate]]) -> list[Candidate]:
    """«между городами X и Y подписано соглашение»: a list behind «между» before the mention."""
    ws = scope.ws
    if any(c.end <= scope.mention.start for c in scope.of("AGREEMENT")):
        return []
    for index in range(scope.mention.start - 1, scope.start - 1, -1):
        if ws.lowers[index] in scope.lexicon.between:
            return list(_listed(scope, index + 1))
    return []


def _entry(scope: Scope, by_sentence: dict[int, list[Candidate]]) -> list[Candidate]:
    """«Штутгарт (Германия) – Договор о …»: the city of the list's entry, with no verb between."""
    ws, mention = scope.ws, scope.mention
    first = ws.blocks[ws.block_of[mention.start]].start
    item = ws.blocks[ws.block_of[mention.start]].kind != "paragraph"
    near = by_sentence.get(ws.sentence_of[first], ()) if item and first < scope.start else ()
    cities = [c for c in (*near, *scope.inside) if c.label == "CITY" and c.end <= mention.start]
    if not cities or mention.start - cities[-1].end > ENTRY:
        return []
    between = range(cities[-1].end, mention.start)
    if _is_oblique(ws, cities[-1], cases=False):
        return []
    broken = any(ws.tags[at] in ("VERB", "AUX") or ws.words[at] == ";" for at in between)
    if broken:
        return []
    paired = len(cities) > 1 and ws.lowers[cities[-2].end : cities[-1].start] in PAIRED
    return cities[-2:] if paired else cities[-1:]


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
    if before.of("AGREEMENT"):
        return []
    for index in range(end - 1, start - 1, -1):
        if ws.lowers[index] in scope.lexicon.between:
            return list(_listed(before, index + 1))
    return []


ONE_SIDE = frozenset({"with", "signed-with"})
"""Rules that find the partners, however many, of a side that another rule has to find."""

FOR_WANT_OF_OTHERS = frozenset({"sentence-before", "entry", "entry-behind", "near", "visit"})
"""Rules that are asked only where no other has found a side."""

PARTY_RULES: tuple[
    tuple[str, float, Callable[[Scope, dict[int, list[Candidate]]], list[Candidate]]], ...
] = (
    ("between", 0.95, _behind_between),
    ("plan", 0.85, _owner_of_plan),
    ("with", 0.9, _behind_with),
    ("name", 0.85, _named_before),
    ("signed-with", 0.85, _signed_with),
    ("agent", 0.85, _agent),
    ("before", 0.75, _between_before),
    ("side", 0.85, _signed_for),
    ("subject", 0.9, _signing_subject),
    ("subject-behind", 0.85, _subject_behind),
    ("genitive", 0.8, _genitive),
    ("office", 0.8, _offices_of_signatories),
    ("lead", 0.8, _lead_of_list),
    ("sentence-before", 0.6, _sentence_before),
    ("entry", 0.8, _entry),
    ("entry-behind", 0.7, _entry_behind),
    ("visit", 0.7, _visit),
    ("near", 0.6, _near),
)


def _listed(scope: Scope, start: int) -> Iterator[Candidate]:
    """The parties of a list that begins at word ``start``: «городами X (РФ) и Y провинции Z»."""
    ws = scope.ws
    known = {c.start: c for c in reversed(outermost(scope.of(*PARTIES)))}
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
            of_body = ws.words[candidate.end : candidate.end + 1] in (["'s"], ["’s"])
            if joined and not of_body and not _modifies_last(ws, candidate, last_label, at):
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


def implied_parties(
    scope: Scope, parties: list[Candidate], layout: Sections, follows: list[Scope]
) -> list[str]:
    """What the sentence leaves to the text round it, until there are two sides.

    The section's city; else what those who sign in the next sentence are of, and the city that the
    paragraph or the title speaks of; then the page's owner.
    """
    sides = {party.entity for party in parties}
    if len(sides) > 1 or (parties and parties[0].label == "COUNTRY"):
        return []
    topic = layout.topics[scope.ws.block_of[scope.mention.start]] if layout.topics else None
    places = [topic.entity] if topic else []
    if topic is None:
        offices = [one.entity for clause in follows for one in _offices_of_signatories(clause, {})]
        places += [*dict.fromkeys(offices)] or _spoken_of(scope, layout)
    implied: list[str] = []
    for place in (*places, layout.owner):
        if place and place not in sides and len(sides) < 2:
            sides.add(place)
            implied.append(place)
    return implied if len(sides) > 1 else []


def _spoken_of(scope: Scope, layout: Sections) -> list[str]:
    """The one other city that the paragraph has named, else the pair that the title names."""
    ws, mention = scope.ws, scope.mention
    if scope.verb is None and scope.use.subject is None:
        return []
    block = ws.blocks[ws.block_of[mention.start]]
    cities = [c for c in outermost(ws.of(*PARTIES)) if c.label == "CITY" and c.entity]
    before = [c.entity for c in cities if block.start <= c.start and c.end <= mention.start]
    others = dict.fromkeys(one for one in before if one and one != layout.owner)
    if len(others) == 1:
        return list(others)
    title = ws.blocks[0]
    if title.kind != "heading":
        return []
    pair = dict.fromkeys(c.entity for c in cities if c.entity and c.end <= title.end)
    return list(pair) if len(pair) == 2 and layout.owner in {*pair, None} else []
