"""Bodies and events as the whole pipeline with its default model gives them: `[body]`, `{event}`."""

from __future__ import annotations

import re

import pytest

from pobratim import extract

RUSSIAN = {
    "with whom a department has ties": "[Отдел по связям с общественностью и СМИ администрации г. Азова] "
    "сообщает.",
    "an office that manages something": "[Управление делами Администрации города Сургута] сообщает.",
    "a society of friendship": "[Общество дружбы с Кубой] и [общество дружбы с Индией] собрались.",
    "a sector and a chair": "[Сектор протокола мэрии Магадана] и [кафедра немецкого языка Липецкого "
    "педагогического университета] помогли.",
    "what a school teaches": "Ученики [школы № 5 с углублённым изучением французского языка] "
    "поехали в Безье.",
    "a form before a noun": "[МБОУ СОШ № 8 г. Невинномысска] и [МАОУ Гимназия № 4] подписали договор.",
    "a municipality in quotes": "[Администрация городского округа «Город Калуга»] поддержала проект.",
    "adjectives that describe a firm": "Подписали муниципальное [предприятие «Водоканал»] и "
    "благотворительный [фонд «Надежда»].",
    "a council in lower case": "Приехал [уездный совет Рыбницы] в полном составе.",
    "a hospital by its town": "Семьи приняла [больница Хейнолы], а врачей – [больница Гродно].",
    "what stands behind «по» in no name": "[Администрация Пскова] по приглашению [мэрии Нейса] едет.",
    "foreign words joined by a slash": "Договор с [университетом Hochschule Zittau/Görlitz] продлён.",
    "leaders are no body": "Руководство завода и профсоюз провели встречу.",
    "a saint's church": "Хор пел в церкви Святого Сальватора и в соборе.",
    "a council in a title": "Договор подписал председатель горисполкома Пинска Андрей Гордиевич.",
    "a parliament abroad": "Депутаты [ландтага Гессена] и [Меджлиса крымскотатарского народа] выступили.",
    "days of a town": "{Дни Пинска} в Камышине собрали гостей, как и {Дни Владивостока} в Аките.",
    "an opening": "Открытие {выставки «Малахит»} и закрытие {фестиваля «Дружба»} прошли утром.",
    "two adjectives joined by «и»": "Открылась {Восьмая Международная экономическая и торговая ярмарка}.",
    "a year behind a brand": "Город принял матчи {Чемпионата мира по футболу FIFA 2018}, и мы рады.",
    "an expo and its year": "{ЭКСПО-2025} пройдёт в Осаке, а {Дожинки} – в Гродно.",
    "exhibitions in general": "Выставка керамики открылась в музее. Конкурс рисунков выиграли дети.",
    "a factory before a legal form": "На заводе [ПАО «Сибнефть-Сервис»] побывали гости из Павлодара.",
    "a section before initials": "Подразделение [МЧС России по Амурской области] провело учения.",
    "a group of companies": "[Группа компаний «Доброфлот»] открыла филиал в Пусане.",
    "pupils are no part of their school": "Учащиеся [школы № 17] и [лицея № 2 г. Альметьевска] дружат.",
    "musicians are no part of their orchestra": "Юные музыканты [детско-юношеского симфонического "
    "оркестра города Тюмени] играли в Целле.",
    "a number after an adjective of its kind": "Врачи [городской клинической больницы № 3] стажировались.",
    "a school and a quoted one": "[Школы № 27] и [«Чжоу Эньлай»] обмениваются группами.",
    "schools by number": "Школы № 5 и № 12 обмениваются группами.",
    "a building in which one meets": "В ратуше Гамбурга прошла встреча, концерт – в Волковском театре.",
    "a city hall that acts": "[Ратуша Гамбурга] выделила грант.",
    "initials behind «и»": "Приехали депутаты от [Партии регионов] и [КПРФ].",
    "initials with small letters": "Доклад представил [Институт экономики УрО РАН].",
    "a song in an ensemble's name": "Город представляли [ансамбль народной песни «Жемчужина России»] "
    "и другие.",
    "a namesake in the genitive": "Поездки организованы [гимназией № 1] и [лицеем Эдмона Перье] г. Тюля.",
    "a dative behind «содействие»": "[Корейское агентство содействия торговле и инвестициям] открыто.",
    "two names joined by «и»": "[Саратовская государственная консерватория имени Л. В. Собинова] и "
    "[Высшая школа музыки Дармштадта] обменялись студентами.",
    "nothing of the sentence behind": "Клуб передал [Детской областной больнице] оборудование.",
    "a known name of ordinary words": "Приглашены [Красный Крест] и волонтёры.",
    "an assembly with initials": "[Международная ассамблея столиц и крупных городов] ([МАГ]) собралась.",
    "adjectives of places": "Делегация [Брянского драмтеатра] приехала.",
    "quotes within a name": "[Администрация городского округа «Город Чита»] поддерживала связи.",
    "a concert of an ensemble": "Гости побывали на концерте [ансамбля «Лола»].",
    "a numeral in an event": "Участвовали в соревнованиях на {Кубок двух столиц Амура по хоккею} гости.",
    "a day and what happened on it": "К {Дню города} прибыли делегации из Бийска.",
    "a tournament in memory": "{Международный турнир по вольной борьбе памяти Ивана Ярыгина} открыт.",
    "a wind band": "Приехали гости, [духовой оркестр «Лахден Торвет»] и [Мемориальный музей-квартира "
    "И. П. Павлова].",
    "an institute's namesake": "Стажировки врачей в [Мариинской больнице] и [НИИ скорой помощи "
    "им. И. И. Джанелидзе].",
    "people": "Южнокорейские медики, чешские архитекторы и финские пожарные приехали.",
    "people at a line's start": "Калининградские кадеты вернулись из Гданьска.",
    "a rating": "В Национальном рейтинге регион занял третье место.",
    "an office at a sentence's start": "Администрация города и городская Дума подготовили план.",
    "a council without a name": "Рассказала председатель городского Совета депутатов.",
    "a heading in capitals": "НАШИ ГОСТИ ИЗ ЯПОНИИ\nВ школу приехали учителя.",
    "a project's name": "Был выдвинут проект «Школа юного дипломата» города.",
    "goods and objects": "Пиво «Балтика» и газопровод «Сила Сибири» известны.",
    "an annual festival": "Ежегодный международный форум собрал экспертов.",
}
ENGLISH = {
    "a brand in quotes without a noun": "Its firms took part in 9 fairs, including “{Interfood-2019}”.",
    "a verb of a programme": "10:00 – Visit [Gothenburg Maritime Museum]",
    "a time behind a school": "They teach at [Quoc Hoc High School]\n14:30 – Rest",
    "a department of a city administration": "The [Department of external relations of the Kirov city "
    "administration] replied.",
    "parts joined by commas": "Contact: [International Affairs Division, Planning Department, "
    "Niigata City]",
    "a dotted legal form": "The [Städtepartnerschaftsverein Kleve e.V.] and [Aguas de Cádiz S.A.] came.",
    "a chairman behind his chamber": "It was told by [Bursa Chamber of Commerce and Industry] "
    "Chairman of the Board Oktay Demir.",
    "a firm behind “company”": "The company [Tohoku Electric Power Co., Inc.] will build it.",
    "a Rotary club's town": "The cost was met by [Rotary Club Bensberg] and [Lions Club Neuss].",
    "Romance nouns": "The [Ayuntamiento de Cádiz] and [Câmara Municipal de Sintra] approved it.",
    "nouns behind their name": "[Uludağ Üniversitesi] and the [Narva Eesti Gümnaasium] sent students.",
    "a partnership's towns": "The [Freundeskreis Speyer] and "
    "[Stedenband Haarlem-Mutare] sent books.",
    "a sports club": "The juniors of [FC Spartak Trnava] played [NK Maribor].",
    "an owner in the plural": "The [General Secretariat of the Mayors' Union] replied.",
    "an office of someone": "He hosted in his office Kazakhstan's Ambassador, in the Town Hall "
    "our guests.",
    "a numbered document": "It saw Report No. 88 and Newsletter No. 58 of 4 March.",
    "a page's trail": "Start › City & Council › International › Twin towns",
    "any meeting": "Minutes of the Monthly Meeting; the Annual General Meeting was held.",
    "a festival in a street": "They joined the {Street Festival} on Le Loi street.",
    "holidays by their name": "They marked {Chuseok} in Jeonju and {Eid} in Kazan.",
    "a body behind “and”": "Students of the [University of Oulu] and [Karelian Pedagogical Academy] met.",
    "a bank behind “and”": "[Bank of Finland] and [Sampo Bank] sent experts.",
    "two nouns of one house": "The [Perm Opera and Ballet Theatre] toured Louisville.",
    "a possessive in a name": "The [Foreign Affairs Office of Harbin Municipal People's Government] "
    "planned the trip.",
    "a number before the noun": "Guests from [Ningbo No. 2 Middle School] came.",
    "a theatre that looks like a name": "The choir sang at the [Teatro Massimo] in Palermo.",
    "a school that looks like a name": "Pupils of [Szkoła Podstawowa] and [Scoil Mhuire] came.",
    "a school named after someone": "Pupils of [Lycée Victor Hugo] and the [Collège Jean Moulin] came.",
    "a preposition before a foreign noun": "They heard the pupils of [Scoil Mhuire], who came.",
    "a house that the model takes in": "Tea at the [Rural Fire Authority] depot, said Mary Price.",
    "a saint that the model leaves out": "Doctors of [St. Peter's Hospital] came to Exeter.",
    "a municipality that looks like a name": "A letter of [Gemeinde Seefeld] was read.",
    "a saint's school": "Teachers from [St Mary's Primary School] visited.",
    "initials before a name": "The [J. K. Olsen Trust] gave a scholarship.",
    "an abbreviated state": "The [U.S. Department of State] and the [Foreign Office] helped.",
    "a dash between two towns": "It was made through the [Madison–Obihiro Sister Cities, Inc.] group.",
    "no article before a firm": "The [Ningbo Port Group Co., Ltd.] runs the terminal.",
    "two towns behind a theme": "The [Association for promotion of twinning relations Aachen – Kostroma] "
    "unites 120 members.",
    "two fields of a company": "The [State Television and Radio Company] made a film.",
    "a weekday behind the name": "He briefed members of the [Kumasi City Council] on Thursday.",
    "a place behind a school": "Wilhelmshaven is a port. It wrote to [Neues Gymnasium Wilhelmshaven] "
    "on student exchanges.",
    "a namesake in Russian English": "The [City Clinical Hospital named after Pirogov] got equipment.",
    "the type of a place": "It was concluded with the [Administration of Samara city district].",
    "a duma of a town": "The [Perm City Duma] and the [City Duma of Tver] exchanged visits.",
    "friendship with others": "The [Guangdong Provincial People's Association for Friendship with "
    "Foreign Countries] helped.",
    "a town hall abroad": "The [Rathaus of Jena] was lit up and [Tashkent City Hokimiyat] joined.",
    "a holder of an office": "The Metropolitan Chief Executive (MCE) spoke; the MCE put it at 40.",
    "an office of any town": "It was signed in the Town Hall; the City Council, City Executive "
    "Committee and the District Council agreed.",
    "a foreign government": "The Dutch government met the rest of the cost.",
    "rooms and chambers": "A charter was signed at the Assembly Rooms and in the Council Chamber.",
    "a church in which something is": "An exhibition was shown in St. Peter's Church.",
    "a heading of ordinary words": "Siberian Cities Aimed at New Markets\nMayors met in Omsk.",
    "a numbered heading in capitals": "1. CORRESPONDENCE. Letters came. 2. VISITORS. None came.",
    "a key of a line": "Venue: [Central Library]\nPhone: 45-67-89",
    "schools of a nation": "Chinese schools and Finnish companies take part.",
    "doctors": "Surgeons of [Duke University Medical Center] operated on ten children.",
    "what a memorandum is on": "They signed a Memorandum of Understanding on Establishing Friendly "
    "Cooperation and Exchange Relations.",
    "a war": "Second World War veterans met; first contacts were in World War II.",
    "a Christmas tree": "Christmas cards and a Christmas tree came from Dudley.",
    "a year before an event": "The {2019 Winter Universiade} was held in Krasnoyarsk.",
    "children's festival": "Guests came to the {3rd International Children's Art Festival}.",
    "a show and its initials": "They met at the {Gangwon Medical Equipment Show} ({GMES 2022}).",
    "years that are no part": "They danced at the {Wonju Dynamic Dancing Carnival} 2012-2019.",
    "days of a city elsewhere": "The {Days of Bremen} in Riga opened.",
    "a round table": "The {round table “Youth and Peace”} closed the visit.",
}
NAMES = re.compile(r"\[([^]]*)\]|\{([^}]*)\}")


