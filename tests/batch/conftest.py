"""A folder with two texts to run in."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text("Kazan is old.")
    Path("in/b.txt").write_text("Harbin is new.")
    return tmp_path
