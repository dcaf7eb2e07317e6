"""A model that reads only what a faster one before it doubts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tiny_models

from pobratim.errors import ModelError
from pobratim.stages.neural.cascade import Cascade
from pobratim.stages.neural.choices import fingerprint
from pobratim.stages.neural.decoding import certainty
from pobratim.stages.neural.loading import alone, model_in, model_of, models_of
from pobratim.stages.neural.seeing import Page

TEXT = "Делегация из Осло вернулась . The mayor met them . Встреча прошла в мэрии ."
WORDS = TEXT.split()
SENTENCES = [(0, 5), (5, 10), (10, 15)]
PAGE = Page(WORDS, [True] * 15, np.array([0] * 10 + [1] * 5), SENTENCES)


def cascade(root: Path, sure: float, share: float) -> Cascade:
    """Two random models one behind the other."""
    tiny_models.fast(root)
    folder = tiny_models.accurate(root)
    tiny_models.configure(folder, first={"model": "../fast", "sure": sure, "share": share})
    model = model_in(folder)
    assert isinstance(model, Cascade)
    return model


def middle(model: Cascade) -> float:
    """A certainty that some sentences of the page reach and others do not."""
    logits, labels = model.first.logits(PAGE)
    sure = certainty(logits, labels, model.first.temperature).min(axis=1)
    return float(np.median([sure[start:end].min() for start, end in SENTENCES]))


def test_what_the_first_model_is_sure_of_is_its_answer(tmp_path: Path) -> None:
    model = cascade(tmp_path, 0.0, 1.0)
    assert np.array_equal(model.logits(PAGE)[0], model.first.logits(PAGE)[0])


def test_what_it_doubts_is_the_mean_of_both(tmp_path: Path) -> None:
    model = cascade(tmp_path, 1.0, 0.25)
    first, second = model.first.logits(PAGE)[0], model.second.logits(PAGE)[0]
    np.testing.assert_allclose(model.logits(PAGE)[0], 0.75 * first + 0.25 * second, atol=1e-5)


def test_only_sentences_with_a_doubted_word_go_on(tmp_path: Path) -> None:
    border = middle(cascade(tmp_path, 0.0, 1.0))
    model = cascade(tmp_path, border, 1.0)
    first = model.first.logits(PAGE)[0]
    (doubted,) = model.doubted(PAGE, first)
    joined = model.logits(PAGE)[0]
    changed = (joined != first).any(axis=1)
    assert changed[doubted[0] : doubted[1]].all()
    assert changed.sum() == doubted[1] - doubted[0]
    part = PAGE.part(np.arange(*doubted), [doubted])
    assert np.array_equal(joined[doubted[0] : doubted[1]], model.second.logits(part)[0])


def test_the_same_numbers_come_again(tmp_path: Path) -> None:
    border = middle(cascade(tmp_path, 0.0, 1.0))
    model, other = cascade(tmp_path, border, 0.6), cascade(tmp_path, border, 0.6)
    model.see(PAGE)
    assert model.see(PAGE).spans == other.see(PAGE).spans != []


def test_the_first_model_tags(tmp_path: Path) -> None:
    model = cascade(tmp_path, 1.0, 0.5)
    assert model.see(PAGE, tags=True).tags == model.first.see(PAGE, tags=True).tags is not None
    assert model.see(PAGE).tags is None


def test_a_part_of_a_page_has_its_sentences_one_after_the_other() -> None:
    part = PAGE.part(np.r_[0:5, 10:15], [(0, 5), (10, 15)])
    assert part.words == [*WORDS[:5], *WORDS[10:]]
    assert part.sentences == [(0, 5), (5, 10)]
    assert part.block_of.tolist() == [0] * 5 + [1] * 5


def test_both_models_are_named_and_each_can_be_had_alone(tmp_path: Path) -> None:
    cascade(tmp_path, 0.5, 0.5)
    model = model_of(str(tmp_path / "accurate"))
    assert [one.name for one in models_of(str(tmp_path / "accurate"))] == ["accurate", "fast"]
    assert isinstance(model, Cascade)
    assert alone(model) is model.second
    assert alone(model.first) is model.first


def test_the_digest_of_a_choice_is_of_both_models(tmp_path: Path) -> None:
    cascade(tmp_path, 0.5, 0.5)
    before = fingerprint(str(tmp_path / "accurate"))
    tiny_models.configure(tmp_path / "fast", version="0.0.2")
    assert fingerprint(str(tmp_path / "accurate")) != before


WRONG = [
    ({"sure": 1.5}, "sure and share are numbers from 0 to 1"),
    ({"share": -1}, "sure and share are numbers from 0 to 1"),
    ({"model": "../missing"}, r"missing/config\.json: missing"),
    ({"model": "../accurate"}, "of the kind pieces; words is wanted"),
    ({"share": None}, "TypeError"),
]


@pytest.mark.parametrize(("changes", "message"), WRONG)
def test_a_first_model_that_cannot_be_is_refused(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    tiny_models.fast(tmp_path)
    folder = tiny_models.accurate(tmp_path)
    given: dict[str, object] = {"model": "../fast", "sure": 0.5, "share": 0.5}
    tiny_models.configure(folder, first=given | changes)
    with pytest.raises(ModelError, match=message):
        model_in(folder)


def test_a_model_over_words_has_none_before_it(tmp_path: Path) -> None:
    folder = tiny_models.fast(tmp_path)
    tiny_models.configure(folder, first={"model": "../other", "sure": 0.5, "share": 0.5})
    with pytest.raises(ModelError, match="only a model of the kind pieces"):
        model_in(folder)


def test_the_two_have_the_same_labels(tmp_path: Path) -> None:
    cascade(tmp_path, 0.5, 0.5)
    tiny_models.configure(tmp_path / "fast", labels=tiny_models.LABELS[::-1])
    with pytest.raises(ModelError, match="its labels are not those of the model behind it"):
        model_in(tmp_path / "accurate")
