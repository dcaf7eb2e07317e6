"""The texts to be ranked: files, folders, or the documents of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pobratim.batch.discovery import Item, discover
from pobratim.batch.sinks import DOCUMENTS
from pobratim.reading.files import read_file
from pobratim.scoring.documents import read_documents

if TYPE_CHECKING:
    from pobratim.schema import Document

__all__ = ["Text", "texts"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be ranked: a file, read when it is its turn, or a document of a run."""

    id: str
    origin: Item | Document

    def read(self) -> str:
        """The text.

        Raises:
            InputError: the file cannot be read.
        """
        if not isinstance(self.origin, Item):
            return self.origin.text
        if self.origin.error is not None:
            raise self.origin.error
        return read_file(self.origin.path, self.origin.uri).text


def texts(inputs: list[str]) -> list[Text]:
    """The texts of files and folders, and the documents of results and of .json and .jsonl files.

    Raises:
        InputError: there is nothing to read at all.
        EvaluationError: a file of documents is none.
    """
    found: list[Text] = []
    files: list[str] = []
    for name in inputs:
        run = Path(name) / DOCUMENTS if Path(name).is_dir() else Path(name)
        if run.suffix in (".json", ".jsonl") and run.is_file():
            found += [Text(one.id, one) for one in read_documents(run, "unlabelled")]
        else:
            files.append(name)
    if files:
        found += [Text(item.id, item) for item in discover(files).items]
    return found
