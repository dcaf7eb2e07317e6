"""What a trained tagger says of every training text, and of copies with other names in them.

    python models/ner/teach.py --teacher accurate --copies 2

The student learns from these. A copy changes names for others of their kind, so that the student meets
far more names than the corpora hold; what the words mean there, the teacher tells.
"""

from __future__ import annotations

import argparse
import pickle
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from data import FILES
from scores import gold_spans
from texts import LABELS, Text, load
from train import BUILD, OURS, Config, Tagger, configured
from windows import batches, windows

from pobratim.lexicon.gazetteer import gazetteer
from pobratim.stages.neural.pieces import Pieces

SWAPPED = ("CITY", "REGION", "COUNTRY", "PERSON", "ORGANIZATION")
PROBABILITY = 0.6
FROM_GAZETTEER = 0.4
Name = tuple[list[str], list[bool]]


class Names:
    """Names of each kind and language, as the texts have them, and the gazetteer's cities."""

    def __init__(self, texts: list[Text]) -> None:
        self.found: dict[tuple[str, str], list[Name]] = {}
        for text in texts:
            for label, first, last in sorted(gold_spans(text.layers)):
                name = (text.words[first:last], text.spaced[first:last].tolist())
                self.found.setdefault((LABELS[label], text.language), []).append(name)
        places = gazetteer()
        self.cities: dict[str, list[str]] = {"ru": [], "en": []}
        for place in map(places._read_place, range(0, len(places), 3)):
            if place.kind == "city":
                self.cities["en"].append(place.name_en)
                if place.name_ru:
                    self.cities["ru"].append(place.name_ru)

    def other(self, label: str, language: str, rng: random.Random) -> Name | None:
        """A name to put in place of another; persons are mixed of two."""
        if label == "CITY" and rng.random() < FROM_GAZETTEER:
            name = rng.choice(self.cities[language])
            return ([name], [True]) if name.isalpha() else None
        found = self.found.get((label, language))
        if not found:
            return None
        words, spaced = rng.choice(found)
        if label == "PERSON" and len(words) == 2:
            others, _ = rng.choice(found)
            words = [words[0], others[-1]]
        return words, spaced


def swapped(text: Text, names: Names, rng: random.Random) -> Text:
    """A copy of ``text`` with other names; its layers are empty, for the teacher to fill."""
    spans = sorted(
        (s for s in gold_spans(text.layers) if LABELS[s[0]] in SWAPPED), key=lambda s: (s[1], -s[2])
    )
    words, source, at = [], [], 0
    spaced: list[bool] = []
    for label, first, last in spans:
        if first < at or rng.random() > PROBABILITY:
            continue
        name = names.other(LABELS[label], text.language, rng)
        if name is None:
            continue
        words += text.words[at:first] + name[0]
        spaced += [*text.spaced[at:first].tolist(), bool(text.spaced[first]), *name[1][1:]]
        source += [*range(at, first), *[first] * len(name[0])]
        at = last
    words += text.words[at:]
    spaced += text.spaced[at:].tolist()
    source += range(at, len(text.words))
    index = np.array(source, int)
    return replace(
        text,
        words=words,
        spaced=np.array(spaced, bool),
        blocks=text.blocks[index],
        sentences=text.sentences[index],
        layers=np.full((len(words), len(LABELS)), -1, np.int8),
        upos=text.upos[index],
    )


@torch.no_grad()
def taught(model: Tagger, texts: list[Text], cut: Pieces, config: Config) -> list[np.ndarray]:
    """The teacher's logits [words, labels * 3] of each text, as half floats."""
    model.eval()
    out = [np.zeros((len(text.words), 3 * len(LABELS)), np.float16) for text in texts]
    place = {id(text): made for text, made in zip(texts, out, strict=True)}
    found = [w for text in texts for w in windows(text, cut, config.window)]
    for batch in batches(found, 4096, None):
        logits = model.head(model.words(batch)).flatten(1).to(torch.float16).numpy()
        at = 0
        for window in batch.windows:
            size = window.last - window.first
            place[id(window.text)][window.first : window.last] = logits[at : at + size]
            at += size
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teacher", default="accurate")
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--also", action="append", default=[], help="a further set of our own")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    path = Path(__file__).parent / "configs" / f"{options.teacher}.toml"
    config = configured(path, [])
    torch.set_num_threads(config.threads)
    model = Tagger(config)
    model.load_state_dict(torch.load(BUILD / "runs" / config.name / "model.pt", weights_only=True))
    cut = Pieces(BUILD / "encoder/tokenizer.json")
    texts = load(BUILD / "data", *FILES, *OURS, *options.also)
    names = Names(texts)
    rng = random.Random(options.seed)
    whole = list(texts)
    for _ in range(options.copies):
        whole += [swapped(text, names, rng) for text in texts]
    with (BUILD / "taught.pickle").open("wb") as stream:
        pickle.dump((whole, taught(model, whole, cut, config)), stream)
    print(f"{len(whole)} texts, {sum(len(text.words) for text in whole):,} words")


if __name__ == "__main__":
    main()
