"""One body under several names: its acronym, its name without the place, other spellings.

«Ассоциация сибирских городов (АСГ)» and «АСГ» are one body, and so are «средняя школа им. Попова
г. Томска» and, in the same document, «средняя школа им. Попова»; «администрация г.Томска» and
«администрация города Томска» have one key (see :mod:`pobratim.stages.body_keys`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.identity import body_words, sound_of
from pobratim.schema import PLACE_LABELS
from pobratim.stages.body_keys import body_key
from pobratim.stages.quotes import OPENING
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

__all__ = ["SameBodies"]

LEAST_ACRONYM = 3
LONGEST_NAME = 8
FUNCTION_WORDS = frozenset({"CCONJ", "ADP", "DET", "PUNCT", "PART"})


@Language.factory("pobratim_same_bodies")
class SameBodies:
    """Gives the mentions of one organization one ``entity``, that of its fullest name."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        body_words()  # what is read once is read before the first text
        sound_of("")

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        bodies = [body for body in ws.of("ORGANIZATION") if body.entity]
        if bodies:
            places = {place.start: place for place in ws.of(*PLACE_LABELS)}
            _join(bodies, _by_key(ws, bodies, places))
            _join(bodies, _by_other_names(ws, bodies, places))
        return doc


def _join(bodies: Iterable[Candidate], joined: dict[str, str]) -> None:
    for body in bodies:
        body.entity = joined.get(body.entity or "", body.entity)


def _by_key(ws: Workspace, bodies: list[Candidate], places: dict[int, Candidate]) -> dict[str, str]:
    """From the entity of each spelling to that of the first with the same key."""
    first: dict[str, str] = {}
    joined: dict[str, str] = {}
    for body in bodies:
        key = body_key(ws, body, places)
        if key and body.entity:
            joined.setdefault(body.entity, first.setdefault(key, body.entity))
    return joined


def _by_other_names(
    ws: Workspace, bodies: list[Candidate], places: dict[int, Candidate]
) -> dict[str, str]:
    """From the entity of a short name to that of the one body that goes by it."""
    within = {at for place in places.values() for at in range(place.start, place.end)}
    named: dict[str, set[str]] = {}
    for body in bodies:
        for name in _other_names(ws, body, within):
            named.setdefault(name, set()).add(body.entity or "")
    ends = {body.end: body for body in bodies}
    for body in bodies:
        owner = ends.get(body.start - 1)
        if owner is not None and _in_brackets(ws, body):
            named[_name(ws, body)] = {owner.entity or ""}
    joined: dict[str, str] = {}
    for body in bodies:
        owners = named.get(_name(ws, body), set()) - {body.entity}
        if body.entity and len(owners) == 1:
            joined[body.entity] = owners.pop()
    return joined


def _in_brackets(ws: Workspace, body: Candidate) -> bool:
    """Whether initials stand in brackets: «Ассоциация … (АСГ)»."""
    single = body.end - body.start == 1 and ws.words[body.start].isupper()
    return single and ws.words[body.start - 1] == "(" and ws.words[body.end : body.end + 1] == [")"]


def _name(ws: Workspace, body: Candidate) -> str:
    if body.end - body.start == 1 and ws.words[body.start].isupper():
        return ws.words[body.start]
    return " ".join(ws.lemmas[body.start : body.end])


def _other_names(ws: Workspace, body: Candidate, places: set[int]) -> list[str]:
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
    return found + _short_names(ws, body)


def _short_names(ws: Workspace, body: Candidate) -> list[str]:
    """The name without what stands before its noun: «Ассоциация «Мост»», "the Twinning Association"."""
    quotes = [at for at in range(body.start, body.end) if ws.words[at] in OPENING]
    if quotes:
        return [" ".join(ws.lemmas[at - 1 : body.end]) for at in quotes[:1] if at > body.start + 1]
    if ws.languages[body.start] != "en" or body.end - body.start > LONGEST_NAME:
        return []
    return [
        " ".join(ws.lemmas[at : body.end])
        for at in range(body.start + 1, body.end - 1)
        if ws.words[at][0].isupper()
    ]
