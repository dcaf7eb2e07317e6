"""What a trained tagger says of every training text, and of copies with other names in them.

    python models/ner/teach.py --teacher accurate --copies 6
    python models/ner/teach.py --served models/weights/accurate --copies 1

The student learns from these. The second teacher is what the program serves, both released models on every
sentence. A copy changes names for others of their kind, so that the student meets
far more names than the corpora hold; what the words mean there, the teacher tells.
"""

from __future__ import annotations

import argparse
import pickle
import random
import re
import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from data import FILES
from scores import gold_spans
from texts import FIRST, FURTHER, LABELS, Text, load
from train import BUILD, OURS, Config, Tagger, configured
from windows import batches, windows

from pobratim.lexicon.gazetteer import gazetteer
from pobratim.lexicon.morphology import analyzer, readings
from pobratim.stages.neural.cascade import Cascade
from pobratim.stages.neural.loading import model_in
from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.seeing import EntityModel

served: EntityModel
"""What a process reads with."""
SWAPPED = ("CITY", "REGION", "COUNTRY", "PERSON", "ORGANIZATION")
PROBABILITY = 0.6
FROM_GAZETTEER = 0.5
MADE = 0.5
"""How often a place comes from the gazetteer, and a person from the parts of ``names.toml``."""
KINDS = {"CITY": "city", "REGION": "region", "COUNTRY": "country"}
EVERY = 3
"""One of so many cities of the gazetteer is used; regions and countries all are."""
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
INITIALS = {"ru": "АБВГДЕИКЛМНОПРСТХЮЯ", "en": "ABCDEGHJKLMNPRSTV"}
ADJECTIVES = (
    "ий",
    "ого",
    "ому",
    "им",
    "ом",
    "ая",
    "ой",
    "ую",
    "ое",
    "ие",
    "их",
    "ими",
    "an",
    "ese",
    "ish",
)
CONSONANT = re.compile("[бвгджзклмнпрстфхцчшщ]\\Z")
Name = tuple[list[str], list[bool]]


class Names:
    """Names of each kind and language, as the texts have them, and the gazetteer's places."""

    def __init__(self, texts: list[Text]) -> None:
        self.found: dict[tuple[str, str], list[Name]] = {}
        for text in texts:
            for label, first, last in sorted(gold_spans(text.layers)):
                name = (text.words[first:last], text.spaced[first:last].tolist())
                self.found.setdefault((LABELS[label], text.language), []).append(name)
        self.parts = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
        self.places: dict[tuple[str, str], list[str]] = {}
        for place in gazetteer():
            for language, name in (("en", place.name_en), ("ru", place.name_ru)):
                if name and name[0].isupper():
                    self.places.setdefault((place.kind, language), []).append(name)
        for language in ("ru", "en"):
            self.places["city", language] = self.places["city", language][::EVERY]

    def other(self, label: str, old: list[str], language: str, rng: random.Random) -> Name | None:
        """A name to put in place of the ``old`` one: a single word for a single word of a person's,
        or one mixed of two names; of a place one from the gazetteer, in Russian in the old one's case.
        """
        if label in KINDS and rng.random() < FROM_GAZETTEER:
            return self._place(label, old, language, rng)
        if label == "PERSON" and rng.random() < MADE:
            name = self._made(language, rng)
            return (name[0][-1:], [True]) if len(old) == 1 else name
        found = self.found.get((label, language))
        if not found:
            return None
        words, spaced = rng.choice(found)
        if label == "PERSON" and len(old) == 1:
            return words[-1:], [True]
        if label == "PERSON" and len(words) == 2:
            others, _ = rng.choice(found)
            words = [words[0], others[-1]]
        return words, spaced

    def _place(self, label: str, old: list[str], language: str, rng: random.Random) -> Name | None:
        """A place of the gazetteer; not for an adjective, which none of its names is."""
        if old[-1].endswith(ADJECTIVES):
            return None
        words = rng.choice(self.places[KINDS[label], language]).replace("-", " - ").split()
        if language == "ru" and len(words) == 1:
            words = [declined(words[0], case_of(old[-1]))]
        spaced = [at == 0 or "-" not in words[at - 1 : at + 1] for at in range(len(words))]
        return words, spaced

    def _made(self, language: str, rng: random.Random) -> Name:
        """A person's name of parts, in Russian maybe declined."""
        parts = self.parts[language]
        words: list[str] = []
        for field in rng.choice(parts["patterns"]).split():
            if field.startswith("initial"):
                for _ in range(1 + field.endswith("s")):
                    words += [rng.choice(INITIALS[language]), "."]
                continue
            joined = "-" if "-" in field else ""
            pieces = [rng.choice(parts[part]) for part in re.split("[+-]", field)]
            words += joined.join(pieces).split()
        if CONSONANT.search(words[-1]):
            words[-1] += rng.choice(parts["endings"])
        return words, [index == 0 or word != "." for index, word in enumerate(words)]


