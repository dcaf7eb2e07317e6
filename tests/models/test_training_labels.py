"""Corpora in our labels: what is laid over the words, what is masked, what is absent."""

from typing import Any

import numpy as np
import pytest
from data import FILES, JUDGED, Reader
from scores import Tally, gold_spans
from texts import FIRST, FURTHER, LABELS, MASKED, OUTSIDE, Text


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def laid(reader: Reader, section: str, text: str, *entities: tuple[str, str]) -> Text:
    """``text`` with the corpus's ``entities``, each the first place where its words stand."""
    rows = [
        {"start": text.index(words), "end": text.index(words) + len(words), "label": label}
        for words, label in entities
    ]
    row: dict[str, Any] = {"id": "t", "text": text, "entities": rows}
    found, ws, said = reader.words(text, "t", section)
    reader._lay(found, ws, row, reader.rules["corpus"][section], said)
    return found


def values(text: Text, label: str) -> dict[str, int]:
    """The words whose value in the label's layer is not ``OUTSIDE``."""
    column = text.layers[:, LABELS.index(label)]
    return {w: int(v) for w, v in zip(text.words, column, strict=True) if v != OUTSIDE}


def test_a_name_of_several_words_begins_and_goes_on(reader: Reader) -> None:
    text = laid(reader, "nerel-train", "Вчера Иван Петров уехал.", ("Иван Петров", "PERSON"))
    assert values(text, "PERSON") == {"Иван": FIRST, "Петров": FURTHER}


def test_labels_lie_in_layers_of_their_own_so_that_mentions_nest(reader: Reader) -> None:
    text = laid(
        reader,
        "nerel-train",
        "Там выступил МВД Египта.",
        ("МВД Египта", "ORGANIZATION"),
        ("Египта", "COUNTRY"),
    )
    assert values(text, "NAME") == {"МВД": FIRST, "Египта": FURTHER}
    assert values(text, "COUNTRY") == {"Египта": FIRST}


def test_an_adjective_is_no_place(reader: Reader) -> None:
    text = laid(reader, "nerel-train", "Открыт Московский завод.", ("Московский", "CITY"))
    assert values(text, "CITY") == {}


def test_what_a_corpus_leaves_open_is_masked_for_the_labels_it_could_be(reader: Reader) -> None:
    text = laid(reader, "nerel-train", "Туристы плыли на Каму летом.", ("Каму", "LOCATION"))
    assert values(text, "CITY") == {"Каму": MASKED}
    assert values(text, "PERSON") == {}


def test_an_occupation_that_is_no_office_is_masked(reader: Reader) -> None:
    text = laid(reader, "nerel-train", "Пришёл известный поэт.", ("поэт", "PROFESSION"))
    assert values(text, "ROLE") == {"поэт": MASKED}


def test_a_happening_without_a_name_is_no_event(reader: Reader) -> None:
    text = laid(reader, "nerel-train", "Там прошли выборы мэра.", ("выборы", "EVENT"))
    assert values(text, "EVENT") == {}


def test_a_place_of_untold_kind_is_what_the_gazetteer_knows(reader: Reader) -> None:
    text = laid(reader, "wikigold-test", "He went to Osaka in May.", ("Osaka", "LOC"))
    assert values(text, "CITY") == {"Osaka": FIRST}


def test_a_quoted_name_is_bare_for_others_and_open_for_us(reader: Reader) -> None:
    text = laid(
        reader, "nerel-train", "Об этом сообщил тогда «Звонарик».", ("Звонарик", "ORGANIZATION")
    )
    assert values(text, "NAME") == {"Звонарик": FIRST}
    ours = values(text, "ORGANIZATION")
    assert ours == {"«": FIRST, "Звонарик": FURTHER, "»": FURTHER} or set(ours.values()) == {MASKED}


def test_masked_words_are_not_judged() -> None:
    layers = np.zeros((3, len(LABELS)), np.int8)
    layers[0, 0], layers[1, 0] = FIRST, MASKED
    tally = Tally()
    tally.add(layers, [(0, 0, 1, 0.9), (0, 1, 2, 0.9)])
    assert tally.f1("CITY") == 100
    tally.add(layers, [(0, 2, 3, 0.9)])
    assert tally.f1("CITY") == 50


def test_spans_of_a_layer_are_read_back() -> None:
    layers = np.zeros((4, len(LABELS)), np.int8)
    layers[:, 3] = (FIRST, FURTHER, FIRST, OUTSIDE)
    assert gold_spans(layers) == {(3, 0, 2), (3, 2, 3)}


def test_no_judged_file_is_trained_on() -> None:
    assert not set(FILES) & set(JUDGED)
    held_out = (
        "nerel-dev",
        "nerel-test",
        "factrueval",
        "gum",
        "uner",
        "geovirus",
        "wikiwars",
        "re3d",
    )
    assert not [name for name in FILES if name.startswith(held_out)]
