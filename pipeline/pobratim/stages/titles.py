"""How far the words of a title reach: its modifiers to the left, what completes it to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pobratim.stages.title_bodies import english_body_end, russian_body_end
from pobratim.stages.words_of import has_case, lemmas_of

if TYPE_CHECKING:
    from pobratim.lexicon.offices import Head, OfficeLexicon
    from pobratim.stages.workspace import Workspace

__all__ = ["Surroundings", "english_end", "russian_end"]

LONGEST = 16
LONGEST_TYPE = 8
MOST_KINDS = 3
OPENING = frozenset('«“„"№')
JOINED_BY = frozenset({"с", "со"})
SPHERES = frozenset({"сфера", "область"})
NAMED_AFTER = frozenset({"имени", "им"})
ENGLISH_JOINERS = frozenset({"and", "&", ",", "of", "-", "/", "the"})
NOUNS = ("NOUN", "PROPN")


class Surroundings(NamedTuple):
    """Which words begin and end a person's name, and the label of the place that begins at a word."""

    persons: frozenset[int]
    surnames: frozenset[int]
    places: dict[int, str]


def russian_end(
    ws: Workspace, lex: OfficeLexicon, head: Head, at: int, around: Surroundings
) -> int:
    """The end of a title whose last noun is word ``at``."""
    limit = _limit(ws, at)
    end = at + 1
    for words in lex.after:
        if tuple(ws.lowers[end : end + len(words)]) == words:
            return end + len(words)
    if head.word in lex.in_charge and end < limit and ws.words[end][0].islower():
        end += has_case(ws, end, ABLT, pos=NOUNS)
    territory = _territory(ws, lex, head, end, limit, around)
    body = russian_body_end(ws, lex, end, limit, around.persons) if head.completed else end
    if territory:
        end = territory
    elif body > end:
        return body
    elif head.completed or head.fields:
        last, nouns = _genitives(ws, lex, end, limit)
        inner = bool(nouns) and not nouns[0].isdisjoint(lex.inner_units)
        inner = inner or (bool(nouns) and _is_council(ws, lex, end, last, nouns))
        if nouns and inner and last < limit and ws.lowers[last] == "по":
            last = _field(ws, lex, last, limit, around)
        always = inner or (head.fields and not head.completed)
        if inner and _named_parent(ws, lex, last, limit, around):
            return end
        if inner and len(nouns) > 1 and last < limit and ws.words[last][0] in OPENING:
            last -= 1
        if nouns and (always or not _name_follows(ws, lex, last, limit, around)):
            end = last
    if end < limit and any(ws.lowers[end] == words[0] for words in lex.prepositions):
        end = _field(ws, lex, end, limit, around)
    return end


def _named_parent(
    ws: Workspace, lex: OfficeLexicon, at: int, limit: int, around: Surroundings
) -> bool:
    """Whether a unit is of a body with a name: «начальник [отдела мэрии Камо]», a body by itself."""
    while at + 1 < limit and not lemmas_of(ws, at).isdisjoint(lex.generic):
        at += 1
    if at + 1 >= limit or lemmas_of(ws, at).isdisjoint(lex.parents | lex.embassies):
        return False
    place = at + 1
    while place < limit and not lemmas_of(ws, place).isdisjoint(lex.places | {"."}):
        place += 1
    return place < limit and place in around.places


def _territory(
    ws: Workspace, lex: OfficeLexicon, head: Head, at: int, limit: int, around: Surroundings
) -> int:
    """The end of «города» without a name or of «городского округа» behind a mayor; 0 if neither."""
    governor = head.office == "governor"
    if at >= limit:
        return 0
    if head.office != "mayor" and not governor and head.word != "глава":
        return _officer(ws, lex, head, at, around)
    typed = ws.lowers[at] in lex.territories and at + 1 < limit
    noun = at + 1 if typed else at
    if lemmas_of(ws, noun).isdisjoint(lex.places) or ws.words[at][0].isupper():
        return 0
    if typed:
        return noun + 1 if has_case(ws, noun, GENT, pos=NOUNS) else 0
    if ws.lowers[at] not in (lex.of_region if governor else lex.of_city) or _led(ws, lex, at):
        return 0
    follower = at + 1
    if follower < limit:
        word = ws.words[follower]
        named = follower in around.places or word[0] in OPENING or word == "-"
        if named or (word[0].isupper() and not _person_follows(ws, follower, limit, around)):
            return 0
    return at + 1


