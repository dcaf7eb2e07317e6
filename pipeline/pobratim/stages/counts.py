"""Counts: numbers with what they count or measure.

Runs after the dates, whose figures it leaves alone. Only words that begin with a digit or are
numerals are looked at, so that text without numbers costs next to nothing.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pobratim.lexicon.gazetteer import Place
from pobratim.lexicon.quantities import Quantities, Unit, quantities
from pobratim.stages.entities import without_conflict
from pobratim.stages.parted import begins_cell
from pobratim.stages.quantities import exclusions
from pobratim.stages.quantities.categories import (
    category_of,
    is_population_field,
    is_size_of_city,
    noun_category,
    tells_population,
    unit_category,
)
from pobratim.stages.quantities.cells import TABLE, Cell, number_cells
from pobratim.stages.quantities.elliptical import PART, elliptical, whole_after
from pobratim.stages.quantities.heads import (
    Head,
    after_point,
    english_head,
    measured_noun,
    plural_noun,
    russian_head,
)
from pobratim.stages.quantities.numerals import DASHES, Numeral, is_compound
from pobratim.stages.quantities.qualifiers import Span, least_after, numbers_at, qualified
from pobratim.stages.quantities.units import rate, sign_before, unit_at
from pobratim.stages.workspace import Candidate, CountValue, Workspace, workspace

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pobratim.schema import Category

__all__ = ["Counts"]

SURE, LIKELY, FAIR = 0.95, 0.9, 0.6
DIGITS = frozenset("0123456789")
ABBREVIATED = 2


@Language.factory("pobratim_counts")
class Counts:
    """Adds a COUNT candidate, with its :class:`CountValue`, for every counted phrase."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        counts = find_counts(ws)
        money = {at for c in counts if _is_money(c) for at in range(c.start, c.end)}
        heads = {c.head for c in counts if c.why == "counts:noun"}
        kept = [
            c
            for c in ws.candidates
            if not (c.label == "COUNTRY" and c.start in money)
            and not (c.label == "ROLE" and c.end == c.start + 1 and c.start in heads)
        ]
        ws.candidates = kept + without_conflict(counts, kept)
        return doc


def _is_money(candidate: Candidate) -> bool:
    """Whether a count is a sum of money: «долларов США» names no country."""
    return isinstance(candidate.value, CountValue) and candidate.value.category == "money"


class _Counted(NamedTuple):
    """What a number counts and where its phrase ends; ``whole`` things come in whole numbers."""

    end: int
    head: int
    unit: str | None
    noun: str | None
    category: Category
    whole: bool
    rule: str
    score: float
    start: int | None = None
    factor: Decimal = Decimal(1)


def find_counts(ws: Workspace) -> list[Candidate]:
    """The COUNT candidates of a document, in text order."""
    starts = _numeral_words(ws, quantities())
    if not starts:
        return []
    taken = exclusions.taken(ws)
    silent = [exclusions.holds_no_counts(ws, block) for block in ws.blocks]
    cells = number_cells(ws, ws.of("DATE"))
    found: list[Candidate] = []
    done = 0
    for at in starts:
        if at >= done and not taken[at] and not silent[ws.block_of[at]]:
            cell = cells.get(at)
            count = None if cell is None else _in_cell(ws, at, cell)
            after = at + 1 if count is None else count.end
            if count is None:
                count, after = _count_at(ws, at, done, taken, found)
            if count is not None and cell is not None:
                count.data = cell
                if isinstance(count.value, CountValue) and count.value.category == "people":
                    count.value.category = cell.category or "people"
            done = max(done, after)
            if count is not None:
                found.append(count)
    cities = ws.of("CITY")
    dollar = _dollar_of(cities)
    city_ends = {city.end for city in cities}
    for count in found:
        value = count.value
        if not isinstance(value, CountValue):
            continue
        if dollar and value.unit == "USD" and ws.words[count.start : count.end].count("$") == 1:
            value.unit = dollar if _is_bare_dollar(ws, count) else value.unit
        if is_size_of_city(ws, count.start, value, city_ends):
            value.category = "population"
    return found


def _dollar_of(cities: list[Candidate]) -> str | None:
    """The currency that a bare "$" means: that of the first city here in a country of dollars.

    Of one that is named again; a page's own city is first, and often.
    """
    places = [city.data for city in cities if isinstance(city.data, Place)]
    countries = Counter(place.country for place in places if place.country)
    dollars = quantities().dollars
    first = next((one for one in countries if one in dollars or one == "US"), None)
    if first is not None and countries[first] > 1:
        return dollars.get(first)
    most = max(dollars, key=lambda one: (countries[one], one))
    return dollars[most] if countries[most] > countries["US"] else None


