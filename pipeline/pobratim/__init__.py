"""Structured, evidence-linked records from what cities publish about their foreign partners.

>>> import pobratim
>>> document = pobratim.extract("Мэр Томска Иван Кляйн подписал соглашение с Ульсаном 3 мая 2019 г.")
>>> document.agreements[0].signed
'2019-05-03'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.__about__ import __version__
from pobratim.stages.neural.choices import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    from pobratim.schema import Document, Source

__all__ = ["__version__", "extract", "load"]


def load(*, without: Sequence[str] = (), entities: str = DEFAULT) -> Language:
    """The pipeline as an ordinary spaCy ``Language``.

    Args:
        without: names of stages to leave out (see ``nlp.pipe_names`` for them).
        entities: what sees the names: ``fast``, ``accurate``, ``classic``, or the path of a ``.toml``
            file that describes a Hugging Face model (see docs/models.md).

    A processed ``Doc`` holds the mentions in ``doc.spans["pobratim"]`` and the whole
    :class:`~pobratim.schema.Document` in ``doc.user_data["pobratim_document"]``.
    """
    from pobratim.stages.pipeline import build

    return build(without=without, entities=entities)


def extract(
    text: str, *, id: str = "text", source: Source | None = None, entities: str = DEFAULT
) -> Document:
    """The records of one text, in Russian or English or both.

    Args:
        text: the text as published; offsets in the result are code points into it.
        id: the document's id.
        source: where the text is from; by default only the id is recorded.
        entities: what sees the names, as for :func:`load`.
    """
    from pobratim.stages.pipeline import extract as extract_text

    return extract_text(text, id=id, source=source, entities=entities)
