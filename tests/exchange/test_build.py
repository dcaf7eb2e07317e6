from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pobratim.errors import AnnotationError
from pobratim.exchange.gold.build import build_folder
from pobratim.exchange.gold.derive import spanning
from pobratim.schema import CountMention, DateMention, Document

if TYPE_CHECKING:
    from conftest import Workshop

HEAD = "document: page\nlanguage: ru\n"
PLACES = "entity CITY geonames:504341 Псков | Пскова\nentity CITY geonames:649360 Лахти\n"


@pytest.fixture
def document(workshop: Workshop, example: tuple[str, str]) -> Document:
    built = workshop.build(*example, stem="pskov-partners-ru")
    assert built.problems == []
    return built.documents[0]


def one(workshop: Workshop, text: str, marks: str) -> Document:
    built = workshop.build(text, HEAD + PLACES + marks)
    assert [str(p) for p in built.problems] == []
    return built.documents[0]


def test_every_mention_of_the_example_is_the_slice_at_its_offsets(document: Document) -> None:
    assert len(document.mentions) == 20
    for mention in document.mentions:
        assert document.text[mention.start : mention.end] == mention.text


def test_a_mention_may_run_over_the_end_of_its_line(document: Document) -> None:
    assert "Иван\nСоколов" in [m.text for m in document.mentions]


def test_a_nested_mention_lies_within_the_one_above_it(document: Document) -> None:
    body = next(m for m in document.mentions if m.text == "администрации города Пскова")
    inner = [m for m in document.mentions if body.start < m.start and m.end <= body.end]
    assert [(m.label, m.text) for m in inner] == [("CITY", "Пскова")]


def test_the_relations_of_the_example_join_the_nearest_fitting_mentions(document: Document) -> None:
    text = {m.id: m.text for m in document.mentions}
    assert [(r.label, text[r.head], text[r.tail]) for r in document.relations] == [
        ("OFFICE_OF", "Мэр", "Пскова"),
        ("HOLDS", "Иван\nСоколов", "Мэр"),
        ("OFFICE_OF", "Вице-мэром", "Лахти"),
        ("HOLDS", "Анной Виртанен", "Вице-мэром"),
        ("COUNTED_IN", "57 псковских детей", "клинике «Аврора»"),
        ("COUNTED_ON", "57 псковских детей", "С 2002 по 2019 годы"),
        ("PARTY", "Соглашение", "Псковом"),
        ("PARTY", "Соглашение", "Лахти"),
        ("SIGNED_ON", "Соглашение", "1987 г."),
        ("SIGNED_ON", "Меморандум", "2001"),
    ]


def test_dates_get_their_first_and_last_day(document: Document) -> None:
    dates = {
        m.value: (m.earliest, m.latest) for m in document.mentions if isinstance(m, DateMention)
    }
    assert dates["2002/2019"] == ("2002-01-01", "2019-12-31")
    assert dates["2023-05-25"] == ("2023-05-25", "2023-05-25")


def test_cities_come_from_the_gazetteer_with_all_their_mentions(document: Document) -> None:
    pskov = next(c for c in document.cities if c.id == "geonames:504341")
    assert (pskov.name_en, pskov.name_ru, pskov.country) == ("Pskov", "Псков", "RU")
    assert len(pskov.mentions) == 4


def test_officials_come_from_who_holds_what_of_where(document: Document) -> None:
    found = [(o.name, o.office, o.title, o.of, o.observed) for o in document.officials]
    assert found == [
        ("Иван Соколов", "mayor", "Мэр", "geonames:504341", "2023-05-25"),
        ("Анна Виртанен", "vice_mayor", "Вице-мэром", "geonames:649360", "2023-05-25"),
    ]


def test_an_organization_has_its_nominative_its_other_forms_and_its_city(
    document: Document,
) -> None:
    aurora = next(o for o in document.organizations if o.id == "org:aurora")
    assert (aurora.name, aurora.aliases) == ("клиника «Аврора»", ["клинике «Аврора»"])
    assert aurora.city == "geonames:649360"


