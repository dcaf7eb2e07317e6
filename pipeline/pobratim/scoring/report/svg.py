"""Matplotlib figures as inline SVG that takes its colours from the page.

Figures are drawn in stand-in colours, which are replaced by CSS variables, so that one picture
serves light and dark. Text stays text, in the page's own font.
"""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

INK = "#0a0b01"
MUTED = "#0a0b02"
LINE = "#0a0b03"
ACCENT = "#0a0b04"
SECOND = "#0a0b05"
THIRD = "#0a0b06"
GOOD = "#0a0b07"
BAD = "#0a0b08"
PAPER = "#0a0b09"

_VARIABLES = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    LINE: "var(--line)",
    ACCENT: "var(--accent)",
    SECOND: "var(--second)",
    THIRD: "var(--third)",
    GOOD: "var(--good)",
    BAD: "var(--bad)",
    PAPER: "var(--paper)",
}
_COLOUR = re.compile("|".join(_VARIABLES))
_OPENING = re.compile(r"<svg\b[^>]{0,400}?viewBox=\"([^\"]{1,80})\"[^>]{0,400}>")
_METADATA = re.compile(r"<metadata>.{0,4000}?</metadata>", re.DOTALL)
_COMMENT = re.compile(r"<!--.{0,400}?-->", re.DOTALL)
_REFERENCE = re.compile(r'(\bid="|href="#|url\(#)')

STYLE = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": LINE,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "xtick.major.pad": 7,
    "ytick.major.pad": 7,
    "ytick.major.size": 0,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "legend.fontsize": 10,
}


@contextmanager
def drawing(name: str) -> Iterator[None]:
    """The style in which figures are made; ``name`` seeds their ids, so that they are the same
    every time."""
    import matplotlib

    style: Any = {**STYLE, "svg.hashsalt": name}
    with matplotlib.rc_context(style), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        yield


def to_svg(figure: Figure, name: str, description: str) -> str:
    """The figure as an ``<svg>`` element; ``name`` keeps its ids apart from other figures'.

    Must be called within :func:`drawing`. ``description`` is what a screen reader says.
    """
    buffer = io.StringIO()
    figure.savefig(
        buffer,
        format="svg",
        transparent=True,
        metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
    )
    drawn = buffer.getvalue()
    drawn = drawn[drawn.index("<svg") :]
    drawn = _COMMENT.sub("", _METADATA.sub("", drawn))
    opening = _OPENING.search(drawn)
    assert opening is not None
    size = opening[1].split()
    head = (
        f'<svg viewBox="{opening[1]}" width="{round(float(size[2]) * 4 / 3)}" role="img" '
        f'aria-label="{escape(description)}">'
    )
    drawn = head + drawn[opening.end() :]
    drawn = _REFERENCE.sub(rf"\g<1>{name}-", drawn)
    return _COLOUR.sub(lambda found: _VARIABLES[found[0]], drawn)
