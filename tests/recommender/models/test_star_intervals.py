import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.bias import BiasRecommender
from recommender.models.star_intervals import StarIntervals, _ends


@pytest.fixture
def by_hand() -> StarIntervals:
    """After 1 answer ±1 star; after 4 half a star less, and at 4 predicted stars only 0.2 more."""
    return StarIntervals(
        answers=np.array([1, 4]),
        levels=np.array([[2.0, 4.0], [2.0, 4.0]]),
        low=np.array([[-1.0, -1.0], [-0.5, -0.5]]),
        high=np.array([[1.0, 1.0], [0.5, 0.2]]),
    )


def test_intervals_are_interpolated_between_levels_and_numbers_of_answers(by_hand):
    """2 answers lie half way between 1 and 4, as log 2 is half of log 4."""
    low, high = by_hand.around(np.array([2.0, 3.0, 4.0]), 2)
    assert low == pytest.approx([1.25, 2.25, 3.25])
    assert high == pytest.approx([2.75, 3.675, 4.6])


@pytest.mark.parametrize("answers", [4, 5, 1000])
def test_more_answers_than_were_learned_from_are_as_many_as_were(by_hand, answers):
    low, high = by_hand.around(np.array([1.0, 4.9]), answers)
    assert low == pytest.approx([0.5, 4.4])
    assert high == pytest.approx([1.5, 5.0])  # the scale ends there


def test_ends_hold_four_in_five_of_further_errors():
    """Of 19 errors the second and the last but one: (19 + 1) · 0.9 = 18."""
    assert _ends(np.arange(19.0) - 9) == (-8, 8)


def test_of_visitors_that_the_model_has_not_seen_four_in_five_stars_are_covered(matrix):
    intervals = StarIntervals.learn(BiasRecommender, matrix.take_users(np.arange(0, 600)))
    assert intervals is not None
    others = matrix.take_users(np.arange(600, 671))
    model = BiasRecommender().fit(matrix.take_users(np.arange(0, 600)))
    held, widths = {}, {}
    for n in (1, 15):
        inside, width = zip(
            *(_covered(model, intervals, others, row, n) for row in range(71)), strict=True
        )
        held[n], widths[n] = np.concatenate(inside).mean(), np.concatenate(width).mean()
    assert 0.74 < held[1] < 0.88 and 0.74 < held[15] < 0.88
    assert widths[15] < widths[1] < 3.5


def _covered(model, intervals, matrix, row, n):
    columns, stars = matrix.of_user(matrix.user_ids[row])
    films = matrix.movie_ids[columns]
    known = model.matrix_.columns(films.tolist()) >= 0
    films, stars = films[known], stars[known]
    order = np.random.default_rng(row).permutation(len(films))
    given, asked = order[:n], order[n:]
    profile = dict(zip(films[given].tolist(), stars[given].tolist(), strict=True))
    low, high = intervals.around(model.expected_stars(profile, films[asked].tolist()), n)
    return (low <= stars[asked]) & (stars[asked] <= high), high - low


def test_of_too_few_ratings_there_are_none():
    ratings = pd.DataFrame({"user_id": [1, 2, 3], "movie_id": [1, 1, 1], "rating": [3.0, 4, 5]})
    assert StarIntervals.learn(BiasRecommender, RatingMatrix.from_frame(ratings)) is None


def test_chance_comes_from_the_seed_alone(checkerboard):
    first, again = (StarIntervals.learn(BiasRecommender, checkerboard) for _ in range(2))
    assert first is not None and again is not None
    assert all(np.array_equal(getattr(first, name), each) for name, each in vars(again).items())
