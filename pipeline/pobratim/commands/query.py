"""``pobratim query``: results asked in SQL."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pobratim.batch.query import Answer

EXAMPLE = """
[bold]Examples[/bold]

  pobratim query results "select name_en, count(*) from agreements_by_city group by all"

  pobratim query results "select * from counts_over_time where counted = 'ребёнок'" --csv

  pobratim query results "show tables"
"""

ROWS_SHOWN = 1_000


def query(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that `pobratim extract` wrote.")
    ],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A query in DuckDB's SQL.")],
    as_csv: Annotated[bool, typer.Option("--csv", help="Write comma-separated values.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, an object a line.")] = False,
) -> None:
    """Ask results in SQL: the tables, and views such as agreements_by_city.

    Nothing is changed, and no other file and no network can be reached from
    SQL. docs/runs.md lists the views.
    """
    if as_csv and as_json:
        raise typer.BadParameter("choose one of --csv and --json")
    from pobratim.batch.query import answer

    with answer(folder, sql) as found:
        if as_json:
            for row in found.rows:
                told = dict(zip(found.columns, row, strict=True))
                sys.stdout.write(json.dumps(told, ensure_ascii=False, default=_plain) + "\n")
        elif as_csv or not sys.stdout.isatty():
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(found.columns)
            writer.writerows([_cell(value) for value in row] for row in found.rows)
        else:
            _show(found)


def _show(found: Answer) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pobratim.showing.visible import on_one_line

    table = Table()
    for name in found.columns:
        table.add_column(Text(name))
    for row in islice(found.rows, ROWS_SHOWN):
        table.add_row(*(Text(on_one_line(_cell(value))) for value in row))
    Console().print(table)
    if next(found.rows, None) is not None:
        typer.echo(f"the first {ROWS_SHOWN:,} rows; --csv or --json gives all", err=True)


def _cell(value: Any) -> str:
    """A value in a table or in CSV: lists as JSON, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
