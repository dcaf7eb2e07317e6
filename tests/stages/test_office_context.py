"""Whose an office is, told farther off than beside it."""

import pytest

import pobratim


def owners(text):
    document = pobratim.extract(text)
    words = {mention.id: mention.text for mention in document.mentions}
    return [(words[x.head], words[x.tail]) for x in document.relations if x.label == "OFFICE_OF"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Settsu became our second sister city. Mayor Kazushige Morikawa brings 28 visitors.",
         [("Mayor", "Settsu")]),
        ("Члены клуба побывали в Кеми. Гостей принял мэр Теро Ниссинен.", [("мэр", "Кеми")]),
        ("Officers of the Gresham Sister City Association for 2018: Carol Nakata, President.",
         [("President", "Gresham Sister City Association")]),
        ("Брест посетила делегация города Кобленц (Германия). Возглавил её мэр Давид Лангнер.",
         [("мэр", "Кобленц")]),
    ],
)  # fmt: skip
def test_an_office_is_of_what_was_just_told(text, expected):
    assert owners(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Settsu and Nanning are our sister cities. Mayor Kazushige Morikawa brings 28 visitors.",
        "Settsu became our sister city.\n\nMayor Kazushige Morikawa brings 28 visitors.",
    ],
)
def test_two_cities_or_another_paragraph_tell_nothing(text):
    assert owners(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В июле в Ольштыне её мэр Пётр Гжимович и глава Калуги Дмитрий Денисов подписали план.",
         [("мэр", "Ольштыне"), ("глава", "Калуги")]),
        ("Делегация Рязанской городской Думы во главе с её председателем Юлией Рокотянской.",
         [("председателем", "Рязанской городской Думы")]),
        ("The Lund Twinning Committee was wound up at the request of its chair, Mrs Joan Hale.",
         [("chair", "Lund Twinning Committee")]),
        ("The guests came to Uppsala University, whose Rector Anders Hagfeldt showed the library.",
         [("Rector", "Uppsala University")]),
        ("A delegation from Lund, Sweden, led by its Mayor, Ms Anna Berg, visited Kazan.",
         [("Mayor", "Lund")]),
        ("В Рязань прибыла делегация из Сюйчжоу – 9 человек во главе с секретарём горкома Чжан Голинем.",
         [("секретарём горкома", "Сюйчжоу")]),
        ("Делегация Тюменской области во главе с губернатором Александром Моором прибыла в Казань.",
         [("губернатором", "Тюменской области")]),
        ("Иван Петров и его заместитель Олег Кац поехали в Турку.", []),
        ("Mayor John Smith flew to Lund with 12 pupils.", []),
    ],
)  # fmt: skip
def test_a_pronoun_or_a_delegation_tells_whose_the_office_is(text, expected):
    assert owners(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Соглашение подписали 3 июня 1997 года в Лунде мэр Анна Берг и глава Пскова Иван Петров.",
         [("мэр", "Лунде"), ("глава", "Пскова")]),
        ("12 мая Псков и Турку подписали план (подписи поставили глава города Иван Петров и "
         "заместитель мэра города Турку Пекка Тимонен).",
         [("глава города", "Псков"), ("заместитель мэра", "Турку")]),
        ("От гостей: мэр Турку Минна Арве, казначей города Пекка Тимонен.",
         [("мэр", "Турку"), ("казначей города", "Турку")]),
        ("The guests were met by the Mayor of Gwangju, Yoon Jae-ho, and the city's Adviser for "
         "International Relations, Kim Eun-ja.",
         [("Mayor", "Gwangju"), ("Adviser for International Relations", "Gwangju")]),
        ("The President of the Gwangju City Council, Cho Young-tak, was abroad; Vice President "
         "Na Hye-jin represented him.",
         [("President", "Gwangju City Council"), ("Vice President", "Gwangju City Council")]),
    ],
)  # fmt: skip
def test_the_offices_beside_it_tell_whose_an_office_is(text, expected):
    assert owners(text) == expected


