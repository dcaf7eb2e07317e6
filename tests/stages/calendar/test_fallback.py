"""Dates in forms that only the library reads."""

import pytest

from pobratim.stages.calendar.fallback import fallback


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "2018 March 18", "2018-03-18"),
        ("en", "Wed Aug 05 12:00:00 2015", "2015-08-05"),
        ("ru", "17-19 мая 2019 г.", "2019-05-17/2019-05-19"),
        ("en", "in the summer of 1964", "1964-22"),
    ],
)
def test_a_span_that_is_a_date_gets_its_value(language: str, text: str, value: str) -> None:
    found = fallback(text, language)
    assert found is not None
    assert found.edtf == value


@pytest.mark.parametrize(
    "text", ["", "yesterday", "two days ago", "в четверг", "a week later", "Forum 2019", "x" * 80]
)
def test_what_today_would_decide_is_not_read(text: str) -> None:
    assert fallback(text, "ru" if text == "в четверг" else "en") is None
