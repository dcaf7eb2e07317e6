"""ROLE mentions: the words of an office, found by its head noun and grown to both sides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pobratim.lexicon.names import name_lexicon
from pobratim.lexicon.offices import (
    CASES,
    Form,
    Head,
    OfficeLexicon,
    OfficeUse,
    office_lexicon,
)
from pobratim.schema import PLACE_LABELS
from pobratim.stages.families import PERSONS
from pobratim.stages.title_starts import Start, title_start
from pobratim.stages.titles import Surroundings, english_end, russian_end
from pobratim.stages.words_of import behind_initial, has_case, lemmas_of
from pobratim.stages.workspace import Candidate, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from spacy.tokens import Doc

    from pobratim.schema import Office

__all__ = ["OfficeUse", "Roles"]

SURE, LIKELY, LOOSE = 0.95, 0.85, 0.45
GENT = frozenset({"gent"})
DEEPEST = 3
"""How many deputies and aides a title stacks («помощник заместителя министра»)."""
ARTICLES = frozenset({"the", "of", "for", "between", "among", "all", "city", "a", "an"})
LINKING = frozenset({"и", "с", "со", "and", "with", ",", "the"})


class Title(NamedTuple):
    """A title found: half-open words, the head noun's word, its form and office."""

    start: int
    end: int
    at: int
    head: Head
    form: Form
    office: Office
    former: bool
    acting: bool


