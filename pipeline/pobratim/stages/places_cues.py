"""What the words beside a name tell of its kind: "city of", «провинция», «чешский», "Street"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.bodies import body_lexicons
from pobratim.lexicon.gazetteer import normalise
from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.names import name_lexicon
from pobratim.lexicon.place_adjectives import place_of_adjective
from pobratim.stages.cases import cases_of

if TYPE_CHECKING:
    from pobratim.lexicon.gazetteer import Place
    from pobratim.lexicon.placing import PlacingLexicon
    from pobratim.stages.workspace import Workspace

__all__ = ["cue_of", "is_locative", "is_of_nation", "is_told", "qualifies"]

CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
NUMBERS = frozenset({"sing", "plur"})
MOST_ADJECTIVES = 3


def cue_of(
    ws: Workspace, start: int, end: int, options: tuple[Place, ...], lexicon: PlacingLexicon
) -> str:
    """``city``, ``region``, ``country`` or ``other`` where a word beside the name says so."""
    first, last = ws.sentences[ws.sentence_of[start]]
    before = start - 1
    block = ws.blocks[ws.block_of[start]]
    while before >= first and (
        ws.words[before] in (".", "the", "of", "The")
        or (ws.words[before] == ":" and start == block.value)
    ):
        before -= 1
    if before > first and tuple(ws.lowers[before - 1 : before + 1]) in lexicon.behalf:
        return ""
    holder = before == start - 1 and ws.lemmas[before] in lexicon.holders
    if before >= first and not holder:
        found = _beside(ws, before, lexicon)
        if found == "other" and _is_of_body(ws, before, start, options):
            return ""
        if found:
            return found
    if end < last and ws.languages[start] == "en":
        lemma = ws.lemmas[end]
        if lemma in lexicon.region and ws.words[end][0].islower():
            return "region"
        if lemma in lexicon.led and start > first:
            return "city"
        other = lemma in lexicon.other or lemma in lexicon.other_behind
        if other and ws.lowers[end] not in name_lexicon()["en"].honorifics:
            return "" if _names_body(ws, end, last) else "other"
    if end < last and ws.lemmas[end] in lexicon.region_after and ws.words[end].islower():
        return "region"
    return ""


def is_locative(ws: Workspace, start: int, lexicon: PlacingLexicon) -> bool:
    """Whether a preposition of place leads to the name: «из Лахти», "in Luleå"."""
    first = ws.sentences[ws.sentence_of[start]][0]
    return start > first and ws.lowers[start - 1] in lexicon.locative


def _beside(ws: Workspace, at: int, lexicon: PlacingLexicon) -> str:
    for lemma in (ws.lemmas[at], ws.lowers[at]):
        if lemma in lexicon.other:
            return "other"
        if lemma in lexicon.city or lemma in lexicon.cities:
            return "city"
        if lemma in lexicon.region:
            return "region"
        if lemma in lexicon.country:
            return "country"
    return ""


def _is_of_body(ws: Workspace, at: int, start: int, options: tuple[Place, ...]) -> bool:
    """Whether a body's noun has its town in the genitive behind it: «театр Кракова»."""
    lexicon = body_lexicons().get(ws.languages[at])
    if ws.languages[at] != "ru" or lexicon is None or ws.lemmas[at] not in lexicon.kinds:
        return False
    plain = normalise(ws.words[start])
    listed = any(normalise(place.name_ru or "") == plain for place in options)
    return not listed and "gent" in cases_of(ws.lowers[start], False)


def _names_body(ws: Workspace, at: int, last: int) -> bool:
    """Whether a body's name goes on behind an English place: "Kiel Museum", "Poti Sea Port"."""
    kinds = body_lexicons()["en"].kinds
    first = at
    while at < last and (ws.words[at].istitle() or ws.words[at].isupper()):
        kind = kinds.get(ws.lowers[at])
        if kind is not None and kind != "centre":
            return True
        at += 1
    return at == first and kinds.get(ws.lowers[at]) in ("culture", "ensemble", "media")


def is_told(ws: Workspace, start: int, lexicon: PlacingLexicon) -> bool:
    """Whether a town's word and "of" or the genitive tell of a name, whatever else it means: "Mayor of
    Reading", «мэр Грозного»."""
    first = ws.sentences[ws.sentence_of[start]][0]
    if ws.languages[start] == "ru":
        led = start > first and ws.lemmas[start - 1] in lexicon.told
        return led and "gent" in cases_of(ws.lowers[start], True)
    before = start - 2
    return before >= first and ws.lowers[start - 1] == "of" and ws.lowers[before] in lexicon.told


def is_of_nation(ws: Workspace, start: int, end: int, options: tuple[Place, ...]) -> bool:
    """Whether a Russian adjective of its country stands right before a town: «чешский Хеб»."""
    before = start - 1
    if ws.languages[start] != "ru" or end - start > 1:
        return False
    if before < ws.sentences[ws.sentence_of[start]][0] or not cases_of(ws.lowers[before], True):
        return False
    country = place_of_adjective(ws.lemmas[before])
    if country is None or country.kind != "country":
        return False
    cases = cases_of(ws.lowers[start], False)
    agrees = not cases or bool(cases & cases_of(ws.lowers[before], True))
    return agrees and any(p.kind == "city" and p.country == country.country for p in options)


def qualifies(ws: Workspace, start: int, end: int) -> bool:
    """Whether the name is an adjective of the noun behind it: «Советского района», «Белом доме»,
    «Дзержинском краеведческом музее»."""
    if end - start > 1:
        return False
    forms = _forms(ws, start, "ADJ")
    limit = min(ws.sentences[ws.sentence_of[start]][1], end + MOST_ADJECTIVES)
    at = end
    while forms and at < limit and ws.tags[at] != "ADP":
        if forms & _forms(ws, at, "NOUN"):
            return ws.words[at][0].islower() or is_known(ws.lowers[at])
        forms &= _forms(ws, at, "ADJ")
        at += 1
    return False


def _forms(ws: Workspace, at: int, pos: str) -> set[tuple[str, str]]:
    """The cases and numbers that a word may stand in as a noun, by its first readings, or adjective."""
    readings = ws.readings[at] if pos == "ADJ" else ws.readings[at][:2]
    return {
        (case, number)
        for one in readings
        if one.pos == pos and not (pos == "ADJ" and "ADJS" in one.grammemes)
        for case in one.grammemes & CASES
        for number in one.grammemes & NUMBERS
    }
