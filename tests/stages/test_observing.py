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
        (DATED.format("Мэр Турку Минна Арве открыла выставку."), "2021-09"),
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
            "2021-09",
        ),
        ("Мэр Турку Минна Арве приехала 5 мая 2019 года.", "2019-05-05"),
    ],
)
def test_an_office_is_held_when_the_text_tells_of_it(text, observed):
    officials = pobratim.extract(text, entities=CLASSIC).officials
    assert [official.observed for official in officials] == [observed]
