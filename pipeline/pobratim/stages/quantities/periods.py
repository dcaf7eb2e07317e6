"""The date a count is told for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.instruments import instrument_lexicon
from pobratim.lexicon.quantities import circumstance_words
from pobratim.stages.calendar.tenses import tells_of_english_past, tells_of_past
from pobratim.stages.quantities.nearby import (
    FAIR,
    OUTSIDE,
    SURE,
    Choice,
    category,
    continues,
    is_aside,
    is_parted,
    near,
    nearest,
)
from pobratim.stages.quantities.numerals import DASHES
from pobratim.stages.workspace import Candidate, DateValue, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["date_of", "is_since", "spans_years", "until_now"]

IN_BRACKETS = 5
LONGEST_ASIDE = 12
AUXILIARIES = 3
PRESENT_FORMS = frozenset({"is", "are", "has", "have", "'ve"})
CONJUNCTIONS = frozenset({"and", "that", "since", "и", "а", "но"})
OPENING = 3
"""Within how many words of a sentence's start a date frames the sentence."""
NEXT_CLAUSE, ATTACHED = 8, 2
COMPARED_FILLERS, LONGEST_COMPARED = 3, 5
LONGEST_REGULAR = 2
ENTRY_SENTENCES = 6
LASTING = frozenset({"population", "area"})
ENTRY_MARKS = frozenset({".", ":", "–", "—", "-", "|", ";"})


def date_of(
    ws: Workspace,
    count: Candidate,
    dates: dict[int, list[Candidate]],
    bounds: tuple[int, int],
    cumulative: bool,
    verb: int | None = None,
    starts: frozenset[int] = frozenset(),
) -> Choice | None:
    """The date in the count's sentence, or of the one before that frames this one.

    ``verb`` governs the count; ``starts`` are the first words of all counts.
    """
    number = ws.sentence_of[count.start]
    if _is_regular(ws, count):
        return None
    own = _bracketed(ws, count, (*near(dates, number, count), *near(dates, number + 1, count)))
    if own is not None:
        return Choice(own, SURE, "brackets")
    here = [
        date
        for date in near(dates, number, count)
        if not _is_of_document(ws, date)
        and not _is_anothers(ws, date, count)
        and not _is_compared(ws, date, count)
        and not (_leads(ws, date) and date.end + 1 != count.start)
        and not _is_of_next(ws, date, count, starts, dates.get(number, ()))
        and not is_parted(ws, count, date)
        and not _is_of_then(ws, date, count, verb)
    ]
    if here:
        handicap = -OUTSIDE if cumulative else 0
        weighed = [
            (date, (handicap if spans_years(date) else 0) + _handicap(ws, count, date))
            for date in here
        ]
        return nearest(count, weighed, bounds, "sentence")
    if continues(ws, number):
        before = [date for date in dates.get(number - 1, ()) if not _is_of_document(ws, date)]
        if before:
            return Choice(before[-1], FAIR, "sentence_before")
    if category(count) in LASTING or cumulative:
        return None
    if verb is not None and _is_now(ws, verb):
        return _of_entry(ws, number, dates)
    return _framing(ws, count, dates) or _of_entry(ws, number, dates)


def _framing(ws: Workspace, count: Candidate, dates: dict[int, list[Candidate]]) -> Choice | None:
    """The date that opens this sentence, or the one before where this one but goes on with it.

    «В марте город посетила группа учёных; прочитаны 4 лекции», «В 2023 году принято 41 делегация. За
    границу командированы 26 делегаций».
    """
    number = ws.sentence_of[count.start]
    russian = ws.languages[count.start] == "ru"
    own = _opening(ws, number, dates) or _year_of(ws, number, dates)
    if own is not None and own.end <= count.start and not _is_of_document(ws, own):
        aside = _is_anothers(ws, own, count) or is_aside(ws, count, own)
        return Choice(own, FAIR, "opening") if russian and not aside else None
    first = ws.sentences[number][0]
    if number == 0 or dates.get(number) or ws.block_of[first - 1] != ws.block_of[first]:
        return None
    before = _opening(ws, number - 1, dates)
    if before is None or _is_of_document(ws, before):
        return None
    goes_on = _has_no_actor(ws, count) if russian else tells_of_english_past(ws, number)
    return Choice(before, FAIR, "framing") if goes_on else None


