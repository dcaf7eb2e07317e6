"""Bodies without a noun of their kind: items of lists, initials, the models' names, repetitions."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pobratim.lexicon.events import event_lexicons
from pobratim.lexicon.morphology import is_known
from pobratim.stages.cases import cases_of
from pobratim.stages.families import BODIES
from pobratim.stages.phrases import Context, is_capital, is_initial, same_name
from pobratim.stages.workspace import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.lexicon.bodies import BodyLexicon

__all__ = ["acronyms", "guessed", "listed", "repeated"]

LISTED, KNOWN, SHORT, REPEATED, MODEL_ENGLISH = 0.72, 0.85, 0.5, 0.75, 0.45
UNSURE, LIKELY = 0.3, 0.8
LONGEST_ITEM = 9
LONGEST_HEADING = 16
DECLINED = re.compile(r"([А-ЯЁ]{3,8})(?:а|у|ом|е)")
"""Initials read as a word, in an oblique case: «КАМАЗа»."""
INITIALS = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]{0,3}[А-ЯЁ]{1,5}")
"""Initials of a name: «ТГУ», «СПбГУ»."""
MOST_ALIKE = 30
GENITIVE_TYPES = frozenset({"города", "г", "провинции", "области", "республики"})
CLAIMED = frozenset({"CITY", "REGION", "COUNTRY", "PERSON", "ROLE", "DATE"})
MANY = frozenset({"association", "company", "science", "culture", "media"})


def _covered(found: Iterable[Candidate]) -> set[int]:
    return {at for candidate in found for at in range(candidate.start, candidate.end)}


def listed(
    seen: Context, lexicons: dict[str, BodyLexicon], found: list[Candidate]
) -> list[Candidate]:
    """The items under «… международных организаций:», each a name."""
    ws = seen.ws
    covered = _covered(found)
    made: list[Candidate] = []
    by_span = {(candidate.start, candidate.end): candidate for candidate in found}
    lead = False
    for block in ws.blocks:
        if ws.words[block.end - 1] == ":" and block.kind != "field":
            lead = _promises_bodies(seen, lexicons, block.start, block.end)
            continue
        if not lead:
            continue
        start, end = block.start, block.end
        while start < end and not ws.words[start][0].isalnum() and start not in seen.quote_end:
            start += 1
        while end > start and ws.words[end - 1] in ";,.":
            end -= 1
        quoted = start in seen.quote_end
        if not 0 < end - start <= LONGEST_ITEM or not (quoted or ws.words[start][0].isupper()):
            lead = quoted or block.kind == "item"
            continue
        if quoted and seen.quote_end[start] != end:
            lead = block.kind == "item"
            continue
        known = by_span.get((start, end))
        if known is not None:
            known.score = max(known.score, LISTED)
        verb = any(ws.tags[at] == "VERB" for at in range(start, end))
        if not verb and covered.isdisjoint(range(start, end)) and start not in seen.places:
            made.append(Candidate("ORGANIZATION", start, end, LISTED, "bodies:listed", head=start))
    return made


def _promises_bodies(seen: Context, lexicons: dict[str, BodyLexicon], start: int, end: int) -> bool:
    """Whether a line that ends with a colon speaks of several bodies."""
    ws = seen.ws
    for at in range(max(start, end - 25), end):
        lexicon = lexicons.get(ws.languages[at])
        if lexicon is None:
            continue
        lemma = ws.lemmas[at]
        if lexicon.kinds.get(lemma) in MANY and ws.lowers[at] != lemma:
            if ws.languages[at] == "en":
                return True
            return any("plur" in reading.grammemes for reading in ws.readings[at][:1])
    return False


def acronyms(
    seen: Context, lexicons: dict[str, BodyLexicon], found: list[Candidate]
) -> list[Candidate]:
    """Known initials, and initials in brackets right behind a body's full name."""
    ws = seen.ws
    known = frozenset().union(*(lexicon.acronyms for lexicon in lexicons.values()))
    lemmas = frozenset(word.lower() for word in known if not word.isupper())
    covered = _covered(found)
    made = []
    hits = [at for at, word in enumerate(ws.words) if word in known]
    hits += [at for at, lemma in enumerate(ws.lemmas) if lemma in lemmas]
    for at in hits:
        low, high = ws.sentences[ws.sentence_of[at]]
        around = ws.words[max(at - 1, low) : at] + ws.words[at + 1 : min(at + 2, high)]
        shouted = any(len(word) > 1 and word.isalpha() and word.isupper() for word in around)
        if shouted or not ws.words[at][0].isupper():
            continue
        if at not in covered and at not in seen.inside:
            end = at + 1
            if end < len(ws) and ws.words[end] == "+" and ws.starts[end] == ws.ends[at]:
                end += 1
            end = _with_place(seen, end)
            made.append(Candidate("ORGANIZATION", at, end, KNOWN, "bodies:acronym", head=at))
            covered.add(at)
    made += _by_shape(seen, lexicons, covered)
    for candidate in found:
        at = candidate.end
        if at + 2 < len(ws) and ws.words[at] == "(" and ws.words[at + 2] == ")":
            word = ws.words[at + 1]
            if (
                1 < len(word) < 9
                and sum(map(str.isupper, word)) > 1
                and at + 1 not in covered | seen.places.keys()
            ):
                made.append(
                    Candidate("ORGANIZATION", at + 1, at + 2, KNOWN, "bodies:initials", head=at + 1)
                )
                covered.add(at + 1)
    return made


