"""The names near an agreement of which some are its sides: where they stand, and as what.

A side is named in the sentence of the instrument, in the one before, in the lead of its list, in
the first line of its entry, or where the text goes on telling of the signing.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Literal, NamedTuple

from pobratim.stages.agreement_scope import PARTIES, Scope, list_start
from pobratim.stages.agreement_stances import Stance, stances

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.stages.workspace import Candidate

__all__ = ["REACH", "Near", "Zone", "near", "within_reach"]

REACH = 80
"""How many words from the instrument a name may stand, so that a long sentence costs no more."""
MOST = 40
"""Names of another sentence that are looked at."""

Zone = Literal["row", "here", "last", "lead", "entry", "next"]


class Near(NamedTuple):
    """A name that may be a side; names joined by «и» and commas are of one ``group``.

    ``stance`` is "inner" for what a body's or event's name holds, and then ``outer`` is that name.
    """

    name: Candidate
    zone: Zone
    stance: Stance | Literal["inner"]
    group: int
    outer: Candidate | None = None


def near(
    scope: Scope, by_sentence: dict[int, list[Candidate]], follows: list[Scope]
) -> Iterator[Near]:
    """The places and bodies that may be sides, sentence after sentence."""
    for number, zone in _zones(scope, follows).items():
        names = within_reach(scope, by_sentence.get(number, []))
        if zone == "row":
            names = [c for c in names if scope.start <= c.start < scope.end]
        yield from _in_sentence(scope, names, zone)


def within_reach(scope: Scope, names: list[Candidate]) -> list[Candidate]:
    """Those of one sentence's names, in text order, that stand near enough to the instrument."""
    mention = scope.mention
    if names and names[-1].start < mention.start - REACH:
        return names[-MOST:]
    if names and names[0].start > mention.end + REACH:
        return names[:MOST]
    low = bisect_left(names, mention.start - REACH, key=_start)
    return names[low : bisect_left(names, mention.end + REACH, key=_start)]


def _start(one: Candidate) -> int:
    return one.start


def _zones(scope: Scope, follows: list[Scope]) -> dict[int, Zone]:
    """The numbers of the sentences that may name a side."""
    ws, mention = scope.ws, scope.mention
    here = ws.sentence_of[mention.start]
    if scope.row:
        last = ws.sentence_of[scope.end - 1]
        return dict.fromkeys(range(ws.sentence_of[scope.start], last + 1), "row")
    found: dict[int, Zone] = {here: "here"}
    block = ws.block_of[mention.start]
    if here and ws.block_of[ws.sentences[here - 1][0]] == block:
        found[here - 1] = "last"
    found.setdefault(ws.sentence_of[list_start(ws, here)], "lead")
    found.setdefault(ws.sentence_of[ws.blocks[block].start], "entry")
    for clause in follows:
        found.setdefault(ws.sentence_of[clause.start], "next")
    return found


def _in_sentence(scope: Scope, names: list[Candidate], zone: Zone) -> Iterator[Near]:
    standing = {id(one.name): one for one in stances(scope, names)}
    outer = [c for c in names if c.label in ("ORGANIZATION", "EVENT")]
    seats = {
        id(seat): one
        for one in standing.values()
        if one.stance == "office" and (seat := _seat(scope, one.name, names))
    }
    bodies = {id(one.name) for one in seats.values()}
    for name in names:
        if name.label not in PARTIES or name.overlaps(scope.mention) or id(name) in bodies:
            continue
        holder = next((c for c in outer if c is not name and c.covers(name)), None)
        if one := seats.get(id(name)) or standing.get(id(name)):
            yield Near(name, zone, one.stance, one.group, holder)
        else:
            of = standing.get(id(holder))
            yield Near(name, zone, "inner", of.group if of else -1, holder)


def _seat(scope: Scope, body: Candidate, names: list[Candidate]) -> Candidate | None:
    """The city for which a head of its council or administration signs."""
    if body.label != "ORGANIZATION" or scope.lexicon.actors.isdisjoint(
        scope.ws.lemmas[body.start : body.end]
    ):
        return None
    return next((c for c in names if c.label == "CITY" and body.covers(c)), None)
