"""What the stages share about one document: its words, their tags, and what was found so far.

spaCy's ``Doc`` holds the text as published, white space tokens and all. Rules read better without
them, so a :class:`Workspace` travels in ``doc.user_data`` and speaks of *words*: the tokens that are
not white space, in the spelling that a careful typist would have used («городов-\\nпобратимов» is
one word, "fr om" is ``from``). Spans are half-open ranges of word indices; ``raw_starts`` and
``raw_ends`` lead back to code-point offsets in the published text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from pobratim.lexicon.morphology import Reading
from pobratim.reading.layout import BlockKind
from pobratim.schema import Category

if TYPE_CHECKING:
    from collections.abc import Callable, Set
    from datetime import date
    from decimal import Decimal

    from spacy.tokens import Doc

    from pobratim.stages.quotes import Quote
    from pobratim.stages.sections import Sections

__all__ = [
    "KEY",
    "Block",
    "BlockKind",
    "Candidate",
    "CountValue",
    "DateValue",
    "Link",
    "Reading",
    "Workspace",
    "begins_cell",
    "has_capital",
    "workspace",
]

KEY = "pobratim"
START, END = attrgetter("start"), attrgetter("end")
Column = Literal["words", "lowers", "lemmas"]


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or ``key: value`` line; ``start``/``end`` are word indices.

    ``value`` is the first word after the colon of a field (``start`` for other kinds); ``level`` is
    0 for text outside any list and grows with indentation.
    """

    kind: BlockKind
    start: int
    end: int
    language: str
    value: int
    level: int = 0
    boilerplate: bool = False


class DateValue(NamedTuple):
    """``edtf`` and its first and last day (see :mod:`pobratim.schema`)."""

    edtf: str
    earliest: str | None
    latest: str | None


@dataclass(slots=True)
class CountValue:
    """The typed value of a COUNT; see :class:`pobratim.schema.CountMention`."""

    value: Decimal | None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    approximate: bool = False
    unit: str | None = None
    counted: str | None = None
    category: Category | None = None


