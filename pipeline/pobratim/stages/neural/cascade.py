"""Two models one after the other: what the faster one doubts, the larger one reads too.

The faster one reads the whole document. Where it is sure of every word of a sentence its answer stands;
the other sentences go on, and there the answer is the weighted mean of both models' logits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pobratim.errors import ModelError
from pobratim.stages.neural.decoding import certainty, spans
from pobratim.stages.neural.seeing import Page, Sight

if TYPE_CHECKING:
    from pobratim.stages.neural.accurate import PieceModel
    from pobratim.stages.neural.fast import WordModel
    from pobratim.stages.neural.released import First

__all__ = ["Cascade"]

FOR_RULES = frozenset({"DATE", "COUNT", "AGREEMENT"})
"""Labels that the rules find by themselves: for the sake of these no sentence goes on."""


class Cascade:
    """The model ``second`` behind the model ``first``, as ``given`` says; its name is the second's.

    Raises:
        ModelError: the two have not the same labels.
    """

    def __init__(self, first: WordModel, second: PieceModel, given: First) -> None:
        if first.labels != second.labels:
            raise ModelError(f"{given.folder}: its labels are not those of the model behind it")
        self.name, self.version = second.name, second.version
        self.threshold, self.temperature = second.threshold, second.temperature
        self.tagset = first.tagset
        self.first, self.second = first, second
        self.given = given
        self._asked = [at for at, label in enumerate(first.labels) if label not in FOR_RULES]

    def see(self, page: Page, *, tags: bool = False) -> Sight:
        """The names, and the first model's tags if they are wanted."""
        logits, said = self.first.read(page, tags=tags)
        joined = self._joined(page, logits)
        return Sight(spans(joined, self.second.labels, self.temperature, page.breaks), said)

    def logits(self, page: Page) -> tuple[np.ndarray, tuple[str, ...]]:
        """BIO logits, one row a word, and the labels of their layers."""
        logits, _ = self.first.read(page, tags=False)
        return self._joined(page, logits), self.second.labels

    def cuts(self, page: Page) -> list[int]:
        """Into how many pieces the vocabulary cuts each word."""
        return self.second.cuts(page)

    def doubted(self, page: Page, logits: np.ndarray) -> list[tuple[int, int]]:
        """The sentences with a word that the first model, which gave ``logits``, is not sure of."""
        sure = certainty(logits, self.first.labels, self.first.temperature)
        starts = [start for start, _ in page.sentences]
        least = np.minimum.reduceat(sure[:, self._asked].min(axis=1), starts)
        return [page.sentences[at] for at in np.flatnonzero(least < self.given.sure).tolist()]

    def _joined(self, page: Page, logits: np.ndarray) -> np.ndarray:
        """The first model's ``logits``, in doubted sentences their mean with the second's."""
        doubted = self.doubted(page, logits)
        if not doubted:
            return logits
        at = np.concatenate([np.arange(start, end) for start, end in doubted])
        more, _ = self.second.logits(page.part(at, doubted))
        share = self.given.share
        logits[at] = (1 - share) * logits[at] + share * more
        return logits
