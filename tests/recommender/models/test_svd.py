import numpy as np
import pytest

from recommender.models.bias import BiasRecommender
from recommender.models.svd import SVDRecommender

PROFILE = {318: 5.0, 296: 4.5, 356: 2.0, 593: 4.0, 260: 3.5, 480: 1.0}


@pytest.fixture
def some(matrix):
    return matrix.take_users(np.arange(60))


def test_equals_a_dense_decomposition(some):
    """Against numpy's, written out as in the class's docstring."""
    bias = BiasRecommender().fit(some)
    stars = some.csr.toarray()
    rows = [
        dict(zip(some.movie_ids[i.nonzero()].tolist(), i[i > 0].tolist(), strict=True))
        for i in stars
    ]
    residuals = np.where(stars > 0, stars - np.array([bias.score(row) for row in rows]), 0)
    user_roots = np.sqrt((stars > 0).sum(axis=1, keepdims=True) + 100)
    film_roots = np.sqrt((stars > 0).sum(axis=0) + 100)
    v = np.linalg.svd(residuals / user_roots / film_roots, full_matrices=False)[2][:20].T
    expected = bias.score(PROFILE)
    columns = some.columns(PROFILE)
    visitor = np.zeros(some.n_movies)
    visitor[columns] = list(PROFILE.values()) - expected[columns]
    expected = expected + (visitor / film_roots) @ v @ v.T * film_roots
    assert SVDRecommender().fit(some).score(PROFILE) == pytest.approx(expected, abs=1e-3)


def test_all_directions_give_a_visitor_of_the_training_set_their_ratings_back(some):
    model = SVDRecommender(n_factors=60).fit(some)
    columns, stars = some.of_user(int(some.user_ids[3]))
    profile = dict(zip(some.movie_ids[columns].tolist(), stars.tolist(), strict=True))
    assert model.score(profile)[columns] == pytest.approx(stars, abs=1e-3)


def test_directions_in_which_nobody_differs_are_left_out(checkerboard):
    """A checkerboard has one: even against odd."""
    sizes = SVDRecommender(damping=1e9).fit(checkerboard).directions_.shape
    assert sizes[0] == 30
    assert sizes[1] <= 20
