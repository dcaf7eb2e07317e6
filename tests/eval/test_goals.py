"""The table of what is asked against what is scored."""

import goals
import pytest


def score(name, gold, system, recall):
    family, measure, label = name.split("/")
    return {"family": family, "measure": measure, "label": label, "gold": gold, "system": system,
            "recall": {"value": recall}}  # fmt: skip


@pytest.mark.parametrize(
    ("recall", "cells"),
    [(1.0, ["**100.0**", "97", "4"]), (0.5, ["50.0", "97", "4"])],
)
def test_a_goal_that_is_reached_stands_out(recall, cells):
    scores = [score("values/end to end/DATE", 4, 4, recall)]
    goal = {"scores": ["values/end to end/DATE"], "ru": 0.97}
    assert goals.cells_of(goal, "ru", goals.by_name(scores)) == cells


def test_scores_of_one_goal_are_taken_together():
    scores = [score("mentions/strict/CITY", 9, 9, 1.0), score("mentions/strict/PERSON", 1, 1, 0.0)]
    goal = {"scores": ["mentions/strict/CITY", "mentions/strict/PERSON"], "en": 0.95}
    assert goals.cells_of(goal, "en", goals.by_name(scores)) == ["90.0", "95", "10"]


def test_what_gold_has_nothing_of_is_not_scored():
    goal = {"scores": ["mentions/strict/EVENT"], "en": 0.75}
    assert goals.cells_of(goal, "en", {}) == ["–", "75", "0"]


def test_the_mistakes_of_a_missed_goal_are_told():
    scores = [score("mentions/strict/EVENT", 4, 4, 0.5)]
    summary = {"languages": [{"name": "en", "scores": scores}]}
    side = {"label": "EVENT", "text": "Day | Night", "before": "the ", "after": " is"}
    missed = {"kind": "missed", "label": "EVENT", "language": "en", "gold": side}
    other = missed | {"language": "ru"}
    lines = goals.explained(summary, [missed, other])
    assert lines[0] == "\n### Events, English, mistakes: 1\n"
    assert lines[-1] == r"| missed | EVENT Day \| Night |  | the **Day \| Night** is |"
