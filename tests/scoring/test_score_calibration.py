import numpy as np
import pytest

from pobratim.scoring.calibration import (
    THRESHOLDS,
    Judged,
    bin_sums,
    calibration_error,
    estimate_error,
    threshold_curve,
)


def judged(gold, **scores):
    values = [s for group in scores.values() for s in group]
    right = [name == "right" for name, group in scores.items() for _ in group]
    return Judged(np.array(values), np.array(right, dtype=bool), gold)


def test_a_threshold_trades_recall_for_precision():
    curve = threshold_curve([judged(4, right=[0.9, 0.8, 0.3], wrong=[0.4, 0.2])])
    at = {threshold: curve[THRESHOLDS.index(threshold)] for threshold in (0.0, 0.5, 0.9, 1.0)}
    assert at[0.0] == pytest.approx((3 / 5, 3 / 4, 2 / 3))
    assert at[0.5] == pytest.approx((1, 2 / 4, 2 / 3))
    assert at[0.9] == pytest.approx((1, 1 / 4, 0.4))
    assert at[1.0] == pytest.approx((np.nan, 0, 0), nan_ok=True)


def test_the_calibration_error_by_hand():
    # Bin 0.9 to 1: four mentions at 0.95, half right: off by 0.45. Bin 0.2 to 0.3: one at 0.25,
    # right: off by 0.75. Weighted by size: (4 * 0.45 + 0.75) / 5.
    sums = bin_sums([judged(9, right=[0.95, 0.95, 0.25], wrong=[0.95, 0.95])])
    assert calibration_error(sums.sum(axis=0)) == pytest.approx((4 * 0.45 + 0.75) / 5)


def test_a_score_of_one_is_in_the_last_bin():
    sums = bin_sums([judged(1, right=[1.0])])
    assert sums[0, 9].tolist() == [1, 1, 1]


def test_scores_that_are_shares_right_have_no_error():
    one = judged(9, right=[0.75] * 3, wrong=[0.75])
    assert calibration_error(bin_sums([one, one]).sum(axis=0)) == pytest.approx(0)


def test_the_error_has_an_interval_where_there_are_sections_enough():
    rows = [judged(3, right=[0.9] * n, wrong=[0.6]) for n in (1, 2, 3, 4, 5, 6)]
    found = estimate_error(bin_sums(rows), seed=1)
    assert found.low < found.value < found.high
    assert found == estimate_error(bin_sums(rows), seed=1)
    assert np.isnan(estimate_error(bin_sums(rows[:3]), seed=1).low)
