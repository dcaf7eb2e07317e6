"""Persons side by side are told apart by initials and by case."""

from __future__ import annotations

import pytest

import pobratim
from pobratim.stages.neural.apart import second_begins
from pobratim.stages.workspace import workspace


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("В.Шеймана А.Кулешов", "А.Кулешов"),
        ("И. П. Сидорова Ольга Белова", "Ольга Белова"),
        ("Минтимера Шаймиева Тимур Шаймиев", "Тимур Шаймиев"),
        ("Ивана Петровича Сидорова Ольга", "Ольга"),
        ("А. С. Пушкин", ""),
        ("Пушкин А. С.", ""),
        ("Иван Петрович Сидоров", ""),
        ("Сидоров Иван Петрович", ""),
        ("Анна Мария Смирнова", ""),
        ("Хуан Карлос Гарсия Лопес", ""),
        ("Ивана Петрова Сергея", ""),
        ("John A. Smith Peter", ""),
        ("Иван Петров", ""),
    ],
)
def test_where_the_second_person_begins(text: str, second: str) -> None:
    ws = workspace(pobratim.load(entities="classic")(text))
    at = second_begins(ws, 0, len(ws))
    assert (text[ws.starts[at] :] if at < len(ws) else "") == second
