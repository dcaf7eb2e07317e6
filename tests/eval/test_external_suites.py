"""Public corpora in our labels, and what they cannot judge."""

from typing import Any

import pytest
from external.corpora import Suite, Text, read, suites, texts
from external.judging import judged, outermost
from external.values import tei, timex2
from peers.mapping import PLACE

from pobratim.schema import LABELS, Mention

WORDS = "The Qwertyflow flows by Georgia and the Ministry of Egypt; the government of Paris waits."


def suite(**parts: Any) -> Suite:
    plain = {"name": "s", "file": "s.jsonl", "language": "en", "about": "a", "characters": 100}
    return Suite(**{**plain, "labels": {"LOC": PLACE, "ORG": "ORGANIZATION"}, **parts})


def row(*entities: tuple[str, str], text: str = WORDS) -> dict[str, Any]:
    return {
        "id": "r",
        "text": text,
        "entities": [
            {"label": label, "start": text.index(words), "end": text.index(words) + len(words)}
            for label, words in entities
        ],
    }


def mention(label: str, words: str) -> Mention:
    start = WORDS.index(words)
    return Mention(id=words, label=label, start=start, end=start + len(words), text=words)


def labels(mentions: list[Mention]) -> list[tuple[str, str]]:
    return [(one.label, one.text) for one in mentions]


@pytest.mark.parametrize("one", suites(), ids=lambda one: one.name)
def test_every_suite_maps_to_labels_of_ours(one: Suite) -> None:
    assert set(one.labels.values()) <= {*LABELS, PLACE}
    assert one.named <= one.labels.keys()
    assert one.unsure.isdisjoint(one.labels)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1939-09-01", "1939-09-01"),
        ("1939", "1939"),
        ("1941-SU", "1941-22"),
        ("1915-WI", "1915-24"),
        ("187", "187X"),
        ("17", "17XX"),
        ("BC0499", "-0498"),
        ("BC0001", "0000"),
        ("BC0480-04", "-0479-04"),
        ("BC03", None),
        ("PRESENT_REF", None),
        ("XXXX-WI", None),
        ("P2Y", None),
    ],
)
def test_timex2_values_become_edtf(value: str, expected: str | None) -> None:
    assert timex2(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("2015-03", "2015-03"), ("--09", None), ("", None)]
)
def test_tei_dates_become_edtf(value: str, expected: str | None) -> None:
    assert tei(value) == expected


def test_a_place_that_the_gazetteer_does_not_know_is_not_judged() -> None:
    text = read(row(("LOC", "Qwertyflow"), ("LOC", "Georgia")), suite())
    assert [one.text for one in text.gold] == ["Georgia"]
    assert labels(judged([mention("REGION", "Qwertyflow")], suite(), text)) == []


@pytest.mark.parametrize("label", ["REGION", "COUNTRY"])
def test_a_place_may_be_of_any_kind_that_the_gazetteer_has(label: str) -> None:
    text = read(row(("LOC", "Georgia")), suite())
    assert judged([mention(label, "Georgia")], suite(), text)[0].label == text.gold[0].label


def test_a_kind_that_the_corpus_tells_is_held_to() -> None:
    told = suite(labels={"CITY": "CITY", "COUNTRY": "COUNTRY"})
    text = read(row(("COUNTRY", "Georgia")), told)
    assert labels(judged([mention("CITY", "Georgia")], told, text)) == [("CITY", "Georgia")]


def test_a_body_without_a_capital_is_not_judged_where_names_are_asked_for() -> None:
    strict = suite(named=frozenset({"ORG"}))
    text = read(row(("ORG", "the government")), strict)
    assert text.gold == []
    assert judged([mention("ORGANIZATION", "the government of Paris")], strict, text) == []


def test_labels_that_the_corpus_lacks_are_ignored() -> None:
    text = read(row(("LOC", "Georgia")), suite())
    assert judged([mention("EVENT", "Georgia")], suite(), text) == []


def test_an_answer_where_the_corpus_has_nothing_is_judged() -> None:
    text = read(row(), suite())
    assert labels(judged([mention("CITY", "Paris")], suite(), text)) == [("CITY", "Paris")]


def test_only_outermost_answers_count_in_a_corpus_that_nests_nothing() -> None:
    inner, outer = mention("COUNTRY", "Egypt"), mention("ORGANIZATION", "Ministry of Egypt")
    assert labels(outermost([inner, outer])) == [("ORGANIZATION", "Ministry of Egypt")]


def test_a_suite_reads_the_same_texts_whatever_their_order(tmp_path: Any) -> None:
    import json

    rows = [{**row(), "id": str(number), "text": "x" * 30} for number in range(10)]
    chosen = []
    for name, order in (("a", rows), ("b", rows[::-1])):
        lines = "\n".join(json.dumps(one) for one in order)
        (tmp_path / name).write_text(lines, "utf-8")
        chosen.append([text.id for text in texts(suite(file=name), tmp_path)])
    assert chosen[0] == chosen[1]
    assert len(chosen[0]) == 3


def test_a_text_keeps_what_it_does_not_tell() -> None:
    unsure = suite(unsure=frozenset({"MISC"}))
    text = read(row(("MISC", "Paris")), unsure)
    assert isinstance(text, Text)
    assert [WORDS[start:end] for start, end in text.unsure] == ["Paris"]
