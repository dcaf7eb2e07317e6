"""Train a tagger over the encoder.

    python models/ner/train.py models/ner/configs/accurate.toml [--set steps=20] [--folds 3]

The config names everything that a run depends on. A run's folder, ``build/models/runs/<name>``, holds
its last checkpoint, from which the same command goes on, and ``result.json``. With ``--folds`` nothing is
released: our own texts are held out in turn, and ``crossed.json`` has the scores of models that did not
see them.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from heads import HEADS
from released import tagger_state
from scores import Tally
from texts import LABELS, Text, load
from torch import nn
from transformers import BertModel
from windows import Batch, Window, batches, windows

from pobratim.stages.neural.kinds import KINDS
from pobratim.stages.neural.pieces import Pieces

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build/models"
OURS = ("dev", "open", "written-ru", "written-en")
CROSSED = ("dev", "open")
JUDGED = ("nerel-dev", "crossner-politics-dev")


@dataclass(slots=True)
class Config:
    """One run. ``sources`` maps sets to how often an epoch goes over them; ``layers`` are those of
    the encoder that are kept, from the input on; the layers from ``words_from`` on see only each
    word's first piece (0: all see all pieces); ``start`` is a run, or a folder of released
    weights, to begin with, and ``dropped`` are layers of the latter that are left out; ``kept`` is how
    far the weights go in the end from those that they began with to those that were learnt (1: all
    the way); ``bfloat16`` pays on processors that multiply matrices of it, on others it costs."""

    name: str
    sources: dict[str, float]
    layers: int = 12
    words_from: int = 0
    head: str = "bio"
    epochs: float = 4.0
    steps: int = 0
    tokens: int = 2048
    window: int = 128
    rate: float = 8e-5
    head_rate: float = 1e-3
    kinds_rate: float = 1e-3
    warmup: float = 0.06
    decay: float = 0.01
    dropout: float = 0.1
    word_dropout: float = 0.05
    freeze_embeddings: bool = True
    seed: int = 7
    start: str = ""
    threads: int = 2
    dropped: list[int] = field(default_factory=list)
    kept: float = 1.0
    bfloat16: bool = True


class Tagger(nn.Module):
    """The encoder's first layers, what the program's lists know of each word, and a head over each
    word's first piece."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(BUILD / "encoder", add_pooling_layer=False)
        self.encoder.encoder.layer = self.encoder.encoder.layer[: config.layers]
        self.encoder.config.num_hidden_layers = config.layers
        for module in self.encoder.modules():
            if isinstance(module, nn.Dropout):
                module.p = config.dropout
        if config.freeze_embeddings:
            self.encoder.embeddings.word_embeddings.requires_grad_(False)
        self.words_from = config.words_from or config.layers
        self.bfloat16 = config.bfloat16
        self.kinds = nn.Linear(len(KINDS), self.encoder.config.hidden_size, bias=False)
        nn.init.zeros_(self.kinds.weight)
        self.head = HEADS[config.head](self.encoder.config.hidden_size, len(LABELS))

    def words(self, batch: Batch) -> torch.Tensor:
        """The vectors of all words of the batch, [words, width]."""
        layers = self.encoder.encoder.layer
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.bfloat16):
            hidden = self.encoder.embeddings(batch.ids)
            mask = batch.mask.bool()[:, None, None]
            for layer in layers[: self.words_from]:
                hidden = layer(hidden, mask)
            at = batch.kept.clamp(min=0)[..., None].expand(-1, -1, hidden.shape[2])
            hidden = hidden.gather(1, at) + self.kinds(batch.kinds)
            mask = (batch.kept >= 0)[:, None, None]
            for layer in layers[self.words_from :]:
                hidden = layer(hidden, mask)
        mask[..., 0] = False
        return hidden[mask[:, 0, 0]].float()


