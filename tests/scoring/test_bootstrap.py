import numpy as np
import pytest

from pobratim.scoring import intervals
from pobratim.scoring.intervals import differences, draws, resampled, score_intervals, verdict
from pobratim.scoring.metrics import MACRO, Key, Table, Tally, rates

KEY = Key("mentions", "strict", "CITY")
OTHER = Key("mentions", "strict", "DATE")


def table(*tallies, other=()):
    rows = [{KEY: tally} for tally in tallies]
    for row, tally in zip(rows, other, strict=False):
        row[OTHER] = tally
    return Table.build(rows, [KEY, OTHER], [Key("mentions", "strict", MACRO)])


def noisy(seed, sections=40, quality=0.8):
    random = np.random.default_rng(seed)
    return [
        Tally.of(int(random.binomial(10, quality)), 10, int(random.integers(10, 12)))
        for _ in range(sections)
    ]


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        (Tally.of(3, 4, 6), (0.75, 0.5, 0.6)),
        (Tally.of(0, 0, 6), (np.nan, 0, 0)),
        (Tally.of(0, 4, 0), (0, np.nan, 0)),
        (Tally.of(0, 0, 0), (np.nan, np.nan, np.nan)),
        (Tally.share(3, 4), (0.75, 0.75, 0.75)),
        (Tally(1, 2, 3, 4), (0.5, 0.75, 0.6)),
    ],
)
def test_rates_of_counts(tally, expected):
    assert rates(np.array(tally, dtype=float)) == pytest.approx(expected, nan_ok=True)


def test_micro_sums_sections_and_macro_averages_labels():
    scores = table(Tally.of(8, 8, 8), Tally.of(0, 8, 8), other=[Tally.of(1, 1, 1)])
    summed = scores.scores(scores.counts.sum(axis=0))
    assert summed[:, 2] == pytest.approx([0.5, 1.0, 0.75])


def test_macro_leaves_out_a_label_that_neither_side_has():
    scores = table(Tally.of(8, 8, 8))
    assert scores.scores(scores.counts.sum(axis=0))[2, 2] == 1.0


def test_one_seed_gives_one_interval_and_another_seed_another():
    first, again = (
        score_intervals(table(*noisy(1)), seed=5),
        score_intervals(table(*noisy(1)), seed=5),
    )
    assert np.array_equal(first.low, again.low, equal_nan=True)
    assert np.array_equal(first.high, again.high, equal_nan=True)
    assert not np.array_equal(
        first.low, score_intervals(table(*noisy(1)), seed=6).low, equal_nan=True
    )


def test_blocks_of_draws_change_nothing_but_memory(monkeypatch):
    whole = np.concatenate(list(draws(10, seed=3, resamples=50)))
    monkeypatch.setattr(intervals, "_CHUNK_CELLS", 70)
    blocks = list(draws(10, seed=3, resamples=50))
    assert len(blocks) > 1
    assert np.array_equal(np.concatenate(blocks), whole)
    assert (whole.sum(axis=1) == 10).all()


def test_the_matrix_product_is_the_bootstrap_done_by_hand():
    tallies = noisy(2, sections=6)
    fast = resampled(table(*tallies), seed=9, resamples=20)[:, 0, 2]
    for drawn, found in zip(np.concatenate(list(draws(6, 9, 20))), fast, strict=True):
        picked = [t for t, times in zip(tallies, drawn, strict=True) for _ in range(int(times))]
        right, system, gold = (sum(t[i] for t in picked) for i in (0, 1, 3))
        assert found == pytest.approx(2 * right / (system + gold))


def test_an_interval_covers_the_truth_about_as_often_as_it_says():
    truth = 0.7
    hits = 0
    for seed in range(100):
        random = np.random.default_rng(seed)
        rows = [Tally.of(int(random.binomial(20, truth)), 20, 20) for _ in range(50)]
        found = score_intervals(table(*rows), seed=seed, resamples=400)
        hits += found.low[0, 2] <= truth <= found.high[0, 2]
    assert 88 <= hits <= 99


def test_few_sections_have_no_interval():
    found = score_intervals(table(*noisy(1, sections=4)), seed=0)
    assert np.isnan(found.low).all()
    assert not np.isnan(found.value[0]).any()


def test_a_paired_difference_is_shown_where_separate_intervals_overlap():
    random = np.random.default_rng(4)
    hard = random.integers(0, 10, size=40)
    ours = table(*(Tally.of(10 - h, 10, 10) for h in hard))
    theirs = table(*(Tally.of(max(0, 9 - h), 10, 10) for h in hard))
    separate = score_intervals(ours, 0), score_intervals(theirs, 0)
    assert separate[1].high[0, 2] > separate[0].low[0, 2]
    found = differences(ours, theirs, seed=0)
    assert found.low[0, 2] > 0


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.01, 0.05, "better"),
        (-0.05, -0.01, "worse"),
        (-0.01, 0.05, "no difference shown"),
        (0.0, 0.0, "no difference shown"),
        (float("nan"), float("nan"), "no difference shown"),
    ],
)
def test_a_verdict_needs_an_interval_clear_of_zero(low, high, expected):
    assert verdict(low, high) == expected


def test_equal_systems_show_no_difference():
    found = differences(table(*noisy(1)), table(*noisy(1)), seed=0)
    assert verdict(found.low[0, 2], found.high[0, 2]) == "no difference shown"
