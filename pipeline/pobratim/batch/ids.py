"""The id of a document: the shortest of a few names that no earlier document has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from pobratim.reading.files import STDIN


def give_id(name: str, uri: str, taken: Callable[[str], bool] = lambda _: False) -> str:
    """The first of ``name``'s stem, ``uri`` without suffix, ``uri`` and ``uri~2`` … not ``taken``."""
    return next(each for each in _choices(name, uri) if not taken(each))


def _choices(name: str, uri: str) -> Iterator[str]:
    if uri == STDIN:
        yield "stdin"
    else:
        last = name.rstrip("/").rpartition("/")[2]
        at = last.rfind(".")
        suffix = last[at:] if 0 < at < len(last) - 1 else ""
        yield last.removesuffix(suffix) or uri
        yield uri.removesuffix(suffix) or uri
    yield uri
    yield from (f"{uri}~{number}" for number in count(2))
