"""Which models see the entities: the choices and the default, without loading anything."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pobratim.errors import ModelError

__all__ = ["ACCURATE", "CLASSIC", "DEFAULT", "FAST", "HELP", "check", "fingerprint"]

FAST, ACCURATE, CLASSIC = "fast", "accurate", "classic"
DEFAULT = FAST
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


def fingerprint(entities: str) -> str:
    """A digest of the files of a choice, by which results of another model are told apart.

    Empty for ``classic``, whose packages have versions. Of a checkpoint only its
    description is taken.
    """
    from pobratim.stages.neural.released import folder_of, read_released

    if entities == CLASSIC:
        return ""
    digest = hashlib.sha256()
    if entities.endswith(CHECKPOINT):
        digest.update(Path(entities).read_bytes() if Path(entities).is_file() else b"")
        return digest.hexdigest()
    folder = folder_of(entities) if entities in (FAST, ACCURATE) else Path(entities)
    first = read_released(folder).first
    folders = [folder, folder / "../vocabulary", *([first.folder] if first else [])]
    for path in sorted(p for each in folders for p in each.glob("*") if p.is_file()):
        data = path.read_bytes()
        digest.update(f"{path.name} {len(data)}\n".encode() + data)
    return digest.hexdigest()
