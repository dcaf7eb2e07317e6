"""The two stages that other machines do: taking files apart, and extracting what is in them.

Each is a class made once for each process; it is called with a table of what to do and answers with
tables. Processes, limits and faults are those of a run on one machine: every instance has a nursery
of its own, so that a document that hangs or crashes costs neither the instance nor its machine.
"""

from __future__ import annotations

import os
import pickle
import socket
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa

from pobratim.batch.discovery import spelled
from pobratim.batch.engines.planning import Work
from pobratim.batch.engines.storage import fetch, is_url, open_file
from pobratim.batch.ids import give_id
from pobratim.batch.intake import Intake
from pobratim.batch.nursery import News, Nursery, Spec
from pobratim.batch.options import Options
from pobratim.batch.pool import Outcome, Pool
from pobratim.batch.reader import Entry, Request
from pobratim.batch.tasks import Extraction, Fault, one_line
from pobratim.errors import InputError, PobratimError
from pobratim.reading.kinds import HEAD, container_kind, suffix_of
from pobratim.reading.members import Member

PATIENCE = 30.0
COLUMN = "item"
KIND = pa.schema([(COLUMN, pa.large_binary())])
ENTRIES, ENTRIES_BYTES = 64, 256 << 10
"""How much a stage answers at once."""


@dataclass(frozen=True, slots=True)
class End:
    """A file is at its end: it has ``members`` in all, some of them perhaps done earlier."""

    file: int
    members: int


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an entry, whose bytes are left out."""

    entry: Entry
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing can be extracted on this machine."""

    message: str


def packed(items: Iterable[Any]) -> pa.Table:
    """A table of ``items``, one a row."""
    rows = [pickle.dumps(item, pickle.HIGHEST_PROTOCOL) for item in items]
    return pa.table({COLUMN: pa.array(rows, pa.large_binary())}, schema=KIND)


def unpacked(table: pa.Table) -> Iterator[Any]:
    """The items of a table; it is written by our own processes alone."""
    for row in table.column(COLUMN):
        yield pickle.loads(row.as_py())  # noqa: S301  # packed() wrote it in this run


