"""On flat annotation the scores are those of nervaluate, seqeval and spaCy."""

import nervaluate
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import mention
from seqeval.metrics.v1 import precision_recall_fscore_support
from seqeval.scheme import IOB2
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from pobratim.scoring.matching import SCHEMES, compare
from pobratim.scoring.mentions import scheme_outcomes, scheme_pairs, score_mentions
from pobratim.scoring.metrics import Key, Table

LABELS = ("CITY", "PERSON", "DATE")
NAMES = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}
CELL = 8
VOCAB = spacy.blank("xx").vocab


@st.composite
def flat_pairs(draw):
    """Gold and system without nesting; a mention overlaps at most one of the other side."""
    gold, system = [], []
    for cell in range(draw(st.integers(1, 7))):
        for side in (gold, system):
            if draw(st.booleans()):
                start = draw(st.integers(0, CELL - 2))
                end = draw(st.integers(start + 1, CELL - 1))
                label = draw(st.sampled_from(LABELS))
                side.append((label, cell * CELL + start, cell * CELL + end))
    return gold, system


def made(spans):
    return [mention(*span) for span in spans]


@given(flat_pairs())
@settings(max_examples=150, deadline=None)
def test_outcomes_and_rates_are_those_of_nervaluate(pair):
    gold, system = made(pair[0]), made(pair[1])
    pairs = scheme_pairs(compare(gold, system))
    ours = scheme_outcomes(gold, system, pairs)
    theirs = _nervaluate(*pair)
    for scheme in SCHEMES:
        result = theirs["overall"][NAMES[scheme]]
        assert ours[scheme]._asdict() == {
            name: getattr(result, name) for name in ours[scheme]._fields
        }
        table = _table(gold, system)
        assert _rates(table, scheme, "micro") == pytest.approx(
            (result.precision, result.recall, result.f1)
        )


@given(flat_pairs())
@settings(max_examples=100, deadline=None)
def test_the_rates_of_a_label_are_those_of_nervaluate(pair):
    table = _table(made(pair[0]), made(pair[1]))
    for label, results in _nervaluate(*pair)["entities"].items():
        for scheme in SCHEMES:
            result = results[NAMES[scheme]]
            assert _rates(table, scheme, label) == pytest.approx(
                (result.precision, result.recall, result.f1)
            )


@given(flat_pairs())
@settings(max_examples=100, deadline=None)
def test_strict_rates_are_those_of_seqeval(pair):
    gold, system = pair
    if not gold or not system:
        return
    length = CELL * 8
    theirs = precision_recall_fscore_support(
        [_tags(gold, length)], [_tags(system, length)],
        average="micro", scheme=IOB2, zero_division=0,
    )  # fmt: skip
    assert _rates(_table(made(gold), made(system)), "strict", "micro") == pytest.approx(theirs[:3])


@given(flat_pairs())
@settings(max_examples=50, deadline=None)
def test_strict_rates_are_those_of_spacy(pair):
    gold, system = pair
    if not gold or not system:
        return
    example = Example(_doc(system), _doc(gold))
    theirs = Scorer.score_spans([example], "ents")
    assert _rates(_table(made(gold), made(system)), "strict", "micro") == pytest.approx(
        (theirs["ents_p"], theirs["ents_r"], theirs["ents_f"])
    )


def _nervaluate(gold, system):
    def entities(spans):
        return [{"label": label, "start": start, "end": end - 1} for label, start, end in spans]

    evaluator = nervaluate.Evaluator(
        [entities(gold)], [entities(system)], tags=list(LABELS), loader="dict"
    )
    return evaluator.evaluate()


def _table(gold, system):
    overlaps = compare(gold, system)
    tallies = score_mentions(gold, system, overlaps, scheme_pairs(overlaps))
    return Table.build([tallies], list(tallies), ())


def _rates(table, scheme, label):
    scores = table.scores(table.counts.sum(axis=0))
    row = table.all_keys.index(Key("mentions", scheme, label))
    return tuple(0.0 if score != score else float(score) for score in scores[row])


def _tags(spans, length):
    tags = ["O"] * length
    for label, start, end in spans:
        tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return tags


def _doc(spans):
    doc = Doc(VOCAB, words=["w"] * (CELL * 8))
    doc.ents = [spacy.tokens.Span(doc, start, end, label=label) for label, start, end in spans]
    return doc
