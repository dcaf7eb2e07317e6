"""Lemmas and tags from the workspace onto the ``Doc``'s tokens, where spaCy users look for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import LEMMA, POS
from spacy.language import Language
from spacy.symbols import IDS

from pobratim.stages.workspace import workspace

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Tags"]


@Language.factory("pobratim_tags", assigns=["token.lemma", "token.pos"])
class Tags:
    """Writes ``token.lemma_`` and ``token.pos_``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        table: Any = np.zeros((len(doc), 2), dtype="uint64")
        if ws.tokens:
            lemma_ids = {lemma: doc.vocab.strings.add(lemma) for lemma in set(ws.lemmas)}
            table[ws.tokens, 0] = [IDS[tag] for tag in ws.tags]
            table[ws.tokens, 1] = [lemma_ids[lemma] for lemma in ws.lemmas]
            doc.from_array([POS, LEMMA], table)
        return doc
