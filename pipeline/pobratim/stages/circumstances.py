"""Where, when and of what action a count is told: COUNTED_IN, COUNTED_ON and the governing verb.

Runs once names, dates and counts are final. Everything comes from the count's own sentence; only a
population or an area may take its place from the paragraph's subject or the section's heading, and
only a sentence that points back («Таким образом …») its date from the sentence before.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pobratim.lexicon.quantities import circumstance_words
from pobratim.stages.quantities.clauses import (
    action,
    clause,
    is_cumulative,
    is_modifier,
    points_back,
    verb_lemma,
)
from pobratim.stages.sections import sections
from pobratim.stages.workspace import (
    Candidate,
    CountValue,
    DateValue,
    Link,
    Workspace,
    workspace,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

__all__ = ["Circumstance", "Circumstances"]

PLACES = ("CITY", "COUNTRY", "ORGANIZATION", "EVENT")
TOPICS = ("CITY", "COUNTRY")
OWNERS = ("CITY", "COUNTRY", "ORGANIZATION")
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
DASHES = ("-", "–", "—")
TITLING = frozenset({"-", "–", "—", ":"})
ADJACENT = 1
LEADING = 3
MOST_BLOCKS, TITLE_WORDS = 8, 14
OF_PLACES = frozenset({"population", "area"})
STATIC = frozenset({"population", "area", "share"})
FARTHEST = 45
OUTSIDE = 15
BONUS = {"ORGANIZATION": -6, "EVENT": -6, "CITY": 0, "COUNTRY": 4}
LEFTMOST = 8
NEAR_VERB = 8
SUBJECT = 3
IN_BRACKETS = 5
MOST_SENTENCES, MOST_PLACES = 20, 20
SURE, LIKELY, FAIR = 0.9, 0.75, 0.6


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


class _Choice(NamedTuple):
    candidate: Candidate
    score: float
    rule: str


def add_circumstances(ws: Workspace) -> None:
    """Link every count of ``ws`` to its place and date and tell its action."""
    counts = ws.of("COUNT")
    if not counts:
        return
    dates = _by_sentence(ws, ws.of("DATE"))
    places = _by_sentence(ws, _outermost(ws.of(*PLACES)))
    cities = _by_sentence(ws, ws.of(*TOPICS))
    topics = sections(ws).topics
    for count in counts:
        number = ws.sentence_of[count.start]
        bounds = clause(ws, count)
        if is_modifier(ws, count):
            count.data = Circumstance()
            continue
        verb = action(ws, count, bounds)
        marked = is_cumulative(ws, count, bounds)
        date = _date(ws, count, dates, bounds, marked)
        period = None
        if date is not None and _is_since(ws, date.candidate):
            period, date = _until_now(ws, date.candidate), None
        if date is not None:
            ws.links.append(_link("COUNTED_ON", count, date))
        here = [
            one
            for one in _near(places, number, count)
            if not count.overlaps(one) and not _is_parted(ws, count, one)
        ]
        place = _place(ws, count, here, bounds, verb)
        if place is None:
            place = _place_before(ws, number, places)
        if place is None and _category(count) in OF_PLACES:
            place = _topic(ws, count, cities, topics)
        if place is not None:
            ws.links.append(_link("COUNTED_IN", count, place))
        adds_up = marked or (date is not None and _spans_years(date.candidate, ADJACENT))
        lasting = _category(count) in STATIC
        count.data = Circumstance(
            None if verb is None else verb_lemma(ws, verb),
            (adds_up or period is not None) and not lasting,
            None if lasting else period,
        )


def _link(label: str, count: Candidate, choice: _Choice) -> Link:
    return Link(label, count, choice.candidate, choice.score, f"circumstances:{choice.rule}")


def _category(count: Candidate) -> str | None:
    return count.value.category if isinstance(count.value, CountValue) else None


def _by_sentence(ws: Workspace, found: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    grouped: dict[int, list[Candidate]] = {}
    for candidate in found:
        grouped.setdefault(ws.sentence_of[candidate.start], []).append(candidate)
    return grouped


def _near(found: dict[int, list[Candidate]], number: int, count: Candidate) -> list[Candidate]:
    """Those of sentence ``number`` within reach of the count, so that a long one costs no more."""
    here = found.get(number, [])
    low = bisect_left(here, count.start - FARTHEST, key=_start)
    return here[low : bisect_left(here, count.end + FARTHEST, key=_start)]


def _start(candidate: Candidate) -> int:
    return candidate.start


def _outermost(found: list[Candidate]) -> list[Candidate]:
    """Those that no other covers; ``found`` has outer before inner."""
    kept: list[Candidate] = []
    for candidate in found:
        if not kept or not kept[-1].covers(candidate):
            kept.append(candidate)
    return kept


def _gap(count: Candidate, other: Candidate) -> int:
    return max(other.start - count.end, count.start - other.end, 0)


def _nearest(
    count: Candidate, found: Iterable[tuple[Candidate, int]], bounds: tuple[int, int], rule: str
) -> _Choice | None:
    """The candidate at the least distance, each with a handicap; those of the clause first."""
    best: tuple[int, int, Candidate, bool] | None = None
    for candidate, handicap in found:
        gap = _gap(count, candidate)
        outside = not (bounds[0] <= candidate.start < bounds[1])
        cost = gap + handicap + (OUTSIDE if outside else 0)
        if gap <= FARTHEST and (best is None or (cost, candidate.start) < best[:2]):
            best = (cost, candidate.start, candidate, outside)
    if best is None:
        return None
    return _Choice(best[2], LIKELY if best[3] else SURE, rule)


def _date(
    ws: Workspace,
    count: Candidate,
    dates: dict[int, list[Candidate]],
    bounds: tuple[int, int],
    cumulative: bool,
) -> _Choice | None:
    number = ws.sentence_of[count.start]
    own = _bracketed(ws, count, (*_near(dates, number, count), *_near(dates, number + 1, count)))
    if own is not None:
        return _Choice(own, SURE, "brackets")
    here = [
        date
        for date in _near(dates, number, count)
        if not _is_of_document(ws, date)
        and not _is_anothers(ws, date, count)
        and not _is_parted(ws, count, date)
    ]
    if here:
        handicap = -OUTSIDE if cumulative else 0
        weighed = [(date, handicap if _spans_years(date) else 0) for date in here]
        return _nearest(count, weighed, bounds, "sentence")
    if _continues(ws, number):
        before = [date for date in dates.get(number - 1, ()) if not _is_of_document(ws, date)]
        if before:
            return _Choice(before[-1], FAIR, "sentence_before")
    return None


def _bracketed(ws: Workspace, count: Candidate, dates: Iterable[Candidate]) -> Candidate | None:
    """The date in brackets right after the count: «15 тыс. чел. (2021 г.)».

    An abbreviation's full stop may have ended the sentence before it.
    """
    for date in dates:
        between = ws.words[count.end : date.start]
        near = 0 < date.start - count.end <= IN_BRACKETS
        if (
            near
            and "(" in between[:2]
            and not _leads(ws, date)
            and ws.block_of[date.start] == ws.block_of[count.start]
        ):
            return date
    return None


def _leads(ws: Workspace, date: Candidate) -> bool:
    """Whether a dash after the date leads to another figure: «(2020 – 12)»."""
    at = date.end
    return at + 1 < len(ws) and ws.words[at] in DASHES and ws.words[at + 1][0].isdecimal()


def _is_anothers(ws: Workspace, date: Candidate, count: Candidate) -> bool:
    """Whether the date is in brackets that do not hold the count."""
    if "(" not in ws.words[max(0, date.start - IN_BRACKETS) : date.start]:
        return False
    if date.start > count.start:
        return "(" in ws.words[count.end : date.start]
    return ")" in ws.words[date.end : count.start]


def _is_parted(ws: Workspace, count: Candidate, other: Candidate) -> bool:
    """Whether a semicolon parts the two, and ``other`` does not open a list with a colon."""
    low, high = sorted((count, other), key=_start)
    between = ws.words[low.end : high.start]
    if ";" not in between:
        return _is_of_another(ws, count, other)
    first = ws.sentences[ws.sentence_of[other.start]][0]
    opens = other is low and other.start - first <= LEADING
    return not (opens and ":" in between[: between.index(";")])


def _is_of_another(ws: Workspace, count: Candidate, other: Candidate) -> bool:
    """Whether a clause with a verb and a count of its own comes before ``other`` does.

    «осмотрели 260 детей, шестерых взяли в Корею».
    """
    between = range(count.end, other.start)
    comma = next((at for at in between if ws.words[at] == ","), None)
    if comma is None or comma + 1 >= other.start or ws.tags[comma + 1] != "NUM":
        return False
    return any(ws.tags[at] == "VERB" for at in range(comma, other.start))


def _is_of_document(ws: Workspace, date: Candidate) -> bool:
    return date.start > 0 and ws.lowers[date.start - 1] in circumstance_words().documents


def _is_since(ws: Workspace, date: Candidate) -> bool:
    """Whether a date is but the beginning: «с 1993 года», "since 2007"."""
    single = isinstance(date.value, DateValue) and "/" not in date.value.edtf
    return single and date.start > 0 and ws.lowers[date.start - 1] in circumstance_words().since


def _until_now(ws: Workspace, date: Candidate) -> str | None:
    """The interval from ``date`` to the year that the document is of, open if that is unknown."""
    if not isinstance(date.value, DateValue) or not date.value.edtf[:4].isdecimal():
        return None
    first, now = date.value.edtf, ws.reference_period
    last = now.rpartition("/")[2][:4] if now else ".."
    return f"{first}/{last}" if not now or first[:4] < last else None


def _spans_years(date: Candidate, beyond: int = 0) -> bool:
    """Whether an EDTF interval ends more than ``beyond`` years after it begins, or has no end."""
    if not isinstance(date.value, DateValue):
        return False
    first, slash, last = date.value.edtf.partition("/")
    if not (first[:4].isdecimal() and last[:4].isdecimal()):
        return bool(slash) and first[:4] != last[:4]
    return int(last[:4]) - int(first[:4]) > beyond


def _place(
    ws: Workspace,
    count: Candidate,
    here: list[Candidate],
    bounds: tuple[int, int],
    verb: int | None,
) -> _Choice | None:
    words = circumstance_words()
    if _category(count) in OF_PLACES:
        here = [one for one in here if one.end <= count.start and one.label != "COUNTRY"]
    located = [
        (place, BONUS[place.label])
        for place in here
        if (_is_located(ws, place) or _is_visit(ws, count, place)) and not _is_host(ws, place, here)
    ]
    found = _nearest(count, located, bounds, "located")
    inside = [place for place in here if bounds[0] <= place.start < bounds[1]]
    if verb is not None and verb_lemma(ws, verb) in words.visits:
        found = _visited(ws, inside, verb) or found
    if found is not None:
        return found
    owners = [(one, 0) for one in inside if one.label in OWNERS and _holds(ws, one, count)]
    return _nearest(count, owners, bounds, "holder")


def _is_visit(ws: Workspace, count: Candidate, place: Candidate) -> bool:
    """ "two visits to Chengdu"."""
    return place.start == count.end + 1 and ws.lowers[count.end] in circumstance_words().towards


def _is_host(ws: Workspace, place: Candidate, places: list[Candidate]) -> bool:
    """Whether a body is but what another belongs to: «в клинике «Аврора» при университете»."""
    at = place.start - 1
    while at > 0 and ws.tags[at] == "ADJ":
        at -= 1
    return ws.lowers[at] in circumstance_words().within and any(one.end == at for one in places)


def _visited(ws: Workspace, places: list[Candidate], verb: int) -> _Choice | None:
    """The object of a verb of visiting, next to it: «Пермь посетили», "visited Perth"."""
    objects = [one for one in places if one.label in TOPICS and _is_bare(ws, one)]
    gaps = [(max(one.start - verb, verb - one.end), one.start, one) for one in objects]
    near = min((gap for gap in gaps if gap[0] <= NEAR_VERB), default=None)
    return None if near is None else _Choice(near[2], SURE, "visited")


def _place_before(ws: Workspace, number: int, places: dict[int, list[Candidate]]) -> _Choice | None:
    """Where the sentence before was set, if this one points back to it and it had one place."""
    if not _continues(ws, number):
        return None
    before = places.get(number - 1, [])[:MOST_PLACES]
    located = [place for place in before if _is_located(ws, place)]
    return _Choice(located[0], FAIR, "sentence_before") if len(located) == 1 else None


def _continues(ws: Workspace, number: int) -> bool:
    first = ws.sentences[number][0]
    same = number > 0 and ws.block_of[first - 1] == ws.block_of[first]
    return same and points_back(ws, first)


def _is_located(ws: Workspace, place: Candidate) -> bool:
    """Whether a preposition of place governs the name, alone or through a noun of its kind."""
    words = circumstance_words()
    first = ws.sentences[ws.sentence_of[place.start]][0]
    nouns = 0
    for at in range(place.start - 1, max(first, place.start - LEFTMOST) - 1, -1):
        word, tag = ws.lowers[at], ws.tags[at]
        if word in words.locative:
            return True
        if ws.languages[at] == "en":
            if word == "of" and ws.lemmas[at - 1] in words.kinds:
                continue
            if tag not in ("NOUN", "PROPN", "ADJ", "DET", "ADV", "NUM") and word != "-":
                return False
        elif tag in ("NOUN", "PROPN") and ws.lemmas[at] not in words.kinds:
            nouns += 1
            if nouns > 1 or not _is_governed(ws, at):
                return False
        elif tag not in ("NOUN", "ADJ", "X", "VERB") and word not in (".", "«", '"'):
            return False
    return False


def _is_governed(ws: Workspace, at: int) -> bool:
    """Whether a Russian noun may be in a case that «в» governs."""
    return any(
        not reading.grammemes.isdisjoint({"loct", "loc2", "accs"}) for reading in ws.readings[at]
    )


def _is_bare(ws: Workspace, place: Candidate) -> bool:
    """Whether no preposition precedes the name (its kind aside): «город Хабаровск посетили»."""
    before = place.start - 1
    if before >= 0 and ws.words[before] == ".":
        before -= 1
    if before >= 0 and ws.lemmas[before] in circumstance_words().kinds:
        before -= 1
    return before < 0 or ws.tags[before] != "ADP"


def _holds(ws: Workspace, place: Candidate, count: Candidate) -> bool:
    """«У Хабаровска 6 городов-побратимов», "Khabarovsk has 6 sister cities"."""
    words = circumstance_words()
    if place.start > 0 and ws.lowers[place.start - 1] in words.holders:
        return True
    between = ws.lemmas[place.end : count.start]
    if len(between) == 1:
        first = ws.blocks[ws.block_of[place.start]].start
        if between[0] in POSSESSIVES or (between[0] in TITLING and place.start == first):
            return True
    return len(between) <= SUBJECT + 1 and not words.holds.isdisjoint(between)


def _topic(
    ws: Workspace,
    count: Candidate,
    cities: dict[int, list[Candidate]],
    topics: tuple[Candidate | None, ...],
) -> _Choice | None:
    """The place that a population or an area is of."""
    number = ws.sentence_of[count.start]
    first = ws.sentences[number][0]
    before = [
        place
        for place in _near(cities, number, count)
        if place.end <= count.start and (place.label == "CITY" or place.start - first < SUBJECT)
    ]
    if before:
        return _Choice(before[-1], LIKELY, "topic_sentence")
    index = ws.block_of[count.start]
    start = ws.blocks[index].start
    for earlier in range(number - 1, max(ws.sentence_of[start], number - MOST_SENTENCES) - 1, -1):
        first = ws.sentences[earlier][0]
        for city in cities.get(earlier, ())[:1]:
            if city.start - first < SUBJECT and not _is_instrumental(ws, city):
                return _Choice(city, FAIR, "topic_paragraph")
    topic = topics[index] if index < len(topics) else None
    topic = topic or _heading(ws, index, cities)
    return _Choice(topic, LIKELY, "topic_section") if topic is not None else None


def _is_instrumental(ws: Workspace, place: Candidate) -> bool:
    """Whether «с» precedes the name: the partner, not the subject."""
    return place.start > 0 and ws.lowers[place.start - 1] in circumstance_words().partners


def _heading(ws: Workspace, index: int, cities: dict[int, list[Candidate]]) -> Candidate | None:
    """The last city of the nearest short block without a verb above, a title that names it."""
    for above in range(index - 1, max(index - MOST_BLOCKS, 0) - 1, -1):
        block = ws.blocks[above]
        if block.kind == "field" or block.end - block.start > TITLE_WORDS:
            continue
        if any(ws.tags[at] in ("VERB", "AUX") for at in range(block.start, block.end)):
            continue
        first, last = ws.sentence_of[block.start], ws.sentence_of[block.end - 1]
        named = [
            city
            for number in range(first, last + 1)
            for city in cities.get(number, ())
            if city.label == "CITY"
        ]
        if named:
            return named[-1]
    return None
