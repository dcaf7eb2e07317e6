"""``pobratim suggest``: which documents to correct next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pobratim.stages.neural.choices import ACCURATE, FAST

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from pobratim.suggesting.lessons import Lesson

EXAMPLE = """
[bold]Examples[/bold]

  pobratim suggest news --top 20

  pobratim suggest results --json lessons.json
"""


def suggest(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="DIR...", help="Files and folders of texts, or a folder of results."
        ),
    ],
    top: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all of them here too.")
    ] = None,
    entities: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MODEL",
            help="Give it twice: the two models to compare. Default: fast, accurate.",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Rank documents by what our models would learn from their correction.

    Best first: where the two models disagree, where one is unsure, and
    words that they hardly know, per hundred words of text.
    """
    from rich.console import Console

    from pobratim.scoring.report.write import write_text
    from pobratim.suggesting.ranking import as_json, ranked

    names = entities or [FAST, ACCURATE]
    if len(names) != 2:
        raise typer.BadParameter("two models are compared", param_hint="--entities")
    errors = Console(stderr=True)
    found = ranked(inputs, (names[0], names[1]), errors, quiet=quiet)
    if json is not None:
        write_text(json, as_json(found, names))
    _show(Console(), found, top)


def _show(console: Console, found: list[Lesson], top: int) -> None:
    console.print(_table(found[:top]))
    if len(found) > top:
        console.print(f"{len(found) - top} more; --top {len(found)} shows all", highlight=False)


def _table(found: list[Lesson]) -> Table:
    from rich.markup import escape
    from rich.table import Table

    from pobratim.showing.visible import on_one_line

    table = Table(title="Most to learn from")
    for heading in ("document", "words", "score", "disagree", "unsure", "unseen", "for example"):
        numeric = heading not in ("document", "for example")
        table.add_column(heading, justify="right" if numeric else "left")
    for one in found:
        examples = (f"{on_one_line(each.text)} ({each.note})" for each in one.examples[:3])
        table.add_row(
            escape(one.id),
            f"{one.words:,}",
            f"{one.score:.2f}",
            *(str(one.spots[name]) for name in ("disagreement", "unsure", "unseen")),
            escape("; ".join(examples)),
        )
    return table
