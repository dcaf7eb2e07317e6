"""When a text has an official in office."""

import pytest

import pobratim
from pobratim.stages.neural.choices import CLASSIC


def observed(text):
    return {one.name: one.observed for one in pobratim.extract(text).officials}


NEWS = """В Смоленске встретили гостей

24.09.2021 16:40

23 сентября глава города Смоленска Андрей Борисов провёл встречу с делегацией Хагена.

Во встрече принял участие председатель Смоленского городского Совета Анатолий Овсянкин.
"""


def test_a_news_item_tells_of_its_day():
    assert observed(NEWS) == {"Андрей Борисов": "2021-09-23", "Анатолий Овсянкин": "2021-09-23"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 3 May 2019 Mayor Anna Virtanen of Tampere opened the fair.", "2019-05-03"),
        ("Mayor of Tampere Anna Virtanen (since 2003) opened the fair.", "2003"),
        (
            "The mayor of Tampere, Anna Virtanen, said that in 1974 residents had raised money.",
            None,
        ),
        ("Мэр Тампере Анна Виртанен напомнила, что в 1985 году подписан договор.", None),
        ("Договор подписан 3 мая 1985 года мэром Тампере Анной Виртанен.", "1985-05-03"),
    ],
)
def test_the_date_of_what_somebody_told_is_not_of_the_telling(text, expected):
    assert [*observed(text).values()] == [expected]


DATED = "Новости города\n24.09.2021\n{}"


@pytest.mark.parametrize(
    ("text", "observed"),
    [
        (DATED.format("Мэр Турку Минна Арве открыла выставку."), "2021-09-24"),
        (
            DATED.format(
                "23 сентября 2021 года в городе открылась выставка.\n\n"
                "В гости приехала мэр Турку Минна Арве."
            ),
            "2021-09-23",
        ),
        (
            DATED.format(
                "В 1992 году города подписали договор. Мэр Турку Минна Арве приехала в гости."
            ),
            "2021-09-24",
        ),
        ("Мэр Турку Минна Арве приехала 5 мая 2019 года.", "2019-05-05"),
    ],
)
def test_an_office_is_held_when_the_text_tells_of_it(text, observed):
    officials = pobratim.extract(text, entities=CLASSIC).officials
    assert [official.observed for official in officials] == [observed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "MINUTES of the Council meeting, 14 May 2018\n\n"
            "The Town Clerk, Mr John Reed, reported on the visit to Lund.",
            ["2018-05-14"],
        ),
        (
            "Council briefing, 3 September 2019\n\n"
            "The Mayor of Lund, Anna Berg, would bring 16 guests from 11 to 14 October.",
            ["2019-09-03"],
        ),
        (
            "BOSTON, May 3, 2012 – Mayor Anna Berg of Lund and Governor John Reed met on Wednesday.",
            ["2012-05-02", "2012-05-02"],
        ),
        (
            "21 июня 2018 года в Пскове прошла встреча с делегацией Лунда.\n\n"
            "В переговорах участвовали глава Пскова Иван Петров и посол Швеции Петер Эрикссон.",
            ["2018-06-21", "2018-06-21"],
        ),
        ("Новости\n5 мая 2019 г.\n\nМэр Лунда Анна Берг отправится в Псков 9 мая.", ["2019-05-09"]),
        ("Agreement signed 5 May 1990.\n\nThe Mayor of Lund, Anna Berg, is fond of chess.", [None]),
        (
            "Новости\n15.06.2017\n\nКонтакты для СМИ: Иван Петров, пресс-секретарь, тел. 45-67",
            [None],
        ),
    ],
)
def test_minutes_and_news_are_of_their_day(text, expected):
    assert [*observed(text).values()] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "PROGRAMME\n\nMonday, 3 June 2019\n10.00 Talks with the Mayor of Lund, Anna Berg\n\n"
            "Tuesday, 4 June 2019\n9.00 Reception by the Director of the Museum, Mr Peter Hall",
            ["2019-06-03", "2019-06-04"],
        ),
        (
            "Программа визита\n\n3 июня 2019 г.\n10:00 Встреча с мэром Лунда Анной Берг\n\n"
            "4 июня 2019 г.\n09:00 Приём у директора музея Петра Седова",
            ["2019-06-03", "2019-06-04"],
        ),
        (
            "2014\n• 1 марта. Город посетили гости из Лунда. Их принял глава Вологды Пётр Седов.\n"
            "• Май. Вышла книга.\n\n2015\n• Делегацию возглавил мэр Лунда Андерс Берг.",
            ["2014-03-01", "2015"],
        ),
    ],
)
def test_the_date_that_heads_a_part_is_that_of_its_officials(text, expected):
    assert [*observed(text).values()] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мэр Лунда Анна Берг приезжала в Вологду в 2011, 2014 и 2016 годах.", ["2011/2016"]),
        (
            "On 3 May 2011 the agreement was signed by Mayor of Pskov Ivan Petrov and Mayor of Lund "
            "Anna Berg; in 2015 it was extended for five years.",
            ["2011-05-03", "2011-05-03"],
        ),
        (
            "Президент Союза – мэр Лунда Анна Берг (избрана в 2017 г.); "
            "секретарь Союза – Пётр Седов.",
            ["2017", None],
        ),
        (
            "В мае 2012 года мэр Лунда Анна Берг утвердила план обменов до 2020 года.",
            ["2012-05"],
        ),
        (
            "Mayor Anna Berg of Lund spoke warmly of the pact, which her predecessor had signed in "
            "1992, on 4 June 2015.",
            ["2015-06-04"],
        ),
        (
            "In the summer of 2018 Lund sent a choir. Mayor Anna Berg of Lund had written a letter "
            "(it was found in 2019).",
            ["2018-22"],
        ),
        (
            "The Mayor of Haarlem-Mutare Ltd, Ms Anna Berg, said residents had raised money in 2014.",
            [None],
        ),
    ],
)
def test_the_dates_of_other_things_in_a_sentence_are_not_of_the_office(text, expected):
    assert [*observed(text).values()] == expected
