"""What names an office, and what the words round it make of it; the words are in ``data/offices``.

The forms of every office are generated once and looked up by the word, so that a document costs one
dictionary look-up a word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_args

from pobratim.errors import LexiconError
from pobratim.lexicon.files import read_all
from pobratim.lexicon.morphology import analyzer
from pobratim.schema import Office

__all__ = ["CASES", "Form", "Head", "OfficeLexicon", "OfficeUse", "office_lexicon", "russian_forms"]

CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
CASE_OF = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
"""OpenCorpora's second cases under their first ones."""


@dataclass(frozen=True, slots=True)
class OfficeUse:
    """What a ROLE mention is: the office, of how many holders, and whether it is over."""

    office: Office
    plural: bool
    former: bool
    cases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that names an office; the fields are explained in ``data/offices/ru.toml``.

    ``rank`` is set for nouns that govern another office (deputy, aide); ``office`` is theirs alone.
    ``merged`` is the rank of the base that one word holds with its rank («замглавы»: глава, deputy).
    """

    word: str
    office: Office
    rank: str | None = None
    completed: bool = False
    fields: bool = False
    weak: bool = False
    needs: frozenset[str] = frozenset()
    merged: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One inflected form of a head: all cases it can be (empty in English), and its number."""

    head: Head
    cases: frozenset[str]
    plural: bool


@dataclass(frozen=True, slots=True)
class OfficeLexicon:
    """One language's offices; see the comments in its file."""

    forms: dict[str, tuple[Form, ...]]
    prefixes: dict[str, str]
    ranks: dict[str, dict[str, Office]]
    rank_words: dict[str, str]
    modifiers: frozenset[str]
    loose: frozenset[str]
    loose_heads: frozenset[str]
    first: frozenset[str]
    former: frozenset[str]
    acting: tuple[tuple[str, ...], ...]
    acting_before: frozenset[str]
    after: tuple[tuple[str, ...], ...]
    names_after: tuple[tuple[str, ...], ...]
    gatherings: frozenset[str]
    things: frozenset[str]
    offices_of: frozenset[str]
    temporary: frozenset[str]
    no_office: frozenset[str]
    no_office_heads: frozenset[str]
    idioms: frozenset[str]
    units: frozenset[str]
    inner_units: frozenset[str]
    parents: frozenset[str]
    embassies: frozenset[str]
    post_names: frozenset[str]
    shortened: frozenset[str]
    of_city: frozenset[str]
    of_region: frozenset[str]
    territories: frozenset[str]
    councils: frozenset[str]
    generic: frozenset[str]
    members: frozenset[str]
    creeds: frozenset[str]
    municipal: frozenset[str]
    domains: frozenset[str]
    bound_places: frozenset[str]
    possessives: frozenset[str]
    behind_places: frozenset[str]
    first_heads: frozenset[str]
    in_charge: frozenset[str]
    places: frozenset[str]
    of: dict[str, dict[str, Office]]
    prepositions: tuple[tuple[str, ...], ...]
    stops: frozenset[str]
    fields: frozenset[str]
    verbs: frozenset[str]
    auxiliaries: frozenset[str]
    inner_prepositions: frozenset[str]
    owner: frozenset[str]
    owning: frozenset[str]
    led: tuple[tuple[str, ...], ...]
    leading: frozenset[str]
    groups: frozenset[str]
    origins: frozenset[str]
    locative: frozenset[str]
    peers: frozenset[str]
    capacity: frozenset[str]
    deputies: frozenset[str]
    electing: frozenset[str]
    behalf: tuple[tuple[str, ...], ...]
    city: frozenset[str]

    def ranked(self, rank: str, office: Office) -> Office:
        """The office of a deputy, vice, acting or aide of ``office``."""
        row = self.ranks.get(rank, {})
        return row.get(office) or row.get("*") or office


@cache
def office_lexicon() -> dict[str, OfficeLexicon]:
    """The offices of each language, read once."""
    return {language: _lexicon(language, data) for language, data in read_all("offices").items()}


def _lexicon(language: str, data: dict[str, Any]) -> OfficeLexicon:
    words, complement, links = data["words"], data["complement"], data["links"]
    return OfficeLexicon(
        forms=_forms(language, data),
        prefixes=dict(data["prefixes"]["pairs"]),
        ranks={
            rank: {office: _office(value, language) for office, value in row.items()}
            for rank, row in data["ranks"].items()
        },
        rank_words=dict(words.get("ranks", ())),
        **{name: frozenset(words.get(name, ())) for name in _WORD_SETS},
        acting=_split(words["acting"]),
        after=_split(words.get("after", ())),
        names_after=_split(words.get("names_after", ())),
        of={
            table["head"]: {
                word: _office(office, language) for office, nouns in table["rows"] for word in nouns
            }
            for table in data["of"]
        },
        prepositions=_split(complement["prepositions"]),
        stops=frozenset(complement["stops"]),
        fields=frozenset(complement.get("fields", ())),
        verbs=frozenset(links["verbs"]),
        auxiliaries=frozenset(links["auxiliaries"]),
        inner_prepositions=frozenset(links["prepositions"]),
        owner=frozenset(links["owner"]),
        owning=frozenset(links["owning"]),
        led=_split(links["led"]),
        leading=frozenset(links["leading"]),
        groups=frozenset(links["groups"]),
        origins=frozenset(links["origins"]),
        locative=frozenset(links["locative"]),
        peers=frozenset(links["peers"]),
        capacity=frozenset(links["capacity"]),
        deputies=_deputies(data),
        electing=frozenset(links["electing"]),
        behalf=_split(links["behalf"]),
        city=frozenset(links["city"]),
    )


