"""HOLDS and OFFICE_OF, on offices that the corpus has not."""

import pytest

from stages.office_reading import links, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мэр г.Лахти Пекка Тимонен открыл встречу.", ["Пекка Тимонен > Мэр"]),
        ("Приехал Пекка Тимонен, мэр Лахти.", ["Пекка Тимонен > мэр"]),
        ("Пекка Тимонен (мэр Лахти) приехал.", ["Пекка Тимонен > мэр"]),
        ("Господин Пекка Тимонен назначен мэром г.Лахти.", ["Пекка Тимонен > мэром"]),
        ("Генеральным консулом Финляндии в Пскове назначен И.И.Соколов.",
         ["И.И.Соколов > Генеральным консулом"]),
        ("Мэром Турку стала Минна Арве.", ["Минна Арве > Мэром"]),
        ("Вице-мэр г.Лахти, генеральный секретарь «Северного форума» Пекка Тимонен приехал.",
         ["Пекка Тимонен > Вице-мэр", "Пекка Тимонен > генеральный секретарь"]),
        ("Мэрами городов Оулу и Архангельска Пяйви Лаяла и Дмитрием Мораревым подписан план.",
         ["Пяйви Лаяла > Мэрами", "Дмитрием Мораревым > Мэрами"]),
        ("Встретились мэр Турку Минна Арве и глава Пскова Иван Цецерский.",
         ["Минна Арве > мэр", "Иван Цецерский > глава"]),
        ("Mayor of Kuopio Petteri Paronen visited Pskov.", ["Petteri Paronen > Mayor"]),
        ("Petteri Paronen, Mayor of Kuopio, visited Pskov.", ["Petteri Paronen > Mayor"]),
        ("The Mayor of Tampere is Lauri Lyly.", ["Lauri Lyly > Mayor"]),
        ("The president of the clinic Park Yon Su spoke.",
         ["Park Yon Su > president of the clinic"]),
        ("Мэр Лахти встретился с Иваном Цецерским.", []),
        ("Делегация мэра Лахти и школьник Иван Цецерский приехали.", []),
        ("Жена мэра, Мария Семёновна, вручила подарки.", []),
        ("Начальник управления культуры Анна Орлова, Пётр Гусев, руководитель музея, и Ольга Кац.",
         ["Анна Орлова > Начальник управления культуры", "Пётр Гусев > руководитель музея"]),
        ("The mayor met Petteri Paronen.", []),
        ("Mayor: Niko Kyynäräinen", ["Niko Kyynäräinen > Mayor"]),
        ("Мэр Турку – Минна Арве.", ["Минна Арве > Мэр"]),
        ("Делегация мэра – Минна Арве и другие.", []),
        ("Главы двух городов, Аки Ниеми и Олег Кац, подписали план.",
         ["Аки Ниеми > Главы", "Олег Кац > Главы"]),
        ("Lord Mayor Cllr Mary Price spoke.",
         ["Mary Price > Lord Mayor"]),
        ("Signed by Alderman Mary Price MP.", ["Mary Price > Alderman", "Mary Price > MP"]),
        ("Проректор ТГУ им. Г. Р. Державина Олег Кац приехал.", ["Олег Кац > Проректор"]),
        ("Глава города, Николай Орзаев, избран депутатами.", ["Николай Орзаев > Глава города"]),
        ("Mr. Haruo Yoshimura, then Mayor of Obihiro, came.", ["Haruo Yoshimura > Mayor"]),
        ("Franz Dobusch, the city's mayor from 1988 to 2013, came.", ["Franz Dobusch > mayor"]),
        ("Mayor (Oberbürgermeister) Ulrich Mädge came.",
         ["Ulrich Mädge > Mayor", "Ulrich Mädge > Oberbürgermeister"]),
        ("The Secretary of Culture of Manizales (Colombia), Mrs. Paula Ocampo, came.",
         ["Paula Ocampo > Secretary of Culture"]),
        ("Mayors in those years: Yuri Grishan (Magadan), Tom Fink (Oslo)",
         ["Yuri Grishan > Mayors", "Tom Fink > Mayors"]),
        ("Президент союза «Балтика» – мэр Турку Минна Арве, секретарь союза – Пекка Тимонен.",
         ["Минна Арве > Президент", "Минна Арве > мэр", "Пекка Тимонен > секретарь союза"]),
        ("In the presence of the Regional Minister, Mr John Reed, the Director of the Ministry of "
         "Culture, Mrs Ann Hill, and the President of Lund University, Mr Joe Wheatley.",
         ["John Reed > Regional Minister", "Ann Hill > Director", "Joe Wheatley > President"]),
        ("Anna Berg and Lars Holm, city councillors of Lund, came.",
         ["Anna Berg > city councillors", "Lars Holm > city councillors"]),
        ("Anna Berg, who was Deputy Mayor of Lund from 2006 to 2009, came.",
         ["Anna Berg > Deputy Mayor"]),
        ("The letter came from the Mayor of Cuenca, Ing. Marcelo Cabrera.",
         ["Marcelo Cabrera > Mayor"]),
        ('"We are glad," said Anna Berg, Lund\'s mayor.', ["Anna Berg > mayor"]),
        ("2011 – the mayors of Pskov and Lund, Ivan Petrov and Anna Berg, plant a tree.",
         ["Ivan Petrov > mayors", "Anna Berg > mayors"]),
        ("Yours sincerely,\n\nAnna Berg\nMayor of Lund", ["Anna Berg > Mayor"]),
        ("С уважением,\nглава города Пскова\nИван Петров", ["Иван Петров > глава"]),
        ("Cr Jack Dempsey attended as Mayor.", ["Jack Dempsey > Mayor"]),
        ("Sheila Hale was elected chairman, with Derek Hill as vice-chairman, Pam Yates as secretary.",
         ["Sheila Hale > chairman", "Derek Hill > vice-chairman", "Pam Yates > secretary"]),
        ("The office is closed.\n\nDoreen Abela\nMayor\n", ["Doreen Abela > Mayor"]),
    ],
)  # fmt: skip
def test_a_title_goes_to_its_holder(text, expected):
    assert links(read(text), "HOLDS") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мэр г.Лахти Пекка Тимонен открыл встречу.", ["Мэр > Лахти"]),
        ("Мэры городов Вологды и Лахти подписали план.", ["Мэры > Вологды", "Мэры > Лахти"]),
        ("Делегация города Турку во главе с мэром города г-ном Ло Цяном.", ["мэром > Турку"]),
        ("Генеральный консул Японии в Санкт-Петербурге.", ["Генеральный консул > Японии"]),
        ("Президент Республики Беларусь приехал.", ["Президент > Республики Беларусь"]),
        ("Мэр города принял гостей.", []),
        ("Документ завизировали вице-мэр Анна Орлова и помощник мэра Хамины Юха Ниеми.",
         ["помощник мэра > Хамины"]),
        ("Mayor of the city of Kuopio Petteri Paronen spoke.", ["Mayor > Kuopio"]),
        ("The mayors of Pskov and Kuopio met.", ["mayors > Pskov", "mayors > Kuopio"]),
        ("Rochester Mayor Malik Evans spoke.", ["Mayor > Rochester"]),
        ("Turku's deputy mayor spoke.", ["deputy mayor > Turku"]),
        ("Mayor Zhang Wei of Chengdu spoke.", ["Mayor > Chengdu"]),
        ("A mayor visited Chengdu.", []),
        ("От Барнаула – вице-мэр Игорь Орлов, от Зайсана – аким Темир Ким.",
         ["вице-мэр > Барнаула", "аким > Зайсана"]),
        ("В Омске работает Генеральное консульство Казахстана (генеральный консул – Иван Ким).",
         ["генеральный консул > Казахстана"]),
        ("От имени Витебска её подписал мэр Владимир Орлов.", ["мэр > Витебска"]),
        ("Mayor Ron Wallis signed for Halifax and Mayor Yasushi Yanai for Hakodate.",
         ["Mayor > Halifax", "Mayor > Hakodate"]),
        ("The Finland Ambassador to Zimbabwe, Ann Hill, came.", ["Ambassador > Finland"]),
        ("Mayors in those years: Yuri Grishan (Magadan), Tom Fink (Oslo)",
         ["Mayors > Magadan", "Mayors > Oslo"]),
        ("Мэр Турку Минна Арве и её заместитель Аки Ниеми приехали.",
         ["Мэр > Турку", "заместитель > Турку"]),
        ("В Турку (ранее – Або) мэр города Минна Арве открыла выставку.", ["мэр города > Турку"]),
        (
            "Lahti, Finland\nMayor: Niko Kyynäräinen\n\nPécs, Hungary\nMayor – Attila Péterffy",
            ["Mayor > Lahti", "Mayor > Pécs"],
        ),
    ],
)  # fmt: skip
def test_an_office_is_of_what_the_words_beside_it_say(text, expected):
    assert links(read(text), "OFFICE_OF") == expected


def test_every_link_joins_labels_that_the_schema_allows():
    ws = read(
        "Вице-мэр г.Лахти Пекка Тимонен и председатель Псковской городской Думы Иван Цецерский."
    )
    ends = {(x.label, x.head.label, x.tail.label) for x in ws.links if x.why.startswith("offices")}
    assert ends == {
        ("HOLDS", "PERSON", "ROLE"),
        ("OFFICE_OF", "ROLE", "CITY"),
        ("OFFICE_OF", "ROLE", "ORGANIZATION"),
    }
