"""HOLDS and OFFICE_OF: who has which office, and whose office it is.

Runs over settled mentions. What may stand between a title and its holder, or the place that it is of,
is told by the shape of the words between: one letter a word, see
:data:`pobratim.stages.office_shapes.SHAPES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.names import name_lexicon
from pobratim.lexicon.offices import office_lexicon
from pobratim.schema import PLACE_LABELS
from pobratim.stages.office_context import owned_in_context
from pobratim.stages.office_holders import Holders
from pobratim.stages.office_lists import (
    entry_of,
    listed_under,
    owned_by_heading,
    signed,
    signed_above,
    signed_below,
)
from pobratim.stages.office_owners import Owners
from pobratim.stages.office_reading import Sentence, SentenceReader
from pobratim.stages.sections import sections
from pobratim.stages.workspace import Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

__all__ = ["Offices"]

OWNERS = PLACE_LABELS | {"ORGANIZATION"}


@Language.factory("pobratim_offices")
class Offices:
    """Adds HOLDS and OFFICE_OF links."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        lexicons, names = office_lexicon(), name_lexicon()
        told = list(_sentences(ws))
        topics = sections(ws).topics if told else ()
        firsts = {city.start: city for city in ws.of("CITY")} if told else {}
        for sentence in told:
            language = ws.languages[sentence.start]
            if language in lexicons:
                entry = entry_of(ws, sentence.start, firsts)
                topic = entry or topics[ws.block_of[sentence.start]]
                reader = SentenceReader(ws, sentence, lexicons[language], names[language])
                ws.links += Holders(reader).held()
                ws.links += Owners(reader, topic, in_entry=entry is not None).owned()
        ws.links += listed_under(ws)
        ws.links += signed_above(ws)
        ws.links += signed(ws)
        ws.links += signed_below(ws)
        ws.links += owned_by_heading(ws)
        ws.links += owned_in_context(ws)
        return doc


def _sentences(ws: Workspace) -> Iterator[Sentence]:
    """The sentences that have a title."""
    grouped: dict[int, Sentence] = {}
    for role in ws.of("ROLE"):
        number = ws.sentence_of[role.start]
        if number not in grouped:
            grouped[number] = Sentence(*ws.sentences[number], [], [], [])
        grouped[number].roles.append(role)
    if not grouped:
        return
    past = 0
    for candidate in ws.of("PERSON", *OWNERS):
        if candidate.label == "ORGANIZATION":
            past = max(past, candidate.end)
        elif candidate.label == "PERSON" and candidate.end <= past:
            continue
        sentence = grouped.get(ws.sentence_of[candidate.start])
        if sentence is not None:
            person = candidate.label == "PERSON"
            (sentence.persons if person else sentence.owners).append(candidate)
    yield from grouped.values()
