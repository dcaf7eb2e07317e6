"""Russian word forms through pymorphy3, each form looked up once.

Grammemes are OpenCorpora's (``nomn``, ``gent``, ``plur``, ``Geox`` …), parts of speech Universal.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

__all__ = ["Reading", "analyzer", "forms", "is_known", "readings"]

CACHE = 200_000
MOST = 8
POS = {
    "NOUN": "NOUN",
    "ADJF": "ADJ",
    "ADJS": "ADJ",
    "COMP": "ADV",
    "VERB": "VERB",
    "INFN": "VERB",
    "PRTF": "VERB",
    "PRTS": "VERB",
    "GRND": "VERB",
    "NUMR": "NUM",
    "ADVB": "ADV",
    "NPRO": "PRON",
    "PRED": "ADV",
    "PREP": "ADP",
    "CONJ": "CCONJ",
    "PRCL": "PART",
    "INTJ": "INTJ",
}
"""OpenCorpora's parts of speech to Universal ones (source: universaldependencies.org/u/pos)."""


class Reading(NamedTuple):
    """One analysis of a Russian word form, in OpenCorpora's grammemes."""

    lemma: str
    pos: str
    grammemes: frozenset[str]


@cache
def analyzer() -> MorphAnalyzer:
    """The analyzer, loaded once."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=CACHE)
def readings(form: str) -> tuple[Reading, ...]:
    """The analyses of a lower-case form, likeliest first; at most eight."""
    found = _of_dictionary(form)[:MOST]
    return tuple(found or map(_reading, analyzer().parse(form)[:MOST]))


@lru_cache(maxsize=CACHE)
def is_known(form: str) -> bool:
    """Whether the dictionary has the form as it stands."""
    return bool(analyzer().word_is_known(form))


def forms(parse: Any, wanted: frozenset[str]) -> list[str]:
    """The forms of a parsed word that have all the grammemes ``wanted``, as its paradigm has them.

    They are those of pymorphy3's ``lexeme``, which of a word of the dictionary makes all others too.
    """
    (method, word, *place), *further = parse.methods_stack
    dictionary: Any = analyzer().dictionary
    if further or not isinstance(method, _dictionary_unit()):
        return [str(one.word) for one in parse.lexeme if wanted <= one.tag.grammemes]
    paradigm, index = place
    stem = dictionary.build_stem(dictionary.paradigms[paradigm], index, word)
    return [before + stem + behind for before, behind in _affixes(paradigm, wanted)]


@lru_cache(maxsize=CACHE)
def _affixes(paradigm: int, wanted: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """What stands before and behind the stem in the forms of a paradigm that have ``wanted``."""
    rows = analyzer().dictionary.build_paradigm_info(paradigm)
    return tuple((before, behind) for before, tag, behind in rows if wanted <= tag.grammemes)


@cache
def _dictionary_unit() -> type:
    from pymorphy3.units import DictionaryAnalyzer

    return DictionaryAnalyzer  # type: ignore[no-any-return]  # pymorphy3 does not type it


def _of_dictionary(form: str) -> list[Reading]:
    """The analyses of a lower-case form that the dictionary has.

    They and their order are those of pymorphy3's ``parse``, whose objects know how to inflect the
    word besides, and take three times as long to make.
    """
    morph = analyzer()
    dictionary: Any = morph.dictionary
    found, tags = [], []
    for spelling, places in dictionary.words.similar_items(form, morph.char_substitutes):
        for paradigm, index in places:
            tag, pos, grammemes = _of_place(paradigm, index)
            lemma = dictionary.build_normal_form(paradigm, index, spelling)
            found.append(Reading(lemma, pos, grammemes))
            tags.append(tag)
    shares = morph.prob_estimator.p_t_given_w
    if len(found) > 1 and shares.has_keys_with_prefix(f"{form}:"):
        share = [shares.get(f"{form}:{tag}", 0) for tag in tags]
        order = sorted(range(len(found)), key=share.__getitem__, reverse=True)
        return [found[at] for at in order]
    return found


@lru_cache(maxsize=CACHE)
def _of_place(paradigm: int, index: int) -> tuple[str, str, frozenset[str]]:
    """The tag, part of speech and grammemes of the forms at a place of a paradigm."""
    tag = analyzer().dictionary.build_tag_info(paradigm, index)
    return str(tag), *_of_tag(tag)


def _reading(parse: Any) -> Reading:
    return Reading(parse.normal_form, *_of_tag(parse.tag))


@lru_cache(maxsize=CACHE)
def _of_tag(tag: Any) -> tuple[str, frozenset[str]]:
    pos = POS.get(str(tag.POS), "X") if tag.POS else _unknown(tag)
    return pos, frozenset(tag.grammemes)


def _unknown(tag: Any) -> str:
    if "NUMB" in tag.grammemes or "ROMN" in tag.grammemes:
        return "NUM"
    return "PUNCT" if "PNCT" in tag.grammemes else "X"
