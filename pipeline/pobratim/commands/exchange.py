"""``pobratim export`` and ``pobratim import``: gold and output to and from other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pobratim.errors import AnnotationError, OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pobratim.schema import Document

EXPORT_EXAMPLE = """
[bold]Examples[/bold]

  pobratim export annotations/gold/dev --format label-studio --out tasks.json

  pobratim export results/documents.jsonl --format brat --out brat
"""
IMPORT_EXAMPLE = """
[bold]Examples[/bold]

  pobratim import project-export.json --format label-studio --out corrected

  pobratim import brat --format brat --out corrected
"""


class FormatName(StrEnum):
    """The formats of :mod:`pobratim.exchange.formats`, as the command line names them."""

    BRAT = "brat"
    LABEL_STUDIO = "label-studio"
    DOCBIN = "docbin"
    CONLL = "conll"
    WEBANNO = "webanno"


Form = Annotated[
    FormatName, typer.Option("--format", help="What each keeps is in docs/exchange.md.")
]


def export_documents(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE_OR_DIR", help="Documents: a .json or .jsonl file, or a folder of them."
        ),
    ],
    form: Form,
    out: Annotated[Path, typer.Option(help="The file to write; for brat and webanno a folder.")],
) -> None:
    """Write gold or extracted documents for another tool."""
    from pobratim.exchange.check import load_documents
    from pobratim.exchange.formats import FORMATS

    documents = load_documents(source)
    try:
        FORMATS[form].write(documents, out)
    except OSError as error:
        raise _unwritable(out, error) from error
    typer.echo(f"wrote {_counted(documents)} to {out}")


def import_documents(
    source: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="What the tool has; for brat and webanno a folder."),
    ],
    form: Form,
    out: Annotated[Path, typer.Option(help="Folder to write one JSON document each to.")],
) -> None:
    """Read documents that another tool has, and check them.

    Nothing is written if one of them breaks the format of gold.
    """
    from pobratim.exchange.check import check_document
    from pobratim.exchange.files import stems
    from pobratim.exchange.formats import FORMATS

    documents = FORMATS[form].read(source)
    if not documents:
        raise AnnotationError(f"{source}: has no document in it; name what {form.value} exported.")
    problems = [str(p) for document in documents for p in check_document(document)]
    if problems:
        raise AnnotationError("\n".join(problems))
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, document in zip(stems(d.id for d in documents), documents, strict=True):
            told = document.model_dump_json(indent=1, exclude_none=True)
            (out / f"{name}.json").write_text(told + "\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable(out, error) from error
    for document in documents:
        for notice in document.warnings:
            typer.echo(f"{document.id}: {notice.message}", err=True)
    typer.echo(f"wrote {_counted(documents)} to {out}")


def _counted(documents: Sequence[Document]) -> str:
    return f"{len(documents)} document{'' if len(documents) == 1 else 's'}"


def _unwritable(out: Path, error: OSError) -> OutputError:
    return OutputError(f"{out}: cannot be written: {error.strerror}. Name another --out.")
