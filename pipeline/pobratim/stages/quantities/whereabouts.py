"""Where a figure holds, of the places, bodies and events that stand near it.

No single sign tells it: «в», the subject of «принял», the event of the sentence before all may. Each
function here looks at one thing and names what it sees; how much that tells is learnt from marked
texts (see :mod:`pobratim.lexicon.learned`), and the likeliest place is taken if it is likely enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pobratim.lexicon.learned import weights
from pobratim.lexicon.placing import placing_lexicon
from pobratim.lexicon.quantities import circumstance_words
from pobratim.stages.quantities.clauses import verb_lemma
from pobratim.stages.quantities.nearby import Choice, category, continues
from pobratim.stages.quantities.settings import is_host, is_located
from pobratim.stages.workspace import CountValue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pobratim.stages.sections import Sections
    from pobratim.stages.workspace import Candidate, Workspace

__all__ = ["Case", "features", "likeliest", "places_near"]

WEIGHTS = "places_of_counts"
BACK = 2
"""How many sentences back a place may stand."""
MOST_PLACES = 24
STEPS = (0, 1, 2, 3, 5, 8, 12, 18, 30)
MANY = 4
OPENING = 2
APART = 2
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
MARKS = (";", ":", "(", ",", "|", "–")
SIGNS = frozenset("()–—-:|,")
KINDS_OF_VERBS = ("hosts", "visits", "motions", "attends", "ties")


@dataclass(slots=True)
class Case:
    """A count with all names near it; ``verb`` is the one that governs it, ``counts`` all of ``ws``."""

    ws: Workspace
    count: Candidate
    verb: int | None
    names: list[Candidate]
    counts: dict[int, list[Candidate]]
    layout: Sections

    @property
    def sentence(self) -> int:
        return self.ws.sentence_of[self.count.start]

    def zone(self, name: Candidate) -> str:
        """Which sentence a name stands in, seen from the count's."""
        ws = self.ws
        back = self.sentence - ws.sentence_of[name.start]
        if not back:
            return "same"
        apart = ws.block_of[name.start] != ws.block_of[self.count.start]
        return f"{min(back, BACK + 1)} back{' apart' * apart}"

    def order(self, name: Candidate) -> str:
        return "after" if name.start >= self.count.end else "before"

    def between(self, name: Candidate) -> range:
        """The words between the count and a name."""
        first, last = sorted((self.count, name), key=lambda one: one.start)
        return range(first.end, max(first.end, last.start))


def places_near(
    ws: Workspace, count: Candidate, places: dict[int, list[Candidate]], layout: Sections
) -> list[Candidate]:
    """What may be the place of a count: in its sentence, the two before, and its section's city."""
    number = ws.sentence_of[count.start]
    found = [
        place
        for near in range(max(0, number - BACK), number + 1)
        for place in places.get(near, ())
        if place is not count
    ]
    if len(found) > MOST_PLACES:
        found.sort(key=lambda place: abs(place.start - count.start))
        found = sorted(found[:MOST_PLACES], key=lambda place: place.start)
    topic = _topic(layout, ws, count)
    if topic is not None and not any(topic is place for place in found):
        found.append(topic)
    return found


def likeliest(case: Case) -> Choice | None:
    """The likeliest place, with its probability as score."""
    learned = weights(WEIGHTS)
    best: tuple[float, Candidate] | None = None
    for name in case.names:
        probability = learned.probability(features(case, name))
        if probability >= learned.enough and (best is None or probability > best[0]):
            best = probability, name
    return None if best is None else Choice(_narrowest(case, best[1]), best[0], "likely")


def _narrowest(case: Case, name: Candidate) -> Candidate:
    """The body or event that stands right before its place: "at Ulsan University in Ulsan"."""
    if name.label not in ("CITY", "COUNTRY"):
        return name
    within = (
        one
        for one in case.names
        if one.label in ("ORGANIZATION", "EVENT") and 0 <= name.start - one.end <= APART
    )
    return next((one for one in within if is_located(case.ws, one)), name)


