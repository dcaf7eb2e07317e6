"""What other tools find, in our labels and values."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from peers.compare import gold_sets, replace_between
from peers.dateparser_peer import edtf
from peers.mapping import (
    PLACE,
    Found,
    document,
    is_duration,
    labels_of,
    name_alone,
    number_in,
    settle_places,
    trimmed,
)
from peers.natasha_peer import partial_edtf
from peers.scores import ANY_PLACE, NAMES, best_peers, lines, table

from pobratim.errors import EvaluationError
from pobratim.schema import LABELS, Mention

TEXT = "From Harbin to Japan on the 3rd of May 2019 года."


def mention(label: str, words: str, text: str = TEXT) -> Mention:
    start = text.index(words)
    return Mention(id=words, label=label, start=start, end=start + len(words), text=words)


@pytest.mark.parametrize("tool", ["natasha", "spacy"])
def test_every_mapped_label_is_one_of_ours(tool: str) -> None:
    assert set(labels_of(tool).values()) <= {*LABELS, PLACE}


def test_nationalities_are_nothing_of_ours() -> None:
    assert "NORP" not in labels_of("spacy")


def answer(*words: str) -> list[Mention]:
    spans = [(TEXT.index(one), TEXT.index(one) + len(one)) for one in words]
    return document("t", "1", TEXT, [Found(PLACE, *span) for span in spans]).mentions


def test_a_place_is_what_the_gold_says_it_is() -> None:
    gold = [mention("REGION", "Harbin"), mention("COUNTRY", "Japan")]
    settled = settle_places(answer("Harbin", "Japan"), gold)
    assert [one.label for one in settled] == ["REGION", "COUNTRY"]


def test_the_gold_place_with_an_equal_span_decides_over_a_longer_one() -> None:
    gold = [mention("REGION", "Harbin to Japan"), mention("COUNTRY", "Japan")]
    assert settle_places(answer("Japan"), gold)[0].label == "COUNTRY"


def test_a_place_that_the_gold_has_not_stays_a_spurious_city() -> None:
    assert settle_places(answer("Japan"), [mention("PERSON", "Japan")])[0].label == "CITY"


def test_a_tool_that_tells_places_apart_is_held_to_it() -> None:
    ours = [mention("CITY", "Japan")]
    assert settle_places(ours, [mention("COUNTRY", "Japan")])[0].label == "CITY"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("eleven years", True),
        ("annual", True),
        ("the year 2002", False),
        ("May", False),
        ("the 1st of April", False),
    ],
)
def test_durations_are_no_dates(words: str, expected: bool) -> None:
    assert is_duration(words) is expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("on the 3rd of May 2019", "3rd of May 2019"),
        ("Japan on", "Japan"),
        ("on the", ""),
        ("2019 года.", "2019 года"),
    ],
)
def test_function_words_are_cut_off_a_spans_edges(span: str, expected: str) -> None:
    start = TEXT.index(span)
    first, last = trimmed(TEXT, start, start + len(span))
    assert TEXT[first:last] == expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("the Green Party's", "Green Party"),
        ("The Hague", "Hague"),
        ("Theodore", "Theodore"),
        ("Victoria’s", "Victoria"),
    ],
)
def test_articles_and_possessives_are_no_part_of_a_name(span: str, expected: str) -> None:
    text = f"by {span} on"
    start, end = name_alone(text, 3, 3 + len(span))
    assert text[start:end] == expected


def test_the_stop_of_an_abbreviated_year_stays() -> None:
    assert trimmed("в 2019 г. и", 0, 11) == (2, 9)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("about 1,500 people", "1500"),
        ("811 876 people", "811876"),
        ("726,10 km", "726.10"),
        ("17.3%", "17.3"),
        ("57 children", "57"),
        ("two cities", None),
    ],
)
def test_figures_are_read_as_numbers(words: str, expected: str | None) -> None:
    assert number_in(words) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ((2019, 2, 25), "2019-02-25"),
        ((2019, 5, None), "2019-05"),
        ((1993, None, None), "1993"),
        ((None, 2, 25), "XXXX-02-25"),
        ((None, None, None), None),
    ],
)
def test_natashas_date_facts_become_edtf(
    fact: tuple[int | None, int | None, int | None], expected: str | None
) -> None:
    assert partial_edtf(*fact) == expected


@pytest.mark.parametrize(
    ("period", "words", "reference", "expected"),
    [
        ("day", "25 February 2019", None, "2019-02-25"),
        ("month", "February 2019", None, "2019-02"),
        ("year", "2019", None, "2019"),
        ("day", "25 February", None, "XXXX-02-25"),
        ("day", "25 February", "2019", "2019-02-25"),
        ("year", "this", None, None),
    ],
)
def test_a_moment_keeps_the_precision_of_its_words(
    period: str, words: str, reference: str | None, expected: str | None
) -> None:
    assert edtf(datetime(2019, 2, 25), period, words, reference) == expected


def test_places_of_all_kinds_are_counted_together() -> None:
    gold = [mention("CITY", "Harbin"), mention("COUNTRY", "Japan")]
    system = [mention("CITY", "Harbin"), mention("CITY", "Japan")]
    line = lines(table([(gold, system)], "strict"), frozenset({"Places"}))["Places"]
    assert (line.gold, line.system, line.f1.value) == (2, 2, 0.5)


def test_the_kind_of_a_place_does_not_matter_where_places_of_any_kind_are_asked_for() -> None:
    gold = [mention("CITY", "Harbin"), mention("COUNTRY", "Japan")]
    system = [mention("CITY", "Harbin"), mention("CITY", "Japan"), mention("REGION", "Japan")]
    line = lines(table([(gold, system)], "strict"), frozenset({ANY_PLACE}))[ANY_PLACE]
    assert (line.gold, line.system, line.f1.value) == (2, 2, 1.0)


def test_names_together_are_people_places_of_any_kind_and_bodies() -> None:
    gold = [mention("CITY", "Harbin"), mention("COUNTRY", "Japan")]
    system = [mention("REGION", "Harbin"), mention("PERSON", "Japan"), mention("ROLE", "Harbin")]
    line = lines(table([(gold, system)], "strict"), frozenset({NAMES}))[NAMES]
    assert (line.gold, line.system, line.f1.value) == (2, 2, 0.5)


def test_the_best_peer_of_a_group_is_the_one_with_the_highest_f1() -> None:
    gold = [mention("CITY", "Harbin"), mention("COUNTRY", "Japan")]
    places = frozenset({"Places"})
    half = lines(table([(gold, gold[:1])], "strict"), places)
    whole = lines(table([(gold, gold)], "strict"), places)
    assert best_peers({"half": half, "whole": whole}) == {"Places": "whole"}


def test_a_page_without_markers_is_refused_by_name() -> None:
    with pytest.raises(EvaluationError, match="PAGE"):
        replace_between("no markers", "table", Path("PAGE"))


def test_what_stands_between_the_markers_is_replaced() -> None:
    page = "a\n<!-- compare:begin -->\nold\n<!-- compare:end -->\nb\n"
    replaced = replace_between(page, "new", Path("PAGE"))
    assert "old" not in replaced
    assert replaced.startswith("a\n")
    assert replaced.endswith("-->\nb\n")
    assert replace_between(replaced, "new", Path("PAGE")) == replaced


def test_absent_gold_is_an_error_that_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="annotations split"):
        gold_sets(tmp_path)
