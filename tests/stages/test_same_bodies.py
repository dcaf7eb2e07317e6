import pytest

import pobratim


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("В форуме участвует Ассоциация сибирских и уральских городов (АСУГ). АСУГ создана в 1990 году.",
         1),
        ("Гости посетили Министерство культуры Омской области. Министерство культуры провело встречу.",
         1),
        ("Работают Министерство культуры Омской области и Министерство культуры Тюменской области. "
         "Министерство культуры провело встречу.", 3),
        ("Администрация г.Томска и фонд провели встречу. Гостей принимает администрация города Томска.", 1),
        ("Детей лечат в клинике «Ханбит» и в больнице «Ханбит».", 1),
        ("Гостей принял Союз портов Балтики (СПОБА). Письмо СПОБА получено.", 1),
        ("Работает Международная ассоциация «Наши города». Ассоциация «Наши города» растёт.", 1),
        ("The Tamworth Twinning Association met. The Twinning Association raised money.", 1),
        ("The Oulu Twinning Association met the Tartu Twinning Association. The Twinning Association "
         "raised money.", 3),
        ("Письмо получили администрация г. Томска и администрация г. Омска.", 2),
    ],
)  # fmt: skip
def test_a_body_under_several_names_is_one_unless_two_could_be_meant(text, names):
    assert len(pobratim.extract(text).organizations) == names
