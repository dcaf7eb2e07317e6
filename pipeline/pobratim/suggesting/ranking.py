"""Every document read, measured and put in order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rich.progress import track

from pobratim.errors import InputError
from pobratim.showing.console import show_error
from pobratim.stages.neural.choices import check
from pobratim.stages.neural.loading import alone, model_of
from pobratim.stages.neural.seeing import page_of
from pobratim.stages.pipeline import build
from pobratim.stages.workspace import workspace
from pobratim.suggesting.lessons import Lesson, lesson
from pobratim.suggesting.reading import texts

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["as_json", "ranked"]


def ranked(
    inputs: list[str], entities: tuple[str, str], console: Console, *, quiet: bool = False
) -> list[Lesson]:
    """The lessons of all documents of ``inputs``, the best first.

    Progress, and what could not be read, is told on ``console``.

    Raises:
        ModelError: a model is not there.
        InputError: there is nothing to read at all.
    """
    models = alone(model_of(check(entities[0]))), alone(model_of(check(entities[1])))
    tokenizer = build().tokenizer
    hidden = quiet or not console.is_terminal
    found = []
    read = track(texts(inputs), "Reading", console=console, disable=hidden, transient=True)
    for one in read:
        try:
            text = one.read()
        except InputError as error:
            show_error(console, f"{one.id}: {error}")
        else:
            ws = workspace(tokenizer(text))
            found.append(lesson(one.id, ws, page_of(ws), models))
    found.sort(key=lambda one: (-one.score, one.id))
    return found


def as_json(found: list[Lesson], entities: list[str]) -> str:
    """The ranking as JSON: offsets are code points into the text."""
    data = {"entities": entities, "documents": [one.as_data() for one in found]}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
