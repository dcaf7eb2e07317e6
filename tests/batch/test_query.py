"""What a folder of results tells: its runs, its views, and nothing but its own data."""

import json
from pathlib import Path

import pytest
from resuming import start, wait_for
from runs import go
from typer.testing import CliRunner, Result

from pobratim.batch.database import make_database
from pobratim.batch.layout import STATE
from pobratim.batch.parts import make_part
from pobratim.batch.state import State
from pobratim.batch.views import VIEWS
from pobratim.cli import app
from pobratim.schema import Document


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of two documents, made without a run."""
    folder = tmp_path_factory.mktemp("results")
    lines = folder / "documents.jsonl"
    lines.write_text("".join(json.dumps(each) + "\n" for each in DOCUMENTS), "utf-8")
    size = lines.stat().st_size
    for name in make_part(folder, 0, (lines, 0, size), (lines, 0, 0), False):
        part = folder / "tables" / name / "00000.parquet"
        Path(f"{part}.tmp").rename(part)
    state = State(folder)
    state.put(database="made")
    state.close()
    make_database(folder, 1)
    return folder


def city(id: str, name: str, country: str) -> dict[str, object]:
    return {"id": id, "name_en": name, "country": country, "mentions": ["m1", "m2"]}


PARTIES = [{"id": "c:1", "name": "Khabarovsk"}, {"id": "c:2", "name": "Niigata", "implied": True}]
TEXT = "Khabarovsk, Niigata, agreement, 70 children"
MENTIONS = [
    {"id": "m1", "label": "CITY", "start": 0, "end": 10, "text": "Khabarovsk"},
    {"id": "m2", "label": "CITY", "start": 12, "end": 19, "text": "Niigata"},
]
DOCUMENTS = [
    {
        "id": name,
        "source": {"uri": f"{name}.txt"},
        "text": TEXT,
        "mentions": MENTIONS,
        "cities": [city("c:1", "Khabarovsk", "RU"), city("c:2", "Niigata", "JP")],
        "officials": [
            {"id": "o:1", "name": "A. B.", "office": "mayor", "title": "Mayor", "of": "c:2",
             "observed": "2001-05", "mentions": ["m1"]}
        ],
        "agreements": [
            {"id": "a:1", "instrument": "agreement", "purpose": "twinning", "parties": PARTIES,
             "signed": signed, "mentions": ["m1"]}
        ],
        "counts": [
            {"id": "k:1", "value": "70", "counted": "child", "period": "2002/2019", "place": "c:2",
             "mentions": ["m1"]}
        ],
    }
    for name, signed in (("one", "1965-04"), ("two", "1971"))
]  # fmt: skip


def ask(results: Path, sql: str) -> list[dict[str, object]]:
    told = invoke("query", str(results), sql, "--json")
    assert told.exit_code == 0, told.output
    return [json.loads(line) for line in told.stdout.splitlines()]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        (
            "select name_en, partners, year, implied from agreements_by_city order by all limit 1",
            {"name_en": "Khabarovsk", "partners": ["Niigata"], "year": 1965, "implied": False},
        ),
        (
            "select partner_en, agreements, documents, first_year, last_year from partner_cities "
            "where name_en = 'Khabarovsk'",
            {
                "partner_en": "Niigata",
                "agreements": 2,
                "documents": 2,
                "first_year": 1965,
                "last_year": 1971,
            },
        ),
        (
            "select counted, value, year, last_year, place_name from counts_over_time limit 1",
            {
                "counted": "child",
                "value": 70.0,
                "year": 2002,
                "last_year": 2019,
                "place_name": "Niigata",
            },
        ),
        (
            "select name, of_name, country, year from officials_in_office limit 1",
            {"name": "A. B.", "of_name": "Niigata", "country": "JP", "year": 2001},
        ),
        (
            "select name_en, documents, mentions from cities_met order by city limit 1",
            {"name_en": "Khabarovsk", "documents": 2, "mentions": 4},
        ),
        ("select count(*) as n from failures_by_reason", {"n": 0}),
        (
            "select party, implied from agreement_parties order by all limit 1",
            {"party": "c:1", "implied": False},
        ),
    ],
)
def test_a_view_tells(results: Path, sql: str, expected: dict[str, object]) -> None:
    assert ask(results, sql)[0] == expected


def test_every_view_has_a_comment(results: Path) -> None:
    found = ask(results, "select view_name, comment from duckdb_views() where not internal")
    assert {row["view_name"]: row["comment"] for row in found} == {
        view.name: view.comment for view in VIEWS
    }


def test_an_answer_is_csv_where_no_terminal_is(results: Path) -> None:
    told = invoke("query", str(results), "select document, parties from agreements", "--csv")
    assert told.stdout.splitlines()[:2] == ["document,parties", 'one,"[""c:1"", ""c:2""]"']
    assert invoke("query", str(results), "select document from agreements").stdout == (
        "document\none\ntwo\n"
    )


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from sniff_csv('/etc/passwd')",
        "select * from glob('/*')",
        "select * from '/etc/passwd'",
        "select * from read_csv('http://127.0.0.1/x.csv')",
        "copy agreements to 'stolen.csv'",
        "export database 'stolen'",
        "attach 'other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "delete from agreements",
        "create table x (i int)",
        "select * from results",
        "nonsense",
    ],
)
def test_nothing_but_the_results_can_be_reached_or_changed(results: Path, sql: str) -> None:
    told = invoke("query", str(results), sql)
    assert told.exit_code == 2
    assert told.stderr.startswith("error: the query failed: ")
    assert not list(Path.cwd().glob("stolen*"))


def test_runs_tells_versions_counts_and_failures(folder: Path) -> None:
    Path("in/c.txt").write_text("FAIL")
    go()
    go("in/a.txt", "in/b.txt", "in/c.txt", "in")
    told = json.loads(invoke("runs", "out", "--json").stdout)
    assert [run["status"] for run in told["runs"]] == ["finished", "finished"]
    assert (told["documents"], told["failures"], told["finished"]) == (2, 1, True)
    assert told["failed"][0]["uri"] == "in/c.txt"
    shown = invoke("runs", "out").stdout
    assert "in/c.txt: internal: RecursionError" in shown


def test_an_unfinished_run_is_shown_as_such_and_its_documents_can_be_read(folder: Path) -> None:
    Path("in/z.txt").write_text("SLEEP 60")
    process = start("go()")
    wait_for(lambda: Path("out", STATE).exists())
    wait_for(lambda: '"documents": 2' in invoke("runs", "out", "--json").stdout)
    shown = invoke("show", "out", "--id", "a")
    process.kill()
    process.communicate()
    assert "Kazan" in shown.output
    assert "no; the same extract command goes on" in invoke("runs", "out").stdout
    told = invoke("query", "out", "select 1")
    assert (told.exit_code, "not finished" in told.stderr) == (2, True)


@pytest.mark.parametrize("command", [["runs"], ["query", "select 1"]])
def test_a_folder_without_results_is_told_of(tmp_path: Path, command: list[str]) -> None:
    told = invoke(command[0], str(tmp_path), *command[1:])
    assert told.exit_code == 2
    assert "no results of a run" in told.stderr


def test_progress_as_json_has_an_object_a_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pobratim.commands.extract.PIPELINE", "extractors:find")
    Path("in/c.txt").write_text("FAIL")
    told = invoke("--debug", "extract", "in", "--out", "out", "--log-json")
    events = [json.loads(line) for line in told.stderr.splitlines()]
    assert told.exit_code == 1
    assert {event["event"] for event in events} >= {"done", "failed", "finished"}
    assert events[-1]["documents"] == 2
    assert all(event["time"] for event in events)


def test_compressed_results_can_be_shown_and_scored(folder: Path) -> None:
    from pobratim.exchange.check import read_documents
    from pobratim.review.folder import documents_in
    from pobratim.scoring.documents import read_documents as read_scored

    go(compress=True)
    assert "Kazan" in invoke("show", "out", "--id", "a").output
    assert [each.id for each in read_scored(Path("out"), "system")] == ["a", "b"]
    assert [each.id for each in documents_in(Path("out"))] == ["a", "b"]
    assert all(isinstance(each, Document) for _, each in read_documents(Path("out")))
