"""A document scored against sections cut from itself."""

import re

from scoring_builders import mention, relation

from pobratim.exchange.gold.sections import Section, cut
from pobratim.schema import Agreement, City, Document, Organization, Party, Source
from pobratim.scoring.alignment import align
from pobratim.scoring.evaluation import evaluate

LINES = 12
TEXT = "".join(f"Договор клиники Аврора и города Лахти номер {n:02}\n" for n in range(LINES))
WIDTH = len(TEXT) // LINES


def whole():
    marks, relations, agreements = [], [], []
    for line in range(LINES):
        start = line * WIDTH
        head = mention("AGREEMENT", start, start + 7, TEXT, id=f"a{line}")
        body = mention(
            "ORGANIZATION", start + 8, start + 22, TEXT, id=f"o{line}", entity="org:aurora"
        )
        city = mention("CITY", start + 32, start + 37, TEXT, id=f"c{line}", entity="local:lahti")
        marks += [head, body, city]
        relations += [relation("PARTY", head, body), relation("PARTY", head, city)]
        agreements.append(
            Agreement(
                id=f"agreement:{line}",
                instrument="treaty",
                parties=[Party(id="org:aurora", name=""), Party(id="local:lahti", name="")],
                mentions=[head.id, body.id, city.id],
            )
        )
    ends = [m.id for m in marks if m.label == "CITY"]
    return Document(
        id="page",
        source=Source(uri="corpus/page.txt"),
        text=TEXT,
        mentions=marks,
        relations=relations,
        cities=[City(id="local:lahti", name_ru="Лахти", mentions=ends)],
        organizations=[
            Organization(
                id="org:aurora",
                name="клиника Аврора",
                mentions=[m.id for m in marks if m.label == "ORGANIZATION"],
            )
        ],
        agreements=agreements,
    )


def scored(system):
    manifest = [
        Section(document="page", name=f"s{first}", lines=(first, first + 1), set="dev")
        for first in range(1, LINES, 2)
    ]
    golds = [one.document for one in cut(whole(), manifest)]
    return evaluate(align(golds, [system]), gold_name="g", system_name="s")


def test_the_whole_is_right_in_every_section():
    result = scored(whole())
    assert result.summary.sections == 6
    assert result.mistakes == []
    assert {score.f1.value for score in result.summary.scores} == {1.0}


def test_a_writer_s_own_ids_cost_nothing():
    renamed = re.sub(r'"(org|local|agreement):(\w+)"', r'"\1:mine-\2"', whole().to_json())
    renamed = re.sub(r'"([aoc]\d+)"', r'"mention-\1"', renamed)
    result = scored(Document.model_validate_json(renamed))
    assert result.mistakes == []


def test_a_body_of_another_name_costs_its_slots():
    system = whole()
    system.organizations[0].name = "больница Надежда"
    assert {one.label for one in scored(system).mistakes} == {"organizations"}
