"""The systems that are compared, each by name, language and what it claims to find."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from peers import dateparser_peer, model_alone, natasha_peer, spacy_peer
from peers.scores import ANY_PLACE, NAMES
from pobratim.stages.neural.choices import ACCURATE, CLASSIC, DEFAULT, FAST
from pobratim.stages.neural.released import find_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from pobratim.schema import Document

    Run = Callable[[str, str, str | None], Document]

NAMES_PLACES_BODIES = frozenset({"Places", "People", "Organizations", ANY_PLACE, NAMES})
DATES = frozenset({"Dates", "Dates with value"})
COUNTS = frozenset({"Counts", "Counts with number"})


@dataclass(frozen=True)
class System:
    """A tool; ``groups`` are the rows of the comparison (:data:`peers.scores.GROUPS`) it answers.

    ``own`` is true of Pobratim and its parts, which are no peers.
    """

    name: str
    languages: frozenset[str]
    groups: frozenset[str]
    load: Callable[[], Run]
    own: bool = False


def _pobratim(entities: str = DEFAULT) -> Run:
    import pobratim

    pobratim.load(entities=entities)

    def run(text: str, _language: str, _reference: str | None) -> Document:
        return pobratim.extract(text, entities=entities)

    return run


@cache
def loaded(system: System) -> Run:
    """The system, ready to run; loaded once a process."""
    return system.load()


RUSSIAN, ENGLISH, BOTH = frozenset({"ru"}), frozenset({"en"}), frozenset({"ru", "en"})

EVERYTHING = NAMES_PLACES_BODIES | DATES | COUNTS | {"Roles", "Events", "Agreements"}
POBRATIM = System("Pobratim", BOTH, EVERYTHING, _pobratim, own=True)
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


def variants(bare: bool = False) -> tuple[System, ...]:
    """Pobratim with every other choice of entity model that is there, and each model alone.

    ``bare`` lets the models alone answer with the bare names of bodies.
    """
    there = [name for name in (FAST, ACCURATE) if find_folder(name)]
    others = [name for name in (CLASSIC, *there) if name != DEFAULT]
    whole = [
        System(f"Pobratim, {name}", BOTH, EVERYTHING, partial(_pobratim, name), own=True)
        for name in others
    ]
    labels = NAMES_PLACES_BODIES | {"Roles", "Events", "Agreements"}
    alone = [
        System(f"{name} model alone", BOTH, labels, partial(model_alone.load, name, bare), own=True)
        for name in there
    ]
    return (*whole, *alone)
