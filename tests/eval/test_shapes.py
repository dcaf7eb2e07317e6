"""The shapes of text that cost most a character: their time grows in proportion."""

from __future__ import annotations

import pytest
from bench.shapes import SHAPES, seconds, text_of

from pobratim.stages.neural.choices import DEFAULT

SLOWEST = (
    "days in a list", "relative dates", "percents", "instruments", "agreements", "rows of a table",
    "companies", "initials, Latin", "signed",
)  # fmt: skip
"""Those that ``eval/bench/shapes.py`` puts first."""

SHORT = 10_000
GROWTH = 6.0
"""Four times the text: 4 in proportion, 16 where time is quadratic."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize("shape", SLOWEST)
def test_four_times_the_text_takes_about_four_times_as_long(shape: str) -> None:
    seconds(shape, 1000, DEFAULT)
    most = GROWTH * max(min(seconds(shape, SHORT, DEFAULT) for _ in range(2)), 0.1)
    assert any(seconds(shape, 4 * SHORT, DEFAULT) < most for _ in range(2))


def test_a_text_has_the_length_that_was_asked_for() -> None:
    assert {len(text_of(shape, 1234)) for shape in SHAPES} == {1234}
