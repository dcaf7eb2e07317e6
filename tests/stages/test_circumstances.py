"""Where, when and of what action a count is told.

Names and dates are marked in the sentences: ``{CITY|Омске}``, ``{DATE|в 2016 году|2016}``.
"""

import re
from collections.abc import Callable
from functools import cache
from time import perf_counter

import pytest
import spacy

from pobratim.stages import circumstances, counts, english, russian, tokens
from pobratim.stages.circumstances import Circumstance
from pobratim.stages.workspace import Candidate, DateValue, Workspace, workspace

Told = dict[str, tuple[str | None, str | None, str | None, bool]]
Tell = Callable[[str], Told]
MARK = re.compile(r"\{([A-Z]+)\|([^|{}]*)(?:\|([^|{}]*))?\}")
MODULES = (circumstances, counts, english, russian, tokens)


@pytest.fixture(scope="session")
def tell() -> Tell:
    """From marked text to each count's place, date, action and whether it is cumulative."""

    def told(marked: str) -> Told:
        ws = _tagged(marked)
        circumstances.add_circumstances(ws)
        return {ws.phrase(c.start, c.end): _of(ws, c) for c in ws.of("COUNT")}

    return told


@cache
def _nlp() -> spacy.Language:
    config = {"nlp": {"tokenizer": {"@tokenizers": "pobratim.Tokenizer.v1"}}}
    nlp = spacy.blank("xx", config=config)
    nlp.add_pipe("pobratim_russian_tags")
    nlp.add_pipe("pobratim_english")
    return nlp


def _tagged(marked: str) -> Workspace:
    ws = workspace(_nlp()(MARK.sub(r"\2", marked)))
    ws.candidates = _marked(ws, marked)
    ws.candidates += counts.find_counts(ws)
    return ws


def _marked(ws: Workspace, marked: str) -> list[Candidate]:
    found, shift = [], 0
    for match in MARK.finditer(marked):
        start = match.start() - shift
        end = start + len(match[2])
        shift += len(match[0]) - len(match[2])
        value = DateValue(match[3], None, None) if match[3] else None
        span = ws.words_between(start, end)
        found.append(Candidate(match[1], *span, score=1.0, why="test", value=value))
    return found


