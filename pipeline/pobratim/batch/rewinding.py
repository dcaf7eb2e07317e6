"""Taking results back: parts set aside for what a later run can use of them, files cut to the state."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pobratim.batch import layout
from pobratim.batch.lines import cut, set_aside
from pobratim.batch.state import MADE, Part


class Aside(NamedTuple):
    """Where the lines of a part went: from ``base`` on of ``file``, ``framed`` if compressed."""

    part: Part
    file: str
    base: int
    framed: bool


def set_parts_aside(folder: Path, parts: list[Part], *, compress: bool) -> list[Aside]:
    """Give the lines of ``parts``, the last ones there are, names in the folder of earlier results."""
    previous = folder / layout.PREVIOUS
    previous.mkdir(exist_ok=True)
    number = len(list(previous.iterdir()))
    first, last = parts[0], parts[-1]
    if not compress:
        end = last.base + last.length
        file = set_aside(folder / layout.DOCUMENTS, previous, number, first.base, end)
        moved = [Aside(part, file, part.base - first.base, False) for part in parts]
    else:
        moved = []
        framed = [part for part in parts if part.status == MADE]
        if framed:
            first, last = framed[0], framed[-1]
            end = last.frame + last.frame_length
            file = set_aside(folder / layout.COMPRESSED, previous, number, first.frame, end)
            moved = [Aside(part, file, part.frame - first.frame, True) for part in framed]
        for part in parts:
            if part.status != MADE:
                source = layout.open_part(folder, part.part)
                number += 1
                file = set_aside(source, previous, number, 0, part.length)
                moved.append(Aside(part, file, 0, False))
    layout.sync_folder(previous)
    return moved


def cut_to(folder: Path, parts: list[Part], previous: set[str], *, compress: bool) -> None:
    """Cut every file back to what ``parts`` tell; of earlier results keep the files ``previous``."""
    last = parts[-1] if parts else None
    made = [part for part in parts if part.status == MADE]
    lines = last.base + last.length if last is not None and not compress else 0
    cut(folder / layout.DOCUMENTS, lines)
    frames = made[-1].frame + made[-1].frame_length if made and compress else 0
    cut(folder / layout.COMPRESSED, frames)
    cut(folder / layout.ERRORS, last.errors_base + last.errors_length if last else 0)
    loose = {layout.open_part(folder, p.part): p.length for p in parts if p.status != MADE}
    for path in _files(folder / layout.OPEN_PARTS):
        cut(path, loose.get(path, 0) if compress else 0)
    layout.clear_tables(folder, len(made))
    for path in _files(folder / layout.PREVIOUS):
        if path.name not in previous:
            path.unlink()


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
