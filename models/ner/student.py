"""Train the small model: convolutions over words, distilled from the large one.

    python models/ner/student.py models/ner/configs/fast.toml [--set width=96]

A word's vector is the sum of its pieces' vectors, of its shape's, of the kinds that the program's lists
know it as and, in Russian, of its vector in Natasha's embeddings, each through a learned projection; it
does not depend on the words beside it, so that serving looks most of them up. Pieces are the encoder's own
vectors, so that those that no training text holds have a place too.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from data import FILES
from heads import decode
from released import student_state
from scores import Tally
from texts import LABELS, UPOS, Text, load
from torch import nn
from torch.nn import functional as F
from train import BUILD, JUDGED, ROOT, begin_with, between, share
from transformers import BertModel

from pobratim.stages.neural.embeddings import embeddings
from pobratim.stages.neural.kinds import KINDS, rows_of
from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.shapes import SHAPES, shape_id

Matrices = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


@dataclass(slots=True)
class Config:
    """One run. ``soft`` is the teacher's share of the loss where gold is told, ``heat`` the
    temperature of both; ``repeat`` how often an epoch goes over our own texts; the drops are the
    probabilities that a word loses its pieces, its embedding, its kinds, or all; ``start`` is a
    folder of released weights to go on from, ``kept`` as in ``train.py``."""

    name: str
    width: int = 128
    depth: int = 4
    epochs: int = 24
    words: int = 5000
    rate: float = 3e-3
    piece_drop: float = 0.08
    known_drop: float = 0.15
    kinds_drop: float = 0.1
    word_drop: float = 0.03
    dropout: float = 0.1
    soft: float = 0.7
    heat: float = 2.0
    repeat: int = 3
    copies: int = 6
    embeddings: bool = True
    kinds: bool = True
    seed: int = 3
    threads: int = 2
    start: str = ""
    kept: float = 1.0
    without: list[str] = field(default_factory=list)


class Types:
    """The different words of all texts, with their fixed vectors."""

    def __init__(self, cut: Pieces, vectors: torch.Tensor) -> None:
        self.cut, self.vectors = cut, vectors
        self.known: dict[tuple[str, bool], int] = {}

    def of(self, text: Text) -> np.ndarray:
        """The numbers of a text's words."""
        keys = zip(text.words, text.spaced.tolist(), strict=True)
        return np.array([self.known.setdefault(key, len(self.known)) for key in keys])

    def matrices(self) -> Matrices:
        """Of every word the sum of its pieces' vectors, its embedding, its kinds, and its shape."""
        words = [word for word, _ in self.known]
        spaced = [space for _, space in self.known]
        bags = self.cut.ids(words, spaced)
        flat = torch.tensor([piece for bag in bags for piece in bag])
        offsets = torch.tensor([0, *np.cumsum([len(bag) for bag in bags])[:-1]])
        summed = F.embedding_bag(flat, self.vectors, offsets, mode="sum")
        shapes = torch.tensor([shape_id(w, s) for w, s in self.known])
        known, kinds = torch.from_numpy(embeddings(words)), torch.from_numpy(rows_of(words))
        return summed, known, kinds, shapes


@dataclass(slots=True)
class Example:
    """A text ready for the network; ``at`` is each word's row in the sequence with its gaps."""

    types: np.ndarray
    at: np.ndarray
    size: int
    layers: np.ndarray
    upos: np.ndarray
    soft: np.ndarray | None


class Student(nn.Module):
    """Residual convolutions of three words, and two heads."""

    def __init__(self, config: Config, vectors: torch.Tensor, known: int = 300) -> None:
        super().__init__()
        width = config.width
        self.config = config
        self.register_buffer("vectors", vectors)
        self.project = nn.Linear(vectors.shape[1], width, bias=False)
        self.know = nn.Linear(known, width, bias=False)
        self.kinds = nn.Linear(len(KINDS), width, bias=False)
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.normal_(self.shapes.weight, std=0.3)
        nn.init.normal_(
            self.project.weight, std=1.0 / vectors.std().item() / vectors.shape[1] ** 0.5
        )
        self.network = Network(width, config.depth, config.dropout)

    def words(
        self, summed: torch.Tensor, known: torch.Tensor, kinds: torch.Tensor, shapes: torch.Tensor
    ) -> torch.Tensor:
        """The vectors of words."""
        made = self.project(summed) + self.shapes(shapes)
        if self.config.embeddings:
            made = made + self.know(known)
        return made + self.kinds(kinds) if self.config.kinds else made

    @torch.no_grad()
    def table(self) -> torch.Tensor:
        """One vector for every piece, as the released model holds them."""
        return self.project(self.vectors)


