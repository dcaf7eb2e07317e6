import pytest
from scoring_builders import mention

from pobratim.scoring.matching import GRADES, compare, match
from pobratim.scoring.mentions import (
    CITY_LINK,
    COUNT_ACCURACY,
    COUNT_VALUE,
    COUNTED_VALUE,
    DATE_ACCURACY,
    DATE_VALUE,
    score_links,
    score_values,
)
from pobratim.scoring.metrics import Tally
from pobratim.scoring.names import normal_edtf


def date(start, end, value):
    return mention("DATE", start, end, value=value)


def count(start, end, **values):
    return mention("COUNT", start, end, **values)


def test_a_date_needs_its_span_and_its_value():
    gold = [
        date(0, 4, "1993"),
        date(10, 14, "2002/2019"),
        date(20, 24, "1964-21"),
        date(40, 44, None),
    ]
    system = [date(0, 6, "1993"), date(10, 14, "2002"), date(30, 34, "1964-21"), date(40, 44, None)]
    tallies = score_values(gold, system)
    assert tallies[DATE_VALUE] == Tally.of(2, 4, 4)
    assert tallies[DATE_ACCURACY] == Tally.share(2, 3)


def test_a_date_goes_to_the_overlapping_one_that_has_its_value():
    gold = [date(0, 20, "2002/2019")]
    system = [date(0, 18, "2002"), date(12, 20, "2002/2019")]
    assert score_values(gold, system)[DATE_VALUE] == Tally.of(1, 2, 1)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1993-07-15", " 1993-07-15", True),
        ("2019-05-17/2019-05-17", "2019-05-17", True),
        ("1950?~", "1950%", True),
        ("19xx", "19XX", True),
        ("1950~", "1950", False),
        ("2016-07", "2016-07-01/2016-07-31", False),
        ("2002/2019", "2002/2018", False),
        ("-0299", "0299", False),
    ],
)
def test_equal_dates_are_equal_edtf(one, other, same):
    assert (normal_edtf(one) == normal_edtf(other)) is same


def test_a_count_may_have_the_number_right_and_the_thing_wrong():
    gold = [count(0, 9, value=57, counted="ребёнок"), count(20, 29, value=70, counted="врач")]
    system = [count(0, 9, value=57, counted="Ребенок"), count(20, 29, value=70, counted="больница")]
    tallies = score_values(gold, system)
    assert tallies[COUNT_VALUE] == Tally.of(2, 2, 2)
    assert tallies[COUNTED_VALUE] == Tally.of(1, 2, 2)


def test_a_range_is_not_its_lower_end():
    gold, system = [count(0, 9, minimum=20, maximum=30)], [count(0, 9, minimum=20)]
    assert score_values(gold, system)[COUNT_ACCURACY] == Tally.share(0, 1)


@pytest.mark.parametrize(
    ("gold", "system", "right"),
    [
        ("geonames:1", "geonames:1", 1),
        ("geonames:1", "geonames:2", 0),
        ("geonames:1", "local:lahti", 0),
        ("geonames:1", None, 0),
        ("local:lahti", "local:Lahti-1", 1),
    ],
)
def test_city_identifiers_are_judged_on_matched_mentions(gold, system, right):
    golds = [mention("CITY", 0, 5, entity=gold), mention("CITY", 50, 55, entity="geonames:9")]
    systems = [mention("CITY", 0, 5, entity=system)]
    pairs = match(compare(golds, systems), GRADES["type"])
    assert score_links(pairs)[CITY_LINK] == Tally.share(right, 1)
