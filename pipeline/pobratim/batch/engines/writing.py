"""What comes back from other machines, to the results: in order, each with its number and id."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from pobratim.batch import layout
from pobratim.batch.database import make_database
from pobratim.batch.engines.planning import Plan, Work
from pobratim.batch.engines.stages import Done, End, Refusal
from pobratim.batch.engines.storage import File
from pobratim.batch.failures import failure_of, line_of
from pobratim.batch.ids import give_id
from pobratim.batch.opening import Results
from pobratim.batch.options import Options, Summary, Watcher
from pobratim.batch.tasks import PartMaking, Written, renamed
from pobratim.errors import EngineError, InputError, ModelError
from pobratim.reading.kinds import FOLDER_SUFFIXES

SECONDS_BETWEEN_COMMITS = 0.5


class Makers(Protocol):
    """Makes the tables of parts, several at once; ``most`` says how many."""

    most: int

    def begin(self, task: PartMaking) -> None:
        """Begin with a part."""

    def made(self, part: int, *, wait: bool) -> tuple[dict[str, int], dict[str, bytes]] | None:
        """Rows and files of a part that was begun; ``None`` if it is under way and not waited for."""

    def written(self, path: Path) -> None:
        """A file is in its place."""


class Writing:
    """The results in ``place``; a context manager, alone to write there."""

    def __init__(self, place: Path, watcher: Watcher, options: Options, makers: Makers) -> None:
        layout.check_usable(place)
        place.mkdir(parents=True, exist_ok=True)
        self.summary = Summary()
        self._place = place
        self._watcher = watcher
        self._options = options
        self._makers = makers
        self._begun: list[int] = []
        self._next = (-1, 0)
        self._began = self._committed = time.monotonic()

    def open(self, inputs: tuple[str, ...]) -> None:
        """Open what is there, and make it fit the options."""
        self._results = Results(self._place, inputs, inputs, self._options)
        self._ledger = self._results.ledger

    def works(self, files: Iterable[File]) -> Iterator[Work]:
        """What there is to do, given what is done."""
        plan = Plan(self._ledger, retry_failed=self._options.retry_failed)
        works = plan.works(files)
        first = next(works, None)
        self._sequence = self.summary.kept = plan.kept
        self._watcher.kept(plan.kept, 0)
        if first is not None:
            yield first
            yield from works

    # What comes

    def expect(self, works: Iterable[Work]) -> None:
        """What will come next; nothing else is taken, so that nothing is lost and nothing twice."""
        self._expected = iter(works)
        self._turn()

    def _turn(self) -> None:
        work = next(self._expected, None)
        self._next = (work.index, work.first) if work is not None else (-1, 0)

    def take(self, items: Iterable[Done | End | Refusal]) -> None:
        """Write what came, and commit now and then."""
        for item in items:
            if isinstance(item, Refusal):
                raise ModelError(item.message)
            if isinstance(item, End):
                _, number = self._next
                self._check((item.file, max(item.members, number)))
                self._turn()
            else:
                self._check((item.entry.file, item.entry.number))
                self._next = (self._next[0], self._next[1] + 1)
                self._write(item)
        if time.monotonic() - self._committed > SECONDS_BETWEEN_COMMITS:
            self._ledger.commit()
            self.make()
            self._committed = time.monotonic()
        self._watcher.tick()

    def _check(self, place: tuple[int, int]) -> None:
        if place != self._next:
            raise EngineError(
                f"the cluster answered {place} where {self._next} was to come; "
                "what is done is kept, and the same command goes on"
            )

    def check_all_came(self) -> None:
        """Raise if something that was expected did not come."""
        self._check((-1, 0))

    def check_any(self, inputs: Iterable[str]) -> None:
        """Raise if there was nothing to read at all."""
        if not self._sequence:
            kinds = ", ".join(sorted(FOLDER_SUFFIXES))
            raise InputError(f"nothing to read in {', '.join(inputs)}: no {kinds} file is there")

    def _write(self, done: Done) -> None:
        entry, outcome = done.entry, done.outcome
        ledger, summary = self._ledger, self.summary
        member = entry.member
        id = give_id(member.name, member.uri, ledger.has_id)
        sequence, self._sequence = self._sequence, self._sequence + 1
        if isinstance(outcome.value, Written):
            value = outcome.value
            line = value.line
            if id != give_id(member.name, member.uri):
                line = renamed(line, member.uri, id).line
            sha = bytes.fromhex(value.sha256) if value.sha256 else entry.sha256
            ledger.add(sequence, id, entry, line, sha)
            summary.extracted += 1
            summary.characters += value.characters
            self._watcher.done(id, value.characters, entry.weight, reused=False)
        else:
            failure = failure_of(outcome, entry, id, sequence)
            ledger.fail(sequence, id, entry, line_of(failure))
            summary.failed_now += 1
            self._watcher.failed(failure, entry.weight)

    # Parts

    def make(self, *, wait: bool = False) -> None:
        """Have closed parts made, and put those that are made in their places."""
        ledger = self._ledger
        for part in ledger.state.closed(self._makers.most):
            if part.part not in self._begun:
                self._makers.begin(ledger.making_of(part))
                self._begun.append(part.part)
        while self._begun:
            made = self._makers.made(self._begun[0], wait=wait)
            if made is None:
                return
            rows, files = made
            ledger.next_making()
            for name, data in files.items():
                target = self._place / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
            part_number = self._begun.pop(0)
            ledger.made(rows)
            for table, count in rows.items():
                if count or not part_number:
                    self._makers.written(layout.table_part(self._place, table, part_number))

    # The end

    def finish(self) -> Summary:
        """Close the last part, make what is to be made, and the database."""
        ledger = self._ledger
        ledger.commit()
        while not ledger.finish():
            self.make(wait=True)
        if ledger.state.get("database") != "made" or not (self._place / layout.DATABASE).exists():
            last = ledger.state.last_part()
            make_database(self._place, last.part + 1 if last else 0)
            ledger.state.put(database="made")
        summary = self.summary
        summary.seconds = time.monotonic() - self._began
        self._results.finished(summary)
        self._results.close(whole=True)
        return summary

    def stopped(self) -> None:
        """Keep what is done, if the disk lets us."""
        self.summary.seconds = time.monotonic() - self._began
        self._results.stopped(self.summary)
        self._results.close(whole=False)
