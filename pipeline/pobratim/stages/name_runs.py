"""Where names of persons stand: behind titles, courtesies and honours, and at initials."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pobratim.lexicon.names import NameLexicon
from pobratim.lexicon.offices import CASES, OfficeUse, office_lexicon
from pobratim.stages.families import BODIES, NO_PERSONS, PEOPLES, PLACES
from pobratim.stages.name_guesses import ROMAN, guessed
from pobratim.stages.name_page import (
    SURE_PLACE,
    Page,
    Run,
    is_name_word,
    is_thing,
    known_common,
    owner_stands,
    place_begins,
)
from pobratim.stages.neural.apart import second_begins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Block, Candidate, Workspace

__all__ = ["runs"]

LONGEST_NAME = 6
LONGEST_GAP = 16
LONGEST_SIGNATURE = 4
SHORTEST_SHOUT = 3
LONGEST_TITLE = 8
SHORTEST_PATRONYMIC = 6
FULL = 0.9
"""How sure a full name is that a school or clinic bears."""
FIELD = frozenset({":", "-", "–", "—"})
OWNED = frozenset({"of", "for", "to"})
"""English prepositions that lead to what a title is of, which is no person."""
OVER = frozenset({".", "of", "the", "for", "in", "to", "в", "на", "при"})


def runs(page: Page) -> Iterator[Run]:
    """Every span that one of the rules takes for a name; they may overlap."""
    yield from _behind_roles(page)
    yield from _above_titles(page)
    yield from _by_words(page)
    yield from guessed(page)


def _name_end(page: Page, start: int, *, bold: bool = False) -> int:
    """The end of the name that begins at ``start``; ``bold`` takes words a place may be named by."""
    ws = page.ws
    limit = min(ws.sentences[ws.sentence_of[start]][1], start + 2 * LONGEST_NAME)
    limit = next((at for at in range(start + 1, limit) if at in page.cells), limit)
    at = end = start
    words = 0
    while at < limit and words < LONGEST_NAME:
        if is_name_word(page, at):
            if words and not bold and place_begins(page, at):
                break
            if words and (_other_begins(page, at) or (words > 1 and is_thing(ws, at))):
                break
            words += len(ws.words[at]) > 1
            at = end = at + 1
            if at < limit and words and _shouted(page, at):
                at = end = at + 1
            if at < limit and ROMAN.fullmatch(ws.words[at]) and len(ws.words[at - 1]) > 1:
                return at + 1
            if at < limit and len(ws.words[at - 1]) == 1 and ws.words[at] == ".":
                at = end = at + 1
        elif _joins(page, at, limit):
            at += 1
        elif at > start and ws.words[at - 1] == "-" and ws.words[at][0].isalpha():
            at = end = at + 1
        else:
            break
    if ws.words[end - 1] == "." and not _initials_at(ws, end - 2, limit):
        end -= 1
    return end


def _shouted(page: Page, at: int) -> bool:
    """Whether a surname in capitals stands there: "Anna VIRTANEN"; numerals and places are none."""
    ws = page.ws
    word = ws.words[at]
    if len(word) < 3 or not (word.isalpha() and word.isupper()) or ROMAN.fullmatch(word):
        return False
    lexicon = page.lexicons.get(ws.languages[at])
    known = lexicon is None or ws.lowers[at] in lexicon.never or at in page.role_words
    return not known and at not in page.places


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


def _other_begins(page: Page, at: int) -> bool:
    guess = page.guesses.get(at)
    return guess is not None and guess.label in NO_PERSONS and guess.end - at > 1


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
        start = _behind_unlisted(page, start)
        end = _shouted_surname(page, start) or _name_end(page, start, bold=start in page.places)
        end = next((at for at in range(start + 2, end) if at in page.persons), end)
        if start in page.cells and (end - start < 2 or ws.words[end : end + 1] == [":"]):
            continue
        if end <= start or not _credible(page, start, end) or _body(page, start, end):
            continue
        place = page.places.get(start)
        if place is not None and place.end >= end and place.score >= 0.5:
            continue
        apart = ws.words[start - 1] == ","
        if apart and (end - start < 2 or ws.words[end : end + 1] not in ([","], ["."], ["and"])):
            continue
        long = end - start > 1
        score = 0.75 if apart else 0.9 if long else 0.7
        if not long and (ws.languages[start] == "en" or known_common(ws, start)):
            score = 0.6 if _ends_there(page, end) else 0.45
        cases = use.cases if len(use.cases) < len(CASES) else frozenset()
        yield Run(start, end, score, "people:title", cases)


def _above_titles(page: Page) -> Iterator[Run]:
    """The name in a line of its own above a line with a title and what it is of: a signature."""
    ws = page.ws
    for role in page.roles:
        index = ws.block_of[role.start]
        block = ws.blocks[index]
        long = block.end - block.start > LONGEST_TITLE
        if index == 0 or role.start != block.start or long or _is_named(page, block):
            continue
        above = ws.blocks[index - 1]
        words = [at for at in range(above.start, above.end) if ws.words[at][0].isalpha()]
        named = 2 <= len(words) <= LONGEST_SIGNATURE and all(is_name_word(page, at) for at in words)
        if named and above.start not in page.places and _credible(page, above.start, above.end):
            yield Run(above.start, above.end, 0.75, "people:signature")


def _is_named(page: Page, block: Block) -> bool:
    """Whether a name or a verb stands in a line."""
    return any(
        at in page.persons or page.ws.tags[at] in ("VERB", "AUX")
        for at in range(block.start, block.end)
    )


def _shouted_surname(page: Page, at: int) -> int | None:
    """The end of a name whose surname comes first, in capitals: "Mayor KITAHASHI Kenji"."""
    ws = page.ws
    if (
        ws.languages[at] != "en"
        or at + 1 >= len(ws)
        or ws.sentence_of[at] != ws.sentence_of[at + 1]
    ):
        return None
    given = is_name_word(page, at + 1) and ws.words[at + 1][1:].islower()
    return at + 2 if given and len(ws.words[at]) > SHORTEST_SHOUT and _shouted(page, at) else None


def _behind_unlisted(page: Page, start: int) -> int:
    """The start of a name that a model saw behind a word which it did not, and which is no given name:
    «бургомистру Биттерфельда-Вольфена Петре Вайзе»."""
    ws = page.ws
    if ws.languages[start] != "ru" or start in page.guessed_persons or ws.words[start][1:2] == "":
        return start
    if any("Name" in reading.grammemes for reading in ws.readings[start][:2]):
        return start
    stop = min(ws.sentences[ws.sentence_of[start]][1], start + LONGEST_NAME)
    for at in range(start + 1, stop):
        if at in page.persons:
            return at
        if ws.words[at] != "-" and not is_name_word(page, at):
            break
    return start


def _is_owner(page: Page, guess: Candidate, at: int, first: int) -> bool:
    """Whether a model's body or place behind a title can be what the title is of.

    A place that a model hardly believes in, right before another name, is a given name.
    """
    ws = page.ws
    if guess.label not in BODIES | PLACES or at >= guess.end:
        return False
    doubted = guess.label in PLACES and bool(ws.trust) and not ws.is_trusted(guess)
    named = at == first and is_name_word(page, at) and guess.end < len(ws)
    return not (doubted and named and is_name_word(page, guess.end))


def _ends_there(page: Page, end: int) -> bool:
    """Whether no further noun shows that an English name of one word is something else's."""
    ws = page.ws
    if end >= len(ws) or ws.sentence_of[end] != ws.sentence_of[end - 1]:
        return True
    return ws.languages[end] != "en" or (
        ws.tags[end] not in ("NOUN", "PROPN", "ADJ") and ws.words[end] != "&"
    )


