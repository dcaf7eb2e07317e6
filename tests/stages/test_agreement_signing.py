"""Who signs an agreement, for whom, when and where: in its own sentence and in what goes on telling."""

import pytest

from stages.agreement_reading import extract, related

PERSONS = [
    ("Подписан Договор о дружбе между Томском и Ульсаном. Свои подписи под документом поставили "
     "Иван Петров и Анна Смирнова.", ["Иван Петров", "Анна Смирнова"]),
    ("Соглашение между Томском и Ульсаном подписано в 1990 году. От имени Томска документ подписал "
     "мэр Иван Петров.", ["Иван Петров"]),
    ("Соглашение между Томском и Ульсаном подписано мэром Томска Иваном Петровым и Анной Смирновой.",
     ["Иваном Петровым", "Анной Смирновой"]),
    ("Документ: Соглашение о дружбе\nДата подписания: 3 мая 1990 г.\nПодписал: Иван Петров",
     ["Иван Петров"]),
    ("Document: Agreement on friendship\nSigned: 3 May 1990\nBy: Mayor John Smith", ["John Smith"]),
    ("In 1982 Halifax signed a twinning agreement with Hakodate. Mayor John Smith signed for Halifax.",
     ["John Smith"]),
    ("Tver signed an agreement with Oulu in 1990. It runs for ten years. John Smith liked the park.",
     []),
    ("В октябре 1996 г. главой Томска Иваном Петровым и мэром Вологды Анной Смирновой подписано "
     "соглашение.", ["Иваном Петровым", "Анной Смирновой"]),
    ("Мэр Томска Иван Петров и мэр Вологды Анна Смирнова продлили договор.",
     ["Иван Петров", "Анна Смирнова"]),
    ("В присутствии посла Ивана Петрова мэр Томска Олег Сидоров подписал соглашение с Оулу.",
     ["Олег Сидоров"]),
    ("Oulu | Agreement | 1990 | Mayor John Smith, Mayor Mary Jones", ["John Smith", "Mary Jones"]),
    ("Oulu | Agreement | 1990 | Contact: John Smith", []),
    ("A friendship agreement was signed between Mayor John Smith of Leeds and Mayor Mary Jones of "
     "Lyon.", ["John Smith", "Mary Jones"]),
    ("The city of Leeds (Mayor John Smith) concluded an agreement with Lyon.", []),
    ("John Smith gave an inkstand to mark the agreement, signed in Leeds in 1979.", []),
    ("Ректор университета имени Ивана Петрова Анна Смирнова подписала договор с городом Оулу.",
     ["Анна Смирнова"]),
    ("Меморандум между Томским университетом имени Ивана Петрова и институтом Оулу подписан в мае.",
     []),
    ("Governor John Smith signed the agreement for Leeds, while Mary Jones signed for Lyon.",
     ["John Smith", "Mary Jones"]),
]  # fmt: skip

SIDES = [
    ("Договор о побратимстве был подписан 3 мая 1990 года с городом Оулу.", ["Оулу"]),
    ("Договор о дружбе подписали города Томск и Вологда.", ["Томск", "Вологда"]),
    ("Соглашение, подписанное 5 мая 1998 года мэрами Томска и Вологды, действует.",
     ["Томска", "Вологды"]),
    ("Администрацией города Томска подписаны:\n- Соглашение о сотрудничестве с городом Оулу;\n"
     "- Меморандум о дружбе с городом Эмден.", ["Администрацией города Томска", "Оулу", "Эмден"]),
    ("Томск и Оулу дружат с 1990 года. Соглашение подписано в 1991 году.", ["Томск", "Оулу"]),
    ("Мэр Томска Иван Петров посетил Оулу. В ходе визита было подписано соглашение.",
     ["Томска", "Оулу"]),
    ("Подписано соглашение. Со стороны Томска – Иван Петров, со стороны Вологды – Анна Смирнова.",
     ["Томска", "Вологды"]),
    ("A twinning agreement was signed on 3 May 1990 with Oulu.", ["Oulu"]),
    ("Документ: Договор о партнёрских отношениях (г. Оулу, Финляндия)", ["Оулу"]),
    ("Документ: Договор о партнёрских отношениях (г. Оулу, 3 мая 1990 г.)", []),
    ("The Tver–Osnabrück agreement is the oldest.", ["Tver", "Osnabrück"]),
    ("The agreement about twinned relations between Perm and Oxford was signed in 1995.",
     ["Perm", "Oxford"]),
    ("The treaty was signed by the mayor of Tver John Smith and the mayor of Oulu Mary Jones.",
     ["Tver", "Oulu"]),
]  # fmt: skip

