"""DATE mentions: calendar expressions with their values, years filled in from the context."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.calendar import WORD_CLASSES, calendar_lexicon
from pobratim.lexicon.instruments import instrument_lexicon
from pobratim.stages.calendar import edtf
from pobratim.stages.calendar.anchors import (
    Sighting,
    latest_year,
    reference_year,
    resolve,
    written_on,
)
from pobratim.stages.calendar.columns import column_years
from pobratim.stages.calendar.finder import DateMatch, find_dates, prefers_day_first, prepare
from pobratim.stages.calendar.lexer import tokenize
from pobratim.stages.calendar.tenses import (
    is_going_on,
    is_past,
    is_present,
    tells_of_future,
    tells_of_past,
)
from pobratim.stages.calendar.writing import is_all, is_brief, is_dateline, is_masthead
from pobratim.stages.parted import barred, has_parted
from pobratim.stages.workspace import Block, Candidate, Workspace, workspace

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Dates"]

FIRST, LAST = 8, 3
"""How many blocks at a document's head and end may tell when it was written."""
HEAD = 3
"""How many blocks at its head may name the year of a report."""
POINT = re.compile("[0-9]{4}(?:/[0-9]{4}|-[0-9]{2}(?:-[0-9]{2})?)?")
YEAR = re.compile("[0-9]{4}")
LONGEST_TITLE = 200
TITLE_VALUES = (len("2019"), len("2009/2010"), len("1987-21"), len("2018-01/2018-06"))
LONGEST_END = 20
"""How many characters may follow a report's year in its title."""
PLACE_OF_SIGNING = r"[^\W\d_a-zа-яё][^\W\d_]{1,30}(?:[ -][^\W\d_a-zа-яё][^\W\d_]{1,30}){0,2},"
STARTS = WORD_CLASSES["from"] + WORD_CLASSES["since"]
NO_STARTS = frozenset({"during", "before", "throughout"})
LONGEST_UNTIL = 40
"""How many characters before a date may hold the word that makes it an end."""
NAMED = 5
"""How many words behind a year the instrument may stand that it tells."""
LONG = 12
"""How many words a block of running text has at least, if no full stop ends it."""
FROM_CONTEXT = 0.95
"""How much surer a date with its own year is than one that takes it from elsewhere."""


@Language.factory("pobratim_dates")
class Dates:
    """Finds dates block by block, then settles the document's period and the missing years."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        for language in ("ru", "en"):
            tokenize("", language)
        prepare()

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        sightings = _sightings(ws)
        if ws.reference_period is None and (year := reference_year(sightings)) is not None:
            ws.reference_period = edtf.year(year)
        ws.written_on = written_on(sightings)
        ws.candidates += _candidates(ws, sightings)
        if ws.reference_period is None and (latest := latest_year(sightings)) is not None:
            ws.reference_period, ws.period_told = edtf.year(latest), False
        return doc


def _sightings(ws: Workspace) -> list[Sighting]:
    day_first = prefers_day_first(ws.text)
    language = _main_language(ws)
    found: list[Sighting] = []
    body = _body(ws)

    @cache
    def looks_ahead(sentence: int, language: str) -> bool:
        told = _has_any(_sentence(ws, sentence), calendar_lexicon(language).future_words)
        return told or tells_of_future(ws, sentence)

    texts = [ws.text[ws.starts[block.start] : ws.ends[block.end - 1]] for block in ws.blocks]
    celled = has_parted(ws)
    columns = column_years(texts)
    for index, block in enumerate(ws.blocks):
        start, text = ws.starts[block.start], texts[index]
        opens, closes = index < FIRST, index >= len(ws.blocks) - LAST
        bracketed = _Bracketed(text)
        cells = barred(ws, block) if celled else text
        matches = find_dates(cells, block.language, day_first=day_first is not False)
        if columns[index]:
            matches = _with(matches, columns[index])
        for match in matches:
            at = match._replace(start=start + match.start, end=start + match.end)
            word = ws.words_between(at.start, at.end)[0]
            sentence = ws.sentence_of[word]
            found.append(
                Sighting(
                    at,
                    index,
                    sentence,
                    heading=block.kind == "heading" or _asks(ws, sentence),
                    dateline=is_all(text, match),
                    alone=(opens or closes) and is_all(text, match),
                    written=is_dateline(
                        text, match, block.language, opens=opens, closes=closes, first=not found
                    ),
                    foreign=block.boilerplate or block.language != language,
                    title=index < HEAD and _titles(text, match, block),
                    aside=bracketed.at(match.start),
                    lede=sentence == body or index == 0 or _is_of_today(ws, match, word),
                    brief=(opens or closes) and is_brief(text, match, block.language),
                    masthead=index < HEAD and is_masthead(text, match, block.language),
                    past=edtf.UNKNOWN in match.value.edtf
                    and (is_past(ws, word) or tells_of_past(ws, sentence))
                    and not looks_ahead(sentence, block.language)
                    and not _is_deadline(text, match, block.language),
                    until=_is_until(text, match, block.language),
                    since=_is_since(text, match, block.language)
                    or _is_of_instrument(ws, match, word),
                    signs=closes and _signs(text, match),
                    future=(
                        _is_to_come(text, match, block.language)
                        or looks_ahead(sentence, block.language)
                    )
                    and not _told_as_past(ws, match, word),
                    present=match.relative is not None and is_present(ws, sentence),
                )
            )
    return found


class _Bracketed:
    """Whether places of a text, asked for in order, stand in brackets; reads it once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._read = 0
        self._is_open = False

    def at(self, place: int) -> bool:
        """Whether the last bracket before ``place`` opens."""
        opening = self._text.rfind("(", self._read, place)
        closing = self._text.rfind(")", self._read, place)
        if opening != closing:
            self._is_open = opening > closing
        self._read = max(self._read, place)
        return self._is_open


