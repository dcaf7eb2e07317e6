"""Where, when and of what action a count is told: COUNTED_IN, COUNTED_ON and the governing verb.

Runs once names, dates and counts are final. Dates come from the count's own sentence, or where it
points back («Таким образом …») from the one before. A rule tells the place of a population, an area
and of what somebody has; other places are the likeliest of those near (see
:mod:`pobratim.stages.quantities.whereabouts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language

from pobratim.lexicon.quantities import circumstance_words, quantities
from pobratim.stages.quantities.cells import TABLE, Cell
from pobratim.stages.quantities.clauses import (
    action,
    clause,
    is_cumulative,
    is_modifier,
    is_only_named,
    verb_lemma,
)
from pobratim.stages.quantities.elliptical import ELLIPTICAL, PART
from pobratim.stages.quantities.nearby import (
    LIKELY,
    Choice,
    by_sentence,
    category,
    is_parted,
    is_rate,
    near,
)
from pobratim.stages.quantities.periods import (
    date_of,
    is_since,
    spans_years,
    until_now,
)
from pobratim.stages.quantities.settings import (
    OF_PLACES,
    TOPICS,
    holder_of,
    place_before,
    static_place,
    topic_of,
    topic_of_table,
)
from pobratim.stages.quantities.whereabouts import Case, likeliest, places_near
from pobratim.stages.sections import Sections, sections
from pobratim.stages.workspace import Candidate, CountValue, Link, Workspace, workspace

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Around", "Circumstance", "Circumstances", "case_of", "sure_place"]

PLACES = ("CITY", "COUNTRY", "ORGANIZATION", "EVENT")
ADJACENT = 1
NEAR_VERB = 4
PARTS = frozenset({f"counts:{ELLIPTICAL}", f"counts:{PART}"})
STATIC = frozenset({"population", "area", "share"})


@dataclass(slots=True)
class Circumstance:
    """``action`` is the lemma of the verb that governs the count; ``cumulative`` that it adds up
    over years («с 2002 по 2019 годы … 70»);
    ``period`` is an EDTF interval where no date tells it by itself («с 1993 года» up to now)."""

    action: str | None = None
    cumulative: bool = False
    period: str | None = None


@Language.factory("pobratim_circumstances")
class Circumstances:
    """Adds the links of every COUNT candidate and a :class:`Circumstance` as its ``data``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        add_circumstances(ws)
        return doc


@dataclass(slots=True)
class Around:
    """What counts are related to, by sentence: dates, outermost places, all places, other counts."""

    dates: dict[int, list[Candidate]]
    places: dict[int, list[Candidate]]
    nested: dict[int, list[Candidate]]
    cities: dict[int, list[Candidate]]
    counts: dict[int, list[Candidate]]
    layout: Sections

    @classmethod
    def of(cls, ws: Workspace, counts: list[Candidate]) -> Around:
        """What there is in a document whose names, dates and counts are final."""
        nested = ws.of(*PLACES)
        return cls(
            by_sentence(ws, ws.of("DATE")),
            by_sentence(ws, _outermost(nested)),
            by_sentence(ws, nested),
            by_sentence(ws, ws.of(*TOPICS)),
            by_sentence(ws, counts),
            sections(ws),
        )


