"""Towns and regions as the whole pipeline with its default model gives them: `[town]`, `{region}`."""

from __future__ import annotations

import re

import pytest

from pobratim import extract

PLACES = {
    "a town between an office and its holder": "Договор подписан мэром [Капана] Артуром Атаяном; "
    "приехала мэр [Тромсё] Ида Пиннерюд.",
    "an adjective of its nation": "Чешский [Хеб] приостановил контакты, немецкий [Кобург] ответил.",
    "an adjective form with no noun of its number": "Договор между [Энгельсом] и [Кордовой] готов, "
    "[Кордова] рада.",
    "a town that is an adjective of two": "Концерт был в [Дзержинске], в Дзержинском городском музее.",
    "a double name": "Город [Биттерфельд-Вольфен] стал партнёром; из "
    "[Биттерфельда-Вольфена] приехали трое.",
    "an ordinary word behind “of”": "The Mayor of [Stafford] met the Mayor of [Reading].",
    "a body in capitals": "[Poti] Sea Port Corporation signed it; the [Kiel] Museum sent posters.",
    "a short name in capitals": "PEOPLE'S COMMITTEE OF [HUE]\n\nThe city of [Hue] received guests.",
    "a noun in lower case": "The entrance is free. A Twin-city agreement was signed in [Batumi].",
    "a council's City": "[Sheffield] Hallam University and [Lincoln] City Council met.",
    "a Romance noun": "[Lisbon] signed with Porto de [Luanda] yesterday.",
    "a peninsula": "They crossed Kola Peninsula and Camden Harbour on the way to [Kirkenes].",
    "a row of a table": "Town | Country | Basis\n[Cherbourg-en-Cotentin] | France | twinning agreement, "
    "1960 | 78,000 | nobody at present, please ask in room 214",
    "cells that tabs part": "Город\tСтрана\tДокумент\n[Рованиеми]\tФинляндия\tДоговор\n"
    "[Лулео]\tШвеция\tПисьмо",
    "a region greater than its small namesake": "Farmers from {Yukon} and {Bahia} met in {Alberta}.",
    "areas": "Farmers from {Java}, {Shikoku} and {Bornholm} came; {Кубань} рада.",
    "a town of a region with other names": "A plan was signed in [Ulaanbaatar] in 1999.",
}


@pytest.mark.parametrize("marked", PLACES.values(), ids=PLACES)
def test_towns_and_regions_are_found_with_their_edges(marked: str) -> None:
    expected = [
        ("CITY", town) if town else ("REGION", region)
        for town, region in re.findall(r"\[([^]]+)\]|\{([^}]+)\}", marked)
    ]
    found = extract(re.sub(r"[][{}]", "", marked)).mentions
    assert [(m.label, m.text) for m in found if m.label in ("CITY", "REGION")] == expected
