"""What a training text is, and the layers of labels over its words."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pobratim.schema import LABELS as MENTION_LABELS
from pobratim.stages.neural.seeing import Page

LABELS = (*MENTION_LABELS, "NAME")
UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SYM", "VERB", "X", "SPACE",
)  # fmt: skip

MASKED, OUTSIDE, FIRST, FURTHER = -1, 0, 1, 2


@dataclass(slots=True)
class Text:
    """One text as words: ``layers`` [words, labels] of the values above, ``upos`` -1 where untold.

    ``blocks`` and ``sentences`` number each word's block and sentence; ``spaced`` says whether
    white space, or nothing, stands before the word.
    """

    id: str
    source: str
    language: str
    words: list[str]
    spaced: np.ndarray
    blocks: np.ndarray
    sentences: np.ndarray
    layers: np.ndarray
    upos: np.ndarray

    @property
    def page(self) -> Page:
        """The text as the program's models read it."""
        borders = (np.flatnonzero(np.diff(self.sentences)) + 1).tolist()
        sentences = list(zip([0, *borders], [*borders, len(self.words)], strict=True))
        return Page(self.words, self.spaced.tolist(), self.blocks.astype(np.intp), sentences)


def load(folder: Path, *names: str) -> list[Text]:
    """The texts of the named sets, as ``data.py`` wrote them."""
    return [
        text for name in names for text in pickle.loads((folder / f"{name}.pickle").read_bytes())
    ]