def _with(found: list[DateMatch], more: list[DateMatch]) -> list[DateMatch]:
    """``found`` and those of ``more`` that overlap none of it, in order."""
    starts = [one.start for one in found]
    free = []
    for match in more:
        at = bisect_left(starts, match.end)
        if at == 0 or found[at - 1].end <= match.start:
            free.append(match)
    return sorted([*found, *free], key=lambda match: match.start)


def _body(ws: Workspace) -> int | None:
    """The first sentence of the running text."""
    starts = (b.start for b in ws.blocks if b.kind != "heading" and _sentence_ends(ws, b))
    return next((ws.sentence_of[start] for start in starts), None)


def _sentence_ends(ws: Workspace, block: Block) -> bool:
    return ws.words[block.end - 1] in (".", "!", "?", "…") or block.end - block.start > LONG


def _sentence(ws: Workspace, sentence: int) -> str:
    first, last = ws.sentences[sentence]
    return ws.text[ws.starts[first] : ws.ends[last - 1]].lower()


def _is_of_today(ws: Workspace, match: DateMatch, at: int) -> bool:
    """Whether "today" is the day of writing by what is told of it."""
    return match.relative is not None and (is_past(ws, at) or is_going_on(ws, at))


def _told_as_past(ws: Workspace, match: DateMatch, at: int) -> bool:
    """Whether a day counted from the day of writing is told of what happened."""
    return match.relative is not None and is_past(ws, at)


def _has_any(text: str, words: tuple[str, ...]) -> bool:
    padded = f" {text} "
    return any(f" {word} " in padded for word in words)


def _is_to_come(text: str, match: DateMatch, language: str) -> bool:
    """Whether the word before a date makes it the end of something («до 2030 года») or a plan's year."""
    before = text[max(0, match.start - LONGEST_UNTIL) : match.start].lower().split()
    if not before:
        return False
    lexicon = calendar_lexicon(language)
    ahead = before[-1] in lexicon.ahead_words and POINT.fullmatch(match.value.edtf) is not None
    return ahead or _is_until(text, match, language)


def _is_until(text: str, match: DateMatch, language: str) -> bool:
    """Whether a date is but the end of what lasts: «продлён до 31 декабря 2020 г.»."""
    before = text[max(0, match.start - LONGEST_UNTIL) : match.start].lower().split()
    if not before:
        return False
    lexicon = calendar_lexicon(language)
    word = lexicon.words.get(before[-1])
    ends = " ".join(before).endswith(lexicon.ending_words)
    return ends or (word is not None and word.symbol == WORD_CLASSES["until"])