PLACES = [
    ("Соглашение между Томском и Оулу (11 июля 1986 г., Вологда).", ["Вологда"]),
    ("Document: Protocol on cooperation\nSigned: 1986, Oulu", ["Oulu"]),
    ("В Вологде Томск и Оулу подписали договор о дружбе.", ["Вологде"]),
    ("Соглашение между Томском и Оулу подписано 17 сентября 2001 г. в г. Вологда.", ["Вологда"]),
    ("Делегация Томска посетила Вологду, где подписан договор с Оулу.", ["Вологду"]),
    ("The agreement between Leeds and Lyon was signed at Bristol by both mayors.", ["Bristol"]),
    ("Договор скрепили подписями 6 сентября в ратуше Вологды.", ["Вологды"]),
    ("11 мая в мэрии г. Оулу подписан план действий на 2020–2022 годы.", ["мэрии г. Оулу"]),
    ("A friendship agreement with Lyon was signed at Leeds City Hall.", ["Leeds City Hall"]),
    ("Leeds City Hall signed an agreement with Lyon in 2003.", []),
    ("Документ: Договор между Томском и Оулу\nДата подписания: 3 мая 1990 г.\n"
     "Место подписания: г. Оулу, в ходе форума «Север»", ["Оулу"]),
    ("Lyon. The treaty is in force. Date of signing: 3 May 1990. Place of signing: Bristol.",
     ["Bristol"]),
]  # fmt: skip

