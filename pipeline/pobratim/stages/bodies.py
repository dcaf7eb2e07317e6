"""ORGANIZATION mentions: named companies, offices, schools, associations and other bodies.

A noun that names a sort of body is looked up, its phrase walked, and the phrase judged by what
makes it a name: quotes, a number, a namesake, the place it governs, capitals. Legal forms begin a
name of themselves. What the languages' models saw beside that is taken over with less confidence.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.bodies import BodyLexicon, body_lexicons
from pobratim.lexicon.events import event_lexicons
from pobratim.stages import phrases_english, phrases_russian
from pobratim.stages.bodies_foreign import foreign_names
from pobratim.stages.bodies_forms import dotted, formed
from pobratim.stages.bodies_guessed import guessed
from pobratim.stages.bodies_judged import (
    POLICIES,
    BodyName,
    coordinated,
    fitted,
    is_building,
    is_plural,
    score,
    with_parent,
)
from pobratim.stages.bodies_parts import joined_parts
from pobratim.stages.bodies_seen import acronyms, listed, repeated
from pobratim.stages.cases import cases_of
from pobratim.stages.nominatives import nominative
from pobratim.stages.phrases import (
    Context,
    Options,
    Phrase,
    context,
    is_initial,
    months,
    same_name,
    weekdays,
)
from pobratim.stages.workspace import Candidate, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc

    from pobratim.stages.workspace import Workspace

__all__ = ["Bodies", "BodyName"]

NOTHING = frozenset[str]()
STANDING = 0.82
ABOUT = frozenset({"government", "department", "mission", "association", "centre"})
"""Kinds that are "on" something."""
HONOURING = frozenset({"school", "science", "culture", "health"})
"""Kinds that may be called after a person without «имени»."""
TRADING = frozenset({"company", "association"})
"""Kinds whose adjectives of a field or owner only describe: «муниципальное предприятие «…»»."""
OF_ARTS = frozenset({"ensemble", "culture", "centre"})
LONG = 10
SEATED = frozenset({"school", "science", "culture", "ensemble"})
"""Kinds whose place may stand right behind their noun in English."""
LEAST = 0.4
FOREIGN = 0.93
WALKERS = {"ru": phrases_russian.phrase, "en": phrases_english.phrase}


@Language.factory("pobratim_bodies")
class Bodies:
    """Adds ORGANIZATION candidates; ``data`` is a :class:`BodyName`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.lexicons = body_lexicons()
        self.options = {
            language: _options(language, lexicon) for language, lexicon in self.lexicons.items()
        }

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        ws.candidates = [
            one for one in ws.candidates if one.label != "CITY" or not self._is_noun(ws, one)
        ]
        seen = context(ws)
        found = joined_parts(seen, _longest(list(self._grammar(seen))), self.lexicons["en"])
        found = dotted(seen, self._with_foreign(seen, found))
        found += self._standing(seen, found)
        for source in (listed, acronyms, guessed, repeated):
            found += source(seen, self.lexicons, found)
        _name(seen, found)
        _identify(seen, found)
        seen.ws.candidates.extend(found)
        return doc

    def _is_noun(self, ws: Workspace, one: Candidate) -> bool:
        """Whether a place is an office's noun behind "City": "City Duma"."""
        if one.end - one.start > 1 or ws.languages[one.start] != "en":
            return False
        kinds = self.lexicons["en"].kinds
        return kinds.get(ws.lowers[one.start]) in ("government", "department")

    def _grammar(self, seen: Context) -> Iterator[Candidate]:
        """Phrases of body nouns and legal forms, left to right, none within another."""
        ws = seen.ws
        past = 0
        titles = [c for c in ws.candidates if c.label == "ROLE" and c.score >= LEAST]
        roles = {at for role in titles for at in range(role.start, role.end)}
        begin = {role.start for role in titles}
        for head in _heads(seen, self.lexicons):
            if head < past or (head in seen.placed and not _named_place(seen, head)):
                continue
            if head in roles and (ws.words[head][0].islower() or head + 1 in roles):
                continue
            language = ws.languages[head]
            form = self._form(ws.words[head])
            candidate = (
                formed(seen, head, form) if form is not None else self._judged(seen, head, language)
            )
            if candidate is not None:
                candidate.start = _with_form(ws, candidate.start, self.lexicons["ru"])
                if language == "ru" and candidate.start < past <= head:
                    candidate.start = _behind(ws, past, head)
                candidate.end = _before_title(ws, candidate, begin)
                past = candidate.end
                yield candidate
                for further in coordinated(seen, candidate):
                    past = further.end
                    yield further

    def _with_foreign(self, seen: Context, found: list[Candidate]) -> list[Candidate]:
        """The bodies, with those that a noun of another language names for the parts of them."""
        ws, lexicon = seen.ws, self.lexicons["en"]
        stops = frozenset(c.start for c in ws.candidates if c.label in ("ROLE", "DATE"))
        for start, head, end in foreign_names(ws, stops, seen.places):
            opening = seen.inside.get(head)
            if opening is not None:
                if start != opening + 1 or end < seen.quote_end[opening] - 1:
                    continue
                start, end = opening, seen.quote_end[opening]
            others = [one for one in found if one.start < end and start < one.end]
            if any(one.start <= start and end <= one.end for one in others):
                continue
            found = [one for one in found if one not in others]
            name = BodyName(ws.phrase(start, end), lexicon.foreign[ws.lowers[head]])
            found.append(
                Candidate(
                    "ORGANIZATION", start, end, FOREIGN, "bodies:foreign", head=head, data=name
                )
            )
        return sorted(found, key=lambda one: (one.start, one.end))

    def _form(self, word: str) -> BodyLexicon | None:
        """The lexicon that has ``word`` as a legal form, whatever the language around it."""
        for lexicon in self.lexicons.values():
            if word in lexicon.leading or word in lexicon.legal:
                return lexicon
        return None

    def _judged(self, seen: Context, head: int, language: str) -> Candidate | None:
        ws, lexicon = seen.ws, self.lexicons[language]
        noun = _noun(ws, head, language)
        kind = lexicon.kinds.get(noun, "culture")
        if language == "en" and _is_modifier(seen, head, lexicon):
            return None
        if noun in lexicon.named_only and ws.words[head][0].islower():
            return None
        if noun in lexicon.parts and self._has_whole(seen, head, lexicon):
            return None
        phrase = WALKERS[language](seen, head, self.options[language][kind])
        needed = lexicon.needs_adjective.get(noun)
        if needed is not None and phrase.quote < 0 and not _has_any(ws, phrase, needed):
            return None
        with_parent(seen, phrase, lexicon, self.options[language][kind])
        if _is_only_kind(seen, phrase, lexicon):
            return None
        if language == "ru" and kind == "government" and _is_of_each(seen, phrase):
            return None
        sure, rule = score(seen, phrase, kind, lexicon)
        if sure < LEAST or is_building(seen, phrase, lexicon):
            return None
        if is_plural(seen, head) and (phrase.quote > head or phrase.brand):
            phrase.start = phrase.brand[0] if phrase.brand else phrase.quote
        if _is_generic(seen, phrase, lexicon):
            phrase.start = phrase.quote
        start, end, sure = fitted(seen, phrase, sure, lexicon)
        if sure < LEAST:
            return None
        name = BodyName(_listed_name(seen, phrase, start, end, language), kind)
        return Candidate("ORGANIZATION", start, end, sure, f"bodies:{rule}", head=head, data=name)

    def _has_whole(self, seen: Context, head: int, lexicon: BodyLexicon) -> bool:
        """Whether a noun in lower case is followed by the body it is of, which has a name:
        «завод ООО «…»», «коллектив ансамбля «…»»."""
        ws, following = seen.ws, head + 1
        if following + 1 >= len(ws) or (ws.words[head][0].isupper() and not is_initial(ws, head)):
            return False
        if ws.words[following] in lexicon.legal or ws.words[following] in lexicon.acronyms:
            return True
        owner = lexicon.kinds.get(ws.lemmas[following])
        if owner is None or "gent" not in cases_of(ws.lowers[following], False):
            return False
        return following + 1 in seen.quote_end and not is_plural(seen, following)

    def _standing(self, seen: Context, found: list[Candidate]) -> list[Candidate]:
        """Forums and congresses that the text treats as bodies: «член Форума северных городов»."""
        ws = seen.ws
        phrases: list[tuple[Phrase, tuple[str, ...], BodyLexicon]] = []
        names: set[tuple[str, ...]] = set()
        covered = {at for candidate in found for at in range(candidate.start, candidate.end)}
        meetings = frozenset().union(*(lexicon.both for lexicon in self.lexicons.values()))
        for head in ws.whose("lemmas", lambda lemma: lemma in meetings or "-" in lemma):
            lemma = ws.lemmas[head]
            lexicon = self.lexicons.get(ws.languages[head])
            if lexicon is None or (
                lemma not in lexicon.both
                and ("-" not in lemma or lemma.rsplit("-", 1)[-1] not in lexicon.both)
            ):
                continue
            options = self.options[ws.languages[head]]["association"]
            phrase = WALKERS[ws.languages[head]](seen, head, options)
            if phrase.ordinal or phrase.quote >= 0 or not (phrase.capital or phrase.initial):
                continue
            if not (phrase.theme or phrase.proper or phrase.place or phrase.specific):
                continue
            name = same_name(ws, phrase.start, phrase.end)
            phrases.append((phrase, name, lexicon))
            initials = _initials_follow(seen, phrase)
            if head in covered or initials or _follows_membership(seen, phrase, lexicon):
                names.add(name)
        return [
            Candidate(
                "ORGANIZATION", phrase.start, phrase.end, STANDING, "bodies:standing",
                head=phrase.head,
                data=BodyName(
                    nominative(ws, phrase.start, phrase.head, phrase.end), "association"
                ),
            )
            for phrase, name, _ in phrases
            if name in names and phrase.head not in covered
        ]  # fmt: skip


