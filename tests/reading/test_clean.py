import time

import pytest

from pobratim.lexicon.morphology import is_known
from pobratim.reading.clean import clean


def published(text: str, word: str) -> str:
    """The published characters that ``word`` of the clean text stands for."""
    tidy = clean(text, is_known)
    at = tidy.text.index(word)
    (start,) = tidy.raw_starts([at])
    (end,) = tidy.raw_ends([at + len(word)])
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "word", "spelling"),
    [
        ("Встреча городов-\nпобратимов прошла", "городов-побратимов", "городов-\nпобратимов"),
        ("это между-\nнародный форум", "международный", "между-\nнародный"),
        ("приехали fr om Oslo", "from", "fr om"),
        ("a city wh ere", "where", "wh ere"),
        ("Каза\u0301нь", "Казань", "Каза\u0301нь"),
        ("И\u0306ошкар-Ола", "Йошкар", "И\u0306ошкар"),
        ("со\u00adтруд\u00adни\u00adчество", "сотрудничество", "со\u00adтруд\u00adни\u00adчество"),
        ("г.\u00a0Томск", "г. Томск", "г.\u00a0Томск"),
        ("😀 e\u0301te\u0301 😀", "été", "e\u0301te\u0301"),
        ("the inter-\nnational fair", "inter-national", "inter-\nnational"),
        ("a coop-\neration", "cooperation", "coop-\neration"),
    ],
)
def test_a_repaired_word_leads_back_to_its_published_spelling(text, word, spelling):
    assert published(text, word) == spelling


def test_a_compound_that_the_document_spells_with_a_hyphen_keeps_it_at_a_line_end():
    text = "торгово-промышленная палата, Торгово-\nпромышленной палаты"
    assert "Торгово-промышленной" in clean(text, is_known).text


def test_text_without_faults_stays_as_it_is():
    text = "Мэр города Томска.\nA sister city – «Ульсан» 2019 г. 😀"
    assert clean(text, is_known).text == text


@pytest.mark.parametrize(
    "unit", ["a\u0301", "-\n", "\u00ad", "fr ", "  \n", "д-\n", "обще-\nственный ", "\u0301"]
)
def test_cleaning_takes_time_in_proportion_to_length(unit):
    start = time.process_time()
    clean(unit * 100_000, is_known)
    assert time.process_time() - start < 5
