"""EVENT mentions: named festivals, forums, exhibitions, meetings, tournaments and holidays.

A noun of meetings is looked up, its phrase walked, and the phrase judged by what makes it a name:
quotes, an ordinal with a theme, a capital, a brand in foreign letters, which then stands alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.bodies import body_lexicons
from pobratim.lexicon.events import EventLexicon, event_lexicons, holidays
from pobratim.lexicon.placing import placing_lexicon
from pobratim.schema import PLACE_LABELS
from pobratim.stages import phrases_english, phrases_russian
from pobratim.stages.bodies_judged import BodyName
from pobratim.stages.families import EVENTS
from pobratim.stages.nominatives import nominative
from pobratim.stages.ordinary import in_title_case, is_ordinary
from pobratim.stages.phrases import (
    DASHES,
    Context,
    Options,
    Phrase,
    context,
    is_capital,
    is_initial,
    same_name,
    weekdays,
)
from pobratim.stages.quotes import OPENING, with_whole_quotes
from pobratim.stages.workspace import Candidate, begins_cell, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from pobratim.stages.workspace import Workspace

__all__ = ["Events"]

QUOTED, QUOTED_WHOLE, BRAND, REPEATED, DAY, HOLIDAY = 0.93, 0.85, 0.85, 0.75, 0.85, 0.6
SURE_HOLIDAY = 0.95
"""Of a word that only a model may take for a place."""
STRONG_THEME, STRONG_BARE, WEAK_THEME, ORDINAL_THEME, ORDINAL_BARE = 0.82, 0.6, 0.6, 0.88, 0.5
PLACE_THEME, PROPER, ORDINAL_WEAK, ORDINAL_STRONG = 0.55, 0.75, 0.5, 0.72
INITIAL = 0.2
"""What a theme loses where only the beginning of a sentence gives the capital."""
IN_TITLE = 0.4
ATTENDED = 0.7
SPEECH = 15
MOST_BETWEEN = 7
YEAR = re.compile(r"(?:19|20)\d\d")
MOST_ALIKE = 30
LONGEST_INITIALS = 9
LEAST = 0.4
SURE_BODY = 0.6
MODEL = 0.4
CLAIMED = frozenset({"CITY", "REGION", "COUNTRY", "PERSON", "ROLE", "DATE"})
WALKERS = {"ru": phrases_russian.phrase, "en": phrases_english.phrase}


@Language.factory("pobratim_events")
class Events:
    """Adds EVENT candidates; ``data`` is a :class:`pobratim.stages.bodies.BodyName`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.lexicons = event_lexicons()
        self.options = {
            language: _options(language, lexicon) for language, lexicon in self.lexicons.items()
        }
        self.day_options = {
            language: replace(options, nameless_places=True, wide=False)
            for language, options in self.options.items()
        }

        self.days_options = {
            language: replace(options, where=True) for language, options in self.day_options.items()
        }

    def __call__(self, doc: Doc) -> Doc:
        seen = context(workspace(doc))
        ws = seen.ws
        standing = {c.head for c in ws.candidates if c.why == "bodies:standing"}
        found: list[Candidate] = []
        past = 0
        for head in self._heads(seen):
            if head >= past and head not in standing and head not in seen.placed:
                for candidate in self._judged(seen, head):
                    past = max(past, candidate.end)
                    found.append(candidate)
        bodies = _bodies(seen)
        found = [event for event in found if not _is_body(event, bodies)]
        found += _holidays(seen, found)
        found += _guessed(seen, found)
        found += _initials(seen, found)
        found += _repeated(seen, found)
        _raise_over_bodies(seen, found)
        _identify(seen, found)
        ws.candidates.extend(found)
        return doc

    def _heads(self, seen: Context) -> list[int]:
        """The words that may carry an event's name, in order."""
        ws = seen.ws
        found: set[int] = set()
        for language, lexicon in self.lexicons.items():
            nouns = lexicon.strong | lexicon.weak | lexicon.days
            own = ws.where("lowers" if language == "en" else "lemmas", nouns)
            found.update(at for at in own if ws.languages[at] == language)
            if language == "ru":
                found.update(ws.whose("lemmas", partial(_compound, lexicon.strong)))
        return sorted(found)

    def _judged(self, seen: Context, head: int) -> Iterator[Candidate]:
        ws = seen.ws
        language = ws.languages[head]
        lexicon = self.lexicons[language]
        noun = ws.lowers[head] if language == "en" else ws.lemmas[head]
        if noun not in lexicon.strong | lexicon.weak | lexicon.days:
            noun = noun.rsplit("-", 1)[-1]
        options = self.day_options if noun in lexicon.days else self.options
        if noun in lexicon.spans_of_time and is_capital(ws, head):
            if head and ws.tags[head - 1] == "NUM":
                return
            if noun not in lexicon.days and language == "ru" and not _is_plural(seen, head):
                options = self.days_options
        if language == "en" and _is_no_head(seen, head):
            return
        if noun in lexicon.ceremonies and _leads(seen, head, lexicon):
            return
        phrase = WALKERS[language](seen, head, options[language])
        needed = lexicon.needs_adjective.get(noun)
        if needed is not None and phrase.quote < 0 and not phrase.ordinal:
            before = ws.lemmas[max(head - 3, 0) : head]
            if needed.isdisjoint(before):
                return
        if needed and head and ws.lemmas[head - 1] in needed and phrase.start == head:
            phrase.start = head - 1
        if phrase.quote > head and not (phrase.ordinal or is_capital(ws, head)):
            keys = ws.lowers if language == "en" else ws.lemmas
            if any(
                keys[at] in lexicon.strong | lexicon.weak for at in range(head + 1, phrase.quote)
            ) or any(_is_of_body(seen, at, phrase.quote) for at in range(head + 1, phrase.quote)):
                return
        strong = noun in lexicon.strong
        if strong and phrase.brand and phrase.brand[0] == head + 1 and not is_capital(ws, head):
            yield self._candidate(seen, *phrase.brand, BRAND, "brand", phrase.brand[0])
            return
        plural = _is_plural(seen, head)
        if ws.words[phrase.end : phrase.end + 1] == [":"] and plural and noun in lexicon.strong:
            yield from self._quotations(seen, phrase.end + 1, QUOTED)
        score, rule = _score(seen, phrase, noun, lexicon)
        if score < LEAST and _attended(seen, phrase, noun, lexicon):
            score, rule = ATTENDED, "attended"
        if score < LEAST or (plural and not is_capital(ws, head) and phrase.quote < 0):
            return
        yield from self._spans(seen, phrase, score, rule, language)

    def _spans(
        self, seen: Context, phrase: Phrase, score: float, rule: str, language: str
    ) -> Iterator[Candidate]:
        """The phrase, or its quotations one by one after a plural: «выставках «А» и «Б»»."""
        ws = seen.ws
        if rule == "quoted" and phrase.quote > phrase.head and _is_plural(seen, phrase.head):
            yield from self._quotations(seen, phrase.quote, score)
            return
        start, end = phrase.start, phrase.end
        opening = seen.inside.get(phrase.head)
        if opening is not None and phrase.quote < 0:
            closing = seen.quote_end[opening]
            if start == opening + 1 and _is_title(seen, end, closing):
                start, end, score = opening + 1, closing - 1, max(score, QUOTED_WHOLE)
            elif closing - opening <= SPEECH:
                score *= IN_TITLE
        if score >= LEAST:
            candidate = self._candidate(seen, start, end, score, rule, phrase.head)
            if language == "ru" and start <= phrase.head < end:
                name = nominative(ws, start, phrase.head, end)
                candidate.data = BodyName(name, "event")
            yield candidate

    def _quotations(self, seen: Context, at: int, score: float) -> Iterator[Candidate]:
        """Quoted names in a row, joined by commas and «и»."""
        ws = seen.ws
        while at in seen.quote_end:
            end = seen.quote_end[at]
            yield self._candidate(seen, at + 1, end - 1, score - 0.1, "coordinated", at + 1)
            if end + 1 >= len(ws) or ws.lowers[end] not in (",", "и", "and"):
                break
            at = end + 1

    def _candidate(
        self, seen: Context, start: int, end: int, score: float, rule: str, head: int
    ) -> Candidate:
        name = BodyName(seen.ws.phrase(start, end), "event")
        return Candidate("EVENT", start, end, score, f"events:{rule}", head=head, data=name)


