import numpy as np
import pytest

from recommender.models.bias import BiasRecommender
from recommender.models.star_intervals import StarIntervals
from recommender.serving.star_estimates import StarEstimate, StarEstimates


@pytest.fixture
def estimates(checkerboard) -> StarEstimates:
    """A star to each side after one answer, half a star after two."""
    sides = np.array([[1.0], [0.5]])
    ends = StarIntervals(np.array([1, 2]), np.array([[3.0], [3.0]]), -sides, sides)
    return StarEstimates(BiasRecommender().fit(checkerboard), ends)


def test_films_get_the_stars_to_expect_and_what_lies_around_them(estimates):
    expected = estimates.predictor.expected_stars({0: 4.0}, [2])[0]
    assert estimates.of({0: 4.0}, [2]) == [
        StarEstimate(*(pytest.approx(expected + side) for side in (0, -1, 1)))
    ]


def test_of_a_film_that_nobody_rated_nothing_is_said_and_it_is_no_answer(estimates):
    unknown, known = estimates.of({0: 4.0, 10**6: 5.0}, [10**6 + 1, 2])
    assert unknown is None
    assert known is not None and known.high - known.low == pytest.approx(2)  # as of one answer
