"""How sure a phrase is the name of a body, and where it begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pobratim.lexicon.bodies import body_lexicons
from pobratim.lexicon.morphology import is_known
from pobratim.stages import phrases_russian
from pobratim.stages.cases import cases_of
from pobratim.stages.phrases import Context, Options, Phrase, is_capital
from pobratim.stages.workspace import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pobratim.lexicon.bodies import BodyLexicon
    from pobratim.stages.workspace import Workspace

__all__ = [
    "POLICIES",
    "BodyName",
    "coordinated",
    "fitted",
    "is_building",
    "is_plural",
    "score",
    "with_parent",
]


class BodyName(NamedTuple):
    """``nominative`` is the name as a list would give it; ``kind`` the sort of body, see
    :data:`pobratim.lexicon.bodies.Kind`, or ``unknown``."""

    nominative: str
    kind: str


class Policy(NamedTuple):
    """How sure a kind's phrase is a name, by its evidence; 0 where that does not make it one.

    ``place``: lower case with the place it is of; ``governed``: a capital and a place; ``theme``: a
    capital and a complement; ``adjective``: a capital before the head; ``initial``: the same where
    only the sentence gives the capital; ``proper``: a proper name in it.
    """

    place: float
    governed: float
    theme: float
    adjective: float
    initial: float
    proper: float


POLICIES = {
    "government": Policy(0.86, 0.92, 0.7, 0.7, 0.55, 0.75),
    "department": Policy(0.8, 0.9, 0.75, 0.7, 0.4, 0.75),
    "mission": Policy(0.85, 0.9, 0.6, 0.6, 0.3, 0.75),
    "science": Policy(0.5, 0.88, 0.78, 0.88, 0.75, 0.88),
    "school": Policy(0.0, 0.8, 0.7, 0.65, 0.4, 0.85),
    "health": Policy(0.0, 0.8, 0.65, 0.65, 0.45, 0.8),
    "culture": Policy(0.0, 0.8, 0.7, 0.7, 0.5, 0.8),
    "centre": Policy(0.0, 0.78, 0.72, 0.65, 0.3, 0.6),
    "association": Policy(0.3, 0.88, 0.78, 0.72, 0.4, 0.8),
    "company": Policy(0.0, 0.6, 0.4, 0.58, 0.15, 0.72),
    "ensemble": Policy(0.0, 0.7, 0.5, 0.5, 0.2, 0.55),
    "media": Policy(0.0, 0.5, 0.3, 0.45, 0.2, 0.6),
}
QUOTED, NUMBERED, QUOTED_WHOLE = 0.93, 0.85, 0.7
DESCRIBED = 0.52
FIELDS = frozenset({"centre", "association"})
"""Kinds that a field and a place identify in lower case: «центр развития спорта провинции Хубэй»."""
ALL_CAPITALS = 0.75
"""What an English office keeps of its score whose words have capitals, but which others share."""
CALLED = frozenset({"health", "culture", "science", "school"})
OFFICES = frozenset({"government", "department", "mission", "science"})
TOWN_OFFICES = frozenset({"government", "department"})
FUNCTION = frozenset({"ADP", "CCONJ", "DET", "PART"})
IN_TITLE = 0.35
"""What remains of a score inside a quotation that the phrase does not fill: someone else's title."""
SPEECH = 15


def with_parent(seen: Context, phrase: Phrase, lexicon: BodyLexicon, options: Options) -> None:
    """«Совет при Мэре города Пскова»: a body that has no name but whom it serves."""
    ws = seen.ws
    at = phrase.end
    bare = phrase.end == phrase.head + 1 and not phrase.modified
    if not bare or at + 1 >= len(ws) or ws.lowers[at] not in lexicon.before_parent:
        return
    if ws.languages[at] != "ru":
        return
    parent = phrases_russian.phrase(seen, at + 1, options)
    if parent.place and (phrase.capital or phrase.initial):
        phrase.end, phrase.place = parent.end, True


