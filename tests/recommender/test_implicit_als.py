import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from recommender.models.implicit_als import ImplicitALSRecommender
from recommender.ratings import RatingMatrix


@pytest.fixture
def two_films():
    """Factors (1, 0) and (1, 1); regularisation 1, so gram is [[2, 1], [1, 1]] + I."""
    ratings = pd.DataFrame({"user_id": [1, 2], "movie_id": [10, 20], "rating": [4.0, 4.0]})
    model = ImplicitALSRecommender(alpha=2.0, neutral=3.0)
    model.matrix_ = RatingMatrix.from_frame(ratings)
    model.factors_ = np.array([[1.0, 0.0], [1.0, 1.0]])
    model.gram_ = np.array([[3.0, 1.0], [1.0, 2.0]])
    return model


def test_hand_worked_like(two_films):
    """4 stars of film 10 weigh 1 + 2 · 1 = 3: [[3 + 2, 1], [1, 2]] x = (3, 0), x = (6, −3) / 9."""
    assert two_films.score({10: 4.0}) == pytest.approx([6 / 9, 3 / 9])


def test_hand_worked_dislike_of_a_second_film(two_films):
    """2 stars of film 20 weigh 3 for a preference of 0, adding 2 to every cell of the matrix.

    [[7, 3], [3, 4]] x = (3, 0): x = (12, −9) / 19.
    """
    assert two_films.score({10: 4.0, 20: 2.0}) == pytest.approx([12 / 19, 3 / 19])
    assert two_films.explain({10: 4.0, 20: 2.0}, 20) == [(10, pytest.approx(3 / 19)), (20, 0)]


def test_folding_in_is_what_implicit_does_with_a_new_row(matrix):
    als = pytest.importorskip("implicit.cpu.als")
    model = ImplicitALSRecommender(n_factors=8, max_iter=2).fit(matrix)
    peer = als.AlternatingLeastSquares(factors=8, regularization=model.regularisation)
    peer.item_factors = model.factors_.astype(np.float32)
    peer.user_factors = np.zeros((1, 8), np.float32)
    columns, stars = matrix.of_user(matrix.user_ids[5])
    confidences = model._confidence(stars).astype(np.float32)
    row = csr_matrix((confidences, columns, [0, len(columns)]), shape=(1, matrix.n_movies))
    expected = peer.recalculate_user(0, row) @ peer.item_factors.T
    profile = dict(zip(matrix.movie_ids[columns].tolist(), stars.tolist(), strict=True))
    assert model.score(profile) == pytest.approx(expected, abs=1e-4)
