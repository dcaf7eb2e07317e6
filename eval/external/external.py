"""Pobratim and the bare tools on public corpora, read in place and never copied.

    python eval/external/external.py [--data ../shared/datasets/jsonl] [--out eval/published] [SUITE ...]

A suite whose corpus is absent is skipped, and the page says so.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from peers.contest import Contest, contest, to_json, to_markdown, to_terminal
from peers.scores import ANY_PLACE, LABELS, NAMES
from peers.systems import PEERS, POBRATIM, System, loaded, variants
from rich.console import Console

from external.corpora import Suite, suites, texts
from external.judging import judged
from pobratim.errors import EvaluationError, PobratimError

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = {"strict": "equal span and label", "type": "equal label, spans overlap"}
NOTE = """\
F1 in per cent with 95 % bootstrap intervals over texts. Only labels that a corpus annotates are
scored; `eval/external/suites.toml` maps them and says what is left out as not told. The corpora follow
their own guidelines (dates with prepositions, places that are rivers), so that no system can reach 100;
what counts is the distance between systems, and between this page and the last one. Subsets are drawn by a
hash of the texts' ids. Made by `make external`."""


def groups(suite: Suite) -> frozenset[str]:
    """The rows of the comparison that the corpus can tell."""
    found = {name for name, labels in LABELS.items() if not suite.scored.isdisjoint(labels)}
    if "Places" in found:
        found.add(ANY_PLACE)
    if found >= {"Places", "People", "Organizations"}:
        found.add(NAMES)
    if suite.dates is not None:
        found.add("Dates with value")
    return frozenset(found)


def run_suite(suite: Suite, folder: Path, systems: tuple[System, ...]) -> dict[str, Contest]:
    """The suite's contest under each scheme, each system having read each text once."""
    read = texts(suite, folder)
    wanted = groups(suite)
    answers = {}
    for system in systems:
        if suite.language in system.languages and system.groups & wanted:
            run = loaded(system)
            answers[system] = [
                (
                    one.gold,
                    judged(run(one.text, suite.language, one.reference).mentions, suite, one),
                )
                for one in read
            ]
    title = f"{suite.about} ({suite.name})"
    return {
        scheme: contest(f"{title}: {meaning}", answers, scheme, _shown(scheme, wanted))
        for scheme, meaning in SCHEMES.items()
    }


def _shown(scheme: str, wanted: frozenset[str]) -> frozenset[str]:
    """Values are the same under every scheme, and shown once."""
    return wanted if scheme == "strict" else wanted & {*LABELS, ANY_PLACE, NAMES}


def chosen(names: list[str]) -> list[Suite]:
    """The suites of these names, or all.

    Raises:
        EvaluationError: there is no suite of a name.
    """
    everything = suites()
    known = [suite.name for suite in everything]
    for name in names:
        if name not in known:
            raise EvaluationError(f"no suite {name!r}; there are {', '.join(known)}")
    return [suite for suite in everything if not names or suite.name in names]


def run(data: Path, out: Path, names: list[str], models: bool) -> None:
    systems = (POBRATIM, *(variants(bare=True) if models else ()), *PEERS)
    console = Console(width=160)
    found: dict[str, dict[str, Contest]] = {}
    skipped: list[str] = []
    for suite in chosen(names):
        if not (data / suite.file).is_file():
            skipped.append(suite.name)
            console.print(f"skipped {suite.name}: no {data / suite.file}", style="yellow")
            continue
        began = time.perf_counter()
        found[suite.name] = run_suite(suite, data, systems)
        for one in found[suite.name].values():
            console.print(to_terminal(one))
        console.print(f"{suite.name}: {time.perf_counter() - began:.0f} s", highlight=False)
    if not found:
        raise EvaluationError(
            f"{data}: none of the corpora is there; name their folder with --data DIR"
        )
    write(out, found, skipped)
    console.print(f"wrote {out / 'external.md'} and external.json", highlight=False)


def write(out: Path, found: dict[str, dict[str, Contest]], skipped: list[str]) -> None:
    """The page and its data."""
    out.mkdir(parents=True, exist_ok=True)
    parts = ["# Public corpora", NOTE]
    if skipped:
        parts.append(f"Skipped, since the corpus was absent: {', '.join(skipped)}.")
    for name, contests in found.items():
        parts += [f"## {name}", *(to_markdown(one) for one in contests.values())]
    (out / "external.md").write_text("\n\n".join(parts) + "\n", "utf-8")
    result = {
        "skipped": skipped,
        "suites": {
            name: {scheme: to_json(one) for scheme, one in contests.items()}
            for name, contests in found.items()
        },
    }
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    (out / "external.json").write_text(text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("suites", nargs="*", help="names; default: all")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "datasets" / "jsonl")
    parser.add_argument("--out", type=Path, default=ROOT / "eval" / "published")
    parser.add_argument(
        "--models", action="store_true", help="our other entity models and each alone, too"
    )
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    try:
        run(options.data, options.out, options.suites, options.models)
    except PobratimError as error:
        raise SystemExit(f"error: {error}") from error


if __name__ == "__main__":
    main()
