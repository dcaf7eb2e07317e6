"""Every regular expression of the package takes time in proportion to the text."""

from __future__ import annotations

import re

import pytest
from patterns import patterns, slowest


def test_the_patterns_of_readers_and_stages_are_linear() -> None:
    slow = []
    for place, pattern in patterns().items():
        name = place.split()[0]
        if found := slowest(place, pattern):
            slow.append(f"{name}: {found[0]:.0f} times the time for four times {found[1]}")
    assert slow == []


@pytest.mark.parametrize("slow", [r"\d+x", r"(?:a|b)*c", r"\s+$", r"(\w+\s*)+!"])
def test_a_pattern_that_is_not_linear_is_found(slow: str) -> None:
    assert slowest("here.SLOW 0", re.compile(slow))
