"""What the state of a folder of results tells of it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pobratim.batch.layout import ERRORS, STATE
from pobratim.batch.state import open_state
from pobratim.errors import InputError


@dataclass(frozen=True, slots=True)
class Overview:
    """The runs, what they made, and the first failures; ``rows`` are of tables already made."""

    runs: list[dict[str, Any]]
    documents: int
    failures: int
    finished: bool
    rows: dict[str, int]
    failed: list[dict[str, Any]]

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


def overview(folder: Path, failures: int) -> Overview:
    """What ``folder`` holds, with at most so many failures.

    Raises :class:`~pobratim.errors.InputError` if it is no folder of results.
    """
    if not (folder / STATE).is_file():
        raise InputError(f"{folder}: no results of a run; `pobratim extract` writes them")
    try:
        with closing(open_state(folder)) as database:
            return _overview(folder, database, failures)
    except sqlite3.Error as error:
        raise InputError(f"{folder / STATE} cannot be read: {error}") from error


def _overview(folder: Path, database: sqlite3.Connection, failures: int) -> Overview:
    database.row_factory = sqlite3.Row
    runs = [dict(row) for row in database.execute("select * from runs order by run")]
    for run in runs:
        run["command"] = json.loads(run["command"])
    parts = list(database.execute("select documents, failed, errors_length, rows from parts"))
    rows: dict[str, int] = {}
    for part in parts:
        for name, number in json.loads(part["rows"]).items():
            rows[name] = rows.get(name, 0) + number
    made = database.execute("select value from meta where name = 'database'").fetchone()
    failed = sum(part["failed"] for part in parts)
    return Overview(
        runs=runs,
        documents=sum(part["documents"] for part in parts),
        failures=failed,
        finished=bool(made and made["value"] == "made"),
        rows=rows,
        failed=_failed(folder / ERRORS, min(failures, failed)),
    )


def _failed(path: Path, number: int) -> list[dict[str, Any]]:
    if not number or not path.is_file():
        return []
    with path.open("rb") as stream:
        return [json.loads(line) for line in islice(stream, number)]
