"""Bodies that only a model saw: their edges put right, and those that are no names left out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pobratim.lexicon.events import event_lexicons
from pobratim.lexicon.morphology import is_known
from pobratim.stages.bodies_foreign import foreign_kind, is_foreign_noun
from pobratim.stages.bodies_judged import BodyName, is_building
from pobratim.stages.bodies_seen import covered_by, is_other_title, with_place
from pobratim.stages.cases import cases_of, is_latin
from pobratim.stages.families import BODIES, PERSONS
from pobratim.stages.neural.english import lemmas
from pobratim.stages.ordinary import in_title_case, is_ordinary, is_shouted
from pobratim.stages.phrases import CLAIMED, Context, Phrase, is_capital, is_initial
from pobratim.stages.phrases_english import shortened
from pobratim.stages.quotes import with_whole_quotes
from pobratim.stages.workspace import Candidate

if TYPE_CHECKING:
    from pobratim.lexicon.bodies import BodyLexicon
    from pobratim.stages.workspace import Workspace

__all__ = ["guessed"]

ABBREVIATED = re.compile(r"\w\.\w")
"""What a full stop belongs to: "e.V."."""
SHORT, MODEL_ENGLISH = 0.5, 0.45
UNSURE, LIKELY = 0.3, 0.8
LONGEST_TITLE = 15
TRAIL = frozenset("›|•·→")
"""What parts the steps of a page's trail and the cells of a table."""
SHORT_PHRASE = 3
LONGEST_INITIALS = 5
"""Abbreviations that begin a church's or hospital's name, which a model leaves out."""


def guessed(
    seen: Context, lexicons: dict[str, BodyLexicon], found: list[Candidate]
) -> list[Candidate]:
    """ORG guesses that no rule has claimed, with their edges put right."""
    ws = seen.ws
    covered = covered_by(found)
    if not ws.trust:
        covered |= covered_by(c for c in ws.candidates if c.label in CLAIMED)
    times = Counter(
        ws.phrase(guess.start, guess.end).lower() for guess in ws.guesses if guess.label in BODIES
    )
    likely = {(c.start, c.end) for c in ws.candidates if c.label in CLAIMED and c.score >= LIKELY}
    offices = _offices(seen)
    made = []
    for guess in ws.guesses:
        first = guess.start
        foreign = None
        if guess.label in PERSONS:
            first = _noun_before(ws, first)
            foreign = foreign_kind(ws, first, guess.end)
        if not (foreign or guess.label in BODIES) or (first, guess.end) in likely:
            continue
        lexicon = lexicons.get(ws.languages[guess.start])
        if lexicon is None:
            continue
        if _begins_name(seen, guess):
            continue
        start, end = _trimmed(seen, first, guess.end, lexicon)
        if (
            start >= end
            or _is_torn(seen, start, lexicon)
            or not covered.isdisjoint(range(start, end))
        ):
            continue
        opening = seen.inside.get(start)
        if opening is not None and start == opening + 1 and end >= seen.quote_end[opening] - 1:
            start, end = opening, seen.quote_end[opening]
        if end - start == 1 and guess.label != "ORGANIZATION":
            end = with_place(seen, end)
        if ws.phrase(start, end) in offices or _is_nameless(seen, start, end, lexicon):
            continue
        score = _guess_score(seen, guess, start, end, lexicon, times)
        if score > 0:
            covered.update(range(start, end))
            body = Candidate("ORGANIZATION", start, end, score, guess.why, head=start)
            if foreign:
                body.data = BodyName(ws.phrase(start, end), foreign)
            made.append(body)
    return made


def _noun_before(ws: Workspace, start: int) -> int:
    """Where a name begins, with the foreign noun right before it: "Lycée Victor Hugo"."""
    before = start - 1
    if before < 0 or ws.sentence_of[before] != ws.sentence_of[start]:
        return start
    return before if is_foreign_noun(ws, before) else start


def _begins_name(seen: Context, guess: Candidate) -> bool:
    """Whether a guess is but the foreign noun before a person whose name the body bears."""
    ws = seen.ws
    if guess.end - guess.start > 1 or guess.end not in seen.people:
        return False
    return _noun_before(ws, guess.end) == guess.start


def _offices(seen: Context) -> frozenset[str]:
    """Initials in brackets behind an office: "the Metropolitan Chief Executive (MCE)"."""
    ws = seen.ws
    return frozenset(
        ws.words[role.end + 1]
        for role in ws.candidates
        if role.label == "ROLE"
        and ws.words[role.end : role.end + 1] == ["("]
        and ws.words[role.end + 2 : role.end + 3] == [")"]
    )


