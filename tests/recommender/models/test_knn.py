import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.bias import BiasRecommender
from recommender.models.knn import KNNRecommender

# Three films, the first two rated alike by users 1 to 4, the third the other way round.
STARS = [[5, 5, 1], [4, 5, 2], [1, 2, 5], [2, 1, 0]]


@pytest.fixture
def tiny():
    rows = [
        (u, i, float(stars)) for u, row in enumerate(STARS) for i, stars in enumerate(row) if stars
    ]
    return RatingMatrix.from_frame(pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"]))


@pytest.fixture
def residuals(tiny):
    """Ratings less the bias estimate, users × films; NaN for unrated."""
    bias = BiasRecommender().fit(tiny)
    expected = np.array([bias.score(dict(enumerate(map(float, row)))) for row in STARS[:3]])
    last = bias.score({0: 2.0, 1: 1.0})
    return np.where(np.array(STARS) > 0, np.array(STARS) - np.vstack([expected, last]), np.nan)


def test_hand_worked_similarity(tiny, residuals):
    """The correlation of the residuals over the four users who rated both, times 3 / (3 + 100)."""
    model = KNNRecommender().fit(tiny)
    a, b = residuals[:, 0], residuals[:, 1]
    correlation = (a * b).sum() / np.sqrt((a**2).sum() * (b**2).sum())
    kept = dict(zip(model.neighbours_[0].tolist(), model.similarities_[0].tolist(), strict=True))
    assert kept[1] == pytest.approx(correlation * 3 / 103, rel=1e-5)
    assert kept[2] == 0  # rated the other way round


def test_hand_worked_score(tiny):
    """One rated neighbour: the residual, a little less for the damping."""
    model, bias = KNNRecommender(damping=0.1).fit(tiny), BiasRecommender().fit(tiny)
    profile = {0: 5.0}
    estimate = bias.score(profile)
    similarity = model.similarities_[0][model.neighbours_[0] == 1][0]
    added = similarity * (5.0 - estimate[0]) / (similarity + 0.1)
    assert model.score(profile) == pytest.approx(estimate + np.array([0, added, 0]))


def test_reasons_add_up_to_what_taste_adds(matrix):
    profile = {318: 5.0, 296: 4.5, 356: 2.0, 593: 4.0, 260: 3.5, 480: 1.0}
    some = matrix.take_users(np.arange(200))
    model, bias = KNNRecommender().fit(some), BiasRecommender().fit(some)
    added = model.score(profile) - bias.score(profile)
    for movie_id in (1, 527, 589, 2571):
        reasons = model.explain(profile, movie_id)
        column = some.columns([movie_id])[0]
        assert sum(weight for _, weight in reasons) == pytest.approx(added[column], abs=1e-6)
