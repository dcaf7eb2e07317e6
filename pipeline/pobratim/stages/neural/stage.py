"""The stage that lets our own models, or a user's, see a document's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.stages.families import NAMES, PERSONS
from pobratim.stages.neural import english
from pobratim.stages.neural.apart import second_begins
from pobratim.stages.neural.choices import FAST, check
from pobratim.stages.neural.loading import model_of, tagger_of
from pobratim.stages.neural.seeing import page_of
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pobratim.stages.neural.seeing import Page

__all__ = ["EntityModelStage"]

JOINING = frozenset({"ADP", "CCONJ", "DET"})
"""Tags of words that join what stands on both sides; no name ends in one."""


@Language.factory("pobratim_entity_model", default_config={"entities": FAST})
class EntityModelStage:
    """Adds what the model sees to ``seen`` and its names to the guesses; tags English words.

    The model is loaded with the first document.
    """

    def __init__(self, nlp: Language, name: str, entities: str) -> None:
        self.name = name
        self.entities = check(entities)
        english.load()

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        if not len(ws):
            return doc
        model, page = model_of(self.entities), page_of(ws)
        own = [at for at, language in enumerate(ws.languages) if language == "en"]
        sight = model.see(page, tags=bool(own))
        if own:
            _annotate(ws, own, sight.tags or self._tags(page))
        why = f"model:{model.name}"
        for label, start, end, probability in sight.spans:
            end = _last(ws, start, end)
            second = second_begins(ws, start, end) if label in PERSONS else end
            ws.seen.append(Candidate(label, start, second, probability, why))
            if second < end:
                ws.seen.append(Candidate(label, second, end, probability, why))
        ws.trust = model.threshold
        ws.guesses.extend(one for one in ws.seen if one.label in NAMES)
        return doc

    def _tags(self, page: Page) -> list[str]:
        """Tags from another model, where the one in use does not tag."""
        return tagger_of(self.entities).see(page, tags=True).tags or []


def _last(ws: Workspace, start: int, end: int) -> int:
    """The end of a span without the "of" or "and" that it may have caught behind it."""
    while end - 1 > start and ws.tags[end - 1] in JOINING and ws.words[end - 1].islower():
        end -= 1
    return end


def _annotate(ws: Workspace, indices: list[int], tags: list[str]) -> None:
    own = [tags[at] for at in indices]
    found = english.lemmas([ws.words[at] for at in indices], own)
    for at, tag, lemma in zip(indices, own, found, strict=True):
        ws.tags[at] = tag
        ws.lemmas[at] = lemma
