"""Texts that once broke a stage, and texts that mean to."""

import time

import pytest

import pobratim
from pobratim.exchange.check import check_document


@pytest.mark.parametrize(
    "text",
    [
        "Компания Siemens AG открыла завод, а AG и Co остались.",
        "B B B met C C and D.",
        '«««««»»» «» "" (((( [[[',
        "г. г. г. г. гг. и",
        "Мэр мэр мэр Мэр Мэр",
        "подписали соглашение, соглашение, соглашение и",
        "12 13 14 15 16 17 18 19 20 21",
        "\u0000\u0001 Казань \u202e нбатсратаТ \ufeff",
        "и\u0306" * 50 + "e\u0301" * 50,
        "👨‍👩‍👧‍👦 Мэр Казани 😀 Ильсур Метшин",
        "",
        " \n\t\r\n ",
    ],
)
def test_odd_text_gives_a_sound_document(text):
    document = pobratim.extract(text)
    assert document.text == text
    assert check_document(document) == []


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        "Казань ",
        "«Парк ",
        "» ",
        "Мэр ",
        "А. ",
        "администрация города ",
        "12 ",
        "соглашение между ",
        "- ",
        "Mayor of ",
        "(",
        "1.",
        "и\u0306",
        "Ivan Ivanov, ",
    ],
)
def test_time_grows_in_proportion_to_length(unit):
    """Four times the text takes about four times as long: generously, under nine."""

    def seconds(count: int) -> float:
        start = time.perf_counter()
        pobratim.extract(unit * count)
        return time.perf_counter() - start

    seconds(200)
    small = max(min(seconds(1_000), seconds(1_000)), 0.02)
    assert min(seconds(4_000), seconds(4_000)) < 9 * small