@Language.factory("pobratim_roles")
class Roles:
    """Adds ROLE candidates; ``data`` is an :class:`~pobratim.lexicon.offices.OfficeUse`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.lexicons = office_lexicon()

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        hits = sorted(self._hits(ws))
        self._find(ws, hits)
        ws.candidates.extend(_gaps(ws, hits))
        return doc

    def _find(self, ws: Workspace, hits: list[int]) -> None:
        if not hits:
            return
        around = _surroundings(ws)
        done = 0
        loose_sentence = -1
        last: Title | None = None
        for at in hits:
            if at < done:
                continue
            lex = self.lexicons[ws.languages[at]]
            title = _title(ws, lex, at, around)
            if title is None:
                continue
            done = title.end
            title = _of_the_last(ws, lex, title, last)
            last = title
            score = _score(ws, lex, title, around)
            in_list = ws.sentence_of[at] == loose_sentence and _linked(ws, title)
            if title.form.plural and (in_list or _gathered(ws, lex, title)):
                loose_sentence = ws.sentence_of[at]
                score = LOOSE if _of_cities(ws, lex, title, around) else 0.0
            several = title.form.plural and (bool(title.head.needs) or title.head.rank == "aide")
            if score > 0 and not (several and title.end not in around.persons):
                ws.candidates.append(_candidate(title, score))

    def _hits(self, ws: Workspace) -> Iterable[int]:
        """The words that are a form of an office, plain or behind a prefix («вице-»)."""
        for language, lex in self.lexicons.items():
            if language in ws.languages:
                hits = ws.whose("lowers", partial(_is_form, lex.forms))
                yield from (at for at in hits if ws.languages[at] == language)


def _is_form(forms: Container[str], word: str) -> bool:
    return word in forms or ("-" in word and word.rpartition("-")[2] in forms)


def _gaps(ws: Workspace, hits: list[int]) -> list[Candidate]:
    """Titles that our own model saw where no office of the lexicon is, judged or not."""
    covered = {at for role in ws.of("ROLE") for at in range(role.start, role.end)}
    covered.update(hits)
    use = OfficeUse("other", plural=False, former=False)
    return [
        Candidate("ROLE", one.start, one.end, one.score, one.why, head=one.start, data=use)
        for one in ws.trusted("ROLE")
        if covered.isdisjoint(range(one.start, one.end))
        and not _is_courtesy(ws, one)
        and not _is_mere_field(ws, one)
    ]


def _is_mere_field(ws: Workspace, guess: Candidate) -> bool:
    """Whether a title is nothing but a field of responsibility: "Economic Affairs", «по культуре»."""
    if ws.tags[guess.start] == "ADP":
        return True
    lexicon = office_lexicon().get(ws.languages[guess.start])
    return lexicon is not None and all(
        ws.lowers[at] in lexicon.fields or not ws.words[at][0].isalpha() or ws.lowers[at] == "and"
        for at in range(guess.start, guess.end)
    )


def _is_courtesy(ws: Workspace, guess: Candidate) -> bool:
    """Whether a title is only how one is addressed: «г-н», "Mr"."""
    lexicon = name_lexicon().get(ws.languages[guess.start])
    return lexicon is None or ws.lowers[guess.start] in lexicon.honorifics


def _surroundings(ws: Workspace) -> Surroundings:
    persons = frozenset(
        guess.start
        for guess in ws.guesses
        if guess.label in PERSONS and guess.end - guess.start > 1
    )
    surnames = frozenset(
        guess.end - 1
        for guess in ws.guesses
        if guess.label in PERSONS and guess.end - guess.start > 1
    )
    places: dict[int, str] = {}
    for candidate in sorted(ws.candidates, key=lambda candidate: candidate.score):
        if candidate.label in PLACE_LABELS:
            places[candidate.start] = candidate.label
    return Surroundings(persons, surnames, places)


def _candidate(title: Title, score: float) -> Candidate:
    cases = frozenset() if title.acting else title.form.cases
    use = OfficeUse(title.office, title.form.plural, title.former, cases)
    return Candidate(
        "ROLE",
        title.start,
        title.end,
        score,
        f"roles:{title.head.word}",
        head=title.at,
        data=use,
    )


def _forms(lex: OfficeLexicon, word: str) -> tuple[tuple[Form, ...], str | None]:
    """The forms of a word, and the rank of its hyphened prefix."""
    found = lex.forms.get(word)
    if found:
        return found, None
    prefix, _, last = word.rpartition("-")
    rank = lex.prefixes.get(prefix)
    return (lex.forms.get(last, ()), rank) if rank else ((), None)


def _title(ws: Workspace, lex: OfficeLexicon, at: int, around: Surroundings) -> Title | None:
    """The title whose first head noun is word ``at``, unless the word means something else here."""
    forms, prefix = _forms(lex, ws.lowers[at])
    russian = ws.languages[at] == "ru"
    other = ws.tags[at] in ("ADP", "ADV", "PART", "CCONJ") if russian else ws.tags[at] == "VERB"
    if not forms or other or _preceded(ws, at, lex.idioms):
        return None
    if russian and ws.words[at][0].isupper() and (at in around.surnames or behind_initial(ws, at)):
        return None
    if ws.lowers[at] in lex.rank_words and _is_rank(ws, lex, at):
        return None
    if ws.lowers[at] in lex.post_names and not ws.words[at][:2].isupper():
        return None
    start, form = title_start(ws, lex, at, forms, russian=russian)
    if prefix:
        start = start._replace(
            ranks=(prefix, *start.ranks), former=start.former or prefix == "former"
        )
    last, head, ranks = _governed(ws, lex, at, form)
    if head.needs:
        told = start.modifiers | _completion(ws, lex, last)
        alike = (one.head for one in forms if one.head.word == head.word) if last == at else (head,)
        fitting = next((one for one in alike if not one.needs.isdisjoint(told)), None)
        if fitting is None:
            return None
        head = fitting
    end = (russian_end if russian else english_end)(ws, lex, head, last, around)
    if _another_sense(ws, lex, head, last, end, start, around):
        return None
    office = _office(ws, lex, head, last, around)
    for rank in (*ranks, *start.ranks):
        office = lex.ranked(rank, office)
    return Title(start.at, end, last, head, form, office, start.former, "acting" in start.ranks)


def _of_the_last(ws: Workspace, lex: OfficeLexicon, title: Title, last: Title | None) -> Title:
    """«Его заместитель» is a deputy of the office told last."""
    rank = title.head.rank
    if rank != "deputy" or last is None or last.head.rank or title.start == 0:
        return title
    if ws.lowers[title.start - 1] not in lex.possessives:
        return title
    return title._replace(office=lex.ranked(rank, last.office))


def _is_rank(ws: Workspace, lex: OfficeLexicon, at: int) -> bool:
    """Whether "deputy" stands before the office that it ranks, with nothing but modifiers between."""
    for index in range(at + 1, min(len(ws), at + 4)):
        lower = ws.lowers[index]
        if lower in lex.forms:
            return True
        if lower != "-" and lower not in lex.modifiers and lower not in lex.fields:
            return False
    return False


def _preceded(ws: Workspace, at: int, words: frozenset[str]) -> bool:
    return at > 0 and ws.lowers[at - 1] in words and ws.sentence_of[at - 1] == ws.sentence_of[at]


def _governed(
    ws: Workspace, lex: OfficeLexicon, at: int, form: Form, depth: int = DEEPEST
) -> tuple[int, Head, tuple[str, ...]]:
    """The last noun, the head and the ranks of «заместитель [председателя]»."""
    head = form.head
    if head.merged:
        return at, head, (head.merged,)
    if head.rank is None or depth == 0:
        return at, head, ()
    if ws.languages[at] == "en":
        return _governed_english(ws, lex, at, form)
    stop = min(ws.sentences[ws.sentence_of[at]][1], at + 5)
    for index in range(at + 1, stop):
        inner, prefix = _forms(lex, ws.lowers[index])
        governed = [f for f in inner if "gent" in f.cases]
        if governed:
            last, final, ranks = _governed(ws, lex, index, governed[0], depth - 1)
            rank = head.rank
            if rank == "deputy" and _first_deputy(ws, lex, at):
                rank = "first_deputy"
            return last, final, (*ranks, *((prefix,) if prefix else ()), rank)
        if ws.lowers[index] != "." and not _governed_modifier(ws, lex, index):
            break
    return at, head, (head.rank,)


def _governed_english(
    ws: Workspace, lex: OfficeLexicon, at: int, form: Form
) -> tuple[int, Head, tuple[str, ...]]:
    """The same of "deputy [of the Mayor]" and "adviser [to the Governor]"."""
    rank = form.head.rank or ""
    index = at + 1
    if ws.lowers[index : index + 1] in (["of"], ["to"]):
        index += 2 if ws.lowers[index + 1 : index + 2] == ["the"] else 1
        inner = lex.forms.get(ws.lowers[index], ()) if index < len(ws) else ()
        if inner and not inner[0].plural and ws.sentence_of[index] == ws.sentence_of[at]:
            if rank == "deputy" and _first_deputy(ws, lex, at):
                rank = "first_deputy"
            return index, inner[0].head, (rank,)
    return at, form.head, (rank,)


def _first_deputy(ws: Workspace, lex: OfficeLexicon, at: int) -> bool:
    return at > 0 and not lemmas_of(ws, at - 1).isdisjoint(lex.first)


def _governed_modifier(ws: Workspace, lex: OfficeLexicon, at: int) -> bool:
    return has_case(ws, at, GENT, pos=("ADJ",)) and not lemmas_of(ws, at).isdisjoint(lex.modifiers)


def _another_sense(
    ws: Workspace,
    lex: OfficeLexicon,
    head: Head,
    last: int,
    end: int,
    start: Start,
    around: Surroundings,
) -> bool:
    """Whether this is the head of a delegation, a mere "head", or the mayor's cup."""
    if start.at > 0 and ws.sentence_of[start.at - 1] == ws.sentence_of[start.at]:
        before = lemmas_of(ws, start.at - 1)
        if ws.languages[last] == "ru" and not before.isdisjoint(lex.things):
            return True
    if ws.languages[last] == "ru" and _is_attribute(ws, last):
        return True
    after = _completion(ws, lex, last)
    if head.word in lex.no_office_heads:
        named = last + 1 < len(ws) and ws.words[last + 1][0].isupper()
        if not after.isdisjoint(lex.temporary) or not (named or after.isdisjoint(lex.no_office)):
            return True
    follower = ws.lowers[last + 1] if last + 1 < len(ws) else ""
    if follower in ("'s", "’s", "'", "’") and last + 2 < len(ws):
        follower = ws.lowers[last + 2]
    if ws.languages[last] == "en" and (
        follower in lex.things or follower in lex.gatherings or follower in lex.offices_of
    ):
        return True
    if _owns_a_name(ws, lex, last):
        return True
    for words in lex.names_after:
        if tuple(ws.lowers[last + 1 : last + 1 + len(words)]) == words:
            return True
    if not head.weak or start.at < last or end > last + 1:
        return False
    return not _supported(ws, lex, last, after, around)


