"""The part of the text that may speak of one AGREEMENT mention: its sentence, or its item of a list."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pobratim.schema import RELATION_ENDS

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from pobratim.lexicon.instruments import InstrumentLexicon
    from pobratim.stages.instruments import InstrumentUse
    from pobratim.stages.workspace import Candidate, Workspace

PARTIES = RELATION_ENDS["PARTY"][1]
GAP = 6
LONGEST_LIST = 40
BESIDE = 2
MODIFIERS = 4
JOINS = frozenset({",", ";", "и", "and", "&", "а"})


@dataclass(slots=True)
class Scope:
    """One AGREEMENT mention with the part of the text that may speak of it.

    ``offices`` has what each ROLE is of, ``held`` the roles of each PERSON, by ``id``; ``follows``
    marks a sentence that goes on telling of the mention of one before, ``ruled`` what happens under
    it or to carry it out («в рамках Соглашения»). ``cities`` are the document's.
    """

    ws: Workspace
    mention: Candidate
    use: InstrumentUse
    lexicon: InstrumentLexicon
    start: int
    end: int
    verb: int | None
    inside: list[Candidate]
    offices: dict[int, list[Candidate]] = field(default_factory=dict)
    held: dict[int, list[Candidate]] = field(default_factory=dict)
    follows: bool = False
    ruled: bool = False
    row: bool = False
    cities: list[Candidate] = field(default_factory=list)

    def cities_before(self, word: int) -> list[Candidate]:
        """The document's cities that end before a word, the last few."""
        at = bisect_right(self.cities, word, key=lambda city: city.end)
        return self.cities[max(0, at - BESIDE) : at]

    def of(self, *labels: str) -> list[Candidate]:
        return [c for c in self.inside if c.label in labels]


def scope_of(
    ws: Workspace,
    mention: Candidate,
    use: InstrumentUse,
    lexicon: InstrumentLexicon,
    by_sentence: dict[int, list[Candidate]],
    row: tuple[int, int] | None = None,
) -> Scope:
    """The mention's sentence; of a list («подписаны: Соглашение …; Соглашение …») its own item, of a
    table with a cell a line its ``row``."""
    if row is not None:
        sentences = range(ws.sentence_of[row[0]], ws.sentence_of[row[1] - 1] + 1)
        near = (c for number in sentences for c in by_sentence.get(number, ()))
        inside = [c for c in near if row[0] <= c.start < row[1] and c is not mention]
        return Scope(ws, mention, use, lexicon, *row, None, inside, row=True)
    sentence = ws.sentence_of[mention.start]
    first, last = ws.sentences[sentence]
    start = first
    others = [
        c for c in by_sentence.get(sentence, ()) if c.label == "AGREEMENT" and c is not mention
    ]
    semicolon = _last(ws, {";"}, first, mention.start)
    if semicolon is not None and any(other.end <= semicolon for other in others):
        start = semicolon + 1
    contrast = _last(ws, lexicon.contrast, start, mention.start)
    if contrast is not None:
        start = max([start, *(other.end for other in others if other.end <= contrast)])
    end = min(
        (other.start for other in others if _follows(ws, other, mention)),
        default=last,
    )
    verb = _signing_verb(ws, mention, lexicon, start, end)
    if verb is not None and _is_of_other(ws, mention, lexicon, others, verb):
        start = max(start, verb + 1)
        verb = None
    elif verb is None:
        last = last if _is_joined(ws, end, last) else end
        verb = _signing_verb(ws, mention, lexicon, list_start(ws, sentence), last)
    ruled = _is_ruled(ws, mention, lexicon)
    if ruled and verb is not None and not _is_of_clause_behind(ws, mention, verb):
        verb = None
    ruled = ruled and verb is None
    inside = [
        c for c in by_sentence.get(sentence, ()) if start <= c.start < end and c is not mention
    ]
    return Scope(ws, mention, use, lexicon, start, end, verb, inside, ruled=ruled)


def _is_joined(ws: Workspace, end: int, last: int) -> bool:
    """Whether the instrument at ``end`` is of the same list, so that one verb may tell of both."""
    return end < last and any(
        ws.lowers[at] in JOINS for at in range(max(0, end - MODIFIERS), end) if at
    )


def _is_of_clause_behind(ws: Workspace, mention: Candidate, verb: int) -> bool:
    """Whether the verb stands in a clause on the instrument: «…, которое подписал», ", signed in"."""
    if verb < mention.end:
        return False
    between = ws.lowers[mention.end : verb]
    if ws.languages[verb] == "en":
        return bool({"which", "that"} & set(between)) or len(between) <= 1
    relative = any(ws.lemmas[at] == "который" for at in range(mention.end, verb))
    return relative or is_participle(ws, verb)


