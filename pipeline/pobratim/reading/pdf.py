"""PDF files: the text layer, page by page, in reading order."""

from __future__ import annotations

import ctypes
import math
from typing import TYPE_CHECKING

from pobratim.errors import InputError
from pobratim.reading.blocks import Blocks, Extracted
from pobratim.reading.pdf_layout import Page, Run, add_pages
from pobratim.reading.pdf_margins import without_margins

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

__all__ = ["read_pdf"]

MOST_PAGES = 5000
MOST_PAGE_CHARS = 200_000
MOST_CHARS = 5_000_000
GAP = 0.9
"""Two characters this far apart, in heights of a letter, belong to two cells or columns."""

SAME_PLACE = 0.01
BOLD = 600
SPACE = 0.2
"""This far apart there is a space, also where the file has none, as behind a bullet."""

LINE_ENDS = frozenset((0x0A, 0x0D))
HYPHENS = frozenset((0x02, 0xAD, 0xFFFE))
"""What PDFium gives for a hyphen at the end of a line that its word goes on after."""

ERRORS = {
    "password": "locked with a password; save it without one",
    "format": "damaged: PDFium makes no document of it",
}


def read_pdf(data: bytes) -> Extracted:
    """The text of a PDF file, without page numbers and the running heads and feet of its pages.

    Raises :class:`~pobratim.errors.InputError` where it is damaged or locked, has more pages or
    characters than are read, or has only pictures of pages.
    """
    document = _opened(data)
    try:
        count = len(document)
        if not 0 < count <= MOST_PAGES:
            raise InputError(f"a PDF of {count:,} pages; from 1 to {MOST_PAGES:,} are read")
        pages = list(_pages(document, count))
    finally:
        document.close()
    blocks = Blocks()
    scanned = [page.number for page in pages if not page.runs and page.has_picture]
    if not any(page.runs for page in pages) and scanned:
        raise InputError(
            "a PDF of scanned pages without a text layer; run text recognition (OCR) over it first"
        )
    if scanned:
        blocks.notice(
            "scanned", f"no text layer, and so not read: pages {_ranges(scanned)} of {len(pages)}"
        )
    add_pages(without_margins(pages), blocks)
    return blocks.extracted()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        kind = "password" if "password" in str(error).lower() else "format"
        raise InputError(ERRORS[kind]) from error


def _pages(document: pypdfium2.PdfDocument, count: int) -> Iterator[Page]:
    import pypdfium2

    total = 0
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            yield Page(index + 1, 0.0, 0.0, [])
            continue
        text = page.get_textpage()
        length = text.count_chars()
        total += length
        if length > MOST_PAGE_CHARS or total > MOST_CHARS:
            raise InputError(
                f"more than {MOST_PAGE_CHARS:,} characters on page {index + 1}"
                if length > MOST_PAGE_CHARS
                else f"a PDF of more than {MOST_CHARS:,} characters; split it"
            )
        width, height = page.get_size()
        runs = _runs(text.raw, length)
        picture = not runs and _has_picture(page)
        text.close()
        page.close()
        yield Page(index + 1, width, height, runs, has_picture=picture)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    from pypdfium2 import raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])), None) is not None


def _runs(text: object, length: int) -> list[Run]:
    """Characters that follow each other on a line, as runs; in the order of the file."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    box_place = ctypes.byref(box)
    across, base = ctypes.c_double(), ctypes.c_double()
    across_place, base_place = ctypes.byref(across), ctypes.byref(base)
    runs: list[Run] = []
    run: Run | None = None
    left = bottom = -1e9
    unicode_of, loose_box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    for index in range(length):
        code = unicode_of(text, index)
        if code in LINE_ENDS:
            run = None
            continue
        character = "-" if code in HYPHENS else _character(code)
        if character == " " or not character:
            if run is not None and character and not run.text.endswith(" "):
                run.text += " "
            continue
        loose_box_of(text, index, box_place)
        if run is not None and (box.right <= box.left or abs(box.left - left) < SAME_PLACE):
            run.add(
                character, box.right
            )  # the second letter of a ligature stands where the first does
            continue
        left = box.left
        if box.bottom != bottom:
            raw.FPDFText_GetCharOrigin(text, index, across_place, base_place)
            bottom = box.bottom
        if run is None or not run.takes(box.left, base.value, GAP):
            weight = raw.FPDFText_GetFontWeight(text, index)
            size = _size(text, index)
            run = Run("", box.left, box.right, base.value, size, bold=weight >= BOLD)
            runs.append(run)
        elif box.left - run.x1 > SPACE * run.height and not run.text.endswith(" "):
            run.text += " "
        run.add(character, box.right)
    return [each for each in runs if each.text.strip()]


def _size(text: object, index: int) -> float:
    """The size of a character on the page, in points."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    scale = 1.0
    if raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
        scale = math.hypot(matrix.b, matrix.d)
    size = float(raw.FPDFText_GetFontSize(text, index)) * scale
    return size if 1.0 <= size < 1000.0 else 10.0


def _character(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF or code < 0x20 or code > 0x10FFFF:
        return " " if code == 0x09 else ""
    return " " if chr(code).isspace() else chr(code)


def _ranges(numbers: list[int]) -> str:
    """``[1, 2, 3, 7]`` as ``1-3, 7``; the first few."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    told = [f"{part[0]}-{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts[:10]]
    return ", ".join(told) + (", …" if len(parts) > 10 else "")
