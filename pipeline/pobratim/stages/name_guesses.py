"""Names of persons that the languages' models saw, corrected at their edges and weighed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pobratim.lexicon.gazetteer import gazetteer
from pobratim.lexicon.names import stem
from pobratim.lexicon.offices import CASES
from pobratim.stages.bodies_foreign import foreign_kind
from pobratim.stages.families import PERSONS
from pobratim.stages.name_page import (
    PROPER,
    SURE_PLACE,
    Page,
    Run,
    is_name_word,
    is_thing,
    known_common,
    owner_stands,
)
from pobratim.stages.neural.apart import second_begins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["ROMAN", "guessed"]

SURE_MODEL = 0.88
DOUBTED = 0.3
SURE, ALONE, COMMON = 0.92, 0.6, 0.45
MODEL = "people:model"
FINITE = frozenset({"past", "pres", "futr"})
ROMAN = re.compile("[IVX]{1,5}")
"""The number of a sovereign («Пётр I»)."""
INITIAL = re.compile("[А-ЯЁA-Z]|[БВГДЖЗКЛМНПРСТФХЦЧШ][бвгджзклмнпрстфхцчш]")
"""One letter, or two consonants: «Дж.», «Св.»."""
APOSTROPHES = (["'"], ["’"])
JUNIOR = frozenset({"jr", "sr", "мл", "ст"})
SYLLABLE = 4
"""Letters of a syllable at most that is a word of a Korean name."""
GIVEN = 2
"""Words of a given name at most, which a surname precedes."""
SHORTEST_NOUN = 5
"""Shorter ones are surnames too: «Сон Хын Мин»."""
BODILY = frozenset({"Geox", "Orgn"})
MARKED, LONGEST_MARKED = 3, 7
"""Words of a nickname with its marks, and of a whole name that has one."""
OPEN, CLOSE = frozenset('«"“('), frozenset('»"”)')
MOST_INITIALS = 4
"""Initials that may stand before one name; a page may be nothing but initials."""


def guessed(page: Page) -> Iterator[Run]:
    """The models' persons, without courtesies, titles, places and marks at their edges."""
    ws = page.ws
    for guess in _joined(page):
        if foreign_kind(ws, guess.start, guess.end) is not None:
            continue
        start, end = _trimmed(page, guess.start, guess.end)
        long = any(
            len(ws.words[at]) > 1 and ws.lowers[at] not in JUNIOR for at in range(start, end)
        )
        if not long or not any(is_name_word(page, at) for at in range(start, end)):
            continue
        block = ws.blocks[ws.block_of[start]]
        if block.kind == "field" and end <= block.value:
            continue
        before = start
        while (
            before >= max(2, start - 2 * MOST_INITIALS + 2)
            and ws.words[before - 1] == "."
            and INITIAL.fullmatch(ws.words[before - 2])
        ):
            before -= 2
        before = _over_surname(page, before, end)
        if end < len(ws) and ROMAN.fullmatch(ws.words[end]):
            end += 1
        end = _over_junior(ws, _over_hyphen(page, end))
        found = _guess_run(page, before, end, guess.score)
        yield found._replace(score=DOUBTED) if _owns(page, end) else found


def _over_surname(page: Page, start: int, end: int) -> int:
    """The start of a name with the surname before it that a model took for a word: "Park Yon Gwan"."""
    ws, at = page.ws, start - 1
    lexicon = page.lexicons.get(ws.languages[start])
    if lexicon is None or at < 1 or end - start > GIVEN or at in page.role_words:
        return start
    inside = ws.sentences[ws.sentence_of[start]][0] < at and not _parted(page, start)
    if not inside or not ws.words[at][0].isupper() or ws.lowers[at] not in lexicon.surnames_first:
        return start
    return at if ws.words[at - 1].islower() else start


def _over_junior(ws: Workspace, end: int) -> int:
    """The end of a name with the ", Jr." behind it, or the period of a "jr." that ends it."""
    if ws.lowers[end - 1] in ("jr", "sr") and ws.words[end : end + 1] == ["."]:
        return end + 1
    if ws.words[end : end + 1] != [","] or ws.lowers[end + 1 : end + 2] not in (["jr"], ["sr"]):
        return end
    return end + 3 if ws.words[end + 2 : end + 3] == ["."] else end + 2


