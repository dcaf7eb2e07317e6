import pytest
from scoring_builders import document, mention, relation

from pobratim.errors import EvaluationError
from pobratim.schema import City, Pipeline
from pobratim.scoring.alignment import align
from pobratim.scoring.evaluation import HEADLINES, evaluate
from pobratim.scoring.markdown import to_markdown
from pobratim.scoring.metrics import Key
from pobratim.scoring.report.write import summary_json
from pobratim.scoring.summary import Summary, read_summary

STRICT = Key("mentions", "strict", "micro")


def golds(sections=6):
    return [
        document(
            f"{'ru' if number % 2 else 'en'}-page#{number}",
            language="ru" if number % 2 else "en",
            mentions=[
                mention("CITY", 0, 9, id="c", entity="geonames:1"),
                mention("DATE", 20, 24, id="d", value="1993"),
                mention("COUNT", 30, 39, id="n", value=57, counted="ребёнок"),
            ],
            cities=[City(id="geonames:1", country="RU", mentions=["c"])],
        )
        for number in range(sections)
    ]


def weaker(documents, score=0.9):
    """A system that sees the city only, with its end wrong in every other section."""
    return [
        one.model_copy(
            update={
                "mentions": [
                    mention("CITY", 0, 8 + number % 2, id="c", entity="geonames:1", score=score)
                ],
                "cities": [],
                "pipeline": Pipeline(version="1"),
            }
        )
        for number, one in enumerate(documents)
    ]


def scored(system=None, **options):
    return evaluate(
        align(golds(), system or weaker(golds())), gold_name="g", system_name="s", **options
    )


def test_gold_against_itself_is_right_throughout():
    result = scored(golds())
    assert {score.f1.value for score in result.summary.scores} == {1.0}
    assert {score.f1.low for score in result.summary.scores} == {1.0}
    assert result.mistakes == []


def test_every_mistake_is_listed_once_by_kind():
    result = scored()
    expected = {"missed": 12, "boundary": 3, "record": 6}
    assert {k: n for k, n in result.summary.mistakes.items() if n} == expected
    assert len(result.mistakes) == sum(expected.values())


def test_a_wrong_value_is_a_mistake_of_its_own():
    system = golds()
    system[0].mentions[1].value = "1995"
    system[0].mentions[2].counted = "врач"
    found = scored(system).mistakes
    assert [(one.kind, one.label) for one in found] == [("value", "DATE"), ("value", "COUNT")]
    assert (found[0].gold.value, found[0].system.value) == ("1993", "1995")


def test_a_wrong_city_is_a_wrong_value():
    system = golds()
    system[0].mentions[0].entity = "geonames:2"
    (found,) = scored(system).mistakes
    assert (found.kind, found.label, found.system.value) == ("value", "CITY", "geonames:2")


def test_a_missed_relation_is_shown_with_both_arguments():
    marks = [mention("AGREEMENT", 0, 9, id="a"), mention("CITY", 20, 29, id="c")]
    gold = [
        document(mentions=marks, relations=[relation("PARTY", *marks)]),
    ]
    result = evaluate(align(gold, [document(mentions=marks)]), gold_name="g", system_name="s")
    (found,) = result.mistakes
    assert (found.kind, found.label, found.system) == ("relation", "PARTY", None)
    assert [(one.slot, one.gold) for one in found.slots] == [
        ("head, AGREEMENT", marks[0].text),
        ("tail, CITY", marks[1].text),
    ]


def test_scores_are_split_by_language_and_document():
    summary = scored().summary
    assert [(group.name, group.sections) for group in summary.languages] == [("en", 3), ("ru", 3)]
    assert [group.name for group in summary.by_document] == ["en-page", "ru-page"]
    strict = {g.name: s.f1.value for g in summary.languages for s in g.scores if s.key == STRICT}
    assert strict == {"en": 0.0, "ru": 0.5}


def test_confusion_counts_every_mention_of_both_sides():
    system = golds()
    for one in system:
        one.mentions[0] = mention("REGION", 0, 9, id="c")
        one.mentions.append(mention("EVENT", 50, 60))
        del one.mentions[1]
    confusion = scored(system).summary.confusion
    cells = {
        (gold, found): count
        for gold, row in zip(confusion.labels, confusion.counts, strict=True)
        for found, count in zip(confusion.labels, row, strict=True)
        if count
    }
    assert cells == {
        ("CITY", "REGION"): 6,
        ("COUNT", "COUNT"): 6,
        ("DATE", "none"): 6,
        ("none", "EVENT"): 6,
    }


def test_a_better_system_is_said_to_be_better():
    sections = align(golds(), golds())
    result = evaluate(
        sections,
        gold_name="g",
        system_name="s",
        other=("weak", align(golds(), weaker(golds()))),
    )
    verdicts = {one.key: one.verdict for one in result.summary.comparison.differences}
    assert verdicts[STRICT] == "better"
    back = scored(other=("gold", sections)).summary.comparison
    assert {one.key: one.verdict for one in back.differences}[STRICT] == "worse"


def test_a_baseline_of_the_same_gold_is_compared_in_pairs(tmp_path):
    path = tmp_path / "dev.json"
    path.write_text(summary_json(scored().summary), encoding="utf-8")
    found = scored(golds(), baseline=("dev.json", read_summary(path))).summary.baseline
    verdicts = {one.key: one.verdict for one in found.differences}
    assert found.paired
    assert verdicts[STRICT] == "better"
    assert set(verdicts) <= set(HEADLINES)


def test_a_baseline_of_changed_gold_is_not_compared():
    saved = scored().summary
    saved.section_counts[0].gold = "0" * 64
    found = scored(golds(), baseline=("dev.json", saved)).summary.baseline
    assert not found.paired
    assert found.differences == []


def test_a_saved_summary_reads_back_as_it_was(tmp_path):
    summary = scored(other=("o", align(golds(), golds()))).summary
    assert Summary.model_validate_json(summary_json(summary)) == summary


@pytest.mark.parametrize("content", ["{}", "[", '{"summary_version": "9"}'])
def test_what_is_no_summary_is_no_baseline(tmp_path, content):
    path = tmp_path / "dev.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"dev\.json: not a summary"):
        read_summary(path)


def test_a_system_without_scores_has_no_curve():
    assert scored(weaker(golds(), score=None)).summary.curve == []
    assert scored(weaker(golds(), score=None)).summary.calibration is None
    assert scored().summary.calibration is not None


def test_the_order_of_documents_changes_nothing():
    one = evaluate(align(golds(), weaker(golds())), gold_name="g", system_name="s")
    other = evaluate(align(golds()[::-1], weaker(golds())[::-1]), gold_name="g", system_name="s")
    assert one == other


def test_markdown_keeps_its_tables_whole():
    summary = scored().summary
    summary.system = "a|b\n<b>"
    text = to_markdown(summary)
    assert r"a\|b &lt;b>" in text
    rows = [line for line in text.splitlines() if line.startswith("| mentions | strict | CITY")]
    assert rows[0].count("|") == 9
