"""Counts in whole sentences: what is one, how far it reaches, its value, and what is none."""

from collections.abc import Callable
from decimal import Decimal
from time import process_time

import pytest
import spacy

from pobratim.stages import counts, english, russian, tokens
from pobratim.stages.workspace import Candidate, CountValue, Workspace, workspace

Find = Callable[[str], list[tuple[str, CountValue]]]
STAGES = ("pobratim_russian_tags", "pobratim_english", "pobratim_counts")
MODULES = (counts, english, russian, tokens)


@pytest.fixture(scope="session")
def nlp() -> spacy.Language:
    config = {"nlp": {"tokenizer": {"@tokenizers": "pobratim.Tokenizer.v1"}}}
    pipeline = spacy.blank("xx", config=config)
    for stage in STAGES:
        pipeline.add_pipe(stage)
    return pipeline


@pytest.fixture(scope="session")
def find(nlp: spacy.Language) -> Find:
    """A function from text to the counts in it, each as written and with its value."""

    def found(text: str) -> list[tuple[str, CountValue]]:
        ws = workspace(nlp(text))
        return [(ws.phrase(c.start, c.end), _value(c)) for c in ws.of("COUNT")]

    return found


def _value(candidate: Candidate) -> CountValue:
    assert isinstance(candidate.value, CountValue)
    return candidate.value


RUSSIAN_PEOPLE = [
    ("Иркутск посетили 57 корейских детей.", "57 корейских детей", 57, "ребёнок"),
    ("Приехали двадцать пять студентов.", "двадцать пять студентов", 25, "студент"),
    ("Группа из четырёх томских школьниц.", "четырёх томских школьниц", 4, "школьница"),
    ("Делегация в составе 50 человек.", "50 человек", 50, "человек"),
    ("Помощь оказана 3 омским детям.", "3 омским детям", 3, "ребёнок"),
    ("Визит 4-х монгольских учителей.", "4-х монгольских учителей", 4, "учитель"),
    ("Вошли 26 казанских предпринимателя.", "26 казанских предпринимателя", 26, "предприниматель"),
    ("Город принял 121 тыс. иностранных граждан.", "121 тыс. иностранных граждан", 121000,
     "гражданин"),
    ("Туристы из Китая (7 392 чел.) приехали.", "7 392 чел.", 7392, "человек"),
    ("Концерт собрал 12.500 зрителей.", "12.500 зрителей", 12500, "зритель"),
    ("Прибыли трое преподавателей.", "трое преподавателей", 3, "преподаватель"),
    ("Награждены 20 учащихся школ.", "20 учащихся", 20, "учащийся"),
    ("Помогли 5 пострадавшим.", "5 пострадавшим", 5, "пострадавший"),
    ("Выступил 21 участник.", "21 участник", 21, "участник"),
    ("Прибыли 8 VIP-гостей.", "8 VIP-гостей", 8, "гость"),
    ("У нас гостили 12 их учеников.", "12 их учеников", 12, "ученик"),
    ("Приехали 112 её воспитанников.", "112 её воспитанников", 112, "воспитанник"),
    ("Приняло участие 47 учёных из Кореи.", "47 учёных", 47, "учёный"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "value", "counted"), RUSSIAN_PEOPLE)
def test_people_are_counted_in_russian(
    find: Find, text: str, span: str, value: int, counted: str
) -> None:
    [(phrase, found)] = find(text)
    assert (phrase, found.value, found.counted) == (span, value, counted)
    assert found.category == "people"


