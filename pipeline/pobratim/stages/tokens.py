"""Text to words, sentences and blocks: the first stage, and the ``Doc`` that carries the rest.

Words are cut fine: digits from letters («2016г» is two), English compounds at the hyphen (as spaCy's
English models expect), Russian ones not («города-побратимы», as razdel does), so that every span a
later stage may want begins and ends at a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING

from razdel import sentenize
from razdel.segmenters.sentenize import SentSplit
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

CYRILLIC = "\u0400-\u052f\u1c80-\u1c87"
LETTER = rf"[^\W\d_{CYRILLIC}]"
"""A letter that is not Cyrillic."""
WORD = re.compile(
    r"(?=\S)(?:"
    r"(?i:https?://|www\.)[^\s<>«»\"]{1,2000}"
    r"|[\w.+-]{1,64}+@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}"
    r"|\d+(?:[.,]\d+)*"
    rf"|[{CYRILLIC}]+(?:[-\u2010\u2011\u2013][{CYRILLIC}]+)*[²³]?"
    r"|(?i:['’]s\b|n['’]t\b|['’](?:re|ve|ll|d|m)\b)"
    rf"|{LETTER}+?(?=(?i:n['’]t\b))"
    rf"|{LETTER}+(?:['’](?!(?i:s|re|ve|ll|d|m)\b){LETTER}+)*"
    r"|[^\W_]+|\.{2,}|\S)"
)
"""White space, which no word begins with, is passed by before any of them is tried."""
RUSSIAN_END = re.compile(rf"{sentenize.split.pattern}(?=\s)")
"""The marks behind which razdel may end a sentence: it never does where no white space follows."""
SENTENCE_END = re.compile(r"[.!?…][\"»”’)\]]{0,3}\s+(?=[\"«“(\[]{0,2}[A-ZÀ-Þ\d])")
LONGEST_SENTENCE = 400
OTHER_HYPHENS = "\u2010\u2011\u2013"
HYPHENS = str.maketrans(OTHER_HYPHENS, "---")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[.]$")


class Tokenizer:
    """Makes the ``Doc`` of a text and puts a :class:`Workspace` into its ``user_data``.

    ``shown`` says whether anybody will look at the ``Doc``; one that nobody does has no words, which
    the stages have from the workspace.
    """

    def __init__(self, vocab: Vocab, *, shown: bool = True) -> None:
        self.vocab = vocab
        self.shown = shown

    def __call__(self, text: str) -> Doc:
        text = LONE_SURROGATE.sub("\ufffd", text)  # no UTF-8, and so no JSON, can have one
        tidy = clean(text, is_known)
        blocks = segments(tidy.text, text)
        space = _workspace(text, tidy, blocks)
        doc = _doc(self.vocab, space) if self.shown else Doc(self.vocab)
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


def _workspace(published: str, tidy: Clean, found: list[Segment]) -> Workspace:
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
        first = len(starts)
        spans = [match.span() for match in WORD.finditer(text, segment.start, segment.end)]
        if not spans:
            continue
        starts += [start for start, _ in spans]
        ends += [end for _, end in spans]
        words += [text[start:end] for start, end in spans]
        languages += [segment.language] * len(spans)
        block_of += [len(blocks)] * len(spans)
        at = first
        for stop in _sentence_ends(text, segment):
            last = bisect_left(starts, stop, at)
            while at < last:
                end = min(last, at + LONGEST_SENTENCE)
                sentence_of += [len(sentences)] * (end - at)
                sentences.append((at, end))
                at = end
        value = min(bisect_left(starts, segment.value, first), len(words) - 1)
        blocks.append(
            Block(
                segment.kind, first, len(words), segment.language, value, segment.level,
                segment.boilerplate,
            )
        )  # fmt: skip
    if any(hyphen in text for hyphen in OTHER_HYPHENS):
        hyphened = {
            word: word.translate(HYPHENS)
            for word in set(words)
            if len(word) > 2 and not word.isalpha()
        }
        words = [hyphened.get(word, word) for word in words]
    lowers = [word.lower() for word in words]
    return Workspace(
        published=published,
        text=text,
        words=words,
        lowers=lowers,
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
        lemmas=lowers.copy(),
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
        for end in _russian_ends(piece):
            yield segment.start + end
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


def _russian_ends(text: str) -> Iterator[int]:
    """Where razdel would end the sentences of a text, the last excepted."""
    first, window = 0, sentenize.split.window
    for mark in RUSSIAN_END.finditer(text):
        start, end = mark.span()
        split = SentSplit(text[max(0, start - window) : start], mark[1], text[end : end + window])
        split.buffer = text[first:start]
        if not sentenize.join(split):
            yield end
            first = end


def _doc(vocab: Vocab, space: Workspace) -> Doc:
    """A ``Doc`` of the published text: the words in their published spelling, and the white space."""
    text = space.published
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
