"""What the tests of runs share: a silent watcher, a run with a small pipeline, results as bytes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pobratim.batch.counter import Total
from pobratim.batch.options import Failure, Options, Summary
from pobratim.batch.pipeline import PipelineSpec
from pobratim.batch.results import document_lines, results_file
from pobratim.batch.run import run
from pobratim.schema import Document

OPTIONS = Options(pipeline=PipelineSpec("extractors:find"), workers=2, timeout=30)


class Silent:
    """A watcher that remembers."""

    def __init__(self) -> None:
        self.failures: list[Failure] = []
        self.totals: list[Total] = []
        self.reused: list[str] = []

    def total(self, total: Total) -> None:
        self.totals.append(total)

    def loading(self) -> None:
        pass

    def again(self) -> None:
        pass

    def kept(self, number: int, size: int) -> None:
        pass

    def done(self, id: str, characters: int, size: int, *, reused: bool) -> None:
        if reused:
            self.reused.append(id)

    def failed(self, failure: Failure, size: int) -> None:
        self.failures.append(failure)

    def tick(self) -> None:
        pass


def go(*inputs: str, out: str = "out", watcher: Silent | None = None, **options: Any) -> Summary:
    """A run of ``inputs``, by default the folder ``in``; ``log`` is handed to the pipeline."""
    log = options.pop("log", None)
    chosen = replace(OPTIONS, **options)
    if log:
        chosen = replace(chosen, pipeline=PipelineSpec("extractors:find", {"log": log}))
    return run(inputs or ("in",), Path(out), watcher or Silent(), chosen)


def files(out: str = "out") -> dict[str, bytes]:
    """The results as bytes; the state and the database tell the same in bytes of their own."""
    own = {"run.sqlite", "results.duckdb"}
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in Path(out).rglob("*")
        if path.is_file() and path.name not in own
    }


def documents(out: str = "out") -> list[Document]:
    file = results_file(Path(out))
    assert file is not None
    return [Document.model_validate_json(line) for line in document_lines(file)]


def errors(out: str = "out") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(out, "errors.jsonl").read_bytes().split(b"\n")[:-1]]


def table(name: str, out: str = "out") -> list[dict[str, Any]]:
    return list(pq.read_table(Path(out, "tables", name)).to_pylist())


def many(number: int, folder: str = "in", words: str = "") -> None:
    """Some texts, each of its own words."""
    Path(folder).mkdir(exist_ok=True)
    for index in range(number):
        Path(folder, f"{index:04}.txt").write_text(f"City{index} {words or 'is old.'} {index}")
