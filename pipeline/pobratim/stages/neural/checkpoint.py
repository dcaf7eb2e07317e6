"""A Hugging Face token-classification model of a user's own, through ``transformers``."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from pobratim.errors import ModelError
from pobratim.stages.neural.decoding import spans
from pobratim.stages.neural.seeing import Page, Sight
from pobratim.stages.neural.windows import Window, batches, windows

if TYPE_CHECKING:
    from pobratim.stages.neural.description import Description

__all__ = ["Checkpoint"]

BATCH = 2048
LONGEST = 512
BEGINNINGS, INSIDES = frozenset("BSU"), frozenset("IEL")
LEAST = 1e-9


class Checkpoint:
    """The model that a description names; its tags are read as BIO, BIOES, BILOU or bare labels.

    Raises:
        ModelError: ``transformers`` or PyTorch is not installed, the model is not on this machine, or
            it has not the labels that the description maps.
    """

    tagset: tuple[str, ...] = ()

    def __init__(self, description: Description) -> None:
        self._torch, tokenizer, model = _loaded(description)
        self._tokenizer, self._model = tokenizer, model
        self.name = description.path.stem
        self.version = getattr(model.config, "_commit_hash", None) or description.model
        self.threshold = description.threshold
        self._description = description
        self._labels = tuple(dict.fromkeys(description.labels.values()))
        self.temperature = dict.fromkeys(self._labels, 1.0)
        self._layers = _layers(description, self._labels, model.config.id2label)
        positions = getattr(model.config, "max_position_embeddings", LONGEST + 2) - 2
        self._most = int(min(LONGEST, tokenizer.model_max_length, positions))

    def see(self, page: Page, *, tags: bool = False) -> Sight:
        """The names; such a model does not tag."""
        logits, labels = self.logits(page)
        return Sight(spans(logits, labels, self.temperature, page.breaks))

    def logits(self, page: Page) -> tuple[np.ndarray, tuple[str, ...]]:
        """Logarithms of how probable O, B and I are, label by label, one row a word."""
        words = list(page.words)
        shares = np.zeros((len(words), len(self._model.config.id2label)), np.float32)
        lengths = np.array(self.cuts(page))
        special = self._tokenizer.num_special_tokens_to_add()
        most = self._most - special
        made = windows(np.minimum(lengths, most // 2).tolist(), page.sentences, most)
        for batch in batches(made, BATCH):
            self._fill(shares, words, batch)
        layers = np.zeros((len(words), len(self._labels), 3), np.float32)
        for number, (begins, insides, others) in enumerate(self._layers):
            layers[:, number, 0] = shares[:, others].max(axis=1, initial=0)
            layers[:, number, 1] = shares[:, begins].max(axis=1, initial=0)
            layers[:, number, 2] = shares[:, insides].max(axis=1, initial=0)
        unread = shares.sum(axis=1) == 0
        layers[unread, :, 0] = 1
        return np.log(layers + LEAST).reshape(len(words), -1), self._labels

    def cuts(self, page: Page) -> list[int]:
        """Into how many pieces the tokenizer cuts each word."""
        cut = self._tokenizer(list(page.words), is_split_into_words=True, add_special_tokens=False)
        known = [at for at in cut.word_ids() if at is not None]
        return [int(count) for count in np.bincount(known, minlength=len(page.words))]

    def _fill(self, shares: np.ndarray, words: list[str], batch: list[Window]) -> None:
        inputs = self._tokenizer(
            [words[window.start : window.end] for window in batch],
            is_split_into_words=True,
            truncation=True,
            max_length=self._most,
            padding=True,
            return_tensors="pt",
        )
        with self._torch.inference_mode():
            found = self._model(**inputs).logits.float().softmax(-1).numpy()
        first_only = self._description.aggregation == "first"
        for row, window in enumerate(batch):
            pieces = inputs.word_ids(row)
            counts: dict[int, int] = {}
            for at, inner in enumerate(pieces):
                if inner is None or not window.first <= window.start + inner < window.last:
                    continue
                counts[inner] = counts.get(inner, 0) + 1
                if counts[inner] == 1 or not first_only:
                    shares[window.start + inner] += found[row, at]
            if not first_only:
                for inner, count in counts.items():
                    shares[window.start + inner] /= count


def _loaded(description: Description) -> tuple[Any, Any, Any]:
    for package in ("transformers", "torch"):
        if find_spec(package) is None:
            raise ModelError(
                f"{description.path}: needs {package}, which is not installed; "
                "pip install 'pobratim[transformers]' torch"
            )
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    beside = description.path.parent / description.model
    where = str(beside if beside.is_dir() else description.model)
    options: dict[str, Any] = {"local_files_only": not description.download}
    if description.revision:
        options["revision"] = description.revision
    try:
        tokenizer = AutoTokenizer.from_pretrained(where, **options)
        model = AutoModelForTokenClassification.from_pretrained(where, **options)
    except (OSError, ValueError) as error:
        hint = "" if description.download else "; download = true fetches it from the model hub"
        reason = str(error).strip().splitlines()[0]
        raise ModelError(f"{description.path}: no model {where!r}: {reason}{hint}") from error
    if not tokenizer.is_fast:
        raise ModelError(f"{description.path}: {where} has no fast tokenizer, which is needed")
    return torch, tokenizer, model.eval()


def _layers(
    description: Description, labels: tuple[str, ...], tags: dict[int, str]
) -> list[tuple[list[int], list[int], list[int]]]:
    """For each of our labels the model's tags that begin it, that go on with it, and the others."""
    read = {number: _read(tag) for number, tag in tags.items()}
    known = sorted({label for _, label in read.values() if label})
    for theirs in description.labels:
        if theirs not in known:
            raise ModelError(
                f"{description.path}: the model has no label {theirs!r}; it has {', '.join(known)}"
            )
    found = []
    for label in labels:
        own = {n: part for n, (part, theirs) in read.items()
               if description.labels.get(theirs) == label}  # fmt: skip
        found.append(
            (
                [number for number, part in own.items() if part in BEGINNINGS],
                [number for number, part in own.items() if part in INSIDES],
                [number for number in read if number not in own],
            )
        )
    return found


def _read(tag: str) -> tuple[str, str]:
    """A tag's part and label: ``B-PER`` and ``B_PER`` begin one, a bare ``PER`` is within one."""
    if tag == "O":
        return "O", ""
    if len(tag) > 2 and tag[1] in "-_" and tag[0] in BEGINNINGS | INSIDES:
        return tag[0], tag[2:]
    return "I", tag
