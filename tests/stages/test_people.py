"""PERSON spans, their nominative and identity, on persons that the corpus has not."""

import pytest

from stages.office_reading import read, spans


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Мэр г.Лахти Пекка Тимонен открыл встречу.", ["Пекка Тимонен"]),
        ("Гостей встретил г-н Тосио Ямамото.", ["Тосио Ямамото"]),
        ("Она беседовала с тов. Пак Чхан Хо.", ["Пак Чхан Хо"]),
        ("Подписал И.И.Соколов.", ["И.И.Соколов"]),
        ("Директор музея Петров И.И. провёл экскурсию.", ["Петров И.И."]),
        ("Вице-мэром Чэнду г-ном Ло Цяном.", ["Ло Цяном"]),
        ("Выступил посол Норвегии Руне Ресаланд.", ["Руне Ресаланд"]),
        ("В школе имени Юрия Гагарина учатся дети.", ["Юрия Гагарина"]),
        ("Приехал Нгуен Ван Ба с семьёй.", ["Нгуен Ван Ба"]),
        ("Сунь Ли приехал.", ["Сунь Ли"]),
        ("Приехал Аль-Хасан ибн Талал.", ["Аль-Хасан ибн Талал"]),
        ("Встреча с председателем совета Йоэнсуу Эеро Хейнялуома.", ["Эеро Хейнялуома"]),
        ("The president of the clinic Park Yon Gwan came.", ["Park Yon Gwan"]),
        ("Victoria's Minister for Trade, Martin Pakula MP, signed it.", ["Martin Pakula"]),
        ("Mayor Petteri Paronen visited Pskov.", ["Petteri Paronen"]),
        ("The guests met Mr. Juha Koskinen.", ["Juha Koskinen"]),
        ("In reply to Cllr. Hynes the clerk read the letter.", ["Hynes"]),
        ("The motion of Cllr Forde, seconded by Ald. Kelly, fell.", ["Forde", "Kelly"]),
        ("J. K. Olsen founded the school.", ["J. K. Olsen"]),
        ("The guests met John G. Schmitz.", ["John G. Schmitz"]),
        ("Foreign Minister Julie Bishop came.", ["Julie Bishop"]),
        ("King Harald came.", ["Harald"]),
        ("Ms Kim Min-jung gave a speech.", ["Kim Min-jung"]),
        ("The city's chief architect, Nadezhda Kvashnina, spoke.", ["Nadezhda Kvashnina"]),
        ("Rochester Mayor Malik Evans came.", ["Malik Evans"]),
        ("Mayor - Mr. Kenji TANAKA, elected in 2003.", ["Kenji TANAKA"]),
        ("Mayor: Niko Kyynäräinen", ["Niko Kyynäräinen"]),
        ("Alderman John Key MBE came.", ["John Key"]),
        ("Проректор ТГУ им. Г. Р. Державина Олег Кац приехал.", ["Г. Р. Державина", "Олег Кац"]),
        ("Аким Алтай Сейдахметов приехал.", ["Алтай Сейдахметов"]),
        ("Манджиев Борис Улюмджиевич, 1974–1981.", ["Манджиев Борис Улюмджиевич"]),
        ("Выступила Нина Санджиевна Бадмаева.", ["Нина Санджиевна Бадмаева"]),
        ("ИВАНОВ Сергей Павлович, слесарь.", ["ИВАНОВ Сергей Павлович"]),
        ("Стихи Габдуллы Тукая звучали в парке.", ["Габдуллы Тукая"]),
        ("Приехал вице-мэр Шэньяна Ван Синьвэй.", ["Ван Синьвэй"]),
        ("Подписал мэр г. Нагато г-н Куратаро Ониси Протокол о дружбе.", ["Куратаро Ониси"]),
        ("Бургомистр фон дер Хайде уехал.", ["фон дер Хайде"]),
        ("Городской голова Калуги М. А. Акимов выступил.", ["М. А. Акимов"]),
        ("ПЕТРОВ ИВАН СЕРГЕЕВИЧ, слесарь.", ["ПЕТРОВ ИВАН СЕРГЕЕВИЧ"]),
        ("The guests met Shri Rajesh Gupta and Smt. Sunita Devi.", ["Rajesh Gupta", "Sunita Devi"]),
        ("The words of Mayor Pablo Javkin-Sosa were read.", ["Pablo Javkin-Sosa"]),
        ("Mayor van der Laan came to the city.", ["van der Laan"]),
        ("Mayor KITAHASHI Kenji of Kitakyushu came.", ["KITAHASHI Kenji"]),
        ("Мэр венгерского Сомбатхея Тивадар Пушкаш приехал.", ["Тивадар Пушкаш"]),
        ("Летопись ведёт И. Пак.", ["И. Пак"]),
        ("Директор ОАО «Сахар» Т. Коваль приехала.", ["Т. Коваль"]),
        ("The stall was full.\n\nDoreen Abela\nMayor\n", ["Doreen Abela"]),
        ("The letter of Mr. Robert Kennedy Jr. was read.", ["Robert Kennedy Jr."]),
        ("Chairman of the Tver Council of People's Deputies V. Orlov came.", ["V. Orlov"]),
        ("It was signed by Mayor Thomas Barrett sr. in May.", ["Thomas Barrett sr."]),
        (
            "By: Chairman Ivan Morozin, Mayor Stoyan Stoychev\nCity: Cullera",
            ["Ivan Morozin", "Stoyan Stoychev"],
        ),
        (
            "Dates and signatories of agreements\n"
            "Himeji | Japan | Mayor Walter Chapman\nAustin | USA | Mayor Joan Hill",
            ["Walter Chapman", "Joan Hill"],
        ),
    ],
)
def test_a_name_is_marked_without_title_and_courtesy(text, names):
    assert spans(read(text), "PERSON") == names


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Президент университета Канагава Ямада Коэцу приехал.", ["университета Канагава"]),
        ("Студенты ТГУ им. Г. Р. Державина поют.", ["ТГУ им. Г. Р. Державина"]),
        ("It was approved by the Turku City Council on March 5th, 2014.", ["Turku City Council"]),
        (
            "It was signed by the Administration of Pskov Mrs. Anna Price and the bank.",
            ["Administration of Pskov"],
        ),
        (
            "Costs of the Turku City Government for external relations fell.",
            ["Turku City Government"],
        ),
        (
            "It is since the Finnish municipal reform Turku Municipality that answers.",
            ["Turku Municipality"],
        ),
        ("Council Member Denise Hart came.", []),
    ],
)
def test_a_body_ends_where_a_person_or_a_date_begins(text, bodies):
    assert spans(read(text), "ORGANIZATION") == bodies