def test_agreements_have_told_and_implied_parties(document: Document) -> None:
    told, implied = document.agreements
    assert [(p.name, p.implied) for p in told.parties] == [("Псков", False), ("Лахти", False)]
    assert (told.signed, told.subject, told.status) == ("1987", "о сотрудничестве", "signed")
    assert [(p.name, p.implied) for p in implied.parties] == [("Псков", True), ("Лахти", True)]


def test_a_count_has_its_action_place_and_period(document: Document) -> None:
    count = document.counts[0]
    assert (count.value, count.counted, count.category) == (57, "ребёнок", "people")
    assert (count.action, count.place, count.period) == (
        "прооперировать",
        "org:aurora",
        "2002/2019",
    )
    assert count.cumulative


def test_brackets_pick_a_later_occurrence(workshop: Workshop) -> None:
    text = "Клуб «Лахти» из города Лахти\n"
    found = one(workshop, text, "@1\nCITY города [[Лахти]]\n").mentions
    assert [(m.start, m.text) for m in found] == [(text.rindex("Лахти"), "Лахти")]


def test_mentions_are_whole_words(workshop: Workshop) -> None:
    found = one(workshop, "Псковский клуб в Псков едет\n", "@1\nCITY Псков\n").mentions
    assert found[0].start == 17


def test_repeated_surfaces_are_taken_in_reading_order(workshop: Workshop) -> None:
    text = "Лахти и Псков, Псков и Лахти\n"
    found = one(workshop, text, "@1\nCITY Лахти\nCITY Псков\nCITY Псков\nCITY Лахти\n").mentions
    assert [m.start for m in found] == [0, 8, 15, 23]


def test_a_tag_reaches_beyond_the_paragraph(workshop: Workshop) -> None:
    text = "Лахти\n\nНаселение: 120 тыс. чел.\n"
    marks = "@1\nCITY Лахти #place\n@3\nCOUNT 120 тыс. чел. | 120000 человек population in=#place\n"
    document = one(workshop, text, marks.replace("Лахти #", "Лахти | #"))
    assert document.counts[0].place == "geonames:649360"


def test_mentions_of_one_agreement_make_one_record(workshop: Workshop) -> None:
    text = "Соглашение с Лахти подписано. Соглашение действует.\n"
    marks = (
        "@1\nAGREEMENT Соглашение | agreement other signed agreement:lahti party=Лахти\n"
        "CITY Лахти\nAGREEMENT Соглашение | agreement:lahti\n"
    )
    document = one(workshop, text, marks)
    assert [(a.id, len(a.mentions)) for a in document.agreements] == [("agreement:lahti", 3)]


def test_parts_of_a_document_are_joined(workshop: Workshop) -> None:
    text = "Псков\nЛахти\n"
    first = HEAD + PLACES + "lines: 1-1\n@1\nCITY Псков\n"
    second = HEAD + "lines: 2-2\n@2\nCITY Лахти\n"
    (document,) = workshop.build(text, first, second).documents
    assert [(m.id, m.text) for m in document.mentions] == [("m1", "Псков"), ("m2", "Лахти")]
    assert document.warnings[0].message == "1-1, 2-2"


def test_entities_beside_the_folder_serve_every_pass(workshop: Workshop) -> None:
    (workshop.marks.parent / "entities.ann").write_text(PLACES, encoding="utf-8")
    (document,) = workshop.build("Псков\n", HEAD + "@1\nCITY Псков\n").documents
    assert document.cities[0].id == "geonames:504341"


@pytest.mark.parametrize(
    ("written", "value", "minimum", "maximum", "approximate"),
    [
        ("57", 57, None, None, False),
        ("~57", 57, None, None, True),
        (">57", 57, 57, None, False),
        ("<57", 57, None, 57, False),
        ("20..30", None, 20, 30, False),
        ("9.7", 9.7, None, None, False),
        ("-", None, None, None, False),
    ],
)
def test_a_number_may_be_exact_about_bounded_or_a_range(
    workshop: Workshop,
    written: str,
    value: float | None,
    minimum: int | None,
    maximum: int | None,
    approximate: bool,
) -> None:
    document = one(workshop, "57 школ\n", f"@1\nCOUNT 57 школ | {written} школа organizations\n")
    (mention,) = document.mentions
    assert isinstance(mention, CountMention)
    found = [
        None if n is None else float(n) for n in (mention.value, mention.minimum, mention.maximum)
    ]
    assert found == [value, minimum, maximum]
    assert mention.approximate is approximate


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        (["2019"], "2019"),
        (["2019-05-17/2019-05-19"], "2019-05-17/2019-05-19"),
        (["2023-12-05", "2023-05-25"], "2023-05-25/2023-12-05"),
        (["2019", "2019-05"], "2019"),
        (["-0299", "0100"], "-0299/0100"),
        (["XXXX-05", "2019"], "2019"),
    ],
)
def test_several_dates_span_from_first_to_last(values: list[str], expected: str | None) -> None:
    assert spanning(values) == expected