def _officer(ws: Workspace, lex: OfficeLexicon, head: Head, at: int, around: Surroundings) -> int:
    """The end of «города» between another office and its holder: «казначей города Иван Петров»."""
    return (
        at + 1
        if head.completed and ws.lowers[at] in lex.of_city and at + 1 in around.persons
        else 0
    )


def _led(ws: Workspace, lex: OfficeLexicon, at: int) -> bool:
    """Whether «во главе с» stands before, so that «города» means the city just named."""
    low = max(ws.sentences[ws.sentence_of[at]][0], at - 5)
    before = ws.lowers[low:at]
    return any(
        tuple(before[start : start + len(words)]) == words
        for words in lex.led
        for start in range(len(before))
    )


def _person_follows(ws: Workspace, at: int, limit: int, around: Surroundings) -> bool:
    """Whether a person's name begins: a model saw it, or initials or two capitals stand there."""
    if at in around.persons:
        return True
    following = ws.words[at + 1 : at + 2] if at + 1 < limit else []
    return bool(following) and (following[0] == "." or following[0][0].isupper())


def _is_council(
    ws: Workspace, lex: OfficeLexicon, start: int, end: int, nouns: list[set[str]]
) -> bool:
    """Whether «городского совета» follows, which tells the office more than it names a body."""
    if nouns[-1].isdisjoint(lex.councils) or not 2 <= end - start <= MOST_KINDS:
        return False
    kinds = range(start, end - 1)
    return any(
        ws.lowers[at] in lex.territories or not lemmas_of(ws, at).isdisjoint(lex.creeds)
        for at in kinds
    )


def _limit(ws: Workspace, at: int) -> int:
    return min(ws.sentences[ws.sentence_of[at]][1], at + LONGEST)


GENT = frozenset({"gent", "gen2"})
FIELD = frozenset({"datv", "gent", "gen2"})
ABLT = frozenset({"ablt"})


def _genitives(
    ws: Workspace, lex: OfficeLexicon, start: int, limit: int
) -> tuple[int, list[set[str]]]:
    """The end of the lower-case genitives from ``start``, and the lemmas of each noun in them."""
    last = start
    nouns: list[set[str]] = []
    at = start
    while at < limit:
        word = ws.lowers[at]
        if word in ("и", ",") and nouns and last == at:
            if not _continues(ws, lex, at + 1, limit, comma=word == ","):
                break
            at += 1
            continue
        if not ws.words[at][0].islower() or word in lex.forms:
            break
        lemmas = lemmas_of(ws, at)
        territory = not lemmas.isdisjoint(lex.places)
        if not lemmas.isdisjoint(lex.bound_places):
            territory = ws.lowers[at - 1] in lex.territories
        if territory or (nouns and (word in NAMED_AFTER or not lemmas.isdisjoint(lex.parents))):
            break
        if has_case(ws, at, GENT, pos=NOUNS):
            last = at + 1
            nouns.append(lemmas)
        elif not has_case(ws, at, GENT, pos=("ADJ",)):
            break
        at += 1
    return last, nouns


def _continues(ws: Workspace, lex: OfficeLexicon, at: int, limit: int, *, comma: bool) -> bool:
    """Whether a lower-case list goes on behind «и», or behind a comma if an «и» is still to come."""
    if at >= limit or not ws.words[at][0].islower() or ws.lowers[at] in lex.forms:
        return False
    if not lemmas_of(ws, at).isdisjoint(lex.places) or not has_case(
        ws, at, FIELD, pos=(*NOUNS, "ADJ")
    ):
        return False
    if not comma:
        return True
    stop = min(limit, at + 6)
    for index in range(at, stop):
        if ws.lowers[index] == "и":
            return _continues(ws, lex, index + 1, limit, comma=False)
        if not has_case(ws, index, FIELD, pos=(*NOUNS, "ADJ")) and ws.lowers[index] != ",":
            return False
    return False


