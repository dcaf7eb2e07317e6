"""Where names of persons stand: behind titles and courtesies, at initials, where a model saw them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.names import NameLexicon, name_lexicon, stem
from pobratim.lexicon.offices import CASES, OfficeUse, office_lexicon
from pobratim.schema import PLACE_LABELS
from pobratim.stages.quotes import quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["Page", "Run", "page_of", "runs"]

LONGEST_NAME = 6
LONGEST_GAP = 16
SHORT_QUOTE = 7
PERSON_GUESSES = frozenset({"PER", "PERSON"})
OTHER_GUESSES = frozenset({"DATE", "GPE", "ORG", "NORP", "FAC", "EVENT", "LAW", "LANGUAGE"})
PROPER = frozenset({"Name", "Surn", "Patr"})
SURE_PLACE = 0.8
SURE_MODEL = 0.88
OVER = frozenset({".", "of", "the", "for", "in", "to", "в", "на", "при"})
DOUBTED = 0.3
MODEL = "people:model"


ROMAN = re.compile("[IVX]{1,5}")
"""The number of a sovereign («Пётр I»)."""


class Run(NamedTuple):
    """A span that may be a name: how sure, why, and what the words before it tell of its case."""

    start: int
    end: int
    score: float
    why: str
    cases: frozenset[str] = frozenset()
    gender: str | None = None


class Page(NamedTuple):
    """What the people stage knows of a document before it looks for names."""

    ws: Workspace
    lexicons: dict[str, NameLexicon]
    roles: list[Candidate]
    role_words: frozenset[int]
    places: dict[int, Candidate]
    guesses: dict[int, Candidate]
    quoted: frozenset[int]
    place_stems: frozenset[str]
    persons: frozenset[int]


def page_of(ws: Workspace) -> Page:
    """The page, with the words of titles, places and short quotations marked."""
    roles = ws.of("ROLE")
    places: dict[int, Candidate] = {}
    for candidate in sorted(ws.of(*PLACE_LABELS), key=lambda candidate: candidate.score):
        places[candidate.start] = candidate
    quoted = {
        at
        for quote in quotes(ws)
        if quote.end - quote.start - 2 <= SHORT_QUOTE
        for at in range(quote.start, quote.end)
    }
    return Page(
        ws,
        name_lexicon(),
        roles,
        frozenset(at for role in roles for at in range(role.start, role.end)),
        places,
        {guess.start: guess for guess in ws.guesses if guess.label not in PERSON_GUESSES},
        frozenset(quoted),
        frozenset(
            stem(ws.lowers[place.start])
            for place in places.values()
            if place.end - place.start == 1 and place.score >= SURE_PLACE
        ),
        frozenset(
            guess.start
            for guess in ws.guesses
            if guess.label in PERSON_GUESSES and guess.end - guess.start > 1
        ),
    )


def runs(page: Page) -> Iterator[Run]:
    """Every span that one of the rules takes for a name; they may overlap."""
    yield from _behind_roles(page)
    yield from _by_words(page)
    yield from _guessed(page)


def _is_name_word(page: Page, at: int) -> bool:
    """Whether a word has the shape of a name: a capital, letters, no abbreviation, no title."""
    ws = page.ws
    word = ws.words[at]
    if not word[0].isupper() or not word[0].isalpha() or at in page.role_words:
        return False
    lexicon = page.lexicons.get(ws.languages[at])
    if lexicon is None or ws.lowers[at] in lexicon.never or ws.lowers[at] in lexicon.honorifics:
        return False
    office = office_lexicon()[ws.languages[at]]
    if ws.lowers[at] in office.forms and len(word) > 1:
        return False
    return len(word) == 1 or not word.isupper()


def _known_common(ws: Workspace, at: int) -> bool:
    """Whether a word is an ordinary one that happens to have a capital."""
    if ws.languages[at] == "ru":
        proper = any(reading.grammemes & PROPER for reading in ws.readings[at][:3])
        return not proper and is_known(ws.lowers[at])
    return ws.tags[at] not in ("PROPN", "X")


def _name_end(page: Page, start: int, *, bold: bool = False) -> int:
    """The end of the name that begins at ``start``; ``bold`` takes words a place may be named by."""
    ws = page.ws
    limit = min(ws.sentences[ws.sentence_of[start]][1], start + 2 * LONGEST_NAME)
    at = end = start
    words = 0
    while at < limit and words < LONGEST_NAME:
        if _is_name_word(page, at):
            if words and not bold and _place_begins(page, at):
                break
            if words and _other_begins(page, at):
                break
            words += len(ws.words[at]) > 1
            at = end = at + 1
            if at < limit and ROMAN.fullmatch(ws.words[at]) and len(ws.words[at - 1]) > 1:
                return at + 1
            if at < limit and len(ws.words[at - 1]) == 1 and ws.words[at] == ".":
                at = end = at + 1
        elif _joins(page, at, limit):
            at += 1
        else:
            break
    if ws.words[end - 1] == "." and not _initials_at(ws, end - 2, limit):
        end -= 1
    return end


def _joins(page: Page, at: int, limit: int) -> bool:
    """Whether a particle or hyphen goes on to a further word of the name."""
    ws = page.ws
    if at + 1 >= limit:
        return False
    if ws.words[at] in ("-", "–", "’", "'"):
        tight = ws.ends[at - 1] == ws.starts[at] and ws.ends[at] == ws.starts[at + 1]
        return tight and ws.words[at + 1][0].isalpha()
    lexicon = page.lexicons.get(ws.languages[at])
    if lexicon is None or ws.lowers[at] not in lexicon.particles or ws.lowers[at] in ("и", "о"):
        return False
    return ws.words[at + 1][0].isupper() or ws.lowers[at + 1] in lexicon.particles


def _place_begins(page: Page, at: int) -> bool:
    place = page.places.get(at)
    return place is not None and place.score >= SURE_PLACE


def _other_begins(page: Page, at: int) -> bool:
    guess = page.guesses.get(at)
    return guess is not None and guess.label in OTHER_GUESSES and guess.end - at > 1


def _initials_at(ws: Workspace, at: int, limit: int) -> int:
    """How many words the initials from ``at`` take (0 if there are none)."""
    end = at
    while (
        end + 1 < limit
        and end >= 0
        and len(ws.words[end]) == 1
        and ws.words[end].isalpha()
        and ws.words[end].isupper()
        and ws.words[end + 1] == "."
    ):
        end += 2
        if end < limit and ws.words[end] == "-":
            end += 1
    return end - at


def _behind_roles(page: Page) -> Iterator[Run]:
    """The names behind titles: «Мэр г. Казани [Иван Петров]»."""
    ws = page.ws
    for role in page.roles:
        use = role.data
        if not isinstance(use, OfficeUse) or use.plural:
            continue
        start = _over_owner(page, role.end)
        if start is None or start in page.role_words:
            continue
        end = _name_end(page, start, bold=start in page.places)
        end = next((at for at in range(start + 2, end) if at in page.persons), end)
        if end <= start or not _credible(page, start, end) or _body(page, start, end):
            continue
        place = page.places.get(start)
        if place is not None and place.end >= end and place.score >= 0.5:
            continue
        long = end - start > 1
        score = 0.9 if long else 0.7
        if not long and (ws.languages[start] == "en" or _known_common(ws, start)):
            score = 0.6
        cases = use.cases if len(use.cases) < len(CASES) else frozenset()
        yield Run(start, end, score, "people:title", cases)


def _over_owner(page: Page, at: int) -> int | None:
    """The first word behind what a title is of; None if something else stands there."""
    ws = page.ws
    if at >= len(ws):
        return None
    sentence = ws.sentence_of[at]
    stop = min(ws.sentences[sentence][1], at + LONGEST_GAP)
    first = at
    while at < stop:
        place = page.places.get(at)
        guess = page.guesses.get(at)
        lower = ws.lowers[at]
        office = office_lexicon().get(ws.languages[at])
        if office is None or ws.sentence_of[at] != sentence:
            return None
        if place is not None and place.score >= 0.5:
            at = place.end
        elif guess is not None and guess.label in ("ORG", "GPE", "LOC") and at < guess.end:
            at = guess.end
        elif lower in page.lexicons[ws.languages[at]].honorifics:
            return None
        elif lower in office.places or lower in OVER:
            at += 1
        elif ws.words[at][0].isupper():
            return at if _is_name_word(page, at) else None
        elif ws.languages[at] == "ru" and ws.tags[at] in ("NOUN", "ADJ") and at > first - 1:
            at += 1
        else:
            return None
    return None


def _credible(page: Page, start: int, end: int) -> bool:
    """Whether a run of capitals is a name rather than a heading or a body: one word is no common one."""
    ws = page.ws
    if ws.languages[start] == "en":
        return all(
            ws.tags[at] in ("PROPN", "NOUN", "X", "ADJ", "PUNCT", "ADP", "DET", "PART")
            for at in range(start, end)
        ) and any(ws.tags[at] == "PROPN" for at in range(start, end))
    if end < len(ws) and ws.words[end] in ("«", '"', "“", "№"):
        return False
    names = [at for at in range(start, end) if len(ws.words[at]) > 1]
    common = [at for at in names if _known_common(ws, at) and ws.tags[at] in ("NOUN", "ADJ")]
    return len(common) < len(names) if len(names) > 1 else not common


def _body(page: Page, start: int, end: int) -> bool:
    """Whether one of the words says that the capitals are a body's or a place's."""
    ws = page.ws
    after = page.lexicons[ws.languages[start]].bearers_after
    return any(ws.lowers[at] in after for at in range(start, end))


def _by_words(page: Page) -> Iterator[Run]:
    """The names that courtesies («г-н»), honours («имени») and initials point to."""
    ws = page.ws
    for language, lexicon in page.lexicons.items():
        if language not in ws.languages:
            continue
        honorifics, honour = lexicon.honorifics, lexicon.in_honour
        for at, lower in enumerate(ws.lowers):
            if lower in honorifics or lower in honour:
                if ws.languages[at] == language:
                    yield from _pointed(page, lexicon, at)
            elif len(lower) == 1 and lower.isalpha() and ws.languages[at] == language:
                yield from _initialled(page, at)


def _pointed(page: Page, lexicon: NameLexicon, at: int) -> Iterator[Run]:
    """The name behind a courtesy word or «имени»."""
    ws = page.ws
    start = at + 1
    while start < len(ws) and (ws.words[start] == "." or ws.lowers[start] in lexicon.honorifics):
        start += 1
    if start >= len(ws) or ws.block_of[start] != ws.block_of[at]:
        return
    if ws.sentence_of[start] != ws.sentence_of[at] and ws.words[start - 1] != ".":
        return
    courtesy = lexicon.honorifics.get(ws.lowers[at])
    noble = courtesy is not None and courtesy.noble
    if noble and (start in page.places or _known_common(ws, start)):
        return
    end = _name_end(page, start, bold=not noble) if _is_name_word(page, start) else start
    if end <= start or (noble and end - start == 1 and page.guesses.get(start)):
        return
    if courtesy is None:
        if end - start > 1:
            yield Run(start, end, 0.85, "people:honour", frozenset({"gent"}))
        return
    if ws.languages[at] == "en" and not ws.words[at][0].isupper():
        return
    score = 0.8 if noble else 0.95
    yield Run(start, end, score, "people:courtesy", courtesy.cases, courtesy.gender or None)


def _initialled(page: Page, at: int) -> Iterator[Run]:
    """«И. О. Фамилия» and «Фамилия И. О.»."""
    ws = page.ws
    limit = min(len(ws), at + 9)
    length = _initials_at(ws, at, limit)
    if not length or (at > 1 and ws.words[at - 1] == "." and len(ws.words[at - 2]) == 1):
        return
    after = at + length
    block = ws.block_of[at]
    double = length > 2
    if after < len(ws) and ws.block_of[after] == block and _surname(page, after):
        end = after + 1
        if end + 1 < limit and ws.words[end] == "-" and ws.words[end + 1][0].isupper():
            end += 2
        certain = not _place_begins(page, after) and not _known_common(ws, after)
        if double or (certain and not _numeral(ws, at)):
            yield Run(at, end, 0.93 if double else 0.8, "people:initials")
    elif at > 0 and ws.block_of[at - 1] == block and double and _surname(page, at - 1):
        yield Run(at - 1, after, 0.9, "people:initials")


def _numeral(ws: Workspace, at: int) -> bool:
    """Whether a letter numbers a heading or an item: «I. Введение», «А. Общее»."""
    return ws.blocks[ws.block_of[at]].start == at or ws.sentences[ws.sentence_of[at]][0] == at


def _surname(page: Page, at: int) -> bool:
    word = page.ws.words[at]
    return len(word) > 1 and _is_name_word(page, at) and word[1].islower()


def _guessed(page: Page) -> Iterator[Run]:
    """The models' persons, without courtesies, titles, places and marks at their edges."""
    ws = page.ws
    for guess in ws.guesses:
        if guess.label not in PERSON_GUESSES:
            continue
        start, end = _trimmed(page, guess.start, guess.end)
        if start >= end or not any(_is_name_word(page, at) for at in range(start, end)):
            continue
        block = ws.blocks[ws.block_of[start]]
        if block.kind == "field" and end <= block.value:
            continue
        before = start
        while before >= 2 and ws.words[before - 1] == "." and len(ws.words[before - 2]) <= 2:
            if not ws.words[before - 2][0].isupper():
                break
            before -= 2
        if end < len(ws) and ROMAN.fullmatch(ws.words[end]):
            end += 1
        yield _guess_run(page, before, end, guess.score)


