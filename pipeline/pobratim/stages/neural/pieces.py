"""Words to the pieces of the models' shared vocabulary.

Training and serving both call this, so that a word is always cut alike. Each word is cut by itself:
the pieces of a word do not depend on its neighbours, and a text's words are mostly known already.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pobratim.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["END", "MOST_PIECES", "PAD", "SPACE", "START", "UNKNOWN", "Pieces", "space_before"]

START, PAD, END, UNKNOWN = 0, 1, 2, 3
SPACE = "\u2581"
LONGEST_WORD = 64
"""Characters of a word that are looked at: addresses and runs of letters tell no more."""
MOST_PIECES = 16
PLAIN = re.compile("[!-~\u0400-\u045f\u2581]+")
"""Characters that the vocabulary's normalizer (NFKC without white space) leaves as they are."""


def space_before(text: str, starts: Sequence[int]) -> list[bool]:
    """For the words that start at ``starts``: whether white space, or nothing, stands before."""
    return [start == 0 or text[start - 1].isspace() for start in starts]


class Pieces:
    """Cuts words with a Unigram tokenizer; remembers up to ``limit`` of them."""

    def __init__(self, path: Path, *, limit: int = 200_000) -> None:
        self.path = path
        self.limit = limit
        self._known: dict[str, tuple[int, ...]] = {}

    def ids(self, words: Iterable[str], spaces: Iterable[bool]) -> list[tuple[int, ...]]:
        """The pieces of each word, from 1 to ``MOST_PIECES`` of them.

        Args:
            words: the words, none of them empty.
            spaces: for each, whether white space, or nothing, stands before it.
        """
        keys = [SPACE + word if space else word for word, space in zip(words, spaces, strict=True)]
        return self.of_keys(keys)

    def of_keys(self, keys: Sequence[str]) -> list[tuple[int, ...]]:
        """The same for words that have their mark of a space already."""
        known = self._known
        new = [key for key in dict.fromkeys(keys) if key not in known]
        if not new:
            return [known[key] for key in keys]
        if len(known) + len(new) > self.limit:
            known.clear()
            new = list(dict.fromkeys(keys))
        found = dict(zip(new, self.encode(new), strict=True))
        known.update(found)
        made = [known[key] for key in keys]
        if len(known) > self.limit:
            known.clear()
        return made

    def encode(self, keys: Sequence[str]) -> list[tuple[int, ...]]:
        """The pieces of words that have their mark of a space already, past the memory."""
        return [tuple(self._ids(key[:LONGEST_WORD])[:MOST_PIECES]) or (UNKNOWN,) for key in keys]

    def _ids(self, key: str) -> list[int]:
        """The pieces of a key, past the normalizer where it would change nothing."""
        if PLAIN.fullmatch(key):
            return [piece.id for piece in self._model.tokenize(key)]
        found: list[int] = self._tokenizer.encode(key, add_special_tokens=False).ids
        return found

    @cached_property
    def size(self) -> int:
        """How many pieces the vocabulary has."""
        return int(self._tokenizer.get_vocab_size())

    @cached_property
    def _model(self) -> Any:
        return self._tokenizer.model

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        if not self.path.is_file():
            raise ModelError(
                f"no vocabulary at {self.path}; a model's folder stands beside its own"
            )
        return Tokenizer.from_file(str(self.path))
