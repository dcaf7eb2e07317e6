"""Whether words with capitals are ordinary words of their language, and so no name by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.place_adjectives import place_of_adjective
from pobratim.stages.cases import is_latin
from pobratim.stages.neural.english import is_common
from pobratim.stages.phrases import is_initial

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["in_title_case", "is_ordinary", "is_shouted"]

NAMES = frozenset({"Orgn", "Trad", "Name", "Surn", "Patr", "Geox", "Abbr", "Init"})
FUNCTION_WORDS = frozenset(
    {
        "and",
        "of",
        "the",
        "for",
        "in",
        "on",
        "at",
        "to",
        "with",
        "from",
        "by",
        "a",
        "an",
        "or",
        "’s",
        "'s",
    }
)
LONGEST_HEADING = 16
LONGEST_INITIALS = 6
LONGEST_LEAD = 8
"""The words in capitals that may begin a line before a period or colon."""
SHORT_WORD = 3


def is_ordinary(ws: Workspace, at: int) -> bool:
    """Whether the dictionary has the word, and not as a name or an abbreviation."""
    word, lower = ws.words[at], ws.lowers[at]
    if not word[0].isalpha():
        return not word[0].isdigit()
    initials = word.isupper() and 1 < len(word) <= LONGEST_INITIALS
    if initials and not is_shouted(ws, at):
        return False
    if lower in FUNCTION_WORDS:
        return True
    if is_latin(word):
        return ws.blocks[ws.block_of[at]].language != "ru" and is_common(lower)
    readings = ws.readings[at]
    if word[0].isupper() and not is_initial(ws, at) and place_of_adjective(ws.lemmas[at]):
        return False
    return is_known(lower) and bool(readings) and NAMES.isdisjoint(readings[0].grammemes)


def is_shouted(ws: Workspace, at: int) -> bool:
    """Whether a word is in capitals only because its whole heading, or what begins it, is."""
    block = ws.blocks[ws.block_of[at]]
    if block.end - block.start <= LONGEST_HEADING:
        words = [word for word in ws.words[block.start : block.end] if word.isalpha()]
        if all(word.isupper() for word in words):
            return True
    start, limit = ws.sentences[ws.sentence_of[at]]
    end = next(
        (i for i in range(at, min(limit, start + LONGEST_LEAD)) if ws.words[i] in (".", ":")), at
    )
    lead = [word for word in ws.words[start:end] if word.isalpha()]
    return bool(lead) and at - start < LONGEST_LEAD and all(word.isupper() for word in lead)


def in_title_case(ws: Workspace, at: int) -> bool:
    """Whether a word stands in a heading whose words all have capitals."""
    block = ws.blocks[ws.block_of[at]]
    if block.end - block.start > LONGEST_HEADING:
        return False
    words = [word for word in ws.words[block.start : block.end] if word[0].isalpha()]
    return len(words) > 1 and all(
        word[0].isupper() or word in FUNCTION_WORDS or len(word) < SHORT_WORD for word in words
    )
