"""What agreements are called and what is done with them; the words are in ``data/instruments``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from pobratim.errors import LexiconError
from pobratim.lexicon.files import read_all
from pobratim.schema import Instrument, Purpose

__all__ = ["InstrumentLexicon", "Needs", "instrument_lexicon"]


@dataclass(frozen=True, slots=True)
class Needs:
    """What an ordinary word needs beside it to name an instrument; any one is enough."""

    before: frozenset[str]
    after: frozenset[str]
    about: bool
    signing: bool = True
    """Whether a word of signing right beside it is enough."""


@dataclass(frozen=True, slots=True)
class InstrumentLexicon:
    """One language's words; see the comments in its file."""

    instruments: dict[str, Instrument]
    needs: dict[str, Needs]
    purposes: tuple[tuple[Purpose, tuple[str, ...]], ...]
    naming: frozenset[str]
    loose: frozenset[str]
    about: frozenset[str]
    between: frozenset[str]
    with_: frozenset[str]
    sign: frozenset[str]
    sign_weak: frozenset[str]
    plan: frozenset[str]
    end: frozenset[str]
    force: frozenset[str]
    fields: frozenset[str]
    stop: frozenset[str]
    also: frozenset[str]
    none: frozenset[str]
    of_date: frozenset[str]
    term: frozenset[str]
    pending: frozenset[str]
    signatory: frozenset[str]
    contrast: frozenset[str]
    valid: frozenset[str]
    negotiation: frozenset[str]
    signing_field: frozenset[str]
    party_field: frozenset[str]
    occasion: frozenset[str]
    visit: frozenset[str]
    actors: frozenset[str]
    speech: frozenset[str]
    ruling: frozenset[str]
    ruling_first: frozenset[str]
    kept: frozenset[str]
    denial: frozenset[str]
    idle: frozenset[str]
    achieved: frozenset[str]
    signing_nouns: frozenset[str]
    dated: frozenset[str]
    beginning: frozenset[str]
    renewal: frozenset[str]
    entering: frozenset[str]
    entering_through: frozenset[str]
    both: frozenset[str]
    there: frozenset[str]
    witness: frozenset[str]
    pointing: frozenset[str]
    minutes_of: frozenset[str]
    status_field: frozenset[str]
    ended: frozenset[str]
    linking: frozenset[str]
    similar: frozenset[str]
    columns: frozenset[str]
    seats: tuple[str, ...]
    intent: frozenset[str]
    on_field: frozenset[str]
    side: frozenset[str]
    pronouns: frozenset[str]
    on_behalf: frozenset[str]
    signs_for: frozenset[str]
    draft: frozenset[str]
    plans: frozenset[str]
    to_come: frozenset[str]
    anniversary: frozenset[str]

    def purpose_of(self, words: list[str]) -> Purpose:
        """The first purpose of which a word has a stem; ``other`` if none has."""
        parts = {part for word in words for part in (word, *word.split("-")[1:])}
        for purpose, stems in self.purposes:
            if any(part.startswith(stems) for part in parts):
                return purpose
        return "other"


@cache
def instrument_lexicon() -> dict[str, InstrumentLexicon]:
    """The words of each language.

    Raises:
        LexiconError: an instrument or purpose that the schema does not know.
    """
    return {
        language: _lexicon(language, data) for language, data in read_all("instruments").items()
    }


def _lexicon(language: str, data: dict[str, Any]) -> InstrumentLexicon:
    for kind, names, known in (
        ("instrument", data["instruments"].values(), get_args(Instrument)),
        ("purpose", data["purpose"], get_args(Purpose)),
    ):
        for name in names:
            if name not in known:
                raise LexiconError(
                    f"lexicon file instruments/{language}.toml: no {kind} {name!r}; "
                    f"there are {', '.join(known)}"
                )
    words = {name: frozenset(values) for name, values in data["words"].items()}
    return InstrumentLexicon(
        instruments=data["instruments"],
        needs={
            word: Needs(
                frozenset(need.get("before", ())),
                frozenset(need.get("after", ())),
                need["about"],
                need.get("signing", True),
            )
            for word, need in data["only_with"].items()
        },
        purposes=tuple((purpose, tuple(stems)) for purpose, stems in data["purpose"].items()),
        with_=words.pop("with"),
        seats=tuple(data["page"]["seats"]),
        **words,
    )
