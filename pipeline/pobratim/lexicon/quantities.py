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
    "word_phrases",
    "word_set",
]

Kind = Literal["area", "money", "share", "measure"]
Bound = Literal["about", "least", "most"]
FOLDER = "quantities"


class Unit(NamedTuple):
    """A unit of measure: ``code`` is a UCUM code, an ISO 4217 currency or ``%``.

    ``factor`` is what one is in the code's unit: a penny is 0.01 GBP.
    """

    code: str
    kind: Kind
    factor: Decimal = Decimal(1)


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
    collective: frozenset[str]
    suffixes: frozenset[str]
    small_suffixes: frozenset[str]
    bounds: dict[str, tuple[Phrase, ...]]
    least_after: frozenset[tuple[str, ...]]
    changes: frozenset[str]
    phrasal: frozenset[str]
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
    plurals: dict[str, str]
    dotted: frozenset[str]
    conjunctions: frozenset[str]
    whose: frozenset[str]
    appositions: frozenset[str]
    categories: dict[str, Category]
    people_endings: tuple[str, ...]
    animals: frozenset[str]
    population_words: frozenset[str]
    population_people: frozenset[str]
    population_sizes: frozenset[str]
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
    attached: dict[str, Unit]
    dollars: dict[str, str]
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
        alone=word_set(files, "numerals", "alone"),
        alone_bounded=word_set(files, "numerals", "alone_bounded"),
        articles=word_set(files, "numerals", "articles"),
        half_of=word_set(files, "numerals", "half_of"),
        money_letters={
            letters: Decimal(value)
            for name, data in files.items()
            for letters, value in _table(name, data, "numerals")["money_letters"].items()
        },
        joiners=word_set(files, "numerals", "joiners"),
        halves=word_phrases(files, "numerals", "halves"),
        collective=word_set(files, "numerals", "collective"),
        suffixes=word_set(files, "numerals", "suffixes"),
        small_suffixes=word_set(files, "numerals", "small_suffixes"),
        bounds=_bounds(files),
        least_after=word_phrases(files, "bounds", "least_after"),
        changes=word_set(files, "bounds", "changes"),
        phrasal=word_set(files, "bounds", "phrasal"),
        range_from=word_set(files, "ranges", "from"),
        range_to=word_set(files, "ranges", "to"),
        range_between=word_set(files, "ranges", "between"),
        range_and=word_set(files, "ranges", "and"),
        time=word_set(files, "excluded", "time"),
        idle=word_set(files, "excluded", "idle"),
        numbered=word_set(files, "excluded", "numbered"),
        labels=word_set(files, "excluded", "labels"),
        numbers=word_set(files, "excluded", "numbers"),
        years=word_set(files, "excluded", "years"),
        fields=word_set(files, "excluded", "fields"),
        abbreviations=_merged(files, "nouns", "abbreviations"),
        plurals=_merged(files, "nouns", "plurals"),
        dotted=word_set(files, "nouns", "dotted"),
        conjunctions=word_set(files, "nouns", "conjunctions"),
        whose=word_set(files, "nouns", "whose"),
        appositions=word_set(files, "nouns", "appositions"),
        categories=_categories(files),
        people_endings=tuple(sorted(word_set(files, "categories", "people_endings"))),
        animals=word_set(files, "categories", "animals"),
        population_words=word_set(files, "population", "words"),
        population_people=word_set(files, "population", "people"),
        population_sizes=word_set(files, "population", "sizes"),
        population_nouns=word_set(files, "population", "nouns"),
        population_fields=word_set(files, "population", "fields"),
        population_links=word_set(files, "population", "links"),
        density_words=word_set(files, "population", "other"),
        area_words=word_set(files, "area", "words"),
        rate_words=word_set(files, "rates", "words"),
        rate_measures=word_set(files, "rates", "measures"),
        measured_prepositions=word_set(files, "measured", "prepositions"),
        strong=word_set(files, "strong", "words"),
        units=_forms(units, "forms", key=0),
        attached={form: _unit(entry) for entry in units for form in entry.get("attached", ())},
        dollars=dict(pair for entry in units for pair in entry.get("dollars", {}).items()),
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
    since: frozenset[str]
    compared: frozenset[tuple[str, ...]]
    regular: frozenset[tuple[str, ...]]
    share_of: frozenset[str]
    motions: frozenset[str]
    there: frozenset[str]
    attends: frozenset[str]
    ties: frozenset[str]
    hosts: frozenset[str]
    sums: frozenset[str]
    within: frozenset[str]
    partners: frozenset[str]
    genitives: frozenset[str]
    leads: frozenset[str]
    joints: frozenset[str]


