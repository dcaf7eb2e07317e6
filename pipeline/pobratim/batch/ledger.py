"""The results as they grow: lines appended, parts closed, and both made sure of together.

Lines go to documents.jsonl (with ``compress`` to a file for each part) and errors.jsonl; a part is
closed by its number of inputs or bytes alone, so that the same documents give the same files. A
commit first makes sure of the files, then of the state that tells how long they are.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pobratim.batch import layout
from pobratim.batch.frames import read_frame
from pobratim.batch.lines import Appending, Frames, cut, read_range, sync
from pobratim.batch.reader import Entry
from pobratim.batch.rewinding import cut_to, set_parts_aside
from pobratim.batch.state import CLOSED, MADE, OPEN, Part, Row, State
from pobratim.batch.tasks import PartMaking

PART_INPUTS = 10_000
PART_BYTES = 32 << 20

UNKNOWN: tuple[int | None, int | None, int | None] = (None, None, None)
Place = tuple[Part, int, int]


class Ledger:
    """The results in ``folder``, which is made if need be."""

    def __init__(self, folder: Path, *, compress: bool, inputs: int, size: int) -> None:
        self.folder = folder
        # Made once: a path for each line would cost as much as the line.
        self._documents = folder / layout.DOCUMENTS
        self._most = (inputs, size)
        self._rows: list[Row] = []
        self._recent: dict[tuple[bytes, str], Place] = {}
        self._ids: set[str] = set()
        self._files = Appending()
        self._frames = Frames()
        self._making: int | None = None
        self._is_closed = True
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
        moved = set_parts_aside(self.folder, parts, compress=self._compress)
        self.state.begin()
        for aside in moved:
            self.state.set_aside(*aside)
        self.state.cut(part)
        self.state.put(database="")
        self.state.commit()
        self._repair()

    def _repair(self) -> None:
        """Cut every file back to what the state knows, and go on from there."""
        self._files.close()
        self._making = None
        self._is_closed = True
        self._frames.clear()
        parts = list(self.state.parts())
        cut_to(self.folder, parts, self.state.previous_files(), compress=self._compress)
        self._part = parts[-1] if parts else None
        for part in parts:
            wanted = [name for name, rows in json.loads(part.rows).items() if rows]
            paths = [layout.table_part(self.folder, name, part.part) for name in wanted]
            if part.status == MADE and not all(path.exists() for path in paths):
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
        self._files[path].write(line)
        if sha256 is not None:
            self._recent[sha256, entry.hint] = (part, part.length, len(line))
        self._row(sequence, id, entry, sha256, False, part.length, len(line))
        part.length += len(line)
        part.documents += 1
        self._end(part)

    def fail(self, sequence: int, id: str, entry: Entry, line: bytes) -> None:
        """Append an error's line."""
        part = self._current()
        self._files[self.folder / layout.ERRORS].write(line)
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
                sync(stream)
        was_made = part.status == MADE
        part.status, part.rows, part.frame_length = OPEN, "{}", 0
        self._making = None
        self.state.begin()
        self.state.save_part(part)
        self.state.put(database="")
        self.state.commit()
        layout.clear_tables(self.folder, part.part)
        if self._compress and was_made:
            self._files.drop(self.folder / layout.COMPRESSED)
            cut(self.folder / layout.COMPRESSED, frame)
        return part

    def _end(self, part: Part) -> None:
        if self._full(part):
            part.status = CLOSED
            self._is_closed = True
            self.commit()

    def commit(self) -> None:
        """Make sure of everything that was added."""
        self._files.sync()
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
            return read_range(path, address.start, address.length)
        return self._frames.read(
            path, address.frame, address.frame_length, address.start, address.length
        )

    def _read(self, part: Part, start: int, length: int) -> bytes:
        if self._compress and part.status == MADE:
            path = self.folder / layout.COMPRESSED
            return self._frames.read(path, part.frame, part.frame_length, start, length)
        path, base = self._lines(part)
        self._files.flush(path)
        return read_range(path, base + start, length)

    # Parts

    def next_making(self) -> PartMaking | None:
        """What is to be done for the first closed part, unless that is under way."""
        if self._making is not None or not self._is_closed:
            return None
        part = self.state.next_closed()
        if part is None:
            self._is_closed = False
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
            self._files.drop(raw)
            raw.unlink()
            Path(f"{raw}.zst").unlink()
        self._making = None

    def _append_frame(self, frame: Path) -> int:
        stream = self._files[self.folder / layout.COMPRESSED]
        with frame.open("rb") as source:
            shutil.copyfileobj(source, stream)
            sync(stream)
            return source.tell()

    def finish(self) -> bool:
        """Close the last part; true once all parts are made."""
        part = self._part or self._current()
        if part.status == OPEN:
            part.status = CLOSED
            self._is_closed = True
            self.commit()
        return self._making is None and self.state.next_closed() is None

    def close(self) -> None:
        """Let go of everything, as after a finished run."""
        self.state.begin()
        self.state.forget_previous()
        self.state.commit()
        self._files.close()
        for name in (layout.PREVIOUS, layout.OPEN_PARTS):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / layout.STDIN_COPY).unlink(missing_ok=True)
        if not self._compress:
            (self.folder / layout.DOCUMENTS).touch()
        self.state.close()

    def abandon(self) -> None:
        """Let go of everything as it is; what was not committed will be done again."""
        self._files.abandon()
        self.state.abandon()

    def _lines(self, part: Part) -> tuple[Path, int]:
        """The file of a part's lines, and where in it they begin."""
        if self._compress:
            return layout.open_part(self.folder, part.part), 0
        return self._documents, part.base
