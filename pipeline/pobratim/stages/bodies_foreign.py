"""Bodies with a noun of another language, which models take for persons: "Teatro Massimo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.bodies import body_lexicons

if TYPE_CHECKING:
    from pobratim.lexicon.bodies import Kind
    from pobratim.stages.workspace import Workspace

__all__ = ["foreign_kind"]


def foreign_kind(ws: Workspace, start: int, end: int) -> Kind | None:
    """What sort of body a name of several words is by a noun in it; None if none tells."""
    if end - start < 2:
        return None
    foreign = body_lexicons()["en"].foreign
    for at in range(start, end):
        if ws.lowers[at] in foreign and ws.words[at][0].isupper():
            return foreign[ws.lowers[at]]
    return None
