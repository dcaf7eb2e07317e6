"""The same agreement told twice is one: AGREEMENT mentions to groups, one group a record."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pobratim.stages.agreements import AgreementUse
from pobratim.stages.calendar.spanning import within
from pobratim.stages.workspace import Candidate, DateValue, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOK_BACK = 200

__all__ = ["Told", "identities", "told_agreements"]


@dataclass(slots=True)
class Told:
    """What one or more mentions tell of one agreement.

    ``sentence`` has the numbers of the last one's block and sentence, ``seats`` the cities of the bodies.
    """

    mentions: list[Candidate]
    use: AgreementUse
    parties: dict[str, Candidate]
    implied: list[str]
    dates: list[Candidate]
    places: list[Candidate] = field(default_factory=list)
    signatories: list[Candidate] = field(default_factory=list)

    name_stems: frozenset[str] = frozenset()
    sentence: tuple[int, int] = (-1, -1)
    seats: frozenset[str] = frozenset()

    @property
    def sides(self) -> frozenset[str]:
        return frozenset(self.parties) | frozenset(self.implied)

    @property
    def signed(self) -> str | None:
        """The most precise of the dates."""
        values = [date.value.edtf for date in self.dates if isinstance(date.value, DateValue)]
        return max(values, key=len, default=None)


def told_agreements(ws: Workspace) -> list[Told]:
    """The document's agreements, in the order of their first mention."""
    tails: dict[tuple[int, str], list[Candidate]] = {}
    for link in ws.links:
        tails.setdefault((id(link.head), link.label), []).append(link.tail)
    cities = {c.start: c.entity for c in ws.of("CITY") if c.entity}
    groups: list[Told] = []
    last: dict[str, Told] = {}
    by_side: dict[tuple[str, str], list[Told]] = {}
    for mention in ws.of("AGREEMENT"):
        told = _told(mention, tails)
        if told is None:
            continue
        told.name_stems = frozenset(ws.lemmas[mention.start : mention.end])
        told.sentence = ws.block_of[mention.start], ws.sentence_of[mention.start]
        told.seats = _seats(told, cities)
        kind = told.use.instrument.instrument
        before = last.get(kind)
        same = (
            _named_before(before, told)
            or _told_on(before, told)
            or _alike(by_side, told, last.get(kind))
        )
        if same:
            _join(same, told)
        else:
            groups.append(told)
        last[kind] = group = same or told
        for side in group.sides:
            known = by_side.setdefault((kind, side), [])
            if not known or known[-1] is not group:
                known.append(group)
    return groups


def _alike(
    by_side: dict[tuple[str, str], list[Told]], told: Told, last: Told | None
) -> Told | None:
    """The first agreement with a side in common that is the same; the latest few are looked at."""
    kind = told.use.instrument.instrument
    near = {id(g): g for side in told.sides for g in by_side.get((kind, side), [])[-LOOK_BACK:]}
    return next(
        (group for group in near.values() if _same(group, told, follows=group is last)), None
    )


def _named_before(before: Told | None, told: Told) -> Told | None:
    """The last agreement of the kind, where a mention adds nothing to it: "the memorandum"."""
    use = told.use.instrument
    if told.use.points_back and not told.parties and not use.plural:
        return before
    bare = told.mentions[0].end - told.mentions[0].start == 1
    if not bare or told.parties or told.dates or told.places or use.subject or use.plural:
        return None
    if before is not None and before.sides and not before.sides.issuperset(told.implied):
        return None  # It stands in another city's entry.
    if told.use.own_purpose != "other" or before is None or before.use.instrument.plural:
        return None
    return before


def _told_on(before: Told | None, told: Told) -> Told | None:
    """The agreement right before that a bare noun goes on telling of: "The memorandum was signed by …"."""
    use = told.use.instrument
    bare = told.mentions[0].end - told.mentions[0].start == 1
    if before is None or not bare or use.subject or use.plural or before.use.instrument.plural:
        return None
    block, sentence = before.sentence
    next_to = told.sentence[0] == block and sentence <= told.sentence[1] <= sentence + 1
    if not next_to or told.use.own_purpose != "other":
        return None
    known = before.sides | before.seats
    if not known.issuperset(told.parties) or not _dates_agree(before.signed, told.signed):
        return None
    told.parties = {k: v for k, v in told.parties.items() if k in before.sides}
    told.implied = []
    return before


