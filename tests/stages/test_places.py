"""Places in sentences about cities that the corpus does not mention."""

import pytest

from pobratim.stages.workspace import workspace

LABELS = ("CITY", "REGION", "COUNTRY")


def found(nlp, text):
    ws = workspace(nlp(text))
    return [(c.label, ws.phrase(c.start, c.end), c.entity) for c in ws.of(*LABELS)]


@pytest.fixture(scope="module")
def nlp():
    import spacy

    from pobratim.stages import english, entities, linking, places, russian, tokens  # noqa: F401

    config = {"nlp": {"tokenizer": {"@tokenizers": "pobratim.Tokenizer.v1"}}}
    pipeline = spacy.blank("xx", config=config)
    for name in ("russian_tags", "english", "russian_names", "places", "entities", "linking"):
        pipeline.add_pipe(f"pobratim_{name}")
    return pipeline


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Делегация из Нижнего Новгорода посетила Цзинань.",
         "CITY Нижнего Новгорода|CITY Цзинань"),
        ("Мэр г.Томска побывал в Ульсане (Республика Корея).",
         "CITY Томска|CITY Ульсане|COUNTRY Республика Корея"),
        ("Города-побратимы: Оттава (Канада), Осака (Япония).",
         "CITY Оттава|COUNTRY Канада|CITY Осака|COUNTRY Япония"),
        ("Встреча прошла в Ростове-на-Дону и Петропавловске-Камчатском.",
         "CITY Ростове-на-Дону|CITY Петропавловске-Камчатском"),
        ("Мэр Грозного Иса Дадаев принял побратимов Железного и мэра Советского района.",
         "CITY Грозного"),
        ("Визит в провинцию Ляонин и Приморский край.", "REGION Ляонин|REGION Приморский край"),
        ("Гости из гг. Тампере и Эмден приехали в Архангельск.",
         "CITY Тампере|CITY Эмден|CITY Архангельск"),
        ("The delegation of Yakutsk visited Fairbanks, Alaska.",
         "CITY Yakutsk|CITY Fairbanks|REGION Alaska"),
        ("Tver and Osnabrück (Germany) are sister cities.",
         "CITY Tver|CITY Osnabrück|COUNTRY Germany"),
        ("Costs of the Narva City Government and the Aabenraa Municipality fell.",
         "CITY Narva|CITY Aabenraa"),
        ("MISSOULA DELEGATION\n\nParty: 3 members of the Missoula Fire Department.",
         "CITY MISSOULA|CITY Missoula"),
        ("Murmansk’s partners include Tromsø and Luleå.", "CITY Murmansk|CITY Tromsø|CITY Luleå"),
    ],
)  # fmt: skip
def test_places_are_found_in_any_case(nlp, text, places):
    assert "|".join(f"{label} {surface}" for label, surface, _ in found(nlp, text)) == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Делегация из Эльзаса побывала в Латгалии.", "REGION Эльзаса|REGION Латгалии"),
        ("Фермеры Сернурского района поехали в Финляндию.",
         "REGION Сернурского района|COUNTRY Финляндию"),
        ("Праздник в Ленинском районе Перми.", "CITY Перми"),
        ("Кировский район Ленинградской области.",
         "REGION Кировский район|REGION Ленинградской области"),
        ("Жители Балаковского муниципального района.", "REGION Балаковского муниципального района"),
        ("Визит в провинции Хубэй и Хунань.", "REGION Хубэй|REGION Хунань"),
        ("Самарская обл. дружит с Бургундией.", "REGION Самарская обл.|REGION Бургундией"),
        ("Музей Республики Адыгея открыт.", "REGION Республики Адыгея"),
        ("Форум прошёл на Юге России.", "REGION Юге России|COUNTRY России"),
        ("Делегация посетила Тромсё и Тромс.", "CITY Тромсё|REGION Тромс"),
        ("The delegation visited Boca del Río, Veracruz, Mexico.",
         "CITY Boca del Río|REGION Veracruz|COUNTRY Mexico"),
        ("The partners are Norwich, Norfolk, UK, and Split, Dalmatia.",
         "CITY Norwich|REGION Norfolk|COUNTRY UK|CITY Split|REGION Dalmatia"),
        ("It was signed in Emden (Federal Land Lower Saxony, Germany).",
         "CITY Emden|REGION Lower Saxony|COUNTRY Germany"),
        ("The Leningrad and Pskov regions took part.", "REGION Leningrad|REGION Pskov regions"),
        ("They came from County Cork and Osijek-Baranja County.",
         "REGION County Cork|REGION Osijek-Baranja County"),
        ("Guests came from Pryazhinsky District and the Tuapse District.",
         "REGION Pryazhinsky District|REGION Tuapse District"),
        ("The partners are Tempe, AZ, and Oakland, Calif., since 2001.",
         "CITY Tempe|REGION AZ|CITY Oakland|REGION Calif."),
        ("Its partner is Omaha in the U.S.A. and others.", "CITY Omaha|COUNTRY U.S.A."),
        ("The farms of Northern Bavaria and the South of Russia.",
         "REGION Northern Bavaria|REGION South of Russia|COUNTRY Russia"),
        ("The delegation saw Heilongjiang, Jilin and Liaoning.",
         "REGION Heilongjiang|REGION Jilin|REGION Liaoning"),
        ("Trade with the state of Penang grew. Then Penang sent a delegation.",
         "REGION Penang|REGION Penang"),
        ("The city lies in the state of Georgia.", "REGION Georgia"),
        ("Savannah (Georgia, USA) and Batumi (Georgia) are twins.",
         "CITY Savannah|REGION Georgia|COUNTRY USA|CITY Batumi|COUNTRY Georgia"),
        ("1\tMonastir\tTunisia\t1967\n2\tCórdoba\tSpain\t1969",
         "CITY Monastir|COUNTRY Tunisia|CITY Córdoba|COUNTRY Spain"),
        ("Brest (Belarus Republic) and Tabor (Czech Republic)",
         "CITY Brest|COUNTRY Belarus Republic|CITY Tabor|COUNTRY Czech Republic"),
        ("The Amur Region and the Middle Volga traded.", "REGION Amur Region|REGION Middle Volga"),
        ("В Республике Саха (Якутия) прошёл форум.", "REGION Республике Саха (Якутия)"),
        ("A Haarlem-funded clinic opened in Mutare.", "CITY Haarlem|CITY Mutare"),
    ],
)  # fmt: skip
def test_regions_are_told_by_name_type_word_or_the_city_before_them(nlp, text, places):
    assert "|".join(f"{label} {surface}" for label, surface, _ in found(nlp, text)) == places


