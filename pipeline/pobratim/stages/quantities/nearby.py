"""What stands near a count: reach, distance, and what parts a clause from another."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.quantities import circumstance_words
from pobratim.stages.quantities.clauses import points_back
from pobratim.stages.workspace import Candidate, CountValue, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Choice",
    "by_sentence",
    "category",
    "continues",
    "is_aside",
    "is_parted",
    "is_rate",
    "near",
    "nearest",
]

LEADING = 3
ASIDE = 6
FARTHEST = 45
OUTSIDE = 15
SURE, LIKELY, FAIR = 0.9, 0.75, 0.6


class Choice(NamedTuple):
    candidate: Candidate
    score: float
    rule: str


def by_sentence(ws: Workspace, found: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    grouped: dict[int, list[Candidate]] = {}
    for candidate in found:
        grouped.setdefault(ws.sentence_of[candidate.start], []).append(candidate)
    return grouped


def near(found: dict[int, list[Candidate]], number: int, count: Candidate) -> list[Candidate]:
    """Those of sentence ``number`` within reach of the count, so that a long one costs no more."""
    here = found.get(number, [])
    low = bisect_left(here, count.start - FARTHEST, key=_start)
    return here[low : bisect_left(here, count.end + FARTHEST, key=_start)]


def _start(candidate: Candidate) -> int:
    return candidate.start


def _gap(count: Candidate, other: Candidate) -> int:
    return max(other.start - count.end, count.start - other.end, 0)


def nearest(
    count: Candidate, found: Iterable[tuple[Candidate, int]], bounds: tuple[int, int], rule: str
) -> Choice | None:
    """The candidate at the least distance, each with a handicap; those of the clause first."""
    best: tuple[int, int, Candidate, bool] | None = None
    for candidate, handicap in found:
        gap = _gap(count, candidate)
        outside = not (bounds[0] <= candidate.start < bounds[1])
        cost = gap + handicap + (OUTSIDE if outside else 0)
        if gap <= FARTHEST and (best is None or (cost, candidate.start) < best[:2]):
            best = (cost, candidate.start, candidate, outside)
    if best is None:
        return None
    return Choice(best[2], LIKELY if best[3] else SURE, rule)


def category(count: Candidate) -> str | None:
    return count.value.category if isinstance(count.value, CountValue) else None


def is_rate(count: Candidate) -> bool:
    """Whether a count is per unit: people per square kilometre."""
    unit = count.value.unit if isinstance(count.value, CountValue) else None
    return unit is not None and unit.startswith("/")


def is_parted(ws: Workspace, count: Candidate, other: Candidate) -> bool:
    """Whether a semicolon parts the two, and ``other`` does not open a list with a colon."""
    low, high = sorted((count, other), key=_start)
    if (
        high.start > low.end
        and "\t" in ws.published[ws.raw_ends[low.end - 1] : ws.raw_starts[high.start]]
    ):
        return True
    between = ws.words[low.end : high.start]
    if ";" not in between:
        return _is_of_another(ws, count, other) or is_aside(ws, count, other)
    first = ws.sentences[ws.sentence_of[other.start]][0]
    opens = other is low and other.start - first <= LEADING
    return not (opens and ":" in between[: between.index(";")])


def _is_of_another(ws: Workspace, count: Candidate, other: Candidate) -> bool:
    """Whether a clause with a verb and a count of its own comes before ``other`` does.

    «осмотрели 260 детей, шестерых взяли в Корею».
    """
    between = range(count.end, other.start)
    comma = next((at for at in between if ws.words[at] == ","), None)
    if comma is None or comma + 1 >= other.start or ws.tags[comma + 1] != "NUM":
        return False
    return any(ws.tags[at] == "VERB" for at in range(comma, other.start))


def is_aside(ws: Workspace, count: Candidate, other: Candidate) -> bool:
    """Whether a subordinate clause that holds ``other`` closes before the count.

    "Turkistan, which in 2018 received its status, has 200 thousand inhabitants", «По договору,
    подписанному в 2019 году, получены две машины».
    """
    if "," not in ws.words[other.end : count.start]:
        return False
    first = ws.sentences[ws.sentence_of[other.start]][0]
    opening = range(other.start - 1, max(first, other.start - ASIDE) - 1, -1)
    comma = next((at for at in opening if ws.words[at] == ","), None)
    words = circumstance_words().subordinators
    if comma is None:
        return False
    told = range(comma + 1, other.start)
    return not words.isdisjoint(ws.lemmas[comma + 1 : other.start]) or any(
        "PRTF" in reading.grammemes for at in told for reading in ws.readings[at][:1]
    )


def continues(ws: Workspace, number: int) -> bool:
    first = ws.sentences[number][0]
    same = number > 0 and ws.block_of[first - 1] == ws.block_of[first]
    return same and points_back(ws, first)
