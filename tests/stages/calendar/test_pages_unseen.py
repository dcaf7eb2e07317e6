"""Dates as pages of unknown layouts write them."""

import pytest

from pobratim.stages.calendar.columns import column_years
from pobratim.stages.calendar.finder import find_dates


@pytest.mark.parametrize(
    ("language", "text", "span", "value"),
    [
        ("en", "and in '77 it began", "'77", "1977"),
        ("en", "June, 3, 2015", "June, 3, 2015", "2015-06-03"),
        ("en", "2015 - July 2016", "2015 - July 2016", "2015/2016-07"),
        ("en", "compared with 2014", "2014", "2014"),
        ("en", "the years 2003 to 2007", "years 2003 to 2007", "2003/2007"),
        ("en", "1987. Lyon joins", "1987", "1987"),
        ("ru", "Лион, Франция. 1987.", "1987", "1987"),
        ("ru", "2015 – июнь 2016", "2015 – июнь 2016", "2015/2016-06"),
        ("ru", "в 2011/12 уч. году", "2011/12 уч. году", "2011/2012"),
    ],
)
def test_a_date_of_an_unseen_layout_is_read(
    language: str, text: str, span: str, value: str
) -> None:
    assert [(text[m.start : m.end], m.value.edtf) for m in find_dates(text, language)] == [
        (span, value)
    ]


def test_a_column_of_years_needs_three_lines() -> None:
    lines = ["Lyon, France 1976", "Bonn Germany 1983", "Pune, India 1998"]
    assert [[m.value.edtf for m in found] for found in column_years(lines)] == [
        ["1976"],
        ["1983"],
        ["1998"],
    ]
    assert column_years(lines[:2]) == [[], []]