@pytest.mark.parametrize(
    ("text", "span", "value", "counted", "category"),
    [
        ("Город принял 40 делегаций.", "40 делегаций", 40, "делегация", "delegations"),
        ("Открыто 12 автосборочных и ремонтных заводов.",
         "12 автосборочных и ремонтных заводов", 12, "завод", "organizations"),
        ("Помощь 42 предприятиям города Читы.", "42 предприятиям", 42, "предприятие",
         "organizations"),
        ("Включены 35 наиболее значимых культурных, спортивных и деловых мероприятий.",
         "35 наиболее значимых культурных, спортивных и деловых мероприятий", 35, "мероприятие",
         "events"),
        ("У Перми 6 городов-побратимов.", "6 городов-побратимов", 6, "город-побратим", "other"),
        ("У Перми 4 города – побратима.", "4 города – побратима", 4, "город-побратим", "other"),
        ("Сайт на пяти языках.", "пяти языках", 5, "язык", "other"),
        ("Работа 4-х отраслевых секций.", "4-х отраслевых секций", 4, "секция", "other"),
        ("Дружба между двумя городами.", "двумя городами", 2, "город", "other"),
        ("Связи с городами в 19 странах.", "19 странах", 19, "страна", "other"),
        ("Есть 339 памятников архитектуры.", "339 памятников", 339, "памятник", "other"),
        ("Создано 12 рабочих мест.", "12 рабочих мест", 12, "место", "other"),
        ("Для 30 представленных на выставке компаний.",
         "30 представленных на выставке компаний", 30, "компания", "organizations"),
        ("Связи с тремястами городами.", "тремястами городами", 300, "город", "other"),
        ("Состоялась 101 встреча.", "101 встреча", 101, "встреча", "events"),
        ("В зоопарк привезли 3 тигров.", "3 тигров", 3, "тигр", "other"),
    ],
)  # fmt: skip
def test_things_are_counted_in_russian(
    find: Find, text: str, span: str, value: int, counted: str, category: str
) -> None:
    [(phrase, found)] = find(text)
    assert (phrase, found.value, found.counted, found.category) == (span, value, counted, category)


@pytest.mark.parametrize(
    ("text", "span", "value", "counted", "category"),
    [
        ("At the Clinical Hospital 118 children were treated.", "118 children", 118, "child",
         "people"),
        ("We met 45 young Omsk residents.", "45 young Omsk residents", 45, "resident", "people"),
        ("It hosted 23 delegations.", "23 delegations", 23, "delegation", "delegations"),
        ("Perth has 6 foreign sister-cities.", "6 foreign sister-cities", 6, "sister-city",
         "other"),
        ("There are 8 city districts.", "8 city districts", 8, "district", "other"),
        ("It joined two countries.", "two countries", 2, "country", "other"),
        ("Twenty-five athletes competed.", "Twenty-five athletes", 25, "athlete", "people"),
        ("The 12 twin towns met.", "12 twin towns", 12, "town", "other"),
        ("They saw 5 children's books.", "5 children's books", 5, "book", "other"),
        ("It held 20 educational, cultural and sports events.",
         "20 educational, cultural and sports events", 20, "event", "events"),
        ("A dozen volunteers joined.", "A dozen volunteers", 12, "volunteer", "people"),
        ("Half a million tourists came.", "Half a million tourists", 500000, "tourist", "people"),
        ("They employ 60 staff.", "60 staff", 60, "staff", "people"),
        ("We met 14 Koreans.", "14 Koreans", 14, "korean", "people"),
        ("A twelve-strong delegation came.", "twelve-strong delegation", 12, "delegation",
         "people"),
        ("There were 250 partner schools.", "250 partner schools", 250, "school",
         "organizations"),
    ],
)  # fmt: skip
def test_people_and_things_are_counted_in_english(
    find: Find, text: str, span: str, value: int, counted: str, category: str
) -> None:
    [(phrase, found)] = find(text)
    assert (phrase, found.value, found.counted, found.category) == (span, value, counted, category)