def _by_shape(
    seen: Context, lexicons: dict[str, BodyLexicon], covered: set[int]
) -> list[Candidate]:
    """Initials with a case ending («КАМАЗа») and those that go on with a namesake («ТГУ им. …»)."""
    ws, lexicon = seen.ws, lexicons["ru"]
    made = []
    for at, word in enumerate(ws.words):
        if len(word) < 3 or not word[1].isupper() or ws.languages[at] != "ru" or at in covered:
            continue
        if at in seen.inside or at in seen.placed:
            continue
        end = at + 1
        declined = DECLINED.fullmatch(word)
        if declined is not None:
            stem = declined[1].lower()
            driven = at > 0 and ws.lowers[at - 1] == "на"
            if driven or stem in lexicon.not_bodies or ws.lemmas[at] in lexicon.not_bodies:
                continue
        elif INITIALS.fullmatch(word) and ws.lowers[end : end + 1]:
            if ws.lowers[end] not in lexicon.named_after:
                continue
            name = end + 2 if ws.words[end + 1 : end + 2] == ["."] else end + 1
            if name not in seen.people:
                continue
            end = seen.people[name]
        else:
            continue
        made.append(Candidate("ORGANIZATION", at, end, SHORT, "bodies:initials", head=at))
        covered.update(range(at, end))
    return made


def guessed(
    seen: Context, lexicons: dict[str, BodyLexicon], found: list[Candidate]
) -> list[Candidate]:
    """ORG guesses that no rule has claimed, with their edges put right."""
    ws = seen.ws
    covered = _covered(found)
    if not ws.trust:
        covered |= _covered(c for c in ws.candidates if c.label in CLAIMED)
    times = Counter(
        ws.phrase(guess.start, guess.end).lower() for guess in ws.guesses if guess.label in BODIES
    )
    likely = {(c.start, c.end) for c in ws.candidates if c.label in CLAIMED and c.score >= LIKELY}
    made = []
    for guess in ws.guesses:
        if guess.label not in BODIES or (guess.start, guess.end) in likely:
            continue
        lexicon = lexicons.get(ws.languages[guess.start])
        if lexicon is None:
            continue
        start, end = _trimmed(seen, guess.start, guess.end)
        if start >= end or not covered.isdisjoint(range(start, end)):
            continue
        opening = seen.inside.get(start)
        if opening is not None and start == opening + 1 and end >= seen.quote_end[opening] - 1:
            start, end = opening, seen.quote_end[opening]
        if end - start == 1 and guess.label != "ORGANIZATION":
            end = _with_place(seen, end)
        if _heading_words(seen, start, end):
            continue
        score = _guess_score(seen, guess, start, end, lexicon, times)
        if score > 0:
            covered.update(range(start, end))
            made.append(Candidate("ORGANIZATION", start, end, score, guess.why, head=start))
    return made


def _heading_words(seen: Context, start: int, end: int) -> bool:
    """Whether English words are in capitals only because their whole heading is."""
    ws = seen.ws
    if ws.languages[start] != "en":
        return False
    block = ws.blocks[ws.block_of[start]]
    words = [word for word in ws.words[block.start : block.end] if word.isalpha()]
    return block.end - block.start <= LONGEST_HEADING and all(word.isupper() for word in words)


