"""The day a text was written, and the days counted from it."""

from datetime import date

import pytest

from pobratim.stages.calendar import find_dates, prefers_day_first
from pobratim.stages.calendar.writing import counted, is_dateline, nearest_year

TUESDAY = date(2013, 5, 28)


@pytest.mark.parametrize(
    ("language", "text", "opens", "expected"),
    [
        ("ru", "НОВОСТИ / 31 января 2012", True, True),
        ("ru", "(по материалам газеты «Волна», 11.09.2017)", False, True),
        ("ru", "(обновлено 15.03.2023)", False, True),
        ("en", "— Staff reporter, December 24, 2017", False, True),
        ("en", "PSKOV, May 12, 2016 — The mayor met guests from Kotka.", True, True),
        ("ru", "Договор подписан 19.10.1981.", False, False),
        ("ru", "Мэрия Оша. Пресс-релиз № 7 от 11.IX.2008", True, True),
        ("ru", "Распоряжение мэра от 11.09.2008", True, False),
        ("en", "Kotka, May 12, 2016 — agreement", True, False),
        ("en", "Signed: 2 May 2013", True, False),
        ("en", "Updated in 2013", False, False),
    ],
)
def test_a_line_tells_the_day_of_writing(
    language: str, text: str, opens: bool, expected: bool
) -> None:
    (match,) = find_dates(text, language)
    assert is_dateline(text, match, language, opens=opens, closes=not opens) is expected


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("The board meets on May 6. Filed 05/03/2004", False),
        ("The board meets on 6 May 2004. Filed 05/03/2004", None),
        ("The board meets on June 6. Filed 05/03/2004", None),
        ("The board meets on May 6. Filed 05-03-2004", None),
        ("The board meets on May 6. Filed 25/05/2004, 05/03/2004", True),
    ],
)
def test_months_in_words_tell_an_american_order(text: str, day_first: bool | None) -> None:
    assert prefers_day_first(text) is day_first


@pytest.mark.parametrize(
    ("kind", "number", "future", "value"),
    [
        ("day", -1, False, "2013-05-27"),
        ("day", 0, False, "2013-05-28"),
        ("weekday", 6, False, "2013-05-25"),
        ("weekday", 2, False, "2013-05-28"),
        ("weekday", 6, True, "2013-06-01"),
        ("next_weekday", 2, False, "2013-06-04"),
        ("weekend", -1, False, "2013-05-25/2013-05-26"),
        ("weekend", 1, False, "2013-06-01/2013-06-02"),
    ],
)
def test_days_are_counted_from_the_day_of_writing(
    kind: str, number: int, future: bool, value: str
) -> None:
    assert counted(kind, number, TUESDAY, future=future) == value


@pytest.mark.parametrize("number", range(1, 8))
def test_the_last_weekend_is_over_or_ends_on_the_day_of_writing(number: int) -> None:
    written = date(2013, 5, 20 + number)
    first, last = counted("weekend", -1, written, future=False).split("/")
    assert date.fromisoformat(first).weekday() == 5
    assert (written - date.fromisoformat(last)).days in range(7)


@pytest.mark.parametrize(
    ("value", "written", "year"),
    [
        ("XXXX-09", date(2017, 12, 24), 2017),
        ("XXXX-11-19", date(2012, 1, 31), 2011),
        ("XXXX-02", date(2012, 11, 3), 2013),
        ("XXXX-21", date(2012, 10, 15), 2012),
        ("XXXX-01", date(2012, 10, 15), 2013),
        ("XXXX-05-01", date(2012, 5, 2), 2012),
    ],
)
def test_a_date_without_a_year_is_the_nearest_to_the_day_of_writing(
    value: str, written: date, year: int
) -> None:
    assert nearest_year(value, written) == year
