import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.user_cosine import UserCosineRecommender

# Centred on 2.5:        film 10  film 20  film 30
#   user 1                 2.5      1.5      2.0
#   user 2                 2.0       .      -1.5
#   user 3                -2.0      2.0       .
RATINGS = pd.DataFrame(
    [
        (1, 10, 5.0),
        (1, 20, 4.0),
        (1, 30, 4.5),
        (2, 10, 4.5),
        (2, 30, 1.0),
        (3, 10, 0.5),
        (3, 20, 4.5),
    ],
    columns=["user_id", "movie_id", "rating"],
)


@pytest.fixture
def tiny():
    return RatingMatrix.from_frame(RATINGS)


def test_hand_worked_scores(tiny):
    """A visitor with 2.0 (centred) for film 10 alone is, as a vector, (1, 0, 0)."""
    first, second = 2.5 / np.sqrt(2.5**2 + 1.5**2 + 2.0**2), 2.0 / np.sqrt(2.0**2 + 1.5**2)
    scores = UserCosineRecommender().fit(tiny).score({10: 4.5})
    # User 3 disagrees (cosine below zero) and does not count.
    assert scores == pytest.approx(
        [2.5 * first + 2.0 * second, 1.5 * first, 2.0 * first - 1.5 * second]
    )


def test_only_the_nearest_neighbours_count(tiny):
    second = 2.0 / 2.5
    scores = UserCosineRecommender(n_neighbours=1).fit(tiny).score({10: 4.5})
    assert scores == pytest.approx([2.0 * second, 0, -1.5 * second])


def test_hand_worked_contributions(tiny):
    """With films 10 and 20 at 2.0 each, the visitor is (1, 1, 0) / √2, like users 1 and 2."""
    first = 1 / (np.sqrt(2) * np.sqrt(2.5**2 + 1.5**2 + 2.0**2))
    second = 1 / (np.sqrt(2) * 2.5)
    reasons = UserCosineRecommender().fit(tiny).explain({10: 4.5, 20: 4.5}, 30)
    # Film 10 brings users 1 (2.5) and 2 (2.0), film 20 only user 1 (1.5); they gave 2.0 and -1.5.
    assert reasons == [
        (20, pytest.approx(1.5 * first * 2.0)),
        (10, pytest.approx(2.5 * first * 2.0 - 2.0 * second * 1.5)),
    ]


def test_a_shared_dislike_makes_users_alike(tiny):
    scores = UserCosineRecommender().fit(tiny).score({30: 1.0})
    assert scores[0] > 0  # user 2 dislikes film 30 as well and likes film 10


def test_indifferent_ratings_say_nothing(tiny):
    assert UserCosineRecommender().fit(tiny).score({10: 2.5}).tolist() == [0, 0, 0]
