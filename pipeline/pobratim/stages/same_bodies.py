"""One body under several names: its acronym, and its name without the place.

«Ассоциация сибирских городов (АСГ)» and «АСГ» are one body, and so are «средняя школа им. Попова
г. Томска» and, in the same document, «средняя школа им. Попова».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.schema import PLACE_LABELS

if TYPE_CHECKING:
    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["join_bodies"]

LEAST_ACRONYM = 3
FUNCTION_WORDS = frozenset({"CCONJ", "ADP", "DET", "PUNCT", "PART"})


def join_bodies(ws: Workspace) -> None:
    """Give mentions of one organization the entity of its fullest name."""
    bodies = ws.of("ORGANIZATION")
    places = {at for c in ws.of(*PLACE_LABELS) for at in range(c.start, c.end)}
    named: dict[str, set[str]] = {}
    for body in bodies:
        if body.entity:
            for key in _keys(ws, body, places):
                named.setdefault(key, set()).add(body.entity)
    joined: dict[str, str] = {}
    for body in bodies:
        owners = named.get(_key(ws, body), set()) - {body.entity}
        if body.entity and len(owners) == 1:
            joined[body.entity] = owners.pop()
    for body in bodies:
        body.entity = joined.get(body.entity or "", body.entity)


def _key(ws: Workspace, body: Candidate) -> str:
    if body.end - body.start == 1 and ws.words[body.start].isupper():
        return ws.words[body.start]
    return " ".join(ws.lemmas[body.start : body.end])


def _keys(ws: Workspace, body: Candidate, places: set[int]) -> list[str]:
    """Other names that ``body`` may go by: its initials, its words without the place behind."""
    words = range(body.start, body.end)
    found = []
    initials = "".join(
        ws.words[at][0].upper()
        for at in words
        if ws.tags[at] not in FUNCTION_WORDS and ws.words[at].isalpha()
    )
    if len(initials) >= LEAST_ACRONYM:
        found.append(initials)
    end = body.end
    while end > body.start and (
        end - 1 in places or ws.lemmas[end - 1] in ("г", ".", "город", "of", "the")
    ):
        end -= 1
    if body.start + 1 < end < body.end:
        found.append(" ".join(ws.lemmas[body.start : end]))
    return found