@pytest.mark.parametrize(
    ("text", "span", "value", "unit", "category", "counted"),
    [
        ("Площадь города 730 км².", "730 км²", "730", "km2", "area", None),
        ("Площадь: 11,434.25 км²", "11,434.25 км²", "11434.25", "km2", "area", None),
        ("Площадь: 2,900 km2", "2,900 km2", "2900", "km2", "area", None),
        ("Площадь: 2,914 км2", "2,914 км2", "2.914", "km2", "area", None),
        ("Построено 1 234,5 тыс. кв. м жилья.", "1 234,5 тыс. кв. м", "1234500", "m2", "area",
         None),
        ("Парк занимает 12 гектаров.", "12 гектаров", "12", "har", "area", None),
        ("The area is 19,47 square kilometres.", "19,47 square kilometres", "19.47", "km2",
         "area", None),
        ("The area is 7086 sq.km.", "7086 sq.km", "7086", "km2", "area", None),
        ("The area is 1,234.5 km2.", "1,234.5 km2", "1234.5", "km2", "area", None),
        ("Up to 726,10 km from the sea.", "Up to 726,10 km", "726.1", "km", "other", None),
        ("Total area is 726,10 km.", "726,10 km", "726.1", "km", "area", None),
        ("They sent 3 thousand cubic meters of building wood.", "3 thousand cubic meters", "3000",
         "m3", "other", "wood"),
        ("Отправлено 12,5 тыс. тонн угля.", "12,5 тыс. тонн", "12500", "t", "other", "уголь"),
        ("Рост на 17,3 % за год.", "17,3 %", "17.3", "%", "share", None),
        ("Завод даёт 35% стоимости продукции.", "35%", "35", "%", "share", None),
        ("It is 45 percent of residents.", "45 percent", "45", "%", "share", None),
        ("Бюджет составил 2 трлн юаней.", "2 трлн юаней", "2000000000000", "CNY", "money", None),
        ("Это 278,76 млрд долларов США.", "278,76 млрд долларов США", "278760000000", "USD",
         "money", None),
        ("Это 3,4 млрд долл. США.", "3,4 млрд долл. США", "3400000000", "USD", "money", None),
        ("Сумма 5 млн. руб. за год.", "5 млн. руб.", "5000000", "RUB", "money", None),
        ("Trade reached $5.3 million.", "$5.3 million", "5300000", "USD", "money", None),
        ("They gave €500.", "€500", "500", "EUR", "money", None),
        ("It paid 400,000 kronor.", "400,000 kronor", "400000", "SEK", "money", None),
        ("It cost TShs. 1,500,000 in all.", "TShs. 1,500,000", "1500000", "TZS", "money", None),
        ("It cost US$12M.", "US$12M", "12000000", "USD", "money", None),
        ("Сумма ¥1,500 выплачена.", "¥1,500", "1500", "JPY", "money", None),
        ("Плотность 1500 чел./км².", "1500 чел./км²", "1500", "/km2", "other", "человек"),
        ("Its density is 1118,13 people/km.", "1118,13 people/km", "1118.13", "/km", "other",
         "people"),
    ],
)  # fmt: skip
def test_measures_have_a_unit(
    find: Find, text: str, span: str, value: str, unit: str, category: str, counted: str | None
) -> None:
    [(phrase, found)] = find(text)
    assert phrase == span
    assert found.value == Decimal(value)
    assert (found.unit, found.category, found.counted) == (unit, category, counted)


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("Население: 9,7 млн.чел. (2025 г.)", "9,7 млн.чел.", 9700000),
        ("Население: 9 465 881 человек", "9 465 881 человек", 9465881),
        ("Население: 650 000 (2021 г.)", "650 000", 650000),
        ("Крупный город с населением 13,8 млн человек.", "13,8 млн человек", 13800000),
        ("В Улан-Баторе проживает 1,6 млн человек.", "1,6 млн человек", 1600000),
        ("Это город, где 30 000 жителей.", "30 000 жителей", 30000),
        ("The population is 811 876 people.", "811 876 people", 811876),
        ("Its population was about 80,000.", "about 80,000", 80000),
        ("It has a population of 1.2 million.", "1.2 million", 1200000),
        ("The town has 30,000 inhabitants.", "30,000 inhabitants", 30000),
    ],
)
def test_people_of_a_place_are_a_population(find: Find, text: str, span: str, value: int) -> None:
    [(phrase, found)] = find(text)
    assert (phrase, found.value, found.category) == (span, value, "population")


