"""--entities on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tiny_models
from typer.testing import CliRunner

from pobratim.cli import app

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "visit.txt"
    path.write_text("Договорились с УКРЗИЛ вчера.\n", "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_models.telling(tmp_path, ORGANIZATION="МИД")


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(map(str, arguments)))
    return done.exit_code, " ".join(done.output.split())


def test_a_run_uses_the_model_and_its_documents_name_it(
    tmp_path: Path, text: Path, folder: Path
) -> None:
    results = tmp_path / "results"
    status, _ = run("extract", text, "--out", results, "--entities", folder, "--quiet")
    (line,) = (results / "documents.jsonl").read_text("utf-8").splitlines()
    document = json.loads(line)
    assert status == 0
    assert [each["text"] for each in document["mentions"]] == ["УКРЗИЛ"]
    assert document["pipeline"]["models"]["entities:fast"] == "0.0.1"


def test_show_uses_the_model(text: Path, folder: Path) -> None:
    status, output = run("show", text, "--entities", folder, "--why", "УКРЗИЛ")
    assert status == 0
    assert "│ model │ fast │" in output


@pytest.mark.parametrize("command", ["extract", "show"])
def test_an_unknown_choice_is_an_error_that_names_the_choices(
    tmp_path: Path, text: Path, command: str
) -> None:
    out = ["--out", tmp_path / "results"] if command == "extract" else []
    status, output = run(command, text, *out, "--entities", "best")
    assert status == 2
    assert "no entity model 'best'; there are fast, accurate, classic" in output
    assert not list((tmp_path / "results").glob("documents.jsonl*"))


def test_a_damaged_model_stops_a_run_before_it_begins(
    tmp_path: Path, text: Path, folder: Path
) -> None:
    (folder / "model.onnx").unlink()
    status, output = run("extract", text, "--out", tmp_path / "results", "--entities", folder)
    assert status == 2
    assert "model.onnx: missing" in output
    assert not list((tmp_path / "results").glob("documents.jsonl*"))


def test_evaluate_takes_a_model_only_for_a_run_of_its_own(tmp_path: Path) -> None:
    gold = ROOT / "annotations" / "gold" / "dev"
    status, output = run("evaluate", "--gold", gold, "--system", gold, "--entities", "classic")
    assert status == 2
    assert "it is for --run alone" in output