def _options(language: str, lexicon: EventLexicon) -> Options:
    bodies = body_lexicons()[language]
    return Options(
        descriptive=lexicon.descriptive,
        common_adjectives=bodies.common_adjectives | lexicon.usual,
        place_types=bodies.place_types,
        named_after=bodies.named_after,
        about=lexicon.about,
        between=lexicon.between,
        ordinals=lexicon.ordinals,
        ordinal_endings=lexicon.ordinal_endings,
        peers=lexicon.strong,
        stop_nouns=lexicon.strong | lexicon.weak | lexicon.days,
        apposed=lexicon.apposed,
        mutual=bodies.mutual,
        sites=placing_lexicon()[language].other,
        no_bodies=bodies.not_bodies,
        stakes=lexicon.stakes,
        for_stakes=lexicon.for_stakes,
        owners=bodies.owners,
        weekdays=weekdays(language),
        wide=True,
    )


def _score(seen: Context, phrase: Phrase, noun: str, lexicon: EventLexicon) -> tuple[float, str]:
    """How sure the phrase is a name, and by which rule."""
    found = [(0.0, "none")]
    weak = noun not in lexicon.strong
    theme = phrase.theme or phrase.place or phrase.proper
    named = phrase.capital or phrase.initial
    if phrase.quote >= 0 and (
        noun not in lexicon.spans_of_time or is_capital(seen.ws, phrase.head)
    ):
        found.append((QUOTED, "quoted"))
    if noun in lexicon.dated and phrase.end > phrase.head + 1 and _is_year(seen, phrase.end - 1):
        found.append((BRAND, "dated"))
    if noun in lexicon.days:
        if is_capital(seen.ws, phrase.head) and theme:
            found.append((DAY - (INITIAL if phrase.initial else 0), "day"))
        return max(found)
    if _is_plain_span(seen, phrase, noun, lexicon):
        return max(found)
    first = is_capital(seen.ws, phrase.start) or is_capital(seen.ws, phrase.head)
    if noun in lexicon.spans_of_time and not first:
        return max(found)
    if (
        noun in lexicon.quoted_only
        and not (phrase.ordinal and theme and phrase.capital)
        and not _is_titled(seen, phrase)
    ):
        return max(found)
    if phrase.ordinal:
        if theme:
            lower = ORDINAL_WEAK if weak else ORDINAL_STRONG
            found.append((ORDINAL_THEME if _has_capital(seen, phrase) else lower, "ordinal"))
        elif not weak and (phrase.end - phrase.start > 3 or phrase.capital):
            found.append((ORDINAL_BARE, "ordinal"))
    if named and theme and not _describes(seen, phrase, noun, lexicon):
        score = WEAK_THEME if weak else STRONG_THEME
        if weak and phrase.proper and phrase.capital and phrase.modified:
            score = PROPER
        if first:
            found.append((score if phrase.capital else score - INITIAL, "theme"))
    elif phrase.capital and phrase.modified and not weak and not _is_plural(seen, phrase.head):
        found.append((STRONG_BARE, "capital"))
    plain = not weak and not phrase.capital and not _is_plural(seen, phrase.head)
    if plain and phrase.place and phrase.theme and phrase.modified:
        found.append((PLACE_THEME, "place"))
    return max(found)


