"""When a text has an official in office, in news about cities that the corpus has not."""

import pytest

from pobratim import extract
from pobratim.stages.neural.choices import CLASSIC
from pobratim.stages.observing import lead_of
from stages.office_reading import read

NEWS = "Новости города\n24.09.2021\n{}"


@pytest.mark.parametrize(
    ("text", "observed"),
    [
        (NEWS.format("Мэр Турку Минна Арве открыла выставку."), "2021-09"),
        (
            NEWS.format(
                "23 сентября 2021 года в городе открылась выставка.\n\n"
                "В гости приехала мэр Турку Минна Арве."
            ),
            "2021-09-23",
        ),
        (
            NEWS.format(
                "В 1992 году города подписали договор. Мэр Турку Минна Арве приехала в гости."
            ),
            "2021-09",
        ),
        ("Мэр Турку Минна Арве приехала 5 мая 2019 года.", "2019-05-05"),
    ],
)
def test_an_office_is_held_when_the_text_tells_of_it(text, observed):
    officials = extract(text, entities=CLASSIC).officials
    assert [official.observed for official in officials] == [observed]


def test_news_lead_with_a_day_of_the_weeks_before():
    assert lead_of(read(NEWS.format("23 сентября 2021 года открылась выставка."))) == "2021-09-23"
    assert lead_of(read(NEWS.format("23 сентября 2019 года открылась выставка."))) is None
