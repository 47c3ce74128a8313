import numpy as np
import pytest

from recommender.models.weighted_score import weighted_score


def test_hand_worked():
    """Ten films reach 50 ratings: eight with 60 of mean 3, two with 260 of mean 4.

    C = (480·3 + 520·4) / 1000 = 3.52; m, the 75th percentile, is at place 6.75 of 0 to 9, so 60.
    """
    counts = np.array([60] * 8 + [260, 260, 10, 1])
    means = np.array([3.0] * 8 + [4.0, 4.0, 5.0, 0.5])
    expected = [(60 * 3 + 60 * 3.52) / 120] * 8
    expected += [(260 * 4 + 60 * 3.52) / 320] * 2
    expected += [(10 * 5 + 60 * 3.52) / 70, (0.5 + 60 * 3.52) / 61]
    assert weighted_score(counts, means) == pytest.approx(expected)


def test_percentiles_interpolate():
    """m of 50, 51, …, 59 is 56.75."""
    counts, means = np.arange(50, 60), np.full(10, 3.0)
    means[0] = 4.0
    mean = (counts * means).sum() / counts.sum()
    assert weighted_score(counts, means)[0] == pytest.approx((50 * 4 + 56.75 * mean) / 106.75)


def test_where_fewer_than_ten_films_reach_50_all_films_count():
    counts, means = np.array([100, 2, 1]), np.array([4.0, 3.0, 1.0])
    mean, weight = (400 + 6 + 1) / 103, 51.0
    assert weighted_score(counts, means) == pytest.approx(
        (counts * means + weight * mean) / (counts + weight)
    )