def _is_plain_span(seen: Context, phrase: Phrase, noun: str, lexicon: EventLexicon) -> bool:
    """Whether an English span of time has a capital only as it begins a line or a table's cell: "Year
    of signing"."""
    ws = seen.ws
    if not phrase.initial and not begins_cell(ws, phrase.head):
        return False
    if ws.languages[phrase.head] != "en" or noun not in lexicon.spans_of_time:
        return False
    rest = ws.words[phrase.head + 1 : phrase.end]
    return phrase.quote < 0 and not any(word[0].isupper() for word in rest)


def _describes(seen: Context, phrase: Phrase, noun: str, lexicon: EventLexicon) -> bool:
    """Whether the words only describe: «Выставка керамики открылась», "Ordinary Session of the board"."""
    if phrase.proper or phrase.place or phrase.specific or phrase.quote >= 0 or phrase.ordinal:
        return False
    if seen.ws.languages[phrase.head] == "en":
        return noun in lexicon.weak and noun not in lexicon.spans_of_time
    return noun in lexicon.described and not phrase.capital and not phrase.modified


def _is_year(seen: Context, at: int) -> bool:
    return bool(YEAR.fullmatch(seen.ws.words[at]))


def _leads(seen: Context, head: int, lexicon: EventLexicon) -> bool:
    """Whether the noun is of another event's part, which is named behind it: «открытие выставки «…»»."""
    ws = seen.ws
    at = head + 1
    while at < min(len(ws), head + MOST_BETWEEN) and ws.sentence_of[at] == ws.sentence_of[head]:
        if ws.lemmas[at] in lexicon.strong | lexicon.weak:
            return True
        if at in seen.quote_end or (not ws.words[at][0].isalnum() and ws.words[at] not in DASHES):
            return False
        at += 1
    return False