class Unpacking:
    """From :class:`Work` to entries, each file followed by its :class:`End`."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._spec = Spec(options.pipeline, options.max_memory)
        self._nursery = Nursery(self._spec)

    def __call__(self, table: pa.Table) -> Iterator[pa.Table]:
        """Tables of bounded size, the same ones every time."""
        items: list[Entry | End] = []
        size = 0
        for work in unpacked(table):
            for item in self._items(work):
                items.append(item)
                size += len(item.member.data or b"") if isinstance(item, Entry) else 0
                if len(items) >= ENTRIES or size >= ENTRIES_BYTES:
                    yield packed(items)
                    items, size = [], 0
        if items:
            yield packed(items)

    def _items(self, work: Work) -> Iterator[Entry | End]:
        file = work.file
        number = 0
        for entry in self._entries(work):
            if number >= work.first:
                weight = 0 if number or not file.stamp else file.stamp.size
                yield replace(entry, file=work.index, number=number, weight=weight,
                              stamp=file.stamp)  # fmt: skip
            number += 1
        yield End(work.index, number)

    def _entries(self, work: Work) -> Iterator[Entry]:
        file = work.file
        name = PurePosixPath(file.where).name
        if file.error is not None:
            yield _whole(Member(file.uri, name, error=file.error))
        elif not _is_container(file.where):
            # A plain file is opened by who extracts it, so that it is fetched once.
            path = name if is_url(file.where) else file.where
            size = file.stamp.size if file.stamp is not None else 0
            yield _whole(Member(file.uri, name, path=path, size=size))
        else:
            with tempfile.TemporaryDirectory() as folder:
                yield from self._read(work, Path(folder))

    def _read(self, work: Work, folder: Path) -> Iterator[Entry]:
        file = work.file
        try:
            path = fetch(file.where, folder)
        except InputError as error:
            yield _whole(Member(file.uri, PurePosixPath(file.where).name, error=error))
            return
        request = Request((str(path),), self._options.limits)
        prefix = len(spelled(path))
        for entry in self._messages(request):
            member = replace(entry.member, uri=file.uri + entry.member.uri[prefix:])
            if member.path is not None and is_url(file.where):
                # Fetched again by who extracts it.
                member = replace(member, path=path.name)
            yield replace(entry, member=member)

    def _messages(self, request: Request) -> Iterator[Entry]:
        """What a reader finds, forked for it and replaced where it dies or is silent."""
        intake = Intake(request, max(PATIENCE, self._options.timeout))
        intake.start(self._nursery)
        while intake.ended is None:
            control = self._nursery.control
            ready = wait([each for each in (intake.connection, control) if each], 0.5)
            found = intake.receive() if intake.connection in ready else []
            news = self._nursery.news() if control in ready else News()
            if news.gone:
                self._nursery.close()
                self._nursery = Nursery(self._spec)
            found += intake.care(self._nursery, news)
            entries = [message for message in found if isinstance(message, Entry)]
            yield from entries
            if entries:
                # How long they were waited for is not the reader's silence.
                intake.wanted()
        intake.stop(self._nursery)


def _whole(member: Member) -> Entry:
    return Entry(0, 0, member, suffix_of(member.name), None, None, 0)


def _is_container(where: str) -> bool:
    # What cannot be opened now, with an error of its file system's kind, tells why when it is read.
    with suppress(Exception), open_file(where) as stream:
        kind = container_kind(stream.read(HEAD), PurePosixPath(where).name)
        if kind != "zip":
            return kind is not None
        from pobratim.reading.packages import is_archive

        return is_archive(stream)
    return False


class Extracting:
    """From entries to :class:`Done`; the models are loaded once.

    ``key`` is that of the pipeline where the run was started; another one here is a :class:`Refusal`.
    """

    def __init__(self, options: Options, key: str) -> None:
        self._options = options
        self._refusal: Refusal | None = None
        if options.pipeline.key() != key:
            message = (
                f"another version of pobratim, its models or its data is on {socket.gethostname()}; "
                "install the same on every machine"
            )
            self._refusal = Refusal(message)
            return
        self._pool = Pool(Spec(options.pipeline, options.max_memory), 1, options.timeout)
        self._pool.load()

    def __call__(self, table: pa.Table) -> Iterator[pa.Table]:
        """One answer for each item, in order."""
        yield packed(self.answers(unpacked(table)))

    def answers(self, items: Iterable[Entry | End]) -> Iterator[Done | End | Refusal]:
        """What became of each."""
        for item in items:
            if isinstance(item, End):
                yield item
            elif self._refusal is not None:
                yield self._refusal
            else:
                try:
                    outcome = self._outcome(item)
                except PobratimError as error:
                    self._refusal = Refusal(str(error))
                    yield self._refusal
                    continue
                yield Done(replace(item, member=replace(item.member, data=None)), outcome)

    def _outcome(self, entry: Entry) -> Outcome:
        member = entry.member
        if member.error is not None:
            return _refused(member.error)
        id = give_id(member.name, member.uri)
        if member.data is not None or member.path is None or os.path.isabs(member.path):
            return self._extracted(member, id)
        with tempfile.TemporaryDirectory() as folder:
            try:
                path = fetch(member.uri, Path(folder), self._options.limits.max_bytes + 1)
            except InputError as error:
                return _refused(error)
            return self._extracted(replace(member, path=str(path)), id)

    def _extracted(self, member: Member, id: str) -> Outcome:
        self._pool.load()
        waiting = deque([Extraction(member, id, self._options.limits)])
        while True:
            if waiting and self._pool.free:
                self._pool.submit(0, waiting.popleft())
            outcomes, _, _ = self._pool.wait([], 0.5)
            if outcomes:
                return outcomes[0]

    def close(self) -> None:
        """End its processes."""
        if self._refusal is None:
            self._pool.close()


def _refused(error: InputError) -> Outcome:
    return Outcome(0, Fault("reading", error.code, one_line(str(error))), 1)
