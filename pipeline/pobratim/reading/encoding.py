"""Bytes to text: the encoding of a document, and its text unchanged but for the byte order mark.

In this order: a byte order mark; UTF-16 and UTF-32 without one; UTF-8; the single-byte encodings
that Russian texts come in, told apart by :mod:`pobratim.reading.letters`; anything else by
charset-normalizer. Line ends are kept as they are.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from pobratim.errors import InputError
from pobratim.reading.letters import CREDIBLE, best_single_byte

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; those of UTF-32 stand first because UTF-16's is a prefix of one of them."""

SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF media file"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive (as .docx, .xlsx and .odt are)"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
"""First bytes of files that are no text, and what to call them."""

_SIGNED = tuple(signature for signature, _ in SIGNATURES)
MEANINGLESS = "\ufffd"
SAMPLE = 1 << 16
MOSTLY = 0.9
MAX_CONTROLS = 0.005

_ALPHABETS = b"\x00\x04"
_PUNCTUATION = 0x20
_FAMILIAR = re.compile(r"[\t\n\r -~\xa0-\xbfÀ-ÿЀ-ӿ‐-‧№€]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_HIGH = re.compile(rb"[\x80-\xff]+")


class Decoded(NamedTuple):
    """A text, the encoding it was in, and how many bytes had no meaning there (shown as U+FFFD)."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes) -> Decoded:
    """The text of ``data``.

    Raises :class:`~pobratim.errors.InputError` if the bytes are no text.
    """
    if data.startswith(_SIGNED):
        name = next(name for signature, name in SIGNATURES if data.startswith(signature))
        raise _not_text(f"the bytes are those of {name}")
    decoded = _by_mark(data) or _wide(data) or _utf8(data) or _guessed(data)
    controls = len(_CONTROL.findall(decoded.text))
    if controls > max(1, len(decoded.text) * MAX_CONTROLS):
        raise _not_text(f"{controls} of {len(decoded.text)} characters are control characters")
    return decoded


def _not_text(why: str) -> InputError:
    return InputError(f"not a text: {why}; give a plain text, such as UTF-8 or windows-1251")


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    return None


def _lenient(data: bytes, encoding: str) -> Decoded:
    """Decode with U+FFFD for what has no meaning; an error where that is more than a little."""
    text = data.decode(encoding, "replace")
    damaged = text.count(MEANINGLESS) - _own_replacements(data, encoding)
    if damaged > max(1, len(text) * (1 - MOSTLY) / 2):
        raise InputError(
            f"not a text: it begins as {encoding}, but {damaged} characters of {len(text)} are "
            f"not; save it as UTF-8 again"
        )
    return Decoded(text, encoding, max(0, damaged))


def _own_replacements(data: bytes, encoding: str) -> int:
    """How many U+FFFD ``data`` itself spells out, which only a Unicode encoding can."""
    return data.count(MEANINGLESS.encode(encoding)) if encoding.startswith("utf") else 0


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark: every second byte is 0, 4 (Cyrillic) or now and then 0x20 (general
    punctuation; but also a space of a text that is mostly spaces), and what comes out reads as Russian or
    English."""
    if b"\x00" not in data and b"\x04" not in data:
        return None
    sample = data[: SAMPLE - SAMPLE % 4]
    for encoding, width, place in (
        ("utf-32-le", 4, 3),
        ("utf-32-be", 4, 0),
        ("utf-16-le", 2, 1),
        ("utf-16-be", 2, 0),
    ):
        high = sample[place::width]
        letters = len(high) - len(high.translate(None, _ALPHABETS))
        wide = letters + high.count(_PUNCTUATION)
        if len(sample) < 2 * width or wide < MOSTLY * len(high) or 2 * letters < len(high):
            continue
        text = sample.decode(encoding, "replace")
        if len(_FAMILIAR.findall(text)) >= MOSTLY * len(text):
            return _lenient(data, encoding)
    if b"\x00" in data:
        raise _not_text(f"it has a zero byte at offset {data.index(0)}")
    return None


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also with a little damage; ``None`` where the high bytes are another encoding's."""
    text = data.decode("utf-8", "replace")
    damaged = text.count(MEANINGLESS) - _own_replacements(data, "utf-8")
    if damaged <= 0:
        return Decoded(text, "utf-8")
    good = sum(ch > "\x7f" for ch in text) - text.count(MEANINGLESS)
    if good >= MOSTLY * (good + damaged):
        return Decoded(text, "utf-8", damaged)
    if good > damaged:
        raise InputError(
            f"mixes UTF-8 ({good} characters) with another encoding ({damaged} bytes); "
            "save it in one encoding"
        )
    return None


def _guessed(data: bytes) -> Decoded:
    guess = best_single_byte(data)
    if guess.cost <= CREDIBLE:
        return _lenient(data, guess.encoding)
    import charset_normalizer

    match = charset_normalizer.from_bytes(_high_sample(data)).best()
    if match is None:
        raise _not_text("no known encoding makes words of its bytes")
    return _lenient(data, match.encoding)


def _high_sample(data: bytes) -> bytes:
    """A piece of ``data`` that holds its first bytes above 0x7f."""
    found = _HIGH.search(data)
    start = max(0, (found.start() if found else 0) - 64)
    return data[start : start + SAMPLE]
