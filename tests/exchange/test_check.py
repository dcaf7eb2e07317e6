from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pobratim.errors import AnnotationError
from pobratim.exchange.check import (
    Problem,
    check_document,
    check_source,
    load_documents,
    read_documents,
)
from pobratim.schema import Document

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workshop


@pytest.fixture
def document(workshop: Workshop, example: tuple[str, str]) -> Document:
    return workshop.build(*example, stem="pskov-partners-ru").documents[0]


def told(document: Document) -> str:
    return "\n".join(map(str, check_document(document)))


def changed(document: Document, path: str, value: Any) -> Document:
    """``document`` with the value at a dotted path replaced, unchecked beyond the schema."""
    data = document.model_dump(mode="json", exclude_none=True)
    *parents, last = path.split(".")
    target: Any = data
    for key in parents:
        target = target[int(key) if key.isdigit() else key]
    target[int(last) if last.isdigit() else last] = value
    return Document.model_validate(data)


def test_built_gold_has_no_problem(document: Document) -> None:
    assert check_document(document) == []


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("mentions.0.text", "Лахти", "has the text “Лахти”, its offsets “Псков”"),
        ("mentions.0.end", 9999, "has offsets 0-9999"),
        ("mentions.1.id", "m1", "mention m1 is there 2 times"),
        ("mentions.1.value", "2023-02-30", "has no day 30"),
        ("mentions.1.value", "May 2023", "is not EDTF"),
        ("mentions.1.latest", "2023-05-26", "Take earliest and latest from the value"),
        ("relations.0.tail", "m999", "has tail m999, which is no mention"),
        ("relations.0.tail", "m2", "has a DATE as its tail"),
        ("relations.1.id", "r1", "relation r1 is there 2 times"),
        ("cities.0.mentions", [], "has no evidence"),
        ("counts.0.mentions", ["m999"], "cites m999, which is no mention"),
        ("counts.0.place", "geonames:1", "has place geonames:1, which nothing in the document is"),
        ("counts.0.period", "then", "has period “then”"),
        ("officials.0.of", "org:none", "has of org:none"),
        ("officials.0.mentions", ["m3"], "has no PERSON among its evidence"),
        ("organizations.0.city", "geonames:1", "has city geonames:1"),
        ("agreements.0.parties.0.id", "org:none", "has party org:none"),
        ("agreements.0.parties.1.id", "geonames:504341", "has party geonames:504341 2 times"),
        ("cities", [], "is mentioned but has no record"),
    ],
)
def test_each_breach_is_told_with_its_place_and_remedy(
    document: Document, path: str, value: Any, words: str
) -> None:
    assert words in told(changed(document, path, value))


def test_an_implied_party_needs_no_mention(document: Document) -> None:
    assert told(changed(document, "agreements.1.parties.0.id", "geonames:1")) == ""


def with_spans(text: str, *spans: tuple[str, int, int]) -> Document:
    mentions = [
        {"id": f"m{n}", "label": label, "start": start, "end": end, "text": text[start:end]}
        for n, (label, start, end) in enumerate(spans)
    ]
    data = {"id": "page", "source": {"uri": "page.txt"}, "text": text, "mentions": mentions}
    return Document.model_validate(data)


def test_mentions_may_nest_and_share_an_edge() -> None:
    assert told(with_spans("город Лахти", ("ORGANIZATION", 0, 11), ("EVENT", 6, 11))) == ""


def test_mentions_may_not_cross() -> None:
    document = with_spans("город Лахти зовёт", ("ORGANIZATION", 0, 11), ("EVENT", 6, 17))
    assert "m1 (EVENT “Лахти зовёт”) crosses m0" in told(document)


def test_a_mention_inside_an_earlier_one_does_not_hide_a_crossing() -> None:
    document = with_spans("а б в г", ("ORGANIZATION", 0, 5), ("CITY", 0, 1), ("EVENT", 2, 7))
    assert "crosses m0" in told(document)


def test_a_span_may_not_begin_or_end_with_white_space() -> None:
    assert "white space" in told(with_spans("город Лахти", ("EVENT", 5, 11)))


def test_the_same_span_and_label_may_not_be_there_twice() -> None:
    assert "m1 (EVENT “Лахти”) repeats m0" in told(
        with_spans("Лахти", ("EVENT", 0, 5), ("EVENT", 0, 5))
    )


def test_the_source_is_compared_with_the_corpus(workshop: Workshop, document: Document) -> None:
    assert check_source(document, workshop.corpus) == []
    edited = document.model_copy(update={"text": document.text.replace("Псков", "Лахти")})
    assert "text differs" in str(check_source(edited, workshop.corpus)[0])
    path = workshop.corpus / "pskov-partners-ru.txt"
    path.write_text("another text", encoding="utf-8")
    assert "has sha256" in str(check_source(document, workshop.corpus)[0])
    path.unlink()
    assert "is missing" in str(check_source(document, workshop.corpus)[0])


def test_documents_are_read_from_json_lines_and_folders(tmp_path: Path, document: Document) -> None:
    line = document.to_json() + "\n"
    (tmp_path / "a.json").write_text(line, encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(line + "\n" + line, encoding="utf-8")
    assert [name for name, _ in read_documents(tmp_path)] == ["a.json", "b.jsonl:1", "b.jsonl:3"]
    assert len(load_documents(tmp_path)) == 3


def test_a_document_that_breaks_the_schema_is_a_problem_with_its_field(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"id": 5, "source": {"uri": "x"}, "text": ""}', encoding="utf-8")
    ((_, problem),) = read_documents(path)
    assert isinstance(problem, Problem)
    assert str(problem).startswith("a.json: id is 5: ")
    with pytest.raises(AnnotationError, match=r"a\.json: id is 5"):
        load_documents(path)


def test_a_folder_without_documents_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match=r"no \.json or \.jsonl file"):
        list(read_documents(tmp_path))
