"""What the names of a document say of each other: weak ones raised, repeats, lone surnames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.names import stem
from pobratim.stages.families import BODIES, PLACES
from pobratim.stages.name_page import KEEP, Page, Run
from pobratim.stages.workspace import has_capital

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["agreed", "case_before"]

SUPPORTED = 0.85
SMALL_TOWN = 0.7
"""The score of a place that nothing but the gazetteer tells."""
REPEATED = 0.9
LISTED = 0.7
MARKS = frozenset({",", "(", ")", "и", "—", "–"})
HOLDING = frozenset({"-", "«", "»", "."})
SHORTEST_STEM = 3
"""Letters that forms of one surname share at least; so few are enough where it is a known one."""
PREPOSITIONS = {
    "к": "datv",
    "ко": "datv",
    "от": "gent",
    "у": "gent",
    "для": "gent",
    "из": "gent",
    "с": "ablt",
    "со": "ablt",
    "о": "loct",
    "об": "loct",
    "между": "ablt",
    "под": "ablt",
    "перед": "ablt",
}
"""What a preposition tells of the case of the name right behind it."""


def case_before(ws: Workspace, start: int) -> frozenset[str]:
    if start == 0 or ws.sentence_of[start - 1] != ws.sentence_of[start]:
        return frozenset()
    case = PREPOSITIONS.get(ws.lowers[start - 1])
    return frozenset({case}) if case else frozenset()


def agreed(page: Page, chosen: list[Run]) -> list[Run]:
    """Weak runs raised by a full name elsewhere, and repeats of sure names that no rule saw."""
    ws = page.ws
    surnames: set[str] = set()
    full: set[tuple[str, ...]] = set()
    for run in chosen:
        words = [w for w in ws.lowers[run.start : run.end] if len(w) > 1]
        if words and run.score >= 0.7 and (len(words) > 1 or run.end - run.start > 1):
            surnames.update(map(stem, {words[-1], words[0]} if len(words) > 1 else {words[-1]}))
            if len(words) > 1:
                full.add(tuple(words))
    raised = [
        run._replace(score=max(run.score, SUPPORTED))
        if run.score < SUPPORTED and run.end - run.start == 1 and stem(ws.lowers[run.start]) in surnames
        and run.start not in page.places
        else run
        for run in chosen
    ]  # fmt: skip
    kept = [run for run in raised if run.score >= KEEP]
    taken = {at for run in kept for at in range(run.start, run.end)}
    if surnames:
        kept += _repeats(page, full, surnames, taken)
    return sorted([*kept, *_listed(page, kept, taken)])


def _listed(page: Page, kept: list[Run], taken: set[int]) -> list[Run]:
    """Known Russian surnames beside a lone one in a list or its brackets: «Сёмин (Овечкин, Фёдоров)»."""
    found: list[Run] = []
    reach = [(run.start, run.end) for run in kept if run.end - run.start == 1]
    while reach:
        start, end = reach.pop()
        for at, mark in ((end + 1, end), (start - 2, start - 1)):
            if _is_listed(page, at, mark) and at not in taken:
                taken.add(at)
                found.append(Run(at, at + 1, LISTED, "people:list"))
                reach.append((at, at + 1))
    return found


def _is_listed(page: Page, at: int, mark: int) -> bool:
    """Whether a lone surname that the dictionary knows stands at ``at``, a list's mark at ``mark``."""
    ws = page.ws
    if not 0 <= min(at, mark) <= max(at, mark) < len(ws) or ws.lowers[mark] not in MARKS:
        return False
    if ws.languages[at] != "ru" or not has_capital(ws.words[at]) or at in page.places:
        return False
    if ws.sentence_of[at] != ws.sentence_of[mark] or len(ws.words[at]) <= SHORTEST_STEM:
        return False
    if not any("Surn" in reading.grammemes for reading in ws.readings[at][:4]):
        return False
    beside = [ws.words[i] for i in (at - 1, at + 1) if i != mark and 0 <= i < len(ws)]
    if any(word[0].isupper() or word in HOLDING for word in beside):
        return False
    return _stands_alone(page, at)


def _repeats(
    page: Page, full: set[tuple[str, ...]], surnames: set[str], taken: set[int]
) -> list[Run]:
    """Further occurrences of names met, word for word or as a lone surname."""
    ws = page.ws
    firsts: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for words in sorted(full):
        firsts.setdefault((words[0], words[1]), []).append(words)
    lone = {surname for surname in surnames if len(surname) >= SHORTEST_STEM}
    found: list[Run] = []
    for at in ws.whose("words", has_capital):
        if at in taken or len(ws.words[at]) < 2:
            continue
        lower = ws.lowers[at]
        for words in firsts.get((lower, ws.lowers[at + 1]), ()) if at + 1 < len(ws) else ():
            if tuple(ws.lowers[at : at + len(words)]) == words and ws.words[at + 1][0].isupper():
                found.append(Run(at, at + len(words), REPEATED, "people:repeat"))
                taken.update(range(at, at + len(words)))
        if at not in taken and stem(lower) in lone and _stands_alone(page, at):
            found.append(Run(at, at + 1, 0.75, "people:surname", case_before(ws, at)))
    return found


def _stands_alone(page: Page, at: int) -> bool:
    """Whether a surname is not part of a longer name of something else, nor a place."""
    ws = page.ws
    if at in page.role_words or at in page.quoted or not _hardly_place(page, at):
        return False
    lexicon = page.lexicons.get(ws.languages[at])
    if lexicon is None or ws.lowers[at] in lexicon.never or _is_claimed(page, at):
        return False
    surname = any("Surn" in reading.grammemes for reading in ws.readings[at][:2])
    if len(stem(ws.lowers[at])) == SHORTEST_STEM and not surname:
        return False
    if ws.languages[at] == "ru":
        named = surname or any("Name" in reading.grammemes for reading in ws.readings[at][:2])
        return named or ws.tags[at] in ("PROPN", "X") or not is_known(ws.lowers[at])
    return ws.tags[at] == "PROPN"


def _is_claimed(page: Page, at: int) -> bool:
    """Whether a model saw something else in a word.

    A Russian word that it took for a town where no rule knows any is none, and a body may end in the
    name of the one whose it is: «кабинет Нетаньяху».
    """
    ws = page.ws
    guess = page.guessed.get(at)
    if guess is None:
        return False
    if ws.languages[at] != "ru":
        return True
    if guess.label in PLACES:
        return guess.end - guess.start > 1
    if guess.label not in BODIES or guess.end != at + 1 or guess.start == at:
        return True
    return not any("gent" in reading.grammemes for reading in ws.readings[at])


def _hardly_place(page: Page, at: int) -> bool:
    """Whether only a small town of that name says that an English surname is a place."""
    place = page.places.get(at)
    if place is None:
        return True
    alone = place.label == "CITY" and place.end == at + 1 and page.ws.languages[at] == "en"
    return alone and place.score <= SMALL_TOWN
