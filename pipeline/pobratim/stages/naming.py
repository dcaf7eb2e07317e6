"""What a PERSON mention is called, and which mentions are one person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pobratim.lexicon.names import gender_of, nominative, stem

if TYPE_CHECKING:
    from pobratim.stages.workspace import Workspace

__all__ = ["Naming", "Person", "PersonName", "identify", "named"]


NAMESAKES = 50
"""How many bearers of one surname are told apart, so that a page's cost stays linear."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as listed: nominative, ``masc``/``femn`` or None, the cases the text may mean."""

    nominative: str
    gender: str | None
    cases: frozenset[str] = frozenset()


@dataclass(slots=True)
class Naming:
    """One mention: its words without marks, and its name by itself."""

    start: int
    end: int
    words: tuple[str, ...]
    initials: tuple[str, ...]
    name: PersonName
    person: int = -1


@dataclass(slots=True)
class Person:
    """What the mentions of one person share: the words of the fullest name, and all names met."""

    number: int
    words: tuple[str, ...]
    initials: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    gender: str | None = None


def named(
    ws: Workspace,
    start: int,
    end: int,
    cases: frozenset[str],
    gender: str | None,
    attested: frozenset[str],
) -> Naming:
    """The name of the words ``start`` to ``end``; ``cases`` and ``gender`` as the context tells."""
    parts = [ws.words[at] for at in range(start, end) if ws.words[at][0].isalpha()]
    initials = tuple(part.lower() for part in parts if len(part) == 1)
    full = [part for part in parts if len(part) > 1]
    if ws.languages[start] == "ru" and full:
        gender = gender or gender_of(full, next(iter(cases)) if len(cases) == 1 else None)
        base = nominative(full, cases, gender, attested)
    else:
        base = full
    text = _spelt(ws, start, end, full, base)
    words = tuple(word.lower() for word in base)
    return Naming(start, end, words, initials, PersonName(text, gender, cases))


def _spelt(ws: Workspace, start: int, end: int, full: list[str], base: list[str]) -> str:
    """The name as printed, with ``base`` for ``full`` and a space behind the last initial."""
    renamed = iter(base if len(base) == len(full) else full)
    pieces: list[str] = []
    for at in range(start, end):
        word = ws.words[at]
        if word[0].isalpha() and len(word) > 1:
            piece = next(renamed)
            if pieces and pieces[-1] == ".":
                pieces.append(" ")
        else:
            piece = word
        if at > start and ws.ends[at - 1] < ws.starts[at] and pieces[-1] != " ":
            pieces.append(" ")
        pieces.append(piece)
    return "".join(pieces)


def identify(namings: list[Naming]) -> list[Person]:
    """Sets ``person`` of every naming: same words, or a part of a name met before (or later)."""
    people: list[Person] = []
    by_stem: dict[str, list[Person]] = {}
    fullest_first = sorted(namings, key=lambda n: (len(n.words) < 2, n.start))
    for naming in fullest_first:
        person = _match(naming, by_stem)
        if person is None:
            person = Person(len(people), naming.words, naming.initials)
            people.append(person)
            for word in naming.words:
                by_stem.setdefault(stem(word), []).append(person)
        naming.person = person.number
        if len(naming.words) == len(person.words) and bool(naming.initials) == bool(
            person.initials
        ):
            weight = 4 if "nomn" in naming.name.cases else 2 if naming.name.cases else 1
            person.forms[naming.name.nominative] += weight
        person.gender = person.gender or naming.name.gender
    return people


def _match(naming: Naming, by_stem: dict[str, list[Person]]) -> Person | None:
    if not naming.words:
        return None
    for person in by_stem.get(stem(naming.words[-1]), [])[:NAMESAKES]:
        if _same(naming, person):
            return person
    return None


def _same(naming: Naming, person: Person) -> bool:
    """Whether the words of the mention are those of the person, or a part that does not contradict."""
    stems = [stem(word) for word in person.words]
    own = [stem(word) for word in naming.words]
    genders = {naming.name.gender, person.gender} - {None}
    if len(genders) > 1:
        return False
    if len(own) > 1:
        return own == stems or sorted(own) == sorted(stems) or _within(own, stems)
    if naming.initials and person.initials:
        return own[0] in stems and naming.initials[0] == person.initials[0]
    if naming.initials:
        others = [word for word in person.words if stem(word) != own[0]]
        return own[0] in stems and any(word[0] == naming.initials[0] for word in others)
    return own[0] in (stems[0], stems[-1])


def _within(own: list[str], stems: list[str]) -> bool:
    """Given name and surname of a name with a patronymic, in either order."""
    return 1 < len(own) < len(stems) and set(own) <= set(stems)
