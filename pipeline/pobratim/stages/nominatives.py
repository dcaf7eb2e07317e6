"""Russian names as a list would give them: head and adjectives in the nominative."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pobratim.lexicon.morphology import analyzer, forms
from pobratim.stages.cases import is_number
from pobratim.stages.phrases import DASHES

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["nominative"]


def nominative(ws: Workspace, start: int, head: int, end: int) -> str:
    """Words ``start`` to ``end`` with the head and what agrees with it before it in the nominative."""
    parts, at = [], start
    last = ws.ends[end - 1]
    plural = _is_plural(ws, start, head)
    for index in range(start, head + 1):
        word = ws.words[index]
        if index - 2 >= start and ws.words[index - 1] in DASHES and is_number(ws.words[index - 2]):
            parts.append(_ordinal_ending(ws.lemmas[head]))
        else:
            parts.append(_upright(word, ws.lemmas[head], index == head, plural))
        following = ws.starts[index + 1] if index + 1 < end else last
        parts.append(ws.text[ws.ends[index] : following] if index < head else "")
        at = index + 1
    parts.append(ws.text[ws.ends[at - 1] : last])
    return " ".join("".join(parts).split())


def _is_plural(ws: Workspace, start: int, head: int) -> bool:
    """Whether the head can only be, or by the adjective before it must be, a plural."""
    if head > start:
        adjectives = [one for one in ws.readings[head - 1] if one.pos == "ADJ"]
        if adjectives:
            return all("plur" in one.grammemes for one in adjectives)
    nouns = [one for one in ws.readings[head] if one.pos == "NOUN"]
    return bool(nouns) and all("plur" in one.grammemes for one in nouns)


@lru_cache(maxsize=1_000)
def _ordinal_ending(noun: str) -> str:
    """The ending of «33-й» that goes with a noun in the nominative singular."""
    return {"femn": "я", "neut": "е"}.get(_gender(noun), "й")


@lru_cache(maxsize=1_000)
def _gender(noun: str) -> str:
    return str(analyzer().parse(noun)[0].tag.gender or "")


@lru_cache(maxsize=20_000)
def _upright(word: str, noun: str, is_head: bool, plural: bool) -> str:
    """One word in the nominative, in the spelling's own capitals."""
    form, number = word.lower(), "plur" if plural else "sing"
    if is_head:
        parses = [p for p in analyzer().parse(form) if p.normal_form == noun]
    else:
        parses = [p for p in analyzer().parse(form) if p.tag.POS in ("ADJF", "PRTF")]
    parses = [p for p in parses if p.tag.number in (number, None)] or parses
    if not parses or any("nomn" in p.tag.grammemes for p in parses[:1]):
        return word
    wanted = {"nomn", parses[0].tag.number or number}
    gender = "" if is_head else _gender(noun) or str(parses[0].tag.gender or "")
    if gender and "plur" not in wanted:
        wanted.add(gender)
    if gender and any(wanted <= p.tag.grammemes for p in parses):
        return word
    upright = forms(parses[0], frozenset(wanted))
    if not upright:
        return word
    plain = max(upright, key=lambda other: _shared(form, other))
    if "ё" not in form:
        plain = plain.replace("ё", "е")
    if word.isupper() and len(word) > 1:
        return plain.upper()
    return "-".join(
        part[:1].upper() + part[1:] if old[:1].isupper() else part
        for part, old in zip(plain.split("-"), word.split("-"), strict=False)
    )


def _shared(one: str, other: str) -> int:
    """How many letters two forms begin with together."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