def score(seen: Context, phrase: Phrase, kind: str, lexicon: BodyLexicon) -> tuple[float, str]:
    """How sure the phrase is a name, and by which rule."""
    if _is_any_town_s(seen, phrase, kind, lexicon):
        return 0.0, "none"
    policy = POLICIES[kind]
    ws, named = seen.ws, phrase.capital or phrase.initial
    found = [(0.0, "none")]
    if phrase.quote >= 0 and not _is_no_body(seen, phrase.quote, lexicon):
        found.append((QUOTED, "quoted"))
    if (
        phrase.numbered
        and not _several(seen, phrase)
        and ws.lowers[phrase.head] not in lexicon.items
    ):
        found.append((NUMBERED if kind not in ("company", "ensemble") else 0.5, "numbered"))
    if phrase.place:
        found.append((policy.governed if phrase.capital else policy.place, "place"))
        if kind in CALLED and not phrase.capital and _is_one(seen, phrase):
            found.append((DESCRIBED, "of-place"))
    brand = phrase.brand and ws.phrase(*phrase.brand).lower() not in lexicon.not_bodies
    proper = phrase.proper and not phrase.brand and (phrase.capital or phrase.modified)
    if phrase.namesake or brand or proper:
        found.append((policy.proper, "proper"))
    if phrase.place and phrase.theme and phrase.modified and kind not in ("ensemble", "media"):
        found.append((max(0.45, policy.theme - 0.1), "place"))
    if phrase.theme and phrase.initial and (phrase.place or _has_parent(seen, phrase, lexicon)):
        found.append((policy.governed - 0.25, "place"))
    if (
        lexicon.endings
        and _is_compound(ws, phrase.head, lexicon)
        and ws.words[phrase.head].istitle()
    ):
        found.append((policy.proper, "compound"))
    if kind in CALLED and _called(seen, phrase):
        found.append((DESCRIBED, "called"))
    if phrase.theme and phrase.specific and not phrase.capital:
        found.append((policy.theme - 0.15, "theme"))
    if phrase.place and phrase.theme and kind in FIELDS and _tells_field(seen, phrase, lexicon):
        found.append((DESCRIBED, "described"))
    if phrase.parent and (kind == "department" or (named and kind in OFFICES) or phrase.modified):
        found.append((policy.theme, "parent"))
    if phrase.capital and phrase.theme:
        found.append((policy.theme, "theme"))
    elif (
        phrase.theme
        and phrase.initial
        and (kind in OFFICES or (kind == "association" and phrase.modified))
    ):
        found.append((policy.theme - 0.2, "theme"))
    if phrase.modified and is_capital(ws, phrase.start) and not is_plural(seen, phrase.head):
        sure = policy.adjective if phrase.capital else policy.initial
        if seen.ws.lemmas[phrase.head] in lexicon.needs_adjective:
            sure = max(sure, policy.theme - 0.1)
        elif not phrase.specific:
            sure *= ALL_CAPITALS if _english_office(seen, phrase, kind) else 0.5
        found.append((sure, "capital" if phrase.capital else "initial"))
    return max(found)


def _is_any_town_s(seen: Context, phrase: Phrase, kind: str, lexicon: BodyLexicon) -> bool:
    """Whether the words name an office of any town, of this one by what was said before:
    «городской Совет депутатов», "the Town Hall", "the Dutch government"."""
    ws = seen.ws
    if kind not in TOWN_OFFICES or phrase.quote >= 0 or phrase.namesake:
        return False
    if phrase.place:
        placed = kind == "department" and ws.lemmas[phrase.head] in lexicon.place_types
        return placed and not phrase.theme and not phrase.modified and not phrase.capital
    words = range(phrase.start, phrase.end)
    if ws.languages[phrase.head] == "en":
        if kind == "government" and ws.words[phrase.head][0].islower() and not phrase.theme:
            return all(ws.tags[at] == "ADJ" for at in range(phrase.start, phrase.head))
        keys = ws.lowers
    else:
        keys = ws.lemmas
    return all(
        at == phrase.head or keys[at] in lexicon.territorial or ws.tags[at] in FUNCTION
        for at in words
    )


def is_building(seen: Context, phrase: Phrase, lexicon: BodyLexicon) -> bool:
    """Whether something is in it: "in St. Peter's Church", «в ратуше Гамбурга»."""
    ws = seen.ws
    keys = ws.lowers if ws.languages[phrase.head] == "en" else ws.lemmas
    if keys[phrase.head] not in lexicon.buildings:
        return False
    before = phrase.start - 1
    if before >= 0 and ws.lowers[before] in ("the", "a", "an"):
        before -= 1
    if before < 0 or ws.lowers[before] not in lexicon.within:
        return False
    cases = cases_of(ws.lowers[phrase.head], False)
    return not cases or "loct" in cases


def _is_one(seen: Context, phrase: Phrase) -> bool:
    """Whether one body is told by its town right behind its noun: «больница Хейнолы»."""
    russian = seen.ws.languages[phrase.head] == "ru"
    return russian and phrase.head + 1 in seen.located and not is_plural(seen, phrase.head)


