"""What the places stage knows of a document before it looks at a name."""

from __future__ import annotations

from typing import NamedTuple

from pobratim.lexicon.gazetteer import Gazetteer, Place
from pobratim.lexicon.names import stem
from pobratim.lexicon.placing import PlacingLexicon
from pobratim.stages.families import PERSONS
from pobratim.stages.quotes import quotes
from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["PROPER", "SURE_NAME", "Context", "bearers", "brand_words", "lookup"]

BRAND_WORDS = 7
PROPER = frozenset({"Geox"})
SURE_NAME = 0.9
"""The probability from which a person's name that ends in a place's is believed to be one."""


class Context(NamedTuple):
    """What the places stage knows of the document before it looks at a name."""

    ws: Workspace
    gazetteer: Gazetteer
    lexicons: dict[str, PlacingLexicon]
    guess_at: dict[int, Candidate]
    brand: frozenset[int]
    surnames: frozenset[str]


def brand_words(ws: Workspace, lexicons: dict[str, PlacingLexicon]) -> frozenset[int]:
    """Words in short quotations: names of other things, where a place is no mention.

    What begins in lower case is something said: «острой проблемой для Молдавии».
    """
    inside: set[int] = set()
    for quote in quotes(ws):
        words = range(quote.start + 1, quote.end - 1)
        said = ws.words[quote.start + 1].islower() and ws.languages[quote.start] == "ru"
        if not said and sum(ws.words[at].isalpha() for at in words) <= BRAND_WORDS:
            lexicon = lexicons.get(ws.languages[quote.start])
            if not lexicon or not any(ws.lemmas[at] in lexicon.city for at in words):
                inside.update(words)
    return frozenset(inside)


def bearers(ws: Workspace) -> frozenset[str]:
    """The stems of the Russian surnames whose bearers a model surely saw named in full."""
    return frozenset(
        stem(ws.lowers[guess.end - 1])
        for guess in ws.guesses
        if guess.label in PERSONS
        and guess.score >= SURE_NAME
        and guess.end - guess.start > 1
        and ws.languages[guess.start] == "ru"
    )


def lookup(context: Context, key: str) -> tuple[Place, ...]:
    """The places of a name in the script of its letters, in any case where it is Russian."""
    if "\u0400" <= key[0] <= "\u052f":
        return context.gazetteer.lookup_russian(key)
    return context.gazetteer.lookup(key)
