"""What holds of any text: written dates are read back, spans are sound, and the cost is linear."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pobratim.stages.calendar import find_dates

MONTHS = """
января   январе   January
февраля  феврале  February
марта    марте    March
апреля   апреле   April
мая      мае      May
июня     июне     June
июля     июле     July
августа  августе  August
сентября сентябре September
октября  октябре  October
ноября   ноябре   November
декабря  декабре  December
"""
GENITIVE, LOCATIVE, NAMES = zip(*(line.split() for line in MONTHS.split("\n")[1:-1]), strict=True)
WEEKDAYS = [
    ("понедельник", "Monday"),
    ("вторник", "Tuesday"),
    ("среду", "Wednesday"),
    ("четверг", "Thursday"),
    ("пятницу", "Friday"),
    ("субботу", "Saturday"),
    ("воскресенье", "Sunday"),
]
RENDERINGS = [
    ("ru", lambda d: f"{d.day} {GENITIVE[d.month - 1]} {d.year} года"),
    ("ru", lambda d: f"{d.day:02d} {GENITIVE[d.month - 1]} {d.year} г."),
    ("ru", lambda d: f"{d.day}-го {GENITIVE[d.month - 1]} {d.year}"),
    ("ru", lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}"),
    ("ru", lambda d: f"{d.day}.{d.month}.{d.year} г."),
    ("en", lambda d: f"{d.day} {NAMES[d.month - 1]} {d.year}"),
    ("en", lambda d: f"{NAMES[d.month - 1]} {d.day}, {d.year}"),
    ("en", lambda d: f"{d.day}th of {NAMES[d.month - 1]} {d.year}"),
    ("en", lambda d: f"{d.isoformat()}"),
    ("en", lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}"),
    ("ru", lambda d: f"{d.day}.{GENITIVE[d.month - 1]} {d.year}"),
    ("ru", lambda d: f"{WEEKDAYS[d.weekday()][0]}, {d.day} {GENITIVE[d.month - 1]} {d.year} г."),
    ("en", lambda d: f"{WEEKDAYS[d.weekday()][1]}, {NAMES[d.month - 1]} {d.day}, {d.year}"),
    ("en", lambda d: f"{WEEKDAYS[d.weekday()][1]} {d.day} {NAMES[d.month - 1]} {d.year}"),
    ("en", lambda d: f"{d.day}. {NAMES[d.month - 1]} {d.year}"),
    ("en", lambda d: f"{d.day}-{NAMES[d.month - 1][:3]}-{d.year}"),
    ("en", lambda d: f"{NAMES[d.month - 1]}, {d.day}th, {d.year}"),
    ("en", lambda d: f"{d.year}. {d.month}. {d.day}"),
    ("en", lambda d: f"{d.year}.{d.month:02d}.{d.day:02d}"),
]
SURROUNDINGS = {
    "ru": ["В городе", "Делегация прибыла", "Соглашение подписано", "«Весна», 12 гостей;"],
    "en": ["The delegation arrived", "It was signed", "In total, 45 guests;", "He may come"],
}
days = st.dates(date(1600, 1, 1), date(2099, 12, 31))


@settings(deadline=None)
@given(days, st.sampled_from(RENDERINGS), st.data())
def test_a_written_date_comes_back(day, rendering, data) -> None:
    language, write = rendering
    before = data.draw(st.sampled_from(SURROUNDINGS[language]))
    after = data.draw(st.sampled_from(["", ".", ", и все были рады", " (см. выше)", "; итого"]))
    text = f"{before} {write(day)}{after}"
    found = find_dates(text, language, day_first=True)
    assert [m.value.edtf for m in found] == [day.isoformat()]
    assert text[found[0].start : found[0].end].strip(".") == write(day).strip(".")


@given(days, days)
def test_a_written_range_comes_back(one, other) -> None:
    first, last = sorted((one, other))
    if first == last:
        return
    text = (
        f"Выставка шла с {first.day} {GENITIVE[first.month - 1]} {first.year} года "
        f"по {last.day} {GENITIVE[last.month - 1]} {last.year} года в музее."
    )
    (found,) = find_dates(text, "ru")
    assert found.value.edtf == f"{first}/{last}"
    assert found.value.earliest == str(first)
    assert found.value.latest == str(last)


@given(st.integers(1, 12), st.integers(1900, 2099))
def test_a_written_month_comes_back(month: int, year: int) -> None:
    russian = find_dates(f"Открытие в {LOCATIVE[month - 1]} {year} года.", "ru")
    english = find_dates(f"It opened in {NAMES[month - 1]} {year}.", "en")
    assert [m.value.edtf for m in (*russian, *english)] == [f"{year}-{month:02d}"] * 2


STRETCHES = [
    ("ru", "в {} квартале {} года", lambda n, y: f"{y}-{32 + n}", ("первом", "2-м", "III", "4")),
    ("en", "in Q{} {}", lambda n, y: f"{y}-{32 + n}", "1234"),
    (
        "en",
        "in the {} quarter of {}",
        lambda n, y: f"{y}-{32 + n}",
        ("first", "2nd", "III", "last"),
    ),
    ("ru", "{} {} г.", lambda n, y: f"{y}-{20 + n}", ("весна", "летом", "осенью", "зимой")),
    ("en", "in {} {}", lambda n, y: f"{y}-{20 + n}", ("spring", "Summer", "autumn", "winter")),
    ("en", "in the {} of {}", lambda n, y: f"{y}-{20 + n}", ("spring", "summer", "fall", "winter")),
]


@given(st.sampled_from(STRETCHES), st.integers(1, 4), st.integers(1900, 2049))
def test_a_written_quarter_or_season_comes_back(stretch, number: int, year: int) -> None:
    language, pattern, value, words = stretch
    text = f"It was {pattern.format(words[number - 1], year)}."
    assert [m.value.edtf for m in find_dates(text, language)] == [value(number, year)]


@given(days, days, st.sampled_from([" – ", " - ", " to ", " until ", " ~ "]))
def test_a_written_range_of_english_days_comes_back(one, other, between: str) -> None:
    first, last = sorted((one, other))
    if first == last:
        return
    ends = [f"{NAMES[day.month - 1]} {day.day}, {day.year}" for day in (first, last)]
    (found,) = find_dates(f"The fair ran {between.join(ends)} in the park.", "en")
    assert found.value.edtf == f"{first}/{last}"


@given(st.integers(1900, 2040), st.integers(1, 9), st.booleans())
def test_a_written_range_of_years_comes_back(first: int, length: int, russian: bool) -> None:
    last = first + length
    text = f"План на {first}–{last} годы." if russian else f"It lasted from {first} to {last}."
    (found,) = find_dates(text, "ru" if russian else "en")
    assert found.value.edtf == f"{first}/{last}"


PIECES = """
с по в 5 17 мая июле 2019 2020 году г. годы – - , . ( ) и and from to May 5th of the IX веке до н.э.
1990-х летом 12.05.2019 05/06/2019 последний км № last year «Форум» İstanbul 60-70-х 12.05 «5» 2019-05
'98 2004. 4/5/16 ~ Showa 48 числах нач. кв. I II Q3 H1 половина quarter 60 80-е неделе week Monday пятницу
through latter ending March today вчера , / | same through later месяцев months 05.2019 12, May, 2nd 1 st
"""
pieces = st.lists(st.sampled_from(PIECES.split()), max_size=24)


@settings(max_examples=1000)
@given(pieces, st.sampled_from(["ru", "en", "mul"]))
def test_spans_are_in_order_apart_and_within_the_text(drawn, language) -> None:
    text = " ".join(drawn)
    end = 0
    for match in find_dates(text, language):
        assert end <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == text[match.start : match.end].strip()
        assert 0 < match.score <= 1
        end = match.end


@given(st.text(max_size=200), st.sampled_from(["ru", "en", "und"]))
def test_any_text_is_read_without_error(text: str, language: str) -> None:
    for match in find_dates(text, language):
        assert 0 <= match.start < match.end <= len(text)


TRAPS = {
    "digits": "1" * 100_000,
    "spaces": " " * 100_000,
    "dashes": "-" * 100_000,
    "quotes": '"' * 100_000,
    "numbers and dashes": "1-" * 50_000,
    "numbers and stops": "1." * 50_000,
    "numbers and slashes": "1/" * 50_000,
    "numbers and spaces": "1 " * 50_000,
    "thousands": "100 " * 25_000,
    "years in a list": "2019, " * 16_000,
    "days in a list": "5 и " * 25_000,
    "months in a list": "май, " * 20_000,
    "one preposition": "с " * 50_000,
    "Roman letters": "I" * 100_000,
    "yearly": "ежегодно в мае " * 6_000,
    "address": "https://" + "a" * 100_000,
    "ends of centuries": "конец XX " * 11_000,
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_text_takes_long(trap: str, language: str) -> None:
    find_dates("5 мая 2019", language)
    began = time.process_time()
    find_dates(TRAPS[trap], language)
    assert time.process_time() - began < 2
