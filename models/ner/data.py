"""Corpora to training sets: words as the pipeline cuts them, and a BIO layer for every label.

    python models/ner/data.py [--data ../shared/datasets/jsonl] [--out build/models/data] [SET ...]

Every label of ours has its own layer, so that mentions of different labels may nest. A value of a
layer is 0 (outside), 1 (first word), 2 (further word) or -1: masked, where the corpus does not tell.
``labels.toml`` says how the corpora's labels become ours.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from texts import FIRST, FURTHER, LABELS, MASKED, UPOS, Text
from written import FOLDER as PASSAGES
from written import passages

import pobratim
from pobratim.lexicon.gazetteer import gazetteer
from pobratim.schema import Document
from pobratim.stages.records import DOCUMENT
from pobratim.stages.workspace import workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "nerel-train": "nerel-train",
    "crossner-politics-train": "crossner",
    "crossner-literature-train": "crossner",
    "crossner-literature-dev": "crossner",
    "crossner-science-train": "crossner",
    "crossner-science-dev": "crossner",
    "redocred-dev": "redocred-dev",
    "wikigold-test": "wikigold-test",
}
"""The files that are trained on and their sections of ``labels.toml``; all others are for judging."""

JUDGED = {"nerel-dev": "nerel-train", "crossner-politics-dev": "crossner"}
"""Files that runs are scored on, laid by the same rules."""

OURS = {"dev": ROOT / "annotations/gold/dev", "open": ROOT / "eval/passages/open/gold"}
"""Our own annotation, dev parts only."""

KINDS = {"city": "CITY", "region": "REGION", "country": "COUNTRY"}
QUOTES = '«»"“”„'
ADJECTIVE = re.compile(r"[А-ЯЁа-яё-]+(?:ск|цк)(?:ий|ая|ое|ие|ого|ой|их|ому|им|ую|ом|ими|ою)\Z")


class Reader:
    """Runs the pipeline over texts and lays labels over its words."""

    def __init__(self) -> None:
        self.nlp = pobratim.load(entities="classic")
        self.places = gazetteer()
        self.rules = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))
        self.unaligned: Counter[str] = Counter()

    def words(self, text: str, name: str, source: str) -> tuple[Text, Any, Document]:
        """The text's words without labels, the workspace, and what the rules find."""
        doc = self.nlp(text)
        ws = workspace(doc)
        size = len(ws)
        spaced = [s == 0 or ws.text[s - 1].isspace() for s in ws.starts]
        english = [language == "en" for language in ws.languages]
        upos = [
            UPOS.index(tag) if en and tag in UPOS else MASKED
            for tag, en in zip(ws.tags, english, strict=True)
        ]
        found = Text(
            name,
            source,
            "en" if sum(english) * 2 > size else "ru",
            list(ws.words),
            np.array(spaced, bool),
            np.array(ws.block_of, np.int32),
            np.array(ws.sentence_of, np.int32),
            np.zeros((size, len(LABELS)), np.int8),
            np.array(upos, np.int8),
        )
        return found, ws, doc.user_data[DOCUMENT]

    def corpus(self, path: Path, section: str) -> Iterator[Text]:
        """The texts of a public corpus."""
        rules = self.rules["corpus"][section]
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                found, ws, rule_document = self.words(row["text"], row["id"], path.stem)
                if len(found.words):
                    self._lay(found, ws, row, rules, rule_document)
                    yield found

    def gold(self, folder: Path, source: str) -> Iterator[Text]:
        """Our own annotation."""
        for path in sorted(folder.glob("*.json*")):
            for line in (
                path.read_text("utf-8").splitlines()
                if path.suffix == ".jsonl"
                else [path.read_text("utf-8")]
            ):
                document = Document.model_validate_json(line)
                found, ws, _ = self.words(document.text, document.id, source)
                for mention in document.mentions:
                    self._put(found, ws, mention.start, mention.end, mention.label)
                found.layers[:, LABELS.index("NAME")] = MASKED
                yield found

    def written(self, path: Path) -> Iterator[Text]:
        """Our own training passages."""
        for name, marked in passages(path):
            found, ws, _ = self.words(marked.text, name, path.stem)
            for label, start, end in marked.mentions:
                self._put(found, ws, start, end, label)
            found.layers[:, LABELS.index("NAME")] = MASKED
            yield found

    def _span(self, ws: Any, start: int, end: int) -> tuple[int, int] | None:
        """The words from raw offset ``start`` to ``end``; none where they cut a word."""
        starts, ends = ws.raw_starts, ws.raw_ends
        first = int(np.searchsorted(ends, start, "right"))
        last = int(np.searchsorted(starts, end, "left"))
        if first >= last:
            return None
        exact = starts[first] >= start and ends[last - 1] <= end
        return (first, last) if exact else None

    def _touched(self, ws: Any, start: int, end: int) -> slice:
        first = int(np.searchsorted(ws.raw_ends, start, "right"))
        return slice(first, int(np.searchsorted(ws.raw_starts, end, "left")))

    def _put(self, found: Text, ws: Any, start: int, end: int, label: str) -> bool:
        column = LABELS.index(label)
        span = self._span(ws, start, end)
        if span is None:
            self.unaligned[label] += 1
            found.layers[self._touched(ws, start, end), column] = MASKED
            return False
        if (found.layers[span[0] : span[1], column] > 0).any():
            return False
        found.layers[span[0], column] = FIRST
        found.layers[span[0] + 1 : span[1], column] = FURTHER
        return True

    def _mask(self, found: Text, ws: Any, start: int, end: int, *labels: str) -> None:
        where = self._touched(ws, start, end)
        for label in labels:
            column = LABELS.index(label)
            if not (found.layers[where, column] > 0).any():
                found.layers[where, column] = MASKED

    def _lay(self, found: Text, ws: Any, row: dict[str, Any], rules: Any, said: Document) -> None:
        text = row["text"]
        entities = sorted(row["entities"], key=lambda e: (e["start"], -e["end"]))
        by_rule: dict[str, list[tuple[int, int]]] = {}
        for mention in said.mentions:
            by_rule.setdefault(mention.label, []).append((mention.start, mention.end))
        for label in rules["silver"]:
            for start, end in by_rule.get(label, []):
                self._put(found, ws, start, end, label)
        for entity in entities:
            start, end = entity["start"], entity["end"]
            label = rules["ours"].get(entity["label"])
            if entity["label"] in rules.get("place", ()):
                self._place(found, ws, text, start, end)
            elif label in ("CITY", "COUNTRY", "REGION") and ADJECTIVE.match(text[start:end]):
                continue
            elif label == "ROLE":
                self._role(found, ws, start, end, by_rule.get("ROLE", []))
            elif label == "EVENT":
                self._event(found, ws, text, start, end)
            elif label == "NAME":
                self._body(found, ws, text, start, end, by_rule.get("ORGANIZATION", []))
            elif label and (
                label not in rules["named"] or text[start:end] != text[start:end].lower()
            ):
                self._put(found, ws, start, end, label)
        for entity in entities:
            for label in rules.get("masked", {}).get(entity["label"], ()):
                self._mask(found, ws, entity["start"], entity["end"], label)
        if "ROLE" in rules["ours"].values():
            for start, end in by_rule.get("ROLE", []):
                self._mask(found, ws, start, end, "ROLE")
        for start, end in by_rule.get("ORGANIZATION", []):
            self._mask(found, ws, start, end, "ORGANIZATION")
        for label in rules.get("unannotated", ()):
            found.layers[:, LABELS.index(label)] = MASKED

    def _place(self, found: Text, ws: Any, text: str, start: int, end: int) -> None:
        """A place of untold kind is what the gazetteer takes it for; rivers and the unknown are masked.

        A name that is a region's before it is a city's may be either, and is masked too.
        """
        known = self.places.lookup(text[start:end])
        kinds = [place.kind for place in known[:3]]
        if known and (kinds[0] != "region" or set(kinds) == {"region"}):
            self._put(found, ws, start, end, KINDS[kinds[0]])
        else:
            self._mask(found, ws, start, end, "CITY", "REGION", "COUNTRY")

    def _role(
        self, found: Text, ws: Any, start: int, end: int, said: list[tuple[int, int]]
    ) -> None:
        """An occupation is a role where the rules see an office in it, in the rules' bounds."""
        office = next((s for s in said if s[0] < end and start < s[1]), None)
        if office is None:
            self._mask(found, ws, start, end, "ROLE")
        else:
            self._put(found, ws, *office, "ROLE")

    def _event(self, found: Text, ws: Any, text: str, start: int, end: int) -> None:
        """A happening is an event where it has a name: a capital that no sentence asks for."""
        span = self._span(ws, start, end)
        words = text[start:end]
        if span is None or words == words.lower():
            return
        first = span[0]
        starts_sentence = first == 0 or ws.sentence_of[first] != ws.sentence_of[first - 1]
        quoted = start > 0 and text[start - 1] in QUOTES
        noun = ws.tags[first] in ("NOUN", "PROPN", "ADJ", "NUM", "X")
        if (words[0].isupper() or words[0].isdigit()) and noun and (quoted or not starts_sentence):
            self._put(found, ws, start, end, "EVENT")
        else:
            self._mask(found, ws, start, end, "EVENT")

    def _body(
        self, found: Text, ws: Any, text: str, start: int, end: int, said: list[tuple[int, int]]
    ) -> None:
        """The bare name as NAME, and as ORGANIZATION in our bounds: with quotes and type noun."""
        words = text[start:end]
        if words == words.lower():
            return
        self._put(found, ws, start, end, "NAME")
        quoted = (start > 0 and text[start - 1] in QUOTES) or (
            end < len(text) and text[end] in QUOTES
        )
        ours = next((s for s in said if s[0] <= start and end <= s[1]), None)
        if ours is not None:
            self._put(found, ws, *ours, "ORGANIZATION")
        elif quoted:
            self._mask(found, ws, max(0, start - 40), min(len(text), end + 1), "ORGANIZATION")
        else:
            self._put(found, ws, start, end, "ORGANIZATION")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/datasets/jsonl")
    parser.add_argument("--out", type=Path, default=ROOT / "build/models/data")
    parser.add_argument("sets", nargs="*", metavar="SET", help="only these; default: all")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"no corpora in {options.data}; name their folder with --data")
    options.out.mkdir(parents=True, exist_ok=True)
    reader = Reader()
    jobs = [
        (name, reader.corpus(options.data / f"{name}.jsonl", s))
        for name, s in (FILES | JUDGED).items()
    ]
    jobs += [(name, reader.gold(folder, name)) for name, folder in OURS.items()]
    jobs += [(path.stem, reader.written(path)) for path in sorted(PASSAGES.glob("*.txt"))]
    unknown = sorted(set(options.sets) - {name for name, _ in jobs})
    if unknown:
        sys.exit(f"no set {unknown[0]!r}; there are {', '.join(name for name, _ in jobs)}")
    for name, texts in jobs:
        if options.sets and name not in options.sets:
            continue
        read = list(texts)
        with (options.out / f"{name}.pickle").open("wb") as stream:
            pickle.dump(read, stream)
        counts = {
            label: int(sum((text.layers[:, k] == FIRST).sum() for text in read))
            for k, label in enumerate(LABELS)
        }
        print(f"{name}: {len(read)} texts, {sum(len(t.words) for t in read):,} words, {counts}")
    print("spans that cut a word, masked:", dict(reader.unaligned))


if __name__ == "__main__":
    main()
