"""The words of calendar expressions, read from ``data/dates/<language>.toml``.

A file gives forms to *word classes* (``month``, ``season``, ``from``…); the date grammar speaks of
classes only, so that a further language is a further file. Each class has a one-character symbol,
the letter by which the grammar's patterns know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from pobratim.errors import LexiconError
from pobratim.lexicon.files import read_all

__all__ = ["WORD_CLASSES", "CalendarLexicon", "Word", "calendar_lexicon"]

VALUED_CLASSES: dict[str, str] = {
    "month": "M",
    "month_short": "m",
    "month_leading": "N",
    "month_leading_short": "ñ",
    "month_uncertain": "u",
    "season": "S",
    "season_adverb": "L",
    "season_uncertain": "l",
    "ordinal": "O",
    "tens": "T",
    "decade_word": "W",
    "shift": "H",
    "shift_bare": "ħ",
    "year_shift": "h",
    "same_year": "=",
    "weekday": "w",
    "weekday_short": "ẃ",
    "cardinal": "x",
    "day_word": "n",
    "day_after": "ď",
    "year_offset": "ŏ",
    "reign": "ř",
}
"""Classes whose words carry a number: a month's, EDTF's code of a season, -1 for "last"…
A ``month`` follows its day, a ``month_leading`` stands before or after it; ``shift_bare`` is a
``shift`` that means a length of time after an article ("over the last year"); ``weekday_short`` is a
``weekday`` only before its date ("Sun 10 March"); ``day_word`` counts days from today,
``day_after`` from the day last told; ``year_offset`` moves a narration on by years; ``reign`` is the
year before the first of a Japanese emperor's."""

PLAIN_CLASSES: dict[str, str] = {
    "year": "G",
    "year_before": "E",
    "years_before": "j",
    "years": "J",
    "years_short": "γ",
    "year_short": "g",
    "year_type": "Y",
    "century": "C",
    "century_short": "κ",
    "millennium": "I",
    "millennium_short": "μ",
    "half": "½",
    "half_year": "⅓",
    "quarter": "¼",
    "quarter_short": "¾",
    "quarter_letter": "Q",
    "fiscal": "f",
    "part": "P",
    "month_part": "π",
    "fraction": "φ",
    "latter": "λ",
    "part_short": "ϖ",
    "week": "ẅ",
    "present": "ψ",
    "year_end": "ω",
    "half_letter": "Ħ",
    "era_before": "<",
    "era_after": ">",
    "about": "~",
    "circa": "≈",
    "in": "i",
    "since": "s",
    "from": "{",
    "between": "[",
    "to": "}",
    "until": "]",
    "and": "&",
    "preposition": "p",
    "of": "o",
    "article": "t",
    "determiner": "δ",
    "every": "e",
    "annual": "∞",
    "annual_event": "ā",
    "feast": "F",
    "document": "¶",
    "street": "§",
    "date_word": "d",
    "unit": "U",
    "closer": "c",
    "quantity": "q",
    "months": "v",
    "weekend": "z",
    "periodic": "ρ",
    "numbering": "η",
    "same": "≡",
    "month_word": "ɱ",
    "last_century": "ć",
}
"""Classes whose words only mark. ``unit`` follows a number that counts, ``closer`` one that does
not, ``quantity`` heads "a total of 2000"; ``street`` precedes the name of a street; ``since`` and
``until`` introduce a year more surely than ``preposition``; ``document`` introduces the date of a
law or letter, ``feast`` the day of a holiday; ``month_part`` is a stretch of days
(«декада»), ``fraction`` a part of a century («треть»), ``latter`` the last of either; ``part_short``
is abbreviated («нач.»); ``present`` stands where a range that lasts would end; ``annual_event`` tells
of the month of what is held every year, not of one day; ``year_end`` leads from a year to its last
month; ``periodic`` is what is written for a year, a report
or budget, ``numbering`` what has a number that looks
like a year, ``determiner`` stands before a noun as an article does, ``months`` follows a number of
them ("nine months of 2019"), ``same`` points a season or month back ("that autumn")."""

WORD_CLASSES: dict[str, str] = VALUED_CLASSES | PLAIN_CLASSES

PRECEDENCE: tuple[str, ...] = (
    "season_adverb",
    "season",
    "street",
    "half",
    "until",
    "since",
    "in",
    "from",
    "to",
    "between",
    "and",
    "of",
    "article",
    "preposition",
    "year_type",
    "fiscal",
    "date_word",
    "feast",
    "unit",
    "quantity",
    "closer",
)
"""A form given to several classes belongs to the first of these; the other classes come before."""


class Word(NamedTuple):
    """What a form means to the grammar: its class's symbol and its number, 0 where it has none."""

    symbol: str
    value: int = 0


