"""Words that tell when somebody is in office; the words are in ``data/observing``."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pobratim.lexicon.files import read_all

__all__ = ["ObservingWords", "observing_words"]


class ObservingWords(NamedTuple):
    """``openers`` lead from a person to the years of an office, ``speech`` to what is told.

    ``clauses`` begin what is told beside the sentence, ``relatives`` what may be; ``until`` leads to an
    end, or to what a plan is for; ``weekdays`` stand in headings beside a date, ``as_of`` before one
    that is not of the text (but of ``acts``), ``contacts`` in lines that tell whom to ask.
    """

    openers: frozenset[str]
    speech: frozenset[str]
    clauses: frozenset[str]
    relatives: frozenset[str]
    until: frozenset[str]
    weekdays: frozenset[str]
    as_of: frozenset[str]
    acts: frozenset[str]
    contacts: frozenset[str]


@cache
def observing_words() -> ObservingWords:
    """The words of all languages, read once."""
    files = read_all("observing").values()

    def words(table: str, key: str) -> frozenset[str]:
        return frozenset(word for data in files for word in data[table][key])

    return ObservingWords(
        words("tenure", "openers"),
        words("speech", "verbs"),
        words("speech", "clauses"),
        words("speech", "relatives"),
        words("speech", "until"),
        words("lines", "weekdays"),
        words("lines", "as_of"),
        words("lines", "acts"),
        words("lines", "contacts"),
    )