def _named_place(seen: Context, head: int) -> bool:
    """Whether what only a model takes for a place has a quoted name behind it: «Верфь «…»»."""
    return head not in seen.located and head + 1 in seen.quote_end


def _before_title(ws: Workspace, body: Candidate, titles: set[int]) -> int:
    """The end before the title of its holder: "Bursa Chamber of Commerce | Chairman of the Board"."""
    first = (body.head if body.head is not None else body.start) + 1
    for at in range(first, body.end):
        if at in titles and ws.languages[at] == "en" and ws.words[at - 1][0].isupper():
            return at
    return body.end


def _with_form(ws: Workspace, start: int, lexicon: BodyLexicon) -> int:
    """Where a body begins with the legal form right before its noun: «МБОУ СОШ № 8»."""
    at = start
    while at and ws.words[at - 1] in lexicon.tail:
        at -= 1
    form = at and ws.words[at - 1] in lexicon.legal and ws.languages[at - 1] == "ru"
    return at - 1 if form and ws.block_of[at - 1] == ws.block_of[start] else start


def _behind(ws: Workspace, at: int, head: int) -> int:
    """The first word from ``at`` on that can begin a name."""
    while at < head and (not ws.words[at][0].isalnum() or ws.lowers[at] == "и"):
        at += 1
    return at


