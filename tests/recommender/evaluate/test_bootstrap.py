import numpy as np
import pytest

from recommender.evaluate.bootstrap import interval


def test_interval_holds_the_mean_and_narrows_with_more_values():
    values = np.tile([0.0, 1.0], 50)
    low, high = interval(values)
    # The mean's standard error is 0.05, so 95 % lie within about 0.5 ± 0.098.
    assert (low, high) == (pytest.approx(0.402, abs=0.02), pytest.approx(0.598, abs=0.02))
    assert interval(values) == (low, high)


def test_interval_of_equal_values_is_a_point():
    assert interval([0.3, 0.3]) == pytest.approx((0.3, 0.3))


def test_interval_of_a_statistic_redraws_whole_rows():
    """Every user errs by 2 a rating, however many ratings they have: no doubt about the ratio."""
    rows = np.array([[2, 1], [10, 5], [200, 100]])
    ratio = interval(rows, lambda drawn: drawn[:, 0].sum() / drawn[:, 1].sum())
    assert ratio == pytest.approx((2, 2))


def test_agrees_with_the_normal_interval_of_a_difference():
    """Pairs that differ by 0.1 each time but for little noise: the noise alone is in doubt."""
    rng = np.random.default_rng(0)
    users = rng.random(400)
    pairs = np.column_stack([users + 0.1 + rng.normal(0, 0.02, 400), users])
    low, high = interval(pairs, lambda rows: rows[:, 0].mean() - rows[:, 1].mean())
    difference = pairs[:, 0] - pairs[:, 1]
    half = 1.96 * difference.std() / 20
    assert (low, high) == pytest.approx(
        (difference.mean() - half, difference.mean() + half), abs=half / 5
    )