def test_students_near_a_population_are_people(find: Find) -> None:
    counted = find("Население Томска — 570 тыс. человек, среди них 60 тыс. студентов.")
    assert [value.category for _, value in counted] == ["population", "people"]


@pytest.mark.parametrize(
    ("text", "span", "value", "minimum", "maximum", "approximate"),
    [
        ("Более 50% работ.", "Более 50%", 50, 50, None, False),
        ("Свыше 1,3 млн студентов.", "Свыше 1,3 млн студентов", 1300000, 1300000, None, False),
        ("Было более чем 30 стран.", "более чем 30 стран", 30, 30, None, False),
        ("Не менее 20 вузов.", "Не менее 20 вузов", 20, 20, None, False),
        ("Не более 20 вузов.", "Не более 20 вузов", 20, None, 20, False),
        ("Группа до 100 человек.", "до 100 человек", 100, None, 100, False),
        ("Число выросло до 100 компаний.", "100 компаний", 100, None, None, False),
        ("Около 30 гостей.", "Около 30 гостей", 30, None, None, True),
        ("Порядка тысячи гостей.", "Порядка тысячи гостей", 1000, None, None, True),
        ("Почти два десятка стран.", "Почти два десятка стран", 20, None, 20, False),
        ("Пришло 100+ гостей.", "100+ гостей", 100, 100, None, False),
        ("Пришло 50 с лишним гостей.", "50 с лишним гостей", 50, 50, None, False),
        ("От 30 до 40 школьников.", "От 30 до 40 школьников", None, 30, 40, False),
        ("Это 10–15 студентов.", "10–15 студентов", None, 10, 15, False),
        ("Это 15-20 тыс. зрителей.", "15-20 тыс. зрителей", None, 15000, 20000, False),
        ("Это два-три города.", "два-три города", None, 2, 3, False),
        ("Some two dozen companies came.", "Some two dozen companies", 24, None, None, True),
        ("About 5,000 tourists came.", "About 5,000 tourists", 5000, None, None, True),
        ("Over 1,200 visitors came.", "Over 1,200 visitors", 1200, 1200, None, False),
        ("At least 45 children came.", "At least 45 children", 45, 45, None, False),
        ("It takes up to 100 people.", "up to 100 people", 100, None, 100, False),
        ("It takes 300 or more runners.", "300 or more runners", 300, 300, None, False),
        ("We saw 20 to 30 students.", "20 to 30 students", None, 20, 30, False),
        ("Between 20 and 30 pupils sang.", "Between 20 and 30 pupils", None, 20, 30, False),
    ],
)
def test_words_around_a_number_bound_it(
    find: Find,
    text: str,
    span: str,
    value: int | None,
    minimum: int | None,
    maximum: int | None,
    approximate: bool,
) -> None:
    [(phrase, found)] = find(text)
    assert phrase == span
    assert (found.value, found.minimum, found.maximum) == (value, minimum, maximum)
    assert found.approximate is approximate


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Приняло участие 47 артистов из Китая и 60 представителей местных вузов.",
         ["47 артистов", "60 представителей"]),
        ("It has 3 towns, 8 city districts and 7 divisions.",
         ["3 towns", "8 city districts", "7 divisions"]),
        ("Здесь 138 академий и более 1500 научных организаций.",
         ["138 академий", "более 1500 научных организаций"]),
        ("The population is 556 thousand people, 2 million people with suburbs.",
         ["556 thousand people", "2 million people"]),
        ("Здесь более 60 университетов и колледжей.", ["более 60 университетов и колледжей"]),
        ("Прибыла группа 16 хоккеистов 2010 года рождения.", ["16 хоккеистов"]),
    ],
)  # fmt: skip
def test_each_number_is_a_count_of_its_own(find: Find, text: str, spans: list[str]) -> None:
    assert [phrase for phrase, _ in find(text)] == spans


