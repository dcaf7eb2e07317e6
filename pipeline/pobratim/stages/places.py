"""CITY, REGION and COUNTRY mentions: gazetteer names, weighed by what stands around them.

A name by itself proves little: Victoria is a person, Nice a word, Georgia a state twice over. Each
occurrence is weighed by the words beside it, by the language's model, and by what the same name is
elsewhere in the document: a name that is a city forty times is a city the forty-first.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pobratim.lexicon.gazetteer import Gazetteer, Place, gazetteer, normalise
from pobratim.lexicon.placing import PlacingLexicon, placing_lexicon
from pobratim.stages.quotes import quotes
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

__all__ = ["Places"]

LONGEST = 7
BRAND_WORDS = 7
SURE, LIKELY, WEAK = 0.97, 0.85, 0.4
LARGE = 100_000
LABEL = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}
PLACE_GUESSES = frozenset({"LOC", "GPE"})
PERSON_GUESSES = frozenset({"PER", "PERSON"})
JOINERS = frozenset({",", "и", "and", "или", "or", "&", "-", "–", "—", "(", ")", "г", "."})


class Context(NamedTuple):
    """What the places stage knows of the document before it looks at a name."""

    ws: Workspace
    gazetteer: Gazetteer
    lexicons: dict[str, PlacingLexicon]
    guess_at: dict[int, Candidate]
    brand: frozenset[int]


class Sighting(NamedTuple):
    """A name of the gazetteer in the text: half-open words, what it may be, how sure it is."""

    start: int
    end: int
    key: str
    options: tuple[Place, ...]
    kind: str
    score: float
    why: str


@Language.factory("pobratim_places")
class Places:
    """Adds CITY, REGION and COUNTRY candidates; ``data`` holds the gazetteer's options."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.lexicons = placing_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        guess_at = {at: guess for guess in ws.guesses for at in range(guess.start, guess.end)}
        context = Context(ws, gazetteer(), self.lexicons, guess_at, _brand_words(ws, self.lexicons))
        sightings = list(_sightings(context))
        listed = _in_lists(context, sightings)
        for sighting in _agreed(sightings + listed):
            ws.candidates.append(
                Candidate(
                    LABEL[sighting.kind],
                    sighting.start,
                    sighting.end,
                    sighting.score,
                    f"places:{sighting.why}",
                    data=sighting.options,
                )
            )
        return doc


def _brand_words(ws: Workspace, lexicons: dict[str, PlacingLexicon]) -> frozenset[int]:
    """Words in short quotations: names of other things, where a place is no mention."""
    inside: set[int] = set()
    for quote in quotes(ws):
        words = range(quote.start + 1, quote.end - 1)
        if len(words) <= BRAND_WORDS:
            lexicon = lexicons.get(ws.languages[quote.start])
            if not lexicon or not any(ws.lemmas[at] in lexicon.city for at in words):
                inside.update(words)
    return frozenset(inside)


def _sightings(context: Context) -> Iterator[Sighting]:
    ws = context.ws
    at = 0
    while at < len(ws):
        word = ws.words[at]
        if word[0].isupper() and at not in context.brand and ws.languages[at] in context.lexicons:
            found = _longest(context, at)
            if found:
                yield found
                at = found.end
                continue
        at += 1


def _longest(context: Context, start: int) -> Sighting | None:
    """The longest name of the gazetteer that begins at ``start``."""
    ws = context.ws
    first = normalise(ws.words[start])
    russian = "\u0400" <= ws.words[start][0] <= "\u052f"
    starts = context.gazetteer.may_start_russian if russian else context.gazetteer.may_start
    if not starts(first):
        return None
    limit = min(ws.sentences[ws.sentence_of[start]][1], start + LONGEST)
    for end in range(limit, start, -1):
        last = ws.words[end - 1]
        if not last[0].isalnum() or ws.ends[end - 1] - ws.starts[start] > 80:
            continue
        key = ws.text[ws.starts[start] : ws.ends[end - 1]]
        options = _lookup(context, key, ws.languages[start])
        if options:
            return _weighed(context, start, end, key, options)
    return None


def _lookup(context: Context, key: str, language: str) -> tuple[Place, ...]:
    if "\u0400" <= key[0] <= "\u052f":
        return context.gazetteer.lookup_russian(key)
    return context.gazetteer.lookup(key)


def _weighed(
    context: Context, start: int, end: int, key: str, options: tuple[Place, ...]
) -> Sighting | None:
    """What the name is, and how sure that is, from the words beside it and the model's guess."""
    ws = context.ws
    lexicon = context.lexicons[ws.languages[start]]
    cue = _cue(ws, start, end, lexicon)
    if cue == "other" or _is_part_of_name(context, start, end):
        return None
    kind = _kind(options, cue)
    guess = context.guess_at.get(start)
    own_guess = guess is not None and guess.start >= start - 1 and guess.end <= end + 1
    if cue and cue == kind:
        score, why = SURE, "cue"
    elif guess is not None and guess.label in PLACE_GUESSES:
        score, why = SURE if own_guess else LIKELY, "model"
    elif _is_word(context, start, end, key):
        score, why = WEAK, "word"
    elif guess is not None and guess.label in PERSON_GUESSES:
        score, why = (WEAK if guess.end - guess.start > end - start else 0.6), "against-model"
    else:
        large = max(place.population for place in options) >= LARGE or kind != "city"
        score, why = (LIKELY if large or end - start > 1 else 0.6), "gazetteer"
    return Sighting(start, end, key, options, kind, score, why)


