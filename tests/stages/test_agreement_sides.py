"""Whose agreement it is: how the sides stand in the sentence, and what only the page tells."""

import pytest

from stages.agreement_reading import related, told

RUSSIAN = [
    ("Псков и Тампере подписали соглашение о сотрудничестве.", ["Псков", "Тампере"]),
    ("Между Самарой и Штутгартом договор о партнёрстве заключён в 1992 году.",
     ["Самарой", "Штутгартом"]),
    ("С болгарским Пловдивом Самару связывает соглашение, подписанное в 2001 году.",
     ["Пловдивом", "Самару"]),
    ("Договор о побратимстве с городом Любек (ФРГ) Самара подписала в 1992 г.",
     ["Любек", "Самара"]),
    ("Договор о сотрудничестве городов Тамбов и Грац подписан в 2008 году.", ["Тамбов", "Грац"]),
    ("Исполнилось 20 лет договору о партнёрстве Киля и Самары.", ["Киля", "Самары"]),
    ("Мэры двух городов – Самары и Дортмунда – подписали договор.", ["Самары", "Дортмунда"]),
    ("Самара заключила соглашения с городами: Тампере, Вологда, Псков.",
     ["Самара", "Тампере", "Вологда", "Псков"]),
    ("Ульяновск, Далянь и Лахти заключили трёхстороннее соглашение.",
     ["Ульяновск", "Далянь", "Лахти"]),
    ("На форуме были гости из Минска и Риги. Меморандум подписан по итогам переговоров Твери с Самарой.",
     ["Твери", "Самарой"]),
    ("Итог визита делегации Саратова в Псков – подписание меморандума.", ["Саратова", "Псков"]),
    ("Администрация города Пскова подписала соглашение с Тампере.",
     ["Администрация города Пскова", "Тампере"]),
    ("Псковская область и провинция Цзянси заключили соглашение.", ["Псковская область", "Цзянси"]),
    ("Чебоксары и Пловдив – города-побратимы. Соглашение об этом подписано в 2016 году.",
     ["Чебоксары", "Пловдив"]),
    ("Соглашение с Дортмундом расторгнуто, сообщил мэр Риги.", ["Дортмундом"]),
    ("Соглашение с Дортмундом помогает школьникам из Самары.", ["Дортмундом"]),
    ("Из Москвы в Пекин идёт поезд. Соглашение с Дортмундом подписано в 1978 году.", ["Дортмундом"]),
    ("Председатель городского совета Самары и мэр Пловдива подписали договор.",
     ["Самары", "Пловдива"]),
    ("План мероприятий на 2019-2021 гг. (с городом Пловдив).", ["Пловдив"]),
    ("Соглашение администрации города Читы и мэрии Саппоро о спорте действует.",
     ["администрации города Читы", "мэрии Саппоро"]),
    ("Действует лишь двустороннее соглашение Пскова с Оулу.", ["Пскова", "Оулу"]),
]  # fmt: skip

