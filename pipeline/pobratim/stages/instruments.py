"""AGREEMENT mentions: the noun phrases that name agreements, memoranda, protocols and plans."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pobratim.lexicon.instruments import InstrumentLexicon, instrument_lexicon
from pobratim.schema import PLACE_LABELS
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Container

    from spacy.tokens import Doc

    from pobratim.schema import Instrument, Purpose

__all__ = ["InstrumentUse", "Instruments", "Known", "complement", "is_attribute"]

MOST_MODIFIERS = 5
COMPLEMENT = 14
WHEN = 8
REACH = 6
MINUTES = 4
"""How far behind a protocol the meeting may stand that it is of."""
BESIDE = 3
LISTED = 8
LONGEST_SIDES = 40
"""How far behind a protocol its date may stand."""
HEADS = frozenset("/|:>»—–")
STOPS = frozenset('(),.;:»”"–—|')


@dataclass(frozen=True, slots=True)
class InstrumentUse:
    """What an AGREEMENT mention says of itself; ``subject`` is the word range of its complement."""

    instrument: Instrument
    purpose: Purpose
    plural: bool
    subject: tuple[int, int] | None


@Language.factory("pobratim_instruments")
class Instruments:
    """Adds AGREEMENT candidates; ``head`` is the noun, ``data`` an :class:`InstrumentUse`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.lexicons = instrument_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        known = Known.of(ws)
        seen = {at for one in ws.trusted("AGREEMENT") for at in range(one.start, one.end)}
        told: set[str] = set()
        end = 0
        for index in ws.whose("lemmas", self._may_name):
            if index < end:
                continue
            lemma = ws.lemmas[index]
            lexicon = self.lexicons.get(ws.languages[index])
            if lexicon and lemma.endswith("s") and lemma[:-1] in lexicon.instruments:
                lemma = lemma[:-1]  # A capital hides a plural: "MoUs".
                ws.correct(index, lemma)
            if lexicon and lemma in lexicon.instruments and ws.tags[index] in ("NOUN", "PROPN"):
                again = lemma in told and _may_point_back(ws, index, lexicon)
                found = _mention(ws, index, lexicon, known, sure=again or index in seen)
                if found:
                    told |= {lemma} & lexicon.needs.keys()
                    ws.candidates.append(found)
                    end = found.end
        return doc

    def _may_name(self, lemma: str) -> bool:
        """Whether a word, or what it is the plural of, names an instrument in any language."""
        singular = lemma.removesuffix("s")
        return any(
            lemma in lexicon.instruments or singular in lexicon.instruments
            for lexicon in self.lexicons.values()
        )


class Known(NamedTuple):
    """Where dates begin and end, where events and bodies begin, and the words that places cover."""

    dates: dict[int, int]
    events: frozenset[int]
    bodies: frozenset[int]
    places: frozenset[int]

    @classmethod
    def of(cls, ws: Workspace) -> Known:
        starts: dict[str, set[int]] = {"EVENT": set(), "ORGANIZATION": set()}
        dates: dict[int, int] = {}
        places: set[int] = set()
        for c in ws.candidates:
            if c.label in starts:
                starts[c.label].add(c.start)
            elif c.label == "DATE":
                dates[c.start] = c.end
            elif c.label in PLACE_LABELS:
                places.update(range(c.start, c.end))
        events, bodies = map(frozenset, starts.values())
        return cls(dates, events, bodies, frozenset(places))


def _mention(
    ws: Workspace, head: int, lexicon: InstrumentLexicon, known: Known, *, sure: bool
) -> Candidate | None:
    """The mention round a noun of instruments; ``sure`` where our own model sees one, or the text
    has told of one by the same word."""
    start, end = _first_modifier(ws, head, lexicon, known), _naming_end(ws, head, lexicon)
    _, sentence_end = ws.sentences[ws.sentence_of[head]]
    behind = end + (ws.words[end : end + 1] in (["»"], ["”"], ['"']))
    subject = complement(
        ws, _shared_end(ws, behind, sentence_end, lexicon), sentence_end, lexicon, known
    )
    if start and ws.lowers[start - 1] in lexicon.none:
        return None
    dated = lexicon.instruments[ws.lemmas[head]] == "protocol" and _is_of_sides(
        ws, end, sentence_end, lexicon, known
    )
    if not (sure or dated or _is_instrument(ws, start, head, end, subject, lexicon)):
        return None
    if _is_minutes(ws, head, end, lexicon):
        return None
    plural = _is_plural(ws, head)
    if plural and start and ws.words[start - 1].isdigit():
        return None  # «11 соглашений» are counted.
    told = subject[1] if subject else end
    of_class = (plural and _is_in_heading(ws, head)) or _heads_class(ws, start, head)
    if (of_class or (plural and not sure)) and not _is_particular(ws, start, told, lexicon, known):
        return None
    scope = ws.lowers[start:end] + ws.lowers[slice(*(subject or _title(ws, end, lexicon)))]
    use = InstrumentUse(
        lexicon.instruments[ws.lemmas[head]], lexicon.purpose_of(scope), plural, subject
    )
    named = subject is not None or ws.words[head][0].isupper() or start < head
    return Candidate(
        "AGREEMENT", start, end, 0.9 if named else 0.7, "instruments:noun", head=head, data=use
    )