def _owns_a_name(ws: Workspace, lex: OfficeLexicon, last: int) -> bool:
    """Whether a thing bears the title in its name: "the Mayor's Relief Appeal"."""
    named = last + 2
    if named >= len(ws) or ws.lowers[last + 1] not in ("'s", "’s") or ws.languages[last] != "en":
        return False
    word = ws.words[named]
    if ws.sentence_of[named] != ws.sentence_of[last] or ws.words[last].isupper():
        return False
    return (
        ws.words[last][0].isupper()
        and word[0].isupper()
        and ws.tags[named] in ("NOUN", "PROPN", "ADJ")
        and ws.lowers[named] not in lex.forms
        and ws.lowers[named] not in lex.modifiers
    )


def _is_attribute(ws: Workspace, at: int) -> bool:
    """Whether a participle stands before its noun: «управляющая компания»."""
    if at + 1 >= len(ws) or not any("PRTF" in r.grammemes for r in ws.readings[at]):
        return False
    if not ws.words[at + 1][0].islower():
        return False
    cases = {g for r in ws.readings[at] for g in r.grammemes if g in CASES}
    return has_case(ws, at + 1, frozenset(cases - GENT) or GENT, pos=("NOUN", "PROPN", "ADJ"))


def _supported(
    ws: Workspace, lex: OfficeLexicon, last: int, after: set[str], around: Surroundings
) -> bool:
    """Whether a weak head has a place, body or person at its side."""
    follower = last + 1
    if follower >= len(ws) or ws.sentence_of[follower] != ws.sentence_of[last]:
        return False
    if ws.words[follower] == ")" and last > 1 and ws.words[last - 1] == "(":
        return last - 2 in around.surnames
    if ws.words[follower] == ":" and ws.sentences[ws.sentence_of[last]][0] >= last - 1:
        return follower + 1 in around.persons
    if ws.languages[last] == "en":
        owned = last > 0 and ws.lowers[last - 1] in lex.possessives
        capital = ws.words[last][0].isupper() or owned
        if owned and ws.words[follower] == ",":
            follower += 1
        honorifics = name_lexicon()["en"].honorifics
        while follower + 1 < len(ws) and (
            ws.lowers[follower] in honorifics or ws.words[follower] == "."
        ):
            follower += 1
        return bool(after) or (capital and follower in around.persons)
    return bool(after) or follower in around.places or ws.words[follower][0].isupper()


