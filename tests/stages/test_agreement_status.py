"""Whether an agreement is signed, to come, in force or over; and what tells of one by another word."""

import pytest

from stages.agreement_reading import extract, related, told

STATUS = [
    ("Подписание соглашения о партнёрстве между Тулой и Гродно ждём в мае 2016 года.", "planned -"),
    ("Подписание меморандума с Варной намечено на осень 2019 года.", "planned -"),
    ("В планах на 2018 год: приём делегаций, заключение соглашения с Варной.", "planned -"),
    ("Проект нового соглашения с Варной передан в министерство 5 мая 2018 года.", "planned -"),
    ("11:30 Подписание соглашения о дружбе между Тулой и Варной.", "planned -"),
    ("Планируется\n\n– заключить договор с городом Варна;\n– принять хор.", "planned -"),
    ("That the memorandum between Leeds and Lille be signed by the Mayor in May 2016.", "planned -"),
    ("Being prepared\n\n1. Agreement with Lille (30 April 2019, Leeds).", "planned -"),
    ("The signing of the protocol with Lille is expected in May 2016.", "planned -"),
    ("The draft agreement with Lille was sent to Leeds in May 2016.", "planned -"),
    ("The agreement with Lille, signed in 1990, was never revoked.", "signed 1990"),
    ("- Agreement with Lille (11 June 1991). Nobody denounced it.", "signed 1991-06-11"),
    ("After long negotiations the agreement with Lille was signed in 1990.", "signed 1990"),
    ("Обсудив планы на будущее, мэры Тулы и Варны подписали договор в 1990 году.", "signed 1990"),
    ("В 1987 году, когда договор с Варной только подписали, никто не верил.", "signed 1987"),
    ("18 октября 2021 г. – телемост к годовщине договора с Варной.", "mentioned -"),
    ("In 2017 the memorandum was prolonged.", "mentioned -"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "status"), STATUS)
def test_the_status_is_told_by_verbs_drafts_headings_and_hours(text, status):
    (agreement,) = told(text)
    assert " ".join(agreement.split(":")[0].split()[2:]) == status


PAIRS = [
    ("Школа № 12 г. Тулы – гимназия «Альфа» (Киль, Германия): договор о дружбе, 2003 г.",
     ["Школа № 12 г. Тулы", "гимназия «Альфа»"]),
    ("Polytechnic of Namibia with Hochschule Bremerhaven, cooperation agreement of 3 June 2008.",
     ["Polytechnic of Namibia", "Hochschule Bremerhaven"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parties"), PAIRS)
def test_a_pair_before_the_instrument_is_its_sides(text, parties):
    assert related(text, "PARTY") == parties


@pytest.mark.parametrize("text", [
    "Администрация города Тулы и мэрия города Варны заключили в 2011 году меморандум о туризме. "
    "Меморандум подписали мэр Тулы Пётр Рогов и вице-мэр Варны Иво Стоянов.",
    "In 2012 a memorandum on trade was signed by Leeds and Lille; in 2017 the memorandum was "
    "prolonged.",
])  # fmt: skip
def test_a_bare_noun_goes_on_with_the_agreement_right_before(text):
    assert len(told(text)) == 1


def test_a_bare_noun_with_another_side_is_another_agreement():
    text = "Меморандум с Тулой подписан в 2001 году. Меморандум с Орлом подписан в 2003 году."
    assert len(told(text)) == 2


NAMES = [
    ("Leeds and Lille signed an Act of Twinning in 1969.", ["Act of Twinning"]),
    ("The twinning arrangement with Lille dates from 1969.", ["twinning arrangement"]),
    ("A protocol of intention was signed with Lille.", ["protocol of intention"]),
    ("Грамота о породнении городов подписана в 1975 году.", ["Грамота"]),
    ("Хартия побратимства подписана в 1999 г.", ["Хартия побратимства"]),
    ("Города приняли План мероприятий. В Плане 18 пунктов.", ["План мероприятий", "Плане"]),
    ("Он подписал акт о приёмке школы.", []),
    ("Travel arrangements with the hotel were made.", []),
    ("Почётная грамота вручена хору.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_instruments_go_by_many_names(text, names):
    assert [one.text for one in extract(text).mentions if one.label == "AGREEMENT"] == names