def begin_with(model: nn.Module, state: dict[str, np.ndarray]) -> None:
    """Give the model the weights that ``state`` has; all its names must be the model's."""
    given = {name: torch.tensor(value) for name, value in state.items()}
    model.load_state_dict({**model.state_dict(), **given})


State = dict[str, torch.Tensor]


def between(begun: State, learnt: State, kept: float) -> State:
    """Weights on the way from ``begun`` to ``learnt``, of which ``kept`` is gone (Wortsman et al. 2022,
    arXiv:2109.01903): most of what was learnt, and less of the old forgotten."""
    return {name: (1 - kept) * begun[name] + kept * value for name, value in learnt.items()}


def optimizer(model: Tagger, config: Config) -> torch.optim.AdamW:
    """AdamW with rates of their own for the head and for what the lists know."""
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    return torch.optim.AdamW(
        [
            {"params": body, "lr": config.rate},
            {"params": list(model.head.parameters()), "lr": config.head_rate},
            {"params": list(model.kinds.parameters()), "lr": config.kinds_rate},
        ],
        weight_decay=config.decay,
    )


def share(step: int, total: int, warmup: float) -> float:
    """The share of the full rate: a linear rise, then a linear fall to nothing."""
    rise = max(1, int(total * warmup))
    return min((step + 1) / rise, max(0.0, (total - step) / max(1, total - rise)))


def epoch(config: Config, sets: dict[str, list[Window]], rng: random.Random) -> list[Window]:
    """The windows of one pass; a source's share is drawn anew each time."""
    chosen: list[Window] = []
    for name, times in config.sources.items():
        found = sets[name]
        chosen += found * int(times)
        chosen += rng.sample(found, round(len(found) * (times % 1)))
    return chosen


def drop_words(batch: Batch, probability: float, generator: torch.Generator) -> None:
    """Some pieces become unknown, so that names are learned from their surroundings too, and some
    words are ones that no list knows."""
    drop = torch.rand(batch.ids.shape, generator=generator) < probability
    batch.ids[drop & (batch.ids > 3)] = 3
    batch.kinds[torch.rand(batch.kept.shape, generator=generator) < 2 * probability] = 0


@torch.no_grad()
def judge(model: Tagger, found: list[Window], tokens: int = 4096) -> Tally:
    """Scores over windows."""
    model.eval()
    tally = Tally()
    for batch in batches(found, tokens, None):
        sizes = [len(window.heads) for window in batch.windows]
        spans = model.head.spans(model.words(batch), sizes)
        tally.add(batch.layers.numpy(), spans)
    return tally


