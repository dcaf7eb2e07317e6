"""The entity model of a choice, loaded once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pobratim.errors import ModelError
from pobratim.stages.neural.choices import CHECKPOINT, FAST
from pobratim.stages.neural.released import folder_of, read_released

if TYPE_CHECKING:
    from pobratim.stages.neural.fast import WordModel
    from pobratim.stages.neural.released import Released
    from pobratim.stages.neural.seeing import EntityModel

__all__ = ["alone", "before", "model_in", "model_of", "models_of", "tagger_of"]


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
    """The models that a choice uses: that of the names, the one before it, and that of the tags."""
    model = model_of(entities)
    return list(dict.fromkeys((model, *before(model), tagger_of(entities))))


def before(model: EntityModel) -> list[EntityModel]:
    """The faster model that reads before ``model``, if one does."""
    from pobratim.stages.neural.cascade import Cascade

    return [model.first] if isinstance(model, Cascade) else []


def alone(model: EntityModel) -> EntityModel:
    """``model`` without the one that reads before it."""
    from pobratim.stages.neural.cascade import Cascade

    return model.second if isinstance(model, Cascade) else model


def model_in(folder: Path) -> EntityModel:
    """The model in a folder of the released models' format, behind the one that reads before it."""
    released = read_released(folder)
    if released.kind == "words":
        return _words(released)
    from pobratim.stages.neural.accurate import PieceModel

    model = PieceModel(released)
    if released.first is None:
        return model
    from pobratim.stages.neural.cascade import Cascade

    return Cascade(_words(read_released(released.first.folder)), model, released.first)


def _words(released: Released) -> WordModel:
    from pobratim.stages.neural.fast import WordModel

    if released.kind != "words":
        raise ModelError(f"{released.folder}: of the kind {released.kind}; words is wanted")
    return WordModel(released)
