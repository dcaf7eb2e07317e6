"""``pobratim show``: one document's records in the terminal or as a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pobratim.stages.neural.choices import DEFAULT, HELP

if TYPE_CHECKING:
    from pobratim.schema import Document, Source

EXAMPLE = """
[bold]Examples[/bold]

  pobratim show corpus/mayors-meeting-kamchatka-en.txt

  pobratim show results --id kazan-partner-cities-ru --html kazan.html

  pobratim show results --id khabarovsk-report-2019-ru --why agreement:6
"""


def show(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A folder of results, a documents.jsonl or .json file, or a text to extract now.",
        ),
    ],
    wanted: Annotated[
        str | None, typer.Option("--id", help="The document to show, if there are several.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="OUT.html", help="Write a page instead of tables.")
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT", help="Tell who made a mention or record: its id, or a mention's words."
        ),
    ] = None,
    entities: Annotated[str, typer.Option(metavar="MODEL", help=HELP)] = DEFAULT,
) -> None:
    """Show the records of one document.

    In the terminal as tables; with --html as a page that has the text
    highlighted and the records beside it.
    """
    from functools import partial

    from rich.console import Console

    from pobratim.showing.documents import find_document
    from pobratim.stages.neural.choices import check

    document = find_document(file, wanted, partial(_extract, entities=check(entities)))
    if why is not None:
        from pobratim.showing.why import show_why

        show_why(Console(), document, why)
    elif html is None:
        from pobratim.showing.terminal import show_document

        show_document(Console(), document)
    else:
        from pobratim.showing.page import page, write_page

        write_page(html, page(document))
        typer.echo(f"wrote {html}")


def _extract(text: str, *, id: str, source: Source, **options: Any) -> Document:
    import pobratim

    return pobratim.extract(text, id=id, source=source, **options)
