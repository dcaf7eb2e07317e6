"""Under what key a body is known, whatever the language, case and spelling of its name.

«клиника «Сэчжон»» and "hospital Sejong" are both ``hospital sejon``; «администрация г.Томска» and "Tomsk
City Administration" are both ``administration geonames:1489425``. A key holds what its words mean, where
all languages have the word (``lexicon/data/identity``), the ids of places within the name, numbers, and
the sound of the rest. A name that tells no body from others of its kind has no key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.bodies import body_lexicons
from pobratim.lexicon.identity import body_words, sound_of
from pobratim.lexicon.place_adjectives import place_of_adjective

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["body_key", "tells_where"]


def body_key(ws: Workspace, body: Candidate, places: Mapping[int, Candidate]) -> str | None:
    """The key of ``body``; ``places`` are the linked places by their first words."""
    parts, ids, telling = set[str](), set[str](), False
    at = body.start
    while at < body.end:
        place = places.get(at)
        if place is not None and place.entity and tells_where(ws, body, place):
            ids.add(place.entity)
            at, telling = place.end, True
            continue
        for part, tells in _parts(ws, at):
            parts.add(part)
            telling = telling or tells
        at += 1
    return " ".join(sorted(parts | ids)) if telling and parts else None


def tells_where(ws: Workspace, body: Candidate, place: Candidate) -> bool:
    """Whether a place within a name is where the body is, and not what it is called.

    "hospital Sejong" is called so: a name right behind an English noun is no place.
    """
    if place.start == body.start:
        return place.end < body.end
    before = ws.lowers[place.start - 1]
    return ws.languages[place.start] != "en" or body_words().concepts.get(before) is None


def _parts(ws: Workspace, at: int) -> Iterator[tuple[str, bool]]:
    """What the word at ``at`` adds to a key, and whether that tells one body from another."""
    if _is_legal_form(ws.words[at]):
        return
    known = body_words()
    for form in (ws.lemmas[at], ws.lowers[at]):
        if form in known.empty:
            return
        if form in known.concepts:
            yield known.concepts[form], False
            return
    place = place_of_adjective(ws.lemmas[at]) if ws.words[at][0].isupper() else None
    if place:
        yield place.id, True
        return
    for piece in ws.lemmas[at].split("-"):
        concept = known.concepts.get(piece)
        if concept or piece.isdigit():
            yield concept or piece, False
        elif piece not in known.empty and any(sign.isalnum() for sign in piece):
            yield sound_of(piece), True


def _is_legal_form(word: str) -> bool:
    return any(
        word in lexicon.legal or word in lexicon.leading for lexicon in body_lexicons().values()
    )
