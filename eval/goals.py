"""What is asked of extraction against what summaries of ``pobratim evaluate --json`` say.

    pobratim evaluate --gold annotations/gold/test --run --json build/test.json
    python eval/goals.py build/test.json

prints a Markdown table for each summary: F1 in per cent by language, the goal, and how many items
the gold has.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path
from typing import Any

GOALS = Path(__file__).with_name("goals.toml")
LANGUAGES = {"ru": "Russian", "en": "English"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("summary", nargs="+", type=Path, help="what --json saved")
    for path in parser.parse_args().summary:
        print(f"\n**{path.stem}**\n")
        print("\n".join(table(json.loads(path.read_text(encoding="utf-8")))))


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
