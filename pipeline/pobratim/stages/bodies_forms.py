"""Bodies that their legal form gives away: «ООО «Север»», "Vologda Lace Ltd"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pobratim.stages.bodies_judged import BodyName, fitted
from pobratim.stages.phrases import DASHES, Context, Phrase, is_capital
from pobratim.stages.workspace import Candidate

if TYPE_CHECKING:
    from pobratim.lexicon.bodies import BodyLexicon

__all__ = ["dotted", "formed"]

FORM = 0.95
DOTTED = re.compile(
    r"(?<=\s)(?:e\.\s?V\.|E\.P\.|S\.A\.(?: de C\.V\.)?|S\.p\.A\.|S\.[LR]\.L\.|S\.L\.|s\.r\.o\.|r\.o\."
    r"|a\.s\.|z\.\s?s\.|o\.p\.s\.|o\.s\.|d\.o\.o\.|Sp\. z o\.\s?o\.|B\.V\.|N\.V\.|A\.Ş\.|A\.S\.|S\.C\."
    r"|P\.L\.C\.|L\.L\.C\.|Ltda\.|C\.I\.C\.|gGmbH|mbH|EAD|EOOD|OOD|CIC|CIO|CJSC|PJSC|o\.o\.|Kft\.?|Zrt\.?|Nyrt\.?)(?!\w)"
)
"""Legal forms with periods, or rare ones, behind a name in Latin letters."""
LINKS = frozenset(
    {
        "of",
        "de",
        "da",
        "do",
        "di",
        "del",
        "la",
        "der",
        "des",
        "du",
        "&",
        "and",
        "für",
        "for",
        "y",
        "e",
    }
)
LONGEST = 10


def formed(seen: Context, head: int, lexicon: BodyLexicon) -> Candidate | None:
    """A legal form with the name it belongs to: «ООО «Север»», "Vologda Lace Ltd"."""
    ws = seen.ws
    at = head + 1
    while at < len(ws) and ws.words[at] in lexicon.tail:
        at += 1
    place = _place_between(seen, at, lexicon)
    opening = at if at in seen.quote_end else place
    if opening is not None and opening in seen.quote_end:
        end = seen.quote_end[opening]
        name = BodyName(ws.phrase(head, end), "company")
        return Candidate("ORGANIZATION", head, end, FORM, "bodies:form", head=head, data=name)
    english = ws.words[head] in lexicon.legal and ws.languages[head] == "en"
    if english or ws.words[head][0] < "\u0400":
        return _suffixed(seen, head, lexicon)
    return None


def _place_between(seen: Context, at: int, lexicon: BodyLexicon) -> int | None:
    """Where the quotes begin in «МУП г. Твери «…»»."""
    ws, limit = seen.ws, min(at + 6, len(seen.ws))
    while at < limit and at not in seen.quote_end:
        known = seen.places.get(at)
        if known is not None:
            at = known
        elif ws.lemmas[at] in lexicon.place_types or ws.words[at] == "." or is_capital(ws, at):
            at += 1
        else:
            return None
    return at if at < limit else None


def _suffixed(seen: Context, head: int, lexicon: BodyLexicon) -> Candidate | None:
    """ "China Example Engineering Co., Ltd": the capitals before a legal form and all its parts."""
    ws = seen.ws
    low, high = seen.bounds(head)
    start, end = head, head + 1
    while start > low and head - start < 10:
        word = ws.words[start - 1]
        legal = word == "," and ws.words[start] in lexicon.legal
        dash = word in DASHES and ws.starts[start] == ws.ends[start - 1]
        if not (word[0].isupper() or legal or word == "&" or dash) or word in lexicon.leading:
            break
        start -= 1
    while start < head and (
        not ws.words[start][0].isalnum() or ws.lowers[start] in ("the", "a", "an")
    ):
        start += 1
    if start == head or (ws.lowers[start] in lexicon.descriptive and start + 1 == head):
        return None
    while end < high and ws.words[end] in lexicon.legal | {".", ","}:
        end += 1
    while ws.words[end - 1] == "," or (ws.words[end - 1] == "." and end == high):
        end -= 1
    name = BodyName(ws.phrase(start, end), "company")
    start, end, sure = fitted(seen, Phrase(start, end, head), FORM, lexicon)
    return Candidate("ORGANIZATION", start, end, sure, "bodies:form", head=head, data=name)


def dotted(seen: Context, found: list[Candidate]) -> list[Candidate]:
    """The bodies with the legal forms behind them, and the capitals before such a form as ones:
    "Städtepartnerschaftsverein Kleve e.V.", "Porto de Luanda E.P."."""
    ws = seen.ws
    covering = {at: body for body in found for at in range(body.start, body.end)}
    for form in DOTTED.finditer(ws.text):
        first, end = ws.words_between(form.start(), form.end())
        if first == 0 or end <= first or ws.block_of[first - 1] != ws.block_of[first]:
            continue
        start = _run_back(seen, first)
        body = covering.get(first - 1)
        if body is not None and body.end >= first:
            body.end = max(body.end, end)
            body.start = (
                min(body.start, start) if _is_free(covering, start, body.start) else body.start
            )
            body.data = BodyName(ws.phrase(body.start, body.end), "company")
        elif start < first and _is_free(covering, start, first):
            name = BodyName(ws.phrase(start, end), "company")
            found.append(
                Candidate("ORGANIZATION", start, end, FORM, "bodies:form", head=start, data=name)
            )
    return sorted(found, key=lambda body: (body.start, body.end))


def _is_free(covering: dict[int, Candidate], start: int, end: int) -> bool:
    return all(at not in covering for at in range(start, end))


def _run_back(seen: Context, first: int) -> int:
    """Where the capitals before a legal form begin, words that link them among them."""
    ws = seen.ws
    low, _ = seen.bounds(first - 1)
    start = first
    while start > low and first - start < LONGEST:
        word = ws.words[start - 1]
        joint = word.lower() in LINKS and start - 2 >= low and ws.words[start - 2][0].isupper()
        dash = word in DASHES and ws.starts[start] == ws.ends[start - 1]
        if not (word[0].isupper() or dash or (joint and start < first)):
            break
        start -= 1
    while start < first and (
        not ws.words[start][0].isalnum() or ws.lowers[start] in ("the", "a", "an", *LINKS)
    ):
        start += 1
    return start
