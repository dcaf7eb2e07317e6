"""The regular expressions that documents meet, and strings that mean to make each take long.

The strings are made of the pattern itself: what leads up to one of its repetitions, then what is
repeated, many times, then what does not match.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import random
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from re import _parser as parser  # type: ignore[attr-defined]  # the only parser of patterns
from typing import Any

from uses import is_searched

import pobratim

PARTS = ("reading", "lexicon", "stages", "batch")
"""The parts of the package whose patterns meet documents; the others read what people made."""

SKIPPED = "nursery"
SIGNS = (
    "0", " ", "-", "–", '"', "«", "»", ".", "А. ", "A.", "а", "a", "Я", "1 ", "1,", "\n", "(", "<", "'",
    "_", "и\u0306", "\u0301",
)  # fmt: skip
TAILS = ("\x00", "!", "\n\n", "")
PUMPS = 6
ATTACKS = 30
FEW, MANY = 750, 3000
NOTICED = 0.003
MOST_GROWTH = 8.0
"""Four times the length: 4 where time is linear, 16 where it is quadratic."""


def patterns() -> dict[str, re.Pattern[Any]]:
    """The compiled patterns in the package's modules, in their cached tables and lexicons, by place."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(pobratim.__path__, "pobratim.")
        if found.name.split(".")[1] in PARTS and SKIPPED not in found.name
    ]
    pobratim.extract("Мэр Казани подписал соглашение 3 мая 2019 г.; Mayor of Kazan, 70 children")
    walk = _Walk()
    for module in modules:
        for name, value in vars(module).items():
            walk.add(value, f"{module.__name__}.{name}")
            if _is_table(value, module.__name__):
                walk.add(value(), f"{module.__name__}.{name}()")
    return walk.found


def _is_table(value: object, module: str) -> bool:
    """Whether ``value`` is a cached function of no arguments: a lexicon, a table of patterns."""
    wanted = module.startswith(("pobratim.lexicon", "pobratim.stages", "pobratim.reading"))
    if not (wanted and hasattr(value, "cache_info") and "neural" not in module):
        return False
    return not inspect.signature(value).parameters  # type: ignore[arg-type]  # a cache wraps a function


class _Walk:
    """Goes through the objects of the package, and their plain containers."""

    def __init__(self) -> None:
        self.found: dict[str, re.Pattern[Any]] = {}
        self._texts: set[tuple[str | bytes, int]] = set()
        self._seen: set[int] = set()
        self._kept: list[object] = []

    def add(self, value: object, place: str, depth: int = 0) -> None:
        if isinstance(value, re.Pattern):
            if (value.pattern, value.flags) not in self._texts:
                self._texts.add((value.pattern, value.flags))
                self.found[f"{place} {len(self.found)}"] = value
        elif depth < 6 and id(value) not in self._seen:
            self._seen.add(id(value))
            self._kept.append(value)  # so that no other comes to have its id
            for inner in self._inside(value):
                self.add(inner, place, depth + 1)

    @staticmethod
    def _inside(value: object) -> Iterable[object]:
        if isinstance(value, Mapping):
            return [*value.keys(), *value.values()] if len(value) < 5000 else []
        if isinstance(value, (list, tuple, set, frozenset)):
            return list(value) if len(value) < 5000 else []
        if not type(value).__module__.startswith("pobratim"):
            return []
        if hasattr(value, "__dict__"):
            return [*vars(value).values()]
        slots = [slot for kind in type(value).__mro__ for slot in getattr(kind, "__slots__", ())]
        return [getattr(value, slot) for slot in slots if hasattr(value, slot)]


def slowest(place: str, pattern: re.Pattern[Any]) -> tuple[float, str] | None:
    """How time grows with four times the length of an attack; ``None`` where all are linear."""
    searching = is_searched(place)
    for few, many, what in _attacks(pattern):
        for searched in {searching, False}:
            seconds = _seconds(pattern, many, searched)
            if seconds < NOTICED:
                continue
            long = min(_seconds(pattern, many, searched), seconds)
            short = min(_seconds(pattern, few, searched) for _ in range(3))
            if long > MOST_GROWTH * max(short, 1e-5):
                return long / max(short, 1e-5), what
    return None


