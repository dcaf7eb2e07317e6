import random
from decimal import Decimal

import pytest
from scoring_builders import mention, section

from pobratim.schema import Agreement, City, Count, Official, Organization, Party
from pobratim.scoring.metrics import Key, Tally
from pobratim.scoring.records import pair_records, score_records

A, B, C = (mention("AGREEMENT", start, start + 9, id=f"m{start}") for start in (0, 20, 40))


def agreement(name, *mentions, parties=(), **slots):
    slots.setdefault("instrument", "agreement")
    return Agreement(
        id=name,
        mentions=[m.id for m in mentions],
        parties=[Party(id=party, name=party) for party in parties],
        **slots,
    )


def scored(gold, system):
    return score_records(pair_records(section(gold, system)))


def slot(tallies, kind, name):
    return tallies.get(Key("records", kind, name), Tally())


def test_records_are_paired_for_the_greatest_total_and_not_first_come():
    gold = [
        agreement("X", A, instrument="treaty", purpose="twinning", signed="1993"),
        agreement("Y", A, instrument="treaty", purpose="twinning", signed="1995"),
    ]
    system = [
        agreement("P", A, instrument="treaty", purpose="twinning", signed="1995", status="ended"),
        agreement("Q", A, instrument="plan", purpose="exchange", signed="1993", status="planned"),
    ]
    tallies = scored({"mentions": [A], "agreements": gold}, {"mentions": [A], "agreements": system})
    # First come: X takes P (treaty, twinning: 2) and Y is left with Q (0). Best: X-Q 1, Y-P 3.
    assert tallies[Key("records", "slots", "agreements")].gold_credit == 4


def test_parties_are_a_set_and_global_ids_decide():
    gold = agreement("g", A, parties=["geonames:1", "geonames:2", "geonames:3"])
    system = agreement("s", A, parties=["geonames:3", "geonames:1", "geonames:4"])
    tallies = scored(
        {"mentions": [A], "agreements": [gold]}, {"mentions": [A], "agreements": [system]}
    )
    assert slot(tallies, "agreements", "parties") == Tally.of(2, 3, 3)
    assert tallies[Key("records", "complete", "agreements")] == Tally.of(0, 1, 1)


def test_two_cities_of_one_name_are_two_where_ids_say_so():
    city = mention("CITY", 60, 68, id="c", entity="geonames:1")
    gold = {"mentions": [A, city], "agreements": [agreement("g", A, parties=["geonames:1"])]}
    other = city.model_copy(update={"entity": "geonames:2"})
    system = {"mentions": [A, other], "agreements": [agreement("s", A, parties=["geonames:2"])]}
    assert slot(scored(gold, system), "agreements", "parties") == Tally.of(0, 1, 1)


@pytest.mark.parametrize(
    ("gold_body", "system_body", "same"),
    [
        ("Клиника «Аврора»", 'клиника  "аврора"', True),
        ("Администрация Королёва", "администрация Королева", True),
        ("Клиника «Аврора»", "Больница № 1", False),
    ],
)
def test_local_ids_are_compared_by_what_they_stand_for(gold_body, system_body, same):
    gold = {
        "mentions": [A],
        "organizations": [Organization(id="org:1", name=gold_body, mentions=[])],
        "officials": [Official(id="p1", name="И. Соколов", office="director", title="директор",
                               of="org:1", mentions=[A.id])],
    }  # fmt: skip
    system = {
        "mentions": [A],
        "organizations": [Organization(id="org:77", name=system_body, mentions=[])],
        "officials": [Official(id="x9", name="И.  СОКОЛОВ", office="director", title="Директор",
                               of="org:77", mentions=[A.id])],
    }  # fmt: skip
    tallies = scored(gold, system)
    assert slot(tallies, "officials", "of") == Tally.of(same, 1, 1)
    assert slot(tallies, "officials", "name") == Tally.of(1, 1, 1)
    assert tallies[Key("records", "complete", "officials")] == Tally.of(same, 1, 1)


