"""Files that hold many documents: in order, each with its own fate, whatever the reader dies of."""

import os
from pathlib import Path

import pytest
from runs import Silent, documents, errors, files, go, many

BOXES = Path(__file__).parent / "boxes"
pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture(autouse=True)
def boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(BOXES), prepend=os.pathsep)


def test_the_documents_of_a_container_come_in_its_order_with_ids_of_their_own() -> None:
    Path("in/aa.txt").write_text("BOX\n" + "".join(f"City{n} is old.\n" for n in range(300)))
    go(part_inputs=100)
    found = documents()
    assert [each.source.uri for each in found] == [
        "in/a.txt",
        *(f"in/aa.txt#{n}" for n in range(1, 301)),
        "in/b.txt",
    ]
    assert len({each.id for each in found}) == 302
    before = files()
    assert go(part_inputs=100).kept == 302
    assert files() == before


def test_what_breaks_the_reader_is_an_error_and_the_rest_is_read() -> None:
    many(5)
    Path("in/0002.txt").write_text("BOX\nUfa\nPerm\nDIE\nOmsk")
    Path("in/0003.txt").write_text("BOX\nDIE\nOmsk")
    summary = go()
    assert [(row["uri"], row["code"]) for row in errors()] == [
        ("in/0002.txt", "input"),
        ("in/0003.txt", "input"),
    ]
    assert "the process that read it died of exit status 9" in errors()[0]["message"]
    assert (summary.documents, summary.failures) == (7, 2)
    before = files()
    go(out="again")
    assert files("again") == before


def test_a_changed_document_of_a_container_is_the_only_one_extracted() -> None:
    lines = [f"City{n} is old." for n in range(50)]
    Path("in/aa.txt").write_text("\n".join(["BOX", *lines]))
    go(log="log")
    lines[20] = "Omsk is new."
    Path("in/aa.txt").write_text("\n".join(["BOX", *lines]))
    watcher = Silent()
    go(log="log", watcher=watcher)
    assert len(Path("log").read_text().split()) == 53
    assert len(watcher.reused) == 51
