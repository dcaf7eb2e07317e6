"""Choose the Russian name of a city among alternate names that carry no language tag.

A candidate is scored by how Russian its letters look (a character trigram model over the vocabulary
of Russian news that navec ships), how often Russian news use its words, how close it is to the
name's Latin spelling, and spelling habits of the other languages written in Cyrillic.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

RUSSIAN = re.compile(r"[А-ЯЁа-яё][А-ЯЁа-яё'’ \-().]*[А-ЯЁа-яё)]$")
_FOREIGN_HABITS = (
    (re.compile(r"[сцз]ьк(?:\b|[аеи]\b)"), 5.0),  # Ukrainian -ськ
    (re.compile(r"(?<=[бвгджзклмнпрстфхцчшщ])ъ(?=[бвгджзйклмнпрстфхцчшщ]|$)"), 8.0),  # Bulgarian
    (re.compile(r"ьо|йо(?=[бвгджзклмнпрстфхцчшщ])"), 2.0),  # Bulgarian, Ukrainian ё
    (re.compile(r"(?:аа|ии|оо|уу|ээ|өө|үү)(?=[бвгдзклмнпрстх])"), 1.0),  # Mongolian, Kazakh
    (re.compile(r"дз(?=[еієяюь])|ц(?=[яюеё])ь?|ць"), 2.0),  # Belarusian
    (re.compile(r"шч|жы|шы|чы|ры\b"), 1.5),  # Belarusian, Kazakh
    (re.compile(r"[бвгджзклмнпрстфхцчшщ]{5,}"), 2.0),
    (re.compile(r"\b(?:ӏ|к[ъхӀ]|гӏ|хь|оь|аь|уь|юь)"), 3.0),  # North Caucasus
    (
        re.compile(
            r"\b(?:хот|хала|шахар|шаhар|шаар|град|општина|община|ошкар|гали|лам|хула)\b", re.I
        ),
        4.0,
    ),
)
_TO_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "-": " ",
}  # fmt: skip


class Trigrams:
    """Log probability of letters under a trigram model with interpolated smoothing."""

    def __init__(self, words: Iterable[str]) -> None:
        self._three: Counter[str] = Counter()
        self._two: Counter[str] = Counter()
        self._means: dict[str, float] = {}
        for word in words:
            text = f"^^{word}$"
            self._three.update(text[i : i + 3] for i in range(len(text) - 2))
            self._two.update(text[i : i + 2] for i in range(len(text) - 2))

    def mean(self, word: str) -> float:
        """Mean log probability of a letter of ``word``; the least likely counts twice."""
        known = self._means.get(word)
        if known is not None:
            return known
        text = f"^^{word}$"
        logs = [
            math.log((self._three[text[i : i + 3]] + 0.3) / (self._two[text[i : i + 2]] + 12.0))
            for i in range(len(text) - 2)
        ]
        self._means[word] = (sum(logs) + min(logs)) / (len(logs) + 1)
        return self._means[word]


class RussianNames:
    """Scores candidates; ``counts`` are the vocabulary's words with how often each occurs."""

    def __init__(self, counts: Mapping[str, int], gazetted: frozenset[str]) -> None:
        self._counts = counts
        self._known = gazetted
        self._letters = Trigrams(w for w in counts if re.fullmatch("[а-яё]{3,}", w))

    def score(self, candidate: str, latin: str, attested: frozenset[str] = frozenset()) -> float:
        """Higher is likelier Russian. ``attested``: transcriptions of the local name."""
        text = candidate.lower()
        words = re.findall("[а-яё]+", text)
        if not words:
            return -math.inf
        total = sum(self._letters.mean(word) for word in words) / len(words) * 2.0
        total += sum(self._seen(word) for word in words) / len(words)
        if len(words) > 1 and text in self._counts:
            total += 2.0 + 0.5 * math.log10(self._counts[text])
        if text in self._known or text.replace("ё", "е") in self._known:
            total += 2.5
        if text.replace("ё", "е") in attested:
            total += 4.0
        romanised = "".join(_TO_LATIN.get(c, c) for c in text)
        total += 4.0 * SequenceMatcher(None, romanised, latin.lower(), autojunk=False).ratio()
        if " " in candidate and "-" not in candidate:
            total -= 0.6
        for habit, cost in _FOREIGN_HABITS:
            total -= cost * bool(habit.search(text))
        if not candidate[0].isupper() or "(" in candidate or "." in candidate:
            total -= 3.0
        return total

    def _seen(self, word: str) -> float:
        count = self._counts.get(word, 0) or self._counts.get(word.replace("ё", "е"), 0)
        return 0.8 * math.log10(count) if count else 0.0

    def ranked(
        self, candidates: Iterable[str], latin: str, attested: frozenset[str] = frozenset()
    ) -> list[tuple[float, str]]:
        """Those candidates that Russian letters can spell, best first."""
        plain = sorted({c.strip() for c in candidates if RUSSIAN.match(c.strip())})
        scored = [(self.score(c, latin, attested), c) for c in plain]
        return sorted(scored, key=lambda pair: (-pair[0], pair[1]))
