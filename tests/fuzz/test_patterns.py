"""Every regular expression of the package takes time in proportion to the text."""

from __future__ import annotations

import re

import pytest
from patterns import patterns, slowest

BOUNDED = {
    "pobratim.reading.clean.WORD_BEFORE": "looked for in the few characters before a hyphen",
    "pobratim.stages.tokens.LAST_WORD": "looked for in the twenty characters before a full stop",
    "pobratim.stages.neural.english.INFLECTED": "matched with a whole word of the dictionary",
    **{
        f"pobratim.stages.office_shapes.{name}": "matched with the whole of a few words"
        for name in ("AHEAD_COMMA", "NAMED_AFTER", "NAMED_BEFORE", "TO_NEXT", "LISTED")
    },
    "pobratim.stages.calendar.finder.NAME": "only reads the rules of the program itself",
}
"""Patterns that are quadratic by themselves, and why no text can make them take long."""


def test_the_patterns_of_readers_and_stages_are_linear() -> None:
    slow = []
    for place, pattern in patterns().items():
        name = place.split()[0]
        if name not in BOUNDED and (found := slowest(place, pattern)):
            slow.append(f"{name}: {found[0]:.0f} times the time for four times {found[1]}")
    assert slow == []


@pytest.mark.parametrize("slow", [r"\d+x", r"(?:a|b)*c", r"\s+$", r"(\w+\s*)+!"])
def test_a_pattern_that_is_not_linear_is_found(slow: str) -> None:
    assert slowest("here.SLOW 0", re.compile(slow))
