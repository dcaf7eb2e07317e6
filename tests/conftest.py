"""What several folders of tests share."""

from decimal import Decimal

import pytest

from pobratim.schema import (
    Agreement,
    City,
    Count,
    CountMention,
    DateMention,
    Document,
    Mention,
    Official,
    Organization,
    Party,
    Relation,
    Source,
)

TEXT = (
    "Мэр Хабаровска С.А. Кравчук и администрация города Пучона\n"
    "подписали Соглашение 15 июля 2002 года. 70 детей прооперированы."
)


def _span(surface: str) -> dict[str, object]:
    start = TEXT.index(surface)
    return {"start": start, "end": start + len(surface), "text": surface}


@pytest.fixture
def document() -> Document:
    """A document with a record of every kind and a nested mention."""
    return Document(
        id="report",
        source=Source(uri="in/report.txt", sha256="0" * 64),
        text=TEXT,
        language="ru",
        mentions=[
            Mention(id="m1", label="CITY", entity="geonames:2022890", **_span("Хабаровска")),
            Mention(id="m2", label="PERSON", score=0.9, **_span("С.А. Кравчук")),
            Mention(id="m3", label="ORGANIZATION", **_span("администрация города Пучона")),
            Mention(id="m4", label="CITY", entity="geonames:1838716", **_span("Пучона")),
            Mention(id="m5", label="AGREEMENT", **_span("Соглашение")),
            DateMention(id="m6", label="DATE", value="2002-07-15", **_span("15 июля 2002 года")),
            CountMention(id="m7", label="COUNT", value=Decimal(70), **_span("70 детей")),
            Mention(id="m8", label="ROLE", **_span("Мэр")),
        ],
        relations=[Relation(id="r1", label="SIGNED_ON", head="m5", tail="m6", score=0.8)],
        cities=[City(id="geonames:2022890", name_en="Khabarovsk", country="RU", mentions=["m1"])],
        officials=[
            Official(
                id="o1", name="С.А. Кравчук", office="mayor", title="Мэр", mentions=["m2", "m8"]
            )
        ],
        organizations=[Organization(id="g1", name="администрация города Пучона", mentions=["m3"])],
        agreements=[
            Agreement(
                id="a1",
                instrument="agreement",
                parties=[
                    Party(id="geonames:2022890", name="Хабаровск", implied=True),
                    Party(id="geonames:1838716", name="Пучон"),
                ],
                signed="2002-07-15",
                mentions=["m5", "m6"],
            )
        ],
        counts=[Count(id="c1", value=Decimal(70), counted="ребёнок", mentions=["m7"])],
    )
