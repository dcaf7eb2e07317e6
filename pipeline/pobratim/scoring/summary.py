"""The result of an evaluation: a typed model that is saved as JSON and drawn as a report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pobratim.errors import EvaluationError
from pobratim.scoring.intervals import Verdict
from pobratim.scoring.metrics import Key

if TYPE_CHECKING:
    from pathlib import Path

SUMMARY_VERSION = "1"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Estimate(_Model):
    """A value with its 95 % interval; absent where it is undefined or there is too little data."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, value: float, low: float, high: float) -> Estimate:
        """From floats, NaN meaning absent; rounded to six digits."""
        return cls(value=_number(value), low=_number(low), high=_number(high))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)


class Score(_Model):
    """Precision, recall and F1 of one thing, with how many items gold and system have of it.

    ``gold`` and ``system`` are absent for averages. Where ``measure`` is ``accuracy`` all three
    are the share of right answers, and the numbers are of matched pairs.
    """

    family: str
    measure: str
    label: str
    precision: Estimate
    recall: Estimate
    f1: Estimate
    gold: int | None = None
    system: int | None = None

    @property
    def key(self) -> Key:
        return Key(self.family, self.measure, self.label)


class Difference(_Model):
    """F1 of the system minus F1 of another on the same sections, drawn in pairs."""

    family: str
    measure: str
    label: str
    difference: Estimate
    verdict: Verdict

    @property
    def key(self) -> Key:
        return Key(self.family, self.measure, self.label)


class Comparison(_Model):
    """``against`` what the system is compared; ``paired`` is false where only totals could be."""

    against: str
    paired: bool
    differences: list[Difference] = []


class CurvePoint(_Model):
    """Strict micro scores of the mentions with a score of ``threshold`` or more."""

    threshold: float
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None


class Bin(_Model):
    """Mentions with scores from ``low`` to ``high``: their mean score and the share right."""

    low: float
    high: float
    count: int
    score: float | None = None
    right: float | None = None


class Calibration(_Model):
    """Reliability bins and the expected calibration error (0 to 1)."""

    error: Estimate
    bins: list[Bin]


class Confusion(_Model):
    """Rows are gold labels, columns system labels; the last of each is "none"."""

    labels: list[str]
    counts: list[list[int]]


class SchemeOutcomes(_Model):
    """The five counts of SemEval-2013 task 9.1, over all labels."""

    scheme: Literal["strict", "exact", "partial", "type"]
    correct: int
    incorrect: int
    partial: int
    missed: int
    spurious: int


class Group(_Model):
    """The scores of some of the sections: a language or a document."""

    name: str
    sections: int
    scores: list[Score]


class SectionCounts(_Model):
    """The headline counts of a section, so that a later run can be compared in pairs.

    ``gold`` is the SHA-256 of the gold document; ``counts`` are in the order of
    :class:`pobratim.scoring.metrics.Tally`.
    """

    id: str
    gold: str
    counts: dict[str, tuple[float, float, float, float]]


class Summary(_Model):
    """Everything an evaluation found, but the mistakes."""

    summary_version: Literal["1"] = "1"
    gold: str
    system: str
    pipeline: str | None = None
    threshold: float | None = None
    seed: int
    resamples: int
    sections: int
    documents: int
    mistakes: dict[str, int] = {}
    scores: list[Score]
    outcomes: list[SchemeOutcomes]
    languages: list[Group]
    by_document: list[Group]
    confusion: Confusion
    curve: list[CurvePoint] = []
    calibration: Calibration | None = None
    comparison: Comparison | None = None
    baseline: Comparison | None = None
    section_counts: list[SectionCounts]

    def find(self, key: Key) -> Score | None:
        """The score of ``key``, or None where the evaluation has none."""
        return next((score for score in self.scores if score.key == key), None)


def read_summary(path: Path) -> Summary:
    """A saved summary, such as a baseline of record.

    Raises:
        EvaluationError: there is no such file, or it is no summary of this version.
    """
    if not path.is_file():
        raise EvaluationError(
            f"{path}: no such baseline; save one with `pobratim evaluate … --json {path}`"
        )
    try:
        return Summary.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise EvaluationError(
            f"{path}: not a summary of version {SUMMARY_VERSION} ({place}: {first['msg']}); "
            "save a new one with `pobratim evaluate … --json FILE`"
        ) from error
