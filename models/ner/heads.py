"""What turns words' vectors into mentions: two heads, compared in ``models/README.md``."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

LONGEST_SPAN = 24
"""Words of the longest mention that the span head can say."""


class LayeredBio(nn.Module):
    """For every label of its own outside, first and further; labels may nest in one another."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.labels = labels
        self.score = nn.Linear(width, 3 * labels)

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        """[words, width] to logits [words, labels, 3]."""
        return self.score(words).view(-1, self.labels, 3)

    def loss(self, words: torch.Tensor, layers: torch.Tensor, sizes: list[int]) -> torch.Tensor:
        """Mean cross-entropy of the words whose layer is told."""
        return F.cross_entropy(self(words).reshape(-1, 3), layers.reshape(-1), ignore_index=-1)

    @torch.no_grad()
    def spans(self, words: torch.Tensor, sizes: list[int]) -> list[tuple[int, int, int, float]]:
        """(label, first word, word after the last, probability), in the batch's own word numbers."""
        shares = self(words).softmax(-1)
        return decode(shares, sizes)


def decode(shares: torch.Tensor, sizes: list[int]) -> list[tuple[int, int, int, float]]:
    """The spans of layered BIO probabilities [words, labels, 3]; none goes over a window's end."""
    best = shares.argmax(-1)
    ends = set(torch.tensor(sizes).cumsum(0).tolist())
    found = []
    inside = 1 - shares[..., 0]
    for label in range(shares.shape[1]):
        at = 0
        tags = best[:, label].tolist()
        while at < len(tags):
            if tags[at] == 0:
                at += 1
                continue
            last = at + 1
            while last < len(tags) and tags[last] == 2 and last not in ends:
                last += 1
            found.append((label, at, last, float(inside[at:last, label].mean())))
            at = last
    return found


class SpanPointer(nn.Module):
    """For every label a score of each span, from its first and last word (after GlobalPointer,
    Su et al. 2022, arXiv:2208.03054, with a table of span lengths in place of rotary positions)."""

    def __init__(self, width: int, labels: int, inner: int = 48) -> None:
        super().__init__()
        self.labels, self.inner = labels, inner
        self.project = nn.Linear(width, 2 * inner)
        self.bias = nn.Linear(width, 2 * labels)
        self.lengths = nn.Embedding(LONGEST_SPAN, labels)

    def forward(self, words: torch.Tensor) -> torch.Tensor:
        """One window's [words, width] to logits [labels, words, lengths]."""
        size = len(words)
        first, last = self.project(words).split(self.inner, -1)
        pair = first @ last.T / self.inner**0.5
        bias_first, bias_last = self.bias(words).split(self.labels, -1)
        at = torch.arange(size)[:, None] + torch.arange(LONGEST_SPAN)[None]
        inside = at.clamp(max=size - 1)
        score = pair.gather(1, inside)[None] + bias_first.T[:, :, None] + bias_last.T[:, inside]
        score = score + self.lengths.weight.T[:, None, :]
        return score.masked_fill((at >= size)[None], -1e4)

    def loss(self, words: torch.Tensor, layers: torch.Tensor, sizes: list[int]) -> torch.Tensor:
        """Binary cross-entropy of the spans that touch no masked word, scaled to a word."""
        total, count = words.new_zeros(()), 0
        for vectors, layer in zip(words.split(sizes), layers.split(sizes), strict=True):
            logits = self(vectors).float()
            wanted, told = _targets(layer)
            losses = F.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
            total = total + (losses * told).sum()
            count += layer.numel()
        return total / count

    @torch.no_grad()
    def spans(self, words: torch.Tensor, sizes: list[int]) -> list[tuple[int, int, int, float]]:
        """As :meth:`LayeredBio.spans`; of overlapping spans of a label the likeliest stands."""
        found, offset = [], 0
        for vectors in words.split(sizes):
            shares = self(vectors).float().sigmoid()
            for label, first, length in (shares > 0.5).nonzero().tolist():
                score = float(shares[label, first, length])
                found.append((label, offset + first, offset + first + length + 1, score))
            offset += len(vectors)
        kept: list[tuple[int, int, int, float]] = []
        taken: set[tuple[int, int]] = set()
        for span in sorted(found, key=lambda span: -span[3]):
            words_of = {(span[0], at) for at in range(span[1], span[2])}
            if not words_of & taken:
                taken |= words_of
                kept.append(span)
        return kept


def _targets(layer: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    size, labels = layer.shape
    wanted = torch.zeros(labels, size, LONGEST_SPAN)
    for label in range(labels):
        shares = F.one_hot(layer[:, label : label + 1].clamp(min=0), 3).float()
        for _, first, last, _ in decode(shares, [size]):
            if last - first <= LONGEST_SPAN:
                wanted[label, first, last - first - 1] = 1
    masked = (layer < 0).float().T
    sums = F.pad(masked.cumsum(1), (1, 0))
    ends = (torch.arange(size)[:, None] + torch.arange(1, LONGEST_SPAN + 1)[None]).clamp(max=size)
    touches = sums[:, ends] - sums[:, :size, None] > 0
    return wanted, (~touches).float()


HEADS = {"bio": LayeredBio, "span": SpanPointer}
