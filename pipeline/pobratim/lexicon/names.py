"""Persons' names: the words round them, and the nominative of a Russian name.

A name whose words the dictionary knows is inflected by it. Foreign names mostly are not there: they
go back by the endings of Russian declension (source: A. A. Zaliznyak, «Грамматический словарь
русского языка»: masculine nouns in a consonant, -й and -ь, feminine ones in -а and -я, and the two
adjectival declensions of surnames), and only where the case is known from the words before the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from pobratim.lexicon.files import read_all
from pobratim.lexicon.morphology import analyzer, is_known
from pobratim.lexicon.offices import CASES, russian_forms

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = [
    "Honorific",
    "NameLexicon",
    "declined_alike",
    "gender_of",
    "name_lexicon",
    "nominative",
    "stem",
]

NAMES = frozenset({"Name", "Surn", "Patr"})
SIBILANTS = "жшчщц"
VELARS = "гкх"
FLEETING = ("б", "в", "д", "м")
"""The consonants that no foreign name has before -ц: «Емцом» is of Емец, «Шульцем» of Шульц."""
VOWELS = "аеёиоуыэюя"
FEMALE_SURNAME = ("ова", "ева", "ёва", "ина", "ына", "ская", "цкая")
FEMALE_OBLIQUE = ("овой", "евой", "ёвой", "иной", "ыной", "ской", "цкой")
SHORTEST_STEM = 3
LONGEST_SYLLABLE = 5


@dataclass(frozen=True, slots=True)
class Honorific:
    """A courtesy word: its gender (``masc``, ``femn`` or empty) and its possible cases.

    ``noble`` ones («король») stand before other words than names more often.
    """

    gender: str
    cases: frozenset[str]
    noble: bool = False


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """One language's words round names; see the comments in its file."""

    honorifics: dict[str, Honorific]
    courtesies: frozenset[str]
    particles: frozenset[str]
    leading: frozenset[str]
    in_honour: frozenset[str]
    bearers: frozenset[str]
    bearers_after: frozenset[str]
    named_bodies: frozenset[str]
    given: frozenset[str]
    patronymics: tuple[tuple[str, str], ...]
    never: frozenset[str]
    not_initials: frozenset[str]
    surnames_first: frozenset[str]
    relatives: frozenset[str]


@cache
def name_lexicon() -> dict[str, NameLexicon]:
    """The words of each language, read once."""
    return {language: _lexicon(data) for language, data in read_all("names").items()}


def _lexicon(data: dict[str, Any]) -> NameLexicon:
    honorifics = {
        word: Honorific(gender, frozenset({case} if case else ()))
        for word, case, gender in data["abbreviated"]
    }
    for key in ("honorifics", "sovereigns"):
        for word, gender in data[key]:
            for form, cases in _singular(word):
                known = honorifics.get(form, Honorific(gender, frozenset()))
                honorifics[form] = Honorific(gender, known.cases | cases, key == "sovereigns")
    return NameLexicon(
        honorifics=honorifics,
        patronymics=tuple((ending, gender) for ending, gender in data["patronymics"]),
        **{
            name: frozenset(data[name])
            for name in (
                "courtesies", "particles", "leading", "in_honour", "bearers", "bearers_after",
                "named_bodies", "given", "never", "not_initials", "surnames_first",
                "relatives",
            )
        },
    )  # fmt: skip


def _singular(word: str) -> list[tuple[str, frozenset[str]]]:
    """The forms that one bearer of the title can be called by, with their cases."""
    if not "\u0400" <= word[0] <= "\u052f":
        return [(word, frozenset())]
    return [(form, cases) for (form, many), cases in russian_forms(word).items() if not many]


def nominative(
    words: Sequence[str],
    cases: Collection[str] = (),
    gender: str | None = None,
    attested: Collection[str] = (),
) -> list[str]:
    """The words of a Russian name as the name is listed.

    ``cases`` are those that the context allows (OpenCorpora's names; empty: unknown), ``gender`` is
    ``masc``, ``femn`` or None, ``attested`` the lower-case words that the document shows to be
    nominative. What no rule can tell stays as it is: foreign names often do not decline.
    """
    case = _case(words, cases)
    if case is None or case == "nomn":
        return list(words)
    gender = gender or gender_of(words, case)
    syllables = len(words) > 2 and max(map(len, words)) <= LONGEST_SYLLABLE
    found = [_word(word, case, gender, attested) for word in words]
    if case == "gent" and "accs" in cases:
        found = _from_feminine_accusative(words, found)
    if syllables and found[-1] == words[-1]:
        found[-1] = _undone_syllable(words[-1], case, gender)
    return found


