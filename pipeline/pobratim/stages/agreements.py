"""Who signed what with whom, when, where: the relations of each AGREEMENT mention."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.instruments import instrument_lexicon
from pobratim.stages.agreement_context import implied_parties
from pobratim.stages.agreement_follow import fields_behind, follow_ups
from pobratim.stages.agreement_parties import case_of, parties_of
from pobratim.stages.agreement_purpose import Surroundings, purpose_of_agreement
from pobratim.stages.agreement_scope import PARTIES, candidates_by_sentence, outermost, scope_of
from pobratim.stages.agreement_signatories import signatories
from pobratim.stages.agreement_signing import (
    date_following,
    date_of,
    is_attribute_date,
    place_of,
)
from pobratim.stages.agreement_status import status_of
from pobratim.stages.agreement_tables import flattened_tables, row_of
from pobratim.stages.instruments import InstrumentUse, Known, complement
from pobratim.stages.sections import sections
from pobratim.stages.workspace import Candidate, Link, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

    from pobratim.schema import Purpose, Status
    from pobratim.stages.agreement_features import Case
    from pobratim.stages.agreement_scope import Scope

__all__ = ["AgreementUse", "Agreements", "cases"]

STEM = 5


@dataclass(slots=True)
class AgreementUse:
    """What the agreements stage made of a mention: its status and the parties only layout tells.

    ``own_purpose`` is what its own words tell, the instrument's may come from the text round it;
    ``points_back`` is of "that agreement".
    """

    instrument: InstrumentUse
    status: Status = "mentioned"
    implied: list[str] = field(default_factory=list)
    subject_stems: frozenset[str] = frozenset()
    own_purpose: Purpose = "other"
    points_back: bool = False


@Language.factory("pobratim_agreements")
class Agreements:
    """Adds PARTY, SIGNED_ON, SIGNED_IN and SIGNED_BY; ``data`` becomes an :class:`AgreementUse`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        round_it = _surroundings(ws)
        last: Purpose = "other"
        for case, follows in cases(ws, round_it):
            last = self._relate(case, follows, round_it, last)
        return doc

    def _relate(
        self, case: Case, follows: list[Scope], round_it: Surroundings, last: Purpose
    ) -> Purpose:
        """Links one mention and says what it is for; ``last`` is what the one before is for."""
        scope, by_sentence, layout = case.scope, case.by_sentence, case.layout
        ws, mention, use, lexicon = scope.ws, scope.mention, scope.use, scope.lexicon
        result = AgreementUse(use)
        parties = parties_of(case)
        for party, score, rule in parties:
            ws.links.append(Link("PARTY", mention, party, score, f"agreements:{rule}"))
        date = date_of(scope, by_sentence) or date_following(follows)
        named = [party for party, _, _ in parties]
        result.instrument = _without_party(_with_subject(scope, named, round_it.known), named)
        result.subject_stems = _stems(ws, result.instrument.subject)
        result.status = status_of(scope, date is not None, fields_behind(scope, by_sentence))
        told = result.status != "planned"
        if date and not told and is_attribute_date(scope, date[0]):
            result.status = "in_force"  # "to extend the 2003 protocol"
        if date and result.status != "planned":
            ws.links.append(Link("SIGNED_ON", mention, date[0], date[1], f"agreements:{date[2]}"))
        if told:
            self._link_signing(mention, [scope, *follows], parties, by_sentence)
        if use.instrument != "plan" or any(party.label == "CITY" for party, _, _ in parties):
            result.implied = implied_parties(scope, named, layout, follows, by_sentence)
        result.own_purpose = result.instrument.purpose
        before = ws.lowers[max(0, mention.start - 1) : mention.start]
        result.points_back = not lexicon.pointing.isdisjoint(
            [*before, *ws.lemmas[max(0, mention.start - 1) : mention.start]]
        )
        sides = len({party.entity or id(party) for party in named}) + len(result.implied)
        purpose = purpose_of_agreement(
            replace(scope, use=result.instrument), named, sides, last, round_it
        )
        result.instrument = replace(result.instrument, purpose=purpose)
        mention.data = result
        return purpose

    def _link_signing(
        self,
        mention: Candidate,
        scopes: list[Scope],
        parties: list[tuple[Candidate, float, str]],
        by_sentence: dict[int, list[Candidate]],
    ) -> None:
        """Where and by whom, from the mention's own sentence and those that go on with it."""
        links = scopes[0].ws.links
        sides = [party for party, _, _ in parties]
        place = next(
            (found for one in scopes if (found := place_of(one, sides, by_sentence))), None
        )
        if place:
            links.append(Link("SIGNED_IN", mention, place[0], 0.75, f"agreements:{place[1]}"))
        for scope in scopes:
            rule = "follow-up" if scope.follows else "signatory"
            for person in signatories(scope):
                links.append(Link("SIGNED_BY", mention, person, 0.8, f"agreements:{rule}"))