def _of(ws: Workspace, count: Candidate) -> tuple[str | None, str | None, str | None, bool]:
    links = {
        link.label: ws.phrase(link.tail.start, link.tail.end)
        for link in ws.links
        if link.head is count
    }
    assert isinstance(count.data, Circumstance)
    return (
        links.get("COUNTED_IN"),
        links.get("COUNTED_ON"),
        count.data.action,
        count.data.cumulative,
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("В {ORGANIZATION|клинике «Асан»} города {CITY|Сеула} пролечены 70 иркутских детей.",
         "клинике «Асан»"),
        ("Делегация из 50 человек отдыхала в г. {CITY|Харбин}.", "Харбин"),
        ("В городе {CITY|Чите} открыто 12 центров.", "Чите"),
        ("На {EVENT|форуме «Восток»} выступили 30 экспертов.", "форуме «Восток»"),
        ("Город {CITY|Пермь} посетили 200 туристов.", "Пермь"),
        ("У {CITY|Перми} 6 городов-побратимов.", "Перми"),
        ("{CITY|Пермь} имеет 6 городов-побратимов.", "Пермь"),
        ("В составе делегации города {CITY|Ульсана} 12 врачей.", None),
        ("Прибыли 15 студентов из {CITY|Ульсана}.", None),
        ("In the famous hospital {ORGANIZATION|Asan} 45 young {CITY|Omsk} residents recover.",
         "Asan"),
        ("We treated 45 children in the city of {CITY|Seoul}.", "Seoul"),
        ("{CITY|Perth} has 6 sister-cities: {CITY|Kagoshima} and others.", "Perth"),
        ("{CITY|Perth} sent 3 tons of coal to {CITY|Kagoshima}.", "Kagoshima"),
        ("Some 300 tourists visited {CITY|Perth}.", "Perth"),
        ("The 20 doctors studied at {ORGANIZATION|Ulsan University} in {CITY|Ulsan}.",
         "Ulsan University"),
    ],
)  # fmt: skip
def test_the_place_is_where_the_counting_happened(tell: Tell, text: str, place: str | None) -> None:
    [told] = tell(text).values()
    assert told[0] == place


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("{DATE|В 2016 году|2016} принято 40 делегаций.", "В 2016 году"),
        ("По Закону от {DATE|20.02.2019|2019-02-20} в {DATE|2020 году|2020} создано 12 центров.",
         "2020 году"),
        ("В {DATE|мае 2016 года|2016-05}, всего {DATE|с 2002 по 2016 годы|2002/2016}, помогли "
         "57 детям.", "с 2002 по 2016 годы"),
        ("Основан в {DATE|1900 году|1900}, в нём 15 тыс. чел. ({DATE|2021 г.|2021})", "2021 г."),
        ("The area, settled in {DATE|1850|1850}, has 900 people ({DATE|2010|2010}).", "2010"),
        ("Its area is 640 km2 while the population (at {DATE|2010|2010}) grew.", None),
        ("It has 900 people (as on the {DATE|1st of June 2010|2010-06-01}).", "1st of June 2010"),
        ("Прибыли 15 студентов.", None),
        ("Форум прошёл {DATE|5 мая|2021-05-05}. Гостей угощали. Пришли 15 студентов.", None),
    ],
)  # fmt: skip
def test_the_date_is_when_it_was_counted(tell: Tell, text: str, date: str | None) -> None:
    [told] = tell(text).values()
    assert told[1] == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("По договору, подписанному в {DATE|2019 году|2019}, город получил 2 автобуса.", None),
        ("Из программы, принятой в {DATE|мае|2021-05}, выполнено 11 пунктов.", None),
        ("По соглашению {DATE|2008 года|2008} приехали 12 врачей.", None),
        ("По меморандуму от {DATE|5 мая 2008 г.|2008-05-05} приехали 12 врачей.", None),
        ("Under the agreement of {DATE|2006|2006} we have sent 12 nurses.", None),
        ("An agreement was renewed on {DATE|5 May 2015|2015-05-05}, with 9 guests looking on.",
         "5 May 2015"),
        ("Делегация, посетившая город, в {DATE|мае|2021-05} вручила 12 грамот.", "мае"),
    ],
)  # fmt: skip
def test_the_date_of_a_document_or_of_a_clause_aside_is_not_of_the_count(
    tell: Tell, text: str, date: str | None
) -> None:
    [told] = tell(text).values()
    assert told[1] == date


def test_a_sentence_that_points_back_takes_place_and_date_from_the_one_before(
    tell: Tell,
) -> None:
    told = tell(
        "Форум прошёл в {CITY|Томске} {DATE|5 мая|2021-05-05}. В нём приняли участие 300 человек."
    )
    assert told["300 человек"][:2] == ("Томске", "5 мая")


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("В клинике были успешно прооперированы 57 детей.", "прооперировать"),
        ("Организован приём 40 делегаций.", "организовать"),
        ("В её состав вошли 26 врачей, представляющих больницы.", "войти"),
        ("Приехали врачи, представляющие 22 больницы.", "представлять"),
        ("В городе 22 больницы.", None),
        ("45 young residents undergo surgery.", "undergo"),
        ("23 delegations from the region are taking part in it.", "take"),
        ("The residents sent 3 tons of coal.", "send"),
        ("The population is 811 876 people.", None),
        ("The mayor met guests, including 9 doctors.", "meet"),
    ],
)
def test_the_action_is_the_verb_that_governs_the_count(
    tell: Tell, text: str, action: str | None
) -> None:
    [told] = tell(text).values()
    assert told[2] == action