@pytest.mark.parametrize(
    "text",
    [
        "В 2016 году город отметил праздник.",
        "Встреча прошла 17 мая.",
        "Соглашение действует 5 лет.",
        "Переговоры длились три дня и 20 минут.",
        "Это было двадцать лет назад.",
        "Город основан в 9 веке.",
        "Седьмое заседание и 33-й фестиваль.",
        "Участие в 29-ом конкурсе и в 30-й выставке.",
        "Команда заняла 3 место, а хор — 24-е место.",
        "Посвящено 158-летию города и его 2000-летней истории.",
        "Гимназия № 5 и школа №12 участвовали.",
        "Закон №44-ФЗ и статья 22 закона.",
        "Школа 22 города Читы.",
        "Концерт дали ученики 3 класса.",
        "Фестиваль «Семь городов» и выставка «100 лучших товаров».",
        "Тел.: 42-15-83, 8 (4212) 40-92-80",
        "Часовой пояс: GMT +3",
        "Одна делегация и один гость.",
        "Сотни зрителей и тысячи людей.",
        "Около половины населения города.",
        "Они были там 3 раза.",
        "Самолёт Ту-154, вирус COVID-19 и версия 2.0",
        "Счёт 3:2, рейс в 10:30.",
        "See https://example.org/2019/5/12 and page 5.",
        "The 24th festival took the 3rd place.",
        "A 50-year anniversary, a two-year course and a five-star hotel.",
        "It lasted eleven years and three months.",
        "They meet every two years.",
        "One delegation and both cities came.",
        "Hundreds of guests and dozens of firms came.",
        "The school No. 5 and gymnasium #4.",
        "Article 12 rights and Figure 1.5 Residents.",
        "They won at the 2004 Olympics and the 2020 elections.",
        "The police held 12, security sources said.",
        "5G networks and B2B meetings.",
        "Phone: 423-555-1234 guests",
        "Since 2010 companies trade.",
        "The program “Khabatake-21” and “Seven cities” goes on.",
    ],
)
def test_what_is_no_count(find: Find, text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "На открытии мэр сказал: «У нас учатся 45 студентов из Кореи, и мы рады им».",
        'The mayor said: "We have 45 students from Korea."',
    ],
)
def test_a_count_in_direct_speech_is_one(find: Find, text: str) -> None:
    assert [value.value for _, value in find(text)] == [45]


def _with(nlp: spacy.Language, text: str, label: str, name: str) -> list[str]:
    ws = workspace(nlp(text))
    start = ws.text.index(name)
    ws.candidates = [
        Candidate(label, *ws.words_between(start, start + len(name)), score=1.0, why="test")
    ]
    return [ws.phrase(c.start, c.end) for c in counts.find_counts(ws)]


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("Работает с 2015 компаний.", "DATE", "с 2015"),
        ("Прошёл форум 100 городов.", "EVENT", "форум 100 городов"),
        ("We went to 20 Cities Forum.", "EVENT", "20 Cities Forum"),
    ],
)
def test_numbers_inside_dates_and_names_are_no_counts(
    nlp: spacy.Language, text: str, label: str, name: str
) -> None:
    assert _with(nlp, text, label, name) == []


def test_a_count_may_hold_a_role(nlp: spacy.Language) -> None:
    assert _with(nlp, "Прибыли 22 ректора.", "ROLE", "ректора") == ["22 ректора"]


def test_the_head_is_the_counted_noun(nlp: spacy.Language) -> None:
    ws: Workspace = workspace(nlp("Здесь 35 больших и малых фабрик города."))
    [count] = ws.of("COUNT")
    assert count.head is not None
    assert ws.words[count.head] == "фабрик"


