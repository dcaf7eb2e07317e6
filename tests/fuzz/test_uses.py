"""A pattern that is only matched at a place is told from one that is searched for."""

from __future__ import annotations

import pytest
from uses import is_searched


@pytest.mark.parametrize(
    ("place", "searched"),
    [
        ("pobratim.reading.clean.WORD_AFTER 1", False),
        ("pobratim.reading.clean.WORD_BEFORE 2", True),
        ("pobratim.stages.tokens.WORD 3", True),
        ("pobratim.stages.neural.english.INFLECTED 4", False),  # by its key
        ("pobratim.stages.office_shapes.NAMED_AFTER 5", False),  # by a function
        ("pobratim.stages.office_shapes.TO_NEXT 6", False),  # by a method
        ("pobratim.lexicon.reading.reading_lexicon() 7", True),
        ("pobratim.reading.clean.NOT_THERE 8", True),
    ],
)
def test_what_is_not_seen_to_be_only_matched_counts_as_searched_for(
    place: str, searched: bool
) -> None:
    assert is_searched(place) is searched