def _is_bare_dollar(ws: Workspace, count: Candidate) -> bool:
    """Whether no country's letters stand before the sign: "$5", not "US$5"."""
    at = ws.words.index("$", count.start, count.end)
    return not ws.words[at - 1].isupper() if at > count.start else True


def _numeral_words(ws: Workspace, lexicon: Quantities) -> list[int]:
    words = lexicon.cardinals.keys() | lexicon.multipliers.keys()
    return ws.whose(
        "lowers",
        lambda word: (
            word[0] in DIGITS or word in words or ("-" in word and word.partition("-")[0] in words)
        ),
    )


def _in_cell(ws: Workspace, at: int, cell: Cell) -> Candidate | None:
    """The count of a table's cell that holds nothing but the number at ``at``."""
    span = numbers_at(ws, at, at, cell.end)
    if span is None or span.end != cell.end or not (cell.noun or cell.unit or cell.category):
        return None
    if cell.unit is not None:
        category = unit_category(ws, cell.unit, at)
        counted = _Counted(cell.end, at, cell.unit.code, None, category, False, TABLE, LIKELY,
                           factor=cell.unit.factor)  # fmt: skip
    else:
        counted = _Counted(cell.end, at, None, cell.noun, cell.category or "other", True, TABLE,
                           LIKELY, factor=cell.factor)  # fmt: skip
    return _candidate(ws, span, counted, at, plus=False)


def _count_at(
    ws: Workspace,
    at: int,
    done: int,
    taken: bytearray,
    before: list[Candidate],
    *,
    part: bool = False,
) -> tuple[Candidate | None, int]:
    """The count whose number begins at ``at``, and the word after what was read.

    ``before`` are the counts before it; the whole of a ``part`` is none itself.
    """
    first = max(done, ws.sentences[ws.sentence_of[at]][0])
    stop = _reach(ws, at)
    span = numbers_at(ws, at, first, stop)
    if span is None:
        return None, at + 1
    if any(taken[span.start : span.end]) or _counts_nothing(ws, at, span):
        return None, span.end
    if exclusions.is_enumerator(ws, at, span.end, stop):
        return None, span.end
    least = least_after(ws, span.end, stop)
    after = _after_no_cents(ws, least, stop)
    counted = _counted(ws, span, after, stop, first)
    if counted is None and not _runs_on(ws, after, stop):
        counted = None if part else _part(ws, after, stop, taken, before)
        counted = counted or _elliptical(ws, span, stop, before, taken)
    if counted is None or exclusions.IN_DATE in taken[after : counted.end]:
        return None, span.end
    return _candidate(ws, span, counted, first, plus=least > span.end), counted.end


def _after_no_cents(ws: Workspace, end: int, stop: int) -> int:
    """The word behind the sign for no cents: "1,500.- €"; ``end`` where there is none."""
    signed = end + 2 < stop and ws.words[end] in ".," and ws.words[end + 1] in DASHES
    whole = signed and ws.raw_starts[end + 1] == ws.raw_ends[end - 1] + 1
    return end + 2 if whole and unit_at(ws, end + 2, stop) is not None else end


def _part(
    ws: Workspace, after: int, stop: int, taken: bytearray, before: list[Candidate]
) -> _Counted | None:
    """ "11 of 16 applications": the noun stands behind the whole."""
    at = whole_after(ws, after, stop)
    if at < 0:
        return None
    members = _members(ws, at, after, stop)
    if members is not None:
        return _Counted(after, after - 1, None, members, category_of(members), True, PART, LIKELY)
    whole, _ = _count_at(ws, at, at, taken, before, part=True)
    value = whole.value if whole is not None else None
    if not isinstance(value, CountValue) or value.counted is None or value.unit is not None:
        return None
    return _Counted(after, after - 1, None, value.counted, value.category or "other", True, PART,
                    LIKELY)  # fmt: skip


def _members(ws: Workspace, at: int, after: int, stop: int) -> str | None:
    """What they are of whom the number is some: "seven of her colleagues", «двое из учителей»."""
    if ws.languages[at] == "en" and ws.tags[at] in ("DET", "PRON") and at + 1 < stop:
        at += 1
    if at == after + 1 and ws.languages[at] == "en":
        return None  # "12 of trees"
    if ws.languages[at] == "en":
        head = english_head(ws, at, stop)
        return head.lemma if head is not None else None
    return plural_noun(ws, at, at + 1)


