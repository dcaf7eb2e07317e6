"""Untrusted text made safe to look at: no character of it commands a terminal or a browser."""

from __future__ import annotations

_KEPT = "\t\n\r"
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in _KEPT}
_OTHERS = {
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys(
        (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD
    ),
}
_TABLE = _PICTURES | _OTHERS


def visible(text: str) -> str:
    """``text`` with control characters as their pictures, and direction overrides as U+FFFD.

    One character stands for one, so offsets hold; tabs and line ends stay.
    """
    return text.translate(_TABLE)


def on_one_line(text: str) -> str:
    """``visible`` text with white space runs as one space."""
    return visible(" ".join(text.split()))
