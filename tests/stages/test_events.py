"""EVENT candidates: which phrases are named events and where they begin and end."""

from __future__ import annotations

import pytest
from naming import found, read, split

RUSSIAN = {
    "a quoted name with its noun": "Прошёл [круглый стол «Города будущего»] в мае.",
    "capitals before the noun": "В рамках [Международного форума «Волга: диалог культур»] в Казани.",
    "lower case before the noun stays out": "На международном [фестивале «Вьюга»] пели.",
    "a genitive before the quotes": "На [выставке-ярмарке народного искусства «Тверь – город "
    "мастеров»] многолюдно.",
    "an everyday noun that people go to": "Гости приехали на «[Осенний бал]» в мае.",
    "days of a city elsewhere": "В рамках [Дней Пскова] в Тарту прошли концерты.",
    "an ordinal in digits": "На [33-м музыкальном фестивале «Белое лето»] в г. Лахти.",
    "a Roman ordinal": "Участвовали в [III Международном форуме «Волга»] и уехали.",
    "an ordinal and a theme": "В [Третьей неделе китайско-российской культуры и искусства] в городе.",
    "cities of the meeting": "На [XXVI Встрече мэров городов Сибири и Дальнего Востока РФ и мэров "
    "городов Западного побережья Японии] в г. Ниигата.",
    "cities in a row with their states": "На [XIX-й Трехсторонней экологической конференции "
    "городов-побратимов Псков (РФ) – Ниигата (Япония) - Харбин (КНР)] летом.",
    "a session of a committee": "На [Седьмом заседании Международного Комитета по сотрудничеству "
    "между городами Псковом и Лахти] решили.",
    "a capital and a theme": "В [Международном фестивале робототехники] участвуют дети.",
    "a capital alone": "Участвовали в [Хэбэйской международной туристической ярмарке] в г. Харбине.",
    "a spaced dash": "На [VI-ом Российско – Китайском ЭКСПО] в городе Харбине.",
    "cities behind a dash": "На [Международной конференции городов – побратимов] в мае.",
    "a year in the name": "На [Форуме породненных городов стран БРИКС – 2020] и дома.",
    "a cup to win": "Во [Всероссийском юношеском турнире по борьбе на Кубок Мэра города Пскова].",
    "a brand stands alone": "В рамках международного форума [Kazan Digital Week-2023] и потом.",
    "names after a plural noun": "На фестивалях «[Белое лето]», «[Боксаголь]» пели.",
    "names after a colon": "Участие в выставках: «[Лён и мы]», «[Архитектура Севера]».",
    "two nouns of one name": "В [Первом фестивале и выставке городов-побратимов Тегерана] участвуют.",
    "a whole name in quotes": "В августе прошёл «[Харбинский марафон – 2016]» в городе.",
    "a holiday of a city": "В рамках [Дня города Пскова] и [Дня Победы] пели.",
    "days of a culture": "Гости [Дней японской культуры] и горожане.",
    "an assembly of a body": "В [Генеральной Ассамблее Ассоциации городов Сибири] участвуют.",
    "an inner event wins": "На заседании [круглого стола «Города будущего»] решили.",
}
ENGLISH = {
    "an owner in the plural": "They met at the [Mayors' Conference] in Kobe.",
    "an ordinal": "He spoke at the [3rd Northern Cities Forum] in May.",
    "a Roman ordinal": "[XXVII-th Meeting of Mayors from Siberia with Mayors from Western Coast of "
    "Japan] has opened.",
    "quotes before the noun": "Groups came to the [“White Nights” festival] in June.",
    "quotes behind the noun": "They visited the [exhibition “Lace and We”] and left.",
    "a complement before the quotes": "At the international [festival of the children artwork “New "
    "names”] they sang.",
    "a capital and lower case": "In the annual [International Harbin trade and economic exhibition] "
    "they show goods.",
    "a brand behind the noun": "Residents participate in the art festival [Boksagol] every year.",
    "a congress of mayors": "The [15th World Congress of Mayors] took place in Seoul.",
    "a week": "Guests of the [Kazan Digital Week-2023] arrived.",
    "names after a colon": "They show goods at Japanese exhibitions: “[Products and flowers]” and "
    "“[Business]”.",
}
NONE = {
    "a meeting": "Рабочая встреча с мэром прошла успешно.",
    "exhibitions in general": "Международные выставки и ярмарки проходят ежегодно.",
    "a forum that points back": "Форум завершён, на Форуме выступил мэр.",
    "a year": "В сентябре 2016 года делегация клиники «Аврора» приехала.",
    "a programme": "Программа обмена «Крылья» и проект «Мост» продолжаются.",
    "an assembly of a state": "Послание к Федеральному Собранию РФ опубликовано.",
    "a concert of a body": "Состоялся концерт квартета саксофонов «Бриз» и выступление хора.",
    "a school": "Выпускники Высшей школы экономики приехали.",
    "en a span of time at the head of a column": "City\tCountry\tYear of signing",
    "en the forum": "The forum was opened by the mayor, a meeting was held.",
    "en meetings": "Regular meetings of mayors and exhibitions of paintings are useful.",
    "en a festival": "They held an international festival in the park.",
    "en a programme": "The “Wings” program goes on.",
}


@pytest.mark.parametrize("marked", [*RUSSIAN.values(), *ENGLISH.values()], ids=[*RUSSIAN, *ENGLISH])
def test_a_named_event_is_found_with_its_edges(marked: str) -> None:
    text, names = split(marked)
    assert found(text, "EVENT") == names


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_has_no_name_is_no_event(text: str) -> None:
    assert found(text, "EVENT") == []


def test_a_brand_is_known_again_with_another_year() -> None:
    text = "Открыт форум Kazan Digital Week. Гости едут на Kazan Digital Week-2024 поездом."
    assert found(text, "EVENT") == ["Kazan Digital Week", "Kazan Digital Week-2024"]


def test_times_of_one_event_share_an_entity() -> None:
    ws = read("Прошёл фестиваль «Вьюга». На 33-м фестивале «Вьюга» пели. Открыт форум «Волга».")
    entities = [event.entity for event in ws.of("EVENT")]
    assert entities[0] == entities[1] != entities[2]


def test_an_event_outweighs_the_body_it_is_named_after() -> None:
    ws = read("На Седьмом заседании Международного Комитета по сотрудничеству решили.")
    event, body = ws.of("EVENT")[0], ws.of("ORGANIZATION")[0]
    assert event.covers(body)
    assert event.score > body.score


def test_a_body_named_as_a_forum_is_no_event() -> None:
    text = "Приехал секретарь Азиатского Форума Мэров. Азиатский Форум Мэров помог."
    assert found(text, "EVENT") == []
    assert found(text, "ORGANIZATION") == ["Азиатского Форума Мэров", "Азиатский Форум Мэров"]


def test_a_standing_name_in_the_nominative() -> None:
    ws = read("На 33-м музыкальном фестивале «Белое лето» пели.")
    assert ws.of("EVENT")[0].data == ("33-й музыкальный фестиваль «Белое лето»", "event")
