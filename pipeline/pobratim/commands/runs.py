"""``pobratim runs``: what a folder of results holds, and how it came to be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = """
[bold]Examples[/bold]

  pobratim runs results

  pobratim runs results --json
"""

FAILURES_SHOWN = 20


def runs(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder that `pobratim extract` wrote.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object.")] = False,
) -> None:
    """Show what a folder of results holds: runs, versions, counts, failures."""
    from pobratim.batch.overview import overview

    found = overview(folder, FAILURES_SHOWN)
    if as_json:
        typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from pobratim.showing.visible import on_one_line

    console = Console()
    table = Table(title="Runs", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in ("run", "began (UTC)", "version", "status"):
        table.add_column(name, no_wrap=True)
    for name in ("new", "reused", "failed", "seconds"):
        table.add_column(name, justify="right")
    for run in found.runs:
        table.add_row(
            str(run["run"]),
            run["began"].partition("+")[0].replace("T", " "),
            run["version"],
            run["status"],
            *(f"{run[name]:,}" for name in ("extracted", "reused", "failed")),
            f"{run['seconds']:,.1f}",
        )
    console.print(table)
    held = Table(title="Holds", title_justify="left", show_header=False)
    held.add_column()
    held.add_column(justify="right")
    held.add_row("documents", f"{found.documents:,}")
    held.add_row("failures", f"{found.failures:,}")
    held.add_row("finished", "yes" if found.finished else "no; the same extract command goes on")
    for name, rows in found.rows.items():
        if name not in {"documents", "errors"}:
            held.add_row(name, f"{rows:,}")
    console.print(held)
    for failure in found.failed:
        told = f"{failure['uri']}: {failure['code']}: {failure['message']}"
        console.print(Text(on_one_line(told), style="red"), soft_wrap=True)
    if found.failures > len(found.failed):
        typer.echo(f"and {found.failures - len(found.failed):,} more failures in errors.jsonl")
