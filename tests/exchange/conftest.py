from __future__ import annotations

import re
from pathlib import Path

import pytest

from pobratim.exchange.gold.build import Built, build_folder
from pobratim.lexicon.gazetteer import Place

FORMAT = Path(__file__).parents[2] / "annotations" / "format.md"
PLACES = {
    "geonames:504341": Place(
        "city", "geonames:504341", "Pskov", "Псков", "RU", None, 57.8, 28.3, 1
    ),
    "geonames:649360": Place(
        "city", "geonames:649360", "Lahti", "Лахти", "FI", None, 61.0, 25.7, 1
    ),
}


class FewPlaces:
    """Stands in for the gazetteer's data, which is built apart from the code."""

    def by_id(self, identity: str) -> Place | None:
        return PLACES.get(identity)


@pytest.fixture(autouse=True)
def few_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.lexicon.gazetteer.gazetteer", FewPlaces)


@pytest.fixture
def example() -> tuple[str, str]:
    """The document and the marks of the worked example in ``annotations/format.md``."""
    text, marks, *_ = re.findall(
        r"```text\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL
    )
    return text, marks


class Workshop:
    """Writes a corpus and marks, and builds them."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.marks = folder / "marks" / "a"
        self.corpus.mkdir()
        self.marks.mkdir(parents=True)

    def build(self, text: str, *marks: str, stem: str = "page") -> Built:
        (self.corpus / f"{stem}.txt").write_bytes(text.encode())
        for number, part in enumerate(marks, 1):
            path = self.marks / f"{stem}.{number}.ann"
            path.write_text(part, encoding="utf-8")
        return build_folder(self.marks, self.corpus)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)