def _cue(ws: Workspace, start: int, end: int, lexicon: PlacingLexicon) -> str:
    """``city``, ``region``, ``country`` or ``other`` where a word beside the name says so."""
    first, last = ws.sentences[ws.sentence_of[start]]
    before = start - 1
    while before >= first and ws.words[before] in (".", "the", "of", "The"):
        before -= 1
    if before >= first:
        found = _cue_of(ws, before, lexicon, behind=False)
        if found:
            return found
    if end < last and ws.languages[start] == "en":
        lemma = ws.lemmas[end]
        if lemma in lexicon.region and ws.words[end][0].islower():
            return "region"
        if lemma in lexicon.other:
            return "other"
    if end < last and ws.lemmas[end] in lexicon.region_after:
        return "region"
    return ""


def _cue_of(ws: Workspace, at: int, lexicon: PlacingLexicon, *, behind: bool) -> str:
    for lemma in (ws.lemmas[at], ws.lowers[at]):
        if lemma in lexicon.other:
            return "other"
        if lemma in lexicon.city or lemma in lexicon.cities:
            return "city"
        if lemma in lexicon.region:
            return "region"
        if lemma in lexicon.country:
            return "country"
    return ""


def _kind(options: tuple[Place, ...], cue: str) -> str:
    """The cue's kind where the gazetteer has one; else country, large city, region, city."""
    kinds = {place.kind for place in options}
    if cue in kinds:
        return cue
    if "country" in kinds:
        return "country"
    if "city" in kinds and "region" in kinds:
        largest = max(place.population for place in options if place.kind == "city")
        return "city" if largest >= LARGE else "region"
    return "city" if "city" in kinds else "region"


def _is_word(context: Context, start: int, end: int, key: str) -> bool:
    """Whether the name is also an ordinary word, a given name or an adjective."""
    ws = context.ws
    if end - start > 1:
        return False
    if any(reading.pos == "ADJ" for reading in ws.readings[start][:2]):
        return True
    return context.gazetteer.is_common_word(key)


def _is_part_of_name(context: Context, start: int, end: int) -> bool:
    """Whether the word is glued to another: «Казань-2023», "Park" in "Park Yon", «Буров-Сити»."""
    ws = context.ws
    if end < len(ws) and ws.words[end] == "-" and ws.ends[end - 1] == ws.starts[end]:
        return end + 1 < len(ws) and ws.starts[end + 1] == ws.ends[end] and (
            ws.words[end + 1][0].isdigit() or ws.words[end + 1][0].islower()
        )  # fmt: skip
    return False


def _in_lists(context: Context, sightings: list[Sighting]) -> list[Sighting]:
    """Names that no gazetteer has, after «г.» or in a list behind «города»: cities all the same."""
    ws = context.ws
    taken = {at for sighting in sightings for at in range(sighting.start, sighting.end)}
    found = []
    for at, lemma in enumerate(ws.lemmas[:-1]):
        lexicon = context.lexicons.get(ws.languages[at])
        if lexicon is None or (lemma not in lexicon.cities and lemma not in lexicon.city):
            continue
        if ws.languages[at] != "ru" or ws.words[at][0].isupper():
            continue
        for start, end in _listed(ws, at + 1, plural=_is_plural(ws, at)):
            if not any(i in taken or i in context.brand for i in range(start, end)):
                taken.update(range(start, end))
                key = ws.phrase(start, end)
                found.append(Sighting(start, end, key, (), "city", 0.8, "list"))
    return found


def _is_plural(ws: Workspace, at: int) -> bool:
    return ws.lowers[at] == "гг" or any(
        "plur" in reading.grammemes for reading in ws.readings[at] if reading.lemma == ws.lemmas[at]
    )


def _listed(ws: Workspace, at: int, *, plural: bool) -> Iterator[tuple[int, int]]:
    """The capitalised names right behind a type word; of a plural, all of the list."""
    limit = ws.sentences[ws.sentence_of[at]][1]
    while at < limit and ws.words[at] == ".":
        at += 1
    while at < limit and ws.words[at][0].isupper() and ws.words[at].replace("-", "").isalpha():
        if ws.tags[at] in ("ADJ", "VERB") or len(ws.words[at]) < 3:
            return
        yield at, at + 1
        at += 1
        if not plural or at >= limit:
            return
        while at < limit and ws.lowers[at] in JOINERS:
            at += 1


def _agreed(sightings: list[Sighting]) -> Iterator[Sighting]:
    """Each sighting, weak ones raised where the same name is sure elsewhere, dropped where not."""
    sure: dict[str, int] = defaultdict(int)
    weak: dict[str, int] = defaultdict(int)
    for sighting in sightings:
        for option in _identities(sighting):
            (sure if sighting.score >= LIKELY else weak)[option] += 1
    for sighting in sorted(sightings, key=lambda one: one.start):
        if sighting.score > WEAK:
            support = max((sure[option] for option in _identities(sighting)), default=0)
            if sighting.score < LIKELY and support:
                sighting = sighting._replace(score=LIKELY, why=f"{sighting.why}+document")
            yield sighting
        elif any(sure[option] >= max(1, weak[option] // 4) for option in _identities(sighting)):
            yield sighting._replace(score=0.7, why=f"{sighting.why}+document")


def _identities(sighting: Sighting) -> tuple[str, ...]:
    """What makes two sightings the same name: a common gazetteer entry, else the spelling."""
    return tuple(place.id for place in sighting.options[:3]) or (sighting.key.casefold(),)