@dataclass(frozen=True, slots=True)
class CalendarLexicon:
    """The forms of one language, or of all of them.

    ``words`` is looked up by lower-case form, ``capitalised`` before it by the lower-case form of a
    word that begins with a capital. ``phrases`` lists, under its first word, the patterns of
    expressions of several words, longest first, to be matched on lower-case text.
    """

    words: Mapping[str, Word]
    capitalised: Mapping[str, Word]
    phrases: Mapping[str, tuple[tuple[re.Pattern[str], Word], ...]]
    ordinal_suffixes: tuple[str, ...]
    year_suffixes: tuple[str, ...]
    decade_suffixes: tuple[str, ...]
    closing_endings: tuple[str, ...]
    counted_endings: tuple[str, ...]
    dateline_words: tuple[str, ...]
    release_words: frozenset[str]
    dateline_fields: tuple[str, ...]
    dateline_starts: tuple[str, ...]
    future_words: tuple[str, ...]
    ahead_words: tuple[str, ...]
    issue_words: tuple[str, ...]
    ending_words: tuple[str, ...]
    deadline_words: tuple[str, ...]
    dated_words: tuple[str, ...]
    unchanged_verbs: tuple[str, ...]


@dataclass(slots=True)
class _Forms:
    words: dict[str, Word] = field(default_factory=dict)
    capitalised: dict[str, Word] = field(default_factory=dict)
    phrases: dict[str, list[tuple[str, Word]]] = field(default_factory=dict)

    def add(self, form: str, word: Word) -> None:
        lower = form.lower()
        if re.search("[ ./]", form):
            self.phrases.setdefault(re.split("[ ./]", lower)[0], []).append((lower, word))
        elif form[0].isupper():
            self.capitalised.setdefault(lower, word)
        else:
            self.words.setdefault(lower, word)


def _phrase_pattern(form: str) -> re.Pattern[str]:
    parts = re.findall(r"[^\s.]+|\.", form)
    pattern = ""
    for before, part in zip(["", *parts], parts, strict=False):
        gap = "" if not before else r"\s?" if part == "." else r"\s{0,2}"
        pattern += (gap if "." in (before, part) or not before else r"\s{1,3}") + re.escape(part)
    # A phrase of abbreviations may end in a stop that its form leaves out: «до н.э.»
    return re.compile(pattern + r"(?![^\W_])" + (r"(?:\s?\.)?" if "." in form else ""))


def _rank(name: str) -> int:
    return PRECEDENCE.index(name) + 1 if name in PRECEDENCE else 0


def _entries(name: str, forms: object, where: str) -> Iterable[tuple[str, Word]]:
    table = forms if isinstance(forms, dict) else {"0": forms}
    for key, listed in table.items():
        if not re.fullmatch(r"-?\d{1,4}", key):
            raise LexiconError(f"{where}: [{name}] has the key {key!r}; use a whole number.")
        if not isinstance(listed, list) or not all(isinstance(f, str) and f for f in listed):
            raise LexiconError(f"{where}: [{name}] {key} is no list of words: {listed!r}.")
        for form in listed:
            yield form, Word(WORD_CLASSES[name], int(key))


def _classes(language: str, data: Mapping[str, Any]) -> dict[str, Any]:
    found = {**{k: v for k, v in data.items() if isinstance(v, dict)}, **data["words"]}
    del found["words"]
    unknown = sorted(set(found) - set(WORD_CLASSES))
    if unknown:
        known = ", ".join(sorted(WORD_CLASSES))
        raise LexiconError(
            f"lexicon file dates/{language}.toml: unknown word class {unknown[0]!r}; "
            f"the classes are {known}."
        )
    return found


def _build(sources: Mapping[str, Mapping[str, Any]]) -> CalendarLexicon:
    forms = _Forms()
    for language, data in sources.items():
        classes = _classes(language, data)
        for name in sorted(classes, key=_rank):
            for form, word in _entries(name, classes[name], f"lexicon file dates/{language}.toml"):
                forms.add(form, word)
    phrases = {
        first: tuple(
            (_phrase_pattern(form), word)
            for form, word in sorted(listed, key=lambda item: -len(item[0]))
        )
        for first, listed in forms.phrases.items()
    }

    def suffixes(key: str) -> tuple[str, ...]:
        listed = {suffix for data in sources.values() for suffix in data[key]}
        return tuple(sorted(listed, key=lambda suffix: (-len(suffix), suffix)))

    return CalendarLexicon(
        words=forms.words,
        capitalised=forms.capitalised,
        phrases=phrases,
        ordinal_suffixes=suffixes("ordinal_suffixes"),
        year_suffixes=suffixes("year_suffixes"),
        decade_suffixes=suffixes("decade_suffixes"),
        closing_endings=suffixes("closing_endings"),
        counted_endings=suffixes("counted_endings"),
        dateline_words=suffixes("dateline_words"),
        release_words=frozenset(suffixes("release_words")),
        dateline_fields=suffixes("dateline_fields"),
        dateline_starts=suffixes("dateline_starts"),
        future_words=suffixes("future_words"),
        ahead_words=suffixes("ahead_words"),
        issue_words=suffixes("issue_words"),
        ending_words=suffixes("ending_words"),
        deadline_words=suffixes("deadline_words"),
        dated_words=suffixes("dated_words"),
        unchanged_verbs=suffixes("unchanged_verbs"),
    )


@cache
def calendar_lexicon(language: str) -> CalendarLexicon:
    """The calendar words of ``language``; of all languages together where it has no file of its own.

    Raises:
        LexiconError: a file names an unknown class, or gives a class something else than words.
    """
    sources = read_all("dates")
    return _build({language: sources[language]} if language in sources else sources)
