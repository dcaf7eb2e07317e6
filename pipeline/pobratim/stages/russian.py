"""Russian words: lemmas and tags from pymorphy3, names from Natasha's slovnet model."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language

from pobratim.lexicon.morphology import readings
from pobratim.stages.workspace import Candidate, Reading, Workspace, workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

__all__ = ["RussianNames", "RussianTags"]

BATCH = 16
LONGEST = 400
MEMORY = 1 << 15
PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})


@Language.factory("pobratim_russian_tags")
class RussianTags:
    """Fills ``readings``, ``lemmas`` and ``tags`` of Russian words."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        for block in ws.blocks:
            if block.language == "ru":
                own = slice(block.start, block.end)
                ws.readings[own], ws.lemmas[own], ws.tags[own] = zip(
                    *map(_analysed, ws.words[own]), strict=True
                )
        return doc


@lru_cache(maxsize=MEMORY)
def _analysed(word: str) -> tuple[tuple[Reading, ...], str, str]:
    """The readings of a word, and the lemma and tag of the likeliest."""
    found = readings(word.lower())
    if not found:
        return found, word.lower(), "X"
    best = _likeliest(found, word)
    return found, best.lemma, _tag(best, word)


def _likeliest(found: tuple[Reading, ...], word: str) -> Reading:
    """The first analysis; a capital letter prefers a proper one that is not the last resort."""
    if word[0].isupper() and len(word) > 1:
        for reading in found[:3]:
            if reading.grammemes & PROPER:
                return reading
    return found[0]


def _tag(reading: Reading, word: str) -> str:
    if reading.pos == "NOUN" and word[0].isupper() and reading.grammemes & PROPER:
        return "PROPN"
    return reading.pos


@Language.factory("pobratim_russian_names")
class RussianNames:
    """Adds slovnet's PER, LOC and ORG to the guesses; ``score`` is the mean tag probability."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        ws = workspace(doc)
        ranges = [piece for piece in _pieces(ws) if _has_capital(ws, *piece)]
        ranges.sort(key=lambda piece: piece[1] - piece[0])
        for at in range(0, len(ranges), BATCH):
            batch = ranges[at : at + BATCH]
            for (start, end), tags, scores in zip(batch, *_tagged(ws, batch), strict=True):
                ws.guesses.extend(_spans(tags, scores, start, end))
        ws.guesses.sort(key=lambda guess: guess.start)
        return doc


@cache
def _model() -> Any:
    """Natasha's news model with its embeddings, loaded once."""
    from natasha.data import NEWS_EMBEDDING, NEWS_NER
    from navec import Navec
    from slovnet import NER

    model = NER.load(NEWS_NER, batch_size=BATCH)
    model.navec(Navec.load(NEWS_EMBEDDING))
    return model.infer


def _pieces(ws: Workspace) -> Iterator[tuple[int, int]]:
    """The Russian sentences, overlong ones cut."""
    for start, end in ws.sentences:
        if ws.languages[start] == "ru":
            for at in range(start, end, LONGEST):
                yield at, min(end, at + LONGEST)


def _has_capital(ws: Workspace, start: int, end: int) -> bool:
    """Whether anything but an ordinary first word is written with a capital."""
    if any(word[0].isupper() for word in ws.words[start + 1 : end]):
        return True
    return ws.words[start][0].isupper() and ws.tags[start] in ("PROPN", "X")


def _tagged(
    ws: Workspace, batch: list[tuple[int, int]]
) -> tuple[list[list[str]], list[np.ndarray]]:
    infer = _model()
    tags: list[list[str]] = []
    scores: list[np.ndarray] = []
    for inputs in infer.encoder([ws.words[start:end] for start, end in batch]):
        emissions = infer.model(inputs.word_id, inputs.shape_id, inputs.pad_mask)
        shares = np.exp(emissions - emissions.max(-1, keepdims=True))
        shares /= shares.sum(-1, keepdims=True)
        for row, best in enumerate(infer.model.head.crf.decode(emissions, ~inputs.pad_mask)):
            tags.append([infer.decoder.tags_vocab.decode(tag) for tag in best])
            scores.append(shares[row, np.arange(len(best)), best])
    return tags, scores


def _spans(tags: list[str], scores: np.ndarray, start: int, end: int) -> Iterator[Candidate]:
    at = 0
    while at < end - start:
        label = tags[at][2:]
        last = at + 1
        if label:
            while last < end - start and tags[last] == f"I-{label}":
                last += 1
            score = float(scores[at:last].mean())
            yield Candidate(label, start + at, start + last, score, "model:slovnet")
        at = last
