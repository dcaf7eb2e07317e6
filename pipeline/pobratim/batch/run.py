"""A run: read, extract and write one document after the other, and stop for none of them."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pobratim.batch.discovery import Found, Item
from pobratim.batch.sinks import Failure, ResultSink
from pobratim.batch.staging import staged
from pobratim.errors import PobratimError
from pobratim.reading.files import DEFAULT_MAX_BYTES, read_file
from pobratim.schema import Document, Source


class Extract(Protocol):
    """What makes a document of a text, as :func:`pobratim.extract` does."""

    def __call__(self, text: str, *, id: str, source: Source) -> Document:
        """The document of ``text``."""


class Watcher(Protocol):
    """What is told of each input as it is done; ``size`` is its length in bytes."""

    def done(self, document: Document, size: int) -> None:
        """A document was written."""

    def failed(self, failure: Failure, size: int) -> None:
        """An input gave an error row."""


@dataclass(slots=True)
class Summary:
    """What a run did; ``seconds`` is wall-clock time and the only figure that varies."""

    documents: int = 0
    characters: int = 0
    seconds: float = 0.0
    rows: dict[str, int] = field(default_factory=dict)
    failures: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def speed(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds if self.seconds else 0.0


def run(
    found: Found,
    out: Path,
    extract: Extract,
    watcher: Watcher,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    debug: bool = False,
) -> Summary:
    """Extract ``found`` into the folder ``out``, which changes only if the whole run ends well.

    An input that fails becomes an error row; with ``debug``, an unforeseen error is raised instead.
    Raises :class:`~pobratim.errors.OutputError` if ``out`` cannot be written.
    """
    summary = Summary(skipped=found.skipped)
    began = time.perf_counter()
    with staged(out) as folder, ResultSink(folder) as sink:
        for item in found.items:
            outcome = outcome_of(item, extract, max_bytes, debug)
            if isinstance(outcome, Failure):
                sink.fail(outcome)
                summary.failures += 1
                watcher.failed(outcome, item.size)
            else:
                sink.add(outcome)
                summary.documents += 1
                summary.characters += len(outcome.text)
                watcher.done(outcome, item.size)
        sink.finish()
        summary.rows = sink.counts()
    summary.seconds = time.perf_counter() - began
    return summary


def outcome_of(item: Item, extract: Extract, max_bytes: int, debug: bool) -> Document | Failure:
    """The document of one input, or why there is none."""
    try:
        if item.error is not None:
            raise item.error
        reading = read_file(item.path, item.uri, max_bytes)
        document = extract(reading.text, id=item.id, source=reading.source)
    except PobratimError as error:
        return Failure(item.uri, error.code, one_line(str(error)))
    except Exception as error:
        if debug:
            raise
        cause = error.__cause__ or error
        reason = f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__
        return Failure(item.uri, "internal", one_line(f"{reason} (--debug shows where)"))
    document.warnings[:0] = reading.notices
    return document


def one_line(message: str) -> str:
    """``message`` with white space runs as one space."""
    return " ".join(message.split())
