"""Reading a mark-up file (``annotations/format.md``): lines to marks, nothing located yet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pobratim.exchange.check import Problem
from pobratim.schema import LABELS

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = ("document", "language", "reference", "annotator", "lines")
PREFIXES: dict[str, tuple[str, ...]] = {
    "CITY": ("geonames", "local"),
    "REGION": ("region", "local"),
    "COUNTRY": ("country", "local"),
    "PERSON": ("person",),
    "ORGANIZATION": ("org",),
    "EVENT": ("event",),
    "AGREEMENT": ("agreement",),
}
"""The kinds of id that each label's mentions may carry."""

OPTIONS: dict[str, frozenset[str]] = {
    "CITY": frozenset(),
    "REGION": frozenset(),
    "COUNTRY": frozenset(),
    "EVENT": frozenset(),
    "DATE": frozenset(),
    "PERSON": frozenset({"name", "holds", "seen"}),
    "ORGANIZATION": frozenset({"name", "city"}),
    "ROLE": frozenset({"of"}),
    "COUNT": frozenset({"unit", "action", "on", "in", "period", "place"}),
    "AGREEMENT": frozenset({"subject", "party", "on", "in", "by", "implied", "signed", "place"}),
}
"""The ``key=value`` pairs that each label's marks may have."""

FLAGS = {"COUNT": frozenset({"cumulative"})}

_SCRIPT = {"ru": True, "en": False}
_ENTITY_ID = re.compile(
    r"geonames:\d{1,12}|country:[A-Z]{2}|region:[A-Z]{2}-[A-Z0-9]{1,3}"
    r"|(?:region|local|person|org|event|agreement):[a-z0-9][a-z0-9-]{0,79}"
)
_VALUE = re.compile(r'(?:([a-z]+)=)?(?:"([^"]*)"|`([^`]*)`|(\S+))')
_HEADER = re.compile(r"([a-z]+):\s*(.*)")
_MARK = re.compile(r"(<*)\s*([A-Z]+)\s+(\S.*)")
_AT = re.compile(r"@(\d{1,7})(?:\s+(\S.*))?")
_RANGE = re.compile(r"(\d{1,7})-(\d{1,7})")


@dataclass(slots=True)
class Mark:
    """One mention as written: ``at`` is the document's line (from 1), ``line`` the file's own.

    ``start`` and ``end`` are code-point offsets into the document, -1 until located; ``entity`` and
    ``id`` are filled by the builder.
    """

    file: str
    line: int
    at: int
    label: str
    surface: str
    depth: int = 0
    before: str = ""
    after: str = ""
    values: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    tag: str | None = None
    entity: str | None = None
    start: int = -1
    end: int = -1
    id: str = ""

    def option(self, key: str) -> str | None:
        """The last value given for ``key``."""
        found = self.options.get(key)
        return found[-1] if found else None

    def problem(self, what: str, remedy: str) -> Problem:
        """A problem with this mark, placed on its line of the file."""
        return Problem(f"{self.file}:{self.line}", f"{self.label} “{self.surface}”", what, remedy)


@dataclass(slots=True)
class Entity:
    """What a name refers to: its id, its spellings (the first is nominative) and known facts."""

    label: str
    id: str
    forms: list[str]
    facts: dict[str, str]

    def name(self, language: str) -> str:
        """The first form in the script of ``language`` (``ru`` or ``en``), else the first."""
        fitting = [f for f in self.forms if _SCRIPT.get(language) == cyrillic(f)]
        return (fitting or self.forms)[0]


