"""Parts of an English body with the bodies that commas join to them.

"International Exchange Section, Citizen Activities Division, Obihiro City" is one office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.stages.bodies_judged import BodyName

if TYPE_CHECKING:
    from pobratim.lexicon.bodies import BodyLexicon
    from pobratim.stages.phrases import Context
    from pobratim.stages.workspace import Candidate

__all__ = ["joined_parts"]

TOWN = frozenset({"city", "town"})


def joined_parts(seen: Context, found: list[Candidate], lexicon: BodyLexicon) -> list[Candidate]:
    """The bodies in order, the parts of one with what stands behind their comma as one."""
    kept: list[Candidate] = []
    for body in found:
        last = kept[-1] if kept else None
        if last is not None and _is_part(seen, last, lexicon) and _parent(seen, last, body):
            last.end = body.end
            _rename(seen, last)
            continue
        if last is not None:
            _reach_town(seen, last, lexicon)
        kept.append(body)
    if kept:
        _reach_town(seen, kept[-1], lexicon)
    return kept


def _is_part(seen: Context, body: Candidate, lexicon: BodyLexicon) -> bool:
    """Whether a body ends with the noun of a part: "Citizen Activities Division"."""
    ws, last = seen.ws, body.end - 1
    return (
        ws.languages[last] == "en"
        and ws.lowers[last] in lexicon.inner
        and ws.words[last][0].isupper()
        and body.start < last
    )


def _parent(seen: Context, part: Candidate, body: Candidate) -> bool:
    """Whether a comma joins a body to its part, a department or office in capitals; also the period
    of "Dept."."""
    ws = seen.ws
    kind = body.data.kind if isinstance(body.data, BodyName) else ""
    shortened = ws.words[part.end : part.end + 1] == ["."] and ws.lowers[part.end - 1] == "dept"
    return (
        (shortened or ws.words[part.end : part.end + 1] == [","])
        and body.start == part.end + 1
        and ws.block_of[part.start] == ws.block_of[body.start]
        and kind in ("department", "government")
    )


def _reach_town(seen: Context, body: Candidate, lexicon: BodyLexicon) -> None:
    """Take in the town behind the last comma: "…, Obihiro City"."""
    ws = seen.ws
    if not _is_part(seen, body, lexicon) or ws.words[body.end : body.end + 1] != [","]:
        return
    end = seen.places.get(body.end + 1)
    if end is None:
        return
    if ws.lowers[end - 1] in TOWN:
        pass
    elif ws.lowers[end : end + 1] and ws.lowers[end] in TOWN and ws.words[end][0].isupper():
        end += 1
    else:
        return
    body.end = end
    _rename(seen, body)


def _rename(seen: Context, body: Candidate) -> None:
    if isinstance(body.data, BodyName):
        body.data = body.data._replace(nominative=seen.ws.phrase(body.start, body.end))
