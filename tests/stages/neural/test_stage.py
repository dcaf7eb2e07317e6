"""The stage in the pipeline: guesses, tags, and what the document says of its models."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_models

import pobratim
from pobratim.errors import ModelError
from pobratim.stages.neural.english import lemmas
from pobratim.stages.workspace import workspace

TEXT = "Делегация из Осло встретила мэра.\n\nThe delegates were visiting several cities.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.telling(tmp_path_factory.mktemp("weights"), CITY="Осло", ROLE="the")


def test_names_become_guesses_and_other_labels_are_only_seen(folder: Path) -> None:
    ws = workspace(pobratim.load(entities=str(folder))(TEXT))
    assert {one.label for one in ws.guesses} == {"CITY"}
    assert {one.label for one in ws.seen} == {"CITY", "ROLE"}
    assert {one.why for one in ws.seen} == {"model:fast"}
    assert ("Осло", "CITY") in [(ws.words[one.start], one.label) for one in ws.guesses]


def test_the_models_of_the_classic_choice_are_not_there(folder: Path) -> None:
    own = pobratim.load(entities=str(folder)).pipe_names
    classic = pobratim.load(entities="classic").pipe_names
    assert "pobratim_entity_model" in own
    assert not {"pobratim_english", "pobratim_russian_names"} & set(own)
    assert "pobratim_entity_model" not in classic
    assert {"pobratim_english", "pobratim_russian_names"} <= set(classic)


def test_english_words_have_the_models_tags_and_lemmas_by_them(folder: Path) -> None:
    ws = workspace(pobratim.load(entities=str(folder))(TEXT))
    at = ws.words.index("delegates")
    assert ws.languages[at] == "en"
    assert (ws.tags[at], ws.lemmas[at]) == ("NOUN", "delegate")
    assert ws.lemmas[ws.words.index("cities")] == "city"
    assert ws.tags[ws.words.index("встретила")] == "VERB"


def test_a_model_that_does_not_tag_takes_the_tags_of_the_fast_one_beside_it(tmp_path: Path) -> None:
    tiny_models.telling(tmp_path, CITY="Осло")
    folder = tiny_models.accurate(tmp_path)
    document = pobratim.extract(TEXT, entities=str(folder))
    assert document.pipeline is not None
    models = document.pipeline.models
    assert models["entities:accurate"] == "0.0.1"
    assert models["entities:fast"] == "0.0.1"


def test_a_document_names_its_entity_model(folder: Path) -> None:
    document = pobratim.extract(TEXT, entities=str(folder))
    assert document.pipeline is not None
    assert document.pipeline.models["entities:fast"] == "0.0.1"
    assert "natasha" not in document.pipeline.models


def test_an_empty_text_needs_no_model(folder: Path) -> None:
    assert pobratim.extract("\n", entities=str(folder)).mentions == []


def test_an_unknown_choice_names_the_choices() -> None:
    with pytest.raises(ModelError, match=r"'best'; there are fast, accurate, classic"):
        pobratim.load(entities="best")


LEMMAS = [
    ("cities", "NOUN", "city"),
    ("years", "NOUN", "year"),
    ("men", "NOUN", "man"),
    ("princess", "NOUN", "princess"),
    ("signed", "VERB", "sign"),
    ("held", "VERB", "hold"),
    ("visiting", "VERB", "visit"),
    ("larger", "ADJ", "large"),
    ("were", "AUX", "be"),
    ("'s", "AUX", "be"),
    ("n't", "PART", "not"),
    ("Niigata", "PROPN", "niigata"),
    ("blorfs", "NOUN", "blorf"),
]


@pytest.mark.parametrize(("word", "tag", "lemma"), LEMMAS)
def test_an_english_lemma_goes_by_the_part_of_speech(word: str, tag: str, lemma: str) -> None:
    assert lemmas([word], [tag]) == [lemma]