@pytest.mark.parametrize(
    ("marks", "line", "words"),
    [
        ("@1\nCITY Псковом\n", 6, "is not on line 1"),
        ("@1\nCITY Лахти\n", 6, "It stands on line 2"),
        ("@2\nCITY Лахти\n< CITY Псков\n", 7, "within “Лахти”"),
        ("@1\n< CITY Псков\n", 6, "nested in nothing"),
        ("@1 Лахти\nCITY Псков\n", 5, "line 2 does"),
        ("@9\nCITY Псков\n", 6, "is on line 9"),
        ("@1\nTOWN Псков\n", 6, "Use one of: CITY"),
        ("CITY Псков\n", 5, "before any @line"),
        ("@1\nCITY Псков | geonames:1\n", 6, "not in the gazetteer"),
        ("@1\nCITY Псков | org:pskov\n", 6, "Use geonames:…, local:…"),
        ("@1\nCITY Псков\nROLE мэр\n", 7, "has no office"),
        ("@1\nROLE мэр | major\n", 6, "vice_mayor"),
        ("@1\nROLE мэр | mayor of=Лахти\n", 6, "give it a #tag"),
        ("@1\nROLE мэр | mayor of=#x\n", 6, "no mention has this tag"),
        ("@1\nROLE мэр | mayor at=Псков\n", 6, "Its keys are: of="),
        ("@1\nDATE мэр | 2019-02-30\n", 6, "has no day 30"),
        ("@1\nCOUNT мэр | many мэр people\n", 6, "Write 57, ~2000"),
        ("@1\nAGREEMENT мэр | agreement\n", 6, "instrument, purpose and status"),
        ("@1\nPERSON Псков мэр\nROLE [[мэр]] и | mayor\n", 7, "is not on line 1"),
        ("entity CITY geonames:649360 Псков\n", 5, "Keep it on one entity line"),
        ("what is this\n", 5, "no header, entity, @line or mention"),
        ("@1\nCITY Псков\n@1\nCITY Псков\n", 8, "is not on line 1"),
    ],
)
def test_a_mistake_is_told_by_file_line_and_remedy(
    workshop: Workshop, marks: str, line: int, words: str
) -> None:
    built = workshop.build("Псков мэр и\nЛахти\n", HEAD + PLACES + marks)
    assert built.documents == []
    told = [str(p) for p in built.problems]
    assert any(t.startswith(f"page.1.ann:{line}: ") and words in t for t in told), told


def test_a_document_that_is_not_in_the_corpus_is_a_problem(workshop: Workshop) -> None:
    built = workshop.build("Псков\n", "document: other\nlanguage: ru\n")
    assert "document other is unknown" in str(built.problems[0])


def test_a_folder_without_marks_is_an_error(workshop: Workshop) -> None:
    with pytest.raises(AnnotationError, match=r"no \*\.ann file"):
        build_folder(workshop.marks, workshop.corpus)


@pytest.mark.parametrize(("language", "name"), [("ru", "Лахти"), ("en", "Lahti"), ("mul", "Lahti")])
def test_a_party_is_named_in_the_language_of_the_document(
    workshop: Workshop, language: str, name: str
) -> None:
    marks = (
        f"document: page\nlanguage: {language}\nentity CITY geonames:649360 Lahti | Лахти\n"
        "@1\nAGREEMENT pact | treaty other signed party=Lahti\nCITY Lahti\n"
    )
    (document,) = workshop.build("pact with Lahti\n", marks).documents
    assert [p.name for p in document.agreements[0].parties] == [name]
