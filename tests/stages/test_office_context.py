"""Whose an office is, told farther off than beside it."""

import pytest

import pobratim


def owners(text):
    document = pobratim.extract(text)
    words = {mention.id: mention.text for mention in document.mentions}
    return [(words[x.head], words[x.tail]) for x in document.relations if x.label == "OFFICE_OF"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Settsu became our second sister city. Mayor Kazushige Morikawa brings 28 visitors.",
         [("Mayor", "Settsu")]),
        ("Члены клуба побывали в Кеми. Гостей принял мэр Теро Ниссинен.", [("мэр", "Кеми")]),
        ("Officers of the Gresham Sister City Association for 2018: Carol Nakata, President.",
         [("President", "Gresham Sister City Association")]),
    ],
)  # fmt: skip
def test_an_office_is_of_what_was_just_told(text, expected):
    assert owners(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Settsu and Nanning are our sister cities. Mayor Kazushige Morikawa brings 28 visitors.",
        "Settsu became our sister city.\n\nMayor Kazushige Morikawa brings 28 visitors.",
    ],
)
def test_two_cities_or_another_paragraph_tell_nothing(text):
    assert owners(text) == []
