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
        ("Майкла Джексона Кэтрин", "Кэтрин"),
        ("Эрих Мария Ремарк", ""),
        ("Кима Чен Ира Ким Ир Сен", "Ким Ир Сен"),
        ("Максим Дадашев Дадашев", "Дадашев"),
        ("Магомед Магомедов", ""),
    ],
)
def test_where_the_second_person_begins(text: str, second: str) -> None:
    ws = workspace(pobratim.load(entities="classic")(text))
    at = second_begins(ws, 0, len(ws))
    assert (text[ws.starts[at] :] if at < len(ws) else "") == second


@pytest.mark.parametrize(
    ("relative", "text", "second"),
    [
        ("вдова", "Ельцина Наина Иосифовна", "Наина Иосифовна"),
        ("внучка", "Шаймиева Камиля", "Камиля"),
        ("дочери", "Ивана Петрова Анне", "Анне"),
        ("сын", "Сергея Иван", "Иван"),
        ("брат", "Никиты Михалкова Андрей Кончаловский", "Андрей Кончаловский"),
        ("мэр", "Шаймиева Камиля", ""),
        ("брат", "Никита Михалков", ""),
        ("сын", "Иванов Пётр", ""),
        ("дочь", "Мария Петрова", ""),
        ("тренер", "Бадди Макгирт", ""),
    ],
)
def test_behind_a_relative_the_second_person_is_he(relative: str, text: str, second: str) -> None:
    ws = workspace(pobratim.load(entities="classic")(f"{relative} {text}"))
    at = second_begins(ws, 1, len(ws))
    assert ws.phrase(at, len(ws)) == second
