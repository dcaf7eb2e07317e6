"""The dates stage: years from the context, the document's period, offsets of words."""

from functools import cache

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import pobratim
import pobratim.stages.dates
import pobratim.stages.tokens  # registers the tokenizer
from pobratim.stages.workspace import Workspace, workspace

CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "pobratim.Tokenizer.v1"}}}


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("xx", config=CONFIG)
    nlp.add_pipe("pobratim_dates")
    return nlp


def dates(nlp: Language, text: str) -> tuple[Workspace, list[tuple[str, str]]]:
    ws = workspace(nlp(text))
    found = ws.of("DATE")
    return ws, [(ws.phrase(c.start, c.end), c.value.edtf) for c in found if c.value]


REPORT = """Отчёт управления

Что сделано в 2018 году?

В 2018 году город Вологда принял 14 делегаций. В марте прошла неделя кино.

Соглашение от 12.03.2010 №17 действует. 17-19 мая приезжали школьники из Кухмо.

В прошлом году гостей было меньше. Театр, открытый в 1974 году, в июне давал спектакли.

Какие задачи стоят в 2019 году?

В апреле планируется визит в Миккели.
"""


def test_a_report_gives_its_year_to_dates_without_one(nlp: Language) -> None:
    ws, found = dates(nlp, REPORT)
    assert ws.reference_period == "2018"
    assert found == [
        ("2018 году", "2018"),
        ("2018 году", "2018"),
        ("марте", "2018-03"),
        ("12.03.2010", "2010-03-12"),
        ("17-19 мая", "2018-05-17/2018-05-19"),
        ("прошлом году", "2017"),
        ("1974 году", "1974"),
        ("июне", "2018-06"),
        ("2019 году", "2019"),
        ("апреле", "2019-04"),
    ]


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("On 4 May 2011 the mayor of Oulu arrived, and in June he left.", "2011-06", "sentence"),
        ("В апреле и затем 5 июля 2013 года гости посетили Выборг.", "2013-04", "sentence"),
        ("The mayor of Oulu came on 4 May 2011. In June he left.", "2011-06", "block"),
        (
            "4 мая 2011 года в наш город приехала большая группа школьников из Оулу.\n\n"
            "В июне все они вернулись домой, и родители встретили их на вокзале города.",
            "2011-06",
            "section",
        ),
    ],
)
def test_a_date_without_a_year_continues_the_nearest_one(
    nlp: Language, text: str, value: str, rule: str
) -> None:
    ws = workspace(nlp(text))
    (found,) = [c for c in ws.of("DATE") if c.why.endswith("+" + rule)]
    assert found.value is not None
    assert found.value.edtf == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The festival is held annually in May and the guests come in boats.", "XXXX-05"),
        ("В 2014 году открыт музей. Ежегодно в августе здесь поют.", "XXXX-08"),
        ("В 2014 году был концерт к празднику Весны 1 мая.", "XXXX-05-01"),
        ("В мае приехали гости из Турку.", "XXXX-05"),
        ("В 2014 году открыт музей. Каждый год в августе здесь поют.", "XXXX-08"),
        ("It opened in 2014. Every May there is a fair.", "XXXX-05"),
    ],
)
def test_what_no_year_belongs_to_keeps_it_open(nlp: Language, text: str, value: str) -> None:
    ws = workspace(nlp(text))
    last = ws.of("DATE")[-1]
    assert last.value == (value, None, None)


def test_every_one_of_the_guests_is_no_yearly_event(nlp: Language) -> None:
    text = "В 2014 году открыт музей. В мае каждый гость получил подарок."
    assert dates(nlp, text)[1][-1] == ("мае", "2014-05")


@pytest.mark.parametrize("text", ["Last year they came.", "Летом здесь тепло, зимой снег."])
def test_words_that_mean_nothing_without_a_year_are_left_out(nlp: Language, text: str) -> None:
    assert dates(nlp, text)[1] == []


def test_a_dateline_sets_the_period_of_a_news_item(nlp: Language) -> None:
    text = "Делегация из Лахти в Пскове\n\n12.05.2016\n\n10 мая гости осмотрели кремль."
    ws, found = dates(nlp, text)
    assert ws.reference_period == "2016"
    assert found[-1] == ("10 мая", "2016-05-10")


def test_the_latest_year_of_a_history_is_a_period_that_nothing_tells(nlp: Language) -> None:
    text = "The town was founded in 1293. It burnt in 1738 and in 1793. A theatre came in 1996."
    ws = dates(nlp, text)[0]
    assert (ws.reference_period, ws.period_told) == ("1996", False)


def test_a_given_period_is_kept(nlp: Language) -> None:
    doc = nlp.make_doc("В мае приехали гости. В 2001 году открыт парк, в 2001 году открыт мост.")
    workspace(doc).reference_period = "2015"
    ws = workspace(nlp.get_pipe("pobratim_dates")(doc))
    assert ws.reference_period == "2015"
    assert next(c.value.edtf for c in ws.of("DATE") if c.value) == "2015-05"