class Network(nn.Module):
    """What is exported: word vectors with gaps to the logits of entities and of tags."""

    def __init__(self, width: int, depth: int, dropout: float) -> None:
        super().__init__()
        self.enter = nn.LayerNorm(width)
        self.mix = nn.ModuleList(nn.Linear(3 * width, width) for _ in range(depth))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(depth))
        self.drop = nn.Dropout(dropout)
        self.ner = nn.Linear(width, 3 * len(LABELS))
        self.upos = nn.Linear(width, len(UPOS))

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[rows, width] to [rows, 3 * labels] and [rows, tags]."""
        h = self.drop(self.enter(x))
        for mix, norm in zip(self.mix, self.norms, strict=True):
            wide = F.pad(h, (0, 0, 1, 1))
            near = torch.cat([wide[:-2], h, wide[2:]], -1)
            h = norm(h + self.drop(torch.relu(mix(near))))
        return self.ner(h), self.upos(h)


def example(text: Text, types: Types, soft: np.ndarray | None) -> Example:
    """A text's arrays."""
    return Example(
        types.of(text),
        np.arange(len(text.words)) + (text.blocks - text.blocks[0]),
        len(text.words) + int(text.blocks[-1] - text.blocks[0]) + 1,
        text.layers,
        text.upos,
        soft,
    )


@dataclass(slots=True)
class Batch:
    """Examples one after the other."""

    types: torch.Tensor
    at: torch.Tensor
    size: int
    layers: torch.Tensor
    upos: torch.Tensor
    soft: torch.Tensor | None


def batches(found: list[Example], words: int, rng: random.Random | None) -> Iterator[Batch]:
    """Batches of about ``words`` words."""
    return map(joined, grouped(found, words, rng))


def grouped(found: list[Example], words: int, rng: random.Random | None) -> Iterator[list[Example]]:
    order = list(found)
    if rng:
        rng.shuffle(order)
    group: list[Example] = []
    count = 0
    for one in order:
        group.append(one)
        count += len(one.types)
        if count >= words:
            yield group
            group, count = [], 0
    if group:
        yield group


def joined(group: list[Example]) -> Batch:
    rows, at = 0, []
    for one in group:
        at.append(one.at + rows)
        rows += one.size

    def tensor(parts: list[np.ndarray]) -> torch.Tensor:
        return torch.from_numpy(np.concatenate(parts)).long()

    soft = None
    if all(one.soft is not None for one in group):
        soft = torch.from_numpy(np.concatenate([one.soft for one in group])).float()
    return Batch(
        tensor([one.types for one in group]),
        tensor(at),
        rows,
        tensor([one.layers for one in group]),
        tensor([one.upos for one in group]),
        soft,
    )


def forward(model: Student, batch: Batch, matrices: Matrices) -> tuple[torch.Tensor, torch.Tensor]:
    """The logits of the batch's words."""
    summed, known, kinds, shapes = (matrix[batch.types] for matrix in matrices)
    if model.training:
        config = model.config
        whole = torch.rand(len(summed), 1) < config.word_drop
        summed = summed.masked_fill(whole | (torch.rand(len(summed), 1) < config.piece_drop), 0)
        known = known.masked_fill(whole | (torch.rand(len(summed), 1) < config.known_drop), 0)
        kinds = kinds.masked_fill(whole | (torch.rand(len(summed), 1) < config.kinds_drop), 0)
    words = model.words(summed, known, kinds, shapes)
    rows = words.new_zeros(batch.size, words.shape[1]).index_copy(0, batch.at, words)
    ner, upos = model.network(rows)
    return ner[batch.at], upos[batch.at]


def loss_of(config: Config, batch: Batch, ner: torch.Tensor, upos: torch.Tensor) -> torch.Tensor:
    """Gold where it is told, the teacher everywhere, tags where there are any."""
    logits = ner.view(-1, len(LABELS), 3)
    hard = F.cross_entropy(
        logits.reshape(-1, 3), batch.layers.reshape(-1), ignore_index=-1, reduction="none"
    ).view(batch.layers.shape)
    told = (batch.layers >= 0).float()
    loss = (hard * told * (1 - config.soft if batch.soft is not None else 1)).mean()
    if batch.soft is not None:
        wanted = (batch.soft.view_as(logits) / config.heat).softmax(-1)
        said = (logits / config.heat).log_softmax(-1)
        gap = F.kl_div(said, wanted, reduction="none").sum(-1) * config.heat**2
        loss = loss + (gap * (1 - told * (1 - config.soft))).mean()
    if (batch.upos >= 0).any():
        loss = loss + 0.1 * F.cross_entropy(upos, batch.upos, ignore_index=-1)
    return loss


