"""Train the small model: convolutions over words, distilled from the large one.

    python models/ner/student.py models/ner/configs/fast.toml [--set width=96]

A word's vector is the sum of its pieces' vectors and of its shape's; it does not depend on the words
beside it, so that serving looks most of them up. Pieces start from the encoder's own vectors through
one learned projection, which places pieces that no training text holds as well.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import time
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from data import FILES
from heads import decode
from scores import Tally
from texts import LABELS, UPOS, Text, load
from torch import nn
from torch.nn import functional as F  # noqa: N812
from train import BUILD, JUDGED, share
from transformers import BertModel

from pobratim.stages.neural.pieces import Pieces
from pobratim.stages.neural.shapes import SHAPES, shape_id


@dataclass(slots=True)
class Config:
    """One run. ``soft`` is the teacher's share of the loss where gold is told, ``heat`` the
    temperature of both; ``repeat`` how often an epoch goes over our own texts."""

    name: str
    width: int = 128
    depth: int = 4
    epochs: int = 10
    words: int = 6000
    rate: float = 2e-3
    piece_drop: float = 0.08
    word_drop: float = 0.05
    dropout: float = 0.1
    soft: float = 0.7
    heat: float = 2.0
    repeat: int = 4
    copies: bool = True
    seed: int = 3
    threads: int = 2
    minutes: float = 0.0
    without: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Example:
    """A text ready for the network; ``at`` is each word's row in the sequence with its gaps."""

    pieces: np.ndarray
    offsets: np.ndarray
    shapes: np.ndarray
    at: np.ndarray
    size: int
    layers: np.ndarray
    upos: np.ndarray
    soft: np.ndarray | None
    language: str


class Student(nn.Module):
    """Residual convolutions of three words, and two heads."""

    def __init__(self, config: Config, vectors: torch.Tensor) -> None:
        super().__init__()
        width = config.width
        self.config = config
        self.register_buffer("vectors", vectors)
        self.project = nn.Linear(vectors.shape[1], width, bias=False)
        self.own = nn.EmbeddingBag(len(vectors), width, mode="sum", padding_idx=1)
        self.shapes = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.own.weight)
        nn.init.normal_(self.shapes.weight, std=0.3)
        nn.init.normal_(self.project.weight, std=1.0 / vectors.std().item() / vectors.shape[1] ** 0.5)
        self.network = Network(width, config.depth, config.dropout)

    def words(self, pieces: torch.Tensor, offsets: torch.Tensor, shapes: torch.Tensor) -> torch.Tensor:
        """The vectors of words from the bags of their pieces."""
        summed = F.embedding_bag(pieces, self.vectors, offsets, mode="sum")
        return self.project(summed) + self.own(pieces, offsets) + self.shapes(shapes)

    @torch.no_grad()
    def table(self) -> torch.Tensor:
        """One vector for every piece, as the released model holds them."""
        return self.project(self.vectors) + self.own.weight


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


def example(text: Text, cut: Pieces, soft: np.ndarray | None) -> Example:
    """A text's arrays."""
    ids = cut.ids(text.words, text.spaced.tolist())
    lengths = np.array([len(one) for one in ids])
    return Example(
        np.concatenate([np.array(one) for one in ids]),
        np.concatenate([[0], lengths.cumsum()[:-1]]),
        np.array([shape_id(w, bool(s)) for w, s in zip(text.words, text.spaced, strict=True)]),
        np.arange(len(ids)) + (text.blocks - text.blocks[0]),
        len(ids) + int(text.blocks[-1] - text.blocks[0]) + 1,
        text.layers,
        text.upos,
        soft,
        text.language,
    )


@dataclass(slots=True)
class Batch:
    """Examples one after the other."""

    pieces: torch.Tensor
    offsets: torch.Tensor
    shapes: torch.Tensor
    at: torch.Tensor
    size: int
    layers: torch.Tensor
    upos: torch.Tensor
    soft: torch.Tensor | None


def batches(found: list[Example], words: int, rng: random.Random | None) -> Iterator[Batch]:
    """Batches of about ``words`` words."""
    order = list(found)
    if rng:
        rng.shuffle(order)
    group: list[Example] = []
    for one in order:
        group.append(one)
        if sum(len(e.shapes) for e in group) >= words:
            yield joined(group)
            group = []
    if group:
        yield joined(group)


