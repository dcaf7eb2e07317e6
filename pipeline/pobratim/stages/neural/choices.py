"""Which models see the entities: the choices and the default, without loading anything."""

from __future__ import annotations

from pathlib import Path

from pobratim.errors import ModelError

__all__ = ["ACCURATE", "CLASSIC", "DEFAULT", "FAST", "HELP", "check"]

FAST, ACCURATE, CLASSIC = "fast", "accurate", "classic"
DEFAULT = CLASSIC
CHECKPOINT = ".toml"

HELP = (
    "What sees the names: fast or accurate (our own models), classic (Natasha and spaCy), "
    "the folder of a model, or a .toml file that describes a Hugging Face one."
)


def check(entities: str) -> str:
    """``entities``, if it is one of the choices.

    Raises:
        ModelError: it is none.
    """
    if entities in (FAST, ACCURATE, CLASSIC) or entities.endswith(CHECKPOINT):
        return entities
    if Path(entities).is_dir():
        return entities
    raise ModelError(
        f"no entity model {entities!r}; there are {FAST}, {ACCURATE}, {CLASSIC}, the folder of a "
        f"model, and a {CHECKPOINT} file that describes a Hugging Face model"
    )