def _is_of_sides(
    ws: Workspace, end: int, limit: int, lexicon: InstrumentLexicon, known: Known
) -> bool:
    """Whether two bodies or places and a date follow: «Протоколом музея … и галереи … от 5 мая»."""
    for at in range(end, min(limit, end + LONGEST_SIDES)):
        if ws.lowers[at] in lexicon.dated and at + 1 in known.dates:
            sides = [one for one in range(end, at) if one in known.bodies or one in known.places]
            return sum(1 for before, one in pairwise([end - 2, *sides]) if one > before + 1) > 1
    return False


def _shared_end(ws: Workspace, end: int, limit: int, lexicon: InstrumentLexicon) -> int:
    """Behind a second noun that shares the complement: «соглашения и договоры о …»."""
    joined = end + 1 < limit and ws.lowers[end] in ("и", "and")
    return end + 2 if joined and ws.lemmas[end + 1] in lexicon.instruments else end


def _title(ws: Workspace, end: int, lexicon: InstrumentLexicon) -> tuple[int, int]:
    """The words up to «между»: «Меморандум III заседания комитета по сотрудничеству между …»."""
    limit = min(ws.sentences[ws.sentence_of[end - 1]][1], end + COMPLEMENT)
    for at in range(end, limit):
        if ws.lowers[at] in lexicon.between:
            return end, at
        if ws.words[at] in STOPS or ws.tags[at] == "VERB":
            break
    return end, end


def _may_point_back(ws: Workspace, head: int, lexicon: InstrumentLexicon) -> bool:
    """Whether a word that has told of one before tells of it again: "the protocol", «в Плане»."""
    if _is_plural(ws, head):
        return False
    capital = ws.words[head][0].isupper() and head != ws.sentences[ws.sentence_of[head]][0]
    return lexicon.needs[ws.lemmas[head]].about or capital


def _first_modifier(ws: Workspace, head: int, lexicon: InstrumentLexicon, known: Known) -> int:
    """The first adjective or noun modifier that belongs to the instrument's name."""
    start = head
    lowest = max(ws.sentences[ws.sentence_of[head]][0], head - MOST_MODIFIERS)
    while start > lowest and _modifies(ws, start - 1, lexicon, known):
        start -= 1
    while start < head and (ws.words[start] == "-" or ws.lemmas[start] in lexicon.loose):
        start += 1
    if 1 < start < head and ws.words[start - 1] == "-" and ws.tags[start - 2] == "NUM":
        start += 1  # "a three-year memorandum"
    return start


def _modifies(ws: Workspace, index: int, lexicon: InstrumentLexicon, known: Known) -> bool:
    if ws.lemmas[index] in lexicon.loose or ws.lowers[index] in lexicon.loose:
        return False
    if ws.languages[index] == "en":
        if ws.words[index] == "-":
            return True
        named = ws.tags[index] in ("ADJ", "NOUN", "PROPN") or (
            ws.lowers[index].endswith("ing") and lexicon.purpose_of([ws.lowers[index]]) != "other"
        )
        return named and ws.words[index].isalpha() and not (
            ws.words[index][0].isupper() and ws.tags[index] == "PROPN" and index in known.places
        )  # fmt: skip
    return any(
        reading.pos == "ADJ" and "Apro" not in reading.grammemes for reading in ws.readings[index]
    ) and not any(reading.pos == "VERB" for reading in ws.readings[index][:1])