def cases(
    ws: Workspace, round_it: Surroundings | None = None
) -> Iterator[tuple[Case, list[Scope]]]:
    """Each AGREEMENT mention with its sure sides and the names near it, and what goes on telling of it."""
    round_it = round_it or _surroundings(ws)
    layout, lexicons = sections(ws), instrument_lexicon()
    offices, held = _tails(ws, "OFFICE_OF"), _tails(ws, "HOLDS")
    cities = [c for c in outermost(ws.of(*PARTIES)) if c.label == "CITY" and c.entity]
    for mention in ws.of("AGREEMENT"):
        if isinstance(mention.data, InstrumentUse):
            lexicon = lexicons[ws.languages[mention.start]]
            row = row_of(round_it.rows, mention.start)
            scope = scope_of(ws, mention, mention.data, lexicon, round_it.by_sentence, row)
            scope.offices, scope.held, scope.cities = offices, held, cities
            follows = follow_ups(scope, round_it.by_sentence)
            yield case_of(scope, round_it.by_sentence, follows, layout), follows


def _surroundings(ws: Workspace) -> Surroundings:
    by_sentence = candidates_by_sentence(ws)
    tables = flattened_tables(ws)
    _drop_heads(ws, [table.heads for table in tables])
    rows = [row for table in tables for row in table.rows]
    headings = [number for number, block in enumerate(ws.blocks) if block.kind == "heading"]
    return Surroundings(by_sentence, headings, Known.of(ws), rows)


def _drop_heads(ws: Workspace, heads: list[tuple[int, int]]) -> None:
    """Takes away what only heads the column of a table: "Agreement" above the dates."""
    if heads:
        ws.candidates = [
            c for c in ws.candidates if c.label != "AGREEMENT" or row_of(heads, c.start) is None
        ]


def _with_subject(scope: Scope, parties: list[Candidate], known: Known) -> InstrumentUse:
    """The use with the complement that stands behind the sides: «между X и Y о …», "with X on …"."""
    ws, use = scope.ws, scope.use
    behind = [party.end for party in parties if scope.mention.end <= party.start < scope.end]
    if use.subject or not behind:
        return use
    at = behind[-1]
    while at < scope.end and (
        at in known.places
        or ws.words[at] in "(),"
        or (ws.lowers[at] in scope.lexicon.term and at + 1 in known.dates)
    ):
        at = known.dates.get(at + 1, at + 1)
    if at >= scope.end or ws.lowers[at] not in scope.lexicon.on_field:
        return use
    subject = complement(ws, at, scope.end, scope.lexicon, known)
    if subject is None:
        return use
    purpose = use.purpose
    if purpose == "other":
        purpose = scope.lexicon.purpose_of(ws.lowers[slice(*subject)])
    return replace(use, subject=subject, purpose=purpose)


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


def _tails(ws: Workspace, label: str) -> dict[int, list[Candidate]]:
    """The tails of the links with ``label``, by the ``id`` of their head."""
    found: dict[int, list[Candidate]] = {}
    for link in ws.links:
        if link.label == label:
            found.setdefault(id(link.head), []).append(link.tail)
    return found
