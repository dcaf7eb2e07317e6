"""ROLE spans and offices, on sentences about cities that the corpus has not."""

import pytest

from stages.office_reading import read, spans


def roles(text):
    ws = read(text)
    return [(ws.phrase(c.start, c.end), c.data.office) for c in ws.of("ROLE")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Встречу открыл мэр г.Лахти Пекка Тимонен.", [("мэр", "mayor")]),
        ("Он беседовал с Вице-Мэром города Турку.", [("Вице-Мэром", "vice_mayor")]),
        ("Приехал обер-бургомистр Геры.", [("обер-бургомистр", "mayor")]),
        ("Первый заместитель мэра Пскова выступил.", [("Первый заместитель мэра", "vice_mayor")]),
        ("Их принял заместитель Главы г.Вологды.", [("заместитель Главы", "deputy_mayor")]),
        ("Письмо и.о. главы города Пскова.", [("и.о. главы", "acting_mayor")]),
        ("Временно исполняющий обязанности губернатора Псковской области.",
         [("Временно исполняющий обязанности губернатора", "governor")]),
        ("Бывший мэр Тампере приехал.", [("мэр", "mayor")]),
        ("Чрезвычайный и Полномочный Посол Финляндии.",
         [("Чрезвычайный и Полномочный Посол", "ambassador")]),
        ("С генеральными консулами Польши и Латвии.", [("генеральными консулами", "consul")]),
        ("Почётный консул Эстонии в Пскове.", [("Почётный консул", "consul")]),
        ("Министр иностранных дел Норвегии.", [("Министр иностранных дел", "other")]),
        ("Начальник управления культуры Пскова.", [("Начальник управления культуры", "head")]),
        ("Начальник отдела по делам молодёжи уехал.",
         [("Начальник отдела по делам молодёжи", "head")]),
        ("Председатель Комитета по туризму Пскова.", [("Председатель", "chair")]),
        ("Директор школы № 5 Пскова.", [("Директор", "director")]),
        ("Директор школы поблагодарил гостей.", [("Директор школы", "director")]),
        ("Вице-мэр г. Лахти по вопросам спорта, главный архитектор г. Лахти.",
         [("Вице-мэр", "vice_mayor"), ("главный архитектор", "other")]),
        ("Заместитель мэра по вопросам спорта, культуры и туризма уехал.",
         [("Заместитель мэра по вопросам спорта, культуры и туризма", "deputy_mayor")]),
        ("Мэры городов Пскова и Турку подписали план.", [("Мэры", "mayor")]),
        ("Главы двух городов обсудили планы.", [("Главы", "mayor")]),
        ("Глава Республики Карелия приехал.", [("Глава", "governor")]),
        ("Замглавы администрации Вологды.", [("Замглавы", "deputy_head")]),
        ("Советник мэра по связям с общественностью.",
         [("Советник мэра по связям с общественностью", "other")]),
        ("Мэр Лахти по приглашению главы города Пскова прибыл.",
         [("Мэр", "mayor"), ("главы", "mayor")]),
        ("Глава города Николай Петров выступил.", [("Глава города", "mayor")]),
        ("Заместитель главы города по социальным вопросам Анна Орлова выступила.",
         [("Заместитель главы города по социальным вопросам", "deputy_mayor")]),
        ("Глава городского округа Самара выступил.", [("Глава городского округа", "mayor")]),
        ("Глава города Тверь принял гостей.", [("Глава", "mayor")]),
        ("Делегация Твери во главе с мэром города Иваном Петровым.", [("мэром", "mayor")]),
        ("Председатель городского совета Тампере Мария Лахтинен приехала.",
         [("Председатель городского совета", "chair")]),
        ("Начальник управления культуры администрации города Анна Орлова выступила.",
         [("Начальник управления культуры", "head")]),
        ("Встреча на уровне руководителей городов прошла.", []),
        ("Мэр, его помощник и водитель приехали.", [("Мэр", "mayor")]),
        ("Главы двух городов, Аки Ниеми и Олег Кац, подписали план.", [("Главы", "mayor")]),
        ("Председатель Народного комитета города Кан Ён Чжу.",
         [("Председатель Народного комитета", "chair")]),
        ("Председатель городского Совета депутатов Марина Орлова.",
         [("Председатель городского Совета депутатов", "chair")]),
        ("Председатель Городской Думы города Пскова.", [("Председатель", "chair")]),
        ("Директор департамента образования Игорь Зуев.",
         [("Директор департамента образования", "director")]),
        ("Глава муниципального образования Игорь Зуев.",
         [("Глава муниципального образования", "mayor")]),
        ("Директор омской гимназии имени А.С. Пушкина приехала.", [("Директор", "director")]),
        ("Анна Орлова, директор школы имени Николая Рериха, приехала.", [("директор", "director")]),
        ("Губернатор области Игорь Зуев приехал.", [("Губернатор области", "governor")]),
        ("Алькальдесса Хихона Ана Гонсалес приехала.", [("Алькальдесса", "mayor")]),
        ("Председатель хурала г. Дархан Д. Бат приехал.", [("Председатель хурала", "chair")]),
        ("Начальник отдела культуры администрации аймака Сэлэнгэ приехал.", [("Начальник", "head")]),
        ("Управляющий делами Борис Львов.", [("Управляющий делами", "other")]),
        ("Временный поверенный в делах Чехии Иржи Чистецкий.",
         [("Временный поверенный в делах", "other")]),
        ("Ведущий специалист Асель Асанова.", [("Ведущий специалист", "other")]),
        ("Заведующий кафедрой Олег Кац приехал.", [("Заведующий кафедрой", "head")]),
        ("Председатель правления банка «Лён» приехал.", [("Председатель правления", "chair")]),
        ("Начальник отдела мэрии Пскова приехал.", [("Начальник", "head")]),
        ("Правящий бургомистр Берлина приехал.", [("Правящий бургомистр", "mayor")]),
        ("2-й заместитель мэра Тюля приехал.", [("2-й заместитель мэра", "deputy_mayor")]),
        ("Главный врач Анна Орлова приехала.", [("Главный врач", "head")]),
        ("Мэр Турку и его заместитель приехали.", [("Мэр", "mayor"), ("заместитель", "deputy_mayor")]),
    ],
)  # fmt: skip
def test_russian_titles_end_where_their_words_end(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Lord Mayor of Bradford spoke.", [("Lord Mayor", "mayor")]),
        ("Oberbürgermeister Hans Koschnick spoke.", [("Oberbürgermeister", "mayor")]),
        ("Alcalde Juan Pérez spoke.", [("Alcalde", "mayor")]),
        ("City Council Member Mary Price spoke.", [("City Council Member", "other")]),
        ("The Pro Vice-Chancellor spoke.", [("Pro Vice-Chancellor", "other")]),
        ("Text: Elin Borg, press officer", [("press officer", "other")]),
        ("Mary Price, cultural officer, spoke.", [("cultural officer", "other")]),
        ("They met Mr. A. Price, Town Engineer.", [("Town Engineer", "other")]),
        ("Mary Price, International Relations Manager, spoke.",
         [("International Relations Manager", "other")]),
        ("Mary Price, Sister City Coordinator, spoke.", [("Sister City Coordinator", "other")]),
        ("An engineer and a project manager spoke.", []),
        ("Cllr. Mary Price spoke.", []),
        ("It came from the Mayor's Allowance and the Mayor’s Relief Appeal.", []),
        ("The Mayor's speech was short.", [("Mayor", "mayor")]),
        ("Cr Mary Price and Cllrs. A. Price and Rhys spoke.", []),
        ("Councillor Mary Price spoke.", [("Councillor", "other")]),
        ("Tamale's metropolitan chief executive spoke.",
         [("metropolitan chief executive", "head")]),
        ("Every mayor has a chain, one councillor said.", []),
        ("The file is an mp, said Mary Price MP.", [("MP", "other")]),
        ("Vice-Mayor Anna Virtanen spoke.", [("Vice-Mayor", "vice_mayor")]),
        ("Deputy Mayor for International Affairs of Turku spoke.",
         [("Deputy Mayor for International Affairs", "deputy_mayor")]),
        ("Acting Deputy Mayor in Charge of Culture and Sport Anna Virtanen spoke.",
         [("Acting Deputy Mayor in Charge of Culture and Sport", "deputy_mayor")]),
        ("The acting mayor of Pskov spoke.", [("acting mayor", "acting_mayor")]),
        ("The mayors of Pskov and Kuopio met.", [("mayors", "mayor")]),
        ("The chairman of the board of Vologda Lace Ltd spoke.",
         [("chairman of the board", "chair")]),
        ("The Chairman of the Kuopio City Council spoke.", [("Chairman", "chair")]),
        ("The Head of the Department of Culture spoke.", [("Head", "head")]),
        ("The Minister of Foreign Affairs of Japan spoke.",
         [("Minister of Foreign Affairs", "other")]),
        ("The Consul General of Japan in Pskov spoke.", [("Consul General", "consul")]),
        ("Former Mayor of Turku spoke.", [("Mayor", "mayor")]),
        ("Prime Minister of Norway spoke.", [("Prime Minister", "other")]),
        ("The Head of the City met the guests.", [("Head of the City", "mayor")]),
        ("Chairman of the City Executive Committee Viktor Orlov came.",
         [("Chairman of the City Executive Committee", "chair")]),
        ("Head of the City Administration Igor Orlov came.",
         [("Head of the City Administration", "head")]),
        ("Deputy Head of Administration on economy Igor Orlov came.",
         [("Deputy Head of Administration on economy", "deputy_head")]),
        ("The first deputy of the Mayor Vladimir Potapov came.",
         [("first deputy of the Mayor", "vice_mayor")]),
        ("The guests met Governor Butch Otter and Gov. Brad Hill.",
         [("Governor", "governor"), ("Gov.", "governor")]),
        ("County Mayor Solveig Tengesdal came.", [("County Mayor", "mayor")]),
        ("Elko County Mayor Ann Hill came.", [("Mayor", "mayor")]),
        ("Deputy City Manager Ann Hill came.", [("Deputy City Manager", "other")]),
        ("Governing Mayor of Berlin Ann Hill came.", [("Governing Mayor", "mayor")]),
        ("The Chief Executive, Ann Hill, came.", [("Chief Executive", "head")]),
        ("The Leader of the Opposition, Ann Hill, left.", [("Leader of the Opposition", "other")]),
        ("City Administrator Julia Glanz and Chief specialist Pavel Nikonov came.",
         [("City Administrator", "other"), ("Chief specialist", "other")]),
        ("Mayor Lauri Lyly and his deputy Johanna Loukas came.",
         [("Mayor", "mayor"), ("deputy", "deputy_mayor")]),
    ],
)  # fmt: skip
def test_english_titles_end_where_their_words_end(text, expected):
    assert roles(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Во главе делегации ехали школьники.",
        "Глава делегации поблагодарил хозяев.",
        "Глава 5 посвящена истории города.",
        "После обеда гости осмотрели порт.",
        "Турнир на Кубок Губернатора прошёл в мае.",
        "В городе прошёл Северный форум мэров.",
        "Управляющая компания отремонтировала дом.",
        "Школьники, предприниматели и артисты приехали.",
        "The head of the delegation thanked the hosts.",
        "She will head the delegation in May.",
        "He sat at the head of the bed.",
        "The Conference of Mayors took place in May.",
        "Mayors for Peace is a network.",
        "The art teacher and the headquarters moved.",
        "The meeting of four board members with council members was short.",
        "Leaders of relevant departments and traditional leaders came.",
    ],
)
def test_what_is_no_office_is_no_role(text):
    assert spans(read(text), "ROLE") == []


def test_stacked_deputies_end_somewhere():
    text = "Письмо " + "заместителя " * 3000 + "мэра."
    assert {c.data.office for c in read(text).of("ROLE")} <= {"deputy_mayor", "other", "mayor"}


def test_former_and_plural_are_told():
    former = read("Бывший мэр Тампере приехал.").of("ROLE")[0].data
    plural = read("Мэры городов Пскова и Турку подписали план.").of("ROLE")[0].data
    assert (former.former, former.plural) == (True, False)
    assert (plural.former, plural.plural) == (False, True)
