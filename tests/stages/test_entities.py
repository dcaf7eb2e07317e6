import pytest
from hypothesis import given
from hypothesis import strategies as st

from pobratim.schema import LABELS
from pobratim.stages.entities import compatible, settled
from pobratim.stages.workspace import Candidate


def candidate(label, start, end, score=0.9):
    return Candidate(label, start, end, score, "test")


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (candidate("ORGANIZATION", 0, 3), candidate("CITY", 2, 3), True),
        (candidate("EVENT", 0, 5), candidate("COUNTRY", 4, 5), True),
        (candidate("REGION", 0, 3), candidate("COUNTRY", 2, 3), True),
        (candidate("EVENT", 0, 5), candidate("DATE", 4, 5), False),
        (candidate("ORGANIZATION", 0, 5), candidate("ORGANIZATION", 3, 5), False),
        (candidate("PERSON", 0, 3), candidate("CITY", 1, 2), False),
        (candidate("CITY", 0, 1), candidate("PERSON", 0, 1), False),
        (candidate("ORGANIZATION", 0, 3), candidate("CITY", 2, 4), False),
        (candidate("CITY", 0, 1), candidate("CITY", 1, 2), True),
    ],
)
def test_which_spans_may_stand_together(one, other, both):
    assert compatible(one, other) is both
    assert compatible(other, one) is both


def test_the_longer_span_wins_unless_its_maker_was_unsure():
    long, short = candidate("EVENT", 0, 4, 0.6), candidate("ROLE", 1, 2, 0.95)
    assert settled([short, long]) == [long]
    unsure = candidate("EVENT", 0, 4, 0.3)
    assert settled([short, unsure]) == [short]


CANDIDATES = st.lists(
    st.builds(
        lambda label, start, size, score: candidate(label, start, start + size, score),
        st.sampled_from(LABELS), st.integers(0, 20), st.integers(1, 6),
        st.floats(0, 1, allow_nan=False),
    ),
    max_size=25,
)  # fmt: skip


@given(CANDIDATES, st.randoms())
def test_what_stands_is_compatible_and_does_not_depend_on_order(candidates, random):
    kept = settled(candidates)
    assert all(compatible(a, b) for i, a in enumerate(kept) for b in kept[:i])
    shuffled = candidates[:]
    random.shuffle(shuffled)
    key = [(c.label, c.start, c.end, c.score) for c in kept]
    assert [(c.label, c.start, c.end, c.score) for c in settled(shuffled)] == key
