"""Noun phrases that may be names: what the walkers of each language find round a head noun."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pobratim.lexicon.bodies import body_lexicons
from pobratim.lexicon.calendar import WORD_CLASSES, calendar_lexicon
from pobratim.schema import PLACE_LABELS
from pobratim.stages.bodies_foreign import foreign_kind
from pobratim.stages.families import PERSONS, PLACES
from pobratim.stages.quotes import quotes

if TYPE_CHECKING:
    from pobratim.stages.workspace import Candidate, Workspace

__all__ = [
    "CLAIMED",
    "Context",
    "Options",
    "Phrase",
    "context",
    "is_capital",
    "is_initial",
    "months",
    "same_name",
    "weekdays",
]

PERSON_SCORE = 0.5
CLAIMED = PLACE_LABELS | {"PERSON", "ROLE", "DATE"}
WIDE = re.compile(r"\t|[ \u00a0]{3,}")
WEEKDAY = WORD_CLASSES["weekday"]
MONTHS = frozenset(WORD_CLASSES[name] for name in ("month", "month_leading", "month_uncertain"))
LONGEST_NAME = 45
DASHES = frozenset({"-", "–", "—"})


@dataclass(slots=True)
class Phrase:
    """A head noun with what belongs to it; half-open word indices.

    ``capital``: the head or a word before it has a capital that does not merely begin a sentence;
    ``modified``: a word before the head is in the span; ``quote``: the opening mark of a quoted
    name; ``brand``: a name in foreign letters or an undeclined one after the head; ``place``: a
    place in it says whose it is; ``theme``: a complement says what it is about; ``proper``: a
    further proper name in it; ``namesake``: whom it is named after; ``parent``: a named body that
    it belongs to; ``specific``: a capitalised word before the head that few share («Тверской», not
    «Международный»); ``numbered``: «№ 5»; ``ordinal``: «33-й».
    """

    start: int
    end: int
    head: int
    capital: bool = False
    initial: bool = False
    modified: bool = False
    quote: int = -1
    brand: tuple[int, int] | None = None
    place: bool = False
    theme: bool = False
    proper: bool = False
    namesake: bool = False
    parent: bool = False
    specific: bool = False
    numbered: bool = False
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What a walker may take in.

    ``wide``: lists of places joined by «и», "and" or dashes, as in names of meetings;
    ``where``: «в»/"in" with a place, as in names of consulates; ``parents``: bodies it may belong
    to; ``stop_nouns``: nouns that begin a phrase of their own after «и»/"and"; ``peers``: nouns
    that share one phrase («фестиваль и выставка»); ``apposed``: what stands behind the dash in
    «городов – партнёров»; ``fields``: «в сфере связи»; ``owners``: "People's Party";
    ``forms``: legal forms, with which a name ends;
    ``shared``: nouns of bodies that one name may hold beside another: "Opera and Ballet Theatre";
    ``honours``: a person's name in the genitive may follow: «лицей Эдмона Перье»;
    ``mutual``: nouns that one has «с» another, ``studies``: what a school is «с», ``managing``:
    nouns with an ablative; ``no_bodies``: initials that are no body's; ``sites``: streets and the like;
    ``reasons``: what «по» leads to in no name; ``acts``: verbs that begin none; ``clubs``: of which
    the town stands behind; ``areas``: municipalities, whose names may stand in quotes;
    ``ruling``: it rules a place and is "for" nothing in lower case;
    ``seated``: a place may stand right behind the noun: "Neues Gymnasium Wilhelmshaven";
    ``nameless_places``: «города» without a name belongs to it; ``other_titles``: nouns whose
    quotation is no name of this phrase; the other sets are words of the lexicon.
    """

    kind_adjectives: frozenset[str] = frozenset()
    descriptive: frozenset[str] = frozenset()
    common_adjectives: frozenset[str] = frozenset()
    other_titles: frozenset[str] = frozenset()
    place_types: frozenset[str] = frozenset()
    named_after: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    between: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    ordinal_endings: frozenset[str] = frozenset()
    stop_nouns: frozenset[str] = frozenset()
    peers: frozenset[str] = frozenset()
    apposed: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    helping: frozenset[str] = frozenset()
    mutual: frozenset[str] = frozenset()
    studies: frozenset[str] = frozenset()
    managing: frozenset[str] = frozenset()
    no_bodies: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    clubs: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    stakes: frozenset[str] = frozenset()
    for_stakes: frozenset[str] = frozenset()
    wide: bool = False
    where: bool = False
    parents: bool = True
    seated: bool = False
    honours: bool = False
    ruling: bool = False
    nameless_places: bool = False