def test_one_day_beyond_twelve_settles_the_order_for_the_document(nlp: Language) -> None:
    text = "Signed: 07/25/1993\n\nRenewed: 05/06/2003"
    assert [value for _, value in dates(nlp, text)[1]] == ["1993-07-25", "2003-05-06"]


def test_spans_are_whole_words_and_name_their_rule(nlp: Language) -> None:
    text = "Договор (2001г.) подписан, программа принята в 2020-2021has been."
    doc = nlp(text)
    ws = workspace(doc)
    found = ws.of("DATE")
    assert [text[ws.raw_starts[c.start] : ws.raw_ends[c.end - 1]] for c in found] == [
        "2001г.",
        "2020-2021",
    ]
    assert found[0].why == "dates:year"


def test_a_date_with_its_own_year_is_surer_than_one_without(nlp: Language) -> None:
    ws = workspace(nlp("4 мая 2011 года гости приехали, 6 мая уехали."))
    own, taken = ws.of("DATE")
    assert own.score > taken.score


NEWS = "Новости / 28 мая 2013\n\nСегодня в Твери встретили делегацию из Котки. {}"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("В субботу гости осмотрели кремль.", ("субботу", "2013-05-25")),
        ("В субботу состоится концерт.", ("субботу", "2013-06-01")),
        ("В минувшие выходные был концерт.", ("минувшие выходные", "2013-05-25/2013-05-26")),
        ("Вчера подписан договор.", ("Вчера", "2013-05-27")),
        ("В прошлом году гостей было меньше.", ("прошлом году", "2012")),
        ("В декабре была выставка.", ("декабре", "2012-12")),
        ("Договор подписан в 1993 году. В апреле его продлили.", ("апреле", "2013-04")),
    ],
)
def test_news_count_from_their_dateline(
    nlp: Language, sentence: str, expected: tuple[str, str]
) -> None:
    ws, found = dates(nlp, NEWS.format(sentence))
    assert ws.reference_period == "2013"
    assert found[1] == ("Сегодня", "2013-05-28")
    assert found[-1] == expected


def test_today_that_means_nowadays_is_no_date(nlp: Language) -> None:
    text = NEWS.format("Дружбе много лет.") + "\n\nСегодня у Твери двенадцать побратимов в мире."
    assert [surface for surface, _ in dates(nlp, text)[1]] == ["28 мая 2013", "Сегодня"]


@pytest.mark.parametrize(
    "text",
    [
        "В субботу приехали гости.",
        "Вчера подписан договор.",
        "В выходные был концерт. Сегодня тоже.",
    ],
)
def test_days_told_from_an_unknown_day_are_left_out(nlp: Language, text: str) -> None:
    assert dates(nlp, text)[1] == []


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Отчёт о внешних связях за 2015 год", "2015"),
        ("Внешние связи города (итоги 2015 года)", "2015"),
        ("International Affairs Annual Report 2015/16", "2015"),
    ],
)
def test_the_title_of_a_report_sets_its_period(nlp: Language, title: str, year: str) -> None:
    language = "В июне приехали гости." if title[0] != "I" else "In June guests came."
    ws, found = dates(nlp, f"{title}\n\nСоглашение 23 марта 2001 года.\n\n{language}")
    assert ws.reference_period == year
    assert found[-1][1] == f"{year}-06"


def test_a_year_in_brackets_lends_nothing_to_later_sentences(nlp: Language) -> None:
    text = (
        "С 14 мая по 3 июня 2017 года город принял 23 делегации, всего 164 человека "
        "(в 2016 г. – 19 делегаций, 131 человек). Много писали.\n\n"
        "В сентябре приехали учителя из трёх школ и провели в городе две недели и три дня."
    )
    assert dates(nlp, text)[1][-1] == ("сентябре", "2017-09")


def test_a_day_alone_takes_the_month_of_the_day_before(nlp: Language) -> None:
    text = "24 августа 2009 года подписали договор. 25-го едем в горы."
    assert dates(nlp, text)[1][-1] == ("25-го", "2009-08-25")


def test_the_end_of_a_plan_is_not_the_latest_year(nlp: Language) -> None:
    text = "Фонд основан в 2019 году. Договор действует до 2021 года. В прошлом году собрали много."
    assert dates(nlp, text)[1][-1] == ("прошлом году", "2018")


def test_every_first_of_july_has_no_year(nlp: Language) -> None:
    assert dates(nlp, "They have met each 1 July since 1959.")[1][0] == ("1 July", "XXXX-07-01")


@pytest.mark.parametrize(
    "text",
    [
        "Города-партнёры\n\nКотка\n\n12.05.1990\n\nБерген\n\n03.06.1992\n\nВ мае были гости.",
        "Котка\n\n12.05.1990\n\nВ 2015 году гостей было двенадцать человек. Вчера их проводили.",
    ],
)
def test_the_day_of_an_agreement_on_its_own_line_is_no_dateline(nlp: Language, text: str) -> None:
    ws, found = dates(nlp, text)
    assert ws.reference_period != "1990"
    assert "Вчера" not in [surface for surface, _ in found]


