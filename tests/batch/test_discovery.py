"""What the command line names becomes a list of files with ids."""

import os
from pathlib import Path

import pytest

from pobratim.batch.discovery import Discovery
from pobratim.batch.ids import give_id
from pobratim.errors import InputError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("in/b.txt", "in/a.MD", "in/c.png", "in/deep/a.txt", "in/.hidden.txt", "in/plain"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def uris(*inputs: str) -> list[str]:
    return [item.uri for item in Discovery(inputs)]


def ids(*inputs: str) -> list[str]:
    taken: set[str] = set()
    for item in Discovery(inputs):
        taken.add(
            give_id("stdin" if item.uri == "-" else item.path.name, item.uri, taken.__contains__)
        )
    return sorted(taken)


def skipped(*inputs: str) -> dict[str, int]:
    found = Discovery(inputs)
    assert list(found)
    return dict(found.skipped)


def test_a_folder_gives_its_texts_by_sorted_path(folder: Path) -> None:
    assert uris("in") == ["in/a.MD", "in/b.txt", "in/deep/a.txt"]


def test_other_types_in_a_folder_are_counted_by_suffix(folder: Path) -> None:
    assert skipped("in") == {".png": 1, "no suffix": 1}


def test_inputs_keep_the_order_they_were_given_in(folder: Path) -> None:
    assert uris("in/deep/a.txt", "in/b.txt", "in/a.MD") == ["in/deep/a.txt", "in/b.txt", "in/a.MD"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert uris("in/b.txt", "in", "./in/b.txt").count("in/b.txt") == 1
    assert len(uris("in/b.txt", "in", "./in/b.txt")) == 3


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("in/*.txt", ["in/b.txt"]),
        ("in/**/*.txt", ["in/b.txt", "in/deep/a.txt"]),
        ("in/*", ["in/a.MD", "in/b.txt", "in/deep/a.txt"]),
        ("in/**/*", ["in/a.MD", "in/b.txt", "in/deep/a.txt"]),
    ],
)
def test_a_pattern_is_expanded(folder: Path, pattern: str, expected: list[str]) -> None:
    assert uris(pattern) == expected


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(folder: Path) -> None:
    Path("in/[1].txt").write_text("x")
    assert uris("in/[1].txt") == ["in/[1].txt"]


def test_a_file_named_itself_is_taken_whatever_its_type(folder: Path) -> None:
    assert uris("in/c.png", "in/plain") == ["in/c.png", "in/plain"]


def test_ids_are_stems_and_longer_only_where_stems_collide(folder: Path) -> None:
    assert ids("in") == ["a", "b", "in/deep/a"]


def test_ids_keep_the_suffix_where_paths_collide_without_it(folder: Path) -> None:
    Path("in/b.md").write_text("x")
    Path("in/b").mkdir()
    Path("in/b/b.md").write_text("x")
    assert ids("in/b.txt", "in/b.md", "in/b/b.md") == ["b", "in/b", "in/b/b"]


def test_standard_input_has_an_id_of_its_own(folder: Path) -> None:
    Path("stdin.txt").write_text("x")
    assert ids("-") == ["stdin"]
    assert len(set(ids("-", "stdin.txt"))) == 2


def test_a_missing_path_is_an_item_that_fails_later(folder: Path) -> None:
    assert uris("in/b.txt", "nowhere.txt") == ["in/b.txt", "nowhere.txt"]


def test_a_pattern_without_match_is_an_item_with_an_error(folder: Path) -> None:
    assert isinstance(list(Discovery(["in/b.txt", "*.xyz"]))[1].error, InputError)


def test_a_name_that_is_no_utf8_can_still_be_written_down(folder: Path) -> None:
    name = os.fsdecode(b"\xcc\xfd\xf0.txt")
    Path("in", name).write_text("x")
    (item,) = Discovery([f"in/{name}"])
    assert item.uri == r"in/\xcc\xfd\xf0.txt"
    assert item.path.read_text() == "x"


def test_links_that_make_a_loop_end(folder: Path) -> None:
    Path("in/deep/up").symlink_to(folder / "in")
    assert len(uris("in")) == 3


def test_a_pipe_in_a_folder_is_skipped_and_stops_nothing(folder: Path) -> None:
    os.mkfifo("in/pipe.txt")
    assert skipped("in")["pipe or device"] == 1
    assert len(uris("in")) == 3


def test_a_folder_of_many_files_is_sorted_on_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pobratim.batch.discovery.NAMES_IN_MEMORY", 7)
    Path("many").mkdir()
    names = [f"{'ab'[index % 2]}\n{index}.txt" for index in range(50)]
    for name in names:
        Path("many", name).write_text("x")
    beats: list[int] = []
    found = Discovery(["many"], lambda: beats.append(1))
    assert [item.path.name for item in found] == sorted(names)
    assert len(beats) == 7
    assert len(uris("many", "many/a*")) == 50


def test_a_link_out_of_the_folder_is_an_error_and_one_within_is_read(folder: Path) -> None:
    Path("secret.txt").write_text("a", encoding="utf-8")
    Path("in/out.txt").symlink_to(folder / "secret.txt")
    Path("in/within.txt").symlink_to(folder / "in" / "a.txt")
    told = {item.uri: item.error for item in Discovery(["in"])}
    assert "leads out of the folder" in str(told["in/out.txt"])
    assert told["in/within.txt"] is None
