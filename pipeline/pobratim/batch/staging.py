"""Results whole or not at all: written beside their place, then moved there in one step."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pobratim.batch.sinks import DOCUMENTS, ERRORS, TABLES
from pobratim.batch.tables import COLUMNS
from pobratim.errors import OutputError

_FILES = frozenset(f"{name}.parquet" for name in COLUMNS)


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """A new folder to write in, which takes the place of ``out`` when the block ends well.

    If the block raises, or is interrupted, the folder is removed and ``out`` stays as it was.
    Raises :class:`~pobratim.errors.OutputError` if ``out`` is neither absent, empty nor an earlier
    result, or where the disk does not let it be written.
    """
    place = Path(os.path.realpath(out))
    folder = place.with_name(f".{place.name}.writing-{uuid.uuid4().hex[:8]}")
    try:
        check_replaceable(place, out)
        folder.mkdir(parents=True)
        yield folder
        _swap(folder, place)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{out} could not be written: {reason}; it is as it was before"
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_replaceable(place: Path, named: Path | None = None) -> None:
    """Raise :class:`~pobratim.errors.OutputError` unless ``place`` may be replaced by results."""
    if not os.path.lexists(place):
        return
    if not place.is_dir():
        raise OutputError(f"{named or place} is a file; name a folder for the results with --out")
    foreign = _foreign(place)
    if foreign:
        raise OutputError(
            f"{named or place} holds {foreign!r}, which is no result of an earlier run; "
            "name a new or empty folder with --out"
        )


def _foreign(place: Path) -> str | None:
    """The first file in ``place`` that a run did not write."""
    names = sorted(path.name for path in place.iterdir())
    for name in names:
        if name not in {DOCUMENTS, ERRORS, TABLES}:
            return name
    if names and DOCUMENTS not in names:
        return names[0]
    tables = place / TABLES
    if tables.is_dir():
        for path in sorted(tables.iterdir()):
            if path.name not in _FILES:
                return f"{TABLES}/{path.name}"
    return None


def _swap(folder: Path, place: Path) -> None:
    """Put ``folder`` at ``place``; what was there comes back if that fails."""
    previous = place.with_name(f".{place.name}.previous-{uuid.uuid4().hex[:8]}")
    had_one = place.is_dir()
    if had_one:
        place.rename(previous)
    try:
        folder.rename(place)
    except BaseException:
        if had_one:
            previous.rename(place)
        raise
    if had_one:
        shutil.rmtree(previous, ignore_errors=True)
