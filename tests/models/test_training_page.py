"""A training text as the program's models read it."""

from __future__ import annotations

import numpy as np
from texts import Text


def test_a_training_text_is_a_page_of_the_program() -> None:
    text = Text(
        id="one",
        source="dev",
        language="en",
        words=["Oslo", ".", "We", "met", "."],
        spaced=np.array([True, False, True, True, False]),
        blocks=np.array([3, 3, 4, 4, 4], np.int32),
        sentences=np.array([7, 7, 8, 8, 8], np.int32),
        layers=np.zeros((5, 1), np.int8),
        upos=np.zeros(5, np.int8),
    )
    page = text.page
    assert page.words == text.words
    assert page.spaces == [True, False, True, True, False]
    assert page.sentences == [(0, 2), (2, 5)]
    assert page.breaks.tolist() == [True, False, True, False, False]
