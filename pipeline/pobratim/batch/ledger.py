"""The results as they grow: lines appended, parts closed, and both made sure of together.

Lines go to documents.jsonl (with ``compress`` to a file for each part) and errors.jsonl; a part is
closed by its number of inputs or bytes alone, so that the same documents give the same files. A
commit first makes sure of the files, then of the state that tells how long they are.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pobratim.batch import layout
from pobratim.batch.frames import read_frame
from pobratim.batch.reader import Entry
from pobratim.batch.state import CLOSED, MADE, OPEN, Part, Row, State
from pobratim.batch.tasks import PartMaking
from pobratim.errors import OutputError

PART_INPUTS = 10_000
PART_BYTES = 32 << 20

UNKNOWN: tuple[int | None, int | None, int | None] = (None, None, None)
Place = tuple[Part, int, int]


class Ledger:
    """The results in ``folder``, which is made if need be."""

    def __init__(self, folder: Path, *, compress: bool, inputs: int, size: int) -> None:
        self.folder = folder
        self._most = (inputs, size)
        self._rows: list[Row] = []
        self._recent: dict[tuple[bytes, str], Place] = {}
        self._ids: set[str] = set()
        self._streams: dict[Path, BinaryIO] = {}
        self._making: int | None = None
        self._frame: tuple[tuple[str, int], bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        self.state = State(folder)
        told = self.state.get("compress")
        self._compress = compress if told is None else told == "1"
        self._part: Part | None = None
        self._repair()

    # What there is, and how it is taken back

    def configure(self, key: str, *, compress: bool, ordered: bool, inputs: str) -> None:
        """Begin anew where another pipeline made the results; lay them anew where the form differs."""
        state = self.state
        if state.get("key") not in (None, key):
            self.clear()
        form = (str(int(compress)), str(int(ordered)))
        if state.get("compress") is not None and form != (
            state.get("compress"),
            state.get("ordered"),
        ):
            self.rewind(0)
        self._compress = compress
        state.begin()
        state.put(key=key, compress=form[0], ordered=form[1], inputs=inputs)
        state.commit()

    def clear(self) -> None:
        """Forget every result."""
        self.state.begin()
        self.state.cut(0)
        self.state.forget_previous()
        self.state.put(database="")
        self.state.commit()
        self._repair()

    def rewind(self, part: int) -> None:
        """Take back ``part`` and all later ones; what they hold can still be found by content."""
        self.commit()
        parts = [each for each in self.state.parts() if each.part >= part]
        if not parts:
            return
        previous = self.folder / layout.PREVIOUS
        previous.mkdir(exist_ok=True)
        number = len(list(previous.iterdir()))
        last = parts[-1]
        moved: list[tuple[Part, str, int, bool]] = []
        if not self._compress:
            file = _set_aside(self.folder / layout.DOCUMENTS, previous, number, parts[0].base,
                              last.base + last.length)  # fmt: skip
            moved = [(each, file, each.base - parts[0].base, False) for each in parts]
        else:
            framed = [each for each in parts if each.status == MADE]
            if framed:
                end = framed[-1].frame + framed[-1].frame_length
                source = self.folder / layout.COMPRESSED
                file = _set_aside(source, previous, number, framed[0].frame, end)
                moved = [(each, file, each.frame - framed[0].frame, True) for each in framed]
            for each in parts:
                if each.status != MADE:
                    source = layout.open_part(self.folder, each.part)
                    number += 1
                    moved.append(
                        (each, _set_aside(source, previous, number, 0, each.length), 0, False)
                    )
        layout.sync_folder(previous)
        self.state.begin()
        for each, file, base, is_framed in moved:
            self.state.set_aside(each, file, base, is_framed)
        self.state.cut(part)
        self.state.put(database="")
        self.state.commit()
        self._repair()

    def _repair(self) -> None:
        """Cut every file back to what the state knows, and go on from there."""
        self._close()
        self._making = None
        self._frame = None
        parts = list(self.state.parts())
        last = parts[-1] if parts else None
        made = [part for part in parts if part.status == MADE]
        folder = self.folder
        lines = last.base + last.length if last is not None and not self._compress else 0
        _cut(folder / layout.DOCUMENTS, lines)
        frames = made[-1].frame + made[-1].frame_length if made and self._compress else 0
        _cut(folder / layout.COMPRESSED, frames)
        _cut(folder / layout.ERRORS, last.errors_base + last.errors_length if last else 0)
        loose = {layout.open_part(folder, p.part): p.length for p in parts if p.status != MADE}
        if (folder / layout.OPEN_PARTS).is_dir():
            for path in sorted((folder / layout.OPEN_PARTS).iterdir()):
                _cut(path, loose.get(path, 0) if self._compress else 0)
        layout.clear_tables(folder, len(made))
        files = self.state.previous_files()
        if (folder / layout.PREVIOUS).is_dir():
            for path in sorted((folder / layout.PREVIOUS).iterdir()):
                if path.name not in files:
                    path.unlink()
        self._part = last
        for part in made:
            wanted = [name for name, rows in json.loads(part.rows).items() if rows]
            if not all(layout.table_part(folder, name, part.part).exists() for name in wanted):
                self.rewind(part.part)
                break

    # What is added

    def has_id(self, id: str) -> bool:
        """Whether an input that is done has this id."""
        return id in self._ids or self.state.has_id(id)

    def add(self, sequence: int, id: str, entry: Entry, line: bytes, sha256: bytes | None) -> None:
        """Append a document's line."""
        part = self._current()
        path, _ = self._lines(part)
        self._stream(path).write(line)
        if sha256 is not None:
            self._recent[sha256, entry.hint] = (part, part.length, len(line))
        self._row(sequence, id, entry, sha256, False, part.length, len(line))
        part.length += len(line)
        part.documents += 1
        self._end(part)

    def fail(self, sequence: int, id: str, entry: Entry, line: bytes) -> None:
        """Append an error's line."""
        part = self._current()
        self._stream(self.folder / layout.ERRORS).write(line)
        self._row(sequence, id, entry, entry.sha256, True, part.errors_length, len(line))
        part.errors_length += len(line)
        part.failed += 1
        self._end(part)

    def _row(
        self,
        sequence: int,
        id: str,
        entry: Entry,
        sha256: bytes | None,
        failed: bool,
        start: int,
        length: int,
    ) -> None:
        part = self._current()
        stamp = entry.stamp or UNKNOWN
        uri, hint = entry.member.uri, entry.hint
        self._ids.add(id)
        row = Row(sequence, part.part, id, uri, hint, *stamp, sha256, failed, start, length)
        self._rows.append(row)

    def _current(self) -> Part:
        """The part that takes the next line."""
        part = self._part
        if part is not None and part.status == OPEN:
            return part
        if part is not None and not self._full(part):
            return self._reopen(part)
        self._part = Part(0)
        if part is not None:
            base = 0 if self._compress else part.base + part.length
            errors = part.errors_base + part.errors_length
            self._part = Part(part.part + 1, base=base, errors_base=errors)
        return self._part

    def _full(self, part: Part) -> bool:
        inputs, size = self._most
        return part.inputs >= inputs or part.length >= size

    def _reopen(self, part: Part) -> Part:
        """Go on with a part that only the end of the run had closed."""
        frame = part.frame
        if self._compress and part.status == MADE:
            path = layout.open_part(self.folder, part.part)
            path.parent.mkdir(exist_ok=True)
            with path.open("wb") as stream:
                stream.write(read_frame(self.folder / layout.COMPRESSED, frame, part.frame_length))
                _sync(stream)
        was_made = part.status == MADE
        part.status, part.rows, part.frame_length = OPEN, "{}", 0
        self._making = None
        self.state.begin()
        self.state.save_part(part)
        self.state.put(database="")
        self.state.commit()
        layout.clear_tables(self.folder, part.part)
        if self._compress and was_made:
            self._drop(self.folder / layout.COMPRESSED)
            _cut(self.folder / layout.COMPRESSED, frame)
        return part

    def _end(self, part: Part) -> None:
        if self._full(part):
            part.status = CLOSED
            self.commit()

    @property
    def dirty(self) -> bool:
        """Whether a commit would change anything."""
        return bool(self._rows)

    def commit(self) -> None:
        """Make sure of everything that was added."""
        for stream in self._streams.values():
            _sync(stream)
        if not self._rows and not (self._part and self._part.status == CLOSED):
            return
        with self._transaction():
            self.state.add(self._rows)
            self.state.put(database="")
            if self._part is not None:
                self.state.save_part(self._part)
        self._rows.clear()
        self._recent.clear()
        self._ids.clear()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.state.begin()
        try:
            yield
            self.state.commit()
        except BaseException:
            self.state.rollback()
            raise

    # What is found again

    def line_of(self, sha256: bytes | None, hint: str) -> bytes | None:
        """The line of a document of this content, if there is one in these results or earlier ones."""
        if sha256 is None:
            return None
        place = self._recent.get((sha256, hint)) or self.state.find(sha256, hint)
        if place is not None:
            return self._read(*place)
        address = self.state.find_previous(sha256, hint)
        if address is None:
            return None
        path = self.folder / layout.PREVIOUS / address.file
        if address.frame is None or address.frame_length is None:
            return _range(path, address.start, address.length)
        return self._in_frame(
            path, address.frame, address.frame_length, address.start, address.length
        )

    def _read(self, part: Part, start: int, length: int) -> bytes:
        if self._compress and part.status == MADE:
            path = self.folder / layout.COMPRESSED
            return self._in_frame(path, part.frame, part.frame_length, start, length)
        path, base = self._lines(part)
        if path in self._streams:
            self._streams[path].flush()
        return _range(path, base + start, length)

    def _in_frame(self, path: Path, frame: int, size: int, start: int, length: int) -> bytes:
        key = (str(path), frame)
        if self._frame is None or self._frame[0] != key:
            self._frame = (key, read_frame(path, frame, size))
        return self._frame[1][start : start + length]

    # Parts

    def next_making(self) -> PartMaking | None:
        """What is to be done for the first closed part, unless that is under way."""
        if self._making is not None:
            return None
        part = self.state.next_closed()
        if part is None:
            return None
        self._making = part.part
        return self.making_of(part)

    def making_of(self, part: Part) -> PartMaking:
        """What is to be done for a closed part."""
        path, base = self._lines(part)
        lines = (path, base, part.length)
        errors = (self.folder / layout.ERRORS, part.errors_base, part.errors_length)
        return PartMaking(self.folder, part.part, lines, errors, self._compress)

    @property
    def making(self) -> bool:
        """Whether a part is under way."""
        return self._making is not None

    def made(self, rows: dict[str, int]) -> None:
        """Put the tables of the part that was under way in their places."""
        self.commit()
        number = self._making
        assert number is not None
        part = next(each for each in self.state.parts() if each.part == number)
        for table, count in rows.items():
            if count or not number:
                final = layout.table_part(self.folder, table, number)
                Path(f"{final}.tmp").replace(final)
                layout.sync_folder(final.parent)
        raw = layout.open_part(self.folder, number)
        if self._compress:
            before = [each for each in self.state.parts() if each.part < number]
            part.frame = before[-1].frame + before[-1].frame_length if before else 0
            part.frame_length = self._append_frame(Path(f"{raw}.zst"))
        part.status = MADE
        part.rows = json.dumps(rows)
        if self._part is not None and self._part.part == number:
            self._part = part
        with self._transaction():
            self.state.save_part(part)
        if self._compress:
            self._drop(raw)
            raw.unlink()
            Path(f"{raw}.zst").unlink()
        self._making = None

    def _append_frame(self, frame: Path) -> int:
        stream = self._stream(self.folder / layout.COMPRESSED)
        with frame.open("rb") as source:
            shutil.copyfileobj(source, stream)
            _sync(stream)
            return source.tell()

    def finish(self) -> bool:
        """Close the last part; true once all parts are made."""
        part = self._part or self._current()
        if part.status == OPEN:
            part.status = CLOSED
            self.commit()
        return self._making is None and self.state.next_closed() is None

    def close(self) -> None:
        """Let go of everything, as after a finished run."""
        self.state.begin()
        self.state.forget_previous()
        self.state.commit()
        self._close()
        for name in (layout.PREVIOUS, layout.OPEN_PARTS):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / layout.STDIN_COPY).unlink(missing_ok=True)
        if not self._compress:
            (self.folder / layout.DOCUMENTS).touch()
        self.state.close()

    def abandon(self) -> None:
        """Let go of everything as it is; what was not committed will be done again."""
        for stream in self._streams.values():
            # Unwritten bytes are no loss, and a full disk must not hide why it came to this.
            with suppress(OSError):
                stream.close()
        self._streams.clear()
        self.state.abandon()

    def _lines(self, part: Part) -> tuple[Path, int]:
        """The file of a part's lines, and where in it they begin."""
        if self._compress:
            return layout.open_part(self.folder, part.part), 0
        return self.folder / layout.DOCUMENTS, part.base

    def _stream(self, path: Path) -> BinaryIO:
        if path not in self._streams:
            if path.parent.name == layout.OPEN_PARTS:
                path.parent.mkdir(exist_ok=True)
            self._streams[path] = path.open("ab", buffering=1 << 20)
            layout.sync_folder(path.parent)
        return self._streams[path]

    def _drop(self, path: Path) -> None:
        if path in self._streams:
            self._streams.pop(path).close()

    def _close(self) -> None:
        for path in list(self._streams):
            self._drop(path)


def _cut(path: Path, size: int) -> None:
    """Shorten ``path`` to ``size`` bytes; at 0 it goes, as another name may hold what it was."""
    if not size:
        path.unlink(missing_ok=True)
        return
    found = path.stat().st_size if path.exists() else 0
    if found < size:
        raise OutputError(
            f"{path} is shorter than it was left ({found:,} of {size:,} bytes); use --force to start anew"
        )
    if found > size:
        os.truncate(path, size)


def _set_aside(source: Path, folder: Path, number: int, start: int, end: int) -> str:
    """Give the bytes of ``source`` from ``start`` to ``end`` a place in ``folder``; its file name."""
    while (folder / f"{number:05}{source.suffix}").exists():
        number += 1
    target = folder / f"{number:05}{source.suffix}"
    if not source.exists():
        target.touch()
    elif start == 0:
        os.link(source, target)
    else:
        with source.open("rb") as whole, target.open("wb") as rest:
            whole.seek(start)
            left = end - start
            while left and (data := whole.read(min(left, 1 << 20))):
                rest.write(data)
                left -= len(data)
            _sync(rest)
    return target.name


def _range(path: Path, start: int, length: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(start)
        return stream.read(length)


def _sync(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())