def _over_owner(page: Page, at: int) -> int | None:
    """The first word behind what a title is of; None if something else stands there."""
    ws = page.ws
    if at >= len(ws):
        return None
    sentence = ws.sentence_of[at]
    stop = min(ws.sentences[sentence][1], at + LONGEST_GAP)
    first = at
    owned, english = False, ws.languages[at] == "en"
    honorifics = (
        page.lexicons[ws.languages[at]].honorifics if ws.languages[at] in page.lexicons else {}
    )
    while at < stop:
        place = page.places.get(at)
        guess = page.guesses.get(at)
        lower = ws.lowers[at]
        office = office_lexicon().get(ws.languages[at])
        if office is None or ws.sentence_of[at] != sentence:
            return None
        if place is not None and place.score >= 0.5:
            if at == first and _given_name(page, place):
                return at
            at = place.end
        elif english and owned and ws.words[at][0].isupper() and lower not in honorifics:
            if at in page.persons:
                return at
            at += 1
        elif ws.words[at] == "-" and at > first and ws.ends[at - 1] == ws.starts[at]:
            at += 2
        elif ws.words[at] in FIELD and at + 2 < stop:
            return at + 1 if _full_name(page, at + 1) else None
        elif guess is not None and lower not in OVER and _is_owner(page, guess, at, first):
            at = guess.end
        elif lower in honorifics:
            return None
        elif at == first and _particle(page, at):
            return at
        elif owner_stands(page, at):
            at += 1
        elif lower in office.places or lower in OVER:
            owned = owned or lower in OWNED
            at += 1
        elif lower == "," and english and at + 1 < stop:
            return at + 1 if is_name_word(page, at + 1) else None
        elif ws.words[at][0].isupper():
            return at if is_name_word(page, at) or _shouted_surname(page, at) else None
        elif ws.languages[at] == "ru" and ws.tags[at] in ("NOUN", "ADJ") and at > first - 1:
            at += 1
        else:
            return None
    return None


