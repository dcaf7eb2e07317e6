"""Bodies without a noun of their kind: items of lists, initials, the models' names, repetitions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pobratim.stages.bodies_judged import BodyName
from pobratim.stages.cases import cases_of, is_latin
from pobratim.stages.families import BODIES
from pobratim.stages.phrases import CLAIMED, Context, is_capital, is_initial, same_name
from pobratim.stages.workspace import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pobratim.lexicon.bodies import BodyLexicon

__all__ = ["acronyms", "covered_by", "is_other_title", "listed", "repeated", "with_place"]

LISTED, KNOWN, SHORT, REPEATED = 0.72, 0.85, 0.5, 0.75
LONGEST_ITEM = 9
LONGEST_CLUB = 3
DECLINED = re.compile(r"([А-ЯЁ]{3,8})(?:а|у|ом|е)")
"""Initials read as a word, in an oblique case: «КАМАЗа»."""
INITIALS = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]{0,3}[А-ЯЁ]{1,5}")
"""Initials of a name: «ТГУ», «СПбГУ»."""
MOST_ALIKE = 30
GENITIVE_TYPES = frozenset({"города", "г", "провинции", "области", "республики"})
MANY = frozenset({"association", "company", "science", "culture", "media"})


def covered_by(found: Iterable[Candidate]) -> set[int]:
    return {at for candidate in found for at in range(candidate.start, candidate.end)}


def listed(
    seen: Context, lexicons: dict[str, BodyLexicon], found: list[Candidate]
) -> list[Candidate]:
    """The items under «… международных организаций:», each a name."""
    ws = seen.ws
    covered = covered_by(found)
    made: list[Candidate] = []
    by_span = {(candidate.start, candidate.end): candidate for candidate in found}
    lead = False
    for block in ws.blocks:
        if ws.words[block.end - 1] == ":" and block.kind != "field":
            lead = _promises_bodies(seen, lexicons, block.start, block.end)
            continue
        if not lead:
            continue
        start, end = block.start, block.end
        while start < end and not ws.words[start][0].isalnum() and start not in seen.quote_end:
            start += 1
        while end > start and ws.words[end - 1] in ";,.":
            end -= 1
        quoted = start in seen.quote_end
        if not 0 < end - start <= LONGEST_ITEM or not (quoted or ws.words[start][0].isupper()):
            lead = quoted or block.kind == "item"
            continue
        if quoted and seen.quote_end[start] != end:
            lead = block.kind == "item"
            continue
        known = by_span.get((start, end))
        if known is not None:
            known.score = max(known.score, LISTED)
        verb = any(ws.tags[at] == "VERB" for at in range(start, end))
        if not verb and covered.isdisjoint(range(start, end)) and start not in seen.places:
            made.append(Candidate("ORGANIZATION", start, end, LISTED, "bodies:listed", head=start))
    return made


def _promises_bodies(seen: Context, lexicons: dict[str, BodyLexicon], start: int, end: int) -> bool:
    """Whether a line that ends with a colon speaks of several bodies."""
    ws = seen.ws
    for at in range(max(start, end - 25), end):
        lexicon = lexicons.get(ws.languages[at])
        if lexicon is None:
            continue
        lemma = ws.lemmas[at]
        if lexicon.kinds.get(lemma) in MANY and ws.lowers[at] != lemma:
            if ws.languages[at] == "en":
                return True
            return any("plur" in reading.grammemes for reading in ws.readings[at][:1])
    return False


def acronyms(
    seen: Context, lexicons: dict[str, BodyLexicon], found: list[Candidate]
) -> list[Candidate]:
    """Known initials, and initials in brackets right behind a body's full name."""
    ws = seen.ws
    known = frozenset().union(*(lexicon.acronyms for lexicon in lexicons.values()))
    lemmas = frozenset(word.lower() for word in known if not word.isupper())
    covered = covered_by(found)
    longer = {one.start for one in ws.guesses if one.label in BODIES and one.end > one.start + 1}
    made = []
    for at in ws.where("words", known) + ws.where("lemmas", lemmas):
        low, high = ws.sentences[ws.sentence_of[at]]
        around = ws.words[max(at - 1, low) : at] + ws.words[at + 1 : min(at + 2, high)]
        shouted = any(len(word) > 1 and word.isalpha() and word.isupper() for word in around)
        if shouted or not ws.words[at][0].isupper():
            continue
        if at in longer and not ws.words[at].isupper() and is_latin(ws.words[at]):
            continue
        if at not in covered and at not in seen.inside:
            end = at + 1
            if end < len(ws) and ws.words[end] == "+" and ws.starts[end] == ws.ends[at]:
                end += 1
            end = with_place(seen, _with_capitals(seen, at, _over_hyphen(seen, end)))
            made.append(Candidate("ORGANIZATION", at, end, KNOWN, "bodies:acronym", head=at))
            covered.update(range(at, end))
    made += _by_shape(seen, lexicons, covered)
    made += _own_names(seen, lexicons, covered)
    made += _clubs(seen, lexicons["en"], covered)
    for candidate in found:
        at = candidate.end
        if at + 2 < len(ws) and ws.words[at] == "(" and ws.words[at + 2] == ")":
            word = ws.words[at + 1]
            if (
                1 < len(word) < 9
                and sum(map(str.isupper, word)) > 1
                and at + 1 not in covered | seen.places.keys()
            ):
                made.append(
                    Candidate("ORGANIZATION", at + 1, at + 2, KNOWN, "bodies:initials", head=at + 1)
                )
                covered.add(at + 1)
    return made


