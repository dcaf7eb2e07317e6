"""The passages about other cities are sound gold; what the program makes of them is scored, not tested."""

from pathlib import Path

import pytest

from pobratim.exchange.check import check_document
from pobratim.exchange.gold.build import build_folder
from pobratim.schema import Document

PASSAGES = Path(__file__).parent.parent / "eval" / "passages"


@pytest.mark.parametrize("half", ["open", "sealed"])
def test_the_gold_of_a_half_is_what_its_marks_give_and_sound(half):
    built = build_folder(PASSAGES / half / "marks", PASSAGES / half)
    assert built.problems == []
    kept = {
        path.stem: Document.model_validate_json(path.read_text(encoding="utf-8"))
        for path in (PASSAGES / half / "gold").glob("*.json")
    }
    assert {d.id: d.mentions for d in built.documents} == {i: d.mentions for i, d in kept.items()}
    assert [problem for document in kept.values() for problem in check_document(document)] == []