def _is_ruled(ws: Workspace, mention: Candidate, lexicon: InstrumentLexicon) -> bool:
    """Whether something happens under it: «в рамках», «во исполнение», "under a 2017 memorandum"."""
    first = max(ws.sentences[ws.sentence_of[mention.start]][0], mention.start - MODIFIERS)
    at = mention.start - 1
    while at >= first and (ws.tags[at] in ("DET", "ADJ", "NUM", "PRON") or ws.lowers[at] == "of"):
        at -= 1
    if at < first:
        return False
    if ws.lowers[at] in lexicon.ruling:
        return True
    opens = at == first or not ws.words[at - 1][0].isalnum()
    return opens and ws.lowers[at] in lexicon.ruling_first


def _follows(ws: Workspace, other: Candidate, mention: Candidate) -> bool:
    """Whether it stands behind the mention and is not its abbreviation in brackets."""
    abbreviation = other.start == mention.end + 1 and ws.words[mention.end] == "("
    return other.start >= mention.end and not abbreviation


def _is_of_other(
    ws: Workspace,
    mention: Candidate,
    lexicon: InstrumentLexicon,
    others: list[Candidate],
    verb: int,
) -> bool:
    """Whether the verb speaks of an earlier one: «Договор, подписанный …, дополняет соглашение»."""
    if not any(other.end <= verb for other in others) or verb > mention.start:
        return False
    return any(
        ws.tags[at] == "VERB" and ws.lemmas[at] not in lexicon.sign and _is_finite(ws, at)
        for at in range(verb + 1, mention.start)
    )


def _is_finite(ws: Workspace, at: int) -> bool:
    if ws.languages[at] == "en":
        return not ws.lowers[at].endswith(("ing", "ed"))
    return not any(reading.grammemes & {"PRTF", "INFN", "GRND"} for reading in ws.readings[at][:1])


def _last(ws: Workspace, words: Container[str], start: int, end: int) -> int | None:
    return next((at for at in range(end - 1, start - 1, -1) if ws.lowers[at] in words), None)


def list_start(ws: Workspace, sentence: int) -> int:
    """The first word of the list that a sentence is part of: «Подписаны: Соглашение …; Договор …»."""
    for _ in range(LONGEST_LIST):
        start, _end = ws.sentences[sentence]
        block = ws.blocks[ws.block_of[start]]
        if not sentence or ws.words[start - 1] not in ";:":
            return start
        if ws.block_of[start - 1] != ws.block_of[start] and block.kind not in ("item", "heading"):
            return start
        sentence -= 1
    return ws.sentences[sentence][0]


def _signing_verb(
    ws: Workspace, mention: Candidate, lexicon: InstrumentLexicon, start: int, end: int
) -> int | None:
    """The nearest word that says that something is signed."""
    found = [
        at
        for at in range(start, end)
        if ws.lemmas[at] in lexicon.sign
        and not mention.start <= at < mention.end
        and (
            ws.lemmas[at] not in lexicon.sign_weak
            or abs(at - mention.start) <= GAP
            or ws.lowers[at + 1 : at + 2] == ["into"]
        )
    ]
    verbs = [at for at in found if ws.tags[at] == "VERB"]
    found = [at for at in found if at in verbs or not any(abs(at - one) <= BESIDE for one in verbs)]
    return min(found, key=lambda at: abs(at - mention.start), default=None)


def outermost(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that no other of them covers; of two with the same words neither."""
    spans = Counter((c.start, c.end) for c in candidates)
    inner: set[tuple[int, int]] = set()
    furthest = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if furthest >= end:
            inner.add((start, end))
        furthest = max(furthest, end)
    return [c for c in candidates if spans[c.start, c.end] == 1 and (c.start, c.end) not in inner]


def distance(candidate: Candidate, word: int) -> int:
    return candidate.start - word if candidate.start >= word else word - candidate.end + 1


def is_participle(ws: Workspace, at: int) -> bool:
    return any("PRTF" in reading.grammemes for reading in ws.readings[at][:1])


def has_case(ws: Workspace, candidate: Candidate, case: str) -> bool:
    marks = ws.readings[candidate.head if candidate.head is not None else candidate.start]
    return any(case in reading.grammemes for reading in marks)


def may_be_subject(ws: Workspace, candidate: Candidate) -> bool:
    marks = ws.readings[candidate.head if candidate.head is not None else candidate.start]
    return not marks or any("nomn" in reading.grammemes for reading in marks)


def candidates_by_sentence(ws: Workspace) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = {}
    for candidate in ws.of(*PARTIES, "DATE", "PERSON", "ROLE", "EVENT", "AGREEMENT"):
        found.setdefault(ws.sentence_of[candidate.start], []).append(candidate)
    return found
