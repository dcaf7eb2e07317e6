"""What the people stage knows of a document before it looks for names, and of single words."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.gazetteer import gazetteer, normalise
from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.names import NameLexicon, name_lexicon, stem
from pobratim.lexicon.offices import office_lexicon
from pobratim.schema import PLACE_LABELS
from pobratim.stages.families import PERSONS
from pobratim.stages.quotes import quotes
from pobratim.stages.words_of import behind_initial

if TYPE_CHECKING:
    from pobratim.stages.quotes import Quote
    from pobratim.stages.workspace import Candidate, Workspace

__all__ = [
    "KEEP",
    "PROPER",
    "SURE_PLACE",
    "Page",
    "Run",
    "is_name_word",
    "is_thing",
    "known_common",
    "owner_stands",
    "page_of",
    "place_begins",
]

KEEP = 0.5
"""How sure a name must be to stay."""
SHORT_QUOTE = 7
SHORTEST_THING = 6
PROPER = frozenset({"Name", "Surn", "Patr"})
SURE_PLACE = 0.8
TAB = re.compile("\t|(?<! ) {3,}(?=[^ ])")
BAR = " | "
UNBENT = frozenset("оуиеёюэ")
"""How names of places end that have one form for all cases: «Осло», «Йоэнсуу»."""


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
    role_starts: dict[int, Candidate]
    role_ends: frozenset[int]
    places: dict[int, Candidate]
    guesses: dict[int, Candidate]
    quoted: frozenset[int]
    place_stems: frozenset[str]
    persons: frozenset[int]
    place_ends: dict[int, Candidate]
    guessed: dict[int, Candidate]
    cells: frozenset[int]
    guessed_persons: frozenset[int]


def page_of(ws: Workspace) -> Page:
    """The page, with the words of titles, places and short quotations marked."""
    roles = ws.of("ROLE")
    places: dict[int, Candidate] = {}
    for candidate in sorted(ws.of(*PLACE_LABELS), key=lambda candidate: candidate.score):
        places[candidate.start] = candidate
    quoted = {
        at
        for quote in quotes(ws)
        if quote.end - quote.start - 2 <= SHORT_QUOTE and not _is_said(ws, quote)
        for at in range(quote.start, quote.end)
    }
    others = [guess for guess in ws.guesses if guess.label not in PERSONS]
    return Page(
        ws,
        name_lexicon(),
        roles,
        frozenset(at for role in roles for at in range(role.start, role.end)),
        {role.start: role for role in roles},
        frozenset(role.end for role in roles),
        places,
        {guess.start: guess for guess in sorted(others, key=lambda guess: guess.end)},
        frozenset(quoted),
        frozenset(
            stem(ws.lowers[place.start])
            for place in places.values()
            if place.end - place.start == 1 and place.score >= SURE_PLACE
        ),
        frozenset(
            guess.start
            for guess in ws.guesses
            if guess.label in PERSONS and guess.end - guess.start > 1
        ),
        {place.end: place for place in places.values()},
        {at: guess for guess in others for at in range(guess.start, guess.end)},
        _cells(ws),
        frozenset(
            at
            for guess in ws.guesses
            if guess.label in PERSONS
            for at in range(guess.start, guess.end)
        ),
    )


def _is_said(ws: Workspace, quote: Quote) -> bool:
    """Whether words in quotes are no name: «альтернативный памятник Ельцину», «Он жив. Мы рады»."""
    if ws.sentence_of[quote.start] != ws.sentence_of[quote.end - 1]:
        return True
    return ws.languages[quote.start] == "ru" and ws.words[quote.start + 1].islower()


def _cells(ws: Workspace) -> frozenset[int]:
    """The words that begin a cell of a table told by tabs or bars: no name goes on into one."""
    text = ws.published
    breaks = [found.start() for found in TAB.finditer(text)]
    if BAR in text:
        before = False
        at = 0
        for line in text.splitlines(keepends=True):
            row = BAR in line
            if row or before:
                breaks.append(at)
            before = row
            at += len(line)
    return frozenset(bisect_left(ws.raw_starts, at) for at in breaks)


def is_name_word(page: Page, at: int) -> bool:
    """Whether a word has the shape of a name: a capital, letters, no abbreviation, no title."""
    ws = page.ws
    word = ws.words[at]
    if not word[0].isupper() or not word[0].isalpha() or at in page.role_words:
        return False
    lexicon = page.lexicons.get(ws.languages[at])
    if lexicon is None or ws.lowers[at] in lexicon.never:
        return False
    courtesy = lexicon.honorifics.get(ws.lowers[at])
    eastern = ws.lowers[at] in lexicon.surnames_first
    if courtesy is not None and not courtesy.noble and not eastern:
        return False
    office = office_lexicon()[ws.languages[at]]
    if ws.lowers[at] in office.forms and len(word) > 1 and not behind_initial(ws, at):
        return False
    return len(word) == 1 or not word.isupper()


def is_thing(ws: Workspace, at: int) -> bool:
    """Whether a Russian word can only be a thing's name: «Протокол» behind «Куратаро Ониси»."""
    found = ws.readings[at][:3]
    long = len(ws.words[at]) >= SHORTEST_THING
    return (
        long and bool(found) and known_common(ws, at) and all("inan" in r.grammemes for r in found)
    )


def known_common(ws: Workspace, at: int) -> bool:
    """Whether a word is an ordinary one that happens to have a capital."""
    if ws.languages[at] == "ru":
        proper = any(reading.grammemes & PROPER for reading in ws.readings[at][:3])
        return not proper and is_known(ws.lowers[at])
    return ws.tags[at] not in ("PROPN", "X")


def owner_stands(page: Page, at: int) -> bool:
    """Whether a place that no rule took for one stands behind a title in the genitive, and a name
    behind it: «вице-мэр Шэньяна Ван Синьвэй»."""
    ws = page.ws
    if ws.languages[at] != "ru" or at + 2 >= len(ws):
        return False
    epithet = ws.tags[at - 1] == "ADJ" and ws.words[at - 1][0].islower() if at else False
    if at not in page.role_ends and not (epithet and at - 1 in page.role_ends):
        return False
    places = gazetteer().lookup_russian(ws.words[at])
    unbent = (
        ws.lowers[at][-1] in UNBENT and is_name_word(page, at + 1) and is_name_word(page, at + 2)
    )
    plainly = any(normalise(place.name_ru or "") == normalise(ws.words[at]) for place in places)
    if plainly and not unbent:
        return False
    after = ws.readings[at + 1]
    plain = not after or any("nomn" in reading.grammemes for reading in after)
    return bool(places) and (plain or (is_name_word(page, at + 1) and is_name_word(page, at + 2)))


def place_begins(page: Page, at: int) -> bool:
    place = page.places.get(at)
    return place is not None and place.score >= SURE_PLACE
