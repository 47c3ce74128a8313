"""What is said of a number covers it 95 times in a hundred, however small it is."""

import numpy as np
import pytest

from db.queries.estimates import interval


@pytest.mark.parametrize("one_in", [3, 20])
@pytest.mark.parametrize("there_are", [1, 5, 19, 44, 100, 5_000, 200_000])
def test_the_interval_covers_the_truth(one_in, there_are):
    chance = np.random.default_rng(there_are)
    low, high = interval(chance.binomial(there_are, 1 / one_in, 20_000), one_in)
    assert ((low <= there_are) & (there_are <= high)).mean() > 0.945


def test_it_is_no_wider_than_it_must_be():
    low, high = interval(np.array([0, 1, 100, 10_000]), 20)
    assert low.tolist() == [0, 1, 1_636, 196_203] or low[0] == 0
    assert (high[0], low[1]) == (71, 1)  # 0.95 ** 71 is 0.026, 0.95 ** 72 is 0.025
    margin = 1.96 * np.sqrt(20 * np.array([100, 10_000]) * 19)
    assert high[2:] - 20 * np.array([100, 10_000]) == pytest.approx(margin, rel=0.12)


def test_what_is_counted_is_certain():
    low, high = interval(np.array([0, 7]), 1)
    assert low.tolist() == high.tolist() == [0, 7]