def _over_hyphen(seen: Context, end: int) -> int:
    """The end with the branch that a hyphen joins to English initials: "UN-Habitat"."""
    ws = seen.ws
    if ws.words[end : end + 1] != ["-"] or end + 1 >= len(ws) or ws.languages[end] != "en":
        return end
    tight = ws.ends[end - 1] == ws.starts[end] and ws.ends[end] == ws.starts[end + 1]
    named = ws.words[end + 1].istitle() or ws.words[end + 1].isupper()
    free = end + 1 not in seen.located and ws.words[end - 1].isupper() and ws.tags[end + 1] != "ADJ"
    return end + 2 if tight and named and free else end


def _with_capitals(seen: Context, at: int, end: int) -> int:
    """The end with the capitals behind a firm's name in Latin letters: "Rotary International"."""
    ws = seen.ws
    while (
        end < len(ws)
        and is_latin(ws.words[at])
        and not ws.words[at].isupper()
        and is_latin(ws.words[end])
        and ws.words[end][0].isupper()
        and ws.tags[end] == "PROPN"
        and end not in seen.people
    ):
        end += 1
    return end


def _own_names(
    seen: Context, lexicons: dict[str, BodyLexicon], covered: set[int]
) -> list[Candidate]:
    """Bodies that are known by a name of ordinary words: «Красный Крест»."""
    ws = seen.ws
    made = []
    for language, lexicon in lexicons.items():
        firsts = {name.split(" ")[0] for name in lexicon.own_names}
        keys = ws.lowers if language == "en" else ws.lemmas
        for at in ws.where("lowers" if language == "en" else "lemmas", firsts):
            for name in sorted(lexicon.own_names):
                words = name.split(" ")
                end = at + len(words)
                if keys[at:end] != words or not ws.words[at][0].isupper() or at in covered:
                    continue
                if not ws.words[end - 1][0].isupper() and is_initial(ws, at):
                    continue
                start = at
                while (
                    start
                    and ws.tags[start - 1] in ("ADJ", "PROPN")
                    and is_capital(ws, start - 1)
                    and start - 1 not in covered
                    and not (language == "ru" and is_initial(ws, start - 1))
                ):
                    start -= 1
                end = with_place(seen, end)
                made.append(Candidate("ORGANIZATION", start, end, KNOWN, "bodies:known", head=at))
                covered.update(range(at, end))
    return made


def _clubs(seen: Context, lexicon: BodyLexicon, covered: set[int]) -> list[Candidate]:
    """Sports clubs by the initials before their name: "NK Maribor", "FC Spartak Trnava"."""
    ws = seen.ws
    made = []
    for at in ws.where("words", lexicon.club_forms):
        end = at + 1
        while (
            end < min(len(ws), at + LONGEST_CLUB)
            and ws.block_of[end] == ws.block_of[at]
            and ws.words[end].istitle()
            and is_latin(ws.words[end])
        ):
            end += 1
        if end > at + 1 and covered.isdisjoint(range(at, end)):
            made.append(Candidate("ORGANIZATION", at, end, KNOWN, "bodies:club", head=at))
            covered.update(range(at, end))
    return made


