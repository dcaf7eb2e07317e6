"""The clause a count stands in, its verb, and whether it adds up over years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.quantities import circumstance_words, quantities
from pobratim.stages.workspace import CountValue

if TYPE_CHECKING:
    from pobratim.stages.workspace import Candidate, Workspace

__all__ = [
    "action",
    "clause",
    "is_cumulative",
    "is_modifier",
    "is_only_named",
    "points_back",
    "verb_lemma",
]

MARK_GAP = 3
SPAN_GAP = 5
LONGEST = 120
ELLIPTICAL = frozenset({"counts:elliptical", "counts:part", "counts:asked"})
"""Counts without a noun, of which is told what is of the whole."""
BRACKETED = 6
LEADING = frozenset({"-", "–", "—", ":"})
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
BOUNDARIES = frozenset(",;")


def clause(ws: Workspace, count: Candidate) -> tuple[int, int]:
    """The words around a count up to a semicolon or a subordinate clause's comma."""
    first, stop = ws.sentences[ws.sentence_of[count.start]]
    start, end = max(first, count.start - LONGEST), min(stop, count.end + LONGEST)
    for at in range(count.start - 1, start - 1, -1):
        if ws.words[at] in BOUNDARIES and _is_boundary(ws, at, count.start):
            start = at + 1
            break
    for at in range(count.end, end):
        if ws.words[at] in BOUNDARIES and _is_boundary(ws, at, stop):
            end = at
            break
    return start, end


def _is_boundary(ws: Workspace, at: int, stop: int) -> bool:
    word = ws.words[at]
    if word == ";":
        return True
    if word != ",":
        return False
    subordinators = circumstance_words().subordinators
    return not subordinators.isdisjoint(ws.lemmas[at + 1 : min(stop, at + 1 + MARK_GAP)])


def action(ws: Workspace, count: Candidate, bounds: tuple[int, int]) -> int | None:
    """The word of the verb that governs the count; None where the clause has but a copula.

    A participle right before governs it; a verb right after has it for its subject; else the
    nearest before, else the nearest after, in the clause.
    """
    before = count.start - 1
    if before >= bounds[0] and _is_participle(ws, before):
        return before
    if count.end < bounds[1] and _is_finite(ws, count.end):
        return _first_verb(ws, count.end, bounds[1])
    for at in range(count.start - 1, bounds[0] - 1, -1):
        if ws.tags[at] == "VERB" and _is_predicate(ws, at):
            return at
    return _first_verb(ws, count.end, bounds[1])


def is_only_named(ws: Workspace, count: Candidate, bounds: tuple[int, int]) -> bool:
    """Whether a count stands beside what its clause tells, and the verb has another subject and object."""
    if count.why in ELLIPTICAL:
        return False
    if _is_alone_in_brackets(ws, count):
        return True
    before = count.start - 1
    if before >= bounds[0] and _is_participle(ws, before):
        return False
    if count.end < bounds[1] and _is_finite(ws, count.end):
        return False
    return _is_apposed(ws, count)


def _is_alone_in_brackets(ws: Workspace, count: Candidate) -> bool:
    """ "an orchestra (56 players) came", «(в 2016 году – 74)»."""
    end = count.end
    if end >= len(ws) or ws.words[end] != ")":
        return False
    before = ws.words[max(0, count.start - BRACKETED) : count.start]
    inside = before[len(before) - before[::-1].index("(") :] if "(" in before else None
    verbs = () if inside is None else range(count.start - len(inside), count.start)
    return inside is not None and not any(ws.tags[at] == "VERB" for at in verbs)


def _is_apposed(ws: Workspace, count: Candidate) -> bool:
    """Whether a noun before a dash or colon, or the noun of a measure, is what the count is of.

    «Стоимость – 4,8 млн долларов», «набережной длиной 4,2 км», "tickets: 40 places".
    """
    before = count.start - 1
    if before < 1 or ws.sentence_of[before] != ws.sentence_of[count.start]:
        return False
    if ws.words[before] in LEADING:
        named = before - 1
        return ws.tags[named] in NOMINAL or ws.words[named] in (")", "»", '"')
    value = count.value
    measured = isinstance(value, CountValue) and value.unit is not None
    return measured and bool(ws.readings[before]) and ws.tags[before] == "NOUN"


