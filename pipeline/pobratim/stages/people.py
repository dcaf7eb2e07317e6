"""PERSON mentions: names that titles, courtesies, initials or a model point to, and their repeats."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.offices import CASES, OfficeUse
from pobratim.stages.name_page import KEEP, Page, Run, page_of
from pobratim.stages.name_repeats import agreed, case_before
from pobratim.stages.name_runs import runs
from pobratim.stages.naming import Naming, PersonName, identify, named
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["People", "PersonName"]

FULL = 0.9
"""How sure a full name is that a school or clinic bears."""
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@Language.factory("pobratim_people")
class People:
    """Adds PERSON candidates; ``data`` is a :class:`PersonName`, ``entity`` ``person:<n>``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        if not ws.guesses and not ws.of("ROLE") and not _may_hold(ws):
            return doc
        page = page_of(ws)
        chosen = _chosen(page, list(runs(page)))
        chosen = agreed(page, chosen)
        chosen = [run for run in chosen if run.score >= KEEP and not _thing(page, run)]
        _emit(ws, chosen)
        return doc


def _may_hold(ws: Workspace) -> bool:
    """Whether there can be initials or courtesies, which need no model."""
    return "." in ws.words


def _chosen(page: Page, found: list[Run]) -> list[Run]:
    """One run for every place in the text: the surer, then the longer, grown by what overlaps it."""
    found.sort(key=lambda run: (-(run.score >= KEEP), run.start - run.end, -run.score, run.start))
    taken: dict[int, Run] = {}
    chosen: list[Run] = []
    for run in found:
        if any(at in taken for at in range(run.start, run.end)):
            continue
        chosen.append(run)
        for at in range(run.start, run.end):
            taken[at] = run
    told = {at: run for run in found if run.cases or run.gender for at in (run.start, -run.end)}
    best: dict[tuple[int, int], float] = {}
    for run in found:
        key = (run.start, run.end)
        best[key] = max(best.get(key, 0.0), run.score)
    seen = Counter(at for run in found for at in range(run.start, run.end))
    result = []
    for run in sorted(chosen):
        context = told.get(-run.end) or told.get(run.start) or run
        agree = any(seen[at] > 1 for at in range(run.start, run.end))
        score = min(0.97, best[run.start, run.end] + (0.04 if agree else 0.0))
        cases = context.cases or case_before(page.ws, run.start) or _apposed(page, run.start)
        cases = cases or _apposed_behind(page, run.end)
        result.append(run._replace(score=score, cases=cases, gender=context.gender))
    return result


def _apposed(page: Page, start: int) -> frozenset[str]:
    """The cases of «писателем» before a name, over the place that the noun may be of."""
    ws = page.ws
    at = start - 1
    floor = ws.sentences[ws.sentence_of[start]][0]
    while at >= floor:
        place = page.place_ends.get(at + 1)
        if place is not None:
            at = place.start - 1
        elif ws.words[at] == "." or ws.lowers[at] in ("г", "города"):
            at -= 1
        else:
            break
    if at < floor or not ws.words[at][0].islower() or len(ws.words[at]) < 3:
        return frozenset()
    found = [r for r in ws.readings[at] if r.pos == "NOUN" and "anim" in r.grammemes]
    several = any("plur" in reading.grammemes for reading in found) and at not in page.role_words
    if not found or several:
        return frozenset()
    return frozenset(case for reading in found for case in reading.grammemes & CASES)


def _apposed_behind(page: Page, end: int) -> frozenset[str]:
    """The cases of a title that follows behind a comma: «Жанболату Касенову, главе отдела»."""
    ws = page.ws
    role = page.role_starts.get(end + 1)
    use = role.data if role is not None and ws.words[end] == "," else None
    return use.cases if isinstance(use, OfficeUse) and len(use.cases) < len(CASES) else frozenset()


def _thing(page: Page, run: Run) -> bool:
    """Whether the name is a street's, a ship's or a brand's."""
    ws = page.ws
    lexicon = page.lexicons.get(ws.languages[run.start])
    if lexicon is None:
        return True
    if run.start in page.quoted and run.end - 1 in page.quoted:
        return True
    if run.why in ("people:courtesy", "people:title"):
        return False
    before = run.start - 1
    while before > 0 and ws.words[before] == ".":
        before -= 1
    if before >= 0 and ws.sentence_of[before] == ws.sentence_of[run.start]:
        known = {ws.lowers[before], ws.lemmas[before]}
        if not lexicon.bearers.isdisjoint(known):
            return True
    behind = run.end
    if behind + 1 < len(ws) and ws.lowers[behind] in POSSESSIVE:
        behind += 1
    if behind >= len(ws) or ws.sentence_of[behind] != ws.sentence_of[run.start]:
        return False
    after = ws.lowers[behind]
    if after in lexicon.named_bodies and run.score >= FULL and run.end - run.start > 1:
        return False
    return after in lexicon.bearers_after and ws.words[behind][0].isupper()


def _emit(ws: Workspace, chosen: list[Run]) -> None:
    attested = _attested(ws, chosen)
    namings: list[Naming] = [
        named(ws, run.start, run.end, run.cases, run.gender, attested) for run in chosen
    ]
    people = identify(namings)
    order: dict[int, int] = {}
    for naming in namings:
        order.setdefault(naming.person, len(order) + 1)
    for run, naming in zip(chosen, namings, strict=True):
        person = people[naming.person]
        listed = person.forms.most_common(1)
        name = listed[0][0] if listed else naming.name.nominative
        ws.candidates.append(
            Candidate(
                "PERSON",
                run.start,
                run.end,
                run.score,
                run.why,
                entity=f"person:{order[naming.person]}",
                data=PersonName(name, person.gender, run.cases),
            )
        )


def _attested(ws: Workspace, chosen: list[Run]) -> frozenset[str]:
    """Words of names that stand where only a nominative or an undeclined name can."""
    plain: set[str] = set()
    for run in chosen:
        words = [at for at in range(run.start, run.end) if len(ws.words[at]) > 1]
        if run.cases == {"nomn"}:
            plain.update(ws.lowers[at] for at in words)
        elif run.cases in ({"ablt"}, {"datv"}):
            plain.update(ws.lowers[at] for at in words if ws.lowers[at].endswith(("а", "я")))
    return frozenset(plain)