@pytest.mark.parametrize("marked", [*RUSSIAN.values(), *ENGLISH.values()], ids=[*RUSSIAN, *ENGLISH])
def test_bodies_and_events_are_found_with_their_edges(marked: str) -> None:
    expected = [
        ("ORGANIZATION", body) if body else ("EVENT", event)
        for body, event in NAMES.findall(marked)
    ]
    found = extract(re.sub(r"[][{}]", "", marked)).mentions
    assert [(m.label, m.text) for m in found if m.label in ("ORGANIZATION", "EVENT")] == expected


@pytest.mark.parametrize(
    ("text", "name", "city"),
    [
        ("В работе Международного Комитета мэров есть план. Визит в клинику Святого Иосифа.",
         "клиника Святого Иосифа", None),
        ("Договор с «Дальневосточным научно-исследовательским институтом леса» готов.",
         "«Дальневосточный научно-исследовательский институт леса»", None),
        ("Гости Пензенской областной ТПП приехали.", "Пензенская областная ТПП", "Пенза"),
        ("Письмо направил Гродненский облисполком.", "Гродненский облисполком", "Гродно"),
        ("Учителя гимназии № 5 поют.", "гимназия № 5", None),
    ],
)  # fmt: skip
def test_a_record_has_the_nominative_and_the_adjectives_city(
    text: str, name: str, city: str | None
) -> None:
    from pobratim.lexicon.gazetteer import gazetteer

    body = next(body for body in extract(text).organizations if body.name == name)
    place = gazetteer().by_id(body.city) if body.city else None
    assert (place.name_ru if place else None) == city
