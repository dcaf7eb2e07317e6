"""Texts that a fuzzer found to break a stage, and traps whose time must stay in proportion."""

from __future__ import annotations

import gc
import json
import time

import pytest

import pobratim
from pobratim.exchange.check import check_document


@pytest.mark.parametrize(
    "text",
    [
        "A ticket costs «пресс-центр» basis of the management",
        "The city and the медиа-центр of the arts",
    ],
)
def test_a_cyrillic_compound_may_stand_in_english(text: str) -> None:
    assert check_document(pobratim.extract(text)) == []


@pytest.mark.parametrize("text", ["Стороны@", "15/2019-Договор с «Лесным институтом»06--06"])
def test_a_name_has_words(text: str) -> None:
    """What a model saw may be nothing but marks; a number's hyphen may stand before an instrument."""
    assert check_document(pobratim.extract(text)) == []


def test_a_decade_of_the_first_centuries_has_four_figures() -> None:
    assert check_document(pobratim.extract("the parade2020-01/2020-0690s] were hard")) == []


@pytest.mark.parametrize("text", ["\ud800", "Казань \udc80, 5 детей \udfff", "Kazan\ud83d\ude00"])
def test_a_lone_surrogate_is_shown_as_unreadable(text: str) -> None:
    document = pobratim.extract(text)
    assert json.loads(document.to_json().encode())["text"] == document.text
    assert document.text == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


TRAPS = {
    "digits": "1", "numbers": "1 ", "groups of digits": "1,111", "spaces": " ", "line breaks": "\n",
    "open quotes": "«", "plain quotes": '"', "quoted words": "«Парк» ", "dashes": "–", "bullets": "- а\n",
    "initials": "А. ", "initials without spaces": "A.B.", "dots": ".", "brackets": "(",
    "nested brackets": "([{<",
    "combining marks": "\u0301", "right to left": "\u202eа\u202c ", "one word": "а", "hyphens": "а-",
    "addresses": "a@", "urls": "http://", "dates": "1.1.2000-", "roman": "XIX-", "commas": "Казань, ",
    "soft hyphens": "а\u00ad\n", "slashes": "1/", "apostrophes": "a'",
    "emoji": "👨\u200d", "zeros": "\x00а",
}  # fmt: skip
LENGTH = 25_000


@pytest.mark.timeout(600)
@pytest.mark.parametrize("unit", TRAPS.values(), ids=TRAPS)
def test_the_time_of_a_trap_grows_in_proportion(unit: str) -> None:
    """Of a processor: twice the text takes about twice as long, generously under three and a half."""

    def seconds(length: int) -> float:
        gc.collect()
        gc.disable()  # What else this process holds is not what is measured.
        began = time.process_time()
        pobratim.extract(unit * (length // len(unit)) + " !")
        spent = time.process_time() - began
        gc.enable()
        return spent

    seconds(1000)
    half = seconds(LENGTH)
    whole = seconds(2 * LENGTH)
    assert whole < 3.5 * max(half, 0.25)