@dataclass(slots=True)
class Candidate:
    """A mention in the making; ``why`` is ``stage:rule`` or ``model:name``.

    ``head`` is the word that carries the meaning (a count's noun, a role's office) where a stage
    knows it; ``data`` is what the maker wants to tell later stages (a gazetteer entry, an office).
    """

    label: str
    start: int
    end: int
    score: float
    why: str
    value: DateValue | CountValue | None = None
    entity: str | None = None
    head: int | None = None
    data: object = None

    def covers(self, other: Candidate) -> bool:
        """Whether ``other`` lies within this span (equal spans included)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Candidate) -> bool:
        """Whether the two spans share a word."""
        return self.start < other.end and other.start < self.end


@dataclass(slots=True)
class Link:
    """A relation in the making, from candidate to candidate."""

    label: str
    head: Candidate
    tail: Candidate
    score: float
    why: str


@dataclass(slots=True)
class Workspace:
    """Parallel lists over the document's words, its blocks and sentences, and what was found.

    ``published`` is the text as published, ``text`` the clean text, ``starts``/``ends`` offsets into
    the latter; it keeps a ``\\n`` at the end of
    every block and spaces elsewhere. ``languages`` holds ``ru``, ``en`` or ``und`` for each word,
    ``tags`` Universal POS tags, ``readings`` the analyses of a Russian form, best first (empty for
    other languages). ``guesses`` are the names that the languages' models saw, under the models' own
    labels; ``seen`` is all that one of our own models saw, of which ``guesses`` has the names,
    and ``trust`` the probability from which it is trusted with a label (empty without such a model);
    ``candidates`` is what the stages made of them. ``sentence_of`` and
    ``block_of`` index ``sentences`` and ``blocks``. ``quotes`` is what
    :func:`pobratim.stages.quotes.quotes` found, ``sections`` what
    :func:`pobratim.stages.sections.sections` did, once they were asked.
    """

    published: str
    text: str
    words: list[str]
    lowers: list[str]
    starts: list[int]
    ends: list[int]
    raw_starts: list[int]
    raw_ends: list[int]
    tokens: list[int]
    languages: list[str]
    blocks: list[Block]
    sentences: list[tuple[int, int]]
    sentence_of: list[int]
    block_of: list[int]
    lemmas: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    readings: list[tuple[Reading, ...]] = field(default_factory=list)
    guesses: list[Candidate] = field(default_factory=list)
    seen: list[Candidate] = field(default_factory=list)
    trust: dict[str, float] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    reference_period: str | None = None
    period_told: bool = True
    """Whether title, dateline or most dates tell the period; else it is the latest year told."""
    written_on: date | None = None
    notices: list[tuple[str, str]] = field(default_factory=list)
    quotes: list[Quote] | None = None
    sections: Sections | None = None
    index: dict[Column, dict[str, list[int]]] = field(default_factory=dict)
    """Where each word stands, by columns, once :meth:`where` or :meth:`whose` was asked."""

    def __len__(self) -> int:
        return len(self.words)

    def phrase(self, start: int, end: int) -> str:
        """The clean text of words ``start`` to ``end``, white space folded."""
        if end <= start:
            return ""
        return " ".join(self.text[self.starts[start] : self.ends[end - 1]].split())

    def trusted(self, *labels: str) -> list[Candidate]:
        """What our own model saw with one of ``labels`` and is trusted with, in text order."""
        return [one for one in self.seen if one.label in labels and self.is_trusted(one)]

    def is_trusted(self, guess: Candidate) -> bool:
        """Whether the guess is of a model of ours, and sure enough to stand where no rule says more."""
        return guess.score >= self.trust.get(guess.label, 2.0)

    def words_between(self, start: int, end: int) -> tuple[int, int]:
        """The range of words that the clean offsets ``start`` to ``end`` touch."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def where(self, column: Column, wanted: Set[str]) -> list[int]:
        """The indices, in order, of the words that a column has among ``wanted``.

        A rule that walks over all words to find its own costs as much as the rest of it.
        """
        known = self._index(column)
        return sorted([at for word in known.keys() & wanted for at in known[word]])

    def whose(self, column: Column, test: Callable[[str], bool]) -> list[int]:
        """The indices, in order, of the words of a column that pass a test, asked once for each."""
        known = self._index(column)
        return sorted([at for word, places in known.items() if test(word) for at in places])

    def correct(self, at: int, lemma: str) -> None:
        """Give a word another lemma than the language's stage did."""
        self.lemmas[at] = lemma
        self.index.pop("lemmas", None)

    def _index(self, column: Column) -> dict[str, list[int]]:
        """Made when first asked for, by when the stages that fill the column must be through."""
        if column not in self.index:
            words: list[str] = getattr(self, column)
            made = defaultdict[str, list[int]](list)
            for at, word in enumerate(words):
                made[word].append(at)
            self.index[column] = dict(made)
        return self.index[column]

    def of(self, *labels: str) -> list[Candidate]:
        """The candidates with one of ``labels``, in text order, outer before inner."""
        found = [c for c in self.candidates if c.label in labels]
        found.sort(key=END, reverse=True)
        found.sort(key=START)
        return found


def begins_cell(ws: Workspace, at: int) -> bool:
    """Whether a tab, which begins a table's cell, stands right before the word."""
    start = ws.raw_starts[at]
    return start > 0 and ws.published[start - 1] == "\t"


def has_capital(word: str) -> bool:
    """Whether a word begins with a capital letter."""
    return word[0].isupper()


def workspace(doc: Doc) -> Workspace:
    """The workspace of a document that went through :class:`pobratim.stages.tokens.Tokenizer`."""
    found: Workspace = doc.user_data[KEY]
    return found