def _first_verb(ws: Workspace, start: int, stop: int) -> int | None:
    return next(
        (at for at in range(start, stop) if ws.tags[at] == "VERB" and _is_predicate(ws, at)), None
    )


def verb_lemma(ws: Workspace, at: int) -> str:
    """The infinitive of the verb at ``at``, of a participle too."""
    readings = ws.readings[at]
    return readings[0].lemma if readings else ws.lemmas[at]


def _is_predicate(ws: Workspace, at: int) -> bool:
    """A verb of meaning: no copula, no participle in a noun phrase."""
    words = circumstance_words()
    if ws.tags[at] != "VERB" or ws.lemmas[at] in words.copulas or not ws.words[at][0].isalpha():
        return False
    if ws.readings[at]:
        first = ws.sentences[ws.sentence_of[at]][0]
        if ws.words[at][0].isupper() and at > first and ws.words[at - 1][-1].isalnum():
            return False
        return not ws.readings[at][0].grammemes.isdisjoint({"VERB", "PRTS", "INFN"})
    return ws.lemmas[at] not in words.not_actions


def _is_finite(ws: Workspace, at: int) -> bool:
    return ws.tags[at] == "AUX" or _is_predicate(ws, at)


def _is_participle(ws: Workspace, at: int) -> bool:
    """A Russian participle that governs what follows: «представляющих 22 предприятия»."""
    readings = ws.readings[at]
    return bool(readings) and not readings[0].grammemes.isdisjoint({"PRTF", "GRND"})


def is_modifier(ws: Workspace, count: Candidate) -> bool:
    """Whether a count of things but tells whose something is: «главы двух городов»."""
    value = count.value
    if not isinstance(value, CountValue) or value.category != "other" or count.start == 0:
        return False
    genitive = ws.lowers[count.start] in circumstance_words().genitives
    return genitive and ws.tags[count.start - 1] == "NOUN"


def is_cumulative(ws: Workspace, count: Candidate, bounds: tuple[int, int]) -> bool:
    """Whether the clause says that the number adds up: "in total", «за 11 лет», "since"."""
    words = circumstance_words()
    first, stop = bounds
    lowers = ws.lowers[first:stop]
    if (
        words.cumulative.keys().isdisjoint(lowers)
        and words.spans.isdisjoint(lowers)
        and words.spans.isdisjoint(ws.lemmas[first:stop])
    ):
        return False
    for at in range(first, stop):
        word = ws.lowers[at]
        phrases = words.cumulative.get(word, ())
        if any(tuple(ws.lowers[at : at + len(phrase)]) == phrase for phrase in phrases):
            return True
        if (word in words.spans or ws.lemmas[at] in words.spans) and _is_years(ws, at + 1, stop):
            return True
    return False


def _is_years(ws: Workspace, start: int, stop: int) -> bool:
    """Whether "eleven years", «последние 5 лет» begins here: a number of years, not a year."""
    words = circumstance_words()
    numbers = quantities().cardinals
    counted = False
    for at in range(start, min(stop, start + SPAN_GAP)):
        if ws.lemmas[at] in words.years:
            return counted
        word = ws.lowers[at]
        counted = counted or word in numbers or (word.isdecimal() and len(word) < 4)
        if ws.tags[at] not in ("ADJ", "NUM", "DET", "X", "PRON"):
            return False
    return False


def points_back(ws: Workspace, first: int) -> bool:
    """Whether a sentence's first words refer to the sentence before it."""
    anaphors = circumstance_words().anaphors
    words = tuple(ws.lowers[first : first + MARK_GAP])
    lemmas = tuple(ws.lemmas[first : first + MARK_GAP])
    return any(
        words[:size] in anaphors or lemmas[:size] in anaphors for size in range(1, len(words) + 1)
    )