def _trimmed(page: Page, start: int, end: int) -> tuple[int, int]:
    ws = page.ws
    lexicon = page.lexicons.get(ws.languages[start])
    if lexicon is None:
        return start, start
    moved = True
    while moved and start < end:
        moved = False
        place = page.places.get(start)
        if (
            not ws.words[start][0].isalnum()
            or start in page.role_words
            or ws.lowers[start] in lexicon.honorifics
            or ws.lowers[start] in lexicon.courtesies
        ):
            start, moved = start + 1, True
        elif place is not None and place.score >= SURE_PLACE and place.end < end - 1:
            start, moved = place.end, True
        elif end - start > 2 and start and stem(ws.lowers[start]) in page.place_stems:
            start, moved = start + 1, True
    end = next((at for at in range(start + 1, end) if _breaks(ws, at)), end)
    while end > start and (
        end - 1 in page.role_words
        or ws.lowers[end - 1] in ("'s", "’s")
        or not (ws.words[end - 1][0].isalnum() or ws.words[end - 1] == ".")
        or (ws.words[end - 1] == "." and len(ws.words[end - 2]) > 1)
    ):
        end -= 1
    return start, end


def _breaks(ws: Workspace, at: int) -> bool:
    """Whether a name cannot go on over this word: a bracket, or a dash between spaces."""
    word = ws.words[at]
    if word in ("(", "/", ":", ";", "|"):
        return True
    return word in ("-", "–", "—") and ws.ends[at - 1] < ws.starts[at]