DATES = [
    ("Документ: Соглашение о дружбе\nДата подписания: 3 мая 1990 г.", ["3 мая 1990 г."]),
    ("Соглашение с городом Томском 1995 года продлено.", ["1995 года"]),
    ("1996 – Agreement with Tver.", ["1996"]),
    ("The 1994 Oulu treaty is unaffected.", ["1994"]),
    ("The council plans to renew its 2012 agreement with Oulu.", ["2012"]),
    ("The council plans to sign an agreement with Oulu in 2026.", []),
    ("Подписаны договор с Томском (3 мая 1990 г.) и соглашение с Оулу.", ["3 мая 1990 г."]),
    ("Соглашение между Томском и Оулу о дружбе от 24.09.1996 г. действует.", ["24.09.1996 г."]),
    ("The memorandum with Lyon followed in May 2018.", ["May 2018"]),
    ("Lyon, France (agreement signed Sept. 9, 2004)", ["Sept. 9, 2004"]),
    ("Lyon (memorandum, signed 3 May 2011; extended in 2016)", ["3 May 2011"]),
    ("Leeds signed an agreement with Lyon (its mayor had come in 1988) in 1990.", ["1990"]),
    ("12 июня. Прибыли гости. Мэры Томска и Оулу подписали соглашение.", ["12 июня"]),
    ("В рамках соглашения между Томском и Оулу в 2016 году приняты школьники.", []),
    ("Leeds became the sister city of Lyon in 1959. The agreement was signed by the mayors.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "persons"), PERSONS)
def test_who_signs_is_told_by_the_sentence_or_by_the_one_that_goes_on(text, persons):
    assert related(text, "SIGNED_BY") == persons


@pytest.mark.parametrize(("text", "parties"), SIDES)
def test_the_sides_are_told_in_every_voice_and_place_of_the_clause(text, parties):
    assert related(text, "PARTY") == parties


@pytest.mark.parametrize(("text", "places"), PLACES)
def test_a_place_of_signing_stands_with_its_date_or_its_preposition(text, places):
    assert related(text, "SIGNED_IN") == places


@pytest.mark.parametrize(("text", "dates"), DATES)
def test_a_date_of_signing_stands_in_a_field_a_timeline_or_behind_the_side(text, dates):
    assert related(text, "SIGNED_ON") == dates


@pytest.mark.parametrize(("text", "status"), [
    ("Переговоры о заключении договора между Томском и Оулу начаты в мае.", "planned"),
    ("Договор между Томском и Оулу действует с 1997 года.", "in_force"),
    ("План мероприятий Томск и Оулу утвердят позже.", "planned"),
    ("Соглашение между Томском и Оулу подписано в 1994 году. Действие его прекращено.", "ended"),
    ("The agreement between Tver and Oulu is effective from 1989.", "in_force"),
    ("Tver and Oulu negotiated about a twinning agreement.", "planned"),
    ("В рамках соглашения между Томском и Оулу приняты школьники.", "in_force"),
    ("Во исполнение договора, подписанного Томском и Оулу, приняты школьники.", "signed"),
    ("Томск и Оулу продлили договор.", "in_force"),
    ("Соглашение между Томском и Оулу подписано не было.", "mentioned"),
    ("Соглашение между Томском и Оулу истекает в декабре.", "mentioned"),
    ("Договор между Томском и Оулу фактически не действует.", "ended"),
    ("Идёт работа над договором между Томском и Оулу.", "planned"),
    ("Leeds arrived in Lyon to sign an agreement.", "planned"),
    ("Leeds was the first to sign an agreement with Lyon.", "signed"),
    ("A memorandum between Leeds and Lyon is prepared for signing.", "planned"),
    ("The agreement between Leeds and Lyon was entered into in 1998.", "signed"),
    ("Leeds has a memorandum with Lyon.", "in_force"),
    ("The agreement with Lyon, signed in 1997, provided for no budget and ran for years.", "signed"),
    ("The agreement between Leeds and Lyon is no longer in force.", "ended"),
    ("Документ: Договор о дружбе с городом Оулу\nДата подписания: 3 мая 1990 г.\n"
     "Статус: утратил силу", "ended"),
    ("Document: Agreement with Lyon\nSigned: 3 May 1990\nStatus: expired", "ended"),
    ("Document: Agreement with Lyon\nSigned: 3 May 1990\nStatus: active", "signed"),
])  # fmt: skip
def test_the_status_of_an_agreement_is_told_round_it(text, status):
    assert [one.status for one in extract(text).agreements] == [status]


@pytest.mark.parametrize("noise", ["", " Погода стояла тёплая.", " Гости осмотрели новый трамвай."])
def test_what_does_not_tell_of_the_signing_ends_it(noise):
    text = f"Томск и Оулу подписали договор.{noise} Подпись поставил Иван Петров."
    assert related(text, "SIGNED_BY") == ([] if noise else ["Иван Петров"])


@pytest.mark.parametrize("blank", [False, True])
def test_a_blank_line_ends_an_entry_of_fields(blank):
    gap = "\n\n" if blank else "\n"
    text = f"Документ: Соглашение о дружбе{gap}Подписал: Иван Петров"
    assert related(text, "SIGNED_BY") == ([] if blank else ["Иван Петров"])


def test_each_entry_of_fields_belongs_to_the_city_that_opens_it():
    text = (
        "Города-партнёры Вологды\n\n"
        "Город: Оулу, Финляндия\nДокумент: Соглашение о дружбе\nДата подписания: 3 мая 1990 г.\n\n"
        "Город: Эмден, Германия\nДокумент: Договор о сотрудничестве\nДата подписания: 5 мая 1998 г.\n"
    )
    found = [
        ([party.name for party in one.parties], one.signed) for one in extract(text).agreements
    ]
    assert found == [(["Оулу", "Вологда"], "1990-05-03"), (["Эмден", "Вологда"], "1998-05-05")]


def test_a_document_that_a_note_speaks_of_takes_none_of_the_fields():
    text = (
        "Документ: Меморандум о сотрудничестве между Томском и Оулу\n"
        "Дата подписания: 3 мая 1990 г.\nПодписали: Иван Петров и Анна Смирнова\n"
        "Примечание: на основании Меморандума подписан План мероприятий\nСтатус: расторгнут\n"
    )
    found = [(one.instrument, one.signed, one.status) for one in extract(text).agreements]
    assert ("memorandum", "1990-05-03", "ended") in found
    assert ("plan", None, "signed") in found


def test_the_entries_of_a_list_head_nothing():
    text = (
        "Города-побратимы Вологды\n\n"
        "1. Оулу, Финляндия (1990 г.)\n2. Эмден, Германия (1998 г.)\n"
        "3. Люлео, Швеция – договор от 5 мая 2001 г.\n"
    )
    (agreement,) = extract(text).agreements
    assert [party.name for party in agreement.parties][1] == "Вологда"
