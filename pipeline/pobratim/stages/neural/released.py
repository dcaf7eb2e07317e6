"""The released models: where they are, and what their ``config.json`` says of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pobratim.errors import ModelError
from pobratim.schema import LABELS

__all__ = ["First", "Released", "find_folder", "folder_of", "read_released"]


LAYERS = (*LABELS, "NAME")
"""Labels of the records, and the bare name of a body, without quotes and the noun of its kind."""

TAGS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
    "PUNCT", "SCONJ", "SPACE", "SYM", "VERB", "X",
)  # fmt: skip
"""Universal Dependencies' parts of speech."""


@dataclass(frozen=True, slots=True)
class First:
    """A faster model that reads before another one, which reads what this one is not ``sure`` of.

    ``sure`` is the probability that every word of a sentence must reach in every label; ``share`` is the
    weight of the other model's logits in the mean of both.
    """

    folder: Path
    sure: float
    share: float


@dataclass(frozen=True, slots=True)
class Released:
    """A model's folder and its configuration.

    ``kind`` is ``pieces`` (a transformer over pieces) or ``words`` (a convolution over words);
    ``context`` how many words on each side a word's answer depends on; ``temperature`` and
    ``threshold`` hold one number a label: what its logits are divided by before they are read as
    probabilities, and the probability from which a span fills a gap that the rules left. ``first`` is
    the model that reads before it, if one does.
    """

    folder: Path
    name: str
    version: str
    kind: Literal["pieces", "words"]
    labels: tuple[str, ...]
    upos: tuple[str, ...]
    max_pieces: int
    context: int
    vocabulary: Path
    temperature: dict[str, float]
    threshold: dict[str, float]
    first: First | None = None


def find_folder(name: str) -> Path | None:
    """The folder of a released model, in the installed package or in the checkout, if it is there."""
    return next((place for place in _places(name) if (place / "config.json").is_file()), None)


def folder_of(name: str) -> Path:
    """The same where it must be there.

    Raises:
        ModelError: it is not.
    """
    found = find_folder(name)
    if found is None:
        package, checkout = _places(name)
        raise ModelError(
            f"no weights of the entity model {name!r} at {package} or {checkout}; install a release "
            "that carries them, or choose --entities classic"
        )
    return found


def _places(name: str) -> tuple[Path, Path]:
    package = Path(str(files("pobratim")))
    return package / "weights" / name, package.parents[1] / "models" / "weights" / name


def read_released(folder: Path) -> Released:
    """The configuration of the model in ``folder``.

    Raises:
        ModelError: ``config.json`` is missing or is not as the format says.
    """
    path = folder / "config.json"
    if not path.is_file():
        raise ModelError(f"{path}: missing; a model's folder has config.json and model.onnx")
    try:
        given = json.loads(path.read_text("utf-8"))
        found = Released(
            folder=folder,
            name=str(given["name"]),
            version=str(given["version"]),
            kind=given["kind"],
            labels=tuple(given["labels"]),
            upos=tuple(given.get("upos", ())),
            max_pieces=int(given.get("max_pieces", 0)),
            context=int(given.get("context", 0)),
            vocabulary=(folder / given["vocabulary"]).resolve(),
            temperature=_numbers(given, "temperature", 1.0),
            threshold=_numbers(given, "threshold", 0.5),
            first=_first(given.get("first"), folder),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(f"{path}: {type(error).__name__}: {error}") from error
    _check(path, found)
    return found


def _numbers(given: dict[str, Any], name: str, default: float) -> dict[str, float]:
    numbers = given.get(name, {})
    return {label: float(numbers.get(label, default)) for label in given["labels"]}


def _first(given: dict[str, Any] | None, folder: Path) -> First | None:
    if given is None:
        return None
    return First((folder / given["model"]).resolve(), float(given["sure"]), float(given["share"]))


def _check(path: Path, found: Released) -> None:
    unknown = [label for label in found.labels if label not in LAYERS]
    if unknown or not found.labels:
        raise ModelError(f"{path}: labels {unknown}; there are {', '.join(LAYERS)}")
    if found.kind not in ("pieces", "words"):
        raise ModelError(f"{path}: kind {found.kind!r}; there are pieces, words")
    if found.kind == "pieces" and not 40 <= found.max_pieces <= 512:
        raise ModelError(f"{path}: max_pieces {found.max_pieces}; 40 to 512 are served")
    if found.kind == "words" and not 0 <= found.context <= 512:
        raise ModelError(f"{path}: context {found.context}; 0 to 512 words are served")
    if found.first and found.kind != "pieces":
        raise ModelError(f"{path}: first: only a model of the kind pieces has one before it")
    if found.first and not (0 <= found.first.sure <= 1 and 0 <= found.first.share <= 1):
        raise ModelError(f"{path}: first: sure and share are numbers from 0 to 1")
    strange = [tag for tag in found.upos if tag not in TAGS]
    if strange:
        raise ModelError(f"{path}: upos {strange}; there are {', '.join(TAGS)}")
    if not min(found.temperature.values()) > 0:
        raise ModelError(f"{path}: a temperature is not above 0")