def _naming_end(ws: Workspace, head: int, lexicon: InstrumentLexicon) -> int:
    """Behind the genitive that belongs to the name: «протокол намерений», "letter of intent"."""
    limit = ws.sentences[ws.sentence_of[head]][1]
    at = head + 1
    if ws.languages[head] == "en":
        if at < limit and ws.lowers[at] == "of":
            last = min(limit, at + 4)
            at += 1
            while at < last and (ws.tags[at] == "ADJ" or ws.lowers[at].endswith("ed")):
                at += 1
            if at < last and ws.lowers[at] in lexicon.naming:
                return _second_naming(ws, at + 1, limit, lexicon)
        return head + 1
    last = min(limit, at + 3)
    while at < last and any(reading.pos == "ADJ" for reading in ws.readings[at][:1]):
        at += 1
    if at < limit and ws.lemmas[at] in lexicon.naming and ws.words[at].isalpha():
        return at + 1
    return head + 1


def _second_naming(ws: Workspace, at: int, limit: int, lexicon: InstrumentLexicon) -> int:
    """Behind a second noun of the name, if there is one: "Treaty of friendship and cooperation"."""
    second = at + 1
    if at < limit and ws.lowers[at] == "and":
        if (
            second < limit
            and ws.tags[second] in ("ADJ", "PROPN")
            and (ws.lowers[second] not in lexicon.naming)
        ):
            second += 1
        if second < limit and ws.lowers[second] in lexicon.naming:
            return second + 1
    return at


def complement(
    ws: Workspace, end: int, limit: int, lexicon: InstrumentLexicon, known: Known
) -> tuple[int, int] | None:
    """The words of «о …» or "on …" behind the instrument, up to the parties or the clause's end."""
    if end >= limit or ws.lowers[end] not in lexicon.about or _is_occasion(ws, end, limit, known):
        return None
    purpose = ws.lowers[end] == "to"
    if purpose and ws.lowers[end + 1 : end + 2] == ["be"]:
        return None
    dates: Container[int] = () if purpose else known.dates
    at = end + 1 + purpose
    while at < min(limit, end + COMPLEMENT) and at not in dates:
        lower = ws.lowers[at]
        if lower in lexicon.between or lower in lexicon.with_:
            break
        verb = ws.tags[at] in ("VERB", "AUX") and not ws.lowers[at].endswith("ing")
        stop = ws.words[at] in STOPS and not _goes_on(ws, at, limit)
        occasion = ws.lowers[at] in ("at", "during") or (
            ws.lowers[at] in ("in", "в") and at + 1 in known.places
        )
        if stop or occasion or (verb and _is_finite(ws, at)):
            break
        at += 1
    while at > end + 1 and (ws.tags[at - 1] in ("ADP", "CCONJ") or ws.words[at - 1] == "-"):
        at -= 1
    if at < limit and ws.words[at] == "»" and "«" in ws.words[end:at]:
        at += 1
    return (end, at) if at > end + 1 else None


def _is_occasion(ws: Workspace, end: int, limit: int, known: Known) -> bool:
    """Whether "of" leads to the meeting that adopted it: "Protocol of the 25th meeting"."""
    return ws.lowers[end] == "of" and any(
        at in known.events for at in range(end + 1, min(limit, end + BESIDE))
    )


def _goes_on(ws: Workspace, at: int, limit: int) -> bool:
    """Whether a stop ends nothing: a comma of a list, the period of an initial."""
    initial = ws.words[at] == "." and len(ws.words[at - 1]) == 1 and ws.words[at - 1].isupper()
    return initial or (ws.words[at] == "," and _is_listing(ws, at, limit))


def _is_listing(ws: Workspace, comma: int, limit: int) -> bool:
    """Whether a comma only joins nouns: "of tourism, economy and culture"."""
    for at in range(comma + 1, min(limit, comma + LISTED)):
        if ws.tags[at] == "CCONJ":
            return at > comma + 1
        if ws.tags[at] not in ("NOUN", "ADJ") and ws.words[at] not in (",", "-"):
            break
    return False


def is_attribute(ws: Workspace, index: int) -> bool:
    """Whether an English participle stands before its noun: "about twinned relations"."""
    return (
        ws.languages[index] == "en"
        and ws.lowers[index].endswith("ed")
        and ws.tags[index - 1] in ("ADP", "DET", "ADJ")
        and ws.tags[index + 1 : index + 2] == ["NOUN"]
    )


def _is_finite(ws: Workspace, index: int) -> bool:
    if is_attribute(ws, index):
        return False
    return not ws.readings[index] or "PRTF" not in ws.readings[index][0].grammemes


