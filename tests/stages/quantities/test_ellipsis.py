"""Numbers whose noun is elsewhere in the sentence."""

import pytest

import pobratim


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Число участников увеличилось с 12 в 1999 году до 48 в 2019 году.",
         [("12", "участник"), ("48", "участник")]),
        ("The number of visitors reached 12,400.", [("12400", "visitor")]),
        ("Of the 60 applicants, 15 were chosen.", [("60", "applicant"), ("15", "applicant")]),
        ("Из 60 заявителей 15 были отобраны.", [("60", "заявитель"), ("15", "заявитель")]),
        ("A choir sang before an audience of 1,500.", [("1500", None)]),
        ("The population of Fort Wayne stands at approx. 265,000.", [("265000", None)]),
    ],
)  # fmt: skip
def test_a_bare_number_counts_what_the_sentence_tells(text, counts):
    found = pobratim.extract(text).counts
    assert [(str(one.value), one.counted) for one in found] == counts
    assert all(one.maximum is None for one in found)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Количество проведённых встреч: план – 8, факт – 11.",
         [("8", "встреча"), ("11", "встреча")]),
        ("Число слушателей лекций, чел.: план – 150, факт – 163.",
         [("150", "слушатель"), ("163", "слушатель")]),
        ("Принято делегаций: план – 5; факт – 7.", [("5", "делегация"), ("7", "делегация")]),
        ("Number of visits: target 12, actual 15.", [("12", "visit"), ("15", "visit")]),
        ("Число домов по плану – 4, комната 12, факт 7.", [("4", "дом")]),
        ("Since 2001 the fund has helped 212 patients; in 2019 alone the figure was 34.",
         [("212", "patient"), ("34", "patient")]),
        ("The group (8 pers.) came from Ruse.", [("8", "person")]),
    ],
)  # fmt: skip
def test_a_field_and_a_figure_pointing_back_tell_what_is_counted(text, counts):
    assert [(str(one.value), one.counted) for one in pobratim.extract(text).counts] == counts


def test_each_figure_has_its_own_year():
    text = "Число участников увеличилось с 12 в 1999 году до 48 в 2019 году."
    assert [one.period for one in pobratim.extract(text).counts] == ["1999", "2019"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Закупки составили 5 млн евро, что на 6 % выше, чем в 2011 году.", [None, None]),
        ("In 2015 the turnover made 38 million dollars, for May 2016 it made 11 million dollars.",
         ["2015", "2016-05"]),
        ("2 Sept 1996. The museum lends 36 exhibits.", ["1996-09-02"]),
        ("Since the visit in 2017, 12 students a year spend a term abroad.", [None]),
    ],
)  # fmt: skip
def test_a_figure_has_the_date_it_is_told_for(text, periods):
    assert [one.period for one in pobratim.extract(text).counts] == periods


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Between 1983 and 1989 some 400 apprentices went to Halle.", ["Halle"]),
        ("The guests came to Tver. There they met 40 students.", ["Tver"]),
        ("The mayor opened the Energy Summit. About 1,200 delegates attended.", ["Energy Summit"]),
    ],
)
def test_a_figure_has_the_place_it_is_told_of(text, places):
    document = pobratim.extract(text)
    words = {mention.id: mention.text for mention in document.mentions}
    assert [words[x.tail] for x in document.relations if x.label == "COUNTED_IN"] == places


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Expenditure of Rs. 4.75 lakh and NOK 1.6 million was sanctioned.", ["INR", "NOK"]),
        ("Gisborne and Palmerston North paid $3,260.", ["NZD"]),
        ("Gisborne and Palmerston North paid US$3,260.", ["USD"]),
        ("Tacoma and Gresham paid $3,260.", ["USD"]),
        ("It brought over 3.5 million Euros.", ["EUR"]),
        ("Сумма гранта – 12 000 чешских крон и 5 тыс. злотых.", ["CZK", "PLN"]),
        ("It cost Rp 25 million, KSh 2.5 million and GH₵4,000.", ["IDR", "KES", "GHS"]),
        ("In 1989 they raised DM 5,000 and 40,000 Swedish kronor.", ["DEM", "SEK"]),
        ("Route R61 is closed; Rm 300 is open.", []),
    ],
)
def test_money_is_of_its_currency(text, units):
    assert [one.unit for one in pobratim.extract(text).counts] == units


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Приняты 64 делегации, из Китая – 21, из Японии – 9.",
         [("64", "делегация"), ("21", "делегация"), ("9", "делегация")]),
        ("138 students had been sent from Obihiro and 126 were accepted.",
         [("138", "student"), ("126", "student")]),
        ("In all 29 groups/156 persons were sent.", [("29", "group"), ("156", "person")]),
    ],
)  # fmt: skip
def test_parts_without_a_noun_are_counted(text, counts):
    assert [(str(one.value), one.counted) for one in pobratim.extract(text).counts] == counts


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Yancheng has forged sister-city ties with 43 cities.", "Yancheng"),
        ("Клиника «Аврора» приняла 12 детей.", "Клиника «Аврора»"),
    ],
)
def test_the_subject_is_the_place_of_its_ties_and_guests(text, place):
    document = pobratim.extract(text)
    words = {mention.id: mention.text for mention in document.mentions}
    assert [words[x.tail] for x in document.relations if x.label == "COUNTED_IN"] == [place]


