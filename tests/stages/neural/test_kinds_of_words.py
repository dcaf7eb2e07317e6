"""What the lists know of a word: the kinds of names it can belong to."""

from __future__ import annotations

import numpy as np
import pytest

from pobratim.stages.neural.kinds import KINDS, kinds_of, rows_of


def kinds(word: str) -> set[str]:
    return {kind for at, kind in enumerate(KINDS) if kinds_of(word) >> at & 1}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Эритрее", "country"),
        ("Iraq", "country"),
        ("Texas", "region"),
        ("Харбином", "large city"),
        ("Hollister", "town"),
        ("United", "begins a longer name"),
        ("Луке", "an ordinary word, too"),
        ("Laura", "given name"),
        ("Ольгой", "Name"),
        ("Овечкину", "Surn"),
        ("Варичевым", "Surn"),
        ("Петровичем", "Patr"),
        ("Париже", "Geox"),
        ("Делегация", "no name"),
        ("Делегация", "known word"),
    ],
)
def test_a_word_is_of_a_kind_in_any_of_its_forms(word: str, kind: str) -> None:
    assert kind in kinds(word)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Рокуццо", "known word"),
        ("Москвой", "country"),
        ("Iraq", "large city"),
        ("Brest", "given name"),
        ("Иванову", "country"),
    ],
)
def test_a_word_is_not_of_a_kind_that_no_list_has_it_as(word: str, kind: str) -> None:
    assert kind not in kinds(word)


@pytest.mark.parametrize("word", ["москва", "и", "А", "12", "«", "\u0301", "😀", "İ", "ßen"])
def test_a_small_word_a_mark_and_a_single_letter_are_of_no_kind(word: str) -> None:
    assert kinds(word) == set()


def test_rows_have_a_one_for_each_kind_of_the_word() -> None:
    rows = rows_of(["Харбин", "и", "Iraq"])
    assert rows.shape == (3, len(KINDS))
    assert rows.dtype == np.float32
    assert rows.sum(1).tolist() == [len(kinds("Харбин")), 0, len(kinds("Iraq"))]


def test_rows_of_no_words_are_none() -> None:
    assert rows_of([]).shape == (0, len(KINDS))
