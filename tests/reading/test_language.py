import pytest

from pobratim.reading.language import language_of, language_of_document


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Делегация города посетила мэрию и подписала соглашение", "ru"),
        ("The delegation visited the city hall and signed an agreement", "en"),
        ("Iran Khodro", "en"),
        ("Возврат к списку", "ru"),
        ("Школе у реки – да! Договор подписали район, область и завод ещё весной", "ru"),
        ("Кметът на града каза, че през годината ще има срещи с делегации от Русия", "und"),
        ("Місто Львів та інші міста, які є побратимами, розташовані на заході України", "und"),
        ("Горад Мінск і іншыя гарады, што з'яўляюцца пабрацімамі, знаходзяцца ў Беларусі", "und"),
        (
            "Die Stadt ist mit der Partnerstadt durch einen Vertrag verbunden und wird besucht",
            "und",
        ),
        ("La ville est jumelée avec une autre ville dans le cadre de la coopération", "und"),
        ("Updated 11.03.2020 · Magistrat der Stadt Kiel · Imprint · Data protection", "en"),
        ("Празднику – да! Договор заключили город Тверь и город Оснабрюк", "ru"),
        ("Mayors met in Lund: Anna Berg, Lars Holm, Jan Dahl", "en"),
        ("北京市长访问了莫斯科市", "und"),
        ("12.05.2019 — 14", ""),
    ],
)
def test_the_language_of_a_block(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("sizes", "language"),
    [
        ({"ru": 100}, "ru"),
        ({"en": 90, "ru": 10}, "en"),
        ({"en": 70, "ru": 30}, "mul"),
        ({"und": 50}, "und"),
        ({}, "und"),
    ],
)
def test_a_document_is_mul_only_if_the_lesser_language_has_a_fifth(sizes, language):
    assert language_of_document(sizes) == language