def _is_titled(seen: Context, phrase: Phrase) -> bool:
    """Whether capitals in running text make a name of an English everyday noun: "Boat Show"."""
    ws = seen.ws
    if ws.languages[phrase.head] != "en" or in_title_case(ws, phrase.head):
        return False
    before = range(phrase.start, phrase.head)
    return len(before) > 1 and all(is_capital(ws, at) for at in (*before, phrase.head))


def _is_of_body(seen: Context, at: int, quote: int) -> bool:
    """Whether the noun before a quotation is that of one body: «концерт ансамбля «…»».

    Of what plays or sings, between it and the quotation too: «концерт ансамбля скрипачей «…»».
    """
    ws = seen.ws
    language = ws.languages[at]
    keys = ws.lowers if language == "en" else ws.lemmas
    lexicon = body_lexicons().get(language)
    kind = lexicon.kinds.get(keys[at].rpartition("-")[2]) if lexicon is not None else None
    beside = kind == "ensemble" or at == quote - 1
    return kind is not None and beside and not _is_plural(seen, at)


def _is_no_head(seen: Context, head: int) -> bool:
    """Whether an everyday word follows the body that holds it, or only qualifies another: "the Turku
    University exhibition", "Assembly Rooms"."""
    ws = seen.ws
    following = ws.words[head + 1 : head + 2]
    if following and following[0].istitle() and ws.words[head][0].isupper():
        return following[0].lower() in body_lexicons()["en"].objects
    if head == 0 or ws.words[head][0].isupper() or not ws.words[head - 1][0].isupper():
        return False
    return ws.lowers[head - 1] in body_lexicons()["en"].kinds


def _attended(seen: Context, phrase: Phrase, noun: str, lexicon: EventLexicon) -> bool:
    """Whether a quotation that the phrase fills is gone to: «приехали на «Осенний бал»»."""
    ws = seen.ws
    opening = seen.inside.get(phrase.head)
    if opening is None or opening == 0 or noun in lexicon.days or not phrase.modified:
        return False
    filled = phrase.start == opening + 1 and phrase.end >= seen.quote_end[opening] - 1
    return filled and ws.lowers[opening - 1] in lexicon.attended


def _has_capital(seen: Context, phrase: Phrase) -> bool:
    ws = seen.ws
    return any(word[0].isupper() for word in ws.words[phrase.start + 1 : phrase.end]) or (
        phrase.capital
    )


def _is_plural(seen: Context, head: int) -> bool:
    ws = seen.ws
    if ws.languages[head] == "en":
        return ws.lowers[head].endswith("s") and ws.lemmas[head] != ws.lowers[head]
    return any("plur" in reading.grammemes for reading in ws.readings[head][:1])


def _is_title(seen: Context, end: int, closing: int) -> bool:
    """Whether a quotation that begins with an event goes on as its name: no verb says otherwise."""
    ws = seen.ws
    return all(
        ws.tags[at] != "VERB" or "PRTF" in (ws.readings[at][0].grammemes if ws.readings[at] else ())
        for at in range(end, closing - 1)
    )


def _bodies(seen: Context) -> dict[int, Candidate]:
    """The longest body that the rules are sure of, by each word it covers."""
    found: dict[int, Candidate] = {}
    for body in seen.ws.candidates:
        sure = body.label == "ORGANIZATION" and body.score >= SURE_BODY
        for at in range(body.start, body.end) if sure and body.why.startswith("bodies") else ():
            known = found.get(at)
            if known is None or known.end - known.start < body.end - body.start:
                found[at] = body
    return found


def _is_body(event: Candidate, bodies: dict[int, Candidate]) -> bool:
    """Whether the stage of bodies has taken the phrase, or more, for a body."""
    body = bodies.get(event.start)
    return body is not None and body.covers(event)


def _compound(nouns: frozenset[str], lemma: str) -> bool:
    """Whether the last part of a word with a hyphen is one of ``nouns``."""
    return "-" in lemma and len(lemma) > 3 and lemma.rsplit("-", 1)[-1] in nouns