def features(case: Case, name: Candidate) -> list[str]:
    """The names of what holds for one place of a case."""
    return list(dict.fromkeys(feature for tell in TELLING for feature in tell(case, name)))


def _topic(layout: Sections, ws: Workspace, count: Candidate) -> Candidate | None:
    index = ws.block_of[count.start]
    return layout.topics[index] if index < len(layout.topics) else None


def _standing(case: Case, name: Candidate) -> Iterator[str]:
    zone, order, label = case.zone(name), case.order(name), name.label
    yield from (f"zone={zone}", f"label={label}", f"label={label} {zone}")
    yield f"language={case.ws.languages[case.count.start]}"
    far = len(case.between(name))
    step = next((step for step in STEPS if far <= step), 99)
    yield f"far={step} {order} {zone}"
    yield from (f"in={one.label}" for one in _around(case, name))
    if case.count.covers(name):
        yield "within"


def _around(case: Case, name: Candidate) -> Iterator[Candidate]:
    return (
        one
        for one in case.names
        if one is not name and one.covers(name) and (one.start, one.end) != (name.start, name.end)
    )


def _between(case: Case, name: Candidate) -> Iterator[str]:
    """What lies between the count and the place: verbs, marks, other counts and places."""
    ws, between = case.ws, case.between(name)
    order = case.order(name)
    inner = slice(between.start, between.stop)
    tags = ws.tags[inner]
    yield f"verbs={min(3, tags.count('VERB') + tags.count('AUX'))}"
    words = set(ws.words[inner])
    yield from [f"{mark} between" for mark in MARKS if mark in words]
    if not circumstance_words().joints.isdisjoint(ws.lowers[inner]):
        yield "joint between"
    alike = [
        one
        for one in case.names
        if one.label == name.label and one is not name and one.start in between
    ]
    yield f"alike={min(3, len(alike))} {order}"
    near = [
        one for at in {case.sentence, ws.sentence_of[name.start]} for one in case.counts.get(at, ())
    ]
    others = [one for one in near if one.start in between]
    yield f"counts={min(3, len(others))} {order}"


def _crowd(case: Case, name: Candidate) -> Iterator[str]:
    """How many of its label there are in the count's sentence, and whether it is the nearest."""
    zone, count, sentence_of = case.zone(name), case.count, case.ws.sentence_of
    sentence = case.sentence
    here = [
        one
        for one in case.names
        if one.label == name.label and one is not name and sentence_of[one.start] == sentence
    ]
    yield f"others={min(MANY, len(here))} {zone}"
    far = abs(name.start - count.start)
    if all(far <= abs(one.start - count.start) for one in here):
        yield f"nearest {zone}"
    if here and zone != "same":
        yield "some nearer"


def _lead(case: Case, name: Candidate) -> Iterator[str]:
    """The word that leads to the place, and those round the place and the count."""
    ws, count = case.ws, case.count
    first, last = ws.sentences[ws.sentence_of[name.start]]
    lead = _word(ws, _governor(ws, name, first), first, last)
    yield from (f"lead={lead}", f"lead={lead} {name.label}", f"lead={lead} {case.order(name)}")
    yield f"lead={lead} {case.zone(name)}"
    yield f"lead={lead} {category(count)}"
    if is_located(ws, name):
        yield from ("located", f"located {name.label}", f"located {case.order(name)}")
        yield f"located {case.zone(name)}"
    if is_host(ws, name, case.names):
        yield "host"
    behind = _word(ws, name.end, first, last)
    yield from (f"behind={behind}", f"behind={behind} {case.order(name)}")
    if name.start - first <= OPENING:
        yield from ("opens", f"opens {case.order(name)} {case.zone(name)}")
    first, last = ws.sentences[case.sentence]
    yield f"count behind {_word(ws, count.start - 1, first, last)}"
    yield f"count before {_word(ws, count.end, first, last)}"
    if count.start - first <= OPENING:
        yield "count opens"