def _is_deadline(text: str, match: DateMatch, language: str) -> bool:
    """Whether something is to be done by a date: «ответ обещан к 1 сентября»."""
    before = text[max(0, match.start - LONGEST_UNTIL) : match.start].lower().split()
    return bool(before) and before[-1] in calendar_lexicon(language).deadline_words


def _is_since(text: str, match: DateMatch, language: str) -> bool:
    """Whether a year is but when something began: «с 2005 года», "since 2005"."""
    if YEAR.fullmatch(match.value.edtf) is None:
        return False
    before = text[max(0, match.start - LONGEST_UNTIL) : match.start].lower().split()
    word = calendar_lexicon(language).words.get(before[-1]) if before else None
    return word is not None and word.symbol in STARTS and before[-1] not in NO_STARTS


def _is_of_instrument(ws: Workspace, match: DateMatch, at: int) -> bool:
    """Whether a year but tells which agreement is meant: "the 2019 Memorandum"."""
    lexicon = instrument_lexicon().get(ws.languages[at])
    if YEAR.fullmatch(match.value.edtf) is None or lexicon is None or ws.languages[at] != "en":
        return False
    for after in range(at + 1, min(ws.sentences[ws.sentence_of[at]][1], at + NAMED)):
        if ws.lemmas[after] in lexicon.instruments and ws.tags[after] in ("NOUN", "PROPN"):
            return True
        if ws.tags[after] not in ("ADJ", "NOUN", "PROPN") and ws.words[after] != "-":
            return False
    return False


def _titles(text: str, match: DateMatch, block: Block) -> bool:
    """Whether a short first block makes its year that of a report («Итоги 2021 года»)."""
    if len(text) > LONGEST_TITLE or len(match.value.edtf) not in TITLE_VALUES:
        return False
    words = calendar_lexicon(block.language).words
    opening = words.get(next(iter(text[: match.start].lower().split()[-1:]), ""))
    rest = text[match.end :].strip()
    closed = (len(rest) <= LONGEST_END or rest[0] == "(") and not text.endswith(".")
    if not (closed or block.kind == "heading") or (opening and opening.symbol in STARTS):
        return False
    periodic = WORD_CLASSES["periodic"]
    before = re.findall(r"[^\W\d_]+", text[: match.start].lower())
    return any((word := words.get(form)) and word.symbol == periodic for form in before)


def _signs(text: str, match: DateMatch) -> bool:
    """Whether a line is a place and the month in which the text was written."""
    before, after = text[: match.start], text[match.end :].strip(" .)")
    month = len(match.value.edtf) == len("2014-07") and match.value.earliest is not None
    return month and not after and re.fullmatch(PLACE_OF_SIGNING, before.strip("(– ")) is not None


def _main_language(ws: Workspace) -> str:
    sizes: Counter[str] = Counter()
    for block in ws.blocks:
        sizes[block.language] += 0 if block.boilerplate else block.end - block.start
    return max(sorted(sizes), key=lambda language: sizes[language]) if sizes else "und"


def _asks(ws: Workspace, sentence: int) -> bool:
    """Whether a sentence is a question at the head of its block, as in reports made of answers."""
    first, last = ws.sentences[sentence]
    opens = ws.blocks[ws.block_of[first]].start == first
    return opens and "?" in ws.words[max(first, last - 2) : last]


def _begins_section(ws: Workspace, block: Block) -> bool:
    return block.kind == "heading" or _asks(ws, ws.sentence_of[block.start])


def _candidates(ws: Workspace, sightings: list[Sighting]) -> list[Candidate]:
    headings = [i for i, block in enumerate(ws.blocks) if _begins_section(ws, block)]
    reference = ws.reference_period
    year = int(reference) if reference and reference.isdecimal() else None
    candidates = []
    for sighting, resolved in zip(sightings, resolve(sightings, year, headings), strict=True):
        if resolved is None:
            continue
        value, anchor = resolved
        match = sighting.match
        start, end = ws.words_between(match.start, match.end)
        why = f"dates:{match.rule}+{anchor}" if anchor else f"dates:{match.rule}"
        score = match.score * (FROM_CONTEXT if anchor else 1)
        candidates.append(Candidate("DATE", start, end, round(score, 3), why, value))
    return candidates
