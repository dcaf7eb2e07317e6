"""The place a count is told of."""

from __future__ import annotations

from pobratim.lexicon.quantities import circumstance_words, quantities
from pobratim.stages.quantities.nearby import (
    FAIR,
    LIKELY,
    Choice,
    category,
    continues,
    near,
    nearest,
)
from pobratim.stages.workspace import Candidate, CountValue, Workspace

__all__ = [
    "OF_PLACES",
    "TOPICS",
    "holder_of",
    "is_host",
    "is_located",
    "place_before",
    "static_place",
    "topic_of",
    "topic_of_table",
]

TOPICS = ("CITY", "COUNTRY")
OWNERS = ("CITY", "COUNTRY", "ORGANIZATION")
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
TITLING = frozenset({"-", "–", "—", ":"})
MOST_BLOCKS, TITLE_WORDS = 8, 14
OF_PLACES = frozenset({"population", "area"})
BONUS = {"ORGANIZATION": -6, "EVENT": -6, "CITY": 0, "COUNTRY": 4}
LEFTMOST = 8
TIES = 12
SUMS = frozenset({"money", "share"})
SUBJECT = 3
MOST_SENTENCES, MOST_PLACES = 20, 20


def static_place(
    ws: Workspace, count: Candidate, here: list[Candidate], bounds: tuple[int, int]
) -> Choice | None:
    """The place before a population, an area or a rate: «В Твери живут 420 тыс. человек»."""
    before = [one for one in here if one.end <= count.start and one.label != "COUNTRY"]
    located = [
        (place, BONUS[place.label])
        for place in before
        if is_located(ws, place) and not is_host(ws, place, here)
    ]
    return nearest(count, located, bounds, "located") or holder_of(ws, count, before, bounds)


def holder_of(
    ws: Workspace, count: Candidate, here: list[Candidate], bounds: tuple[int, int]
) -> Choice | None:
    """Who has so many: «У Хабаровска 6 городов-побратимов», "Khabarovsk has 6 sister cities"."""
    inside = [place for place in here if bounds[0] <= place.start < bounds[1]]
    owners = [(one, 0) for one in inside if one.label in OWNERS and _holds(ws, one, count)]
    return nearest(count, owners, bounds, "holder") or _possessor(ws, count, inside)


def _possessor(ws: Workspace, count: Candidate, places: list[Candidate]) -> Choice | None:
    """The city whose sum or share is told: «расходы Капана за 2018 год: 1,9 млн драмов»."""
    if category(count) not in SUMS:
        return None
    first = next((one for one in places if one.end <= count.start), None)
    if first is None or first.label not in TOPICS:
        return None
    of = first.start > 0 and ws.lowers[first.start - 1] == "of"
    owned = not POSSESSIVES.isdisjoint(ws.lowers[first.end : first.end + 1])
    if not (of or owned or _is_anothers(ws, first)):
        return None
    sums = circumstance_words().sums
    between = range(first.end, count.start)
    told = any(ws.words[at] in TITLING or ws.lemmas[at] in sums for at in between)
    return Choice(first, FAIR, "possessor") if told else None


def _is_anothers(ws: Workspace, place: Candidate) -> bool:
    """Whether a Russian name but tells whose the noun before it is: «стенд Уссурийска»."""
    before = place.start - 1
    if before < ws.sentences[ws.sentence_of[place.start]][0] or ws.tags[before] != "NOUN":
        return False
    known = circumstance_words().kinds | quantities().time
    return bool(ws.readings[before]) and ws.lemmas[before] not in known


def place_before(
    ws: Workspace,
    count: Candidate,
    places: dict[int, list[Candidate]],
    bounds: tuple[int, int],
) -> Choice | None:
    """Where the sentence before was set, if this one points back to it and it had one place.

    "There" is the last place told of.
    """
    words, number = circumstance_words(), ws.sentence_of[count.start]
    pointing = not words.there.isdisjoint(ws.lowers[bounds[0] : bounds[1]])
    if pointing and any(_points_there(ws, at) for at in range(*bounds)):
        return _last_told(count, places, number)
    if not continues(ws, number):
        return None
    located = [place for place in places.get(number - 1, ())[:MOST_PLACES] if is_located(ws, place)]
    return Choice(located[0], FAIR, "sentence_before") if len(located) == 1 else None


def _points_there(ws: Workspace, at: int) -> bool:
    """«здесь», "there" but not "there are"."""
    if ws.lowers[at] not in circumstance_words().there:
        return False
    after = at + 1
    return ws.languages[at] != "en" or after >= len(ws) or ws.tags[after] not in ("AUX", "VERB")