def case_of(word: str) -> str:
    """The likeliest case of a Russian name's form that ends so."""
    cases = [case for one in readings(word.lower()) for case in CASES if case in one.grammemes]
    return cases[0] if cases else "nomn"


def declined(word: str, case: str) -> str:
    """A Russian name in a case, as the dictionary, or what it knows of like words, declines it."""
    parses = [
        one for one in analyzer().parse(word.lower()) if {"NOUN", "nomn"} <= one.tag.grammemes
    ]
    made = parses[0].inflect({case}) if parses else None
    return made.word.title() if made else word


def filled(layers: np.ndarray, words: int) -> np.ndarray:
    """The layers of a name of so many words in place of one whose first word has ``layers``."""
    rows = np.repeat(layers[None], words, 0)
    rows[1:][rows[1:] == FIRST] = FURTHER
    return rows


def swapped(text: Text, names: Names, rng: random.Random) -> Text:
    """A copy of ``text`` with other names of the same labels."""
    spans = sorted(
        (s for s in gold_spans(text.layers) if LABELS[s[0]] in SWAPPED), key=lambda s: (s[1], -s[2])
    )
    words: list[str] = []
    source: list[int] = []
    spaced: list[bool] = []
    layers: list[np.ndarray] = []
    at = 0
    for label, first, last in spans:
        if first < at or rng.random() > PROBABILITY:
            continue
        name = names.other(LABELS[label], text.words[first:last], text.language, rng)
        if name is None:
            continue
        words += text.words[at:first] + name[0]
        spaced += [*text.spaced[at:first].tolist(), bool(text.spaced[first]), *name[1][1:]]
        source += [*range(at, first), *[first] * len(name[0])]
        layers += [text.layers[at:first], filled(text.layers[first], len(name[0]))]
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
        layers=np.concatenate([*layers, text.layers[at:]]),
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


def trained(run: str, texts: list[Text]) -> list[np.ndarray]:
    """The same of the model of a run."""
    config = configured(Path(__file__).parent / "configs" / f"{run}.toml", [])
    torch.set_num_threads(config.threads)
    model = Tagger(config)
    model.load_state_dict(torch.load(BUILD / "runs" / config.name / "model.pt", weights_only=True))
    return taught(model, texts, Pieces(BUILD / "encoder/tokenizer.json"), config)


def said(folder: Path, texts: list[Text], jobs: int) -> list[np.ndarray]:
    """The same of the models that the program serves, of both where one stands behind the other."""
    found: list[np.ndarray] = []
    with ProcessPoolExecutor(jobs, initializer=_serve, initargs=(folder,)) as pool:
        for one in pool.map(_said, texts, chunksize=64):
            found.append(one)
            if len(found) % 1000 == 0:
                print(f"{len(found):,} of {len(texts):,} texts read", flush=True)
    return found


def _serve(folder: Path) -> None:
    """Load the models once for each process."""
    global served
    served = model_in(folder)
    if isinstance(served, Cascade):
        served.given = replace(served.given, sure=1.0)


def _said(text: Text) -> np.ndarray:
    return served.logits(text.page)[0].astype(np.float16)


def copies(texts: list[Text], names: Names, count: int, rng: random.Random) -> list[Text]:
    """``count`` copies of every text."""
    return [swapped(text, names, rng) for _ in range(count) for text in texts]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teacher", default="accurate")
    parser.add_argument(
        "--served", type=Path, help="a folder of released weights, the teacher instead"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes that read with --served")
    parser.add_argument("--copies", type=int, default=6)
    parser.add_argument(
        "--own",
        type=int,
        default=0,
        metavar="N",
        help="only write N copies of our own texts as the set ``renamed``, and one of each public text "
        "as ``renamed-public``",
    )
    parser.add_argument("--also", action="append", default=[], help="a further set of our own")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    if options.own:
        own = load(BUILD / "data", *OURS)
        names = Names([*own, *load(BUILD / "data", "nerel-train", "redocred-dev")])
        made = copies(own, names, options.own, random.Random(options.seed))
        (BUILD / "data/renamed.pickle").write_bytes(pickle.dumps(made))
        public = load(BUILD / "data", *FILES)
        others = copies(public, Names([*public, *own]), 1, random.Random(options.seed))
        (BUILD / "data/renamed-public.pickle").write_bytes(pickle.dumps(others))
        print(f"{len(made)} copies of our own texts, {len(others)} of public ones")
        return
    texts = load(BUILD / "data", *FILES, *OURS, *options.also)
    names = Names(texts)
    rng = random.Random(options.seed)
    whole = [*texts, *copies(texts, names, options.copies, rng)]
    logits = (
        said(options.served, whole, options.jobs)
        if options.served
        else trained(options.teacher, whole)
    )
    with (BUILD / "taught.pickle").open("wb") as stream:
        pickle.dump((whole, logits), stream)
    print(f"{len(whole)} texts, {sum(len(text.words) for text in whole):,} words")


if __name__ == "__main__":
    main()
