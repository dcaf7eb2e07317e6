"""ORGANIZATION candidates: which phrases are named bodies and where they begin and end."""

from __future__ import annotations

import time

import pytest
from naming import found, pipeline, read, split

from pobratim.stages.bodies import BodyName

RUSSIAN = {
    "a legal form with its quotes": "Делегация посетила [ООО «Северный лён»] и [АО «Парус»].",
    "one closing mark for two quotations": "Договор с [ООО «Промышленный парк «Радуга»] (г. Псков).",
    "a place between form and name": "Письмо от [МУП г. Тулы «Центр международных связей»].",
    "an office and its city": "Визит в [администрацию города Твери] и [мэрию Казани].",
    "a department with its parents": "Он работает в [отделе внешних связей управления экономики "
    "администрации города Томска].",
    "a ministry of a region": "Письмо [министерства культуры Хабаровского края] получено.",
    "a function with a capital": "Планы обсудили в [Управлении спорта] и [Министерстве туризма].",
    "a department that has a field and a parent": "По данным [Управления по вопросам миграции УМВД "
    "России по Псковской области] всё хорошо.",
    "a foreign department": "Сотрудники [Канцелярии иностранных дел Народного правительства города "
    "Ухань] приехали.",
    "a namesake": "Учёба в [средней школе им. Франклина] и [гимназии имени А. С. Пушкина].",
    "a number": "Ученики [средней школы № 12 г. Твери] поют.",
    "a capitalised adjective": "Студенты [Псковского государственного университета] приехали.",
    "a place at the end": "Договор с [Высшей школой музыки Кёнги города Пучона].",
    "a descriptive adjective stays out": "В кардиологической [клинике «Аврора»] лечат детей.",
    "an adjective of the kind stays in": "Поёт [детский хор «Родничок»] из г. Вологды.",
    "a capitalised adjective before quotes": "Договор с [Хэбэйской компанией «Дуэт»] подписан.",
    "a genitive before quotes": "Выступил [коллектив юных артистов «Искра»] (г. Пучон).",
    "an association of cities": "Он глава [Ассоциации городов-побратимов «Портленд – Тверь»].",
    "a committee between two cities": "Работа [Международного Комитета по сотрудничеству между "
    "городами Псковом (РФ) и Лахти (Финляндия)] идёт.",
    "cities joined by «и»": "Членов [Ассоциации мэров городов Сибири и Дальнего Востока] ждут.",
    "a consulate and its seat": "[Генеральное консульство Японии в Хабаровске] открыто.",
    "two bodies joined by «при»": "[Центр северных исследований] при [Псковском государственном "
    "университете] открыт.",
    "a council of the mayor": "[Совет при Мэре города Пскова] собрался.",
    "names after a plural noun": "Среди компаний [«Ромашка»], [«Василёк»] и [«Клевер»] лучших нет.",
    "initials": "Доклады для [ЮНЕСКО] и [АСДГ] готовы.",
    "a brand in foreign letters": "Договор с [корпорацией «Green Tree Co., Ltd»] готов.",
    "a person after the body": "Заместитель главы [Народного правительства Харбина] Сяо Жанцзянь.",
    "a whole name in quotes": "Договор между [«Дальневосточным институтом сельского хозяйства»] "
    "и городом.",
    "a forum with members": "Приехал член [Северного форума], потом закрылся [Северный форум].",
    "a quoted name that says what it is": "Глава организации [«Азиатский Форум мэров»] приехал.",
    "initials in a case": "Рабочие [ВАЗа] приехали.",
    "an agency": "По данным [ИА «Волга-медиа»], всё хорошо.",
    "an undeclined name behind the noun": "Дети лечатся в [клинике Чхарён] с весны.",
    "a cadet corps": "Воспитанники [Омского кадетского корпуса] приехали.",
    "a field of supervision": "Письмо [Федеральной службы по надзору в сфере связи] получено.",
}
NO_BODY_IN_RUSSIAN = {
    "offices of several cities": "Приехали представители администраций Твери, Тулы и Минска.",
    "an office without a name": "Об этом сообщила администрация города и городской совет.",
    "companies in general": "Компании города, больницы города и школьники Твери участвуют.",
    "a programme, a project, a prize": "Проект «Мост», программа «Крылья», премия «Признание».",
    "a zone": "Резиденты ТОСЭР «Север» и инвесторы довольны.",
    "a state": "Послание Президента Российской Федерации опубликовано.",
    "an activity": "Организация участия делегаций в мероприятиях идёт.",
    "a network that is no body": "Новости есть в сети «Интернет».",
    "several schools by number": "Учителя школ № 7 и № 8 приехали.",
    "a lorry": "Спортсмены приехали на КАМАЗе.",
    "a capital that points back": "В рамках Комитета и Ассоциации прошли встречи.",
}
ENGLISH = {
    "a university of a city": "Students of the [University of Turku] came.",
    "a city administration": "The [Pskov City Administration] and [Turku city administration] met.",
    "a ministry of a state": "The [Ministry of Foreign Affairs of Japan] replied.",
    "an embassy and its seat": "The [Embassy of Finland in Moscow] helped.",
    "legal forms behind the name": "[Vologda Lace Ltd] and [Example Group Co., Ltd.] signed it.",
    "and in a name": "Visit the [Lewis and Clark college] and the [Chamber of Commerce and "
    "Industry of Tampere].",
    "and between two names": "Agreement of [Portland State University] and [Pskov Institute of "
    "National Economy] exists.",
    "a name behind the noun": "The famous [hospital Sejong] treats children.",
    "a quoted name": "The [association “Portland-Tver”] and [MUE “Vodokanal”] cooperate.",
    "a name before the noun": "She studied at the [Lester Pearson college] in Canada.",
    "a nationality with a field": "The [Canadian agency of international development] paid.",
    "a city's fund": "The result of the [Bucheon industry development fund] is good.",
    "initials in brackets": "The [Pskov State Academy of Economics and Law] ([PSAEL]) opened.",
    "a saint": "They visited [St. Mary's Hospital] again.",
    "a branch behind a hyphen": "The memorandum with [UN-Women] and [UN-Habitat] was signed.",
    "a council of deputies": "The [Tver Regional Council of People's Deputies] met in May.",
    "a nursery": "The toys were given to the [nursery “Little Star”] in May.",
    "a board of education": "The [Board of Education of the City of Niigata] met.",
    "a number": "Teachers of the [gymnasium of the oriental languages #4] came.",
    "a larger city": "Aki Niemi heads the [Greater Turku Municipality], he said.",
}
NO_BODY_IN_ENGLISH = {
    "an office without a name": "The city administration and the council met the delegation.",
    "a noun that qualifies another": "The university professors and school students came.",
    "companies of a city": "Companies of the city took part in the talks.",
    "a council in capitals": "It was approved by City Council, not in the Town Hall.",
    "a mission of a month": "After the cancelled March mission and the June school they went home.",
    "a programme": "The “Wings” program and the project “Bridge” go on.",
}


