"""A run: every input gives a document or an error row, and results appear whole or not at all."""

import errno
import json
import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pobratim.batch import run as run_module
from pobratim.batch.discovery import discover
from pobratim.batch.run import Summary, run
from pobratim.batch.sinks import Failure, ResultSink
from pobratim.batch.tables import COLUMNS, schema
from pobratim.errors import OutputError
from pobratim.schema import City, Document, Mention, Source


class Silent:
    """A watcher that remembers."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []

    def done(self, document: Document, size: int) -> None:
        pass

    def failed(self, failure: Failure, size: int) -> None:
        self.failures.append(failure)


def extract(text: str, *, id: str, source: Source) -> Document:
    """Finds one city, the first word; fails where the text says so."""
    if text.startswith("FAIL"):
        raise RecursionError("too deep\nin there")
    if text.startswith("STOP"):
        raise KeyboardInterrupt
    word = text.split()[0]
    start = text.index(word)
    mention = Mention(id="m1", label="CITY", start=start, end=start + len(word), text=word)
    city = City(id=f"local:{word}", name_en=word, mentions=["m1"])
    return Document(id=id, source=source, text=text, mentions=[mention], cities=[city])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text("Kazan is old.")
    Path("in/b.txt").write_text("Harbin is new.")
    return tmp_path


def go(*inputs: str, out: str = "out") -> Summary:
    return run(discover(inputs or ["in"]), Path(out), extract, Silent())


def files(out: str = "out") -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in Path(out).rglob("*")
        if path.is_file()
    }


def documents(out: str = "out") -> list[Document]:
    lines = Path(out, "documents.jsonl").read_bytes().split(b"\n")[:-1]
    return [Document.model_validate_json(line) for line in lines]


def errors(out: str = "out") -> list[dict[str, str]]:
    return [json.loads(line) for line in Path(out, "errors.jsonl").read_bytes().split(b"\n")[:-1]]


def test_documents_come_in_input_order(folder: Path) -> None:
    go("in/b.txt", "in/a.txt")
    assert [document.id for document in documents()] == ["b", "a"]


def test_every_table_is_there_with_its_columns(folder: Path) -> None:
    go()
    for table in COLUMNS:
        found = pq.read_table(f"out/tables/{table}.parquet")
        assert found.schema.equals(schema(table), check_metadata=False)


def test_a_run_without_failures_has_no_error_file(folder: Path) -> None:
    assert go().failures == 0
    assert "errors.jsonl" not in files()


def test_one_bad_document_stops_nobody_and_does_not_disappear(folder: Path) -> None:
    Path("in/c.txt").write_text("FAIL")
    Path("in/d.txt").write_text(" \n")
    Path("in/e.txt").write_bytes(b"\x89PNG\x00")
    Path("in/f.txt").write_text("Sanya")
    summary = go("in", "gone.txt")
    assert [document.id for document in documents()] == ["a", "b", "f"]
    assert [(row["uri"], row["code"]) for row in errors()] == [
        ("in/c.txt", "internal"),
        ("in/d.txt", "empty"),
        ("in/e.txt", "input"),
        ("gone.txt", "input"),
    ]
    assert all("\n" not in row["message"] for row in errors())
    assert pq.read_table("out/tables/errors.parquet").to_pylist() == errors()
    assert (summary.documents, summary.failures) == (3, 4)


def test_an_unreadable_file_is_an_error_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def locked(self: Path, *args: str, **options: str) -> object:
        if self.name == "a.txt":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return opened(self, *args, **options)

    monkeypatch.setattr(Path, "open", locked)
    go()
    assert [row["uri"] for row in errors()] == ["in/a.txt"]
    assert "permission denied" in errors()[0]["message"]


def test_the_summary_counts_records_by_type(folder: Path) -> None:
    summary = go()
    assert summary.rows["cities"] == 2
    assert summary.rows["agreements"] == 0
    assert summary.characters == len("Kazan is old.") + len("Harbin is new.")


def test_same_in_same_bytes_out(folder: Path) -> None:
    go(out="one")
    go(out="two")
    assert files("one") == files("two")
    assert len(files("one")) == len(COLUMNS) + 1


def test_an_earlier_result_is_replaced_whole(folder: Path) -> None:
    go("in", "gone.txt")
    go("in/a.txt")
    assert [document.id for document in documents()] == ["a"]
    assert "errors.jsonl" not in files()
    assert sorted(os.listdir("out")) == ["documents.jsonl", "tables"]


def test_an_empty_folder_is_filled(folder: Path) -> None:
    Path("out").mkdir()
    go()
    assert len(documents()) == 2


@pytest.mark.parametrize("name", ["notes.txt", "tables/mine.csv"])
def test_a_folder_with_anything_else_in_it_is_left_alone(folder: Path, name: str) -> None:
    go()
    Path("out", name).write_text("mine")
    before = files()
    with pytest.raises(OutputError, match=name):
        go("in/a.txt")
    assert files() == before


def test_a_file_in_the_place_of_the_folder_is_left_alone(folder: Path) -> None:
    Path("out").write_text("mine")
    with pytest.raises(OutputError, match="out is a file"):
        go()
    assert Path("out").read_text() == "mine"


def test_an_interrupted_run_leaves_earlier_results_and_no_litter(folder: Path) -> None:
    go()
    before = files()
    Path("in/c.txt").write_text("STOP")
    with pytest.raises(KeyboardInterrupt):
        go()
    assert files() == before
    assert sorted(os.listdir(folder)) == ["in", "out"]


def test_a_full_disk_leaves_earlier_results_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go()
    before = files()

    def full(self: ResultSink, document: Document) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(run_module.ResultSink, "add", full)
    with pytest.raises(OutputError, match="No space left on device"):
        go()
    assert files() == before
    assert sorted(os.listdir(folder)) == ["in", "out"]


@pytest.mark.parametrize("failing", ["writing", "previous"])
def test_a_failed_move_brings_the_earlier_results_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    go()
    before = files()
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        moved = self.name if failing == "writing" else Path(target).name
        if f".{failing}-" in moved:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OutputError, match="out could not be written"):
        go()
    assert files() == before
    assert sorted(os.listdir(folder)) == ["in", "out"]


def test_a_link_to_a_folder_stays_a_link(folder: Path) -> None:
    Path("real").mkdir()
    Path("out").symlink_to("real")
    go()
    assert Path("out").is_symlink()
    assert Path("real/documents.jsonl").is_file()


def test_a_notice_about_the_encoding_goes_into_the_document(folder: Path) -> None:
    Path("in/a.txt").write_bytes("Хабаровск и Пучон подписали соглашение.".encode("koi8-r"))
    go("in/a.txt")
    (document,) = documents()
    assert document.text == "Хабаровск и Пучон подписали соглашение."
    assert document.warnings[0].code == "encoding"


def test_text_is_written_unchanged_with_its_line_ends(folder: Path) -> None:
    Path("in/a.txt").write_bytes("Kazan\r\n\u2028Ufa\x0b".encode())
    go("in/a.txt")
    assert json.loads(Path("out/documents.jsonl").read_text())["text"] == "Kazan\r\n\u2028Ufa\x0b"


def test_an_unforeseen_error_is_told_by_its_cause(folder: Path) -> None:
    def wrapped(text: str, *, id: str, source: Source) -> Document:
        try:
            return {}["ag"]
        except KeyError as error:
            raise ValueError("component could not be run") from error

    summary = run(discover(["in/a.txt"]), Path("out"), wrapped, Silent())
    assert summary.failures == 1
    assert errors()[0]["message"].startswith("KeyError: 'ag'")
