"""Which rules fire, in how many texts: one that fires in a single document is suspect.

    python eval/rules.py [--all]

Texts are the corpus and both halves of the passages; only rules' names are printed, no text.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

import pobratim

ROOT = Path(__file__).parent.parent
FOLDERS = ("corpus", "eval/passages/open", "eval/passages/sealed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="all rules, not only the suspect ones")
    everything = parser.parse_args().all
    texts: dict[str, set[str]] = defaultdict(set)
    uses: dict[str, int] = defaultdict(int)
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.txt"))]
    for path in paths:
        document = pobratim.extract(path.read_text(encoding="utf-8"))
        for why in (item.why for item in (*document.mentions, *document.relations)):
            if why:
                texts[why].add(str(path))
                uses[why] += 1
    suspect = {
        why for why, found in texts.items() if len(found) == 1 and "corpus" in next(iter(found))
    }
    table = Table("rule", "texts", "uses", title=f"{len(texts)} rules in {len(paths)} texts")
    for why in sorted(texts if everything else suspect):
        table.add_row(why, str(len(texts[why])), str(uses[why]))
    Console().print(table)
    Console().print(f"{len(suspect)} fire in one document of the corpus and nowhere else")


if __name__ == "__main__":
    main()