def _governor(ws: Workspace, name: Candidate, first: int) -> int:
    """The word before a name, its type word, adjectives and quotes."""
    words, types = circumstance_words(), placing_lexicon().get(ws.languages[name.start])
    kinds = words.kinds | (types.named | types.region_of if types else frozenset())
    at = name.start - 1
    while at >= first and (
        ws.words[at] in ".«“\"'"
        or ws.lowers[at] in ("the", "a")
        or ws.tags[at] == "ADJ"
        or (ws.tags[at] == "ADV" and ws.tags[at + 1] == "ADJ")
        or ws.lemmas[at] in kinds
        or (ws.lowers[at] == "of" and ws.lemmas[at - 1] in kinds)
    ):
        at -= 1
    return at


def _word(ws: Workspace, at: int, first: int, last: int) -> str:
    """A word that is told by itself, else its part of speech; "^" beyond the sentence."""
    if not first <= at < last:
        return "^"
    told = circumstance_words().leads | SIGNS
    return ws.lowers[at] if ws.lowers[at] in told else ws.tags[at]


def _cases(case: Case, name: Candidate) -> Iterator[str]:
    ws = case.ws
    if ws.languages[name.start] == "ru":
        readings = ws.readings[name.head if name.head is not None else name.start]
        marks = {mark for one in readings for mark in one.grammemes}
        yield from (f"case={mark}" for mark in CASES if mark in marks)


def _action(case: Case, name: Candidate) -> Iterator[str]:
    """Of which kind the count's verb is, and on which side of it the place stands."""
    ws, words, verb = case.ws, circumstance_words(), case.verb
    if verb is None:
        yield f"no verb {case.zone(name)}"
        return
    lemma = verb_lemma(ws, verb)
    side = "apart" if case.zone(name) != "same" else "before" if name.end <= verb else "behind"
    yield f"verb {side}"
    for kind in KINDS_OF_VERBS:
        if lemma in getattr(words, kind):
            yield from (f"{kind} {side}", f"{kind} {side} {name.label}")


def _pointing(case: Case, name: Candidate) -> Iterator[str]:
    """Whether the count's sentence points back: "There they met …", «Всего …»."""
    ws = case.ws
    if not circumstance_words().there.isdisjoint(ws.lowers[slice(*ws.sentences[case.sentence])]):
        yield f"there {case.zone(name)} {case.order(name)}"
    if continues(ws, case.sentence):
        yield f"continues {case.zone(name)}"


def _figure(case: Case, name: Candidate) -> Iterator[str]:
    """What is counted, and where such figures hold."""
    kind, value = category(case.count), case.count.value
    yield f"{kind} {name.label} {case.zone(name)}"
    if kind != "money" and isinstance(value, CountValue) and value.unit:
        yield f"measure {case.zone(name)}"


def _layout(case: Case, name: Candidate) -> Iterator[str]:
    """Whose page and section it is, and what kind of lines the two stand in."""
    ws, zone = case.ws, case.zone(name)
    topic = _topic(case.layout, ws, case.count)
    if name.entity is not None:
        if name.entity == case.layout.owner:
            yield "owner"
        if topic is not None and name.entity == topic.entity:
            yield "topic"
    if name is topic:
        yield from ("heading", f"heading {category(case.count)}")
    yield f"{ws.blocks[ws.block_of[name.start]].kind} {zone}"
    yield f"count in {ws.blocks[ws.block_of[case.count.start]].kind}"


TELLING: tuple[Callable[[Case, Candidate], Iterator[str]], ...] = (
    _standing,
    _between,
    _crowd,
    _lead,
    _cases,
    _action,
    _pointing,
    _figure,
    _layout,
)
