"""Numbers in the cells of tables."""

import pytest

import pobratim


def told(text):
    """Each count's evidence, what is counted, its place and period."""
    document = pobratim.extract(text)
    words = {mention.id: mention.text for mention in document.mentions}
    return [
        (" ".join(words[one] for one in count.mentions), count.counted or count.unit, count.period)
        for count in document.counts
    ]


def test_the_head_of_a_column_says_what_is_counted():
    text = """Обмены

Город-побратим | Год | Делегаций | Студентов
Безансон | 2014 | 7 | 1 088
Гамбург | 2015 | 12 | 90"""
    assert told(text) == [
        ("Безансон 2014 7", "делегация", "2014"),
        ("Безансон 2014 1 088", "студент", "2014"),
        ("Гамбург 2015 12", "делегация", "2015"),
        ("Гамбург 2015 90", "студент", "2015"),
    ]


def test_years_over_the_columns_date_what_the_row_is_of():
    text = """Показатели

Показатель | 2018 | 2019
Принято делегаций | 12 | 15
Доля иностранных студентов | 3,5 % | 4 %"""
    assert told(text) == [
        ("2018 12", "делегация", "2018"),
        ("2019 15", "делегация", "2019"),
        ("2018 3,5 %", "%", "2018"),
        ("2019 4 %", "%", "2019"),
    ]


def test_nothing_need_stand_over_the_labels_of_rows():
    text = """Обмены

                   2015   2016
Принято делегаций     12     15
Расходы, тыс. руб.   640    712"""
    assert told(text) == [
        ("2015 12", "делегация", "2015"),
        ("2016 15", "делегация", "2016"),
        ("2015 640", "RUB", "2015"),
        ("2016 712", "RUB", "2016"),
    ]


def test_a_tab_parts_the_number_of_a_row_from_its_name():
    assert told("Partners\nNo.\tCity\tCountry\n1\tGhent\tFlanders\n2\tCork\tMunster\n") == []


def test_a_unit_over_a_column_is_of_its_numbers():
    text = """Exchange

City | Pupils sent | Cost, EUR
Kaposvár | 25 | 1,200
Yingkou | 12 | 3,400"""
    assert told(text) == [
        ("Kaposvár 25", "pupil", None),
        ("Kaposvár 1,200", "EUR", None),
        ("Yingkou 12", "pupil", None),
        ("Yingkou 3,400", "EUR", None),
    ]


def test_rows_of_another_table_are_no_rows_of_this():
    text = """Delegations | Year
12 | 2018

Telephone | Room
412 | 305"""
    assert "412" not in str(told(text))


def test_tabs_part_cells_and_a_population_is_not_of_the_date_of_its_row():
    text = (
        "Sister cities\n\nName\tCountry\tDate of affiliation\tPopulation\tArea\n"
        "Seward, Alaska\tU.S.A.\tMarch 27, 1968\t2,773\t55.9 km²\n"
        "Madison, Wisconsin\tU.S.A.\tOctober 11, 2006\t258,000\t199.4 km²\n"
    )
    assert told(text) == [
        ("Seward 2,773", None, None),
        ("Seward 55.9 km²", "km2", None),
        ("Madison 258,000", None, None),
        ("Madison 199.4 km²", "km2", None),
    ]


def test_the_number_of_a_row_counts_nothing():
    text = "Договоры\n\n№      Город      Дата\n1      Львов      1999\n3      Бремен      1983"
    assert told(text) == []


def test_amounts_of_an_account_have_the_currency_of_their_column():
    text = (
        "Finances\n\nBalance 1/1/2018        $ 6,118.42\n"
        "City contribution                   10,000.00\n"
        "Host family expenses               (5,206.17)\n"
    )
    found = [(str(one.value), one.unit) for one in pobratim.extract(text).counts]
    assert found == [("6118.42", "USD"), ("10000", "USD"), ("5206.17", "USD")]


@pytest.mark.parametrize(
    ("head", "years"),
    [
        ("Мероприятий за 2018 г. | Документ", ["2018", "2018"]),
        ("Documents (2019) | Since", ["2019", "2019"]),
        ("Мероприятий | Подписан", ["1990", "2006"]),
    ],
)
def test_a_date_over_the_column_is_that_of_its_numbers_rather_than_one_of_the_row(head, years):
    text = f"Партнёры\n\nГород | {head}\nОулу | 2 | 1990\nЛион | 4 | 2006"
    assert [one.period for one in pobratim.extract(text).counts] == years


def test_tabs_part_cells_and_a_row_may_be_a_part_of_the_one_before():
    text = """Показатели по г. Томску

Показатель\t2018\t2019
Принято делегаций\t12\t15
в том числе из КНР\t4\t6
Население, тыс. чел.\t571,5\t573,0"""
    document = pobratim.extract(text)
    assert [(str(one.value), one.counted, one.category, one.period, one.action)
            for one in document.counts] == [
        ("12", "делегация", "delegations", "2018", "принять"),
        ("15", "делегация", "delegations", "2019", "принять"),
        ("4", "делегация", "delegations", "2018", "принять"),
        ("6", "делегация", "delegations", "2019", "принять"),
        ("571500.0", "человек", "population", "2018", None),
        ("573000", "человек", "population", "2019", None),
    ]  # fmt: skip


def test_the_date_in_a_head_is_that_of_its_column():
    found = pobratim.extract(
        "City | Since | Population (2017)\nPécs | 1956 | 142,000 people"
    ).counts
    assert [(one.category, one.period) for one in found] == [("population", "2017")]


def test_rows_of_two_cells_say_themselves_what_they_hold():
    found = pobratim.extract("Население | 312 тыс.\nПлощадь | 145 кв. км").counts
    assert [(str(one.value), one.category) for one in found] == [
        ("312000", "population"), ("145", "area"),
    ]  # fmt: skip