def test_text_dense_with_numbers_takes_linear_time(nlp: spacy.Language) -> None:
    def seconds(size: int) -> float:
        ws = workspace(nlp("Приехали 12 больших и малых, старых и новых, 5 6 7 8 и 9. " * size))
        begin = process_time()
        counts.find_counts(ws)
        return process_time() - begin

    seconds(50)
    assert seconds(1600) < 16 * max(seconds(200), 0.002)


@pytest.mark.parametrize(
    ("text", "span", "value", "counted", "category"),
    [
        ("Город принял 37 делегаций, из них 21 – деловую.", "21", 21, "делегация", "delegations"),
        ("Принято 14 делегаций из 9 стран, в том числе две – из Чили.", "две", 2, "делегация",
         "delegations"),
        ("Помощь получили 90 детей, 81 из них прооперирован.", "81", 81, "ребёнок", "people"),
        ("Выехали 5 врачей, ещё двое – в июне.", "двое", 2, "врач", "people"),
        ("Приняли 60 детей, шестерых взяли в клинику.", "шестерых", 6, "ребёнок", "people"),
        ("У города 17 партнёров (без учёта 8 российских).", "8 российских", 8, "партнёр",
         "people"),
        ("Одобрили 11 из 16 заявок.", "11", 11, "заявка", "other"),
        ("Количество делегаций – 23.", "23", 23, "делегация", "delegations"),
        ("Нас было семеро.", "семеро", 7, None, "people"),
        ("Гостей – их было тридцать четверо – встретили.", "тридцать четверо", 34, "гость",
         "people"),
        ("There were 214 students (102 from Oulu).", "102", 102, "student", "people"),
        ("On Monday 41 of the 74 drivers voted.", "41", 41, "driver", "people"),
        ("They paid for 45 girls, bringing the total to 260 since May.", "260", 260, "girl",
         "people"),
        ("Oulu received 64 pupils; Emden sent 58.", "58", 58, "pupil", "people"),
        ("How many twins does Emden have? Eleven, I think.", "Eleven", 11, "twin", "other"),
        ("There are eleven twins, of which four are quiet.", "four", 4, "twin", "other"),
        ("A delegation of 18 arrived.", "18", 18, None, "people"),
        ("Oulu (pop. 211,800) is large.", "211,800", 211800, None, "population"),
    ],
)  # fmt: skip
def test_a_number_counts_what_was_said_before(
    find: Find, text: str, span: str, value: int, counted: str | None, category: str
) -> None:
    found = dict(find(text))[span]
    assert (found.value, found.counted, found.category) == (value, counted, category)


@pytest.mark.parametrize(
    "text",
    [
        "Город принял 37 гостей. Номер на двоих стоил недорого.",
        "The museum shows 40 works. Emden beat Oulu, and by 3.",
        "Принято 12 делегаций, а в школе 5 прошёл урок.",
        "There were 20 students in group 7, said the guide.",
    ],
)
def test_a_bare_number_without_such_words_counts_nothing(find: Find, text: str) -> None:
    assert len(find(text)) == 1


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("5.2 Six Oulu officials came.", "Six Oulu officials", 6),
        ("Each year 8 Oulu schoolchildren go north.", "8 Oulu schoolchildren", 8),
        ("There is an exchange of 4 school-boys and girls.", "4 school-boys and girls", 4),
        ("В 2012 году выезжали 4 группы школьников.", "4 группы", 4),
        ("A ticket costs about 9p.", "about 9p", Decimal("0.09")),
        ("Area: 905.08 sq. kms.", "905.08 sq. kms", Decimal("905.08")),
    ],
)
def test_a_phrase_reaches_its_irregular_head(
    find: Find, text: str, span: str, value: Decimal
) -> None:
    assert [(phrase, found.value) for phrase, found in find(text)] == [(span, value)]


def test_adjectives_of_size_are_no_counts(find: Find) -> None:
    assert find("A 20-member choir arrived.") == []
