import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.bias import BiasRecommender
from recommender.models.star_predictor import MOVIE_DAMPING, USER_DAMPING

COLUMNS = ["user_id", "movie_id", "rating"]


def fit(*rows):
    return BiasRecommender().fit(RatingMatrix.from_frame(pd.DataFrame(rows, columns=COLUMNS)))


def test_hand_worked_bias_of_a_film():
    """100 users gave film 1 four stars and film 2 two: all that differs is the films."""
    model = fit(
        *((user, film, stars) for user in range(100) for film, stars in ((1, 4.0), (2, 2.0)))
    )
    bias = 100 / (100 + MOVIE_DAMPING)
    assert model.mean_ == 3
    assert model.movie_biases_ == pytest.approx([bias, -bias])


def test_hand_worked_bias_of_a_visitor():
    """Who gives both films a star more than they get is generous, as far as two ratings tell."""
    model = fit(
        *((user, film, stars) for user in range(100) for film, stars in ((1, 4.0), (2, 2.0)))
    )
    visitor = (2 - 0) / (2 + USER_DAMPING)  # residuals (5 − 3 − b) + (3 − 3 + b) add up to 2
    assert model.score({1: 5.0, 2: 3.0}) == pytest.approx(3 + visitor + model.movie_biases_)


def test_biases_solve_their_equations(matrix):
    """At the optimum each damped bias is the damped mean of what the others leave."""
    model = BiasRecommender().fit(matrix)
    cells = matrix.csr.tocoo()
    users, films = cells.coords
    above = cells.data - matrix.overall_mean
    by_user = np.bincount(users, above - model.movie_biases_[films]) / (
        np.bincount(users) + USER_DAMPING
    )
    by_film = np.bincount(films, above - by_user[users]) / (matrix.counts + MOVIE_DAMPING)
    assert model.movie_biases_ == pytest.approx(by_film, abs=0.01)


def test_unknown_users_and_films_have_no_bias():
    model = fit((1, 1, 5.0), (1, 2, 4.0), (2, 1, 3.0), (2, 2, 2.0))
    known = model.predict([1, 2], [1, 1])
    assert known[0] > known[1]
    assert model.predict([9], [1]) == pytest.approx(model.mean_ + model.movie_biases_[:1])
    assert model.predict([9], [9]) == pytest.approx(model.mean_)


def test_predictions_stay_on_the_scale():
    model = fit(
        *((u, m, 5.0) for u in range(50) for m in range(9)), *((99, m, 0.5) for m in range(50))
    )
    assert model.predict([99], [40]) >= 0.5
    assert model.predict([1], [1]) <= 5.0