@torch.no_grad()
def judge(model: Student, found: list[Example], matrices: Matrices) -> tuple[Tally, float]:
    """Entity scores, and the share of English tags that are the tagger's."""
    model.eval()
    tally, right, count = Tally(), 0, 0
    for one in found:
        batch = joined([one])
        ner, upos = forward(model, batch, matrices)
        spans = decode(ner.view(-1, len(LABELS), 3).softmax(-1), [len(one.types)])
        tally.add(one.layers, spans)
        told = batch.upos >= 0
        right += int((upos.argmax(-1)[told] == batch.upos[told]).sum())
        count += int(told.sum())
    return tally, right / max(1, count)


def fixed_vectors() -> torch.Tensor:
    """The encoder's vectors of pieces, about their mean."""
    encoder = BertModel.from_pretrained(BUILD / "encoder", add_pooling_layer=False)
    vectors = encoder.embeddings.word_embeddings.weight.detach().clone()
    vectors = vectors - vectors.mean(0)
    vectors[1] = 0
    return vectors


def train(config: Config, found: dict[str, list[Example]], matrices: Matrices) -> Student:
    """The whole run; minutes long, so it keeps no checkpoint."""
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    rng = random.Random(config.seed)
    model = Student(config, fixed_vectors())
    if config.start:
        cut = BUILD / "encoder/tokenizer.json"
        begin_with(model, student_state(ROOT / config.start, model.vectors.numpy(), cut))
    begun = {name: value.clone() for name, value in model.state_dict().items()}
    adam = torch.optim.AdamW(model.parameters(), weight_decay=0.01)
    texts = found["train"] + found["ours"] * config.repeat
    total = config.epochs * len(list(grouped(texts, config.words, None)))
    steps = (batch for _ in range(config.epochs) for batch in batches(texts, config.words, rng))
    began, losses = time.monotonic(), []
    for step, batch in enumerate(steps):
        for group in adam.param_groups:
            group["lr"] = config.rate * share(min(step, total), total, 0.05)
        model.train()
        loss = loss_of(config, batch, *forward(model, batch, matrices))
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        losses.append(loss.item())
        if (step + 1) % 200 == 0 or step + 1 == total:
            pace = (time.monotonic() - began) / (step + 1)
            print(
                f"{config.name}: step {step + 1} of {total}, "
                f"loss {np.mean(losses[-200:]):.4f}, {pace:.2f} s a step",
                flush=True,
            )
    model.load_state_dict(between(begun, model.state_dict(), config.kept))
    return model


def read(config: Config, types: Types) -> dict[str, list[Example]]:
    """The taught texts, our own among them apart, and those that runs are judged on."""
    texts, soft = pickle.loads((BUILD / "taught.pickle").read_bytes())
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[str, list[Example]] = {"train": [], "ours": []}
    for text, logits in zip(texts, soft, strict=True):
        seen[text.source, text.id] += 1
        if seen[text.source, text.id] <= 1 + config.copies and text.source not in config.without:
            kind = "train" if text.source in FILES else "ours"
            found[kind].append(example(text, types, logits if config.soft else None))
    for name in JUDGED:
        found[name] = [example(text, types, None) for text in load(BUILD / "data", name)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="changes")
    options = parser.parse_args()
    fields: dict[str, Any] = tomllib.loads(options.config.read_text("utf-8"))
    for change in options.changes:
        fields.update(tomllib.loads(change))
    config = Config(**{"name": options.config.stem, **fields})
    types = Types(Pieces(BUILD / "encoder/tokenizer.json"), fixed_vectors())
    found = read(config, types)
    matrices = types.matrices()
    began = time.monotonic()
    model = train(config, found, matrices)
    result: dict[str, Any] = {"config": asdict(config)}
    result["minutes"] = round((time.monotonic() - began) / 60, 1)
    for name in JUDGED:
        tally, tags = judge(model, found[name], matrices)
        result[name] = {**tally.table(), "upos": round(100 * tags, 1)}
    folder = BUILD / "runs" / config.name
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), folder / "model.pt")
    (folder / "result.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps({k: v for k, v in result.items() if k != "config"}, ensure_ascii=False))


if __name__ == "__main__":
    main()
