"""What an entity model gives for a document, whichever kind of model it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from pobratim.stages.neural.pieces import space_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pobratim.stages.neural.decoding import Span
    from pobratim.stages.workspace import Workspace

__all__ = ["EntityModel", "Page", "Sight", "page_of"]


class Page(NamedTuple):
    """A document as the models read it, in words; ``sentences`` are ranges of words."""

    words: Sequence[str]
    spaces: Sequence[bool]
    block_of: np.ndarray
    sentences: Sequence[tuple[int, int]]

    @property
    def breaks(self) -> np.ndarray:
        """For each word, whether it begins a block: no name goes on from one to the next."""
        found = np.ones(len(self.words), bool)
        found[1:] = self.block_of[1:] != self.block_of[:-1]
        return found

    def part(self, at: np.ndarray, sentences: Sequence[tuple[int, int]]) -> Page:
        """A page of the words ``at`` alone, which are those of some ``sentences`` in their order."""
        ends = np.cumsum([end - start for start, end in sentences]).tolist()
        words, spaces = self.words, self.spaces
        chosen = at.tolist()
        return Page(
            [words[one] for one in chosen],
            [spaces[one] for one in chosen],
            self.block_of[at],
            list(zip([0, *ends[:-1]], ends, strict=True)),
        )


class Sight(NamedTuple):
    """The spans that a model saw and, from a model that tags, the Universal tag of each word."""

    spans: list[Span]
    tags: list[str] | None = None


class EntityModel(Protocol):
    """A model of names; ``threshold`` is the probability from which a label's span fills a gap.

    ``temperature`` is what each label's logits are divided by; ``tagset`` is empty where the model
    does not tag.
    """

    name: str
    version: str
    threshold: dict[str, float]

    temperature: dict[str, float]
    tagset: tuple[str, ...]

    def see(self, page: Page, *, tags: bool = False) -> Sight:
        """The names in a document of one word or more; its tags too if wanted and known."""

    def logits(self, page: Page) -> tuple[np.ndarray, tuple[str, ...]]:
        """BIO logits, one row a word, and the labels of their layers."""

    def cuts(self, page: Page) -> list[int]:
        """Into how many pieces the vocabulary cuts each word."""


def page_of(ws: Workspace) -> Page:
    """The document of a workspace."""
    return Page(
        ws.words, space_before(ws.text, ws.starts), np.array(ws.block_of, np.intp), ws.sentences
    )
