"""Windows over a long text for a model that reads a limited number of pieces at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Window", "batches", "windows"]


class Window(NamedTuple):
    """Words ``start`` to ``end`` are read, the answers of ``first`` to ``last`` are kept."""

    start: int
    end: int
    first: int
    last: int
    pieces: int


def windows(
    lengths: Sequence[int], sentences: Iterable[tuple[int, int]], most: int
) -> Iterator[Window]:
    """Consecutive sentences packed into windows of at most ``most`` pieces.

    A longer sentence is cut into windows that overlap; each of its words is kept from the window in
    whose middle it is.

    Args:
        lengths: the pieces of each word, none above ``most``.
        sentences: ranges of words that follow each other and take in every word.
        most: pieces a window, without its marks of beginning and end.
    """
    start = end = total = 0
    for sentence_start, sentence_end in sentences:
        pieces = sum(lengths[sentence_start:sentence_end])
        if total and total + pieces > most:
            yield Window(start, end, start, end, total)
            start, total = sentence_start, 0
        if pieces > most:
            yield from _cut(lengths, sentence_start, sentence_end, most)
            start = end = sentence_end
        else:
            start = start if total else sentence_start
            end, total = sentence_end, total + pieces
    if total:
        yield Window(start, end, start, end, total)


def _cut(lengths: Sequence[int], start: int, end: int, most: int) -> Iterator[Window]:
    """Windows of ``most`` pieces, each from the middle of the one before."""
    first = start
    while True:
        stop, total = start, 0
        while stop < end and total + lengths[stop] <= most:
            total += lengths[stop]
            stop += 1
        if stop == end:
            yield Window(start, end, first, end, total)
            return
        following, half = start, 0
        while half < total // 2 and following < stop - 1:
            half += lengths[following]
            following += 1
        following = max(following, start + 1)
        last = min(max((following + stop) // 2, following), stop)
        yield Window(start, stop, first, last, total)
        start, first = following, last


def batches(found: Iterable[Window], most: int) -> Iterator[list[Window]]:
    """Windows of like length together, at most ``most`` pieces (padding counted) a batch."""
    batch: list[Window] = []
    for window in sorted(found, key=lambda one: (one.pieces, one.start)):
        if batch and window.pieces * (len(batch) + 1) > most:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch
