"""A run that was stopped goes on and ends as if it had not been; nothing is done twice."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from contextlib import chdir
from pathlib import Path

import pytest
from resuming import start, wait_for
from runs import Silent, documents, errors, files, go, many, table

from pobratim.errors import OutputError

pytestmark = pytest.mark.usefixtures("folder")


def extracted() -> list[str]:
    """The inputs that were really extracted, in the order they were."""
    return Path("log").read_text().split() if Path("log").exists() else []


@pytest.mark.parametrize(("compress", "ordered"), [(False, True), (True, True), (False, False)])
def test_killed_at_any_instant_it_ends_with_the_same_bytes(compress: bool, ordered: bool) -> None:
    many(120)
    for index in range(0, 120, 17):
        Path(f"in/{index:04}.txt").write_text(f"FAIL {index}")
    for index in range(1, 120, 2):
        Path(f"in/{index:04}.txt").write_text(f"SLEEP 0.0{index:03}")
    options = f"part_inputs=25, compress={compress}, ordered={ordered}"
    go(out="whole", part_inputs=25, compress=compress, ordered=ordered)
    chance = random.Random(compress * 2 + ordered)
    for _ in range(5):
        process = start(f"go({options})")
        wait_for(lambda: Path("out/run.sqlite").exists())
        time.sleep(0.2 + chance.random() * 0.6)
        process.kill()
        process.communicate()
    go(part_inputs=25, compress=compress, ordered=ordered)
    if ordered:
        assert files() == files("whole")
    else:
        assert sorted(each.id for each in documents()) == sorted(
            each.id for each in documents("whole")
        )
        assert Counter(row["uri"] for row in errors()) == Counter(
            row["uri"] for row in errors("whole")
        )
        assert len(table("documents")) == len(documents())


def test_what_is_done_is_not_done_again() -> None:
    go(log="log")
    summary = go(log="log")
    assert len(extracted()) == 2
    assert (summary.documents, summary.extracted, summary.kept) == (2, 0, 2)


def test_the_same_command_on_the_same_files_changes_nothing() -> None:
    many(20)
    go(part_inputs=6)
    before = files(), Path("out/results.duckdb").stat().st_mtime_ns
    go(part_inputs=6)
    assert (files(), Path("out/results.duckdb").stat().st_mtime_ns) == before


def test_a_renamed_file_is_not_extracted_again_but_has_its_new_name() -> None:
    many(10)
    go(log="log")
    Path("in/0004.txt").rename("in/0004-renamed.txt")
    watcher = Silent()
    go(log="log", watcher=watcher)
    assert len(extracted()) == 12
    assert "0004-renamed" in watcher.reused
    (document,) = [each for each in documents() if each.id == "0004-renamed"]
    assert document.source.uri == "in/0004-renamed.txt"
    go(out="anew", log="other")
    assert files() == files("anew")


@pytest.fixture(scope="module")
def runs_of_twenty(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Folders with twenty-two inputs and the results of a run over them, not compressed and compressed."""
    places = {compress: tmp_path_factory.mktemp("twenty") for compress in (False, True)}
    for compress, place in places.items():
        (place / "in").mkdir()
        (place / "in" / "a.txt").write_text("Kazan is old.")
        (place / "in" / "b.txt").write_text("Harbin is new.")
        with chdir(place):
            many(20)
            go(part_inputs=6, compress=compress, log="log")
    return places


@pytest.mark.parametrize(
    ("change", "compress"),
    [
        ("added", False),
        ("added at the end", False),
        ("added at the end", True),
        ("removed", False),
        ("changed", True),
        ("all gone", False),
    ],
)
def test_changed_inputs_give_what_a_new_run_would(
    change: str, compress: bool, runs_of_twenty: dict[bool, Path]
) -> None:
    shutil.copytree(runs_of_twenty[compress], ".", dirs_exist_ok=True)
    if change == "added":
        Path("in/0003-more.txt").write_text("Sanya is warm.")
    elif change == "added at the end":
        Path("in/zzz.txt").write_text("Sanya is warm.")
    elif change == "removed":
        Path("in/0008.txt").unlink()
    elif change == "changed":
        Path("in/0008.txt").write_text("Sanya is warm.")
    else:
        for path in Path("in").glob("00*.txt"):
            path.unlink()
    go(part_inputs=6, compress=compress, log="log")
    assert len(extracted()) == 22 + (change not in {"removed", "all gone"})
    go(out="anew", part_inputs=6, compress=compress)
    assert files() == files("anew")
    assert len(table("documents")) == len(documents())


def test_a_file_that_was_touched_is_known_by_its_content() -> None:
    go(log="log")
    Path("in/a.txt").touch()
    go(log="log")
    assert len(extracted()) == 2


