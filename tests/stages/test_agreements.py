"""Agreements in sentences, headings, fields and lists about cities that the corpus has not."""

import pytest

from stages.agreement_reading import extract, told


@pytest.mark.parametrize(
    ("text", "agreement"),
    [
        ("Соглашение о побратимских связях между городами Томском и Ульсаном подписано "
         "3 мая 2019 года.",
         "agreement twinning signed 2019-05-03: Томск + Ульсан"),
        ("Мэры городов Вологды и Мишкольца подписали Договор о сотрудничестве 12 июня 2008 г.",
         "treaty cooperation signed 2008-06-12: Вологда + Мишкольц"),
        ("В мае 2014 года Архангельск и Эмден подписали меморандум о дружбе.",
         "memorandum friendship signed 2014-05: Архангельск + Эмден"),
        ("Администрация города Пскова заключила соглашение с компанией «Нордик» 5 июля 2017 года.",
         "agreement other signed 2017-07-05: компания «Нордик» + Администрация города Пскова"),
        ("Планируется подписать Соглашение о партнёрстве между Мурманском и Тромсё в 2021 году.",
         "agreement partnership planned -: Мурманск + Тромсё"),
        ("Меморандум между городами Самара, Казань, Уфа, Пермь и провинцией Сычуань "
         "подписан в 2015 году.",
         "memorandum other signed 2015: Самара + Казань + Уфа + Пермь + Сычуань"),
        ("The sister-city agreement between Tver and Osnabrück was signed on 4 May 1991.",
         "agreement twinning signed 1991-05-04: Tver + Osnabrück"),
        ("Murmansk and Rovaniemi signed a friendship agreement in 1962.",
         "agreement friendship signed 1962: Murmansk + Rovaniemi"),
        ("A Memorandum of Understanding between Yakutsk and Changwon is to be signed in 2023.",
         "memorandum other planned -: Yakutsk + Changwon"),
        ("The agreement between Coventry and Volgograd was suspended in 2022.",
         "agreement other ended -: Coventry + Volgograd"),
    ],
)  # fmt: skip
def test_one_sentence_tells_one_agreement(text, agreement):
    assert told(text) == [agreement]


def test_the_sections_city_and_the_pages_owner_are_implied_parties():
    text = (
        "Города-побратимы Пскова\n\n"
        "• Перт (Великобритания)\n  Документ: Договор о дружбе (1991 г.)\n"
        "  Делегация Пскова посетила Перт. Псков принял гостей.\n\n"
        "• Мяньян (КНР)\n  Документ: Соглашение о сотрудничестве (2015 г.)\n"
        "  Псков и Мяньян обмениваются делегациями школьников.\n"
    )
    assert told(text) == [
        "treaty friendship signed 1991: (Перт) + (Псков)",
        "agreement cooperation signed 2015: (Мяньян) + (Псков)",
    ]


def test_a_heading_with_city_and_country_gives_the_other_side():
    text = (
        "Vologda has two sister cities.\n\n"
        "London, Canada.\n"
        "London became a partner. The sister-city agreement with Vologda was signed on the "
        "8th of July 1997.\n\n"
        "Kouvola, Finland.\n"
        "The sister-city agreement with Vologda was signed on 2 March 1988.\n"
    )
    assert told(text) == [
        "agreement twinning signed 1997-07-08: Vologda + (London)",
        "agreement twinning signed 1988-03-02: Vologda + (Kouvola)",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "В Томск прибыла делегация из Ульсана. Гости осмотрели порт. Стороны подписали меморандум.",
        "Leeds welcomed guests from Lyon. They toured the port. Both sides signed a memorandum.",
    ],
)
def test_the_two_that_the_sides_stands_for_are_implied(text):
    (agreement,) = extract(text).agreements
    assert [party.implied for party in agreement.parties] == [True, True]


def test_an_agreement_told_twice_is_one_record_with_both_evidences():
    text = (
        "Соглашение о сотрудничестве между Томском и Ульсаном (2019 г.).\n\n"
        "3 мая 2019 года стороны встретились. Подписано соглашение о сотрудничестве между "
        "Томском и Ульсаном.\n"
    )
    (agreement,) = extract(text).agreements
    assert agreement.signed == "2019-05-03"
    document = extract(text)
    texts = [m.text for m in document.mentions if m.id in document.agreements[0].mentions]
    assert [t for t in texts if "оглашение" in t] == ["Соглашение", "соглашение"]


def test_each_document_of_a_list_is_signed():
    text = (
        "По итогам форума были подписаны: Соглашение о сотрудничестве между ООО «Лён» и компанией "
        "«Ауринко»; Меморандум о сотрудничестве между Пермским университетом и Академией наук "
        "провинции Цзянси."
    )
    assert [one.split(":")[0] for one in told(text)] == [
        "agreement cooperation signed -",
        "memorandum cooperation signed -",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Готовится перечень соглашений с партнёрами.",
        "Стороны договорились о встрече.",
        "План города на карте показан красным.",
        "She wrote a letter to the editor about the plan of the house.",
    ],
)
def test_a_class_of_documents_or_another_sense_is_no_agreement(text):
    assert told(text) == []


@pytest.mark.parametrize(("text", "number"), [
    ("Протокол № 3 заседания комиссии города Томска", 0),
    ("Протокол совещания утверждён мэром Томска.", 0),
    ("The protocol of the meeting is on the council's website.", 0),
    ("Стороны подписали протокол заседания рабочей группы.", 1),
    ("Протокол о сотрудничестве подписан на заседании комиссии.", 1),
])  # fmt: skip
def test_minutes_are_no_agreement_unless_they_are_signed(text, number):
    assert len(extract(text).agreements) == number
