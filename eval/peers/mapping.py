"""From another tool's spans to our records, as favourably as is honest.

Three favours, all of them written down in ``README.md``: a place is the kind of place that the gold
says it is, spans lose articles and function words at their edges, and durations are not held against a tool
that calls them dates.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pobratim.schema import (
    PLACE_LABELS,
    CountMention,
    DateMention,
    Document,
    Mention,
    Pipeline,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PLACE = "PLACE"
ANY_PLACE = "place of any kind"
FALLBACK = "CITY"

_NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,5}(?:[.,]\d{1,9})?|\d{1,15}(?:[.,]\d{1,9})?"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?")
_YEAR = re.compile(r"\d{3,4}")
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"(?:the|an?)\s{1,9}", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool found: its span, our label (or :data:`PLACE`), and the value, if it gives one."""

    label: str
    start: int
    end: int
    date: str | None = None
    number: Decimal | None = None
    unit: str | None = None
    counted: str | None = None


@cache
def _tables() -> dict[str, dict[str, object]]:
    return tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))


def labels_of(tool: str) -> Mapping[str, str]:
    """Our label for each of the tool's own that has one."""
    return {theirs: str(ours) for theirs, ours in _tables()[tool].items()}


@cache
def _words(name: str) -> frozenset[str]:
    words = _tables()["dates"][name]
    assert isinstance(words, list)
    return frozenset(words)


def is_duration(words: str) -> bool:
    """Whether a "date" only says how long or how often: no year, and a word of duration."""
    spelt = {word.lower() for word in _WORD.findall(words)}
    return not _YEAR.search(words) and not spelt.isdisjoint(_words("durations"))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without function words, white space and punctuation at its edges."""
    words = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
    edges = _words("edges")
    while words and text[slice(*words[0])].lower() in edges:
        words.pop(0)
    while words and text[slice(*words[-1])].lower() in edges:
        words.pop()
    if not words:
        return start, start
    first, last = words[0][0], words[-1][1]
    return first, last + (last < end and text[last] == "." and text[last - 1] == "г")


def name_alone(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of an English name without its article and its possessive ending."""
    article = _ARTICLE.match(text, start, end)
    first = article.end() if article else start
    ending = _POSSESSIVE.search(text[first:end])
    return first, end if ending is None else first + ending.start()


def number_in(words: str) -> Decimal | None:
    """The first number written in figures: ``1,500`` and ``1 500`` as thousands, ``2,5`` as 2.5."""
    grouped = _GROUPED.search(words)
    plain = _NUMBER.search(words)
    if grouped and plain and grouped.start() <= plain.start():
        return Decimal(grouped[0].replace(",", ""))
    if plain is None:
        return None
    return Decimal(re.sub(r"\s", "", plain[0]).replace(",", "."))


def document(tool: str, version: str, text: str, found: Iterable[Found]) -> Document:
    """The tool's findings as a document; a span that is empty or found twice is left out."""
    mentions: list[Mention] = []
    seen: set[tuple[str, int, int]] = set()
    for one in sorted(found, key=lambda f: (f.start, -f.end, f.label)):
        key = (one.label, one.start, one.end)
        if one.start >= one.end or key in seen:
            continue
        seen.add(key)
        mentions.append(_mention(f"m{len(mentions)}", text, one))
    return Document(
        id="text",
        source=Source(uri="text"),
        text=text,
        mentions=mentions,
        pipeline=Pipeline(name=tool, version=version),
    )


def _mention(name: str, text: str, one: Found) -> Mention:
    span = {"id": name, "start": one.start, "end": one.end, "text": text[one.start : one.end]}
    if one.label == "DATE":
        return DateMention(label="DATE", value=one.date, **span)
    if one.label == "COUNT":
        return CountMention(
            label="COUNT", value=one.number, unit=one.unit, counted=one.counted, **span
        )
    if one.label == PLACE:
        return Mention(label=FALLBACK, why=ANY_PLACE, **span)
    return Mention.model_validate({"label": one.label, **span})


def settle_places(
    system: Sequence[Mention],
    gold: Sequence[Mention],
    kinds: Mapping[str, frozenset[str]] | None = None,
) -> list[Mention]:
    """``system`` with each place of any kind labelled as the gold place it overlaps.

    The gold place with an equal span decides, otherwise the one that shares most with it; a place
    where gold has none stays a ``CITY``, which is wrong whatever the label. ``kinds`` has the labels that
    are right for a gold place, by its id, where that is more than its own: then they all count.
    """
    places = [one for one in gold if one.label in PLACE_LABELS]
    settled = []
    for mention in system:
        best = _likeliest(places, mention) if mention.label in PLACE_LABELS else None
        if best is not None:
            allowed = (kinds or {}).get(best.id, frozenset({best.label}))
            if mention.why == ANY_PLACE or mention.label in allowed:
                settled.append(mention.model_copy(update={"label": best.label}))
                continue
        settled.append(mention)
    return settled


def shared(one: Mention, other: Mention) -> int:
    """How many code points two mentions share; zero or less where they do not overlap."""
    return min(one.end, other.end) - max(one.start, other.start)


def _likeliest(places: Iterable[Mention], mention: Mention) -> Mention | None:
    def likeness(place: Mention) -> tuple[bool, int]:
        equal = (place.start, place.end) == (mention.start, mention.end)
        return equal, shared(place, mention)

    overlapping = [place for place in places if shared(place, mention) > 0]
    return max(overlapping, key=likeness, default=None)