@pytest.mark.parametrize(
    ("text", "cumulative"),
    [
        ("{DATE|С 2002 по 2019 годы|2002/2019} помогли 70 детям.", True),
        ("{DATE|17-19 мая|2019-05-17/2019-05-19} выступили 70 детей.", False),
        ("За 11 лет помогли 45 детям.", True),
        ("За последние десять лет помогли 45 детям.", True),
        ("За {DATE|2016 год|2016} помогли 45 детям.", False),
        ("В общей сложности помогли 45 детям.", True),
        ("Помогли 45 детям.", False),
        ("For eleven years 45 residents undergo surgery.", True),
        ("So far 45 residents were treated.", True),
        ("Over the past 10 years 45 residents were treated.", True),
        ("In {DATE|2019|2019} 45 residents were treated.", False),
        ("Since {DATE|2005|2005} 45 residents were treated.", True),
        ("The population, since {DATE|2005|2005}, is 80 000 people.", False),
    ],
)
def test_a_count_is_cumulative_where_it_adds_up_over_years(
    tell: Tell, text: str, cumulative: bool
) -> None:
    [told] = tell(text).values()
    assert told[3] is cumulative


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The population of {CITY|Perth} is about 80 000 people.", "Perth"),
        ("{CITY|Perth} is a city in {COUNTRY|Australia}. Its area is 640 square kilometres.",
         "Perth"),
        ("The population is 556 thousand people (24th place in {COUNTRY|Canada}).", None),
        ("{CITY|Пусан} — город на юге, второй в {COUNTRY|Корее}, с населением 3 млн человек.",
         "Пусан"),
        ("Many people live near {CITY|Perth}. The area is 640 square kilometres.", None),
    ],
)  # fmt: skip
def test_a_population_and_an_area_are_of_the_paragraphs_place(
    tell: Tell, text: str, place: str | None
) -> None:
    [told] = tell(text).values()
    assert told[0] == place


def test_fields_take_their_place_from_the_section(tell: Tell) -> None:
    told = tell(
        "{CITY|Улан-Батор}\n\nНаселение: 1,6 млн чел.\nПлощадь: 4704 км²\n\n"
        "{CITY|Пусан}\n\nНаселение: 3,4 млн чел.\nПлощадь: 770 км²\n"
    )
    assert [one[0] for one in told.values()] == ["Улан-Батор", "Улан-Батор", "Пусан", "Пусан"]


def test_every_count_of_a_sentence_has_circumstances_of_its_own(tell: Tell) -> None:
    told = tell(
        "{DATE|В 2019 году|2019} город {CITY|Пермь} посетили 121 тыс. гостей, в том числе из "
        "{COUNTRY|Кореи} (26 560 чел.), а в {CITY|Казани} учились 40 студентов."
    )
    assert told["121 тыс. гостей"] == ("Пермь", "В 2019 году", "посетить", False)
    assert told["40 студентов"] == ("Казани", "В 2019 году", "учиться", False)


def test_a_long_text_without_full_stops_takes_linear_time(tell: Tell) -> None:
    def seconds(size: int) -> float:
        text = "в {CITY|Чите} в {DATE|2019 году|2019} были 15 врачей и 20 студентов, " * size
        ws = _tagged(text)
        begin = perf_counter()
        circumstances.add_circumstances(ws)
        return perf_counter() - begin

    seconds(20)
    assert seconds(800) < 16 * max(seconds(100), 0.005)


def _periods(marked: str) -> dict[str, str | None]:
    ws = _tagged(marked)
    ws.reference_period = "2019"
    circumstances.add_circumstances(ws)
    found = {}
    for count in ws.of("COUNT"):
        assert isinstance(count.data, Circumstance)
        found[ws.phrase(count.start, count.end)] = count.data.period
    return found


@pytest.mark.parametrize(
    ("marked", "period"),
    [
        ("С {DATE|1993 года|1993} съездили 170 ребят.", "1993/2019"),
        ("Since {DATE|2005|2005} 45 nurses were trained.", "2005/2019"),
        ("В {DATE|1993 году|1993} съездили 170 ребят.", None),
    ],
)
def test_a_mere_beginning_lasts_until_the_year_of_the_page(marked: str, period: str | None) -> None:
    assert list(_periods(marked).values()) == [period]


@pytest.mark.parametrize(
    ("marked", "count", "date"),
    [
        ("Породнён в {DATE|1989 году|1989}; общество насчитывает 96 членов.", "96 членов", None),
        (
            "В {DATE|2019 году|2019}: принято 4 делегации; вручено 5 наград.",
            "5 наград",
            "2019 году",
        ),
        ("In {DATE|2018|2018} money was paid out; there were 14 guests.", "14 guests", None),
        ("Подписи глав двух городов стоят с {DATE|2003 года|2003}.", "двух городов", None),
    ],
)
def test_a_semicolon_parts_a_count_from_a_date(
    tell: Tell, marked: str, count: str, date: str | None
) -> None:
    assert tell(marked)[count][1] == date


