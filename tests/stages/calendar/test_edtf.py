"""EDTF values: their first and last days, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pobratim.errors import AnnotationError
from pobratim.stages.calendar import edtf


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("1993-07-15", "1993-07-15", "1993-07-15"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2002", "2002-01-01", "2002-12-31"),
        ("2019-05-17/2019-05-19", "2019-05-17", "2019-05-19"),
        ("2002/2019", "2002-01-01", "2019-12-31"),
        ("1964-21", "1964-03-01", "1964-05-31"),
        ("1964-22", "1964-06-01", "1964-08-31"),
        ("1964-23", "1964-09-01", "1964-11-30"),
        ("1963-24", "1963-12-01", "1964-02-29"),
        ("2010-30", "2010-12-01", "2011-02-28"),
        ("2019-33", "2019-01-01", "2019-03-31"),
        ("2019-36", "2019-10-01", "2019-12-31"),
        ("2019-38", "2019-05-01", "2019-08-31"),
        ("2019-40", "2019-01-01", "2019-06-30"),
        ("2019-41", "2019-07-01", "2019-12-31"),
        ("197X", "1970-01-01", "1979-12-31"),
        ("08XX", "0800-01-01", "0899-12-31"),
        ("1XXX", "1000-01-01", "1999-12-31"),
        ("2004-XX", "2004-01-01", "2004-12-31"),
        ("2004-06-XX", "2004-06-01", "2004-06-30"),
        ("-0299", "-0299-01-01", "-0299-12-31"),
        ("-02XX", "-0299-01-01", "-0200-12-31"),
        ("-2199~", "-2199-01-01", "-2199-12-31"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("-0004-02", "-0004-02-01", "-0004-02-29"),
        ("2005?", "2005-01-01", "2005-12-31"),
        ("18XX/19XX", "1800-01-01", "1999-12-31"),
    ],
)
def test_a_value_covers_its_first_to_its_last_day(value: str, first: str, last: str) -> None:
    assert edtf.bounds(value) == (first, last)


@pytest.mark.parametrize("value", ["XXXX", "XXXX-05", "XXXX-02-29", "XXXX-05-17/XXXX-05-19"])
def test_a_value_without_a_year_has_no_bounds(value: str) -> None:
    assert edtf.bounds(value) is None
    assert edtf.date_value(value) == (value, None, None)


def test_an_open_interval_keeps_the_day_it_knows() -> None:
    assert edtf.bounds("2005/..") is None
    assert edtf.date_value("2005/..") == ("2005/..", "2005-01-01", None)
    assert edtf.date_value("/1999-05") == ("/1999-05", None, "1999-05-31")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("", "no date|interval"),
        ("15.07.1993", "no date"),
        ("93", "no date"),
        ("1993-7-5", "no date"),
        ("1993-13", "no month"),
        ("1993-00", "no month"),
        ("1993-42", "no month"),
        ("1993-02-29", "has no day 29"),
        ("1993-04-31", "has no day 31"),
        ("1964-21-03", "has no day 03"),
        ("XXXX-02-30", "has no day 30"),
        ("1X75", "unknown digits"),
        ("2019/2002", "ends before"),
        ("2001/2002/2003", "one '/'"),
        ("../..", "one '/'"),
        ("-0000", "no date"),
        ("2019-05~-01", "no date"),
    ],
)
def test_what_is_no_edtf_is_refused_with_the_reason(value: str, reason: str) -> None:
    with pytest.raises(AnnotationError, match=reason):
        edtf.bounds(value)


@pytest.mark.parametrize(
    ("value", "year", "expected"),
    [
        ("XXXX-05", 2019, "2019-05"),
        ("XXXX-12-30/XXXX-01-02", 2019, "2019-12-30/2020-01-02"),
        ("XXXX-05-17/XXXX-05-19", 2019, "2019-05-17/2019-05-19"),
        ("XXXX-02-29", 2020, "2020-02-29"),
        ("XXXX-02-29", 2019, None),
        ("XXXX", 1998, "1998"),
    ],
)
def test_a_year_fills_the_place_of_the_unknown(value: str, year: int, expected: str | None) -> None:
    assert edtf.resolved(value, year) == expected


@given(st.dates())
def test_every_day_of_the_calendar_is_its_own_bounds(day) -> None:
    value = edtf.day(day.year, day.month, day.day)
    assert value == day.isoformat()
    assert edtf.bounds(value) == (value, value)


@given(st.integers(-4000, 3000), st.integers(1, 12))
def test_a_month_ends_on_a_day_that_has_no_successor_in_it(year: int, month: int) -> None:
    first, last = edtf.bounds(edtf.month(year, month)) or ("", "")
    assert first.endswith("-01")
    assert edtf.day(year, month, int(last[-2:]) + 1) is None


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_a_day_is_valid_exactly_if_the_calendar_has_it(year: int, month: int, day: int) -> None:
    value = f"{year:04d}-{month:02d}-{day:02d}"
    if edtf.day(year, month, day) is None:
        with pytest.raises(AnnotationError, match="is not EDTF"):
            edtf.bounds(value)
    else:
        assert edtf.bounds(value) == (value, value)
