"""One key for one body, in both languages."""

import pytest

import pobratim


def keys(text):
    return [body.key for body in pobratim.extract(text).organizations]


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("Детей лечат в клинике «Ханбит».", "Children are treated at the hospital Hanbit."),
        ("Гостей принимает администрация города Томска.",
         "The Tomsk City Administration hosts the guests."),
        ("Выступил ректор: Псковский государственный университет ждёт гостей.",
         "Students of Pskov State University came."),
        ("В состав вошла Торгово-промышленная палата г. Осаки.",
         "A letter came from the Osaka Chamber of Commerce and Industry."),
        ("Гостей встретила Ассоциация «Портленд – Ниигата».",
         "The guests were met by the Association “Portland-Niigata”."),
    ],
)  # fmt: skip
def test_a_body_has_one_key_in_both_languages(russian, english):
    assert keys(russian) == keys(english) != [None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Детей лечат в клинике «Ханбит».", "Детей лечат в клинике «Сонбит»."),
        ("Гостей принимает администрация г. Томска.", "Гостей принимает администрация г. Омска."),
        ("Дети учатся в гимназии № 3 г. Томска.", "Дети учатся в гимназии № 4 г. Томска."),
    ],
)
def test_other_bodies_have_other_keys(one, other):
    assert keys(one) != keys(other)


def test_a_name_that_any_city_has_gives_no_key():
    assert keys("Делегация побывала в средней школе № 9.") == [None]


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Выступил псковский клуб «Парус».", "geonames:504341"),
        ("Томский политехнический университет принял гостей.", "geonames:1489425"),
        ("Детей лечат в клинике «Аврора» (г. Лахти).", "geonames:649360"),
        ("Famous hospital Sejong treats children.", None),
    ],
)
def test_a_city_is_told_by_name_or_adjective(text, city):
    assert [body.city for body in pobratim.extract(text).organizations] == [city]
