from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pobratim.errors import AnnotationError
from pobratim.exchange.check import check_document, check_source
from pobratim.exchange.gold.sections import Section, cut, read_manifest, write
from pobratim.schema import Document

if TYPE_CHECKING:
    from conftest import Workshop

ROOT = Path(__file__).parents[2]
STEM = "pskov-partners-ru"


@pytest.fixture
def document(workshop: Workshop, example: tuple[str, str]) -> Document:
    return workshop.build(*example, stem=STEM).documents[0]


def section(first: int, last: int, name: str = "part", to: str = "dev") -> Section:
    data = {"document": STEM, "name": name, "lines": (first, last), "set": to}
    return Section.model_validate(data)


def test_a_section_is_a_document_of_its_lines(workshop: Workshop, document: Document) -> None:
    ((_, part, _),) = cut(document, [section(3, 4)])
    assert part.id == f"{STEM}#part"
    assert part.text.startswith("25 мая 2023 г.")
    assert part.text.endswith("города Пскова.\n")
    assert check_document(part) == []
    assert check_source(part, workshop.corpus) == []


def test_offsets_count_from_the_start_of_the_section(document: Document) -> None:
    ((_, part, _),) = cut(document, [section(7, 8)])
    assert [part.text[m.start : m.end] for m in part.mentions][:2] == ["Соглашение", "Псковом"]


def test_sections_that_cover_a_document_lose_no_mention_of_it(document: Document) -> None:
    cuts = cut(document, [section(1, 2, "one"), section(3, 4, "two"), section(5, 9, "three")])
    assert sum(len(c.document.mentions) for c in cuts) == len(document.mentions)
    assert [c.dropped for c in cuts] == [[], [], []]


def test_a_city_stays_in_each_section_with_the_mentions_there(document: Document) -> None:
    cuts = cut(document, [section(1, 4, "one"), section(5, 8, "two")])
    counts = [
        [len(c.mentions) for c in one.document.cities if c.id == "geonames:504341"] for one in cuts
    ]
    assert counts == [[3], [1]]


def test_what_crosses_a_boundary_is_left_out_and_named(document: Document) -> None:
    first, second = cut(document, [section(1, 5, "one"), section(6, 8, "two")])
    assert "COUNTED_ON" in " ".join(second.dropped)
    assert first.dropped == ["counts record count:1"]
    assert first.document.counts == second.document.counts == []
    assert second.document.warnings[0].code == "split"
    assert check_document(first.document) == check_document(second.document) == []


def test_a_mention_over_a_boundary_is_left_out(document: Document) -> None:
    first, second = cut(document, [section(1, 3, "one"), section(4, 8, "two")])
    assert "mention m5" in first.dropped
    assert "Соколов" not in [m.text for m in (*first.document.mentions, *second.document.mentions)]


def test_sections_are_written_to_their_set(tmp_path: Path, document: Document) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "gone#old.json").write_text("{}", encoding="utf-8")
    cuts = cut(document, [section(1, 4, "one"), section(5, 8, "two", "test")])
    assert write(cuts, tmp_path) == {"dev": 1, "test": 1}
    assert [p.name for p in (tmp_path / "dev").iterdir()] == [f"{STEM}#one.json"]
    assert [p.name for p in (tmp_path / "test").iterdir()] == [f"{STEM}#two.json"]


def test_a_section_past_the_end_is_an_error(document: Document) -> None:
    with pytest.raises(AnnotationError, match="ends at line 99; the document has 9"):
        cut(document, [section(1, 99)])


@pytest.mark.parametrize(
    ("lines", "names", "words"),
    [
        (((1, 5), (5, 8)), ("one", "two"), "share lines"),
        (((1, 4), (5, 8)), ("one", "one"), "two sections one"),
        (((4, 1), (5, 8)), ("one", "two"), "lines"),
        (((1, 4), (5, 8)), ("One", "two"), "pattern"),
    ],
)
def test_a_manifest_that_cannot_be_meant_is_an_error(
    tmp_path: Path, lines: tuple[tuple[int, int], ...], names: tuple[str, ...], words: str
) -> None:
    path = tmp_path / "split.toml"
    rows = [
        f'[[section]]\ndocument = "x"\nname = "{name}"\nlines = [{a}, {b}]\nset = "dev"\n'
        for (a, b), name in zip(lines, names, strict=True)
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(AnnotationError, match=words):
        read_manifest(path)


def test_the_released_split_covers_every_line_of_the_corpus_once() -> None:
    sections = read_manifest(ROOT / "annotations" / "split.toml")
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        length = len(path.read_bytes().decode().split("\n"))
        covered = [
            line
            for s in sections
            if s.document == path.stem
            for line in range(s.lines[0], s.lines[1] + 1)
        ]
        assert sorted(covered) == list(range(1, length + 1)), path.name