def _by_shape(
    seen: Context, lexicons: dict[str, BodyLexicon], covered: set[int]
) -> list[Candidate]:
    """Initials with a case ending («КАМАЗа») and those that go on with a namesake («ТГУ им. …»)."""
    ws, lexicon = seen.ws, lexicons["ru"]
    made = []
    for at in ws.whose("words", lambda word: len(word) > 2 and word[1].isupper()):
        word = ws.words[at]
        if ws.languages[at] != "ru" or at in covered:
            continue
        if at in seen.inside or at in seen.placed:
            continue
        end, name = at + 1, None
        declined = DECLINED.fullmatch(word)
        if declined is not None:
            stem = declined[1].lower()
            driven = at > 0 and ws.lowers[at - 1] == "на"
            if driven or stem in lexicon.not_bodies or ws.lemmas[at] in lexicon.not_bodies:
                continue
            name = BodyName(declined[1], "unknown")
        elif INITIALS.fullmatch(word) and ws.lowers[end : end + 1]:
            if ws.lowers[end] not in lexicon.named_after:
                continue
            person = end + 2 if ws.words[end + 1 : end + 2] == ["."] else end + 1
            if person not in seen.people:
                continue
            end = seen.people[person]
        else:
            continue
        made.append(
            Candidate("ORGANIZATION", at, end, SHORT, "bodies:initials", head=at, data=name)
        )
        covered.update(range(at, end))
    return made


def repeated(
    seen: Context, lexicons: dict[str, BodyLexicon], found: list[Candidate]
) -> list[Candidate]:
    """Bare mentions of a name that stood in quotes or foreign letters after its kind before."""
    ws = seen.ws
    names: dict[str, set[tuple[str, ...]]] = {}
    for candidate in found:
        if candidate.score < REPEATED:
            continue
        name = _brand(seen, candidate)
        if name:
            alike = names.setdefault(name[0], set())
            if len(alike) < MOST_ALIKE:
                alike.add(name)
    covered = covered_by(found) | covered_by(c for c in ws.candidates if c.label in CLAIMED)
    made = []
    for at in ws.where("lemmas", names.keys()):
        for name in sorted(names[ws.lemmas[at]], key=lambda one: (-len(one), one)):
            end = at + len(name)
            if tuple(ws.lemmas[at:end]) != name or not ws.words[at][0].isupper():
                continue
            if not covered.isdisjoint(range(at, end)) or at in seen.places:
                continue
            start, stop = at, end
            opening = seen.inside.get(at)
            lexicon = lexicons.get(ws.languages[at])
            if opening is not None:
                if seen.quote_end[opening] - 1 != end or opening + 1 != at:
                    continue
                if lexicon is not None and is_other_title(seen, opening, lexicon):
                    continue
                start, stop = opening, end + 1
            covered.update(range(start, stop))
            made.append(
                Candidate("ORGANIZATION", start, stop, REPEATED, "bodies:repeated", head=at)
            )
    return made


def _brand(seen: Context, candidate: Candidate) -> tuple[str, ...]:
    """The words in quotes of a body, or the whole of a short one in foreign letters."""
    ws = seen.ws
    for at in range(candidate.start, candidate.end):
        end = seen.quote_end.get(at)
        if end is not None and end <= candidate.end:
            inner = tuple(ws.lemmas[at + 1 : end - 1])
            return inner if len("".join(inner)) > 3 and "«" not in inner else ()
    if candidate.why == "bodies:initials" and candidate.end - candidate.start == 1:
        return (ws.lemmas[candidate.start],)
    latin = all(word[0] < "\u0250" for word in ws.words[candidate.start : candidate.end])
    if latin and candidate.end - candidate.start < 5:
        return same_name(ws, candidate.start, candidate.end)
    return ()


def with_place(seen: Context, end: int) -> int:
    """The end with the place in the genitive that says whose it is: «МИД Японии»."""
    ws = seen.ws
    if end >= len(ws) or ws.languages[end] != "ru":
        return end
    if ws.lowers[end] in GENITIVE_TYPES:
        named = end + 2 if end + 1 < len(ws) and ws.words[end + 1] == "." else end + 1
        return seen.places.get(named, end)
    place = seen.places.get(end)
    if place is None:
        return end
    cases = cases_of(ws.lowers[end], False)
    if "gent" not in cases or "nomn" in cases:
        return end
    return seen.places.get(place + 1, place) if ws.lowers[place : place + 1] == ["по"] else place


def is_other_title(seen: Context, opening: int, lexicon: BodyLexicon) -> bool:
    """Whether the noun before a quotation says that it is no body: «программа «…»»."""
    ws = seen.ws
    low = seen.ws.sentences[ws.sentence_of[opening]][0]
    for at in range(opening - 1, max(low, opening - 8) - 1, -1):
        if ws.tags[at] == "VERB" or ws.words[at] in ".;)(":
            return False
        if ws.lemmas[at] in lexicon.other_titles:
            return True
        if ws.lemmas[at] in lexicon.kinds:
            return False
    return False
