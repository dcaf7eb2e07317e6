"""Numerals in figures and words, in every Russian case, to decimals."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pobratim.lexicon.morphology import analyzer
from pobratim.stages.quantities.numerals import Numeral, paired, read_numeral
from pobratim.stages.workspace import Workspace

Words = Callable[[str], Workspace]

ONES = ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"]
TEENS = [
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
]
TENS = [
    "-",
    "-",
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
]
HUNDREDS = [
    "-",
    "сто",
    "двести",
    "триста",
    "четыреста",
    "пятьсот",
    "шестьсот",
    "семьсот",
    "восемьсот",
    "девятьсот",
]
CASES = ("nomn", "gent", "datv", "ablt", "loct")
ENGLISH_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = [
    "-",
    "-",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]


def _below_thousand(number: int) -> list[str]:
    parts = [HUNDREDS[number // 100]] if number >= 100 else []
    rest = number % 100
    if 10 <= rest < 20:
        return [*parts, TEENS[rest - 10]]
    if rest >= 20:
        parts.append(TENS[rest // 10])
    return [*parts, ONES[rest % 10]] if rest % 10 else parts


def _inflected(word: str, case: str) -> str:
    for parse in analyzer().parse(word):
        if parse.tag.POS == "NUMR" and (form := parse.inflect({case})):
            return str(form.word)
    raise AssertionError(f"no {case} of {word}")


def _thousands(number: int, case: str) -> list[str]:
    count = number // 1000
    noun = next(p for p in analyzer().parse("тысяча") if p.tag.POS == "NOUN")
    agreed = noun.make_agree_with_number(count) if case == "nomn" else noun.inflect({"plur", case})
    return [*(_inflected(word, case) for word in _below_thousand(count)), agreed.word]


def _english(number: int) -> str:
    if number < 20:
        return ENGLISH_ONES[number]
    if number < 100:
        ones = f"-{ENGLISH_ONES[number % 10]}" if number % 10 else ""
        return ENGLISH_TENS[number // 10] + ones
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" {_english(number % size)}" if number % size else ""
            return f"{_english(number // size)} {name}{rest}"
    raise AssertionError(number)


def _read(words: Words, text: str) -> Numeral | None:
    ws = words(text)
    return read_numeral(ws, 0, len(ws))


@pytest.fixture(scope="session")
def read(words: Words) -> Callable[[str], Numeral | None]:
    return lambda text: _read(words, text)


@settings(max_examples=300, deadline=None)
@given(
    st.integers(min_value=2, max_value=999).filter(lambda n: n % 100 == 11 or n % 10 != 1),
    st.sampled_from(CASES),
)
def test_russian_numerals_are_read_in_every_case(
    read: Callable[[str], Numeral | None], number: int, case: str
) -> None:
    text = " ".join(_inflected(word, case) for word in _below_thousand(number))
    found = read(text)
    assert found is not None, text
    assert (found.value, found.spelled) == (number, True), text


@settings(max_examples=200, deadline=None)
@given(
    st.integers(min_value=2, max_value=999).filter(lambda n: n % 10 not in (1, 2) or n % 100 == 11),
    st.integers(min_value=2, max_value=999).filter(lambda n: n % 10 != 1 or n % 100 == 11),
    st.sampled_from(CASES),
)
def test_russian_thousands_are_read_in_every_case(
    read: Callable[[str], Numeral | None], thousands: int, rest: int, case: str
) -> None:
    parts = _thousands(thousands * 1000, case)
    parts += [_inflected(word, case) for word in _below_thousand(rest)]
    found = read(" ".join(parts))
    assert found is not None, parts
    assert found.value == thousands * 1000 + rest, parts


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=2, max_value=10**9 - 1))
def test_english_numerals_are_read_whole(
    read: Callable[[str], Numeral | None], number: int
) -> None:
    found = read(_english(number))
    assert found is not None, _english(number)
    assert found.value == number, _english(number)


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=1000, max_value=10**12), st.sampled_from(" \u00a0\u202f"))
def test_figures_parted_by_spaces_are_one_number(
    read: Callable[[str], Numeral | None], number: int, space: str
) -> None:
    found = read(f"{number:,}".replace(",", space))
    assert found is not None
    assert found.value == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9,7 млн", "9700000"),
        ("9,7 млн. чел.", "9700000"),
        ("15 тыс.", "15000"),
        ("2 трлн", "2000000000000"),
        ("2 млн 300 тыс.", "2300000"),
        ("278,76 млрд", "278760000000"),
        ("полтора миллиона", "1500000"),
        ("полутора тысячам", "1500"),
        ("две с половиной тысячи", "2500"),
        ("два десятка", "20"),
        ("три сотни", "300"),
        ("полмиллиона", "500000"),
        ("тысяча двести", "1200"),
        ("сорока", "40"),
        ("четырех", "4"),
        ("четырёх", "4"),
        ("четверо", "4"),
        ("4-х", "4"),
        ("25-ти", "25"),
        ("2-мя", "2"),
        ("3-м", "3"),
        ("3 thousand", "3000"),
        ("1.2 million", "1200000"),
        ("two dozen", "24"),
        ("two hundred and fifty", "250"),
        ("two thousand and five", "2005"),
        ("two and a half million", "2500000"),
        ("3 lakh", "300000"),
        ("5 crore", "50000000"),
    ],
)
def test_a_numeral_has_its_value(
    read: Callable[[str], Numeral | None], text: str, value: str
) -> None:
    found = read(text)
    assert found is not None
    assert found.value == Decimal(value)


@pytest.mark.parametrize("text", ["тысячи людей", "сотни", "hundreds", "город", "29.08.1910"])
def test_indefinite_numbers_and_other_words_are_no_numerals(
    read: Callable[[str], Numeral | None], text: str
) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "agreement"),
    [
        ("21", "one"),
        ("111", "many"),
        ("сто один", "one"),
        ("2", "few"),
        ("22", "few"),
        ("12", "many"),
        ("5", "many"),
        ("30", "many"),
        ("1,5", "part"),
        ("полтора", "part"),
        ("3 тысячи", "many"),
        ("3,2 млн", "many"),
    ],
)
def test_a_numeral_knows_the_form_of_its_noun(
    read: Callable[[str], Numeral | None], text: str, agreement: str
) -> None:
    found = read(text)
    assert found is not None
    assert found.agreement == agreement


def test_a_suffixed_ordinal_keeps_its_suffix_outside(words: Words) -> None:
    ws = words("33-м фестивале")
    found = read_numeral(ws, 0, len(ws))
    assert found is not None
    assert found.end == 1


def test_a_hyphenated_pair_is_two_numbers(words: Words) -> None:
    pair = paired(words("двух-трёх городов"), 0)
    assert pair is not None
    assert (pair[0].value, pair[1].value) == (2, 3)


def test_a_run_of_groups_too_long_for_a_number_is_none(words: Words) -> None:
    ws = words(" ".join(["100"] * 3000))
    assert read_numeral(ws, 0, len(ws)) is None
