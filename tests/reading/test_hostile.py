"""Files made to do harm cost little time and memory, and end in a clear error or a text."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hostile import CONTAINERS, DOCUMENTS

from pobratim.errors import InputError
from pobratim.reading.members import members, read_member

SECONDS = 15
MEGABYTES = 700
READ = {
    "HTML of entities", "EPUB that laughs", "RTF of a million cells", "RTF of backslashes",
    "PDF of 20,000 rows of cells", "PDF of letters out of order", "CSV whose quote never ends",
    "ODT of endless spaces and cells", "DOCX of endless columns", "HTML of 20,000 menus",
    "RTF whose lengths lie", "PDF of an image in its text that lies", "WARC whose chunk lies",
}  # fmt: skip
"""Those that are read: what they have is text, or shown as it is."""


def outcome(path: Path, pipe: Connection) -> None:
    """Read all in ``path``: each length or error, and the processor seconds and megabytes it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    told: list[str] = []
    for member in members(path, path.name):
        try:
            told.append(f"text {len(read_member(member).text)}")
        except InputError as error:
            told.append(f"{type(error).__name__}: {error}")
    took = time.process_time() - began
    used = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    pipe.send((told[:5], len(told), took, used))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
@pytest.mark.parametrize(
    ("name", "file", "make"),
    [(name, "a.bin", make) for name, make in DOCUMENTS.items()]
    + [(name, file, make) for name, (file, make) in CONTAINERS.items()],
    ids=[*DOCUMENTS, *CONTAINERS],
)
def test_a_hostile_file_is_refused_or_bounded(
    name: str, file: str, make: Callable[[], bytes], tmp_path: Path
) -> None:
    (tmp_path / file).write_bytes(make())
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(
        target=outcome, args=(tmp_path / file, theirs)
    )
    child.start()
    theirs.close()
    ended = ours.poll(4 * SECONDS)
    if not ended:
        child.kill()
    assert ended
    told, count, took, used = ours.recv()
    child.join()
    assert took < SECONDS
    assert used < MEGABYTES
    assert count >= 1
    assert told[0].startswith("text " if name in READ else ("InputError: ", "EmptyInputError: ")), (
        told
    )


@pytest.mark.parametrize(
    "name", ["DOCX that reads a file", "ODT that reads a file", "EPUB that laughs in its index"]
)
def test_entities_are_refused_and_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(DOCUMENTS[name]())
    (member,) = members(tmp_path / "a", "a")
    with pytest.raises(InputError, match="entit"):
        read_member(member)
