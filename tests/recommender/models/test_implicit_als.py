import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.implicit_als import ImplicitALSRecommender


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


def test_who_likes_nothing_likes_nothing_better(two_films):
    assert two_films.score({10: 2.0, 20: 3.5}).tolist() == [0, 0]


def test_a_film_not_liked_says_nothing(two_films):
    assert two_films.score({10: 4.0, 20: 2.0}) == pytest.approx(two_films.score({10: 4.0}))
    assert two_films.explain({10: 4.0, 20: 2.0}, 20) == [(10, pytest.approx(3 / 9)), (20, 0)]


def test_a_step_solves_the_weighted_least_squares_of_each_row():
    """By the whole rows: weights 1 + extra, preferences 1 where there is extra weight."""
    rng = np.random.default_rng(0)
    extra = rng.integers(0, 3, size=(6, 9)) * (rng.random((6, 9)) < 0.5)
    extra[2] = 0
    others = rng.normal(size=(9, 4)).astype(np.float32)
    model = ImplicitALSRecommender(n_factors=4, regularisation=0.5)
    solved = model._solve(sparse.csr_array(extra.astype(np.float32)), others)
    for row, weights in enumerate(1 + extra):
        left = (others.T * weights) @ others + 0.5 * np.eye(4)
        right = others.T @ (weights * (weights > 1))
        assert solved[row] == pytest.approx(np.linalg.solve(left, right), abs=1e-5)


def test_folding_in_is_the_step_for_users(matrix):
    model = ImplicitALSRecommender(n_factors=8, max_iter=2).fit(matrix)
    columns, stars = matrix.of_user(matrix.user_ids[5])
    row = sparse.csr_array(
        (model._extra(stars).astype(np.float32), columns, [0, len(columns)]),
        shape=(1, matrix.n_movies),
    )
    row.eliminate_zeros()
    expected = model.factors_ @ model._solve(row, model.factors_)[0]
    profile = dict(zip(matrix.movie_ids[columns].tolist(), stars.tolist(), strict=True))
    assert model.score(profile) == pytest.approx(expected, abs=1e-4)