def _seats(told: Told, cities: dict[int, str]) -> frozenset[str]:
    """The cities in the names of the bodies that are its sides."""
    bodies = [party for party in told.parties.values() if party.label == "ORGANIZATION"]
    return frozenset(
        cities[at] for body in bodies for at in range(body.start, body.end) if at in cities
    )


def _told(mention: Candidate, tails: dict[tuple[int, str], list[Candidate]]) -> Told | None:
    if not isinstance(mention.data, AgreementUse):
        return None

    def of(label: str) -> list[Candidate]:
        return tails.get((id(mention), label), [])

    parties = {party.entity: party for party in of("PARTY") if party.entity}
    return Told(
        [mention],
        mention.data,
        parties,
        [one for one in mention.data.implied if one not in parties],
        of("SIGNED_ON"),
        of("SIGNED_IN"),
        of("SIGNED_BY"),
    )


def _same(group: Told, told: Told, *, follows: bool) -> bool:
    """Whether two mentions tell of one agreement: same instrument and sides, and no clash.

    ``follows`` if no other of the kind was told between. Sides may be told in part the second time,
    dates more precisely; purposes that differ in the mentions' own words, or two dates of which
    neither lies in the other, keep them apart.
    """
    one, other = group.use.instrument, told.use.instrument
    if one.instrument != other.instrument or one.plural or other.plural:
        return False
    if not group.sides or not told.sides:
        return False
    if one.instrument == "plan" and group.name_stems != told.name_stems:
        return False
    purposes = {group.use.own_purpose, told.use.own_purpose} - {"other"}
    if len(purposes) > 1:
        return False
    few, many = sorted((group.sides, told.sides), key=len)
    if not few <= many or (len(few) < 2 and few != many and not (group.dates and told.dates)):
        return False
    agree = _subjects_agree(group, told) or (follows and not group.use.subject_stems)
    return agree and _dates_agree(group.signed, told.signed)


def _subjects_agree(group: Told, told: Told) -> bool:
    """Whether the complements are alike, or the later mention gives none or the same date."""
    one, other = group.use.subject_stems, told.use.subject_stems
    if one and other:
        return len(one & other) * 2 >= min(len(one), len(other))
    return not other or bool(group.signed and told.signed)


def _dates_agree(one: str | None, other: str | None) -> bool:
    return not one or not other or within(one, other) or within(other, one)


def _join(group: Told, told: Told) -> None:
    group.mentions += told.mentions
    group.sentence = told.sentence
    group.parties.update({k: v for k, v in told.parties.items() if k not in group.parties})
    group.implied = [one for one in group.implied if one not in group.parties]
    group.dates += told.dates
    group.places += told.places
    group.signatories += told.signatories
    if _rank(told.use.status) > _rank(group.use.status):
        group.use.status = told.use.status
    one, other = group.use.instrument, told.use.instrument
    own, told_own = group.use.own_purpose, told.use.own_purpose
    purpose = one.purpose if own != "other" or told_own == "other" else other.purpose
    if purpose == "other":
        purpose = other.purpose
    subject = one.subject or other.subject
    if one.subject is None:
        group.use.subject_stems = told.use.subject_stems
    group.use.own_purpose = own if own != "other" else told_own
    group.use.instrument = replace(one, purpose=purpose, subject=subject)


def _rank(status: str) -> int:
    return ("mentioned", "planned", "in_force", "signed", "ended").index(status)


def identities(told: Iterable[Told]) -> dict[int, str]:
    """The record id of each AGREEMENT mention, by ``id(mention)``."""
    return {
        id(mention): f"agreement:{number}"
        for number, one in enumerate(told, 1)
        for mention in one.mentions
    }
