"""``pobratim review``: the annotators' page over a folder of results or gold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = """
[bold]Examples[/bold]

  pobratim review results

  pobratim review results --annotator Anna --out corrected

  pobratim review results --export corrected
"""


def review(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder of results or gold documents.")
    ],
    annotator: Annotated[
        str | None, typer.Option(help="Who corrects; the page asks if it is not given.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep a file of each corrected document here."),
    ] = None,
    export: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the corrected documents here and end."),
    ] = None,
    version: Annotated[
        str | None, typer.Option(help="With --export: this annotator's versions only.")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; beyond this machine only with a password.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    password: Annotated[
        str | None,
        typer.Option(
            envvar="POBRATIM_REVIEW_PASSWORD",
            show_envvar=True,
            help="What annotators on other machines log in with.",
        ),
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
) -> None:
    """Correct what was extracted, in a local web page.

    Every edit is saved as it is made, in DIR/review.sqlite. Ctrl-C ends
    the page; nothing is lost by it.
    """
    _check_installed()
    if export is not None:
        _export(folder, export, version)
        return
    from pobratim.review.serve import serve

    def ready(address: str) -> None:
        typer.echo(f"Pobratim review of {folder}: open\n\n  {address}\n\nCtrl-C ends it.")
        if browser:
            typer.launch(address)

    serve(
        folder,
        host=host,
        port=port,
        password=password,
        annotator=annotator,
        out=out,
        ready=ready,
    )


def _check_installed() -> None:
    from importlib.util import find_spec

    from pobratim.errors import InputError

    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise InputError(
            f"the page needs {' and '.join(missing)}; install them with "
            "pip install 'pobratim[review]'"
        )


def _export(folder: Path, out: Path, version: str | None) -> None:
    from pobratim.review.folder import export
    from pobratim.review.serve import open_store

    store, notices = open_store(folder)
    written, left_out = export(store, out, version)
    store.close()
    for line in (*notices, *(f"left out: {problem}" for problem in left_out)):
        typer.echo(line, err=True)
    typer.echo(f"wrote {len(written)} documents to {out}")
    if left_out:
        raise typer.Exit(1)
