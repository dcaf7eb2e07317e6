import spacy

from pobratim.stages.tokens import Tokenizer
from pobratim.stages.workspace import Workspace, workspace


def read(text: str) -> Workspace:
    return workspace(Tokenizer(spacy.blank("xx").vocab)(text))


def test_words_are_found_by_what_they_are_in_order() -> None:
    ws = read("Oslo and oslo, Bergen and Oslo")
    assert ws.where("words", {"Oslo", "Bergen"}) == [0, 4, 6]
    assert ws.where("lowers", {"oslo"}) == [0, 2, 6]
    assert ws.whose("words", str.istitle) == [0, 4, 6]
    assert ws.where("words", {"Narvik"}) == []


def test_a_corrected_lemma_is_found() -> None:
    ws = read("two MoUs")
    assert ws.where("lemmas", {"mous"}) == [1]
    ws.correct(1, "mou")
    assert (ws.where("lemmas", {"mou"}), ws.where("lemmas", {"mous"})) == ([1], [])
