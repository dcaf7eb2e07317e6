"""What the corpus tells, read by the whole program: facts that a person can look up in the text."""

from pathlib import Path

import pytest

import pobratim
from pobratim.exchange.check import check_document

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def documents():
    return {
        path.stem: pobratim.extract(path.read_text(encoding="utf-8"), id=path.stem)
        for path in sorted(CORPUS.glob("*.txt"))
    }


def names(document):
    found = {city.id: city.name_en for city in document.cities}
    found |= {body.id: body.name for body in document.organizations}
    return found


@pytest.mark.parametrize(
    ("stem", "value", "counted", "place", "period", "action"),
    [
        ("khabarovsk-report-2016-ru", 57, "ребёнок", "клиника «Сэчжон»", "2002/2016",
         "прооперировать"),
        ("khabarovsk-report-2019-ru", 70, "ребёнок", "клиника «Сэчжон»", "2002/2019",
         "прооперировать"),
        ("khabarovsk-sister-cities-en", 45, "resident", "hospital Sejong", None, "undergo"),
    ],
)  # fmt: skip
def test_children_operated_on(documents, stem, value, counted, place, period, action):
    document = documents[stem]
    (count,) = (c for c in document.counts if c.value == value)
    assert (count.counted, count.period, count.action) == (counted, period, action)
    assert count.cumulative
    assert names(document)[count.place] == place


@pytest.mark.parametrize(
    ("city", "signed"),
    [
        ("Niigata", "1965-04"),
        ("Portland", "1988-06-10"),
        ("Victoria", "1990-05-25"),
        ("Harbin", "1993-07-15"),
        ("Bucheon", "2002-06-24"),
        ("Sanya", "2011-02-22"),
    ],
)
def test_the_sister_cities_of_khabarovsk(documents, city, signed):
    document = documents["khabarovsk-sister-cities-en"]
    ids = names(document)
    found = [
        one
        for one in document.agreements
        if one.purpose == "twinning" and {ids[p.id] for p in one.parties} == {"Khabarovsk", city}
    ]
    assert [(one.signed, one.status) for one in found] == [(signed, "signed")]


@pytest.mark.parametrize(
    ("city", "instrument", "signed", "implied"),
    [
        ("Tehran", "agreement", "2025-04-11", False),
        ("Urbino", "agreement", "2001", True),
        ("Wuhan", "memorandum", "2025", False),
        ("Hefei", "memorandum", "2023", False),
        ("Hebron", "agreement", "2019", False),
        ("Hyderabad", "treaty", "2001", True),
        ("Harare", "treaty", "2011", True),
    ],
)
def test_the_partners_of_kazan(documents, city, instrument, signed, implied):
    document = documents["kazan-partner-cities-ru"]
    ids = names(document)
    found = [
        one for one in document.agreements if {ids[p.id] for p in one.parties} == {"Kazan", city}
    ]
    assert found
    assert found[0].instrument == instrument
    assert any(one.signed and one.signed.startswith(signed[:4]) for one in found)
    assert all(party.implied is implied for party in found[0].parties)


@pytest.mark.parametrize(
    ("stem", "name", "office", "of"),
    [
        ("khabarovsk-report-2019-ru", "С.А. Кравчук", "mayor", "Khabarovsk"),
        ("khabarovsk-report-2019-ru", "Сон Ю Мён", "vice_mayor", "Bucheon"),
        ("khabarovsk-report-2019-ru", "Сунь Чжэ", "mayor", "Harbin"),
        ("kazan-partner-cities-ru", "Ильсур Метшин", "mayor", "Kazan"),
        ("kazan-partner-cities-ru", "Хамидреза Голамзаде", "vice_mayor", "Tehran"),
        ("kazan-partner-cities-ru", "Джейкоб Мафуме", "mayor", "Harare"),
        ("mayors-meeting-kamchatka-en", "Sergei Kravchuk", "mayor", "Khabarovsk"),
    ],
)
def test_who_was_in_office(documents, stem, name, office, of):
    document = documents[stem]
    ids = names(document)
    assert (name, office, of) in {(o.name, o.office, ids.get(o.of)) for o in document.officials}


def test_the_same_city_has_one_id_in_both_languages(documents):
    ids = {
        stem: {c.id for c in documents[stem].cities if c.name_en == "Bucheon"}
        for stem in ("khabarovsk-report-2019-ru", "khabarovsk-sister-cities-en")
    }
    assert len(set.union(*ids.values())) == 1


def test_every_document_passes_the_annotators_checks(documents):
    assert [
        problem for document in documents.values() for problem in check_document(document)
    ] == []
