"""``pobratim extract``: files to records and tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pobratim.stages.neural.choices import DEFAULT, HELP

if TYPE_CHECKING:
    from pobratim.batch.options import Options, Summary

EXAMPLE = """
[bold]Examples[/bold]

  pobratim extract corpus --out results

  pobratim extract report.txt 'news/**/*.md' --out results

  curl -s URL | pobratim extract - --out results
"""

DEFAULT_MAX_BYTES = 64 << 20
DEFAULT_TIMEOUT = 600.0
DEFAULT_MAX_MEMORY = 2048
PIPELINE = "pobratim:extract"
RESUMES = "stopped; what is done is kept, and the same command goes on"


def extract(
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, archives, quoted patterns, - for standard input (docs/reading.md).",
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="The folder for the results.")
    ],
    workers: Annotated[
        int, typer.Option(min=0, help="Worker processes; 0 is one for each core.")
    ] = 0,
    unordered: Annotated[
        bool,
        typer.Option("--unordered", help="Write documents as they come, not in input order."),
    ] = False,
    compress: Annotated[
        bool, typer.Option("--compress", help="Write documents.jsonl.zst instead.")
    ] = False,
    timeout: Annotated[
        float, typer.Option(min=0.01, metavar="SECONDS", help="A document may take so long.")
    ] = DEFAULT_TIMEOUT,
    max_memory: Annotated[
        int, typer.Option(min=64, metavar="MB", help="A worker may need so much memory.")
    ] = DEFAULT_MAX_MEMORY,
    max_bytes: Annotated[
        int, typer.Option(min=1, help="A longer file is an error.")
    ] = DEFAULT_MAX_BYTES,
    text_column: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Where a table or JSON lines have the text."),
    ] = None,
    id_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Where they have a document's id.")
    ] = None,
    url_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="Where they have its address.")
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed in an earlier run.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Do everything anew, whatever DIR holds of it.")
    ] = False,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Tell progress as JSON, an object a line.")
    ] = False,
    entities: Annotated[str, typer.Option(metavar="MODEL", help=HELP)] = DEFAULT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing but errors.")] = False,
) -> None:
    """Extract records from texts into tables and JSON.

    Writes DIR/documents.jsonl, DIR/tables/, DIR/results.duckdb and, where an
    input failed, DIR/errors.jsonl. A run that was stopped, at any moment and
    in any way, goes on with the same command; what is done already is not
    done again. The exit status is 0 if all is done, 1 if any input failed, 2
    if the run could not start or go on, 130 if it was stopped by Ctrl-C.
    """
    from pobratim.batch.options import Options
    from pobratim.batch.pipeline import PipelineSpec
    from pobratim.reading.members import Limits
    from pobratim.stages.neural.choices import check, fingerprint

    options = Options(
        pipeline=PipelineSpec(PIPELINE, {"entities": check(entities)}, fingerprint(entities)),
        limits=Limits(
            max_bytes=max_bytes,
            text_column=text_column,
            id_column=id_column,
            url_column=url_column,
        ),
        workers=workers,
        ordered=not unordered,
        compress=compress,
        timeout=timeout,
        max_memory=max_memory << 20,
        retry_failed=retry_failed,
        force=force,
    )
    debug = bool((context.obj or {}).get("debug"))
    if log_json:
        summary = _logged(inputs, out, options, every=debug)
    else:
        summary = _shown(inputs, out, options, quiet=quiet, debug=debug)
    raise typer.Exit(1 if summary.failures else 0)


def _shown(inputs: list[str], out: Path, options: Options, *, quiet: bool, debug: bool) -> Summary:
    from rich.console import Console

    from pobratim.batch.progress import RunProgress, summary_table
    from pobratim.batch.run import run
    from pobratim.showing.console import show_error

    console = Console(stderr=True)
    try:
        with RunProgress(console, quiet=quiet, debug=debug) as progress:
            summary = run(inputs, out, progress, options)
    except KeyboardInterrupt:
        show_error(console, RESUMES)
        raise typer.Exit(130) from None
    if not quiet:
        Console().print(summary_table(summary))
    return summary


def _logged(inputs: list[str], out: Path, options: Options, *, every: bool) -> Summary:
    from pobratim.batch.log import JsonLog
    from pobratim.batch.run import run
    from pobratim.errors import PobratimError

    log = JsonLog(sys.stderr, every=every)
    try:
        summary = run(inputs, out, log, options)
    except KeyboardInterrupt:
        log.stopped(RESUMES)
        raise typer.Exit(130) from None
    except PobratimError as error:
        log.stopped(str(error))
        raise typer.Exit(2) from None
    log.finished(summary)
    return summary