@dataclass(slots=True)
class MarkFile:
    """One parsed file; ``guards`` are its ``@N words``: file line, document line, words."""

    name: str
    headers: dict[str, str] = field(default_factory=dict)
    entities: list[tuple[int, Entity]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    guards: list[tuple[int, int, str]] = field(default_factory=list)
    lines: tuple[int, int] | None = None
    problems: list[Problem] = field(default_factory=list)

    def fail(self, line: int, subject: str, what: str, remedy: str) -> None:
        """Note a problem on ``line`` of this file."""
        self.problems.append(Problem(f"{self.name}:{line}", subject, what, remedy))


def cyrillic(text: str) -> bool:
    """Whether ``text`` has a Cyrillic letter."""
    return any("Ѐ" <= letter <= "ӿ" for letter in text)


def squeeze(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return " ".join(text.split())


def is_entity_id(value: str) -> bool:
    """Whether ``value`` has the form of an id (``geonames:504341``, ``org:aurora``)."""
    return _ENTITY_ID.fullmatch(value) is not None


def read_marks(path: Path) -> MarkFile:
    """The marks of one file; what cannot be read is in ``problems``, nothing is raised for it."""
    return parse_marks(path.read_text(encoding="utf-8-sig"), path.name)


def parse_marks(text: str, name: str) -> MarkFile:
    """The marks of a file's ``text``; ``name`` is what problems call it."""
    found = MarkFile(name)
    at = 0
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("@"):
            at = _position(found, number, line) or at
        elif line.startswith("entity "):
            _entity(found, number, line)
        elif header := _HEADER.fullmatch(line):
            _header(found, number, header[1], header[2])
        elif mark := _MARK.fullmatch(line):
            _mark(found, number, at, mark)
        else:
            found.fail(
                number,
                f"“{line[:60]}”",
                "is no header, entity, @line or mention",
                "Write a mention as LABEL surface | values.",
            )
    return found


def _position(found: MarkFile, number: int, line: str) -> int | None:
    match = _AT.fullmatch(line)
    if match is None:
        found.fail(number, f"“{line[:60]}”", "is no line number", "Write @12 or @12 first words.")
        return None
    at = int(match[1])
    if match[2]:
        found.guards.append((number, at, squeeze(match[2])))
    return at


def _header(found: MarkFile, number: int, key: str, value: str) -> None:
    if key not in HEADERS:
        found.fail(number, f"header “{key}”", "is unknown", f"Use one of: {', '.join(HEADERS)}.")
    elif key == "lines":
        match = _RANGE.fullmatch(value)
        if match is None or int(match[1]) > int(match[2]):
            found.fail(number, f"lines “{value}”", "is no range", "Write lines: 21-33.")
        else:
            found.lines = int(match[1]), int(match[2])
    found.headers[key] = value


def _entity(found: MarkFile, number: int, line: str) -> None:
    head, *fields = (part.strip() for part in line.split(" | "))
    words = head.split(None, 3)
    if len(words) < 4:
        found.fail(number, f"“{line[:60]}”", "is incomplete", "Write entity LABEL ID FORM | FORM.")
        return
    _, label, identity, first = words
    if not _fits(found, number, label, identity):
        return
    facts: dict[str, str] = {}
    if fields and re.match(r"[a-z]+=", fields[-1]):
        facts = {m[1]: m[2] or m[3] or m[4] for m in _VALUE.finditer(fields.pop()) if m[1]}
    forms = [squeeze(form) for form in (first, *fields) if form]
    found.entities.append((number, Entity(label, identity, forms, facts)))


def _fits(found: MarkFile, number: int, label: str, identity: str) -> bool:
    allowed = PREFIXES.get(label)
    if allowed is None:
        found.fail(number, f"label “{label}”", "has no ids", f"Use one of: {', '.join(PREFIXES)}.")
    elif not is_entity_id(identity) or identity.split(":")[0] not in allowed:
        choices = ", ".join(f"{prefix}:…" for prefix in allowed)
        remedy = f"Use {choices}; slugs are lower-case Latin letters, digits and hyphens."
        found.fail(number, f"{label} id “{identity}”", "is not of the right form", remedy)
    else:
        return True
    return False


def _mark(found: MarkFile, number: int, at: int, match: re.Match[str]) -> None:
    depth, label, rest = len(match[1]), match[2], match[3]
    if label not in LABELS:
        found.fail(number, f"label “{label}”", "is unknown", f"Use one of: {', '.join(LABELS)}.")
        return
    if not at:
        found.fail(number, f"“{rest[:60]}”", "comes before any @line", "Say @12 first.")
        return
    written, _, values = rest.partition(" | ")
    before, surface, after = _bracketed(squeeze(written))
    mark = Mark(found.name, number, at, label, surface, depth, before, after)
    for value in _VALUE.finditer(values):
        _value(found, mark, value)
    found.marks.append(mark)


def _bracketed(written: str) -> tuple[str, str, str]:
    before, opening, rest = written.partition("[[")
    inner, closing, after = rest.partition("]]")
    return (before, inner, after) if opening and closing else ("", written, "")


def _value(found: MarkFile, mark: Mark, match: re.Match[str]) -> None:
    key = match[1]
    value = match[2] or match[3] or match[4] or ""
    if key:
        known = OPTIONS[mark.label]
        if key in known:
            mark.options.setdefault(key, []).append(squeeze(value))
        else:
            choices = ", ".join(f"{k}=" for k in sorted(known)) or "none"
            found.problems.append(mark.problem(f"cannot have {key}=", f"Its keys are: {choices}."))
    elif value.startswith("#") and len(value) > 1:
        mark.tag = value[1:]
    elif value in FLAGS.get(mark.label, ()):
        mark.flags.add(value)
    elif is_entity_id(value) and mark.label in PREFIXES:
        if _fits(found, mark.line, mark.label, value):
            mark.entity = value
    else:
        mark.values.append(value)
