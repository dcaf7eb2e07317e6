from __future__ import annotations

import pytest

from pobratim.errors import AnnotationError
from pobratim.exchange.gold.agreement import LabelAgreement, compare, nominal_alpha
from pobratim.schema import Document

TEXT = "Лахти и Псков дружат с мая"


def marked(*spans: tuple[str, int, int, str | None], text: str = TEXT) -> Document:
    mentions = [
        {"id": f"m{n}", "label": label, "start": start, "end": end, "text": text[start:end]}
        | ({"value": value} if label == "DATE" else {"entity": value})
        for n, (label, start, end, value) in enumerate(spans)
    ]
    data = {"id": "page", "source": {"uri": "page.txt"}, "text": text, "mentions": mentions}
    return Document.model_validate(data)


def row(first: Document, second: Document, label: str) -> LabelAgreement:
    found = compare([first], [second])
    return next(
        r for r in (*found.labels, found.overall) if r.label in (label, "all") and r.label == label
    )


LAHTI = ("CITY", 0, 5, "geonames:649360")
PSKOV = ("CITY", 8, 13, "geonames:504341")


def test_a_pass_agrees_with_itself() -> None:
    found = row(marked(LAHTI, PSKOV), marked(LAHTI, PSKOV), "CITY")
    assert found == ("CITY", 2, 2, 1.0, 1.0, 1.0, 1.0)


def test_strict_agreement_needs_the_same_span_and_overlap_a_shared_character() -> None:
    wide = ("CITY", 6, 13, "geonames:504341")
    found = row(marked(LAHTI, PSKOV), marked(LAHTI, wide), "CITY")
    assert found.strict == 0.5
    assert found.overlap == 1.0


def test_a_missed_mention_lowers_f1() -> None:
    found = row(marked(LAHTI, PSKOV), marked(LAHTI), "CITY")
    assert found.strict == pytest.approx(2 / 3)


def test_values_are_compared_where_spans_agree() -> None:
    other = ("CITY", 8, 13, "local:pskov")
    date, later = ("DATE", 23, 26, "2019-05"), ("DATE", 23, 26, "2020-05")
    assert row(marked(LAHTI, PSKOV), marked(LAHTI, other), "CITY").values == 0.5
    assert row(marked(date), marked(later), "DATE").values == 0.0


def test_a_label_that_neither_pass_used_has_no_figures() -> None:
    assert row(marked(LAHTI), marked(LAHTI), "EVENT") == ("EVENT", 0, 0, None, None, None, None)


def test_labels_of_different_kind_do_not_match() -> None:
    found = row(marked(LAHTI), marked(("ORGANIZATION", 0, 5, None)), "all")
    assert (found.strict, found.overlap) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("first", "second", "alpha"),
    [
        # Krippendorff (2011), section A: two observers, ten units, binary.
        ("0100000000", "1110010010", 0.095),
        # Krippendorff (2011), section B: two observers, twelve units, nominal.
        ("aabbdcccedda", "babbbccceddd", 0.692),
        ("abab", "abab", 1.0),
        ("ab", "ba", -0.5),
    ],
)
def test_alpha_is_that_of_the_literature(first: str, second: str, alpha: float) -> None:
    assert nominal_alpha(zip(first, second, strict=True)) == pytest.approx(alpha, abs=0.0005)


def test_alpha_is_undefined_if_there_is_one_value_only() -> None:
    assert nominal_alpha([("a", "a"), ("a", "a")]) is None


def test_passes_over_different_documents_cannot_be_compared() -> None:
    with pytest.raises(AnnotationError, match="Only one pass has page"):
        compare([marked(LAHTI)], [])


def test_passes_over_different_texts_cannot_be_compared() -> None:
    with pytest.raises(AnnotationError, match="differ in their text"):
        compare([marked(LAHTI)], [marked(LAHTI, text=TEXT + ".")])
