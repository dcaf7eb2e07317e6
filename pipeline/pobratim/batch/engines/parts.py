"""The tables of a part, made on another machine and brought back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pobratim.batch.layout import open_part
from pobratim.batch.parts import make_part
from pobratim.batch.tasks import PartMaking


def lines_of(task: PartMaking) -> tuple[bytes, bytes]:
    """The lines of documents and errors that a part is made of."""
    return _bytes(*task.documents), _bytes(*task.errors)


def _bytes(path: Path, start: int, length: int) -> bytes:
    if not length:
        return b""
    with path.open("rb") as stream:
        stream.seek(start)
        return stream.read(length)


def made_of(
    part: int, documents: bytes, errors: bytes, compress: bool
) -> tuple[dict[str, int], dict[str, bytes]]:
    """How many rows each table has, and the files by their names in the folder of results."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Lines that are compressed are taken from the part's own file.
        raw = open_part(folder, part)
        failed = folder / "errors"
        raw.parent.mkdir()
        raw.write_bytes(documents)
        failed.write_bytes(errors)
        told = (raw, 0, len(documents)), (failed, 0, len(errors))
        counts = make_part(folder, part, *told, compress)
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.parent != folder and path != raw
        }
    return counts, files
