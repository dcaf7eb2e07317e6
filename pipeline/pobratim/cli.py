"""The command line, thin: it mounts the commands and turns our errors into one line each."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pobratim.commands.annotations import annotations_app
from pobratim.commands.evaluate import EXAMPLE as EVALUATE_EXAMPLE
from pobratim.commands.evaluate import evaluate
from pobratim.commands.exchange import (
    EXPORT_EXAMPLE,
    IMPORT_EXAMPLE,
    export_documents,
    import_documents,
)
from pobratim.commands.extract import EXAMPLE as EXTRACT_EXAMPLE
from pobratim.commands.extract import extract
from pobratim.commands.query import EXAMPLE as QUERY_EXAMPLE
from pobratim.commands.query import query
from pobratim.commands.review import EXAMPLE as REVIEW_EXAMPLE
from pobratim.commands.review import review
from pobratim.commands.runs import EXAMPLE as RUNS_EXAMPLE
from pobratim.commands.runs import runs
from pobratim.commands.show import EXAMPLE as SHOW_EXAMPLE
from pobratim.commands.show import show
from pobratim.commands.suggest import EXAMPLE as SUGGEST_EXAMPLE
from pobratim.commands.suggest import suggest
from pobratim.errors import PobratimError

FAILED = 2
INTERRUPTED = 130

EXAMPLE = """
[bold]Example[/bold]

  pobratim extract corpus --out results
"""


class Group(TyperGroup):
    """Ends with a line on standard error where a command raises an error of ours."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; exit status 2 for our errors, 130 for Ctrl-C."""
        try:
            return super().invoke(ctx)
        except PobratimError as error:
            if (ctx.obj or {}).get("debug"):
                raise
            _say(str(error))
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            _say("interrupted; nothing was changed")
            raise typer.Exit(INTERRUPTED) from None


def _say(message: str) -> None:
    from rich.console import Console

    from pobratim.showing.console import show_error

    show_error(Console(stderr=True), message)


app = typer.Typer(
    name="pobratim",
    cls=Group,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXAMPLE,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from pobratim.commands.version import version_lines

        typer.echo("\n".join(version_lines()))
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Show versions and exit."
        ),
    ] = False,
) -> None:
    """Structured, evidence-linked records from what cities publish about their foreign partners."""
    context.obj = {"debug": debug}


app.command(epilog=EXTRACT_EXAMPLE)(extract)
app.command(epilog=SHOW_EXAMPLE)(show)
app.command(epilog=QUERY_EXAMPLE)(query)
app.command(epilog=RUNS_EXAMPLE)(runs)
app.command(epilog=EVALUATE_EXAMPLE)(evaluate)
app.command(epilog=SUGGEST_EXAMPLE)(suggest)
app.command(epilog=REVIEW_EXAMPLE)(review)
app.command("export", epilog=EXPORT_EXAMPLE)(export_documents)
app.command("import", epilog=IMPORT_EXAMPLE)(import_documents)
app.add_typer(annotations_app)