def _trimmed(seen: Context, start: int, end: int, lexicon: BodyLexicon) -> tuple[int, int]:
    """A guess without marks, bullets, articles and holders at its edges, its quotations whole."""
    ws = seen.ws
    while start < end and (
        not (ws.words[start][0].isalnum() or start in seen.quote_end)
        or ws.lowers[start] in ("the", "a", "an")
    ):
        start += 1
    if start > 1 and ws.words[start - 1] == "." and shortened(ws.words[start - 2]):
        start -= 2
    while end > start and not (
        ws.words[end - 1][0].isalnum() or ws.words[end - 1] == "+" or _closes(seen, start, end)
    ):
        end -= 1
    if end > start and ws.lemmas[end - 1] in lexicon.place_types and end in _after_type(seen, end):
        end -= 1
    if start >= end:
        return start, end
    if _is_part(ws, start, end, lexicon):
        start += 1
    start = _without_holders(seen, start, end, lexicon)
    end = _without_overrun(seen, start, end, lexicon)
    while end > start + 1 and ws.tags[end - 1] in ("CCONJ", "ADP"):
        end -= 1
    end = _past_namesake(seen, start, end, lexicon)
    whole = with_whole_quotes(ws, start, end) if end > start else None
    start, end = whole or (start, end)
    if end > start and ws.words[end : end + 1] == ["."]:
        last = ws.words[end - 1]
        written = last if len(last) > 1 else "".join(ws.words[max(end - 3, start) : end])
        end += ABBREVIATED.fullmatch(written) is not None
    return start, end


def _is_torn(seen: Context, start: int, lexicon: BodyLexicon) -> bool:
    """Whether a guess begins in the middle of a saint's or foreign name: "Palacio de los Leones"."""
    ws = seen.ws
    if start == 0:
        return False
    if ws.lemmas[start - 1] in lexicon.saints:
        return True
    if not ws.words[start].islower() or not is_latin(ws.words[start]):
        return False
    return ws.tags[start] in ("ADP", "X", "DET") and ws.words[start - 1][0].isupper()


def _past_namesake(seen: Context, start: int, end: int, lexicon: BodyLexicon) -> int:
    """The end of a person whose name the guess breaks off: «институт им. И. И. Попова»."""
    for at in range(max(start, end - LONGEST_INITIALS), end):
        if seen.people.get(at, 0) > end and any(
            lower in lexicon.named_after for lower in seen.ws.lowers[max(start, at - 2) : at]
        ):
            return seen.people[at]
    return end


def _is_part(ws: Workspace, start: int, end: int, lexicon: BodyLexicon) -> bool:
    """Whether a guess begins with a part of a body: «подразделение МЧС»."""
    if end - start < 2 or ws.lemmas[start] not in lexicon.parts:
        return False
    return ws.words[start + 1].isupper() and len(ws.words[start + 1]) > 1


def _closes(seen: Context, start: int, end: int) -> bool:
    """Whether the last word closes a quotation that begins within."""
    opening = seen.quote_start.get(end)
    return opening is not None and opening >= start


def _after_type(seen: Context, end: int) -> tuple[int, ...]:
    """``end`` where a place follows, whose type word the model has caught: «КПК г. Хуайань»."""
    name = end + 1 if seen.ws.words[end : end + 1] == ["."] else end
    return (end,) if name in seen.places else ()


def _without_holders(seen: Context, start: int, end: int, lexicon: BodyLexicon) -> int:
    """Where the body begins behind its people: «Юные музыканты оркестра …» at a sentence's start."""
    ws = seen.ws
    if ws.languages[start] != "ru" or not is_initial(ws, start) or start in seen.quote_end:
        return start
    at = start
    while at < end and cases_of(ws.lowers[at], True) and not _is_person(seen, at):
        at += 1
    kinds = any(ws.lemmas[later] in lexicon.kinds for later in range(at + 1, end))
    return at + 1 if at < end and kinds and _is_person(seen, at) else start


def _without_overrun(seen: Context, start: int, end: int, lexicon: BodyLexicon) -> int:
    """The end before a noun that is no longer of the body: «школе искусств рояль», "Fire Service depot"."""
    ws = seen.ws
    if ws.languages[start] == "en":
        over = end - start > 2 and ws.words[end - 1].islower() and ws.tags[end - 1] == "NOUN"
        office = lexicon.kinds.get(ws.lowers[end - 2]) if over else None
        return end - 1 if office and ws.words[end - 2][0].isupper() else end
    if ws.languages[start] != "ru" or start in seen.quote_end or start in seen.inside:
        return end
    at = start
    while at < end and ws.lemmas[at] not in lexicon.kinds:
        at += 1
    at += 1
    helped = False
    while at < end and ws.tags[at] != "ADP" and at not in seen.quote_end:
        nouns = cases_of(ws.lowers[at], False)
        adjective = cases_of(ws.lowers[at], True)
        helped = helped or ws.lemmas[at - 1] in lexicon.helping
        if nouns and not (adjective or helped) and "gent" not in nouns and ws.readings[at]:
            return at if is_known(ws.lowers[at]) and at not in seen.placed else end
        at += 1
    return end


