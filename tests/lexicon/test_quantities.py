"""The quantities lexicon: what its files must hold, and what is said of one that does not."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from pobratim.errors import LexiconError
from pobratim.lexicon import quantities as module
from pobratim.lexicon.files import read_all
from pobratim.lexicon.morphology import analyzer
from pobratim.lexicon.quantities import circumstance_words, quantities

FILES = read_all("quantities")


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, dict[str, Any]]]:
    """A copy of the files that the loader reads instead, to be spoilt."""
    spoilt = copy.deepcopy(FILES)
    monkeypatch.setattr(module, "read_all", lambda _: dict(spoilt))
    quantities.cache_clear()
    circumstance_words.cache_clear()
    yield spoilt
    quantities.cache_clear()
    circumstance_words.cache_clear()


def test_a_missing_table_is_named(files: dict[str, dict[str, Any]]) -> None:
    del files["en"]["cardinals"]
    with pytest.raises(LexiconError, match=r"en\.toml has no table \[cardinals\]"):
        quantities()


def test_a_missing_list_is_named(files: dict[str, dict[str, Any]]) -> None:
    del files["ru"]["excluded"]["time"]
    with pytest.raises(LexiconError, match=r"ru\.toml, \[excluded\]: no list 'time'"):
        quantities()


def test_a_value_that_is_no_number_is_named(files: dict[str, dict[str, Any]]) -> None:
    files["en"]["multipliers"]["many"] = ["many"]
    with pytest.raises(LexiconError, match="'many' is no number"):
        quantities()


def test_an_unknown_category_is_named_with_the_choices(files: dict[str, dict[str, Any]]) -> None:
    files["en"]["categories"]["pets"] = ["cat"]
    with pytest.raises(LexiconError, match=r"'pets' is no category; choose from people, .*other"):
        quantities()


def test_a_unit_without_a_kind_is_named(files: dict[str, dict[str, Any]]) -> None:
    files["units"]["unit"].append({"code": "K", "forms": ["kelvin"]})
    with pytest.raises(LexiconError, match=r"'kelvin'.*needs a code and a kind"):
        quantities()


def test_a_further_language_is_a_further_file(files: dict[str, dict[str, Any]]) -> None:
    files["fi"] = copy.deepcopy(files["en"])
    files["fi"]["cardinals"] = {"2": ["kaksi"]}
    assert quantities().cardinals["kaksi"] == 2
    assert quantities().cardinals["two"] == 2


@pytest.mark.parametrize(
    "form", sorted(set().union(*FILES["ru"]["cardinals"].values())), ids=lambda form: form
)
def test_every_russian_cardinal_is_a_form_of_a_numeral(form: str) -> None:
    readings = analyzer().parse(form)
    assert any(
        parse.tag.POS in ("NUMR", "ADJF") or "Anum" in parse.tag or parse.normal_form[:3] == "пол"
        for parse in readings
    )


WITHDRAWN = {"DEM", "FRF", "ITL"}
"""Codes of ISO 4217's list of what is no longer paid with (table A.3)."""


def test_currencies_are_iso_4217() -> None:
    pycountry = pytest.importorskip("pycountry")
    codes = {unit["code"] for unit in FILES["units"]["unit"] if unit["kind"] == "money"}
    assert codes - WITHDRAWN <= {currency.alpha_3 for currency in pycountry.currencies}


def test_adjectives_of_units_are_lemmas_since_texts_are_looked_up_by_lemma() -> None:
    words = {
        word for unit in FILES["units"]["unit"] for form in unit["forms"] for word in form.split()
    }
    adjectives = {word for word in words if word.endswith(("ая", "ое", "ие"))}
    assert not adjectives


def test_no_form_stands_for_two_units() -> None:
    seen: dict[str, str] = {}
    for unit in FILES["units"]["unit"]:
        for form in unit["forms"]:
            assert seen.setdefault(form, unit["code"]) == unit["code"], form


def test_yo_may_be_written_as_ye() -> None:
    lexicon = quantities()
    assert lexicon.cardinals["трёх"] == lexicon.cardinals["трех"] == 3
