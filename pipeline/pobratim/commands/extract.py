"""``pobratim extract``: files to records and tables."""

from __future__ import annotations

import signal
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from pobratim.stages.neural.choices import DEFAULT, HELP

EXAMPLE = """
[bold]Examples[/bold]

  pobratim extract corpus --out results

  pobratim extract report.txt 'news/**/*.md' --out results

  curl -s URL | pobratim extract - --out results
"""

DEFAULT_MAX_BYTES = 64 << 20
WARM_UP = (
    "The mayor, John Smith, lives in Paris. Мэр Иван Петров подписал соглашение в Париже в мае."
)
"""What is extracted before the clock starts, so that every model is loaded, or its lack told."""


def extract(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders (.txt and .md in them), quoted patterns, - for standard input.",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="The folder for the results.")
    ],
    max_bytes: Annotated[
        int, typer.Option(min=1, help="A longer file is an error.")
    ] = DEFAULT_MAX_BYTES,
    entities: Annotated[str, typer.Option(metavar="MODEL", help=HELP)] = DEFAULT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing but errors.")] = False,
) -> None:
    """Extract records from texts into tables and JSON.

    Writes DIR/documents.jsonl, DIR/tables/*.parquet and, where an input
    failed, DIR/errors.jsonl. They appear whole when the run ends, or not at
    all; earlier results in DIR are replaced. The exit status is 1 if any
    input failed, 2 if nothing could be done.
    """
    from functools import partial

    from rich.console import Console

    from pobratim.batch.discovery import discover
    from pobratim.batch.progress import RunProgress, summary_table
    from pobratim.batch.run import run
    from pobratim.batch.staging import check_replaceable
    from pobratim.stages.neural.choices import check

    check(entities)
    found = discover(inputs)
    check_replaceable(out)
    signal.signal(signal.SIGTERM, _stop)
    import pobratim

    extract_one = partial(pobratim.extract, entities=entities)
    console = Console(stderr=True)
    with console.status("Loading models"):
        extract_one(WARM_UP)
    size = sum(item.size for item in found.items)
    with RunProgress(console, len(found.items), size, quiet=quiet) as progress:
        summary = run(
            found,
            out,
            extract_one,
            progress,
            max_bytes=max_bytes,
            debug=bool((context.obj or {}).get("debug")),
        )
    if not quiet:
        Console().print(summary_table(summary))
    raise typer.Exit(1 if summary.failures else 0)


def _stop(number: int, frame: FrameType | None) -> None:
    """End as on Ctrl-C, so that what was half written is removed."""
    raise SystemExit(128 + number)