def _over_hyphen(page: Page, end: int) -> int:
    """The end of a name whose surname goes on behind a hyphen or «д'», whatever the model saw."""
    ws = page.ws
    elided = (
        ws.lowers[end : end + 1] in (["д"], ["d"]) and ws.words[end + 1 : end + 2] in APOSTROPHES
    )
    if elided and end + 2 < len(ws) and is_name_word(page, end + 2):
        return end + 3 if ws.ends[end + 1] == ws.starts[end + 2] else end
    if end + 1 >= len(ws) or ws.words[end] != "-" or not is_name_word(page, end + 1):
        return end
    tight = ws.ends[end - 1] == ws.starts[end] and ws.ends[end] == ws.starts[end + 1]
    return end + 2 if tight else end


def _joined(page: Page) -> Iterator[Candidate]:
    """The models' persons, a word that touches another name joined to it: «Бадмаева» «Нина Санджиевна»."""
    ws = page.ws
    last: Candidate | None = None
    for guess in ws.guesses:
        if guess.label not in PERSONS:
            continue
        if last is not None and _goes_on(page, last, guess):
            last = replace(last, end=guess.end, score=min(last.score, guess.score))
            continue
        if last is not None:
            yield last
        last = guess
    if last is not None:
        yield last


def _goes_on(page: Page, last: Candidate, guess: Candidate) -> bool:
    """Whether a guess is the rest of the name before it."""
    ws = page.ws
    if ws.sentence_of[last.start] != ws.sentence_of[guess.start]:
        return False
    if _has_nickname(ws, last, guess):
        return True
    if last.end != guess.start or 1 not in (last.end - last.start, guess.end - guess.start):
        return False
    if _is_club(page, last) or second_begins(ws, last.start, guess.end) == guess.start:
        return False
    return not _parted(page, guess.start)


def _is_club(page: Page, guess: Candidate) -> bool:
    """Whether one Russian word is rather a place or body before a name: «Хотспур» «Ледли Кинг»."""
    ws, at = page.ws, guess.start
    if guess.end - at > 1 or not any(r.grammemes & BODILY for r in ws.readings[at][:1]):
        return False
    return stem(ws.lowers[at]) not in page.lexicons["ru"].surnames_first


def _has_nickname(ws: Workspace, last: Candidate, guess: Candidate) -> bool:
    """Whether two guesses are a name with one word of it in quotes or brackets: «Джон «Джек» Смит»."""
    if not 0 <= guess.start - last.end <= MARKED or guess.end - last.start > LONGEST_MARKED:
        return False
    words = ws.words[last.start : guess.end]
    opens = [at for at, word in enumerate(words) if word in OPEN]
    closes = [at for at, word in enumerate(words) if word in CLOSE and at not in opens[:1]]
    if len(opens[:1]) != 1 or not closes or closes[-1] != opens[0] + 2 or opens[0] == 0:
        return False
    marked = (opens[0], closes[-1])
    named = all(
        word[0].isupper() or word == "." for at, word in enumerate(words) if at not in marked
    )
    return named and closes[-1] + 1 < len(words)


def _parted(page: Page, at: int) -> bool:
    """Whether a block or a table's cell begins at a word."""
    return at in page.cells or page.ws.block_of[at] != page.ws.block_of[at - 1]


def _owns(page: Page, end: int) -> bool:
    """Whether an English name is what the title behind it is of: "Great Falls' deputy mayor".

    Letters behind a name are of their bearer: "Martin Pakula MP".
    """
    ws = page.ws
    if end >= len(ws) or ws.languages[end] != "en" or ws.words[end].isupper():
        return False
    if ws.lowers[end] in ("'s", "’s", "'", "’"):
        end += 1
    return end in page.role_starts


