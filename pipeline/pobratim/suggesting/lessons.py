"""What two models would learn from a document: where they disagree, are unsure, or know no word."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from pobratim.stages.neural.decoding import inside, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.neural.seeing import EntityModel, Page
    from pobratim.stages.workspace import Workspace

__all__ = ["WEIGHTS", "Example", "Lesson", "lesson"]

WEIGHTS = {"disagreement": 1.0, "unsure": 0.5, "unseen": 0.1}
"""What one spot counts: the models say different things, a model hardly knows, a word is strange."""

LOW, HIGH = 0.25, 0.75
"""A model is unsure of a word whose probability is between these."""

MANY_PIECES = 5
"""A word cut into so many pieces was rare or absent in what the models read."""

PRIOR = 100
"""Words added to a document's length, so that a line with one odd name is not the best lesson."""
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A spot of the text: ``reason`` is a key of :data:`WEIGHTS`, ``note`` says who saw what."""

    reason: str
    start: int
    end: int
    text: str
    note: str = ""


@dataclass(slots=True)
class Lesson:
    """A document's worth; ``score`` is weighted spots per hundred words."""

    id: str
    words: int = 0
    score: float = 0.0
    spots: dict[str, int] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        """The lesson as plain data."""
        return asdict(self)


def lesson(id: str, ws: Workspace, page: Page, models: tuple[EntityModel, EntityModel]) -> Lesson:
    """What the two models would learn from the document ``page`` of the workspace ``ws``."""
    found = Lesson(id, len(ws), spots=dict.fromkeys(WEIGHTS, 0))
    if not len(ws):
        return found
    logits = [model.logits(page) for model in models]
    spots = [
        *_disagreements(page, models, logits),
        *_unsure(models, logits),
        *_unseen(ws, models[0].cuts(page)),
    ]
    told: set[tuple[int, int]] = set()
    for reason, start, end, note in spots:
        if (start, end) in told:
            continue
        told.add((start, end))
        found.spots[reason] += 1
        alike = [one.text for one in found.examples if one.reason == reason]
        words = ws.phrase(start, end)
        if len(alike) < EXAMPLES and words not in alike:
            offsets = ws.raw_starts[start], ws.raw_ends[end - 1]
            found.examples.append(Example(reason, *offsets, words, note))
    total = sum(WEIGHTS[reason] * count for reason, count in found.spots.items())
    found.score = round(100 * total / (len(ws) + PRIOR), 3)
    return found


Logits = list[tuple[np.ndarray, tuple[str, ...]]]
Spot = tuple[str, int, int, str]


def _disagreements(
    page: Page, models: tuple[EntityModel, EntityModel], logits: Logits
) -> Iterator[Spot]:
    """Spans that one of the models sees and the other does not, among labels that both have."""
    both = set(logits[0][1]) & set(logits[1][1])
    seen = [
        {
            (one.start, one.end, one.label)
            for one in spans(numbers, labels, model.temperature, page.breaks)
            if one.label in both
        }
        for model, (numbers, labels) in zip(models, logits, strict=True)
    ]
    for start, end, label in sorted(seen[0] ^ seen[1]):
        seer = models[0] if (start, end, label) in seen[0] else models[1]
        yield "disagreement", start, end, f"{label}, only {seer.name}"


def _unsure(models: tuple[EntityModel, EntityModel], logits: Logits) -> Iterator[Spot]:
    """Runs of words that a model can hardly place in or out of a label."""
    for model, (numbers, labels) in zip(models, logits, strict=True):
        shares = inside(numbers, labels, model.temperature)
        for number, label in enumerate(labels):
            at = np.flatnonzero((shares[:, number] > LOW) & (shares[:, number] < HIGH))
            for run in np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if len(at) else ():
                mean = float(shares[run, number].mean())
                yield "unsure", int(run[0]), int(run[-1]) + 1, f"{label} {mean:.2f}, {model.name}"


def _unseen(ws: Workspace, cuts: list[int]) -> Iterator[Spot]:
    """Words that the vocabulary cuts small, each once."""
    told = set()
    for at, pieces in enumerate(cuts):
        if pieces >= MANY_PIECES and ws.words[at].isalpha() and ws.lowers[at] not in told:
            told.add(ws.lowers[at])
            yield "unseen", at, at + 1, f"{pieces} pieces"
