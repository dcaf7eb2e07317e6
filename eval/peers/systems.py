"""The systems that are compared, each by name, language and what it claims to find."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from peers import dateparser_peer, natasha_peer, spacy_peer

if TYPE_CHECKING:
    from collections.abc import Callable

    from pobratim.schema import Document

    Run = Callable[[str, str, str | None], Document]

NAMES_PLACES_BODIES = frozenset({"Places", "People", "Organizations"})
DATES = frozenset({"Dates", "Dates with value"})
COUNTS = frozenset({"Counts", "Counts with number"})


@dataclass(frozen=True)
class System:
    """A tool; ``groups`` are the rows of the comparison (:data:`peers.scores.GROUPS`) it answers."""

    name: str
    languages: frozenset[str]
    groups: frozenset[str]
    load: Callable[[], Run]


def _pobratim() -> Run:
    import pobratim

    pobratim.load()

    def run(text: str, _language: str, _reference: str | None) -> Document:
        return pobratim.extract(text)

    return run


@cache
def loaded(system: System) -> Run:
    """The system, ready to run; loaded once a process."""
    return system.load()


RUSSIAN, ENGLISH, BOTH = frozenset({"ru"}), frozenset({"en"}), frozenset({"ru", "en"})

POBRATIM = System(
    "Pobratim",
    BOTH,
    NAMES_PLACES_BODIES | DATES | COUNTS | {"Roles", "Events", "Agreements"},
    _pobratim,
)
PEERS = (
    System("Natasha", RUSSIAN, NAMES_PLACES_BODIES | DATES, natasha_peer.load),
    System("Natasha, names alone", RUSSIAN, frozenset({"People"}), natasha_peer.load_names),
    System(
        "spaCy",
        ENGLISH,
        NAMES_PLACES_BODIES | DATES | COUNTS | {"Events", "Agreements"},
        spacy_peer.load,
    ),
    System("dateparser", BOTH, DATES, dateparser_peer.load),
)
