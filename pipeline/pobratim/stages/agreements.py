"""Who signed what with whom, when, where: the relations of each AGREEMENT mention."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.instruments import instrument_lexicon
from pobratim.stages.agreement_parties import implied_parties, parties_of
from pobratim.stages.agreement_scope import candidates_by_sentence, scope_of
from pobratim.stages.agreement_signing import (
    date_of,
    is_future,
    link_place,
    link_signatories,
    status_of,
)
from pobratim.stages.instruments import InstrumentUse
from pobratim.stages.sections import Sections, sections
from pobratim.stages.workspace import Candidate, Link, Workspace, workspace

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pobratim.schema import Purpose, Status
    from pobratim.stages.agreement_scope import Scope

__all__ = ["AgreementUse", "Agreements"]

STEM = 5
NEAR_HEADINGS = 6
HEADING_WORDS = 20
CITY_PURPOSES = frozenset({"twinning", "friendship", "partnership"})


@dataclass(slots=True)
class AgreementUse:
    """What the agreements stage made of a mention: its status and the parties only layout tells."""

    instrument: InstrumentUse
    status: Status = "mentioned"
    implied: list[str] = field(default_factory=list)
    subject_stems: frozenset[str] = frozenset()


@Language.factory("pobratim_agreements")
class Agreements:
    """Adds PARTY, SIGNED_ON, SIGNED_IN and SIGNED_BY; ``data`` becomes an :class:`AgreementUse`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.lexicons = instrument_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        layout = sections(ws)
        ws.implied_owner = layout.owner
        by_sentence = candidates_by_sentence(ws)
        offices = _office_owners(ws)
        for mention in ws.of("AGREEMENT"):
            if isinstance(mention.data, InstrumentUse):
                self._relate(ws, mention, mention.data, layout, by_sentence, offices)
        return doc

    def _relate(
        self,
        ws: Workspace,
        mention: Candidate,
        use: InstrumentUse,
        layout: Sections,
        by_sentence: dict[int, list[Candidate]],
        offices: dict[int, list[Candidate]],
    ) -> None:
        lexicon = self.lexicons[ws.languages[mention.start]]
        scope = scope_of(ws, mention, use, lexicon, by_sentence)
        scope.offices = offices
        result = AgreementUse(use)
        parties = parties_of(scope, by_sentence)
        for party, score, rule in parties:
            ws.links.append(Link("PARTY", mention, party, score, f"agreements:{rule}"))
        date = date_of(scope, by_sentence)
        result.instrument = _without_party(use, [party for party, _, _ in parties])
        result.subject_stems = _stems(ws, result.instrument.subject)
        result.status = status_of(scope, date is not None)
        told = result.status != "planned" or is_future(scope)
        if date and told:
            ws.links.append(Link("SIGNED_ON", mention, date[0], date[1], f"agreements:{date[2]}"))
        if scope.verb is not None and told:
            link_place(scope, [party for party, _, _ in parties], by_sentence)
            link_signatories(scope)
        if use.instrument != "plan":
            result.implied = implied_parties(
                ws, mention, [party for party, _, _ in parties], layout
            )
        cities = all(party.label == "CITY" for party, _, _ in parties)
        if use.purpose == "other" and use.instrument != "plan" and cities:
            purpose = _purpose_round(scope)
            result.instrument = replace(result.instrument, purpose=purpose)
        mention.data = result


def _purpose_round(scope: Scope) -> Purpose:
    """The purpose that the sentence or the headings tell where the instrument does not.

    Of a sentence only twinning, friendship and partnership count; other stems are everywhere.
    """
    ws, lexicon = scope.ws, scope.lexicon
    found = lexicon.purpose_of(ws.lowers[scope.start : scope.end])
    if found in CITY_PURPOSES:
        return found
    here = ws.block_of[scope.mention.start]
    headings = [block for block in ws.blocks[:here] if block.kind == "heading"]
    for block in [*headings[-NEAR_HEADINGS:], *ws.blocks[:1]]:
        if block.language == ws.languages[scope.mention.start]:
            end = min(block.end, block.start + HEADING_WORDS)
            found = lexicon.purpose_of(ws.lowers[block.start : end])
            if found == "twinning":
                return found
    return "other"


def _without_party(use: InstrumentUse, parties: list[Candidate]) -> InstrumentUse:
    """The use with its subject cut before a party: «о сотрудничестве [администрации …] с …»."""
    if use.subject is None:
        return use
    start, end = use.subject
    end = min([end, *(party.start for party in parties if start < party.start < end)])
    return replace(use, subject=(start, end) if end > start + 1 else None)


def _stems(ws: Workspace, subject: tuple[int, int] | None) -> frozenset[str]:
    """The content words of a subject, cut to their first letters so that cases do not matter."""
    lemmas = ws.lemmas[slice(*subject)] if subject else []
    return frozenset(lemma[:STEM] for lemma in lemmas if len(lemma) > 3)


def _office_owners(ws: Workspace) -> dict[int, list[Candidate]]:
    """What each ROLE is of, by ``id``."""
    found: dict[int, list[Candidate]] = {}
    for link in ws.links:
        if link.label == "OFFICE_OF":
            found.setdefault(id(link.head), []).append(link.tail)
    return found
