"""A document that crashes, hangs or eats memory costs itself and no other."""

import os
import signal
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from runs import Silent, documents, errors, files, go, many

pytestmark = pytest.mark.usefixtures("folder")


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("CRASH", "crash", "died of SIGSEGV"),
        ("LEAVE", "crash", "died of exit status 3"),
        ("HANG", "timeout", "took longer than 0.5 s; raise --timeout"),
        ("EAT", "memory", "needed more than 300 MB of memory; raise --max-memory"),
    ],
)
def test_a_bad_document_is_tried_twice_and_told_of(text: str, code: str, said: str) -> None:
    many(6)
    Path("in/0003.txt").write_text(text)
    go(timeout=0.5 if text == "HANG" else 30, max_memory=300 << 20)
    (row,) = errors()
    assert (row["uri"], row["stage"], row["code"], row["attempts"]) == (
        "in/0003.txt",
        "extracting",
        code,
        2,
    )
    assert said in row["message"]
    assert len(documents()) == 7
    if text != "LEAVE":
        assert "extractors.py" in row["traceback"]


def test_a_crash_costs_no_document_that_its_worker_had_ahead() -> None:
    many(150)
    Path("in/0120.txt").write_text("LEAVE")
    go(workers=1, log="log")
    times = Counter(Path("log").read_text().split())
    assert times.pop("in/0120.txt") == 2
    assert set(times.values()) == {1}
    assert [row["uri"] for row in errors()] == ["in/0120.txt"]
    assert len(documents()) == 151


def test_a_document_whose_worker_was_killed_once_is_done_at_the_second_attempt() -> None:
    Path("in/a.txt").write_text("ONCE mark")
    watcher = Silent()
    go(watcher=watcher)
    assert (len(documents()), watcher.failures) == (2, [])


def test_the_many_failures_of_a_run_leave_no_process_and_no_open_file() -> None:
    many(20)
    for index in range(0, 20, 2):
        Path(f"in/{index:04}.txt").write_text(f"LEAVE {index}")
    before = len(os.listdir("/proc/self/fd"))
    assert go().failures == 10
    assert len(os.listdir("/proc/self/fd")) == before
    assert not children()


def children() -> list[str]:
    told = subprocess.run(
        ["ps", "-o", "pid=,comm=", "--ppid", str(os.getpid())], capture_output=True
    )
    return [line for line in told.stdout.decode().splitlines() if "python" in line]


class Killer(Silent):
    """Kills a process of the run, if there is one, when every fifteenth document is done."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target
        self.seen = self.killed = 0

    def done(self, id: str, characters: int, size: int, *, reused: bool) -> None:
        self.seen += 1
        if self.seen % 15 == 0 and (living := descendants()[self.target]):
            self.killed += 1
            os.kill(living[-1], signal.SIGKILL)


def descendants() -> dict[str, list[int]]:
    """The nursery of this process and its children."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    nursery = [pid for pid, parent in pairs if parent == os.getpid()]
    nursery = [pid for pid in nursery if "nursery" in command_of(pid)]
    return {"nursery": nursery, "others": [pid for pid, parent in pairs if parent in nursery]}


def command_of(pid: int) -> str:
    path = Path(f"/proc/{pid}/cmdline")
    return path.read_text() if path.exists() else ""


@pytest.mark.parametrize("target", ["nursery", "others"])
def test_a_run_goes_on_when_its_processes_are_killed(target: str) -> None:
    many(60)
    for index in range(60):
        Path(f"in/{index:04}.txt").write_text(f"SLEEP 0.01{index:03}")
    go(out="whole")
    killer = Killer(target)
    go(watcher=killer, workers=2)
    assert killer.killed >= 2
    assert files() == files("whole")