def test_the_body_below_a_title_is_the_one_it_is_of():
    text = "The stall was full.\n\nPublic Relations Officer\nNashik Municipal Corporation\n"
    assert owners(text) == [("Public Relations Officer", "Nashik Municipal Corporation")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("С 9 по 11 ноября делегация находилась в Сеуле; подписана «дорожная карта» с мэром О Сехуном.",
         [("мэром", "Сеуле")]),
        ("On 5 May in Lund Mayor Anna Berg welcomed the guests.", [("Mayor", "Lund")]),
        ("Mayor of Eugene Lucy Vinson and her counterpart from Kathmandu, Mayor Bidya Shakya, signed.",
         [("Mayor", "Eugene"), ("Mayor", "Kathmandu")]),
        ("TAMPERE, 3 May 2019 – Mayor Lauri Lyly received a group of teachers.",
         [("Mayor", "TAMPERE")]),
        ("Queries: Toni Grace, Director, Lund University", [("Director", "Lund University")]),
        ("Sheila Hale was elected chairman of the Lund Society, with Derek Hill as vice-chairman.",
         [("chairman", "Lund Society"), ("vice-chairman", "Lund Society")]),
        ("Mary Price, Leader of Bristol City Council, and the Council's Chief Executive, Mike Jackson.",
         [("Leader", "Bristol City Council"), ("Chief Executive", "Bristol City Council")]),
        ("Mayor of Lund Anna Berg and Deputy Mayors Lars Holm and Per Ek came.",
         [("Mayor", "Lund"), ("Deputy Mayors", "Lund")]),
        ("Мэр Турку Минна Арве и вице-мэр Пекка Тимонен прибыли.",
         [("Мэр", "Турку"), ("вице-мэр", "Турку")]),
        ("Приехали глава Пскова Иван Цецерский, его первый заместитель Елена Полонская, помощник "
         "главы Анна Орлова.",
         [("глава", "Пскова"), ("первый заместитель", "Пскова"), ("помощник главы", "Пскова")]),
        ("Мэр Минна Арве (Турку) и глава Иван Цецерский (Псков) подписали план.",
         [("Мэр", "Турку"), ("глава", "Псков")]),
        ("Acting Deputy Mayor Ann Hill spoke from the part of Mayor of Lund Lars Holm.",
         [("Acting Deputy Mayor", "Lund"), ("Mayor", "Lund")]),
        ("Состоялась встреча руководителей администрации города Пскова с гостями.",
         [("руководителей", "администрации города Пскова")]),
        ("Директор АО «Завод» Иван Ким и коммерческий директор Олег Кац приехали.",
         [("Директор", "АО «Завод»")]),
        ("В Лунд выехала группа врачей, а мэр Иван Петров остался дома.", []),
        ("The pact was inked in Lund in 1969 by then Mayor Luis Ganio.", []),
    ],
)  # fmt: skip
def test_the_sentence_tells_whose_an_office_is(text, expected):
    assert owners(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Кто руководил Элистой\n\nГлавы города\nЭрдниев В. С. (1991–93)\n"
            "Бадмаева Нина Санджиевна (1993–1998)",
            [("Главы города", "Элистой")],
        ),
        (
            "Состав делегации г. Лахти:\n1. Пекка Тимонен – мэр\n2. Юкка Кола – директор музея\n"
            "3. Анна Вирта – председатель городского совета",
            [("мэр", "Лахти"), ("председатель городского совета", "Лахти")],
        ),
        (
            "Partner city: Lund, Sweden\nMayor: Anna Berg\nDeputy Mayor: Lars Holm\n"
            "Contact: Per Ek, International Secretary",
            [("Mayor", "Lund"), ("Deputy Mayor", "Lund")],
        ),
        (
            "For the City of Lund\nAnna Berg\nMayor\n\n"
            "For the City of Pskov\nIvan Petrov\nHead of the City",
            [("Mayor", "Lund"), ("Head of the City", "Pskov")],
        ),
        (
            "Delegation from Lund (Sweden):\nAnna Berg, Mayor\nLars Holm, Deputy Mayor for Culture",
            [("Mayor", "Lund"), ("Deputy Mayor for Culture", "Lund")],
        ),
        (
            "Turku (Finland), since 1996\nPopulation: 190,000. The mayor of the city – Minna Arve.\n\n"
            "Lund (Sweden), since 1998\nPopulation: 90,000.",
            [("mayor of the city", "Turku")],
        ),
    ],
)
def test_the_heading_of_a_list_tells_whose_its_offices_are(text, expected):
    assert owners(text) == expected
