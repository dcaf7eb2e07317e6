"""What the rest of the document says of each place name: agreement and lists."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.gazetteer import Place
from pobratim.stages.parted import begins_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Workspace

__all__ = ["JOINERS", "LIKELY", "SURE", "WEAK", "Sighting", "agreed"]

SURE, LIKELY, WEAK = 0.97, 0.85, 0.4
JOINERS = frozenset({",", "и", "and", "или", "or", "&", "-", "–", "—", "(", ")", "г", "."})
LIST_GAP = 3


class Sighting(NamedTuple):
    """A name of the gazetteer in the text: half-open words, what it may be, how sure it is."""

    start: int
    end: int
    key: str
    options: tuple[Place, ...]
    kind: str
    score: float
    why: str


def agreed(ws: Workspace, sightings: list[Sighting]) -> Iterator[Sighting]:
    """Each sighting in text order; weak ones stay only with the document's support.

    Support is the same name where it is sure, or a place beside it in a list.
    """
    ordered = sorted(sightings, key=lambda one: one.start)
    sure: dict[str, int] = defaultdict(int)
    weak: dict[str, int] = defaultdict(int)
    for sighting in ordered:
        for option in _identities(sighting):
            (sure if sighting.score >= LIKELY else weak)[option] += 1
    for at, sighting in enumerate(ordered):
        elsewhere = max((sure[option] for option in _identities(sighting)), default=0)
        if sighting.score >= LIKELY:
            yield sighting
        elif sighting.score > WEAK:
            raised = LIKELY if elsewhere else sighting.score
            yield sighting._replace(score=raised, why=sighting.why + "+document" * bool(elsewhere))
        elif elsewhere >= max(1, max(weak[option] for option in _identities(sighting)) // 4):
            yield sighting._replace(score=0.7, why=f"{sighting.why}+document")
        elif sighting.why not in ("word", "shouted", "surname") and _in_list(ws, ordered, at):
            yield sighting._replace(score=0.7, why=f"{sighting.why}+list")
        elif _has_country(ws, ordered, at):
            yield sighting._replace(score=LIKELY, why=f"{sighting.why}+country")


def _has_country(ws: Workspace, ordered: list[Sighting], at: int) -> bool:
    """Whether its country or region stands right behind: "Hull, England", «Мир (Беларусь)».

    In the next cell of a row its own country does.
    """
    here = ordered[at]
    if at + 1 >= len(ordered) or here.kind != "city":
        return False
    after = ordered[at + 1]
    gap = ws.words[here.end : after.start]
    if after.kind == "city" or after.score < LIKELY:
        return False
    if gap == ["|"] or (not gap and begins_cell(ws, after.start)):
        countries = {place.country for place in here.options}
        return after.kind == "country" and any(one.country in countries for one in after.options)
    return gap in ([","], ["("])


def _in_list(ws: Workspace, ordered: list[Sighting], at: int) -> bool:
    """Whether a likely place stands before or behind, with nothing but joiners between."""
    for other in ordered[max(0, at - 1) : at + 2]:
        first, second = sorted((other, ordered[at]), key=lambda one: one.start)
        gap = ws.lowers[first.end : second.start]
        near = other is not ordered[at] and 0 < len(gap) <= LIST_GAP
        if near and other.score >= LIKELY and JOINERS.issuperset(gap):
            return True
    return False


def _identities(sighting: Sighting) -> tuple[str, ...]:
    """What makes two sightings the same name: a common gazetteer entry, else the spelling."""
    return tuple(place.id for place in sighting.options[:3]) or (sighting.key.casefold(),)