def test_a_local_id_without_a_shared_name_is_known_by_its_span():
    body = mention("ORGANIZATION", 60, 70, id="o")
    other = body.model_copy(update={"id": "z"})
    gold = {
        "mentions": [A, body],
        "organizations": [Organization(id="org:1", name="администрация", mentions=["o"])],
        "agreements": [agreement("g", A, parties=["org:1"])],
    }
    system = {
        "mentions": [A, other],
        "organizations": [Organization(id="org:hospital", name="мэрия", mentions=["z"])],
        "agreements": [agreement("s", A, parties=["org:hospital"])],
    }
    gold["agreements"][0].parties[0].name = "администрация"
    system["agreements"][0].parties[0].name = "мэрия"
    assert slot(scored(gold, system), "agreements", "parties") == Tally.of(1, 1, 1)


def test_counts_with_separate_evidence_are_not_paired_for_a_common_value():
    one, other = mention("COUNT", 0, 9, id="a"), mention("COUNT", 50, 59, id="b")
    gold = Count(id="c1", value=Decimal(2), category="people", mentions=["a"])
    system = Count(id="c1", value=Decimal(2), category="people", mentions=["b"])
    tallies = scored(
        {"mentions": [one], "counts": [gold]}, {"mentions": [other], "counts": [system]}
    )
    assert tallies[Key("records", "slots", "counts")] == Tally.of(0, 2, 2)


def test_a_city_is_known_by_its_id_wherever_it_is_mentioned():
    one, other = mention("CITY", 0, 9, id="a"), mention("CITY", 50, 59, id="b")
    gold = City(id="geonames:1", name_en="Pskov", country="RU", mentions=["a"])
    system = City(id="geonames:1", name_en="Pskov", country="EE", mentions=["b"])
    tallies = scored(
        {"mentions": [one], "cities": [gold]}, {"mentions": [other], "cities": [system]}
    )
    assert slot(tallies, "cities", "id") == Tally.of(1, 1, 1)
    assert slot(tallies, "cities", "country") == Tally.of(0, 1, 1)
    assert tallies[Key("records", "complete", "cities")] == Tally.of(0, 1, 1)


def test_a_flag_that_is_not_set_is_an_empty_slot():
    one = mention("COUNT", 0, 9, id="a")
    gold = Count(id="c1", value=Decimal(57), mentions=["a"])
    system = Count(id="c1", value=Decimal(57), approximate=True, mentions=["a"])
    tallies = scored({"mentions": [one], "counts": [gold]}, {"mentions": [one], "counts": [system]})
    assert slot(tallies, "counts", "approximate") == Tally.of(0, 1, 0)
    assert slot(tallies, "counts", "cumulative") == Tally()


def test_missed_and_spurious_records_cost_all_their_slots():
    gold = agreement("g", A, signed="1993")
    system = agreement("s", C, signed="1995")
    tallies = scored(
        {"mentions": [A], "agreements": [gold]}, {"mentions": [C], "agreements": [system]}
    )
    assert tallies[Key("records", "slots", "agreements")] == Tally.of(0, 4, 4)
    assert tallies[Key("records", "complete", "micro")] == Tally.of(0, 1, 1)


def test_the_order_of_records_changes_no_score():
    draw = random.Random(3)
    gold = [
        agreement(f"g{n}", *draw.sample([A, B, C], 2), signed=str(1990 + n % 4)) for n in range(9)
    ]
    system = [
        agreement(f"s{n}", *draw.sample([A, B, C], 2), signed=str(1990 + n % 3)) for n in range(8)
    ]
    expected = None
    for _ in range(5):
        draw.shuffle(gold)
        draw.shuffle(system)
        tallies = scored(
            {"mentions": [A, B, C], "agreements": gold},
            {"mentions": [A, B, C], "agreements": system},
        )
        expected = expected or tallies
        assert tallies == expected
