import pytest
import spacy

from pobratim.stages.quotes import quotes
from pobratim.stages.tokens import Tokenizer
from pobratim.stages.workspace import workspace

TOKENIZER = Tokenizer(spacy.blank("xx").vocab)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("фирма «Лён» и «Мак»", ["«Лён»", "«Мак»"]),
        ("фирма „Лён“ и „Мак“", ["„Лён“", "„Мак“"]),
        ('firm "Flax" and "Poppy"', ['"Flax"', '"Poppy"']),
        ("firm “Flax” grows", ["“Flax”"]),
        ("ООО «Парк «Север»» тут", ["«Парк «Север»»", "«Север»"]),
        ("ООО «Парк «Север» тут", ["«Парк «Север»", "«Север»"]),
        ("never closed «Flax and", []),
    ],
)
def test_quotations_of_each_kind(text, found):
    ws = workspace(TOKENIZER(text))
    assert [ws.phrase(quote.start, quote.end) for quote in quotes(ws)] == found
