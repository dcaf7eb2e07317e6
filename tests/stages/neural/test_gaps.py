"""What our own model sees where the rules have nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_models

import pobratim

GAPS = [
    ("Вчера в Зюзелькинск приехали гости.", {"CITY": "Осло"}, ("CITY", "Зюзелькинск")),
    ("Договорились с УКРЗИЛ вчера.", {"ORGANIZATION": "МИД"}, ("ORGANIZATION", "УКРЗИЛ")),
    ("Пришёл alderman вчера.", {"ROLE": "mayor"}, ("ROLE", "alderman")),
    ("Вчера там был Зюзелькин Прохвостий.", {"PERSON": "Осло"}, ("PERSON", "Зюзелькин")),
]


def found(folder: Path, text: str) -> set[tuple[str, str]]:
    document = pobratim.extract(text, entities=str(folder))
    return {(one.label, one.text) for one in document.mentions}


@pytest.mark.parametrize(("text", "looks", "expected"), GAPS)
def test_a_trusted_span_stands_where_no_rule_does(
    tmp_path: Path, text: str, looks: dict[str, str], expected: tuple[str, str]
) -> None:
    folder = tiny_models.telling(tmp_path, **looks)
    blind = tiny_models.telling(tmp_path / "blind")
    label, words = expected
    assert any(one[0] == label and words in one[1] for one in found(folder, text))
    assert label not in {one[0] for one in found(blind, text)}


def test_a_span_below_its_labels_threshold_does_not_stand(tmp_path: Path) -> None:
    text, looks, expected = GAPS[1]
    folder = tiny_models.telling(tmp_path, **looks)
    tiny_models.configure(folder, threshold={"ORGANIZATION": 0.999})
    assert expected not in found(folder, text)


def test_a_place_that_no_gazetteer_has_gets_an_id_of_its_own(tmp_path: Path) -> None:
    folder = tiny_models.telling(tmp_path, CITY="Осло")
    document = pobratim.extract(GAPS[0][0], entities=str(folder))
    (city,) = [one for one in document.mentions if one.text == "Зюзелькинск"]
    assert city.entity is not None
    assert city.entity.startswith("local:")
    assert city.why == "places:model"


def test_a_rules_span_wins_over_one_that_crosses_it(tmp_path: Path) -> None:
    folder = tiny_models.telling(tmp_path, ORGANIZATION="Осло")
    assert ("CITY", "Харбин") in found(folder, "Приехали гости из города Харбин.")