def _holidays(seen: Context, found: list[Candidate]) -> list[Candidate]:
    """Holidays that are called by a name of their own."""
    ws = seen.ws
    covered = {at for candidate in found for at in range(candidate.start, candidate.end)}
    names = holidays()
    firsts = {name.split(" ")[0] for name in names if " " in name}
    known = {c.start for c in ws.candidates if c.label in PLACE_LABELS and c.data}
    return [
        Candidate(
            "EVENT", at, at + 1, HOLIDAY if at in known else SURE_HOLIDAY, "events:holiday", head=at
        )
        for at in ws.where("lemmas", names)
        if at not in covered and ws.words[at][0].isupper() and not _qualifies(ws, at)
    ] + [
        Candidate("EVENT", at, at + 2, HOLIDAY, "events:holiday", head=at + 1)
        for at in ws.where("lemmas", firsts)
        if at + 1 < len(ws)
        and f"{ws.lemmas[at]} {ws.lemmas[at + 1]}" in names
        and at not in covered
        and ws.words[at][0].isupper()
    ]


def _qualifies(ws: Workspace, at: int) -> bool:
    """Whether an English holiday only tells of what sort the next thing is: "a Christmas tree"."""
    following = at + 1
    if ws.languages[at] != "en" or following >= len(ws):
        return False
    return ws.tags[following] == "NOUN" and ws.words[following][0].islower()


def _guessed(seen: Context, found: list[Candidate]) -> list[Candidate]:
    """EVENT guesses that no rule has claimed; our own model's names may have others within."""
    ws = seen.ws
    claimed = frozenset() if ws.trust else CLAIMED
    covered = {
        at
        for candidate in (*found, *(c for c in ws.candidates if c.label in claimed))
        for at in range(candidate.start, candidate.end)
    }
    made = []
    for guess in ws.guesses:
        if guess.label not in EVENTS:
            continue
        start, end = guess.start, guess.end
        while start < end and (
            not ws.words[start][0].isalnum() or ws.lowers[start] in ("the", "a", "an")
        ):
            start += 1
        while end > start and not ws.words[end - 1][0].isalnum():
            end -= 1
        if ws.trust:
            whole = with_whole_quotes(ws, start, end)
            if whole is None or not (ws.is_trusted(guess) and _is_name(ws, *whole)):
                continue
            start, end = whole
            if seen.quote_end.get(start) == end:
                start, end = start + 1, end - 1
            if _is_nothing(seen, start, end):
                continue
        if (end - start > 1 or start in seen.inside) and covered.isdisjoint(range(start, end)):
            score = guess.score if ws.trust else MODEL
            made.append(Candidate("EVENT", start, end, score, guess.why, head=end - 1))
    return made


def _is_name(ws: Workspace, start: int, end: int) -> bool:
    """Whether our own model's event begins and ends as a name does."""
    capital = any(ws.words[at][0].isupper() or ws.words[at] in OPENING for at in range(start, end))
    return capital and end > start and ws.tags[end - 1] not in ("ADP", "CCONJ")


def _initials(seen: Context, found: list[Candidate]) -> list[Candidate]:
    """Initials in brackets right behind an event, with their year: "(GMES 2022)"."""
    ws = seen.ws
    bodies = {one.start for one in ws.candidates if one.why == "bodies:initials"}
    made = []
    for event in found:
        at = event.end
        if ws.words[at : at + 1] != ["("] or at + 1 in seen.placed or at + 1 in bodies:
            continue
        end = at + 3 if ws.words[at + 2 : at + 3] and ws.words[at + 2].isdigit() else at + 2
        word = ws.words[at + 1] if at + 1 < len(ws) else ""
        if 1 < len(word) < LONGEST_INITIALS and word.isupper() and ws.words[end : end + 1] == [")"]:
            made.append(Candidate("EVENT", at + 1, end, BRAND, "events:brand", head=at + 1))
    return made


def _is_nothing(seen: Context, start: int, end: int) -> bool:
    """Whether a model's event is a war, a programme, or the ordinary words of a heading."""
    ws = seen.ws
    language = ws.languages[start] if ws.languages[start] in event_lexicons() else "en"
    lexicon = event_lexicons()[language]
    keys = ws.lowers if language == "en" else ws.lemmas
    first = start + 1 if start in seen.quote_end else start
    last = end - 2 if end - 1 > first and end in seen.quote_start else end - 1
    edges = {keys[first], keys[last]}
    if start in seen.inside or first > start:
        edges.add(keys[max((start if first > start else seen.inside[start]) - 1, 0)])
    words = range(first, last + 1)
    nouns = lexicon.strong | lexicon.weak | lexicon.days
    if not any(keys[at] in nouns for at in words):
        edges.update(keys[first : last + 1])
    if not edges.isdisjoint(lexicon.no_events):
        return True
    if first > start or any(keys[at] in nouns for at in words):
        return _is_bare(seen, start, end) or _is_usual(seen, start, end, lexicon)
    return in_title_case(ws, start) and all(is_ordinary(ws, at) for at in words)