def _guess_run(page: Page, start: int, end: int, trust: float) -> Run:
    """How far to go with the model: two words more than one, a known name more than a common word.

    The figures for single Russian words are from NEREL's development part: known names 97 % right,
    others 90 % where the model is sure, half of them where it is not.
    """
    ws = page.ws
    words = [at for at in range(start, end) if ws.words[at][0].isalpha()]
    numbered = len(words) > 1 and bool(ROMAN.fullmatch(ws.words[end - 1]))
    words = words[:-1] if numbered else words
    place = page.places.get(start)
    odd = any(not _is_name_word(page, at) and ws.words[at][0].isupper() for at in words)
    if odd or (place is not None and place.end >= end):
        return Run(start, end, DOUBTED, MODEL)
    russian = ws.languages[start] == "ru"
    if len(words) > 1:
        common = sum(_known_common(ws, at) for at in words)
        if any(at in page.places and page.places[at].score >= 0.5 for at in words[1:]):
            return Run(start, end, 0.45, MODEL)
        if russian:
            return Run(start, end, 0.9 if common < len(words) else 0.45, MODEL)
        return Run(start, end, 0.45 if common else 0.8, MODEL)
    if numbered:
        return Run(start, end, 0.85, MODEL)
    if not russian:
        return Run(start, end, 0.35, MODEL)
    sure = trust >= SURE_MODEL
    if any(reading.grammemes & PROPER for reading in ws.readings[start][:4]):
        return Run(start, end, 0.85 if sure else 0.75, MODEL)
    if _known_common(ws, start):
        return Run(start, end, 0.6 if sure else DOUBTED, MODEL)
    return Run(start, end, 0.7 if sure else 0.5, MODEL)
