import pytest
from rich.console import Console

from pobratim.errors import InputError
from pobratim.showing.why import explained, show_why


def test_a_record_is_explained_by_its_evidence_and_the_relations_between(document):
    mentions, relations = explained(document, "a1")
    assert [m.id for m in mentions] == ["m5", "m6"]
    assert [r.id for r in relations] == ["r1"]


def test_words_find_their_mentions(document):
    mentions, _ = explained(document, "Кравчук")
    assert [m.id for m in mentions] == ["m2"]


def test_what_is_not_there_is_an_error_that_names_it(document):
    with pytest.raises(InputError, match="m99"):
        explained(document, "m99")


def test_stage_and_rule_stand_apart(document):
    document.mentions[0].why = "places:cue"
    console = Console(record=True, width=120)
    show_why(console, document, "m1")
    line = next(line for line in console.export_text().splitlines() if "CITY" in line)
    assert [cell.strip() for cell in line.strip("│ ").split("│")][-2:] == ["places", "cue"]
