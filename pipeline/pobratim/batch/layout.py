"""The files of a folder of results, and whether a folder is one."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from pobratim.errors import OutputError

DOCUMENTS = "documents.jsonl"
COMPRESSED = "documents.jsonl.zst"
ERRORS = "errors.jsonl"
TABLES = "tables"
DATABASE = "results.duckdb"
STATE = "run.sqlite"
OPEN_PARTS = "parts"
"""With --compress, the lines of the parts that are not yet compressed."""
PREVIOUS = "previous"
"""Lines of an earlier run while a later one takes from them what it can."""
STDIN_COPY = "stdin"

REVIEW = "review.sqlite"
"""What annotators corrected; a run leaves it alone."""


def _with_companions(database: str) -> set[str]:
    """The names of the files of an SQLite database."""
    return {database, f"{database}-wal", f"{database}-shm", f"{database}-journal"}


_NAMES = _with_companions(STATE) | {
    DOCUMENTS,
    COMPRESSED,
    ERRORS,
    TABLES,
    DATABASE,
    f"{DATABASE}.tmp",
    f"{DATABASE}.tmp.wal",
    OPEN_PARTS,
    PREVIOUS,
    STDIN_COPY,
}
_KEPT = _with_companions(REVIEW)
_PART = re.compile(r"\d{5,}\.parquet(\.tmp)?")


def check_usable(out: Path) -> None:
    """Raise :class:`~pobratim.errors.OutputError` unless a run may have ``out`` for its results."""
    if not os.path.lexists(out):
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file; name a folder for the results with --out")
    foreign = _foreign(out)
    if foreign:
        raise OutputError(
            f"{out} holds {foreign!r}, which is no result of an earlier run; "
            "name a new or empty folder with --out"
        )


def _foreign(place: Path) -> str | None:
    """The first file in ``place`` that a run did not write."""
    names = sorted({path.name for path in place.iterdir()} - _KEPT)
    for name in names:
        if name not in _NAMES:
            return name
    if names and STATE not in names and DOCUMENTS not in names:
        return names[0]
    from pobratim.batch.tables import COLUMNS

    tables = place / TABLES
    for path in sorted(tables.iterdir()) if tables.is_dir() else []:
        if path.is_dir() and path.name in COLUMNS:
            for part in sorted(path.iterdir()):
                if not _PART.fullmatch(part.name):
                    return f"{TABLES}/{path.name}/{part.name}"
        elif path.name.removesuffix(".parquet") not in COLUMNS:
            return f"{TABLES}/{path.name}"
    return None


def is_ours(name: str) -> bool:
    """Whether a run may have written the file ``name`` of its folder."""
    top, _, rest = name.partition("/")
    return top in _NAMES or (top == TABLES and bool(_PART.fullmatch(rest.rpartition("/")[2])))


def table_part(folder: Path, table: str, part: int) -> Path:
    """The Parquet file of one part of one table."""
    return folder / TABLES / table / f"{part:05}.parquet"


def open_part(folder: Path, part: int) -> Path:
    """The lines of one part of a compressed run, until they are compressed."""
    return folder / OPEN_PARTS / f"{part:05}.jsonl"


def clear_tables(folder: Path, parts: int) -> None:
    """Remove every table file but those of the first ``parts`` parts."""
    tables = folder / TABLES
    for path in sorted(tables.iterdir()) if tables.is_dir() else []:
        if not path.is_dir():
            path.unlink()
            continue
        for file in sorted(path.iterdir()):
            number = file.name.removesuffix(".parquet")
            if not number.isdigit() or int(number) >= parts:
                file.unlink()


def clear_results(folder: Path) -> None:
    """Remove everything that a run writes, but not the folder."""
    for name in sorted(_NAMES):
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