def _name_follows(
    ws: Workspace, lex: OfficeLexicon, at: int, limit: int, around: Surroundings
) -> bool:
    """Whether the words so far are the beginning of a body's name, which is no part of a title."""
    if at >= limit:
        return False
    word, lower = ws.words[at], ws.lowers[at]
    if lower in NAMED_AFTER:
        return True
    if at in around.persons or _honorific(lower) or _initials_follow(ws, at, limit):
        return False
    if lower == "по" or word[0] in OPENING or at in around.places:
        return True
    parent = at
    while parent + 1 < limit and not lemmas_of(ws, parent).isdisjoint(lex.generic):
        parent += 1
    if not lemmas_of(ws, parent).isdisjoint(lex.parents):
        return _place_follows(ws, parent + 1, limit, around)
    return word[0].isupper() or not lemmas_of(ws, at).isdisjoint(lex.places)


def _initials_follow(ws: Workspace, at: int, limit: int) -> bool:
    """Whether two initials stand behind a capitalised word, the holder's surname."""
    behind = ws.words[at + 1 : min(at + 5, limit)]
    letters, marks = behind[0:4:2], behind[1:4:2]
    return marks == [".", "."] and all(len(one) == 1 and one.isupper() for one in letters)


def _place_follows(ws: Workspace, at: int, limit: int, around: Surroundings) -> bool:
    """Whether a place stands at ``at``, or behind its type word: «администрации г. Твери»."""
    return any(
        place in around.places and all(len(word) < LONGEST_TYPE for word in ws.words[at:place])
        for place in range(at, min(at + 3, limit))
    )


def _honorific(lower: str) -> bool:
    return lower.startswith(("г-н", "г-ж", "госпо", "тов"))


def _field(ws: Workspace, lex: OfficeLexicon, start: int, limit: int, around: Surroundings) -> int:
    """The end of «по вопросам культуры и спорта» that begins at ``start``; ``start`` if it is none."""
    at = start + 1
    if at >= limit or not ws.words[at][0].islower():
        return start
    lemmas = lemmas_of(ws, at)
    if not lemmas.isdisjoint(lex.stops) or not lemmas.isdisjoint(lex.places):
        return start
    if not has_case(ws, at, frozenset({"datv"}), pos=(*NOUNS, "ADJ")):
        return start
    last = start
    cases = FIELD
    while at < limit:
        word = ws.lowers[at]
        if word in ("и", ",") and last == at:
            if not _continues(ws, lex, at + 1, limit, comma=word == ","):
                break
            at += 1
            continue
        if word in JOINED_BY and last == at:
            cases = ABLT | GENT
            at += 1
            continue
        if word in ("в", "во") and at + 1 < limit and lemmas_of(ws, at + 1) & SPHERES:
            last = at + 2
            at += 2
            continue
        if not ws.words[at][0].islower() or word in lex.forms:
            break
        if not lemmas_of(ws, at).isdisjoint(lex.places):
            break
        if at > start + 1 and _named_parent(ws, lex, at, limit, around):
            break
        if has_case(ws, at, cases, pos=NOUNS):
            last = at + 1
        elif not has_case(ws, at, cases, pos=("ADJ",)):
            break
        at += 1
    return last


def english_end(
    ws: Workspace, lex: OfficeLexicon, head: Head, at: int, around: Surroundings
) -> int:
    """The end of a title whose head noun is word ``at``."""
    limit = _limit(ws, at)
    end = at + 1
    if ws.lowers[at] in lex.shortened and end < limit and ws.words[end] == ".":
        return end + 1
    for words in lex.after:
        if tuple(ws.lowers[end : end + len(words)]) == words:
            end += len(words)
            break
    if end + 1 < limit and (whole := _of_city(ws, lex, end, limit, around)) > end:
        return whole
    if end + 1 < limit and ws.lowers[end] == "of" and (head.completed or head.fields):
        end = _of(ws, lex, head, end, limit, around)
    if end == at + 1 and head.fields and (portfolio := _portfolio(ws, lex, end, limit)) > end:
        return portfolio
    for words in lex.prepositions:
        if tuple(ws.lowers[end : end + len(words)]) == words:
            start = end + len(words)
            last = _english_field(ws, lex, start, limit, around)
            if last > start and ws.lowers[start] not in lex.stops:
                return last
    return end


def _portfolio(ws: Workspace, lex: OfficeLexicon, start: int, limit: int) -> int:
    """The end of the field that follows a title directly: "Director Community Services"."""
    at = last = start
    while at < limit:
        lower = ws.lowers[at]
        if lower in lex.fields and ws.words[at][0].isupper():
            last = at + 1
        elif lower not in ("and", "&") or last == start:
            break
        at += 1
    return last if last - start > 1 else start


