"""``pobratim annotations``: build, check, compare and split hand-annotated gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from pobratim.errors import PobratimError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.exchange.check import Problem
    from pobratim.exchange.gold.agreement import Comparison, LabelAgreement

annotations_app = typer.Typer(
    name="annotations",
    help="Build, check, compare and split hand-annotated gold.",
    no_args_is_help=True,
)

Corpus = Annotated[Path, typer.Option(help="Folder of the corpus files.", file_okay=False)]


def _console() -> Console:
    return Console(soft_wrap=True, highlight=False, markup=False)


def _stop(problems: Iterable[Problem | str]) -> None:
    """Say each problem on standard error and end with exit code 1 if there is any."""
    told = [str(problem) for problem in problems]
    console = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
    for line in told:
        console.print(line)
    if told:
        noun = "problem" if len(told) == 1 else "problems"
        console.print(f"{len(told)} {noun}")
        raise typer.Exit(1)


@annotations_app.command()
def build(
    marks: Annotated[Path, typer.Argument(help="Folder of *.ann files.")],
    out: Annotated[Path, typer.Option(help="Folder to write one JSON document each to.")],
    corpus: Corpus = Path("corpus"),
) -> None:
    """Turn mark-up files into gold documents; the format is in annotations/format.md."""
    from pobratim.exchange.gold.build import build_folder
    from pobratim.exchange.gold.sections import write_document

    try:
        built = build_folder(marks, corpus)
    except PobratimError as error:
        _stop([str(error)])
        return
    console = _console()
    for document in built.documents:
        path = write_document(document, out)
        records = ", ".join(f"{len(getattr(document, k))} {k}" for k in document.RECORD_TYPES)
        mentions, relations = len(document.mentions), len(document.relations)
        console.print(f"{path}: {mentions} mentions, {relations} relations, {records}")
    _stop(built.problems)


@annotations_app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(help="Documents: .json, .jsonl or folders.")],
    corpus: Annotated[
        Path | None,
        typer.Option(help="Compare texts and checksums with the corpus files in this folder."),
    ] = None,
) -> None:
    """Say what in gold or corrected documents breaks the format; exit 1 if anything does."""
    from pobratim.exchange.check import Problem, check_document, check_source, read_documents

    problems: list[Problem | str] = []
    documents = 0
    for path in paths:
        try:
            found = list(read_documents(path))
        except PobratimError as error:
            problems.append(str(error))
            continue
        for name, document in found:
            if isinstance(document, Problem):
                problems.append(document)
                continue
            documents += 1
            problems += check_document(document, name)
            if corpus is not None:
                problems += check_source(document, corpus, name)
    _stop(problems)
    _console().print(f"{documents} documents, no problems")


@annotations_app.command()
def agreement(
    first: Annotated[Path, typer.Argument(help="One pass: a folder of built documents.")],
    second: Annotated[Path, typer.Argument(help="The other pass.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not a table.")] = False,
) -> None:
    """How far two independent passes agree: mention F1, values, Krippendorff's alpha."""
    from pobratim.exchange.check import load_documents
    from pobratim.exchange.gold.agreement import compare

    try:
        found = compare(load_documents(first), load_documents(second))
    except PobratimError as error:
        _stop([str(error)])
        return
    if as_json:
        rows = [row._asdict() for row in _rows(found)]
        data = {"documents": found.documents, "rows": rows}
        _console().print(json.dumps(data, ensure_ascii=False, indent=1))
    else:
        _console().print(_table(found, first, second))


def _rows(found: Comparison) -> list[LabelAgreement]:
    return [*found.labels, found.overall, found.relations]


def _table(found: Comparison, first: Path, second: Path) -> Table:
    table = Table(title=f"{first} and {second}: {found.documents} documents")
    table.add_column("label")
    columns = ("first", "second", "strict F1", "overlap F1", "same value", "alpha")
    for column in columns:
        table.add_column(column, justify="right")
    for row in _rows(found):
        measures = (row.strict, row.overlap, row.values, row.alpha)
        shown = ("–" if m is None else f"{m:.3f}" for m in measures)
        table.add_row(row.label, str(row.first), str(row.second), *shown)
    return table


@annotations_app.command()
def split(
    gold: Annotated[Path, typer.Argument(help="Folder of adjudicated whole documents.")],
    manifest: Annotated[Path, typer.Option(help="Which lines go where.")] = Path(
        "annotations/split.toml"
    ),
    out: Annotated[Path, typer.Option(help="Gets the folders dev and test.")] = Path(
        "annotations/gold"
    ),
) -> None:
    """Cut gold into dev and test sections, and say what a boundary left out."""
    from pobratim.exchange.check import load_documents
    from pobratim.exchange.gold.sections import cut, read_manifest, write

    try:
        sections = read_manifest(manifest)
        documents = load_documents(gold)
        cuts = [one for document in documents for one in cut(document, sections)]
    except PobratimError as error:
        _stop([str(error)])
        return
    written = write(cuts, out)
    console = _console()
    for one in cuts:
        for what in one.dropped:
            console.print(f"{one.document.id}: left out {what}")
    parts = ", ".join(f"{n} sections in {out / name}" for name, n in written.items())
    console.print(parts or f"no section of {manifest} is of a document in {gold}")