def _elliptical(
    ws: Workspace, span: Span, stop: int, before: list[Candidate], taken: bytearray
) -> _Counted | None:
    found = elliptical(ws, span, stop, before, taken)
    if found is None:
        return None
    return _Counted(
        found.end, span.end - 1, None, found.noun, found.category, True, found.rule, FAIR
    )


def _reach(ws: Workspace, at: int) -> int:
    """The end of the sentence, or of the next one where an abbreviation's full stop parted them."""
    number = ws.sentence_of[at]
    stop = ws.sentences[number][1]
    block_end = ws.blocks[ws.block_of[at]].end
    if stop < block_end and ws.words[stop - 1] == "." and _goes_on(ws.words[stop]):
        return ws.sentences[number + 1][1]
    return stop


def _goes_on(word: str) -> bool:
    """Whether a word after a full stop cannot begin a sentence («долл. США»)."""
    return not word[0].isupper() or (len(word) > 1 and word.isupper())


def _counts_nothing(ws: Workspace, at: int, span: Span) -> bool:
    if span.last is None and span.first.spelled and span.first.value == 1:
        return True
    figures = not span.first.spelled
    return (
        exclusions.is_attached(ws, at)
        or (figures and exclusions.follows_number_sign(ws, at))
        or (figures and exclusions.is_year(ws, at))
    )


def _counted(ws: Workspace, span: Span, after: int, stop: int, first: int) -> _Counted | None:
    if is_compound(ws, after, stop):
        return _strong(ws, after, stop)
    if span.start == first > 0 and ws.words[first - 1] == ".":
        first = max(ws.blocks[ws.block_of[first]].start, first - ABBREVIATED)  # "Rs. 4.75 lakh"
    sign = sign_before(ws, span.start, first)
    if sign is not None:
        return _money(ws, sign[0], sign[1], after, stop)
    found = unit_at(ws, after, stop)
    if found is not None:
        end = after_point(ws, found[1], stop)
        category = unit_category(ws, found[0], span.start)
        counted = measured_noun(ws, end, stop) if found[0].kind == "measure" else None
        return _Counted(
            end, after, found[0].code, counted, category, False, "unit", SURE,
            factor=found[0].factor,
        )  # fmt: skip
    if _runs_on(ws, after, stop):
        return None
    last = span.last or span.first
    noun = _noun(ws, after, stop, last)
    if noun is not None:
        return _named(ws, span, noun, stop)
    return _bare(ws, span, after, stop)


def _runs_on(ws: Workspace, after: int, stop: int) -> bool:
    """Whether Latin letters are attached to the number: "5G", "3D"."""
    attached = after < stop and ws.ends[after - 1] == ws.starts[after]
    return attached and ws.words[after].isascii() and ws.words[after].isalpha()


def _strong(ws: Workspace, after: int, stop: int) -> _Counted | None:
    """ "twelve-strong delegation": a number of people."""
    if ws.lowers[after + 1] not in quantities().strong:
        return None
    head = english_head(ws, after + 2, stop, singular=True)
    if head is None:
        return None
    return _Counted(head.end, head.at, None, head.lemma, "people", True, "strong", LIKELY)


def _money(ws: Workspace, unit: Unit, start: int, after: int, stop: int) -> _Counted:
    """An amount after its currency's sign, letters for a multiplier included: "$12M"."""
    letters = ws.lowers[after] if _runs_on(ws, after, stop) else ""
    factor = quantities().money_letters.get(letters)
    end = after if factor is None else after + 1
    return _Counted(
        end, after - 1, unit.code, None, "money", False, "sign", SURE, start, factor or Decimal(1)
    )


def _noun(ws: Workspace, after: int, stop: int, numeral: Numeral) -> Head | None:
    if after >= stop or ws.lowers[after] in quantities().time:
        return None
    if begins_cell(ws, after):
        return None
    if ws.languages[after] == "ru":
        found = russian_head(ws, after, stop, numeral.agreement)
        slip = found is None and numeral.agreement == "one" and numeral.value > 20
        return _slipped(ws, numeral, after, stop) if slip else found
    if ws.languages[after] == "en":
        if _is_many_of(ws, after, stop):
            after += 1
        return english_head(ws, after, stop, singular=numeral.value == 1)
    return None


def _slipped(ws: Workspace, numeral: Numeral, after: int, stop: int) -> Head | None:
    """«Принято 41 зарубежных делегаций», as if the numeral did not end in one."""
    if exclusions.follows_label(ws, numeral.start):
        return None
    return russian_head(ws, after, stop, "many")


