"""Sentences with their names in brackets, and the pipeline that the tests of names share."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import spacy

from pobratim.stages.workspace import Workspace, workspace

if TYPE_CHECKING:
    from spacy.language import Language

STAGES = (
    ("russian", "pobratim_russian_tags"),
    ("english", "pobratim_english"),
    ("russian", "pobratim_russian_names"),
    ("places", "pobratim_places"),
    ("bodies", "pobratim_bodies"),
    ("events", "pobratim_events"),
)
SURE = 0.5


@cache
def pipeline() -> Language:
    import_module("pobratim.stages.tokens")
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "pobratim.Tokenizer.v1"}}})
    for module, factory in STAGES:
        import_module(f"pobratim.stages.{module}")
        nlp.add_pipe(factory)
    return nlp


def read(text: str) -> Workspace:
    return workspace(pipeline()(text))


def split(marked: str) -> tuple[str, list[str]]:
    """The text without its brackets, and what stood in them."""
    names = [piece.split("]")[0] for piece in marked.split("[")[1:]]
    return marked.replace("[", "").replace("]", ""), names


def found(text: str, label: str) -> list[str]:
    ws = read(text)
    return [ws.phrase(c.start, c.end) for c in ws.of(label) if c.score >= SURE]
