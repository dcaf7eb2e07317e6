import random

from scoring_builders import document, mentions, relation

from pobratim.scoring.metrics import Key, Tally
from pobratim.scoring.relations import score_relations


def side(*spans, arrows):
    found = mentions(*spans)
    return document(
        mentions=found, relations=[relation(label, found[h], found[t]) for label, h, t in arrows]
    )


GOLD = side(
    "AGREEMENT 0-10", "CITY 20-30", "CITY 40-50", "DATE 60-70",
    arrows=[("PARTY", 0, 1), ("PARTY", 0, 2), ("SIGNED_ON", 0, 3)],
)  # fmt: skip


def test_strict_asks_for_equal_spans_and_lenient_for_overlap():
    system = side(
        "AGREEMENT 0-10", "CITY 20-30", "CITY 40-48", "DATE 60-70",
        arrows=[("PARTY", 0, 1), ("PARTY", 0, 2)],
    )  # fmt: skip
    tallies = score_relations(GOLD, system)
    assert tallies[Key("relations", "strict", "PARTY")] == Tally.of(1, 2, 2)
    assert tallies[Key("relations", "lenient", "PARTY")] == Tally.of(2, 2, 2)
    assert tallies[Key("relations", "lenient", "micro")] == Tally.of(2, 2, 3)


def test_an_argument_of_another_label_matches_neither_way():
    system = side("AGREEMENT 0-10", "REGION 20-30", arrows=[("PARTY", 0, 1)])
    assert score_relations(GOLD, system)[Key("relations", "lenient", "PARTY")] == Tally.of(0, 1, 2)


def test_another_label_between_the_same_mentions_is_wrong():
    system = side("AGREEMENT 0-10", "CITY 20-30", arrows=[("SIGNED_IN", 0, 1)])
    tallies = score_relations(GOLD, system)
    assert tallies[Key("relations", "strict", "SIGNED_IN")] == Tally.of(0, 1, 0)
    assert tallies[Key("relations", "strict", "PARTY")] == Tally.of(0, 0, 2)


def test_a_relation_said_twice_counts_once():
    system = side("AGREEMENT 0-10", "CITY 20-30", arrows=[("PARTY", 0, 1), ("PARTY", 0, 1)])
    system.relations[1].id = "again"
    assert score_relations(GOLD, system)[Key("relations", "strict", "PARTY")] == Tally.of(1, 1, 2)


def test_lenient_pairs_are_chosen_together():
    # The wide city overlaps both; taking it for the first would leave the second without one.
    gold = side(
        "AGREEMENT 0-9", "CITY 20-30", "CITY 32-40", arrows=[("PARTY", 0, 1), ("PARTY", 0, 2)]
    )
    system = side(
        "AGREEMENT 0-9", "CITY 20-40", "CITY 20-25", arrows=[("PARTY", 0, 1), ("PARTY", 0, 2)]
    )
    draw = random.Random(1)
    for _ in range(5):
        draw.shuffle(gold.relations)
        draw.shuffle(system.relations)
        assert score_relations(gold, system)[Key("relations", "lenient", "PARTY")] == Tally.of(
            2, 2, 2
        )
