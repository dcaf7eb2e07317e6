"""Back from a declined Russian place name to the nominatives it can be a form of.

The endings are in ``data/place_cases.toml``. Nothing here knows any name: a candidate counts only
where the gazetteer has it, so a rule may propose more than it can prove.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pobratim.errors import LexiconError

__all__ = ["ANY_CASE", "Reading", "nominatives"]

_PATH = Path(__file__).with_name("data") / "place_cases.toml"
_CASES = ("g", "d", "a", "i", "l")
ANY_CASE = 0b111111
"""The mask of a word that is taken as it stands: it goes with any case."""
_DEFAULT_STEM = 2


class Reading(NamedTuple):
    """A nominative and the cases, as bits, that the form can be of it."""

    word: str
    cases: int


class _Rule(NamedTuple):
    ending: str
    after: str
    shortest: int
    case: int


def _read_rules() -> dict[str, tuple[_Rule, ...]]:
    try:
        rows = tomllib.loads(_PATH.read_text(encoding="utf-8"))["rows"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        message = f"case endings {_PATH} cannot be read: {error}; restore or correct the file"
        raise LexiconError(message) from error
    rules: dict[str, list[_Rule]] = {}
    for row in rows:
        for bit, case in enumerate(_CASES):
            for form in row.get(case, ()):
                rule = _Rule(
                    row["ending"], row.get("after", ""), row.get("stem", _DEFAULT_STEM), 1 << bit
                )
                rules.setdefault(form, []).append(rule)
    return {form: tuple(found) for form, found in rules.items()}


@lru_cache(maxsize=1)
def _rules() -> tuple[dict[str, tuple[_Rule, ...]], int]:
    rules = _read_rules()
    return rules, max(map(len, rules))


@lru_cache(maxsize=1 << 15)
def nominatives(form: str) -> tuple[Reading, ...]:
    """The nominatives that one lower-case word (``е`` for ``ё``) can be an oblique form of.

    The word itself comes first, with :data:`ANY_CASE`.
    """
    rules, longest = _rules()
    found = {form: ANY_CASE}
    size = len(form)
    for cut in range(max(0, size - longest), size + 1):
        stem = form[:cut]
        for rule in rules.get(form[cut:], ()):
            if cut < rule.shortest or (rule.after and stem[-1:] not in rule.after):
                continue
            word = stem + rule.ending
            found[word] = found.get(word, 0) | rule.case
    return tuple(Reading(word, cases) for word, cases in found.items())
