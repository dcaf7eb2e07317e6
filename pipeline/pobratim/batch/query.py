"""Questions to results in SQL, from which nothing but the results can be reached."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pobratim.batch.layout import DATABASE, STATE
from pobratim.batch.state import open_state
from pobratim.errors import InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS_AT_ONCE = 1_000
LOCKED: dict[str, Any] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
"""No other file, no network, no extension and no variable of this program; then that is locked."""


class Answer(NamedTuple):
    """The names of the columns, and the rows as they come."""

    columns: list[str]
    rows: Iterator[tuple[Any, ...]]


@contextmanager
def answer(folder: Path, sql: str) -> Iterator[Answer]:
    """What ``sql`` finds in the database of ``folder``, which is opened read only.

    Raises :class:`~pobratim.errors.InputError` where there is no database, its run is unfinished, or
    the query is wrong.
    """
    import duckdb

    with closing(_open(folder)) as database:
        try:
            found = database.execute(sql)
            columns = [each[0] for each in found.description or ()]
            yield Answer(columns, _rows(found))
        except duckdb.Error as error:
            raise InputError(f"the query failed: {' '.join(str(error).split())}") from error


def _rows(found: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := found.fetchmany(ROWS_AT_ONCE):
        yield from rows


def _open(folder: Path) -> DuckDBPyConnection:
    import duckdb

    path = folder / DATABASE
    if not (folder / STATE).is_file():
        raise InputError(f"{folder}: no results of a run; `pobratim extract` writes them")
    with closing(open_state(folder)) as state:
        row = state.execute("select value from meta where name = 'database'").fetchone()
    if not path.is_file() or not row or row[0] != "made":
        raise InputError(
            f"{folder}: its run is not finished, so there is no {DATABASE}; "
            "give the same extract command again to finish it"
        )
    try:
        database = duckdb.connect(os.fspath(path), read_only=True, config=LOCKED)
        database.execute("set enable_progress_bar = false")
        database.execute("set lock_configuration = true")
        return database
    except duckdb.Error as error:
        raise InputError(f"{path} cannot be opened: {' '.join(str(error).split())}") from error