def _is_usual(seen: Context, start: int, end: int, lexicon: EventLexicon) -> bool:
    """Whether a model's event is any body's: "Monthly Meeting", «Выставка керамики»."""
    ws = seen.ws
    if any(at in seen.placed or at in seen.quote_end for at in range(start, end)):
        return False
    head = start
    while head < end and ws.lemmas[head] in lexicon.usual:
        head += 1
    if ws.languages[start] == "en":
        return start < head < end and ws.lowers[head] in lexicon.weak
    lower = all(word.islower() or not word[0].isalpha() for word in ws.words[start + 1 : end])
    return is_initial(ws, start) and lower and head < end and ws.lemmas[head] in lexicon.described


def _is_bare(seen: Context, start: int, end: int) -> bool:
    """Whether only a sentence's start gives a capital: «Международный фестиваль прошёл»."""
    ws = seen.ws
    bodies = body_lexicons()["ru"]
    if ws.languages[start] != "ru" or not is_initial(ws, start):
        return False
    common = bodies.common_adjectives | event_lexicons()["ru"].descriptive
    return ws.words[end - 1][0].islower() and all(
        ws.lemmas[at] in common for at in range(start, end - 1)
    )


def _repeated(seen: Context, found: list[Candidate]) -> list[Candidate]:
    """Bare mentions of a quoted name or a brand, with the year of another time if there is one."""
    ws = seen.ws
    names: dict[str, set[tuple[str, ...]]] = {}
    for candidate in found:
        if candidate.score >= REPEATED:
            name = _brand(seen, candidate)
            if len("".join(name)) > 3:
                alike = names.setdefault(name[0], set())
                if len(alike) < MOST_ALIKE:
                    alike.add(name)
    covered = {at for candidate in found for at in range(candidate.start, candidate.end)}
    covered.update(
        at
        for candidate in ws.candidates
        if candidate.label in CLAIMED
        for at in range(candidate.start, candidate.end)
    )
    made = []
    for at in ws.where("lemmas", names.keys()):
        for name in sorted(names[ws.lemmas[at]], key=lambda one: (-len(one), one)):
            end = at + len(name)
            if tuple(ws.lemmas[at:end]) != name or not ws.words[at][0].isupper():
                continue
            if not covered.isdisjoint(range(at, end)) or at in seen.places:
                continue
            if len(name) == 1 and at not in seen.inside and ws.words[at][0] >= "\u0400":
                continue
            if end + 1 < len(ws) and ws.words[end] in DASHES and ws.words[end + 1].isdigit():
                end += 2
            covered.update(range(at, end))
            made.append(Candidate("EVENT", at, end, REPEATED, "events:repeated", head=at))
    return made


def _brand(seen: Context, candidate: Candidate) -> tuple[str, ...]:
    """The words of an event's quotation or brand, without a year."""
    ws = seen.ws
    start, end = candidate.start, candidate.end
    for at in range(start, end):
        closing = seen.quote_end.get(at)
        if closing is not None and closing <= end:
            start, end = at + 1, closing - 1
            break
    else:
        if candidate.why != "events:brand":
            return ()
    while end > start and (ws.words[end - 1].isdigit() or ws.words[end - 1] in DASHES):
        end -= 1
    return tuple(ws.lemmas[start:end])


def _raise_over_bodies(seen: Context, found: list[Candidate]) -> None:
    """An event named after the body that holds it is one span: it must not score below the body."""
    bodies: dict[int, list[Candidate]] = {}
    for candidate in seen.ws.candidates:
        if candidate.label == "ORGANIZATION":
            bodies.setdefault(candidate.start, []).append(candidate)
    for event in found:
        for at in range(event.start, event.end):
            for body in bodies.get(at, ()):
                if body.end <= event.end and body.end - body.start < event.end - event.start:
                    event.score = max(event.score, min(0.99, body.score + 0.02))


def _identify(seen: Context, found: list[Candidate]) -> None:
    """Give the candidates of one name one ``entity``."""
    ids: dict[tuple[str, ...], str] = {}
    for candidate in sorted(found, key=lambda c: (c.start, c.end)):
        key = _brand(seen, candidate) or same_name(seen.ws, candidate.start, candidate.end)
        candidate.entity = ids.setdefault(key, f"event:{len(ids) + 1}")