@dataclass(slots=True)
class Context:
    """What every rule asks of a document: quotations, places and people by their first word.

    ``placed`` are the words of all places, ``located`` of those that not only a model saw; ``gaps``
    the words that begin a table's cell, ``offices`` those right behind an office.
    """

    ws: Workspace
    quote_end: dict[int, int] = field(default_factory=dict)
    quote_start: dict[int, int] = field(default_factory=dict)
    inside: dict[int, int] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    place_ends: dict[int, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    placed: set[int] = field(default_factory=set)
    located: set[int] = field(default_factory=set)
    dated: set[int] = field(default_factory=set)
    gaps: list[int] = field(default_factory=list)
    offices: set[int] = field(default_factory=set)

    def bounds(self, at: int) -> tuple[int, int]:
        """The sentence of word ``at``, or the inside of the quotation it stands in."""
        start, end = self.ws.sentences[self.ws.sentence_of[at]]
        if self.gaps:
            after = bisect_right(self.gaps, at)
            start = max(start, self.gaps[after - 1]) if after else start
            end = min(end, self.gaps[after]) if after < len(self.gaps) else end
        opening = self.inside.get(at)
        if opening is None:
            return start, end
        return max(start, opening + 1), min(end, self.quote_end[opening] - 1)


def context(ws: Workspace) -> Context:
    """The context of a document; one pass over its marks, guesses and candidates."""
    found = Context(ws)
    found.gaps = _gaps(ws)
    _add_quotes(found)
    persons = {c.start for c in ws.candidates if c.label == "PERSON" and c.end - c.start > 1}
    for guess in ws.guesses:
        if guess.label in PLACES:
            if _is_body(ws, guess):
                continue
            inner = range(guess.start + 1, guess.end)
            end = next((at for at in inner if at in persons), guess.end)
            if end - guess.start > 1 or ws.tags[guess.start] != "ADJ":
                found.places[guess.start] = end
        elif (
            guess.label in PERSONS
            and guess.score >= PERSON_SCORE
            and foreign_kind(ws, guess.start, guess.end) is None
        ):
            found.people[guess.start] = guess.end
    for candidate in ws.candidates:
        if candidate.label in PLACE_LABELS and candidate.score >= PERSON_SCORE:
            known = found.places.get(candidate.start, 0)
            found.places[candidate.start] = max(known, candidate.end)
            found.people.pop(candidate.start, None)
            found.located.update(range(candidate.start, candidate.end))
    for candidate in ws.candidates:
        if candidate.label == "ROLE":
            found.offices.add(candidate.end)
        if candidate.label == "DATE" and candidate.end - candidate.start > 1:
            found.dated.update(range(candidate.start, candidate.end))
        if candidate.label == "PERSON" and candidate.score >= PERSON_SCORE:
            found.people[candidate.start] = candidate.end
            found.places.pop(candidate.start, None)
    found.place_ends = {end: start for start, end in found.places.items()}
    for start, end in found.places.items():
        found.placed.update(range(start, end))
    return found


def _gaps(ws: Workspace) -> list[int]:
    """The words behind a tab or several spaces."""
    found = {bisect_left(ws.raw_starts, gap.end()) for gap in WIDE.finditer(ws.published)}
    return sorted(found)


def _is_body(ws: Workspace, guess: Candidate) -> bool:
    """Whether a model's place is a body by its noun: "the Greater Turku Municipality"."""
    lexicon = body_lexicons().get(ws.languages[guess.start])
    if lexicon is None or guess.end - guess.start < 2:
        return False
    if ws.languages[guess.start] == "en":
        return lexicon.kinds.get(ws.lowers[guess.end - 1]) in ("government", "department")
    return lexicon.kinds.get(ws.lemmas[guess.start]) in (
        "health",
        "science",
        "school",
        "government",
    )


def _add_quotes(found: Context) -> None:
    """Quotations short enough to be names.

    A quotation that ends with a mark of an inner one was left open: the first inner mark closes it.
    """
    marks = quotes(found.ws)
    ends = [quote.end for quote in marks]
    taken: set[int] = set()
    for index in range(len(marks) - 1, -1, -1):
        if ends[index] in taken and ends[index + 1] <= ends[index]:
            ends[index] = ends[index + 1]
        taken.add(ends[index])
    for quote, end in zip(marks, ends, strict=True):
        if 2 < end - quote.start <= LONGEST_NAME:
            found.quote_end[quote.start] = end
            found.quote_start.setdefault(end, quote.start)
            for at in range(quote.start + 1, end - 1):
                found.inside[at] = quote.start


@cache
def weekdays(language: str) -> frozenset[str]:
    """What the days of the week are called."""
    words = calendar_lexicon(language).words.items()
    return frozenset(form for form, word in words if word.symbol == WEEKDAY)


@cache
def months(language: str) -> frozenset[str]:
    """What the months are called."""
    words = calendar_lexicon(language).words.items()
    return frozenset(form for form, word in words if word.symbol in MONTHS)


def is_capital(ws: Workspace, at: int) -> bool:
    """Whether a word is written with a capital; a long word all in capitals tells nothing."""
    word = ws.words[at]
    return word[0].isupper() and not (len(word) > 5 and word.isupper())


def is_initial(ws: Workspace, at: int) -> bool:
    """Whether a word begins its sentence, list bullets and opening marks aside."""
    start = ws.sentences[ws.sentence_of[at]][0]
    if at - start > 4:
        return False
    return not any(word[0].isalpha() for word in ws.words[start:at])


def same_name(ws: Workspace, start: int, end: int) -> tuple[str, ...]:
    """A name for comparison: the likeliest lemmas of its words, without marks."""
    return tuple(
        ws.readings[at][0].lemma if ws.readings[at] else ws.lemmas[at]
        for at in range(start, end)
        if ws.words[at][0].isalnum()
    )
