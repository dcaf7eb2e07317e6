"""A timed walk through the annotators' page: correcting the program's output, or starting from nothing.

    pobratim extract corpus --out results
    pobratim annotations build annotations/passes/a --corpus corpus --out build/a
    python eval/bench/review.py --gold build/a --system results --document khabarovsk-report-2016-ru

A script works in headless Chromium as an annotator would: it selects words with the mouse, presses
keys, types values, draws relations, until mentions, values of dates and counts, places and relations
are those of the gold. It counts *actions* (one selection, click, key or typed field each) and takes the
time. Reading and thinking, which a person needs for either, are not in it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "review"))

from review_browser import QUIET, Annotator
from review_builders import results, running

from pobratim.exchange.gold.agreement import compare
from pobratim.lexicon.gazetteer import gazetteer
from pobratim.review.changes import document_of
from pobratim.review.folder import documents_in
from pobratim.review.store import FILE, Store
from pobratim.schema import PLACE_LABELS, Document, Mention

KEYS = {
    "CITY": "c", "REGION": "r", "COUNTRY": "k", "PERSON": "p", "ROLE": "t", "ORGANIZATION": "o",
    "EVENT": "e", "DATE": "d", "COUNT": "n", "AGREEMENT": "a",
}  # fmt: skip
MIDDLE = """(mark) => {
  mark.scrollIntoView({ block: "center" });
  const box = mark.getClientRects()[0];
  return [box.left + box.width / 2, box.top + box.height / 3];
}"""
Span = tuple[str, int, int]


@dataclass
class Walk:
    """One walk: the annotator, the gold, what the page has now, and how much was done."""

    anna: Annotator
    gold: Document
    folder: Path
    actions: dict[str, int] = field(default_factory=dict)

    def did(self, what: str, times: int = 1) -> None:
        self.actions[what] = self.actions.get(what, 0) + times

    def now(self) -> Document:
        """The document as it is saved."""
        self.anna.saved()
        store = Store(self.folder / FILE)
        content = store.version(self.gold.id, "Anna").content
        found = document_of(store.original(self.gold.id), content)
        store.close()
        return found

    def choose(self, mention: Mention) -> None:
        """Click a mention; again for one around what is under the pointer."""
        for _ in range(4):
            self.click(mention)
            shown = self.anna.page.locator(".mention").get_attribute("data-mention")
            if shown == mention.id:
                return
        raise SystemExit(f"could not choose {mention.label} {mention.text!r}, got {shown}")

    def click(self, mention: Mention) -> None:
        page = self.anna.page
        page.mouse.click(*page.locator(f'mark[data-m="{mention.id}"]').first.evaluate(MIDDLE))
        self.did("click")

    def mark(self, mention: Mention) -> None:
        plain = self.gold.text[: mention.start].replace("\n", "")
        words = mention.text.replace("\n", "")
        nth = sum(plain.startswith(words, i) for i in range(len(plain) - len(words) + 1))
        overlapping = sum(
            (plain + words[:-1]).startswith(words, i)
            for i in range(max(0, len(plain) - len(words) + 1), len(plain))
        )
        self.anna.select(words, nth + overlapping)
        self.anna.press(KEYS[mention.label])
        self.did("select")
        self.did("key")
        made = self.anna.page.locator(".mention h2 q", has_text=mention.text.split("\n")[0][:25])
        made.or_(self.anna.page.locator(".saving.refused")).first.wait_for()
        refused = self.anna.page.locator(".saving.refused")
        if refused.count():
            print(f"{mention.label} {mention.text!r}: {refused.inner_text()}", file=sys.stderr)


def spans(document: Document) -> dict[Span, Mention]:
    return {(m.label, m.start, m.end): m for m in document.mentions}


def arrows(document: Document) -> dict[tuple[str, Span, Span], Any]:
    by_id = {m.id: (m.label, m.start, m.end) for m in document.mentions}
    return {(r.label, by_id[r.head], by_id[r.tail]): r for r in document.relations}


def mentions(walk: Walk) -> None:
    """Make the mentions those of the gold."""
    have, want = spans(walk.now()), spans(walk.gold)
    for span, mention in have.items():
        if span not in want:
            relabelled = [w for w in want if w[1:] == span[1:] and w not in have]
            walk.choose(mention)
            walk.anna.press(KEYS[relabelled[0][0]] if relabelled else "Delete")
            walk.did("key")
    have = spans(walk.now())
    for span, mention in want.items():
        if span not in have:
            walk.mark(mention)


def values(walk: Walk) -> None:
    """Make the values of dates and counts, and the places, those of the gold."""
    have = spans(walk.now())
    for span, wanted in spans(walk.gold).items():
        mention = have.get(span)
        if mention is None:
            continue
        value, mine = getattr(wanted, "value", None), getattr(mention, "value", None)
        if value is not None and value != mine:
            walk.choose(mention)
            control = walk.anna.page.locator(".mention .field input").first
            control.fill(str(value))
            control.press("Enter")
            control.blur()
            walk.did("type")
            walk.did("key")
        place = wanted.entity and gazetteer().by_id(wanted.entity)
        if place and mention.entity != wanted.entity:
            walk.choose(mention)
            field_ = walk.anna.page.locator("input.place")
            field_.fill(place.name_ru or place.name_en)
            walk.did("type")
            options = walk.anna.page.locator('[role="option"]')
            options.first.wait_for()
            details = [option.inner_text() for option in options.all()]
            at = next((i for i, told in enumerate(details) if (place.country or "") in told), 0)
            walk.anna.press(*["ArrowDown"] * at, "Enter")
            walk.did("key", at + 1)


def relations(walk: Walk) -> None:
    """Make the relations those of the gold."""
    document = walk.now()
    have, want, by_span = arrows(document), arrows(walk.gold), spans(document)
    by_id = {m.id: m for m in document.mentions}
    for arrow, relation in have.items():
        if arrow not in want:
            walk.choose(by_id[relation.head])
            row = walk.anna.page.locator(
                f'.relations [data-relation="{relation.label}"]',
                has_text=by_id[relation.tail].text.split("\n")[0],
            )
            row.locator("button.small").first.click()
            walk.did("click")
    for label, head, tail in want:
        if (label, head, tail) in have or head not in by_span or tail not in by_span:
            continue
        walk.choose(by_span[head])
        walk.anna.press("g")
        walk.did("key")
        walk.click(by_span[tail])
        which = walk.anna.page.locator(f'.prompt [data-relation="{label}"]')
        if which.count():
            which.click()
            walk.did("click")


def walked(driver: Any, start: Document, gold: Document) -> dict[str, Any]:
    """Walk from ``start`` to ``gold``; the actions, the seconds, and how far it came."""
    with tempfile.TemporaryDirectory() as place:
        folder = results(Path(place) / "results", start)
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET.split())
        with running(folder, "--annotator", "Anna") as (address, _):
            page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
            walk = Walk(Annotator(page, address), gold, folder)
            walk.anna.open(gold.id)
            begun = time.perf_counter()
            for step in (mentions, values, relations):
                step(walk)
            if any(m.score is not None for m in walk.now().mentions):
                walk.anna.page.locator(".above input").fill("0")
                walk.anna.page.locator(".above button").click()
                walk.did("type")
                walk.did("click")
            walk.anna.page.locator(".toolbar button.primary").click()
            walk.did("click")
            walk.anna.saved()
            seconds = time.perf_counter() - begun
            final = walk.now()
            reached = compare([gold], [final])
        browser.close()
    return {
        "actions": sum(walk.actions.values()),
        **walk.actions,
        "seconds": round(seconds, 1),
        "mentions F1": reached.overall.strict,
        "same values": reached.overall.values,
        "relations F1": reached.relations.strict,
        "values left": dict(Counter(mention.label for mention in _left(gold, final))),
    }


def _left(gold: Document, final: Document) -> list[Mention]:
    """The gold's mentions that still have another value or entity in ``final``."""
    have = spans(final)
    told = {"value", "minimum", "maximum", "approximate", "unit", "counted", "category"}
    return [
        wanted
        for span, wanted in spans(gold).items()
        if span in have
        and (
            wanted.model_dump(include=told) != have[span].model_dump(include=told)
            or (wanted.label in PLACE_LABELS and wanted.entity != have[span].entity)
        )
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--system", type=Path, required=True)
    parser.add_argument("--document", default="khabarovsk-report-2016-ru")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    gold, system = (
        next(d for d in documents_in(folder) if d.id == options.document)
        for folder in (options.gold, options.system)
    )
    nothing = Document(id=gold.id, source=gold.source, text=gold.text, language=gold.language)
    with sync_playwright() as driver:
        for name, start in (("from the program's output", system), ("from nothing", nothing)):
            print(json.dumps({"walk": name, **walked(driver, start, gold)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