def _from_feminine_accusative(words: Sequence[str], found: list[str]) -> list[str]:
    """«Мориту Кэндзи», «Хосе Гарсию»: of men's names in -а and -я the accusative is no genitive.

    A given name in -у that does not decline («Масару») stands last.
    """
    changed = list(found)
    for at, word in enumerate(words):
        if found[at] != word or len(word) < SHORTEST_STEM + 2:
            continue
        if word.endswith("ию"):
            changed[at] = word[:-1] + "я"
        elif at == 0 and len(words) > 1 and word.endswith("у") and _consonant(word[-2]):
            changed[at] = word[:-1] + "а"
    return changed


def gender_of(words: Sequence[str], case: str | None = None) -> str | None:
    """``masc``, ``femn`` or None, by the patronymic, the given name or the form of the surname."""
    lowers = [word.lower() for word in words]
    for word in lowers:
        for ending, gender in name_lexicon()["ru"].patronymics:
            if len(word) > len(ending) + 3 and word.endswith(ending):
                return gender
    for word in lowers:
        genders = {
            gender
            for kind, reading_case, gender, _ in _known(word)
            if kind == "Name" and (case is None or reading_case == case)
        }
        if len(genders) == 1:
            return genders.pop()
    last = lowers[-1] if lowers else ""
    if case not in (None, "nomn"):
        return "femn" if last.endswith(FEMALE_OBLIQUE) else None
    return "femn" if len(last) > 5 and last.endswith(FEMALE_SURNAME) and case else None


def _case(words: Sequence[str], cases: Collection[str]) -> str | None:
    """The one case to undo: what the context allows, else what the known words agree on."""
    allowed = set(cases) & CASES
    if len(allowed) >= len(CASES):
        allowed = set()
    shared = allowed or set(CASES)
    known = False
    for word in words:
        found = {case for kind, case, _, _ in _known(word.lower()) if kind in NAMES}
        if found and found & shared:
            shared &= found
            known = True
    if not (known or allowed):
        return None
    for case in ("nomn", "gent", "ablt", "datv", "accs", "loct"):
        if case in shared:
            return case
    return None


@lru_cache(maxsize=50_000)
def _known(word: str) -> tuple[tuple[str, str, str, str], ...]:
    """The dictionary's readings of a name's word: kind, case, gender and nominative."""
    found: list[tuple[str, str, str, str]] = []
    if not is_known(word):
        return ()
    for parse in analyzer().parse(word):
        kind = next((k for k in ("Name", "Surn", "Patr") if k in parse.tag.grammemes), None)
        if not kind or not parse.is_known or "plur" in parse.tag.grammemes or not parse.tag.case:
            continue
        if parse.tag.grammemes & {"Init", "Abbr"}:
            continue
        base = parse.inflect({"nomn", "sing"})
        if base is not None:
            case = {"gen2": "gent", "acc2": "accs", "loc2": "loct"}.get(
                parse.tag.case, parse.tag.case
            )
            found.append((kind, str(case), str(parse.tag.gender or ""), base.word))
    return tuple(found)


def _word(word: str, case: str, gender: str | None, attested: Collection[str]) -> str:
    if len(word) < 3 or not "\u0400" <= word[0] <= "\u052f":
        return word
    head, hyphen, last = word.rpartition("-")
    if hyphen:
        if head[0].isupper() and last[:1].isupper() and len(head) > 3:
            head = _word(head, case, gender, attested)
        return f"{head}-{_word(last, case, gender, attested)}"
    lower = word.lower()
    known = {
        base
        for _, reading_case, reading_gender, base in _known(lower)
        if reading_case == case and (gender is None or reading_gender in (gender, "ms-f", ""))
    }
    if len(known) == 1:
        return _recased(word, known.pop())
    if lower in attested or any(reading_case == "nomn" for _, reading_case, _, _ in _known(lower)):
        unchanged = not known
        if unchanged:
            return word
    return _recased(word, min(known) if known else _undone(lower, case, gender, attested))


def _recased(word: str, lower: str) -> str:
    """``lower`` with the capitals of ``word``."""
    if word.isupper() and len(word) > 2:
        return lower.upper()
    same = 0
    while same < min(len(word), len(lower)) and word[same].lower() == lower[same]:
        same += 1
    return word[:same] + lower[same:]


def _undone(word: str, case: str, gender: str | None, attested: Collection[str]) -> str:
    """The nominative of an unknown word by its ending, itself where no ending fits."""
    rules = {
        "ablt": _from_instrumental,
        "gent": _from_genitive,
        "accs": _from_accusative,
        "datv": _from_dative,
    }
    rule = rules.get(case)
    base = rule(word, gender) if rule else word
    if base != word and base.endswith("ц") and base[-2:-1] in FLEETING:
        base = base[:-1] + "ец"
    stem = base.rstrip("ьй")
    if len(stem) < SHORTEST_STEM and base not in attested:
        return word
    return base


