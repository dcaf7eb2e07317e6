"""The stages in order, as one spaCy ``Language``."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import spacy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

__all__ = ["STAGES", "build"]

STAGES: tuple[tuple[str, str], ...] = (
    ("pobratim_russian_tags", "russian"),
    ("pobratim_english", "english"),
    ("pobratim_russian_names", "russian"),
    ("pobratim_tags", "tags"),
)
"""Each stage's factory and the module of this package that registers it."""


def build(*, without: Sequence[str] = ()) -> Language:
    """A spaCy ``Language`` with every stage but those named in ``without``."""
    for module in ("tokens", *dict.fromkeys(module for _, module in STAGES)):
        import_module(f"pobratim.stages.{module}")
    config = {"nlp": {"tokenizer": {"@tokenizers": "pobratim.Tokenizer.v1"}}}
    nlp = spacy.blank("xx", config=config)
    for factory, _ in STAGES:
        if factory not in without:
            nlp.add_pipe(factory)
    return nlp
