"""The inputs between the reader and the results: waiting, at work, or done but not yet in turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from pobratim.batch.options import Options
from pobratim.batch.pool import Outcome
from pobratim.batch.reader import Entry
from pobratim.batch.tasks import Written

QUEUE_A_WORKER = 64

Content = tuple[bytes, str]
"""The digest of an input's bytes and what kind they are said to be."""


@dataclass(slots=True)
class Waiting:
    """An entry with its place in the order and its id; ``reused`` if an earlier result serves it."""

    sequence: int
    entry: Entry
    id: str
    reused: bool = False
    content: Content | None = field(init=False)
    """What tells that another input is the same."""

    def __post_init__(self) -> None:
        """Say once what it is known by."""
        sha256 = self.entry.sha256
        self.content = (sha256, self.entry.hint) if sha256 is not None else None

    @property
    def size(self) -> int:
        """How many bytes of it are held in memory."""
        return len(self.entry.member.data or b"")


class Backlog:
    """Bounded by what ``options`` allow to be ahead of the first input that is not done."""

    def __init__(self, options: Options, workers: int) -> None:
        self._options = options
        self._queue_most = QUEUE_A_WORKER * workers
        self.clear()

    def clear(self) -> None:
        """Forget everything, and number inputs from 0."""
        self.numbered = 0
        self.undone = 0
        self._next = 0
        self._bytes = 0
        self._queue: deque[Waiting] = deque()
        self._at_work: dict[int, Waiting] = {}
        self._twins: dict[Content, list[Waiting]] = {}
        self._ready: dict[int, Outcome] = {}
        self._ids: set[str] = set()

    @property
    def has_room(self) -> bool:
        """Whether more may come in."""
        return (
            len(self._queue) < self._queue_most
            and self.undone < self._options.ahead
            and self._bytes < self._options.ahead_bytes
        )

    @property
    def waits(self) -> bool:
        """Whether anything is to be begun with."""
        return bool(self._queue)

    @property
    def is_empty(self) -> bool:
        """Whether nothing that has a place in the order is under way."""
        return not (self._queue or self._at_work or self._ready or self._twins)

    # In

    def keep(self) -> None:
        """Number an input that is done already."""
        self.numbered += 1
        self._next = max(self._next, self.numbered)

    def add(self, entry: Entry, id: str) -> None:
        """Number an input that is to be done."""
        waiting = Waiting(self.numbered, entry, id)
        self.numbered += 1
        self._ids.add(id)
        self._queue.append(waiting)
        self._bytes += waiting.size
        self.undone += 1

    def has_id(self, id: str) -> bool:
        """Whether an input that is under way has this id."""
        return id in self._ids

    # At work

    def begin(self) -> Waiting | None:
        """The next to be done; what has the content of one at work waits for that one."""
        while self._queue:
            waiting = self._queue.popleft()
            content = waiting.content
            twins = self._twins.get(content) if content is not None else None
            if twins is None:
                self._at_work[waiting.sequence] = waiting
                return waiting
            twins.append(waiting)
        return None

    def hold_twins(self, waiting: Waiting) -> None:
        """Let others of this content wait until it is done."""
        if waiting.content is not None:
            self._twins[waiting.content] = []

    def settle(self, outcome: Outcome) -> None:
        """Take what became of one."""
        self._ready[outcome.key] = outcome
        self._bytes += _size(outcome)

    # Out

    def ripe(self) -> Iterator[tuple[Waiting, Outcome]]:
        """What is next in order, or whatever is done; each is out of the backlog once it is taken."""
        while self._ready:
            key = self._next if self._options.ordered else next(iter(self._ready))
            outcome = self._ready.pop(key, None)
            if outcome is None:
                return
            waiting = self._at_work.pop(key)
            self._next += self._options.ordered
            self.undone -= 1
            self._bytes -= _size(outcome) + waiting.size
            yield waiting, outcome
            # Only now do the results have its id and its content.
            self._ids.discard(waiting.id)
            if waiting.content is not None:
                self._queue.extendleft(reversed(self._twins.pop(waiting.content, [])))


def _size(outcome: Outcome) -> int:
    return len(outcome.value.line) if isinstance(outcome.value, Written) else 0
