"""``pobratim evaluate``: a system's records scored against gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pobratim.stages.neural.choices import DEFAULT, HELP

if TYPE_CHECKING:
    from pobratim.schema import Document
    from pobratim.scoring.alignment import Section

EXAMPLE = """
[bold]Examples[/bold]

  pobratim evaluate --gold annotations/gold/dev --system results --report report

  pobratim evaluate --gold annotations/gold/dev --run --baseline eval/baselines/dev.json

  pobratim evaluate --gold annotator-a --system annotator-b
"""


def evaluate(
    gold: Annotated[
        Path, typer.Option(metavar="DIR", help="Gold documents: a folder of .json or .jsonl files.")
    ],
    system: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="What is scored: documents of the same texts, or of the whole documents.",
        ),
    ] = None,
    run: Annotated[
        bool, typer.Option("--run", help="Score this program, run on the gold's texts.")
    ] = False,
    compare: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Another system; is the first one better?"),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A saved summary to stand beside the scores."),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write an HTML page, summary.json and summary.md."),
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Save the summary.")
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Leave out what has a lower score."),
    ] = None,
    entities: Annotated[
        str | None, typer.Option(metavar="MODEL", help=f"With --run. {HELP}")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the intervals.")] = 0,
) -> None:
    """Score records against gold, with 95 % intervals.

    Mentions (strict, exact, partial, type), values, relations, records and
    city identifiers, by label, language and document. Gold may be sections
    of the system's documents. It also scores another tool's documents, or
    one annotator's against another's.
    """
    from rich.console import Console

    from pobratim.scoring import evaluation
    from pobratim.scoring.documents import read_documents
    from pobratim.scoring.report.write import summary_json, write_report, write_text
    from pobratim.scoring.summary import read_summary
    from pobratim.scoring.terminal import to_terminal

    _check_choice(system, run, entities)
    golds = read_documents(gold, "gold")
    saved = read_summary(baseline) if baseline else None
    result = evaluation.evaluate(
        _sections(
            golds,
            _run_on(golds, entities or DEFAULT) if system is None else _read(system),
            threshold,
        ),
        gold_name=str(gold),
        system_name=_run_name(entities) if system is None else str(system),
        seed=seed,
        threshold=threshold,
        other=(str(compare), _sections(golds, _read(compare), threshold)) if compare else None,
        baseline=(str(baseline), saved) if saved else None,
    )
    console = Console()
    console.print(to_terminal(result.summary, saved))
    if report:
        page = write_report(result, report, saved)
        console.print(f"wrote {page}", markup=False, highlight=False, soft_wrap=True)
    if json:
        write_text(json, summary_json(result.summary))


def _run_name(entities: str | None) -> str:
    return "Pobratim, run on the gold's texts" + (f", {entities} entities" if entities else "")


def _check_choice(system: Path | None, run: bool, entities: str | None) -> None:
    if (system is not None) == run:
        problem = "both were given" if run else "neither was given"
        raise typer.BadParameter(
            f"name what is scored: either --system DIR or --run ({problem})", param_hint="--system"
        )
    if entities is not None and not run:
        raise typer.BadParameter("it is for --run alone", param_hint="--entities")


def _read(path: Path) -> list[Document]:
    from pobratim.scoring.documents import read_documents

    return read_documents(path, "system")


def _run_on(golds: list[Document], entities: str) -> list[Document]:
    import pobratim

    pobratim.load(entities=entities)
    return [
        pobratim.extract(one.text, id=one.id, source=one.source, entities=entities) for one in golds
    ]


def _sections(
    golds: list[Document], systems: list[Document], threshold: float | None
) -> list[Section]:
    from pobratim.scoring.alignment import above, align

    kept = systems if threshold is None else [above(one, threshold) for one in systems]
    return align(golds, kept)
