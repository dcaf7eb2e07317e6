"""Our entity models by themselves: their spans as mentions, without any rule."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from peers.mapping import Found, document

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

    from pobratim.schema import Document

STAGE = "pobratim_entity_model"
BODY, NAME = "ORGANIZATION", "NAME"


def load(entities: str, bare: bool = False) -> Callable[[str, str, str | None], Document]:
    """The tokenizer and the model; a place is the kind of place that the model says it is.

    A bare name of a body counts as one where the model sees no whole one round it; with ``bare`` the
    bare names alone, which other guidelines mark.
    """
    import pobratim
    from pobratim.stages.neural.loading import model_of

    others = [name for name in pobratim.load(entities=entities).pipe_names if name != STAGE]
    nlp = pobratim.load(entities=entities, without=others)
    return partial(_run, nlp, entities, model_of(entities).version, bare)


def _run(
    nlp: Language,
    entities: str,
    version: str,
    bare: bool,
    text: str,
    _language: str,
    _reference: str | None,
) -> Document:
    from pobratim.stages.workspace import workspace

    ws = workspace(nlp(text))
    seen = [one for one in ws.seen if one.label != BODY] if bare else ws.seen
    bodies = {at for one in seen if one.label == BODY for at in range(one.start, one.end)}
    found = [
        Found(one.label.replace(NAME, BODY), ws.raw_starts[one.start], ws.raw_ends[one.end - 1])
        for one in seen
        if one.label != NAME or bodies.isdisjoint(range(one.start, one.end))
    ]
    return document(entities, version, text, found)