def train(config: Config, sets: dict[str, list[Window]], folder: Path) -> Tagger:
    """Run the config, from its checkpoint where there is one."""
    torch.set_num_threads(config.threads)
    torch.manual_seed(config.seed)
    rng = random.Random(config.seed)
    generator = torch.Generator().manual_seed(config.seed)
    model = Tagger(config)
    if (ROOT / config.start / "model.onnx").is_file():
        begin_with(model, tagger_state(ROOT / config.start, config.dropped))
    elif config.start:
        state = torch.load(BUILD / "runs" / config.start / "model.pt", weights_only=True)
        model.load_state_dict(state)
    begun = {name: value.clone() for name, value in model.state_dict().items()}
    adam = optimizer(model, config)
    passes: list[Batch] = []
    for _ in range(math.ceil(config.epochs)):
        passes += batches(epoch(config, sets, rng), config.tokens, rng)
    total = config.steps or int(len(passes) * config.epochs / math.ceil(config.epochs))
    begin = 0
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.is_file():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        adam.load_state_dict(saved["adam"])
        generator.set_state(saved["generator"])
        begin = saved["step"]
    began, losses = time.monotonic(), []
    for step in range(begin, total):
        batch = passes[step]
        drop_words(batch, config.word_dropout, generator)
        rates = (config.rate, config.head_rate, config.kinds_rate)
        for group, rate in zip(adam.param_groups, rates, strict=True):
            group["lr"] = rate * share(step, total, config.warmup)
        model.train()
        sizes = [len(window.heads) for window in batch.windows]
        loss = model.head.loss(model.words(batch), batch.layers, sizes)
        adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        losses.append(loss.item())
        if (step + 1) % 50 == 0 or step + 1 == total:
            pace = (time.monotonic() - began) / (step + 1 - begin)
            mean = sum(losses[-50:]) / len(losses[-50:])
            print(
                f"{config.name}: step {step + 1} of {total}, loss {mean:.4f}, "
                f"{pace:.2f} s a step, {pace * (total - step - 1) / 60:.0f} min left",
                flush=True,
            )
        if (step + 1) % 100 == 0:
            save = {
                "model": model.state_dict(),
                "adam": adam.state_dict(),
                "generator": generator.get_state(),
                "step": step + 1,
            }
            torch.save(save, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
    if config.kept < 1:
        torch.save(model.state_dict(), folder / "learnt.pt")
        model.load_state_dict(between(begun, model.state_dict(), config.kept))
    torch.save(model.state_dict(), folder / "model.pt")
    checkpoint.unlink(missing_ok=True)
    return model


def read(config: Config) -> tuple[dict[str, list[Window]], dict[str, list[Text]]]:
    """The windows and texts of every set that the run reads or is judged on."""
    cut = Pieces(BUILD / "encoder/tokenizer.json")
    names = dict.fromkeys((*config.sources, *JUDGED, *OURS))
    texts = {name: load(BUILD / "data", name) for name in names}
    return {
        name: [w for text in found for w in windows(text, cut, config.window)]
        for name, found in texts.items()
    }, texts


def crossed(config: Config, sets: dict[str, list[Window]], folds: int, folder: Path) -> Tally:
    """Our own texts, each scored by a model that did not see it."""
    tally = Tally()
    for fold in range(folds):
        names = {name: sorted({w.text.id for w in sets[name]}) for name in CROSSED}
        out = {name: set(ids[fold::folds]) for name, ids in names.items()}
        held = {n: [w for w in sets[n] if w.text.id in out[n]] for n in CROSSED}
        left = {n: [w for w in sets[n] if w.text.id not in out[n]] for n in CROSSED}
        unseen = set().union(*out.values())
        left["renamed"] = [w for w in sets.get("renamed", []) if w.text.id not in unseen]
        place = folder / f"fold-{fold}"
        place.mkdir(exist_ok=True)
        model = train(config, {**sets, **left}, place)
        for name in CROSSED:
            part = judge(model, held[name])
            for counts in ("right", "said", "gold"):
                getattr(tally, counts).update(getattr(part, counts))
        (place / "model.pt").unlink()
    return tally


def configured(path: Path, changes: list[str]) -> Config:
    """The config of a file with changes like ``layers=8``."""
    fields: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    for change in changes:
        for name, value in tomllib.loads(change).items():
            if isinstance(value, dict):
                fields[name] = {**fields[name], **value}
            else:
                fields[name] = value
    return Config(**{"name": path.stem, **fields})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="changes")
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    config = configured(options.config, options.changes)
    folder = BUILD / "runs" / config.name
    folder.mkdir(parents=True, exist_ok=True)
    sets, _ = read(config)
    began = time.monotonic()
    result: dict[str, Any] = {"config": asdict(config)}
    if options.folds:
        result["crossed"] = crossed(config, sets, options.folds, folder).table()
        result["minutes"] = round((time.monotonic() - began) / 60, 1)
        (folder / "crossed.json").write_text(json.dumps(result, indent=1) + "\n")
        print(json.dumps(result["crossed"]))
        return
    model = train(config, sets, folder)
    result["minutes"] = round((time.monotonic() - began) / 60, 1)
    for name in JUDGED:
        result[name] = judge(model, sets[name]).table()
    (folder / "result.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps({k: v for k, v in result.items() if k != "config"}, ensure_ascii=False))


if __name__ == "__main__":
    main()