def _with_place(seen: Context, end: int) -> int:
    """The end with the place in the genitive that says whose it is: «МИД Японии»."""
    ws = seen.ws
    if end >= len(ws) or ws.languages[end] != "ru":
        return end
    if ws.lowers[end] in GENITIVE_TYPES:
        named = end + 2 if end + 1 < len(ws) and ws.words[end + 1] == "." else end + 1
        return seen.places.get(named, end)
    place = seen.places.get(end)
    if place is None:
        return end
    cases = cases_of(ws.lowers[end], False)
    return place if "gent" in cases and "nomn" not in cases else end


def _trimmed(seen: Context, start: int, end: int) -> tuple[int, int]:
    """A guess without marks, bullets and articles at its edges."""
    ws = seen.ws
    while start < end and (
        not ws.words[start][0].isalnum() or ws.lowers[start] in ("the", "a", "an")
    ):
        start += 1
    while end > start and not ws.words[end - 1][0].isalnum() and ws.words[end - 1] != "+":
        end -= 1
    return start, end


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
    if single and len(set(lower)) == 1:
        return 0.0
    events = event_lexicons()[ws.languages[first]]
    if any(ws.lemmas[at] in events.strong | events.weak for at in range(first, end)):
        return 0.0
    if first and ws.lemmas[first - 1] in lexicon.goods:
        return 0.0
    if single and (lower in lexicon.kinds or ws.lemmas[first] in lexicon.kinds):
        return 0.0
    if not any(is_capital(ws, at) or ws.words[at].isupper() for at in range(first, end)):
        return 0.0
    opening = start if start in seen.quote_end else seen.inside.get(first)
    if opening is not None:
        if _other_title(seen, opening, lexicon):
            return 0.0
        if opening != start and seen.quote_end[opening] - opening < 15:
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


def _other_title(seen: Context, opening: int, lexicon: BodyLexicon) -> bool:
    """Whether the noun before a quotation says that it is no body: «программа «…»»."""
    ws = seen.ws
    low = seen.ws.sentences[ws.sentence_of[opening]][0]
    for at in range(opening - 1, max(low, opening - 8) - 1, -1):
        if ws.tags[at] == "VERB" or ws.words[at] in ".;)(":
            return False
        if ws.lemmas[at] in lexicon.other_titles:
            return True
        if ws.lemmas[at] in lexicon.kinds:
            return False
    return False


def repeated(
    seen: Context, lexicons: dict[str, BodyLexicon], found: list[Candidate]
) -> list[Candidate]:
    """Bare mentions of a name that stood in quotes or foreign letters after its kind before."""
    ws = seen.ws
    names: dict[str, set[tuple[str, ...]]] = {}
    for candidate in found:
        if candidate.score < REPEATED:
            continue
        name = _brand(seen, candidate)
        if name:
            alike = names.setdefault(name[0], set())
            if len(alike) < MOST_ALIKE:
                alike.add(name)
    covered = _covered(found) | _covered(c for c in ws.candidates if c.label in CLAIMED)
    made = []
    for at, lemma in enumerate(ws.lemmas) if names else ():
        for name in sorted(names.get(lemma, ()), key=lambda one: (-len(one), one)):
            end = at + len(name)
            if tuple(ws.lemmas[at:end]) != name or not ws.words[at][0].isupper():
                continue
            if not covered.isdisjoint(range(at, end)) or at in seen.places:
                continue
            start, stop = at, end
            opening = seen.inside.get(at)
            lexicon = lexicons.get(ws.languages[at])
            if opening is not None:
                if seen.quote_end[opening] - 1 != end or opening + 1 != at:
                    continue
                if lexicon is not None and _other_title(seen, opening, lexicon):
                    continue
                start, stop = opening, end + 1
            covered.update(range(start, stop))
            made.append(
                Candidate("ORGANIZATION", start, stop, REPEATED, "bodies:repeated", head=at)
            )
    return made


def _brand(seen: Context, candidate: Candidate) -> tuple[str, ...]:
    """The words in quotes of a body, or the whole of a short one in foreign letters."""
    ws = seen.ws
    for at in range(candidate.start, candidate.end):
        end = seen.quote_end.get(at)
        if end is not None and end <= candidate.end:
            inner = tuple(ws.lemmas[at + 1 : end - 1])
            return inner if len("".join(inner)) > 3 and "«" not in inner else ()
    latin = all(word[0] < "\u0250" for word in ws.words[candidate.start : candidate.end])
    if latin and candidate.end - candidate.start < 5:
        return same_name(ws, candidate.start, candidate.end)
    return ()