def _trimmed(page: Page, start: int, end: int) -> tuple[int, int]:
    ws = page.ws
    lexicon = page.lexicons.get(ws.languages[start])
    if lexicon is None:
        return start, start
    inner = next((at for at in range(end - 1, start, -1) if at in page.place_ends), start)
    if inner > start and page.place_ends[inner].start < start:
        start = inner
    moved = True
    while moved and start < end:
        moved = False
        place = page.places.get(start)
        if (
            not ws.words[start][0].isalnum()
            or start in page.role_words
            or (ws.lowers[start] in lexicon.honorifics and not _is_eastern(page, start, end))
            or ws.lowers[start] in lexicon.courtesies
        ):
            start, moved = start + 1, True
        elif place is not None and place.end < end - 1 and _is_owner(page, place):
            start, moved = place.end, True
        elif _is_no_name(page, start, end):
            start, moved = start + 1, True
    end = next((at for at in range(start + 1, end) if _breaks(page, at, end)), end)
    bodies = [at for at in range(start + 1, end) if ws.lowers[at] in lexicon.bearers_after]
    if bodies and end - bodies[-1] > 2:
        start = bodies[-1] + 1
    while end > start and (
        (end - start > 2 and is_thing(ws, end - 1))
        or _is_state(page, start, end - 1)
        or end - 1 in page.role_words
        or ws.lowers[end - 1] in ("'s", "’s")
        or not (ws.words[end - 1][0].isalnum() or ws.words[end - 1] == ".")
        or _is_foreign(page, start, end - 1)
        or (ws.words[end - 1] == "." and not _abbreviated(ws, end - 2))
    ):
        end -= 1
    return start, end


def _is_eastern(page: Page, start: int, end: int) -> bool:
    """Whether a word that may be a courtesy is the surname of two syllables: «генсек ООН Пан Ги Мун»."""
    ws = page.ws
    first = ws.sentences[ws.sentence_of[start]][0] == start
    if first or not ws.words[start][0].isupper() or end - start != 1 + GIVEN:
        return False
    known = ws.lowers[start] in page.lexicons[ws.languages[start]].surnames_first
    return known and all(len(ws.words[at]) <= SYLLABLE for at in range(start + 1, end))


def _is_foreign(page: Page, start: int, at: int) -> bool:
    """Whether the last word of a Russian guess is no part of a name: an adverb, or in other letters."""
    ws = page.ws
    if ws.languages[at] != "ru" or not start < at or not ws.words[at][0].isalpha():
        return False
    if ws.words[at].islower():
        return ws.lowers[at] not in page.lexicons["ru"].particles and ws.words[at - 1] != "-"
    latin = ws.words[at].isascii() and not ROMAN.fullmatch(ws.words[at])
    return latin and not ws.words[start].isascii() and ws.words[at - 1].isalpha()


def _is_state(page: Page, start: int, at: int) -> bool:
    """Whether a state's letters stand behind a name: «после смерти Кима Чен Ира КНДР»."""
    place = page.places.get(at)
    return place is not None and at > start and page.ws.words[at].isupper() and place.end == at + 1


def _is_no_name(page: Page, start: int, end: int) -> bool:
    """Whether the first word of a guess is a verb, a noun, or what the title before it is of."""
    ws = page.ws
    if end - start > 1 and (_is_verb(ws, start) or _is_relative(page, start)):
        return True
    if end - start > 1 and _governs(page, start):
        return True
    if end - start == 2:
        proper = any(r.grammemes & PROPER for r in ws.readings[start + 1][:2])
        return proper and _is_noun(page, start)
    if end - start < 2:
        return False
    place = start and stem(ws.lowers[start]) in page.place_stems
    return bool(place) or owner_stands(page, start) or _is_noun(page, start)


def _is_owner(page: Page, place: Candidate) -> bool:
    """Whether a place before a name is no part of it: a sure one, or what the title before it is of."""
    if place.score >= SURE_PLACE or place.start in page.role_ends:
        return True
    return page.ws.languages[place.start] == "ru" and place.start - 1 in page.guessed


def _is_noun(page: Page, at: int) -> bool:
    """Whether an ordinary noun begins the sentence before a name: «Стихи Габдуллы Тукая»."""
    ws = page.ws
    first = ws.sentences[ws.sentence_of[at]][0] == at and ws.languages[at] == "ru"
    if not first or len(ws.words[at]) < SHORTEST_NOUN or not known_common(ws, at):
        return False
    anim = all("anim" in reading.grammemes for reading in ws.readings[at])
    return anim or not known_common(ws, at + 1)


def _is_relative(page: Page, at: int) -> bool:
    """Whether a capital only begins the sentence before a name: «Внучка Ван Цзюня»."""
    ws = page.ws
    first = ws.sentences[ws.sentence_of[at]][0] == at
    return first and ws.lemmas[at] in page.lexicons[ws.languages[at]].relatives


