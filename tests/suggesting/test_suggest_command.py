"""The documents that annotators should correct next."""

from __future__ import annotations

import json
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.append(str(Path(__file__).parents[1] / "stages" / "neural"))

import tiny_models

from pobratim.cli import app
from pobratim.suggesting.reading import texts

AGREED = "они говорили о реке и о море\n" * 5
DISPUTED = "Вчера Иван видел МИД и Осло, а Осло видел его\n" * 5


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    root = tmp_path_factory.mktemp("weights")
    one = tiny_models.telling(root, "fast", CITY="Осло")
    other = tiny_models.telling(root, "accurate", CITY="Осло", ORGANIZATION="МИД")
    return str(one), str(other)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "agreed.txt").write_text(AGREED, "utf-8")
    (folder / "disputed.txt").write_text(DISPUTED, "utf-8")
    return folder


def run(*arguments: str, models: tuple[str, str]) -> tuple[int, str]:
    pair = [part for each in models for part in ("--entities", each)]
    done = CliRunner().invoke(app, ["suggest", *arguments, *pair], env={"COLUMNS": "200"})
    return done.exit_code, done.output


def test_what_the_models_dispute_comes_first_and_is_shown(
    news: Path, models: tuple[str, str]
) -> None:
    status, output = run(str(news), models=models)
    assert status == 0
    assert output.index("disputed") < output.index("agreed")
    assert "МИД (ORGANIZATION, only accurate)" in output


def test_only_the_top_is_shown_and_the_rest_is_counted(news: Path, models: tuple[str, str]) -> None:
    _, output = run(str(news), "--top", "1", models=models)
    assert "disputed" in output
    assert "1 more; --top 2 shows all" in output


def test_the_json_has_every_document_with_offsets_into_its_text(
    news: Path, models: tuple[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "lessons.json"
    status, _ = run(str(news), "--top", "1", "--json", str(target), models=models)
    found = json.loads(target.read_text("utf-8"))["documents"]
    assert status == 0
    assert [one["id"] for one in found] == ["disputed", "agreed"]
    assert found[0]["spots"]["disagreement"] == 5
    for example in found[0]["examples"]:
        assert DISPUTED[example["start"] : example["end"]] == example["text"]


def test_a_folder_of_results_is_ranked_by_its_documents(
    news: Path, models: tuple[str, str], tmp_path: Path
) -> None:
    results = tmp_path / "results"
    runner = CliRunner()
    runner.invoke(app, ["extract", str(news), "--out", str(results), "--entities", models[0]])
    _, direct = run(str(news), models=models)
    status, output = run(str(results), models=models)
    assert status == 0
    assert output == direct


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_ranked(
    news: Path, models: tuple[str, str]
) -> None:
    (news / "empty.txt").write_text("", "utf-8")
    status, output = run(str(news), models=models)
    assert status == 0
    assert "empty" in output
    assert "disputed" in output


def test_the_members_of_an_archive_are_not_held_together(tmp_path: Path) -> None:
    def peak(members: int) -> int:
        with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
            for number in range(members):
                archive.writestr(f"{number:02}.txt", AGREED.ljust(1 << 20))
        tracemalloc.start()
        ids = [one.id for one in texts([str(tmp_path / "news.zip")])]
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert ids == [f"{number:02}" for number in range(members)]
        return most

    assert peak(30) < peak(3) + (10 << 20)


def test_nothing_to_read_is_an_error(tmp_path: Path, models: tuple[str, str]) -> None:
    (tmp_path / "none").mkdir()
    status, output = run(str(tmp_path / "none"), models=models)
    assert status != 0
    assert "nothing to read" in output


def test_one_model_is_nothing_to_compare(news: Path, models: tuple[str, str]) -> None:
    done = CliRunner().invoke(app, ["suggest", str(news), "--entities", models[0]])
    assert done.exit_code == 2
    assert "two models are compared" in done.output