def add_circumstances(ws: Workspace) -> None:
    """Link every count of ``ws`` to its place and date and tell its action."""
    counts = ws.of("COUNT")
    if not counts:
        return
    around = Around.of(ws, counts)
    starts = frozenset(count.start for count in counts)
    told: tuple[Candidate, Choice] | None = None
    held: tuple[Candidate, Choice] | None = None
    for count in counts:
        if isinstance(count.data, Cell):
            topic = topic_of_table(ws, count, around.cities) if count.data.labelled else None
            ws.links += _of_row(ws, count, count.data, around.dates, around.places, topic)
            done = count.data.verb
            count.data = Circumstance(None if done is None else verb_lemma(ws, done))
            continue
        bounds = clause(ws, count)
        if is_modifier(ws, count):
            count.data = Circumstance()
            continue
        verb = action(ws, count, bounds)
        marked = is_cumulative(ws, count, bounds)
        date = date_of(ws, count, around.dates, bounds, marked, verb, starts)
        if date is None and not marked and category(count) not in STATIC:
            date = told[1] if told is not None and _shares(ws, told[0], count) else None
        if count.why not in PARTS:  # the figure of another year is not what others are parts of
            told = None if date is None else (count, date)
        period = None
        if date is not None and is_since(ws, date.candidate):
            period, date = until_now(ws, date.candidate), None
        if date is not None:
            ws.links.append(_link("COUNTED_ON", count, date))
        place = sure_place(ws, count, around, bounds)
        if place is None:
            place = likeliest(case_of(ws, count, around, verb)) or place_before(
                ws, count, around.places, bounds
            )
        if place is None and held is not None and _shares(ws, held[0], count):
            place = held[1]
        if count.why not in PARTS:
            held = None if place is None else (count, place)
        if place is not None:
            ws.links.append(_link("COUNTED_IN", count, place))
        done = verb is not None and _is_done_by_people(ws, count, verb)
        if done and isinstance(count.value, CountValue):
            count.value.category = "people"
        adds_up = marked or (date is not None and spans_years(date.candidate, ADJACENT))
        lasting = category(count) in STATIC
        count.data = Circumstance(
            None if verb is None or is_only_named(ws, count, bounds) else verb_lemma(ws, verb),
            (adds_up or period is not None) and not lasting,
            None if lasting else period,
        )


def sure_place(
    ws: Workspace, count: Candidate, around: Around, bounds: tuple[int, int]
) -> Choice | None:
    """The place that a rule tells: whose population or area it is, who has so many."""
    number = ws.sentence_of[count.start]
    here = [
        one
        for one in near(around.places, number, count)
        if not count.overlaps(one) and not is_parted(ws, count, one)
    ]
    if category(count) in OF_PLACES or is_rate(count):
        found = static_place(ws, count, here, bounds)
        return found or topic_of(ws, count, around.cities, around.layout.topics)
    return holder_of(ws, count, here, bounds)


def case_of(ws: Workspace, count: Candidate, around: Around, verb: int | None) -> Case:
    """A count of which no rule is sure, with the places near it."""
    names = places_near(ws, count, around.nested, around.layout)
    return Case(ws, count, verb, names, around.counts, around.layout)


def _is_done_by_people(ws: Workspace, count: Candidate, verb: int) -> bool:
    """Whether inhabitants are no population but did something: «курс лечения прошли 1 248 жителей»."""
    readings = ws.readings[verb]
    if category(count) != "population" or not readings or abs(count.start - verb) > NEAR_VERB:
        return False
    lexicon, words = quantities(), circumstance_words()
    telling = words.sums | lexicon.changes | lexicon.population_sizes | lexicon.population_words
    return {"perf", "VERB"} <= readings[0].grammemes and verb_lemma(ws, verb) not in telling


def _shares(ws: Workspace, before: Candidate, count: Candidate) -> bool:
    """Whether a count is a part, or the size, of the one told before it in its sentence."""
    if ws.sentence_of[before.start] != ws.sentence_of[count.start]:
        return False
    return count.why in PARTS or count.start - before.end == ADJACENT


def _of_row(
    ws: Workspace,
    count: Candidate,
    cell: Cell,
    dates: dict[int, list[Candidate]],
    places: dict[int, list[Candidate]],
    topic: Choice | None,
) -> list[Link]:
    """The date over a table's cell or in its row, and the first place of the row.

    Where the heads are dates, a row's first cell says what is counted, and the table's ``topic`` where.
    """
    block = ws.blocks[ws.block_of[count.start]]
    numbers = range(ws.sentence_of[block.start], ws.sentence_of[block.end - 1] + 1)
    date = cell.date
    if date is None and category(count) not in STATIC:
        date = next((one for at in numbers for one in dates.get(at, ())), None)
    place = next((one for at in numbers for one in places.get(at, ())), None)
    if cell.labelled:
        place = topic.candidate if topic is not None else None
    return [
        _link(label, count, Choice(one, LIKELY, TABLE))
        for label, one in (("COUNTED_ON", date), ("COUNTED_IN", place))
        if one is not None
    ]


def _link(label: str, count: Candidate, choice: Choice) -> Link:
    return Link(label, count, choice.candidate, choice.score, f"circumstances:{choice.rule}")


def _outermost(found: list[Candidate]) -> list[Candidate]:
    """Those that no other covers; ``found`` has outer before inner."""
    kept: list[Candidate] = []
    for candidate in found:
        if not kept or not kept[-1].covers(candidate):
            kept.append(candidate)
    return kept