def _governs(page: Page, at: int) -> bool:
    """Whether a thing's or body's name in another case stands before the person's: «защитник Арсенала
    Киран Гиббс», «участие в Марше Голунова»."""
    ws = page.ws
    found = ws.readings[at]
    if not found or len(ws.words[at]) < SHORTEST_NOUN or at in page.role_words:
        return False
    if not known_common(ws, at) or not all("inan" in reading.grammemes for reading in found):
        return False
    if stem(ws.lowers[at]) in page.lexicons["ru"].surnames_first:
        return False
    own, after = _singular(ws, at), _singular(ws, at + 1)
    return "nomn" not in own and own.isdisjoint(after)


def _singular(ws: Workspace, at: int) -> frozenset[str]:
    """The cases in which a word may be one noun."""
    found = [r.grammemes & CASES for r in ws.readings[at] if "plur" not in r.grammemes]
    return frozenset().union(*found)


def _abbreviated(ws: Workspace, at: int) -> bool:
    """Whether the period behind a word belongs to it: an initial's, "Jr."; a Latin «I.» numbers."""
    if ws.languages[at] == "ru" and ws.words[at].isascii() and ROMAN.fullmatch(ws.words[at]):
        return False
    return len(ws.words[at]) == 1 or ws.lowers[at] in JUNIOR


def _is_verb(ws: Workspace, at: int) -> bool:
    """Whether a sentence's first word is a finite verb: «Приехал Иван Петров»."""
    first = ws.sentences[ws.sentence_of[at]][0] == at
    return first and any(not FINITE.isdisjoint(r.grammemes) for r in ws.readings[at][:1])


def _breaks(page: Page, at: int, end: int) -> bool:
    """Whether a name cannot go on over this word: a bracket, a cell, or a dash between spaces."""
    ws = page.ws
    word = ws.words[at]
    if _parted(page, at):
        return True
    if word == "(" and at + 3 < end and ws.words[at + 2] == ")":
        return False
    if word in ("(", "/", ":", ";", "|", "'s", "’s"):
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
    odd = any(not is_name_word(page, at) and ws.words[at][0].isupper() for at in words)
    if odd or (place is not None and place.end >= end):
        return Run(start, end, DOUBTED, MODEL)
    if ws.trust:
        return _trusted_run(page, start, end, trust, words)
    russian = ws.languages[start] == "ru"
    if len(words) > 1:
        common = sum(known_common(ws, at) for at in words)
        if any(at in page.places and page.places[at].score >= 0.5 for at in words[1:]):
            return Run(start, end, 0.45, MODEL)
        if russian:
            return Run(start, end, 0.9 if common < len(words) else 0.45, MODEL)
        return Run(start, end, 0.45 if common else 0.8, MODEL)
    if numbered:
        return Run(start, end, 0.85, MODEL)
    if not russian:
        acts = end < len(ws) and ws.tags[end] in ("VERB", "AUX") and ws.tags[start] == "PROPN"
        return Run(start, end, 0.6 if acts else 0.35, MODEL)
    sure = trust >= SURE_MODEL
    if any(reading.grammemes & PROPER for reading in ws.readings[start][:4]):
        return Run(start, end, 0.85 if sure else 0.75, MODEL)
    if known_common(ws, start):
        return Run(start, end, 0.6 if sure else DOUBTED, MODEL)
    return Run(start, end, 0.7 if sure else 0.5, MODEL)


def _trusted_run(page: Page, start: int, end: int, probability: float, words: list[int]) -> Run:
    """How far to go with our own model, which knows names better than it knows places from them."""
    ws = page.ws
    place = any(at in page.places and page.places[at].score >= 0.5 for at in words[1:])
    first = page.lexicons[ws.languages[start]].surnames_first
    eastern = len(words) > 1 and ws.lowers[start] in first and probability >= SURE_MODEL
    common = not eastern and all(known_common(ws, at) and not _is_town(ws, at) for at in words)
    if place or (common and ws.languages[start] == "ru"):
        return Run(start, end, min(probability, COMMON), MODEL)
    alone = len(words) == 1 and _may_be_place(ws, words[0])
    return Run(start, end, min(probability, ALONE if alone else SURE), MODEL)


def _is_town(ws: Workspace, at: int) -> bool:
    """Whether the dictionary has a Russian word as a place's name only: «Стэнли», «Стефани»."""
    return any("Geox" in reading.grammemes for reading in ws.readings[at][:1])


def _may_be_place(ws: Workspace, at: int) -> bool:
    places = gazetteer()
    lookup = places.lookup_russian if ws.languages[at] == "ru" else places.lookup
    return bool(lookup(ws.words[at]))
