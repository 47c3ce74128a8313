import numpy as np
import pandas as pd
import pytest
from scipy.optimize import approx_fprime

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.metrics import rmse
from recommender.evaluate.splits import folds
from recommender.models.neural_mf import NeuralMFRecommender

MISSING = NeuralMFRecommender.obstacle()


def trained(test):
    """The test needs the model's packages."""
    return pytest.mark.extra(pytest.mark.skipif(bool(MISSING), reason=str(MISSING))(test))


@pytest.fixture
def tiny():
    """Two films, one factor, one unit in each layer; the penalties amount to 1."""
    ratings = pd.DataFrame({"user_id": [1, 2], "movie_id": [10, 20], "rating": [3.0, 3.0]})
    model = NeuralMFRecommender(n_factors=1)
    model.matrix_ = RatingMatrix.from_frame(ratings)
    model.mean_ = np.float64(3)
    model.average_user_, model.user_penalties_ = np.zeros(3), np.ones(3)
    model.movie_biases_ = np.array([3.0, 2.0])
    model.products_ = np.array([[1.0], [-1.0]])
    model.movie_inputs_, model.user_inputs_ = np.array([[0.5], [-9.0]]), np.array([[0.0]])
    model.hidden_weights_, model.hidden_biases_ = np.array([[2.0]]), np.array([-1.0])
    model.output_weights_ = np.array([7.0])
    return model


def test_hand_worked_visitor(tiny):
    """The tower gives max(2 · 0.5 − 1, 0) = 0, so 5 = 3 + b + p: b = p = 2 · 1 / 3."""
    assert tiny.score({10: 5.0}) == pytest.approx([3 + 4 / 3, 2], abs=1e-4)


def test_hand_worked_tower(tiny):
    """2 more from the bias of the second layer: 7 · 2 stars more for film 10, 7 · 1 for film 20."""
    before = tiny._stars(np.zeros(3), slice(None))[0]
    tiny.hidden_biases_ += 2
    assert tiny._stars(np.zeros(3), slice(None))[0] - before == pytest.approx([14, 7])


def test_the_gradient_is_that_of_the_stars():
    rng = np.random.default_rng(0)
    model = NeuralMFRecommender(n_factors=3)
    model.movie_biases_, model.products_ = rng.normal(size=9), rng.normal(size=(9, 3))
    model.movie_inputs_, model.user_inputs_ = rng.normal(size=(9, 5)), rng.normal(size=(3, 5))
    model.hidden_weights_, model.hidden_biases_ = rng.normal(size=(5, 4)), rng.normal(size=4)
    model.output_weights_ = rng.normal(size=4)
    weights, user, films = rng.normal(size=6), rng.normal(size=7), np.arange(6)
    numeric = approx_fprime(user, lambda point: weights @ model._stars(point, films)[0])
    assert model._stars(user, films)[1](weights) == pytest.approx(numeric, abs=1e-5)


@trained
def test_the_arrays_answer_like_the_network(checkerboard, monkeypatch):
    networks = []
    keep = NeuralMFRecommender._keep

    def see(self, network, matrix):
        networks.append(network)
        keep(self, network, matrix)

    monkeypatch.setattr(NeuralMFRecommender, "_keep", see)
    model = NeuralMFRecommender(epochs=1).fit(checkerboard)
    weights = {layer.name: layer.get_weights() for layer in networks[0].layers}
    user = np.concatenate([weights[f"user_{part}"][0][7] for part in ("bias", "product", "tower")])
    films = np.arange(checkerboard.n_movies, dtype=np.int32)
    pairs = {"user": np.full(len(films), 7, np.int32), "movie": films}
    expected = checkerboard.overall_mean + networks[0].predict(pairs, verbose=0)[:, 0]
    assert model._stars(user, films)[0] == pytest.approx(expected, abs=1e-4)


@trained
def test_predicts_the_sample_better_than_biases(sample):
    ratings, movies = sample
    training, test = next(folds(len(ratings), 5, 0))
    model = NeuralMFRecommender().fit(RatingMatrix.from_frame(ratings.iloc[training], movies))
    held_out = ratings.iloc[test]
    predicted = model.predict(held_out["user_id"], held_out["movie_id"])
    assert rmse(predicted, held_out["rating"]) < 0.89  # biases alone: 0.90