def _undone_syllable(word: str, case: str, gender: str | None) -> str:
    """The last syllable of a Korean or Vietnamese name, of which only that one declines."""
    rule = {"ablt": _from_instrumental, "datv": _from_dative}.get(case, _from_genitive)
    base = rule(word.lower(), gender) if gender != "femn" and len(word) > 2 else word
    return _recased(word, base.lower())


def _consonant(letter: str) -> bool:
    return letter not in VOWELS and letter not in "ьъй-"


def _soft(stem: str) -> str:
    """A masculine stem whose oblique forms are soft: «Серге-» Сергей, «Игор-» Игорь."""
    if stem[-1] in VOWELS:
        return stem + "й"
    return stem if stem[-1] in SIBILANTS else stem + "ь"


def _feminine_oblique(word: str) -> str | None:
    """From -ой and -ей of women's (and Никита's) names."""
    if word.endswith(("ской", "цкой")):
        return word[:-2] + "ая"
    if word.endswith(("ой", "ою")) and _consonant(word[-3]):
        return word[:-2] + "а"
    if word.endswith(("ей", "ёй")) and len(word) > 4:
        return word[:-2] + ("а" if word[-3] in SIBILANTS else "я")
    return None


def _from_instrumental(word: str, gender: str | None) -> str:
    if gender != "femn":
        if word.endswith(("овым", "евым", "ёвым", "иным", "ыным")):
            return word[:-2]
        if word.endswith("ым"):
            return word[:-2] + "ый"
        if word.endswith("ким") and len(word) > 5:
            return word[:-2] + "ий"
        if word.endswith("ом") and _consonant(word[-3]):
            return word[:-2]
        if word.endswith(("ем", "ём")):
            return word[:-3] + "ий" if word.endswith("ием") else _soft(word[:-2])
    if word.endswith("ью") and gender == "femn":
        return word[:-1]
    oblique = _feminine_oblique(word)
    return oblique if oblique and (gender == "femn" or len(word) > SHORTEST_STEM) else word


def _from_genitive(word: str, gender: str | None) -> str:
    if gender != "femn":
        if word.endswith(("ского", "цкого")):
            return word[:-3] + "ий"
        if word.endswith("ого"):
            return word[:-3] + "ый"
        if word.endswith("а") and _consonant(word[-2]):
            return word[:-1]
        if word.endswith("ия"):
            return word[:-1] + "й"
        if word.endswith("я") and word[-2] not in "ьу":
            return _soft(word[:-1])
    if word.endswith("ы") and _consonant(word[-2]):
        return word[:-1] + "а"
    if gender == "femn":
        if word.endswith("ии"):
            return word[:-1] + "я"
        if word.endswith("и") and word[-2] in VELARS + SIBILANTS:
            return word[:-1] + "а"
        return _feminine_oblique(word) or word
    return word


def _from_accusative(word: str, gender: str | None) -> str:
    if gender == "femn" or word.endswith(("ую", "скую")):
        if word.endswith("ую"):
            return word[:-2] + "ая"
        if word.endswith("у") and _consonant(word[-2]):
            return word[:-1] + "а"
        return word[:-1] + "я" if word.endswith("ю") else word
    return _from_genitive(word, gender)


def _from_dative(word: str, gender: str | None) -> str:
    if gender != "femn":
        if word.endswith(("скому", "цкому")):
            return word[:-3] + "ий"
        if word.endswith("ому"):
            return word[:-3] + "ый"
        if word.endswith("у") and _consonant(word[-2]):
            return word[:-1]
        if word.endswith("ию"):
            return word[:-1] + "й"
        if word.endswith("ю") and word[-2] not in "ь":
            return _soft(word[:-1])
        return word
    if word.endswith("ии"):
        return word[:-1] + "я"
    if word.endswith("ье"):
        return word[:-1] + "я"
    if word.endswith("е") and _consonant(word[-2]):
        return word[:-1] + "а"
    return _feminine_oblique(word) or word


ENDINGS = frozenset({
    "ского", "скому", "скими", "ыми", "ого", "ому", "ами", "ым", "им", "ом", "ем", "ём", "ой", "ей",
    "ёй", "ою", "ую", "ая", "ий", "ый", "ью", "ии", "ия", "ию", "а", "я", "у", "ю", "е", "ы",
    "и", "ь", "й",
})  # fmt: skip
LENGTHS = sorted({len(ending) for ending in ENDINGS}, reverse=True)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A lower-case word without its case ending: what all its forms share."""
    for length in LENGTHS:
        if len(word) - length >= SHORTEST_STEM and word[-length:] in ENDINGS:
            return word[:-length]
    return word


def declined_alike(one: str, other: str) -> bool:
    """Whether two lower-case words can be forms of one name."""
    return one == other or stem(one) == stem(other)
