"""The entity model of a choice, loaded once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pobratim.stages.neural.choices import CHECKPOINT, FAST
from pobratim.stages.neural.released import folder_of, read_released

if TYPE_CHECKING:
    from pobratim.stages.neural.seeing import EntityModel

__all__ = ["model_in", "model_of", "models_of", "tagger_of"]


@cache
def model_of(entities: str) -> EntityModel:
    """The model that ``entities`` names: a released one, a folder's, or a described checkpoint's.

    Raises:
        ModelError: it is missing, or its files are not as they should be.
    """
    if entities.endswith(CHECKPOINT):
        from pobratim.stages.neural.checkpoint import Checkpoint
        from pobratim.stages.neural.description import read_description

        return Checkpoint(read_description(Path(entities)))
    return model_in(_folder(entities))


def _folder(entities: str) -> Path:
    return Path(entities) if Path(entities).is_dir() else folder_of(entities)


def tagger_of(entities: str) -> EntityModel:
    """The model that tags English words for ``entities``: itself, the one beside it, or ``fast``."""
    model = model_of(entities)
    beside = Path(entities).parent / FAST
    if model.tagset:
        return model
    return model_of(str(beside) if (beside / "config.json").is_file() else FAST)


def models_of(entities: str) -> list[EntityModel]:
    """The models that a choice uses: the one of the names, and the one of the tags if it has none."""
    return list(dict.fromkeys((model_of(entities), tagger_of(entities))))


def model_in(folder: Path) -> EntityModel:
    """The model in a folder of the released models' format."""
    released = read_released(folder)
    if released.kind == "words":
        from pobratim.stages.neural.fast import WordModel

        return WordModel(released)
    from pobratim.stages.neural.accurate import PieceModel

    return PieceModel(released)
