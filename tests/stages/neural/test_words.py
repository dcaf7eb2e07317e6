"""How a word looks and how it is cut: what training and serving share."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_models

from pobratim.errors import ModelError
from pobratim.stages.neural.pieces import MOST_PIECES, UNKNOWN, Pieces, space_before
from pobratim.stages.neural.shapes import SHAPES, shape_id

ALIKE = [
    ("дом", "река"),
    ("Дом", "Хабаровск"),
    ("США", "КНР"),
    ("Harbin", "Great"),
    ("2019", "1993"),
    ("12345", "1000000"),
    ("1,5", "17.3"),
    ("города-побратимы", "социально-экономический"),
    ("«", "“"),
    ("XXVII", "IX"),
    ("https://example.org/a", "mayor@example.org"),
]
DIFFERENT = [
    ("дом", "Дом"),
    ("Дом", "ДОМ"),
    ("Дом", "Harbin"),
    ("А", "США"),
    ("5", "15"),
    ("«", "»"),
    ("(", ")"),
    ("2", "2-й"),
    (".", ","),
    ("IX", "UN"),
    ("дом", "дом-музей"),
    ("iPhone", "Iphone"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_words_of_one_form_have_one_shape(one: str, other: str) -> None:
    assert shape_id(one, True) == shape_id(other, True)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_of_different_form_have_different_shapes(one: str, other: str) -> None:
    assert shape_id(one, True) != shape_id(other, True)


def test_the_space_before_a_word_is_part_of_its_shape() -> None:
    assert shape_id("дом", True) != shape_id("дом", False)


def test_every_character_has_a_shape_within_the_count() -> None:
    words = [chr(code) for code in range(0x20, 0x3000) if not chr(code).isspace()]
    found = {shape_id(word, space) for word in words for space in (True, False)}
    assert min(found) >= 0
    assert max(found) < SHAPES <= 256


def test_white_space_or_nothing_stands_before_a_word_that_is_not_glued() -> None:
    text = "Мэр (Осло)\nи"
    starts = [0, 4, 5, 9, 11]
    assert space_before(text, starts) == [True, True, False, False, True]


def test_a_word_is_cut_alike_whatever_was_cut_before(tmp_path: Path) -> None:
    path = tiny_models.vocabulary(tmp_path)
    words = ["город", "дом", "город", "Осло"]
    spaces = [True, True, False, True]
    alone = [
        Pieces(path).ids([word], [space])[0] for word, space in zip(words, spaces, strict=True)
    ]
    forgetful = Pieces(path, limit=2)
    assert forgetful.ids(words, spaces) == alone
    assert forgetful.ids(words[::-1], spaces[::-1]) == alone[::-1]
    assert alone[0] != alone[2]


def test_a_word_of_any_length_or_script_has_some_pieces_but_not_many(tmp_path: Path) -> None:
    pieces = Pieces(tiny_models.vocabulary(tmp_path))
    long, strange = pieces.ids(["http" * 500, "漢"], [True, False])
    assert len(long) == MOST_PIECES
    assert strange == (UNKNOWN,)


def test_a_missing_vocabulary_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no vocabulary at .*tokenizer\.json"):
        Pieces(tmp_path / "tokenizer.json").ids(["a"], [True])