_WORD_SETS = (
    "modifiers",
    "loose",
    "loose_heads",
    "first",
    "former",
    "acting_before",
    "gatherings",
    "things",
    "offices_of",
    "temporary",
    "no_office",
    "no_office_heads",
    "idioms",
    "units",
    "inner_units",
    "parents",
    "embassies",
    "post_names",
    "shortened",
    "of_city",
    "of_region",
    "territories",
    "councils",
    "generic",
    "members",
    "creeds",
    "municipal",
    "domains",
    "bound_places",
    "possessives",
    "behind_places",
    "first_heads",
    "in_charge",
    "places",
)


def _deputies(data: dict[str, Any]) -> frozenset[str]:
    """The words with which the title of a deputy or aide begins: nouns, modifiers and prefixes."""
    pairs = (*data["words"].get("ranks", ()), *data["prefixes"]["pairs"])
    nouns = (word for row in data["deputy"] for word in row["words"])
    return frozenset((*nouns, *(word for word, rank in pairs if rank in ("deputy", "vice"))))


def _split(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    """The phrases as words, longest first."""
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))


def _office(value: str, language: str) -> Office:
    if value not in get_args(Office):
        choices = ", ".join(get_args(Office))
        raise LexiconError(f"lexicon file offices/{language}.toml: no office {value!r}; {choices}")
    return value  # type: ignore[return-value]


def _heads(language: str, data: dict[str, Any]) -> list[Head]:
    heads = []
    for row in [*data["head"], *data["deputy"]]:
        known = {"office", "words", "rank", "completed", "fields", "weak", "needs"}
        if unknown := sorted(row.keys() - known):
            raise LexiconError(
                f"lexicon file offices/{language}.toml: no key {unknown[0]!r}; {sorted(known)}"
            )
        heads += [
            Head(
                word,
                _office(row.get("office", "other"), language),
                row.get("rank"),
                row.get("completed", False),
                row.get("fields", False),
                row.get("weak", False),
                frozenset(row.get("needs", ())),
            )
            for word in row["words"]
        ]
    return heads


def _forms(language: str, data: dict[str, Any]) -> dict[str, tuple[Form, ...]]:
    """Every form of every head; merged deputies («замглавы») under their own offices."""
    heads = _heads(language, data)
    forms: dict[str, list[Form]] = {}
    for head in heads:
        if language == "ru":
            table = russian_forms(head.word)
        else:
            plural = data["plurals"].get(head.word, head.word + "s")
            table = {(head.word, False): frozenset(), (plural, True): frozenset()}
        for (word, many), cases in table.items():
            forms.setdefault(word, []).append(Form(head, cases, many))
    for word, base in data["merged"]["pairs"]:
        found = next(head for head in heads if head.word == base)
        head = replace(found, merged="deputy", weak=False)
        forms[word] = [Form(head, CASES, False)]
    return {word: tuple(same) for word, same in forms.items()}


def russian_forms(lemma: str) -> dict[tuple[str, bool], frozenset[str]]:
    """The forms of a noun (or of an adjective used as one) with their number and cases.

    A hyphened noun that the dictionary lacks is inflected in its last part.
    """
    prefix, last = "", lemma
    if "-" in lemma and not analyzer().word_is_known(lemma):
        prefix, _, last = lemma.rpartition("-")
        prefix += "-"
    parses = [parse for parse in analyzer().parse(last) if parse.word == parse.normalized.word]
    common = [
        parse
        for parse in parses
        if parse.tag.POS == "NOUN" and not parse.tag.grammemes & {"Name", "Surn", "Abbr"}
    ]
    parse = (common or parses or analyzer().parse(last))[0]
    table: dict[tuple[str, bool], set[str]] = {}
    for form in parse.lexeme:
        grammemes = form.tag.grammemes
        case = next((CASE_OF.get(g, g) for g in grammemes if CASE_OF.get(g, g) in CASES), None)
        if case and form.tag.POS in ("NOUN", "ADJF", "PRTF"):
            table.setdefault((prefix + form.word, "plur" in grammemes), set()).add(case)
    return {key: frozenset(cases) for key, cases in table.items()}
