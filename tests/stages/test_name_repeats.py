"""What names say of each other, with guesses that the text has marked: `[person]`, `{town}`, `<body>`."""

from __future__ import annotations

import re
from functools import cache

import pytest
from spacy.language import Language

from pobratim.stages.neural.choices import CLASSIC
from pobratim.stages.pipeline import build
from pobratim.stages.workspace import Candidate, workspace

MARK = re.compile(r"[][{}<>]")
LABELS = {"[": "PERSON", "{": "CITY", "<": "ORGANIZATION"}
GUESSES: list[tuple[str, int, int]] = []


@Language.component("marked_guesses")
def _marked(doc):
    ws = workspace(doc)
    ws.trust = {"PERSON": 0.5, "CITY": 0.97, "ORGANIZATION": 0.97}
    for label, start, end in GUESSES:
        first, last = ws.words_between(start, end)
        ws.guesses.append(Candidate(label, first, last, 0.95, "model:marked"))
    return doc


@cache
def _pipeline():
    left_out = ("pobratim_russian_names", "pobratim_english", "pobratim_records")
    nlp = build(without=(*left_out, "pobratim_agreements"), entities=CLASSIC)
    nlp.add_pipe("marked_guesses", after="pobratim_russian_tags")
    return nlp


def found(marked: str) -> list[tuple[str, str]]:
    """The persons and towns of a text, in order."""
    GUESSES.clear()
    text, opened = "", 0
    for piece in re.split(f"({MARK.pattern})", marked):
        if piece in LABELS:
            opened, label = len(text), LABELS[piece]
        elif MARK.fullmatch(piece):
            GUESSES.append((label, opened, len(text)))
        else:
            text += piece
    ws = workspace(_pipeline()(text))
    return [(c.label, ws.phrase(c.start, c.end)) for c in ws.of("PERSON", "CITY")]


def persons(marked: str) -> list[str]:
    return [text for label, text in found(marked) if label == "PERSON"]


LONE = {
    "that a model took for a town": (
        "Приехала [Антонелла Рокуццо]. Платье для {Рокуццо} готово.",
        ["Антонелла Рокуццо", "Рокуццо"],
    ),
    "in another case": (
        "Приехал [Веселин Топалов]. Матч с {Топаловым} отложен.",
        ["Веселин Топалов", "Топаловым"],
    ),
    "that no model saw, of no dictionary": (
        "Приехал [Барри Лоуенкрон]. Потом Лоуенкрон уехал.",
        ["Барри Лоуенкрон", "Лоуенкрон"],
    ),
    "of three letters": ("Приехал [Виктор Бут]. Суд вызвал Бута.", ["Виктор Бут", "Бута"]),
    "of three letters that is no surname": ("Приехал [Иван Дом]. Потом Дом закрыли.", ["Иван Дом"]),
    "in something said in quotes": (
        "Приехал [Борис Ельцин]. Нужен «памятник Ельцину».",
        ["Борис Ельцин", "Ельцину"],
    ),
    "in a quoted name": ("Приехал [Борис Ельцин]. Шёл фильм «Памятник Ельцину».", ["Борис Ельцин"]),
    "in two quoted sentences": (
        "Приехал [Максим Орлов]. «Максим дома. Он рад», сказали нам.",
        ["Максим Орлов", "Максим"],
    ),
    "that ends a body": (
        "Приехал [Рамзан Кадыров]. Выступила <пресс-служба Кадырова>.",
        ["Рамзан Кадыров", "Кадырова"],
    ),
    "that begins a body": ("Приехал [Рамзан Кадыров]. Играл <Кадыров Банк>.", ["Рамзан Кадыров"]),
    "in brackets and a list": (
        "Забили гости: [Сёмин] (Овечкин, {Фёдоров}) и [Марков].",
        ["Сёмин", "Овечкин", "Фёдоров", "Марков"],
    ),
    "in a list with a thing": ("Забили [Сёмин], Трактор.", ["Сёмин"]),
}


@pytest.mark.parametrize(("marked", "names"), LONE.values(), ids=LONE)
def test_a_lone_surname_is_told_by_the_other_names(marked: str, names: list[str]) -> None:
    assert persons(marked) == names


TOWNS = {
    "a town's name behind a given name": (
        "Выступил [Александр Брод]. Затем {Брод} уехал.",
        [("PERSON", "Александр Брод"), ("PERSON", "Брод")],
    ),
    "a town that the gazetteer tells of": (
        "Приехал [Алехандро Толедо]. Толедо уехал.",
        [("PERSON", "Алехандро Толедо"), ("PERSON", "Толедо")],
    ),
    "a town that a preposition leads to": (
        "Приехал [Алехандро Толедо]. Он жил в Толедо.",
        [("PERSON", "Алехандро Толедо"), ("CITY", "Толедо")],
    ),
    "a town that nobody is called by": ("Мы видели Толедо вчера.", [("CITY", "Толедо")]),
}


@pytest.mark.parametrize(("marked", "names"), TOWNS.values(), ids=TOWNS)
def test_a_town_is_the_surname_of_one_named_in_full(
    marked: str, names: list[tuple[str, str]]
) -> None:
    assert found(marked) == names


EDGES = {
    "a relative": ("[Внучка Ван Цзюня] училась.", ["Ван Цзюня"]),
    "a common noun": ("[Певца Ар Келли] обвиняют.", ["Ар Келли"]),
    "a club in another case": ("Снялся защитник [Арсенала Киран Гиббс].", ["Киран Гиббс"]),
    "a surname that is a thing": ("Снялся [Мороз Киран].", ["Мороз Киран"]),
    "Latin letters behind it": ("Пишет [Владимир Челах BNews] сегодня.", ["Владимир Челах"]),
    "an adverb behind it": ("[Борис Джонсон накануне] уехал.", ["Борис Джонсон"]),
    "a particle behind it": ("Приехал [Мамед Гасан оглы] вчера.", ["Мамед Гасан оглы"]),
    "a courtesy that is a surname": ("Уехал генсек ООН [Пан Ги Мун].", ["Пан Ги Мун"]),
    "a courtesy": ("Уехал [Пан Ковальский].", ["Ковальский"]),
    "a state's letters": ("О смерти [Кима Чен Ира КНДР] молчит.", ["Кима Чен Ира"]),
    "a nickname in quotes": (
        "Выступил [Джеймс «Бадди]» [Макгирт].",
        ["Джеймс «Бадди» Макгирт"],
    ),
    "a nickname in brackets": ("Выступил [James] ([Buddy) McGirt].", ["James (Buddy) McGirt"]),
    "a person in brackets": ("Выступил [Иван] ([Пётр) уехал].", ["Иван", "Пётр"]),
    "two that touch": ("Рад сын [А.Лукашенко] [Виктор].", ["А.Лукашенко", "Виктор"]),
    "one in two guesses": ("Рада [Бадмаева] [Нина Санджиевна].", ["Бадмаева Нина Санджиевна"]),
    "a syllable that is a common word": ("Его брат, [Ван Бин], рад.", ["Ван Бин"]),
}


@pytest.mark.parametrize(("marked", "names"), EDGES.values(), ids=EDGES)
def test_a_guess_is_cut_to_the_name(marked: str, names: list[str]) -> None:
    assert persons(marked) == names
