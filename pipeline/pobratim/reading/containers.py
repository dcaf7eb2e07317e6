"""Containers to members: each is opened as a stream, and what it holds is opened in turn."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from pobratim.errors import EmptyInputError, InputError
from pobratim.reading.archives import Entry, tar_entries, zip_entries
from pobratim.reading.kinds import HEAD, NO_DOCUMENTS, Kind, container_kind, suffix_of
from pobratim.reading.members import Limits, Member
from pobratim.reading.packages import is_archive
from pobratim.reading.streams import CHUNK, Budget, Inflated, buffered, unpacker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["unpacked"]

IN_MEMORY = 4 << 20
PACKED_SUFFIXES = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


@dataclass(frozen=True, slots=True)
class Node:
    """A container being read: ``stream`` can look ahead, and seek where ``whole`` is set."""

    stream: io.BufferedReader
    kind: Kind
    name: str
    uri: str
    depth: int
    whole: IO[bytes] | None = None
    packed: Inflated | None = None


def unpacked(path: Path, uri: str, limits: Limits) -> Iterator[Member]:
    """The documents in the container ``path``; what goes wrong is a member with an error, the last
    one where it went wrong for good."""
    walk = _Walk(limits)
    count = 0
    try:
        with path.open("rb") as stream:
            kind = container_kind(stream.peek(HEAD)[:HEAD], path.name)
            if kind is None:
                raise InputError("no container any more; it changed while it was read")
            for member in walk.members(Node(stream, kind, path.name, uri, 1, whole=stream)):
                count += 1
                if count > limits.max_members:
                    raise InputError(f"holds more than {limits.max_members:,} documents; split it")
                yield member
        if not count:
            raise EmptyInputError("there is no document in it")
    except InputError as error:
        yield Member(uri, path.name, error=error)
    except OSError as error:
        reason = InputError(f"cannot be read to its end: {error.strerror or error}")
        yield Member(uri, path.name, error=reason)


class _Walk:
    """One walk through a container, with one budget for all of it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.budget = Budget(limits.max_total, limits.max_ratio)

    def members(self, node: Node) -> Iterator[Member]:
        """The documents in ``node``."""
        if unpacker(node.kind):
            yield from self._inflated(node)
        elif node.kind == "zip":
            with self._whole(node) as whole:
                yield from self._entries(node, zip_entries(whole, self.budget, self.limits))
        elif node.kind == "tar":
            yield from self._entries(node, tar_entries(node.stream, self.budget, self.limits))
        elif node.kind == "warc":
            from pobratim.reading.warc import warc_members

            yield from warc_members(node.stream, node.name, node.uri, self.limits, node.packed)
        elif node.kind == "parquet":
            from pobratim.reading.rows import parquet_members

            with self._whole(node) as whole:
                yield from parquet_members(whole, node.name, node.uri, self.limits)
        else:
            from pobratim.reading.rows import csv_members, jsonl_members

            read = jsonl_members if node.kind == "jsonl" else csv_members
            yield from read(node.stream, node.name, node.uri, self.limits)

    def _inflated(self, node: Node) -> Iterator[Member]:
        """The one file in a compressed stream: a document, or a container with the same address."""
        suffix = suffix_of(node.name)
        stem = node.name[: len(node.name) - len(suffix)] or node.name
        name = stem + PACKED_SUFFIXES.get(suffix, "")
        raw = Inflated(node.stream, node.kind, self.budget)
        stream = buffered(raw)
        kind = container_kind(stream.peek(HEAD)[:HEAD], name)
        if kind is None or kind == "zip":
            yield from self._opened(stream, name, f"{node.uri}!/{escaped(name, self.limits)}", node)
        else:
            self._check_depth(node)
            yield from self.members(Node(stream, kind, name, node.uri, node.depth + 1, packed=raw))

    def _entries(self, node: Node, entries: Iterator[Entry]) -> Iterator[Member]:
        for entry in entries:
            uri = f"{node.uri}!/{escaped(entry.name, self.limits)}"
            name = entry.name.rstrip("/").rsplit("/", 1)[-1][-self.limits.max_name :]
            if suffix_of(name) in NO_DOCUMENTS or name.startswith("."):
                continue
            if entry.error is not None or entry.stream is None:
                yield Member(uri, name, size=entry.size, error=entry.error)
                continue
            try:
                yield from self._opened(entry.stream, name, uri, node)
            except InputError as error:
                if self.budget.left < 0:
                    raise
                yield Member(uri, name, size=entry.size, error=error)

    def _opened(
        self, stream: io.BufferedReader, name: str, uri: str, node: Node
    ) -> Iterator[Member]:
        """The document in ``stream``, or those of the container in it."""
        kind = container_kind(stream.peek(HEAD)[:HEAD], name)
        if kind == "zip":
            with self._spooled(stream) as whole:
                if is_archive(whole):
                    self._check_depth(node)
                    inner = Node(stream, kind, name, uri, node.depth + 1, whole=whole)
                    yield from self.members(inner)
                else:
                    whole.seek(0)
                    yield self._document(whole, name, uri)
        elif kind is None:
            yield self._document(stream, name, uri)
        else:
            self._check_depth(node)
            yield from self.members(Node(stream, kind, name, uri, node.depth + 1))

    def _document(self, stream: IO[bytes], name: str, uri: str) -> Member:
        data = stream.read(self.limits.max_bytes + 1)
        if len(data) > self.limits.max_bytes:
            raise InputError(
                f"longer than {self.limits.max_bytes:,} bytes; raise --max-bytes to read it"
            )
        return Member(uri, name, data=data, size=len(data))

    def _check_depth(self, node: Node) -> None:
        if node.depth >= self.limits.max_depth:
            raise InputError(f"a container nested more than {self.limits.max_depth} deep")

    def _whole(self, node: Node) -> IO[bytes]:
        """``node`` as a file that can be sought in."""
        if node.whole is None:
            return self._spooled(node.stream)
        node.whole.seek(0)
        return node.whole

    def _spooled(self, stream: io.BufferedReader) -> IO[bytes]:
        """A temporary copy without a name, in memory while it is small."""
        copy = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed by the caller
        length = 0
        while data := stream.read(CHUNK):
            length += len(data)
            if length > self.limits.max_nested:
                raise InputError(
                    f"a container within another, over {self.limits.max_nested:,} bytes"
                )
            copy.write(data)
        copy.seek(0)
        return copy


def escaped(name: str, limits: Limits) -> str:
    """A member's name as part of an address: no way out of the archive, no invisible characters."""
    cut = name if len(name) <= limits.max_name else name[: limits.max_name] + "…"
    # ``tar`` of a folder calls everything in it ``./…``.
    parts = [part for part in cut.replace("\\", "/").split("/") if part != "."] or ["%2E"]
    safe = "/".join("%2E%2E" if part == ".." else _visible(part) for part in parts)
    return "%2F" + safe[1:] if safe.startswith("/") else safe


def _visible(part: str) -> str:
    return "".join(
        ch
        if ch.isprintable() and ch not in "%!#"
        else "".join(f"%{byte:02X}" for byte in _utf8(ch))
        for ch in part
    )


def _utf8(character: str) -> bytes:
    return character.encode(
        "utf-8", "surrogateescape" if "\udc80" <= character <= "\udcff" else "replace"
    )
