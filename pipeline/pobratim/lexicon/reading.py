"""What reading knows about typography and web pages; the words are in ``data/reading/*.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pobratim.lexicon.files import read_all

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ReadingLexicon", "reading_lexicon"]


@dataclass(frozen=True, slots=True)
class ReadingLexicon:
    """``broken_words`` are spellings with the space that a site's filter put in.

    ``foreign_letter`` is one, in lower case, of a language other than Russian in its script.
    """

    broken_words: dict[str, re.Pattern[str]]
    hyphen_prefixes: frozenset[str]
    languages_of_word: dict[str, tuple[str, ...]]
    foreign_letter: re.Pattern[str]
    abbreviations: dict[str, frozenset[str]]
    boilerplate: re.Pattern[str]


@cache
def reading_lexicon() -> ReadingLexicon:
    """The lexicon, read once."""
    files = read_all("reading")
    general = files["general"]
    languages = {name: data for name, data in files.items() if name != "general"}
    broken = [entry.replace("|", " ") for entry in general["broken"]]
    return ReadingLexicon(
        broken_words={word: re.compile(rf"\b{re.escape(word)}\b") for word in broken},
        hyphen_prefixes=frozenset(general["hyphen_prefixes"]),
        languages_of_word=_by_word(languages),
        foreign_letter=_any_of(
            letter for language in languages.values() for letter in language.get("letters", ())
        ),
        abbreviations={k: frozenset(v.get("abbreviations", ())) for k, v in languages.items()},
        boilerplate=re.compile(
            r"^(?:" + "|".join(map(re.escape, general["boilerplate"])) + r")", re.IGNORECASE
        ),
    )


def _any_of(letters: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(set(letters))))}]")


def _by_word(languages: dict[str, dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """For each function word, the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for language, data in languages.items():
        for word in data["function_words"]:
            found[word] = (*found.get(word, ()), language)
    return found
