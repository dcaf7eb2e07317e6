import json

import pytest
from scoring_builders import TEXT, document, mention, relation

from pobratim.errors import EvaluationError
from pobratim.schema import Agreement, City, Source
from pobratim.scoring.alignment import above, align, slice_document
from pobratim.scoring.documents import read_documents

HEAD, TAIL = mention("AGREEMENT", 110, 120, id="h"), mention("CITY", 130, 140, id="t")
OUTSIDE = mention("CITY", 10, 20, id="o")
CROSSING = mention("CITY", 95, 105, id="x")


def whole(**parts):
    source = Source(uri="in/report.txt")
    return document("report", source=source, **parts)


def gold_section(start=100, end=200, text=TEXT):
    uri = f"corpus/report.txt#char={start},{end}"
    return document("report#one", text=text[start:end], source=Source(uri=uri))


def test_a_whole_document_is_cut_to_the_section():
    system = whole(
        mentions=[OUTSIDE, CROSSING, HEAD, TAIL],
        relations=[relation("PARTY", HEAD, TAIL), relation("PARTY", HEAD, OUTSIDE)],
        cities=[City(id="geonames:1", mentions=["o", "t"]), City(id="geonames:2", mentions=["o"])],
        agreements=[
            Agreement(id="in", instrument="plan", mentions=["h", "t"]),
            Agreement(id="across", instrument="plan", mentions=["h", "o"]),
        ],
    )
    (section,) = align([gold_section()], [system])
    found = section.system
    assert found.text == section.gold.text
    assert [(m.id, m.start, m.end) for m in found.mentions] == [("h", 10, 20), ("t", 30, 40)]
    assert all(found.text[m.start : m.end] == m.text for m in found.mentions)
    assert [(r.head, r.tail) for r in found.relations] == [("h", "t")]
    assert [(c.id, c.mentions) for c in found.cities] == [("geonames:1", ["t"])]
    assert [a.id for a in found.agreements] == ["in"]


def test_entities_that_only_the_whole_document_names_are_still_resolved():
    city = mention("CITY", 10, 20, id="o", entity="local:1")
    system = whole(mentions=[city], cities=[City(id="local:1", name_ru="Лахти", mentions=["o"])])
    (section,) = align([gold_section()], [system])
    entity = section.system_names.resolve("local:1")
    assert "лахти" in entity.names
    assert entity.spans == {(-90, -80)}


def test_a_text_that_stands_there_twice_is_found_by_its_range():
    text = ("0123456789" * 10) * 2
    gold = document("report#one", text=text[100:], source=Source(uri="c/report.txt#char=100,200"))
    system = document(
        "report",
        text=text,
        mentions=[mention("CITY", 120, 125, text, id="late"), mention("CITY", 20, 25, text)],
    )
    (section,) = align([gold], [system])
    assert [m.id for m in section.system.mentions] == ["late"]


def test_a_text_that_stands_there_twice_without_a_range_is_an_error():
    gold = document("report#one", text="0123456789")
    with pytest.raises(EvaluationError, match=r"not the gold.s in 1 of 1 documents \(report#one\)"):
        align([gold], [document("report", text="0123456789" * 2)])


def test_missing_and_misaligned_documents_are_named_together():
    golds = [document("a#1"), document("b#1"), document("c#1")]
    systems = [document("a#1"), document("b#1", text=TEXT.upper())]
    with pytest.raises(EvaluationError) as caught:
        align(golds, systems)
    message = str(caught.value)
    assert "no system document for 1 of 3 gold documents (c#1)" in message
    assert "the system's text is not the gold's in 1 of 3 documents (b#1)" in message


def test_a_slice_has_offsets_from_its_beginning():
    cut = slice_document(whole(mentions=[HEAD]), 110, 120, "new")
    assert (cut.id, cut.text, cut.mentions[0].start, cut.mentions[0].end) == (
        "new",
        HEAD.text,
        0,
        10,
    )


def test_a_threshold_leaves_out_low_scores_and_what_hangs_on_them():
    low = HEAD.model_copy(update={"score": 0.3})
    high = TAIL.model_copy(update={"score": 0.5})
    found = above(
        whole(mentions=[low, high, OUTSIDE], relations=[relation("PARTY", low, high)]), 0.5
    )
    assert [m.id for m in found.mentions] == ["t", "o"]
    assert found.relations == []


def test_the_documents_of_a_run_are_read_from_their_file_alone(tmp_path):
    (tmp_path / "documents.jsonl").write_text(document("a").to_json() + "\n\n", encoding="utf-8")
    (tmp_path / "errors.jsonl").write_text('{"uri": "b"}\n', encoding="utf-8")
    assert [one.id for one in read_documents(tmp_path, "system")] == ["a"]


def test_gold_is_read_from_folders_below(tmp_path):
    for part, name in (("dev", "a#1"), ("test", "a#2")):
        (tmp_path / part).mkdir()
        (tmp_path / part / f"{name}.json").write_text(document(name).to_json(), encoding="utf-8")
    assert [one.id for one in read_documents(tmp_path, "gold")] == ["a#1", "a#2"]


def _bytes_offsets() -> str:
    found = document("a", text="Хабаровск и Пучон", mentions=[])
    data = json.loads(found.to_json())
    data["mentions"] = [{"id": "m", "label": "CITY", "start": 0, "end": 18, "text": "Хабаровск"}]
    return json.dumps(data)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not a Pobratim document"),
        ('{"id": "a", "entities": []}', "not a Pobratim document"),
        (_bytes_offsets(), "offsets are code points"),
        (
            document("a", relations=[relation("PARTY", HEAD, TAIL)]).to_json(),
            "'h', which is no mention",
        ),
        (document("a", mentions=[HEAD, HEAD]).to_json(), "a mention id twice"),
        (f"{document('a').to_json()}\n{document('a').to_json()}", "id 'a' twice"),
        ("\n", "no gold documents"),
    ],
)
def test_what_cannot_be_scored_is_an_error_that_says_where(tmp_path, content, message):
    path = tmp_path / "given.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=message) as caught:
        read_documents(path, "gold")
    assert "given.jsonl" in str(caught.value)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(EvaluationError, match="nowhere: no such file or folder of gold"):
        read_documents(tmp_path / "nowhere", "gold")