def _is_person(seen: Context, at: int) -> bool:
    """Whether the word means people: an animate noun or a participle that stands for one."""
    reading = seen.ws.readings[at][:1]
    return any(
        one.pos == "NOUN" and "anim" in one.grammemes and "Name" not in one.grammemes
        for one in reading
    )


def _is_nameless(seen: Context, start: int, end: int, lexicon: BodyLexicon) -> bool:
    """Whether nothing in the words is a name: ordinary words that only a heading, a sentence's
    start or a capital that points back makes look like one."""
    ws = seen.ws
    if "\t" in ws.published[ws.raw_starts[start] : ws.raw_ends[end - 1]]:
        return True
    if start in seen.quote_end:
        return False
    if start + 1 in seen.quote_end and ws.lemmas[start] in lexicon.goods | lexicon.other_titles:
        return True
    words = range(start, end)
    if _is_key(seen, start, end) or _are_numbered(seen, start, end):
        return True
    if _is_item(ws, start, end, lexicon) or any(ws.words[at] in TRAIL for at in words):
        return True
    if _is_run_of_parts(seen, start, end, lexicon):
        return True
    if start and start not in seen.quote_end and ws.lemmas[start - 1] in lexicon.buildings:
        return True
    keys = ws.lowers if ws.languages[start] == "en" else ws.lemmas
    if lexicon.kinds.get(keys[start]) == "centre" and is_initial(ws, start):
        return any(ws.lemmas[at] in lexicon.place_types for at in words)
    kinds = any(keys[at] in lexicon.kinds for at in words)
    if kinds and _is_where(seen, start, end, lexicon):
        return True
    if any(at in seen.quote_end or at in seen.placed for at in words):
        return False
    if kinds:
        return _is_common_office(seen, start, end, lexicon)
    return _are_people(seen, start, end) or _are_ordinary(seen, start, end, lexicon)


def _is_key(seen: Context, start: int, end: int) -> bool:
    """Whether a word is the key of a line: "Venue:"."""
    ws = seen.ws
    line = ws.words[end : end + 1] == [":"] and end - start == 1 and is_initial(ws, start)
    return line and is_ordinary(ws, start)


def _are_ordinary(seen: Context, start: int, end: int, lexicon: BodyLexicon) -> bool:
    """Whether the words are all in the dictionary, and no capital in running text says otherwise."""
    ws, words = seen.ws, range(start, end)
    if not all(is_ordinary(ws, at) for at in words):
        return False
    if is_shouted(ws, start):
        return True
    if end - start == 1:
        return not _stands_alone(seen, start)
    told = [at for at in words if ws.words[at][0].isupper() and not is_initial(ws, at)]
    if not is_latin(ws.words[start]):
        return not any(at > start for at in told)
    if is_initial(ws, start) and end - start <= SHORT_PHRASE:
        return True
    subject = start > 0 and ws.lowers[start - 1] in lexicon.about
    return in_title_case(ws, start) or subject or not told


def _is_item(ws: Workspace, start: int, end: int, lexicon: BodyLexicon) -> bool:
    """Whether a number tells a document or the like: "Report No. 88", "No. 58"."""
    return ws.words[end - 1].isdigit() and ws.lowers[start] in lexicon.items


def _is_run_of_parts(seen: Context, start: int, end: int, lexicon: BodyLexicon) -> bool:
    """Whether nothing but a sentence's start gives a capital to a body's part: «Руководство завода»."""
    ws = seen.ws
    if ws.lemmas[start] not in lexicon.parts or not is_initial(ws, start):
        return False
    return all(word.islower() for word in ws.words[start + 1 : end])


def _is_where(seen: Context, start: int, end: int, lexicon: BodyLexicon) -> bool:
    """Whether the first noun of its kind is that of a building in which something is."""
    ws = seen.ws
    keys = ws.lowers if ws.languages[start] == "en" else ws.lemmas
    head = next(at for at in range(start, end) if keys[at] in lexicon.kinds)
    return is_building(seen, Phrase(start, end, head), lexicon)


def _are_numbered(seen: Context, start: int, end: int) -> bool:
    """Whether several are told by number: "Schools No. 7", «Школы № 5 и № 12»."""
    ws = seen.ws
    if end - start < SHORT_PHRASE or ws.lowers[start + 1] not in ("no", "№"):
        return False
    if ws.languages[start] == "en":
        return ws.lowers[start].endswith("s")
    several = any("plur" in one.grammemes for one in ws.readings[start])
    return several and ws.words[end : end + 2] in (["и", "№"], [",", "№"])


