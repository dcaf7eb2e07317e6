"""Years and months that no preposition introduces: lists, tables, brackets, headings."""

import pytest

from pobratim.stages.calendar import find_dates


def found(language: str, text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.value.edtf) for m in find_dates(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Kotka (Finland), 1977: a choir came.", [("1977", "1977")]),
        ("en", "Kotka (Finland) 1989.", [("1989", "1989")]),
        ("en", "Kotka, Finland, 1989; Bergen, Norway, 1991", [("1989", "1989"), ("1991", "1991")]),
        ("en", "- city of Kotka (Finland) – 1994;", [("1994", "1994")]),
        ("en", "Friendship with Bergen, 1990", [("1990", "1990")]),
        ("ru", "Котка (Финляндия), 1979 – данные уточняются.", [("1979", "1979")]),
        ("en", "Established 1986. A town", [("1986", "1986")]),
        ("en", "* Bergen, Norway (twinned 1969)", [("1969", "1969")]),
        ("en", "Bergen; Kotka (both 2017/18)", [("2017/18", "2017/2018")]),
        ("en", "Bergen | Norway | 1997 | active", [("1997", "1997")]),
        ("en", "Bergen | suspended 2016", [("2016", "2016")]),
        ("en", "Contact | © 2013", [("2013", "2013")]),
        ("en", "10,475 people (2015 census)", [("2015", "2015")]),
        ("ru", "принято 30 групп (2020 – 12)", [("2020", "2020")]),
        ("en", "◦ 1992: a sundial was unveiled", [("1992", "1992")]),
        ("en", "◦ 2020 visit: cancelled", [("2020", "2020")]),
        ("en", "the council's 2005 moratorium", [("2005", "2005")]),
        ("en", "Annual Report 2018", [("2018", "2018")]),
        ("en", "Annual Report 2009/10", [("2009/10", "2009/2010")]),
        ("ru", "В 2017-м у города 9 партнёров", [("2017-м", "2017")]),
        ("ru", "План, 2009-го, выполнен", [("2009-го", "2009")]),
        (
            "ru",
            "июль 1993-го; осенью 2020-го",
            [("июль 1993-го", "1993-07"), ("осенью 2020-го", "2020-23")],
        ),
        ("ru", "В 2011–2014 гг. ездили", [("2011–2014 гг.", "2011/2014")]),
        ("ru", "План на 2018-2019 гг.", [("2018-2019 гг.", "2018/2019")]),
        ("ru", "философ (470–399 гг. до н. э.)", [("470–399 гг. до н. э.", "-0469/-0398")]),
        ("ru", "в 2013/14 муниципальном году", [("2013/14 муниципальном году", "2013/2014")]),
        ("ru", "за девять месяцев 2019-го", [("девять месяцев 2019-го", "2019-01/2019-09")]),
        ("ru", "за 6 месяцев 2019 г.", [("6 месяцев 2019 г.", "2019-01/2019-06")]),
        ("en", "(April, November)", [("April", "XXXX-04"), ("November", "XXXX-11")]),
        ("ru", "Новые: Котка (март), Берген", [("март", "XXXX-03")]),
        ("en", "In 2012-2013 21 students came", [("2012-2013", "2012/2013")]),
        ("en", "reported Monday (Oct. 15, 2012) on", [("Monday (Oct. 15, 2012)", "2012-10-15")]),
    ],
)
def test_a_year_or_month_without_a_preposition(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The hotel has 2000 rooms, 1950 beds."),
        ("en", "12 Harbour Road, 1950."),
        ("en", "Capacity (people) 1990."),
        ("en", "See Report No. 2009/10 of the House"),
        ("en", "World Cup 2018 (Expo 2020)."),
        ("en", "signed 2000 agreements"),
        ("en", "The city's 2000 residents"),
        ("en", "Twin cities: Bergen – 2000; Kotka – 1990"),
        ("en", "nine months of training"),
        ("ru", "2000-й посетитель, 2000-м участником"),
        ("ru", "Общая сумма, 2000. Количество, 1990"),
        ("ru", "ул. Ленина, 1950"),
        ("ru", "тираж 2000; программа «Культура 2020»; «1984»"),
    ],
)
def test_a_number_that_only_looks_like_a_year(language: str, text: str) -> None:
    assert found(language, text) == []