def test_a_sign_for_no_cents_is_no_bound():
    found = pobratim.extract("Income: town subsidy 1,500.- €, donations 3,068.55 €.").counts
    assert [(str(one.value), one.minimum) for one in found] == [("1500", None), ("3068.55", None)]


def test_an_entry_is_of_the_event_that_opens_it():
    document = pobratim.extract("“Harbour Days” festival, 9 to 17 June 2007: four concerts.")
    words = {mention.id: mention.text for mention in document.mentions}
    assert ["“Harbour Days” festival" in words[x.tail] for x in document.relations
            if x.label == "COUNTED_IN"] == [True]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Delegations received in 2019: 11; sent: 8.", [("11", "delegation"), ("8", "delegation")]),
        ("Принято делегаций: 12, направлено: 7.", [("12", "делегация"), ("7", "делегация")]),
        ("Показано 4 документа из 31.", [("4", "документ"), ("31", "документ")]),
        ("Population: 580 thous. (2017)", [("580000", None)]),
        ("Telephones: 212-34-56.", []),
        ("Страницы: 1 2 3 8", []),
    ],
)
def test_a_label_says_what_is_counted(text, counts):
    assert [(str(one.value), one.counted) for one in pobratim.extract(text).counts] == counts


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Принято 9 делегаций, выехало 5.", ["9 делегация", "5 делегация"]),
        ("Приехало шесть групп, 74 человека. От нас уехало семь.",
         ["6 группа", "74 человек", "7 группа"]),
        ("Принято 7 делегаций (46 человек), из них 4 – из Узбекистана.",
         ["7 делегация", "46 человек", "4 делегация"]),
        ("Прибыли гости. Цветоводов было девять.", ["9 цветовод"]),
        ("Подано 63 заявки, одобрено 8.", ["63 заявка", "8 заявка"]),
        ("Посажено 50 сакур (прижились 43).", ["50 сакура", "43 сакура"]),
        ("The club sends 20 seedlings. Three survive the frost.", ["20 seedling", "3 seedling"]),
        ("In 2001 there were three choirs, in 2002 five.", ["3 choir", "5 choir"]),
        ("By then seven of her colleagues had followed.", ["7 colleague"]),
        ("Some 1,200 people from 4 continents came, of whom 300 were from Asia.",
         ["1200 people", "4 continent", "300 people"]),
        ("В 2006 году выезжали 42 студента, в минувшем году — уже 61.",
         ["42 студент", "61 студент"]),
        ("Принято делегаций – 12\nНаправлено – 8\nУчастников обменов – 340",
         ["12 делегация", "8 делегация", "340 участник"]),
        ("- подписано соглашений: 3;\n- принято официальных делегаций: 17 (в 2020 г. – 4).",
         ["3 соглашение", "17 делегация", "4 делегация"]),
        ("Каждая поездка – это трое суток в дороге.", []),
        ("Список участников: 1. Иванов", []),
        ("За – 23, против – 2.", []),
    ],
)  # fmt: skip
def test_more_of_the_same_is_counted_by_its_number_alone(text, counts):
    found = pobratim.extract(text).counts
    assert [f"{one.value} {one.counted}" for one in found] == counts