def _opening(ws: Workspace, number: int, dates: dict[int, list[Candidate]]) -> Candidate | None:
    """The date among a sentence's first words."""
    first = next(iter(dates.get(number, ())), None)
    opens = first is not None and first.start - ws.sentences[number][0] <= OPENING
    return first if opens else None


def _year_of(ws: Workspace, number: int, dates: dict[int, list[Candidate]]) -> Candidate | None:
    """The first date of a sentence, if it is the whole year that all of it is of: «в 2019 году»."""
    first = next(iter(dates.get(number, ())), None)
    value = first.value if first is not None else None
    whole = isinstance(value, DateValue) and value.edtf.isdecimal()
    framed = first is not None and ws.lowers[first.start - 1] in circumstance_words().locative
    return first if whole and framed else None


def _is_of_then(ws: Workspace, date: Candidate, count: Candidate, verb: int | None) -> bool:
    """Whether a date is of another verb's time, what is counted being so now.

    «Университет основан в 1926 году, имеет 5 больниц», "over 200 nurses have since been trained".
    """
    if verb is None or not _is_now(ws, verb):
        return False
    low, high = sorted((date.start, verb))
    between = ws.lowers[low:high]
    if "," not in between and CONJUNCTIONS.isdisjoint(between):
        return False
    first, last = ws.sentences[ws.sentence_of[date.start]]
    first = next((at for at in range(date.start, first, -1) if ws.words[at] == ","), first)
    others = range(first, verb) if date.start < verb else range(verb + 1, last)
    return any(_is_past_verb(ws, at) for at in others if not count.start <= at < count.end)


def _is_past_verb(ws: Workspace, at: int) -> bool:
    if ws.tags[at] != "VERB":
        return False
    if ws.readings[at]:
        return "past" in _grammemes(ws, at)
    return ws.lowers[at] != ws.lemmas[at] and not ws.lowers[at].endswith(("ing", "s"))


def _is_now(ws: Workspace, verb: int) -> bool:
    """Whether a verb is of the present, or tells of what has been done up to now."""
    if ws.readings[verb]:
        return "pres" in _grammemes(ws, verb)
    before = ws.lowers[max(0, verb - AUXILIARIES) : verb]
    return not PRESENT_FORMS.isdisjoint(before)


def _has_no_actor(ws: Workspace, count: Candidate) -> bool:
    """Whether a Russian sentence of the past tells but what became of the counted: «Приехали 42 гостя»."""
    number = ws.sentence_of[count.start]
    first = ws.sentences[number][0]
    if not tells_of_past(ws, number) and "PRTS" not in _grammemes(ws, count.start - 1):
        return False
    verb = count.start - 1
    if verb < first or _grammemes(ws, verb).isdisjoint({"VERB", "PRTS"}):
        return False
    return all(
        ws.tags[at] != "NOUN" or "nomn" not in _grammemes(ws, at) for at in range(first, verb)
    )


def _grammemes(ws: Workspace, at: int) -> frozenset[str]:
    readings = ws.readings[at]
    return readings[0].grammemes if readings else frozenset()


def _is_of_next(
    ws: Workspace,
    date: Candidate,
    count: Candidate,
    starts: frozenset[int],
    dates: Iterable[Candidate],
) -> bool:
    """Whether a date is right before another count, where this one has a date before it.

    "In 2013 the links cost $14,250 and in 2014 $9,068".
    """
    if date.start < count.end or date.end not in starts:
        return False
    return any(one.end <= count.start for one in dates)


def _is_regular(ws: Workspace, count: Candidate) -> bool:
    """Whether the figure is of every year: "12 students a year", «по 3 человека в год»."""
    after = ws.lowers[count.end : count.end + LONGEST_REGULAR]
    return any(
        tuple(after[:size]) in circumstance_words().regular for size in range(1, len(after) + 1)
    )


def _handicap(ws: Workspace, count: Candidate, date: Candidate) -> int:
    """The handicap of a date that a comma parts from the count before it; one right behind has a bonus.

    «In 2015 the turnover made 38 mln dollars, for the first quarter of this year …».
    """
    between = ws.words[count.end : date.start]
    if len(between) == 1 and ws.tags[count.end] == "ADP":
        return -ATTACHED
    if between and between[0] in DASHES and len(between) <= ATTACHED:
        return -OUTSIDE  # "4 delegations in 2008, 6 – in 2009"
    return NEXT_CLAUSE if "," in between else 0