def _given_name(page: Page, place: Candidate) -> bool:
    """Whether a place's name right behind a title can only be the holder's: «аким Алтай Кулов».

    An owner would stand in the genitive.
    """
    ws, at = page.ws, place.start
    if place.end - at > 1 or place.end >= len(ws):
        return False
    guess = page.guesses.get(at)
    if guess is not None and guess.label in PLACES and place.end in page.persons:
        return False
    if ws.languages[at] == "en":
        return ws.tags[at] == "PROPN" and _surname(page, place.end) and place.end not in page.places
    if (
        not is_name_word(page, place.end)
        or place.end in page.places
        or _two_follow(page, place.end)
    ):
        return False
    readings = ws.readings[at]
    return bool(readings) and not any("gent" in reading.grammemes for reading in readings)


def _two_follow(page: Page, at: int) -> bool:
    """Whether a whole name of two words begins, so that the word before it is none of it:
    «мэр Тромсё [Ида Пиннерюд]»."""
    words = page.ws.words[at : at + 2]
    return len(words) == 2 and all(map(len, words)) and is_name_word(page, at + 1)


def _particle(page: Page, at: int) -> bool:
    """Whether a name begins with a lower-case particle: "Mayor van der Laan", «Мэр фон Бойст»."""
    ws = page.ws
    lexicon = page.lexicons[ws.languages[at]]
    if at + 1 >= len(ws) or ws.lowers[at] not in lexicon.leading or not ws.words[at][0].islower():
        return False
    return is_name_word(page, at + 1) or (
        ws.lowers[at + 1] in lexicon.particles and at + 2 < len(ws) and is_name_word(page, at + 2)
    )


def _full_name(page: Page, at: int) -> bool:
    """Whether two words of a name stand behind "Mayor:" or «Мэр –»."""
    return is_name_word(page, at) and (
        is_name_word(page, at + 1) or page.ws.words[at + 1] in (".", "-")
    )


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
    if len(ws.words[start]) == 1 and len(names) == 1 and ws.words[start + 1] == ".":
        return True
    common = [at for at in names if known_common(ws, at) and ws.tags[at] in ("NOUN", "ADJ")]
    return len(common) < len(names) if len(names) > 1 else not common


def _body(page: Page, start: int, end: int) -> bool:
    """Whether one of the words says that the capitals are a body's or a place's."""
    ws = page.ws
    after = page.lexicons[ws.languages[start]].bearers_after
    return any(ws.lowers[at] in after for at in range(start + 1, end))


def _by_words(page: Page) -> Iterator[Run]:
    """The names that courtesies («г-н»), honours («имени») and initials point to."""
    ws = page.ws
    for language, lexicon in page.lexicons.items():
        if language not in ws.languages:
            continue
        endings = tuple(ending for ending, _ in lexicon.patronymics)
        for at in ws.whose("lowers", partial(_points, lexicon, endings)):
            lower = ws.lowers[at]
            if ws.languages[at] != language:
                continue
            if lower in lexicon.honorifics or lower in lexicon.in_honour:
                yield from _pointed(page, lexicon, at)
            elif len(lower) == 1:
                yield from _initialled(page, at)
            elif lower in lexicon.given:
                yield from _given(page, lexicon, at)
            else:
                yield from _patronymic(page, at)


