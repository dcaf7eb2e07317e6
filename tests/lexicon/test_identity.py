"""Sounds, concepts, adjectives of places."""

import pytest

from pobratim.lexicon.identity import body_words, sound_of
from pobratim.lexicon.place_adjectives import place_of_adjective


@pytest.mark.parametrize(
    ("russian", "latin"),
    [
        ("сэчжон", "Sejong"),
        ("портленд", "Portland"),
        ("аврора", "Aurora"),
        ("виктория", "Victoria"),
        ("шкода", "Škoda"),
        ("хонда", "Honda"),
        ("хаммарбю", "Hammarbyu"),
        ("якутия", "Yakutia"),
    ],
)
def test_a_name_sounds_like_its_transcription(russian, latin):
    assert sound_of(russian) == sound_of(latin)


@pytest.mark.parametrize(("one", "other"), [("лён", "лань"), ("парус", "полюс"), ("Oslo", "Osaka")])
def test_other_names_sound_otherwise(one, other):
    assert sound_of(one) != sound_of(other)


def test_a_word_has_one_concept():
    assert body_words().concepts["клиника"] == body_words().concepts["hospital"] == "hospital"


@pytest.mark.parametrize(
    ("adjective", "place"),
    [
        ("псковский", "geonames:504341"),
        ("казанский", "geonames:551487"),
        ("томский", "geonames:1489425"),
        ("японский", "country:JP"),
        ("ленинский", None),
        ("детский", None),
        ("красивый", None),
    ],
)
def test_an_adjective_leads_to_its_place(adjective, place):
    found = place_of_adjective(adjective)
    assert (found and found.id) == place
