"""What is asked of extraction against what ``pobratim evaluate`` says.

    pobratim evaluate --gold annotations/gold/test --run --json build/test.json --report build/test
    python eval/goals.py build/test.json
    python eval/goals.py build/test.json --mistakes build/test/mistakes.jsonl

prints a Markdown table for each summary: F1 in per cent by language, the goal, and how many items
the gold has; and, of what misses its goal, every mistake of a report.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

GOALS = Path(__file__).with_name("goals.toml")
LANGUAGES = {"ru": "Russian", "en": "English"}
FAMILIES = dict.fromkeys(("missed", "spurious", "label", "boundary"), "mentions")
FAMILIES |= {"value": "values", "relation": "relations", "record": "records"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("summary", nargs="+", type=Path, help="what --json saved")
    parser.add_argument("--mistakes", type=Path, help="mistakes.jsonl of the first one's report")
    options = parser.parse_args()
    print("# What is asked, and what is reached\n\nMade by `make goals`. Bold: reached.")
    for path in options.summary:
        print(f"\n**{path.stem}**\n")
        print("\n".join(table(json.loads(path.read_text(encoding="utf-8")))))
    if options.mistakes:
        summary = json.loads(options.summary[0].read_text(encoding="utf-8"))
        with options.mistakes.open(encoding="utf-8") as lines:
            print(f"\n## Every mistake behind a missed goal, {options.summary[0].stem}")
            print("\n".join(explained(summary, [json.loads(line) for line in lines])))


def explained(summary: dict[str, Any], mistakes: list[dict[str, Any]]) -> list[str]:
    """The mistakes behind every goal that is missed, by language."""
    found = {one["name"]: by_name(one["scores"]) for one in summary["languages"]}
    lines: list[str] = []
    for goal in tomllib.loads(GOALS.read_text(encoding="utf-8"))["goal"]:
        labels = {tuple(name.split("/")[::2]) for name in goal["scores"]}
        for language, title in LANGUAGES.items():
            if language not in found or not is_missed(goal, language, found[language]):
                continue
            rows = [
                row_of(one)
                for one in mistakes
                if one["language"] == language and (FAMILIES[one["kind"]], one["label"]) in labels
            ]
            lines += [f"\n### {goal['name']}, {title}, mistakes: {len(rows)}\n"]
            lines += ["| kind | gold | system | where |", "|---|---|---|---|", *rows]
    return lines


def row_of(mistake: dict[str, Any]) -> str:
    gold, system = mistake.get("gold") or {}, mistake.get("system") or {}
    slots = [slot for slot in mistake.get("slots", ()) if slot["wrong"]]
    if slots:
        sides = [
            "; ".join(f"{slot['slot']}: {slot[side]}" for slot in slots if slot[side])
            for side in ("gold", "system")
        ]
    else:
        sides = [" ".join((one.get("label", ""), one.get("text", ""))) for one in (gold, system)]
    told = gold or system
    context = (
        f"{told.get('before', '')[-40:]}**{told.get('text', '')}**{told.get('after', '')[:40]}"
    )
    return "| " + " | ".join(map(clean, (mistake["kind"], *sides, context))) + " |"


def clean(text: str) -> str:
    """A cell of a table: white space folded, bars told apart from the table's."""
    return " ".join(text.split()).replace("|", "\\|")


def table(summary: dict[str, Any]) -> list[str]:
    """The lines of one summary's table."""
    found = {one["name"]: by_name(one["scores"]) for one in summary["languages"]}
    named = [language for language in LANGUAGES if language in found]
    lines = [
        "| | " + " | ".join(f"{LANGUAGES[one]} | goal | in gold" for one in named) + " |",
        "|---|" + "---:|" * 3 * len(named),
    ]
    for goal in tomllib.loads(GOALS.read_text(encoding="utf-8"))["goal"]:
        cells = [cell for one in named for cell in cells_of(goal, one, found[one])]
        lines.append(f"| {goal['name']} | " + " | ".join(cells) + " |")
    return lines


def by_name(scores: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {f"{one['family']}/{one['measure']}/{one['label']}": one for one in scores}


def is_missed(goal: dict[str, Any], language: str, scores: dict[str, dict[str, Any]]) -> bool:
    shown = cells_of(goal, language, scores)[0]
    return shown != "–" and not shown.startswith("**")


def cells_of(goal: dict[str, Any], language: str, scores: dict[str, dict[str, Any]]) -> list[str]:
    kept = [scores[name] for name in goal["scores"] if name in scores]
    gold = sum(one["gold"] for one in kept)
    given = sum(one["system"] for one in kept)
    right = sum(one["recall"]["value"] * one["gold"] for one in kept if one["gold"])
    if not gold:
        return ["–", f"{100 * goal[language]:.0f}", "0"]
    reached = 2 * right / (gold + given)
    shown = f"{100 * reached:.1f}"
    return [
        f"**{shown}**" if reached >= goal[language] else shown,
        f"{100 * goal[language]:.0f}",
        str(gold),
    ]


if __name__ == "__main__":
    main()