def _longest(found: list[Candidate]) -> list[Candidate]:
    """Without those that a legal form further on has taken in: "Example Group Co., Ltd."."""
    kept: list[Candidate] = []
    for candidate in found:
        while kept and candidate.start <= kept[-1].start and kept[-1].end <= candidate.end:
            kept.pop()
        kept.append(candidate)
    return kept


def _options(language: str, lexicon: BodyLexicon) -> dict[str, Options]:
    """What the walkers may take in, for each kind of body."""
    events = event_lexicons()[language]
    forms = frozenset(form.lower() for form in lexicon.legal)
    return {
        kind: Options(
            kind_adjectives=lexicon.kind_adjectives
            - (lexicon.describing if kind in TRADING else NOTHING),
            descriptive=lexicon.descriptive,
            common_adjectives=lexicon.common_adjectives,
            other_titles=lexicon.other_titles - (lexicon.arts if kind in OF_ARTS else NOTHING),
            helping=lexicon.helping,
            mutual=lexicon.mutual,
            studies=lexicon.studies if kind == "school" else NOTHING,
            managing=lexicon.managing,
            no_bodies=lexicon.not_bodies,
            reasons=lexicon.reasons,
            areas=lexicon.areas,
            acts=lexicon.acts,
            clubs=lexicon.clubs if kind == "ensemble" else NOTHING,
            parents=kind not in ("ensemble", "company", "media"),
            place_types=lexicon.place_types,
            named_after=lexicon.named_after,
            about=lexicon.about if kind in ABOUT else lexicon.about - {"on"},
            between=events.between if kind in ("department", "association") else frozenset(),
            apposed=events.apposed,
            fields=lexicon.fields,
            owners=lexicon.owners,
            shared=lexicon.shared,
            weekdays=weekdays(language),
            months=months(language),
            stop_nouns=frozenset(lexicon.kinds) | events.strong,
            forms=forms,
            wide=kind == "association",
            where=kind == "mission",
            seated=kind in SEATED,
            honours=kind in HONOURING,
            ruling=kind == "government",
        )
        for kind in POLICIES
    }


