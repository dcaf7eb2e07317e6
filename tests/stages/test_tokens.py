import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from pobratim.stages.tokens import Tokenizer
from pobratim.stages.workspace import Workspace, workspace

TOKENIZER = Tokenizer(spacy.blank("xx").vocab)


def read(text: str) -> Workspace:
    doc = TOKENIZER(text)
    assert doc.text == text
    return workspace(doc)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("г.Казани в 2016г.", "г|.|Казани|в|2016|г|."),
        ("города-побратимы, Нью-Йорк", "города-побратимы|,|Нью-Йорк"),
        ("4-х детей", "4|-|х|детей"),
        ("11,434.25 км²", "11,434.25|км²"),
        ("17,3 %", "17,3|%"),
        ("С.А. Кравчука", "С|.|А|.|Кравчука"),
        ("sister-cities of Harbin’s", "sister|-|cities|of|Harbin|’s"),
        ("they don't", "they|do|n't"),
        ("O'Brien's 2020-2021has", "O'Brien|'s|2020|-|2021|has"),
        ("«Парк «Север»»", "«|Парк|«|Север|»|»"),
        ("см. https://a.b/c?d=1 тут", "см|.|https://a.b/c?d=1|тут"),
        ("городов–побратимов", "городов-побратимов"),
        ("come fr om there", "come|from|there"),
    ],
)
def test_words(text, words):
    assert read(text).words == words.split("|")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Визит прошёл 5 мая 2019 г. в г. Томске. Делегация довольна.", 2),
        ("Mr. Smith met J. B. Jones. They signed.", 2),
        ("Cllr. Smith and Cllrs. Rhys and Price met Ald. Jones and Lt. Kovac. Fr. Olsen led.", 2),
        ("Встретились С.А. Кравчук и мэр. Подписали.", 2),
    ],
)
def test_abbreviations_and_initials_end_no_sentence(text, count):
    assert len(read(text).sentences) == count


@given(st.text(max_size=300))
def test_any_text_is_kept_and_every_word_is_where_it_says(text):
    ws = read(text)
    assert len(ws.sentence_of) == len(ws.block_of) == len(ws)
    assert ws.raw_starts == sorted(ws.raw_starts)
    for start, end in zip(ws.raw_starts, ws.raw_ends, strict=True):
        assert 0 <= start < end <= len(text)


def test_languages_are_those_of_their_blocks():
    ws = read("Возврат к списку\n\nThe mayor of Lahti visited the fair.")
    assert dict(zip(ws.words, ws.languages, strict=True)) | {} == {
        "Возврат": "ru", "к": "ru", "списку": "ru",
        "The": "en", "mayor": "en", "of": "en", "Lahti": "en", "visited": "en", "the": "en",
        "fair": "en", ".": "en",
    }  # fmt: skip