def _are_people(seen: Context, start: int, end: int) -> bool:
    """Whether adjectives and a noun mean people: «Южнокорейские врачи»."""
    ws, at = seen.ws, start
    while at < end - 1 and cases_of(ws.lowers[at], True):
        at += 1
    plural = any("plur" in one.grammemes for one in ws.readings[at][:1])
    return at == end - 1 and plural and _is_person(seen, at)


def _stands_alone(seen: Context, at: int) -> bool:
    """Whether a single word has its capital in running text, with none beside it."""
    ws = seen.ws
    if is_initial(ws, at) or ws.tags[at] != "PROPN" or not is_latin(ws.words[at]):
        return False
    if lemmas([ws.words[at]], ["NOUN"]) != [ws.lowers[at]]:
        return False
    beside = ws.words[at - 1 : at] + ws.words[at + 1 : at + 2]
    return not any(word[0].isupper() or word in "()" for word in beside)


def _is_common_office(seen: Context, start: int, end: int, lexicon: BodyLexicon) -> bool:
    """Whether the words are those of any town's office: «Администрация города», "the Town Hall"."""
    ws = seen.ws
    keys = ws.lowers if ws.languages[start] == "en" else ws.lemmas
    common = lexicon.territorial | lexicon.place_types
    if ws.words[start][0].islower() or is_initial(ws, start):
        common |= lexicon.common_adjectives
    if not all(
        keys[at] in common or keys[at] in lexicon.kinds or not ws.words[at][0].isalpha()
        for at in range(start, end)
    ):
        return False
    kinds = {lexicon.kinds.get(keys[at]) for at in range(start, end)}
    if kinds.isdisjoint({"government", "department"}):
        return end - start > 1 and is_initial(ws, start) and ws.languages[start] == "ru"
    return True


def _guess_score(
    seen: Context,
    guess: Candidate,
    start: int,
    end: int,
    lexicon: BodyLexicon,
    times: Counter[str],
) -> float:
    """How far to trust a model's name, 0 for not at all."""
    ws = seen.ws
    first = start + 1 if start in seen.quote_end else start
    lower = ws.text[ws.starts[first] : ws.ends[end - 1]].lower()
    single = end - first == 1
    if lower in lexicon.not_bodies or any(
        ws.lemmas[at] in lexicon.not_bodies for at in (first, end - 1)
    ):
        return 0.0
    last = {ws.lemmas[end - 1], ws.lowers[end - 1]}
    kinds = any(ws.lemmas[at] in lexicon.kinds for at in range(first, end))
    if not kinds and not last.isdisjoint(lexicon.no_names):
        return 0.0
    if single and len(set(lower)) == 1:
        return 0.0
    events = event_lexicons()[ws.languages[first]]
    if any(ws.lemmas[at] in events.strong | events.weak for at in range(first, end)):
        return 0.0
    if first and ws.lemmas[first - 1] in lexicon.goods:
        return 0.0
    if single and (lower in lexicon.kinds or ws.lemmas[first] in lexicon.kinds):
        return 0.0
    if single and lower in lexicon.foreign:
        return 0.0
    if not any(is_capital(ws, at) or ws.words[at].isupper() for at in range(first, end)):
        return 0.0
    opening = start if start in seen.quote_end else seen.inside.get(first)
    if opening is not None:
        if is_other_title(seen, opening, lexicon):
            return 0.0
        if opening != start and seen.quote_end[opening] - opening < LONGEST_TITLE:
            return 0.0
    if ws.trust:
        return guess.score if ws.is_trusted(guess) else 0.0
    if ws.languages[first] == "en":
        if any(at in seen.places for at in range(first, end)) and end - first < 3:
            return 0.0
        if any(ws.lowers[at] in lexicon.kinds for at in range(first, end)):
            return MODEL_ENGLISH * 0.7
        if single and ws.words[first].isupper():
            return SHORT if times[lower] > 1 else UNSURE
        return MODEL_ENGLISH
    if single and opening is None and is_initial(ws, first) and is_known(lower):
        return 0.0
    if single and ws.words[first][0] >= "\u0400" and ws.readings[first]:
        ordinary = ws.readings[first][0]
        proper = {"Orgn", "Abbr", "Trad"} & ordinary.grammemes
        if ordinary.pos == "ADJ" or (ordinary.pos == "VERB" and not proper):
            return 0.0
    score = min(0.85, 0.25 + 0.6 * guess.score) if guess.score >= 0.3 else 0.0
    if opening is None and any(ws.lemmas[at] in lexicon.kinds for at in range(first, end)):
        return score * 0.5
    return score