def _heads(seen: Context, lexicons: dict[str, BodyLexicon]) -> list[int]:
    """The words that may carry a body's name, in order."""
    ws = seen.ws
    found: set[int] = set()
    for language, lexicon in lexicons.items():
        kinds, forms = lexicon.kinds, lexicon.legal | lexicon.leading
        found.update(at for at in ws.where("words", forms) if ws.languages[at] != "und")
        own = ws.where("lowers" if language == "en" else "lemmas", kinds.keys())
        if language == "ru":
            own += ws.whose("lemmas", partial(_compound, kinds))
        if lexicon.endings:
            own += ws.whose("words", partial(_ends_like_a_body, tuple(lexicon.endings)))
        found.update(at for at in own if ws.languages[at] == language)
    return sorted(at for at in found if ws.languages[at] in lexicons)


def _compound(kinds: Mapping[str, str], lemma: str) -> bool:
    """Whether one part of a word with a hyphen is a body's noun."""
    if "-" not in lemma or len(lemma) <= 3:
        return False
    parts = lemma.split("-")
    return parts[-1] in kinds or kinds.get(parts[0]) == "culture"


def _ends_like_a_body(endings: tuple[str, ...], word: str) -> bool:
    return len(word) > LONG and word.endswith(endings)


def _noun(ws: Workspace, head: int, language: str) -> str:
    key: str = ws.lowers[head] if language == "en" else ws.lemmas[head]
    lexicon = body_lexicons()[language]
    if key in lexicon.kinds:
        return key
    parts = key.split("-")
    for part in (parts[-1], parts[0]):
        if part in lexicon.kinds:
            return part
    return next((end for end in sorted(lexicon.endings) if key.endswith(end)), parts[-1])


def _has_any(ws: Workspace, phrase: Phrase, words: frozenset[str]) -> bool:
    first = max(phrase.start, phrase.head - 3)
    low = min(first, max(phrase.head - 1, 0))
    return any(ws.lemmas[at] in words or ws.lowers[at] in words for at in range(low, phrase.end))


def _is_of_each(seen: Context, phrase: Phrase) -> bool:
    """Whether a plural in lower case is of each place of a list: «администраций Пскова, Нарвы и Тарту»."""
    ws, end = seen.ws, phrase.end
    if not phrase.place or ws.words[phrase.head][0].isupper() or not is_plural(seen, phrase.head):
        return False
    return ws.lowers[end : end + 1] in ([","], ["и"]) and end + 1 in seen.places


def _is_only_kind(seen: Context, phrase: Phrase, lexicon: BodyLexicon) -> bool:
    """Whether a firm's name with a legal form stands behind the noun: "the company Turku Lace Ltd"."""
    ws, head = seen.ws, phrase.head
    if ws.lowers[head] not in lexicon.generic or ws.words[head][0].isupper() or not phrase.brand:
        return False
    return any(word in lexicon.legal for word in ws.words[slice(*phrase.brand)])


def _is_generic(seen: Context, phrase: Phrase, lexicon: BodyLexicon) -> bool:
    """Whether the quoted name says itself what it is: «организация «Союз ветеранов»»."""
    ws = seen.ws
    if phrase.quote != phrase.head + 1 or phrase.modified or ws.words[phrase.head][0].isupper():
        return False
    inside = ws.lemmas[phrase.quote + 1 : phrase.end - 1]
    return ws.lemmas[phrase.head] in lexicon.generic and any(
        lemma in lexicon.kinds or lemma in lexicon.both for lemma in inside
    )


