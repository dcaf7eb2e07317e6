"""Writing a report's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.errors import OutputError
from pobratim.scoring.markdown import to_markdown
from pobratim.scoring.report.page import render

if TYPE_CHECKING:
    from pathlib import Path

    from pobratim.scoring.evaluation import Evaluation
    from pobratim.scoring.summary import Summary

PAGE = "index.html"
SUMMARY_JSON = "summary.json"
SUMMARY_MARKDOWN = "summary.md"
MISTAKES = "mistakes.jsonl"


def write_report(evaluation: Evaluation, folder: Path, baseline: Summary | None = None) -> Path:
    """Write the page, the summary as JSON and Markdown, and every mistake; returns the page.

    Raises:
        EvaluationError: Matplotlib or Jinja2 is not installed.
        OutputError: the folder or a file in it cannot be written.
    """
    mistakes = "".join(f"{one.model_dump_json(exclude_none=True)}\n" for one in evaluation.mistakes)
    files = {
        PAGE: render(evaluation, baseline),
        SUMMARY_JSON: summary_json(evaluation.summary),
        SUMMARY_MARKDOWN: to_markdown(evaluation.summary, baseline),
        MISTAKES: mistakes,
    }
    for name, text in files.items():
        write_text(folder / name, text)
    return folder / PAGE


def summary_json(summary: Summary) -> str:
    """The summary as indented JSON, the form in which baselines are kept."""
    return summary.model_dump_json(indent=1, exclude_none=True) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a file as UTF-8, making its folder.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); choose a place that can"
        ) from error
