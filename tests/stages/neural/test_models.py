"""Reading a document with models of the released format."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import onnx
import pytest
import tiny_models
from onnx import numpy_helper

from pobratim.errors import ModelError
from pobratim.stages.neural.decoding import Span, spans
from pobratim.stages.neural.fast import WordModel, chunks, laid_out
from pobratim.stages.neural.kinds import KINDS, rows_of
from pobratim.stages.neural.loading import model_in
from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.released import folder_of, read_released
from pobratim.stages.neural.seeing import Page, page_of
from pobratim.stages.neural.vectors import WordVectors
from pobratim.stages.neural.windows import batches, windows
from pobratim.stages.pipeline import build
from pobratim.stages.workspace import workspace

ROOT = Path(__file__).resolve().parents[3]
O, B, I = [5.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 5.0]  # noqa: E741


@pytest.fixture(scope="module")
def page() -> Page:
    text = (ROOT / "corpus" / "mayors-meeting-kamchatka-en.txt").read_text("utf-8")
    return page_of(workspace(build().tokenizer(text)))


def part(page: Page, start: int, end: int) -> Page:
    sentences = [
        (max(a, start) - start, min(b, end) - start)
        for a, b in page.sentences
        if a < end and b > start
    ]
    return Page(page.words[start:end], page.spaces[start:end], page.block_of[start:end], sentences)


def decoded(*layers: list[list[float]], breaks: tuple[int, ...] = ()) -> list[tuple[str, int, int]]:
    labels = ["CITY", "ORGANIZATION"][: len(layers)]
    logits = np.concatenate([np.array(layer) for layer in layers], axis=1)
    marks = np.isin(np.arange(len(logits)), [0, *breaks])
    found = spans(logits, labels, dict.fromkeys(labels, 1.0), marks)
    return [(one.label, one.start, one.end) for one in found]


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ([O, O], []),
        ([B, I, O], [(0, 2)]),
        ([O, I, I], [(1, 3)]),
        ([B, B, I], [(0, 1), (1, 3)]),
        ([B, O, I], [(0, 1), (2, 3)]),
    ],
)
def test_a_span_begins_at_b_or_at_i_behind_o(
    layer: list[list[float]], expected: list[tuple[int, int]]
) -> None:
    assert decoded(layer) == [("CITY", *span) for span in expected]


def test_no_span_goes_over_a_break() -> None:
    assert decoded([B, I, I, I], breaks=(2,)) == [("CITY", 0, 2), ("CITY", 2, 4)]


def test_spans_of_different_labels_nest_and_come_outer_first() -> None:
    assert decoded([O, B, O], [B, I, I]) == [("ORGANIZATION", 0, 3), ("CITY", 1, 2)]


def test_a_span_is_as_probable_as_its_words_on_average_and_less_so_when_hotter() -> None:
    logits = np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 1.0]])
    breaks = np.array([True, False])
    (cold,) = spans(logits, ["CITY"], {"CITY": 1.0}, breaks)
    (hot,) = spans(logits, ["CITY"], {"CITY": 4.0}, breaks)
    first = 1 - 1 / (2 + np.exp(2))
    second = 1 - 1 / (2 + np.exp(1))
    assert cold.probability == pytest.approx((first + second) / 2)
    assert 2 / 3 < hot.probability < cold.probability


def test_blocks_are_apart_by_an_empty_row() -> None:
    places, length = laid_out(np.array([0, 0, 1, 4, 4]))
    assert places.tolist() == [0, 1, 3, 5, 6]
    assert length == 7


@pytest.mark.parametrize("size", [1, 3, 100])
def test_chunks_keep_each_row_once_with_its_context(size: int) -> None:
    kept = []
    for start, end, first, last in chunks(50, size, 4):
        assert start == max(0, first - 4)
        assert end == min(50, last + 4)
        kept += range(first, last)
    assert kept == list(range(50))


def test_the_fast_kind_gives_the_same_numbers_for_any_chunk(tmp_path: Path, page: Page) -> None:
    released = read_released(tiny_models.fast(tmp_path))
    whole, _ = WordModel(released, chunk=10**6).logits(page)
    for chunk in (1, 7, 64):
        cut, _ = WordModel(released, chunk=chunk).logits(page)
        np.testing.assert_allclose(cut, whole, atol=1e-5)


def test_the_fast_kind_tags_every_word_where_asked(tmp_path: Path, page: Page) -> None:
    model = model_in(tiny_models.fast(tmp_path))
    tags = model.see(page, tags=True).tags
    assert tags is not None
    assert len(tags) == len(page.words)
    assert set(tags) <= set(tiny_models.UPOS)
    assert model.see(page).tags is None


def test_what_is_beyond_the_context_changes_nothing(tmp_path: Path, page: Page) -> None:
    model = WordModel(read_released(tiny_models.fast(tmp_path)))
    whole, _ = model.logits(page)
    cut, _ = model.logits(part(page, 0, 60))
    far = 60 - tiny_models.CONTEXT
    np.testing.assert_allclose(cut[:far], whole[:far], atol=1e-5)


def test_a_words_vector_is_the_same_whatever_was_forgotten(tmp_path: Path, page: Page) -> None:
    folder = tiny_models.fast(tmp_path)
    released = read_released(folder)
    roomy = WordModel(released)
    tight = WordModel(released)
    tight._vectors = WordVectors(folder, tight._vectors.pieces, limit=10)
    for start in range(0, 200, 40):
        piece = part(page, start, start + 40)
        assert np.array_equal(roomy.logits(piece)[0], tight.logits(piece)[0])


def test_windows_pack_sentences_and_keep_every_word_once() -> None:
    lengths = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4] * 3
    sentences = [(0, 4), (4, 6), (6, 46), (46, 50), (50, 51), (51, 60)]
    found = list(windows(lengths, sentences, 40))
    assert [at for one in found for at in range(one.first, one.last)] == list(range(60))
    for one in found:
        assert one.start <= one.first < one.last <= one.end
        assert one.pieces == sum(lengths[one.start : one.end]) <= 40
    assert (found[0].start, found[0].end) == (0, 6)


def test_a_word_of_a_long_sentence_is_kept_from_the_window_where_it_is_farthest_from_an_edge() -> (
    None
):
    found = list(windows([1] * 100, [(0, 100)], 20))
    for at in range(100):

        def margin(one, at=at):
            left = at - one.start if one.start else 100
            right = one.end - 1 - at if one.end < 100 else 100
            return min(left, right)

        (keeper,) = [one for one in found if one.first <= at < one.last]
        others = [one for one in found if one.start <= at < one.end]
        assert margin(keeper) >= max(map(margin, others)) - 1


def test_batches_hold_windows_of_like_length_and_all_of_them() -> None:
    made = list(windows([1] * 100, [(at, at + 10) for at in range(0, 100, 10)], 30))
    found = list(batches(made, 70))
    assert sorted(one for batch in found for one in batch) == sorted(made)
    assert all(max(one.pieces for one in batch) * len(batch) <= 70 for batch in found)


def test_the_accurate_kind_reads_every_word_in_windows_as_alone(tmp_path: Path, page: Page) -> None:
    """The tiny network looks one piece to each side, so that only words at edges may differ."""
    folder = tiny_models.accurate(tmp_path)
    narrow, _ = model_in(folder).logits(page)
    tiny_models.configure(folder, max_pieces=512)
    wide, _ = model_in(folder).logits(page)
    same = np.isclose(narrow, wide, atol=1e-4).all(axis=1)
    assert same.mean() > 0.9
    assert np.abs(narrow).sum(axis=1).min() > 0


def test_the_accurate_kind_gives_the_same_numbers_again(tmp_path: Path, page: Page) -> None:
    folder = tiny_models.accurate(tmp_path)
    assert model_in(folder).see(page).spans == model_in(folder).see(page).spans != []


def test_a_telling_model_tells_its_spans(tmp_path: Path, page: Page) -> None:
    model = model_in(tiny_models.telling(tmp_path, CITY="Oslo"))
    found = model.see(page).spans
    assert found
    assert all(isinstance(one, Span) and one.label == "CITY" for one in found)
    assert all(page.words[one.start].istitle() for one in found)


BROKEN = [
    ({"kind": "graph"}, r"kind 'graph'; there are pieces, words"),
    ({"labels": ["TOWN"]}, r"labels \['TOWN'\]; there are CITY, .*PERSON"),
    ({"upos": ["NOUN", "VB"]}, r"upos \['VB'\]; there are ADJ"),
    ({"temperature": {"CITY": 0}}, r"a temperature is not above 0"),
    ({"context": 9999}, r"context 9999; 0 to 512"),
    ({"labels": tiny_models.LABELS[:2]}, r"gives 15 numbers a word, .* tells of 6"),
    ({"vocabulary": "elsewhere.json"}, r"no vocabulary at .*elsewhere\.json"),
]


@pytest.mark.parametrize(("settings", "message"), BROKEN)
def test_a_model_that_is_not_as_it_says_is_refused(
    tmp_path: Path, page: Page, settings: dict[str, object], message: str
) -> None:
    folder = tiny_models.fast(tmp_path)
    tiny_models.configure(folder, **settings)
    with pytest.raises(ModelError, match=message):
        model_in(folder).see(page)


@pytest.mark.parametrize("name", ["config.json", "model.onnx", "pieces.npy", "shapes.npy"])
def test_a_missing_file_is_named(tmp_path: Path, page: Page, name: str) -> None:
    folder = tiny_models.fast(tmp_path)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"{name}: missing"):
        model_in(folder).see(page)


@pytest.mark.parametrize("name", ["model.onnx", "pieces.npy"])
def test_a_damaged_file_is_named(tmp_path: Path, page: Page, name: str) -> None:
    folder = tiny_models.fast(tmp_path)
    (folder / name).write_bytes(b"no such thing")
    with pytest.raises(ModelError, match=name):
        model_in(folder).see(page)


def test_a_model_that_is_not_released_is_told_with_where_it_was_looked_for() -> None:
    message = (
        r"no weights of the entity model 'third' at .*weights/third or .*choose --entities classic"
    )
    with pytest.raises(ModelError, match=message):
        folder_of("third")


def test_a_released_model_is_unchanged_by_reading_it(tmp_path: Path) -> None:
    released = read_released(tiny_models.fast(tmp_path))
    with pytest.raises(dataclasses.FrozenInstanceError):
        released.name = "other"  # type: ignore[misc]


def with_kinds(folder: Path) -> Path:
    """The model in ``folder`` with a vector for every kind."""
    vectors = np.random.default_rng(4).normal(size=(len(KINDS), tiny_models.WIDTH))
    np.save(folder / "kinds.npy", vectors.astype(np.float32))
    return folder


def test_a_words_vector_has_its_kinds_vectors_in_it(tmp_path: Path) -> None:
    folder = tiny_models.fast(tmp_path)
    words = ["Харбин", "город", "Iraq"]

    def vectors() -> np.ndarray:
        found = WordVectors(folder, Pieces(tmp_path / "vocabulary" / "tokenizer.json"))
        return found.matrix[found.rows(words, [True] * 3)]

    before = vectors()
    table = np.load(with_kinds(folder) / "kinds.npy")
    np.testing.assert_allclose(vectors() - before, rows_of(words) @ table, atol=1e-5)


def test_a_table_of_kinds_of_another_size_is_refused(tmp_path: Path) -> None:
    folder = tiny_models.fast(tmp_path)
    np.save(folder / "kinds.npy", np.zeros((3, tiny_models.WIDTH), np.float32))
    with pytest.raises(ModelError, match=f"not {len(KINDS)} rows of {tiny_models.WIDTH}"):
        model_in(folder)


def test_the_accurate_kind_is_told_the_kinds_of_each_word(tmp_path: Path, page: Page) -> None:
    plain = model_in(tiny_models.accurate(tmp_path / "plain", seed=3)).logits(page)[0]
    folder = tiny_models.accurate(tmp_path / "told", seed=3, kinds=True)
    table = next(
        numpy_helper.to_array(one)
        for one in onnx.load(folder / "model.onnx").graph.initializer
        if one.name == "kinds_table"
    )
    told = model_in(folder).logits(page)[0]
    np.testing.assert_allclose(told - plain, rows_of(page.words) @ table, atol=1e-4)