def _is_many_of(ws: Workspace, after: int, stop: int) -> bool:
    """ "1.5 million of trees": the noun stands behind "of"."""
    many = ws.lowers[after - 1] in quantities().multipliers and ws.lowers[after] == "of"
    return many and after + 1 < stop and ws.tags[after + 1] in ("NOUN", "ADJ")


def _named(ws: Workspace, span: Span, head: Head, stop: int) -> _Counted | None:
    lexicon = quantities()
    if head.lemma in lexicon.idle or _is_time(ws, head):
        return None
    numeral = span.last or span.first
    category = noun_category(ws, head, span.start, numeral.grouped or numeral.value)
    if _is_numbered(ws, span, head, category):
        return None
    per = rate(ws, head.end, stop)
    if per is not None:
        return _Counted(per[1], head.at, per[0], head.lemma, "other", False, "rate", LIKELY)
    return _Counted(head.end, head.at, None, head.lemma, category, True, "noun", LIKELY)


def _is_time(ws: Workspace, head: Head) -> bool:
    """Whether any reading of the noun is a unit of time («век» is also a form of «веко»)."""
    time = quantities().time
    if head.lemma.rpartition("-")[2] in time or ws.lowers[head.at] in time:
        return True
    return any(reading.lemma in time for reading in ws.readings[head.at])


def _is_numbered(ws: Workspace, span: Span, head: Head, category: Category) -> bool:
    """«статья 22 закона», «ученики 3 класса», «на 21 фестивале»: the figure is a number."""
    if span.first.spelled or span.last is not None:
        return False
    russian = ws.languages[head.at] == "ru"
    oblique = russian and head.singular and not head.direct
    if head.singular and head.lemma in quantities().numbered:
        few = russian and span.first.agreement == "few" and head.at == span.end
        before = span.start - 1
        told = before >= 0 and (
            ws.tags[before] == "VERB" or ws.words[before] in DASHES or span.first.value > 20
        )
        return not (few and told and not exclusions.follows_label(ws, span.start))
    if oblique and (
        span.first.value == 1 or (category == "events" and span.first.agreement == "one")
    ):
        return True
    people = category in ("people", "population")
    if russian and (people or not head.singular):
        return False
    if people and ws.words[head.at][0].islower() and ws.words[span.start].isdecimal():
        return False  # "At the Clinical Hospital 118 children were treated"
    return exclusions.follows_label(ws, span.start)


def _bare(ws: Workspace, span: Span, after: int, stop: int) -> _Counted | None:
    """A population told by the field or sentence alone: «Население: 650 000»."""
    numeral = span.last or span.first
    if max(numeral.value, numeral.grouped or numeral.value) < 100:
        return None
    if after < stop and ws.words[after][0].isalnum():
        return None
    start = qualified(ws, span.start, 0, span.last is not None).start
    block = ws.blocks[ws.block_of[span.start]]
    field = is_population_field(ws, block) and start == block.value
    if not field and not tells_population(ws, start):
        return None
    return _Counted(after, after - 1, None, None, "population", True, "population", FAIR)


def _candidate(
    ws: Workspace, span: Span, counted: _Counted, first: int, *, plus: bool
) -> Candidate:
    start = span.start if counted.start is None else counted.start
    words = qualified(ws, start, first, span.last is not None)
    low = _value(ws, span.first, counted)
    value = CountValue(low, unit=counted.unit, counted=counted.noun, category=counted.category)
    value.approximate = words.about
    if span.last is not None:
        value.value, value.minimum = None, low
        value.maximum = _value(ws, span.last, counted)
    else:
        value.minimum = low if words.least or plus else None
        value.maximum = low if words.most else None
    return Candidate(
        "COUNT", words.start, counted.end, counted.score, f"counts:{counted.rule}", value,
        head=counted.head,
    )  # fmt: skip


def _value(ws: Workspace, numeral: Numeral, counted: _Counted) -> Decimal:
    """The number; a lone mark before three digits parts thousands where the notation says so.

    Whole things have no decimals, "2,900 km2" follows the script of its unit, and a decimal
    would not end in a zero.
    """
    if numeral.grouped is None:
        return numeral.value * counted.factor
    text = ws.words[numeral.start]
    latin = ws.words[counted.head].isascii() and ws.words[counted.head] != "%"
    english = "," in text and (latin or ws.languages[numeral.start] == "en")
    if counted.whole or english or text.endswith("0"):
        return numeral.grouped * counted.factor
    return numeral.value * counted.factor