def _seconds(pattern: re.Pattern[Any], text: Any, searched: bool) -> float:
    began = time.thread_time()
    if searched:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)
    return time.thread_time() - began


def _attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[Any, Any, str]]:
    binary = isinstance(pattern.pattern, bytes)
    made: set[tuple[str, str]] = {("", sign) for sign in SIGNS}
    source = pattern.pattern.decode("latin-1") if binary else pattern.pattern
    chance = random.Random(len(source))
    tree = parser.parse(source, pattern.flags & ~(re.UNICODE if binary else 0))
    sampler = _Sampler(chance)
    for _ in range(PUMPS):
        sampler.whole(tree)
        made.update(sampler.pumps)
        made.update(("", pump) for _, pump in sampler.pumps)
        sampler.pumps.clear()
    chosen = sorted(each for each in made if each[1])
    chance.shuffle(chosen)
    for before, pump in chosen[:ATTACKS]:
        for tail in TAILS:
            few = before + pump * (FEW // len(pump)) + tail
            many = before + pump * (MANY // len(pump)) + tail
            what = f"{before[:40]!r} then {pump[:40]!r} again and again, then {tail!r}"
            if binary:
                yield few.encode("utf-8"), many.encode("utf-8"), what
            else:
                yield few, many, what


class _Sampler:
    """Makes strings that match a parsed pattern, and notes what can be repeated and what is before it."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.pumps: list[tuple[str, str]] = []
        self._groups: dict[int, str] = {}

    def whole(self, tree: Any, before: str = "") -> str:
        """A string that ``tree`` matches, where looking ahead and behind does not forbid it."""
        made = ""
        for op, value in tree:
            made += self._one(str(op), value, before + made)
        return made

    def _one(self, op: str, value: Any, before: str) -> str:
        match op:
            case "LITERAL":
                return chr(value)
            case "NOT_LITERAL":
                return "a" if value != ord("a") else "b"
            case "ANY":
                return self._chance.choice("a0 ")
            case "IN":
                return self._of_set(value)
            case "BRANCH":
                return self.whole(self._chance.choice(value[1]), before)
            case "SUBPATTERN":
                made = self.whole(value[3], before)
                self._groups[value[0]] = made
                return made
            case "ATOMIC_GROUP":
                return self.whole(value, before)
            case "GROUPREF":
                return self._groups.get(value, "")
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, body = value
                piece = self.whole(body, before)
                if most > 9:
                    self.pumps.append((before[-200:], piece))
                    more = self.whole(body, before)
                    self.pumps.append((before[-200:], piece + more))
                return "".join(self.whole(body, before) for _ in range(min(max(least, 1), 5)))
        return ""

    def _of_set(self, items: Any) -> str:
        if str(items[0][0]) == "NEGATE":
            pool = [chr(code) for code in (*range(32, 127), *range(0x430, 0x440), 10)]
            return self._chance.choice(
                [ch for ch in pool if not _in_set(items[1:], ch)] or ["\x01"]
            )
        op, value = self._chance.choice(items)
        match str(op):
            case "LITERAL":
                return chr(value)
            case "RANGE":
                return chr(self._chance.randint(value[0], min(value[1], value[0] + 30)))
            case "CATEGORY":
                name = str(value)
                if "NOT" in name:
                    return "a" if "DIGIT" in name or "SPACE" in name else "."
                return "1" if "DIGIT" in name else " " if "SPACE" in name else "a"
        return "a"


def _in_set(items: Any, ch: str) -> bool:
    for op, value in items:
        match str(op):
            case "LITERAL" if value == ord(ch):
                return True
            case "RANGE" if value[0] <= ord(ch) <= value[1]:
                return True
            case "CATEGORY":
                name = str(value)
                kind = r"\d" if "DIGIT" in name else r"\s" if "SPACE" in name else r"\w"
                if bool(re.match(kind, ch)) != ("NOT" in name):
                    return True
    return False
