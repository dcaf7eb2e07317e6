import pytest

from pobratim.lexicon.morphology import analyzer, forms, readings

WORDS = (
    "города", "стали", "мэра", "ёлки", "елки", "все", "побратимами", "хуананьчен", "город-побратим",
    "29", "xx", "«", "мёном", "подписали", "республики", "и", "т", "администрацией",
)  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_readings_are_those_of_the_analyzer_in_its_order(word: str) -> None:
    parsed = analyzer().parse(word)[:8]
    assert [(r.lemma, r.grammemes) for r in readings(word)] == [
        (p.normal_form, frozenset(p.tag.grammemes)) for p in parsed
    ]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("wanted", [{"nomn", "sing"}, {"gent", "plur"}, {"nomn", "femn"}])
def test_forms_are_those_of_the_lexeme(word: str, wanted: set[str]) -> None:
    for parse in analyzer().parse(word):
        lexeme = [one.word for one in parse.lexeme if wanted <= one.tag.grammemes]
        assert forms(parse, frozenset(wanted)) == lexeme