def joined(group: list[Example]) -> Batch:
    pieces, rows = 0, 0
    offsets, at = [], []
    for one in group:
        offsets.append(one.offsets + pieces)
        at.append(one.at + rows)
        pieces += len(one.pieces)
        rows += one.size

    def tensor(parts: list[np.ndarray]) -> torch.Tensor:
        return torch.from_numpy(np.concatenate(parts)).long()

    soft = None
    if all(one.soft is not None for one in group):
        soft = torch.from_numpy(np.concatenate([one.soft for one in group])).float()
    return Batch(
        tensor([one.pieces for one in group]),
        tensor(offsets),
        tensor([one.shapes for one in group]),
        tensor(at),
        rows,
        tensor([one.layers for one in group]),
        tensor([one.upos for one in group]),
        soft,
    )


def forward(model: Student, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """The logits of the batch's words."""
    pieces = batch.pieces
    if model.training:
        config = model.config
        lengths = torch.diff(batch.offsets, append=torch.tensor([len(pieces)]))
        drop = torch.rand(len(pieces)) < config.piece_drop
        whole = (torch.rand(len(lengths)) < config.word_drop).repeat_interleave(lengths)
        pieces = pieces.masked_fill(drop | whole, 3)
    words = model.words(pieces, batch.offsets, batch.shapes)
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
def judge(model: Student, found: list[Example]) -> tuple[Tally, float]:
    """Entity scores, and the share of English tags that are the tagger's."""
    model.eval()
    tally, right, count = Tally(), 0, 0
    for one in found:
        batch = joined([one])
        ner, upos = forward(model, batch)
        spans = decode(ner.view(-1, len(LABELS), 3).softmax(-1), [len(one.shapes)])
        tally.add(one.layers, spans)
        told = batch.upos >= 0
        right += int((upos.argmax(-1)[told] == batch.upos[told]).sum())
        count += int(told.sum())
    return tally, right / max(1, count)


def train(config: Config, found: dict[str, list[Example]]) -> Student:
    """The whole run; minutes long, so it keeps no checkpoint."""
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    rng = random.Random(config.seed)
    encoder = BertModel.from_pretrained(BUILD / "encoder", add_pooling_layer=False)
    vectors = encoder.embeddings.word_embeddings.weight.detach().clone()
    vectors = vectors - vectors.mean(0)
    vectors[1] = 0
    model = Student(config, vectors)
    own = list(model.own.parameters())
    rest = [p for name, p in model.named_parameters() if not name.startswith("own.")]
    adam = torch.optim.AdamW(
        [{"params": rest, "weight_decay": 0.01}, {"params": own, "weight_decay": 0.0}]
    )
    steps = [
        batch
        for _ in range(config.epochs)
        for batch in batches(found["train"] + found["ours"] * config.repeat, config.words, rng)
    ]
    began, losses = time.monotonic(), []
    for step, batch in enumerate(steps):
        for group in adam.param_groups:
            group["lr"] = config.rate * share(step, len(steps), 0.05)
        model.train()
        loss = loss_of(config, batch, *forward(model, batch))
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        losses.append(loss.item())
        if (step + 1) % 200 == 0 or step + 1 == len(steps):
            pace = (time.monotonic() - began) / (step + 1)
            print(f"{config.name}: step {step + 1} of {len(steps)}, "
                  f"loss {np.mean(losses[-200:]):.4f}, {pace:.2f} s a step", flush=True)
    return model


def read(config: Config) -> dict[str, list[Example]]:
    """The taught texts, our own among them apart, and those that runs are judged on."""
    cut = Pieces(BUILD / "encoder/tokenizer.json")
    texts, soft = pickle.loads((BUILD / "taught.pickle").read_bytes())
    limit = math.inf if config.copies else len(texts) // 3
    found: dict[str, list[Example]] = {"train": [], "ours": []}
    for index, (text, logits) in enumerate(zip(texts, soft, strict=True)):
        if index < limit and text.source not in config.without:
            kind = "train" if text.source in FILES else "ours"
            found[kind].append(example(text, cut, logits if config.soft else None))
    for name in JUDGED:
        found[name] = [example(text, cut, None) for text in load(BUILD / "data", name)]
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
    found = read(config)
    began = time.monotonic()
    model = train(config, found)
    result: dict[str, Any] = {"config": asdict(config)}
    result["minutes"] = round((time.monotonic() - began) / 60, 1)
    for name in JUDGED:
        tally, tags = judge(model, found[name])
        result[name] = {**tally.table(), "upos": round(100 * tags, 1)}
    folder = BUILD / "runs" / config.name
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), folder / "model.pt")
    (folder / "result.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps({k: v for k, v in result.items() if k != "config"}, ensure_ascii=False))


if __name__ == "__main__":
    main()
