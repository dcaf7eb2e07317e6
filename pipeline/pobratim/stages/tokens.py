"""Text to words, sentences and blocks: the first stage, and the ``Doc`` that carries the rest.

Words are cut fine: digits from letters («2016г» is two), English compounds at the hyphen (as spaCy's
English models expect), Russian ones not («города-побратимы», as razdel does), so that every span a
later stage may want begins and ends at a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import razdel
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from pobratim.lexicon.morphology import is_known
from pobratim.lexicon.reading import reading_lexicon
from pobratim.reading.clean import Clean, clean
from pobratim.reading.layout import Segment, segments
from pobratim.stages.workspace import KEY, Block, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.vocab import Vocab

__all__ = ["Tokenizer", "create_tokenizer"]

WORD = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}"
    r"|\d+(?:[.,]\d+)*"
    r"|[\u0400-\u052f]+(?:[-\u2010\u2011\u2013][\u0400-\u052f]+)*[²³]?"
    r"|(?:['’]s\b|n['’]t\b|['’](?:re|ve|ll|d|m)\b)"
    r"|[^\W\d_\u0400-\u052f]+?(?=n['’]t\b)"
    r"|[^\W\d_\u0400-\u052f]+(?:['’](?!(?:s|re|ve|ll|d|m)\b)[^\W\d_\u0400-\u052f]+)*"
    r"|[^\W_]+|\.{2,}|[^\s]",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…][\"»”’)\]]{0,3}\s+(?=[\"«“(\[]{0,2}[A-ZÀ-Þ\d])")
LONGEST_SENTENCE = 400
OTHER_HYPHENS = "\u2010\u2011\u2013"
HYPHENS = str.maketrans(OTHER_HYPHENS, "---")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
LAST_WORD = re.compile(r"([^\W\d_]+)[.]$")


class Tokenizer:
    """Makes the ``Doc`` of a text and puts a :class:`Workspace` into its ``user_data``."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        text = LONE_SURROGATE.sub("\ufffd", text)  # no UTF-8, and so no JSON, can have one
        tidy = clean(text, is_known)
        blocks = segments(tidy.text, text)
        space = _workspace(tidy, blocks)
        doc = _doc(self.vocab, text, space)
        doc.user_data[KEY] = space
        return doc

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to save: the rules are in the package."""
        return b""

    def from_bytes(self, _: bytes, **__: object) -> Tokenizer:
        return self

    def to_disk(self, _path: object, **__: object) -> None:
        return None

    def from_disk(self, _path: object, **__: object) -> Tokenizer:
        return self


def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """The tokenizer for a spaCy config."""

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab)

    return create


registry.tokenizers("pobratim.Tokenizer.v1")(create_tokenizer)


def _workspace(tidy: Clean, found: list[Segment]) -> Workspace:
    text = _unwrapped(tidy.text, found)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    languages: list[str] = []
    blocks: list[Block] = []
    sentences: list[tuple[int, int]] = []
    sentence_of: list[int] = []
    block_of: list[int] = []
    for segment in found:
        first = len(words)
        for match in WORD.finditer(text, segment.start, segment.end):
            words.append(match.group())
            starts.append(match.start())
            ends.append(match.end())
        if len(words) == first:
            continue
        languages += [segment.language] * (len(words) - first)
        block_of += [len(blocks)] * (len(words) - first)
        at = value = first
        for stop in _sentence_ends(text, segment):
            last = at
            while last < len(words) and starts[last] < stop:
                last += 1
            while at < last:
                end = min(last, at + LONGEST_SENTENCE)
                sentence_of += [len(sentences)] * (end - at)
                sentences.append((at, end))
                at = end
        while value < len(words) - 1 and starts[value] < segment.value:
            value += 1
        blocks.append(
            Block(
                segment.kind, first, len(words), segment.language, value, segment.level,
                segment.boilerplate,
            )
        )  # fmt: skip
    if any(hyphen in text for hyphen in OTHER_HYPHENS):
        words = [word.translate(HYPHENS) if len(word) > 2 else word for word in words]
    return Workspace(
        text=text,
        words=words,
        lowers=[word.lower() for word in words],
        starts=starts,
        ends=ends,
        raw_starts=tidy.raw_starts(starts) if starts else [],
        raw_ends=tidy.raw_ends(ends) if ends else [],
        tokens=[],
        languages=languages,
        blocks=blocks,
        sentences=sentences,
        sentence_of=sentence_of,
        block_of=block_of,
        lemmas=[word.lower() for word in words],
        tags=["X"] * len(words),
        readings=[()] * len(words),
    )


def _unwrapped(text: str, found: list[Segment]) -> str:
    """``text`` with the line ends inside blocks turned into spaces."""
    parts, at = [], 0
    for segment in found:
        if segment.breaks:
            parts.append(text[at : segment.start])
            parts.append(text[segment.start : segment.end].replace("\n", " "))
            at = segment.end
    parts.append(text[at:])
    return "".join(parts)


def _sentence_ends(text: str, segment: Segment) -> Iterator[int]:
    piece = text[segment.start : segment.end]
    if segment.language == "ru":
        for part in razdel.sentenize(piece):
            yield segment.start + part.stop
    else:
        abbreviations = reading_lexicon().abbreviations["en"]
        for match in SENTENCE_END.finditer(piece):
            word = LAST_WORD.search(piece, max(0, match.start() - 20), match.start() + 1)
            last = word.group(1) if word else ""
            if len(last) == 1 and last.isupper():
                continue
            if last.casefold() not in abbreviations:
                yield segment.start + match.end()
    yield segment.end


def _doc(vocab: Vocab, text: str, space: Workspace) -> Doc:
    """A ``Doc`` whose text is ``text``: the words in their published spelling, and the white space."""
    pieces: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in zip(space.raw_starts, space.raw_ends, strict=True):
        if start > at:
            gap = text[at:start]
            if gap[0] == " " and pieces and not spaces[-1]:
                spaces[-1] = True
                gap = gap[1:]
            if gap:
                pieces.append(gap)
                spaces.append(False)
        space.tokens.append(len(pieces))
        pieces.append(text[start:end])
        spaces.append(False)
        at = end
    if at < len(text):
        pieces.append(text[at:])
        spaces.append(False)
    doc = Doc(vocab, words=pieces, spaces=spaces)
    for token, word in zip(space.tokens, space.words, strict=True):
        if pieces[token] != word:
            doc[token].norm_ = word
    return doc
