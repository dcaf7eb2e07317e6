"""Natasha: its segmenter, news NER and dates extractor; its names extractor alone."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from peers.mapping import Found, document, labels_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pobratim.schema import Document


def partial_edtf(year: int | None, month: int | None, day: int | None) -> str | None:
    """EDTF of what is known of a day: ``2019``, ``2019-05``, ``XXXX-05-25``."""
    if year is None and month is None:
        return None
    parts = [f"{year:04}" if year is not None else "XXXX"]
    if month is not None:
        parts.append(f"{month:02}")
        if day is not None:
            parts.append(f"{day:02}")
    return "-".join(parts)


def _dates(extractor: Any, text: str) -> Iterator[Found]:
    for match in extractor(text):
        fact = match.fact
        value = partial_edtf(fact.year, fact.month, fact.day)
        yield Found("DATE", match.start, match.stop, date=value)


def _morph_vocab() -> Any:
    """Natasha's dictionary, by its path: pymorphy2 otherwise looks for it through ``pkg_resources``,
    which current setuptools no longer has."""
    dictionary = import_module("pymorphy2_dicts_ru").get_path()
    os.environ.setdefault("PYMORPHY2_DICT_PATH", dictionary)
    from natasha import MorphVocab

    return MorphVocab()


def load() -> Callable[[str, str, str | None], Document]:
    """NER for people, places and organizations; the extractor for dates."""
    from natasha import (
        DatesExtractor,
        Doc,
        NewsEmbedding,
        NewsNERTagger,
        Segmenter,
    )

    labels = labels_of("natasha")
    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())
    dates = DatesExtractor(_morph_vocab())

    def run(text: str, _language: str, _reference: str | None) -> Document:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        names = [Found(labels[s.type], s.start, s.stop) for s in doc.spans if s.type in labels]
        found = [*names, *_dates(dates, text)]
        return document("natasha", version("natasha"), text, found)

    return run


def load_names() -> Callable[[str, str, str | None], Document]:
    """The names extractor on the bare text; only names of two parts or more, since it takes nearly
    any single word for a surname."""
    from natasha import NamesExtractor

    extractor = NamesExtractor(_morph_vocab())

    def run(text: str, _language: str, _reference: str | None) -> Document:
        found = []
        for match in extractor(text):
            fact = match.fact
            if sum(part is not None for part in (fact.first, fact.middle, fact.last)) >= 2:
                found.append(Found("PERSON", match.start, match.stop))
        return document("natasha-names", version("natasha"), text, found)

    return run
