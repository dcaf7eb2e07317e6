import random

import pytest
from scoring_builders import mentions

from pobratim.scoring.matching import (
    GRADES,
    SCHEMES,
    Outcomes,
    compare,
    for_reading,
    labelled_partial,
    match,
    outcomes,
)
from pobratim.scoring.mentions import scheme_pairs, score_mentions
from pobratim.scoring.metrics import Key, Tally

GOLD = ("CITY 0-5", "PERSON 10-20", "ORGANIZATION 30-40", "DATE 50-60", "CITY 70-75")
SYSTEM = ("CITY 0-5", "PERSON 10-15", "EVENT 30-40", "COUNT 55-65", "ROLE 90-95")


def counted(scheme: str, gold: list, system: list) -> Outcomes:
    return outcomes(len(gold), len(system), match(compare(gold, system), GRADES[scheme]))


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        # One mention right, one with a wrong end, one with a wrong label, one with both wrong,
        # one missed and one made up: each scheme judges the middle three in its own way.
        ("strict", Outcomes(correct=1, incorrect=3, partial=0, missed=1, spurious=1)),
        ("exact", Outcomes(correct=2, incorrect=2, partial=0, missed=1, spurious=1)),
        ("partial", Outcomes(correct=2, incorrect=0, partial=2, missed=1, spurious=1)),
        ("type", Outcomes(correct=2, incorrect=2, partial=0, missed=1, spurious=1)),
    ],
)
def test_the_schemes_judge_a_wrong_end_and_a_wrong_label_differently(scheme, expected):
    assert counted(scheme, mentions(*GOLD), mentions(*SYSTEM)) == expected


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("CITY 0-10", {"strict": 1, "exact": 1, "partial": 1, "type": 1}),
        ("REGION 0-10", {"strict": 0, "exact": 1, "partial": 1, "type": 0}),
        ("CITY 0-9", {"strict": 0, "exact": 0, "partial": 0.5, "type": 1}),
        ("REGION 3-12", {"strict": 0, "exact": 0, "partial": 0.5, "type": 0}),
        ("CITY 10-12", {"strict": 0, "exact": 0, "partial": 0, "type": 0}),
    ],
)
def test_the_credit_of_one_pair_under_each_scheme(system, expected):
    pairs = scheme_pairs(compare(mentions("CITY 0-10"), mentions(system)))
    assert {scheme: sum(p.credit for p in pairs[scheme]) for scheme in SCHEMES} == expected


@pytest.mark.parametrize(
    ("scheme", "gold", "system", "credit"),
    [
        # The first gold mention could take the system's second, and leave its match without one.
        ("type", ("CITY 0-10", "CITY 8-20"), ("CITY 9-19", "CITY 0-3"), 2),
        ("partial", ("CITY 0-10", "CITY 0-5"), ("CITY 0-5", "CITY 6-10"), 1.5),
        ("exact", ("CITY 0-9", "PERSON 0-9"), ("PERSON 0-9", "ROLE 0-9"), 2),
        ("strict", ("CITY 0-9", "PERSON 0-9"), ("PERSON 0-9", "CITY 0-9"), 2),
        ("type", ("ORGANIZATION 0-30", "CITY 10-15"), ("CITY 10-15", "ORGANIZATION 0-28"), 2),
    ],
)
def test_no_pairing_earns_more_than_the_one_chosen(scheme, gold, system, credit):
    for golds, systems in ((gold, system), (gold[::-1], system), (gold, system[::-1])):
        pairs = match(compare(mentions(*golds), mentions(*systems)), GRADES[scheme])
        assert sum(pair.credit for pair in pairs) == credit


def test_a_nested_mention_is_matched_beside_the_one_around_it():
    gold = mentions("ORGANIZATION 0-30", "CITY 22-30")
    system = mentions("ORGANIZATION 0-30", "CITY 22-30", "PERSON 0-5")
    tallies = score_mentions(gold, system, *_compared(gold, system))
    assert tallies[Key("mentions", "strict", "micro")] == Tally.of(2, 3, 2)
    assert tallies[Key("mentions", "strict", "CITY")] == Tally.of(1, 1, 1)


def test_one_system_mention_cannot_answer_two_nested_gold_mentions():
    gold, system = mentions("ORGANIZATION 0-30", "ORGANIZATION 0-20"), mentions("ORGANIZATION 0-30")
    assert counted("type", gold, system) == Outcomes(1, 0, 0, 1, 0)


def test_a_mention_given_twice_is_spurious_once():
    assert counted("strict", mentions("CITY 0-5"), mentions("CITY 0-5", "CITY 0-5")) == Outcomes(
        1, 0, 0, 0, 1
    )


def test_a_label_is_counted_by_itself_in_every_scheme():
    gold, system = mentions("CITY 0-9", "REGION 20-29"), mentions("CITY 0-8", "CITY 20-29")
    tallies = score_mentions(gold, system, *_compared(gold, system))
    assert tallies[Key("mentions", "partial", "CITY")] == Tally.of(0.5, 2, 1)
    assert tallies[Key("mentions", "exact", "CITY")] == Tally.of(0, 2, 1)
    assert tallies[Key("mentions", "exact", "micro")] == Tally.of(1, 2, 2)
    assert tallies[Key("mentions", "partial", "micro")] == Tally.of(1.5, 2, 2)
    assert tallies[Key("mentions", "partial", "REGION")] == Tally.of(0, 0, 1)


def test_the_order_of_mentions_changes_no_score():
    draw = random.Random(7)
    spans = [
        f"{draw.choice(['CITY', 'DATE', 'PERSON'])} {start}-{start + draw.randint(1, 9)}"
        for start in (draw.randint(0, 80) for _ in range(40))
    ]
    gold, system = mentions(*spans[:20]), mentions(*spans[15:])
    expected = score_mentions(gold, system, *_compared(gold, system))
    for _ in range(10):
        draw.shuffle(gold)
        draw.shuffle(system)
        assert score_mentions(gold, system, *_compared(gold, system)) == expected


def test_a_small_overlap_of_another_label_is_read_as_two_mistakes():
    overlaps = compare(mentions("CITY 10-15"), mentions("EVENT 0-40"))
    assert match(overlaps, for_reading) == []
    assert len(match(overlaps, GRADES["partial"])) == 1


def test_mislabelled_is_read_as_one_mistake_where_spans_mostly_agree():
    (pair,) = match(compare(mentions("CITY 10-20"), mentions("REGION 10-19")), for_reading)
    assert (pair.gold.label, pair.system.label) == ("CITY", "REGION")


def test_partial_within_a_label_ignores_an_exact_span_of_another():
    gold, system = mentions("CITY 0-9"), mentions("REGION 0-9", "CITY 0-8")
    (pair,) = match(compare(gold, system), labelled_partial)
    assert (pair.system.label, pair.credit) == ("CITY", 0.5)


def _compared(gold, system):
    overlaps = compare(gold, system)
    return overlaps, scheme_pairs(overlaps)