def _last_told(count: Candidate, places: dict[int, list[Candidate]], number: int) -> Choice | None:
    """The last place before the count, in its sentence or the one before; a country only alone."""
    for earlier in (number, number - 1):
        told = [place for place in places.get(earlier, ()) if place.end <= count.start]
        if told:
            narrow = [place for place in told if place.label != "COUNTRY"] or told
            return Choice(narrow[-1], FAIR, "there")
    return None


def is_host(ws: Workspace, place: Candidate, places: list[Candidate]) -> bool:
    """Whether a body is but what another belongs to: «в клинике «Аврора» при университете»."""
    at = place.start - 1
    while at > 0 and ws.tags[at] == "ADJ":
        at -= 1
    return ws.lowers[at] in circumstance_words().within and any(one.end == at for one in places)


def is_located(ws: Workspace, place: Candidate) -> bool:
    """Whether a preposition of place governs the name, alone or through a noun of its kind."""
    words = circumstance_words()
    first = ws.sentences[ws.sentence_of[place.start]][0]
    nouns = 0
    for at in range(place.start - 1, max(first, place.start - LEFTMOST) - 1, -1):
        word, tag = ws.lowers[at], ws.tags[at]
        if word in words.locative:
            return True
        if ws.lemmas[at] in quantities().time and ws.lemmas[at] not in words.kinds:
            return False  # «в октябре Уссурийск отправил»
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


def _holds(ws: Workspace, place: Candidate, count: Candidate) -> bool:
    """«У Хабаровска 6 городов-побратимов», "Khabarovsk has 6 sister cities"."""
    words = circumstance_words()
    if place.start > 0 and ws.lowers[place.start - 1] in words.holders:
        return True
    between = ws.lemmas[place.end : count.start]
    if len(between) == 1:
        first = ws.blocks[ws.block_of[place.start]].start
        if between[0] in POSSESSIVES:
            return True
        if between[0] in TITLING and (place.start == first or _is_labelling(ws, place)):
            return True
    if isinstance(count.value, CountValue) and count.value.counted in words.ties:
        # "Bursa has 23 sister cities in 17 countries"
        held = next((at for at, lemma in enumerate(between) if lemma in words.holds), TIES)
        return held <= SUBJECT and len(between) <= TIES and "," not in between
    return len(between) <= SUBJECT + 1 and not words.holds.isdisjoint(between)


def _is_labelling(ws: Workspace, place: Candidate) -> bool:
    """Whether a name closes the label of a figure: "Sister cities of Tver: 9", «Побратимы Твери – 9»."""
    if ws.languages[place.start] == "en":
        return place.start > 0 and ws.lowers[place.start - 1] == "of"
    return _is_anothers(ws, place)


def topic_of(
    ws: Workspace,
    count: Candidate,
    cities: dict[int, list[Candidate]],
    topics: tuple[Candidate | None, ...],
) -> Choice | None:
    """The place that a population or an area is of."""
    number = ws.sentence_of[count.start]
    first = ws.sentences[number][0]
    before = [
        place
        for place in near(cities, number, count)
        if place.end <= count.start and (place.label == "CITY" or place.start - first < SUBJECT)
    ]
    if before:
        return Choice(before[-1], LIKELY, "topic_sentence")
    index = ws.block_of[count.start]
    start = ws.blocks[index].start
    for earlier in range(number - 1, max(ws.sentence_of[start], number - MOST_SENTENCES) - 1, -1):
        first = ws.sentences[earlier][0]
        for city in cities.get(earlier, ())[:1]:
            if city.start - first < SUBJECT and not _is_instrumental(ws, city):
                return Choice(city, FAIR, "topic_paragraph")
    topic = topics[index] if index < len(topics) else None
    topic = topic or _heading(ws, index, cities)
    return Choice(topic, LIKELY, "topic_section") if topic is not None else None


def topic_of_table(
    ws: Workspace, count: Candidate, cities: dict[int, list[Candidate]]
) -> Choice | None:
    """The place that the heading above a table names, unless as a partner."""
    place = _heading(ws, ws.block_of[count.start], cities)
    if place is None or _is_instrumental(ws, place):
        return None
    return Choice(place, FAIR, "topic_table")


def _is_instrumental(ws: Workspace, place: Candidate) -> bool:
    """Whether «с» precedes the name, or its kind: the partner, not the subject."""
    words, at = circumstance_words(), place.start - 1
    if at > 0 and ws.words[at] == ".":
        at -= 1
    if at > 0 and ws.lemmas[at] in words.kinds:
        at -= 1
    return at >= 0 and ws.lowers[at] in words.partners


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