def test_two_files_of_one_content_are_extracted_once() -> None:
    for name in ("c", "d", "e"):
        Path(f"in/{name}.txt").write_text("Ufa SLEEP")
    go(log="log", workers=3)
    assert len(extracted()) == 3
    assert [document.id for document in documents()] == ["a", "b", "c", "d", "e"]


def test_another_pipeline_does_everything_anew() -> None:
    go(log="log")
    go(log="./log")
    assert len(extracted()) == 4


def test_force_does_everything_anew() -> None:
    go(log="log")
    go(log="log", force=True)
    assert len(extracted()) == 4


def test_failures_are_kept_until_they_are_to_be_tried_again() -> None:
    many(20)
    Path("in/0004.txt").write_text("ONCE mark")
    Path("mark").touch()
    Path("in/0007.txt").write_text("FAIL")
    go("in", "gone.txt", log="log", part_inputs=3)
    go("in", "gone.txt", log="log", part_inputs=3)
    assert len(extracted()) == 22
    Path("gone.txt").write_text("Perm")
    summary = go("in", "gone.txt", log="log", part_inputs=3, retry_failed=True)
    assert len(extracted()) == 24
    assert (summary.documents, summary.failures) == (22, 1)
    go("in", "gone.txt", out="anew", part_inputs=3)
    assert files() == files("anew")


def test_out_of_order_changed_inputs_give_the_same_set_as_a_new_run() -> None:
    many(20)
    go(part_inputs=6, ordered=False, log="log")
    Path("in/0003.txt").rename("in/0003-renamed.txt")
    Path("in/0009.txt").unlink()
    go(part_inputs=6, ordered=False, log="log")
    assert len(extracted()) == 22
    go(out="anew", part_inputs=6)
    assert sorted(document.to_json() for document in documents()) == sorted(
        document.to_json() for document in documents("anew")
    )
    assert len(table("documents")) == 21


def test_another_form_is_made_of_what_is_there() -> None:
    many(10)
    go(part_inputs=4, log="log")
    go(part_inputs=4, log="log", compress=True)
    assert len(extracted()) == 12
    go(out="anew", part_inputs=4, compress=True)
    assert files() == files("anew")


def test_lost_tables_are_made_again() -> None:
    many(10)
    go(part_inputs=4)
    before = files()
    Path("out/tables/cities/00001.parquet").unlink()
    go(part_inputs=4)
    assert files() == before


def test_a_shortened_file_is_told_of() -> None:
    go()
    os.truncate("out/documents.jsonl", 10)
    with pytest.raises(OutputError, match="shorter than it was left"):
        go()


def test_two_runs_do_not_share_a_folder() -> None:
    Path("in/a.txt").write_text("SLEEP 60")
    process = start("go()")
    wait_for(lambda: Path("out/run.sqlite").exists())
    try:
        with pytest.raises(OutputError, match="in use by another run"):
            go()
    finally:
        process.kill()
        process.communicate()


def test_after_ctrl_c_what_was_done_is_kept() -> None:
    many(40)
    Path("in/zz.txt").write_text("SLEEP 60")
    process = start("go(log='log')")
    wait_for(lambda: len(extracted()) == 43)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=10)
    assert b"KeyboardInterrupt" in complaint
    assert len(documents()) == 42
    Path("in/zz.txt").write_text("Ufa")
    go(log="log")
    assert len(extracted()) == 44
    go(out="anew")
    assert files() == files("anew")


def test_no_process_outlives_a_killed_run() -> None:
    Path("in/a.txt").write_text("SLEEP 60")
    Path("in/b.txt").write_text("HANG")
    process = start("go(log='log')")
    wait_for(lambda: len(extracted()) == 2)
    assert alive(process.pid)
    before = family(process.pid)
    process.kill()
    process.communicate()
    wait_for(lambda: not any(alive(pid) for pid in before))


def family(parent: int) -> list[int]:
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    found = [parent]
    for _ in range(3):
        found += [pid for pid, above in pairs if above in found and pid not in found]
    assert len(found) > 3
    return found


def alive(pid: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_told_of_and_the_run_goes_on_when_there_is_room() -> None:
    many(60, words="long " * 4000)
    go(out="whole")
    Path("small").mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "small", "small"])
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        with pytest.raises(OutputError, match="what is done is kept"):
            go(out="small/out")
        subprocess.run(["mount", "-o", "remount,size=64m", "small"], check=True)
        go(out="small/out")
        assert files("small/out") == files("whole")
    finally:
        subprocess.run(["umount", "-l", "small"], check=True)
