"""Learning which names are sides of an agreement."""

from fitting import Row, fitted
from sides_of_agreements import LESSONS, unbraced


def test_braces_mark_the_sides_of_a_lesson():
    assert unbraced("{Leeds} met {Lille}.") == ("Leeds met Lille.", {(0, 5), (10, 15)})


def test_every_lesson_closes_its_braces():
    for line in LESSONS.read_text(encoding="utf-8").splitlines():
        assert line.count("{") == line.count("}")


def test_what_sides_have_weighs_for_and_what_others_have_against():
    rows = [
        Row("a", number, number % 2 == 0, ["with" if number % 2 == 0 else "in"])
        for number in range(20)
    ]
    weights = fitted(rows, strength=1.0, enough=0.5)
    assert weights.probability(["with"]) > 0.5 > weights.probability(["in"])
