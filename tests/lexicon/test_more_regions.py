"""The regions beside the gazetteer's file: found by either name, in any case, with one id each."""

from pathlib import Path

import pytest

from pobratim.errors import LexiconError
from pobratim.lexicon.gazetteer import gazetteer
from pobratim.lexicon.more_regions import more_regions


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Лотарингии", "region:lorraine"),
        ("Lorraine", "region:lorraine"),
        ("Латгалией", "region:latgale"),
        ("Верхней Вьенне", "region:FR-87"),
        ("Пирканмаа", "region:FI-11"),
        ("Yorkshire", "region:yorkshire"),
        ("Ида-Вирумаа", "region:EE-45"),
        ("Средней Франконией", "region:middle-franconia"),
        ("Baltic Sea Region", "region:baltic-sea-region"),
    ],
)
def test_a_region_is_found_by_its_names(name, place):
    lookup = gazetteer().lookup_russian if name[0] > "z" else gazetteer().lookup
    assert place in [one.id for one in lookup(name)]


def test_names_of_a_region_that_the_file_has_lead_to_its_own_entry():
    known = gazetteer().by_id("region:FI-11")
    assert known is not None
    assert known in gazetteer().lookup_russian("Пирканмаа")


def test_a_region_is_shown_by_its_first_name_in_each_script():
    place = gazetteer().by_id("region:franche-comte")
    assert place is not None
    assert (place.name_en, place.name_ru, place.country) == ("Franche-Comté", "Франш-Конте", "FR")


def test_no_region_is_listed_twice():
    ids = [region.id for region in more_regions()]
    assert len(set(ids)) == len(ids)


def test_an_unreadable_file_is_told(tmp_path: Path):
    broken = tmp_path / "regions.toml"
    broken.write_text("[FR\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="restore or correct"):
        more_regions(broken)
