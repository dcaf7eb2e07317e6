from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from pobratim.commands.annotations import annotations_app

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Workshop

STEM = "pskov-partners-ru"
SPLIT = f"""
[[section]]
document = "{STEM}"
name = "all"
lines = [1, 9]
set = "test"
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(annotations_app, [str(a) for a in arguments])


@pytest.fixture
def built(workshop: Workshop, example: tuple[str, str], tmp_path: Path) -> Path:
    workshop.build(*example, stem=STEM)
    out = tmp_path / "built"
    result = run("build", workshop.marks, "--corpus", workshop.corpus, "--out", out)
    assert result.exit_code == 0, result.output
    assert "20 mentions, 10 relations, 2 cities, 2 officials" in result.output
    return out


def test_built_documents_pass_the_check(built: Path, workshop: Workshop) -> None:
    result = run("check", built, "--corpus", workshop.corpus)
    assert (result.exit_code, result.output) == (0, "1 documents, no problems\n")


def test_a_mistake_in_the_marks_fails_the_build_and_writes_nothing(
    workshop: Workshop, tmp_path: Path
) -> None:
    workshop.build("Псков\n", "document: page\nlanguage: ru\n@1\nDATE Псков\n")
    result = run("build", workshop.marks, "--corpus", workshop.corpus, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "page.1.ann:4: DATE “Псков” has no EDTF value" in result.output
    assert "1 problem\n" in result.output
    assert not (tmp_path / "out").exists()


def test_a_broken_document_fails_the_check(built: Path) -> None:
    path = built / f"{STEM}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["mentions"][0]["text"] = "Лахти"
    path.write_text(json.dumps(data), encoding="utf-8")
    result = run("check", path)
    assert result.exit_code == 1
    assert "mention m1 (CITY “Лахти”) has the text" in result.output


def test_a_missing_path_fails_the_check(tmp_path: Path) -> None:
    result = run("check", tmp_path / "none.json")
    assert result.exit_code == 1
    assert "no .json or .jsonl file" in result.output


def test_agreement_is_told_as_a_table_or_json(built: Path) -> None:
    assert "strict F1" in run("agreement", built, built).output
    data = json.loads(run("agreement", built, built, "--json").output)
    rows = {row["label"]: row for row in data["rows"]}
    assert (rows["CITY"]["first"], rows["CITY"]["strict"], rows["CITY"]["alpha"]) == (7, 1.0, 1.0)
    assert rows["relations"]["strict"] == 1.0
    assert rows["EVENT"]["alpha"] is None


def test_split_writes_sections_to_their_sets(built: Path, tmp_path: Path) -> None:
    manifest = tmp_path / "split.toml"
    manifest.write_text(SPLIT, encoding="utf-8")
    result = run("split", built, "--manifest", manifest, "--out", tmp_path / "gold")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "gold" / "test" / f"{STEM}#all.json").is_file()
    assert run("check", tmp_path / "gold" / "test").exit_code == 0