@cache
def circumstance_words() -> CircumstanceWords:
    """The words, read once; ``cumulative`` is keyed by a phrase's first word.

    Raises:
        LexiconError: a language's file lacks a list.
    """
    files = read_all(FOLDER)
    files.pop("units", None)
    cumulative: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted(word_phrases(files, "circumstances", "cumulative")):
        cumulative[phrase[0]] = (*cumulative.get(phrase[0], ()), phrase)
    plain = ("locative", "holders", "holds", "visits", "kinds", "copulas", "not_actions",
             "subordinators", "documents", "spans", "years", "since", "within",
             "partners", "genitives", "motions", "there", "attends", "ties",
             "hosts", "sums", "share_of", "leads", "joints")  # fmt: skip
    return CircumstanceWords(
        anaphors=word_phrases(files, "circumstances", "anaphors"),
        compared=word_phrases(files, "circumstances", "compared"),
        regular=word_phrases(files, "circumstances", "regular"),
        cumulative=cumulative,
        **{key: word_set(files, "circumstances", key) for key in plain},
    )


def _table(name: str, data: dict[str, Any], table: str) -> dict[str, Any]:
    found = data.get(table)
    if not isinstance(found, dict):
        raise LexiconError(
            f"lexicon file {FOLDER}/{name}.toml has no table [{table}]; it has {sorted(data)}"
        )
    return found


def _merged(files: dict[str, dict[str, Any]], table: str, key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, data in files.items():
        entries = _table(name, data, table).get(key)
        if not isinstance(entries, dict):
            raise LexiconError(
                f"lexicon file {FOLDER}/{name}.toml, [{table}]: no table {key!r}; add it"
            )
        found.update(entries)
    return found


def _list(name: str, data: dict[str, Any], table: str, key: str) -> list[str]:
    found = _table(name, data, table).get(key)
    if not isinstance(found, list):
        raise LexiconError(f"lexicon file {FOLDER}/{name}.toml, [{table}]: no list {key!r}; add it")
    return [str(word) for word in found]


def _spellings(words: Iterable[str]) -> set[str]:
    """The words, and those with «ё» also with «е»."""
    return set(chain.from_iterable((word, word.replace("ё", "е")) for word in words))


def word_set(files: dict[str, dict[str, Any]], table: str, key: str) -> frozenset[str]:
    """The words under ``key`` in ``[table]`` of all ``files``, with their spellings without «ё».

    Raises:
        LexiconError: a file has no such list.
    """
    return frozenset(
        chain.from_iterable(
            _spellings(_list(name, data, table, key)) for name, data in files.items()
        )
    )


def word_phrases(
    files: dict[str, dict[str, Any]], table: str, key: str
) -> frozenset[tuple[str, ...]]:
    """The same of phrases, each split at its spaces."""
    return frozenset(tuple(phrase.split()) for phrase in word_set(files, table, key))


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
    weak = word_set(files, "bounds", "weak")
    found: dict[str, list[Phrase]] = {}
    for bound in get_args(Bound):
        for text in sorted(word_set(files, "bounds", bound)):
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


def _unit(entry: dict[str, Any]) -> Unit:
    return Unit(entry["code"], entry["kind"], Decimal(entry.get("factor", "1")))


def _superscripts(text: str) -> set[str]:
    """«км ²» also as «км²»: a superscript is a word of its own or not, as the digits before go."""
    return {text, text.replace(" ²", "²").replace(" ³", "³")}


def _forms(entries: list[dict[str, Any]], field: str, key: int) -> dict[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    for entry in entries:
        unit = _unit(entry)
        for text in chain.from_iterable(map(_superscripts, entry.get(field, ()))):
            form = Form(tuple(text.split()), unit)
            found.setdefault(form.words[key], []).append(form)
    return {
        word: tuple(sorted(forms, key=lambda form: -len(form.words)))
        for word, forms in found.items()
    }