def _is_compared(ws: Workspace, date: Candidate, count: Candidate) -> bool:
    """Whether a figure is but compared with that of the date: «на 6 % выше, чем в 2011 году»."""
    words = circumstance_words()
    if category(count) == "share" and ws.lowers[date.start - 1] in words.share_of:
        return date.start > count.end
    compared = words.compared
    gap = ws.lowers[count.end : date.start]
    if len(gap) <= NEXT_CLAUSE and any(
        tuple(gap[at : at + 2]) in compared for at in range(len(gap) - 1)
    ):
        return True  # "142 members, down from 150 last year"
    low = ws.sentences[ws.sentence_of[date.start]][0]
    for end in range(date.start, max(low, date.start - COMPARED_FILLERS) - 1, -1):
        for size in range(1, min(LONGEST_COMPARED, end - low) + 1):
            if tuple(ws.lowers[end - size : end]) in compared:
                return True
        if end - 1 < low or ws.tags[end - 1] not in ("ADP", "DET", "PRON", "ADJ"):
            return False
    return False


def _of_entry(ws: Workspace, number: int, dates: dict[int, list[Candidate]]) -> Choice | None:
    """The date that opens the paragraph as an entry's: "2 Sept 1996. Grampian lends 36 exhibits."."""
    block = ws.blocks[ws.block_of[ws.sentences[number][0]]]
    first = ws.sentence_of[block.start]
    if number - first > ENTRY_SENTENCES:
        return None
    opening = next(iter(dates.get(first, ())), None)
    if opening is None or opening.start - block.start > 1 or opening.end >= block.end:
        return None
    gap = ws.raw_starts[opening.end] - ws.raw_ends[opening.end - 1]
    closes = ws.words[opening.end] in ENTRY_MARKS or gap > 1
    return Choice(opening, FAIR, "entry") if closes else None


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
    before = ws.words[max(0, date.start - LONGEST_ASIDE) : date.start]
    if "(" not in before or ")" in before[len(before) - before[::-1].index("(") :]:
        return False
    if date.start > count.start:
        return "(" in ws.words[count.end : date.start]
    return ")" in ws.words[date.end : count.start]


def _is_of_document(ws: Workspace, date: Candidate) -> bool:
    numbered = date.start > 0 and ws.lowers[date.start - 1] in circumstance_words().documents
    return numbered or _is_of_instrument(ws, date)


def _is_of_instrument(ws: Workspace, date: Candidate) -> bool:
    """Whether a date tells which agreement is meant: "the agreement of 2006", «Договор 2009 г.»."""
    at = date.start - 1
    lexicon = instrument_lexicon().get(ws.languages[date.start])
    if lexicon is None or at < 1:
        return False
    led = ws.lowers[at] in lexicon.of_date - circumstance_words().locative
    return ws.lemmas[at - led] in lexicon.instruments


def is_since(ws: Workspace, date: Candidate) -> bool:
    """Whether a date is but the beginning: «с 1993 года», "since 2007"."""
    single = isinstance(date.value, DateValue) and "/" not in date.value.edtf
    return single and date.start > 0 and ws.lowers[date.start - 1] in circumstance_words().since


def until_now(ws: Workspace, date: Candidate) -> str | None:
    """The interval from ``date`` to the year that the document is of, open if that is unknown."""
    if not isinstance(date.value, DateValue) or not date.value.edtf[:4].isdecimal():
        return None
    first, now = date.value.edtf, ws.reference_period
    last = now.rpartition("/")[2][:4] if now else ".."
    return f"{first}/{last}" if not now or first[:4] < last else None


def spans_years(date: Candidate, beyond: int = 0) -> bool:
    """Whether an EDTF interval ends more than ``beyond`` years after it begins, or has no end."""
    if not isinstance(date.value, DateValue):
        return False
    first, slash, last = date.value.edtf.partition("/")
    if not (first[:4].isdecimal() and last[:4].isdecimal()):
        return bool(slash) and first[:4] != last[:4]
    return int(last[:4]) - int(first[:4]) > beyond