@pytest.mark.parametrize("marked", [*RUSSIAN.values(), *ENGLISH.values()], ids=[*RUSSIAN, *ENGLISH])
def test_a_named_body_is_found_with_its_edges(marked: str) -> None:
    text, names = split(marked)
    assert found(text, "ORGANIZATION") == names


@pytest.mark.parametrize(
    "text",
    [*NO_BODY_IN_RUSSIAN.values(), *NO_BODY_IN_ENGLISH.values()],
    ids=[*NO_BODY_IN_RUSSIAN, *(f"en {name}" for name in NO_BODY_IN_ENGLISH)],
)
def test_what_has_no_name_is_no_body(text: str) -> None:
    assert found(text, "ORGANIZATION") == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Визит в администрацию города Твери.", "администрация города Твери", "government"),
        ("Договор с Высшей школой музыки Кёнги.", "Высшая школа музыки Кёнги", "school"),
        ("Гости Псковского государственного университета.", "Псковский государственный университет",
         "science"),
        ("Дети из клиники «Аврора» поют.", "клиника «Аврора»", "health"),
    ],
)  # fmt: skip
def test_a_body_carries_its_nominative_and_kind(text: str, name: str, kind: str) -> None:
    bodies = read(text).of("ORGANIZATION")
    assert [body.data for body in bodies] == [BodyName(name, kind)]


def test_a_quoted_name_is_known_again_without_its_noun() -> None:
    text = "Договор с корпорацией «Хуананьчен» готов. «Хуананьчен» построит завод."
    assert found(text, "ORGANIZATION") == ["корпорацией «Хуананьчен»", "«Хуананьчен»"]


def test_forms_of_one_name_share_an_entity() -> None:
    ws = read("Мэрия Казани открыта. Письмо мэрии Казани. Мэрия Твери закрыта.")
    entities = [body.entity for body in ws.of("ORGANIZATION")]
    assert entities[0] == entities[1] != entities[2]


def test_items_under_a_line_that_promises_organizations_are_bodies() -> None:
    text = "Город входит в число международных организаций:\n\n• Метрополис;\n\n• Северный союз;\n"
    assert found(text, "ORGANIZATION") == ["Метрополис", "Северный союз"]


@pytest.mark.parametrize(
    "text",
    ["«" * 10_000 + "клиника", "«Фонд " * 5_000 + "» " * 5_000, '" ' * 10_000, "«а» " * 10_000,
     "Форум Мэров " * 5_000, "Компания «А», «Б» и " * 3_000],
)  # fmt: skip
def test_many_quotes_and_heads_take_linear_time(text: str) -> None:
    nlp = pipeline()

    def seconds(part: str) -> float:
        doc = nlp.make_doc(part)
        for name in ("pobratim_russian_tags", "pobratim_places"):
            doc = nlp.get_pipe(name)(doc)
        start = time.perf_counter()
        for name in ("pobratim_bodies", "pobratim_events"):
            doc = nlp.get_pipe(name)(doc)
        return time.perf_counter() - start

    seconds(text[: len(text) // 4])
    quarter = min(seconds(text[: len(text) // 4]) for _ in range(2))
    assert seconds(text) < 10 * quarter + 0.3
