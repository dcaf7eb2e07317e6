"""Reading results: the documents of a folder, whatever its form, also while its run is unfinished."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pobratim.batch.frames import read_frame, read_lines
from pobratim.batch.layout import COMPRESSED, DOCUMENTS, STATE, open_part
from pobratim.batch.state import MADE, Part, open_state

CHUNK = 1 << 20


def results_file(folder: Path) -> Path | None:
    """The file of documents in a folder of results; ``None`` if it is no such folder."""
    for name in (COMPRESSED, DOCUMENTS):
        if (folder / name).is_file():
            return folder / name
    return None


def is_documents(file: Path) -> bool:
    """Whether ``file`` has a document a line, by its name."""
    return file.name.lower().endswith((".jsonl", ".jsonl.zst"))


def document_lines(file: Path, errors: str = "strict") -> Iterator[str]:
    """The lines of ``file``, compressed or not, without their ends.

    Beside the state of a run only what the run has made sure of is read. ``errors`` is what to do with
    bytes that are no UTF-8, as :meth:`bytes.decode` has it.
    """
    for line in _lines(file):
        yield line.rstrip(b"\n").decode("utf-8", errors)


def _lines(file: Path) -> Iterator[bytes]:
    parts = _parts(file.parent) if file.name in {COMPRESSED, DOCUMENTS} else None
    if parts is None:
        yield from read_lines(file) if file.suffix == ".zst" else _some(file, 0, None)
    elif file.name == DOCUMENTS:
        yield from _some(file, 0, parts[-1].base + parts[-1].length if parts else 0)
    else:
        for part in parts:
            if part.status == MADE:
                yield from read_frame(file, part.frame, part.frame_length).splitlines(keepends=True)
            else:
                yield from _some(open_part(file.parent, part.part), 0, part.length)


def _some(file: Path, start: int, size: int | None) -> Iterator[bytes]:
    with file.open("rb") as stream:
        stream.seek(start)
        for line in stream:
            if size is not None:
                size -= len(line)
                if size < 0:
                    return
            yield line


def _parts(folder: Path) -> list[Part] | None:
    """The parts that are made sure of; ``None`` where there is no state of a run."""
    if not (folder / STATE).is_file():
        return None
    with closing(open_state(folder)) as database:
        return [Part(*row) for row in database.execute("select * from parts order by part")]
