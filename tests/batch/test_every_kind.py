"""A run over containers of every kind of document: what a folder of files gives, a zip of them gives."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from runs import Silent, documents, errors, files, go, table

from pobratim.reading.kinds import MEDIA_TYPES
from pobratim.reading.members import Limits

FIXTURES = Path(__file__).parents[1] / "reading" / "fixtures"
READ = [path for path in sorted(FIXTURES.iterdir()) if path.name != "scanned.pdf"]
KINDS = {".txt": "text/plain", **{f".{kind}": MEDIA_TYPES[kind] for kind in
         ("docx", "epub", "html", "odt", "pdf", "rtf")}}  # fmt: skip
BAD = {
    "2019/bad.pdf": (b"%PDF-1.7 broken", "damaged"),
    "2019/empty.txt": (b"", "empty"),
    "2019/old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Microsoft Office"),
}

pytestmark = pytest.mark.usefixtures("folder")


def pack(name: str, more: dict[str, bytes] | None = None, paths: list[Path] = READ) -> None:
    """Put the fixtures, and ``more``, in the zip archive ``name``."""
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, f"2019/{path.name}")
        for member, data in (more or {}).items():
            archive.writestr(member, data)


def extracted() -> int:
    """How many texts the pipeline had."""
    return len(Path("log").read_text().split())


def test_each_member_of_an_archive_is_a_document_of_its_kind_with_its_places() -> None:
    pack("in/all.zip")
    go("in/all.zip")
    found = documents()
    assert [each.source.uri for each in found] == [f"in/all.zip!/2019/{p.name}" for p in READ]
    assert [each.source.media_type for each in found] == [KINDS[p.suffix] for p in READ]
    assert len({each.id for each in found}) == len(READ)
    for path, document in zip(READ, found, strict=True):
        parts = document.source.parts
        assert (parts is None) == (path.suffix == ".txt")
        assert any(part.page for part in parts or ()) == (path.suffix == ".pdf")
    pages = {row["document"]: row["page"] for row in table("mentions")}
    assert {pages[each.id] for each in found if each.source.media_type == KINDS[".pdf"]} == {1}


def test_members_that_cannot_be_read_are_errors_of_their_own() -> None:
    pack("in/all.zip", {name: data for name, (data, _) in BAD.items()})
    summary = go("in/all.zip")
    told = {row["uri"]: row for row in errors()}
    assert set(told) == {f"in/all.zip!/{name}" for name in BAD}
    for name, (_, said) in BAD.items():
        row = told[f"in/all.zip!/{name}"]
        assert row["stage"] == "reading"
        assert said in row["message"]
    assert table("errors") == errors()
    assert summary.documents == len(READ)


def test_a_renamed_archive_is_not_extracted_again() -> None:
    pack("in/all.zip")
    go("in/all.zip", log="log")
    Path("in/all.zip").rename("in/reports.zip")
    watcher = Silent()
    go("in/reports.zip", log="log", watcher=watcher)
    assert extracted() == len(READ) == len(watcher.reused)
    assert documents()[0].source.uri == f"in/reports.zip!/2019/{READ[0].name}"
    go("in/reports.zip", out="anew", log="other")
    assert files() == files("anew")


def test_of_a_changed_archive_only_what_is_new_in_it_is_extracted() -> None:
    pack("in/all.zip")
    go("in/all.zip", log="log")
    pack("in/all.zip", {"2020/new.txt": b"Sanya is warm."}, READ[3:])
    go("in/all.zip", log="log")
    assert extracted() == len(READ) + 1
    assert len(documents()) == len(READ) - 2
    go("in/all.zip", out="anew", log="other")
    assert files() == files("anew")


def test_the_same_document_in_a_folder_and_in_an_archive_is_extracted_once() -> None:
    pack("in/all.zip", paths=READ[:3])
    inputs = [str(path) for path in READ[:3]]
    go(*inputs, "in/all.zip", log="log")
    assert extracted() == 3
    assert len(documents()) == 6


def test_rows_of_a_table_have_their_columns_id_and_address() -> None:
    row = {"page": "Kazan is old.", "key": "first", "address": "https://example.org/1"}
    lines = json.dumps(row) + "\n{broken\n"
    Path("in/pages.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    go(
        "in/pages.jsonl.gz",
        limits=Limits(text_column="page", id_column="key", url_column="address"),
    )
    (document,) = documents()
    assert (document.id, document.text) == ("first", "Kazan is old.")
    assert document.source.uri == "in/pages.jsonl.gz#1!https://example.org/1"
    (error,) = errors()
    assert error["uri"] == "in/pages.jsonl.gz#2"


@pytest.mark.parametrize("name", ["page-en.pdf", "report-ru.docx", "report-ru.txt"])
def test_standard_input_is_read_for_what_it_holds(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (FIXTURES / name).open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        go("-")
    (document,) = documents()
    assert (document.id, document.source.uri) == ("stdin", "-")
    assert document.source.media_type == KINDS[Path(name).suffix]


@pytest.mark.parametrize("packed", [False, True])
def test_a_container_on_standard_input_is_taken_apart(
    packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack("all")
    if packed:
        Path("all").write_bytes(gzip.compress(Path("all").read_bytes()))
    with Path("all").open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        go("-")
    parent = "-!/stdin!/2019" if packed else "-!/2019"
    assert {one.source.uri for one in documents()} == {f"{parent}/{path.name}" for path in READ}
