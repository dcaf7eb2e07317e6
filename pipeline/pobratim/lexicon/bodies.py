"""What bodies are called; the words are in ``data/bodies``, one file for each language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from pobratim.errors import LexiconError
from pobratim.lexicon.files import read_all

__all__ = ["BodyLexicon", "Kind", "body_lexicons"]

Kind = Literal[
    "government",
    "department",
    "mission",
    "science",
    "school",
    "health",
    "culture",
    "centre",
    "association",
    "company",
    "ensemble",
    "media",
]


@dataclass(frozen=True, slots=True)
class BodyLexicon:
    """One language's words; see the comments in its file.

    ``kinds`` maps a noun to what sort of body it names (the first kind that lists it);
    ``foreign`` does so with nouns of other languages in English text, ``foreign_last`` of them have
    their name before them, ``foreign_links`` join its words;
    ``needs_adjective`` the nouns that name a body only with one of the words given;
    ``both`` nouns of meetings that are also names of standing bodies where a word of ``membership``
    stands before them; ``territorial`` words tell no office from that of the next town;
    ``objects`` are things that an office's name qualifies ("Council Chamber"); ``shared`` nouns may
    stand beside another in one name; nouns with one of ``endings`` name a body by themselves;
    ``plurals`` mean several bodies where no reading says so; ``parts`` are left out before a named
    body; ``arts`` are titles but in names of ensembles and houses of art; ``buildings`` are bodies
    unless a word of ``within`` says that something is in them; nouns of ``helping`` take a dative,
    ``managing`` ones an ablative, ``mutual`` ones «с»; a school may be «с» ``studies``;
    «по» leads to no field of a body before ``reasons``; ``acts`` begin no name, ``items`` with a
    number are none; ``inner`` are parts that commas join to their body; ``clubs`` have their town
    behind, ``club_forms`` their name; ``named_only`` nouns need a capital;
    ``areas`` are municipalities with a quoted name;
    ``no_names`` end no body's name; ``own_names`` are lemmas (in English forms) of bodies that nothing
    in their name gives away.
    """

    kinds: dict[str, Kind]
    foreign: dict[str, Kind]
    needs_adjective: dict[str, frozenset[str]]
    both: frozenset[str]
    membership: frozenset[str]
    legal: frozenset[str]
    leading: frozenset[str]
    tail: frozenset[str]
    kind_adjectives: frozenset[str]
    describing: frozenset[str]
    descriptive: frozenset[str]
    common_adjectives: frozenset[str]
    goods: frozenset[str]
    generic: frozenset[str]
    territorial: frozenset[str]
    objects: frozenset[str]
    shared: frozenset[str]
    endings: frozenset[str]
    parts: frozenset[str]
    plurals: frozenset[str]
    arts: frozenset[str]
    buildings: frozenset[str]
    within: frozenset[str]
    helping: frozenset[str]
    mutual: frozenset[str]
    studies: frozenset[str]
    managing: frozenset[str]
    foreign_last: frozenset[str]
    foreign_links: frozenset[str]
    reasons: frozenset[str]
    acts: frozenset[str]
    inner: frozenset[str]
    clubs: frozenset[str]
    named_only: frozenset[str]
    areas: frozenset[str]
    club_forms: frozenset[str]
    items: frozenset[str]
    no_names: frozenset[str]
    own_names: frozenset[str]
    fields: frozenset[str]
    owners: frozenset[str]
    named_after: frozenset[str]
    saints: frozenset[str]
    place_types: frozenset[str]
    before_parent: frozenset[str]
    about: frozenset[str]
    not_bodies: frozenset[str]
    acronyms: frozenset[str]
    other_titles: frozenset[str]


@cache
def body_lexicons() -> dict[str, BodyLexicon]:
    """The lexicons by language code, read once.

    Raises:
        LexiconError: a file misses a table or names a kind of body that there is not.
    """
    return {language: _lexicon(language, data) for language, data in read_all("bodies").items()}


def _lexicon(language: str, data: dict[str, Any]) -> BodyLexicon:
    missing = {"kinds", "heads", "forms", "words"} - data.keys()
    if missing:
        raise LexiconError(f"lexicon file bodies/{language}.toml: add the tables {sorted(missing)}")
    foreign = data.get("foreign", {})
    unknown = (data["kinds"].keys() | foreign.keys()) - set(get_args(Kind))
    if unknown:
        raise LexiconError(
            f"lexicon file bodies/{language}.toml: no kinds {sorted(unknown)}; "
            f"there are {', '.join(get_args(Kind))}"
        )
    heads, forms, words = data["heads"], data["forms"], data["words"]
    return BodyLexicon(
        kinds=_by_noun(data["kinds"]),
        foreign=_by_noun(foreign),
        needs_adjective={k: frozenset(v) for k, v in heads["needs_adjective"].items()},
        both=frozenset(heads["both"]),
        membership=frozenset(heads["membership"]),
        legal=frozenset(forms["legal"]),
        leading=frozenset(forms.get("leading", forms["legal"])),
        tail=frozenset(forms["tail"]),
        **{name: frozenset(words[name]) for name in _WORDS},
    )


def _by_noun(table: dict[Kind, list[str]]) -> dict[str, Kind]:
    """The kind of each noun: the first that lists it."""
    kinds: dict[str, Kind] = {}
    for kind, nouns in table.items():
        for noun in nouns:
            kinds.setdefault(noun, kind)
    return kinds


_WORDS = (
    "kind_adjectives",
    "describing",
    "descriptive",
    "common_adjectives",
    "goods",
    "generic",
    "territorial",
    "objects",
    "shared",
    "endings",
    "parts",
    "plurals",
    "arts",
    "buildings",
    "within",
    "helping",
    "mutual",
    "studies",
    "managing",
    "foreign_last",
    "foreign_links",
    "reasons",
    "acts",
    "inner",
    "clubs",
    "named_only",
    "areas",
    "club_forms",
    "items",
    "no_names",
    "own_names",
    "fields",
    "owners",
    "named_after",
    "saints",
    "place_types",
    "before_parent",
    "about",
    "not_bodies",
    "acronyms",
    "other_titles",
)
