"""Published Russian names of places, got from their romanised ones."""

import pytest

from pobratim.errors import LexiconError
from pobratim.lexicon.transcription import kontsevich, loose_spellings, palladius, polivanov

CHINESE = [
    ("Suifenhe", "Суйфэньхэ"),
    ("Jiamusi", "Цзямусы"),
    ("Mudanjiang", "Муданьцзян"),
    ("Hegang", "Хэган"),
    ("Fuyuan", "Фуюань"),
    ("Shantou", "Шаньтоу"),
    ("Weihai", "Вэйхай"),
    ("Guangzhou", "Гуанчжоу"),
    ("Tianjin", "Тяньцзинь"),
    ("Qingdao", "Циндао"),
    ("Changchun", "Чанчунь"),
    ("Xi'an", "Сиань"),
    ("Chang’an", "Чанъань"),
    ("Pingyuan", "Пинъюань"),
    ("Lüshun", "Люйшунь"),
    ("Dalian", "Далянь"),
    ("Heihe", "Хэйхэ"),
    ("Hunchun", "Хуньчунь"),
    ("Chongqing", "Чунцин"),
    ("Xuzhou", "Сюйчжоу"),
    ("Huizhou", "Хуэйчжоу"),
    ("Héběi", "Хэбэй"),
]

JAPANESE = [
    ("Musashino", "Мусасино"),
    ("Niigata", "Ниигата"),
    ("Sendai", "Сэндай"),
    ("Ōita", "Оита"),
    ("Gunma", "Гумма"),
    ("Hitachi", "Хитати"),
    ("Fukushima", "Фукусима"),
    ("Sapporo", "Саппоро"),
    ("Kitakyūshū", "Китакюсю"),
    ("Hakodate", "Хакодатэ"),
    ("Nagasaki", "Нагасаки"),
    ("Kanazawa", "Канадзава"),
    ("Toyohashi", "Тоёхаси"),
    ("Tsuruga", "Цуруга"),
    ("Ishikari", "Исикари"),
    ("Saitama", "Сайтама"),
    ("Koyama", "Кояма"),
    ("Jun'ichirō", "Дзюнъитиро"),
    ("Hatchōbori", "Хаттёбори"),
]

KOREAN = [
    ("Pohang", "Пхохан"),
    ("Bucheon", "Пучхон"),
    ("Chuncheon", "Чхунчхон"),
    ("Jeju", "Чеджу"),
    ("Pyeongchang", "Пхёнчхан"),
    ("Busan", "Пусан"),
    ("Daegu", "Тэгу"),
    ("Incheon", "Инчхон"),
    ("Gwangju", "Кванджу"),
    ("Ulsan", "Ульсан"),
    ("Goyang", "Коян"),
    ("Gangneung", "Каннын"),
    ("Gyeongju", "Кёнджу"),
    ("Mokpo", "Мокпхо"),
    ("Donghae", "Тонхэ"),
    ("Uijeongbu", "Ыйджонбу"),
    ("Changwon", "Чханвон"),
    ("Yongin", "Ёнъин"),
    ("Ch’ŏngjin", "Чхонджин"),
    ("P'yŏngyang", "Пхёнъян"),
    ("Wŏnsan", "Вонсан"),
    ("Sinŭiju", "Синыйджу"),
    ("Hŭich'ŏn", "Хичхон"),
    ("Namp’o", "Нампхо"),
    ("Kaesŏng", "Кэсон"),
]


@pytest.mark.parametrize(("pinyin", "russian"), CHINESE)
def test_palladius_gives_the_published_name(pinyin: str, russian: str) -> None:
    assert palladius(pinyin) == russian


@pytest.mark.parametrize(("romaji", "russian"), JAPANESE)
def test_polivanov_gives_the_published_name(romaji: str, russian: str) -> None:
    assert polivanov(romaji) == russian


@pytest.mark.parametrize(("romanised", "russian"), KOREAN)
def test_kontsevich_has_the_published_name_first(romanised: str, russian: str) -> None:
    assert kontsevich(romanised)[0] == russian


def test_an_unmarked_korean_name_has_a_reading_in_either_romanisation() -> None:
    assert {"Чхонджин", "Чонджин"} <= set(kontsevich("Chongjin"))


@pytest.mark.parametrize("name", ["Ürümqi", "Paris", "Oxford", "", "'", "-", "北京"])
def test_what_is_no_pinyin_gives_nothing(name: str) -> None:
    assert palladius(name) == ""


@pytest.mark.parametrize("name", ["Leipzig", "", "x"])
def test_what_is_no_romaji_gives_nothing(name: str) -> None:
    assert polivanov(name) == ""


def test_what_is_no_korean_gives_nothing() -> None:
    assert kontsevich("Xativa") == ()


@pytest.mark.parametrize(
    ("system", "name", "spelling"),
    [
        ("kontsevich", "Bucheon", "Пучон"),
        ("kontsevich", "Pohang", "Поханг"),
        ("kontsevich", "Jinju", "Джинджу"),
        ("polivanov", "Hitachi", "Хитачи"),
        ("polivanov", "Sendai", "Сендай"),
        ("palladius", "Guangzhou", "Гуаньчжоу"),
    ],
)
def test_usual_spellings_outside_the_system_are_offered(
    system: str, name: str, spelling: str
) -> None:
    assert spelling in loose_spellings(system, name)


def test_an_unknown_system_is_named_with_the_choices() -> None:
    with pytest.raises(LexiconError, match=r"'wade'; choose one of .*palladius"):
        loose_spellings("wade", "Peking")


@pytest.mark.timeout(10)
def test_a_very_long_word_takes_time_linear_in_its_length() -> None:
    assert palladius("xian" * 50_000 + "q") == ""
    assert len(palladius("xian" * 50_000)) == len("сянь") * 50_000