def _points(lexicon: NameLexicon, patronymics: tuple[str, ...], lower: str) -> bool:
    """Whether a word points to a name: a courtesy, an honour, an initial, a given name, a patronymic."""
    return (
        lower in lexicon.honorifics
        or lower in lexicon.in_honour
        or (len(lower) == 1 and lower.isalpha())
        or lower in lexicon.given
        or lower.endswith(patronymics)
    )


def _given(page: Page, lexicon: NameLexicon, at: int) -> Iterator[Run]:
    """A known given name with a surname: "Robert Gordon", also where a body bears it."""
    ws = page.ws
    if not ws.words[at][0].isupper() or at in page.guessed_persons:
        return
    end = at + 2
    if end > ws.sentences[ws.sentence_of[at]][1]:
        return
    shouted = _shouted(page, at + 1) and not (end < len(ws) and ws.words[end].isupper())
    if not shouted and (ws.words[at].isupper() or not _surname(page, at + 1)):
        return
    place = page.places.get(at + 1)
    known = place is not None and place.score >= SURE_PLACE
    if known or ws.tags[at + 1] != "PROPN" or ws.lowers[at + 1] in lexicon.bearers_after:
        return
    body = end < len(ws) and ws.lowers[end] in lexicon.named_bodies
    ends = _ends_there(page, end)
    if body or ends:
        yield Run(at, end, FULL if body else 0.6, "people:given")


def _patronymic(page: Page, at: int) -> Iterator[Run]:
    """A given name with its patronymic, and the surname before or behind: «Очиров Пётр Лиджиевич»."""
    ws = page.ws
    first, last = ws.sentences[ws.sentence_of[at]]
    if len(ws.words[at]) < SHORTEST_PATRONYMIC or at == first:
        return
    if ws.words[at].isupper():
        yield from _all_capitals(page, at)
        return
    if not is_name_word(page, at):
        return
    if not is_name_word(page, at - 1) or len(ws.words[at - 1]) < 2 or known_common(ws, at - 1):
        return
    start, end = at - 1, at + 1
    if end < last and _is_surname(page, end):
        end += 1
    elif start > first and _is_surname(page, start - 1, shouted=True):
        start = start if second_begins(ws, start - 1, end) == start else start - 1
    yield Run(start, end, 0.95, "people:patronymic")


def _all_capitals(page: Page, at: int) -> Iterator[Run]:
    """«ПЕТРОВ ИВАН СЕРГЕЕВИЧ»: a dictionary's given name, its patronymic and the surname."""
    ws = page.ws
    first, last = ws.sentences[ws.sentence_of[at]]
    given = at - 1
    known = any("Name" in reading.grammemes for reading in ws.readings[given][:3])
    if not known or not ws.words[given].isupper():
        return
    if given > first and _shouted(page, given - 1):
        yield Run(given - 1, at + 1, 0.95, "people:patronymic")
    elif at + 1 < last and _shouted(page, at + 1):
        yield Run(given, at + 2, 0.95, "people:patronymic")


def _is_surname(page: Page, at: int, *, shouted: bool = False) -> bool:
    """Whether the word beside a given name and patronymic can be the surname."""
    ws = page.ws
    place = at in page.places and page.places[at].score >= SURE_PLACE
    if place or at in page.cells or known_common(ws, at):
        return False
    return _surname(page, at) or (shouted and _shouted(page, at))


def _pointed(page: Page, lexicon: NameLexicon, at: int) -> Iterator[Run]:
    """The name behind a courtesy word or «имени»."""
    ws = page.ws
    if at in page.guessed_persons and ws.lowers[at] in lexicon.surnames_first:
        return
    start = at + 1
    last = min(len(ws), at + 5)
    while start < last and (ws.words[start] == "." or ws.lowers[start] in lexicon.honorifics):
        start += 1
    if start >= len(ws) or ws.block_of[start] != ws.block_of[at]:
        return
    if ws.sentence_of[start] != ws.sentence_of[at] and ws.words[start - 1] != ".":
        return
    courtesy = lexicon.honorifics.get(ws.lowers[at])
    noble = courtesy is not None and courtesy.noble
    if noble and (_names_place(page, start) or known_common(ws, start)):
        return
    end = _name_end(page, start, bold=not noble) if is_name_word(page, start) else start
    if end <= start or (noble and end - start == 1 and page.guesses.get(start)):
        return
    if courtesy is None:
        end = _honoured_end(page, start, end)
        if end - start > 1:
            yield Run(start, end, 0.85, "people:honour", frozenset({"gent"}))
        return
    if ws.languages[at] == "en" and not ws.words[at][0].isupper():
        return
    score = 0.8 if noble else 0.95
    yield Run(start, end, score, "people:courtesy", courtesy.cases, courtesy.gender or None)


