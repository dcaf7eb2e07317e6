"""The head noun of a counted phrase: what a number counts.

Russian nouns and their modifiers must agree with the numeral, which is what tells «22 предприятия»
from «гимназия № 22 предприятия»; English ones are walked by their tags to the last noun, which must
be a plural.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.morphology import analyzer
from pobratim.lexicon.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.stages.quantities.numerals import Agreement
    from pobratim.stages.workspace import Reading, Workspace

__all__ = [
    "Head",
    "after_point",
    "english_head",
    "is_plural",
    "measured_noun",
    "plural_noun",
    "russian_head",
]

REACH = 14
SHORTEST = 3
POSSESSIVES = frozenset({"'", "'s", "’", "’s"})
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
OBLIQUE = frozenset({"gent", "gen2", "datv", "ablt", "loct", "loc2"})
DIRECT = frozenset({"nomn", "accs"})
CASES = OBLIQUE | DIRECT
LIVING = frozenset({"anim", "Subx", "PRTF"})
NAMES = frozenset({"Surn", "Name", "Patr"})
HEADING_TAGS = ("NOUN", "PROPN", "VERB")


class Head(NamedTuple):
    """The noun at ``at`` with its dictionary form; ``end`` is after the counted phrase.

    ``animate`` and ``direct`` (nominative or accusative) are known of Russian nouns.
    """

    at: int
    end: int
    lemma: str
    animate: bool = False
    direct: bool = False
    singular: bool = False


def russian_head(ws: Workspace, start: int, stop: int, agreement: Agreement | None) -> Head | None:
    """The noun that agrees with the numeral before ``start``; any genitive without a numeral."""
    found = _russian_first(ws, start, stop, agreement)
    if found is None or agreement is None:
        return found
    return found._replace(end=_after_joined(ws, found, min(stop, start + REACH), agreement))


def _after_joined(ws: Workspace, head: Head, stop: int, agreement: Agreement) -> int:
    """Past more nouns in the form of the first: «52 врача и медсестры», «школьников, учителей и гостей»."""
    at, end = head.end, head.end
    while at + 1 < stop and end == head.at + 1:
        if not _is_link(ws.lowers[at]):
            break
        noun = _noun_like(ws, head, at + 1, agreement)
        if noun is None:
            break
        if ws.words[at] != ",":
            end = at + 2
            break
        at += 2
    return end


def _noun_like(ws: Workspace, head: Head, at: int, agreement: Agreement) -> Reading | None:
    """The reading of a noun that agrees with the numeral as the head does."""
    noun = _noun(ws.readings[at], agreement, plural=False)
    if noun is None or ws.tags[at] != "NOUN" or ws.lowers[at] in quantities().time:
        return None
    like = noun.grammemes & CASES & _cases(ws, head)
    return noun if like and ("sing" in noun.grammemes) == head.singular else None


def _cases(ws: Workspace, head: Head) -> frozenset[str]:
    number = "sing" if head.singular else "plur"
    return frozenset(
        grammeme
        for reading in ws.readings[head.at]
        if number in reading.grammemes
        for grammeme in reading.grammemes & CASES
    )


def _russian_first(
    ws: Workspace, start: int, stop: int, agreement: Agreement | None
) -> Head | None:
    at, modified, participle, plural = start, False, False, False
    numeral = agreement is not None
    spare: Head | None = None
    stop = min(stop, start + REACH)
    while at < stop:
        readings = ws.readings[at]
        modifier = _modifier(readings, agreement)
        noun = _noun(readings, agreement, plural)
        if modifier is not None and not _is_certain_noun(ws, at, noun):
            if spare is None and (noun is not None or "PRTF" in modifier.grammemes):
                spare = _head(ws, at, noun or modifier, stop)
            modified, plural = True, plural or "plur" in modifier.grammemes
            participle = participle or "PRTF" in modifier.grammemes
            at += 1
        elif participle and ws.tags[at] == "ADP":
            at = _after_phrase(ws, at + 1, stop)
        elif noun is not None:
            return _head(ws, at, noun, stop)
        elif _may_precede(ws, at, modified, numeral):
            at += 1
        else:
            slip = _noun(readings, "few", False) if plural and agreement == "many" else None
            return _head(ws, at, slip, stop) if slip is not None and spare is None else spare
    return spare


def _may_precede(ws: Workspace, at: int, modified: bool, numeral: bool) -> bool:
    """Whether a word that is neither modifier nor noun may stand before the head."""
    return (
        (modified and _is_link(ws.lowers[at]))
        or (numeral and (_is_adverb(ws.readings[at]) or ws.lowers[at] in quantities().whose))
        or _is_foreign(ws, at)
    )


def _noun(readings: Iterable[Reading], agreement: Agreement | None, plural: bool) -> Reading | None:
    for reading in sorted(readings, key=_is_participle):
        grammemes = reading.grammemes
        if reading.pos == "NOUN" or "Subx" in grammemes:
            if len(reading.lemma) < SHORTEST and reading.lemma not in quantities().abbreviations:
                continue
            if grammemes & NAMES or (plural and agreement != "few" and "sing" in grammemes):
                continue
            if _agrees(grammemes, agreement):
                return reading
    return None


def _is_participle(reading: Reading) -> bool:
    return reading.pos == "VERB"


def _agrees(grammemes: frozenset[str], agreement: Agreement | None) -> bool:
    plural = "plur" in grammemes
    if agreement is None:
        return bool(grammemes & {"gent", "gen2"})
    if agreement == "one":
        return not plural
    if agreement == "part":
        return bool(grammemes & {"gent", "gen2"})
    if plural:
        return bool(grammemes & OBLIQUE) or (agreement == "few" and "Subx" in grammemes)
    return agreement == "few" and "gent" in grammemes and "Fixd" not in grammemes


def _modifier(readings: Iterable[Reading], agreement: Agreement | None) -> Reading | None:
    for reading in readings:
        grammemes = reading.grammemes
        if not grammemes & {"ADJF", "PRTF"}:
            continue
        if agreement is None:
            if "gent" in grammemes:
                return reading
        elif agreement == "one":
            if "plur" not in grammemes:
                return reading
        elif "plur" in grammemes and (grammemes & OBLIQUE or agreement != "many"):
            return reading
    return None


def _is_certain_noun(ws: Workspace, at: int, noun: Reading | None) -> bool:
    """Whether a form that may also be a modifier is best read as a noun («учёных»)."""
    if noun is None:
        return False
    return "Subx" in noun.grammemes or ws.readings[at][0].pos == "NOUN"


def _is_link(word: str) -> bool:
    """What joins modifiers: «культурных, спортивных и международных»."""
    return word == "," or word in quantities().conjunctions


def _is_adverb(readings: tuple[Reading, ...]) -> bool:
    return bool(readings) and readings[0].pos == "ADV"


def _is_foreign(ws: Workspace, at: int) -> bool:
    """A Latin word or its hyphen inside a Russian phrase: «12 smart-остановок»."""
    word = ws.words[at]
    if word == "-":
        return ws.ends[at - 1] == ws.starts[at] and ws.words[at - 1].isascii()
    return word.isascii() and word.isalpha()


def _after_phrase(ws: Workspace, at: int, stop: int) -> int:
    """Past the noun phrase of a preposition inside a participial phrase."""
    while at < stop and ws.tags[at] in ("ADJ", "NUM"):
        at += 1
    return at + 1


def _head(ws: Workspace, at: int, noun: Reading, stop: int) -> Head:
    lexicon = quantities()
    lemma = _participle_lemma(ws.lowers[at]) if _is_participle(noun) else noun.lemma
    end = at + 1
    if ws.lowers[at] in lexicon.abbreviations:
        lemma = lexicon.abbreviations[ws.lowers[at]]
        end = after_point(ws, end, stop)
    elif end + 1 < stop and ws.words[end] in "-–—" and ws.lemmas[end + 1] in lexicon.appositions:
        lemma = f"{lemma}-{ws.lemmas[end + 1]}"
        end += 2
    grammemes = noun.grammemes
    animate = not grammemes.isdisjoint(LIVING)
    return Head(at, end, lemma, animate, bool(grammemes & DIRECT), "sing" in grammemes)


def _participle_lemma(word: str) -> str:
    """The nominative of a participle used as a noun: «пострадавших» is of «пострадавший»."""
    for parse in analyzer().parse(word):
        form = parse.inflect({"sing", "masc", "nomn"}) if "PRTF" in parse.tag else None
        if form is not None:
            return str(form.word)
    return word


def after_point(ws: Workspace, end: int, stop: int) -> int:
    """Past the full stop of an abbreviation that ends at ``end`` («чел.», «руб.»)."""
    dotted = ws.lowers[end - 1] in quantities().dotted
    point = end < stop and ws.words[end] == "." and ws.ends[end - 1] == ws.starts[end]
    return end + 1 if dotted and point else end


def english_head(ws: Workspace, start: int, stop: int, singular: bool = False) -> Head | None:
    """The last noun of the phrase at ``start``: a plural, or (``singular``) any noun."""
    stop = min(stop, start + REACH)
    at, last, plural = start, -1, -1
    while at < stop:
        tag = ws.tags[at]
        settled = last >= 0 and last == plural
        misread = tag == "VERB" and last > plural and not singular and _is_plural_form(ws, at)
        if (tag in ("NOUN", "PROPN") and ws.words[at][0].isalpha()) or misread:
            if settled and tag == "PROPN":
                break
            last = at
            plural = at if is_plural(ws, at) else plural
        elif not _continues(ws, at, stop, settled, begun=at > start, singular=singular):
            break
        at += 1
    head = last if singular else plural
    if head < 0:
        return None
    end = head + 1 if singular else after_point(ws, _after_second(ws, head + 1, stop), stop)
    return Head(head, end, _compound_lemma(ws, start, head), singular=head != plural)


def _is_plural_form(ws: Workspace, at: int) -> bool:
    """Whether a "verb" is a plural: no singular subject of one follows a number, "20 oak seedlings"."""
    word = ws.lowers[at]
    return word == f"{ws.lemmas[at]}s" and word[-2:] != "ss"


def _after_second(ws: Workspace, end: int, stop: int) -> int:
    """Past more plurals that "and" adds to the first: "4 school-boys and girls"."""
    at = end
    while at + 1 < stop and ws.words[at] == "," and _is_listed(ws, at + 1, stop):
        at += 2
    if at > end and at < stop and ws.words[at] == ",":
        at += 1
    if at + 1 >= stop or ws.lowers[at] not in quantities().conjunctions:
        return end
    return at + 2 if _is_listed(ws, at + 1, stop) else end


def _is_listed(ws: Workspace, at: int, stop: int) -> bool:
    """Whether a plural stands at ``at`` and no noun that it but tells more of follows."""
    if ws.tags[at] != "NOUN" or not is_plural(ws, at):
        return False
    after = at + 1
    if after >= stop:
        return True
    noun = ws.tags[after] in NOMINAL and (ws.tags[after] != "NOUN" or is_plural(ws, after))
    return not noun and ws.words[after] != "-"


def _continues(
    ws: Workspace, at: int, stop: int, settled: bool, *, begun: bool, singular: bool
) -> bool:
    """Whether the word belongs to the phrase before its head."""
    word, tag = ws.lowers[at], ws.tags[at]
    following = ws.tags[at + 1] if at + 1 < stop else ""
    if word == "-":
        return bool(following) and ws.ends[at] == ws.starts[at + 1]
    if word in POSSESSIVES:
        return following in NOMINAL
    if settled:
        return False
    if tag == "ADJ":
        return True
    if tag == "VERB":
        return word.endswith(("ed", "ing"))
    if tag == "ADV":
        return following in ("ADJ", "VERB")
    if begun and _is_link(word):
        before = ws.tags[at - 1]
        joined = before == "ADJ" or (before == "NOUN" and word != "," and not singular)
        return joined and following in (*NOMINAL, "CCONJ", "VERB")
    return False


def is_plural(ws: Workspace, at: int) -> bool:
    """Whether an English noun is a plural, or of those that count without one ("staff")."""
    word, lemma = ws.lowers[at], ws.lemmas[at]
    if lemma != word or _irregular(word) is not None:
        return True
    if quantities().categories.get(word) == "people":
        return word in ("people", "staff", "personnel", "crew", "youth", "alumni", "townspeople")
    return ws.tags[at] == "PROPN" and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _irregular(word: str) -> str | None:
    """The singular of "schoolchildren" or "sportswomen", by the ending."""
    for ending, singular in quantities().plurals.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + singular
    return None


def _compound_lemma(ws: Workspace, start: int, at: int) -> str:
    """The dictionary form, with what a hyphen binds to it: ``sister-city``."""
    lemma = ws.lemmas[at]
    if lemma == ws.lowers[at]:
        lemma = _irregular(lemma) or lemma
    if lemma == ws.lowers[at] and ws.tags[at] == "PROPN":
        lemma = lemma[:-3] + "y" if lemma.endswith("ies") else lemma.removesuffix("s")
    lemma = quantities().abbreviations.get(lemma, lemma)
    if at - 2 >= start and ws.words[at - 1] == "-" and ws.ends[at - 1] == ws.starts[at]:
        return f"{ws.lowers[at - 2]}-{lemma}"
    return lemma


def measured_noun(ws: Workspace, start: int, stop: int) -> str | None:
    """The lemma of what a measure is of: «35% стоимости», "3 tons of coal"."""
    if start >= stop:
        return None
    if ws.lowers[start] in quantities().measured_prepositions:
        at = start + 1
        if at < stop and ws.tags[at] == "DET":
            at += 1
        if at < stop and ws.words[at][0].isupper():
            return None  # A distance from a place: "255 km of Santiago".
        head = english_head(ws, at, stop, singular=True)
    else:
        head = russian_head(ws, start, stop, None) if ws.readings[start] else None
    return head.lemma if head else None


def plural_noun(ws: Workspace, start: int, stop: int, *, heading: bool = False) -> str | None:
    """The first plural noun between ``start`` and ``stop``, as a dictionary form.

    In a ``heading`` taggers take a noun for a name or a verb.
    """
    tags = HEADING_TAGS if heading else ("NOUN",)
    for at in range(start, stop):
        if ws.languages[at] == "en":
            if ws.tags[at] in tags and is_plural(ws, at):
                head = english_head(ws, start, at + 1)
                return ws.lemmas[at] if head is None else head.lemma
            continue
        for reading in ws.readings[at]:
            if reading.pos == "NOUN" and "plur" in reading.grammemes:
                return reading.lemma
    return None
