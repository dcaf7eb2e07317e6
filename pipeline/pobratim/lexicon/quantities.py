"""What the program knows about numbers, units and counted nouns; ``data/quantities/*.toml``.

Every language's words are merged: scripts and words differ, and texts mix languages (a Russian page
may give an area in "km2"). A further language is a further file.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from pobratim.errors import LexiconError
from pobratim.lexicon.files import read_all
from pobratim.schema import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Bound",
    "CircumstanceWords",
    "Kind",
    "Phrase",
    "Quantities",
    "Unit",
    "circumstance_words",
    "quantities",
]

Kind = Literal["area", "money", "share", "measure"]
Bound = Literal["about", "least", "most"]
FOLDER = "quantities"


class Unit(NamedTuple):
    """A unit of measure: ``code`` is a UCUM code, an ISO 4217 currency or ``%``."""

    code: str
    kind: Kind


class Phrase(NamedTuple):
    """Words before a number and what they say of it; a ``weak`` one has other meanings too."""

    words: tuple[str, ...]
    bound: Bound
    weak: bool


class Form(NamedTuple):
    """A unit as written: its words, each a lower-case form or a lemma."""

    words: tuple[str, ...]
    unit: Unit


@dataclass(frozen=True, slots=True)
class Quantities:
    """``cardinals`` and ``multipliers`` map lower-case forms to values.

    ``bounds`` is keyed by a phrase's last word, ``units`` by a form's first word and ``signs``
    (currency before the number) by a form's last word; longest first. ``categories`` maps a
    noun's lemma to its category.
    """

    cardinals: dict[str, Decimal]
    multipliers: dict[str, Decimal]
    alone: frozenset[str]
    alone_bounded: frozenset[str]
    articles: frozenset[str]
    half_of: frozenset[str]
    money_letters: dict[str, Decimal]
    joiners: frozenset[str]
    halves: frozenset[tuple[str, ...]]
    suffixes: frozenset[str]
    small_suffixes: frozenset[str]
    bounds: dict[str, tuple[Phrase, ...]]
    least_after: frozenset[tuple[str, ...]]
    changes: frozenset[str]
    range_from: frozenset[str]
    range_to: frozenset[str]
    range_between: frozenset[str]
    range_and: frozenset[str]
    time: frozenset[str]
    idle: frozenset[str]
    numbered: frozenset[str]
    labels: frozenset[str]
    numbers: frozenset[str]
    years: frozenset[str]
    fields: frozenset[str]
    abbreviations: dict[str, str]
    dotted: frozenset[str]
    conjunctions: frozenset[str]
    appositions: frozenset[str]
    categories: dict[str, Category]
    people_endings: tuple[str, ...]
    animals: frozenset[str]
    population_words: frozenset[str]
    population_people: frozenset[str]
    population_nouns: frozenset[str]
    population_fields: frozenset[str]
    population_links: frozenset[str]
    density_words: frozenset[str]
    area_words: frozenset[str]
    rate_words: frozenset[str]
    rate_measures: frozenset[str]
    measured_prepositions: frozenset[str]
    strong: frozenset[str]
    units: dict[str, tuple[Form, ...]]
    signs: dict[str, tuple[Form, ...]]


@cache
def quantities() -> Quantities:
    """The lexicon, read once.

    Raises:
        LexiconError: a file lacks a table or holds a value that its table does not allow.
    """
    files = read_all(FOLDER)
    units = _unit_entries(files.pop("units", {}))
    return Quantities(
        cardinals=_values(files, "cardinals"),
        multipliers=_values(files, "multipliers"),
        alone=_set(files, "numerals", "alone"),
        alone_bounded=_set(files, "numerals", "alone_bounded"),
        articles=_set(files, "numerals", "articles"),
        half_of=_set(files, "numerals", "half_of"),
        money_letters={
            letters: Decimal(value)
            for name, data in files.items()
            for letters, value in _table(name, data, "numerals")["money_letters"].items()
        },
        joiners=_set(files, "numerals", "joiners"),
        halves=_phrases(files, "numerals", "halves"),
        suffixes=_set(files, "numerals", "suffixes"),
        small_suffixes=_set(files, "numerals", "small_suffixes"),
        bounds=_bounds(files),
        least_after=_phrases(files, "bounds", "least_after"),
        changes=_set(files, "bounds", "changes"),
        range_from=_set(files, "ranges", "from"),
        range_to=_set(files, "ranges", "to"),
        range_between=_set(files, "ranges", "between"),
        range_and=_set(files, "ranges", "and"),
        time=_set(files, "excluded", "time"),
        idle=_set(files, "excluded", "idle"),
        numbered=_set(files, "excluded", "numbered"),
        labels=_set(files, "excluded", "labels"),
        numbers=_set(files, "excluded", "numbers"),
        years=_set(files, "excluded", "years"),
        fields=_set(files, "excluded", "fields"),
        abbreviations=dict(
            chain.from_iterable(
                _table(name, data, "nouns")["abbreviations"].items() for name, data in files.items()
            )
        ),
        dotted=_set(files, "nouns", "dotted"),
        conjunctions=_set(files, "nouns", "conjunctions"),
        appositions=_set(files, "nouns", "appositions"),
        categories=_categories(files),
        people_endings=tuple(sorted(_set(files, "categories", "people_endings"))),
        animals=_set(files, "categories", "animals"),
        population_words=_set(files, "population", "words"),
        population_people=_set(files, "population", "people"),
        population_nouns=_set(files, "population", "nouns"),
        population_fields=_set(files, "population", "fields"),
        population_links=_set(files, "population", "links"),
        density_words=_set(files, "population", "other"),
        area_words=_set(files, "area", "words"),
        rate_words=_set(files, "rates", "words"),
        rate_measures=_set(files, "rates", "measures"),
        measured_prepositions=_set(files, "measured", "prepositions"),
        strong=_set(files, "strong", "words"),
        units=_forms(units, "forms", key=0),
        signs=_forms(units, "before", key=-1),
    )


@dataclass(frozen=True, slots=True)
class CircumstanceWords:
    """Words around a count that tell where, when and of what action; see ``[circumstances]``."""

    locative: frozenset[str]
    holders: frozenset[str]
    holds: frozenset[str]
    visits: frozenset[str]
    kinds: frozenset[str]
    copulas: frozenset[str]
    not_actions: frozenset[str]
    subordinators: frozenset[str]
    anaphors: frozenset[tuple[str, ...]]
    documents: frozenset[str]
    cumulative: dict[str, tuple[tuple[str, ...], ...]]
    spans: frozenset[str]
    years: frozenset[str]


@cache
def circumstance_words() -> CircumstanceWords:
    """The words, read once; ``cumulative`` is keyed by a phrase's first word.

    Raises:
        LexiconError: a language's file lacks a list.
    """
    files = read_all(FOLDER)
    files.pop("units", None)
    cumulative: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted(_phrases(files, "circumstances", "cumulative")):
        cumulative[phrase[0]] = (*cumulative.get(phrase[0], ()), phrase)
    plain = ("locative", "holders", "holds", "visits", "kinds", "copulas", "not_actions",
             "subordinators", "documents", "spans", "years")  # fmt: skip
    return CircumstanceWords(
        anaphors=_phrases(files, "circumstances", "anaphors"),
        cumulative=cumulative,
        **{key: _set(files, "circumstances", key) for key in plain},
    )


def _table(name: str, data: dict[str, Any], table: str) -> dict[str, Any]:
    found = data.get(table)
    if not isinstance(found, dict):
        raise LexiconError(
            f"lexicon file {FOLDER}/{name}.toml has no table [{table}]; it has {sorted(data)}"
        )
    return found


def _list(name: str, data: dict[str, Any], table: str, key: str) -> list[str]:
    found = _table(name, data, table).get(key)
    if not isinstance(found, list):
        raise LexiconError(f"lexicon file {FOLDER}/{name}.toml, [{table}]: no list {key!r}; add it")
    return [str(word) for word in found]


def _spellings(words: Iterable[str]) -> set[str]:
    """The words, and those with «ё» also with «е»."""
    return set(chain.from_iterable((word, word.replace("ё", "е")) for word in words))


def _set(files: dict[str, dict[str, Any]], table: str, key: str) -> frozenset[str]:
    return frozenset(
        chain.from_iterable(
            _spellings(_list(name, data, table, key)) for name, data in files.items()
        )
    )


def _phrases(files: dict[str, dict[str, Any]], table: str, key: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in _set(files, table, key))


def _values(files: dict[str, dict[str, Any]], table: str) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for name, data in files.items():
        for value, forms in _table(name, data, table).items():
            try:
                number = Decimal(value)
            except InvalidOperation as error:
                raise LexiconError(
                    f"lexicon file {FOLDER}/{name}.toml, [{table}]: {value!r} is no number"
                ) from error
            found.update(dict.fromkeys(_spellings(forms), number))
    return found


def _bounds(files: dict[str, dict[str, Any]]) -> dict[str, tuple[Phrase, ...]]:
    weak = _set(files, "bounds", "weak")
    found: dict[str, list[Phrase]] = {}
    for bound in get_args(Bound):
        for text in sorted(_set(files, "bounds", bound)):
            phrase = Phrase(tuple(text.split()), bound, text in weak)
            found.setdefault(phrase.words[-1], []).append(phrase)
    return {
        last: tuple(sorted(phrases, key=lambda phrase: (-len(phrase.words), phrase)))
        for last, phrases in found.items()
    }


def _categories(files: dict[str, dict[str, Any]]) -> dict[str, Category]:
    """Lemma to category; of a lemma listed twice the first counts."""
    allowed: dict[str, Category] = {category: category for category in get_args(Category)}
    found: dict[str, Category] = {}
    for name, data in files.items():
        for table, lemmas in _table(name, data, "categories").items():
            if table in ("animals", "people_endings"):
                continue
            if table not in allowed:
                raise LexiconError(
                    f"lexicon file {FOLDER}/{name}.toml, [categories]: {table!r} is no "
                    f"category; choose from {', '.join(allowed)}"
                )
            for lemma in lemmas:
                found.setdefault(lemma, allowed[table])
    return found


def _unit_entries(data: dict[str, Any]) -> list[dict[str, Any]]:
    entries = data.get("unit", [])
    for entry in entries:
        if not entry.get("code") or entry.get("kind") not in get_args(Kind):
            raise LexiconError(
                f"lexicon file {FOLDER}/units.toml: the unit {entry!r} needs a code and a kind, "
                f"one of {', '.join(get_args(Kind))}"
            )
    return list(entries)


def _superscripts(text: str) -> set[str]:
    """«км ²» also as «км²»: a superscript is a word of its own or not, as the digits before go."""
    return {text, text.replace(" ²", "²").replace(" ³", "³")}


def _forms(entries: list[dict[str, Any]], field: str, key: int) -> dict[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    for entry in entries:
        unit = Unit(entry["code"], entry["kind"])
        for text in chain.from_iterable(map(_superscripts, entry.get(field, ()))):
            form = Form(tuple(text.split()), unit)
            found.setdefault(form.words[key], []).append(form)
    return {
        word: tuple(sorted(forms, key=lambda form: -len(form.words)))
        for word, forms in found.items()
    }
