"""The TOML file that describes a token-classification model of a user's own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pobratim.errors import ModelError
from pobratim.schema import LABELS

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Description", "read_description"]

KEYS = frozenset({"model", "revision", "download", "aggregation", "labels", "threshold"})
AGGREGATIONS = ("first", "mean")


@dataclass(frozen=True, slots=True)
class Description:
    """What the file says; ``labels`` leads from the model's labels to those of the records.

    ``aggregation`` tells how a word's tag comes from those of its pieces: from the ``first``, as most
    models are trained, or from the ``mean`` of their probabilities.
    """

    path: Path
    model: str
    revision: str | None
    download: bool
    aggregation: str
    labels: dict[str, str]
    threshold: dict[str, float]


def read_description(path: Path) -> Description:
    """The description in ``path``.

    Raises:
        ModelError: it is missing, no TOML, or names what there is not.
    """
    if not path.is_file():
        raise ModelError(f"{path}: no such description of an entity model")
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"{path}: {error}") from error
    _check(path, given)
    labels = given["labels"]
    threshold = dict.fromkeys(labels.values(), 0.5) | given.get("threshold", {})
    return Description(
        path,
        given["model"],
        given.get("revision"),
        given.get("download", False),
        given.get("aggregation", AGGREGATIONS[0]),
        labels,
        threshold,
    )


def _check(path: Path, given: dict[str, Any]) -> None:
    for key in given:
        if key not in KEYS:
            raise ModelError(f"{path}: no setting {key!r}; there are {', '.join(sorted(KEYS))}")
    if not isinstance(given.get("model"), str):
        raise ModelError(f'{path}: model = "…" is missing: a folder, or a name on the model hub')
    if not isinstance(given.get("revision", ""), str):
        raise ModelError(f"{path}: revision is not a text")
    if not isinstance(given.get("download", False), bool):
        raise ModelError(f"{path}: download is neither true nor false")
    if given.get("aggregation", AGGREGATIONS[0]) not in AGGREGATIONS:
        raise ModelError(f"{path}: aggregation is none of {', '.join(AGGREGATIONS)}")
    labels = given.get("labels")
    if not isinstance(labels, dict) or not labels:
        raise ModelError(
            f'{path}: [labels] is missing: the model\'s labels to ours, PER = "PERSON"'
        )
    for theirs, ours in labels.items():
        if ours not in LABELS:
            raise ModelError(f"{path}: labels.{theirs} = {ours!r}; there are {', '.join(LABELS)}")
    threshold = given.get("threshold", {})
    for label, number in threshold.items():
        if label not in labels.values() or not isinstance(number, int | float):
            raise ModelError(f"{path}: threshold.{label} is no number for one of the labels above")