ENGLISH = [
    ("Leeds and Lille signed a twinning agreement in 1969.", ["Leeds", "Lille"]),
    ("Leeds City Council agreed this morning to enter a three-year cooperation agreement with Lille.",
     ["Leeds City Council", "Lille"]),
    ("Perth should renew the memorandum of understanding with Lille.", ["Perth", "Lille"]),
    ("Guests came from Perth; the minister approved an agreement with Lille.", ["Lille"]),
    ("Under the agreement, Leeds and Lille will exchange students.", ["Leeds", "Lille"]),
    ("The agreement makes Boise a sister city of Lille.", ["Boise", "Lille"]),
    ("Bristol's partnership agreement with Lille dates back to 1999.", ["Bristol", "Lille"]),
    ("Leeds and Lille have been twinned since 1966; the agreement was renewed in 2006.",
     ["Leeds", "Lille"]),
    ("The delegation from Lille arrived in Leeds to sign a memorandum.", ["Lille", "Leeds"]),
    ("An agreement was signed in Tokyo by representatives of Nagoya and Sydney.",
     ["Nagoya", "Sydney"]),
    ("Three cities – Turku, Tallinn and Riga – signed a joint declaration.",
     ["Turku", "Tallinn", "Riga"]),
    ("Leeds is bound by partnership agreements with Lille and Riga.", ["Leeds", "Lille", "Riga"]),
    ("The State of Victoria and Jiangsu Province signed a sister-state agreement in 1979.",
     ["Victoria", "Jiangsu Province"]),
    ("The mayors of Boston and Chicago attended while Denver signed a pact with Nairobi.",
     ["Denver", "Nairobi"]),
    ("According to the mayor of Milwaukee, the agreement between Madison and Lille was a model.",
     ["Madison", "Lille"]),
    ("The memorandum with Lille was the third after those with Osaka and Seoul.", ["Lille"]),
    ("EUGENE, March 14, 2018 – The agreement with Lille was signed on Tuesday.", ["Lille"]),
    ("The agreement was signed by the chairman of the Council of the City of Leeds and the mayor "
     "of Lille.", ["Leeds", "Lille"]),
    ("Leeds, with which an agreement was signed in 1990, sent a choir to Lille.", ["Leeds"]),
    ("Plymouth – Gdynia: Twinning Agreement, 1976", ["Plymouth", "Gdynia"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parties"), RUSSIAN)
def test_russian_tells_the_sides_by_what_governs_them(text, parties):
    assert related(text, "PARTY") == parties


@pytest.mark.parametrize(("text", "parties"), ENGLISH)
def test_english_tells_the_sides_by_what_stands_round_them(text, parties):
    assert related(text, "PARTY") == parties


OWNERS = [
    "Города-побратимы Вологды\n\nСоглашение с Оулу подписано в 1990 г.",
    "Вологда: внешние связи\n\nСоглашение с Оулу подписано в 1990 г.",
    "Администрация города Вологды\nНовости\n\nСоглашение с Оулу подписано в 1990 г.",
    "Вологодский городской исполнительный комитет\n\nСоглашение с Оулу подписано в 1990 г.\n\n"
    "Гости осмотрели г. Вологду.",
    "Новости\n\nСоглашение с Оулу подписано в 1990 г.\n\nГости осмотрели парк.\n\n"
    "Пресс-служба Администрации Вологды",
    "Новости\n\nСоглашение с Оулу подписано в 1990 г.\n\nВологда растёт. Жители Вологды рады, и гости "
    "Вологды тоже.",
]


@pytest.mark.parametrize("text", OWNERS)
def test_the_page_tells_its_owner_by_title_body_adjective_signature_or_number(text):
    (agreement,) = told(text)
    assert agreement.endswith(": Оулу + (Вологда)")


def test_a_city_titled_with_its_country_owns_no_page():
    text = "Оулу (Финляндия), город-побратим\n\nПодписан договор о дружбе."
    assert told(text) in (["treaty friendship signed -:"], ["treaty friendship signed -: (Оулу)"])


def test_the_cells_of_a_table_written_a_line_each_make_rows():
    text = (
        "Города-побратимы Вологды\n\n"
        "Город\nСтрана\nДокумент\nДата\n"
        "Оулу\nФинляндия\nДоговор о дружбе\n14.02.1998\n"
        "Казань\nРоссия\nПротокол намерений\n2005\n"
    )
    assert told(text) == [
        "treaty friendship signed 1998-02-14: Оулу + (Вологда)",
        "protocol other signed 2005: Казань + (Вологда)",
    ]


@pytest.mark.parametrize(("text", "purpose"), [
    ("Томск и Оулу подписали соглашение о ремонте трамваев.", "cooperation"),
    ("Томск и Оулу подписали меморандум о взаимопонимании.", "other"),
    ("Томск и Оулу подписали протокол о намерениях.", "other"),
    ("Томск и Оулу подписали План мероприятий.", "cooperation"),
    ("Соглашение между Томском и Оулу о развитии дружбы подписано.", "friendship"),
    ("Побратимские отношения с Оулу Томск установил в 1990 году. Соглашение подписано в мае.",
     "twinning"),
    ("Города-побратимы Томска\n\nОулу\nДоговор подписан в 1990 г.", "twinning"),
    ("Города-побратимы Томска\n\nОулу\nМеморандум подписан в 1990 г.", "other"),
    ("Leeds and Lille signed a memorandum on port training.", "cooperation"),
    ("Leeds and Lille signed a Memorandum of Understanding.", "other"),
    ("Leeds and Lille signed an agreement on student exchanges.", "exchange"),
])  # fmt: skip
def test_the_purpose_is_told_by_the_subject_or_by_what_stands_above(text, purpose):
    assert [line.split()[1] for line in told(text)] == [purpose]


def test_a_similar_agreement_is_for_what_the_one_before_is_for():
    text = "Leeds signed a twinning agreement with Lille. A similar agreement with Lyon was signed."
    assert [line.split()[1] for line in told(text)] == ["twinning", "twinning"]


@pytest.mark.parametrize("text", [
    "Псков и Тампере: меморандум подписан\n\n5 мая 2019 г. мэры Пскова и Тампере подписали "
    "меморандум о сотрудничестве.",
    "Псков подписал соглашение с Тампере. Это соглашение датируется 1990 годом.",
    "Leeds wants to revive the agreement with Lille. That agreement, dating from 1981, was not used.",
    "Twin cities of Leeds\n\nLille\nThe agreement on twinning was signed in 1990. Within the "
    "framework of the agreement a choir came.",
])  # fmt: skip
def test_an_announced_or_pointed_at_agreement_is_the_one_told_of(text):
    assert len(told(text)) == 1


@pytest.mark.parametrize(("text", "agreements"), [
    ("Стороны обменялись письмами о намерениях.", ["письмами"]),
    ("Подписано 11 соглашений с городами Азии.", []),
    ("The MoUs with Arles and Pskov were signed in May.", ["MoUs"]),
    ("The three-year Memorandum of Understanding with Arles was signed.",
     ["Memorandum of Understanding"]),
    ("They prepared a draft Agreement with Arles.", ["Agreement"]),
    ("A Memorandum of Agreement was signed with Arles.", ["Memorandum of Agreement"]),
    ("Подписан план сотрудничества с Арлем.", ["план сотрудничества"]),
    ("The oath of twinning was signed in 1962.", ["oath of twinning"]),
    ("The Treaty of Friendship and Mutual Cooperation was signed in 1962.",
     ["Treaty of Friendship and Mutual Cooperation"]),
    ("Документы / Соглашения с зарубежными городами (1990–2012)\n\nДокументов: 7.", []),
    ("Twin towns of Leeds\n\nNo\nTown\nCountry\nAgreement\nMain fields\n"
     "1\nLyon\nFrance\n29.09.1989\nSports\n2\nPskov\nRussia\nTwinning agreement, 1999\nMusic\n",
     ["Twinning agreement"]),
])  # fmt: skip
def test_instruments_are_marked_as_they_are_called(text, agreements):
    from stages.agreement_reading import extract

    assert [m.text for m in extract(text).mentions if m.label == "AGREEMENT"] == agreements