def _names_place(page: Page, at: int) -> bool:
    """Whether a sovereign's title is of the place behind it; one that only the gazetteer knows may be
    called by a given name: «королева Летисия»."""
    place = page.places.get(at)
    if place is None or place.score >= SURE_PLACE:
        return place is not None
    return not any("Name" in reading.grammemes for reading in page.ws.readings[at][:2])


def _honoured_end(page: Page, start: int, end: int) -> int:
    """The end of the name in whose honour something is: of initials one surname, else genitives."""
    ws = page.ws
    after = start + _initials_at(ws, start, end)
    if after > start:
        hyphened = after + 2 < end and ws.words[after + 1] == "-"
        return min(end, after + (3 if hyphened else 1))
    for at in range(start + 1, end):
        readings = ws.readings[at]
        if readings and all("nomn" in reading.grammemes for reading in readings[:2]):
            return at
    return end


def _initialled(page: Page, at: int) -> Iterator[Run]:
    """«И. О. Фамилия» and «Фамилия И. О.»."""
    ws = page.ws
    limit = min(len(ws), at + 9)
    length = _initials_at(ws, at, limit)
    if not length or (at > 1 and ws.words[at - 1] == "." and len(ws.words[at - 2]) == 1):
        return
    after = at + length
    letters = "".join(ws.lowers[at:after:2])
    if letters in page.lexicons[ws.languages[at]].not_initials:
        return
    block = ws.block_of[at]
    double = length > 2
    if (
        after < len(ws)
        and ws.block_of[after] == block
        and (_surname(page, after) or _shouted(page, after))
    ):
        end = after + 1
        if end + 1 < limit and ws.words[end] == "-" and ws.words[end + 1][0].isupper():
            end += 2
        certain = not place_begins(page, after) and not known_common(ws, after)
        guess = page.guesses.get(at)
        inside = at in page.guessed and end in page.guessed and ws.words[end][0].isupper()
        if inside or (guess is not None and guess.label in PEOPLES):
            return
        if _given_before(page, at):
            yield Run(at - 1, end, 0.85, "people:initials")
            return
        if double or (certain and not _numeral(ws, at)):
            yield Run(at, end, 0.93 if double else 0.8, "people:initials")
        elif not _numeral(ws, at) and _is_led_to(page, at) and not place_begins(page, after):
            yield Run(at, end, 0.7, "people:initials")
    elif at > 0 and ws.block_of[at - 1] == block and double and _surname(page, at - 1):
        yield Run(at - 1, after, 0.9, "people:initials")


def _is_led_to(page: Page, at: int) -> bool:
    """Whether a lower-case word stands before an initial, so that it numbers nothing: «ведёт И. Пак»."""
    ws = page.ws
    before = ws.words[at - 1] if at else ""
    return ws.languages[at] == "ru" and len(before) > 2 and before.isalpha() and before.islower()


def _given_before(page: Page, at: int) -> bool:
    """Whether an initial is a middle one: "John G. Schmitz"."""
    ws = page.ws
    given = at - 1
    if at == 0 or ws.languages[at] != "en" or ws.sentence_of[given] != ws.sentence_of[at]:
        return False
    if given and ws.lowers[given - 1] in ("'s", "’s"):
        return False
    return _surname(page, given) and given not in page.places and ws.tags[given] == "PROPN"


def _numeral(ws: Workspace, at: int) -> bool:
    """Whether a letter numbers a heading or an item: «I. Введение», «А. Общее»."""
    return ws.blocks[ws.block_of[at]].start == at or ws.sentences[ws.sentence_of[at]][0] == at


def _surname(page: Page, at: int) -> bool:
    word = page.ws.words[at]
    return len(word) > 1 and is_name_word(page, at) and word[1].islower()
