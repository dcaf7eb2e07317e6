"""Numbers whose noun was said before: «37 делегаций, из них 21», "11 of 16 applications".

A bare number counts only where the words around it say that it is a part, more or another sum of
something counted (or asked for) shortly before; a collective numeral («семеро») counts people by
itself.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.ellipsis import ellipsis_words
from pobratim.lexicon.quantities import quantities
from pobratim.stages.quantities.categories import category_of
from pobratim.stages.quantities.exclusions import IN_DATE
from pobratim.stages.quantities.heads import plural_noun
from pobratim.stages.quantities.numerals import DASHES
from pobratim.stages.quantities.qualifiers import Span, qualified
from pobratim.stages.workspace import Candidate, CountValue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.schema import Category
    from pobratim.stages.workspace import Workspace

__all__ = ["ELLIPTICAL", "PART", "Elliptical", "elliptical", "whole_after"]

ELLIPTICAL, PART = "elliptical", "part"
MOST_FILLERS = 2
MOST_ADJECTIVES = 3
MOST_COUNTS = 6
FARTHEST = 60
QUESTION = 30
FARTHEST_SUBJECT = 16
SOURCE_WORDS = 4
LONGEST_LABEL = 8
LEADING = DASHES | {":"}
LABEL_EDGES = frozenset({";", ":", ",", "(", "•", "*"})
IMPERSONAL = frozenset({"neut", "past"})
PREDICATES = frozenset({"VERB", "PRTS"})
SENTENCES_BACK = 1
CLOSING = frozenset({",", ".", ";", ":", ")", "(", "!", "?", "…", "-", "–", "—"})
OPENING = frozenset({"(", ",", ";", ":"})
JOINING = frozenset({"and", "и", "&", "but", "while", "though", "whereas", "а", "но"})


class Elliptical(NamedTuple):
    """What a bare number counts and where its phrase ends; ``noun`` is unknown of some people."""

    end: int
    noun: str | None
    category: Category
    rule: str = ELLIPTICAL


def whole_after(ws: Workspace, after: int, stop: int) -> int:
    """The word after "of (the)" in "11 of the 16 applications"; -1 if none of these follows."""
    words = ellipsis_words()
    if after >= stop or ws.lowers[after] not in words.of:
        return -1
    at = after + 1
    while at < stop and ws.lowers[at] in words.whole and at - after <= MOST_FILLERS:
        at += 1
    return at if at < stop else -1


def elliptical(
    ws: Workspace, span: Span, stop: int, counts: list[Candidate], taken: bytearray
) -> Elliptical | None:
    """What the bare number of ``span`` counts, by ``counts`` (those before it) and its context."""
    number = span.last or span.first
    whole = number.grouped or number.value
    if whole != whole.to_integral_value():
        return None
    block = ws.blocks[ws.block_of[span.start]]
    begin = qualified(ws, span.start, block.start, span.last is not None).start
    end = _after_adjectives(ws, span.end, stop)
    if ws.lowers[span.end - 1] in quantities().collective:
        return _collective(ws, span, begin, counts)
    if end < stop and not (end > span.end or _stands_alone(ws, end) or taken[end] == IN_DATE):
        return None
    asked = (
        _asked(ws, begin, block.start)
        or _amount(ws, begin, block.start)
        or _changed(ws, begin, block.start)
        or _labelled(ws, begin, end, stop, block.start)
        or _planned(ws, begin, end, stop, block.start)
    )
    if asked is not None:
        return Elliptical(end, asked, category_of(asked), "asked")
    if _sizes_body(ws, begin, block.start) and (whole < 1000 or number.grouped is not None):
        return Elliptical(span.end, None, "people")
    themed = _themed(ws, begin, end, stop)
    if themed is not None:
        return Elliptical(end, themed, category_of(themed))
    if _is_predicate(ws, begin, end, stop, counts, taken):
        more = _antecedent(ws, span.start, counts, whole=Decimal(0), parts=True)
        if more is not None and more[1].counted is not None:
            return Elliptical(end, more[1].counted, more[1].category or "other")
    before = _antecedent(ws, span.start, counts, whole=whole)
    if before is None or before[1].counted is None:
        return None
    part = _antecedent(ws, span.start, counts, whole=whole, fits=True)
    if part is not None and part[1].counted and _is_part(ws, begin, span.end, block.start):
        return Elliptical(end, part[1].counted, part[1].category or "other")
    same = ws.sentence_of[before[0].start] == ws.sentence_of[span.start]
    less = before[1].value is None or whole <= before[1].value
    if same and (
        (less and _is_of_whole(ws, before[0], begin))
        or _is_subject(ws, begin, span.end, stop)
        or _is_whole(ws, before[0], begin, end, stop)
        or _is_labelled_too(ws, begin, end, stop)
        or (less and _is_share(ws, begin, end, span.end, stop))
        or _is_other_sum(ws, begin, end, stop, block.start, taken)
    ):
        return Elliptical(end, before[1].counted, before[1].category or "other")
    return None


def _stands_alone(ws: Workspace, after: int) -> bool:
    """Whether the word after a number is none that it might count."""
    return ws.words[after] in CLOSING or ws.tags[after] in (
        "ADP", "VERB", "AUX", "CCONJ", "SCONJ", "PRON", "ADV",
    )  # fmt: skip


def _after_adjectives(ws: Workspace, at: int, stop: int) -> int:
    """Past adjectives without a noun: «8 российских)», "20 foreign."."""
    end = at
    while end < min(stop, at + MOST_ADJECTIVES) and _is_adjective(ws, end):
        end += 1
    return end if end > at and (end == stop or ws.words[end] in CLOSING) else at


def _is_adjective(ws: Workspace, at: int) -> bool:
    if ws.tags[at] != "ADJ":
        return False
    return not ws.readings[at] or any("plur" in one.grammemes for one in ws.readings[at])


def _collective(
    ws: Workspace, span: Span, begin: int, counts: list[Candidate]
) -> Elliptical | None:
    """«приехали семеро»: people, of the kind that the count before tells or the theme names."""
    if begin > 0 and ws.lowers[begin - 1] in ellipsis_words().shares:
        return None
    if span.end < len(ws) and not quantities().time.isdisjoint(
        (ws.lowers[span.end], ws.lemmas[span.end])
    ):
        return None  # «трое суток»
    noun = _theme(ws, begin)
    before = _antecedent(ws, span.start, counts, people=True) if noun is None else None
    noun = before[1].counted if before is not None else noun
    return Elliptical(span.end, noun, "people")


def _theme(ws: Workspace, begin: int) -> str | None:
    """The genitive that opens the sentence: «Гостей – их было тридцать четверо»."""
    first = ws.sentences[ws.sentence_of[begin]][0]
    if begin - first > MOST_ADJECTIVES + 2:
        return None
    for reading in ws.readings[first]:
        if reading.pos == "NOUN" and {"gent", "plur", "anim"} <= reading.grammemes:
            return reading.lemma
    return None


def _themed(ws: Workspace, begin: int, end: int, stop: int) -> str | None:
    """The genitive whose number a copula tells: «вьетнамских цветоводов было девять»."""
    closed = end == stop or ws.words[end] in CLOSING
    if not closed or begin < 2 or ws.lowers[begin - 1] not in ellipsis_words().copulas:
        return None
    return _genitive(ws, begin - 2)


def _is_predicate(
    ws: Workspace, begin: int, end: int, stop: int, counts: list[Candidate], taken: bytearray
) -> bool:
    """What became of more of the same: «принято 9 делегаций, выехало 5», "Three survive the frost".

    A number after a verb that agrees with none but it, or one that opens an English sentence before
    its verb; and the second of «было три и две».
    """
    if begin == 0:
        return False
    first = ws.sentences[ws.sentence_of[begin]][0]
    if begin == first and ws.languages[begin] == "en":
        verb = end < stop and ws.tags[end] in ("VERB", "AUX") and not ws.lowers[end].endswith("ing")
        return verb and ws.words[begin].isalpha()
    joined = end + 1 < stop and ws.lowers[end] in JOINING and ws.tags[end + 1] == "NUM"
    if not (end == stop or ws.words[end] in CLOSING or joined):
        return False
    before = counts[-1] if counts else None
    if before is not None and before.why == f"counts:{ELLIPTICAL}" and before.end == begin - 1:
        return ws.lowers[begin - 1] in JOINING
    if begin - 2 > first and ws.words[begin - 2] == "(" and "plur" in _verb(ws, begin - 1):
        return True  # «50 сакур (прижились 43)»
    if begin - 2 >= first and ws.words[begin - 1] in LEADING and _verb(ws, begin - 2):
        return begin - 2 == _label_start(ws, begin - 1, first)  # «Направлено – 8»
    if end <= stop and begin > first and ws.words[begin].isalpha() and taken[begin - 1] == IN_DATE:
        return True  # "in 2002 five"
    return begin > first and any(
        reading.grammemes >= IMPERSONAL and not reading.grammemes.isdisjoint(PREDICATES)
        for reading in ws.readings[begin - 1]
    )


def _verb(ws: Workspace, at: int) -> frozenset[str]:
    """What is told of a Russian word if it is a verb."""
    readings = ws.readings[at]
    verb = bool(readings) and not readings[0].grammemes.isdisjoint(PREDICATES)
    return readings[0].grammemes if verb else frozenset()


def _is_apposed(ws: Workspace, outer: Candidate, inner: Candidate) -> bool:
    """Whether people are but how many came in a body told before: «7 делегаций (46 человек)»."""
    values = outer.value, inner.value
    if not all(isinstance(value, CountValue) for value in values):
        return False
    beside = inner.start == outer.end + 1 and ws.words[outer.end] in OPENING
    kinds = [value.category for value in values if isinstance(value, CountValue)]
    return beside and kinds[1] == "people" and kinds[0] not in ("people", "population")


def _antecedent(
    ws: Workspace,
    at: int,
    counts: list[Candidate],
    *,
    people: bool = False,
    parts: bool = False,
    fits: bool = False,
    whole: Decimal | None = None,
) -> tuple[Candidate, CountValue] | None:
    """The nearest count of things before ``at``; the whole rather than its complement.

    Of «14 делегаций из 9 стран» the delegations are what a part is of, of «7 делегаций (46 человек)»
    too, unless the part (``whole``) is more of them than that. ``parts`` may be what was itself but
    one; what the part ``fits`` in has as many.
    """
    near = counts[-MOST_COUNTS:]
    for index in range(len(near) - 1, -1, -1):
        one = near[index]
        if at - one.end > FARTHEST:
            return None
        if ws.sentence_of[at] - ws.sentence_of[one.start] > SENTENCES_BACK:
            return None
        value = one.value
        if not isinstance(value, CountValue) or value.counted is None or value.unit is not None:
            continue
        if not parts and one.why in (f"counts:{ELLIPTICAL}", f"counts:{PART}"):
            continue
        if people and value.category != "people":
            continue
        if fits and value.value is not None and whole is not None and whole > value.value:
            continue
        if index > 0 and not people and whole is not None and _is_apposed(ws, near[index - 1], one):
            outer = near[index - 1].value
            if isinstance(outer, CountValue) and (outer.value is None or whole <= outer.value):
                continue
        inner = index > 0 and near[index - 1].end == one.start - 1
        if inner and ws.tags[one.start - 1] == "ADP" and _counts_things(near[index - 1]):
            continue
        return one, value
    return None


def _counts_things(count: Candidate) -> bool:
    value = count.value
    return isinstance(value, CountValue) and value.counted is not None and value.unit is None


def _is_part(ws: Workspace, begin: int, end: int, low: int) -> bool:
    """«из них 21», "of which four", «81 из них», «ещё двое»."""
    words = ellipsis_words()
    if any(tuple(ws.lowers[end : end + len(one)]) == one for one in words.part_after):
        return True
    at = _before_fillers(ws, begin, low)
    return _follows(ws, at, low, words.part_before) or _follows(ws, at, low, words.more)


def _is_share(ws: Workspace, begin: int, end: int, number_end: int, stop: int) -> bool:
    """ "214 students (102 from Nagasaki, 112 from Saint Paul)", «17 городов (8 российских)»."""
    opened = ws.words[begin - 1] in OPENING or ws.lowers[begin - 1] in JOINING
    source = end < stop and ws.lowers[end] in ellipsis_words().sources
    if (opened and source) or (end > number_end and _in_brackets(ws, begin)):
        return True
    return (end == stop or ws.words[end] in CLOSING) and _follows_source(ws, begin)


def _follows_source(ws: Workspace, begin: int) -> bool:
    """«64 делегации, из Китая – 21, из Японии – 9»: where a part is from stands before its number."""
    if begin < SOURCE_WORDS or ws.words[begin - 1] not in DASHES:
        return False
    for at in range(begin - 2, begin - 2 - SOURCE_WORDS, -1):
        if at <= 0 or ws.words[at] in CLOSING:
            return False
        if ws.lowers[at] in ellipsis_words().sources:
            return True
    return False


def _is_subject(ws: Workspace, begin: int, end: int, stop: int) -> bool:
    """ "138 students had been sent and 126 were accepted": a verb follows, a clause begins."""
    if end >= stop or begin == 0 or ws.languages[end] != "en":
        return False
    verb = ws.tags[end] == "AUX" or (ws.tags[end] == "VERB" and not ws.lowers[end].endswith("ing"))
    words = ellipsis_words()
    at = begin - 1 if ws.lowers[begin - 1] in words.fillers else begin
    return verb and at > 0 and (ws.words[at - 1] in OPENING or ws.lowers[at - 1] in JOINING)


def _is_of_whole(ws: Workspace, whole: Candidate, begin: int) -> bool:
    """ "Of the 60 applicants, 15 were chosen", «Из 60 заявителей 15 отобраны»."""
    words = ellipsis_words()
    at = whole.start - 1
    while at > 0 and ws.lowers[at] in words.whole:
        at -= 1
    between = [one for one in ws.words[whole.end : begin] if one != ","]
    return at >= 0 and ws.lowers[at] in words.wholes and not between


def _is_whole(ws: Workspace, part: Candidate, begin: int, end: int, stop: int) -> bool:
    """«Показано 4 документа из 31»: the whole stands behind its part, without the noun."""
    between = ws.lowers[part.end : begin]
    closed = end == stop or ws.words[end] in CLOSING
    return closed and len(between) == 1 and between[0] in ellipsis_words().wholes


def _is_labelled_too(ws: Workspace, begin: int, end: int, stop: int) -> bool:
    """ "Delegations received: 11; sent: 8"."""
    closed = end == stop or ws.words[end] in CLOSING
    labelled = begin > 1 and ws.words[begin - 1] == ":" and ws.tags[begin - 2] == "VERB"
    return closed and labelled


def _in_brackets(ws: Workspace, at: int) -> bool:
    for before in range(at - 1, max(at - MOST_COUNTS, 0) - 1, -1):
        if ws.words[before] == ")":
            return False
        if ws.words[before] == "(":
            return True
    return False


def _is_other_sum(
    ws: Workspace, begin: int, end: int, stop: int, low: int, taken: bytearray
) -> bool:
    """The same of another year or side, or in sum: «(2020 – 12)», "Turin sent 58", "the total to".

    What follows must close the clause or tell its date or place.
    """
    words = ellipsis_words()
    closed = end == stop or ws.words[end] in CLOSING
    dated = end < stop and taken[end] == IN_DATE
    if (closed or dated or ws.tags[end] in ("ADP", "SCONJ")) and _follows(
        ws, begin, low, words.versus
    ):
        return True
    if not closed and ws.tags[end] not in ("ADP", "SCONJ"):
        return False
    at = _before_fillers(ws, begin, low)
    if _follows(ws, begin, low, words.totals) or _follows(ws, at, low, words.totals):
        return True
    told = at - 1 > low and at < begin and taken[at - 1] == IN_DATE
    if told and not LEADING.isdisjoint(ws.words[at:begin]):
        return closed
    if ws.words[begin - 1] == "," and end + 2 < stop and ws.words[end] in DASHES:
        return taken[end + 1] == IN_DATE or taken[end + 2] == IN_DATE  # "6 – in 2009"
    return closed and begin > low and ws.tags[begin - 1] == "VERB" and _is_finite(ws, begin - 1)


def _is_finite(ws: Workspace, at: int) -> bool:
    readings = ws.readings[at]
    if readings:
        return "VERB" in readings[0].grammemes and "tran" in readings[0].grammemes
    return ws.languages[at] == "en" and not ws.lowers[at].endswith("ing")


def _before_fillers(ws: Workspace, begin: int, low: int) -> int:
    fillers = ellipsis_words().fillers
    at = begin
    while at > low and begin - at < MOST_FILLERS and ws.lowers[at - 1] in fillers:
        at -= 1
    return at


def _follows(ws: Workspace, at: int, low: int, phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(
        at - len(phrase) >= low and tuple(ws.lowers[at - len(phrase) : at]) == phrase
        for phrase in phrases
    )


def _sizes_body(ws: Workspace, begin: int, low: int) -> bool:
    """ "a delegation of 18", «делегация из 12»."""
    words = ellipsis_words()
    if begin - 1 <= low or ws.lowers[begin - 1] not in words.of_bodies:
        return False
    return ws.lemmas[begin - 2] in words.bodies


def _asked(ws: Workspace, begin: int, low: int) -> str | None:
    """What the sentence before asked the number of: "How many twins does Windsor have? Eleven"."""
    words = ellipsis_words()
    number = ws.sentence_of[begin]
    first = ws.sentences[number][0]
    at = begin
    if at - 1 > low and ws.words[at - 1] == ":" and ws.lowers[at - 2] in words.answers:
        at -= 2
    if at != max(first, low) and at != low:
        return None
    question = at - 1
    if question < 0 or ws.words[question] != "?":
        return None
    for start in range(question - 1, max(question - QUESTION, 0) - 1, -1):
        if any(tuple(ws.lowers[start : start + len(one)]) == one for one in words.questions):
            size = next(
                len(one)
                for one in words.questions
                if tuple(ws.lowers[start : start + len(one)]) == one
            )
            return plural_noun(ws, start + size, question)
    return None


def _labelled(ws: Workspace, begin: int, end: int, stop: int, low: int) -> str | None:
    """What the label of a line or clause counts: "Delegations received: 11", «Принято делегаций – 12».

    In Russian the first plural genitive; in English the plural that the label begins with.
    """
    if begin - 1 <= low or (ws.words[begin - 1] != ":" and ws.words[begin - 1] not in DASHES):
        return None
    if end < stop and (ws.words[end] not in CLOSING or ws.words[end] in DASHES):
        return None
    russian = ws.languages[begin - 2] == "ru"
    whole = max(ws.sentences[ws.sentence_of[begin]][0], low)
    first = _label_start(ws, begin - 1, low) if russian else whole
    label = range(first, begin - 1)
    if not 0 < len(label) <= LONGEST_LABEL or ws.lowers[first] in quantities().fields:
        return None
    if not russian:
        colon = ws.words[begin - 1] == ":"
        return plural_noun(ws, first, min(first + 2, begin - 1), heading=True) if colon else None
    last = ws.blocks[ws.block_of[begin]].end
    listed = end + 1 < last and ws.words[end] == "." and ws.words[end + 1][0].isupper()
    if listed or any(ws.tags[at] == "PUNCT" or _is_told(ws, at) for at in label):
        return None
    return next((noun for at in label if (noun := _genitive(ws, at)) is not None), None)


def _planned(ws: Workspace, begin: int, end: int, stop: int, low: int) -> str | None:
    """What a field counts of which a plan and what came of it are told: «встреч: план – 8, факт – 11»."""
    words = ellipsis_words()
    side = begin - 1 - (ws.words[begin - 1] in LEADING)
    closed = end == stop or ws.words[end] in CLOSING
    if not closed or side <= low or ws.lowers[side] not in words.sides:
        return None
    first = max(
        low, ws.sentences[ws.sentence_of[begin]][0] - LONGEST_LABEL, side - FARTHEST_SUBJECT
    )
    colon = next((at for at in range(side - 1, first, -1) if ws.words[at] == ":"), -1)
    if colon < 0:
        return None
    first = max(low, colon - FARTHEST_SUBJECT)
    start = next(
        (at for at in range(colon - 1, first - 1, -1) if ws.lemmas[at] in words.amounts), -1
    )
    if start >= 0:
        return plural_noun(ws, start + 1, colon)
    label = range(_label_start(ws, colon, low), colon)
    if ws.languages[colon - 1] == "en":
        return plural_noun(ws, label.start, colon, heading=True)
    return next((noun for at in label if (noun := _genitive(ws, at)) is not None), None)


def _label_start(ws: Workspace, end: int, low: int) -> int:
    """Where the line or clause begins that ends at ``end``, behind its bullet."""
    first = max(ws.sentences[ws.sentence_of[end]][0], low)
    for at in range(end - 1, first - 1, -1):
        if ws.words[at] in LABEL_EDGES:
            return at + 1
    while first < end and not ws.words[first][0].isalnum():
        first += 1
    return first


def _is_told(ws: Workspace, at: int) -> bool:
    """Whether a Russian word is a finite verb other than «принято», «подписаны»."""
    readings = ws.readings[at]
    return bool(readings) and "VERB" in readings[0].grammemes


def _genitive(ws: Workspace, at: int) -> str | None:
    """The lemma of a plural genitive."""
    if ws.tags[at] != "NOUN":
        return None
    for reading in ws.readings[at]:
        if reading.pos == "NOUN" and {"gent", "plur"} <= reading.grammemes:
            return reading.lemma
    return None


def _changed(ws: Workspace, begin: int, low: int) -> str | None:
    """What a number is said to have come to: «Число участников выросло до 300»."""
    words, changes = ellipsis_words(), quantities().changes
    first = max(ws.sentences[ws.sentence_of[begin]][0], low, begin - FARTHEST_SUBJECT)
    verb = next((i for i in range(begin - 1, first, -1) if ws.lemmas[i] in changes), -1)
    start = next((i for i in range(verb - 1, first - 1, -1) if ws.lemmas[i] in words.amounts), -1)
    return plural_noun(ws, start + 1, verb) if 0 <= start < verb else None


def _amount(ws: Workspace, begin: int, low: int) -> str | None:
    """What a field gives the number of: «Количество делегаций – 23», "Number of visits: 5"."""
    words = ellipsis_words()
    at = begin - 1
    if at <= low or ws.words[at] not in (":", "-", "–", "—"):
        return None
    start = next(
        (
            i
            for i in range(at - 1, max(low, at - MOST_COUNTS) - 1, -1)
            if ws.lemmas[i] in words.amounts
        ),
        -1,
    )
    if start < 0:
        return None
    if start + 1 < at:
        return plural_noun(ws, start + 1, at)
    first = ws.sentences[ws.sentence_of[start]][0]
    if start != first or start == 0 or ws.words[start - 1] != ".":
        return None
    return plural_noun(ws, max(low, start - 2), start - 1)