def _is_instrument(
    ws: Workspace,
    start: int,
    head: int,
    end: int,
    subject: tuple[int, int] | None,
    lexicon: InstrumentLexicon,
) -> bool:
    needs = lexicon.needs.get(ws.lemmas[head])
    if needs is None:
        return True
    if needs.about and subject and lexicon.purpose_of(ws.lowers[slice(*subject)]) != "other":
        return True
    if needs.signing and _is_near_signing(ws, start, end, lexicon):
        return True
    after = ws.lemmas[head + 1 : max(end, head + 2) + 1]
    before = {*ws.lemmas[max(0, head - 3) : head], *ws.lowers[max(0, head - 3) : head]}
    return bool(needs.after.intersection(after) or needs.before & before)


def _is_minutes(ws: Workspace, head: int, end: int, lexicon: InstrumentLexicon) -> bool:
    """Whether a protocol only tells what a meeting said: «Протокол № 3 заседания комиссии»."""
    if lexicon.instruments[ws.lemmas[head]] != "protocol":
        return False
    behind = ws.lemmas[head + 1 : head + 1 + MINUTES]
    return not lexicon.minutes_of.isdisjoint(behind) and not _is_near_signing(
        ws, head, end, lexicon
    )


def _is_near_signing(ws: Workspace, start: int, end: int, lexicon: InstrumentLexicon) -> bool:
    """Whether the words right beside it say that it is signed: "signed a … statement"."""
    first, last = ws.sentences[ws.sentence_of[start]]
    if ws.lowers[end : end + 1] == ["to"]:
        return False  # "they plan to sign"
    strong = lexicon.sign - lexicon.sign_weak
    near = (*range(max(first, start - BESIDE), start), *range(end, min(last, end + BESIDE)))
    return any(ws.lemmas[at] in strong for at in near)


def _is_plural(ws: Workspace, head: int) -> bool:
    if ws.languages[head] == "en":
        return ws.lowers[head] != ws.lemmas[head] and ws.lowers[head].endswith(("s", "a"))
    marks = [reading.grammemes for reading in ws.readings[head] if reading.lemma == ws.lemmas[head]]
    return bool(marks) and all("plur" in grammemes for grammemes in marks)


def _is_in_heading(ws: Workspace, head: int) -> bool:
    return ws.blocks[ws.block_of[head]].kind == "heading"


def _heads_class(ws: Workspace, start: int, head: int) -> bool:
    """Whether a heading begins with it in the plural: «Документы / Соглашения с … городами»."""
    opens = ws.blocks[ws.block_of[head]].start == start or ws.words[start - 1] in HEADS
    return (
        opens
        and _is_in_heading(ws, head)
        and any({"plur", "nomn"} <= reading.grammemes for reading in ws.readings[head])
    )


def _is_particular(
    ws: Workspace, start: int, end: int, lexicon: InstrumentLexicon, known: Known
) -> bool:
    """Whether a plural stands for certain instruments: with named sides, or said to be signed."""
    first, last = ws.sentences[ws.sentence_of[start]]
    if start > first and not lexicon.pointing.isdisjoint(
        (ws.lemmas[start - 1], ws.lowers[start - 1])
    ):
        return True  # "these agreements"
    if end + 1 < last and ws.lowers[end] in lexicon.with_ | lexicon.between:
        named = range(end + 1, min(last, end + BESIDE))
        if any(at in known.places or at in known.bodies for at in named):
            return True
    return any(
        ws.lemmas[at] in lexicon.sign
        and (ws.lemmas[at] not in lexicon.sign_weak or abs(at - start) <= BESIDE)
        and (_is_finite_verb(ws, at) or _is_told_when(at, last, known))
        for at in range(first, min(last, end + REACH))
    )


def _is_finite_verb(ws: Workspace, at: int) -> bool:
    """Whether the verb says a fact: no participle, no infinitive («намерен заключать …»)."""
    if ws.languages[at] == "en":
        return ws.lowers[at - 1] != "to"
    return not any(reading.grammemes & {"PRTF", "INFN"} for reading in ws.readings[at][:1])


def _is_told_when(at: int, limit: int, known: Known) -> bool:
    """Whether a date, event or body follows: «подписанных на пятом заседании»."""
    return any(
        index in known.dates or index in known.events or index in known.bodies
        for index in range(at + 1, min(limit, at + WHEN))
    )
