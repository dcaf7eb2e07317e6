"""One DuckDB file with every table and the views that are asked for most.

The tables are in the file itself, not views over Parquet: so it can be moved and copied alone, and be
queried with all access to other files and the network switched off.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pobratim.batch.layout import DATABASE, TABLES, sync_folder
from pobratim.batch.tables import COLUMNS
from pobratim.batch.views import VIEWS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "512MB"


def make_database(folder: Path, parts: int) -> None:
    """Write the file under a temporary name, then move it to its place."""
    import duckdb

    target = folder / DATABASE
    draft = target.with_name(f"{DATABASE}.tmp")
    for path in (draft, draft.with_name(f"{draft.name}.wal")):
        path.unlink(missing_ok=True)
    # In the folder of the tables their names hold nothing that a pattern would be read from.
    with _inside(folder / TABLES):
        database = duckdb.connect(
            f"../{draft.name}",
            config={"threads": 1, "memory_limit": MEMORY, "autoinstall_known_extensions": False},
        )
        try:
            database.execute("set enable_progress_bar = false")
            for table in COLUMNS:
                source = f"read_parquet('{table}/*.parquet')"
                database.execute(f'create table "{table}" as select * from {source}')
            add_views(database)
            database.execute("checkpoint")
        finally:
            database.close()
    with draft.open("rb") as stream:
        os.fsync(stream.fileno())
    draft.replace(target)
    sync_folder(folder)


def add_views(database: DuckDBPyConnection) -> None:
    """Add every view, with what it tells as its comment."""
    for view in VIEWS:
        database.execute(f'create view "{view.name}" as {view.query}')
        comment = view.comment.replace("'", "''")
        database.execute(f"comment on view \"{view.name}\" is '{comment}'")


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
