"""The calendar's words: loading, phrases, and files that are not as they should be."""

import pytest

from pobratim.errors import LexiconError
from pobratim.lexicon import calendar
from pobratim.lexicon.calendar import WORD_CLASSES, calendar_lexicon
from pobratim.stages.calendar.lexer import SHAPES

BASE = {"ordinal_suffixes": [], "decade_suffixes": [], "closing_endings": [], "words": {}}


def test_no_two_classes_share_a_symbol() -> None:
    symbols = [*WORD_CLASSES.values(), *{*SHAPES.values()}]
    assert len(symbols) == len(set(symbols))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_month_season_and_weekday_is_there(language: str) -> None:
    words = calendar_lexicon(language)
    found = [*words.words.values(), *words.capitalised.values()]
    months = {w.value for w in found if w.symbol in "MN"}
    seasons = {w.value for w in found if w.symbol in "SL"}
    weekdays = {w.value for w in found if w.symbol == "w"}
    assert months == set(range(1, 13))
    assert seasons == set(range(21, 25))
    assert weekdays == set(range(1, 8))


def test_an_unknown_language_gets_the_words_of_all() -> None:
    mixed = calendar_lexicon("und").words
    assert mixed["мая"].value == 5
    assert mixed["june"].value == 6


def test_words_with_a_capital_are_kept_apart() -> None:
    english = calendar_lexicon("en")
    assert english.capitalised["may"].symbol == WORD_CLASSES["month_leading"]
    assert english.words["may"].symbol == WORD_CLASSES["month_uncertain"]


@pytest.mark.parametrize(
    "text", ["до н.э.", "до н. э.", "до\u00a0н. э.", "до н . э .", "до нашей эры"]
)
def test_a_phrase_is_known_in_any_spacing(text: str) -> None:
    phrases = calendar_lexicon("ru").phrases["до"]
    longest = max(match.end() for pattern, _ in phrases if (match := pattern.match(text)))
    assert longest == len(text)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"moon": {"1": ["x"]}}, "unknown word class 'moon'"),
        ({"month": {"one": ["x"]}}, "key 'one'"),
        ({"month": {"1": "май"}}, "no list of words"),
        ({"words": {"year": [""]}}, "no list of words"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place(
    monkeypatch: pytest.MonkeyPatch, data: dict, reason: str
) -> None:
    monkeypatch.setattr(calendar, "read_all", lambda _: {"xx": BASE | data})
    with pytest.raises(LexiconError, match=rf"dates/xx\.toml.*{reason}"):
        calendar_lexicon.__wrapped__("xx")