@pytest.mark.parametrize(
    ("marked", "count", "place"),
    [
        ("{CITY|Turku}'s seven twins are far.", "seven twins", "Turku"),
        ("{CITY|Turku} — Three sister cities.", "Three sister cities", "Turku"),
        ("Exchanges of {CITY|Turku}: 9 visits", "9 visits", "Turku"),
        ("Визиты {CITY|Турку}: 9 делегаций", "9 делегаций", "Турку"),
        ("Two visits to {CITY|Turku} took place.", "Two visits", "Turku"),
        ("{ORGANIZATION|Общество «Мост»} насчитывает 96 членов.", "96 членов", "Общество «Мост»"),
    ],
)
def test_who_has_what_is_counted_is_its_place(
    tell: Tell, marked: str, count: str, place: str
) -> None:
    assert tell(marked)[count][0] == place


@pytest.mark.parametrize(
    ("marked", "count", "date"),
    [
        ("В {DATE|2023 году|2023} город посетили гости. За границу командированы 26 делегаций.",
         "26 делегаций", "2023 году"),
        ("В {DATE|марте|2019-03} приезжала группа учёных; прочитаны четыре лекции.",
         "четыре лекции", "марте"),
        ("On {DATE|5 May 2018|2018-05-05} the mayor received guests. They visited 2 factories.",
         "2 factories", "5 May 2018"),
        ("In {DATE|2013|2013} it cost $14,250 and in {DATE|2014|2014} $9,068.", "$14,250", "2013"),
        ("4 delegations came in {DATE|2008|2008}, 6 – in {DATE|2009|2009}.", "6", "2009"),
        ("We are 142 members, down from 150 {DATE|last year|2018}.", "142 members", None),
        ("Клиника основана в {DATE|1926 году|1926}, имеет 5 корпусов.", "5 корпусов", None),
        ("В {DATE|марте|2019-03} прошёл форум. Итальянские инженеры прочли 3 лекции.", "3 лекции",
         None),
        ("Visit | {DATE|2003|2003}\tVisit of 11 persons", "11 persons", None),
    ],
)  # fmt: skip
def test_a_date_frames_what_goes_on_with_it(
    tell: Tell, marked: str, count: str, date: str | None
) -> None:
    assert tell(marked)[count][1] == date


@pytest.mark.parametrize(
    ("marked", "count", "place"),
    [
        ("{ORGANIZATION|Томская академия} приняла на практику 22 студентов.", "22 студентов",
         "Томская академия"),
        ("{EVENT|XII Томская ярмарка} собрала 47 участников.", "47 участников", "XII Томская ярмарка"),
        ("Расходы {CITY|Томска} за год: 1,9 млн драмов.", "1,9 млн драмов", "Томска"),
        ("{CITY|Bursa} has 23 sister cities in 17 countries.", "17 countries", "Bursa"),
        ("В зал вошли 25 снимков, её увидят и в {CITY|Абакане}.", "25 снимков", None),
        ("Муданьцзян прислал 20 масок, в октябре {CITY|Томск} отправил книги.", "20 масок", None),
    ],
)  # fmt: skip
def test_the_place_by_what_is_told_of_it(
    tell: Tell, marked: str, count: str, place: str | None
) -> None:
    assert tell(marked)[count][0] == place


@pytest.mark.parametrize(
    ("marked", "count", "action"),
    [
        ("Город покажет программу, стоимость – 4,8 млн рублей.", "4,8 млн рублей", None),
        ("Глава принял делегацию (8 человек) в ратуше.", "8 человек", None),
        ("Рассказали о набережной длиной 4,2 км.", "4,2 км", None),
        ("Первыми приехали врачи: 14 медиков стажировались год.", "14 медиков", "стажироваться"),
    ],
)
def test_what_is_only_named_beside_a_verb_has_no_action(
    tell: Tell, marked: str, count: str, action: str | None
) -> None:
    assert tell(marked)[count][2] == action
