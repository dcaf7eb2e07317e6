"""The terminal view, and finding the document to show."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from rich.console import Console

from pobratim.errors import EmptyInputError, InputError
from pobratim.schema import Document, Source, SourcePart
from pobratim.showing.documents import find_document
from pobratim.showing.summary import views
from pobratim.showing.terminal import show_document
from pobratim.showing.visible import visible


def extract(text: str, *, id: str, source: Source) -> Document:
    return Document(id=id, source=source, text=text)


def printed(document: Document) -> str:
    console = Console(width=160, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    show_document(console, document)
    return console.export_text()


def test_every_kind_of_record_is_shown_with_its_evidence(document: Document) -> None:
    shown = printed(document)
    for part in (
        "agreements (1)",
        "officials (1)",
        "counts (1)",
        "cities (1)",
        "organizations (1)",
        "Соглашение … 15 июля 2002 года",
        "ребёнок",
    ):
        assert part in shown


def test_places_go_by_name(document: Document) -> None:
    (agreement,) = views(document)["agreements"]
    assert agreement.cells[1] == "Khabarovsk (implied) – Пучон"


def test_text_cannot_command_the_terminal_or_be_taken_for_markup(document: Document) -> None:
    document.organizations[0].name = "[red]x[/red] \x1b[2J\x07\x9b"
    shown = printed(document)
    assert "[red]x[/red]" in shown
    assert not set(shown) & {"\x1b", "\x07", "\x9b"}


def test_visible_text_keeps_its_length() -> None:
    text = "".join(map(chr, range(0x300))) + "\u202e\u2066"
    assert len(visible(text)) == len(text)


@pytest.fixture
def results(tmp_path: Path, document: Document) -> Path:
    other = document.model_copy(update={"id": "news"})
    lines = f"{document.to_json()}\n{other.to_json()}\n"
    (tmp_path / "documents.jsonl").write_text(lines, "utf-8")
    return tmp_path


def test_a_document_is_found_by_id_in_a_result_folder(results: Path) -> None:
    assert find_document(results, "news", extract).id == "news"


def test_several_documents_need_an_id_and_the_error_lists_them(results: Path) -> None:
    with pytest.raises(InputError, match="choose one with --id: report, news"):
        find_document(results / "documents.jsonl", None, extract)


def test_an_unknown_id_lists_the_known_ones(results: Path) -> None:
    with pytest.raises(InputError, match="no document 'x'; it has report, news"):
        find_document(results, "x", extract)


def test_a_json_file_may_span_lines(tmp_path: Path, document: Document) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(json.loads(document.to_json()), indent=2), "utf-8")
    assert find_document(path, None, extract) == document


def test_a_text_is_extracted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kazan")
    found = find_document(path, None, extract)
    assert (found.id, found.text) == ("a", "Kazan")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "line 1: not JSON"),
        ("[1]", "not a document: it has no id"),
        ('{"id": "a", "colour": 1}', "a.jsonl: not a document"),
    ],
)
def test_what_is_no_document_is_a_clear_error(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        find_document(path, None, extract)


def test_an_empty_text_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(" ")
    with pytest.raises(EmptyInputError, match=r"a\.txt: "):
        find_document(path, None, extract)


def test_a_document_in_an_archive_is_shown_by_its_name_or_address(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2019/a.txt", "Kazan")
        archive.writestr("b.txt", "Perm")
    assert find_document(path, "a.txt", extract).text == "Kazan"
    assert find_document(path, "!/b.txt", extract).text == "Perm"
    with pytest.raises(InputError, match=r"choose one with --id: a\.txt, b\.txt"):
        find_document(path, None, extract)
    with pytest.raises(InputError, match=r"no document 'c'; it holds a\.txt, b\.txt"):
        find_document(path, "c", extract)


def test_the_pages_of_the_evidence_are_shown_where_they_are_known(document: Document) -> None:
    assert "page" not in printed(document)
    middle = len(document.text) // 2
    document.source.parts = [
        SourcePart(start=0, end=middle, page=3),
        SourcePart(start=middle, end=len(document.text), page=4),
    ]
    shown = printed(document)
    assert "page" in shown
    assert re.search(r"│ (?:3|4|3, 4) +│$", shown, re.MULTILINE)
