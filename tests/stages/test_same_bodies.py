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
    ],
)  # fmt: skip
def test_a_body_under_several_names_is_one_unless_two_could_be_meant(text, names):
    assert len(pobratim.extract(text).organizations) == names
