"""The ablation table of ``models/README.md`` from the results of the runs that are there.

python models/ner/table.py [--readme models/README.md]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RUNS = ROOT / "build/models/runs"
KEPT = ROOT / "models/results.json"
COLUMNS = ("PERSON", "CITY", "COUNTRY", "REGION", "NAME", "ROLE", "EVENT", "all")
ROWS = {
    "head-bio": "4 layers, the last 2 over words, one BIO layer a label, 0.75 epochs of 2 corpora",
    "head-span": "the same with the span head",
    "layers-8": "8 layers, 1 epoch",
    "layers-12": "12 layers, 1 epoch",
    "pieces-8": "8 layers, 4 epochs",
    "accurate-base": "10 layers, the last 6 over words, 4 epochs",
    "layers-3-5": "8 layers, the last 5 over words, 2.5 epochs",
    "accurate": "`accurate-base` and our own texts (accurate 2.0.0, before int8)",
    "accurate-8": "`accurate` without 2 layers, and more of our own texts, 1 epoch",
    "accurate-further": "`accurate` gone on with more of our own texts (accurate 2.1.0, before int8)",
    "accurate-kinds": "`accurate-further` gone on with kinds of words and places of the gazetteer",
    "accurate-longer": "the same for two epochs (**accurate** 3.0.0, before int8)",
    "fast-no-teacher": "student, corpora alone",
    "fast-no-copies": "student, taught, no copies with other names",
    "fast-no-embeddings": "student, taught, with copies, no word embeddings",
    "fast-short": "student, taught, with copies and embeddings",
    "fast-narrow": "the same, 96 wide",
    "fast-wide": "the same, 192 wide",
    "fast": "`fast-short` for 20 epochs (fast 2.0.0)",
    "fast-further": "`fast` gone on with, taught by `accurate-8`, 6 epochs",
    "fast-longer": "`fast` gone on with, taught by `accurate` 2.1.0 and itself, 1 epoch",
    "fast-kinds": "`fast` gone on with kinds of words and places of the gazetteer, taught by "
    "`accurate-longer` and itself, 8 epochs (**fast** 3.0.0)",
    "fast-kindless": "the same without kinds of words",
}
BEGIN, END = "<!-- ablation:begin -->\n", "<!-- ablation:end -->"


def results() -> dict[str, Any]:
    """What is kept in the repository, renewed by the runs that are here."""
    kept: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    for name in ROWS:
        path = RUNS / name / "result.json"
        if path.is_file():
            kept[name] = json.loads(path.read_text("utf-8"))
    KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return kept


def table(found: dict[str, Any], judged: str) -> str:
    """One table, a row a run."""
    head = f"| config | | minutes | {' | '.join(COLUMNS)} |"
    rule = "|---|---|---:|" + "---:|" * len(COLUMNS)
    lines = [head, rule]
    for name, about in ROWS.items():
        if name in found:
            scores = found[name][judged]
            figures = " | ".join(f"{scores.get(column, float('nan')):.1f}" for column in COLUMNS)
            lines.append(f"| `{name}` | {about} | {found[name]['minutes']:.0f} | {figures} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readme", type=Path, default=ROOT / "models/README.md")
    options = parser.parse_args()
    found = results()
    made = "\n\n".join(
        f"**{about}**\n\n{table(found, judged)}"
        for judged, about in (
            ("nerel-dev", "Russian: NEREL dev"),
            ("crossner-politics-dev", "English: CrossNER politics dev"),
        )
    )
    text = options.readme.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    options.readme.write_text(f"{before}{BEGIN}{made}\n{END}{after}", encoding="utf-8")
    print(made)


if __name__ == "__main__":
    main()
