"""The tense of a sentence, told by the forms of its verbs.

Russian ones by the readings of a dictionary; an English verb is of the past unless it is its lemma,
with an -s perhaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.calendar import calendar_lexicon

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = [
    "is_going_on",
    "is_past",
    "is_present",
    "tells_of_english_past",
    "tells_of_future",
    "tells_of_past",
]

VERBS = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VERB", "PRTS"})
TENSES = frozenset({"past", "pres", "futr"})
NEAR = 8
"""How many words off a verb tells the tense of "today"."""
PRESENT_FORMS = frozenset({"is", "are", "am", "has"})


def tells_of_future(ws: Workspace, sentence: int) -> bool:
    """Whether the verbs of a Russian sentence are of the future, none of the past."""
    tenses = _tenses(ws, ws.sentences[sentence])
    return "futr" in tenses and "past" not in tenses


def tells_of_past(ws: Workspace, sentence: int) -> bool:
    """Whether the verbs of a Russian sentence are all of the past."""
    return _tenses(ws, ws.sentences[sentence]) == {"past"}


def tells_of_english_past(ws: Workspace, sentence: int) -> bool:
    """Whether the first verb of an English sentence is of the past."""
    verbs = _english(ws, ws.sentences[sentence])
    return bool(verbs) and not verbs[0]


def is_going_on(ws: Workspace, at: int) -> bool:
    """Whether an English verb about word ``at`` is of what goes on just then: "are sitting today"."""
    first, last = ws.sentences[ws.sentence_of[at]]
    near = range(max(first, at - NEAR), min(last, at + NEAR) - 1)
    return any(
        ws.lowers[i] in PRESENT_FORMS
        and ws.lowers[i + 1].endswith("ing")
        and ws.tags[i + 1] == "VERB"
        for i in near
    )


def is_present(ws: Workspace, sentence: int) -> bool:
    """Whether an English sentence has verbs, none of them of the past: "guests arrive on Tuesday"."""
    verbs = _english(ws, ws.sentences[sentence])
    return bool(verbs) and all(verbs)


def is_past(ws: Workspace, at: int) -> bool:
    """Whether the finite verbs about word ``at`` are all of the past: "signed today", «сегодня прибыли»."""
    first, last = ws.sentences[ws.sentence_of[at]]
    near = _part(ws, at, max(first, at - NEAR), min(last, at + NEAR))
    tenses, verbs = _tenses(ws, near), _english(ws, near)
    return tenses == {"past"} or (not tenses and bool(verbs) and not any(verbs))


def _part(ws: Workspace, at: int, first: int, last: int) -> tuple[int, int]:
    """The words from ``first`` to ``last`` that no semicolon parts from ``at``."""
    first = next((i + 1 for i in range(at - 1, first - 1, -1) if ws.words[i] == ";"), first)
    return first, next((i for i in range(at, last) if ws.words[i] == ";"), last)


def _tenses(ws: Workspace, span: tuple[int, int]) -> set[str]:
    """``past``, ``pres`` and ``futr``, as far as Russian verbs of a span have them."""
    first, last = span
    return {
        tense
        for readings in ws.readings[first:last]
        if readings and readings[0].grammemes & FINITE
        for tense in readings[0].grammemes & TENSES
    }


def _english(ws: Workspace, span: tuple[int, int]) -> list[bool]:
    """For each finite English verb of a span, whether it is of the present."""
    first, last = span
    unchanged = calendar_lexicon("en").unchanged_verbs
    words, lemmas, tags = (column[first:last] for column in (ws.lowers, ws.lemmas, ws.tags))
    return [
        word in PRESENT_FORMS or word in (lemma, f"{lemma}s", f"{lemma}es")
        for before, word, lemma, tag in zip(["", *words], words, lemmas, tags, strict=False)
        if tag in VERBS
        and word.isascii()
        and before != "to"
        and before not in unchanged
        and not word.endswith("ing")
        and word not in unchanged
    ]
