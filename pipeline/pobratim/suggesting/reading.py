"""The texts to be ranked: files, folders, archives, or the documents of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pobratim.batch.discovery import Discovery
from pobratim.batch.ids import give_id
from pobratim.batch.results import is_documents, results_file
from pobratim.errors import InputError
from pobratim.reading.members import Member, members, read_member
from pobratim.scoring.documents import stream_documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.schema import Document

__all__ = ["Text", "texts"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be ranked: a file's or archive's member, read when it is its turn, or a document."""

    id: str
    origin: Member | Document

    def read(self) -> str:
        """The text.

        Raises:
            InputError: the file cannot be read.
        """
        if isinstance(self.origin, Member):
            return read_member(self.origin).text
        return self.origin.text


def texts(inputs: list[str]) -> Iterator[Text]:
    """The texts of files and folders, and the documents of results and of .json and .jsonl files.

    Archives are taken apart as a stream: one text is held at a time, whatever is in them.

    Raises:
        InputError: there is nothing to read at all.
        EvaluationError: a file of documents is none.
    """
    empty = True
    for one in _all(inputs):
        empty = False
        yield one
    if empty:
        raise InputError(f"nothing to read in {', '.join(inputs)}")


def _all(inputs: list[str]) -> Iterator[Text]:
    files: list[str] = []
    for name in inputs:
        run = results_file(Path(name)) or Path(name)
        if run.is_file() and (is_documents(run) or run.suffix == ".json"):
            for document in stream_documents(run, "unlabelled"):
                yield Text(document.id, document)
        else:
            files.append(name)
    taken: set[str] = set()
    for item in Discovery(files):
        if item.error is not None:
            yield Text(item.uri, Member(item.uri, item.path.name, error=item.error))
            continue
        for member in members(item.path, item.uri):
            name = give_id(member.name, member.uri, taken.__contains__)
            taken.add(name)
            yield Text(name, member)
