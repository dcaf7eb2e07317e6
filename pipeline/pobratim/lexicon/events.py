"""What events are called; the words are in ``data/events``, one file for each language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pobratim.errors import LexiconError
from pobratim.lexicon.files import read_all

__all__ = ["EventLexicon", "event_lexicons", "holidays"]


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """One language's words; see the comments in its file.

    ``strong`` nouns name an event as soon as a capital says so, ``weak`` ones need a theme too,
    ``quoted_only`` ones quotes or an ordinal; ``days`` take what they celebrate in the genitive;
    ``spans_of_time`` are mostly dates, and events only with a capital; ``dated`` ones need but a
    year; ``ceremonies`` are parts of the event behind them; of ``described`` nouns a theme at a
    sentence's start makes no name; ``usual`` adjectives make none of any.
    """

    strong: frozenset[str]
    weak: frozenset[str]
    days: frozenset[str]
    needs_adjective: dict[str, frozenset[str]]
    quoted_only: frozenset[str]
    stakes: frozenset[str]
    for_stakes: frozenset[str]
    ordinals: frozenset[str]
    ordinal_endings: frozenset[str]
    descriptive: frozenset[str]
    about: frozenset[str]
    between: frozenset[str]
    holidays: frozenset[str]
    apposed: frozenset[str]
    spans_of_time: frozenset[str]
    attended: frozenset[str]
    no_events: frozenset[str]
    dated: frozenset[str]
    ceremonies: frozenset[str]
    described: frozenset[str]
    usual: frozenset[str]


@cache
def event_lexicons() -> dict[str, EventLexicon]:
    """The lexicons by language code, read once.

    Raises:
        LexiconError: a file misses a table.
    """
    return {language: _lexicon(language, data) for language, data in read_all("events").items()}


@cache
def holidays() -> frozenset[str]:
    """Lemmas of holidays that have a name of their own, of every language."""
    return frozenset().union(*(lexicon.holidays for lexicon in event_lexicons().values()))


def _lexicon(language: str, data: dict[str, Any]) -> EventLexicon:
    missing = {"nouns", "words"} - data.keys()
    if missing:
        raise LexiconError(f"lexicon file events/{language}.toml: add the tables {sorted(missing)}")
    nouns, words = data["nouns"], data["words"]
    return EventLexicon(
        needs_adjective={k: frozenset(v) for k, v in nouns["needs_adjective"].items()},
        **{name: frozenset(nouns[name]) for name in ("strong", "weak", "days", "quoted_only")},
        **{name: frozenset(words[name]) for name in _WORDS},
    )


_WORDS = (
    "stakes",
    "for_stakes",
    "ordinals",
    "ordinal_endings",
    "descriptive",
    "about",
    "between",
    "holidays",
    "apposed",
    "spans_of_time",
    "attended",
    "no_events",
    "dated",
    "ceremonies",
    "described",
    "usual",
)