def _of_city(
    ws: Workspace, lex: OfficeLexicon, start: int, limit: int, around: Surroundings
) -> int:
    """The end of "of the city" or "of the city administration" that no name follows, or ``start``."""
    if ws.lowers[start : start + 2] != ["of", "the"] or start + 2 >= limit:
        return start
    if ws.lowers[start + 2] not in lex.of_city:
        return start
    end = start + 3
    if end < limit and ws.lowers[end] in lex.inner_units:
        end += 1
    if end >= limit or end in around.persons:
        return end
    if ws.tags[end] in ("VERB", "AUX") and ws.words[end][0].islower():
        return end
    named = ws.lowers[end] == "of" or ws.words[end][0] in OPENING or ws.words[end][0].isupper()
    return start if named or end in around.places or ws.words[end][0].isalpha() else end


def _of(
    ws: Workspace, lex: OfficeLexicon, head: Head, start: int, limit: int, around: Surroundings
) -> int:
    """The end of "of foreign affairs" or "of the board" that begins at ``start``, or ``start``."""
    first = start + 1
    if ws.lowers[first] in ("the", "a", "an", "its", "their", "our"):
        first += 1
    if first >= limit or first in around.places:
        return start
    body_end = english_body_end(ws, lex, first, limit, around.persons)
    if head.completed and body_end > first:
        return body_end
    if head.fields and ws.lowers[first] in lex.fields and ws.lowers[first] not in lex.places:
        last = _english_field(ws, lex, first, limit, around)
        bare = first == start + 1
        body = any(
            lower in lex.units and not (bare and lower in lex.domains)
            for lower in ws.lowers[first : last + 1]
        )
        if last > first and not body:
            return last
    if not head.completed or not ws.words[first][0].islower():
        return start
    last = first
    while (
        last < limit and ws.words[last][0].islower() and ws.tags[last] in ("NOUN", "ADJ", "PROPN")
    ):
        last += 1
    nouns = ws.lowers[first:last]
    if (
        not nouns
        or ws.tags[last - 1] == "ADJ"
        or any(
            not lex.places.isdisjoint((ws.lowers[at], ws.lemmas[at])) for at in range(first, last)
        )
    ):
        return start
    if nouns[-1] in lex.inner_units or not _english_name(ws, last, limit, around):
        return _of_field(ws, lex, last, limit, around)
    return start


def _of_field(
    ws: Workspace, lex: OfficeLexicon, start: int, limit: int, around: Surroundings
) -> int:
    """The end of "of culture" behind a unit without a name: "head of the department of culture"."""
    first = start + 1
    if first >= limit or ws.lowers[start] != "of" or ws.lowers[first] not in lex.fields:
        return start
    if not ws.words[first][0].islower() or ws.lowers[first] in lex.places:
        return start
    return max(start, _english_field(ws, lex, first, limit, around))


def _english_name(ws: Workspace, at: int, limit: int, around: Surroundings) -> bool:
    """Whether a name follows, directly or behind "of", so that the words before it are its own."""
    if at >= limit or at in around.persons:
        return False
    if ws.lowers[at] in ("of", "in", "at") and at + 1 < limit:
        at += 1
        if ws.lowers[at] == "the" and at + 1 < limit:
            at += 1
        return ws.words[at][0].isupper() and ws.lowers[at - 1] != "in"
    return ws.words[at][0].isupper() or ws.words[at][0] in OPENING


def _english_field(
    ws: Workspace, lex: OfficeLexicon, start: int, limit: int, around: Surroundings
) -> int:
    """The end of the words for a field of responsibility from ``start``."""
    at = last = start
    while at < limit:
        word, lower = ws.words[at], ws.lowers[at]
        if at in around.persons or (at in around.places and lower not in lex.fields):
            break
        if lower in ENGLISH_JOINERS:
            if lower == "," and not _joins(ws, lex, at, limit):
                break
        elif lower in lex.fields or (
            word[0].islower() and ws.tags[at] in ("NOUN", "ADJ") and lower not in lex.stops
        ):
            last = at + 1
        else:
            break
        at += 1
    return last


def _joins(ws: Workspace, lex: OfficeLexicon, at: int, limit: int) -> bool:
    """Whether a comma stands within a list of fields that an "and" closes."""
    after = at + 1
    if after >= limit or ws.lowers[after] not in lex.fields:
        return False
    return "and" in ws.lowers[after : min(limit, after + 6)]
