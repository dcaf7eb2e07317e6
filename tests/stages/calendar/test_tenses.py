"""Days of writing that only the tense of their sentence tells."""

import pytest

import pobratim

RUSSIAN = "Новости\n\n15.05.2017\n\nДружбе городов двадцать пять лет. {}"
ENGLISH = "News\n\n15 May 2017\n\nThe towns are friends. {}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            RUSSIAN.format("Документ сегодня подписали мэры двух городов."),
            [("сегодня", "2017-05-15")],
        ),
        (RUSSIAN.format("Сегодня у города двенадцать побратимов."), []),
        (RUSSIAN.format("В субботу гости увидят музей."), [("субботу", "2017-05-20")]),
        (RUSSIAN.format("В субботу гости увидели музей."), [("субботу", "2017-05-13")]),
        (ENGLISH.format("A new accord was signed in Oulu today."), [("today", "2017-05-15")]),
        (ENGLISH.format("Today the city has twelve partners."), []),
        (ENGLISH.format("The guests arrive on Tuesday."), [("Tuesday", "2017-05-16")]),
        (ENGLISH.format("Both put their names to it on Tuesday."), [("Tuesday", "2017-05-09")]),
        (
            ENGLISH.format("The mayor said on Thursday that guests would come."),
            [("Thursday", "2017-05-11")],
        ),
        (ENGLISH.format("The guests arrived on Tuesday."), [("Tuesday", "2017-05-09")]),
    ],
)
def test_the_tense_tells_the_day(text: str, expected: list[tuple[str, str]]) -> None:
    found = [m for m in pobratim.extract(text).mentions if m.label == "DATE"]
    assert [(m.text, m.value) for m in found[1:]] == expected