@pytest.mark.parametrize(
    "text",
    [
        "Гости прошли по улице Ленина.",
        "Встречу провёл Вице-Мэр города.",
        "I. Международная деятельность города",
        "Сайт: example.com",
        "Ансамбль «Братья Ли» дал концерт.",
        "The delegation of Lake Forest College arrived.",
        "Harbin is a large city.",
        "The U.S. Central Command moved.",
        "Omaha Corporation to sign pact with Lahti",
        "Write to the office at Civic Hall, please.",
        "They came on St Andrew's Day.",
        "He spoke for the Leader of the Opposition, and left.",
        "This concluded the business. Signed: ________ Mayor    Date: 20/3/17",
    ],
)
def test_titles_streets_and_brands_are_no_persons(text):
    assert spans(read(text), "PERSON") == []


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Встреча с мэром Турку Минной Арве.", "Минна Арве", None),
        ("Визит мэра Нойса Райнера Бройера.", "Райнер Бройер", "masc"),
        ("Делегация во главе с бургомистром Эсой Сирвиё.", "Эса Сирвиё", None),
        ("Она говорила с госпожой Ли Мин.", "Ли Мин", "femn"),
        ("Письмо губернатора А.А.Петрова.", "А.А. Петров", None),
    ],
)
def test_the_title_tells_the_case_that_the_nominative_undoes(text, name, gender):
    found = read(text).of("PERSON")[0].data
    assert found.nominative == name
    assert gender is None or found.gender == gender


def test_a_later_surname_is_the_person_named_in_full_before():
    ws = read(
        "Гостей принял глава города Сергей Воропанов. Воропанов отметил успехи.\n\n"
        "Позже С. Воропанова поблагодарил Пекка Тимонен."
    )
    people = ws.of("PERSON")
    assert [c.entity for c in people] == ["person:1", "person:1", "person:1", "person:2"]
    assert {c.data.nominative for c in people[:3]} == {"Сергей Воропанов"}


def test_a_surname_that_a_small_town_bears_is_the_person_named_before():
    ws = read("Dr. Peter McDonough came with his wife.\n\nLater McDonough signed the letter.")
    assert spans(ws, "PERSON") == ["Peter McDonough", "McDonough"]


def test_a_name_that_only_a_title_tells_is_found_again_without_it():
    ws = read("Mayor Aqjol Serikuly spoke.\n\nLater Aqjol Serikuly left.")
    assert spans(ws, "PERSON") == ["Aqjol Serikuly", "Aqjol Serikuly"]
    assert len({c.entity for c in ws.of("PERSON")}) == 1


def test_namesakes_with_other_initials_are_two_persons():
    ws = read("Подписали А.А. Петров и В.В. Петров.")
    assert len({c.entity for c in ws.of("PERSON")}) == 2
