"""Reading a suite's corpus: what it says, in our labels, and what it does not tell."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peers.mapping import PLACE

from external.values import READERS
from pobratim.lexicon.gazetteer import gazetteer
from pobratim.schema import PLACE_LABELS, DateMention, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}


@dataclass(frozen=True, slots=True)
class Suite:
    """A line of ``suites.toml``, which says what the fields mean."""

    name: str
    file: str
    language: str
    about: str
    characters: int
    labels: dict[str, str]
    unsure: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    flat: bool = False
    dates: str | None = None

    @property
    def scored(self) -> frozenset[str]:
        """Our labels that the corpus annotates."""
        ours = set(self.labels.values())
        return frozenset(ours - {PLACE} | (PLACE_LABELS if PLACE in ours else frozenset()))


@dataclass(slots=True)
class Text:
    """One text of a corpus.

    ``kinds`` holds, for a gold place of untold kind, the labels that are right for it; what overlaps
    a span of ``unsure`` is not judged. ``reference`` is the day of writing, where it is known.
    """

    id: str
    text: str
    gold: list[Mention] = field(default_factory=list)
    unsure: list[tuple[int, int]] = field(default_factory=list)
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    reference: str | None = None


def suites() -> list[Suite]:
    """All suites of ``suites.toml``."""
    table = tomllib.loads(Path(__file__).with_name("suites.toml").read_text("utf-8"))
    return [_suite(one) for one in table["suite"]]


def _suite(fields: dict[str, Any]) -> Suite:
    sets: dict[str, Any] = {name: frozenset(fields.get(name, ())) for name in ("unsure", "named")}
    return Suite(**{**fields, **sets})


def texts(suite: Suite, folder: Path) -> list[Text]:
    """The texts that the suite reads: in the order of a hash of their ids, up to its size."""
    with (folder / suite.file).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows.sort(key=lambda row: hashlib.sha256(row["id"].encode()).digest())
    chosen = []
    total = 0
    for row in rows:
        if total and total + len(row["text"]) > suite.characters:
            continue
        total += len(row["text"])
        chosen.append(read(row, suite))
    return chosen


def read(row: dict[str, Any], suite: Suite) -> Text:
    """One line of the corpus in our labels."""
    meta = row.get("meta", {})
    text = Text(row["id"], row["text"], reference=meta.get("dateCreated") or None)
    for entity in _entities(row, suite):
        _take(entity, suite, text)
    return text


def _entities(row: dict[str, Any], suite: Suite) -> Iterator[dict[str, Any]]:
    if suite.dates != "tei":
        yield from row["entities"]
        return
    for date in row["dates"]:
        value = date["attrs"].get("when")
        yield {**date, "label": "when", "norm": value or ""}


def _take(entity: dict[str, Any], suite: Suite, text: Text) -> None:
    label, start, end = entity["label"], entity["start"], entity["end"]
    words = text.text[start:end]
    ours = suite.labels.get(label)
    if ours is None:
        if label in suite.unsure:
            text.unsure.append((start, end))
        return
    name = f"g{len(text.gold)}"
    span: dict[str, Any] = {"id": name, "start": start, "end": end, "text": words}
    mention: Mention | None
    if ours == "DATE":
        mention = _date(entity, suite, span)
    elif ours == PLACE:
        mention = _place(entity, suite, span, text)
    else:
        common = label in suite.named and words == words.lower()
        mention = None if common else Mention.model_validate({"label": ours, **span})
    if mention is None:
        text.unsure.append((start, end))
    else:
        text.gold.append(mention)


def _date(entity: dict[str, Any], suite: Suite, span: dict[str, Any]) -> Mention | None:
    if suite.dates is None:
        return DateMention(label="DATE", **span)
    comment = entity.get("attrs", {}).get("comment", "")
    value = None if comment else READERS[suite.dates](entity.get("norm", ""))
    return None if value is None else DateMention(label="DATE", value=value, **span)


def _place(
    entity: dict[str, Any], suite: Suite, span: dict[str, Any], text: Text
) -> Mention | None:
    words = span["text"]
    if words == words.lower():
        return None
    places = gazetteer()
    found = places.lookup_russian(words) if suite.language == "ru" else places.lookup(words)
    kinds = list(dict.fromkeys(KINDS[place.kind] for place in found))
    if not kinds:
        return None
    text.kinds[span["id"]] = frozenset(kinds)
    return Mention.model_validate({"label": kinds[0], **span})
