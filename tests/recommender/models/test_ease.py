import tracemalloc

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.ease import EASERecommender

# Counted from 3 stars:  film 10  film 20  film 30
#   user 1                  2        1        .
#   user 2                  1       -1        .
#   user 3                  .        2        1
RATINGS = pd.DataFrame(
    [(1, 10, 5.0), (1, 20, 4.0), (2, 10, 4.0), (2, 20, 2.0), (3, 20, 5.0), (3, 30, 4.0)],
    columns=["user_id", "movie_id", "rating"],
)


@pytest.fixture
def tiny():
    return RatingMatrix.from_frame(RATINGS)


def test_hand_worked_weights_of_two_films(tiny):
    """XᵀX + 1 of films 10 and 20 is [[6, 1], [1, 7]]; its inverse is [[7, -1], [-1, 6]] / 41."""
    model = EASERecommender(regularisation=1, neutral=3, max_movies=2).fit(tiny)
    assert model.weights_ == pytest.approx(np.array([[0, 1 / 6], [1 / 7, 0]]))
    assert model.score({10: 5.0, 20: 2.0}) == pytest.approx([-1 / 7, 2 / 6, 0])


def test_hand_worked_weights_of_likes(tiny):
    """The likes of films 10 and 20 are (1, 1, 0) and (1, 0, 1); + 1: [[3, 1], [1, 3]]."""
    model = EASERecommender("likes", regularisation=1, max_movies=2).fit(tiny)
    assert model.score({10: 4.0, 20: 3.5}) == pytest.approx([0, 1 / 3, 0])


def test_hand_worked_weights_of_seen_films(tiny):
    """Films 10 and 20 were seen by (1, 1, 0) and (1, 1, 1); + 1: [[3, 2], [2, 4]]."""
    model = EASERecommender("seen", regularisation=1, max_movies=2).fit(tiny)
    assert model.score({10: 1.0, 20: 5.0}) == pytest.approx([2 / 4, 2 / 3, 0])


def test_weights_solve_the_regression(tiny):
    """Each film's weights are the ridge regression of its column on the other columns."""
    model = EASERecommender(regularisation=2, neutral=3).fit(tiny)
    X = np.array([[2, 1, 0], [1, -1, 0], [0, 2, 1]], dtype=float)
    for film in range(3):
        others = np.delete(X, film, axis=1)
        ridge = np.linalg.solve(others.T @ others + 2 * np.eye(2), others.T @ X[:, film])
        assert np.delete(model.weights_[:, film], film) == pytest.approx(ridge)


def test_films_beyond_the_cap_say_nothing_and_score_nothing(tiny):
    model = EASERecommender(max_movies=2).fit(tiny)
    assert model.score({30: 5.0}).tolist() == [0, 0, 0]
    assert model.explain({10: 5.0, 30: 5.0}, 20)[1] == (30, 0)
    assert {weight for _, weight in model.explain({10: 5.0}, 30)} == {0}


def test_an_unknown_target_is_refused(tiny):
    with pytest.raises(ValueError, match="target must be stars, likes or seen, not 'means'"):
        EASERecommender("means").fit(tiny)


def made_up(n_users, n_films):
    """Ratings by chance, about n_films / 5 from each user."""
    chance = np.random.default_rng(0)
    users, films = np.nonzero(chance.random((n_users, n_films)) < 0.2)
    stars = chance.integers(1, 11, len(users)) / 2
    return RatingMatrix.from_triplets(users, films, stars)


def test_weights_of_many_films_are_as_by_the_formula():
    """More than one block of them, the last one not whole."""
    matrix = made_up(900, 600)
    model = EASERecommender(regularisation=50).fit(matrix)
    X = matrix.csr.toarray() - np.where(matrix.csr.toarray() > 0, 2.5, 0)
    inverse = np.linalg.inv(X.T.astype(float) @ X + 50 * np.eye(600))
    expected = -inverse / np.diag(inverse)
    np.fill_diagonal(expected, 0)
    np.testing.assert_allclose(model.weights_, expected, atol=1e-6)


def test_learning_takes_little_more_memory_than_two_squares():
    """Eight bytes for each pair of films and four for its weight, and blocks."""
    matrix = made_up(300, 1500)
    tracemalloc.start()
    EASERecommender().fit(matrix)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20 * matrix.n_movies**2
