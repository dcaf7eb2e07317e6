"""Dates as people write them: hundreds of marked sentences, lines and small documents of fixtures."""

import re
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

import pobratim.stages.dates
import pobratim.stages.tokens  # noqa: F401  # registers the tokenizer
from pobratim.stages.workspace import workspace

FIXTURES = Path(__file__).parent / "fixtures"
MARK = re.compile(r"\[([^\]]*?)\|=([^\]|]*)\]")
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "pobratim.Tokenizer.v1"}}}


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("xx", config=CONFIG)
    nlp.add_pipe("pobratim_dates")
    return nlp


def rows(name: str) -> list[str]:
    lines = (FIXTURES / f"dates-{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.replace("¶", "\n") for line in lines if line and not line.startswith("#")]


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["en", "ru", "documents"])
def test_dates_come_out_as_marked(nlp: Language, name: str) -> None:
    wrong = []
    for row in rows(name):
        ws = workspace(nlp(MARK.sub(r"\1", row)))
        found = sorted(ws.of("DATE"), key=lambda candidate: candidate.start)
        read = [(ws.phrase(c.start, c.end), c.value.edtf) for c in found if c.value]
        if read != [(folded(span), value) for span, value in MARK.findall(row)]:
            wrong.append((row, read))
    assert wrong == []
