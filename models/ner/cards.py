"""The tables of the model cards from what was measured.

make external; python models/ner/frozen.py models/weights --json build/models/frozen.json
python models/ner/cards.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXTERNAL = ROOT / "eval/published/external.json"
FROZEN = ROOT / "build/models/frozen.json"
WITH_RULES = {"fast": "Pobratim", "accurate": "Pobratim, accurate"}
SUITES = {
    "nerel-dev": "NEREL dev (Russian news)",
    "factrueval-dev": "factRuEval dev (Russian news)",
    "uner-en-ewt-dev": "Universal NER EWT dev (English web)",
    "crossner-politics-dev": "CrossNER politics dev (English Wikipedia; its train part was trained on)",
    "geovirus": "GeoVirus (English news, places)",
}
LABELS = (
    "CITY",
    "REGION",
    "COUNTRY",
    "PERSON",
    "ROLE",
    "ORGANIZATION",
    "EVENT",
    "AGREEMENT",
    "all",
)


def figure(system: dict[str, Any], label: str) -> str:
    """F1 with its interval, or a dash."""
    score = system.get(label)
    if not score or not score["system"]:
        return "–"
    value, low, high = (100 * score["f1"][part] for part in ("value", "low", "high"))
    return f"{value:.1f} ({low:.1f} to {high:.1f})"


def external(name: str) -> str:
    """The public development sets, a row a corpus and label."""
    lines = [
        "| corpus | | in gold | model alone | with the rules | classic with the rules "
        "| Natasha or spaCy alone |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    suites = json.loads(EXTERNAL.read_text("utf-8"))["suites"]
    for suite, title in SUITES.items():
        systems = suites[suite]["strict"]["systems"]
        peer = next(each for each in systems if each in ("Natasha", "spaCy"))
        shown = (f"{name} model alone", WITH_RULES[name], "Pobratim, classic", peer)
        for label in ("Places", "People", "Organizations", "Events", "Roles"):
            if label in systems[WITH_RULES[name]]:
                gold = systems[WITH_RULES[name]][label]["gold"]
                figures = " | ".join(figure(systems[system], label) for system in shown)
                lines.append(f"| {title} | {label} | {gold} | {figures} |")
    return "\n".join(lines)


def frozen(name: str) -> str:
    """The frozen split, the model alone."""
    scores = json.loads(FROZEN.read_text("utf-8"))[name]
    figures = " | ".join(f"{scores[label]:.1f}" for label in LABELS)
    return f"| {' | '.join(LABELS)} |\n|{'---:|' * len(LABELS)}\n| {figures} |"


def filled(text: str, mark: str, table: str) -> str:
    """``text`` with ``table`` between the marks."""
    begin, end = f"<!-- {mark}:begin -->\n", f"<!-- {mark}:end -->"
    before, rest = text.split(begin)
    return before + begin + table + "\n" + end + rest.split(end)[1]


def main() -> None:
    for name in WITH_RULES:
        card = ROOT / "models/weights" / name / "CARD.md"
        text = filled(card.read_text("utf-8"), "external", external(name))
        card.write_text(filled(text, "frozen", frozen(name)), encoding="utf-8")


if __name__ == "__main__":
    main()
