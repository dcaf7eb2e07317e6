"""``pobratim extract``: files to records and tables."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pobratim.stages.neural.choices import DEFAULT, HELP

if TYPE_CHECKING:
    from pobratim.batch.options import Options, Summary, Watcher

    Run = Callable[[list[str], Watcher, Options], Summary]

EXAMPLE = """
[bold]Examples[/bold]

  pobratim extract corpus --out results

  pobratim extract report.txt 'news/**/*.md' --out results

  curl -s URL | pobratim extract - --out results

  pobratim extract s3://bucket/reports --out s3://bucket/results --engine ray --address auto
"""

DEFAULT_MAX_BYTES = 64 << 20
DEFAULT_TIMEOUT = 600.0
DEFAULT_MAX_MEMORY = 2048
LOCAL, RAY = "local", "ray"
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
        str, typer.Option("--out", "-o", metavar="DIR", help="The folder for the results.")
    ],
    engine: Annotated[
        str, typer.Option(metavar="local|ray", help="This machine, or a Ray cluster.")
    ] = LOCAL,
    address: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="Of the cluster; auto for the one here."),
    ] = None,
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
    run = _engine(engine, address, out)
    debug = bool((context.obj or {}).get("debug"))
    if log_json:
        summary = _logged(run, inputs, options, every=debug)
    else:
        summary = _shown(run, inputs, options, quiet=quiet, debug=debug)
    raise typer.Exit(1 if summary.failures else 0)


def _engine(engine: str, address: str | None, out: str) -> Run:
    """The run of the engine that was asked for, into ``out``."""
    from pobratim.errors import EngineError

    if engine == RAY:
        from pobratim.batch.engines import ray

        return lambda inputs, watcher, options: ray.run(
            inputs, out, watcher, options, address=address
        )
    if engine != LOCAL:
        raise EngineError(f"no engine {engine!r}; choose {LOCAL} or {RAY}")
    if address is not None or "://" in out:
        given = "--address" if address is not None else out
        raise EngineError(f"{given} is for other machines; add --engine ray")
    from pobratim.batch.run import run

    return lambda inputs, watcher, options: run(inputs, Path(out), watcher, options)


def _shown(run: Run, inputs: list[str], options: Options, *, quiet: bool, debug: bool) -> Summary:
    from rich.console import Console

    from pobratim.batch.progress import RunProgress, summary_table
    from pobratim.showing.console import show_error

    console = Console(stderr=True)
    try:
        with RunProgress(console, quiet=quiet, debug=debug) as progress:
            summary = run(inputs, progress, options)
    except KeyboardInterrupt:
        show_error(console, RESUMES)
        raise typer.Exit(130) from None
    if not quiet:
        Console().print(summary_table(summary))
    return summary


def _logged(run: Run, inputs: list[str], options: Options, *, every: bool) -> Summary:
    from pobratim.batch.log import JsonLog
    from pobratim.errors import PobratimError

    log = JsonLog(sys.stderr, every=every)
    try:
        summary = run(inputs, log, options)
    except KeyboardInterrupt:
        log.stopped(RESUMES)
        raise typer.Exit(130) from None
    except PobratimError as error:
        log.stopped(str(error))
        raise typer.Exit(2) from None
    log.finished(summary)
    return summary
