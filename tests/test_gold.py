"""The gold in the repository: sound, made from the adjudicated passes, and wide enough to score."""

from collections import Counter
from pathlib import Path

import pytest

from pobratim.exchange.check import check_document
from pobratim.exchange.gold.build import build_folder
from pobratim.exchange.gold.sections import cut, read_manifest
from pobratim.schema import LABELS, Document

ROOT = Path(__file__).parent.parent
ANNOTATIONS = ROOT / "annotations"
FILES = sorted((ANNOTATIONS / "gold").glob("*/*.json"))


def read(path: Path) -> Document:
    return Document.model_validate_json(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_gold_file_is_sound(path):
    assert check_document(read(path)) == []


def test_gold_is_what_the_adjudicated_passes_give():
    built = build_folder(ANNOTATIONS / "passes" / "adjudicated", ROOT / "corpus")
    assert built.problems == []
    sections = read_manifest(ANNOTATIONS / "split.toml")
    made = {
        (one.set, one.document.id): one.document.mentions
        for document in built.documents
        for one in cut(document, sections)
    }
    kept = {(path.parent.name, path.stem): read(path).mentions for path in FILES}
    assert kept == made


@pytest.mark.parametrize("part", ["dev", "test"])
def test_each_part_has_every_label_in_each_language(part):
    seen = Counter(
        (document.language, mention.label)
        for document in (read(path) for path in FILES if path.parent.name == part)
        for mention in document.mentions
    )
    assert {(language, label) for language in ("ru", "en") for label in LABELS} <= set(seen)
