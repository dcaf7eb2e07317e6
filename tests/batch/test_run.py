"""A run: every input gives a document or an error row, and the same input the same bytes."""

import json
import os
from contextlib import chdir
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from runs import documents, errors, files, go, many, table

from pobratim.batch.options import Summary
from pobratim.batch.tables import COLUMNS, schema
from pobratim.errors import InputError, ModelError, OutputError

pytestmark = pytest.mark.usefixtures("folder")

MIXED = {
    "a.txt": b"SLEEP 0.4",
    "b.txt": b"Harbin is new.",
    "c.txt": b"FAIL",
    "d.txt": b" \n",
    "deep/a.md": b"Perm",
    "deep/a.txt": b"Ufa",
    "e.txt": b"\x89PNG\x00",
    "f.txt": "Хабаровск и Пучон подписали соглашение.".encode("koi8-r"),
    "g.txt": "Kazan\r\n\u2028Ufa\x0b".encode(),
    "h.txt": b"WRAPPED",
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """One run over inputs of many kinds: g.txt, then the folder of all, then a file that is not there."""
    place = tmp_path_factory.mktemp("mixed")
    for name, data in MIXED.items():
        path = place / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with chdir(place):
        return place, go("in/g.txt", "in", "gone.txt")


@pytest.fixture
def done(mixed: tuple[Path, Summary], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Summary:
    """What the mixed run told; to be looked at from its folder, not to be changed."""
    place, summary = mixed
    monkeypatch.chdir(place)
    return summary


@pytest.mark.usefixtures("done")
def test_documents_come_in_input_order_the_slow_ones_too() -> None:
    assert [document.source.uri for document in documents()] == [
        "in/g.txt",
        "in/a.txt",
        "in/b.txt",
        "in/deep/a.md",
        "in/deep/a.txt",
        "in/f.txt",
    ]


@pytest.mark.usefixtures("done")
def test_ids_are_unique_in_input_order() -> None:
    found = [document.id for document in documents()]
    assert found == ["g", "a", "b", "in/deep/a", "in/deep/a.txt", "f"]


def test_one_bad_document_stops_nobody_and_does_not_disappear(done: Summary) -> None:
    assert [(row["uri"], row["sequence"], row["stage"], row["code"]) for row in errors()] == [
        ("in/c.txt", 3, "extracting", "internal"),
        ("in/d.txt", 4, "reading", "empty"),
        ("in/e.txt", 7, "reading", "input"),
        ("in/h.txt", 9, "extracting", "internal"),
        ("gone.txt", 10, "reading", "input"),
    ]
    assert all("\n" not in row["message"] for row in errors())
    assert table("errors") == errors()
    assert (done.documents, done.failures) == (6, 5)


@pytest.mark.usefixtures("done")
def test_an_error_row_has_the_traceback_of_what_was_not_foreseen() -> None:
    deep, *_, wrapped, _ = errors()
    assert deep["message"] == "RecursionError: too deep in there"
    assert "extractors.py" in deep["traceback"]
    assert wrapped["message"] == "KeyError: 'ag'"


def test_the_summary_counts_records_by_type(done: Summary) -> None:
    assert done.rows["cities"] == 6
    assert done.rows["agreements"] == 0
    assert done.characters == sum(len(document.text) for document in documents())


@pytest.mark.usefixtures("done")
def test_every_table_is_there_with_its_columns() -> None:
    for name in COLUMNS:
        found = pq.read_table(f"out/tables/{name}")
        assert found.schema.equals(schema(name), check_metadata=False)


@pytest.mark.usefixtures("done")
def test_the_database_holds_what_the_tables_hold() -> None:
    with duckdb.connect("out/results.duckdb", read_only=True) as database:
        found = database.execute("select document, name_en from cities").fetchall()
    assert found == [(row["document"], row["name_en"]) for row in table("cities")]


@pytest.mark.usefixtures("done")
def test_a_notice_about_the_encoding_goes_into_the_document() -> None:
    document = documents()[-1]
    assert document.text == "Хабаровск и Пучон подписали соглашение."
    assert document.warnings[0].code == "encoding"


@pytest.mark.usefixtures("done")
def test_text_is_written_unchanged_with_its_line_ends() -> None:
    first = Path("out/documents.jsonl").read_bytes().split(b"\n")[0]
    assert json.loads(first)["text"] == "Kazan\r\n\u2028Ufa\x0b"


def test_unordered_documents_come_as_they_are_done() -> None:
    Path("in/a.txt").write_text("SLEEP 0.4")
    go(workers=2, ordered=False)
    assert [document.id for document in documents()] == ["b", "a"]


def test_a_run_without_failures_has_no_error_file() -> None:
    assert go().failures == 0
    assert sorted(os.listdir("out")) == [
        "documents.jsonl",
        "results.duckdb",
        "run.sqlite",
        "tables",
    ]


def test_same_in_same_bytes_out_whatever_the_number_of_workers() -> None:
    many(40)
    go(out="one", workers=1, part_inputs=15)
    go(out="two", workers=3, part_inputs=15)
    assert files("one") == files("two")
    assert "tables/cities/00002.parquet" in files("one")


def test_tables_are_cut_into_parts_of_so_many_inputs() -> None:
    many(25)
    go(part_inputs=10)
    parts = sorted(Path("out/tables/cities").iterdir())
    assert [pq.read_metadata(part).num_rows for part in parts] == [10, 10, 7]
    assert sorted(Path("out/tables/agreements").iterdir()) == [
        Path("out/tables/agreements/00000.parquet")
    ]
    assert [row["document"] for row in table("documents")] == [each.id for each in documents()]


def test_a_part_is_also_cut_by_bytes() -> None:
    many(4, words="long " * 500)
    go(part_bytes=2_000)
    assert len(list(Path("out/tables/documents").iterdir())) == 5


def test_compressed_documents_are_the_same_documents() -> None:
    many(25)
    Path("in/c.txt").write_text("FAIL")
    go(out="plain", part_inputs=10)
    go(part_inputs=10, compress=True)
    assert documents("out") == documents("plain")
    assert sorted(os.listdir("out")) == [
        "documents.jsonl.zst",
        "errors.jsonl",
        "results.duckdb",
        "run.sqlite",
        "tables",
    ]
    same = {name for name in files("plain") if name != "documents.jsonl"}
    assert {name: files("out")[name] for name in same} == {
        name: files("plain")[name] for name in same
    }


def test_an_empty_folder_is_filled() -> None:
    Path("out").mkdir()
    go()
    assert len(documents()) == 2


def test_what_annotators_corrected_is_left_alone() -> None:
    go()
    for name in ("review.sqlite", "review.sqlite-wal", "review.sqlite-shm"):
        Path("out", name).write_text("corrected")
    Path("in/c.txt").write_text("Sanya is warm.")
    go()
    go(force=True)
    assert len(documents()) == 3
    assert Path("out/review.sqlite").read_text() == "corrected"


@pytest.mark.parametrize("name", ["notes.txt", "tables/mine.csv", "tables/cities/mine.csv"])
def test_a_folder_with_anything_else_in_it_is_left_alone(name: str) -> None:
    go()
    Path("out", name).write_text("mine")
    before = files()
    with pytest.raises(OutputError, match=name):
        go("in/a.txt")
    assert files() == before


def test_results_of_the_earlier_layout_are_replaced() -> None:
    Path("out/tables").mkdir(parents=True)
    Path("out/documents.jsonl").write_text("{}\n")
    Path("out/tables/cities.parquet").write_text("old")
    go()
    assert len(documents()) == 2
    assert not Path("out/tables/cities.parquet").exists()


def test_a_file_in_the_place_of_the_folder_is_left_alone() -> None:
    Path("out").write_text("mine")
    with pytest.raises(OutputError, match="out is a file"):
        go()
    assert Path("out").read_text() == "mine"


def test_nothing_to_read_makes_no_folder() -> None:
    Path("empty").mkdir()
    with pytest.raises(InputError, match="nothing to read in empty"):
        go("empty")
    assert not Path("out").exists()


def test_a_pipeline_that_cannot_be_loaded_says_why() -> None:
    from pobratim.batch.pipeline import PipelineSpec

    with pytest.raises(ModelError, match="no such model"):
        go(pipeline=PipelineSpec("extractors:no_models"))


def test_a_link_to_a_folder_stays_a_link() -> None:
    Path("real").mkdir()
    Path("out").symlink_to("real")
    go()
    assert Path("out").is_symlink()
    assert Path("real/documents.jsonl").is_file()
