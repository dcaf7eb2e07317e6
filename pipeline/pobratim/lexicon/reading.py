"""What reading knows about typography and web pages; the words are in ``data/reading/*.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pobratim.lexicon.files import read_all

__all__ = ["ReadingLexicon", "reading_lexicon"]


@dataclass(frozen=True, slots=True)
class ReadingLexicon:
    """``broken_words`` matches the space that a site's filter put into a word."""

    broken_words: re.Pattern[str]
    hyphen_prefixes: frozenset[str]
    function_words: dict[str, frozenset[str]]
    foreign_letters: dict[str, frozenset[str]]
    abbreviations: dict[str, frozenset[str]]
    boilerplate: re.Pattern[str]


@cache
def reading_lexicon() -> ReadingLexicon:
    """The lexicon, read once."""
    files = read_all("reading")
    general = files["general"]
    languages = {name: data for name, data in files.items() if name != "general"}
    split = (entry.split("|") for entry in general["broken"])
    broken = [rf"(?<=\b{re.escape(a)}) (?={re.escape(b)}\b)" for a, b in split]
    return ReadingLexicon(
        broken_words=re.compile("|".join(broken)),
        hyphen_prefixes=frozenset(general["hyphen_prefixes"]),
        function_words={k: frozenset(v["function_words"]) for k, v in languages.items()},
        foreign_letters={
            k: frozenset(v["letters"]) for k, v in languages.items() if "letters" in v
        },
        abbreviations={k: frozenset(v.get("abbreviations", ())) for k, v in languages.items()},
        boilerplate=re.compile(
            r"^(?:" + "|".join(map(re.escape, general["boilerplate"])) + r")", re.IGNORECASE
        ),
    )