@pytest.mark.parametrize(
    "text",
    [
        "Жители Ленинского района вышли на субботник.",
        "Pupils of the School District and the Historic District came.",
        "The Department of Culture opened the hall.",
        "The exhibition was held in St. Peter's Church.",
        "The Tacoma-Kitakyushu Sister City Committee met in May.",
    ],
)
def test_parts_of_a_city_and_what_only_sounds_like_a_region_are_none(nlp, text):
    assert found(nlp, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Томские художники и китайская делегация обсудили выставку.",
        "Газета «Псков сегодня» написала о победе.",
        "Программа «Архангельск – Эмден» продолжается.",
        "Canadian students met Japanese teachers.",
        "Фестиваль Kazan Digital Week прошёл успешно.",
        "Совет и Центр приняли Положение.",
        "Туристы увидели рассвет на Волге, проплыли по Днепру и Енисею.",
        "A bridge over Amur and a ferry on the Danube were opened.",
        "The plant cost 3 mln. dollars of the USA.",
    ],
)
def test_adjectives_brands_and_quoted_names_are_no_places(nlp, text):
    assert found(nlp, text) == []


@pytest.mark.parametrize(
    ("text", "surface", "entity"),
    [
        ("Victoria, Canada. Victoria is a city on the island.", "Victoria", "geonames:6174041"),
        ("Портленд (США) и Хабаровск дружат.", "Портленд", "geonames:5746545"),
        ("Portland, Maine, and Arkhangelsk are partners.", "Portland", "geonames:4975802"),
        ("Бирмингем (США) принял гостей.", "Бирмингем", "geonames:4049979"),
        ("Бирмингем (Великобритания) принял гостей.", "Бирмингем", "geonames:2655603"),
        ("Делегация посетила Харбин.", "Харбин", "geonames:2037013"),
        ("Соглашение с Пхоханом действует.", "Пхоханом", "geonames:1839071"),
    ],
)
def test_a_homonym_is_decided_by_the_country_beside_it(nlp, text, surface, entity):
    assert {e for _, s, e in found(nlp, text) if s == surface} == {entity}


def test_a_name_that_is_a_city_elsewhere_is_one_where_the_model_errs(nlp):
    text = (
        "The city of Bucheon is in Korea. Bucheon signed it. A year later Bucheon’s mayor came, "
        "and Bucheon gave a concert."
    )
    assert [s for _, s, _ in found(nlp, text)].count("Bucheon") == 4
