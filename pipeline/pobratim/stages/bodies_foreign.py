"""Bodies with a noun of another language, which models take for persons: "Teatro Massimo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.bodies import body_lexicons

if TYPE_CHECKING:
    from pobratim.lexicon.bodies import Kind
    from pobratim.stages.workspace import Workspace

__all__ = ["foreign_kind", "is_foreign_noun"]


def foreign_kind(ws: Workspace, start: int, end: int) -> Kind | None:
    """What sort of body a name of several words is by a noun in it; None if none tells."""
    if end - start < 2:
        return None
    nouns = (at for at in range(start, end) if is_foreign_noun(ws, at))
    first = next(nouns, None)
    return None if first is None else body_lexicons()["en"].foreign[ws.lowers[first]]


def is_foreign_noun(ws: Workspace, at: int) -> bool:
    """Whether a word with a capital is such a noun."""
    return ws.words[at][0].isupper() and ws.lowers[at] in body_lexicons()["en"].foreign