def _is_modifier(seen: Context, head: int, lexicon: BodyLexicon) -> bool:
    """Whether an English noun only qualifies the next: "university professors", "Council Chamber"."""
    ws, following = seen.ws, head + 1
    if ws.tags[head] not in ("NOUN", "PROPN", "ADJ", "X"):
        return ws.lowers[head] not in lexicon.needs_adjective
    if following >= len(ws) or ws.block_of[following] != ws.block_of[head]:
        return False
    if ws.tags[head] == "ADJ" and ws.tags[following] in ("NOUN", "PROPN"):
        return ws.lowers[head] not in lexicon.needs_adjective
    if (
        ws.lowers[head] in lexicon.objects
        and head
        and ws.words[head - 1] in ("Council", "Assembly")
    ):
        return True
    if head and ws.words[head].islower() and ws.lowers[head - 1] in ("to", "will", "would"):
        return True
    if ws.words[head][0].isupper():
        return ws.words[following][0].isupper() and ws.lowers[following] in lexicon.objects
    if ws.words[following] == "-":
        return ws.starts[following] == ws.ends[head]
    return ws.tags[following] == "NOUN" and ws.words[following][0].islower()


def _listed_name(seen: Context, phrase: Phrase, start: int, end: int, language: str) -> str:
    if language != "ru" or start > phrase.start or phrase.head < start:
        return seen.ws.phrase(start, end)
    return nominative(seen.ws, start, phrase.head, end)


def _name(seen: Context, found: list[Candidate]) -> None:
    """Give Russian bodies that no noun has named their nominative: «Международного Комитета»."""
    ws = seen.ws
    for body in found:
        if body.data is not None or ws.languages[body.start] != "ru":
            continue
        head = body.start
        while head < body.end and (
            not ws.words[head][0].isalnum() or _only_qualifies(ws, head, body.end)
        ):
            head += 1
        if head == body.end or (ws.words[head].isupper() and head == body.start):
            continue
        person = any(
            {"Name", "Surn"} & one.grammemes for one in ws.readings[head][:1] if one.pos == "NOUN"
        )
        if not person and (cases_of(ws.lowers[head], False) or ws.words[head].isupper()):
            name = nominative(ws, body.start, head, body.end)
            body.data = BodyName(name, "unknown")


def _only_qualifies(ws: Workspace, at: int, end: int) -> bool:
    """Whether an adjective goes before a noun within a name."""
    if at + 1 >= end or not cases_of(ws.lowers[at], True):
        return False
    if ws.words[at + 1].isupper() and len(ws.words[at + 1]) > 1:
        return True
    shared = cases_of(ws.lowers[at], True) & (
        cases_of(ws.lowers[at + 1], False) | cases_of(ws.lowers[at + 1], True)
    )
    return bool(shared) and ws.words[at + 1][0].isalpha()


def _follows_membership(seen: Context, phrase: Phrase, lexicon: BodyLexicon) -> bool:
    """Whether «член», "secretary of the" or the like stands right before the phrase."""
    ws = seen.ws
    before = [
        ws.lemmas[at]
        for at in range(max(phrase.start - 3, 0), phrase.start)
        if ws.lowers[at] not in ("of", "the", "«", "“", '"', "в", "in")
    ]
    return bool(before) and before[-1] in lexicon.membership


def _initials_follow(seen: Context, phrase: Phrase) -> bool:
    """Whether initials in brackets stand behind a name: «Ассамблея столиц и городов (АСГ)»."""
    ws, at = seen.ws, phrase.end
    if ws.words[at : at + 1] != ["("] or ws.words[at + 2 : at + 3] != [")"]:
        return False
    word = ws.words[at + 1]
    return len(word) > 1 and word.isupper() and word[0] == ws.words[phrase.start][0]


def _identify(seen: Context, found: list[Candidate]) -> None:
    """Give the candidates of one name one ``entity``."""
    ids: dict[tuple[str, ...], str] = {}
    for candidate in sorted(found, key=lambda c: (c.start, c.end)):
        key = same_name(seen.ws, candidate.start, candidate.end)
        candidate.entity = ids.setdefault(key, f"org:{len(ids) + 1}")