def _completion(ws: Workspace, lex: OfficeLexicon, last: int) -> set[str]:
    """The lemmas of the first noun phrase behind a head, up to its noun; empty if there is none."""
    stop = min(ws.sentences[ws.sentence_of[last]][1], last + 7)
    if ws.languages[last] == "en":
        if last + 1 >= stop or ws.lowers[last + 1] != "of":
            return set()
        found: set[str] = set()
        for index in range(last + 2, stop):
            if ws.tags[index] not in ("NOUN", "ADJ", "DET", "PROPN", "NUM", "PRON", "VERB"):
                break
            found.update((ws.lowers[index], ws.lemmas[index]))
        return found
    for index in range(last + 1, stop):
        lemmas = lemmas_of(ws, index)
        if has_case(ws, index, GENT, pos=("NOUN", "PROPN")) or not lemmas.isdisjoint(lex.places):
            return lemmas
        if ws.tags[index] not in ("ADJ", "NUM"):
            break
    return set()


def _office(
    ws: Workspace, lex: OfficeLexicon, head: Head, last: int, around: Surroundings
) -> Office:
    """The head's office; of a mere «глава», what it is the head of."""
    table = lex.of.get(head.word)
    if not table:
        return head.office
    completion = _completion(ws, lex, last)
    if completion & lex.councils:
        return head.office
    for lemma in sorted(completion & table.keys()):
        return table[lemma]
    if head.office == "president":
        return head.office
    place = last + (3 if ws.lowers[last + 1 : last + 3] == ["of", "the"] else 1)
    if ws.lowers[last + 1 : last + 2] == ["of"] and place == last + 1:
        place = last + 2
    return {"CITY": "mayor", "REGION": "governor", "COUNTRY": "president"}.get(  # type: ignore[return-value]
        around.places.get(place, ""), head.office
    )


def _score(ws: Workspace, lex: OfficeLexicon, title: Title, around: Surroundings) -> float:
    before = title.start - 1
    if before >= 0 and ws.sentence_of[before] == ws.sentence_of[title.start]:
        owned = ws.languages[title.at] == "en" and ws.lowers[before] in ("of", "the")
        owner = before - 1 if owned else before
        if ws.lowers[before] == "the" and ws.lowers[owner] == "of":
            owner -= 1
        if owner >= 0 and not lemmas_of(ws, owner).isdisjoint(lex.offices_of):
            return LOOSE
    if title.head.weak or title.head.needs or title.office == "other":
        return LIKELY
    return SURE


def _gathered(ws: Workspace, lex: OfficeLexicon, title: Title) -> bool:
    """Whether a plural stands behind a noun that makes it part of a name: «Форум мэров»."""
    floor = ws.sentences[ws.sentence_of[title.at]][0]
    index = title.start - 1
    while index >= floor and ws.lowers[index] in ARTICLES:
        index -= 1
    return index >= floor and not lemmas_of(ws, index).isdisjoint(lex.gatherings)


def _of_cities(ws: Workspace, lex: OfficeLexicon, title: Title, around: Surroundings) -> bool:
    """Whether a city or its administration follows, so that the plural means particular holders."""
    end = title.end
    if end < len(ws) and not lemmas_of(ws, end).isdisjoint(lex.parents):
        return any(place in around.places for place in range(end + 1, min(end + 4, len(ws))))
    return around.places.get(end) == "CITY" and end not in around.persons


def _linked(ws: Workspace, title: Title) -> bool:
    """Whether a plural goes on from one before it: «Встреча мэров … и мэров …»."""
    return title.start > 0 and ws.lowers[title.start - 1] in LINKING