def _called(seen: Context, phrase: Phrase) -> bool:
    """Whether a noun is followed by an undeclined name that no dictionary has: «клиника Мейо»."""
    ws, at = seen.ws, phrase.head + 1
    if ws.languages[phrase.head] != "ru" or phrase.end != at + 1 or is_plural(seen, phrase.head):
        return False
    word = ws.words[at]
    named = word[0].isupper() and word[1:].islower() and not is_known(word.lower())
    return named and at not in seen.located and at not in seen.people


def _english_office(seen: Context, phrase: Phrase, kind: str) -> bool:
    """Whether an English office without a name has all its capitals: "the Central Committee"."""
    capitals = all(is_capital(seen.ws, at) for at in range(phrase.start, phrase.end))
    english = seen.ws.languages[phrase.head] == "en"
    return english and capitals and phrase.capital and kind in ("government", "department")


def _tells_field(seen: Context, phrase: Phrase, lexicon: BodyLexicon) -> bool:
    """Whether one body is described: «центр развития спорта», no «организация», no plural."""
    noun = seen.ws.lemmas[phrase.head]
    russian = seen.ws.languages[phrase.head] == "ru"
    return russian and noun not in lexicon.generic and not is_plural(seen, phrase.head)


def _has_parent(seen: Context, phrase: Phrase, lexicon: BodyLexicon) -> bool:
    """Whether «при» and a further body follow."""
    ws, at = seen.ws, phrase.end
    return at < len(ws) and ws.languages[at] == "ru" and ws.lowers[at] in lexicon.before_parent


def _is_compound(ws: Workspace, at: int, lexicon: BodyLexicon) -> bool:
    """Whether a word is a German name of a body: "Katharinenhospital"."""
    lower = ws.lowers[at]
    return lower not in lexicon.kinds and lower.endswith(tuple(lexicon.endings))


def _several(seen: Context, phrase: Phrase) -> bool:
    """Whether a numbered noun means several: «школ № 7 и № 8», "schools No. 7"."""
    ws, head = seen.ws, phrase.head
    if ws.languages[head] == "en":
        return ws.lowers[head].endswith("s")
    joint = ws.lowers[phrase.end : phrase.end + 2]
    if joint[:1] in (["и"], [","]) and joint[1:] in (["№"], ["n"]):
        return any("plur" in one.grammemes for one in ws.readings[head])
    nouns = [one for one in ws.readings[head] if one.pos == "NOUN"]
    return bool(nouns) and all("plur" in one.grammemes for one in nouns)


def is_plural(seen: Context, head: int) -> bool:
    """Whether a noun most likely means several."""
    if seen.ws.languages[head] == "en":
        return seen.ws.lowers[head] in body_lexicons()["en"].plurals
    first = seen.ws.readings[head][:1]
    return any("plur" in reading.grammemes for reading in first)


def coordinated(seen: Context, first: Candidate) -> Iterator[Candidate]:
    """The further quoted names of «компаниями «Север», «Юг» и «Восток»»."""
    ws, at = seen.ws, first.end
    numbered = first.why == "bodies:numbered"
    quoted = first.start in seen.quote_end and first.head is not None and first.head < first.start
    if not (quoted or numbered):
        return
    while at + 1 < len(ws) and ws.lowers[at] in (",", "и", "and") and at + 1 in seen.quote_end:
        start, end = at + 1, seen.quote_end[at + 1]
        name = BodyName(ws.phrase(start, end), "unknown")
        yield Candidate(
            "ORGANIZATION", start, end, first.score - 0.1, "bodies:coordinated", data=name
        )
        at = end


def _is_no_body(seen: Context, opening: int, lexicon: BodyLexicon) -> bool:
    """Whether what stands in quotes is known as something else: «сеть «Интернет»»."""
    inside = seen.ws.lowers[opening + 1 : seen.quote_end[opening] - 1]
    if seen.ws.words[opening + 1][0].islower():
        return True
    return " ".join(inside) in lexicon.not_bodies


def fitted(
    seen: Context, phrase: Phrase, sure: float, lexicon: BodyLexicon
) -> tuple[int, int, float]:
    """The span with the quotes that it fills; within someone else's title it is no body."""
    opening = seen.inside.get(phrase.head)
    if opening is None:
        return phrase.start, phrase.end, sure
    end = seen.quote_end[opening]
    if opening and seen.ws.lemmas[opening - 1] in lexicon.goods:
        return phrase.start, phrase.end, 0.0
    if phrase.start == opening + 1 and phrase.end >= end - 1:
        return opening, end, max(sure, QUOTED_WHOLE)
    if end - opening > SPEECH:
        return phrase.start, phrase.end, sure
    return phrase.start, phrase.end, sure * IN_TITLE