def test_the_year_a_programme_began_is_no_report_year(nlp: Language) -> None:
    text = "Программа обменов действует с 1993 года\n\nВ 2015 году приехали двенадцать гостей."
    ws = dates(nlp, text)[0]
    assert (ws.reference_period, ws.period_told) == ("2015", False)


def test_the_year_of_a_heading_outweighs_a_historic_one_of_another_sentence(nlp: Language) -> None:
    text = (
        "Связи города. 2018 год\n\nВ 1995 году подписан договор с Бергеном. В марте приехали гости."
    )
    assert dates(nlp, text)[1][-1] == ("марте", "2018-03")


PIECES = """
¶¶ ¶ ¶ . , ( ) – 2016 2017 2016 г. 12.05.2016 14.05.2016 мая May в in с по 5 12 сегодня, Today, вчера
в_прошлом_году last_year год_спустя Two_years_later, Отчёт_за_2016_год Report_2016 опубликовано Updated
во_вторник on_Tuesday 26_мая_2016_года летом в_начале_года на_следующий_день 14-го Tuesday,_12_May
"""


@cache
def _blank() -> Language:
    blank = spacy.blank("xx", config=CONFIG)
    blank.add_pipe("pobratim_dates")
    return blank


documents = st.lists(st.sampled_from(PIECES.split()), max_size=30)


@settings(max_examples=300, deadline=None)
@given(documents)
def test_any_document_is_dated_without_error(drawn: list[str]) -> None:
    text = " ".join(drawn).replace("¶", "\n").replace("_", " ")
    for candidate in workspace(_blank()(text)).of("DATE"):
        assert candidate.value is not None


@pytest.mark.parametrize(
    ("text", "told", "value"),
    [
        # A masthead or the minutes' head tells when a text was written; what is past lies before it.
        ("Вестник\nВыпуск 12, февраль 2020 г.\n\n14 декабря открылась выставка.", "14 декабря",
         "2019-12-14"),
        ("Вестник\n№ 2, март 2016 г.\n\n9 мая в парке выступал хор гостей.", "9 мая", "2015-05-09"),
        ("The Times of Twins\nNo. 3 – June 2018\n\nThe band arrives on 14 July.", "14 July",
         "2018-07-14"),
        ("EXTRACT FROM THE MINUTES, 21 AUGUST 2014\n\nThe mayor will sign it in November.",
         "November", "2014-11"),
        ("Speech by the Lord Mayor at the reception, 9 May 2011\n\nTomorrow we shall sign.",
         "Tomorrow", "2011-05-10"),
        ("Томск: неделя с 13 по 19 августа 2018 года\n\n18 августа подписан протокол, а договор "
         "надеются заключить в 2019 году.", "18 августа", "2018-08-18"),
        # What something lasts since or until lends no year.
        ("Протокол заседания, 12 апреля 2016 года\n\nДоговор продлён до 31 декабря 2020 г. "
         "В июне состоится поездка.", "июне", "2016-06"),
        ("Отчёт за 2017 год\n\n– 21.04 мэр принял гостей, визит намечен на осень.", "21.04",
         "2017-04-21"),
        ("Отчёт за 2017 год\n\n– 21.04 мэр принял гостей, визит намечен на осень.", "осень",
         "2017-23"),
        ("Хроника 2008 года\n\n• Март. Приезд хора.", "Март", "2008-03"),
        ("Хроника 2008 года\n\n• 12.09–15.09 – ярмарка.", "12.09–15.09", "2008-09-12/2008-09-15"),
        ("Programme, 26-29 April 2018\n\nThursday, 26/4\nArrival", "Thursday, 26/4", "2018-04-26"),
        ("★ 2023.04.11–14: визит делегации.", "2023.04.11–14", "2023-04-11/2023-04-14"),
        ("In 2013 the links cost $14,250 and in 2014 $9,068.", "2014", "2014"),
        ("Town\tInstrument\tSigned\nLinz\tLetter of intent\t1983", "1983", "1983"),
        ("The first mention refers to 1448 year, the school was built later.", "1448 year", "1448"),
        ("No document is newer than 2005.", "2005", "2005"),
        ("In 2021 pupils came.\n\nThe mayor wrote on 9 March and praised the 2017 Memorandum.",
         "9 March", "2021-03-09"),
        ("Речь мэра, 2 июля 2019 г.\n\nВ 1989 году мы начали.\n\nА 19 октября гости увидят парк.",
         "19 октября", "2019-10-19"),
        ("Мэрия Оша. Пресс-релиз от 11.IX.2008\n\nВчера прибыли гости.", "Вчера", "2008-09-10"),
        ("Визит прошёл в мае 2019 года.\n\nP.S. Осенью хор приедет снова.", "Осенью", "2019-23"),
    ],
)  # fmt: skip
def test_dates_of_unlike_pages(text: str, told: str, value: str) -> None:
    dates = [m for m in pobratim.extract(text).mentions if m.label == "DATE" and m.text == told]
    assert [date.value for date in dates] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Семьи принимали детей на лето, а больница помогала.",
        "Open Monday to Friday (except Saturday, Sunday and holidays).",
        "– 1.10 Общие положения",
    ],
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert not [m for m in pobratim.extract(text).mentions if m.label == "DATE"]
