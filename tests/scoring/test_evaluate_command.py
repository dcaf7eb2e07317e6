import json

import pytest
import typer
from scoring_builders import document, mention
from typer.testing import CliRunner

import pobratim
from pobratim.cli import Group
from pobratim.commands.evaluate import EXAMPLE, evaluate

app = typer.Typer(cls=Group, rich_markup_mode="rich")
app.callback()(lambda: None)
app.command(epilog=EXAMPLE)(evaluate)


def folder(path, wrong=0, sections=6, score=None):
    path.mkdir()
    for number in range(sections):
        end = 8 if number < wrong else 9
        one = document(f"page#{number}", mentions=[mention("CITY", 0, end, score=score)])
        (path / f"{one.id}.json").write_text(one.to_json(), encoding="utf-8")
    return str(path)


def run(*arguments):
    return CliRunner().invoke(app, ["evaluate", *arguments], env={"COLUMNS": "120"})


def test_scores_are_printed_and_saved(tmp_path):
    gold, system = folder(tmp_path / "gold"), folder(tmp_path / "system", wrong=3)
    saved = tmp_path / "dev.json"
    found = run("--gold", gold, "--system", system, "--json", str(saved))
    assert found.exit_code == 0, found.output
    assert "Strict mentions" in found.output
    assert "50.0" in found.output
    summary = json.loads(saved.read_text(encoding="utf-8"))
    assert summary["sections"] == 6


def test_a_saved_summary_serves_as_baseline_and_another_system_for_comparison(tmp_path):
    gold, weak = folder(tmp_path / "gold"), folder(tmp_path / "weak", wrong=5)
    saved, report = tmp_path / "dev.json", tmp_path / "report"
    run("--gold", gold, "--system", weak, "--json", str(saved))
    found = run(
        "--gold", gold, "--system", gold, "--compare", weak,
        "--baseline", str(saved), "--report", str(report),
    )  # fmt: skip
    assert found.exit_code == 0, found.output
    assert "better in 1 (Strict mentions)" in " ".join(found.output.split())
    assert "index.html" in found.output
    assert (report / "summary.md").is_file()


def test_a_threshold_leaves_mentions_out(tmp_path):
    gold, system = folder(tmp_path / "gold"), folder(tmp_path / "system", score=0.4)
    saved = tmp_path / "dev.json"
    run("--gold", gold, "--system", system, "--threshold", "0.5", "--json", str(saved))
    strict = next(
        score
        for score in json.loads(saved.read_text(encoding="utf-8"))["scores"]
        if (score["measure"], score["label"]) == ("strict", "CITY")
    )
    assert (strict["gold"], strict["system"]) == (6, 0)


@pytest.mark.parametrize("extra", [[], ["--system", "x", "--run"]])
def test_what_is_scored_must_be_named_once(tmp_path, extra):
    found = run("--gold", folder(tmp_path / "gold"), *extra)
    assert found.exit_code == 2
    assert "either --system DIR or --run" in " ".join(found.output.replace("│", " ").split())


def test_a_system_that_misses_documents_ends_with_a_line(tmp_path):
    gold, system = folder(tmp_path / "gold"), folder(tmp_path / "system", sections=5)
    found = run("--gold", gold, "--system", system)
    assert found.exit_code == 2
    assert "page#5" in found.output
    assert "Traceback" not in found.output


def test_help_has_an_example():
    assert "pobratim evaluate --gold annotations/gold/dev" in " ".join(run("--help").output.split())


def test_the_program_is_run_on_the_gold_s_texts(tmp_path, monkeypatch):
    asked = []

    def extract(text, *, id, source, entities):
        asked.append((id, source.uri))
        return document(id, text=text, mentions=[mention("CITY", 0, 9, text)])

    monkeypatch.setattr(pobratim, "load", lambda *, entities: None)
    monkeypatch.setattr(pobratim, "extract", extract)
    found = run("--gold", folder(tmp_path / "gold"), "--run")
    assert found.exit_code == 0, found.output
    assert asked == [(f"page#{number}", "corpus/page.txt") for number in range(6)]
